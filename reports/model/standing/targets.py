"""How a figure stands against its target on a day: met, missed, or ahead of, on or behind the straight line to it.

A figure is on track where it lies on the straight line from its baseline to the next target, rounded to as many digits
as the figure has. Nothing is worked out of what is not exact, and nothing between unlike currencies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Literal

from msgspec import Struct

from reports.model.dates import PartialDate, last_day
from reports.model.kinds.metrics import FigureTarget, Metric, figure_in
from reports.model.values import Bound, Money, Quantity, Ratio, Share, Value

Judgement = Literal["met", "missed", "ahead", "on track", "behind"]


class TargetState(Struct, frozen=True):
    """How the *figure* of the time *at* stands against *target*, which is to be reached *by* a time.

    *state* is None where nobody can say. *gap* is the figure less the target, *off* the figure less what the line says
    for its time (*due*): None where a bound, a guess or another currency allows no difference. *rising*: more is
    better; None where neither baseline nor target tell.
    """

    state: Judgement | None
    gap: Decimal | None
    by: PartialDate
    target: Value
    figure: Value | None = None
    at: PartialDate | None = None
    due: Decimal | None = None
    off: Decimal | None = None
    rising: bool | None = None


def against_target(metric: Metric, day: date) -> TargetState | None:
    """How *metric* stands on *day* against the next of its targets, against the last where all have passed; None
    without a target.

    A target that has passed is judged by the first figure of its time or later.
    """
    aim = target_on(metric, day)
    target = figure_in(aim) if aim else None
    if aim is None or target is None:
        return None
    figures = _figures(metric, day)
    if not figures:
        return TargetState(None, None, aim.by, target)
    decided = [one for one in figures if last_day(one[0]) >= last_day(aim.by)]
    passed = last_day(aim.by) < day or (last_day(aim.by) == day and bool(decided))
    at, figure = decided[0] if passed and decided else figures[-1]
    rising = _rising(metric, target, figures)
    due, off = (None, None) if passed else _line(metric, aim, at, figure)
    reached = _reached(figure, target, rising)
    state: Judgement | None = None
    if reached:
        state = "met"
    elif passed:
        state = "missed" if decided and reached is False else None
    elif off is not None:
        state = "on track" if not off else "ahead" if (off > 0) == rising else "behind"
    return TargetState(state, _less(figure, target), aim.by, target, figure, at, due, off, rising)


def target_on(metric: Metric, day: date) -> FigureTarget | None:
    """The target that counts on *day*: the next one, or the last where all have passed."""
    in_order = sorted(metric.target, key=lambda one: last_day(one.by))
    ahead = (one for one in in_order if last_day(one.by) >= day)
    return next(ahead, in_order[-1] if in_order else None)


def number_of(value: Value | None) -> Decimal | None:
    """The number that *value* is, whatever its bound; a ratio is what its first part is of the second. None where it is
    none."""
    match value:
        case Quantity(number, _, exponent):
            return number.scaleb(exponent)
        case Share(percent):
            return percent
        case Money(amount):
            return amount
        case Ratio(a, b) if b:
            return _PRECISE.divide(a, b)
        case _:
            return None


# --- what is compared ---------------------------------------------------------------------------------------

_PRECISE = Context(prec=60)
_LEAST: frozenset[Bound] = frozenset(("at least", "more than"))
_MOST: frozenset[Bound] = frozenset(("at most", "less than"))


def _figures(metric: Metric, day: date) -> list[tuple[PartialDate, Value]]:
    """What the figure was, by the time it was so, up to *day*."""
    if metric.values:
        found = [(one.at, figure) for one in metric.values if (figure := figure_in(one)) is not None]
    else:
        own = figure_in(metric)
        found = [(metric.date, own)] if own is not None and metric.date is not None else []
    stated = [one for one in found if one[0].end is not None and last_day(one[0]) <= day]
    return sorted(stated, key=lambda one: last_day(one[0]))


def _exact(value: Value) -> Decimal | None:
    return number_of(value) if getattr(value, "bound", "exact") == "exact" else None


def alike(one: Value, other: Value) -> bool:
    """Whether both are numbers of one sort, and one currency."""
    return type(one) is type(other) and getattr(one, "currency", "") == getattr(other, "currency", "")


def _less(figure: Value, target: Value) -> Decimal | None:
    """The difference of both, None where there is none to work out. Two ratios have none that says anything."""
    a, b = _exact(figure), _exact(target)
    if a is None or b is None or not alike(figure, target) or isinstance(figure, Ratio):
        return None
    return _PRECISE.subtract(a, b)


def _rising(metric: Metric, target: Value, figures: Sequence[tuple[PartialDate, Value]]) -> bool | None:
    """Whether more is better: as the target says (at least, at most), else as it lies to the baseline. Without one, a
    target above the first figure is to be climbed to; of one below it nobody can say whether it was met from the start."""
    bound = getattr(target, "bound", "exact")
    if bound in _LEAST or bound in _MOST:
        return bound in _LEAST
    aim, begin = _exact(target), figure_in(metric.baseline) if metric.baseline else None
    if aim is None:
        return None
    if begin is not None:
        start = _exact(begin)
        return aim > start if start is not None and alike(begin, target) and start != aim else None
    first = number_of(figures[0][1]) if alike(figures[0][1], target) else None
    return True if first is not None and first <= aim else None


def _reached(figure: Value, target: Value, rising: bool | None) -> bool | None:
    """Whether *figure* is the target or beyond it, None where its bound leaves that open."""
    aim, number = number_of(target), number_of(figure)
    if rising is None or aim is None or number is None or not alike(figure, target):
        return None
    sign = 1 if rising else -1
    beyond = (number - aim) * sign
    bound = getattr(figure, "bound", "exact")
    strict = getattr(target, "bound", "exact") in ("more than", "less than")
    if bound == "exact":
        return beyond > 0 or (not beyond and not strict)
    if bound in ((*_LEAST, "far above") if rising else (*_MOST, "far below")):
        open_ = bound in ("more than", "less than", "far above", "far below")
        return True if beyond > 0 or (not beyond and (open_ or not strict)) else None
    if bound in ((*_MOST, "far below") if rising else (*_LEAST, "far above")):
        open_ = bound in ("more than", "less than", "far above", "far below")
        return False if beyond < 0 or (not beyond and (open_ or strict)) else None
    return None


def _line(
    metric: Metric, aim: FigureTarget, at: PartialDate, figure: Value
) -> tuple[Decimal | None, Decimal | None]:
    """What the straight line says for the time *at*, and how far *figure* is off it."""
    target, begin = figure_in(aim), figure_in(metric.baseline) if metric.baseline else None
    if metric.baseline is None or target is None or begin is None:
        return None, None
    start, end, number = _exact(begin), number_of(target), _exact(figure)
    if start is None or end is None or number is None or not (alike(begin, target) and alike(begin, figure)):
        return None, None
    if getattr(target, "bound", "exact") not in ("exact", *_LEAST, *_MOST) or start == end:
        return None, None
    days = (last_day(at) - last_day(metric.baseline.at)).days
    whole = (last_day(aim.by) - last_day(metric.baseline.at)).days
    if not 0 <= days <= whole or not whole:
        return None, None
    risen = _PRECISE.divide(_PRECISE.multiply(end - start, Decimal(days)), Decimal(whole))
    due = _rounded(_PRECISE.add(start, risen), (number, start, end))
    return due, _PRECISE.subtract(number, due)


def _rounded(value: Decimal, like: Sequence[Decimal]) -> Decimal:
    """*value* to as many digits behind the point as any of those it is compared with has."""
    exponents = (one.normalize().as_tuple().exponent for one in like)
    finest = min(0, *(e for e in exponents if isinstance(e, int)))
    return value.quantize(Decimal(1).scaleb(finest), ROUND_HALF_EVEN, _PRECISE)
