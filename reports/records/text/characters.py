"""Signs that look right in a data file and are not, and what is found of them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

ODD_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
ODD_DASHES = "－–—−•·"


class Finding(Struct, frozen=True):
    """*length* characters at *start* are wrong; *instead* is what the parser is given (None: nothing helps).
    Of a warning, the parser sees nothing."""

    start: int
    length: int
    code: str
    args: dict[str, object] = field(default_factory=dict)
    instead: str | None = None
    severity: Literal["error", "warning"] = "error"


def sign_code(sign: str) -> str:
    """Name a character by its number in Unicode."""
    return f"U+{ord(sign):04X}"
