"""What records must not say together: a tuple of small functions, one rule each, told in its docstring.

To add a rule, write a function from the Dataset to problems, its message, a bad-YAML case, and put it into CHECKS.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType

from reports.diagnostics.problems import Problem, Where, near
from reports.model.formatting import plain_number
from reports.model.kinds import KINDS
from reports.model.kinds.activities import Agreement
from reports.model.kinds.metrics import FIGURES, Budget, Count, Metric
from reports.model.kinds.plans import Discussion
from reports.model.records import Dataset, Record, links_of
from reports.model.values import Bound, Quantity
from reports.records.name_checks import (
    former_ids_are_free,
    former_names_follow_each_other,
    names_are_borne_once,
)


def signed_before_effective(dataset: Dataset) -> Iterator[Problem]:
    """An agreement is signed before it takes effect, as far as both days are known."""
    for record in dataset.all("agreements"):
        assert isinstance(record, Agreement)
        signed, effective = record.signed, record.effective
        if signed is None or effective is None or {signed.relation, effective.relation} != {"on"}:
            continue
        if signed.start and effective.end and signed.start > effective.end:
            args = {
                "signed": _typed(dataset, record, "signed"),
                "effective": _typed(dataset, record, "effective"),
            }
            yield Problem(_where(dataset, record, "signed"), "data/signed-after-effective", args)


def one_figure(dataset: Dataset) -> Iterator[Problem]:
    """A metric holds exactly one figure."""
    for record in dataset.all("metrics"):
        given = [name for name in FIGURES if getattr(record, name) is not None]
        if len(given) != 1:
            where = _where(dataset, record, given[1]) if given else dataset.nodes[record.id].where
            yield Problem(where, "data/one-of", {"fields": ", ".join(FIGURES)})


def ratio_has_two_parts(dataset: Dataset) -> Iterator[Problem]:
    """A ratio says which two parts it compares."""
    for record in dataset.all("metrics"):
        assert isinstance(record, Metric)
        if record.ratio is not None and len(record.parts) != 2:
            field = "parts" if record.parts else "ratio"
            yield Problem(_where(dataset, record, field), "data/ratio-parts", {"count": len(record.parts)})


_LEADING = ("parent", "successor", "predecessor", "carried_over_from", "part_of")


def no_circles(dataset: Dataset) -> Iterator[Problem]:
    """Nothing is its own parent, successor, predecessor or earlier discussion, or a part of itself, however far around."""
    for field in _LEADING:
        done: set[str] = set()
        for record in (r for r in dataset.records.values() if field in r.__struct_fields__):
            circle = _circle(dataset, record, field, done)
            if circle:
                first = dataset.records[circle[0]]
                args = {"chain": " → ".join((*circle, circle[0]))}
                yield Problem(_where(dataset, first, field), "data/circular", args)


def _circle(dataset: Dataset, record: Record, field: str, done: set[str]) -> list[str]:
    """The ids of a circle that begins behind *record* and was not seen before; *done* grows by what was seen."""
    way: list[str] = []
    here: Record | None = record
    while here is not None and here.id not in done:
        done.add(here.id)
        way.append(here.id)
        here = dataset.records.get(getattr(here, field, None) or "")
    return way[way.index(here.id) :] if here is not None and here.id in way else []


def numbers_are_unique(dataset: Dataset) -> Iterator[Problem]:
    """The open discussions of one programme have each their own number."""
    taken: dict[tuple[str, int], Where] = {}
    for record in dataset.all("discussions"):
        assert isinstance(record, Discussion)
        if record.status != "open":
            continue
        where = _where(dataset, record, "number")
        first = taken.setdefault((dataset.programmes[record.id], record.number), where)
        if first is not where:
            args = {"number": record.number, "other": str(first)}
            yield Problem(where, "data/duplicate-number", args)


def decisions_are_told(dataset: Dataset) -> Iterator[Problem]:
    """A decided discussion says what was decided."""
    for record in dataset.all("discussions"):
        assert isinstance(record, Discussion)
        if record.status == "decided" and record.decision is None:
            yield Problem(_where(dataset, record, "status"), "data/no-decision")


# --- sums -------------------------------------------------------------------------------------------------

#: Bounds whose number is itself the value, or as near to it as the source knows.
_POINTS: tuple[Bound, ...] = ("exact", "about")


def components_add_up(dataset: Dataset) -> Iterator[Problem]:
    """The components of a quantity sum to it, where all are exact and *adds_up* says so."""
    for record in dataset.all("metrics"):
        assert isinstance(record, Metric)
        parts = [component.value for component in record.components]
        if record.quantity is None or not parts or not record.adds_up:
            continue
        if any(value.bound != "exact" for value in (record.quantity, *parts)):
            continue
        found, total = sum(map(_plain, parts), Decimal()), _plain(record.quantity)
        if found != total:
            terms = " + ".join(plain_number(_plain(part)) for part in parts)
            args = {"parts": terms, "sum": plain_number(found), "total": plain_number(total)}
            yield Problem(_where(dataset, record, "quantity"), "data/sum", args)


def _plain(quantity: Quantity) -> Decimal:
    return quantity.value.scaleb(quantity.exponent)


def halves_make_a_whole(dataset: Dataset) -> Iterator[Problem]:
    """Two shares of one group and subject that name each other's parts sum to 100 %."""
    for same in _shares(dataset):
        for i, one in enumerate(same):
            for other in same[i + 1 :]:
                if _are_halves(one, other) and _sum_of([one, other]) != _WHOLE and _are_points([one, other]):
                    args = {"sum": plain_number(_sum_of([one, other])), "other": one.id}
                    yield Problem(_where(dataset, other, "share"), "data/not-a-whole", args)


