"""Kinds that are counted and measured: metrics, budgets, facilities."""

from typing import Annotated, Literal

from msgspec import Meta

from reports.model.records import ActorId, AnyId, LinkTo, Locator, Name, OrganisationId, Part, Record
from reports.model.values import (
    DateField,
    DayField,
    MomentField,
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


#: The fields of which one holds a figure.
FIGURES = ("ratio", "quantity", "share", "money")


def figure_in(holder: object) -> Value | None:
    """The figure that *holder* has in one of its fields, None where it has none."""
    return next((found for name in FIGURES if (found := getattr(holder, name)) is not None), None)


class Figured(Part):
    """What holds one figure."""

    ratio: RatioField | None = None
    quantity: QuantityField | None = None
    share: ShareField | None = None
    money: MoneyField | None = None
    source: tuple[Locator, ...] = ()
    note: TextField | None = None

    @property
    def value(self) -> Value:
        """The figure, whichever field holds it."""
        found = figure_in(self)
        assert found is not None, "validation lets no other through"
        return found


class Reported(Figured):
    """A figure as it was at a time, learnt on *known* (left out: at the end of that time). The same time once more,
    learnt later, is a revision."""

    at: MomentField
    known: DayField | None = None


class FigureTarget(Figured):
    """What a figure is to be *by* a time."""

    by: MomentField


class Baseline(Figured):
    """What a figure was when its targets were set."""

    at: MomentField


class Metric(Record):
    """One measured or stated figure: exactly one of ratio, quantity, share and money holds it, or else *values* hold
    what it was at several times.

    *parts* name what a ratio compares (two) or what a share is of and its rest. *components* break a quantity
    down; with *adds_up* (the rule) they must sum to it. *counts* says which records a quantity is the number of.
    """

    kind = "metric"
    plural = "metrics"
    fresh_for = 366
    settled = frozenset({*FIGURES, "date", "values", "target", "baseline"})
    title: TextField
    subject: Annotated[str, LinkTo()] | None = None
    ratio: RatioField | None = None
    quantity: QuantityField | None = None
    share: ShareField | None = None
    money: MoneyField | None = None
    values: tuple[Reported, ...] = ()
    target: tuple[FigureTarget, ...] = ()
    baseline: Baseline | None = None
    unit: TextField | None = None
    parts: tuple[TextField, ...] = ()
    components: tuple[Component, ...] = ()
    adds_up: bool = True
    counts: Count | None = None
    date: DateField | None = None
    group: str | None = None

    @property
    def value(self) -> Value:
        """The figure, whichever field holds it; of figures over time the latest."""
        found = figure_in(self) or (figure_in(self.values[-1]) if self.values else None)
        assert found is not None, "validation lets no metric without a figure through"
        return found


class Spent(Part):
    """What was spent of a budget in a period, learnt on *known* (left out: at its end)."""

    at: MomentField
    known: DayField | None = None
    money: MoneyField
    source: tuple[Locator, ...] = ()
    note: TextField | None = None


class Budget(Record):
    """Money for something: who pays whom, for how long; *spent* is what was paid out of it, period by period;
    *part_of* names the budget this is a part of."""

    kind = "budget"
    plural = "budgets"
    dated = ("date",)
    fresh_for = 366
    settled = frozenset({"spent"})
    title: TextField
    money: MoneyField
    spent: tuple[Spent, ...] = ()
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
