"""What cannot have been in this order: a tuple of small functions a kind, one rule each, told in its docstring.

Dates say as much as their sources do: a rule speaks only where it is broken whichever days are meant. It looks at a
record as it was typed and after each of its entries. Rules that have to know what day it is stand in `ahead`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from msgspec import Struct

from reports.diagnostics.problems import Problem
from reports.model.cutoff import LATEST
from reports.model.dates import PartialDate, last_day, surely_before
from reports.model.kinds.activities import NOT_HAPPENED, Agreement
from reports.model.kinds.actors import Organisation
from reports.model.kinds.metrics import Budget, Metric, Reported, Spent
from reports.model.kinds.plans import Action, Discussion
from reports.model.records import Dataset, Locator, Node, Part, Record, UpdateEntry, fields
from reports.records.readings.reading import in_order, states


class Dated(Struct, frozen=True):
    """A date with its place."""

    day: PartialDate
    node: Node

    @property
    def typed(self) -> str:
        """What the editor typed."""
        return self.node.text or self.node.at("date").text

    def problem(self, code: str, other: Dated | None = None, **args: object) -> Problem:
        """Warn of this date, and name the line of the *other* one that it does not go with."""
        if other is not None:
            args |= {"than": other.typed, "other": str(other.node.at("date").where)}
        return Problem(self.node.at("date").where, code, {"date": self.typed, **args}, "warning")

    def is_before(self, other: Dated) -> bool:
        """Whether it is, whichever days the two mean."""
        return surely_before(self.day, other.day)


class RecordVersion(Struct, frozen=True):
    """A record of *dataset* as it says at first, or after one of its entries: *changed* are the fields of the entry
    (None: at first), *learnt* the day that it was known (None: not said)."""

    dataset: Dataset
    record: Record
    node: Node
    learnt: Dated | None
    changed: frozenset[str] | None = None


Rule = Callable[[RecordVersion], Iterator[Problem]]


def out_of_order(dataset: Dataset) -> Iterator[Problem]:
    """Tell what is wrong in time with the records of *dataset*, which is as it was typed."""
    for record in dataset.records.values():
        node = dataset.nodes[record.id]
        yield from years_are_meant(record, node)
        if record.updates or record.known or record.plural in _OVER_TIME:
            yield from _of_entries(dataset, record, node)
        if record.plural in RULES:
            yield from _of_versions(dataset, record)


def _of_versions(dataset: Dataset, record: Record) -> Iterator[Problem]:
    """What breaks the rules of its kind, each told once."""
    told: set[tuple[object, str]] = set()
    for version in versions(dataset, record):
        for problem in (one for rule in RULES[record.plural] for one in rule(version)):
            if (problem.where, problem.code) not in told:
                told.add((problem.where, problem.code))
                yield problem


def versions(dataset: Dataset, record: Record) -> Iterator[RecordVersion]:
    """Yield *record* as it says at first, then after each of its entries."""
    node = dataset.nodes[record.id]
    yield RecordVersion(dataset, record, node, _dated(record.known, node, "known"))
    if record.updates:
        entries = in_order(record, LATEST)
        for (i, entry), (state, places) in zip(entries, states(record, node), strict=True):
            yield RecordVersion(
                dataset, state, places, _learnt(entry, node.at("updates", i)), frozenset(entry.values)
            )


def happened(version: RecordVersion) -> Dated | None:
    """When that happened which *version* says has happened; None where it says so of nothing."""
    record, node = version.record, version.node
    if isinstance(record, Action):
        return _dated(record.done, node, "done")
    if isinstance(record, Agreement):
        return _dated(record.signed, node, "signed") if record.status in _SIGNED else None
    is_past = "status" in node.below and getattr(record, "status", None) in PAST.get(record.plural, ())
    return _dated(record.day, node, "date") if is_past else None


#: States that say of the kinds of what happens that it is over.
PAST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "meetings": ("held",),
        "visits": ("held",),
        "events": ("held",),
        "milestones": ("held", "done"),
        "contributions": ("done",),
    }
)
_SIGNED = ("signed", "in force", "ended")
#: The kinds that `happened` knows.
HAPPEN = frozenset((*PAST, Action.plural, Agreement.plural))


def _dated(day: PartialDate | None, node: Node, *path: str | int) -> Dated | None:
    """A field's date with its place; None where there is none, or no day is known."""
    return Dated(day, node.at(*path)) if day is not None and day.start is not None else None


def _learnt(entry: UpdateEntry, place: Node) -> Dated:
    return Dated(entry.known or entry.on, place.at("known" if entry.known else "on"))


# --- any date ---------------------------------------------------------------------------------------------

#: No report tells of what was before, or is to come after, but where bodies and names begin: some are very old.
FIRST_YEAR, LAST_YEAR, OLDEST_YEAR = 1600, 2100, 800
_MAY_BE_OLD = frozenset(("founded", "since", "until"))


