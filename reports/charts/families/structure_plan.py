"""Where the boxes of a structure stand: bodies in the rows of a frame, everybody else around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from reports.charts import connectors
from reports.charts.connectors import Rect
from reports.charts.families.structure_boxes import (
    ALLIANCE,
    INSET,
    BoxText,
    Structure,
    StructureBox,
    Zone,
    text_of,
)
from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import balanced
from reports.charts.scene import BODY, SMALL, line_height
from reports.model.formatting import joiner

#: Between boxes side by side, boxes one over the other, and rows between which arrows have words.
_BESIDE, _OVER, _GAP = 0.3, 0.3, 0.95
#: Between the frame and its boxes, above its name and below it; the narrowest box and frame.
MARGIN, ABOVE, _BELOW, _NARROW, _NARROWEST = 0.25, 0.12, 0.15, 2.1, 5.0
#: How much of the width boxes at the sides take at most, how narrow and wide those above and below are, and from one
#: connector of a box to the next, with words above each.
_SIDE, _SLENDER, _SLIM, _WIDE, _PORT = 0.18, 1.6, 2.6, 4.2, 0.62
#: How far lines keep from the edge of the paper, which would cut them.
_EDGE = 0.03


class TwoWayLink(Struct, frozen=True):
    """What leads both from a box above or below the frame to it and back: its words, and where it has heads."""

    words: str
    to_frame: bool
    to_box: bool


class Plan(Struct, frozen=True):
    """What is drawn where: the words and the place of every box, the rows of the frame, and the frame."""

    texts: Mapping[str, BoxText]
    rects: Mapping[str, Rect]
    rows: tuple[tuple[str, ...], ...]
    frame: Rect
    structure: Structure
    sheet: Sheet

    def zone(self, id_: str) -> Zone | None:
        """Where the box *id_* stands, None for one without a place."""
        return next(
            (node.zone for node in self.structure.nodes if node.id == id_ and id_ in self.rects), None
        )

    def row(self, id_: str) -> int:
        """Which row of the frame holds *id_*; -1 for none."""
        return next((n for n, row in enumerate(self.rows) if id_ in row), -1)


class _Placed(Struct):
    """Boxes that have got their places."""

    texts: dict[str, BoxText]
    rects: dict[str, Rect]

    def add(self, node: StructureBox, text: BoxText, rect: Rect) -> None:
        self.texts[node.id], self.rects[node.id] = text, rect

    @property
    def bottom(self) -> float:
        return max((rect.bottom for rect in self.rects.values()), default=0.0)


def planned(structure: Structure, sheet: Sheet, top: float) -> Plan:
    """Return where every box goes. Where the sides leave the frame too little room they fall away, and so do boxes
    for which a band has no room: their arrows have to be said in words."""
    sides: dict[Zone, float] = {zone: _side(structure, zone, sheet) for zone in ("left", "right")}
    if sheet.width - sum(sides.values()) < _NARROWEST:
        sides = dict.fromkeys(sides, 0.0)
    top += _EDGE
    x, width = sides["left"] or _EDGE, sheet.width - sum(side or _EDGE for side in sides.values())
    placed = _Placed({}, {})
    above = _band(structure, "above", Rect(x, top, width, 0), sheet, placed)
    begin = top + above + (_band_gap(structure, "above", width, sheet) if above else 0.0)
    rows = _rows(structure, width - 2 * MARGIN)
    end = _inside(structure, rows, Rect(x, begin, width, 0), sheet, placed)
    for zone in (zone for zone in sides if sides[zone]):
        _stack(structure, zone, (begin, end), sheet, placed)
    frame = Rect(x, begin, width, max(end, placed.bottom) - begin)
    gap = _band_gap(structure, "below", width, sheet)
    _band(structure, "below", Rect(x, frame.bottom + gap, width, 0), sheet, placed)
    ids = tuple(tuple(node.id for node in row) for row in rows)
    return Plan(placed.texts, placed.rects, ids, frame, structure, sheet)


# --- in the frame -----------------------------------------------------------------------------------------


def title_of(structure: Structure, width: float, sheet: Sheet) -> tuple[str, ...]:
    """The name of the alliance in lines as wide as its frame allows."""
    return balanced(structure.title, width - 2 * MARGIN, sheet.measure)


def _rows(structure: Structure, width: float) -> list[list[StructureBox]]:
    """The boxes of the frame by rank, those beside others last; a rank too wide for one row takes several."""
    inside = structure.of("inside", "beside")
    most = max(1, int((width + _BESIDE) / (_NARROW + _BESIDE)))
    rows: list[list[StructureBox]] = []
    for rank in sorted({node.rank for node in inside}):
        row = sorted((node for node in inside if node.rank == rank), key=lambda node: node.zone == "beside")
        rows += [row[first : first + most] for first in range(0, len(row), most)]
    return rows


def _inside(
    structure: Structure, rows: Sequence[Sequence[StructureBox]], frame: Rect, sheet: Sheet, placed: _Placed
) -> float:
    """Place the rows from top to bottom; return where the frame may end."""
    y = frame.y + ABOVE + len(title_of(structure, frame.width, sheet)) * line_height() + _BELOW
    for n, row in enumerate(rows):
        width = (frame.width - 2 * MARGIN - (len(row) - 1) * _BESIDE) / len(row)
        texts = [text_of(node, width, sheet.measure, sheet.lang) for node in row]
        height = max(text.height for text in texts)
        for column, (node, text) in enumerate(zip(row, texts, strict=True)):
            x = frame.x + MARGIN + column * (width + _BESIDE)
            placed.add(node, text, Rect(x, y, width, height))
        y += height + (_gap(structure, row, rows[n + 1]) if n + 1 < len(rows) else MARGIN)
    return y


def _gap(structure: Structure, upper: Sequence[StructureBox], lower: Sequence[StructureBox]) -> float:
    """The room between two rows: more where arrows lead from one to the other."""
    pairs = ({arrow.source, arrow.target} for arrow in structure.arrows)
    ids = [{node.id for node in row} for row in (upper, lower)]
    return _GAP if any(pair & ids[0] and pair & ids[1] for pair in pairs) else _OVER


# --- at the sides -----------------------------------------------------------------------------------------


def _width(structure: Structure, zone: Zone, sheet: Sheet) -> float:
    """How wide the boxes of one side are: as their longest name, within bounds."""
    longest = max(sheet.measure(node.title, BODY) for node in structure.of(zone))
    return min(max(longest + 2 * INSET + 0.1, _SLENDER), _SIDE * sheet.width)


def _side(structure: Structure, zone: Zone, sheet: Sheet) -> float:
    """How wide one side is, the boxes and the channel beside them; 0 without any."""
    arrows = [arrow for node in structure.of(zone) for arrow in structure.touching(node.id)]
    if not arrows:
        return 0.0
    tracks = sum(not arrow.touches(ALLIANCE) for arrow in arrows)
    return (
        _EDGE
        + _width(structure, zone, sheet)
        + connectors.width_of([a.verb for a in arrows], tracks, sheet.measure)
    )


def _stack(
    structure: Structure, zone: Zone, span: tuple[float, float], sheet: Sheet, placed: _Placed
) -> None:
    """Place the boxes of one side, each beside what its arrows lead to as far as the others let it."""
    width = _width(structure, zone, sheet)
    x = _EDGE if zone == "left" else sheet.width - width - _EDGE
    aims = {node.id: _aim(structure, node, placed.rects, span[1]) for node in structure.of(zone)}
    nodes = sorted(structure.of(zone), key=lambda node: aims[node.id])
    texts = [text_of(node, width, sheet.measure, sheet.lang) for node in nodes]
    sizes = [
        max(text.height, len(structure.touching(node.id)) * _PORT)
        for node, text in zip(nodes, texts, strict=True)
    ]
    end, bottom = span[0], max(span[1], span[0] + sum(sizes) + _OVER * (len(sizes) - 1))
    for n, (node, text, size) in enumerate(zip(nodes, texts, sizes, strict=True)):
        later = sum(other + _OVER for other in sizes[n + 1 :])
        y = max(end, min(aims[node.id] - size / 2, bottom - later - size))
        placed.add(node, text, Rect(x, y, width, size))
        end = y + size + _OVER


def _aim(structure: Structure, node: StructureBox, rects: Mapping[str, Rect], bottom: float) -> float:
    """The height of the bodies its arrows lead to; the bottom where they lead to the alliance only."""
    ends = [arrow.other(node.id) for arrow in structure.touching(node.id)]
    found = [rects[end].y + rects[end].height / 2 for end in ends if end in rects]
    return sum(found) / len(found) if found else bottom


# --- above and below --------------------------------------------------------------------------------------


def links_of(structure: Structure, node: StructureBox, lang: str) -> list[TwoWayLink]:
    """What leads from a box above or below the frame to it and back, one link for all that has the same heads."""
    found: dict[tuple[bool, bool], list[str]] = {}
    for arrow in structure.touching(node.id):
        heads = (arrow.both or arrow.target == ALLIANCE, arrow.both or arrow.target == node.id)
        found.setdefault(heads, []).append(arrow.verb)
    return [TwoWayLink(joiner(lang).join(verbs), *heads) for heads, verbs in found.items()]


def ports(width: float, count: int) -> list[tuple[float, float]]:
    """Where *count* links leave a box of *width*, from its left edge, and how much room the words of each have."""
    if count == 1:
        return [(width / 2, width / 2 - 0.15)]
    part = width / count
    return [(n * part + 0.3, part - 0.55) for n in range(count)]


def _band(structure: Structure, zone: Zone, at: Rect, sheet: Sheet, placed: _Placed) -> float:
    """Place as many boxes above or below the frame as have room beside each other; return their height."""
    nodes, width = _beside(structure, zone, at.width)
    texts = [text_of(node, width, sheet.measure, sheet.lang) for node in nodes]
    height = max((text.height for text in texts), default=0.0)
    for n, (node, text) in enumerate(zip(nodes, texts, strict=True)):
        x = at.x + (n + 0.5) * at.width / len(nodes) - width / 2
        placed.add(node, text, Rect(x, at.y, width, height))
    return height


def _beside(structure: Structure, zone: Zone, room: float) -> tuple[list[StructureBox], float]:
    """The boxes of a band that have room, and how wide each is."""
    most = max(1, int((room + _BESIDE) / (_SLIM + _BESIDE)))
    nodes = structure.of(zone)[:most]
    return nodes, min(_WIDE, room / max(len(nodes), 1) - _BESIDE / 2)


def _band_gap(structure: Structure, zone: Zone, room: float, sheet: Sheet) -> float:
    """How far a band is from the frame: as its longest words need."""
    nodes, width = _beside(structure, zone, room)
    lines = [1]
    for node in nodes:
        links = links_of(structure, node, sheet.lang)
        for link, (_, free) in zip(links, ports(width, len(links)), strict=True):
            lines.append(len(balanced(link.words, free, sheet.measure, SMALL)))
    return max(_GAP, max(lines) * line_height(SMALL) + 0.45)
