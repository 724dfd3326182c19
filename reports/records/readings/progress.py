"""What has progressed between two readings: the difference of them, record by record, as a leader asks about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Literal

from msgspec import Struct

from reports.model.dates import PartialDate
from reports.model.kinds.documents import Source
from reports.model.kinds.metrics import Budget, Metric
from reports.model.records import Dataset, Record, fields
from reports.model.standing.standing import standing

#: *done*: it took place, or was carried out; *moved*: to another day; *closed*: nothing comes of it any more;
#: *late*: its day has passed since; *gone*: it is not known any more on the later day, which only an earlier one does.
What = Literal["new", "decided", "closed", "done", "moved", "late", "changed", "gone"]
ORDER: tuple[What, ...] = ("new", "decided", "closed", "done", "moved", "late", "changed", "gone")

#: By which fields editors work, and of which a reader is told nothing.
_ASIDE = frozenset(("id", "source", "known", "updates", "note", "tags", "confidence", "theme"))
_DONE = frozenset(("held", "done", "signed", "in force"))
_CLOSED = frozenset(("deferred", "withdrawn", "cancelled", "suspended", "postponed", "ended", "declined"))


class Step(Struct, frozen=True):
    """What became of one record: all that it is called, the weightiest first; its state *before* and *after*, None
    where it was or is not there; the *fields* a reader sees differ; by how many *days* it moved, or is late."""

    id: str
    what: tuple[What, ...]
    before: Record | None
    after: Record | None
    fields: tuple[str, ...] = ()
    days: int = 0

    @property
    def record(self) -> Record:
        """The record as it is now, or as it was last."""
        found = self.after or self.before
        assert found is not None
        return found


def progress(before: Dataset, then: date, after: Dataset, now: date) -> tuple[Step, ...]:
    """Return what became of each record between two readings and their days, in the order of the data."""
    was = {record.id: record for record in before.present()}
    found = [_step(was.pop(record.id, None), record, then, now) for record in after.present()]
    gone = (Step(id_, ("gone",), record, None) for id_, record in was.items())
    return tuple(step for step in (*found, *gone) if step is not None)


def applied(before: Dataset, steps: Iterable[Step]) -> Mapping[str, Record]:
    """Return the records of the later reading: those of the earlier one, and what became of them."""
    records = {record.id: record for record in before.present()}
    for step in steps:
        if step.after is None:
            records.pop(step.id)
        else:
            records[step.id] = step.after
    return records


def _step(before: Record | None, after: Record, then: date, now: date) -> Step | None:
    if before is None:
        late = _late(after, now)
        return Step(after.id, ("late", "new") if late else ("new",), None, after, days=late)
    changed = tuple(_changed(before, after)) if before != after else ()
    found = dict(_called(before, after, changed, then, now))
    if before == after and not found:
        return None
    days = found.get("moved") or found.get("late") or 0
    what = tuple(one for one in ORDER if one in found) or (("changed",) if changed else ())
    return Step(after.id, what, before, after, changed, days)


def _changed(before: Record, after: Record) -> Iterator[str]:
    return (name for name in _told_of(type(after)) if getattr(before, name, None) != getattr(after, name))


@cache
def _told_of(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name in fields(kind) if name not in _ASIDE)


def _called(
    before: Record, after: Record, changed: tuple[str, ...], then: date, now: date
) -> Iterator[tuple[What, int]]:
    """What a leader calls the change, with the days it is about."""
    state = getattr(after, "status", None)
    if "status" in changed and state == "decided":
        yield "decided", 0
    elif "status" in changed and state in _CLOSED:
        yield "closed", 0
    elif _is_done(before, then, after, now) or ("status" in changed and state in _DONE):
        yield "done", 0
    moved = _moved(before, after)
    if moved:
        yield "moved", moved
    late = _late(after, now)
    if late and not _late(before, then):
        yield "late", late


def _is_done(before: Record, then: date, after: Record, now: date) -> bool:
    """Whether it was done, or its day has come, without its status saying so."""
    was, is_ = standing(before, then), standing(after, now)
    return was is not None and is_ is not None and not is_.word and was.state != "done" == is_.state


#: The fields whose change moves something.
_DAYS = ("date", "due")


def _moved(before: Record, after: Record) -> int:
    """By how many days something was moved that is to come, or is due; 0 where it was not."""
    if isinstance(after, Metric | Budget | Source):
        return 0
    for name in _DAYS:
        old, new = (getattr(one, name, None) for one in (before, after))
        if isinstance(old, PartialDate) and isinstance(new, PartialDate):
            ends = [(a, b) for a, b in ((old.start, new.start), (old.end, new.end)) if a and b and a != b]
            if ends:
                return (ends[0][1] - ends[0][0]).days
    return 0


def _late(record: Record, day: date) -> int:
    """For how many days something is late."""
    found = standing(record, day)
    return found.days if found else 0
