"""Single figures of one subject, one record for each year or quarter, become the values of one figure over time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from reports.model.dates import parse_moment
from reports.model.kinds.metrics import FIGURES, Metric
from reports.model.reading import WrongValueError
from reports.model.records import Dataset
from reports.records.converter import MisreadError, read
from reports.records.migration.draft import Draft, Typed, typed_in
from reports.records.migration.merging import Merger, Surroundings, left_alone, named_in
from reports.records.readings import figures
from reports.records.text.source_file import Plain

#: What makes figures those of one subject, beside their programme and the sort of figure.
_SAME = ("title", "subject", "unit", "group", "parts")
#: What each value says for itself.
_OWN = ("id", "date", "known", "source", "note", "formerly", *FIGURES)


def candidates(draft: Draft, dataset: Dataset) -> Iterator[tuple[Typed, ...]]:
    """The single figures that say they are of one subject, two or more each time, in file order."""
    typed = typed_in(draft)
    found: dict[str, list[Typed]] = {}
    for record in dataset.all("metrics"):
        assert isinstance(record, Metric)
        if record.id not in typed or record.values:
            continue
        sort = next(name for name in FIGURES if getattr(record, name) is not None)
        told = [getattr(record, name) for name in _SAME]
        key = repr((dataset.programmes[record.id], sort, told))
        found.setdefault(key, []).append(typed[record.id])
    yield from (tuple(group) for group in found.values() if len(group) > 1)


def plan(group: tuple[Typed, ...], around: Surroundings) -> Merger:
    """What *group* becomes; raise LeftAloneError with the reason why it is left as it is."""
    in_order = _in_order(group)
    latest, first = in_order[-1], in_order[0]
    for key in ("updates", "target", "baseline", "components"):
        if having := [one for one in group if one.plain.get(key) is not None]:
            raise left_alone(group, "left-field", field=key, other=having[0].id)
    if differing := _differing(group):
        raise left_alone(group, "left-differs", field=differing)
    new = _as_values(in_order, latest, first)
    sort = next(key for key in FIGURES if key in latest.plain)
    anchor = {"values": sort, "formerly": "id", "known": sort}
    merger = Merger(in_order, latest, new, anchor)
    _must_say_the_same(merger, around)
    return merger


def _in_order(group: tuple[Typed, ...]) -> tuple[Typed, ...]:
    """By the times the figures are of; each has its own."""
    times: dict[tuple[date, date], Typed] = {}
    for one in group:
        if (typed := one.plain.get("date")) is None:
            raise left_alone(group, "left-undated", other=one.id)
        try:
            moment = parse_moment(typed)
        except WrongValueError:
            shown = one.node.at("date").text or json.dumps(typed, ensure_ascii=False)
            raise left_alone(group, "left-vague", other=one.id, value=shown) from None
        assert moment.start and moment.end
        if (other := times.setdefault((moment.end, moment.start), one)) is not one:
            raise left_alone(group, "left-twice", one=other.id, other=one.id)
    return tuple(times[time] for time in sorted(times))


def _differing(group: tuple[Typed, ...]) -> str:
    """The first field that is another in some of them, beside what each value says for itself."""
    keys = dict.fromkeys(key for one in group for key in one.plain if key not in (*_OWN, *_SAME))
    return next(
        (key for key in keys if any(one.plain.get(key) != group[0].plain.get(key) for one in group)), ""
    )


def _as_values(in_order: tuple[Typed, ...], latest: Typed, first: Typed) -> dict[str, Plain]:
    """The record of the *latest* with a value for each; it comes from the sources of the *first*, the others beside."""
    notes = len({json.dumps(one.plain.get("note")) for one in in_order}) > 1
    values: list[Plain] = []
    for one in in_order:
        value: dict[str, Plain] = {"at": one.plain["date"]}
        value |= {key: one.plain[key] for key in ("known", *FIGURES) if one.plain.get(key) is not None}
        if one.plain["source"] != first.plain["source"]:
            value["source"] = one.plain["source"]
        if notes and one.plain.get("note") is not None:
            value["note"] = one.plain["note"]
        values.append(value)
    aside = {"date", "known", *FIGURES, *(["note"] if notes else [])}
    new = {key: value for key, value in latest.plain.items() if key not in aside}
    return {**new, "source": first.plain["source"], "formerly": formerly(in_order, latest), "values": values}


def formerly(members: tuple[Typed, ...], stays: Typed) -> list[Plain]:
    """The ids that the one that stays stands for from now on."""
    found: dict[str, None] = {}
    for one in members:
        before = one.plain.get("formerly")
        found |= dict.fromkeys(str(id_) for id_ in before) if isinstance(before, list) else {}
        found |= {one.id: None} if one.id != stays.id else {}
    return list(found)


# --- what editions say ------------------------------------------------------------------------------------


def _must_say_the_same(merger: Merger, around: Surroundings) -> None:
    """On the day of each listed edition, the figures dated by then are told as before, each with its time, its sources
    and its remark; and no template names the record for a figure that is of later."""
    try:
        whole = read(Metric, merger.new)
        single = [read(Metric, one.plain) for one in merger.members]
    except MisreadError as error:
        raise left_alone(merger.members, "left-unsafe") from error
    for name, cutoff in around.editions.items():
        before = [_told(one) for one in single if one.date and one.date.end and one.date.end <= cutoff.as_of]
        after = [_told(_then(whole, number)) for number, _ in figures.known_values(whole, cutoff)]
        if before != after:
            raise left_alone(merger.members, "left-edition", edition=name)
        if len(after) < len(single) and (place := named_in(around.templates, {merger.stays.id})):
            raise left_alone(merger.members, "left-named", other=str(place))


def _then(whole: Metric, number: int) -> Metric:
    """The single figure that a value is."""
    value = whole.values[number]
    own: dict[str, Any] = {name: getattr(value, name) for name in FIGURES}
    source, note = value.source or whole.source, value.note or whole.note
    return replace(whole, **own, date=value.at, source=source, note=note)


def _told(figure: Metric) -> tuple[object, ...]:
    spans = (figure.date.start, figure.date.end) if figure.date else None
    return (*(getattr(figure, name) for name in (*FIGURES, "source", "note")), spans)
