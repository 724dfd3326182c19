"""Report definitions: which reports there are, for which periods, languages and formats.

Read from `data/reports.yaml`, validated like all data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from msgspec.structs import replace

from reports.model.cutoff import Cutoff
from reports.model.dates import last_day
from reports.model.imprint import number_words
from reports.model.periods import Period
from reports.model.reading import ReadBy, WrongValueError, shown
from reports.model.records import Id, Node, Part
from reports.model.values import BilingualText, DayField, TextField, parse_text
from reports.model.workdays import WorkCalendar

#: How data are written today; 1, where nothing is said, is from before facts had days.
FORMAT = 2
#: Letters in the id of a report. It stands twice in the path of each file, of which Windows takes 259; below it come
#: a period, a revision and a language, above it whatever folders an office has.
LONGEST_ID = 32

Language = Literal["zh", "en", "zh-Hant"]
Format = Literal["docx", "md", "pdf", "html"]


def parse_period(value: object) -> Period:
    """Read a period's name as an editor types it."""
    try:
        return Period.parse(str(value))
    except ValueError:
        raise WrongValueError("job/period", value=str(value)) from None


PeriodField = Annotated[Period, ReadBy(parse_period)]


class Edition(Part):
    """One period a report is made for; *as_of* is the day its facts are as of. What is learnt after *closed* does not
    enter it (left out: the end of the period, and the days until it is due); *since* is the edition it is compared
    with (left out: the one before)."""

    period: PeriodField
    as_of: DayField
    closed: DayField | None = None
    since: PeriodField | None = None


# --- schedule and recipients --------------------------------------------------------------------------------


def _parse_time(value: object) -> time:
    if isinstance(value, time):
        return value
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(value)):
        return time.fromisoformat(str(value))
    raise WrongValueError("schedule/time", value=str(value))


def _parse_zone(value: object) -> str:
    try:
        ZoneInfo(str(value))
    except (OSError, ValueError, KeyError):
        raise WrongValueError("schedule/zone", value=str(value)) from None
    return str(value)


def _days(least: int) -> Callable[[object], int]:
    def parse(value: object) -> int:
        if re.fullmatch(r"[0-9]{1,3}", str(value)) and least <= int(str(value)) <= 366:
            return int(str(value))
        raise WrongValueError("schedule/days", value=str(value), least=least)

    return parse


#: What no address may hold: spaces, line ends and what separates addresses in a header.
_ADDRESS = re.compile(
    r"[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]{1,64}@[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]+\.[^\s@.,;:<>]{2,}"
)


def _parse_address(value: object) -> str:
    if isinstance(value, str) and len(value) <= 254 and value.isprintable() and _ADDRESS.fullmatch(value):
        if not value.rpartition("@")[
            0
        ].isascii():  # few servers carry it, and ours would only say so when sending
            raise WrongValueError("schedule/address-letters", value=value)
        return value
    raise WrongValueError("schedule/address", value=str(value))


#: One bare address.
AddressField = Annotated[str, ReadBy(_parse_address)]

#: What stands in a salutation for the recipient's name.
NAME = "{name}"


def _parse_salutation(value: object) -> str:
    """What is in braces is meant to be filled in; nobody is to get it as it is typed."""
    if isinstance(value, str) and value.strip() and not re.search(r"[{}｛｝]", value.replace(NAME, "")):
        return value.strip()
    raise WrongValueError("schedule/salutation", value=shown(value))


def parse_salutations(value: object) -> BilingualText:
    """Read a salutation in each language."""
    words = parse_text(value)
    for said in filter(None, (words.zh, words.en, words.hant)):
        _parse_salutation(said)
    return words


class Due(Part):
    """When a period's report is due: *days* after the period's last day, at *time* of *zone*; on a day off, on
    the next working day of *calendar*."""

    days: Annotated[int, ReadBy(_days(0))]
    time: Annotated[time, ReadBy(_parse_time)]
    zone: Annotated[str, ReadBy(_parse_zone)]
    calendar: WorkCalendar = "CN"


class Schedule(Part):
    """When a report is made by itself.

    *since*: the first period the job is to make. *remind*: days before the due date on which editors are
    reminded. *missed*: of periods that passed while nothing ran make all, make the latest only, or skip what is
    more than *grace* days late. What is not made is noted in the ledger.
    """

    since: PeriodField
    due: Due
    remind: tuple[Annotated[int, ReadBy(_days(1))], ...] = ()
    missed: Literal["all", "latest", "skip"] = "all"
    grace: Annotated[int, ReadBy(_days(0))] = 3


class Recipient(Part):
    """Somebody who gets something by e-mail, in one language; *salutation*: how letters begin, where not as the
    settings of delivery say."""

    name: TextField
    address: AddressField
    lang: Language = "zh"
    salutation: Annotated[str, ReadBy(_parse_salutation)] = ""


class Recipients(Part):
    """Who gets what: leadership the report, editors reminders, the secretariat what went wrong."""

    leadership: tuple[Recipient, ...] = ()
    editors: tuple[Recipient, ...] = ()
    secretariat: tuple[Recipient, ...] = ()


class Freshness(Part):
    """After how many days a record of *kind* (as data files list them) is too old for a report."""

    kind: str
    days: Annotated[int, ReadBy(_days(1))]


