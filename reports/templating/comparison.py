"""How values compare in a template: with each other, and with what an author types beside them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.dates import PartialDate, parse_date
from reports.model.values import BilingualText, Money, Quantity, Ratio, Share


def order(value: Any) -> Any:
    """What values sort by: dates by their beginning, texts by their letters, the unknown last."""
    match value:
        case None:
            return (1,)
        case PartialDate():
            return (0, *value.sort_key)
        case BilingualText():
            return (0, value.zh, value.en)
        case _:
            return (0, _figure(value))


def before(value: Any, other: Any) -> bool:
    """Whether *value* comes before *other*; a date may be typed as in the data."""
    return bool(order(value) < order(_as_typed(value, other)))


def same(value: Any, other: Any) -> bool:
    """Whether *value* is *other*: a text in one of its languages, a date or an exact number as typed."""
    if isinstance(value, BilingualText) and isinstance(other, str):
        return other in {value.zh, value.en, value.hant}
    if isinstance(value, Quantity | Share | Money) and isinstance(other, int | float | Decimal):
        return value.bound == "exact" and bool(_figure(value) == other)
    return bool(value == _as_typed(value, other))


def _figure(value: Any) -> Any:
    """The number a value holds, whatever its bound; a value that holds none is itself."""
    match value:
        case Quantity():
            return value.value.scaleb(value.exponent)
        case Share():
            return value.percent
        case Money():
            return value.amount
        case Ratio():
            return value.share
        case _:
            return value


def _as_typed(value: Any, other: Any) -> Any:
    """*other*, read as a date where *value* is one."""
    if not isinstance(value, PartialDate) or not isinstance(other, str):
        return other
    try:
        return parse_date(other)
    except ValueError:
        raise ReportError(Problem(Where(""), "value/date", {"value": other})) from None
