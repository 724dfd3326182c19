"""The Dataset as of a day: what was so by then, and known in time.

A report is made from a reading and from nothing else, so that an issue made again, however late, knows nothing of what
came after it. Valid time and transaction time are kept apart, as in bitemporal databases: `on` is when it became
so, `known` when it was learnt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import replace

from reports.model.cutoff import LATEST, Cutoff
from reports.model.dates import last_day
from reports.model.kinds.metrics import Budget, Metric
from reports.model.records import NAMING, Dataset, Locator, Node, Record, UpdateEntry, fields
from reports.records.readings import figures
from reports.records.readings.existence import exists


def at(dataset: Dataset, cutoff: Cutoff) -> Dataset:
    """Return *dataset*, as it was typed, as of *cutoff*.

    What did not exist yet stays among the records for those that name it, with nothing but its name; it is in no list.
    """
    records = dict(dataset.records)
    changed: dict[str, Node] = {}
    entered: dict[str, Mapping[str | int, str]] = {}
    absent: set[str] = set()
    for id_, record in dataset.records.items():
        if not exists(record, dataset.records, cutoff):
            absent.add(id_)
            records[id_] = _bare(record)
        elif record.updates or figures.over_time(record):
            told = _as_of(record, dataset.nodes[id_], cutoff)
            records[id_], entered[id_] = told.record, told.entered
            changed[id_] = _with_below(dataset.nodes[id_], told.below)
    nodes = {**dataset.nodes, **changed} if changed else dataset.nodes
    return Dataset.of(records, nodes, dataset.programmes, absent=absent, entered=entered, typed=dataset)


def record_at(dataset: Dataset, id_: str, cutoff: Cutoff) -> Record | None:
    """Return one record of *dataset*, as it was typed, as of *cutoff*; None where it did not exist."""
    record = dataset.records[id_]
    return (
        _as_of(record, dataset.nodes[id_], cutoff).record if exists(record, dataset.records, cutoff) else None
    )


def in_order(record: Record, cutoff: Cutoff) -> list[tuple[int, UpdateEntry]]:
    """Return the entries of *record* that count by *cutoff*, each with its place in the file: by their days, those of
    one day as they stand."""
    found = [
        (i, entry)
        for i, entry in enumerate(record.updates)
        if isinstance(entry, UpdateEntry)
        and last_day(entry.on) <= cutoff.as_of
        and last_day(entry.known or entry.on) <= cutoff.closed
    ]
    return sorted(found, key=lambda one: last_day(one[1].on))


# --- one record -------------------------------------------------------------------------------------------


class _Told(Struct):
    """A record as of a day, the places of what it says, and by field the days of the entries it has that from."""

    record: Record
    below: dict[str | int, Node]
    entered: dict[str | int, str]


def states(record: Record, node: Node) -> Iterator[tuple[Record, Node]]:
    """Yield *record* and its places after each of its entries, the sources it has from them left aside."""
    below = {key: node.below[key] for key in node.below if key != "updates"}
    for i, entry in in_order(record, LATEST):
        record, below = _changed(record, entry), {**below, **_places(record, node, i, entry)}
        yield record, _with_below(node, below)


def _as_of(record: Record, node: Node, cutoff: Cutoff) -> _Told:
    told = _Told(record, {key: node.below[key] for key in node.below if key != "updates"}, {})
    sources = [(one, node.at("source", i)) for i, one in enumerate(record.source)]
    for i, entry in in_order(record, cutoff):
        places = _places(record, node, i, entry)
        told.record = _changed(told.record, entry)
        told.below.update(places)
        told.entered.update(dict.fromkeys(places, node.at("updates", i, "on").text))
        sources += [(one, node.at("updates", i, "source", n)) for n, one in enumerate(entry.source)]
    if isinstance(record, Metric | Budget):
        taken = figures.as_of(record, node, cutoff)
        told.record = replace(told.record, **taken.values)
        told.below.update(taken.places)
        told.entered.update(taken.entered)
        sources += taken.sources
    _cite(told, node, sources)
    told.record = replace(told.record, updates=())
    return told


def _changed(record: Record, entry: UpdateEntry) -> Record:
    kind = type(record)
    return replace(record, **{n: default_of(kind, n) if v is None else v for n, v in entry.values.items()})


def _places(record: Record, node: Node, number: int, entry: UpdateEntry) -> dict[str | int, Node]:
    """Where the fields stand that an entry changes, by their keys."""
    place, known = node.below["updates"].below[number], fields(type(record))
    return {known[name].encode_name: place.below[known[name].encode_name] for name in entry.values}


def _cite(told: _Told, node: Node, sources: list[tuple[Locator, Node]]) -> None:
    """Let the record come from all *sources* it says something from, each once."""
    each: dict[Locator, Node] = {}
    for locator, place in sources:
        each.setdefault(locator, place)
    if len(each) > len(told.record.source):
        told.record = replace(told.record, source=tuple(each))
        told.below["source"] = _with_below(node.at("source"), dict(enumerate(each.values())))


def _with_below(node: Node, below: Mapping[str | int, Node]) -> Node:
    return Node(node.where, node.text, node.key, below)


@cache
def default_of(kind: type[Record], name: str) -> object:
    """What a field holds that says nothing."""
    info = fields(kind)[name]
    if info.default is not NODEFAULT:
        return info.default
    return None if info.default_factory is NODEFAULT else info.default_factory()


def _bare(record: Record) -> Record:
    """The record with its name alone: what else is said of it is not known yet."""
    return replace(record, **_unsaid(type(record)))


@cache
def _unsaid(kind: type[Record]) -> Mapping[str, object]:
    """All fields of a kind but those it is named by, with nothing in them."""
    return {
        name: () if _is_list(info.type) and info.required else default_of(kind, name)
        for name, info in fields(kind).items()
        if name not in _NAMED_BY
    }


_NAMED_BY = frozenset(("id", "source", *NAMING))


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))
