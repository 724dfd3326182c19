"""Which records there were on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reports.model.cutoff import Cutoff
from reports.model.dates import PartialDate, last_day
from reports.model.kinds.activities import NOT_HAPPENED
from reports.model.kinds.documents import Source
from reports.model.kinds.metrics import Metric
from reports.model.records import Record
from reports.records.readings.figures import known_values


def exists(record: Record, records: Mapping[str, Record], cutoff: Cutoff) -> bool:
    """Whether there was *record*, as it says of itself at first, by *cutoff*.

    With `known`, since it was known and had begun or was announced. Without, a plan is there from its earliest dated
    source on, what has a date from its beginning on, what did not take place from either; sources, and what has no date,
    always.
    """
    if isinstance(record, Metric):
        return not record.values or any(True for _ in known_values(record, cutoff))
    if record.known is not None:
        learnt = last_day(record.known)
        begins = _start(record.day)
        return learnt <= cutoff.closed and (begins is None or min(learnt, begins) <= cutoff.as_of)
    if isinstance(record, Source):
        return True
    begins = _start(record.day)
    if begins is not None and begins <= cutoff.as_of and not _is_plan(record):
        return True
    if not _is_plan(record) and getattr(record, "status", None) not in NOT_HAPPENED:
        return begins is None
    told = _first_told(record, records)
    return told is None or told <= cutoff.as_of


def _is_plan(record: Record) -> bool:
    return record.looks_ahead or getattr(record, "status", None) == "planned"


def _first_told(record: Record, records: Mapping[str, Record]) -> date | None:
    """When the first of its dated sources told of it."""
    documents = (records.get(locator.doc) for locator in record.source)
    days = (_start(document.day) for document in documents if document is not None)
    return min((day for day in days if day is not None), default=None)


def _start(day: PartialDate | None) -> date | None:
    return day.start if day is not None else None