def shares_fit_into_a_whole(dataset: Dataset) -> Iterator[Problem]:
    """The shares of one group, subject and date are no more than 100 % together."""
    for same in _shares(dataset):
        total = _sum_of(same)
        if total > _WHOLE and not (len(same) == 2 and _are_halves(*same)):
            args = {"sum": plain_number(total), "others": ", ".join(record.id for record in same[:-1])}
            yield Problem(_where(dataset, same[-1], "share"), "data/more-than-a-whole", args, "warning")


_WHOLE = Decimal(100)
#: Bounds under which the true value may be nothing.
_UPPER: tuple[Bound, ...] = ("less than", "at most", "far below")


def _shares(dataset: Dataset) -> Iterator[list[Metric]]:
    """The metrics with a share that belong together, two and more."""
    groups: dict[object, list[Metric]] = {}
    for record in dataset.all("metrics"):
        assert isinstance(record, Metric)
        if record.share is not None and record.group:
            key = (dataset.programmes[record.id], record.group, record.subject, record.date)
            groups.setdefault(key, []).append(record)
    yield from (same for same in groups.values() if len(same) > 1)


def _are_halves(one: Metric, other: Metric) -> bool:
    """True when each names the other's part as the rest of its whole."""
    return len(one.parts) == 2 and one.parts == other.parts[::-1]


def _sum_of(metrics: Iterable[Metric]) -> Decimal:
    """The least the shares can be together."""
    shares = (metric.share for metric in metrics if metric.share and metric.share.bound not in _UPPER)
    return sum((share.percent for share in shares), Decimal())


def _are_points(metrics: Iterable[Metric]) -> bool:
    return all(metric.share and metric.share.bound in _POINTS for metric in metrics)


def budgets_hold_their_parts(dataset: Dataset) -> Iterator[Problem]:
    """The parts of a budget, in its currency and on its basis, are no more than the whole together."""
    spent: dict[str, Decimal] = {}
    for record in dataset.all("budgets"):
        assert isinstance(record, Budget)
        whole = dataset.records.get(record.part_of or "")
        if not isinstance(whole, Budget) or (whole.basis, whole.money.currency) != (
            record.basis,
            record.money.currency,
        ):
            continue
        if record.money.bound in _UPPER or whole.money.bound not in (*_POINTS, *_UPPER):
            continue
        before = spent.get(whole.id, Decimal())
        spent[whole.id] = before + record.money.amount
        if before <= whole.money.amount < spent[whole.id]:
            args = {"whole": whole.id, "amount": f"{whole.money.currency} {plain_number(whole.money.amount)}"}
            args["sum"] = f"{whole.money.currency} {plain_number(spent[whole.id])}"
            yield Problem(_where(dataset, record, "money"), "data/more-than-its-budget", args)


# --- counts -----------------------------------------------------------------------------------------------


def figures_agree_with_records(dataset: Dataset) -> Iterator[Problem]:
    """A figure that says which records it counts is their number."""
    for record in dataset.all("metrics"):
        assert isinstance(record, Metric)
        if record.counts and record.quantity:
            yield from _counted(dataset, record, record.counts, record.quantity, ("counts",))
        for i, part in enumerate(record.components):
            if part.counts:
                yield from _counted(dataset, record, part.counts, part.value, ("components", i, "counts"))


