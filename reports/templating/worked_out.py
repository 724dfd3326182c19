"""Values that stand in no line: how many there are, what they come to, what part one is of another.

Printed, each is a fact that leads to all it was worked out from; to what compares and calculates it is a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.formatting import chinese, term
from reports.model.values import BilingualText, Money, Quantity
from reports.templating.context import Book, Place
from reports.templating.leaves import Leaf, Several, WorkedOut
from reports.templating.views import View


class HowMany(int):
    """How many *things* there are: calculated with, a plain number."""

    things: Any


class Distinct(list[Any]):
    """The different ones among the things it was made *of*."""

    __slots__ = ("of",)

    def __init__(self, values: Iterable[Any], of: Any) -> None:
        super().__init__(values)
        self.of = of


def count(things: Any) -> int:
    """How many there are of a list."""
    number = len(things)
    if not isinstance(things, list | tuple):
        return number
    found = HowMany(number)
    found.things = things
    return found


def counted(book: Book, number: HowMany, words: str = "") -> str:
    """The token of a count, shown in *words* if there are any; of things that stand in no data, only the words."""
    shown, places = words or str(int(number)), list(places_of(number.things))
    if not places and number:
        return shown
    return book.insert(book.worked_out("count", shown, places))


def worked_out(book: Book, rule: str, words: str, things: Any) -> tuple[str, str]:
    """The token of what *rule* made of *things*, and what says behind it that it is computed."""
    mark = term("computed", book.lang)
    token = book.insert(book.worked_out(rule, words, places_of(things)))
    return token, f"（{mark}）" if chinese(book.lang) else f" ({mark})"


# --- what may be calculated together ----------------------------------------------------------------------------


def exact_amount(function: str, thing: Any) -> tuple[Decimal, str]:
    """The number of an exact amount or quantity, and its currency ("" of a quantity). Raises ReportError."""
    match thing.value if isinstance(thing, Leaf) else None:
        case Money(amount, currency, "exact"):
            return amount, currency
        case Quantity(value, "exact", exponent):
            return value.scaleb(exponent), ""
        case _:
            shown = thing.text if isinstance(thing, Leaf) else type(thing).__name__
            args = {"function": function, "value": shown}
            raise ReportError(Problem(Where(""), "template/not-exact", args))


def unit_of(thing: Leaf) -> BilingualText | str | None:
    """In what a figure is counted: a currency, or the unit its record states; None where none is stated."""
    if isinstance(thing.value, Money):
        return thing.value.currency
    if isinstance(thing, WorkedOut) or thing.place.path.rpartition(".")[2] not in _FIGURES:
        return None
    found = getattr(thing.book.dataset.records.get(thing.place.record), "unit", None)
    return found if isinstance(found, BilingualText) else None


#: The fields that hold a figure of the record's unit.
_FIGURES = ("quantity", "value")


def said_unit(thing: Leaf, lang: str) -> str:
    """The unit of a figure as it is called; a dash where none is stated."""
    unit = unit_of(thing)
    return (unit.get(lang) if isinstance(unit, BilingualText) else unit) or "–"


def no_one_unit(function: str, units: Iterable[str]) -> ReportError:
    """What is said where figures are of several *units*, or currencies."""
    args = {"function": function, "units": ", ".join(units)}
    return ReportError(Problem(Where(""), "template/units", args))


def places_of(things: Any) -> Iterator[Place]:
    """Where *things* stand in the data, those of lists within lists too; what a template says itself stands nowhere."""
    if isinstance(things, Distinct):
        yield from places_of(things.of)
    elif isinstance(things, Several) and not things:
        yield things.open.place
    elif isinstance(things, list | tuple):
        for thing in things:
            yield from places_of(thing)
    elif isinstance(things, View):
        yield things.cited
    elif isinstance(things, WorkedOut):
        yield from things.places
    elif isinstance(things, Leaf):
        yield things.place
