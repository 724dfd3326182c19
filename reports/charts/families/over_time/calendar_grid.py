"""Months, quarters and years on a scale of time, and how they are called in the little room below or above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from reports.charts.family_interface import Sheet
from reports.charts.scale import Axis
from reports.charts.scene import SMALL
from reports.model.formatting import chinese
from reports.model.periods import MONTHS

Unit = Literal["month", "quarter", "year"]
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
#: Years from one label to the next where not each has room for its own.
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_AIR = 0.16
#: Of more months than this nobody wants to see each one.
_MOST = 40


class CalendarGrid(Struct, frozen=True):
    """The *unit* into which *axis* is divided; years have labels *step* apart."""

    axis: Axis
    unit: Unit
    step: int = 1

    def parts(self) -> Iterator[tuple[date, date]]:
        """The first and last day of each unit that has any day on the axis."""
        yield from parts(self.unit, self.axis.start, self.axis.end)

    def years(self) -> Iterator[int]:
        """The years the axis touches."""
        yield from range(self.axis.start.year, self.axis.end.year + 1)

    def is_labelled(self, year: int) -> bool:
        """Whether *year* has a label where years are the unit."""
        return year % self.step == 0


def grid(axis: Axis, finest: Unit, sheet: Sheet, *, at_ends: bool = False) -> CalendarGrid:
    """Divide *axis* as finely as labels have room, and no finer than *finest*; they stand below the days on which units
    end where these are marked *at_ends*."""
    units: tuple[Unit, ...] = ("month", "quarter", "year")
    for unit in units[units.index(finest) :]:
        count = len(tuple(parts(unit, axis.start, axis.end))) if _few(axis, unit) else 0
        days = (axis.end - axis.start).days + 1
        room = (axis.right - axis.left) / days * _MONTHS[unit] * 30.4
        if count and room >= label_room(unit, sheet, at_ends=at_ends) + _AIR:
            return CalendarGrid(axis, unit)
    a_year = (axis.right - axis.left) / ((axis.end - axis.start).days + 1) * 365
    needed = label_room("year", sheet, at_ends=at_ends) + _AIR
    return CalendarGrid(axis, "year", next((step for step in _STEPS if step * a_year >= needed), _STEPS[-1]))


def _few(axis: Axis, unit: Unit) -> bool:
    return unit == "year" or (axis.end - axis.start).days / (_MONTHS[unit] * 30.4) <= _MOST


def label_room(unit: Unit, sheet: Sheet, *, at_ends: bool = False) -> float:
    """How wide the widest label of *unit* is, and that of a year below it."""
    months = [date(2028, month, 28) for month in range(1, 13)]
    labels = [label(unit, day, sheet.lang, end=at_ends) for day in months]
    return max(sheet.measure(text, SMALL) for text in (*labels, label("year", months[0], sheet.lang)))


def label(unit: Unit, day: date, lang: str, *, end: bool = False) -> str:
    """What the unit around *day* is called beside its year; *end*: its last day."""
    if chinese(lang):
        name = {
            "month": f"{day.month}月",
            "quarter": f"{'一二三四'[(day.month - 1) // 3]}季度",
            "year": f"{day.year}年",
        }[unit]
        return f"{name}{'底' if unit != 'quarter' else '末'}" if end else name
    name = {
        "month": MONTHS[day.month - 1][:3],
        "quarter": f"Q{(day.month - 1) // 3 + 1}",
        "year": f"{day.year}",
    }[unit]
    return f"end {name}" if end else name


def parts(unit: Unit, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The first and last day of each unit from the one around *first* to the one around *last*."""
    size = _MONTHS[unit]
    month = first.year * 12 + (first.month - 1) // size * size
    while month <= last.year * 12 + last.month - 1:
        yield _begin(month), _end(month + size)
        month += size


def unit_around(unit: Unit, day: date) -> tuple[date, date]:
    """The first and last day of the unit around *day*."""
    return next(parts(unit, day, day))


def _begin(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _end(month: int) -> date:
    """The last day before *month*; the calendar ends with the year 9999."""
    return date.max if month // 12 > date.max.year else _begin(month) - timedelta(days=1)


def finest(precisions: Sequence[str]) -> Unit:
    """The unit that values stated so finely are told by."""
    if any(one in ("day", "week", "month") for one in precisions):
        return "month"
    return "quarter" if any(one in ("quarter", "half") for one in precisions) else "year"
