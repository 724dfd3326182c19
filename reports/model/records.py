"""What a record is: parts, links, names, places, and the Dataset of all records.

A record states facts of one thing, once, with the place in its source. The kinds of records stand in
`kinds`; texts, dates and numbers are the types of `values`. A field that a source leaves open is left out and
stays None; the report then says so.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, dataclass_transform, get_args

from msgspec import Meta, Struct, StructMeta, field
from msgspec.structs import FieldInfo
from msgspec.structs import fields as struct_fields

from reports.diagnostics.problems import Where
from reports.model.dates import PartialDate, surely_before, surely_from
from reports.model.values import BilingualText, DateField, DayField, TextField

# --- links ------------------------------------------------------------------------------------------------


class LinkTo(Struct, frozen=True):
    """Marks a field that holds the id of another record, of one of *kinds* (none named: of any kind)."""

    kinds: tuple[str, ...] = ()


#: *extra* names the message for what does not fit.
Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60, extra={"wrong": "data/bad-id"})]
ORGANISATIONS = ("organisation", "alliance", "office")
OrganisationId = Annotated[str, LinkTo(ORGANISATIONS)]
PersonId = Annotated[str, LinkTo(("person",))]
ActorId = Annotated[str, LinkTo((*ORGANISATIONS, "person"))]
SourceId = Annotated[str, LinkTo(("source",))]
ThemeId = Annotated[str, LinkTo(("theme",))]
AnyId = Annotated[str, LinkTo()]


class _ByName(StructMeta):
    """All fields of all parts are given by name, so that a kind may add required ones to those it inherits."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any) -> Any:
        return super().__new__(cls, name, bases, namespace, **{**config, "kw_only": True})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Part(Struct, metaclass=_ByName, frozen=True):
    """A group of fields inside a record."""


@cache
def fields(part: type[Part]) -> Mapping[str, FieldInfo]:
    """The fields of *part* by name, in order; `encode_name` is the key in the file, `type` has all marks."""
    aside = _OF_TIME if getattr(part, "timeless", False) else ()
    return MappingProxyType({info.name: info for info in struct_fields(part) if info.name not in aside})


_OF_TIME = ("known", "updates")


class Locator(Part):
    """Where in a source document a fact stands."""

    doc: SourceId
    at: TextField | None = None
    note: TextField | None = None


class Called(Part):
    """What something is called in each language. *short* is the everyday name where it differs by language
    (中科院, CAS)."""

    zh: str
    en: str
    hant: str = field(default="", name="zh-Hant")
    acronym: str = ""
    short: TextField | None = None

    def get(self, lang: str) -> str:
        """The full name in *lang*."""
        return BilingualText(self.zh, self.en, self.hant).get(lang)

    def brief(self, lang: str) -> str:
        """What it is called once it is known: its short name, else its acronym, else its full name."""
        return (self.short.get(lang) if self.short else self.acronym) or self.get(lang)


class FormerName(Called):
    """A name of the past. From the day *until* on the next one holds; *since* is said only where a source does,
    else the name follows the one before it. A name whose end is stated nowhere is known but never printed."""

    since: DateField | None = None
    until: DateField | None = None


class Name(Called):
    """What something is called now. *aliases* are other spellings found in sources; *former* names are past, the
    oldest first. A body that took another's place is no new name of it: see `Organisation.successor`."""

    native: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()

    def at(self, *days: PartialDate | None) -> Called:
        """What it was called on the first of *days* for which that is sure, else what it is called now.

        Nothing is guessed: if the name changed in March 1998, the year 1998 alone leaves both possible.
        """
        held = (self._held(day) for day in days if day is not None) if self.former else ()
        return next((name for name in held if name is not None), self)

    def _held(self, day: PartialDate) -> Called | None:
        """The name that surely held on *day*."""
        before: PartialDate | None = None
        for i, name in enumerate(self.former):
            begin, end = name.since or before, name.until or self._begins(i + 1)
            begun = surely_from(begin, day) if begin else i == 0
            if begun and end and surely_before(day, end):
                return name
            before = end
        return self if before and surely_from(before, day) else None

    def _begins(self, number: int) -> PartialDate | None:
        """When former name *number* began, where that is stated."""
        return self.former[number].since if number < len(self.former) else None


# --- records ---------------------------------------------------------------------------------------------

#: The fields that say what something is called, in the order they are looked for.
NAMING = ("name", "title", "topic", "text", "caption")


class Update(Part):
    """What became so later: on the day *on*, learnt on *known* (left out: on the same day). What changed stands beside
    it, each field as in the record itself; `~` takes a field back."""

    on: DayField
    known: DayField | None = None
    source: Annotated[tuple[Locator, ...], Meta(min_length=1)]
    note: TextField | None = None


class UpdateEntry(Update):
    """An update as it was read: *values* by the names of the record's fields, None where one is taken back."""

    values: Mapping[str, object] = MappingProxyType({})


