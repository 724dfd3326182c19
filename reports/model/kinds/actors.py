"""Kinds that act: organisations and people, what binds them, how they are governed."""

from typing import Annotated, Literal

from msgspec import Meta

from reports.model.records import ORGANISATIONS, LinkTo, Name, OrganisationId, Part, Record
from reports.model.values import DateField, QuantityField, TextField


class Organisation(Record):
    """A body that acts: state, ministry, academy, institute, university, funder, laboratory …"""

    kind = "organisation"
    plural = "organisations"
    dated = ("founded",)
    lasting = True
    name: Name
    type: Literal[
        "state", "ministry", "bureau", "academy", "institute", "university", "funder", "laboratory", "centre",
        "mission", "intergovernmental", "network", "platform", "union", "company", "alliance", "office",
    ]  # fmt: skip
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$", extra={"wrong": "data/country"})] | None = None
    parent: OrganisationId | None = None
    successor: OrganisationId | None = None
    founded: DateField | None = None
    purpose: TextField | None = None


class Alliance(Organisation):
    """Organisations bound together by a charter."""

    kind = "alliance"
    plural = "alliances"
    mode: Literal["bottom-up", "top-down"] | None = None
    initiator: TextField | None = None
    region: TextField | None = None
    #: What *founded* dates, where it is not a founding.
    founding: Literal["founded", "approved", "resolution passed", "started", "under discussion"] | None = None
    size: TextField | None = None
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
    lasting = True
    fresh_for = 366
    alliance: OrganisationId
    member: OrganisationId
    rank: Literal["member", "signatory", "associate", "partner", "associate member state"]
    date: DateField | None = None
    status: Literal["in force", "in progress", "aspired", "ended"] | None = None


Right = Literal["decide", "vote", "observe", "working groups", "meetings"]


class MemberClass(Record):
    """A class of members of an alliance: who may belong to it, what its members may do and bring in.

    *rights* are those a source grants, *without* those it denies; of the others it says nothing.
    """

    kind = "member class"
    plural = "member_classes"
    dated = ()
    name: Name
    alliance: OrganisationId
    eligibility: TextField
    rights: tuple[Right, ...] = ()
    without: tuple[Right, ...] = ()
    provides: TextField | None = None


class SubBody(Part):
    """Working groups and the like below a governance body."""

    name: TextField
    count: QuantityField
    themes: tuple[TextField, ...] = ()


class GovernanceBody(Record):
    """A body that governs an alliance; *rank* 1 stands highest in the chart, *side* marks those beside."""

    kind = "governance body"
    plural = "governance_bodies"
    dated = ()
    name: Name
    alliance: OrganisationId
    rank: Annotated[int, Meta(ge=1, le=9)]
    side: bool = False
    composition: TextField | None = None
    powers: tuple[TextField, ...] = ()
    below: tuple[SubBody, ...] = ()
    chair: TextField | None = None


class Relation(Record):
    """How one body stands to another."""

    kind = "relation"
    plural = "relations"
    dated = ()
    subject: Annotated[str, LinkTo((*ORGANISATIONS, "governance body", "member class"))]
    verb: Literal["delegates to", "supervises", "advises", "aligns with", "funds", "observes", "meets jointly with",
                  "reports to", "takes part in"]  # fmt: skip
    object: Annotated[str, LinkTo((*ORGANISATIONS, "governance body", "member class"))]
    text: TextField | None = None
