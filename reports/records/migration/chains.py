"""Matters for discussion that were carried over as records of their own become one, and an update for each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict

from reports.diagnostics.problems import Where
from reports.model.dates import last_day, parse_day
from reports.model.kinds.plans import Discussion
from reports.model.reading import WrongValueError
from reports.model.records import Dataset, Node, Record, can_change
from reports.records.converter import MisreadError, read
from reports.records.links import misses, settled
from reports.records.migration.draft import Draft, Typed, typed_in
from reports.records.migration.merging import Merger, Surroundings, left_alone, named_in
from reports.records.migration.series import formerly
from reports.records.readings.reading import at
from reports.records.text.source_file import Plain

#: What an update says of itself, or what the one record says once for all.
_ASIDE = frozenset({"id", "raised", "carried_over_from", "source", "note", "known", "updates", "formerly"})


def candidates(draft: Draft, dataset: Dataset) -> Iterator[tuple[Typed, ...]]:
    """Each chain of matters that go on from one another, the first one first; where it parts, all that are in it."""
    typed = typed_in(draft)
    before: dict[str, str] = {}
    for record in dataset.all("discussions"):
        assert isinstance(record, Discussion)
        if record.carried_over_from in typed:
            before[record.id] = record.carried_over_from
    chains: dict[str, list[Typed]] = {}
    for record in dataset.all("discussions"):
        first, steps = record.id, 0
        while first in before and steps <= len(before):
            first, steps = before[first], steps + 1
        chains.setdefault(first, []).append(typed[record.id])
    depth = {one: _depth(one, before) for one in typed}
    for chain in chains.values():
        if len(chain) > 1:
            yield tuple(sorted(chain, key=lambda one: depth[one.id]))


def _depth(id_: str, before: dict[str, str]) -> int:
    steps = 0
    while id_ in before and steps <= len(before):
        id_, steps = before[id_], steps + 1
    return steps


def plan(chain: tuple[Typed, ...], dataset: Dataset, around: Surroundings) -> Merger:
    """What *chain* becomes; raise LeftAloneError with the reason why it is left as it is."""
    followed = [one.plain.get("carried_over_from") for one in chain[1:]]
    if twice := next((one for one in followed if followed.count(one) > 1), None):
        raise left_alone(chain, "left-parts", other=twice)
    if len({dataset.programmes[one.id] for one in chain}) > 1:
        raise left_alone(chain, "left-programmes")
    if having := [one for one in chain if one.plain.get("updates") is not None]:
        raise left_alone(chain, "left-field", field="updates", other=having[0].id)
    _must_be_in_order(chain)
    first = chain[0]
    updates: list[Plain] = []
    state = _stated(first)
    for one in chain[1:]:
        updates.append(_entry(one, state))
        state = _stated(one)
    new = {**first.plain, "formerly": formerly(chain, first), "updates": updates}
    merger = Merger(chain, first, new, {"formerly": "id"})
    if place := named_in(around.templates, {first.id}):  # which would tell of the later ones now
        raise left_alone(chain, "left-named", other=str(place))
    _must_say_the_same(merger, dataset, around)
    return merger


def _must_be_in_order(chain: tuple[Typed, ...]) -> None:
    """Each was raised on a stated day, after the one before."""
    before: Typed | None = None
    for one in chain:
        try:
            day = last_day(parse_day(one.plain["raised"]))
        except WrongValueError:
            raise left_alone(chain, "left-vague", other=one.id, value=one.node.at("raised").text) from None
        if before is not None and day <= last_day(parse_day(before.plain["raised"])):
            raise left_alone(chain, "left-order", one=before.id, other=one.id)
        before = one


def _stated(one: Typed) -> dict[str, Plain]:
    """What a matter says that a later one may say otherwise."""
    return {key: value for key, value in one.plain.items() if key not in _ASIDE and value is not None}


def _entry(one: Typed, before: dict[str, Plain]) -> dict[str, Plain]:
    """The update that a matter carried over is: what it says otherwise, nothing in place of what it no longer says."""
    now = _stated(one)
    entry: dict[str, Plain] = {"on": one.plain["raised"]}
    if one.plain.get("known") is not None:
        entry["known"] = one.plain["known"]
    changed = {key: value for key, value in now.items() if before.get(key) != value}
    gone = {key: None for key in before if key not in now and can_change(Discussion, key)}
    if not changed and not gone:  # an entry that says it is still so keeps its source
        changed = {"topic": now["topic"]}
    entry |= {**changed, **gone, "source": one.plain["source"]}
    if one.plain.get("note") is not None:
        entry["note"] = one.plain["note"]
    return entry


# --- what editions say ------------------------------------------------------------------------------------


def _must_say_the_same(merger: Merger, dataset: Dataset, around: Surroundings) -> None:
    """On the day of each listed edition, the matter says what the last of those that there were then said; the day it
    was raised and remarks aside, and with the sources of all."""
    try:
        whole = _settled(read(Discussion, merger.new), merger.new, dataset)
    except MisreadError as error:
        raise left_alone(merger.members, "left-unsafe") from error
    single = [dataset.records[one.id] for one in merger.members]
    documents = [dataset.records[s.doc] for one in single for s in one.source if s.doc in dataset.records]
    for name, cutoff in around.editions.items():
        before = _last(at(_small([*documents, *single], dataset), cutoff))
        after = _last(at(_small([*documents, whole], dataset, _places(merger.new)), cutoff))
        if before != after:
            raise left_alone(merger.members, "left-edition", edition=name)


def _settled(whole: Discussion, plain: dict[str, Plain], dataset: Dataset) -> Record:
    """The record with ids for the names in it."""
    nodes = {**dataset.nodes, whole.id: _places(plain)}
    among = Dataset.of({**dataset.records, whole.id: whole}, nodes, dataset.programmes)
    own = (one for one in misses(among, (), ()) if one.record is whole)
    return settled(among, own)[0].records[whole.id]


def _small(records: list[Any], dataset: Dataset, node: Node | None = None) -> Dataset:
    held: dict[str, Record] = {one.id: one for one in records}
    nodes = {id_: dataset.nodes[id_] for id_ in held}
    if node is not None:
        nodes[records[-1].id] = node
    return Dataset.of(held, nodes, dataset.programmes)


def _last(then: Dataset) -> dict[str, object] | None:
    there = then.all("discussions")
    if not there:
        return None
    return {key: value for key, value in asdict(there[-1]).items() if key not in _ASIDE}


def _places(plain: Plain) -> Node:
    """Places for what stands in no file yet."""
    steps = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    text = plain if isinstance(plain, str) else ""
    return Node(Where(""), text, None, {step: _places(inner) for step, inner in steps})
