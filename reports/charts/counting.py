"""Counting records: how many there are of each country, type or status, and of which kinds they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from reports.charts.family_interface import called, refused
from reports.document.drawings import ChartRequest
from reports.model.formatting import chinese, choice, term
from reports.model.records import Record, links_of
from reports.model.values import BilingualText

#: By what records may be counted, and how that is called.
BY: Mapping[str, BilingualText] = MappingProxyType(
    {
        "country": BilingualText("国家", "country", "國家"),
        "type": BilingualText("类别", "type", "類別"),
        "status": BilingualText("现状", "status", "現狀"),
        "level": BilingualText("层级", "level", "層級"),
    }
)
_UNITS: Mapping[str, BilingualText] = MappingProxyType(
    {
        "facility": BilingualText("个", "facilities", "個"),
        "organisation": BilingualText("个", "organisations", "個"),
        "alliance": BilingualText("个", "alliances", "個"),
        "agreement": BilingualText("份", "agreements"),
        "meeting": BilingualText("次", "meetings"),
        "visit": BilingualText("次", "visits"),
        "event": BilingualText("次", "events"),
    }
)
_RECORDS = BilingualText("项", "records", "項")


class Tally(Struct, frozen=True):
    """How many records there are of *name*; *kinds* says of which kinds, with the number of each."""

    name: str
    count: int
    kinds: tuple[tuple[str, int], ...] = ()


def unit_of(records: Sequence[Record], lang: str) -> str:
    """What is counted."""
    kinds = {record.kind for record in records}
    unit = _UNITS.get(next(iter(kinds)), _RECORDS) if len(kinds) == 1 else _RECORDS
    return unit.get(lang)


def tallies(request: ChartRequest, by: str, split: str) -> tuple[Tally, ...]:
    """Count the records of *request* by field *by* and within that by field *split* ("" not at all).

    The most come first, equal ones by their names, those of which the field is left open last.
    """
    groups: dict[str, list[Record]] = {}
    for record in request.records:
        groups.setdefault(_said(request, record, by), []).append(record)
    kinds = [_said(request, record, split) for record in request.records] if split else []
    order = [kind for kind, _ in Counter(kinds).most_common()]
    found = [_tally(request, name, group, split, order) for name, group in groups.items()]
    open_ = term("not stated", request.lang)
    return tuple(sorted(found, key=lambda one: (one.name == open_, -one.count, by_name(one.name))))


def _tally(
    request: ChartRequest, name: str, group: Sequence[Record], split: str, order: Sequence[str]
) -> Tally:
    counts = Counter(_said(request, record, split) for record in group) if split else Counter[str]()
    return Tally(name, len(group), tuple((kind, counts[kind]) for kind in order if counts[kind]))


def has(record: Record, name: str) -> bool:
    """True when records of its kind have the field *name*."""
    return name in record.__struct_fields__


def _said(request: ChartRequest, record: Record, name: str) -> str:
    """What *record* says in its field *name*, in words."""
    if not has(record, name):
        raise refused(request, record, f"a record of its kind has no '{name}'", f"这类记录没有“{name}”")
    value = getattr(record, name)
    if value is None:
        return term("not stated", request.lang)
    if name in dict(links_of(type(record))):
        return called(request, value)
    return choice(str(value), record.kind, request.lang)


def by_name(name: str) -> tuple[bytes, str]:
    """Order names as a reader looks them up: the common characters stand in GB 2312 by their sound."""
    return name.casefold().encode("gb18030", "replace"), name


def summary(by: str, lang: str) -> str:
    """Say that numbers are counted."""
    field = BY[by].get(lang)
    return (
        f"按{field}逐条计数（计算值）" if chinese(lang) else f"Counted from the records by {field} (computed)"
    )