class ReportDefinition(Part):
    """One report. *default*: built when no report is named. *programmes*: the data folders it draws from
    (none named: all). *approval*: a person has to approve it before it is issued. *issues_before*: how many
    issues there were before this product counted them. *freshness*: where this report asks
    for other than the kinds say themselves."""

    id: Id
    title: TextField
    template: Annotated[str, Meta(min_length=1)]
    profile: str = "briefing"
    period: Literal["year", "half", "quarter", "month", "week", "range"]
    editions: tuple[Edition, ...] = ()
    languages: Annotated[tuple[Language, ...], Meta(min_length=1)] = ("zh", "en")
    formats: Annotated[tuple[Format, ...], Meta(min_length=1)] = ("docx", "md")
    programmes: tuple[str, ...] = ()
    default: bool = False
    schedule: Schedule | None = None
    recipients: Recipients = Recipients()
    approval: bool = False
    freshness: tuple[Freshness, ...] = ()
    issues_before: Annotated[int, Meta(ge=0)] = 0


class Edited(Struct, frozen=True):
    """The report definitions with the node of each, in file order, and the format the data are written in."""

    reports: Mapping[str, ReportDefinition]
    nodes: Mapping[str, Node]
    format: int = 1


class IssueNumber(Struct, frozen=True):
    """Which issue it is: the *nth* of its *year* as they were issued, the *total* of all."""

    year: int
    nth: int
    total: int

    def label(self, lang: str) -> str:
        """As it is printed: 2023年第2期 总第18期."""
        return number_words(self.year, str(self.nth), str(self.total), lang)


class Job(Struct, frozen=True):
    """One run: a report for a period, with its facts as of a day, and nothing in it that was learnt after the day it
    *closed* (None: the same day). *previous* is the edition it is compared with."""

    report: ReportDefinition
    period: Period
    as_of: date
    closed: date | None = None
    previous: Job | None = None

    @property
    def cutoff(self) -> Cutoff:
        """The day of the reading it is made from."""
        return Cutoff(self.as_of, self.closed or self.as_of)


def plan(
    report: ReportDefinition, period: Period | None, today: date, issued: Collection[Period] = ()
) -> Job:
    """Choose the period (the latest listed one, else the last one complete by *today*; where that is *issued*, the one
    that is next), its days and the edition before it."""
    listed = {edition.period: edition for edition in report.editions}
    if period is None:
        complete = Period.containing(today, report.period).previous if report.period != "range" else None
        period = max(listed, key=lambda p: p.end, default=complete)
        period = period and _not_issued(report, period, today, issued)
    if period is None:
        raise ValueError("a report of free ranges has no last period")
    job, edition = _job(report, period, today), listed.get(period)
    since = edition.since if edition else None
    earlier = _job(report, since, today) if since else _before(job, today)
    return replace(job, previous=earlier)


def _not_issued(report: ReportDefinition, period: Period, today: date, issued: Collection[Period]) -> Period:
    """The first period from this one on that is not issued; this one where no other has begun, or where nothing but the
    list of editions says which one is next."""
    if report.period == "range" or (report.editions and not report.schedule):
        return period
    found = period
    while found in issued:
        found = found.following
        if report.schedule and found.start < report.schedule.since.start:
            found = report.schedule.since
    return found if found.start <= today else period


def _job(report: ReportDefinition, period: Period, today: date) -> Job:
    """The edition of a period, whatever came before it."""
    edition = next((one for one in report.editions if one.period == period), None)
    as_of = last_day(edition.as_of) if edition else min(period.end, today)
    if edition and edition.closed:
        closed = last_day(edition.closed)
    else:
        closed = period.end + timedelta(days=report.schedule.due.days) if report.schedule else as_of
    return Job(report, period, as_of, max(as_of, closed))


def _before(job: Job, today: date) -> Job | None:
    """The latest edition listed or scheduled of those with an earlier day."""
    report = job.report
    listed = [_job(report, edition.period, today) for edition in report.editions]
    if report.schedule and report.schedule.since.start < job.period.start:
        listed.append(_job(report, job.period.previous, today))
    return max((one for one in listed if one.as_of < job.as_of), key=lambda one: one.as_of, default=None)


def editions_until(job: Job) -> list[Job]:
    """The editions of a report up to that of *job*, listed and scheduled ones, in the order of their days."""
    report = job.report
    found = {edition.period: _job(report, edition.period, job.as_of) for edition in report.editions}
    if report.schedule and job.period.kind != "range":
        period = job.period.previous
        while period.start >= report.schedule.since.start:
            found.setdefault(period, _job(report, period, job.as_of))
            period = period.previous
    found[job.period] = job
    return sorted((one for one in found.values() if one.as_of <= job.as_of), key=lambda one: one.as_of)


def plans(report: ReportDefinition, today: date) -> list[Job]:
    """The listed editions of a report, else the one that is next."""
    return [plan(report, edition.period, today) for edition in report.editions] or [plan(report, None, today)]


def expected_files(report: ReportDefinition, period: str) -> tuple[str, ...]:
    """The names of the files a complete issue has, pictures aside."""
    forms = (*report.formats, *(("mail.json",) if report.recipients.leadership else ()))
    return tuple(f"{report.id}-{period}.{lang}.{form}" for lang in report.languages for form in forms)
