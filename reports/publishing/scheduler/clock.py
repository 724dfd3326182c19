"""Whether the moment of a round can be believed, and what is done where it cannot.

A clock that is ahead makes turns whose day has not come. So turns that were settled in what is still the future are
taken up again when their day is near; and a round far behind the last one, or one that would make up for a year, is
asked about before anything is done: the clock may be wrong, the machine was off, or the schedule begins long ago.

A clock that is behind is told of, and holds up nothing: with time there is ever more to do, never less, so whatever
is due by a clock that is behind is due by the right one, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.periods import Period
from reports.model.report_definitions import ReportDefinition
from reports.model.schedule import Done, DueItem, Turn, due_at
from reports.publishing import row_checksums
from reports.publishing.issue import moment, stamp
from reports.publishing.ledger import Ledger
from reports.publishing.output_folder import Tell

#: Zones set wrongly and clocks that run fast differ by hours.
TOLERANCE = timedelta(days=1)
#: Two rounds lie further apart only where the machine was off, or its clock was moved.
LONG = timedelta(days=45)
#: So many turns beside the newest of each report are more than a few days of failures leave behind.
MANY = 12
_NAMED = 12


def taken_up_again(ledger: Ledger, reports: Iterable[ReportDefinition], now: datetime, tell: Tell) -> None:
    """Tell of a clock that is behind the last round, and let no turn count as settled that was settled ahead of it."""
    last = last_round(ledger)
    if last is not None and now < last - TOLERANCE:
        args = {"now": _day(now), "last": _day(last)}
        tell(Problem(Where(""), "schedule/clock-behind", args, "warning"))
    for report, period in settled_ahead(ledger, reports, now):
        key = {"report": report, "period": period}
        with ledger.transaction(now):  # now an issue by hand settles it, nothing else does
            row_checksums.put(ledger.connection, "turns", key, {"outcome": "ahead"})


def settled_ahead(ledger: Ledger, reports: Iterable[ReportDefinition], now: datetime) -> tuple[Turn, ...]:
    """The turns settled later than *now* that are due before long: no clock goes further ahead unasked, and one that
    is years behind must not start what was made meanwhile all over again."""
    plans = {report.id: report.schedule.due for report in reports if report.schedule}
    after, turns = stamp(now + TOLERANCE), row_checksums.select(ledger.connection, "turns", {})
    later = [(r["report"], r["period"]) for r in turns if r["at"] > after and r["outcome"] != "ahead"]
    return tuple(
        (report, period)
        for report, period in later
        if report in plans and due_at(plans[report], Period.parse(period)) <= now + LONG
    )


def believed(ledger: Ledger, items: Sequence[DueItem], now: datetime, *, sure: bool) -> None:
    """Remember this round, unless a person has to say first that it is meant; *sure*: they did. Raises ReportError."""
    if not sure and (problem := doubt(last_round(ledger), ledger.done(), items, now)):
        raise ReportError(problem)
    last = last_round(ledger)
    if last is None or abs(now - last) >= TOLERANCE:
        with ledger.transaction(now):
            row_checksums.put(ledger.connection, "meta", {"key": "round"}, {"value": stamp(now)})


def last_round(ledger: Ledger) -> datetime | None:
    """When the last round was, to the day; None where none is known."""
    found = row_checksums.select(ledger.connection, "meta", {"key": "round"})
    return moment(found[0]["value"]) if found else None


def doubt(last: datetime | None, done: Done, items: Sequence[DueItem], now: datetime) -> Problem | None:
    """What to ask before *items* are done at *now*, where the last round was at *last*; None where all is as usual."""
    turns = [item for item in items if item.action != "remind"]
    untried = Counter(item.report for item in turns if item.turn not in done.failures)
    shown = [f"{item.report} {item.period}" for item in turns[:_NAMED]]
    args = {
        "count": len(items),
        "now": _day(now),
        "turns": ", ".join([*shown, *(["…"] * (len(turns) > _NAMED))]),
    }
    if items and last is not None and now > last + LONG:
        return Problem(Where(""), "schedule/asks-long", {**args, "last": _day(last)})
    if sum(untried.values()) - len(untried) >= MANY:
        return Problem(Where(""), "schedule/asks-many", args)
    return None


def _day(moment: datetime) -> str:
    return stamp(moment)[:10]
