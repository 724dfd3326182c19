"""Which records a template takes by their time: what lies in the period, what happened, what is planned or known.

docs/templates.md explains each to authors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.dates import PartialDate
from reports.model.kinds.activities import NOT_HAPPENED, has_happened
from reports.model.kinds.documents import Source
from reports.model.periods import Period
from reports.templating.comparison import order
from reports.templating.leaves import Leaf
from reports.templating.views import View


def items(things: Any, function: str) -> list[Any]:
    """*things* as a list; one thing alone is the author's mistake."""
    if isinstance(things, Leaf | View | str) or not isinstance(things, Iterable):
        raise ReportError(Problem(Where(""), "template/not-a-list", {"function": function}))
    return list(things)


def in_time(things: Any) -> list[Any]:
    """Order by date; records without one come last, in file order."""
    return sorted(items(things, "in_time"), key=lambda thing: order(_day(thing)))


def in_period(period: Period, things: Any) -> list[Any]:
    """Those whose date lies wholly in the report's period: a year alone belongs to no quarter."""
    return [thing for thing in items(things, "in_period") if _inside(period, _day(thing))]


def reported_in_period(period: Period, things: Any) -> list[Any]:
    """Those without a date of their own that a document from the period tells of, unless they did not happen."""
    return [
        thing
        for thing in items(things, "reported_in_period")
        if _status(thing) not in NOT_HAPPENED
        and _start(_day(thing)) is None
        and any(_inside(period, day) for day in _told(thing))
    ]


def ahead(period: Period, things: Any) -> list[Any]:
    """Those still planned whose date, as far as it is known, does not end before the report's period does."""

    def after(day: PartialDate | None) -> bool:
        return day is None or day.end is None or day.relation == "after" or day.end > period.end

    return [thing for thing in items(things, "ahead") if _status(thing) == "planned" and after(_day(thing))]


def happened(as_of: date, things: Any) -> list[Any]:
    """Those dated by the day the report's facts are as of that are not stated to be planned, postponed, cancelled or
    suspended; without a date nobody knows."""
    return [
        thing
        for thing in items(things, "happened")
        if isinstance(thing, View) and has_happened(thing.record, as_of)
    ]


def by_then(as_of: date, things: Any) -> list[Any]:
    """Those known by the day the report's facts are as of: their date does not begin after it; a plan is known when
    a document tells of it, what says itself since when it is known is."""

    def known(day: PartialDate | None) -> bool:
        start = _start(day)
        return start is None or start <= as_of

    def is_known(thing: Any) -> bool:
        if isinstance(thing, View) and getattr(thing.record, "known", None) is not None:
            return True  # the reading has looked at it
        planned = _status(thing) == "planned"
        return any(known(day) for day in _told(thing)) if planned else known(_day(thing))

    return [thing for thing in items(things, "by_then") if is_known(thing)]


def _inside(period: Period, day: PartialDate | None) -> bool:
    if day is None or day.start is None or day.end is None or day.relation != "on":
        return False
    return period.start <= day.start and day.end <= period.end


def _day(thing: Any) -> PartialDate | None:
    day = thing.day if isinstance(thing, View) else thing.value if isinstance(thing, Leaf) else None
    return day if isinstance(day, PartialDate) else None


def _start(day: PartialDate | None) -> date | None:
    return day.start if day is not None else None


def _told(thing: Any) -> list[PartialDate | None]:
    """The dates of the documents a record is taken from."""
    if not isinstance(thing, View):
        return []
    found = (thing.book.dataset.records.get(locator.doc) for locator in thing.record.source)
    return [document.date for document in found if isinstance(document, Source)]


def _status(thing: Any) -> str | None:
    return getattr(thing.record, "status", None) if isinstance(thing, View) else None


#: Filters that take the report's period, and the day its facts are as of.
PERIOD_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"in_period": in_period, "reported_in_period": reported_in_period, "ahead": ahead}
)
DAY_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType({"by_then": by_then, "happened": happened})
