"""Report definitions: which reports there are, for which periods, languages and formats.

Read from `data/reports.yaml`, validated like all data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from reports.model import Id, Node, Part
from reports.period import Period
from reports.values import DateField, TextField

Language = Literal["zh", "en", "zh-Hant"]
Format = Literal["docx", "md", "pdf"]


def parse_period(value: object) -> Period:
    """Read a period's name as an editor types it."""
    try:
        return Period.parse(str(value))
    except ValueError:
        raise PydanticCustomError("job/period", "job/period", {"value": str(value)}) from None


PeriodField = Annotated[Period, PlainValidator(parse_period)]


class Edition(Part):
    """One period a report is made for; *as_of* is the day its facts are as of."""

    period: PeriodField
    as_of: DateField


class ReportDefinition(Part):
    """One report. *default*: built when no report is named. *programmes*: the data folders it draws from
    (none named: all)."""

    id: Id
    title: TextField
    template: str = Field(min_length=1)
    profile: str = "briefing"
    period: Literal["year", "half", "quarter", "month", "range"]
    editions: tuple[Edition, ...] = ()
    languages: tuple[Language, ...] = Field(default=("zh", "en"), min_length=1)
    formats: tuple[Format, ...] = Field(default=("docx", "md"), min_length=1)
    programmes: tuple[str, ...] = ()
    default: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """The report definitions with the node of each, in file order."""

    reports: Mapping[str, ReportDefinition]
    nodes: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Job:
    """One run: a report for a period, with its facts as of a day."""

    report: ReportDefinition
    period: Period
    as_of: date


def plan(report: ReportDefinition, period: Period | None, today: date) -> Job:
    """Choose the period (the latest listed one, else the last one complete by *today*) and its as-of day."""
    listed = {edition.period: edition for edition in report.editions}
    if period is None:
        complete = Period.containing(today, report.period).previous if report.period != "range" else None
        period = max(listed, key=lambda p: p.end, default=complete)
    if period is None:
        raise ValueError("a report of free ranges has no last period")
    edition = listed.get(period)
    if edition is not None and edition.as_of.end is not None:
        return Job(report, period, edition.as_of.end)
    return Job(report, period, min(period.end, today))
