"""Profiles: how a kind of report numbers, labels and looks.

A profile is a Word template (styles, page, headers and footers: a secretariat restyles that in Word) plus the
few rules below, which every format shares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

_HAN_DIGITS = "零一二三四五六七八九"


def han(number: int) -> str:
    """Return 0..9999 in Chinese counting numerals, as Word's chineseCountingThousand shows them: 十一, 一百零三."""
    text = ""
    for digit, unit in zip(f"{number:04d}", "千百十 ", strict=True):
        text += _HAN_DIGITS[int(digit)] + unit if digit != "0" else _HAN_DIGITS[0]
    text = re.sub("零+", "零", text.replace(" ", "")).strip("零")
    return (text.removeprefix("一") if text.startswith("一十") else text) or _HAN_DIGITS[0]


#: The numbering text of a heading from the counters of all levels above and its own (last).
Numbering = Callable[[tuple[int, ...]], str]

_BRIEF: tuple[Numbering, ...] = (
    lambda n: f"{han(n[-1])}、",
    lambda n: f"（{han(n[-1])}）",
    lambda n: f"{n[-1]}.",
    lambda n: f"（{n[-1]}）",
)
_CHAPTER: tuple[Numbering, ...] = (lambda n: f"第{han(n[0])}章\N{IDEOGRAPHIC SPACE}", *_BRIEF)
_DECIMAL: tuple[Numbering, ...] = (lambda n: ".".join(map(str, n)) + " ",) * 4
_CHAPTER_EN: tuple[Numbering, ...] = (lambda n: f"Chapter {n[0]} ", *_DECIMAL)
_NONE: tuple[Numbering, ...] = (lambda n: "",)


class Labels(Struct, frozen=True):
    """The words a language has for the parts of a report.

    *gap* stands between number and caption, *dateline* behind the place and day a piece of news begins with;
    *issue* and *total* stand around the number of a bulletin and around that of all its issues.
    """

    figure: str
    table: str
    annex: str
    gap: str
    abstract: str
    keywords: str
    issue: tuple[str, str]
    total: tuple[str, str]
    dateline: str
    missing: str


_WIDE = "\N{IDEOGRAPHIC SPACE}"
LABELS: Mapping[str, Labels] = MappingProxyType(
    {
        "zh": Labels(
            *("图", "表", "附件", _WIDE, "摘要：", "关键词："),
            ("第", "期"),
            ("（总第", "期）"),
            _WIDE,
            "图片待补",
        ),
        "zh-Hant": Labels(
            *("圖", "表", "附件", _WIDE, "摘要：", "關鍵詞："),
            ("第", "期"),
            ("（總第", "期）"),
            _WIDE,
            "圖片待補",
        ),
        "en": Labels(
            *("Figure ", "Table ", "Annex ", ". ", "Abstract: ", "Keywords: "),
            ("Issue ", ""),
            (" (No. ", " overall)"),
            " — ",
            "Picture to be supplied",
        ),
    }
)


class Profile(Struct, frozen=True):
    """The rules of one profile in one language.

    *template* is the file name of the Word template under `templates/word/`; *headings* the numbering of
    levels 1, 2, …; *labels* the words before numbers.
    """

    name: str
    lang: str
    template: str
    headings: tuple[Numbering, ...]
    labels: Labels

    @property
    def figure(self) -> str:
        """The label before a figure's number."""
        return self.labels.figure

    @property
    def table(self) -> str:
        """The label before a table's number."""
        return self.labels.table

    @property
    def gap(self) -> str:
        """What stands between a caption's number and its text."""
        return self.labels.gap

    def heading_number(self, counters: tuple[int, ...]) -> str:
        """The number of a heading from the counters of its level and all above; "" below the last rule."""
        level = len(counters)
        return self.headings[level - 1](counters) if level <= len(self.headings) else ""


_SCHEMES: Mapping[str, Mapping[str, tuple[Numbering, ...]]] = MappingProxyType(
    {
        "briefing": {"zh": _BRIEF, "en": _DECIMAL},
        "bulletin": {"zh": _BRIEF, "en": _DECIMAL},
        "chapter": {"zh": _CHAPTER, "en": _CHAPTER_EN},
        "paper": {"zh": _DECIMAL, "en": _DECIMAL},
        "news": {"zh": _NONE, "en": _NONE},
    }
)


def _profiles() -> Iterator[Profile]:
    for name, schemes in _SCHEMES.items():
        for lang, labels in LABELS.items():
            yield Profile(name, lang, f"{name}.{lang}.docx", schemes[lang.partition("-")[0]], labels)


#: Every profile by its name and language.
PROFILES: Mapping[tuple[str, str], Profile] = MappingProxyType({(p.name, p.lang): p for p in _profiles()})
