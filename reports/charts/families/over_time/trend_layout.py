"""How figures over time lie on paper: a plot for each unit, one below the other, on the same scale of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from reports.charts.families.over_time.calendar_grid import Grid, Unit, finest, grid, label, label_room, unit_around
from reports.charts.families.over_time.label_room import Room, spread
from reports.charts.families.over_time.markers import MARKERS, Marker, arrow, mark, target, whiskers
from reports.charts.families.over_time.value_axis import Values, values
from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import balanced, stacked
from reports.charts.scale import Axis
from reports.charts.scene import (
    GREY,
    HAIRLINE,
    INK,
    PALE,
    SMALL,
    WHITE,
    Bar,
    Item,
    Label,
    Line,
    Polyline,
    Rectangle,
    Scene,
    line_height,
)
from reports.charts.styles import notes
from reports.model.formatting import chinese, number
from reports.model.values import BilingualText

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


_UNIT = BilingualText("单位：{}", "Unit: {}", "單位：{}")
_AS_OF = BilingualText("截至{}", "as of {}")
_BASELINE = BilingualText("基线{}", "baseline {}", "基線{}")
_TARGET = BilingualText("目标{}", "target {}", "目標{}")
_LINE = BilingualText(
    "空心点：基线；双圈：目标；细虚线：自基线至目标的直线",
    "Hollow point: baseline; double ring: target; thin dashes: the straight line from the one to the other",
    "空心點：基線；雙圈：目標；細虛線：自基線至目標的直線",
)
_CUT = BilingualText("纵轴不从0起", "The vertical axis does not start at 0", "縱軸不從0起")
_ABOUT = BilingualText("竖线：原文为约数", "Vertical bar: the source says about or nearly", "豎線：原文為約數")
_BOUND = BilingualText(
    "箭头：原文只给出界限，实际数在箭头所指一侧",
    "Arrow: the source states a bound only; the true number lies where the arrow points",
    "箭頭：原文只給出界限，實際數在箭頭所指一側",
)

#: How high a plot is, by how many there are; the room for labels over its highest mark; from a plot to the next.
_HEIGHTS = (4.8, 3.9, 3.0, 2.5)
_OVER, _UNDER, _BETWEEN = 0.6, 0.42, 0.5
_MARK, _TICK = 0.13, 0.08
#: How far an arrow or a bar reaches from its figure.
_REACH = 0.5
#: Lines with so few points have all of them labelled.
_FEW = 8


class _Frame(Struct, frozen=True):
    """What all plots share: the scale of time, where it begins and ends, and how wide the names behind it are."""

    grid: Grid
    at_ends: bool
    left: float
    right: float
    names: float
    sheet: Sheet

    def x(self, day: date) -> float:
        """Where a figure of a time that ends on *day* stands."""
        return self.grid.axis.behind(day)


class _Plot(Struct, frozen=True):
    """One plot: its panel, its scale, the y of its highest mark, of its lowest, and of the line below it."""

    panel: Panel
    values: Values
    top: float
    bottom: float
    foot: float
    frame: _Frame

    def at(self, point: Point) -> tuple[float, float]:
        """Where *point* lies."""
        return self.frame.x(point.day), self.y(point.value)

    def y(self, value: Decimal) -> float:
        """How far down *value* lies."""
        return self.bottom - self.values.share(value) * (self.bottom - self.top)


def arrange(rows: tuple[Trends, ...], sheet: Sheet) -> Scene:
    """Lay out the title, the plots with their lines and names, and what is to be said of them."""
    [chart] = rows
    heading, y = sheet.heading()
    items: list[Item] = list(heading)
    scales = [
        values([point.value for course in panel.courses for point in course.all], from_nought=chart.from_nought)
        for panel in chart.panels
    ]
    frame = _frame(chart, scales, sheet)
    for n, (panel, scale) in enumerate(zip(chart.panels, scales, strict=True)):
        head, y = _head(panel, sheet, y)
        said, y = _as_of(chart, frame, y) if not n else ([], y)
        plot = _plot(panel, scale, y, len(chart.panels), frame)
        ground, y = _ground(plot)
        items += [*head, *said, *ground, *_day_line(chart, plot), *_lines(plot)]
        items += _marked(plot, chart.day if _has_day_line(chart) else None)
        y += _BETWEEN
    said, y = notes(_notes(chart, scales, sheet.lang), sheet, y - _BETWEEN + 0.15)
    return Scene(sheet.width, y + 0.05, (*items, *said))


# --- the frame ----------------------------------------------------------------------------------------------


def _frame(chart: Trends, scales: Sequence[Values], sheet: Sheet) -> _Frame:
    numbers = [
        text
        for panel, scale in zip(chart.panels, scales, strict=True)
        for _, text in _ticks(panel, scale, sheet.lang)
    ]
    left = max(sheet.measure(text, SMALL) for text in numbers) + 0.2
    names = max((_names_width(panel, sheet) for panel in chart.panels), default=0.0)
    right = sheet.width - (names + 0.35 if names else 0.05)
    unit = finest(chart.times)
    at_ends = chart.times != (unit,)
    found = _grid(chart, unit, left, right, sheet, at_ends=at_ends)
    if found.unit != unit and not at_ends:
        at_ends, found = True, _grid(chart, unit, left, right, sheet, at_ends=True)
    return _Frame(found, at_ends, left, right, names, sheet)


def _grid(chart: Trends, unit: Unit, left: float, right: float, sheet: Sheet, *, at_ends: bool) -> Grid:
    days = [point.day for panel in chart.panels for course in panel.courses for point in course.all]
    first, last = min(days), max((*days, chart.day) if chart.day else days)
    if (last - first).days < 40:
        first = unit_around(unit, first)[0]
    widest = max(label_room(one, sheet, at_ends=at_ends) for one in (unit, "year"))
    pad = max(widest / 2, 0.55)
    return grid(Axis(first, last, left + pad, right - pad), unit, sheet, at_ends=at_ends)


def _names_width(panel: Panel, sheet: Sheet) -> float:
    """What the names of several lines take behind them; one alone stands above its plot."""
    if len(panel.courses) < 2:
        return 0.0
    names = (balanced(_name(course, sheet.lang), 0.27 * sheet.width, sheet.measure, SMALL) for course in panel.courses)
    lines = (line for name in names for line in name)
    return max(sheet.measure(line, SMALL) for line in lines) + 0.42


def _name(course: Course, lang: str) -> str:
    """What a line is called at its end: its name and its last figure."""
    return f"{course.title}{'：' if chinese(lang) else ': '}{course.points[-1].said}"


def _ticks(panel: Panel, scale: Values, lang: str) -> Iterator[tuple[Decimal, str]]:
    """The marks of a scale with their words, all with as many digits behind the point."""
    told = [(value, number(value, lang)) for value in scale.marks()]
    digits = max(len(text.partition(".")[2]) for _, text in told)
    for value, text in told:
        whole, _, rest = text.partition(".")
        yield value, (f"{whole}.{rest:0<{digits}}" if digits else text) + panel.behind


def _head(panel: Panel, sheet: Sheet, top: float) -> tuple[list[Item], float]:
    """The name of the only line at the left, the unit at the right."""
    unit = _UNIT.get(sheet.lang).format(panel.unit) if panel.unit else ""
    room = sheet.measure(unit, SMALL) + 0.4 if unit else 0.0
    items: list[Item] = []
    y = top + line_height() / 2
    lines = balanced(panel.courses[0].title, sheet.width - room, sheet.measure) if len(panel.courses) == 1 else ()
    items += stacked(lines, 0, y)
    if unit:
        items.append(Label(sheet.width, y, unit, SMALL, GREY, "right"))
    count = max(len(lines), bool(unit))
    return items, top + count * line_height() + (0.1 if count else 0.0)


def _as_of(chart: Trends, frame: _Frame, top: float) -> tuple[list[Item], float]:
    """The words of the line that says up to which day the figures are told, above the first plot."""
    if not _has_day_line(chart) or chart.day is None:
        return [], top
    text = _AS_OF.get(frame.sheet.lang).format(chart.day_said)
    half = frame.sheet.measure(text, SMALL) / 2
    x = min(max(frame.x(chart.day), frame.left + half), frame.sheet.width - half)
    return [Label(x, top + line_height(SMALL) / 2, text, SMALL, GREY, "center")], top + line_height(SMALL)


def _has_day_line(chart: Trends) -> bool:
    """Whether anything lies elsewhere than on the day: a target behind it, or the last figure before it."""
    if chart.day is None:
        return False
    points = [point.day for panel in chart.panels for course in panel.courses for point in course.all]
    return max(points) != chart.day


def _plot(panel: Panel, scale: Values, top: float, count: int, frame: _Frame) -> _Plot:
    names = sum(height for _, height in _names(panel, frame)) if frame.names else 0.0
    high = max(_HEIGHTS[min(count, len(_HEIGHTS)) - 1], names - _OVER)
    bottom = top + _OVER + high
    return _Plot(panel, scale, top + _OVER, bottom, bottom + (_UNDER if scale.broken else 0.0), frame)


# --- what lies behind the lines -----------------------------------------------------------------------------


def _ground(plot: _Plot) -> tuple[list[Item], float]:
    """The marks of both scales, and where their labels end."""
    frame, lang = plot.frame, plot.frame.sheet.lang
    items: list[Item] = []
    for value, text in _ticks(plot.panel, plot.values, lang):
        y = plot.y(value)
        items.append(Label(frame.left - 0.12, y, text, SMALL, GREY, "right"))
        items.append(Line(frame.left, y, frame.right, y, GREY if not value else HAIRLINE, 0.8 if not value else 0.5))
    if plot.values.broken:
        items += _break_sign(frame.left, plot.bottom, plot.foot, plot.top)
    if plot.values.broken or plot.values.low < 0:
        items.append(Line(frame.left, plot.foot, frame.right, plot.foot, GREY, 0.8))
    time, y = _time(plot)
    return [*items, *time], y


def _break_sign(x: float, bottom: float, foot: float, top: float) -> Iterator[Item]:
    """The upright axis with a zigzag in it: what lies below its lowest mark is left out."""
    middle, reach = (bottom + foot) / 2, 0.09
    zigzag = ((x, foot), (x, middle + reach), (x - reach, middle + reach / 2), (x + reach, middle - reach / 2), (x, middle - reach), (x, top))
    yield Polyline(zigzag, GREY, 0.8)


def _time(plot: _Plot) -> tuple[list[Item], float]:
    """A tick and a label at the end of each unit, and below months and quarters the year."""
    frame, sheet = plot.frame, plot.frame.sheet
    found, y = frame.grid, plot.foot + _TICK + line_height(SMALL) / 2 + 0.04
    axis, items = found.axis, list[Item]()
    years: dict[int, list[float]] = {}
    for _, end in found.parts():
        if end > axis.end:
            continue
        x = frame.x(end)
        if found.unit != "year" or found.is_labelled(end.year):
            text = label(found.unit, end, sheet.lang, end=frame.at_ends)
            items += [Line(x, plot.foot, x, plot.foot + _TICK, GREY, 0.8), Label(x, y, text, SMALL, GREY, "center")]
        years.setdefault(end.year, []).append(x)
    if found.unit == "year":
        return items, y + line_height(SMALL) / 2
    y += line_height(SMALL)
    for year, xs in years.items():
        if len(xs) > 1:
            over = y - line_height(SMALL) / 2
            items.append(Line(xs[0] - 0.3, over, xs[-1] + 0.3, over, HAIRLINE, 0.5))
        items.append(Label((xs[0] + xs[-1]) / 2, y, label("year", date(year, 1, 1), sheet.lang), SMALL, GREY, "center"))
    return items, y + line_height(SMALL) / 2


def _day_line(chart: Trends, plot: _Plot) -> list[Item]:
    if not _has_day_line(chart) or chart.day is None:
        return []
    x = plot.frame.x(chart.day)
    return [Line(x, plot.top - _OVER, x, plot.foot, GREY, 1.1, dashed=True)]


# --- lines, marks and labels --------------------------------------------------------------------------------


def _lines(plot: _Plot) -> Iterator[Item]:
    """The lines to the targets, then those of the figures above them."""
    for course, marker in zip(plot.panel.courses, MARKERS, strict=False):
        aim = _aim(course)
        if course.baseline and aim:
            yield Polyline((plot.at(course.baseline), plot.at(aim)), marker.colour, 0.9, (3.0, 2.0))
    for course, marker in zip(plot.panel.courses, MARKERS, strict=False):
        if len(course.points) > 1:
            yield Polyline(tuple(map(plot.at, course.points)), marker.colour, 1.7, marker.dash)


def _aim(course: Course) -> Point | None:
    return next((one for one in course.targets if one.day == course.aim), None)


def _marked(plot: _Plot, day: date | None) -> Iterator[Item]:
    """The marks of all figures, and what stands beside them; the line of the *day* is drawn, where there is one."""
    frame = plot.frame
    room = Room(Rectangle(frame.left + 0.03, plot.top - _OVER, frame.right, plot.foot - 0.02), frame.sheet.measure)
    if frame.names:
        yield from _named(plot, room)
    for course, marker in zip(plot.panel.courses, MARKERS, strict=False):
        _keep(course, plot, room)
        yield from _marks(course, marker, plot)
    if day is not None:
        room.cross(((frame.x(day), plot.top - _OVER), (frame.x(day), plot.foot)))
    for point, text, alone in _wanted(plot.panel, frame.sheet.lang):
        found = room.label(*plot.at(point), text, alone=alone)
        if found:
            if room.crossed(found):  # a plate, so that no line runs through it
                box = found.box(frame.sheet.measure)
                yield Bar(box.left, box.top, box.right - box.left, box.bottom - box.top, WHITE, line=0)
            yield found


def _keep(course: Course, plot: _Plot, room: Room) -> None:
    """Let no label lie on the marks of *course*, nor on its lines if that can be."""
    for point in course.all:
        bound = "exact" if point in course.targets else point.end
        up, down = (_REACH if bound in ("about", end) else 0.0 for end in ("above", "below"))
        room.take(*plot.at(point), _MARK, up, down)
    room.cross(tuple(map(plot.at, course.points)))
    aim = _aim(course)
    if course.baseline and aim:
        room.cross((plot.at(course.baseline), plot.at(aim)))


def _marks(course: Course, marker: Marker, plot: _Plot) -> Iterator[Item]:
    for point in course.targets:
        yield from target(marker.colour, *plot.at(point))
    for point in (*course.points, *((course.baseline,) if course.baseline else ())):
        x, y = plot.at(point)
        if point.end == "about":
            yield from whiskers(marker.colour, x, y)
        elif point.end != "exact":
            yield arrow(marker.colour, x, y, up=point.end == "above")
        yield from mark(marker, x, y, hollow=point is course.baseline)


def _wanted(panel: Panel, lang: str) -> Iterator[tuple[Point, str, bool]]:
    """What is labelled, the weightiest first: the last figure, targets and baseline, the first, the largest and the
    smallest; all where they are few. Of several lines the lesser are left out where they could be mistaken."""
    courses = panel.courses
    if len(courses) == 1:  # of several it stands behind the name
        yield courses[0].points[-1], courses[0].points[-1].said, False
    for course in courses:
        yield from ((one, _TARGET.get(lang).format(one.said), False) for one in course.targets)
        if course.baseline:
            yield course.baseline, _BASELINE.get(lang).format(course.baseline.said), False
    all_ = sum(len(course.points) for course in courses) <= _FEW
    for course in courses:
        found = [
            course.points[0],
            max(course.points, key=lambda one: one.value),
            min(course.points, key=lambda one: one.value),
            *(course.points if all_ else ()),
        ]
        lesser = (one for one in dict.fromkeys(found) if one is not course.points[-1])
        yield from ((one, one.said, len(courses) > 1) for one in lesser)


def _names(panel: Panel, frame: _Frame) -> list[tuple[tuple[str, ...], float]]:
    """The name of each line in lines of text, and how high they are."""
    found = [balanced(_name(course, frame.sheet.lang), frame.names - 0.4, frame.sheet.measure, SMALL) for course in panel.courses]
    return [(lines, len(lines) * line_height(SMALL) + 0.08) for lines in found]


def _named(plot: _Plot, room: Room) -> Iterator[Item]:
    """The name of each line, its mark and its last figure, led to from where it ends."""
    if len(plot.panel.courses) < 2:
        return
    frame, blocks = plot.frame, _names(plot.panel, plot.frame)
    ends = [plot.at(course.points[-1]) for course in plot.panel.courses]
    heights = [height for _, height in blocks]
    middles = spread([y for _, y in ends], heights, plot.top - _OVER, plot.foot)
    left = frame.sheet.width - frame.names
    for (lines, height), middle, (x, y), marker in zip(blocks, middles, ends, MARKERS, strict=False):
        first = middle - height / 2 + 0.04 + line_height(SMALL) / 2
        way = ((x + 0.2, y), (frame.right, y), (left - 0.1, first))
        room.cross(way[:2])
        yield Polyline(way, PALE, 0.6)
        yield from mark(marker, left + 0.12, first)
        yield from stacked(lines, left + 0.4, first, SMALL, INK)


# --- notes --------------------------------------------------------------------------------------------------


def _notes(chart: Trends, scales: Sequence[Values], lang: str) -> list[str]:
    courses = [course for panel in chart.panels for course in panel.courses]
    ends = {point.end for course in courses for point in (*course.points, *((course.baseline,) if course.baseline else ()))}
    found = [_LINE.get(lang)] if any(course.baseline and _aim(course) for course in courses) else []
    found += [_CUT.get(lang)] if any(scale.broken for scale in scales) else []
    found += [_ABOUT.get(lang)] if "about" in ends else []
    found += [_BOUND.get(lang)] if ends & {"below", "above"} else []
    stop = "。" if chinese(lang) else "."
    return [f"{text}{stop}" for text in found]