def years_are_meant(part: Part, node: Node) -> Iterator[Problem]:
    """A year is one that somebody may have meant, not 0205 or 2205."""
    for name, key in _holding_dates(type(part)):
        value = getattr(part, name)
        if isinstance(value, PartialDate):
            if _is_odd(name, value):
                yield Dated(value, node.at(key)).problem("time/year")
        elif value:
            odd = (found for found in _days_in(value, name, (key,)) if _is_odd(found[0], found[1]))
            yield from (Dated(day, node.at(*path)).problem("time/year") for _, day, path in odd)


def _is_odd(name: str, day: PartialDate) -> bool:
    if day.start is None or day.end is None or day.certainty == "illegible":
        return False
    return day.start.year < (OLDEST_YEAR if name in _MAY_BE_OLD else FIRST_YEAR) or day.end.year > LAST_YEAR


_Path = tuple[str | int, ...]


def _days_in(value: object, name: str, path: _Path) -> Iterator[tuple[str, PartialDate, _Path]]:
    """Every date in *value*, with the name of its field, and the way to it."""
    if isinstance(value, PartialDate):
        yield name, value, path
    elif isinstance(value, tuple):
        for i, one in enumerate(value):
            yield from _days_in(one, name, (*path, i))
    elif isinstance(value, Part):
        for field, key in _holding_dates(type(value)):
            if held := getattr(value, field):
                yield from _days_in(held, field, (*path, key))
        if isinstance(value, UpdateEntry):
            for field, held in value.values.items():
                yield from _days_in(held, field, (*path, field.rstrip("_")))


@cache
def _holding_dates(part: type[Part]) -> tuple[tuple[str, str], ...]:
    """The fields of *part* with dates in them, and their keys."""
    known = fields(part).items()
    return tuple((name, info.encode_name) for name, info in known if _leads_to_dates(info.type))


