"""The record kinds and the Dataset: what the data means.

A record states facts of one thing, once, with the place in its source. Which fields a kind has stands here
and nowhere else; texts, dates and numbers are the types of `values`. A field that a source leaves open is
left out and stays None; the report then says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from reports.problems import Where
from reports.values import (
    BilingualText,
    DateField,
    MoneyField,
    QuantityField,
    RatioField,
    ShareField,
    TextField,
    Value,
)

# --- links ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkTo:
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


# --- kinds ------------------------------------------------------------------------------------------------


class Record(Part):
    """What every kind has. *label* is what the record is called where another record names it."""

    kind: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    #: The field that holds the record's date, for ordering and for choosing by period.
    dated: ClassVar[tuple[str, ...]] = ("date",)

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


class Source(Record):
    """A document facts are taken from."""

    kind = "source"
    plural = "sources"
    source: tuple[Locator, ...] = ()
    title: TextField
    genre: Literal["slides", "yearbook", "news", "web page", "manuscript", "minutes", "letter", "form"]
    author: ActorId | None = None
    publisher: OrganisationId | None = None
    date: DateField | None = None
    place: TextField | None = None
    language: Literal["zh", "en", "zh-Hant"] = "zh"


class Theme(Record):
    """A subject under which a report gathers records, in the order of the file."""

    kind = "theme"
    plural = "themes"
    source: tuple[Locator, ...] = ()
    title: TextField
    owner: ActorId | None = None


class Organisation(Record):
    """A body that acts: ministry, academy, institute, university, funder, laboratory …"""

    kind = "organisation"
    plural = "organisations"
    dated = ("founded",)
    name: Name
    type: Literal[
        "ministry", "bureau", "academy", "institute", "university", "funder", "laboratory", "centre",
        "mission", "intergovernmental", "network", "platform", "union", "alliance", "office",
    ]  # fmt: skip
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    parent: OrganisationId | None = None
    successor: OrganisationId | None = None
    founded: DateField | None = None
    purpose: TextField | None = None


class Alliance(Organisation):
    """Organisations bound together by a charter."""

    kind = "alliance"
    plural = "alliances"
    origin: tuple[TextField, ...] = ()


class Office(Organisation):
    """A standing office of one organisation at another's place."""

    kind = "office"
    plural = "offices"
    host: OrganisationId
    staff: QuantityField | None = None
    staff_note: TextField | None = None
    functions: tuple[TextField, ...] = ()
    channels: tuple[TextField, ...] = ()


class Post(Part):
    """A post a person held, as far as its source says when."""

    title: TextField
    organisation: OrganisationId
    at: DateField | None = None


class Person(Record):
    """Somebody named in a source, with the posts named there."""

    kind = "person"
    plural = "people"
    name: Name
    honorific: TextField | None = None
    posts: tuple[Post, ...] = ()


class Membership(Record):
    """One organisation's place in an alliance."""

    kind = "membership"
    plural = "memberships"
    alliance: OrganisationId
    member: OrganisationId
    rank: Literal["member", "signatory", "associate", "partner", "associate member state"]
    date: DateField | None = None
    status: Literal["in force", "in progress", "aspired", "ended"]


class Signatory(Part):
    """Who signed for a party; *person* is left out where the source names nobody."""

    party: OrganisationId
    person: PersonId | None = None
    post: TextField | None = None
    signed: DateField | None = None


