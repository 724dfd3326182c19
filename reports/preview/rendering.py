"""A report as a page to look at while it is written: told, drawn, with all that is to be said of it.

Part of the pipeline: the same stages as for a build, for one report in one language, and nothing is written but
charts into their cache.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reports.diagnostics.problems import Problem, in_order
from reports.document.nodes import plain
from reports.document.numbering import warnings
from reports.document.typography import lint_data, lint_document
from reports.model.periods import Period
from reports.model.report_definitions import Job, ReportDefinition, plan
from reports.pipeline.build import pictures, tell
from reports.pipeline.read import Folders, Reading
from reports.records.readings.ahead import yet_to_come
from reports.records.validation import overdue
from reports.writers.html import page, style_sheet

__all__ = ["Page", "jobs_of", "remarks", "show", "style_sheet"]


class Page(Struct, frozen=True):
    """*body* is the report as HTML, *remarks* are the warnings about it."""

    title: str
    body: str
    remarks: tuple[Problem, ...]


def show(reading: Reading, folders: Folders, job: Job, lang: str) -> Page:
    """Return the page of one report. Raises ReportError."""
    told = tell(reading, folders, job, lang)
    found = [
        *overdue(reading.at(job.cutoff), job.as_of, job.report.programmes),
        *warnings(told.document),
        *lint_document(told.document),
    ]
    title = plain(told.document.title("title")) or job.report.title.get(lang)
    body = page(told.document, told.profile, pictures(told, folders), placed=True)
    return Page(title, body, tuple(in_order(found)))


def remarks(reading: Reading, today: date) -> tuple[Problem, ...]:
    """Return the warnings about the data, whatever report shows it."""
    found = (*reading.problems, *lint_data(reading.dataset), *yet_to_come(reading.dataset, today))
    return tuple(in_order(found))


def jobs_of(report: ReportDefinition, today: date) -> tuple[Job, ...]:
    """Return the editions a report lists, the latest first; of one that lists none, the last complete period."""
    listed: list[Period | None] = [edition.period for edition in report.editions]
    if not listed and report.period != "range":
        listed = [None]
    jobs = (plan(report, period, today) for period in listed)
    return tuple(sorted(jobs, key=lambda job: job.period.end, reverse=True))
