"""How a structure lies on paper: its boxes, the arrows between them, and in words what no arrow can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.charts import connectors
from reports.charts.connectors import Rect, Way
from reports.charts.families.structure_boxes import ALLIANCE, Arrow, Structure, StructureBox, box
from reports.charts.families.structure_plan import ABOVE, Plan, links_of, planned, ports, title_of
from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import balanced
from reports.charts.scene import GREY, INK, SMALL, Bar, Item, Label, Scene, line_height
from reports.charts.styles import notes
from reports.model.formatting import chinese
from reports.model.values import BilingualText

_FURTHER = BilingualText("此外，", "Further: ")
#: Between a trunk and its words, and how far from the end of its branches a trunk branches.
_AIR, _BUS = 0.12, 0.28
#: How many trunks may branch between two rows, and from one's branches to the other's.
_MOST, _STEP = 2, 0.12


def arrange(rows: tuple[Structure, ...], sheet: Sheet) -> Scene:
    """Lay out the title, the boxes, the arrows, and in words what arrows cannot show."""
    [structure] = rows
    heading, top = sheet.heading()
    plan = planned(structure, sheet, top)
    arrows, left = _arrows(plan)
    items: list[Item] = [*heading, *_frame(plan), *arrows]
    for node in structure.nodes:
        if node.id in plan.rects:
            inside, dashed = node.zone in ("inside", "beside"), node.zone == "beside"
            items += box(plan.texts[node.id], plan.rects[node.id], inside=inside, dashed=dashed)
    stop, between = ("。", "；") if chinese(sheet.lang) else (".", "; ")
    said = between.join(structure.said(left, sheet.lang))
    further = [f"{_FURTHER.get(sheet.lang)}{said}{stop}"] if left else []
    bottom = max(rect.bottom for rect in (plan.frame, *plan.rects.values()))
    below, y = notes(further, sheet, bottom + 0.15)
    return Scene(sheet.width, y + 0.05, (*items, *below))


def _frame(plan: Plan) -> Iterator[Item]:
    """The alliance as a frame with its name."""
    frame = plan.frame
    yield Bar(frame.x, frame.y, frame.width, frame.height, "", GREY, line=0.8)
    for n, line in enumerate(title_of(plan.structure, frame.width, plan.sheet)):
        y = frame.y + ABOVE + (n + 0.5) * line_height()
        yield Label(frame.x + frame.width / 2, y, line, align="center")


# --- arrows -----------------------------------------------------------------------------------------------


def _arrows(plan: Plan) -> tuple[list[Item], list[Arrow]]:
    """Every arrow that can be drawn, and those that have to be said."""
    items: list[Item] = []
    done: set[Arrow] = set()
    for zone in ("left", "right"):
        found = [arrow for arrow in plan.structure.arrows if _reaches(plan, arrow, zone)]
        items += _channel(plan, zone, found)
        done |= set(found)
    for node in plan.structure.of("above", "below"):
        if node.id in plan.rects:
            items += _band(plan, node)
            done |= set(plan.structure.touching(node.id))
    for n in range(len(plan.rows) - 1):
        between = [a for a in plan.structure.arrows if {plan.row(a.source), plan.row(a.target)} == {n, n + 1}]
        drawn, kept = _trunks(plan, n, between)
        items += drawn
        done |= set(kept)
    return items, [arrow for arrow in plan.structure.arrows if arrow not in done]


def _band(plan: Plan, node: StructureBox) -> Iterator[Item]:
    """The arrows between the frame and a box above or below it, each with its words behind it."""
    rect, above = plan.rects[node.id], node.zone == "above"
    begin, meets = (rect.bottom, plan.frame.y) if above else (rect.y, plan.frame.bottom)
    links = links_of(plan.structure, node, plan.sheet.lang)
    for link, (at, room) in zip(links, ports(rect.width, len(links)), strict=True):
        x = rect.x + at
        yield from connectors.drawn([(x, begin), (x, meets)], start=link.to_box, end=link.to_frame)
        lines = balanced(link.words, room, plan.sheet.measure, SMALL)
        y = (begin + meets) / 2 - (len(lines) - 1) * line_height(SMALL) / 2
        for n, line in enumerate(lines):
            yield Label(x + _AIR, y + n * line_height(SMALL), line, SMALL, INK)


def _ends(plan: Plan, arrow: Arrow, zone: str) -> tuple[str, str]:
    """The end of *arrow* in *zone* and the other one."""
    outer = arrow.source if plan.zone(arrow.source) == zone else arrow.target
    return outer, arrow.other(outer)


def _reaches(plan: Plan, arrow: Arrow, zone: str) -> bool:
    """True when a connector leads from a box of *zone* to the frame, or to a body nothing stands before."""
    outer, inner = _ends(plan, arrow, zone)
    if plan.zone(outer) != zone or inner == ALLIANCE:
        return plan.zone(outer) == zone
    row = plan.row(inner)
    return row >= 0 and plan.rows[row][0 if zone == "left" else -1] == inner


def _channel(plan: Plan, zone: str, arrows: Sequence[Arrow]) -> list[Item]:
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


def _trunks(plan: Plan, n: int, arrows: Sequence[Arrow]) -> tuple[list[Item], list[Arrow]]:
    """The arrows between row *n* and the next, and which of them have room: those of one verb from or to one box
    share a trunk."""
    upper = len(plan.rows[n]) == 1 or len(plan.rows[n + 1]) > 1
    row = plan.rows[n if upper else n + 1]
    groups: dict[tuple[str, str, bool, bool], list[Arrow]] = {}
    for arrow in arrows:
        hub = arrow.source if arrow.source in row else arrow.target
        groups.setdefault((hub, arrow.verb, arrow.target == hub, arrow.both), []).append(arrow)
    items: list[Item] = []
    kept: list[Arrow] = []
    begin = dict.fromkeys(row, 0.35)
    branching = 0
    for (hub, verb, towards_hub, both), found in groups.items():
        rect, words = plan.rects[hub], plan.sheet.measure(verb, SMALL)
        x = rect.x + begin[hub]
        ends = [plan.rects[arrow.other(hub)] for arrow in found]
        if x + _AIR + words > rect.right or (branching == _MOST and not _straight(x, ends)):
            continue
        kept += found
        begin[hub] += words + 0.5
        heads = (both or towards_hub, both or not towards_hub)
        items += _trunk(rect, x, ends, heads, branching, upper=upper)
        branching += not _straight(x, ends)
        y = rect.bottom + 0.32 if upper else rect.y - 0.32
        items.append(Label(x + _AIR, y, verb, SMALL, INK))
    return items, kept


def _straight(x: float, ends: Sequence[Rect]) -> bool:
    """True when a trunk at *x* needs no branches."""
    return len(ends) == 1 and ends[0].x + 0.15 <= x <= ends[0].right - 0.15


def _trunk(
    hub: Rect, x: float, ends: Sequence[Rect], heads: tuple[bool, bool], order: int, *, upper: bool
) -> Iterator[Item]:
    """A trunk at *x* that leaves its hub and branches to *ends*; *heads* are those at the hub and at the ends, *order*
    keeps it clear of the other trunks that branch."""
    begin = hub.bottom if upper else hub.y
    meets = ends[0].y if upper else ends[0].bottom
    if _straight(x, ends):
        yield from connectors.drawn([(x, begin), (x, meets)], start=heads[0], end=heads[1])
        return
    away = _BUS + order * _STEP
    bus = meets - away if upper else meets + away
    yield from connectors.drawn([(x, begin), (x, bus)], start=heads[0])
    middles = [end.x + end.width / 2 + order * 2 * _STEP for end in ends]
    yield from connectors.drawn([(min(x, *middles), bus), (max(x, *middles), bus)])
    for middle in middles:
        yield from connectors.drawn([(middle, bus), (middle, meets)], end=heads[1])
