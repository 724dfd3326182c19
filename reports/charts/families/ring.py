"""A ring: one whole in two or three parts, as a share and its rest, shares that make up a whole, or a number
with its components. The rest of a share is computed, and marked so. A bound has no place in a ring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import acos, cos, pi, sin

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.amounts import common_unit, of_quantity
from reports.charts.family_interface import Family, Sheet, fault, refused
from reports.charts.line_breaking import balanced, stacked
from reports.charts.scene import (
    BLUE,
    BODY,
    GREY,
    INK,
    SMALL,
    TITLE,
    FilledShape,
    Item,
    Label,
    Line,
    Scene,
    line_height,
)
from reports.charts.styles import REST, SERIES
from reports.document.drawings import ChartRequest
from reports.model.formatting import chinese, say
from reports.model.kinds.metrics import Metric
from reports.model.records import Record
from reports.model.values import BilingualText, Share

_COMPUTED = BilingualText("计算值", "computed", "計算值")
_REST = BilingualText("其余", "the rest", "其餘")
_MOST = 3


class Segment(Struct, frozen=True):
    """One part: its share of the ring, 0..1, and its figure as printed, with a mark where it is computed."""

    name: str
    share: float
    stated: str
    mark: str = ""


class Ring(Struct, frozen=True):
    """The whole: what it is, its parts, and what stands in its middle ("" for nothing)."""

    title: str
    segments: tuple[Segment, ...]
    middle: str = ""


# --- rows -------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[Ring, ...]:
    """Return the one ring that all records make up, () without any.

    Raise ReportError: chart/row for a record that states no share, chart/rows where they make up no whole.
    """
    metrics = [_metric(request, record) for record in request.records]
    if not metrics:
        return ()
    if len(metrics) == 1 and metrics[0].components:
        return (_of_components(request, metrics[0]),)
    return (_of_shares(request, metrics),)


def _metric(request: ChartRequest, record: Record) -> Metric:
    if not isinstance(record, Metric) or not (record.share or record.components):
        raise refused(
            request, record, "it has neither a share nor components", "它既没有百分比，也没有组成部分"
        )
    return record


def _of_components(request: ChartRequest, metric: Metric) -> Ring:
    parts = [(part, of_quantity(part.value, metric.unit)) for part in metric.components]
    whole = sum((found.whole for _, found in parts), Decimal())
    if not metric.quantity or not metric.adds_up or whole <= 0 or len(parts) > _MOST:
        raise refused(
            request,
            metric,
            "its components are not two or three that add up",
            "它的组成部分不是合计相符的两三项",
        )
    total = of_quantity(metric.quantity, metric.unit)
    unit = common_unit(request, [total, *(found for _, found in parts)])
    segments = (
        Segment(say(part.label, request.lang), float(found.whole / whole), unit.said(found))
        for part, found in parts
    )
    return Ring(say(metric.title, request.lang), tuple(segments), unit.full(total))


def _of_shares(request: ChartRequest, metrics: Sequence[Metric]) -> Ring:
    lang, found = request.lang, []
    for metric in metrics:
        if not metric.share or metric.share.bound not in ("exact", "about", "nearly"):
            raise refused(
                request, metric, "a ring shows no bound; use 'shares'", "环形图不表示界限，请用“shares”"
            )
        if not metric.parts:
            raise refused(
                request, metric, "'parts' has to name what has the share", "“parts”应写明是谁的占比"
            )
        found.append(metric.share)
    names = [say(metric.parts[0], lang) for metric in metrics]
    segments = [
        Segment(name, float(share.percent / 100), say(share, lang))
        for name, share in zip(names, found, strict=True)
    ]
    rest = 100 - sum((share.percent for share in found), Decimal())
    if rest > 0:
        others = metrics[0].parts[1:] if len(metrics) == 1 else ()
        name = say(others[0], lang) if others else _REST.get(lang)
        exact = all(share.bound == "exact" for share in found)
        left = Share(rest, "exact" if exact else "about")
        segments.append(Segment(name, float(rest / 100), say(left, lang), _COMPUTED.get(lang)))
    if rest < 0 or len(segments) > _MOST:
        detail = (
            "合计超过100%，或多于三部分" if chinese(lang) else "they are over 100%, or more than three parts"
        )
        raise fault(request, "chart/rows", detail=detail)
    middle = segments[0].stated if len(metrics) == 1 else ""
    return Ring(_title(metrics, lang), tuple(segments), middle)


def _title(metrics: Sequence[Metric], lang: str) -> str:
    """What the whole is: a metric's title, or what several titles have in common before their colon."""
    titles = [say(metric.title, lang) for metric in metrics]
    if len(titles) == 1:
        return titles[0]
    heads = {title.partition("：" if chinese(lang) else ":")[0] for title in titles}
    return heads.pop() if len(heads) == 1 else ""


