"""Records that no report takes, and reports that find no records: both make an empty page in silence.

A report that names programmes lists what stands in their folders. What stands elsewhere enters it through links
alone: so organisations, people and documents may be shared; themes, by which reports are divided, may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import astuple

from reports.diagnostics.problems import Problem
from reports.model.kinds.actors import Organisation, Person
from reports.model.kinds.documents import Comment, Remark, Source, Theme
from reports.model.records import Dataset, Record
from reports.model.report_definitions import Edited, ReportDefinition

#: Folders that are no programme's: the one for what programmes share, and what lies above all folders.
_SHARED = frozenset(("shared", ""))
#: Kinds that are there to be named by others.
_NAMED_BY_OTHERS = (Organisation, Person, Source)
#: So many records are named.
_SHOWN = 5


def untaken(dataset: Dataset, edited: Edited) -> Iterator[Problem]:
    """Tell each file with records that no report takes, at the first of them; each report without any, at its name."""
    reports = edited.reports.values()
    known = ", ".join(sorted({*dataset.programmes.values()} - _SHARED)) or "–"
    for report in reports:
        if not any(_takes(report, dataset, one) for one in _told_of(dataset)):
            node = edited.nodes[report.id]
            told = ", ".join(report.programmes) or node.where.file.partition("/")[0]
            where = node.at("programmes" if report.programmes else "id").where
            yield Problem(where, "data/nothing-to-tell", {"programmes": told, "known": known}, "warning")
    if reports and all(report.programmes for report in reports):
        yield from _left_aside(dataset, edited)


def _left_aside(dataset: Dataset, edited: Edited) -> Iterator[Problem]:
    named = {name for report in edited.reports.values() for name in report.programmes}
    beside = [one for one in _told_of(dataset) if dataset.programmes[one.id] not in named]
    if not beside:
        return
    reached = _reached(dataset, named)
    by_file: dict[str, list[str]] = {}
    for record in beside:
        if not _is_used(record, reached, dataset.programmes):
            by_file.setdefault(dataset.nodes[record.id].where.file, []).append(record.id)
    for ids in by_file.values():
        programme = dataset.programmes[ids[0]]
        args = {
            "found": len(ids), "programme": programme, "known": ", ".join(sorted(named)),
            "names": ", ".join([*ids[:_SHOWN], *(["…"] if len(ids) > _SHOWN else [])]),
        }  # fmt: skip
        code = "data/not-taken" if programme else "data/no-programme"
        yield Problem(dataset.nodes[ids[0]].at("id").where, code, args, "warning")


def _told_of(dataset: Dataset) -> Iterator[Record]:
    """What a report can list; what readers have said of one waits for editors, wherever it lies."""
    return (one for one in dataset.records.values() if not isinstance(one, Comment))


def _takes(report: ReportDefinition, dataset: Dataset, record: Record) -> bool:
    return not report.programmes or dataset.programmes[record.id] in report.programmes


def _is_used(record: Record, reached: set[str], programmes: Mapping[str, str]) -> bool:
    """Whether a report can show *record*, though it does not list it."""
    if isinstance(record, Theme):
        return False
    if isinstance(record, Remark) and record.on in reached:
        return True
    shared = isinstance(record, _NAMED_BY_OTHERS) and programmes[record.id] in _SHARED
    return shared or record.id in reached


def _reached(dataset: Dataset, named: set[str]) -> set[str]:
    """The ids of what stands in the folders *named*, and of all that links lead to from there."""
    waiting = [one for one in dataset.records.values() if dataset.programmes[one.id] in named]
    reached = {one.id for one in waiting}
    while waiting:
        new = {*_texts(astuple(waiting.pop()))} & dataset.records.keys() - reached
        reached |= new
        waiting += [dataset.records[id_] for id_ in new]
    return reached


def _texts(value: object) -> Iterator[str]:
    """Every text within a record: what is a link is the id of another."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, Struct):
        yield from _texts(astuple(value))
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
