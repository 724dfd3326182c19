"""How bars lie on paper: titles at the left, bars from one zero line, numbers behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import balanced, stacked
from reports.charts.scene import BLUE, BODY, GREY, INK, SMALL, WHITE, Item, Label, Line, Scene, line_height
from reports.charts.styles import RUNNING, SERIES, Look, legend, notes
from reports.model.formatting import chinese
from reports.model.values import BilingualText

#: How a bar ends: where it is stated, about there, or with the true number on one side of it.
End = Literal["exact", "about", "below", "above"]


class Piece(Struct, frozen=True):
    """One part of a bar: which of the chart's series it is, its number, and how that is said."""

    series: int
    value: Decimal
    said: str


class BarRow(Struct, frozen=True):
    """One bar: *stated* is its number as printed, *status* what its look says."""

    title: str
    value: Decimal
    stated: str
    end: End
    look: Look
    status: str = ""
    pieces: tuple[Piece, ...] = ()


class Bars(Struct, frozen=True):
    """The whole chart. *series* are the legends of the pieces, *names* the same without numbers where they
    have such; *statuses* those of the looks; *note* says that and how numbers are computed."""

    rows: tuple[BarRow, ...]
    series: tuple[str, ...]
    unit: str
    grouped: bool = False
    statuses: tuple[tuple[Look, str], ...] = ()
    note: str = ""
    total: int = 0
    names: tuple[str, ...] = ()


_UNIT = BilingualText("单位：{}", "Unit: {}", "單位：{}")
_ABOUT = BilingualText(
    "端部斜线：原文为约数", "Hatched end: the source says about or nearly", "端部斜線：原文為約數"
)
_BOUND = BilingualText(
    "虚线加箭头：原文只给出界限，实际数在箭头所指一侧",
    "Dashed line with arrow: the source states a bound only; the true number lies where the arrow points",
    "虛線加箭頭：原文只給出界限，實際數在箭頭所指一側",
)
_TOTAL = BilingualText("{}（共{}）", "{} ({} in all)")

_BAR, _THIN, _GAP, _SLIT = 0.52, 0.42, 0.22, 0.05
#: Between a title and the zero line, and between a bar and its number.
_AIR, _BEHIND = 0.2, 0.15
_ARROW, _REACH = 0.55, 0.1


class _Columns(Struct, frozen=True):
    """Where the zero line is, and how far the longest bar reaches."""

    left: float
    right: float
    most: Decimal
    sheet: Sheet

    def long(self, value: Decimal) -> float:
        """How long a bar of *value* is."""
        return float(value / self.most) * (self.right - self.left) if self.most else 0.0


def arrange(rows: tuple[Bars, ...], sheet: Sheet) -> Scene:
    """Lay out the title, the unit, the legend, the bars and what is to be said of them."""
    [chart] = rows
    if chart.grouped:  # the bars of the parts leave none for the whole
        titles = (_TOTAL.get(sheet.lang).format(row.title, row.stated) for row in chart.rows)
        named = [
            replace(row, title=t) if row.pieces else row for row, t in zip(chart.rows, titles, strict=True)
        ]
        chart = replace(chart, rows=tuple(named))
    columns = _columns(chart, sheet)
    heading, y = sheet.heading()
    head, y = _head(chart, sheet, y)
    items: list[Item] = [*heading, *head]
    top = y
    for row in chart.rows:
        drawn, y = _row(row, chart, columns, y)
        items += drawn
    items.append(Line(columns.left, top, columns.left, y - _GAP + 0.06, GREY, 0.8))
    said, y = notes(_notes(chart, sheet.lang), sheet, y)
    return Scene(sheet.width, y + 0.05, (*items, *said))


def _notes(chart: Bars, lang: str) -> list[str]:
    ends = {row.end for row in chart.rows}
    found = [_ABOUT.get(lang)] if "about" in ends else []
    found += [_BOUND.get(lang)] if ends & {"below", "above"} else []
    found += [chart.note] if chart.note else []
    stop = "。" if chinese(lang) else "."
    return [f"{text}{stop}" for text in found]


def _columns(chart: Bars, sheet: Sheet) -> _Columns:
    titles = max(
        sheet.measure(line, BODY)
        for row in chart.rows
        for line in balanced(row.title, 0.32 * sheet.width, sheet.measure)
    )
    stated = max(sheet.measure(_behind(row, chart), BODY) for row in chart.rows)
    arrow = _ARROW if any(row.end == "above" for row in chart.rows) else 0.0
    left = titles + _AIR + 0.01
    right = max(sheet.width - stated - _BEHIND - arrow - 0.02, left + 0.1)
    most = max(max((piece.value for piece in row.pieces), default=row.value) for row in chart.rows)
    return _Columns(left, right, max(most, *(row.value for row in chart.rows)), sheet)


def _behind(row: BarRow, chart: Bars) -> str:
    """What stands behind a bar: its number; of parts that may have no room of their own the sum of all."""
    longest = (row.stated, *(piece.said for piece in row.pieces)) if chart.grouped else (_summed(row),)
    return max(longest, key=len)


