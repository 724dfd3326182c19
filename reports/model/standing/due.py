"""How what is to be done stands on a day: open, due soon, late or settled. Worked out, never typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from reports.model.dates import PartialDate, last_day
from reports.model.kinds.plans import Action, Discussion

#: Days ahead from which on it is due soon.
SOON = 14


class DueState(Struct, frozen=True):
    """The *state* on a day. *days*: since it was due where it is late, until it is due where it is open; None where no
    day is set, or nothing is to be done any more."""

    state: Literal["open", "due soon", "late", "done", "decided", "deferred", "withdrawn"]
    days: int | None = None


def state_of(record: Discussion | Action, day: date) -> DueState:
    """How *record* stands on *day*. A month or a year counts from its last day; what is due about or after some day
    is never late."""
    if isinstance(record, Discussion):
        if record.status != "open":
            return DueState(record.status)
    elif record.done is not None and last_day(record.done) <= day:
        return DueState("done")
    end = _end(record.due)
    if end is None:
        return DueState("open")
    left = (end - day).days
    return DueState("late", -left) if left < 0 else DueState("due soon" if left <= SOON else "open", left)


def _end(due: PartialDate | None) -> date | None:
    """The last day on which it is not late yet, None where nobody can say."""
    if due is None or due.start is None or due.relation in ("after", "about"):
        return None
    return due.start - timedelta(days=1) if due.relation == "before" else due.end
