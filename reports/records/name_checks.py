"""What the names of records must not say together; `checks` tells the rules."""

from __future__ import annotations

from collections.abc import Iterator

from reports.diagnostics.problems import Problem, Where
from reports.model.dates import PartialDate, surely_before
from reports.model.kinds.actors import Person
from reports.model.names import full_names, spelling
from reports.model.records import ORGANISATIONS, Dataset, FormerName, Name, Node, Record


def names_are_borne_once(dataset: Dataset) -> Iterator[Problem]:
    """No two organisations, and no two people, have the same full name, alias or former name. People of one name
    whose posts are in different places are not taken for one."""
    borne: dict[tuple[bool, str], tuple[Record, Where]] = {}
    for record in dataset.records.values():
        if record.kind not in (*ORGANISATIONS, "person"):
            continue
        told: set[str] = set()
        for path, name in full_names(record):
            where = dataset.nodes[record.id].at(*path).where
            first, other = borne.setdefault((record.kind == "person", spelling(name)), (record, where))
            if first is record or first.id in told or _are_apart(first, record):
                continue
            told.add(first.id)
            args = {"name": name, "id": first.id, "other": str(other)}
            yield Problem(where, "data/name-twice", args, "warning")


def _are_apart(one: Record, other: Record) -> bool:
    if not isinstance(one, Person) or not isinstance(other, Person) or not (one.posts and other.posts):
        return False
    return {post.organisation for post in one.posts}.isdisjoint(post.organisation for post in other.posts)


def former_ids_are_free(dataset: Dataset) -> Iterator[Problem]:
    """A former id is no record's id any more, and one record's alone."""
    claimed: dict[str, Where] = {}
    for record in dataset.records.values():
        for i, id_ in enumerate(record.formerly):
            where = dataset.nodes[record.id].at("formerly", i).where
            if id_ in dataset.records:
                args = {"id": id_, "other": str(dataset.nodes[id_].at("id").where)}
                yield Problem(where, "data/formerly-there", args)
            elif (first := claimed.setdefault(id_, where)) is not where:
                yield Problem(where, "data/formerly-twice", {"id": id_, "other": str(first)})


def former_names_follow_each_other(dataset: Dataset) -> Iterator[Problem]:
    """Former names stand in the order of time: none begins before the one above it ends, or ends before it begins."""
    for record in dataset.records.values():
        label = record.label
        if isinstance(label, Name) and label.former:
            yield from _overlaps(label, dataset.nodes[record.id].at("name", "former"))


def _overlaps(name: Name, node: Node) -> Iterator[Problem]:
    turn: tuple[PartialDate, Node] | None = None
    for i, former in enumerate(name.former):
        for day, key in _turns(former):
            here = node.at(i, key)
            if turn is not None and surely_before(day, turn[0]):
                args = {"date": _typed(here), "before": _typed(turn[1])}
                yield Problem(here.where, "data/names-overlap", args)
            turn = day, here


def _turns(former: FormerName) -> Iterator[tuple[PartialDate, str]]:
    """The days on which a name began and ended, as far as they are stated."""
    for key in ("since", "until"):
        day = getattr(former, key)
        if day is not None and day.start is not None:
            yield day, key


def _typed(node: Node) -> str:
    return node.text or node.at("date").text