def _summed(row: BarRow) -> str:
    if len(row.pieces) < 2:
        return row.stated
    return f"{row.stated} = {' + '.join(piece.said for piece in row.pieces)}"


def _head(chart: Bars, sheet: Sheet, top: float) -> tuple[list[Item], float]:
    """The legend at the left and the unit at the right, above the bars."""
    unit = _UNIT.get(sheet.lang).format(chart.unit) if chart.unit else ""
    room = sheet.measure(unit, SMALL) + 0.4 if unit else 0.0
    entries = [*chart.statuses, *((SERIES[n], words) for n, words in enumerate(chart.series))]
    if len(chart.series) == 1 and not chart.statuses:
        entries = [(SERIES[0], chart.series[0])]
    items, y = legend(entries, sheet, top, room)
    if unit:
        middle = top + line_height(SMALL) / 2
        items.append(Label(sheet.width, middle, unit, SMALL, GREY, "right"))
        y = max(y, top + line_height(SMALL))
    return items, y + 0.15 if items else top


def _row(row: BarRow, chart: Bars, columns: _Columns, top: float) -> tuple[list[Item], float]:
    """Return what one row consists of and where the next begins."""
    title = balanced(row.title, columns.left - _AIR, columns.sheet.measure)
    lines = len(title) * line_height()
    count = len(row.pieces) if chart.grouped and row.pieces else 0
    bars = count * (_THIN + _SLIT) - _SLIT if count else _BAR
    height = max(lines, bars)
    labels = stacked(title, 0, top + (height - lines + line_height()) / 2)
    y = top + (height - bars) / 2
    drawn = _group(row, columns, y) if count else _bar(row, columns, y)
    return [*labels, *drawn], top + height + _GAP


def _group(row: BarRow, columns: _Columns, top: float) -> list[Item]:
    """The parts of a number one under the other."""
    items: list[Item] = []
    for n, piece in enumerate(row.pieces):
        y, long = top + n * (_THIN + _SLIT), columns.long(piece.value)
        number = Label(columns.left + long + _BEHIND, y + _THIN / 2, piece.said)
        items += [SERIES[piece.series].bar(columns.left, y, long, _THIN), number]
    return items


def _bar(row: BarRow, columns: _Columns, y: float) -> list[Item]:
    """One bar, whole or in pieces, with its number behind it."""
    long = columns.long(row.value)
    end, middle = columns.left + long, y + _BAR / 2
    stated = row.stated
    if row.pieces:
        items, inside = _pieces(row, columns, y)
        stated = stated if inside else _summed(row)
        end = columns.left + sum(columns.long(piece.value) for piece in row.pieces)
    else:
        items = _plain(row, columns.left, end, y)
    arrow = _ARROW if row.end == "above" else 0.0
    if row.end in ("below", "above"):
        items += _bound(row, end, columns.left, y)
    return [*items, Label(end + arrow + _BEHIND, middle, stated)]


def _plain(row: BarRow, left: float, end: float, y: float) -> list[Item]:
    """A bar of one piece; where its number is not exact, what is not certain of it is hatched."""
    uncertain = {"about": min(0.35, (end - left) / 2), "below": end - left}.get(row.end, 0.0)
    hatched = replace(RUNNING, face=WHITE, pattern="////", edge=row.look.edge or BLUE)
    items: list[Item] = []
    if end - left - uncertain > 0:
        items.append(row.look.bar(left, y, end - left - uncertain, _BAR))
    if uncertain > 0:
        items.append(hatched.bar(end - uncertain, y, uncertain, _BAR))
    return items


def _bound(row: BarRow, x: float, left: float, y: float) -> list[Item]:
    """A dashed line at a number that is a bound, with an arrow to where the true number lies."""
    foot, middle = y + _BAR + _REACH, y + _BAR / 2
    line = Line(x, y - _REACH, x, foot, INK, 1.1, dashed=True)
    if row.end == "above":
        return [line, Line(x, middle, x + _ARROW, middle, INK, 1.1, arrow=True)]
    tip = max(x - _ARROW, left - 0.1)
    return [line, Line(x, foot, tip, foot, INK, 1.1, arrow=True)]


def _pieces(row: BarRow, columns: _Columns, y: float) -> tuple[list[Item], bool]:
    """The pieces of a bar one behind the other; True when each has room for its number."""
    measure = columns.sheet.measure
    items: list[Item] = []
    labels: list[Item] = []
    x, inside = columns.left, True
    for piece in row.pieces:
        long, look = columns.long(piece.value), SERIES[piece.series]
        items.append(look.bar(x, y, long, _BAR))
        room = measure(piece.said, BODY) + 0.16
        inside = inside and room <= long - 0.04
        if look.pattern:  # a plate under the number, so that no pattern runs through it
            labels.append(Look(look.face).bar(x + (long - room) / 2, y + 0.06, room, _BAR - 0.12))
        labels.append(Label(x + long / 2, y + _BAR / 2, piece.said, BODY, look.ink, "center"))
        x += long
    several = len(row.pieces) > 1
    return [*items, *labels] if several and inside else items, inside or not several
