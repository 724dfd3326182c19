"""How plans lie on paper: dates and titles at the left, at the right a scale with the day the report is as of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from reports.charts.families.over_time.calendar_grid import label
from reports.charts.families.over_time.gantt_columns import PlanRow, Plans, PlanSheet, paper_of
from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import balanced, stacked, wrap
from reports.charts.scene import (
    BODY,
    GREEN,
    GREY,
    HAIRLINE,
    INK,
    PALE,
    SMALL,
    VERMILLION,
    WHITE,
    Bar,
    FilledShape,
    Item,
    Label,
    Line,
    Scene,
    line_height,
)
from reports.charts.styles import notes
from reports.charts.symbols import RADIUS, Symbol, drawn, is_bar, left_of
from reports.model.formatting import chinese
from reports.model.values import BilingualText

_AS_OF = BilingualText("截至{}", "as of {}")
_LATE = BilingualText("斜线：逾期，至截止日", "hatched: late, up to that day", "斜線：逾期，至截止日")
_GHOST = BilingualText(
    "灰色虚线：原定时间，箭头指向现定时间",
    "grey dashes: first planned for, with an arrow to the present day",
    "灰色虛線：原定時間，箭頭指向現定時間",
)
_ROUGH = BilingualText("只知大致时间", "only a rough time is known", "只知大致時間")
_OPEN = BilingualText(
    "箭头：此后或此前，无具体日期",
    "Arrow: after or before this, no exact date",
    "箭頭：此後或此前，無具體日期",
)
_FAR = BilingualText("截至{}。", "As of {}.")

_PAD, _HEAD, _TOP, _HALF = 0.14, 0.46, 0.1, 0.12


def arrange(rows: tuple[Plans, ...], sheet: Sheet) -> Scene:
    """Lay out the title, the scale, the rows, and what signs and lines mean."""
    [chart] = rows
    paper = paper_of(chart, sheet)
    heading, y = sheet.heading()
    head = _HEAD * (1 if paper.grid.unit == "year" else 2)
    base, y = y + head, y + head + _TOP
    placed: list[Item] = []
    for row in chart.rows:
        items, y = _row(row, paper, y)
        placed += items
    day, end = _day(chart, paper, base, y)
    signs, below = _legend(chart, paper, end + 0.12)
    said, below = notes(_said(chart, paper), sheet, below)
    return Scene(sheet.width, below + 0.05, (*heading, *_scale(paper, base, y), *day, *placed, *signs, *said))


# --- the scale ----------------------------------------------------------------------------------------------


def _scale(paper: PlanSheet, base: float, bottom: float) -> Iterator[Item]:
    """The names of the units above the rows, those of the years above them, and a line where each begins."""
    found, axis, lang = paper.grid, paper.grid.axis, paper.sheet.lang
    y = base - _HEAD / 2
    yield Line(paper.strip, base, paper.sheet.width, base, GREY, 0.8)
    years: dict[int, list[float]] = {}
    for first, last in found.parts():
        left, right = axis.at(first), axis.behind(last)
        years.setdefault(first.year, []).extend((left, right))
        if found.unit == "year" and not found.is_labelled(first.year):
            continue
        yield Line(left, base, left, bottom, HAIRLINE, 0.5)
        middle = (left + right) / 2 if found.step == 1 else left
        text = Label(middle, y, label(found.unit, first, lang), SMALL, GREY, "center")
        if text.box(paper.sheet.measure).right <= paper.sheet.width:
            yield text
    yield Line(axis.right, base, axis.right, bottom, HAIRLINE, 0.5)
    if found.unit == "year":
        return
    for year, xs in years.items():
        yield Line(xs[0], y - 1.5 * _HEAD + _HEAD / 2, xs[0], bottom, HAIRLINE, 0.9)
        yield Label(
            (xs[0] + xs[-1]) / 2, y - _HEAD, label("year", date(year, 1, 1), lang), SMALL, GREY, "center"
        )


def _day(chart: Plans, paper: PlanSheet, base: float, bottom: float) -> tuple[list[Item], float]:
    """The line of the day that the report is as of, its words below the rows, and where they end."""
    if paper.day is None:
        return [], bottom
    x, sheet = paper.grid.axis.behind(paper.day), paper.sheet
    text = _AS_OF.get(sheet.lang).format(chart.day_said)
    half = sheet.measure(text, SMALL) / 2
    middle = min(max(x, half), sheet.width - half)
    y = bottom + 0.06 + line_height(SMALL) / 2
    return [
        Line(x, base, x, bottom + 0.06, INK, 1.2, dashed=True),
        Label(middle, y, text, SMALL, INK, "center"),
    ], y + line_height(SMALL) / 2


# --- rows ---------------------------------------------------------------------------------------------------


def _row(row: PlanRow, paper: PlanSheet, top: float) -> tuple[list[Item], float]:
    """Dates, title, notes and the mark of one row, and where the next begins."""
    measure = paper.sheet.measure
    dates = wrap(row.when, paper.dates, measure)
    title = balanced(row.title, paper.titles, measure)
    below = [line for text in row.notes for line in balanced(text, paper.titles, measure, SMALL)]
    y = top + (line_height() + _PAD) / 2
    notes_at = y + (len(title) - 1) * line_height() + (line_height() + line_height(SMALL)) / 2
    shapes = _shapes(row, paper, y)
    lead = paper.title_at + measure(title[0], BODY) + 0.12
    ends_at = left_of(shapes) - 0.08
    items: list[Item] = [
        *stacked(dates, 0, y, BODY, GREY),
        *stacked(title, paper.title_at, y),
        *stacked(tuple(below), paper.title_at, notes_at, SMALL, GREY),
        *([Line(lead, y, ends_at, y, HAIRLINE, 0.5)] if ends_at > lead else []),
        *shapes,
    ]
    text = len(title) * line_height() + len(below) * line_height(SMALL)
    return items, top + max(len(dates) * line_height(), text) + _PAD


def _shapes(row: PlanRow, paper: PlanSheet, y: float) -> list[Item]:
    """What stands on the scale: ghosts with their arrows, what is late, and the mark itself."""
    assert row.first and row.last  # only dated rows are placed
    left, right = paper.reach(row.first, row.last)
    places = [place for ghost in row.ghosts if not _covers(row, place := paper.reach(*ghost), left, right)]
    items: list[Item] = [shape for place in places for shape in _ghost(*place, y)]
    own = _edges(left, right)
    stops = [*(_edges(*place) for place in places), own]
    items += [item for one, other in pairwise(stops) for item in _moved(one, other, y)]
    if row.late and paper.day is not None:
        items += _late(right, paper.grid.axis.behind(paper.day), y)
    return [*items, *_mark(row, left, right, y)]


def _covers(row: PlanRow, ghost: tuple[float, float], left: float, right: float) -> bool:
    """Whether the bar of *row* leaves nothing to be seen of *ghost*."""
    return row.lasting and left <= ghost[0] and ghost[1] <= right


def _edges(left: float, right: float) -> tuple[float, float]:
    """Where the sign for a time begins and ends."""
    if is_bar(left, right):
        return left, right
    middle = (left + right) / 2
    return middle - 1.25 * RADIUS, middle + 1.25 * RADIUS


def _mark(row: PlanRow, left: float, right: float, y: float) -> list[Item]:
    """The sign or bar of a row: full for done, hollow for planned; pale where no more than a year is known."""
    bar = is_bar(left, right) and not row.towards
    if bar and row.state == "ongoing":  # no part of it stands out as done
        return [Bar(left, y - _HALF, right - left, 2 * _HALF, WHITE, GREEN, hatch=True, pattern="....")]
    found = drawn(
        Symbol(row.state, row.rough, row.lasting or not row.rough, row.towards), left, right, y, bar=bar
    )
    if row.state == "done" and row.rough:
        return [_pale(item) for item in found]
    if row.late:
        return [replace(item, pattern="/////") if isinstance(item, FilledShape) else item for item in found]
    return found


def _pale(item: Item) -> Item:
    return replace(item, face=PALE) if isinstance(item, Bar | FilledShape) else item


def _late(left: float, right: float, y: float) -> Iterator[Item]:
    if right > left:
        yield Bar(left, y - _HALF, right - left, 2 * _HALF, WHITE, VERMILLION, hatch=True, pattern="/////")


def _ghost(left: float, right: float, y: float) -> list[Item]:
    """The time something was planned for before."""
    if is_bar(left, right):
        return [Bar(left, y - _HALF, right - left, 2 * _HALF, WHITE, GREY, dashed=True)]
    middle, half = (left + right) / 2, 1.1 * RADIUS
    corners = [
        (middle, y - half),
        (middle + half, y),
        (middle, y + half),
        (middle - half, y),
        (middle, y - half),
    ]
    sides = pairwise(corners)
    return [Line(*a, *b, GREY, 0.9, dashed=True) for a, b in sides]


def _moved(one: tuple[float, float], other: tuple[float, float], y: float) -> Iterator[Line]:
    """The arrow from one time to the next one it was moved to, where it has room."""
    begin, end = (one[1], other[0]) if other[0] >= one[0] else (one[0], other[1])
    if abs(end - begin) > 0.2:
        towards = 0.05 if end > begin else -0.05
        yield Line(begin + towards, y, end - towards, y, GREY, 1.0, arrow=True)


# --- legend and notes ---------------------------------------------------------------------------------------


class _Entry(NamedTuple):
    """A sign in the legend: how it is drawn from a left edge at a height, how wide it is, and its words."""

    draw: Callable[[float, float], list[Item]]
    width: float
    words: str


def _legend(chart: Plans, paper: PlanSheet, top: float) -> tuple[list[Item], float]:
    """Say what the signs mean that occur, one after the other in lines."""
    sheet = paper.sheet
    items: list[Item] = []
    x, y = 0.03, top + line_height(SMALL) / 2
    for entry in _entries(chart, paper):
        lines = wrap(entry.words, sheet.width - entry.width - 0.2, sheet.measure, SMALL)
        width = entry.width + (
            0.16 + max(sheet.measure(line, SMALL) for line in lines) if entry.words else 0.0
        )
        if x > 0.03 and x + width > sheet.width:
            x, y = 0.03, y + line_height(SMALL)
        items += entry.draw(x, y)
        items += stacked(lines, x + entry.width + 0.16, y, SMALL, GREY) if entry.words else ()
        x, y = x + width + (0.5 if entry.words else 0.12), y + (len(lines) - 1) * line_height(SMALL)
    return items, y + line_height(SMALL) / 2 + 0.06


def _entries(chart: Plans, paper: PlanSheet) -> Iterator[_Entry]:
    lang, rows = paper.sheet.lang, chart.rows
    told = [row for row in rows if not row.late and not (row.rough and row.state == "done")]
    for state in dict.fromkeys(row.state for row in told):
        alike = [row for row in told if row.state == state]
        words = ("、" if chinese(lang) else ", ").join(dict.fromkeys(row.said for row in alike))
        bars = {_as_bar(row, paper) for row in alike}
        for bar in sorted(bars):
            last = bar == max(bars)
            yield _Entry(partial(_sample, alike[0], bar), 0.6 if bar else 2.5 * RADIUS, words if last else "")
    if any(row.late for row in rows):
        yield _Entry(lambda x, y: list(_late(x, x + 0.6, y)), 0.6, _LATE.get(lang))
    if any(row.ghosts for row in rows):
        yield _Entry(_moved_sign, 0.9, _GHOST.get(lang))
    rough = [row for row in rows if row.rough and row.state == "done"]
    bars = {_as_bar(row, paper) for row in rough}
    for bar in sorted(bars):
        width, words = (0.6 if bar else 2.5 * RADIUS), _ROUGH.get(lang) if bar == max(bars) else ""
        yield _Entry(partial(_sample, rough[0], bar), width, words)


def _as_bar(row: PlanRow, paper: PlanSheet) -> bool:
    return bool(row.first and row.last and not row.towards and is_bar(*paper.reach(row.first, row.last)))


def _sample(row: PlanRow, bar: bool, x: float, y: float) -> list[Item]:
    middle = x + 1.25 * RADIUS
    left, right = (x, x + 0.6) if bar else (middle, middle)
    return _mark(replace(row, towards="", rough=row.rough and row.state == "done"), left, right, y)


def _moved_sign(x: float, y: float) -> list[Item]:
    half = 1.1 * RADIUS
    return [*_ghost(x + half, x + half, y), Line(x + 2 * half + 0.06, y, x + 0.9, y, GREY, 1.0, arrow=True)]


def _said(chart: Plans, paper: PlanSheet) -> list[str]:
    """What the picture itself cannot show: the items without a day, and a day that lies far away."""
    lang = paper.sheet.lang
    zh = chinese(lang)
    texts = [_FAR.get(lang).format(chart.day_said)] if paper.day is None else []
    if any(row.towards for row in chart.rows):
        texts.append(f"{_OPEN.get(lang)}{'。' if zh else '.'}")
    for head in dict.fromkeys(row.when for row in chart.undated):
        titles = [
            f"{row.title}{'（' if zh else ' ('}{row.said}{'）' if zh else ')'}"
            for row in chart.undated
            if row.when == head
        ]
        texts.append(
            f"{head}：{'；'.join(titles)}。" if zh else f"{head[:1].upper()}{head[1:]}: {'; '.join(titles)}."
        )
    return texts
