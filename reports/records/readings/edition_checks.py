"""What the days of editions must not say, and when it is to be said which edition one is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reports.diagnostics.problems import Problem, Where
from reports.model.dates import last_day
from reports.model.periods import Period
from reports.model.records import Node
from reports.model.report_definitions import Edition, ReportDefinition, plan
from reports.records.readings.chronology import FIRST_YEAR, LAST_YEAR, years_are_meant


def wrong_editions(report: ReportDefinition, node: Node) -> Iterator[Problem]:
    """Tell what is wrong in time with the editions that *report* lists."""
    yield from listed_once(report, node)
    for i, edition in enumerate(report.editions):
        place = node.at("editions", i)
        yield from years_are_meant(edition, place)
        if not _is_meant(edition.period):
            yield Problem(place.at("period").where, "time/year", {"date": str(edition.period)}, "warning")
            continue
        yield from closed_after_its_day(edition, place)
        yield from compared_with_an_earlier_one(edition, place)


def listed_once(report: ReportDefinition, node: Node) -> Iterator[Problem]:
    """A period has one day its facts are as of, and one day it is closed."""
    first: dict[Period, Where] = {}
    for i, edition in enumerate(report.editions):
        where = node.at("editions", i, "period").where
        if other := first.get(edition.period):
            yield Problem(where, "edition/twice", {"period": str(edition.period), "other": str(other)})
        first.setdefault(edition.period, where)


def closed_after_its_day(edition: Edition, node: Node) -> Iterator[Problem]:
    """The facts of an edition are of its period or later, and it is closed after that."""
    as_of, typed = last_day(edition.as_of), node.at("as_of")
    if as_of < edition.period.start:
        args = {"as_of": typed.text, "period": str(edition.period)}
        yield Problem(typed.where, "edition/as-of-before-period", args, "warning")
    if edition.closed is not None and last_day(edition.closed) < as_of:
        closed = node.at("closed")
        found = {"closed": closed.text, "as_of": typed.text, "other": str(typed.where)}
        yield Problem(closed.where, "edition/closed-before-as-of", found, "warning")


def compared_with_an_earlier_one(edition: Edition, node: Node) -> Iterator[Problem]:
    """An edition is compared with one that ends before it does."""
    since, period = edition.since, edition.period
    if since is not None and since.end >= period.end:
        args = {"since": str(since), "period": str(period), "before": str(period.previous)}
        yield Problem(node.at("since").where, "edition/since-not-earlier", args, "warning")


def asks_what_came_before(report: ReportDefinition, node: Node, today: date) -> Iterator[Problem]:
    """Behind a gap in the editions it is to be said which one an edition is compared with."""
    for i, edition in enumerate(report.editions):
        if edition.since is None:
            place = node.at("editions", i, "period")
            yield from asks_behind_a_gap(report, edition.period, place.where, today)


def asks_behind_a_gap(
    report: ReportDefinition, period: Period, where: Where, today: date
) -> Iterator[Problem]:
    """Ask it of the edition of *period*, where the one it is compared with by itself is not directly before. Ranges
    follow no calendar: none is directly before another."""
    previous = plan(report, period, today).previous
    if (
        previous is None
        or not _is_meant(period)
        or period.kind == "range"
        or previous.period == period.previous
    ):
        return
    args = {"period": str(period), "before": str(period.previous), "since": str(previous.period)}
    yield Problem(where, "edition/asks-since", args, "warning")


def _is_meant(period: Period) -> bool:
    return period.start.year >= FIRST_YEAR and period.end.year <= LAST_YEAR