def _leads_to_dates(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return bool(_holding_dates(annotation))
    return annotation is PartialDate or any(map(_leads_to_dates, get_args(annotation)))


# --- entries ----------------------------------------------------------------------------------------------

_OVER_TIME = frozenset((Metric.plural, Budget.plural))


def _of_entries(dataset: Dataset, record: Record, node: Node) -> Iterator[Problem]:
    known = _dated(record.known, node, "known")
    if known is not None:
        yield from _source_is_older(dataset, known, record.source)
    begins = _there_from(dataset, record, node) if record.updates else None
    for i, entry in enumerate(record.updates):
        assert isinstance(entry, UpdateEntry)
        place = node.at("updates", i)
        on, learnt = Dated(entry.on, place.at("on")), _learnt(entry, place)
        if begins is not None and learnt.is_before(begins):
            yield learnt.problem("time/entry-before-record", begins)
        yield from _learnt_in_time(dataset, on, learnt, entry.source)
    name, values = _values_of(record)
    for i, value in enumerate(values):
        at = Dated(value.at, node.at(name, i, "at"))
        yield from _learnt_in_time(dataset, at, _dated(value.known, node, name, i, "known"), value.source)


def _values_of(record: Record) -> tuple[str, tuple[Reported | Spent, ...]]:
    """What a figure was at several times, and the field that holds it."""
    if isinstance(record, Metric):
        return "values", record.values
    return "spent", record.spent if isinstance(record, Budget) else ()


def _there_from(dataset: Dataset, record: Record, node: Node) -> Dated | None:
    """Since when there is *record* (see `existence`): its entries are later."""
    if record.known is not None:
        return Dated(record.known, node.at("known"))
    if record.plural in {"sources", *_OVER_TIME} or record.looks_ahead:
        return None
    if getattr(record, "status", None) in NOT_HAPPENED:
        told = _dates_of(dataset, record.source)
        return min(told, key=lambda one: one.day.sort_key, default=None)
    return _own_day(record, node)


def _own_day(record: Record, node: Node) -> Dated | None:
    name = next((name for name in record.dated if getattr(record, name, None) is not None), "")
    return _dated(getattr(record, name), node, name) if name else None


def _learnt_in_time(
    dataset: Dataset, on: Dated, learnt: Dated | None, source: tuple[Locator, ...]
) -> Iterator[Problem]:
    """Nothing is learnt before it became so, nor out of a source that was not written yet; and no source tells what
    became so after it."""
    if learnt is not None and learnt.is_before(on):
        yield learnt.problem("time/known-before-on", on)
        return
    told = _dates_of(dataset, source)
    if told and len(told) == len(source) and all(one.is_before(on) for one in told):
        yield on.problem("time/after-its-source", max(told, key=lambda one: one.day.sort_key))
    elif learnt is not None:
        said = learnt.node != on.node
        yield from _source_is_older(dataset, learnt, source, timedelta() if said else MINUTES_WITHIN)


def _source_is_older(
    dataset: Dataset, learnt: Dated, source: tuple[Locator, ...], within: timedelta = timedelta()
) -> Iterator[Problem]:
    """What was learnt stood in a source by then; where nobody says when it was learnt, the minutes may come later."""
    told = _dates_of(dataset, source)
    if told and len(told) == len(source) and all(learnt.is_before(one) for one in told):
        first = min(told, key=lambda one: one.day.sort_key)
        if first.day.sort_key[0] - last_day(learnt.day) > within:
            yield learnt.problem("time/before-its-source", first)


#: Minutes and letters are written so soon after what they tell of.
MINUTES_WITHIN = timedelta(days=31)


def _dates_of(dataset: Dataset, source: tuple[Locator, ...]) -> list[Dated]:
    """The dates of the documents that have one."""
    known = ((dataset.records.get(locator.doc), dataset.nodes.get(locator.doc)) for locator in source)
    dates = (_dated(doc.day, node, "date") for doc, node in known if doc is not None and node is not None)
    return [one for one in dates if one is not None]


# --- one record -------------------------------------------------------------------------------------------


def due_after_raised(version: RecordVersion) -> Iterator[Problem]:
    """A matter is due after it was raised."""
    assert isinstance(version.record, Discussion)
    due = _dated(version.record.due, version.node, "due")
    raised = _dated(version.record.raised, version.node, "raised")
    if due is not None and raised is not None and due.is_before(raised):
        yield due.problem("time/due-before-raised", raised)


def due_after_it_was_undertaken(version: RecordVersion) -> Iterator[Problem]:
    """An action is due after the decision or the meeting it comes from."""
    assert isinstance(version.record, Action)
    due = _dated(version.record.due, version.node, "due")
    of = version.dataset.records.get(version.record.from_ or "")
    begun = _undertaken(version.dataset, of) if due is not None and of is not None else None
    if due is not None and begun is not None and due.is_before(begun):
        yield due.problem("time/due-before-undertaken", begun)


def _undertaken(dataset: Dataset, record: Record) -> Dated | None:
    """The day of a decision, of a meeting and the like, as it is said last."""
    if isinstance(record, Discussion):
        for i, entry in reversed(in_order(record, LATEST)):
            if "decision" in entry.values or entry.values.get("status") == "decided":
                return Dated(entry.on, dataset.nodes[record.id].at("updates", i, "on"))
    elif record.lasting:
        return None
    last = list(versions(dataset, record))[-1]
    return _own_day(last.record, last.node)


def parties_sign_by_then(version: RecordVersion) -> Iterator[Problem]:
    """No party signs after the day on which the agreement was signed."""
    assert isinstance(version.record, Agreement)
    signed = _dated(version.record.signed, version.node, "signed")
    for i, party in enumerate(version.record.signatories if signed else ()):
        its = _dated(party.signed, version.node, "signatories", i, "signed")
        if signed is not None and its is not None and signed.is_before(its):
            yield its.problem("time/signed-after-agreement", signed)


def names_end_after_the_body_began(version: RecordVersion) -> Iterator[Problem]:
    """A body had its former names after it was founded; what else began on that day says nothing of its names."""
    assert isinstance(version.record, Organisation)
    founded = _dated(version.record.founded, version.node, "founded")
    if founded is None or getattr(version.record, "founding", None) not in (None, "founded"):
        return
    for i, name in enumerate(version.record.name.former):
        until = _dated(name.until, version.node, "name", "former", i, "until")
        if until is not None and until.is_before(founded):
            yield until.problem("time/name-before-body", founded)


def targets_come_after_their_baseline(version: RecordVersion) -> Iterator[Problem]:
    """A target is to be reached after the baseline it is measured from."""
    assert isinstance(version.record, Metric)
    baseline = version.record.baseline
    for i, target in enumerate(version.record.target if baseline is not None else ()):
        assert baseline is not None and baseline.at.end is not None and target.by.end is not None
        if target.by.end <= baseline.at.end:
            by = Dated(target.by, version.node.at("target", i, "by"))
            yield by.problem(
                "time/target-before-baseline", Dated(baseline.at, version.node.at("baseline", "at"))
            )


def past_when_it_was_told(version: RecordVersion) -> Iterator[Problem]:
    """Nobody knows that something was held before the day on which it was."""
    if version.learnt is None or (version.changed is not None and version.changed.isdisjoint(_OF_THE_PAST)):
        return
    day = happened(version)
    if day is not None and version.learnt.is_before(day):
        yield day.problem("time/told-before-held", version.learnt)


_OF_THE_PAST = frozenset(("status", "date", "signed", "done"))

RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "discussions": (due_after_raised,),
        "actions": (due_after_it_was_undertaken, past_when_it_was_told),
        "agreements": (parties_sign_by_then, past_when_it_was_told),
        "organisations": (names_end_after_the_body_began,),
        "alliances": (names_end_after_the_body_began,),
        "offices": (names_end_after_the_body_began,),
        "metrics": (targets_come_after_their_baseline,),
        **dict.fromkeys(PAST, (past_when_it_was_told,)),
    }
)
