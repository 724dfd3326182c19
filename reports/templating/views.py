"""Records as templates see them: every printed value keeps its place, everything left open says so.

A view wraps a record, a part or a value together with the *Book* of one rendering. Printing a value enters a
fact in the book and yields its token, so a value may be printed, joined or put in a macro and still be led
back to its line. Comparing, testing and sorting work on the value itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, total_ordering
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.nodes import Fact
from reports.model.dates import PartialDate, same_time
from reports.model.formatting import choice, joiner, number, say, say_open
from reports.model.kinds import KINDS
from reports.model.kinds.actors import Post
from reports.model.periods import Period
from reports.model.records import Called, FormerName, Name, Part, Record, fields, links_of
from reports.model.values import BilingualText, Money, Quantity, Ratio, Share
from reports.templating import open_states
from reports.templating.comparison import before, same
from reports.templating.context import Book, Place

#: The parts of a value a template may ask for; not a date's first and last possible day, which are not what its
#: source says, but its year, as far as it lies in one.
_VALUE_PARTS: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
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
        place = _told(self.place, self.book.lang) if isinstance(self.value, BilingualText) else self.place
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
        return list(_VALUE_PARTS.get(type(self.value), ()))


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


class View:
    """A record, or a group of fields inside one. *via* is the place of the link that led to it, *when* the date
    of the record that names it: it is called as it was then."""

    __slots__ = ("_via", "book", "data", "place", "when")

    def __init__(
        self,
        book: Book,
        part: Part,
        place: Place,
        via: Place | None = None,
        when: PartialDate | None = None,
    ) -> None:
        self.book, self.data, self.place, self._via, self.when = book, part, place, via, when

    def part(self, name: str) -> Any:
        """What stands behind the dot in a template; raises AttributeError."""
        if name == "id" and isinstance(self.data, Record):
            return self.id
        if name in self.data.__struct_fields__:
            return _wrap(self._named_then(name), name)
        if name in self.known():
            return self._derived(name)
        raise AttributeError(name)

    def _named_then(self, name: str) -> View:
        """Of a name, the one that held then, where it has a field *name*."""
        own, held = self.data, self._label() if isinstance(self.data, Name) else None
        if isinstance(own, Name) and isinstance(held, FormerName) and name in held.__struct_fields__:
            return View(self.book, held, _former(self.place, own, held))
        return self

    def _derived(self, name: str) -> Any:
        """A property of the record: it stands where the field stands that it is taken from."""
        value = getattr(self.data, name)
        if name in ("kind", "plural"):
            return value
        for field_name in self.data.__struct_fields__:
            if value is not None and getattr(self.data, field_name) is value:
                return _wrap(self, field_name)
        return _leaf(self.book, self.place, value, name, _open_parts(type(self.data), name))

    def named(self, text: str) -> Leaf:
        """The record's name shown as *text*: a fact of the place that names it (a link), else its own."""
        return Leaf(self.book, self._via or self._name_place(), self.id, text)

    @property
    def cited(self) -> Place:
        """Where it is taken from: the place that names it (a link), else where it stands itself."""
        return self._via or self.place

    def _name_place(self) -> Place:
        found = next(
            (self.place.below(name) for name in _NAMING if name in self.place.node.below), self.place
        )
        own, held = self._present(), self._label()
        if isinstance(own, Name) and isinstance(held, FormerName):
            found = _former(found, own, held)
        return _told(found, self.book.lang)

    @property
    def record(self) -> Record:
        """The record itself (for charts)."""
        if not isinstance(self.data, Record):
            raise self._nameless()
        return self.data

    @property
    def id(self) -> str:
        """The record's id."""
        return str(getattr(self.data, "id", ""))

    def __str__(self) -> str:
        return str(self.named(self.name_text()))

    def name_text(self) -> str:
        """The full name or title, without a place."""
        return say(self._label(), self.book.lang)

    def brief_text(self) -> str:
        """The short name where there is one."""
        label = self._label()
        return label.brief(self.book.lang) if isinstance(label, Called) else say(label, self.book.lang)

    def later_text(self) -> str:
        """The full name it has now, where that is another than the one it is called by; else nothing."""
        label, own = self._label(), self._present()
        now = own.at(self.book.day) if isinstance(own, Name) else own
        return "" if now is label else say(now, self.book.lang)

    def _label(self) -> Called | BilingualText:
        """What it is called on the day it is told of, else on the day of the report."""
        label = self._present()
        return label.at(self.when, self.book.day) if isinstance(label, Name) else label

    def _present(self) -> Called | BilingualText:
        """What it is called: a record always is something, a part where it has a name or title."""
        if isinstance(self.data, Record):
            return self.data.label
        if isinstance(self.data, Called):
            return self.data
        for name in _NAMING:
            found = getattr(self.data, name, None)
            if isinstance(found, Called | BilingualText):
                return found
        raise self._nameless()

    def _nameless(self) -> ReportError:
        args = {"what": self.place.path or self.id, "known": ", ".join(self.known())}
        return ReportError(Problem(Where(""), "template/unprintable", args))

    @property
    def day(self) -> PartialDate | None:
        """The date it is ordered by: a record's own, else the first date it holds."""
        if isinstance(self.data, Record):
            found: PartialDate | None = self.data.day
            return found
        values = (getattr(self.data, name) for name in self.data.__struct_fields__)
        return next((v for v in values if isinstance(v, PartialDate)), None)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.id == other
        return isinstance(other, View) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.id or self.data)

    def known(self) -> list[str]:
        """The names a template may use behind the dot."""
        return list(_part_names(type(self.data)))


