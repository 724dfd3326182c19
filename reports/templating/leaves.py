"""Single values as templates see them: printed, each keeps its place; left open, it says so.

Comparing, testing and sorting work on the value itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import total_ordering
from types import MappingProxyType
from typing import Any

from reports.document.nodes import Fact
from reports.model.dates import PartialDate
from reports.model.formatting import joiner, number, say_open
from reports.model.values import BilingualText, Money, Quantity, Ratio, Share
from reports.templating import open_states
from reports.templating.comparison import before, same
from reports.templating.context import Book, Place

#: The parts of a value a template may ask for; not a date's first and last possible day, which are not what its
#: source says, but its year, as far as it lies in one.
VALUE_PARTS: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {kind: kind.__struct_fields__ for kind in (BilingualText, Quantity, Ratio, Share, Money)}
    | {PartialDate: ("year", "precision", "span", "relation", "certainty", "raw")}
)


@total_ordering
class Leaf:
    """A value that can be printed. Falsy where the data leaves it open; it then prints "not stated"."""

    __slots__ = ("_parts", "_text", "book", "place", "value")

    def __init__(
        self, book: Book, place: Place, value: Any, text: str, parts: Collection[str] | None = ()
    ) -> None:
        """*parts* names what may be asked of a value that is left open (None: anything); it is open as well."""
        self.book, self.place, self.value, self._text, self._parts = book, place, value, text, parts

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def inline(self) -> Fact:
        """The value as a fact of the document tree."""
        place = told(self.place, self.book.lang) if isinstance(self.value, BilingualText) else self.place
        return self.book.fact(place, self._text)

    def reworded(self, text: str) -> Leaf:
        """The same value, shown as *text*."""
        return Leaf(self.book, self.place, self.value, text, self._parts)

    def __str__(self) -> str:
        return self.book.insert(self.inline())

    def __bool__(self) -> bool:
        return self.value is not None and self.value != ""

    def __eq__(self, other: object) -> bool:
        if self.value is None and isinstance(other, str) and open_states.filled_in(self.place.path, other):
            open_states.compared(self.book, self.place.record, self.place.path, other)
        return same(self.value, other.value if isinstance(other, Leaf) else other)

    def __lt__(self, other: object) -> bool:
        return before(self.value, other.value if isinstance(other, Leaf) else other)

    def __hash__(self) -> int:
        return hash(self.value)

    def __contains__(self, letters: object) -> bool:
        return (letters.text if isinstance(letters, Leaf) else str(letters)) in self._text

    def part(self, name: str) -> Any:
        """A part of the value: the bound of a ratio, the precision of a date; raises AttributeError."""
        if self.value is None and (self._parts is None or name in self._parts):
            return Leaf(self.book, self.place, None, self._text, None)
        if name not in self.known():
            raise AttributeError(name)
        value = _year(self.value) if name == "year" else getattr(self.value, name)
        if isinstance(value, bool):
            return value
        place = self.place.below(name)
        if value is None or value == "":
            return Leaf(self.book, place, None, say_open(name, self.book.lang))
        text = number(value, self.book.lang) if isinstance(value, Decimal) else str(value)
        return Leaf(self.book, place, value, text)

    def known(self) -> list[str]:
        """The names a template may use behind the dot."""
        if self.value is None:
            return sorted(self._parts or ())
        return list(VALUE_PARTS.get(type(self.value), ()))


def _year(day: PartialDate) -> int | None:
    """The year of a date, as far as it lies in one."""
    return day.start.year if day.start and day.end and day.start.year == day.end.year else None


class Several(list[Any]):
    """The values of a list field. Printed, they are joined; *open* is what an empty list prints."""

    __slots__ = ("open",)

    def __init__(self, values: Iterable[Any], open_: Leaf) -> None:
        super().__init__(values)
        self.open = open_

    def __str__(self) -> str:
        if not self:
            return str(self.open)
        parts = [str(self[0])]
        for i, item in enumerate(self[1:], 1):
            parts += [joiner(self.open.book.lang, i == len(self) - 1, len(self) == 2), str(item)]
        return "".join(parts)


class WorkedOut(Leaf):
    """A value that stands in no line: a *rule* made it of what stands at *places*."""

    __slots__ = ("places", "rule")

    def __init__(self, book: Book, rule: str, value: Any, text: str, places: Iterable[Place]) -> None:
        self.rule, self.places = rule, tuple(places)
        super().__init__(book, self.places[0], value, text)

    def inline(self) -> Fact:
        """The value as a fact that leads to all it comes from."""
        return self.book.worked_out(self.rule, self._text, self.places)

    def reworded(self, text: str) -> WorkedOut:
        """The same value, shown as *text*."""
        return WorkedOut(self.book, self.rule, self.value, text, self.places)


def told(place: Place, lang: str) -> Place:
    """The line of a text that is shown in *lang*; a text without translations stands in one line."""
    for told in (lang, lang.partition("-")[0]):
        if told in place.node.below:
            return place.below(told)
    return place
