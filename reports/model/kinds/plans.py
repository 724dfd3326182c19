"""Kinds that look ahead: goals, tasks, items for discussion, proposals, outlooks."""

from typing import Annotated, Literal

from msgspec import Meta, field

from reports.model.records import ActorId, AnyId, LinkTo, OrganisationId, Part, Record
from reports.model.values import DateField, DayField, TextField


class Goal(Record):
    """What an alliance or office is for."""

    kind = "goal"
    plural = "goals"
    dated = ()
    text: TextField
    of: OrganisationId
    horizon: DateField | None = None


class Task(Record):
    """What an alliance or office has to do; *fields* are examples its source names."""

    kind = "task"
    plural = "tasks"
    dated = ()
    title: TextField
    text: TextField
    of: OrganisationId
    fields: tuple[TextField, ...] = ()
    horizon: TextField | None = None
    priority: TextField | None = None


class Discussion(Record):
    """A matter put before leadership, from being raised until it is decided."""

    kind = "discussion"
    plural = "discussions"
    dated = ("raised",)
    lasting = True
    fresh_for = 92
    number: Annotated[int, Meta(ge=1)]
    topic: TextField
    ask: TextField
    owner: ActorId | None = None
    due: DateField | None = None
    raised: DateField
    context: tuple[AnyId, ...] = ()
    carried_over_from: Annotated[str, LinkTo(("discussion",))] | None = None
    status: Literal["open", "decided", "deferred", "withdrawn"] = "open"
    decision: TextField | None = None
    decided_by: AnyId | None = None


class Action(Record):
    """What somebody undertook to do: *from* the decision or meeting it follows from, *owner*, *due* and, once it is,
    *done*. Whether it is late is worked out, never typed."""

    kind = "action"
    plural = "actions"
    dated = ("due",)
    looks_ahead = True
    title: TextField
    from_: AnyId | None = field(default=None, name="from")
    owner: ActorId | None = None
    due: DateField | None = None
    done: DayField | None = None
    outcome: TextField | None = None


class Proposal(Record):
    """What somebody proposed to somebody, point by point, and what came of it."""

    kind = "proposal"
    plural = "proposals"
    dated = ("date",)
    number: Annotated[int, Meta(ge=1)] | None = None
    title: TextField
    text: TextField | None = None
    points: tuple[TextField, ...] = ()
    by: tuple[ActorId, ...] = ()
    to: tuple[ActorId, ...] = ()
    occasion: AnyId | None = None
    rationale: TextField | None = None
    date: DateField | None = None
    response: Literal["adopted", "supported in principle", "welcomed", "declined"] | None = None


class Measure(Part):
    """One measure of an outlook with its sub-points."""

    text: TextField
    points: tuple[TextField, ...] = ()


class Outlook(Record):
    """What is to come in one field: where things stand, then the measures."""

    kind = "outlook"
    plural = "outlooks"
    dated = ()
    fresh_for = 366
    title: TextField
    status_quo: tuple[TextField, ...] = ()
    measures: tuple[Measure, ...] = ()
    horizon: DateField | None = None
