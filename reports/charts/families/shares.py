"""Bars of 100 %: how two parts share a whole, one bar a metric with a ratio or a share, or a budget that is part
of another; such a share is computed and marked so.

A stated ratio or share divides its bar. A bound ("far below 1:9") does not: the stretch in which the true
division may lie is hatched and ends in a dashed line with an arrow, and no number is printed that the source
does not state.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.amounts import common_unit, of_money
from reports.charts.family_interface import Family, Sheet, called, refused
from reports.charts.line_breaking import balanced, stacked, wrap
from reports.charts.scene import (
    BLUE,
    BODY,
    GREY,
    INK,
    PALE,
    SMALL,
    TITLE,
    WHITE,
    Bar,
    Item,
    Label,
    Line,
    Scene,
    line_height,
)
from reports.document.drawings import ChartRequest
from reports.model.formatting import chinese, say
from reports.model.kinds.metrics import Budget, Metric
from reports.model.records import Record
from reports.model.values import BilingualText, Bound, Quantity, Ratio, Share

#: Where the true division may lie, seen from the stated number.
Side = Literal["at", "left", "right"]
_SIDES: Mapping[Bound, Side] = MappingProxyType(
    {
        "exact": "at", "about": "at", "nearly": "at",
        "less than": "left", "at most": "left", "far below": "left",
        "more than": "right", "at least": "right", "far above": "right",
    }
)  # fmt: skip


class ShareRow(Struct, frozen=True):
    """One bar: *parts* are the labels of its two stretches ("" where there is none), *share* the first
    one's share of the whole, 0..1 (with a bound: the bound), *stated* the figure as its source has it, and
    *said* the same in words. *mark* says so of a figure that is computed."""

    title: str
    parts: tuple[str, str]
    share: float
    side: Side
    stated: str
    said: str
    mark: str = ""


# --- rows -------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[ShareRow, ...]:
    """Return a row for each record; raise ReportError (chart/row) for one that states no division.

    A budget others are part of is the whole of their rows and has none of its own.
    """
    wholes = {record.part_of for record in request.records if isinstance(record, Budget)}
    return tuple(_row(request, record) for record in request.records if record.id not in wholes)


def _row(request: ChartRequest, record: Record) -> ShareRow:
    if isinstance(record, Metric) and record.ratio:
        return _of_ratio(request, record, record.ratio)
    if isinstance(record, Metric) and record.share:
        return _of_share(request, record, record.share)
    if isinstance(record, Budget) and record.part_of:
        return _of_budget(request, record, request.linked.get(record.part_of))
    raise refused(request, record, "it holds neither a ratio nor a share", "它既没有比例，也没有百分比")


def _of_ratio(request: ChartRequest, record: Metric, ratio: Ratio) -> ShareRow:
    if len(record.parts) != 2:
        raise refused(
            request, record, "'parts' has to name what the ratio compares", "“parts”应写明比较的双方"
        )
    lang = request.lang
    a, b = (say(part, lang) for part in record.parts)
    stated = say(ratio, lang)
    said = f"{a}与{b}{stated}" if chinese(lang) else f"{a} to {b} {stated}"
    parts = (a, b)
    if ratio.bound in ("exact", "about"):  # another bound leaves the parts without numbers of their own
        numbers = (Quantity(ratio.a, ratio.bound), Quantity(ratio.b, ratio.bound))
        parts = (f"{a} {say(numbers[0], lang)}", f"{b} {say(numbers[1], lang)}")
    return ShareRow(say(record.title, lang), parts, float(ratio.share), _SIDES[ratio.bound], stated, said)


def _of_share(request: ChartRequest, record: Metric, share: Share) -> ShareRow:
    if not 1 <= len(record.parts) <= 2:
        raise refused(request, record, "'parts' has to name what has the share", "“parts”应写明是谁的占比")
    lang = request.lang
    names = [say(part, lang) for part in record.parts]
    stated = say(share, lang)
    said = f"{names[0]}{stated}" if chinese(lang) else f"{names[0]} {stated}"
    # The rest is not stated but computed, so it gets its name alone; so does a part that has only a bound.
    first = f"{names[0]} {stated}" if _SIDES[share.bound] == "at" else names[0]
    parts = (first, "".join(names[1:]))
    return ShareRow(
        say(record.title, lang), parts, float(share.percent / 100), _SIDES[share.bound], stated, said
    )


def _of_budget(request: ChartRequest, record: Budget, whole: Record | None) -> ShareRow:
    """The share of a budget in the one it is part of."""
    if not isinstance(whole, Budget) or (whole.basis, whole.years) != (record.basis, record.years):
        raise refused(request, record, "it is not for the same time as the whole", "它与总额的期限不同")
    part, total = of_money(record.money), of_money(whole.money)
    bounds = {part.bound, total.bound}
    if not 0 < total.value >= part.value or not bounds <= {"exact", "about"}:
        raise refused(request, record, "it is no known part of the whole", "它不是总额的确定部分")
    unit, lang = common_unit(request, (part, total)), request.lang
    percent = (100 * part.value / total.value).quantize(Decimal("0.1"))
    stated = say(Share(percent, "about" if "about" in bounds else "exact"), lang)
    who = called(request, record.payer, record.date) if record.payer else say(record.title, lang)
    title, mark, paid = say(whole.title, lang), COMPUTED.get(lang), f"{who} {unit.full(part)}"
    if chinese(lang):
        title, said = f"{title}（{unit.full(total)}）", f"其中{paid}，占{stated}（{mark}）"
    else:
        title, said = f"{title} ({unit.full(total)})", f"of it {paid}, {stated} ({mark})"
    share = float(part.value / total.value)
    return ShareRow(title, (paid, _REST.get(lang)), share, "at", stated, said, mark)


# --- words ------------------------------------------------------------------------------------------------

COMPUTED = BilingualText("计算值", "computed", "計算值")
_REST = BilingualText("其余", "the rest", "其餘")
_LEGEND = BilingualText(
    "斜线部分：原文只给出界限，实际分界在箭头所指一侧",
    "Hatched: the source states a bound only; the true division lies where the arrow points",
    "斜線部分：原文只給出界限，實際分界在箭頭所指一側",
)


def describe(rows: tuple[ShareRow, ...], lang: str) -> str:
    """Return one sentence that names every bar and its figure as stated."""
    if chinese(lang):
        return f"百分比条形图：{'；'.join(f'{row.title}，{row.said}' for row in rows)}。"
    return f"Bar chart of shares: {'; '.join(f'{row.title}, {row.said}' for row in rows)}."


# --- layout -----------------------------------------------------------------------------------------------

_BAR = 0.75
_GAP = 0.35
#: How far the dashed line of a bound reaches out of its bar, to where the arrow starts.
_REACH = 0.24
#: Between a bar and the text above it.
_AIR = 0.05


class _Columns(Struct, frozen=True):
    """Where the bars begin and end; titles stand left of them, stated figures right."""

    left: float
    right: float
    sheet: Sheet

    def at(self, row: ShareRow) -> float:
        """The x of the row's stated number."""
        return self.left + row.share * (self.right - self.left)


