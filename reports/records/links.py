"""Links that are no ids: a name leads to the one record that bears it; of the rest, what was meant is told at the link.

A record that was given another id says its `formerly`, and links to that one still lead to it.
Editors write 高能所 or CERN where an id belongs. That is taken as long as one record alone bears the name; if
another comes to bear it too, the link is wrong from then on and says so, and never changes its meaning in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, near
from reports.model.names import Path, bearers, spelling
from reports.model.records import (
    Dataset,
    LinkTo,
    Node,
    Part,
    Record,
    Update,
    UpdateEntry,
    fields,
    links_of,
    parts_in,
)

_Bearers = Mapping[str, tuple[str, ...]]


class LeftOut(Struct, frozen=True):
    """A record with mistakes, which no report will show, as it was typed."""

    kind: type[Record]
    plain: Mapping[str, Any]
    node: Node


class Miss(Struct, frozen=True):
    """A *link* of a record that is no id of a fitting one: the *target* as typed, and its *path* below the *node* of the
    record; *record* is None for one that was left out."""

    record: Record | None
    node: Node
    path: Path
    target: str
    link: LinkTo


#: So many "did you mean" are looked up; with more, a whole file is missing, and none of them helps.
_MOST_NEAR = 100


def settled(dataset: Dataset, misses: Iterable[Miss]) -> tuple[Dataset, tuple[Problem, ...]]:
    """Return *dataset* with ids for the names that lead to one record, and what is wrong with the other links."""
    names: _Bearers = {}
    former = dataset.former_ids()
    problems: list[Problem] = []
    records = dict(dataset.records)
    for miss in misses:
        names = names or bearers(dataset)
        bearing = [former[miss.target]] if miss.target in former else names.get(spelling(miss.target), ())
        borne = [one for one in bearing if _fits(dataset.records[one], miss.link)]
        if miss.target in dataset.records or len(borne) != 1:
            guess = len(problems) < _MOST_NEAR
            problems.append(_problem(dataset, miss, borne, names, guess=guess))
            continue
        if miss.record is not None:
            records[miss.record.id] = _with(records[miss.record.id], miss.path, borne[0])
    if not names:
        return dataset, ()
    return Dataset.of(records, dataset.nodes, dataset.programmes), tuple(problems)


def _with(holder: Any, path: Path, id_: str) -> Any:
    """*holder* with *id_* at *path*; keys are those of the data file."""
    if not path:
        return id_
    step, rest = path[0], path[1:]
    if isinstance(holder, tuple):
        return tuple(_with(item, rest, id_) if i == step else item for i, item in enumerate(holder))
    assert isinstance(holder, Part)
    if isinstance(holder, UpdateEntry) and (field := _entered(holder, step)):
        return replace(holder, values={**holder.values, field: _with(holder.values[field], rest, id_)})
    name = next(name for name, info in fields(type(holder)).items() if info.encode_name == step)
    return replace(holder, **{name: _with(getattr(holder, name), rest, id_)})


def _entered(entry: UpdateEntry, key: str | int) -> str:
    """The field of the record that an update changes under *key*; "" where it changes none."""
    return next((name for name in (f"{key}", f"{key}_") if name in entry.values), "")


def _problem(dataset: Dataset, miss: Miss, borne: list[str], names: _Bearers, *, guess: bool) -> Problem:
    where = miss.node.at(*miss.path).where
    found, kinds = dataset.records.get(miss.target), ", ".join(miss.link.kinds)
    if found is None and borne:
        return Problem(where, "data/name-of-several", {"name": miss.target, "id": ", ".join(borne)})
    near_by = _near(dataset, miss.target, miss.link, names) if guess else ""
    args: dict[str, object] = {"id": miss.target, "near": near_by}
    if found is not None:
        return Problem(where, "data/wrong-kind", {**args, "kind": found.kind, "expected": kinds})
    return Problem(where, "data/unknown-reference", {**args, "kind": kinds.replace(", ", "/") or "record"})


def _fits(record: Record, link: LinkTo) -> bool:
    return not link.kinds or record.kind in link.kinds


def _near(dataset: Dataset, target: str, link: LinkTo, names: _Bearers) -> str:
    """The id that is nearest to what was typed, else that of the record with the nearest name; of several in one, each
    where all are known."""
    fitting = {record.id: record for record in dataset.records.values() if _fits(record, link)}
    own = {name: ids[0] for name, ids in names.items() if len(ids) == 1 and ids[0] in fitting}
    if len(several := [part for part in _BETWEEN.split(target) if part]) > 1:
        ids = [part if part in fitting else own.get(spelling(part), "") for part in several]
        return ", ".join(ids) if all(ids) else ""
    bare = _AROUND.sub("", target) if len(target) <= _LONGEST else ""
    return own.get(spelling(bare), "") or near(bare, fitting) or own.get(near(spelling(bare), own), "")


_BETWEEN = re.compile("[，、；,;]")
#: A longer link is no id with something around it, and is not looked through for one.
_LONGEST = 1000
_AROUND = re.compile("^[\\s“‘「《]+|[\\s”’」》]+$|[\u00ad\u200b-\u200f\u2060]")


# --- where the links are --------------------------------------------------------------------------------------


def misses(dataset: Dataset, left_out: Iterable[LeftOut], known: Collection[str]) -> Iterator[Miss]:
    """Every link that does not lead to a record of a kind its field allows; one to a record left out for its own
    faults (*known* ids) does."""
    for record in dataset.records.values():
        for target, link, path in links_in(record):
            if not _leads(dataset, target, link, known):
                yield Miss(record, dataset.nodes[record.id], path, target, link)
    for one in left_out:
        for target, link, path in typed_links(one.kind, one.plain):
            if not _leads(dataset, target, link, known):
                yield Miss(None, one.node, path, target, link)


def _leads(dataset: Dataset, target: str, link: LinkTo, known: Collection[str]) -> bool:
    found = dataset.records.get(target)
    return target in known if found is None else _fits(found, link)


def links_in(part: Part, above: Path = ()) -> Iterator[tuple[str, LinkTo, Path]]:
    """Every id that *part* links to, with what it may lead to and its place below the record."""
    yield from _links_of(type(part), lambda name: getattr(part, name), above)
    for i, entry in enumerate(part.updates) if isinstance(part, Record) else ():
        if isinstance(entry, UpdateEntry):
            yield from _links_of(type(part), entry.values.get, (*above, "updates", i))


def _links_of(
    kind: type[Part], value_of: Callable[[str], Any], above: Path
) -> Iterator[tuple[str, LinkTo, Path]]:
    for name, key, link in _link_fields(kind):
        for step, target in _values(value_of(name)):
            yield target, link, (*above, key, *step)
    for name, key, _ in _part_fields(kind):
        for step, inner in _values(value_of(name)):
            yield from links_in(inner, (*above, key, *step))


def typed_links(
    part: type[Part], plain: Mapping[str, Any], above: Path = ()
) -> Iterator[tuple[str, LinkTo, Path]]:
    """Every id that was typed for a part as a link, as far as it looks like one."""
    for name, key, link in _link_fields(part):
        for step, target in _values(plain.get(key)):
            if isinstance(target, str) and bool(step) == _is_list(fields(part)[name].type):
                yield target, link, (*above, key, *step)
    for _, key, kind in _part_fields(part):
        for step, inner in _values(plain.get(key)):
            if isinstance(inner, dict):
                yield from typed_links(kind, inner, (*above, key, *step))
                if kind is Update:  # which changes fields of the record
                    changed = {key: value for key, value in inner.items() if key != "source"}
                    yield from typed_links(part, changed, (*above, key, *step))


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))


def _values(value: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, tuple | list):
        yield from (((i,), inner) for i, inner in enumerate(value))
    elif value is not None:
        yield (), value


@cache
def link_paths(part: type[Part]) -> frozenset[tuple[str, ...]]:
    """The keys that lead to each link in *part*, without the numbers in lists; in an update they are the same."""
    own = {(key,) for _, key, _ in _link_fields(part)}
    return frozenset(own | {(key, *rest) for _, key, kind in _part_fields(part) for rest in link_paths(kind)})


@cache
def _link_fields(part: type[Part]) -> tuple[tuple[str, str, LinkTo], ...]:
    """The link fields of *part*: name, key in the file, and what they may lead to."""
    return tuple((name, fields(part)[name].encode_name, link) for name, link in links_of(part))


@cache
def _part_fields(part: type[Part]) -> tuple[tuple[str, str, type[Part]], ...]:
    """The fields that hold groups of fields: name, key in the file, and the group."""
    found = fields(part).items()
    return tuple(
        (name, info.encode_name, kind) for name, info in found for kind in list(parts_in(info.type))[:1]
    )
