"""What updates and values over time must not say: fields left blank, said twice on one day, out of order."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator
from typing import cast

from reports.diagnostics.problems import Problem
from reports.model.dates import last_day
from reports.model.kinds.metrics import FIGURES, Budget, Metric, Reported, Spent
from reports.model.records import Dataset, Node, Record, UpdateEntry, fields
from reports.records.readings.figures import learnt, spans
from reports.records.readings.reading import states

Rule = Callable[[Dataset], Iterator[Problem]]


def wrong_entries(dataset: Dataset) -> Iterator[Problem]:
    """Tell what is wrong with the updates and values of *dataset*, which is as it was typed."""
    for record in dataset.records.values():
        node = dataset.nodes[record.id]
        if record.updates:
            yield from _wrong_updates(record, node.at("updates"))
        if isinstance(record, Metric):
            yield from _wrong_figures(record, node)
            yield from _at_once(record.values, node.at("values"))
        elif isinstance(record, Budget):
            yield from _at_once(record.spent, node.at("spent"))


def wrong_between(dataset: Dataset, latest: Dataset, rules: tuple[Rule, ...]) -> Iterator[Problem]:
    """Tell what breaks one of *rules*, each about one record alone, after one of its entries, before the last."""
    for record in dataset.records.values():
        if len(record.updates) < 2:
            continue
        for state, node in list(states(record, dataset.nodes[record.id]))[:-1]:
            records: ChainMap[str, Record] = ChainMap(
                {record.id: state}, cast("dict[str, Record]", latest.records)
            )
            nodes: ChainMap[str, Node] = ChainMap({record.id: node}, cast("dict[str, Node]", latest.nodes))
            then = Dataset(records, nodes, latest.programmes, {record.plural: (state,)})
            for rule in rules:
                yield from rule(then)


# --- updates ----------------------------------------------------------------------------------------------


def _wrong_updates(record: Record, node: Node) -> Iterator[Problem]:
    said: dict[tuple[object, str], Node] = {}
    before: UpdateEntry | None = None
    for i, entry in enumerate(record.updates):
        assert isinstance(entry, UpdateEntry)
        place = node.at(i)
        for name, value in entry.values.items():
            key = fields(type(record))[name].encode_name
            field = place.at(key)
            if value is None and not field.text:
                yield Problem(field.key or field.where, "update/blank", {"field": key})
            first = said.setdefault((last_day(entry.on), name), field)
            if first is not field:
                args = {"field": key, "on": place.at("on").text, "other": str(first.where)}
                yield Problem(field.key or field.where, "update/twice", args)
        if before is not None and last_day(entry.on) < last_day(before.on):
            args = {"on": place.at("on").text, "before": node.at(i - 1, "on").text}
            yield Problem(place.at("on").where, "update/order", args, "warning")
        before = entry


# --- figures ----------------------------------------------------------------------------------------------


def _wrong_figures(record: Metric, node: Node) -> Iterator[Problem]:
    """One figure in each value, target and baseline, of the same sort in all of them."""
    held = [
        *((one, node.at("values", i)) for i, one in enumerate(record.values)),
        *((one, node.at("target", i)) for i, one in enumerate(record.target)),
        *([(record.baseline, node.at("baseline"))] if record.baseline else []),
    ]
    own = [name for name in FIGURES if getattr(record, name) is not None]
    if record.values and own:
        args = {"field": own[0], "other": str(node.at("values").where)}
        yield Problem(node.at(own[0]).key or node.where, "values/and-one", args)
    sort = own[0] if own else ""
    for one, place in held:
        given = [name for name in FIGURES if getattr(one, name) is not None]
        if len(given) != 1:
            where = place.at(given[1]).where if given else place.where
            yield Problem(where, "data/one-of", {"fields": ", ".join(FIGURES)})
        elif sort and given[0] != sort:
            field = place.at(given[0])
            yield Problem(field.key or field.where, "values/sort", {"field": given[0], "other": sort})
        sort = sort or (given[0] if given else "")


def _at_once(values: tuple[Reported | Spent, ...], node: Node) -> Iterator[Problem]:
    """The same time once more is a revision, and was learnt later."""
    latest: dict[object, int] = {}
    for i, value in enumerate(values):
        time = spans(value)
        before = latest.get(time)
        if before is not None and learnt(value) <= learnt(values[before]):
            args = {"at": node.at(i, "at").text, "other": str(node.at(before, "at").where)}
            yield Problem(node.at(i, "at").where, "values/twice", args)
        latest[time] = i
