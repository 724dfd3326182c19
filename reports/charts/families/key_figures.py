"""Key figures: two to four large numbers in a row, each with what it counts and how certain it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from reports.charts.amounts import Unit, amount_of, common_unit
from reports.charts.family_interface import Family, Sheet, fault, refused
from reports.charts.line_breaking import balanced, stacked
from reports.charts.scene import BLUE, BODY, GREY, HAIRLINE, INK, Item, Label, Line, Scene, line_height
from reports.document.drawings import ChartRequest
from reports.model.dates import PartialDate
from reports.model.formatting import chinese, say
from reports.model.kinds.metrics import Metric
from reports.model.records import Record

_FEWEST, _MOST = 2, 4
#: Words before the number, the number, words behind it.
_FIGURE = re.compile(r"(\D*)(\d[\d.,:×⁻⁰¹²³⁴⁵⁶⁷⁸⁹%]*)(.*)", re.DOTALL)


class FigureRow(Struct, frozen=True):
    """One figure: the *number* with the words *before* and *behind* it, and what it is the number of."""

    label: str
    before: str
    number: str
    behind: str

    def said(self, lang: str) -> str:
        """The figure in one piece."""
        return ("" if chinese(lang) else " ").join(w for w in (self.before, self.number, self.behind) if w)


# --- rows -------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[FigureRow, ...]:
    """Return a row for each record.

    Raise ReportError: chart/row for a record without a figure, chart/rows for one alone or more than four.
    """
    found = tuple(_row(request, record) for record in request.records)
    if found and not _FEWEST <= len(found) <= _MOST:
        zh, en = f"应为2至4个，现为{len(found)}个", f"two to four are wanted, these are {len(found)}"
        raise fault(request, "chart/rows", detail=zh if chinese(request.lang) else en)
    return found


def _row(request: ChartRequest, record: Record) -> FigureRow:
    said = _said(request, record)
    parts = _FIGURE.fullmatch(said)
    if not parts:
        raise refused(request, record, "it holds no figure", "它没有数字")
    before, number, behind = (part.strip() for part in parts.groups())
    return FigureRow(say(record.label, request.lang), before, number, behind)


def _said(request: ChartRequest, record: Record) -> str:
    """The figure of *record* with its unit as a reader writes it, "" where it holds none."""
    amount, lang = amount_of(record), request.lang
    if amount:
        unit = common_unit(request, [amount])
        if not amount.currency:  # a large count keeps its zeros: 12,000 people, not 1.2 × 10,000
            unit = Unit(amount.unit.get(lang), Decimal(1), lang)
        return unit.full(amount)
    if isinstance(record, Metric):
        return say(record.value, lang)
    day = getattr(record, "horizon", None) or record.day
    if isinstance(day, PartialDate) and day.start and day.precision == "year" and not day.span:
        return say(day, lang)
    return ""


# --- words ------------------------------------------------------------------------------------------------


def describe(rows: tuple[FigureRow, ...], lang: str) -> str:
    """Return one sentence that says every figure and what it is of."""
    if chinese(lang):
        return f"关键数字：{'；'.join(f'{row.label}，{row.said(lang)}' for row in rows)}。"
    return f"Key figures: {'; '.join(f'{row.label}, {row.said(lang)}' for row in rows)}."


# --- layout -----------------------------------------------------------------------------------------------

_SIZES = (30.0, 26.0, 22.0, 18.0)
#: Between columns, between a number and its words, and between rows of figures.
_GUTTER, _SPACE, _BETWEEN = 0.7, 0.12, 0.4


class _Grid(Struct, frozen=True):
    """How many columns there are, how wide, and how large the numbers are."""

    columns: int
    width: float
    size: float
    sheet: Sheet

    def x(self, column: int) -> float:
        """Where a column begins."""
        return column * (self.width + _GUTTER)

    def long(self, row: FigureRow) -> float:
        """How wide a figure is."""
        words = [self.sheet.measure(word, BODY) + _SPACE for word in (row.before, row.behind) if word]
        return self.sheet.measure(row.number, self.size) + sum(words)


def arrange(rows: tuple[FigureRow, ...], sheet: Sheet) -> Scene:
    """Lay out the title and the figures, side by side where they have room, else in two rows or more."""
    heading, y = sheet.heading()
    items: list[Item] = list(heading)
    grid = _grid(rows, sheet)
    for first in range(0, len(rows), grid.columns):
        line = rows[first : first + grid.columns]
        top, bottom = y, y
        for column, row in enumerate(line):
            drawn, end = _figure(row, grid, grid.x(column), top)
            items += drawn
            bottom = max(bottom, end)
        xs = [grid.x(column) - _GUTTER / 2 for column in range(1, len(line))]
        items += [Line(x, top + 0.1, x, bottom, HAIRLINE, 0.8) for x in xs]
        y = bottom + _BETWEEN
    return Scene(sheet.width, y - _BETWEEN + 0.1, tuple(items))


def _grid(rows: tuple[FigureRow, ...], sheet: Sheet) -> _Grid:
    """The largest numbers that fit into as many columns as possible."""
    for columns in (n for n in (4, 3, 2, 1) if len(rows) % n == 0):
        width = (sheet.width - (columns - 1) * _GUTTER) / columns
        for size in _SIZES:
            grid = _Grid(columns, width, size, sheet)
            if all(grid.long(row) <= width for row in rows):
                return grid
    return _Grid(1, sheet.width, _SIZES[-1], sheet)


def _figure(row: FigureRow, grid: _Grid, x: float, top: float) -> tuple[list[Item], float]:
    """One figure with what it is of below it, and where that ends."""
    measure, label = grid.sheet.measure, row.label
    items: list[Item] = []
    y = top
    if grid.long(row) <= grid.width:
        y += line_height(grid.size) / 2
        items += _words(row, grid, x, y)
        y += line_height(grid.size) / 2
    else:  # no line holds it: it is said in front of its label
        between = "：" if chinese(grid.sheet.lang) else ": "
        label = f"{row.said(grid.sheet.lang)}{between}{row.label}"
    lines = balanced(label, grid.width, measure)
    items += stacked(lines, x, y + line_height() / 2, BODY, INK)
    return items, y + len(lines) * line_height()


def _words(row: FigureRow, grid: _Grid, x: float, y: float) -> Iterator[Label]:
    """The number with its words on one base line."""
    small = Label(0, 0, "", BODY).base
    level = y + Label(0, 0, "", grid.size).base - small
    for text, size, colour in (
        (row.before, BODY, GREY),
        (row.number, grid.size, BLUE),
        (row.behind, BODY, GREY),
    ):
        if text:
            yield Label(x, y if size == grid.size else level, text, size, colour)
            x += grid.sheet.measure(text, size) + _SPACE


FAMILY = Family(rows, describe, arrange)
