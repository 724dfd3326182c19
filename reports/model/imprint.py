"""What a report says of itself: that it is a draft, or which issue it is, which revision, approved on which day."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

#: Stand in a file that waits for approval for what approval gives: the number within the year, the total number, the
#: day. No data and no template can hold them: they are among the signs of `manuscript`, none of which is left in a
#: document tree.
NTH, TOTAL, DAY = "\ue005", "\ue004", "\ue003"
#: The part of a title block that holds the line of the number.
ROLE = "edition"
#: Parts by which a template counts its issues itself: such a report gets no second number.
OWN_NUMBERS = ("issue", "total", "number")


class Imprint(Struct, frozen=True):
    """A report as an issue: the *nth* of its *year* and the *total* of all ("" not given yet), the day it was
    *approved* ("" it is not)."""

    state: Literal["draft", "issued"]
    year: int
    nth: str = ""
    total: str = ""
    revision: int = 1
    approved: str = ""

    @property
    def waits(self) -> bool:
        """Whether approval has yet to fill something in."""
        return TOTAL in self.total or DAY in self.approved

    def mark(self, lang: str) -> str:
        """The mark of a draft, "" of an issue."""
        return ("草稿" if lang.startswith("zh") else "Draft") if self.state == "draft" else ""

    def number(self, lang: str) -> str:
        """The number as it is printed."""
        return number_words(self.year, self.nth, self.total, lang)

    def correction(self, lang: str) -> str:
        """What a revision says of itself; "" of a first one."""
        return _CORRECTION[lang].format(self.revision) if self.revision > 1 else ""


_CORRECTION = {
    "zh": "更正版（第{}版），改动见“更正说明”",
    "zh-Hant": "更正版（第{}版），改動見「更正說明」",
    "en": "Corrected edition (revision {}); see “Corrections”",
}


def number_words(year: int, nth: str, total: str, lang: str) -> str:
    """2023年第2期 总第18期; No. 2 of 2023 (no. 18 overall). Without *total* that both are still to come."""
    if lang == "en":
        return f"No. {nth} of {year} (no. {total} overall)" if total else f"{year} (number upon approval)"
    if total:
        return f"{year}年第{nth}期 {'總' if lang == 'zh-Hant' else '总'}第{total}期"
    return f"{year}年（{'期號批准時編定' if lang == 'zh-Hant' else '期号批准时编定'}）"
