"""The upright scale of a trend: from nought, or with a sign that says it is not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct

#: Where figures lie within so small a part of the way to the largest, a scale from nought would show a flat line.
_NARROW = Decimal("0.2")
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MARKS = 4


class Values(Struct, frozen=True):
    """The scale from *low* to *high* with a mark at every *step*; *broken*: it does not begin at nought."""

    low: Decimal
    high: Decimal
    step: Decimal
    broken: bool = False

    def share(self, value: Decimal) -> float:
        """How far up *value* lies: 0 at the lowest mark, 1 at the highest."""
        return float((value - self.low) / (self.high - self.low))

    def marks(self) -> tuple[Decimal, ...]:
        """The numbers that are marked, the lowest first."""
        count = int((self.high - self.low) / self.step)
        return tuple(self.low + n * self.step for n in range(count + 1))


def values(numbers: Sequence[Decimal], *, from_nought: bool) -> Values:
    """The scale for *numbers*."""
    least, most = min(numbers), max(numbers)
    broken = not from_nought and 0 < least < most and (most - least) < _NARROW * most
    low, high = (least, most) if broken else (min(least, Decimal(0)), max(most, Decimal(0)))
    if low == high:
        high = low + 1
    step = _step(high - low)
    bottom, top = _whole(low, step, ROUND_FLOOR), _whole(high, step, ROUND_CEILING)
    return Values(bottom, top, step, broken and bottom > 0)


def _step(span: Decimal) -> Decimal:
    """A round number that goes about four times into *span*."""
    size = Decimal(1).scaleb((span / _MARKS).adjusted())
    return next((n * size for n in _STEPS if n * size * _MARKS >= span), 10 * size)


def _whole(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding) * step