# --- words ------------------------------------------------------------------------------------------------


def describe(rows: tuple[Ring, ...], lang: str) -> str:
    """Return one sentence that names the whole and each part with its figure."""
    [ring] = rows
    zh = chinese(lang)
    parts = [_said(segment, lang) for segment in ring.segments]
    whole = ring.title
    if ring.middle and ring.middle != ring.segments[0].stated:
        whole = f"{whole}{ring.middle}" if zh else f"{whole}, {ring.middle}"
    said = ("，" if zh else ", ").join([whole, *parts] if whole else parts)
    return f"环形图：{said}。" if zh else f"Ring chart: {said}."


def _said(segment: Segment, lang: str) -> str:
    if chinese(lang):
        return f"{segment.name}{segment.stated}{f'（{segment.mark}）' if segment.mark else ''}"
    return f"{segment.name} {segment.stated}{f' ({segment.mark})' if segment.mark else ''}"


# --- layout -----------------------------------------------------------------------------------------------

_WIDEST, _HOLE = 4.4, 0.62
#: From the ring to where a leader bends, and from there to the words.
_ELBOW, _LEAD, _AIR = 0.3, 0.35, 0.1
#: Between the words of two parts.
_APART = 0.2
_SIZES = (20.0, 18.0, 16.0, 14.0, TITLE, BODY)


class _Disc(Struct, frozen=True):
    """Where the ring is: its middle and its radius."""

    x: float
    y: float
    radius: float

    def at(self, turn: float, share: float = 1.0) -> tuple[float, float]:
        """The point *turn* of the way round, clockwise from the top, *share* of the radius from the middle."""
        r = share * self.radius
        return self.x + r * sin(2 * pi * turn), self.y - r * cos(2 * pi * turn)

    def turn(self, y: float, towards: int) -> float:
        """How far round the edge is at height *y*, on the right side or on the left."""
        half = acos(max(-1.0, min(1.0, (self.y - y) / self.radius))) / (2 * pi)
        return half if towards > 0 else 1 - half


class _Block(Struct, frozen=True):
    """The words of a segment, its lines with their sizes and colours, and from where to where it reaches."""

    lines: tuple[tuple[str, float, str], ...]
    begin: float
    end: float

    @property
    def towards(self) -> int:
        """The side it stands on: 1 right, -1 left."""
        return 1 if (self.begin + self.end) / 2 <= 0.5 else -1

    @property
    def height(self) -> float:
        return sum(line_height(size) for _, size, _ in self.lines)

    @property
    def first(self) -> float:
        """From the top of the block to the middle of its first line."""
        return line_height(self.lines[0][1]) / 2


def arrange(rows: tuple[Ring, ...], sheet: Sheet) -> Scene:
    """Lay out the title, what the whole is, the ring in the middle and its parts on both sides."""
    [ring] = rows
    radius = min(_WIDEST, 0.3 * sheet.width) / 2
    size, middle = _fitted(ring.middle, 2 * _HOLE * radius * 0.86, sheet)
    if not middle:
        ring = _without_middle(ring, sheet.lang)
    heading, top = sheet.heading()
    lines = balanced(ring.title, sheet.width, sheet.measure) if ring.title else ()
    head = [*heading, *stacked(lines, 0, top + line_height() / 2, BODY, GREY)]
    top += len(lines) * line_height() + 0.2
    blocks = _blocks(ring, sheet.width / 2 - radius - _ELBOW - _LEAD - _AIR, sheet)
    sides = [_spread([b for b in blocks if b.towards == side], radius) for side in (-1, 1)]
    above = max(0.0, *(-y for side in sides for _, y in side))
    below = max(0.0, *(y + block.height - 2 * radius for side in sides for block, y in side))
    disc = _Disc(sheet.width / 2, top + above + radius, radius)
    items: list[Item] = [*head, *_segments(ring, blocks, disc)]
    y = disc.y - (len(middle) - 1) * line_height(size) / 2
    items += [
        Label(disc.x, y + n * line_height(size), line, size, BLUE, "center") for n, line in enumerate(middle)
    ]
    items += [item for side in sides for block, y in side for item in _placed(block, y, disc)]
    return Scene(sheet.width, disc.y + radius + below + 0.1, tuple(items))


