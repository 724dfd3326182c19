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

from msgspec import Struct, field

from reports.compare import before, same
from reports.document import Fact, FactSource, Inline, LineBreak, References, Table, Text
from reports.drawing import ChartRequest
from reports.kinds import KINDS
from reports.manuscript import insert_token
from reports.model import Dataset, Name, Node, Part, Record, fields, links_of
from reports.period import Period
from reports.problems import Problem, ReportError, Where
from reports.values import BilingualText, Money, PartialDate, Quantity, Ratio, Share
from reports.wording import choice, joiner, number, say, say_open

#: The parts of a value a template may ask for; not a date's first and last possible day, which are not what its
#: source says, but its year, as far as it lies in one.
_VALUE_PARTS: Mapping[type[Any], tuple[str, ...]] = MappingProxyType(
    {kind: kind.__struct_fields__ for kind in (BilingualText, Quantity, Ratio, Share, Money)}
    | {PartialDate: ("year", "precision", "span", "relation", "certainty", "raw")}
)


class Book(Struct):
    """What one rendering has printed so far: it grows while the template runs and is read when it ends."""

    dataset: Dataset
    lang: str
    inserts: list[Inline | Table | References] = field(default_factory=list)
    sources: list[FactSource] = field(default_factory=list)
    charts: list[ChartRequest] = field(default_factory=list)
    _source_index: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _introduced: set[str] = field(default_factory=set)

    def fact(self, place: Place, shown: str) -> Fact:
        """Enter *shown* as a fact that stands at *place* in the data."""
        # A report may bear the id of a record: the file tells them apart.
        key = (place.record, place.path, place.node.where.file)
        index = self._source_index.get(key)
        if index is None:
            index = self._source_index[key] = len(self.sources)
            self.sources.append(FactSource(place.record, place.path, place.node.where, place.node.text))
        return Fact(index, _lines(shown))

    def insert(self, inline: Inline | Table | References) -> str:
        """Keep *inline* aside and return the token that stands for it."""
        self.inserts.append(inline)
        return insert_token(len(self.inserts) - 1)

    def first_mention(self, record: str) -> bool:
        """True the first time it is asked of *record*."""
        if record in self._introduced:
            return False
        self._introduced.add(record)
        return True


def _lines(shown: str) -> tuple[Inline, ...]:
    """Letters, with a forced line break where the data has several lines."""
    first, *rest = shown.split("\n")
    return (Text(first), *(part for line in rest for part in (LineBreak(), Text(line))))


class Place(Struct, frozen=True):
    """A value's place: its record, its field path in it, its node."""

    record: str
    path: str
    node: Node

    def below(self, step: str | int) -> Place:
        """The place of a field or list item; where the data has none, this one."""
        path = f"{self.path}.{step}" if self.path else str(step)
        return Place(self.record, path, self.node.below.get(step, self.node))


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
    """A record, or a group of fields inside one."""

    __slots__ = ("_via", "book", "data", "place")

    def __init__(self, book: Book, part: Part, place: Place, via: Place | None = None) -> None:
        self.book, self.data, self.place, self._via = book, part, place, via

    def part(self, name: str) -> Any:
        """What stands behind the dot in a template; raises AttributeError."""
        if name == "id" and isinstance(self.data, Record):
            return self.id
        if name in self.data.__struct_fields__:
            return _wrap(self, name)
        if name in self.known():
            return self._derived(name)
        raise AttributeError(name)

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

    def _name_place(self) -> Place:
        for name in _NAMING:
            if name in self.place.node.below:
                return _told(self.place.below(name), self.book.lang)
        return _told(self.place, self.book.lang)

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
        return label.brief(self.book.lang) if isinstance(label, Name) else say(label, self.book.lang)

    def _label(self) -> Name | BilingualText:
        """What it is called: a record always is something, a part where it has a name or title."""
        if isinstance(self.data, Record):
            return self.data.label
        if isinstance(self.data, Name):
            return self.data
        for name in _NAMING:
            found = getattr(self.data, name, None)
            if isinstance(found, Name | BilingualText):
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


def view(book: Book, record: Record, via: Place | None = None) -> View:
    """Return *record* as a view; *via* is the place of the link that led to it."""
    return View(book, record, Place(record.id, "", book.dataset.nodes[record.id]), via)


def _wrap(owner: View, name: str) -> Any:
    """A field's value as leaf, view or list, with its place."""
    value = getattr(owner.data, name)
    place = owner.place.below(name)
    link = name in _link_names(type(owner.data))
    if isinstance(value, tuple):
        found = (_one(owner, place.below(i), item, name, link) for i, item in enumerate(value))
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
        return view(book, book.dataset.records[value], place)
    if isinstance(value, bool):
        return value
    if isinstance(value, Part):
        return View(book, value, place)
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
    return tuple(_words(fields(part)[name].type))


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
