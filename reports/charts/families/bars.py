"""Horizontal bars: what records count, each number beside its bar, all from one zero line.

A bar may be divided into the parts its number is the sum of. Numbers are said as their source states them:
"about" has a hatched end, a bound ("more than 220") an arrow to where the true number lies. With `by` the
records themselves are counted, and the chart says that its numbers are computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from msgspec.structs import replace

from reports.charts.amounts import Amount, Unit, amount_of, common_unit, of_quantity
from reports.charts.counting import BY, Tally, has, summary, tallies, unit_of
from reports.charts.families import bars_layout
from reports.charts.families.bars_layout import BarRow, Bars, Piece
from reports.charts.family_interface import Family, chosen, fault, refused
from reports.charts.styles import BUILT, DESIGNED, RUNNING, SERIES, UNKNOWN, Look
from reports.document.drawings import ChartRequest
from reports.model.formatting import chinese, choice, say, term
from reports.model.kinds.metrics import Budget, Facility, Metric
from reports.model.records import Record
from reports.model.values import Bound

_ENDS: Mapping[Bound, Literal["exact", "about", "below", "above"]] = MappingProxyType(
    {
        "exact": "exact", "about": "about", "nearly": "about",
        "less than": "below", "at most": "below", "far below": "below",
        "more than": "above", "at least": "above", "far above": "above",
    }
)  # fmt: skip
_LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "running": RUNNING,
        "upgrade": BUILT, "under construction": BUILT, "construction started": BUILT, "about to open": BUILT,
        "preliminary design": DESIGNED, "pre-research": DESIGNED, "planned": DESIGNED,
    }
)  # fmt: skip


# --- rows -------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[Bars, ...]:
    """Return one chart with a row for each record or each thing counted, () without any.

    Raise ReportError: chart/row for a record that counts nothing, chart/rows where numbers do not go together.
    """
    if not request.records:
        return ()
    by = chosen(request, "by", "record")
    return (_measured(request) if by == "record" else _counted(request, by),)


def _measured(request: ChartRequest) -> Bars:
    amounts = [_amount(request, record) for record in request.records]
    unit = common_unit(request, amounts)
    basis = _basis(request)
    labels = dict.fromkeys(
        say(part.label, request.lang)
        for record in request.records
        if isinstance(record, Metric)
        for part in record.components
    )
    series = _limited(request, tuple(labels))
    found = [_row(request, *pair, unit, series) for pair in zip(request.records, amounts, strict=True)]
    if chosen(request, "order", "given") == "value":
        found.sort(key=lambda row: -row.value)
    grouped = chosen(request, "parts", "stacked") == "grouped" or not all(map(_adds_up, request.records))
    comma = "，" if chinese(request.lang) else ", "
    words = comma.join(word for word in (unit.words, basis) if word)
    return Bars(tuple(found), series, words, grouped, _statuses(request))


def _basis(request: ChartRequest) -> str:
    """For how long budgets are; amounts for a year and for several cannot be compared."""
    found = {
        (record.basis, record.years): choice(record.basis, record.kind, request.lang)
        for record in request.records
        if isinstance(record, Budget)
    }
    if len(found) > 1:
        names = ", ".join(found.values())
        detail = f"期限不同：{names}" if chinese(request.lang) else f"they are for different times: {names}"
        raise fault(request, "chart/rows", detail=detail)
    return next(iter(found.values()), "")


def _bracketed(words: str, lang: str) -> str:
    return f"（{words}）" if chinese(lang) else f" ({words})"


def _amount(request: ChartRequest, record: Record) -> Amount:
    amount = amount_of(record)
    if amount is None:
        raise refused(request, record, "it counts nothing", "它没有可比较的数")
    if amount.value < 0:
        raise refused(request, record, "its number is below zero", "它的数小于零")
    return amount


def _row(
    request: ChartRequest, record: Record, amount: Amount, unit: Unit, series: tuple[str, ...]
) -> BarRow:
    title, look = say(record.label, request.lang), RUNNING
    if series and isinstance(record, Metric):
        look = SERIES[0]
    status = ""
    if isinstance(record, Facility):
        look, status = _standing(record, request.lang)
    row = BarRow(title, amount.whole, unit.said(amount), _ENDS[amount.bound], look, status)
    if isinstance(record, Metric) and record.components:
        parts = [(part, of_quantity(part.value, record.unit)) for part in record.components]
        names = [series.index(say(part.label, request.lang)) for part, _ in parts]
        pieces = [
            Piece(name, found.whole, unit.said(found)) for name, (_, found) in zip(names, parts, strict=True)
        ]
        row = replace(row, pieces=tuple(pieces))
    return row


def _standing(facility: Facility, lang: str) -> tuple[Look, str]:
    """The look that says how far a facility has come, and the words for it."""
    if facility.status is None:
        return UNKNOWN, term("not stated", lang)
    return _LOOKS.get(facility.status, UNKNOWN), choice(facility.status, facility.kind, lang)


def _adds_up(record: Record) -> bool:
    return not isinstance(record, Metric) or not record.components or record.adds_up


def _statuses(request: ChartRequest) -> tuple[tuple[Look, str], ...]:
    """The looks that stand for how far facilities have come, each with the words for it."""
    found: dict[Look, dict[str, None]] = {}
    for record in request.records:
        if isinstance(record, Facility):
            look, words = _standing(record, request.lang)
            found.setdefault(look, {})[words] = None
    between = "、" if chinese(request.lang) else ", "
    order = (RUNNING, BUILT, DESIGNED, UNKNOWN)
    return tuple((look, between.join(found[look])) for look in order if look in found)


def _limited(request: ChartRequest, series: tuple[str, ...]) -> tuple[str, ...]:
    if len(series) > len(SERIES):
        zh, en = (
            f"{len(series)}种部分，最多{len(SERIES)}种",
            f"{len(series)} kinds of parts, at most {len(SERIES)}",
        )
        raise fault(request, "chart/rows", detail=zh if chinese(request.lang) else en)
    return series


def _counted(request: ChartRequest, by: str) -> Bars:
    split = chosen(request, "split", "type")
    if split in ("none", by) or not all(has(record, split) for record in request.records):
        split = ""
    found = tallies(request, by, split)
    totals: Counter[str] = Counter()
    for tally in found:
        totals.update(dict(tally.kinds))
    series = _limited(request, tuple(kind for kind, _ in totals.most_common()))
    unit = unit_of(request.records, request.lang)
    counted = tuple(f"{kind}{_bracketed(str(totals[kind]), request.lang)}" for kind in series)
    made = tuple(_tallied(tally, series) for tally in found)
    return Bars(made, counted, unit, note=summary(by, request.lang), total=len(request.records), names=series)


def _tallied(tally: Tally, series: tuple[str, ...]) -> BarRow:
    pieces = tuple(Piece(series.index(kind), Decimal(n), str(n)) for kind, n in tally.kinds)
    return BarRow(tally.name, Decimal(tally.count), str(tally.count), "exact", SERIES[0], pieces=pieces)


# --- words ------------------------------------------------------------------------------------------------


def describe(rows: tuple[Bars, ...], lang: str) -> str:
    """Return one sentence that names every bar and its number, with its parts or its status."""
    [chart] = rows
    zh = chinese(lang)
    said = ("；" if zh else "; ").join(_row_said(row, chart, lang) for row in chart.rows)
    unit = _bracketed(f"单位：{chart.unit}" if zh else chart.unit, lang) if chart.unit else ""
    if not chart.note:
        return f"条形图{unit}：{said}。" if zh else f"Bar chart{unit}: {said}."
    said += f"；共{chart.total}" if zh else f"; {chart.total} in all"
    return f"条形图{unit}，{chart.note}：{said}。" if zh else f"Bar chart{unit}. {chart.note}: {said}."


def _row_said(row: BarRow, chart: Bars, lang: str) -> str:
    zh = chinese(lang)
    name = f"{row.title}{row.stated}" if zh and not row.title[-1:].isascii() else f"{row.title} {row.stated}"
    names = chart.names or chart.series
    parts = [f"{names[p.series]}{p.said}" if zh else f"{names[p.series]} {p.said}" for p in row.pieces]
    details = parts or ([row.status] if row.status else [])
    return name + _bracketed(("、" if zh else ", ").join(details), lang) if details else name


FAMILY = Family(
    rows,
    describe,
    bars_layout.arrange,
    {
        "by": ("record", *BY),
        "split": ("type", "status", "level", "none"),
        "order": ("given", "value"),
        "parts": ("stacked", "grouped"),
    },
)
