"""What records count, and the one unit in which a chart says all of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.family_interface import fault
from reports.document.drawings import ChartRequest
from reports.model.formatting import chinese, currency, say
from reports.model.kinds.activities import Event, Network
from reports.model.kinds.actors import Office
from reports.model.kinds.metrics import Budget, Facility, Metric
from reports.model.records import Record
from reports.model.values import BilingualText, Bound, Money, Quantity

_NO_UNIT = BilingualText()
_BEAMLINES = BilingualText("条", "beamlines", "條")
_PEOPLE = BilingualText("人", "people")
_NETWORKS = BilingualText("个", "networks", "個")
_SCALES_ZH = (
    (Decimal(10) ** 8, BilingualText("亿", hant="億")),
    (Decimal(10) ** 4, BilingualText("万", hant="萬")),
)
_SCALES_EN = (
    (Decimal(10) ** 9, BilingualText(en="billion")),
    (Decimal(10) ** 6, BilingualText(en="million")),
)
_ONE = (Decimal(1), BilingualText())
#: How many digits behind the point a chart prints at most, where a smaller unit avoids more of them.
_DIGITS = 3


class Amount(Struct, frozen=True):
    """A number as a record states it, of things (*unit*) or of money (*currency*, an ISO code)."""

    value: Decimal
    bound: Bound
    unit: BilingualText = _NO_UNIT
    currency: str = ""
    exponent: int = 0

    @property
    def whole(self) -> Decimal:
        """The number with its power of ten."""
        return self.value.scaleb(self.exponent)


def of_quantity(found: Quantity, unit: BilingualText | None) -> Amount:
    """Return *found* as an amount of *unit*."""
    return Amount(found.value, found.bound, unit or _NO_UNIT, "", found.exponent)


def of_money(found: Money) -> Amount:
    """Return *found* as an amount."""
    return Amount(found.amount, found.bound, currency=found.currency)


def amount_of(record: Record) -> Amount | None:
    """Return the one number *record* counts; None where it holds none."""
    if isinstance(record, Metric | Budget) and record.money:
        return of_money(record.money)
    counted: tuple[Quantity | None, BilingualText | None] = (None, None)
    match record:
        case Metric():
            counted = (record.quantity, record.unit)
        case Facility():
            counted = (record.beamlines, _BEAMLINES)
        case Event():
            counted = (record.attendance, _PEOPLE)
        case Office():
            counted = (record.staff, _PEOPLE)
        case Network():
            counted = (record.count, _NETWORKS)
        case _:
            pass
    return of_quantity(counted[0], counted[1]) if counted[0] else None


class Unit(Struct, frozen=True):
    """The unit of a chart: its words, and by what amounts are divided to be said in it."""

    words: str
    divisor: Decimal
    lang: str

    def said(self, amount: Amount) -> str:
        """Return *amount* in this unit, with its bound and without the unit's words."""
        return say(Quantity(amount.value / self.divisor, amount.bound, amount.exponent), self.lang)

    def full(self, amount: Amount) -> str:
        """Return *amount* with the unit's words: 1.25亿美元, about USD 125 million, 13 projects."""
        number = self.said(amount)
        if chinese(self.lang):
            return number + self.words
        if not amount.currency:
            return f"{number} {self.words}".rstrip()
        code, _, scale = self.words.partition(" ")
        bare = self.said(replace(amount, bound="exact"))
        return f"{number.removesuffix(bare)}{code} {bare} {scale}".rstrip()


def common_unit(request: ChartRequest, amounts: Sequence[Amount]) -> Unit:
    """Return the unit in which all *amounts* are said; raise ReportError (chart/rows) where they differ."""
    lang = request.lang
    units = {(amount.unit.zh, amount.unit.en, amount.currency): amount for amount in amounts}
    if len(units) > 1:
        names = ", ".join(dict.fromkeys(_basic(amount, lang) or "–" for amount in units.values()))
        reason = f"单位不同：{names}" if chinese(lang) else f"their units differ: {names}"
        raise fault(request, "chart/rows", detail=reason)
    divisor, word = next(
        (scale for scale in (_SCALES_ZH if chinese(lang) else _SCALES_EN) if _suits(scale[0], amounts)), _ONE
    )
    basic, scale = _basic(amounts[0], lang), word.get(lang)
    if chinese(lang):
        return Unit(f"{scale}{basic}", divisor, lang)
    words = (basic, scale) if amounts[0].currency else (scale, basic)
    return Unit(" ".join(word for word in words if word), divisor, lang)


def _basic(amount: Amount, lang: str) -> str:
    return currency(amount.currency, lang) if amount.currency else amount.unit.get(lang)


def _suits(scale: Decimal, amounts: Sequence[Amount]) -> bool:
    """True when the largest amount reaches *scale* and none gets a long tail behind the point in it."""
    if any(amount.exponent for amount in amounts) or max(abs(amount.value) for amount in amounts) < scale:
        return False
    with localcontext(prec=1_000):  # figures of any size
        return all(amount.value / scale == round(amount.value / scale, _DIGITS) for amount in amounts)
