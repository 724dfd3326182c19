"""All old data to new, step by step: what is done, what is left alone and why, and the files as they become.

Whoever calls writes the files. Nothing is given out that would not read right: each step is read again, and the whole
is validated in the end, as it is and as of the day of each listed edition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where, errors
from reports.model.description.shapes import fields_of
from reports.model.records import Dataset
from reports.model.report_definitions import FORMAT
from reports.records.converter import NOT_STATED
from reports.records.migration import chains, series
from reports.records.migration.draft import (
    Draft,
    DraftFile,
    Replacement,
    Typed,
    UnsafeError,
    changed,
    typed_in,
)
from reports.records.migration.merging import LeftAloneError, Merger, Surroundings, merged
from reports.records.readings.reading import at
from reports.records.text.source_file import SourceFile
from reports.records.validation import breaches, read_reports, validate


class Migration(Struct, frozen=True):
    """What becomes of the data: the files that change, before and after, and what is to be said of it."""

    before: Draft
    after: Draft
    done: tuple[Problem, ...]
    left: tuple[Problem, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The labels of the files that change."""
        return tuple(
            sorted(label for label, file in self.after.items() if file.data != self.before[label].data)
        )


def drafted(folder: Path, sources: Sequence[SourceFile]) -> Draft:
    """The files that were read from *folder*, with their bytes."""
    paths = {one.label: folder.joinpath(*one.label.split("/")[1:]) for one in sources}
    return {one.label: DraftFile(paths[one.label].read_bytes(), one) for one in sources}


def migrated(draft: Draft, around: Surroundings) -> Migration:
    """Return what *draft*, data without errors, becomes. Raises ReportError where the result would not read right."""
    wrong: tuple[Problem, ...] = ()
    for careful in (False, True):
        work = _Work(draft, around, careful=careful)
        work.run()
        wrong = _wrong(work.draft, around)
        if not wrong:
            return Migration(draft, work.draft, tuple(work.done), tuple(work.left))
    raise ReportError(*wrong)


def _wrong(draft: Draft, around: Surroundings) -> tuple[Problem, ...]:
    """The errors of the whole data, and of each edition's reading."""
    sources = [file.source for file in draft.values()]
    dataset, found = validate(sources)
    _, misdefined = read_reports(sources)
    if wrong := errors((*found, *misdefined)):
        return wrong
    return errors(one for cutoff in set(around.editions.values()) for one in breaches(at(dataset, cutoff)))


class _Work:
    """The draft as far as it got. *careful* looks at the whole data after each step, which takes time: only where a
    step made something wrong that cannot be seen by itself."""

    def __init__(self, draft: Draft, around: Surroundings, *, careful: bool) -> None:
        self.draft, self.around, self.careful = draft, around, careful
        self.done: list[Problem] = []
        self.left: list[Problem] = []

    def run(self) -> None:
        """Take all steps."""
        self._take_out_not_stated()
        self._merge(series.candidates, lambda group, _: series.plan(group, self.around), "series")
        self._merge(
            chains.candidates, lambda chain, dataset: chains.plan(chain, dataset, self.around), "chain"
        )
        self._raise_format()
        self.left += _states_without_day(self._dataset())

    def _dataset(self) -> Dataset:
        return validate(file.source for file in self.draft.values())[0]

    def _take(self, changes: list[Replacement], done: Problem) -> bool:
        """Make *changes*, and say so; False where that is not safe."""
        try:
            new = changed(self.draft, changes)
        except UnsafeError:
            return False
        if self.careful and _wrong(new, self.around):
            return False
        self.draft = new
        self.done.append(done)
        return True

    # --- the steps ---

    def _merge(
        self,
        candidates: Callable[[Draft, Dataset], Iterator[tuple[Typed, ...]]],
        plan: Callable[[tuple[Typed, ...], Dataset], Merger],
        what: str,
    ) -> None:
        dataset = self._dataset()
        for found in list(candidates(self.draft, dataset)):
            typed = typed_in(self.draft)
            group = tuple(typed[one.id] for one in found)  # lines move with each change above them
            try:
                merger = plan(group, dataset)
                new = merged(self.draft, dataset, merger, self.around)
            except LeftAloneError as error:
                self.left.append(error.problem)
                continue
            if self.careful and _wrong(new, self.around):
                self.left.append(_told(group, "left-wrong"))
                continue
            self.draft = new
            if self.careful:
                dataset = self._dataset()
            args = {"id": merger.stays.id, "count": len(group)}
            self.done.append(_told(group, what, **args))

    def _take_out_not_stated(self) -> None:
        for record in typed_in(self.draft).values():
            for key in _open_choices(record):
                now = typed_in(self.draft)[record.id]
                done = Problem(now.node.at(key).where, "migrate/not-stated", {"id": record.id, "field": key})
                if not any(self._take([change], done) for change in _taken_out(self.draft, now, key)):
                    self.left.append(Problem(done.where, "migrate/left-not-stated", done.args, "warning"))

    def _raise_format(self) -> None:
        """Enter the number above the list of reports."""
        for label, file in self.draft.items():
            source = file.source
            if label.split("/")[1:] not in (["reports.yaml"], ["reports.yml"]) or not isinstance(
                source.plain, dict
            ):
                continue
            typed = source.plain.get("format")
            if typed == str(FORMAT):
                continue
            changes = _format_changes(source)
            done = Problem(changes[0].where, "migrate/format", {"format": FORMAT})
            if not any(self._take([one.change], done) for one in changes):
                self.left.append(Problem(done.where, "migrate/left-format", {"format": FORMAT}, "warning"))


