"""Time on paper: which dates share one scale, and where a scale has its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import log

from msgspec import Struct

#: First and last day something may lie in.
Span = tuple[date, date]

_YEAR = 365
#: Years from one mark of a scale to the next, the finest first.
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MONTHS = (1, 2, 3, 6, 12)
#: A scale of at most so many months is marked by months.
_SHORT = 18
#: A further scale must give the average item three times the room. It is no use for a few items, nor is it
#: for less than three years, as no one needs them wider.
_GAIN, _FEW, _FINE = log(3), 5, 3 * _YEAR


class Axis(Struct, frozen=True):
    """Time from *start* to *end* (both inside) on paper from *left* to *right* cm; marked by months or years."""

    start: date
    end: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """The x at which *day* begins."""
        share = (day - self.start).days / ((self.end - self.start).days + 1)
        return self.left + share * (self.right - self.left)

    def behind(self, day: date) -> float:
        """The x at which *day* ends; day_after would leave the calendar in its last year."""
        return self.at(day) + (self.right - self.left) / ((self.end - self.start).days + 1)

    @property
    def by_months(self) -> bool:
        """True when marks stand at months."""
        return _months(self.start, self.end) <= _SHORT

    def marks(self, room: float) -> tuple[date, ...]:
        """The days at which marks with labels *room* cm wide have their place, one unit apart or more."""
        if self.by_months:
            return self._chosen(tuple(_each_month(self.start, self.end)), _MONTHS, room)
        years = [date(year, 1, 1) for year in range(self.start.year, self.end.year + 1)]
        return self._chosen(tuple(years), _YEARS, room)

    def labels(self, marks: tuple[date, ...]) -> Iterator[tuple[date, float]]:
        """Where the label of each mark has its middle: at the mark, or in the middle of the month or year
        when all of them have one."""
        ends = [*map(self.at, marks[1:]), self.right]
        all_named = len(marks) == self._units
        for day, end in zip(marks, ends, strict=True):
            yield day, (self.at(day) + end) / 2 if all_named else self.at(day)

    @property
    def _units(self) -> int:
        """How many months or years the axis has."""
        return _months(self.start, self.end) if self.by_months else self.end.year - self.start.year + 1

    def _chosen(self, units: tuple[date, ...], steps: Sequence[int], room: float) -> tuple[date, ...]:
        """Those of *units* that stand at round numbers, as many as have room."""
        unit = (self.right - self.left) / len(units)
        step = next((s for s in steps if s * unit >= room), steps[-1])
        round_ones = [day for day in units if ((day.month - 1) if self.by_months else day.year) % step == 0]
        return tuple(round_ones) or units[:1]


def whole(spans: Sequence[Span]) -> Span:
    """The first and last day of the months, or years where there are many, around *spans*."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    if len(spans) > 1 and _months(first, last) <= _SHORT:
        return first.replace(day=1), _month_end(last)
    return date(first.year, 1, 1), date(last.year, 12, 31)


def divided(spans: Sequence[Span]) -> tuple[int, ...]:
    """Return how many of *spans*, which are in order, share each scale, so that a crowd of recent items is
    not squeezed into a corner by a few old ones: the division with the least `_cost`."""
    whole_ones = (0, *_cuts(spans), len(spans))
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for end in whole_ones[1:]:
        tries = (
            (best[begin][0] + _cost(spans[begin:end], len(spans)), (*best[begin][1], end - begin))
            for begin in whole_ones
            if begin < end
        )
        best[end] = min(tries)
    return best[len(spans)][1]


def _cuts(spans: Sequence[Span]) -> Iterator[int]:
    """Where a later scale may begin: nothing before lies in it."""
    if len(spans) < _FEW:
        return
    reach = date.min
    for n, (start, end) in enumerate(spans):
        if n and start > reach:
            yield n
        reach = max(reach, end)


def _cost(part: Sequence[Span], of: int) -> float:
    """What a scale for *part* costs: itself, and how narrow it makes time for its share of *of* items."""
    days = max(_FINE, (max(end for _, end in part) - min(start for start, _ in part)).days)
    return _GAIN + log(days) * len(part) / of


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _each_month(first: date, last: date) -> Iterator[date]:
    for n in range(_months(first, last)):
        year, month = divmod(first.month - 1 + n, 12)
        yield date(first.year + year, month + 1, 1)


def _month_end(day: date) -> date:
    if day.month == 12:
        return day.replace(day=31)
    return date(day.year, day.month + 1, 1) - timedelta(days=1)
