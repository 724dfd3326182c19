"""What a chart of plans consists of: its rows, and the columns of the paper they stand in."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.families.over_time.calendar_grid import CalendarGrid, Unit, grid, unit_around
from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import balanced
from reports.charts.scale import Axis
from reports.charts.scene import BODY, SMALL
from reports.charts.symbols import ARROW, RADIUS, State, Towards

#: Between columns; the most of the width that dates take, and dates with titles.
_GAP = 0.3
_DATES, _TEXT = 0.25, 0.62


class PlanRow(Struct, frozen=True):
    """One row: *when* and *title* as printed, how it stands, and *notes* below. *first* and *last* day it may mean, None
    where it has none. *rough*: no more than a year is known; *lasting*: from a day to a day. *ghosts* are the days it was
    planned for before."""

    title: str
    when: str
    state: State
    said: str
    late: bool = False
    first: date | None = None
    last: date | None = None
    towards: Towards = ""
    rough: bool = False
    lasting: bool = False
    ghosts: tuple[tuple[date, date], ...] = ()
    notes: tuple[str, ...] = ()


class Plans(Struct, frozen=True):
    """The whole chart, as of *day*; *undated* rows are named below it."""

    rows: tuple[PlanRow, ...]
    undated: tuple[PlanRow, ...]
    day: date
    day_said: str


class PlanSheet(Struct, frozen=True):
    """The columns: dates, titles, and the strip with the scale; as-of *day* on it, None where it lies far away."""

    dates: float
    titles: float
    grid: CalendarGrid
    day: date | None
    sheet: Sheet

    @property
    def title_at(self) -> float:
        """Where titles begin."""
        return self.dates + _GAP

    @property
    def strip(self) -> float:
        """Where the scale begins."""
        return self.title_at + self.titles + _GAP

    def reach(self, first: date, last: date) -> tuple[float, float]:
        """Between which x a time lies."""
        return self.grid.axis.at(first), self.grid.axis.behind(last)


def paper_of(chart: Plans, sheet: Sheet) -> PlanSheet:
    """Give dates and titles what they need, the scale the rest."""
    dates = min(max(sheet.measure(row.when, BODY) for row in chart.rows), _DATES * sheet.width)
    most = _TEXT * sheet.width - dates - 2 * _GAP
    lines = [line for row in chart.rows for line in balanced(row.title, most, sheet.measure)]
    below = [
        line
        for row in chart.rows
        for text in row.notes
        for line in balanced(text, most, sheet.measure, SMALL)
    ]
    widths = [*(sheet.measure(line, BODY) for line in lines), *(sheet.measure(line, SMALL) for line in below)]
    titles = max(widths) + 0.01
    left = dates + titles + 2 * _GAP
    found, day = _calendar(chart, left, sheet)
    return PlanSheet(dates, titles, found, day, sheet)


def _calendar(chart: Plans, left: float, sheet: Sheet) -> tuple[CalendarGrid, date | None]:
    """The scale over whole months, quarters or years, and the day the report is as of where it lies near enough."""
    days = [day for row in chart.rows for span in (*row.ghosts, (row.first, row.last)) for day in span if day]
    first, last = min(days), max(days)
    reach = max((last - first).days, 90) / 2
    near = first - chart.day <= timedelta(reach) and chart.day - last <= timedelta(reach)
    if near or any(row.late for row in chart.rows):
        first, last, near = min(first, chart.day), max(last, chart.day), True
    before = ARROW if any(row.towards == "left" for row in chart.rows) else RADIUS
    axis = Axis(first, last, left + before, sheet.width - 0.05 - RADIUS)
    unit: Unit = "month"
    while True:
        unit = grid(axis, unit, sheet).unit
        whole = replace(axis, start=unit_around(unit, first)[0], end=unit_around(unit, last)[1])
        found = grid(_with_arrows(chart, whole, sheet), unit, sheet)
        if found.unit == unit:
            return found, chart.day if near else None
        unit = found.unit


def _with_arrows(chart: Plans, axis: Axis, sheet: Sheet) -> Axis:
    """*axis* as much shorter as arrows into a time that is not said need to end on the paper."""
    for row in chart.rows:
        if row.towards == "right" and row.last:
            share = (axis.behind(row.last) - axis.left) / (axis.right - axis.left)
            room = (sheet.width - 0.05 - ARROW - axis.left) / share if share else axis.right
            axis = replace(axis, right=min(axis.right, axis.left + room))
    return axis
