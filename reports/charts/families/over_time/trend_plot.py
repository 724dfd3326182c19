"""What a chart of figures over time consists of: its figures by unit, and the plots they lie on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from reports.charts.families.over_time.calendar_grid import CalendarGrid
from reports.charts.families.over_time.value_axis import Values
from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import balanced
from reports.charts.scene import SMALL, line_height
from reports.model.formatting import chinese

#: The room for labels over the highest mark of a plot.
OVER = 0.6
#: Whether a figure is what it says, about that, or a bound below or above which the true one lies.
End = Literal["exact", "about", "below", "above"]


class Point(Struct, frozen=True):
    """A figure: the last *day* of its time, its number in the unit of its panel, and both in words."""

    day: date
    value: Decimal
    said: str
    when: str
    end: End = "exact"


class Course(Struct, frozen=True):
    """The figures of one metric. The line leads to the target of the day *aim*; *state* is how it stands, in words."""

    title: str
    points: tuple[Point, ...]
    targets: tuple[Point, ...] = ()
    baseline: Point | None = None
    aim: date | None = None
    state: str = ""

    @property
    def all(self) -> tuple[Point, ...]:
        """Every figure of it."""
        return (*((self.baseline,) if self.baseline else ()), *self.points, *self.targets)


class Panel(Struct, frozen=True):
    """What shares a scale: its *unit* in words, and what stands *behind* its numbers."""

    courses: tuple[Course, ...]
    unit: str = ""
    behind: str = ""


class Trends(Struct, frozen=True):
    """The whole chart, as of *day* (None: nobody said). *times* are how finely its figures are dated."""

    panels: tuple[Panel, ...]
    day: date | None
    day_said: str
    times: tuple[str, ...]
    from_nought: bool = False


class TrendFrame(Struct, frozen=True):
    """What all plots share: the scale of time, where it begins and ends, and how wide the names behind it are."""

    grid: CalendarGrid
    at_ends: bool
    left: float
    right: float
    names: float
    sheet: Sheet

    def x(self, day: date) -> float:
        """Where a figure of a time that ends on *day* stands."""
        return self.grid.axis.behind(day)


class Plot(Struct, frozen=True):
    """One plot: its panel, its scale, the y of its highest mark, of its lowest, and of the line below it."""

    panel: Panel
    values: Values
    top: float
    bottom: float
    foot: float
    frame: TrendFrame

    def at(self, point: Point) -> tuple[float, float]:
        """Where *point* lies."""
        return self.frame.x(point.day), self.y(point.value)

    def y(self, value: Decimal) -> float:
        """How far down *value* lies."""
        return self.bottom - self.values.share(value) * (self.bottom - self.top)


def has_day_line(chart: Trends) -> bool:
    """Whether anything lies elsewhere than on the day: a target behind it, or the last figure before it."""
    if chart.day is None:
        return False
    points = [point.day for panel in chart.panels for course in panel.courses for point in course.all]
    return max(points) != chart.day


def aim_of(course: Course) -> Point | None:
    """The target that the line of *course* leads to."""
    return next((one for one in course.targets if one.day == course.aim), None)


def name_of(course: Course, lang: str) -> str:
    """What a line is called at its end: its name and its last figure."""
    return f"{course.title}{'：' if chinese(lang) else ': '}{course.points[-1].said}"


def names_of(panel: Panel, frame: TrendFrame) -> list[tuple[tuple[str, ...], float]]:
    """The name of each line in lines of text, and how high they are."""
    found = [
        balanced(name_of(course, frame.sheet.lang), frame.names - 0.4, frame.sheet.measure, SMALL)
        for course in panel.courses
    ]
    return [(lines, len(lines) * line_height(SMALL) + 0.08) for lines in found]
