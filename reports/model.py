"""What a record is: parts, links, names, places, and the Dataset of all records.

A record states facts of one thing, once, with the place in its source. The kinds of records stand in
`kinds`; texts, dates and numbers are the types of `values`. A field that a source leaves open is left out and
stays None; the report then says so.
"""

# Annotations are evaluated here and in `kinds`: as text, pydantic would compile each one anew for every subclass.

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args

from msgspec import Struct, field
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from reports.problems import Where
from reports.values import BilingualText, TextField

# --- links ------------------------------------------------------------------------------------------------


class LinkTo(Struct, frozen=True):
    """Marks a field that holds the id of another record, of one of *kinds* (none named: of any kind)."""

    kinds: tuple[str, ...] = ()


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ORGANISATIONS = ("organisation", "alliance", "office")
OrganisationId = Annotated[str, LinkTo(ORGANISATIONS)]
PersonId = Annotated[str, LinkTo(("person",))]
ActorId = Annotated[str, LinkTo((*ORGANISATIONS, "person"))]
SourceId = Annotated[str, LinkTo(("source",))]
ThemeId = Annotated[str, LinkTo(("theme",))]
AnyId = Annotated[str, LinkTo()]


class Part(BaseModel):
    """A group of fields inside a record."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)


class Locator(Part):
    """Where in a source document a fact stands."""

    doc: SourceId
    at: TextField | None = None
    note: TextField | None = None


class Name(Part):
    """What something is called. *short* is the everyday name where it differs by language (中科院, CAS);
    *aliases* are other spellings found in sources; *former* names are past."""

    zh: str
    en: str
    hant: str = Field(default="", alias="zh-Hant")
    acronym: str = ""
    short: TextField | None = None
    native: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    def get(self, lang: str) -> str:
        """The full name in *lang*."""
        return BilingualText(self.zh, self.en, self.hant).get(lang)

    def brief(self, lang: str) -> str:
        """What it is called once it is known: its short name, else its acronym, else its full name."""
        return (self.short.get(lang) if self.short else self.acronym) or self.get(lang)


# --- records ---------------------------------------------------------------------------------------------


class Record(Part):
    """What every kind has. *label* is what the record is called where another record names it."""

    kind: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    #: The field that holds the record's date, for ordering and for choosing by period.
    dated: ClassVar[tuple[str, ...]] = ("date",)
    #: After so many days a report no longer takes it as it stands, unless its status says that it is settled.
    fresh_for: ClassVar[int | None] = None

    id: Id
    source: tuple[Locator, ...] = Field(min_length=1)
    confidence: Literal["stated", "inferred", "illegible"] = "stated"
    theme: ThemeId | None = None
    tags: tuple[str, ...] = ()
    note: TextField | None = None

    @property
    def label(self) -> Name | BilingualText:
        """The record's name or title."""
        for name in ("name", "title", "topic", "text", "caption"):
            found = getattr(self, name, None)
            if found is not None:
                assert isinstance(found, Name | BilingualText)
                return found
        return BilingualText(self.id, self.id)

    @property
    def day(self) -> Any:
        """The record's own date (PartialDate), None where it has none."""
        return next((d for name in self.dated if (d := getattr(self, name, None)) is not None), None)


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
    """All records, by kind in file order and by id, with the place of each and its programme (folder)."""

    records: Mapping[str, Record]
    nodes: Mapping[str, Node]
    programmes: Mapping[str, str]
    _by_kind: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, records: Mapping[str, Record], nodes: Mapping[str, Node], programmes: Mapping[str, str]
    ) -> "Dataset":
        """Index *records* by kind, in their order."""
        lists: dict[str, list[Record]] = {}
        for record in records.values():
            lists.setdefault(record.plural, []).append(record)
        return cls(records, nodes, programmes, {kind: tuple(found) for kind, found in lists.items()})

    def all(self, plural: str) -> tuple[Record, ...]:
        """Return the records listed under *plural*, in file order."""
        return self._by_kind.get(plural, ())


@cache
def links_of(part: type[Part]) -> tuple[tuple[str, LinkTo], ...]:
    """Return the link fields of *part* with what they may lead to; parts inside parts are not followed."""
    return tuple(
        (name, mark) for name, info in part.model_fields.items() for mark in _marks(info.annotation, info)
    )


def _marks(annotation: object, info: Any = None) -> Iterator[LinkTo]:
    """The LinkTo marks of a field, through Optional and tuple."""
    for mark in getattr(info, "metadata", ()):
        if isinstance(mark, LinkTo):
            yield mark
    for inner in get_args(annotation):
        if isinstance(inner, LinkTo):
            yield inner
        yield from _marks(inner)