#: The fields that say what something is called, in the order they are looked for.
_NAMING = ("name", "title", "topic", "text", "caption")


@cache
def _part_names(part: type[Part]) -> tuple[str, ...]:
    """The fields of *part*, and what is derived from a record's."""
    derived = ("label", "day", "kind", "plural", "value") if issubclass(part, Record) else ()
    return tuple(dict.fromkeys((*part.__struct_fields__, *(name for name in derived if hasattr(part, name)))))


def view(book: Book, record: Record, via: Place | None = None, when: PartialDate | None = None) -> View:
    """Return *record* as a view; *via* is the place of the link that led to it, *when* the date it is told of."""
    return View(book, record, Place(record.id, "", book.dataset.nodes[record.id]), via, when)


def _former(place: Place, name: Name, held: FormerName) -> Place:
    """Where the former name *held* stands below its *name*."""
    return place.below("former").below(name.former.index(held))


def _moment(owner: View) -> PartialDate | None:
    """The date for which *owner* names others: its own, that of its occasion, else the one it was named for itself."""
    own = owner.data
    if isinstance(own, Record) and own.lasting:
        return owner.when
    occasion = getattr(own, "occasion", None)
    held = owner.book.dataset.records.get(occasion) if isinstance(occasion, str) else None
    days = (owner.day, held.day if held else None)
    return next((day for day in days if day is not None and day.start is not None), owner.when)


def _was_then(item: object, when: PartialDate | None) -> bool:
    """A post counts where its source states it for the time that is told of."""
    return not isinstance(item, Post) or when is None or (item.at is not None and same_time(item.at, when))


def _wrap(owner: View, name: str) -> Any:
    """A field's value as leaf, view or list, with its place."""
    value = getattr(owner.data, name)
    place = owner.place.below(name)
    link = name in _link_names(type(owner.data))
    if isinstance(value, tuple):
        told = ((i, item) for i, item in enumerate(value) if _was_then(item, owner.when))
        found = (_one(owner, place.below(i), item, name, link) for i, item in told)
        return Several(found, Leaf(owner.book, place, None, say_open(name, owner.book.lang)))
    return _one(owner, place, value, name, link)


@cache
def _link_names(part: type[Part]) -> frozenset[str]:
    return frozenset(name for name, _ in links_of(part))


@cache
def _open_parts(part: type[Part], name: str) -> frozenset[str]:
    """What may be asked of a field that is left open: what could be, were it filled."""
    link = dict(links_of(part)).get(name)
    if link:
        linked = (record for record in KINDS.values() if record.kind in link.kinds or not link.kinds)
        return frozenset(known for record in linked for known in _part_names(record))
    inner = _inner_types(fields(part)[name].type) if name in fields(part) else [PartialDate]
    return frozenset(known for kind in inner for known in _names_in(kind))


def _names_in(kind: type[Any]) -> tuple[str, ...]:
    return _part_names(kind) if issubclass(kind, Part) else _VALUE_PARTS.get(kind, ())


def _inner_types(annotation: Any) -> list[type[Any]]:
    """The classes in an annotation, through Optional and Annotated."""
    if isinstance(annotation, type):
        return [annotation]
    return [found for inner in get_args(annotation) for found in _inner_types(inner)]


def _one(owner: View, place: Place, value: Any, name: str, link: bool) -> Any:
    book = owner.book
    if link and value is not None:
        return view(book, book.dataset.records[value], place, _moment(owner))
    if isinstance(value, bool):
        return value
    if isinstance(value, Part):
        return View(book, value, place, when=_moment(owner))
    if value is None or value == "":
        return _leaf(book, place, None, name, _open_parts(type(owner.data), name))
    if isinstance(value, str):
        part = type(owner.data)
        text = choice(value, getattr(part, "kind", ""), book.lang) if choices(part, name) else value
        return Leaf(book, place, value, text)
    return _leaf(book, place, value, name)


@cache
def choices(part: type[Part], name: str) -> tuple[str, ...]:
    """The words a choice field may hold; none for other fields."""
    return tuple(_words(fields(part)[name].type)) if name in fields(part) else ()


def _words(annotation: Any) -> Iterator[str]:
    """The words of a Literal, through Optional and tuple."""
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    else:
        for inner in get_args(annotation):
            yield from _words(inner)


def _leaf(book: Book, place: Place, value: Any, name: str, parts: Collection[str] = ()) -> Leaf:
    if value is None or value == "":
        return Leaf(book, place, None, say_open(name, book.lang), parts)
    if isinstance(value, Period):
        return Leaf(book, place, str(value), value.label(book.lang))
    return Leaf(book, place, value, say(value, book.lang))


def _told(place: Place, lang: str) -> Place:
    """The line of a text that is shown in *lang*; a text without translations stands in one line."""
    for told in (lang, lang.partition("-")[0]):
        if told in place.node.below:
            return place.below(told)
    return place
