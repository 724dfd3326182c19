"""Kinds that are counted and measured: metrics, budgets, facilities."""

from typing import Annotated, Literal

from msgspec import Meta

from reports.model.records import ActorId, AnyId, LinkTo, Name, OrganisationId, Part, Record
from reports.model.values import (
    DateField,
    MoneyField,
    QuantityField,
    RatioField,
    ShareField,
    TextField,
    Value,
)

FacilityId = Annotated[str, LinkTo(("facility",))]


class Count(Part):
    """Which records a figure counts: those of *kind* (as data files list them) that lead to *of*, and have that
    *type* and *status* where these are given. The checks compare their number with the figure."""

    kind: str
    of: AnyId
    type: str | None = None
    status: str | None = None


class Component(Part):
    """One part of a counted whole."""

    label: TextField
    value: QuantityField
    counts: Count | None = None


class Metric(Record):
    """One measured or stated figure; exactly one of ratio, quantity, share and money holds it.

    *parts* name what a ratio compares (two) or what a share is of and its rest. *components* break a quantity
    down; with *adds_up* (the rule) they must sum to it. *counts* says which records a quantity is the number of.
    """

    kind = "metric"
    plural = "metrics"
    fresh_for = 366
    title: TextField
    subject: Annotated[str, LinkTo()] | None = None
    ratio: RatioField | None = None
    quantity: QuantityField | None = None
    share: ShareField | None = None
    money: MoneyField | None = None
    unit: TextField | None = None
    parts: tuple[TextField, ...] = ()
    components: tuple[Component, ...] = ()
    adds_up: bool = True
    counts: Count | None = None
    date: DateField | None = None
    group: str | None = None

    @property
    def value(self) -> Value:
        """The figure, whichever field holds it."""
        for found in (self.ratio, self.quantity, self.share, self.money):
            if found is not None:
                return found
        raise AssertionError("validation lets no metric without a figure through")


class Budget(Record):
    """Money for something: who pays whom, for how long; *part_of* names the budget this is a part of."""

    kind = "budget"
    plural = "budgets"
    dated = ("date",)
    fresh_for = 366
    title: TextField
    money: MoneyField
    basis: Literal["a year", "in all", "over the term"]
    years: QuantityField | None = None
    payer: ActorId | None = None
    payee: OrganisationId | None = None
    channel: TextField | None = None
    part_of: Annotated[str, LinkTo(("budget",))] | None = None
    date: DateField | None = None


FacilityType = Literal[
    "synchrotron", "free-electron laser", "neutron source", "laser", "telescope", "microprobe", "collider",
    "therapy", "grid site", "data node", "tokamak", "microscope", "earth observation",
]  # fmt: skip
FacilityStatus = Literal[
    "running", "upgrade", "under construction", "construction started", "preliminary design", "pre-research",
    "about to open", "planned",
]  # fmt: skip


class Facility(Record):
    """A large facility or instrument."""

    kind = "facility"
    plural = "facilities"
    dated = ()
    fresh_for = 366
    name: Name
    type: FacilityType
    operators: tuple[OrganisationId, ...] = ()
    owners: tuple[OrganisationId, ...] = ()
    country: OrganisationId | None = None
    place: TextField | None = None
    reach: Literal["single-site", "distributed", "national-unique"] | None = None
    alliances: tuple[OrganisationId, ...] = ()
    status: FacilityStatus | None = None
    beamlines: QuantityField | None = None
    phase: TextField | None = None
    part_of: FacilityId | None = None
    parameter: TextField | None = None


class Category(Record):
    """One class, function or path of a classification; *group* names the classification."""

    kind = "category"
    plural = "categories"
    dated = ()
    group: Annotated[str, Meta(min_length=1)]
    title: TextField
    text: TextField | None = None
    points: tuple[TextField, ...] = ()
    examples: tuple[Annotated[str, LinkTo()], ...] = ()