def _counted(
    dataset: Dataset, record: Metric, counts: Count, stated: Quantity, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    node = dataset.nodes[record.id]
    if counts.kind not in KINDS:
        known = {"known": ", ".join(KINDS), "near": near(counts.kind, KINDS)}
        yield Problem(node.at(*path, "kind").where, "data/unknown-kind", {"kind": counts.kind, **known})
        return
    number = sum(_is_meant(other, counts) for other in dataset.all(counts.kind))
    if not _agrees(stated, number):
        typed = node.at(*path[:-1], "value" if len(path) > 1 else "quantity")
        args: dict[str, object] = {"stated": typed.text, "kind": counts.kind, "number": number}
        yield Problem(typed.where, "data/miscounted", args)


def _is_meant(record: Record, counts: Count) -> bool:
    """True when *record* leads to what is counted and is of the type and status asked for."""
    asked = ((name, word) for name in ("type", "status") if (word := getattr(counts, name)))
    if any(getattr(record, name, None) != word for name, word in asked):
        return False
    held = (getattr(record, name) for name, _ in links_of(type(record)))
    return any(counts.of in value if isinstance(value, tuple) else counts.of == value for value in held)


#: What a bound leaves possible; under the others any number may be meant.
_ALLOWS: Mapping[Bound, Callable[[Decimal, int], bool]] = MappingProxyType(
    {
        "exact": lambda stated, number: number == stated,
        "more than": lambda stated, number: number > stated,
        "at least": lambda stated, number: number >= stated,
        "less than": lambda stated, number: number < stated,
        "at most": lambda stated, number: number <= stated,
    }
)


def _agrees(stated: Quantity, number: int) -> bool:
    return stated.bound not in _ALLOWS or _ALLOWS[stated.bound](_plain(stated), number)


#: Kinds whose numbers are those of a list that readers see whole.
_NUMBERED = ("citations", "remarks", "proposals")


def numbers_run_on(dataset: Dataset) -> Iterator[Problem]:
    """The numbers of a programme's citations, remarks and proposals are 1, 2, 3 and so on, each given once."""
    for kind in _NUMBERED:
        numbered = [record for record in dataset.all(kind) if getattr(record, "number", None)]
        by_number = sorted(numbered, key=lambda record: (dataset.programmes[record.id], _number(record)))
        for _, records in groupby(by_number, key=lambda record: dataset.programmes[record.id]):
            before = 0
            for record in records:
                number = _number(record)
                if number != before + 1:
                    args = {"kind": kind, "number": number, "before": before, "expected": before + 1}
                    code = "data/number-twice" if number == before else "data/number-gap"
                    yield Problem(_where(dataset, record, "number"), code, args, "warning")
                before = number


def _number(record: Record) -> int:
    number = getattr(record, "number", 0)
    assert isinstance(number, int)
    return number


#: About one record alone: they hold after each of its entries.
CHECKS_OF_ONE: tuple[Callable[[Dataset], Iterator[Problem]], ...] = (
    signed_before_effective,
    ratio_has_two_parts,
    decisions_are_told,
    components_add_up,
)

#: All of them run on every reading of valid data.
CHECKS: tuple[Callable[[Dataset], Iterator[Problem]], ...] = (
    signed_before_effective,
    one_figure,
    ratio_has_two_parts,
    no_circles,
    numbers_are_unique,
    decisions_are_told,
    components_add_up,
    halves_make_a_whole,
    shares_fit_into_a_whole,
    budgets_hold_their_parts,
    names_are_borne_once,
    former_ids_are_free,
    former_names_follow_each_other,
)

#: These run when every record could be read; a record left out for its own faults would be missed by them.
CHECKS_OF_ALL: tuple[Callable[[Dataset], Iterator[Problem]], ...] = (
    figures_agree_with_records,
    numbers_run_on,
)


def overdue(dataset: Dataset, as_of: date, programmes: Collection[str] = ()) -> Iterator[Problem]:
    """Warn of meetings, visits and events still planned though their last possible day lies before *as_of*.

    *programmes* are the folders to look at; none named: all.
    """
    for kind in ("meetings", "visits", "events"):
        for record in dataset.all(kind):
            day = record.day
            open_ended = day is None or day.end is None or day.relation == "after"
            if programmes and dataset.programmes[record.id] not in programmes:
                continue
            if open_ended or getattr(record, "status", "") != "planned" or day.end >= as_of:
                continue
            args = {"date": _typed(dataset, record, "date"), "as_of": as_of.isoformat()}
            yield Problem(_where(dataset, record, "date"), "data/planned-in-past", args, "warning")


def _where(dataset: Dataset, record: Record, field: str) -> Where:
    return dataset.nodes[record.id].at(field).where


def _typed(dataset: Dataset, record: Record, field: str) -> str:
    """What the editor typed in *field*."""
    node = dataset.nodes[record.id].at(field)
    return node.text or node.at("date").text