class Agreement(Record):
    """A charter, memorandum, agreement, or a request to renew one."""

    kind = "agreement"
    plural = "agreements"
    dated = ("signed", "effective", "requested")
    title: TextField
    type: Literal["charter", "memorandum", "agreement", "implementation", "request", "mechanism"]
    level: Literal["institute", "academy", "ministry", "government", "alliance"] | None = None
    parties: tuple[OrganisationId, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    signed: DateField | None = None
    effective: DateField | None = None
    requested: DateField | None = None
    scope: TextField | None = None
    languages: tuple[Literal["zh", "en", "fr", "ru"], ...] = ()
    prevailing: Literal["zh", "en", "fr", "ru"] | None = None
    copies: QuantityField | None = None
    status: Literal["in force", "being signed", "signed", "renewal requested", "ended", "not stated"]
    predecessor: Annotated[str, LinkTo(("agreement",))] | None = None
    occasion: AnyId | None = None


HappeningStatus = Literal["held", "suspended", "planned", "postponed", "cancelled"]
Format = Literal["in person", "online", "hybrid"]


class Meeting(Record):
    """One meeting, or one year's edition of a series."""

    kind = "meeting"
    plural = "meetings"
    title: TextField
    series: Annotated[str, LinkTo(("series",))] | None = None
    date: DateField
    place: TextField | None = None
    host: OrganisationId | None = None
    format: Format | None = None
    status: HappeningStatus
    reason: TextField | None = None
    participants: tuple[ActorId, ...] = ()


class Series(Record):
    """Meetings or events that come again."""

    kind = "series"
    plural = "series"
    dated = ()
    title: TextField
    rhythm: TextField | None = None
    organisers: tuple[OrganisationId, ...] = ()


class Visit(Record):
    """Somebody went somewhere."""

    kind = "visit"
    plural = "visits"
    title: TextField
    date: DateField
    visitors: tuple[ActorId, ...] = Field(min_length=1)
    hosts: tuple[OrganisationId, ...] = Field(min_length=1)
    purpose: TextField | None = None
    status: HappeningStatus = "held"


class Event(Record):
    """A festival, fair, ceremony or anniversary."""

    kind = "event"
    plural = "events"
    title: TextField
    type: Literal["festival", "job fair", "ceremony", "anniversary", "exhibition", "report"]
    date: DateField
    place: TextField | None = None
    organiser: OrganisationId | None = None
    format: Format | None = None
    attendance: QuantityField | None = None
    claim: TextField | None = None
    status: HappeningStatus = "held"


class Contribution(Record):
    """What somebody did for something, beside meetings and visits. *ongoing* work has no end yet."""

    kind = "contribution"
    plural = "contributions"
    title: TextField
    by: tuple[ActorId, ...] = ()
    to: tuple[ActorId, ...] = ()
    date: DateField | None = None
    claim: TextField | None = None
    status: Literal["done", "ongoing", "planned"]


class Statement(Record):
    """A position or reason somebody gave."""

    kind = "statement"
    plural = "statements"
    text: TextField
    speaker: ActorId | None = None


class Metric(Record):
    """One measured or stated figure; exactly one of ratio, quantity, share and money holds it.

    *parts* name what a ratio compares (two) or what a share is of and its rest.
    """

    kind = "metric"
    plural = "metrics"
    title: TextField
    subject: ActorId | None = None
    ratio: RatioField | None = None
    quantity: QuantityField | None = None
    share: ShareField | None = None
    money: MoneyField | None = None
    unit: TextField | None = None
    parts: tuple[TextField, ...] = ()
    date: DateField | None = None
    group: str | None = None

    @property
    def value(self) -> Value:
        """The figure, whichever field holds it."""
        for found in (self.ratio, self.quantity, self.share, self.money):
            if found is not None:
                return found
        raise AssertionError("validation lets no metric without a figure through")


class Goal(Record):
    """What an alliance or office is for."""

    kind = "goal"
    plural = "goals"
    text: TextField
    of: OrganisationId


class Task(Record):
    """What an alliance or office has to do; *fields* are examples its source names."""

    kind = "task"
    plural = "tasks"
    title: TextField
    text: TextField
    of: OrganisationId
    fields: tuple[TextField, ...] = ()


class Discussion(Record):
    """A matter put before leadership, from being raised until it is decided."""

    kind = "discussion"
    plural = "discussions"
    dated = ("raised",)
    number: int = Field(ge=1)
    topic: TextField
    ask: TextField
    owner: ActorId | None = None
    due: DateField | None = None
    raised: DateField
    context: tuple[AnyId, ...] = ()
    carried_over_from: Annotated[str, LinkTo(("discussion",))] | None = None
    status: Literal["open", "decided", "deferred", "withdrawn"] = "open"
    decision: TextField | None = None


class Figure(Record):
    """A picture, or the place kept for one. *file* is a path inside the data folder."""

    kind = "figure"
    plural = "figures"
    dated = ()
    caption: TextField
    alt: TextField | None = None
    file: str | None = None
    shows: tuple[AnyId, ...] = ()


#: Every kind, by the key under which a data file lists its records.
KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        k.plural: k
        for k in (
            Source, Theme, Organisation, Alliance, Office, Person, Membership, Agreement, Series, Meeting,
            Visit, Event, Contribution, Statement, Metric, Goal, Task, Discussion, Figure,
        )
    }
)  # fmt: skip


# --- the whole --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """A value where it stands in its file: the place, the text as written, and the places below it by field
    name or list index. *key* is the place of the field's name."""

    where: Where
    text: str = ""
    key: Where | None = None
    below: Mapping[str | int, Node] = field(default_factory=dict)

    def at(self, *path: str | int) -> Node:
        """Return the node under *path*, or the nearest one above it that exists."""
        node = self
        for step in path:
            if step not in node.below:
                return node
            node = node.below[step]
        return node


@dataclass(frozen=True, slots=True)
class Dataset:
    """All records, by kind in file order and by id, with the place of each and its programme (folder)."""

    records: Mapping[str, Record]
    nodes: Mapping[str, Node]
    programmes: Mapping[str, str]
    _by_kind: Mapping[str, tuple[Record, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, records: Mapping[str, Record], nodes: Mapping[str, Node], programmes: Mapping[str, str]) -> Dataset:
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
    return tuple((name, mark) for name, info in part.model_fields.items() for mark in _marks(info.annotation, info))


def _marks(annotation: object, info: Any = None) -> Iterator[LinkTo]:
    """The LinkTo marks of a field, through Optional and tuple."""
    for mark in getattr(info, "metadata", ()):
        if isinstance(mark, LinkTo):
            yield mark
    for inner in get_args(annotation):
        if isinstance(inner, LinkTo):
            yield inner
        yield from _marks(inner)


def latest_day(record: Record, default: date) -> date:
    """Return the last day the record's date may mean, *default* where it has none."""
    day = record.day
    return day.end if day is not None and day.end is not None else default
