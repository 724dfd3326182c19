"""The lines of figures over time, their marks, and the labels beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reports.charts.families.over_time.label_room import LabelRoom, spread
from reports.charts.families.over_time.markers import MARKERS, Marker, arrow, mark, target, whiskers
from reports.charts.families.over_time.trend_plot import OVER, Course, Panel, Plot, Point, aim_of, names_of
from reports.charts.line_breaking import stacked
from reports.charts.scene import INK, PALE, SMALL, WHITE, Bar, Item, Polyline, Rectangle, line_height
from reports.model.values import BilingualText

_BASELINE = BilingualText("基线{}", "baseline {}", "基線{}")
_TARGET = BilingualText("目标{}", "target {}", "目標{}")
_MARK = 0.13
#: How far an arrow or a bar reaches from its figure.
_REACH = 0.5
#: Lines with so few points have all of them labelled.
_FEW = 8


def lines(plot: Plot) -> Iterator[Item]:
    """The lines to the targets, then those of the figures above them."""
    for course, marker in zip(plot.panel.courses, MARKERS, strict=False):
        aim = aim_of(course)
        if course.baseline and aim:
            yield Polyline((plot.at(course.baseline), plot.at(aim)), marker.colour, 0.9, (3.0, 2.0))
    for course, marker in zip(plot.panel.courses, MARKERS, strict=False):
        if len(course.points) > 1:
            yield Polyline(tuple(map(plot.at, course.points)), marker.colour, 1.7, marker.dash)


def marked(plot: Plot, day: date | None) -> Iterator[Item]:
    """The marks of all figures, and what stands beside them; the line of the *day* is drawn, where there is one."""
    frame = plot.frame
    room = LabelRoom(
        Rectangle(frame.left + 0.03, plot.top - OVER, frame.right, plot.foot - 0.02), frame.sheet.measure
    )
    if frame.names:
        yield from _named(plot, room)
    for course, marker in zip(plot.panel.courses, MARKERS, strict=False):
        _keep(course, plot, room)
        yield from _marks(course, marker, plot)
    if day is not None:
        room.cross(((frame.x(day), plot.top - OVER), (frame.x(day), plot.foot)))
    for point, text, alone in _wanted(plot.panel, frame.sheet.lang):
        found = room.label(*plot.at(point), text, alone=alone)
        if found:
            if room.crossed(found):  # a plate, so that no line runs through it
                box = found.box(frame.sheet.measure)
                yield Bar(box.left, box.top, box.right - box.left, box.bottom - box.top, WHITE, line=0)
            yield found


def _keep(course: Course, plot: Plot, room: LabelRoom) -> None:
    """Let no label lie on the marks of *course*, nor on its lines if that can be."""
    for point in course.all:
        bound = "exact" if point in course.targets else point.end
        up, down = (_REACH if bound in ("about", end) else 0.0 for end in ("above", "below"))
        room.take(*plot.at(point), _MARK, up, down)
    room.cross(tuple(map(plot.at, course.points)))
    aim = aim_of(course)
    if course.baseline and aim:
        room.cross((plot.at(course.baseline), plot.at(aim)))


def _marks(course: Course, marker: Marker, plot: Plot) -> Iterator[Item]:
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


def _named(plot: Plot, room: LabelRoom) -> Iterator[Item]:
    """The name of each line, its mark and its last figure, led to from where it ends."""
    if len(plot.panel.courses) < 2:
        return
    frame, blocks = plot.frame, names_of(plot.panel, plot.frame)
    ends = [plot.at(course.points[-1]) for course in plot.panel.courses]
    heights = [height for _, height in blocks]
    middles = spread([y for _, y in ends], heights, plot.top - OVER, plot.foot)
    left = frame.sheet.width - frame.names
    for (lines, height), middle, (x, y), marker in zip(blocks, middles, ends, MARKERS, strict=False):
        first = middle - height / 2 + 0.04 + line_height(SMALL) / 2
        way = ((x + 0.2, y), (frame.right, y), (left - 0.1, first))
        room.cross(way[:2])
        yield Polyline(way, PALE, 0.6)
        yield from mark(marker, left + 0.12, first)
        yield from stacked(lines, left + 0.4, first, SMALL, INK)
