"""Everything below the data folder, read and validated once: what all later stages work with."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field

from reports.diagnostics.problems import Problem, ReportError, Where, errors, in_order, withheld
from reports.model import delivery_settings
from reports.model.cutoff import Cutoff
from reports.model.records import Dataset
from reports.model.report_definitions import Edited
from reports.records import changes
from reports.records.readings.reading import at
from reports.records.text.loader import parse as read_text
from reports.records.text.loader import read_file, read_folder
from reports.records.text.source_file import SourceFile
from reports.records.untaken import untaken
from reports.records.validation import breaches, is_delivery, read_delivery, read_reports, validate
from reports.text_files import looks_secret


class Folders(Struct, frozen=True):
    """Where a run reads and writes. *delivery*: the file with the settings of delivery; None for the usual place."""

    data: Path
    templates: Path
    output: Path
    delivery: Path | None = None

    @property
    def settings(self) -> tuple[Path, ...]:
        """Where the settings of delivery may stand outside the data."""
        return (self.delivery,) if self.delivery else beside(self.data)


class Reading(Struct, frozen=True):
    """All that was read: the records as they were typed, the report definitions, and what was found wrong;
    *undeliverable* is what of it is wrong with the settings of delivery."""

    dataset: Dataset
    reports: Edited
    problems: tuple[Problem, ...]
    delivery: delivery_settings.Delivery = delivery_settings.Delivery()
    undeliverable: tuple[Problem, ...] = ()
    _as_of: dict[Cutoff, Dataset] = field(default_factory=dict)

    def at(self, cutoff: Cutoff) -> Dataset:
        """The records as of a day, worked out once."""
        found = self._as_of.get(cutoff)
        if found is None:
            found = self._as_of[cutoff] = at(self.dataset, cutoff)
        return found

    def wrong_at(self, cutoff: Cutoff) -> tuple[Problem, ...]:
        """What is wrong with the records as of a day, and was not told of what they say in the end."""
        if errors(self.problems):  # a record left out for its own faults would be missed
            return ()
        told = {(problem.where, problem.code) for problem in self.problems}
        return tuple(one for one in breaches(self.at(cutoff)) if (one.where, one.code) not in told)


STATE = ".state"  # below the output folder: what the product remembers


def read(data: Path, delivery: Path | None = None) -> Reading:
    """Read and validate everything below *data*, and the settings of *delivery* (None: where they usually stand)."""
    with collector_off():
        sources, found = read_folder(data)
        dataset, wrong = validate(sources)
        reports, misdefined = read_reports(sources)
        outside, unread = _settings((delivery,) if delivery else beside(data), delivery)
        settings = (*outside, *filter(is_delivery, sources))
        said, missaid = read_delivery(settings)
        told = [*found, *wrong, *misdefined, *unread, *missaid]
        aside = () if errors(told) else untaken(dataset, reports)  # a record with faults would be missed
    problems = tuple(in_order(_without_secrets((*told, *aside), sources)))
    labels = {file.label for file in settings} | {problem.where.file for problem in unread}
    return Reading(dataset, reports, problems, said, tuple(p for p in problems if p.where.file in labels))


def _without_secrets(problems: Iterable[Problem], sources: Iterable[SourceFile]) -> Iterator[Problem]:
    """The same problems; those about a line that looks like a secret repeat nothing of it."""
    found = tuple(problems)
    named = {problem.where.file for problem in found}
    texts = {file.label: file.text.split("\n") for file in sources if file.label in named}
    for problem in found:
        lines, number = texts.get(problem.where.file, ()), problem.where.line
        secret = 0 < number <= len(lines) and looks_secret(lines, number)
        yield withheld(problem) if secret else problem


def delivery_in(folders: Folders) -> delivery_settings.Delivery:
    """Return what the settings of delivery say, without reading the records. Raises ReportError."""
    return delivery_of((*folders.settings, *inside_data(folders.data)), folders.delivery)


def delivery_of(paths: Iterable[Path], named: Path | None = None) -> delivery_settings.Delivery:
    """Return what the settings in one of *paths* say; *named* has to be there. Raises ReportError."""
    files, unread = _settings(paths, named)
    delivery, wrong = read_delivery(files)
    if problems := errors([*unread, *wrong]):
        raise ReportError(*problems)
    return delivery


def beside(data: Path) -> tuple[Path, ...]:
    """Where the settings of delivery usually stand: beside the data, whoever may edit those."""
    folder = data.parent if data.name not in {"", ".."} else data.resolve().parent
    return tuple(folder / name for name in delivery_settings.NAMES)


def inside_data(data: Path) -> tuple[Path, ...]:
    """The files among the data that hold settings of delivery."""
    return tuple(path for name in delivery_settings.NAMES if (path := data / name).is_file())


def _settings(
    paths: Iterable[Path], named: Path | None
) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Read what there is of the settings of delivery; what was *named* has to be there, and to be called so that nothing
    in it is ever shown."""
    files, problems = [], []
    for path in paths:
        label = os.fsencode(path.as_posix()).decode("utf-8", "replace")
        if not Where(label).is_settings:
            problems.append(Problem(Where(label), "delivery/name"))
        elif path == named or path.is_file():
            file, wrong = read_file(path, label)
            files.append(file)
            problems += wrong
    return tuple(files), tuple(problems)


def facts_in(text: str, label: str) -> Mapping[str, Mapping[str, str]]:
    """Return the facts of the records in the text of one data file, however old; none where it cannot be read."""
    return changes.facts_in(read_text(text, label)[0].node) if text else {}


@contextmanager
def collector_off() -> Iterator[None]:
    """Run a piece of work without the garbage collector: stages make many small values and no rubbish, it would only
    search in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # else it would look through all that was made, at once: this and the next line
            gc.unfreeze()  # make it old instead, in no time
            gc.enable()


def sources_of(folders: Folders) -> Mapping[str, Path]:
    """The folder behind the first part of a place's file label."""
    return {folders.data.name: folders.data, folders.templates.name: folders.templates}
