"""Which records a template takes by their time: what lies in the period, what is planned, what was known by then.

docs/templates.md explains each to authors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.dates import PartialDate
from reports.model.kinds.documents import Source
from reports.model.periods import Period
from reports.templating.comparison import order
from reports.templating.views import Leaf, View


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
    """Those without a date of their own that a document from the period tells of; what is planned is none."""
    return [
        thing
        for thing in items(things, "reported_in_period")
        if not _is_planned(thing)
        and _start(_day(thing)) is None
        and any(_inside(period, day) for day in _told(thing))
    ]


def ahead(period: Period, things: Any) -> list[Any]:
    """Those still planned whose date, as far as it is known, does not end before the report's period does."""

    def after(day: PartialDate | None) -> bool:
        return day is None or day.end is None or day.relation == "after" or day.end > period.end

    return [thing for thing in items(things, "ahead") if _is_planned(thing) and after(_day(thing))]


def by_then(as_of: date, things: Any) -> list[Any]:
    """Those known by the day the report's facts are as of: their date does not begin after it; a plan is known when
    a document tells of it."""

    def known(day: PartialDate | None) -> bool:
        start = _start(day)
        return start is None or start <= as_of

    def is_known(thing: Any) -> bool:
        return any(known(day) for day in _told(thing)) if _is_planned(thing) else known(_day(thing))

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


def _is_planned(thing: Any) -> bool:
    return isinstance(thing, View) and getattr(thing.record, "status", "") == "planned"


#: Filters that take the report's period, and the day its facts are as of.
PERIOD_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"in_period": in_period, "reported_in_period": reported_in_period, "ahead": ahead}
)
DAY_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType({"by_then": by_then})