def _fitted(text: str, room: float, sheet: Sheet) -> tuple[float, tuple[str, ...]]:
    """The figure inside the ring, as large as there is room and without breaking a word; () where there is none."""
    for size in _SIZES if text else ():
        lines = balanced(text, room, sheet.measure, size)
        whole = " ".join(lines) == " ".join(text.split())
        if whole and len(lines) * line_height(size) <= room * 0.8 and (len(lines) == 1 or size <= 16):
            return size, lines
    return BODY, ()


def _without_middle(ring: Ring, lang: str) -> Ring:
    """The same ring where its middle has no room: a figure no part carries goes to the title."""
    if not ring.middle or any(segment.stated == ring.middle for segment in ring.segments):
        return replace(ring, middle="")
    between = "：" if chinese(lang) else ": "
    return replace(ring, title=f"{ring.title}{between}{ring.middle}", middle="")


def _blocks(ring: Ring, room: float, sheet: Sheet) -> list[_Block]:
    """The words of every segment, in their order."""
    blocks, begin = [], 0.0
    for segment in ring.segments:
        lines = [(line, BODY, INK) for line in balanced(segment.name, room, sheet.measure)]
        if segment.stated != ring.middle:
            figures = balanced(segment.stated, room, sheet.measure, TITLE)
            lines = [*((line, TITLE, BLUE) for line in figures), *lines]
        if segment.mark:
            marks = balanced(segment.mark, room, sheet.measure, SMALL)
            lines += [(line, SMALL, GREY) for line in marks]
        blocks.append(_Block(tuple(lines), begin, begin + segment.share))
        begin += segment.share
    return blocks


def _spread(blocks: list[_Block], radius: float) -> list[tuple[_Block, float]]:
    """The top of each block of one side, as near to its segment as others let it; 0 is the top of the ring."""
    wanted = {id(b): radius * (1 - cos(pi * (b.begin + b.end))) - b.first for b in blocks}
    in_order = sorted(blocks, key=lambda block: wanted[id(block)])
    total = sum(block.height for block in in_order) + _APART * max(len(in_order) - 1, 0)
    end, bottom = min(0.0, radius - total / 2), max(2 * radius, radius + total / 2)
    placed: list[tuple[_Block, float]] = []
    for n, block in enumerate(in_order):
        later = sum(other.height + _APART for other in in_order[n + 1 :])
        y = max(end, min(wanted[id(block)], bottom - later - block.height))
        placed.append((block, y))
        end = y + block.height + _APART
    return placed


def _segments(ring: Ring, blocks: list[_Block], disc: _Disc) -> Iterator[FilledShape]:
    """The pieces of the ring, clockwise from the top."""
    for n, block in enumerate(blocks):
        look = REST if ring.segments[n].mark else SERIES[n]
        share = block.end - block.begin
        steps = max(2, round(share * 180))
        turns = [block.begin + share * step / steps for step in range(steps + 1)]
        edges = (*map(disc.at, turns), *(disc.at(turn, _HOLE) for turn in reversed(turns)))
        if share:
            yield FilledShape(edges, look.face, look.edge, 1.2, look.pattern)


def _placed(block: _Block, top: float, disc: _Disc) -> Iterator[Item]:
    """A block with its leader, level where its segment lies beside it."""
    y, side = disc.y - disc.radius + top, block.towards
    level = y + block.first
    bend = disc.x + side * (disc.radius + _ELBOW)
    edge = bend + side * (_LEAD + _AIR)
    start = disc.at(min(max(disc.turn(level, side), block.begin), block.end))
    yield Line(*start, bend, level, GREY, 0.7)
    yield Line(bend, level, bend + side * _LEAD, level, GREY, 0.7)
    for text, size, colour in block.lines:
        yield Label(edge, y + line_height(size) / 2, text, size, colour, "left" if side > 0 else "right")
        y += line_height(size)


FAMILY = Family(rows, describe, arrange)
