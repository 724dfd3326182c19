"""Every problem of all data and all templates, told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from reports import charts, files, product_files
from reports.diagnostics.problems import Problem, ReportError, errors, in_order
from reports.document.drawings import ChartRequest
from reports.document.nodes import Document
from reports.document.numbering import warnings
from reports.model.kinds.documents import Figure
from reports.model.records import Dataset
from reports.model.report_definitions import ReportDefinition, plan, plans
from reports.model.schedule import DueItem
from reports.pipeline.build import LanguageEdition, letters_of, profile_of, tell, word_template
from reports.pipeline.read import Folders, Reading, collector_off, read
from reports.records.readings.ahead import yet_to_come
from reports.records.readings.edition_checks import asks_what_came_before
from reports.records.validation import overdue
from reports.templating.render import look_over

Also = Callable[[Reading], Iterable[Problem]]  # what else is to be said of what was read
_OURS = Folders(Path(), product_files.TEMPLATES, Path())
Coming = Callable[[Reading], Iterable[DueItem]]  # which turns come next, by what was read


def check(folders: Folders, today: date, also: Also = lambda reading: ()) -> tuple[Problem, ...]:
    """Return every problem of all data and all templates, in the order of files and lines; *also* adds some."""
    return read_and_check(folders, today, also)[1]


@collector_off()
def read_and_check(
    folders: Folders, today: date, also: Also = lambda reading: (), coming: Coming = lambda reading: ()
) -> tuple[Reading, tuple[Problem, ...]]:
    """Return what was read, and every problem of all data and all templates, in the order of files and lines; *also*
    adds some, *coming* names the turns that are tried beside the editions listed in reports.yaml."""
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
        found += asks_what_came_before(report, reading.reports.nodes[report.id], today)
        for job in plans(report, today):
            found += reading.wrong_at(job.cutoff)
            found += overdue(reading.at(job.cutoff), job.as_of, report.programmes)
        found += look(reading, folders, report, today)
    for item in coming(reading) if whole else ():
        found += _check_turn(reading, folders, item, today=today, found=found)
    return reading, tuple(in_order([*found, *(also(reading) if whole else ())]))


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
    """Tell every listed edition in every language, and try what can refuse it, without drawing or writing it."""
    from reports.document.typography import lint_document  # noqa: PLC0415 - as above

    yield from _printable(reading, folders, report)
    for job in plans(report, today):
        editions: list[LanguageEdition] = []
        for lang in report.languages:
            try:
                told = tell(reading, folders, job, lang)
                editions.append(told)
                yield from told.notes
                yield from warnings(told.document)
                yield from lint_document(told.document)
                yield from _drawable(told, folders)
            except ReportError as error:
                yield from error.problems
        yield from _unlike([(t.lang, t.document, t.requests) for t in editions])


def _drawable(told: LanguageEdition, folders: Folders) -> Iterator[Problem]:
    """What is to be said of the charts. Raises ReportError for the first that cannot be drawn."""
    cache, letters = charts.Cache(folders.output / ".cache", files.write), letters_of(told.names)
    for request in told.requests:
        yield from charts.inspect(request, cache, letters)


def _check_turn(
    reading: Reading, folders: Folders, item: DueItem, *, today: date, found: Sequence[Problem]
) -> Iterator[Problem]:
    """What would refuse the edition of a turn that comes, as the data are now, beside what was *found* in others:
    warnings, while there is time."""
    report = reading.reports.reports[item.report]
    if any(edition.period == item.period for edition in report.editions):
        return
    job, refusals = plan(report, item.period, today), list[Problem]()
    for lang in report.languages:
        try:
            list(_drawable(tell(reading, folders, job, lang), folders))
        except ReportError as error:
            refusals += error.problems
    if refusals := [problem for problem in refusals if problem not in found]:
        where = reading.reports.nodes[report.id].where
        args = {"report": report.id, "period": str(item.period), "day": item.due.date().isoformat()}
        yield Problem(where, "job/next-turn", args, "warning")
        yield from (replace(problem, severity="warning") for problem in refusals)


def _printable(reading: Reading, folders: Folders, report: ReportDefinition) -> Iterator[Problem]:
    """What would refuse the files of a report: a PDF that nothing can lay out, a Word template that is not ours and
    lacks something. Ours, byte for byte, lack nothing, and are not read."""
    if "pdf" in report.formats:
        from reports.writers import pdf  # noqa: PLC0415 - starts other programs, which few reports need

        if not pdf.find_office():
            yield Problem(reading.reports.nodes[report.id].at("formats").where, "layout/no-office")
    for lang in report.languages if {"docx", "pdf"} & {*report.formats} else ():
        try:
            profile = profile_of(report.profile, lang, reading.reports.nodes[report.id].at("profile").where)
            own, ours = word_template(folders, profile), word_template(_OURS, profile)
        except ReportError as error:
            yield from error.problems
            continue
        if own != ours:
            from reports.writers.word.template import compare  # noqa: PLC0415 - loads lxml, for people with own looks

            yield from compare(own, ours, str(folders.templates / "word" / profile.template))


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
