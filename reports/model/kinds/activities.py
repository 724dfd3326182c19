"""Kinds that happen: agreements, meetings, visits, events, work, what was said."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from reports.model.dates import has_come
from reports.model.records import ActorId, AnyId, LinkTo, OrganisationId, Part, PersonId, Record
from reports.model.values import DateField, QuantityField, TextField

HappeningStatus = Literal["held", "suspended", "planned", "postponed", "cancelled"]
Format = Literal["in person", "online", "hybrid"]
Tongue = Literal["zh", "en", "fr", "ru"]
SeriesId = Annotated[str, LinkTo(("series",))]
AgreementId = Annotated[str, LinkTo(("agreement",))]


class Signatory(Part):
    """Who signed for a party; *person* is left out where the source names nobody."""

    party: OrganisationId
    on_behalf_of: OrganisationId | None = None
    person: PersonId | None = None
    post: TextField | None = None
    signed: DateField | None = None


class Agreement(Record):
    """A charter, memorandum, agreement, or a request to renew one."""

    kind = "agreement"
    plural = "agreements"
    dated = ("signed", "effective", "requested")
    fresh_for = 366
    title: TextField
    type: Literal["charter", "memorandum", "agreement", "implementation", "request", "mechanism"]
    level: Literal["institute", "academy", "ministry", "government", "alliance"] | None = None
    parties: tuple[OrganisationId, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    signed: DateField | None = None
    effective: DateField | None = None
    requested: DateField | None = None
    scope: TextField | None = None
    languages: tuple[Tongue, ...] = ()
    prevailing: Tongue | None = None
    copies: QuantityField | None = None
    status: Literal["in force", "being signed", "signed", "renewal requested", "ended"] | None = None
    predecessor: AgreementId | None = None
    occasion: AnyId | None = None


class Series(Record):
    """Meetings or events that come again."""

    kind = "series"
    plural = "series"
    dated = ()
    title: TextField
    rhythm: TextField | None = None
    organisers: tuple[OrganisationId, ...] = ()


class Role(Part):
    """Who took part in a meeting or event, in which role and post."""

    actor: ActorId
    post: TextField | None = None
    role: TextField | None = None


class Meeting(Record):
    """One meeting, or one year's edition of a series."""

    kind = "meeting"
    plural = "meetings"
    title: TextField
    series: SeriesId | None = None
    ordinal: Annotated[int, Meta(ge=1)] | None = None
    date: DateField
    place: TextField | None = None
    host: OrganisationId | None = None
    lead: OrganisationId | None = None
    format: Format | None = None
    status: HappeningStatus | None = None
    reason: TextField | None = None
    delegation: OrganisationId | None = None
    head: PersonId | None = None
    participants: tuple[ActorId, ...] = ()
    roles: tuple[Role, ...] = ()
    agenda: tuple[TextField, ...] = ()
    positions: tuple[TextField, ...] = ()
    outcomes: tuple[TextField, ...] = ()
    occasion: TextField | None = None


class Visit(Record):
    """Somebody went somewhere; *sites* is what the visitors were shown."""

    kind = "visit"
    plural = "visits"
    title: TextField
    date: DateField
    visitors: Annotated[tuple[ActorId, ...], Meta(min_length=1)]
    unit: TextField | None = None
    hosts: Annotated[tuple[OrganisationId, ...], Meta(min_length=1)]
    sites: tuple[AnyId, ...] = ()
    met: tuple[ActorId, ...] = ()
    country: OrganisationId | None = None
    purpose: TextField | None = None
    topics: tuple[TextField, ...] = ()
    intentions: tuple[TextField, ...] = ()
    result: TextField | None = None
    status: HappeningStatus | None = None


class Event(Record):
    """A festival, fair, ceremony or anniversary."""

    kind = "event"
    plural = "events"
    title: TextField
    type: Literal["festival", "job fair", "ceremony", "anniversary", "exhibition", "report", "conference"]
    date: DateField
    place: TextField | None = None
    organiser: OrganisationId | None = None
    roles: tuple[Role, ...] = ()
    format: Format | None = None
    attendance: QuantityField | None = None
    claim: TextField | None = None
    text: TextField | None = None
    status: HappeningStatus | None = None


class Contribution(Record):
    """What somebody did for something, beside meetings and visits."""

    kind = "contribution"
    plural = "contributions"
    fresh_for = 184
    title: TextField
    by: tuple[ActorId, ...] = ()
    to: tuple[ActorId, ...] = ()
    with_: tuple[ActorId, ...] = field(default=(), name="with")
    date: DateField | None = None
    occasion: AnyId | None = None
    talk: str | None = None
    result: TextField | None = None
    claim: TextField | None = None
    status: Literal["done", "ongoing", "planned"] | None = None


class Statement(Record):
    """A position or reason somebody gave; *points* are what was said, one line each, in our words."""

    kind = "statement"
    plural = "statements"
    text: TextField
    speaker: ActorId | None = None
    post: TextField | None = None
    occasion: AnyId | None = None
    points: tuple[TextField, ...] = ()


class Milestone(Record):
    """A dated step that no other record holds."""

    kind = "milestone"
    plural = "milestones"
    title: TextField
    date: DateField
    of: AnyId | None = None
    level: Literal["institute", "academy", "ministry", "government", "alliance"] | None = None
    status: HappeningStatus | Literal["done"] | None = None


class Network(Record):
    """A network or programme of research: its fields, its partners, how it is chosen."""

    kind = "network"
    plural = "networks"
    dated = ("since",)
    lasting = True
    title: TextField
    count: QuantityField | None = None
    fields: tuple[TextField, ...] = ()
    partners: tuple[ActorId, ...] = ()
    occasion: AnyId | None = None
    since: DateField | None = None
    rule: TextField | None = None


#: Kinds whose date is the day on which they happened, and whose status says whether they did.
HAPPENINGS = (Meeting, Visit, Event, Contribution, Milestone)
#: The states that say that something did not happen, or not yet.
NOT_HAPPENED = frozenset({"planned", "postponed", "cancelled", "suspended"})


def has_happened(record: Record, by: date) -> bool:
    """Whether *record* is dated on the day *by* or before it, and does not say that it did not happen."""
    day = record.day
    return day is not None and has_come(day, by) and getattr(record, "status", None) not in NOT_HAPPENED
