"""Dates as far as their sources state them: how they are typed, and what two of them say of each other."""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import date
from math import inf
from typing import Any, Literal, get_args

from msgspec import Struct

from reports.model.periods import Period
from reports.model.reading import WrongValueError, shown

Precision = Literal["day", "week", "month", "quarter", "half", "year", "decade"]


class PartialDate(Struct, frozen=True):
    """A date as far as its source states it.

    *start* and *end* are the first and last day it may mean (both None when nothing is known). *span* is true
    when the source names a beginning and an end. *relation* "after" or "before" keeps the bound of "after
    July 2023". *certainty* "illegible": something is written but cannot be read; what can be read is in
    *start*, *end* and *precision*, the letters themselves in *raw*.
    """

    start: date | None
    end: date | None
    precision: Precision = "day"
    span: bool = False
    relation: Literal["on", "after", "before", "about"] = "on"
    certainty: Literal["stated", "inferred", "illegible", "unknown"] = "stated"
    raw: str = ""

    @property
    def sort_key(self) -> tuple[date, date]:
        """Order by beginning; "after July" follows July; the unknown comes last."""
        if self.start is None or self.end is None:
            return (date.max, date.max)
        return (self.end, self.end) if self.relation == "after" else (self.start, self.end)


_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


_DATE_WORDS: dict[str, Literal["after", "before", "about"]] = {
    "after": "after", "before": "before", "about": "about", "约": "about",
}  # fmt: skip


_BOUNDED_DATE = re.compile(r"(after|before|about|约)(?:(?<=约)|\s)\s*(\d.*)")


def parse_date(value: object) -> PartialDate:
    """Read `2023-06-08`, `2019-10`, `1992`, `199X`, `A/B`, `after 2023-07`, `about 2030`, `unknown`,
    `illegible`, or a mapping with the keys date, certainty and raw."""
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, dict):
        return _date_from_mapping(value)
    if not isinstance(value, str):
        raise WrongValueError("value/date", value=shown(value))
    text = value.strip()
    if text in ("unknown", "illegible"):
        return PartialDate(None, None, certainty="unknown" if text == "unknown" else "illegible")
    bounded = _BOUNDED_DATE.fullmatch(text)
    if bounded:
        day = _date_or_range(bounded[2])
        return PartialDate(day.start, day.end, day.precision, day.span, _DATE_WORDS[bounded[1]])
    return _date_or_range(text)


def _date_from_mapping(value: dict[str, Any]) -> PartialDate:
    unknown = set(value) - {"date", "certainty", "raw"}
    if unknown:
        raise WrongValueError("value/date-keys", keys=", ".join(sorted(map(str, unknown))))
    day = parse_date(value.get("date") or "unknown")
    certainty = value.get("certainty") or day.certainty
    if certainty not in ("stated", "inferred", "illegible", "unknown"):
        raise WrongValueError("value/certainty", value=certainty)
    raw = str(value.get("raw") or "")
    return PartialDate(day.start, day.end, day.precision, day.span, day.relation, certainty, raw)


def _date_or_range(text: str) -> PartialDate:
    first, slash, last = text.partition("/")
    if not slash:
        return _one_date(text)
    a, b = _one_date(first.strip() or text), _one_date(last.strip() or text)
    assert a.start and b.end  # _one_date gives both or raises
    if b.end < a.start:
        raise WrongValueError("value/range-backwards", value=text)
    coarser = max(
        a.precision, b.precision, key=get_args(Precision).index
    )  # no month is made up for either end
    return PartialDate(a.start, b.end, coarser, span=True)


def _one_date(text: str) -> PartialDate:
    decade = re.fullmatch(r"(\d{3})X", text)
    if decade and int(decade[1]):
        first = int(decade[1]) * 10
        return PartialDate(date(first, 1, 1), date(first + 9, 12, 31), "decade")
    found = _DATE.fullmatch(text)
    if not found:
        raise WrongValueError("value/date", value=text)
    year, month, day = (int(g) if g else None for g in found.groups())
    assert year is not None
    try:
        if month is not None and day is not None:
            return PartialDate(date(year, month, day), date(year, month, day))
        if month is not None:
            last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
            return PartialDate(date(year, month, 1), date(year, month, last), "month")
        return PartialDate(date(year, 1, 1), date(year, 12, 31), "year")
    except ValueError:
        raise WrongValueError("value/impossible-date", value=text) from None


def parse_day(value: object) -> PartialDate:
    """Read a day on which something counts from: a month or a year counts from its last one; a bound, a guess and
    what is unknown are none."""
    day = parse_date(value)
    if day.start is None or day.relation != "on" or day.certainty != "stated":
        raise WrongValueError("value/vague-day", value=shown(value))
    return day


def parse_moment(value: object) -> PartialDate:
    """Read what a figure is of: a day as `parse_day` does, or a period (`2026Q2`, `2026H1`, `2026-W07`)."""
    if isinstance(value, str):
        with suppress(ValueError):
            period = Period.parse(value)
            if period.kind in ("week", "quarter", "half"):
                return PartialDate(period.start, period.end, period.kind)
    return parse_day(value)


def last_day(day: PartialDate) -> date:
    """The day from which something counts that became so in *day*: the last it may mean. *day* is one of `parse_day`."""
    assert day.end is not None
    return day.end


# --- what two dates say of each other ----------------------------------------------------------------------


def surely_before(day: PartialDate, change: PartialDate) -> bool:
    """Whether *day*, whichever day it means, lies before *change*."""
    return _latest(day) < _earliest(change)


def surely_from(change: PartialDate, day: PartialDate) -> bool:
    """Whether *day* is the day of *change* or a later one."""
    return _latest(change) <= _earliest(day)


def has_come(day: PartialDate, by: date) -> bool:
    """Whether *day*, as far as it is stated, begins on the day *by* or earlier; what is unknown never does."""
    if day.relation == "after":
        return day.end is not None and day.end < by
    return day.start is not None and day.start <= by


def same_time(one: PartialDate, other: PartialDate) -> bool:
    """Whether one of the two lies within the other: a day, and the year that it is in."""
    spans = ((_earliest(one), _latest(one)), (_earliest(other), _latest(other)))
    stated = all(-inf < first and last < inf for first, last in spans)
    return stated and any(a[0] <= b[0] and b[1] <= a[1] for a, b in (spans, spans[::-1]))


def _earliest(day: PartialDate) -> float:
    """The first day it may mean, counted; "after July" begins behind July, and nobody knows how early "about 1998" is."""
    if day.relation == "after" and day.end:
        return day.end.toordinal() + 1
    return day.start.toordinal() if day.relation == "on" and day.start else -inf


def _latest(day: PartialDate) -> float:
    if day.relation == "before" and day.start:
        return day.start.toordinal() - 1
    return day.end.toordinal() if day.relation == "on" and day.end else inf
