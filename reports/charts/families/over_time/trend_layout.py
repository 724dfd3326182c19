"""How figures over time lie on paper: a plot for each unit, one below the other, on the same scale of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from reports.charts.families.over_time.calendar_grid import (
    CalendarGrid,
    Unit,
    finest,
    grid,
    label,
    label_room,
    unit_around,
)
from reports.charts.families.over_time.trend_lines import lines, marked
from reports.charts.families.over_time.trend_plot import (
    OVER,
    Panel,
    Plot,
    TrendFrame,
    Trends,
    aim_of,
    has_day_line,
    name_of,
    names_of,
)
from reports.charts.families.over_time.value_axis import Values, values
from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import balanced, stacked
from reports.charts.scale import Axis
from reports.charts.scene import (
    GREY,
    HAIRLINE,
    SMALL,
    Item,
    Label,
    Line,
    Polyline,
    Scene,
    line_height,
)
from reports.charts.styles import notes
from reports.model.formatting import chinese, number
from reports.model.values import BilingualText

_UNIT = BilingualText("单位：{}", "Unit: {}", "單位：{}")
_AS_OF = BilingualText("截至{}", "as of {}")
_LINE = BilingualText(
    "空心点：基线；双圈：目标；细虚线：自基线至目标的直线",
    "Hollow point: baseline; double ring: target; thin dashes: the straight line from the one to the other",
    "空心點：基線；雙圈：目標；細虛線：自基線至目標的直線",
)
_CUT = BilingualText("纵轴不从0起", "The vertical axis does not start at 0", "縱軸不從0起")
_ABOUT = BilingualText(
    "竖线：原文为约数", "Vertical bar: the source says about or nearly", "豎線：原文為約數"
)
_BOUND = BilingualText(
    "箭头：原文只给出界限，实际数在箭头所指一侧",
    "Arrow: the source states a bound only; the true number lies where the arrow points",
    "箭頭：原文只給出界限，實際數在箭頭所指一側",
)

#: How high a plot is, by how many there are; the room for labels over its highest mark; from a plot to the next.
_HEIGHTS = (4.8, 3.9, 3.0, 2.5)
_UNDER, _BETWEEN = 0.42, 0.5
_TICK = 0.08


def arrange(rows: tuple[Trends, ...], sheet: Sheet) -> Scene:
    """Lay out the title, the plots with their lines and names, and what is to be said of them."""
    [chart] = rows
    heading, y = sheet.heading()
    items: list[Item] = list(heading)
    scales = [
        values(
            [point.value for course in panel.courses for point in course.all], from_nought=chart.from_nought
        )
        for panel in chart.panels
    ]
    frame = _frame(chart, scales, sheet)
    for n, (panel, scale) in enumerate(zip(chart.panels, scales, strict=True)):
        head, y = _head(panel, sheet, y)
        said, y = _as_of(chart, frame, y) if not n else ([], y)
        plot = _plot(panel, scale, y, len(chart.panels), frame)
        ground, y = _ground(plot)
        items += [*head, *said, *ground, *_day_line(chart, plot), *lines(plot)]
        items += marked(plot, chart.day if has_day_line(chart) else None)
        y += _BETWEEN
    said, y = notes(_notes(chart, scales, sheet.lang), sheet, y - _BETWEEN + 0.15)
    return Scene(sheet.width, y + 0.05, (*items, *said))


# --- the frame ----------------------------------------------------------------------------------------------


def _frame(chart: Trends, scales: Sequence[Values], sheet: Sheet) -> TrendFrame:
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
    return TrendFrame(found, at_ends, left, right, names, sheet)


def _grid(
    chart: Trends, unit: Unit, left: float, right: float, sheet: Sheet, *, at_ends: bool
) -> CalendarGrid:
    days = [point.day for panel in chart.panels for course in panel.courses for point in course.all]
    first, last = min(days), max((*days, chart.day) if chart.day else days)
    begin = unit_around(unit, first)[0]
    if (last - first).days < 40:
        first = begin
    elif (first - begin).days < 5 and begin > date.min:  # the mark it stands beside is named too
        first = begin - timedelta(days=1)
    widest = max(label_room(one, sheet, at_ends=at_ends) for one in (unit, "year"))
    pad = max(widest / 2, 0.55)
    return grid(Axis(first, last, left + pad, right - pad), unit, sheet, at_ends=at_ends)


def _names_width(panel: Panel, sheet: Sheet) -> float:
    """What the names of several lines take behind them; one alone stands above its plot."""
    if len(panel.courses) < 2:
        return 0.0
    names = (
        balanced(name_of(course, sheet.lang), 0.27 * sheet.width, sheet.measure, SMALL)
        for course in panel.courses
    )
    lines = (line for name in names for line in name)
    return max(sheet.measure(line, SMALL) for line in lines) + 0.42


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
    lines = (
        balanced(panel.courses[0].title, sheet.width - room, sheet.measure) if len(panel.courses) == 1 else ()
    )
    items += stacked(lines, 0, y)
    if unit:
        items.append(Label(sheet.width, y, unit, SMALL, GREY, "right"))
    count = max(len(lines), bool(unit))
    return items, top + count * line_height() + (0.1 if count else 0.0)


def _as_of(chart: Trends, frame: TrendFrame, top: float) -> tuple[list[Item], float]:
    """The words of the line that says up to which day the figures are told, above the first plot."""
    if not has_day_line(chart) or chart.day is None:
        return [], top
    text = _AS_OF.get(frame.sheet.lang).format(chart.day_said)
    half = frame.sheet.measure(text, SMALL) / 2
    x = min(max(frame.x(chart.day), frame.left + half), frame.sheet.width - half)
    return [Label(x, top + line_height(SMALL) / 2, text, SMALL, GREY, "center")], top + line_height(SMALL)


def _plot(panel: Panel, scale: Values, top: float, count: int, frame: TrendFrame) -> Plot:
    names = sum(height for _, height in names_of(panel, frame)) if frame.names else 0.0
    high = max(_HEIGHTS[min(count, len(_HEIGHTS)) - 1], names - OVER)
    bottom = top + OVER + high
    return Plot(panel, scale, top + OVER, bottom, bottom + (_UNDER if scale.broken else 0.0), frame)


# --- what lies behind the lines -----------------------------------------------------------------------------


def _ground(plot: Plot) -> tuple[list[Item], float]:
    """The marks of both scales, and where their labels end."""
    frame, lang = plot.frame, plot.frame.sheet.lang
    items: list[Item] = []
    for value, text in _ticks(plot.panel, plot.values, lang):
        y = plot.y(value)
        items.append(Label(frame.left - 0.12, y, text, SMALL, GREY, "right"))
        items.append(
            Line(frame.left, y, frame.right, y, GREY if not value else HAIRLINE, 0.8 if not value else 0.5)
        )
    if plot.values.broken:
        items += _break_sign(frame.left, plot.bottom, plot.foot, plot.top)
    if plot.values.broken or plot.values.low < 0:
        items.append(Line(frame.left, plot.foot, frame.right, plot.foot, GREY, 0.8))
    time, y = _time(plot)
    return [*items, *time], y


def _break_sign(x: float, bottom: float, foot: float, top: float) -> Iterator[Item]:
    """The upright axis with a zigzag in it: what lies below its lowest mark is left out."""
    middle, reach = (bottom + foot) / 2, 0.09
    zigzag = (
        (x, foot),
        (x, middle + reach),
        (x - reach, middle + reach / 2),
        (x + reach, middle - reach / 2),
        (x, middle - reach),
        (x, top),
    )
    yield Polyline(zigzag, GREY, 0.8)


def _time(plot: Plot) -> tuple[list[Item], float]:
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
            items += [
                Line(x, plot.foot, x, plot.foot + _TICK, GREY, 0.8),
                Label(x, y, text, SMALL, GREY, "center"),
            ]
        years.setdefault(end.year, []).append(x)
    if found.unit == "year":
        return items, y + line_height(SMALL) / 2
    y += line_height(SMALL)
    for year, xs in years.items():
        if len(xs) > 1:
            over = y - line_height(SMALL) / 2
            items.append(Line(xs[0] - 0.3, over, xs[-1] + 0.3, over, HAIRLINE, 0.5))
        items.append(
            Label((xs[0] + xs[-1]) / 2, y, label("year", date(year, 1, 1), sheet.lang), SMALL, GREY, "center")
        )
    return items, y + line_height(SMALL) / 2


def _day_line(chart: Trends, plot: Plot) -> list[Item]:
    if not has_day_line(chart) or chart.day is None:
        return []
    x = plot.frame.x(chart.day)
    return [Line(x, plot.top - OVER, x, plot.foot, GREY, 1.1, dashed=True)]


# --- notes --------------------------------------------------------------------------------------------------


def _notes(chart: Trends, scales: Sequence[Values], lang: str) -> list[str]:
    courses = [course for panel in chart.panels for course in panel.courses]
    ends = {
        point.end
        for course in courses
        for point in (*course.points, *((course.baseline,) if course.baseline else ()))
    }
    found = [_LINE.get(lang)] if any(course.baseline and aim_of(course) for course in courses) else []
    found += [_CUT.get(lang)] if any(scale.broken for scale in scales) else []
    found += [_ABOUT.get(lang)] if "about" in ends else []
    found += [_BOUND.get(lang)] if ends & {"below", "above"} else []
    stop = "。" if chinese(lang) else "."
    return [f"{text}{stop}" for text in found]