def _told(group: Sequence[Typed], code: str, **args: object) -> Problem:
    ids = ", ".join(one.id for one in group)
    return Problem(group[0].node.where, f"migrate/{code}", {"ids": ids, **args}, "warning")


# --- words that mean an empty field -----------------------------------------------------------------------


def _open_choices(record: Typed) -> list[str]:
    """The choices of *record* that say that nothing is stated, where an empty field may say so."""
    fields = {one.key: one for one in fields_of(record.kind)}
    return [
        key
        for key, value in record.plain.items()
        if value == NOT_STATED
        and (shape := fields.get(key))
        and shape.shape.form == "choice"
        and not shape.required
    ]


def _taken_out(draft: Draft, record: Typed, key: str) -> Iterator[Replacement]:
    """The ways to take a field out: with its line, or out of the brackets it stands in."""
    node = record.node.at(key)
    assert node.key
    line = draft[record.label].source.line(node.key.line)
    says = (((*record.path, key), None),)
    begin, end = node.key.column, node.where.end
    if re.fullmatch(r"\s*", line[: begin - 1]) and not line[end - 1 :].strip():
        yield Replacement(record.label, node.key.line, node.key.line, says=says)
    before = re.search(r",\s*$", line[: begin - 1])
    after = re.match(r"\s*,\s*", line[end - 1 :])
    if before and end:
        yield Replacement(record.label, node.key.line, node.key.line, ("",), (before.start() + 1, end), says)
    elif after and end:
        yield Replacement(record.label, node.key.line, node.key.line, ("",), (begin, end + after.end()), says)


# --- the number of the format -----------------------------------------------------------------------------


class _FormatChange(Struct, frozen=True):
    where: Where
    change: Replacement


def _format_changes(source: SourceFile) -> list[_FormatChange]:
    """The number put in place of the one there is, or above the list."""
    node = source.node.below.get("format")
    says = ((("format",), str(FORMAT)),)
    if node is not None and node.text:
        where = node.where
        columns = (where.column, where.end)
        return [
            _FormatChange(
                where, Replacement(source.label, where.line, where.line, (str(FORMAT),), columns, says)
            )
        ]
    first = min((one.key.line for one in source.node.below.values() if one.key), default=1)
    lines = (f"format: {FORMAT}", "")
    return [
        _FormatChange(
            Where(source.label, first), Replacement(source.label, first, first - 1, lines, says=says)
        )
    ]


# --- what nobody can know -----------------------------------------------------------------------------------


def _states_without_day(dataset: Dataset) -> Iterator[Problem]:
    """States that are stated, of records of which nothing says when they came: they count from the beginning."""
    having = [
        record
        for record in dataset.records.values()
        if getattr(record, "status", None)
        and not record.updates
        and record.day is None
        and not record.timeless
    ]
    if having:
        kinds = Counter(record.plural for record in having)
        counts = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
        args = {"count": len(having), "kinds": counts}
        yield Problem(dataset.nodes[having[0].id].where, "migrate/left-states", args, "warning")
