"""What is due: a pure function of the report definitions, of what was done, and of the moment.

Nothing here remembers or waits. Asked twice with the same answers from the ledger it says the same; a period is
due until the ledger says that it is settled. Moments are aware and compared in UTC, so that a clock put forward
or back for summer time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from reports.model.periods import Period
from reports.model.report_definitions import Due, ReportDefinition, Schedule
from reports.model.workdays import is_announced, next_workday

#: A report's id and a period's name.
Turn = tuple[str, str]
Action = Literal["build", "skip", "remind"]

#: Minutes to wait after the first, second, … failure of the same turn; the last one for all that follow.
PAUSES = (1, 5, 15, 60, 240, 1440)


class Failure(Struct, frozen=True):
    """A turn that failed *count* times, *last* at that moment; not tried again before *next_try*."""

    count: int
    last: datetime
    next_try: datetime


class Done(Struct, frozen=True):
    """What the ledger remembers.

    *settled*: turns that were made or skipped for good. *reminded*: for how many days ahead of a turn the last
    reminder was.
    """

    settled: frozenset[Turn] = frozenset()
    failures: Mapping[Turn, Failure] = field(default_factory=lambda: MappingProxyType({}))
    reminded: Mapping[Turn, int] = field(default_factory=lambda: MappingProxyType({}))


class DueItem(Struct, frozen=True):
    """One thing to do now: build a report for a period, say that it is skipped, or remind *days* ahead."""

    report: str
    period: Period
    action: Action
    due: datetime
    days: int = 0

    @property
    def turn(self) -> Turn:
        """The report and the period's name."""
        return self.report, str(self.period)


def due(reports: Iterable[ReportDefinition], done: Done, now: datetime) -> tuple[DueItem, ...]:
    """Return what is to be done at *now* (aware), the longest overdue first."""
    items = [
        item
        for report in reports
        if report.schedule
        for item in (
            *_late_or_due(report, report.schedule, done, now),
            *_reminders(report, report.schedule, done, now),
        )
    ]
    return tuple(sorted(items, key=lambda item: (item.due, item.report, item.action)))


def due_at(plan: Due, period: Period) -> datetime:
    """Return the moment *period* is due (UTC): so many days after its end, or the next working day."""
    return _moment(plan.days, plan.time.isoformat(), plan.zone, plan.calendar, period.end.toordinal())


def is_provisional(plan: Due, period: Period) -> bool:
    """Whether the day *period* is due may still move: the calendar of its year is not announced yet."""
    first = date.fromordinal(min(period.end.toordinal() + plan.days, _LAST))
    return not all(is_announced(day, plan.calendar) for day in (first, next_workday(first, plan.calendar)))


def upcoming(report: ReportDefinition, done: Done, count: int = 3) -> tuple[DueItem, ...]:
    """Return the next *count* turns of *report* that are not settled, overdue ones included."""
    items: list[DueItem] = []
    period = report.schedule.since if report.schedule else None
    while report.schedule and period and len(items) < count:
        item = DueItem(report.id, period, "build", due_at(report.schedule.due, period))
        if item.turn not in done.settled:
            items.append(item)
        period = period.following
    return tuple(items)


def turn_of(report: ReportDefinition | None, period: str) -> DueItem | None:
    """Return when *period* is due; None where nothing makes it by itself."""
    if report is None or report.schedule is None:
        return None
    span = Period.parse(period)
    return DueItem(report.id, span, "build", due_at(report.schedule.due, span))


def next_change(reports: Iterable[ReportDefinition], done: Done, now: datetime) -> datetime | None:
    """Return the first moment after *now* at which `due` may say something else, while nothing else changes."""
    moments = [moment for report in reports if report.schedule for moment in _turns(report.schedule, now)]
    moments += [failure.next_try for failure in done.failures.values()]
    return min((moment for moment in moments if moment > now), default=None)


def pause_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures of the same turn."""
    return timedelta(minutes=PAUSES[min(max(failures, 1), len(PAUSES)) - 1])


# --- inner ------------------------------------------------------------------------------------------------


_LAST = date(9990, 1, 1).toordinal()


@lru_cache(maxsize=100_000)
def _moment(days: int, time: str, zone: str, calendar: str, end: int) -> datetime:
    last = min(end + days, _LAST)  # whoever asks for the year 9999 has mistyped; no date lies behind it
    day = next_workday(date.fromordinal(last), calendar)  # type: ignore[arg-type]
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _periods(first: Period) -> Iterator[Period]:
    while True:
        yield first
        first = first.following


def _turns(plan: Schedule, now: datetime) -> Iterator[datetime]:
    """When something becomes of a period: it is reminded of, due, too late; up to the first that lies ahead in all."""
    for period in _periods(plan.since):
        moment = due_at(plan.due, period)
        ahead = [moment - timedelta(days=days) for days in plan.remind]
        yield from (*ahead, moment, moment + timedelta(days=plan.grace, microseconds=1))
        if min([moment, *ahead]) > now:
            return


def _late_or_due(report: ReportDefinition, plan: Schedule, done: Done, now: datetime) -> Iterator[DueItem]:
    reached = list(takewhile(lambda period: due_at(plan.due, period) <= now, _periods(plan.since)))
    for period in reached:
        if (report.id, str(period)) in done.settled:
            continue
        moment = due_at(plan.due, period)
        if _is_missed(plan, moment, now, latest=period == reached[-1]):
            yield DueItem(report.id, period, "skip", moment)
        elif not _resting(done.failures.get((report.id, str(period))), now):
            yield DueItem(report.id, period, "build", moment)


def _is_missed(plan: Schedule, moment: datetime, now: datetime, *, latest: bool) -> bool:
    """Whether the plan gives this turn up: the newest is wanted only, or it is later than the days of grace."""
    match plan.missed:
        case "all":
            return False
        case "latest":
            return not latest
        case "skip":
            return now > moment + timedelta(days=plan.grace)


def _resting(failure: Failure | None, now: datetime) -> bool:
    """Whether to wait on; a last try in the future tells of a clock put back, and holds up nothing."""
    return failure is not None and failure.last <= now < failure.next_try


def _reminders(report: ReportDefinition, plan: Schedule, done: Done, now: datetime) -> Iterator[DueItem]:
    if not plan.remind:
        return
    for period in _periods(plan.since):
        moment = due_at(plan.due, period)
        if moment <= now:
            continue
        if moment - timedelta(days=max(plan.remind)) > now:
            return
        turn = (report.id, str(period))
        days = min(n for n in plan.remind if moment - timedelta(days=n) <= now)
        if turn not in done.settled and days < done.reminded.get(turn, 10_000):
            yield DueItem(report.id, period, "remind", moment, days)
