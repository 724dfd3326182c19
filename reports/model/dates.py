"""What two dates say of each other as far as their sources state them; what they leave open stays in doubt."""

from __future__ import annotations

from math import inf

from reports.model.values import PartialDate


def surely_before(day: PartialDate, change: PartialDate) -> bool:
    """Whether *day*, whichever day it means, lies before *change*."""
    return _latest(day) < _earliest(change)


def surely_from(change: PartialDate, day: PartialDate) -> bool:
    """Whether *day* is the day of *change* or a later one."""
    return _latest(change) <= _earliest(day)


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
