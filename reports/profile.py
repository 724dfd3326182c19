"""Profiles: how a kind of report numbers, labels and looks.

A profile is a Word template (styles, page, headers and footers: a secretariat restyles that in Word) plus the
few rules below, which every format shares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_HAN_DIGITS = "〇一二三四五六七八九"


def han(number: int) -> str:
    """Return 1..99 in Chinese counting numerals, as Word's chineseCountingThousand shows them."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_HAN_DIGITS[tens]}十"
    return head + (_HAN_DIGITS[ones] if ones else "") if number else _HAN_DIGITS[0]


#: The numbering text of a heading from the counters of all levels above and its own (last).
Numbering = Callable[[tuple[int, ...]], str]

_BRIEF: tuple[Numbering, ...] = (
    lambda n: f"{han(n[-1])}、",
    lambda n: f"（{han(n[-1])}）",
    lambda n: f"{n[-1]}.",
    lambda n: f"（{n[-1]}）",
)
_DECIMAL: tuple[Numbering, ...] = (lambda n: ".".join(map(str, n)) + " ",) * 4


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one profile in one language.

    *template* is the file name of the Word template under `templates/word/`; *headings* the numbering of
    levels 1, 2, …; *figure* and *table* the caption labels (图, "Figure "); *gap* stands between number and
    caption text.
    """

    name: str
    lang: str
    template: str
    headings: tuple[Numbering, ...]
    figure: str
    table: str
    gap: str


def _zh(name: str, headings: tuple[Numbering, ...]) -> Profile:
    return Profile(name, "zh", f"{name}.zh.docx", headings, "图", "表", "\N{IDEOGRAPHIC SPACE}")


def _en(name: str, headings: tuple[Numbering, ...]) -> Profile:
    return Profile(name, "en", f"{name}.en.docx", headings, "Figure ", "Table ", ". ")


PROFILES: Mapping[tuple[str, str], Profile] = MappingProxyType(
    {(p.name, p.lang): p for p in (_zh("briefing", _BRIEF), _en("briefing", _DECIMAL))}
)
