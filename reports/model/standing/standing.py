"""How a record stands on a day, in one word and with its sign: done, under way, late, behind …"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from reports.model.dates import PartialDate, has_come
from reports.model.formatting import chinese, choice
from reports.model.kinds.activities import HAPPENINGS, Agreement
from reports.model.kinds.metrics import Metric
from reports.model.kinds.plans import Action, Discussion
from reports.model.records import Record
from reports.model.standing.due import state_of
from reports.model.standing.targets import against_target

#: The signs stand in the fonts of Word for Chinese and in those of phones and browsers: ◐ and ✓ do not.
SIGNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("done", "met", "decided"), "●"),
        **dict.fromkeys(("under way", "on track", "ahead"), "◎"),
        **dict.fromkeys(("planned", "open"), "○"),
        **dict.fromkeys(("due soon",), "◇"),
        **dict.fromkeys(("late", "missed"), "▲"),
        **dict.fromkeys(("behind",), "▼"),
        **dict.fromkeys(("suspended", "postponed", "deferred"), "□"),
        **dict.fromkeys(("cancelled", "withdrawn", "ended"), "×"),
    }
)
#: How much a row in such a state is to stand out, in steps of grey.
SHADES: Mapping[str, Literal["strong", "light"]] = MappingProxyType(
    {
        **dict.fromkeys(("late", "missed", "behind"), "strong"),
        **dict.fromkeys(("due soon", "suspended", "postponed"), "light"),
    }
)  # fmt: skip


class Standing(Struct, frozen=True):
    """The *state*, one of SIGNS; *word* is the choice that says it where the record states one itself; *days* it is
    late."""

    state: str
    word: str = ""
    days: int = 0

    @property
    def sign(self) -> str:
        """The sign that stands for it."""
        return SIGNS[self.state]

    def said(self, kind: str, lang: str) -> str:
        """In words, as of a record of *kind*."""
        if self.state == "late":
            if chinese(lang):
                return f"逾期{self.days}天"
            return f"{self.days} day{'s' if self.days != 1 else ''} late"
        return self.named(kind, lang)

    def named(self, kind: str, lang: str) -> str:
        """The state alone, without how many days it is late."""
        return choice(self.word or self.state, kind, lang)


_STATED: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("held", "done", "signed", "in force", "adopted", "running", "founded", "approved"), "done"),
        **dict.fromkeys(
            ("ongoing", "in progress", "being signed", "renewal requested", "under construction", "upgrade"), "under way"
        ),
        **{state: state for state in ("suspended", "postponed", "cancelled", "ended", "planned")},
        **dict.fromkeys(("aspired", "under discussion", "preliminary design", "pre-research"), "planned"),
    }
)  # fmt: skip


def standing(record: Record, day: date) -> Standing | None:
    """How *record* stands on *day*; None where neither a source states it nor a rule works it out."""
    if isinstance(record, Discussion | Action):
        due = state_of(record, day)
        return Standing(due.state, days=(due.days or 0) if due.state == "late" else 0)
    if isinstance(record, Metric):
        against = against_target(record, day)
        return Standing(against.state) if against and against.state else None
    stated = str(getattr(record, "status", None) or "")
    if stated == "planned" and (late := _late(record.day, day)):
        return Standing("late", days=late)
    if stated:
        return Standing(_STATED[stated], stated) if stated in _STATED else None
    if not isinstance(record, (*HAPPENINGS, Agreement)) or record.day is None or record.day.start is None:
        return None
    return Standing("done" if has_come(record.day, day) else "planned")


def _late(own: PartialDate | None, day: date) -> int:
    """For how many days something planned is late; what was to be about or after some day never is."""
    if own is None or own.end is None or own.relation in ("after", "about"):
        return 0
    return max((day - own.end).days, 0)