class Record(Part):
    """What every kind has. *label* is what the record is called where another record names it; *formerly* are ids it
    once had, by which links still lead to it."""

    kind: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    #: The field that holds the record's date, for ordering and for choosing by period.
    dated: ClassVar[tuple[str, ...]] = ("date",)
    #: The date is when it began, not when it happened: what it names is called as it is now.
    lasting: ClassVar[bool] = False
    #: After so many days a report no longer takes it as it stands, unless its status says that it is settled.
    fresh_for: ClassVar[int | None] = None
    #: It tells of the future: it is there before its date is.
    looks_ahead: ClassVar[bool] = False
    #: It is what somebody said or marked: nothing becomes of it later but what its status says.
    timeless: ClassVar[bool] = False
    #: Fields that no update may change, beside those of every kind.
    settled: ClassVar[frozenset[str]] = frozenset()

    id: Id
    source: Annotated[tuple[Locator, ...], Meta(min_length=1)]
    confidence: Literal["stated", "inferred", "illegible"] = "stated"
    theme: ThemeId | None = None
    tags: tuple[str, ...] = ()
    note: TextField | None = None
    formerly: tuple[Id, ...] = ()
    known: DayField | None = None
    updates: tuple[Update, ...] = ()

    @property
    def label(self) -> Name | BilingualText:
        """The record's name or title."""
        for name in NAMING:
            found = getattr(self, name, None)
            if found is not None:
                assert isinstance(found, Name | BilingualText)
                return found
        return BilingualText(self.id, self.id)

    @property
    def day(self) -> Any:
        """The record's own date (PartialDate), None where it has none."""
        return next((d for name in self.dated if (d := getattr(self, name, None)) is not None), None)


#: What no update changes in any kind.
NEVER_CHANGED = frozenset(("id", "name", "updates", "known", "formerly"))


def can_change(kind: type[Part], key: str) -> bool:
    """Whether an update of a record of *kind* may change the field *key*."""
    return key not in NEVER_CHANGED and key not in getattr(kind, "settled", ())


# --- the whole --------------------------------------------------------------------------------------------


class Node(Struct, frozen=True):
    """A value where it stands in its file: the place, the text as written, and the places below it by field
    name or list index. *key* is the place of the field's name."""

    where: Where
    text: str = ""
    key: Where | None = None
    below: Mapping[str | int, "Node"] = field(default_factory=dict)

    def at(self, *path: str | int) -> "Node":
        """Return the node under *path*, or the nearest one above it that exists."""
        node = self
        for step in path:
            if step not in node.below:
                return node
            node = node.below[step]
        return node


class Dataset(Struct, frozen=True):
    """All records, by kind in file order and by id, with the place of each and its programme (folder).

    As typed, a record says what it said at first, and `updates` what became so later. As of a day (see
    `records.readings`), it says what was so then; *entered* is by record and field the day of the entry that a value
    comes from, as it is typed, of fields that say something else than at first; *typed* is what it is a reading of.
    """

    records: Mapping[str, Record]
    nodes: Mapping[str, Node]
    programmes: Mapping[str, str]
    _by_kind: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    entered: Mapping[str, Mapping[str | int, str]] = field(default_factory=dict)
    typed: "Dataset | None" = None

    @classmethod
    def of(
        cls,
        records: Mapping[str, Record],
        nodes: Mapping[str, Node],
        programmes: Mapping[str, str],
        *,
        absent: Collection[str] = (),
        entered: Mapping[str, Mapping[str | int, str]] = MappingProxyType({}),
        typed: "Dataset | None" = None,
    ) -> "Dataset":
        """Index *records* by kind, in their order; those that are *absent* by their ids are in no list."""
        lists: dict[str, list[Record]] = {}
        for record in records.values():
            if record.id not in absent:
                lists.setdefault(record.plural, []).append(record)
        by_kind = {kind: tuple(found) for kind, found in lists.items()}
        return cls(records, nodes, programmes, by_kind, entered, typed)

    def present(self) -> Iterator[Record]:
        """All records but those that a reading does not know yet and holds for their names alone."""
        for records in self._by_kind.values():
            yield from records

    def former_ids(self) -> dict[str, str]:
        """The id that each former one is now."""
        return {old: record.id for record in self.records.values() for old in record.formerly}

    def all(self, plural: str) -> tuple[Record, ...]:
        """Return the records listed under *plural*, in file order."""
        return self._by_kind.get(plural, ())


@cache
def links_of(part: type[Part]) -> tuple[tuple[str, LinkTo], ...]:
    """Return the link fields of *part* with what they may lead to; parts inside parts are not followed."""
    return tuple((name, mark) for name, info in fields(part).items() for mark in _marks(info.type))


def parts_in(annotation: object) -> Iterator[type[Part]]:
    """The groups of fields in the type of a field, through Optional and tuple."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from parts_in(inner)


def _marks(annotation: object) -> Iterator[LinkTo]:
    """The LinkTo marks of a field, through Optional and tuple."""
    for inner in get_args(annotation):
        if isinstance(inner, LinkTo):
            yield inner
        yield from _marks(inner)
