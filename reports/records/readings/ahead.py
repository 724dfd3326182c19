"""What cannot be so yet, today: rules of time that have to know what day it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reports.diagnostics.problems import Problem
from reports.model.dates import PartialDate, surely_before
from reports.model.kinds.metrics import Budget, Metric
from reports.model.records import Dataset, Node, Record
from reports.records.readings.chronology import HAPPEN, Dated, happened, versions


def yet_to_come(dataset: Dataset, today: date) -> Iterator[Problem]:
    """Tell what *dataset*, which is as it was typed, says of the future as of the past."""
    now = PartialDate(today, today)
    for record in dataset.records.values():
        if record.plural in HAPPEN:
            yield from happened_by_now(dataset, record, now)
        if record.updates or record.known or isinstance(record, Metric | Budget):
            yield from became_so_by_now(record, dataset.nodes[record.id], now)


def happened_by_now(dataset: Dataset, record: Record, now: PartialDate) -> Iterator[Problem]:
    """What a record calls held, done or signed in the end does not lie ahead."""
    *_, last = versions(dataset, record)
    day = happened(last)
    if day is not None and surely_before(now, day.day):
        yield day.problem("time/not-yet", today=str(now.start))


def became_so_by_now(record: Record, node: Node, now: PartialDate) -> Iterator[Problem]:
    """Entries and values tell of what became so, and was learnt, by now."""
    for found in _entered(record, node):
        if surely_before(now, found.day):
            yield found.problem("time/future-entry", today=str(now.start))


def _entered(record: Record, node: Node) -> Iterator[Dated]:
    """The days of a record on which something became so, or was learnt."""
    if record.known is not None:
        yield Dated(record.known, node.at("known"))
    listed = [("updates", "on", i, entry.on, entry.known) for i, entry in enumerate(record.updates)]
    if isinstance(record, Metric):
        listed += [("values", "at", i, value.at, value.known) for i, value in enumerate(record.values)]
    if isinstance(record, Budget):
        listed += [("spent", "at", i, value.at, value.known) for i, value in enumerate(record.spent)]
    for name, key, i, day, known in listed:
        yield Dated(day, node.at(name, i, key))
        if known is not None:
            yield Dated(known, node.at(name, i, "known"))
