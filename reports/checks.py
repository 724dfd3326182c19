"""What records must not say together: a tuple of small functions, one rule each, told in its docstring.

To add a rule, write a function from the Dataset to problems, its message, a bad-YAML case, and put it into CHECKS.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from reports.kinds.figures import Metric
from reports.kinds.happenings import Agreement
from reports.kinds.plans import Discussion
from reports.model import Dataset, Record
from reports.problems import Problem, Where


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


_FIGURES = ("ratio", "quantity", "share", "money")


def one_figure(dataset: Dataset) -> Iterator[Problem]:
    """A metric holds exactly one figure."""
    for record in dataset.all("metrics"):
        given = [name for name in _FIGURES if getattr(record, name) is not None]
        if len(given) != 1:
            where = _where(dataset, record, given[1]) if given else dataset.nodes[record.id].where
            yield Problem(where, "data/one-of", {"fields": ", ".join(_FIGURES)})


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
        for record in (r for r in dataset.records.values() if field in type(r).model_fields):
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


#: All of them run on every valid Dataset.
CHECKS: tuple[Callable[[Dataset], Iterator[Problem]], ...] = (
    signed_before_effective,
    one_figure,
    ratio_has_two_parts,
    no_circles,
    numbers_are_unique,
    decisions_are_told,
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
