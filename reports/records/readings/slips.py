"""For which days something was planned before the one that is told now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reports.model.cutoff import Cutoff
from reports.model.dates import PartialDate
from reports.model.kinds.plans import Action, Discussion
from reports.model.records import Dataset, Record
from reports.records.readings.reading import in_order


def slips(dataset: Dataset, ids: Iterable[str], cutoff: Cutoff) -> Mapping[str, tuple[PartialDate, ...]]:
    """By id, the days that records had before, of those that were moved by *cutoff*; *dataset* is a reading."""
    if dataset.typed is None:
        return {}
    records = dataset.typed.records
    found = {
        id_: tuple(_before(records[id_], cutoff)) for id_ in ids if id_ in records and records[id_].updates
    }
    return {id_: days for id_, days in found.items() if days}


def _before(record: Record, cutoff: Cutoff) -> Iterator[PartialDate]:
    """The days of *record*, as it was typed, but for the last one."""
    names = ("due",) if isinstance(record, Action | Discussion) else record.dated
    told: dict[str, PartialDate | None] = {name: getattr(record, name, None) for name in names}
    day = _first(told)
    for _, entry in in_order(record, cutoff):
        told.update({name: value for name, value in entry.values.items() if name in told})  # type: ignore[misc]
        before, day = day, _first(told)
        if before is not None and before != day:
            yield before


def _first(told: Mapping[str, PartialDate | None]) -> PartialDate | None:
    return next((day for day in told.values() if day is not None), None)
