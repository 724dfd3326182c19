"""Figures over time: which of their values were known on a day, and what a record says with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct, field

from reports.model.cutoff import Cutoff
from reports.model.dates import last_day
from reports.model.kinds.metrics import FIGURES, Budget, Metric, Reported, Spent
from reports.model.records import Locator, Node, Record


class FigureThen(Struct):
    """What a record takes from its values: the fields it says then, their places, the times these are entered under,
    and the sources they come from."""

    values: dict[str, object] = field(default_factory=dict)
    places: dict[str | int, Node] = field(default_factory=dict)
    entered: dict[str | int, str] = field(default_factory=dict)
    sources: list[tuple[Locator, Node]] = field(default_factory=list)


def over_time(record: Record) -> bool:
    """Whether *record* holds values of several times."""
    return bool(_listed(record))


def as_of(record: Metric | Budget, node: Node, cutoff: Cutoff) -> FigureThen:
    """Return what *record* says by *cutoff*: the values known then, and of a metric the latest as its figure."""
    name = "values" if isinstance(record, Metric) else "spent"
    known, taken = list(known_values(record, cutoff)), FigureThen()
    if not _listed(record):
        return taken
    listed = node.below[name]
    taken.values[name] = tuple(value for _, value in known)
    taken.places[name] = Node(
        listed.where, listed.text, listed.key, {n: listed.below[i] for n, (i, _) in enumerate(known)}
    )
    for i, value in known:
        taken.sources += [(one, listed.at(i, "source", n)) for n, one in enumerate(value.source)]
    if known and isinstance(record, Metric):
        i, latest = known[-1]
        assert isinstance(latest, Reported)
        _take_latest(taken, latest, listed.below[i])
    return taken


def _take_latest(taken: FigureThen, latest: Reported, place: Node) -> None:
    taken.values.update({name: getattr(latest, name) for name in FIGURES}, date=latest.at)
    if latest.note is not None:
        taken.values["note"] = latest.note
    day = named(place)
    for name in (*FIGURES, "date", *(["note"] if latest.note else [])):
        key = "at" if name == "date" else name
        if key in place.below:
            taken.places[name] = place.below[key]
            taken.entered[name] = day


def named(place: Node) -> str:
    """What the value at *place* is called among the others: its time, and of a revision the day it was learnt."""
    learnt = place.below.get("known")
    return f"{place.at('at').text} known {learnt.text}" if learnt else place.at("at").text


def known_values(record: Record, cutoff: Cutoff) -> Iterator[tuple[int, Reported | Spent]]:
    """Yield what was known of a figure by *cutoff*: of each time the latest that was learnt of it, in the order of
    times, each with its place in the file."""
    latest: dict[tuple[date, date], tuple[int, Reported | Spent]] = {}
    for i, value in enumerate(_listed(record)):
        if last_day(value.at) > cutoff.as_of or learnt(value) > cutoff.closed:
            continue
        time = spans(value)
        if time not in latest or learnt(value) >= learnt(latest[time][1]):
            latest[time] = (i, value)
    yield from (latest[time] for time in sorted(latest, key=lambda time: (time[1], time[0])))


def spans(value: Reported | Spent) -> tuple[date, date]:
    """The first and last day a value is of."""
    assert value.at.start is not None and value.at.end is not None, "`parse_moment` lets no other through"
    return value.at.start, value.at.end


def learnt(value: Reported | Spent) -> date:
    """The day a value counts from."""
    return last_day(value.known or value.at)


def _listed(record: Record) -> Sequence[Reported | Spent]:
    if isinstance(record, Metric):
        return record.values
    return record.spent if isinstance(record, Budget) else ()
