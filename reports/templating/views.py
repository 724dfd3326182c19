"""Records as templates see them: every printed value keeps its place, everything left open says so.

A view wraps a record, a part or a value together with the *Book* of one rendering. Printing a value enters a
fact in the book and yields its token, so a value may be printed, joined or put in a macro and still be led
back to its line. Comparing, testing and sorting work on the value itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.dates import PartialDate, same_time
from reports.model.formatting import choice, say, say_open
from reports.model.kinds import KINDS
from reports.model.kinds.actors import Post
from reports.model.periods import Period
from reports.model.records import NAMING, Called, FormerName, Name, Part, Record, fields, links_of
from reports.model.standing.standing import standing
from reports.model.values import BilingualText
from reports.templating.context import Book, Place
from reports.templating.leaves import VALUE_PARTS, Leaf, Several, WorkedOut, told


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
        if isinstance(self.data, Record) and name in IN_TIME:
            return IN_TIME[name](self)
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
        found = next((self.place.below(name) for name in NAMING if name in self.place.node.below), self.place)
        own, held = self._present(), self._label()
        if isinstance(own, Name) and isinstance(held, FormerName):
            found = _former(found, own, held)
        return told(found, self.book.lang)

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
        for name in NAMING:
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
        return [*_part_names(type(self.data)), *(IN_TIME if isinstance(self.data, Record) else ())]


@cache
def _part_names(part: type[Part]) -> tuple[str, ...]:
    """The fields of *part*, and what is derived from a record's."""
    derived = ("label", "day", "kind", "plural", "value") if issubclass(part, Record) else ("value",)
    return tuple(dict.fromkeys((*part.__struct_fields__, *(name for name in derived if hasattr(part, name)))))


def view(book: Book, record: Record, via: Place | None = None, when: PartialDate | None = None) -> View:
    """Return *record* as a view; *via* is the place of the link that led to it, *when* the date it is told of."""
    return View(book, record, book.place_of(record.id), via, when)


# --- in time ----------------------------------------------------------------------------------------------


def _before(now: View) -> Any:
    """The record as the edition before read it; open where that did not know it, and at a first issue."""
    book, dataset = now.book, now.book.before
    was = next((one for one in dataset.all(now.record.plural) if one.id == now.id), None) if dataset else None
    if was is None:
        return Leaf(book, now.place, None, say_open("before", book.lang), None)
    return View(book, was, book.place_of(was.id, dataset))


def _state(now: View) -> Leaf:
    """How the record stands on the day of the report: stated, or worked out of its days and targets."""
    book = now.book
    stands = standing(now.record, book.as_of)
    if stands is None:
        return Leaf(book, now.place, None, say_open("state", book.lang))
    words = stands.said(now.record.kind, book.lang)
    if stands.word:
        return Leaf(book, now.place.below("status"), stands.state, words)
    places = [now.place.below(name) for name in _STATED_BY if name in now.place.node.below]
    return WorkedOut(book, "state", stands.state, words, places or [now.place])


#: What the state of a record is worked out of.
_STATED_BY = (
    *("status", "due", "done", "date", "signed", "effective"),
    *("values", "quantity", "share", "money", "target", "baseline"),
)
#: What stands behind the dot beside the fields of a record.
IN_TIME: Mapping[str, Callable[[View], Any]] = MappingProxyType({"before": _before, "state": _state})


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
    return _part_names(kind) if issubclass(kind, Part) else VALUE_PARTS.get(kind, ())


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
