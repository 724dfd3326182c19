"""What a structure consists of, and its boxes: as high as their words need, no character alone on a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from reports.charts.connectors import Rect
from reports.charts.line_breaking import balanced
from reports.charts.scene import (
    BLUE,
    BODY,
    GREY,
    HAIRLINE,
    INK,
    SMALL,
    WHITE,
    Bar,
    Item,
    Label,
    Line,
    Measure,
    line_height,
)
from reports.model.formatting import chinese, joiner

#: Between the edge of a box and its words.
INSET, _PAD, _AIR = 0.14, 0.1, 0.08


#: The end of an arrow that is the alliance as a whole.
ALLIANCE = ""
#: Where a node stands: with the members, in the frame, beside a body in the frame, or outside it.
Zone = Literal["left", "inside", "beside", "above", "below", "right"]


class Sub(Struct, frozen=True):
    """Groups below a body: their name and how many there are, in a box and in a sentence, and their themes."""

    title: str
    said: str
    themes: tuple[str, ...] = ()


class BoxText(Struct, frozen=True):
    """The words of a box in lines: text, size, colour; an empty text is a rule between two parts."""

    lines: tuple[tuple[str, float, str], ...]

    @property
    def height(self) -> float:
        """How high a box of these words is."""
        return 2 * _PAD + sum(_AIR if not text else line_height(size) for text, size, _ in self.lines)


class StructureBox(Struct, frozen=True):
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

    def touches(self, id_: str) -> bool:
        """True when it begins or ends at *id_*."""
        return id_ in (self.source, self.target)

    def other(self, id_: str) -> str:
        """Its other end."""
        return self.target if self.source == id_ else self.source


class Structure(Struct, frozen=True):
    """All boxes and arrows of the alliance called *title*, *short* where there is little room."""

    title: str
    short: str
    nodes: tuple[StructureBox, ...]
    arrows: tuple[Arrow, ...]

    def of(self, *zones: Zone) -> list[StructureBox]:
        """The boxes of some zones, in their order."""
        return [node for node in self.nodes if node.zone in zones]

    def touching(self, id_: str) -> list[Arrow]:
        """The arrows that begin or end at *id_*."""
        return [arrow for arrow in self.arrows if arrow.touches(id_)]

    def said(self, arrows: Sequence[Arrow], lang: str) -> list[str]:
        """Arrows in words, a line for each verb."""
        names = {node.id: node.title for node in self.nodes} | {ALLIANCE: self.short}
        comma, colon = ("、", "：") if chinese(lang) else (", ", ": ")
        lines: dict[str, list[str]] = {}
        for arrow in arrows:
            sign = "↔" if arrow.both else "→"
            sign = sign if chinese(lang) else f" {sign} "
            lines.setdefault(arrow.verb, []).append(f"{names[arrow.source]}{sign}{names[arrow.target]}")
        return [f"{verb}{colon}{comma.join(pairs)}" for verb, pairs in lines.items()]


def text_of(node: StructureBox, width: float, measure: Measure, lang: str) -> BoxText:
    """Set the words of a box *width* cm wide."""
    room = width - 2 * INSET
    lines = [(line, BODY, INK) for line in _titled(node.title, room, measure)]
    lines += [(line, SMALL, GREY) for line in _small(node.detail, room, measure)]
    for sub in node.subs:
        lines.append(("", SMALL, HAIRLINE))
        lines += [(line, SMALL, INK) for line in _small(sub.title, room, measure)]
        lines += [(line, SMALL, GREY) for line in _themes(sub.themes, room, measure, lang)]
    return BoxText(tuple(lines))


def _titled(title: str, room: float, measure: Measure) -> tuple[str, ...]:
    """A name on one line with its acronym, else the acronym, in full-width brackets, on a line of its own."""
    head, bracket, acronym = title.rpartition("（")
    if not head or measure(title, BODY) <= room:
        return balanced(title, room, measure)
    return (*balanced(head, room, measure), *balanced(bracket + acronym, room, measure))


def _themes(themes: tuple[str, ...], room: float, measure: Measure, lang: str) -> tuple[str, ...]:
    """Themes one behind the other; a line ends within one only where it is wider than a line."""
    between = joiner(lang)
    lines: list[str] = []
    for n, theme in enumerate(themes):
        text = theme + (between.rstrip() if n + 1 < len(themes) else "")
        joined = f"{lines[-1]}{' ' if between.endswith(' ') else ''}{text}" if lines else text
        if lines and measure(joined, SMALL) <= room:
            lines[-1] = joined
        else:
            lines += balanced(text, room, measure, SMALL)
    return tuple(lines)


def _small(text: str, room: float, measure: Measure) -> tuple[str, ...]:
    return balanced(text, room, measure, SMALL) if text else ()


def box(text: BoxText, at: Rect, *, inside: bool, dashed: bool) -> Iterator[Item]:
    """A box with its words in the middle; what is outside the frame has a grey edge."""
    edge = BLUE if inside else GREY
    yield Bar(at.x, at.y, at.width, at.height, WHITE, edge, dashed=dashed, line=1.1 if inside else 0.9)
    y = at.y + (at.height - text.height) / 2 + _PAD
    for line, size, colour in text.lines:
        if not line:
            yield Line(at.x, y + _AIR / 2, at.right, y + _AIR / 2, colour, 0.6)
            y += _AIR
            continue
        yield Label(at.x + at.width / 2, y + line_height(size) / 2, line, size, colour, "center")
        y += line_height(size)
