"""How a field reads what was typed, and how it refuses what it cannot read."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class WrongValueError(ValueError):
    """A value is not what its field asks for: the *code* of a message, and its arguments beside value and field."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


def shown(value: object) -> str:
    """What to repeat to the editor of a value of the wrong shape."""
    if value is None:
        return ""
    return "{…}" if isinstance(value, dict) else "[…]" if isinstance(value, list) else str(value)


class ReadBy(Struct, frozen=True):
    """Marks a field that is read with *parse* and with nothing else."""

    parse: Callable[[object], object]
