"""Every problem of all data and all templates, told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from reports import charts
from reports.diagnostics.problems import Problem, ReportError, errors, in_order
from reports.document.drawings import ChartRequest
from reports.document.nodes import Document
from reports.document.numbering import warnings
from reports.model.kinds.documents import Figure
from reports.model.records import Dataset, Node
from reports.model.report_definitions import LONGEST_ID, ReportDefinition, plans
from reports.pipeline.build import LanguageEdition, profile_of, tell
from reports.pipeline.read import Folders, Reading, collector_off, read
from reports.records.readings.ahead import yet_to_come
from reports.records.readings.edition_checks import asks_what_came_before
from reports.records.validation import overdue
from reports.templating.render import look_over

Also = Callable[[Reading], Iterable[Problem]]  # what else is to be said of what was read


def check(folders: Folders, today: date, also: Also = lambda reading: ()) -> tuple[Problem, ...]:
    """Return every problem of all data and all templates, in the order of files and lines; *also* adds some."""
    return read_and_check(folders, today, also)[1]


@collector_off()
def read_and_check(
    folders: Folders, today: date, also: Also = lambda reading: ()
) -> tuple[Reading, tuple[Problem, ...]]:
    """Return what was read, too, for those who go on with it."""
    from reports.document.typography import lint_data  # noqa: PLC0415 - its patterns take 5 ms to compile: not for build

    reading = read(folders.data)
    found = [
        *reading.problems,
        *lint_data(reading.dataset),
        *pictures(reading.dataset, folders.data),
        *yet_to_come(reading.dataset, today),
    ]
    look = _check_report if (whole := not errors(reading.problems)) else _check_without_data
    for report in reading.reports.reports.values():
        found += _long_id(report, reading.reports.nodes[report.id])
        found += asks_what_came_before(report, reading.reports.nodes[report.id], today)
        for job in plans(report, today):
            found += reading.wrong_at(job.cutoff)
            found += overdue(reading.at(job.cutoff), job.as_of, report.programmes)
        found += look(reading, folders, report, today)
    return reading, tuple(in_order([*found, *(also(reading) if whole else ())]))


def _long_id(report: ReportDefinition, node: Node) -> Iterator[Problem]:
    """An id that makes paths too long for Windows; one that has issues can keep it."""
    if len(report.id) > LONGEST_ID:
        yield Problem(node.where, "job/long-id", {"name": report.id, "most": LONGEST_ID}, "warning")


def _check_without_data(
    reading: Reading, folders: Folders, report: ReportDefinition, today: date
) -> Iterator[Problem]:
    """What can be said of a report before the data are right: whether its templates can be read."""
    for lang in report.languages:
        try:
            profile_of(report.profile, lang, reading.reports.nodes[report.id].at("profile").where)
            look_over(plans(report, today)[0], lang, folders.templates)
        except ReportError as error:
            yield from error.problems


def _check_report(
    reading: Reading, folders: Folders, report: ReportDefinition, today: date
) -> Iterator[Problem]:
    """Tell every listed edition in every language, without drawing or writing it."""
    from reports.document.typography import lint_document  # noqa: PLC0415 - as above

    for job in plans(report, today):
        editions: list[LanguageEdition] = []
        for lang in report.languages:
            try:
                told = tell(reading, folders, job, lang)
                editions.append(told)
                yield from told.notes
                yield from warnings(told.document)
                yield from lint_document(told.document)
                for request in told.requests:
                    charts.inspect(request)
            except ReportError as error:
                yield from error.problems
        yield from _unlike([(t.lang, t.document, t.requests) for t in editions])


def pictures(dataset: Dataset, data: Path) -> Iterator[Problem]:
    """What is wrong with the files that figures name, whether a report shows them or not."""
    for record in dataset.all("figures"):
        assert isinstance(record, Figure)
        if record.file:
            from reports.charts.photos import inspect  # noqa: PLC0415 - Pillow is loaded for pictures only

            yield from inspect(data, record.file, dataset.nodes[record.id].at("file").where)


def _unlike(editions: Sequence[tuple[str, Document, Sequence[ChartRequest]]]) -> Iterator[Problem]:
    """Where an edition shows other facts than the first; each is its language, its tree and its charts."""
    from reports.document.editions import first_difference, passages  # noqa: PLC0415 - no build compares

    shown = [passages(document, requests) for _, document, requests in editions]
    for (lang, *_), other in zip(editions[1:], shown[1:], strict=True):
        yield from first_difference(shown[0], other, (editions[0][0], lang))
