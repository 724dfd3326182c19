"""Links that lead nowhere: what was meant, told at the link. A part of `validate`.

A name is never taken for the id it belongs to: one that only one record bears today may come to be shared, and
data would mean something else without anybody having changed them. The message says which id to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reports.model import Dataset, LinkTo, Record
from reports.namesakes import bearers, spelling
from reports.problems import Problem, Where, near

#: A link that leads nowhere: what was typed, what may stand there, and its place.
Miss = tuple[str, LinkTo, Where]
_Bearers = Mapping[str, tuple[str, ...]]

#: So many "did you mean" are looked up; with more, a whole file is missing, and none of them helps.
_MOST_NEAR = 100


def mislinked(dataset: Dataset, misses: Iterable[Miss]) -> Iterator[Problem]:
    """Say of each link what is wrong with it."""
    names: _Bearers = {}
    for number, miss in enumerate(misses, 1):
        names = names or bearers(dataset)
        yield _problem(dataset, miss, names, guess=number <= _MOST_NEAR)


def _problem(dataset: Dataset, miss: Miss, names: _Bearers, *, guess: bool) -> Problem:
    target, link, where = miss
    found, kinds = dataset.records.get(target), ", ".join(link.kinds)
    borne = [one for one in names.get(spelling(target), ()) if _fits(dataset.records[one], link)]
    if found is None and borne:
        code = "data/name-for-id" if len(borne) == 1 else "data/name-of-several"
        return Problem(where, code, {"name": target, "id": ", ".join(borne)})
    args: dict[str, object] = {"id": target, "near": _near(dataset, target, link, names) if guess else ""}
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