def arrange(rows: tuple[ShareRow, ...], sheet: Sheet) -> Scene:
    """Lay the bars out under each other, all from one zero line."""
    columns = _columns(rows, sheet)
    heading, y = sheet.heading()
    items: list[Item] = list(heading)
    for row in rows:
        drawn, y = _bar(row, columns, y)
        items += drawn
        y += _GAP
    if any(row.side != "at" for row in rows):
        drawn, y = _legend(sheet, y)
        items += drawn
        y += _GAP
    return Scene(sheet.width, y - _GAP + 0.05, tuple(items))


def _columns(rows: tuple[ShareRow, ...], sheet: Sheet) -> _Columns:
    titles = max(sheet.measure(row.title, BODY) for row in rows)
    stated = max(max(sheet.measure(row.stated, TITLE), sheet.measure(row.mark, SMALL)) for row in rows)
    left = min(titles, 0.3 * sheet.width) + _GAP
    return _Columns(left, sheet.width - stated - _GAP, sheet)


def _bar(row: ShareRow, columns: _Columns, top: float) -> tuple[list[Item], float]:
    """Return what one row consists of and where it ends."""
    sheet = columns.sheet
    title = balanced(row.title, columns.left - _GAP, sheet.measure)
    inside, above = _part_labels(row, columns)
    spill = max(0.16 if row.mark else 0.0, len(title) * line_height() - _BAR) / 2
    lines = len({label.y for label in above})
    y = top + max(spill, lines * line_height() + (_AIR if lines else 0))
    middle = y + _BAR / 2
    items: list[Item] = [
        *stacked(title, 0, middle - (len(title) - 1) * line_height() / 2),
        *_stretches(row, columns, y),
        *(replace(label, y=middle) for label in inside),
        *(replace(label, y=y - _AIR - (label.y + 0.5) * line_height()) for label in above),
        *_stated(row, columns.right + _GAP, middle),
    ]
    return items, y + _BAR + max(spill, 0.0 if row.side == "at" else _REACH)


