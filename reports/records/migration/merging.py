"""Several records become one: the others go, links to them follow, and nothing that names them is left behind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct, field

from reports.diagnostics.problems import Problem, Where
from reports.model.cutoff import Cutoff
from reports.model.records import Dataset, Node
from reports.records.links import links_in
from reports.records.migration.draft import (
    Draft,
    Replacement,
    Typed,
    UnsafeError,
    changed,
    comment_within,
    lost_lines,
    rewritten,
    typed_in,
    without,
)
from reports.records.text.source_file import Plain


class Surroundings(Struct, frozen=True):
    """What a change must not break: the days of the listed editions, by their names, and the texts of the templates,
    by their labels."""

    editions: Mapping[str, Cutoff] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)


class LeftAloneError(Exception):
    """Records stay as they are, for a reason that a person is told."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Merger(Struct, frozen=True):
    """What *members*, each a record, become: the one that *stays* says *new*. New fields stand where *anchor* says."""

    members: tuple[Typed, ...]
    stays: Typed
    new: dict[str, Plain]
    anchor: Mapping[str, str] = field(default_factory=dict)

    @property
    def gone(self) -> tuple[Typed, ...]:
        """The records whose ids go."""
        return tuple(one for one in self.members if one.id != self.stays.id)


def left_alone(members: Iterable[Typed], code: str, **args: object) -> LeftAloneError:
    """Why *members* stay as they are; the place is that of the first."""
    listed = tuple(members)
    ids = ", ".join(one.id for one in listed)
    return LeftAloneError(Problem(listed[0].node.where, f"migrate/{code}", {"ids": ids, **args}, "warning"))


def merged(draft: Draft, dataset: Dataset, merger: Merger, around: Surroundings) -> Draft:
    """Return *draft* with one record for several; raise LeftAloneError where that cannot be done safely.

    *dataset* is what *draft* says.
    """
    ids = {one.id for one in merger.gone}
    if place := named_in(around.templates, ids) or _named_in_comments(draft, ids):
        raise left_alone(merger.members, "left-named", other=str(place))
    links = list(_links(draft, dataset, merger))
    for quoted in (False, True):
        try:
            _keep_comments(draft, merger)
            changes = [
                *rewritten(draft, merger.stays, merger.new, merger.anchor, quoted=quoted),
                *(without(draft, one) for one in merger.gone),
                *links,
            ]
            return changed(draft, changes)
        except UnsafeError:
            continue
    raise left_alone(merger.members, "left-unsafe")


def _keep_comments(draft: Draft, merger: Merger) -> None:
    """No comment may go with the lines it stands in."""
    becomes: list[tuple[Typed, dict[str, Plain] | None]] = [(merger.stays, merger.new)]
    for record, new in (*becomes, *((one, None) for one in merger.gone)):
        for first, last in lost_lines(draft, record, new):
            if line := comment_within(draft, record.label, first, last):
                raise left_alone(merger.members, "left-comment", other=str(Where(record.label, line)))


def named_in(templates: Mapping[str, str], ids: Collection[str]) -> Where | None:
    """Where a template names one of *ids*."""
    word = _word(ids)
    for label, text in templates.items():
        if found := word.search(text):
            return Where(label, text.count("\n", 0, found.start()) + 1)
    return None


def _word(ids: Collection[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, ids)))})(?![\w-])")


def _named_in_comments(draft: Draft, ids: Collection[str]) -> Where | None:
    word = _word(ids)
    for label, file in draft.items():
        if not word.search(file.source.text):
            continue
        for number, line in enumerate(file.source.text.split("\n"), 1):
            if "#" in line and word.search(line.partition("#")[2]):
                return Where(label, number)
    return None


def _links(draft: Draft, dataset: Dataset, merger: Merger) -> Iterator[Replacement]:
    """The links of other records to those that go, each in its letters, changed to the one that stays."""
    gone, members = {one.id for one in merger.gone}, {one.id for one in merger.members}
    typed = typed_in(draft)
    for record in dataset.records.values():
        if record.id in members:
            continue
        found = [(target, path) for target, _, path in links_in(record) if target in members]
        lists = [path[:-1] for _, path in found if path and isinstance(path[-1], int)]
        if len(set(lists)) != len(lists):
            place = dataset.nodes[record.id].at(*lists[0]).where
            raise left_alone(merger.members, "left-list", other=str(place))
        for target, path in found:
            if target not in gone or record.id not in typed:
                continue
            node = typed[record.id].node.at(*path)
            if node.text != target:  # a name, that nothing may bear any more
                raise left_alone(merger.members, "left-unsafe")
            yield _link(node, merger.stays.id, (*typed[record.id].path, *path), target)


def _link(node: Node, to: str, path: tuple[str | int, ...], target: str) -> Replacement:
    where = node.where
    width = where.end - where.column
    begin = where.column + (width - len(target)) // 2  # inside quotation marks, where there are any
    columns = (begin, begin + len(target))
    return Replacement(where.file, where.line, where.line, (to,), columns, ((path, to),))
