"""Records as templates see them: every printed value keeps its place, everything left open says so.

A view wraps a record, a part or a value together with the *Book* of one rendering. Printing a value enters a
fact in the book and yields its token, so a value may be printed, joined or put in a macro and still be led
back to its line. Comparing, testing and sorting work on the value itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, total_ordering
from typing import Any

from reports.document import Fact, FactSource, Inline, LineBreak, Ref, Table, Text
from reports.drawing import ChartRequest
from reports.manuscript import insert_token
from reports.model import Dataset, Name, Node, Part, Record, links_of
from reports.problems import Problem, ReportError, Where, near
from reports.values import BilingualText, Money, PartialDate, Quantity, Ratio, Share
from reports.wording import say, say_date, say_open

_VALUES = (BilingualText, PartialDate, Quantity, Ratio, Share, Money, str, int)


@dataclass(slots=True)
class Book:
    """What one rendering has printed so far: it grows while the template runs and is read when it ends."""

    dataset: Dataset
    lang: str
    inserts: list[Inline | Table] = field(default_factory=list)
    sources: list[FactSource] = field(default_factory=list)
    charts: list[ChartRequest] = field(default_factory=list)
    _source_index: dict[tuple[str, str], int] = field(default_factory=dict)
    _introduced: set[str] = field(default_factory=set)

    def fact(self, place: Place, shown: str) -> Fact:
        """Enter *shown* as a fact that stands at *place* in the data."""
        key = (place.record, place.path)
        index = self._source_index.get(key)
        if index is None:
            index = self._source_index[key] = len(self.sources)
            self.sources.append(FactSource(place.record, place.path, place.node.where, place.node.text))
        return Fact(index, _lines(shown))

    def insert(self, inline: Inline | Table) -> str:
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


@dataclass(frozen=True, slots=True)
class Place:
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

    __slots__ = ("_book", "_text", "place", "value")

    def __init__(self, book: Book, place: Place, value: Any, text: str) -> None:
        self._book, self.place, self.value, self._text = book, place, value, text

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def inline(self) -> Fact:
        """The value as a fact of the document tree."""
        return self._book.fact(self.place, self._text)

    def reworded(self, text: str) -> Leaf:
        """The same value, shown as *text*."""
        return Leaf(self._book, self.place, self.value, text)

    def __str__(self) -> str:
        return self._book.insert(self.inline())

    def __bool__(self) -> bool:
        return self.value is not None and self.value != ""

    def __eq__(self, other: object) -> bool:
        return bool(self.value == (other.value if isinstance(other, Leaf) else other))

    def __lt__(self, other: object) -> bool:
        return bool(_order(self.value) < _order(other.value if isinstance(other, Leaf) else other))

    def __hash__(self) -> int:
        return hash(self.value)

    def __getattr__(self, name: str) -> Any:
        """Parts of a value a template may ask for: the bound of a ratio, the precision of a date."""
        if name.startswith("_") or not hasattr(type(self.value), "__dataclass_fields__"):
            raise AttributeError(name)
        return getattr(self.value, name)


class View:
    """A record, or a group of fields inside one."""

    __slots__ = ("_book", "_part", "_place", "_via")

    def __init__(self, book: Book, part: Part, place: Place, via: Place | None = None) -> None:
        self._book, self._part, self._place, self._via = book, part, place, via

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in type(self._part).model_fields:
            return _wrap(self, name)
        if isinstance(self._part, Record) and name in ("label", "day", "value", "kind", "plural"):
            return self._derived(name)
        raise AttributeError(name)

    def _derived(self, name: str) -> Any:
        """A property of the record: it stands where the field stands that it is taken from."""
        value = getattr(self._part, name)
        if name in ("kind", "plural"):
            return value
        for field_name in type(self._part).model_fields:
            if value is not None and getattr(self._part, field_name) is value:
                return _wrap(self, field_name)
        return _leaf(self._book, self._place, value, name)

    def named(self, text: str) -> Leaf:
        """The record's name shown as *text*: a fact of the place that names it (a link), else its own."""
        return Leaf(self._book, self._via or self._name_place(), self.id, text)

    def _name_place(self) -> Place:
        for name in ("name", "title", "topic", "text", "caption"):
            if name in self._place.node.below:
                return _told(self._place.below(name), self._book.lang)
        return self._place

    @property
    def record(self) -> Record:
        """The record itself (for charts)."""
        assert isinstance(self._part, Record)
        return self._part

    @property
    def id(self) -> str:
        """The record's id."""
        return str(getattr(self._part, "id", ""))

    def __str__(self) -> str:
        if isinstance(self._part, Name):
            place = _told(self._place, self._book.lang)
            return str(Leaf(self._book, place, self._part, self._part.get(self._book.lang)))
        return str(self.named(self.name_text()))

    def name_text(self) -> str:
        """The full name or title, without a place."""
        return say(self.record.label, self._book.lang)

    def brief_text(self) -> str:
        """The short name where there is one."""
        label = self.record.label
        return label.brief(self._book.lang) if isinstance(label, Name) else say(label, self._book.lang)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.id == other
        return isinstance(other, View) and self._part == other._part

    def __hash__(self) -> int:
        return hash(self._part)

    def known(self) -> list[str]:
        """The names a template may use behind the dot."""
        extra = ["label", "day", "kind"] if isinstance(self._part, Record) else []
        return [*type(self._part).model_fields, *extra]