def _stated(row: ShareRow, x: float, middle: float) -> list[Label]:
    """The figure behind a bar, with its mark below."""
    if not row.mark:
        return [Label(x, middle, row.stated, TITLE, BLUE)]
    return [
        Label(x, middle - 0.21, row.stated, TITLE, BLUE),
        Label(x, middle + 0.25, row.mark, SMALL, GREY),
    ]


def _part_labels(row: ShareRow, columns: _Columns) -> tuple[list[Label], list[Label]]:
    """Labels inside their stretch, where they have room and no hatch under them, and those above the bar,
    whose y counts lines upwards from the bar."""
    border = columns.at(row)
    inside, above = [], []
    stretches = ((columns.left, border, "left", WHITE), (border, columns.right, "right", INK))
    for text, (start, end, side, colour) in zip(row.parts, stretches, strict=True):
        if text and side != row.side and columns.sheet.measure(text, BODY) + 0.3 <= end - start:
            inside.append(Label((start + end) / 2, 0, text, BODY, colour, "center"))
        elif text:
            above.append((text, side))
    return inside, _above(above, columns)


def _above(texts: list[tuple[str, str]], columns: _Columns) -> list[Label]:
    """Put each text over its end of the bar: side by side where both have room, else one over the other."""
    measure, width = columns.sheet.measure, columns.right - columns.left
    beside = sum(measure(text, BODY) + 0.3 for text, _ in texts) <= width
    labels: list[Label] = []
    for text, side in texts:
        first = 0 if beside else len(labels)
        for n, line in enumerate(reversed(wrap(text, width, measure))):
            x = columns.left if side == "left" else columns.right
            labels.append(Label(x, first + n, line, BODY, INK, "left" if side == "left" else "right"))
    return labels


def _stretches(row: ShareRow, columns: _Columns, y: float) -> list[Item]:
    """The two stretches of a bar; the one in which the true division may lie is hatched."""
    border = columns.at(row)
    widths = border - columns.left, columns.right - border
    first = Bar(columns.left, y, widths[0], _BAR, BLUE)
    second = Bar(border, y, widths[1], _BAR, PALE)
    if row.side == "at":
        edge = Line(border, y, border, y + _BAR, WHITE, 1.5)
        return [first, second, edge] if 0 < row.share < 1 else [first, second]
    open_one, certain = (first, second) if row.side == "left" else (second, first)
    hatched = replace(open_one, face=WHITE, edge=BLUE, hatch=True, line=0.0)
    return [certain, hatched, *_bound(row, columns, y)]


def _bound(row: ShareRow, columns: _Columns, y: float) -> list[Item]:
    """The open end of a bound: outlines without an end, a dashed line, and an arrow to the possible side."""
    border = columns.at(row)
    end, towards = (columns.left, -1) if row.side == "left" else (columns.right, 1)
    tip = border + towards * min(0.7, max(abs(border - end), 0.3))
    foot = y + _BAR + _REACH
    return [
        Line(end, y, border, y, BLUE),
        Line(end, y + _BAR, border, y + _BAR, BLUE),
        Line(end, y, end, y + _BAR, BLUE),
        Line(border, y, border, foot, INK, 1.1, dashed=True),
        Line(border, foot - 0.06, tip, foot - 0.06, INK, 1.1, arrow=True),
    ]


def _legend(sheet: Sheet, top: float) -> tuple[list[Item], float]:
    """Say what the hatch means."""
    swatch, height = 0.75, line_height(SMALL)
    lines = wrap(_LEGEND.get(sheet.lang), sheet.width - swatch - 0.2, sheet.measure, SMALL)
    y = top + height / 2
    return [
        Bar(0, y - 0.14, swatch, 0.28, WHITE, BLUE, hatch=True),
        *stacked(lines, swatch + 0.2, y, SMALL, GREY),
    ], top + len(lines) * height


FAMILY = Family(rows, describe, arrange)
