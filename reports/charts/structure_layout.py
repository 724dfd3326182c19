"""How a structure lies on paper: the alliance a frame with its bodies in rows, others beside it, arrows between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from reports.charts import connectors
from reports.charts.connectors import Rect, Way
from reports.charts.family import Sheet
from reports.charts.lettering import balanced
from reports.charts.looks import notes
from reports.charts.scene import BODY, GREY, INK, SMALL, Bar, Item, Label, Scene, line_height
from reports.charts.structure_boxes import Sub, Text, box, text_of
from reports.values import BilingualText
from reports.wording import chinese

#: Where a node stands: with the members, in the frame, beside a body in the frame, or outside at the right.
Zone = Literal["left", "inside", "beside", "right"]
#: The end of an arrow that is the alliance as a whole.
ALLIANCE = ""


class Node(Struct, frozen=True):
    """One box; *rank* orders those in the frame."""

    id: str
    title: str
    zone: Zone
    rank: int = 0
    detail: str = ""
    subs: tuple[Sub, ...] = ()


class Arrow(Struct, frozen=True):
    """Who does what to whom; *both* ways at once where neither comes first."""

    source: str
    target: str
    verb: str
    both: bool = False


class Structure(Struct, frozen=True):
    """All boxes and arrows of the alliance called *title*."""

    title: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]

    def said(self, arrow: Arrow, lang: str) -> str:
        """An arrow in words."""
        names = {node.id: node.title for node in self.nodes} | {ALLIANCE: self.title}
        source, target = names[arrow.source], names[arrow.target]
        return f"{source}{arrow.verb}{target}" if chinese(lang) else f"{source} {arrow.verb} {target}"


_FURTHER = BilingualText("此外：", "Further: ")
#: Between boxes side by side, boxes one over the other outside, and rows in the frame, where arrows have words.
_BESIDE, _OVER, _GAP = 0.3, 0.3, 0.95
#: Between the frame and its boxes; the narrowest box and frame; how much of the width outer boxes take.
_MARGIN, _NARROW, _NARROWEST, _OUTER = 0.25, 2.1, 4.2, 0.18
#: From one connector of a box to the next, with words above each.
_PORT = 0.62
_BUS = 0.28


class _Plan(Struct, frozen=True):
    """What is drawn where: every box, the frame, the rows in it, and the two channels beside it."""

    texts: Mapping[str, Text]
    rects: Mapping[str, Rect]
    rows: tuple[tuple[str, ...], ...]
    frame: Rect
    structure: Structure
    sheet: Sheet

    def zone(self, id_: str) -> Zone:
        """Where the box *id_* stands."""
        return next(node.zone for node in self.structure.nodes if node.id == id_)

    def row(self, id_: str) -> int:
        """Which row of the frame holds *id_*; -1 for none."""
        return next((n for n, row in enumerate(self.rows) if id_ in row), -1)


def arrange(rows: tuple[Structure, ...], sheet: Sheet) -> Scene:
    """Lay out the title, the boxes, the arrows, and in words what arrows cannot show."""
    [structure] = rows
    heading, top = sheet.heading()
    plan = _planned(structure, sheet, top)
    arrows, left = _arrows(plan)
    items: list[Item] = [*heading, *_frame(plan), *arrows]
    for node in structure.nodes:
        if node.id in plan.rects:
            inside, dashed = node.zone in ("inside", "beside"), node.zone == "beside"
            items += box(plan.texts[node.id], plan.rects[node.id], inside=inside, dashed=dashed)
    stop, between = ("。", "；") if chinese(sheet.lang) else (".", "; ")
    said = between.join(structure.said(arrow, sheet.lang) for arrow in left)
    further = [f"{_FURTHER.get(sheet.lang)}{said}{stop}"] if left else []
    bottom = max(rect.bottom for rect in (plan.frame, *plan.rects.values()))
    below, y = notes(further, sheet, bottom + 0.15)
    return Scene(sheet.width, y + 0.05, (*items, *below))


# --- boxes ------------------------------------------------------------------------------------------------


def _planned(structure: Structure, sheet: Sheet, top: float) -> _Plan:
    """Where every box goes: the frame takes what the columns beside it leave; with too little of it they fall away,
    and their arrows are said in words."""
    columns = {zone: _column(structure, zone, sheet) for zone in ("left", "right")}
    if sheet.width - sum(columns.values()) < _NARROWEST:
        columns = dict.fromkeys(columns, 0.0)
    frame = Rect(columns["left"], top, sheet.width - sum(columns.values()), 0.0)
    texts: dict[str, Text] = {}
    rects: dict[str, Rect] = {}
    rows = _rows(structure, frame.width - 2 * _MARGIN)
    y = top + len(_frame_title(structure, frame, sheet)) * line_height() + 0.25
    for n, row in enumerate(rows):
        width = (frame.width - 2 * _MARGIN - (len(row) - 1) * _BESIDE) / len(row)
        set_ = [text_of(one.title, one.detail, one.subs, width, sheet.measure, sheet.lang) for one in row]
        height = max(text.height for text in set_)
        for column, (node, text) in enumerate(zip(row, set_, strict=True)):
            texts[node.id] = text
            rects[node.id] = Rect(frame.x + _MARGIN + column * (width + _BESIDE), y, width, height)
        y += height + (_gap(structure, rows, n) if n + 1 < len(rows) else _MARGIN)
    bottom = y
    for zone in ("left", "right"):
        if columns[zone]:
            found = _stack(structure, zone, rects, (top, y), sheet)
            texts |= {id_: text for id_, (text, _) in found.items()}
            rects |= {id_: rect for id_, (_, rect) in found.items()}
            bottom = max(bottom, *(rect.bottom for _, rect in found.values()))
    frame = Rect(frame.x, top, frame.width, bottom - top)
    ids = tuple(tuple(node.id for node in row) for row in rows)
    return _Plan(texts, rects, ids, frame, structure, sheet)


def _touching(structure: Structure, id_: str) -> list[Arrow]:
    return [arrow for arrow in structure.arrows if id_ in (arrow.source, arrow.target)]


def _column(structure: Structure, zone: str, sheet: Sheet) -> float:
    """How wide the boxes outside the frame and the channel beside them are; 0 without any."""
    arrows = [
        arrow for node in structure.nodes if node.zone == zone for arrow in _touching(structure, node.id)
    ]
    if not arrows:
        return 0.0
    tracks = sum(ALLIANCE not in (arrow.source, arrow.target) for arrow in arrows)
    verbs = [arrow.verb for arrow in arrows]
    return _OUTER * sheet.width + connectors.width_of(verbs, tracks, sheet.measure)


def _rows(structure: Structure, width: float) -> list[list[Node]]:
    """The boxes of the frame by rank, those beside others last; a rank too wide for one row takes several."""
    inside = [node for node in structure.nodes if node.zone in ("inside", "beside")]
    most = max(1, int((width + _BESIDE) / (_NARROW + _BESIDE)))
    rows: list[list[Node]] = []
    for rank in sorted({node.rank for node in inside}):
        row = sorted((node for node in inside if node.rank == rank), key=lambda node: node.zone == "beside")
        rows += [row[first : first + most] for first in range(0, len(row), most)]
    return rows


def _gap(structure: Structure, rows: Sequence[Sequence[Node]], n: int) -> float:
    """The room below row *n*: more where arrows lead to the next one."""
    upper, lower = ({node.id for node in row} for row in rows[n : n + 2])
    leads = any(
        {arrow.source, arrow.target} & upper and {arrow.source, arrow.target} & lower
        for arrow in structure.arrows
    )
    return _GAP if leads else _OVER


def _frame_title(structure: Structure, frame: Rect, sheet: Sheet) -> tuple[str, ...]:
    return balanced(structure.title, frame.width - 2 * _MARGIN, sheet.measure)


def _frame(plan: _Plan) -> Iterator[Item]:
    """The alliance as a frame with its name."""
    frame = plan.frame
    yield Bar(frame.x, frame.y, frame.width, frame.height, "", GREY, line=0.8)
    for n, line in enumerate(_frame_title(plan.structure, frame, plan.sheet)):
        yield Label(
            frame.x + frame.width / 2, frame.y + 0.12 + (n + 0.5) * line_height(), line, align="center"
        )


def _stack(
    structure: Structure, zone: str, rects: Mapping[str, Rect], span: tuple[float, float], sheet: Sheet
) -> dict[str, tuple[Text, Rect]]:
    """The boxes outside the frame, each beside what its arrows lead to as far as the others let it."""
    width = _OUTER * sheet.width
    x = 0.0 if zone == "left" else sheet.width - width
    nodes = [node for node in structure.nodes if node.zone == zone]
    aims = {node.id: _aim(structure, node, rects) for node in nodes}
    nodes.sort(key=lambda node: aims[node.id] or float("inf"))
    texts = [text_of(one.title, one.detail, one.subs, width, sheet.measure, sheet.lang) for one in nodes]
    sizes = [
        max(text.height, len(_touching(structure, node.id)) * _PORT)
        for node, text in zip(nodes, texts, strict=True)
    ]
    top, bottom = span[0], max(span[1], span[0] + sum(sizes) + _OVER * (len(sizes) - 1))
    found: dict[str, tuple[Text, Rect]] = {}
    end = top
    for n, (node, text, size) in enumerate(zip(nodes, texts, sizes, strict=True)):
        wanted = aims[node.id] or top + (n + 0.5) / len(nodes) * (bottom - top)
        later = sum(other + _OVER for other in sizes[n + 1 :])
        y = max(end, min(wanted - size / 2, bottom - later - size))
        found[node.id] = (text, Rect(x, y, width, size))
        end = y + size + _OVER
    return found


def _aim(structure: Structure, node: Node, rects: Mapping[str, Rect]) -> float:
    """The height of the bodies its arrows lead to; 0 where they lead to the alliance only."""
    ends = {end for arrow in _touching(structure, node.id) for end in (arrow.source, arrow.target)}
    found = [rects[end].y + rects[end].height / 2 for end in ends if end in rects]
    return sum(found) / len(found) if found else 0.0


# --- arrows -----------------------------------------------------------------------------------------------


def _arrows(plan: _Plan) -> tuple[list[Item], list[Arrow]]:
    """Every arrow that can be drawn, and those that have to be said."""
    outer: dict[str, list[Arrow]] = {"left": [], "right": []}
    inner: list[Arrow] = []
    left: list[Arrow] = []
    for arrow in plan.structure.arrows:
        zone = next((zone for zone in ("left", "right") if _reaches(plan, arrow, zone)), "")
        if zone:
            outer[zone].append(arrow)
        elif min(plan.row(arrow.source), plan.row(arrow.target)) >= 0:
            inner.append(arrow)
        else:
            left.append(arrow)
    items = [item for zone, found in outer.items() for item in _channel(plan, zone, found)]
    for n in range(len(plan.rows) - 1):
        between = [a for a in inner if {plan.row(a.source), plan.row(a.target)} == {n, n + 1}]
        drawn, rest = _trunks(plan, n, between)
        items += drawn
        left += rest
    left += [a for a in inner if abs(plan.row(a.source) - plan.row(a.target)) != 1]
    return items, sorted(left, key=plan.structure.arrows.index)


def _ends(plan: _Plan, arrow: Arrow, zone: str) -> tuple[str, str]:
    """The end of *arrow* outside the frame and the other one."""
    if arrow.source in plan.rects and plan.zone(arrow.source) == zone:
        return arrow.source, arrow.target
    return arrow.target, arrow.source


def _reaches(plan: _Plan, arrow: Arrow, zone: str) -> bool:
    """True when a connector leads from a box of *zone* to the frame, or to a body nothing stands before."""
    outer, inner = _ends(plan, arrow, zone)
    if outer not in plan.rects or plan.zone(outer) != zone:
        return False
    if inner == ALLIANCE:
        return True
    row = plan.row(inner)
    return row >= 0 and plan.rows[row][0 if zone == "left" else -1] == inner


def _channel(plan: _Plan, zone: str, arrows: Sequence[Arrow]) -> list[Item]:
    """The arrows between the boxes of one side and the frame."""
    pairs = [(arrow, *_ends(plan, arrow, zone)) for arrow in arrows]
    outer_y: dict[Arrow, float] = {}
    for node in dict.fromkeys(outer for _, outer, _ in pairs):
        own = [pair for pair in pairs if pair[1] == node]
        own.sort(key=lambda pair: plan.rects[pair[2]].y if pair[2] in plan.rects else float("inf"))
        outer_y |= _ports(plan.rects[node], [arrow for arrow, _, _ in own])
    inner_y = dict(outer_y)
    for body in dict.fromkeys(inner for _, _, inner in pairs if inner != ALLIANCE):
        own_ = sorted((arrow for arrow, _, inner in pairs if inner == body), key=lambda a: outer_y[a])
        rect = plan.rects[body]
        if not all(rect.y + 0.15 <= outer_y[arrow] <= rect.bottom - 0.15 for arrow in own_):
            inner_y |= _ports(rect, own_)
    ways = []
    for arrow, outer, inner in pairs:
        side, meets = plan.rects[outer], plan.frame if inner == ALLIANCE else plan.rects[inner]
        x1, x2 = (side.right, meets.x) if zone == "left" else (side.x, meets.right)
        ways.append(
            Way(
                arrow.verb, (x1, outer_y[arrow]), (x2, inner_y[arrow]),
                head_in=arrow.both or arrow.target == inner, head_out=arrow.both or arrow.target == outer,
            )
        )  # fmt: skip
    return connectors.channel(ways, plan.sheet.measure)


def _ports(rect: Rect, arrows: Sequence[Arrow]) -> dict[Arrow, float]:
    """The heights at which *arrows* meet the side of a box."""
    return {arrow: rect.y + (n + 0.5) * rect.height / len(arrows) for n, arrow in enumerate(arrows)}


def _trunks(plan: _Plan, n: int, arrows: Sequence[Arrow]) -> tuple[list[Item], list[Arrow]]:
    """The arrows between row *n* and the next: those of one verb from or to one box share a trunk."""
    upper = len(plan.rows[n]) == 1 or len(plan.rows[n + 1]) > 1
    row = plan.rows[n if upper else n + 1]
    groups: dict[tuple[str, str, bool, bool], list[Arrow]] = {}
    for arrow in arrows:
        hub = arrow.source if arrow.source in row else arrow.target
        groups.setdefault((hub, arrow.verb, arrow.target == hub, arrow.both), []).append(arrow)
    items: list[Item] = []
    left: list[Arrow] = []
    begin = dict.fromkeys(row, 0.35)
    for (hub, verb, towards_hub, both), found in groups.items():
        rect, words = plan.rects[hub], plan.sheet.measure(verb, SMALL)
        x = rect.x + begin[hub]
        if x + 0.12 + words > rect.right:
            left += found
            continue
        begin[hub] += words + 0.5
        ends = [plan.rects[a.target if a.source == hub else a.source] for a in found]
        heads = (both or towards_hub, both or not towards_hub)
        items += _trunk(rect, x, ends, heads, upper=upper)
        y = rect.bottom + 0.32 if upper else rect.y - 0.32
        items.append(Label(x + 0.12, y, verb, SMALL, INK))
    return items, left


def _trunk(
    hub: Rect, x: float, ends: Sequence[Rect], heads: tuple[bool, bool], *, upper: bool
) -> Iterator[Item]:
    """A trunk at *x* that leaves its hub and branches to *ends*; *heads* are those at the hub and at the ends."""
    begin = hub.bottom if upper else hub.y
    meets = ends[0].y if upper else ends[0].bottom
    if len(ends) == 1 and ends[0].x + 0.15 <= x <= ends[0].right - 0.15:
        yield from connectors.drawn([(x, begin), (x, meets)], start=heads[0], end=heads[1])
        return
    bus = meets - _BUS if upper else meets + _BUS
    yield from connectors.drawn([(x, begin), (x, bus)], start=heads[0])
    middles = [end.x + end.width / 2 for end in ends]
    yield from connectors.drawn([(min(x, *middles), bus), (max(x, *middles), bus)])
    for middle in middles:
        yield from connectors.drawn([(middle, bus), (middle, meets)], end=heads[1])