def view(book: Book, record: Record, via: Place | None = None) -> View:
    """Return *record* as a view; *via* is the place of the link that led to it."""
    return View(book, record, Place(record.id, "", book.dataset.nodes[record.id]), via)


def _wrap(owner: View, name: str) -> Any:
    """A field's value as leaf, view or list, with its place."""
    value = getattr(owner._part, name)
    place = owner._place.below(name)
    link = name in _link_names(type(owner._part))
    if isinstance(value, tuple):
        return [_one(owner._book, place.below(i), item, name, link) for i, item in enumerate(value)]
    return _one(owner._book, place, value, name, link)


@cache
def _link_names(part: type[Part]) -> frozenset[str]:
    return frozenset(name for name, _ in links_of(part))


def _one(book: Book, place: Place, value: Any, name: str, link: bool) -> Any:
    if link and value is not None:
        return view(book, book.dataset.records[value], place)
    if isinstance(value, Part):
        return View(book, value, place)
    return _leaf(book, place, value, name)


def _leaf(book: Book, place: Place, value: Any, name: str) -> Leaf:
    if value is None or value == "":
        return Leaf(book, place, None, say_open(name, book.lang))
    assert isinstance(value, _VALUES), f"{type(value).__name__} has no wording"
    if isinstance(value, BilingualText):
        place = _told(place, book.lang)
    return Leaf(book, place, value, say(value, book.lang))


def _told(place: Place, lang: str) -> Place:
    """The line of a text that is shown in *lang*; a text without translations stands in one line."""
    for told in (lang, lang.partition("-")[0]):
        if told in place.node.below:
            return place.below(told)
    return place


def _order(value: Any) -> Any:
    """What values sort by: dates by their beginning, the unknown last."""
    if value is None:
        return (date.max, date.max)
    return value.sort_key if isinstance(value, PartialDate) else getattr(value, "value", value)


# --- what filters and functions do with views ---------------------------------------------------------------


def as_leaf(thing: Any) -> Leaf | None:
    """The leaf a view or leaf prints as; None for the author's own text."""
    if isinstance(thing, View):
        return thing.named(thing.name_text())
    return thing if isinstance(thing, Leaf) else None


def short_date(leaf: Leaf) -> Leaf:
    """A date with an abbreviated month name."""
    if isinstance(leaf.value, PartialDate):
        return leaf.reworded(say_date(leaf.value, leaf._book.lang, short=True))
    return leaf


def cell_inlines(book: Book, thing: Any, joiner: Callable[[int, int], str]) -> tuple[Inline, ...]:
    """What a table cell shows of *thing*: facts, short names for linked records, lists joined."""
    if isinstance(thing, list):
        return _joined(book, thing, joiner)
    if isinstance(thing, View):
        return (thing.named(thing.brief_text()).inline(),)
    return (thing.inline(),) if isinstance(thing, Leaf) else (Text(str(thing)),)


def _joined(book: Book, things: Sequence[Any], joiner: Callable[[int, int], str]) -> tuple[Inline, ...]:
    if not things:
        return (Text(say_open("", book.lang)),)
    parts: list[Inline] = []
    for i, thing in enumerate(things):
        if i:
            parts.append(Text(joiner(i, len(things))))
        parts.extend(cell_inlines(book, thing, joiner))
    return tuple(parts)


def reference(things: Sequence[View]) -> Ref:
    """A reference to where the report tells of these records."""
    return Ref(" ".join(f"record:{thing.id}" for thing in things))


def by_path(thing: Any, path: str) -> Any:
    """Follow a dotted field path; raise ReportError naming the step that is not there."""
    for step in path.split("."):
        known = thing.known() if isinstance(thing, View) else []
        try:
            thing = getattr(thing, step)
        except AttributeError:
            args = {"name": step, "near": near(step, known), "known": ", ".join(known)}
            raise ReportError(Problem(Where(""), "template/undefined", args)) from None
    return thing


def in_time(views: Iterator[View]) -> list[View]:
    """Order by date; records without one come last, in file order."""
    return sorted(views, key=lambda v: _order(v.record.day))
