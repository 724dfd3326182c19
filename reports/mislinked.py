"""Links that are no ids: a name leads to the one record that bears it; of the rest, what was meant is told at the link.
A part of `validate`.

Editors write 高能所 or CERN where an id belongs. That is taken as long as one record alone bears the name; if
another comes to bear it too, the link is wrong from then on and says so, and never changes its meaning in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reports.model import Dataset, LinkTo, Part, Record, fields
from reports.namesakes import Path, bearers, spelling
from reports.problems import Problem, near

_Bearers = Mapping[str, tuple[str, ...]]


class Miss(Struct, frozen=True):
    """A *link* of a record that is no id of a fitting one: the *target* as typed, and its *path* below the record."""

    record: Record
    path: Path
    target: str
    link: LinkTo


#: So many "did you mean" are looked up; with more, a whole file is missing, and none of them helps.
_MOST_NEAR = 100


def settled(dataset: Dataset, misses: Iterable[Miss]) -> tuple[Dataset, tuple[Problem, ...]]:
    """Return *dataset* with ids for the names that lead to one record, and what is wrong with the other links."""
    names: _Bearers = {}
    problems: list[Problem] = []
    records = dict(dataset.records)
    for miss in misses:
        names = names or bearers(dataset)
        borne = [
            one for one in names.get(spelling(miss.target), ()) if _fits(dataset.records[one], miss.link)
        ]
        if miss.target in dataset.records or len(borne) != 1:
            guess = len(problems) < _MOST_NEAR
            problems.append(_problem(dataset, miss, borne, names, guess=guess))
            continue
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
    name = next(name for name, info in fields(type(holder)).items() if info.encode_name == step)
    return replace(holder, **{name: _with(getattr(holder, name), rest, id_)})


def _problem(dataset: Dataset, miss: Miss, borne: list[str], names: _Bearers, *, guess: bool) -> Problem:
    where = dataset.nodes[miss.record.id].at(*miss.path).where
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
    """The id that is nearest to what was typed, else that of the record with the nearest name."""
    fitting = {record.id: record for record in dataset.records.values() if _fits(record, link)}
    found = near(target, fitting)
    if found:
        return found
    own = {name: ids[0] for name, ids in names.items() if len(ids) == 1 and ids[0] in fitting}
    return own.get(near(spelling(target), own), "")
