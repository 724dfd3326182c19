"""Everything below the data folder, read and validated once: what all later stages work with."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field

from reports.diagnostics.problems import Problem, ReportError, errors, in_order
from reports.model import delivery_settings
from reports.model.cutoff import Cutoff
from reports.model.records import Dataset
from reports.model.report_definitions import Edited
from reports.records import changes
from reports.records.readings.reading import at
from reports.records.text.loader import parse as read_text
from reports.records.text.loader import read_file, read_folder
from reports.records.untaken import untaken
from reports.records.validation import breaches, read_delivery, read_reports, validate


class Folders(Struct, frozen=True):
    """Where a run reads and writes."""

    data: Path
    templates: Path
    output: Path


class Reading(Struct, frozen=True):
    """All that was read: the records as they were typed, the report definitions, and what was found wrong."""

    dataset: Dataset
    reports: Edited
    problems: tuple[Problem, ...]
    delivery: delivery_settings.Delivery = delivery_settings.Delivery()
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


def read(data: Path) -> Reading:
    """Read and validate everything below *data*."""
    with collector_off():
        sources, found = read_folder(data)
        dataset, wrong = validate(sources)
        reports, misdefined = read_reports(sources)
        delivery, undeliverable = read_delivery(sources)
        told = [*found, *wrong, *misdefined, *undeliverable]
        aside = () if errors(told) else untaken(dataset, reports)  # a record with faults would be missed
        problems = tuple(in_order((*told, *aside)))
    return Reading(dataset, reports, problems, delivery)


def delivery_in(data: Path) -> delivery_settings.Delivery:
    """Return what delivery.yaml in *data* says, without reading the records. Raises ReportError."""
    paths = (data / name for name in delivery_settings.NAMES)
    found = [read_file(path, f"{data.name}/{path.name}") for path in paths if path.is_file()]
    delivery, wrong = read_delivery(file for file, _ in found)
    if problems := errors([*(p for _, unread in found for p in unread), *wrong]):
        raise ReportError(*problems)
    return delivery


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
