"""Where labels have room between marks and lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from msgspec import Struct, field

from reports.charts.scene import INK, SMALL, Label, Measure, Rectangle

#: How far the middle of a label lies from that of the mark it belongs to: above, below, and beside it.
_UP, _ASIDE = 0.36, 0.2
#: How much further away every other mark has to be.
_APART = 0.12


class LabelRoom(Struct):
    """What is taken of a plot: *boxes* nothing may cover, *lines* that labels had better not lie on. It grows."""

    bounds: Rectangle
    measure: Measure
    boxes: list[Rectangle] = field(default_factory=list)
    lines: list[tuple[tuple[float, float], tuple[float, float]]] = field(default_factory=list)
    marks: list[tuple[float, float]] = field(default_factory=list)

    def take(self, x: float, y: float, half: float, up: float = 0.0, down: float = 0.0) -> None:
        """Keep the place of a mark around *x*, *y*, and of what goes *up* or *down* from it."""
        self.marks.append((x, y))
        self.boxes.append(Rectangle(x - half, y - max(half, up), x + half, y + max(half, down)))

    def cross(self, points: Sequence[tuple[float, float]]) -> None:
        """Remember a line through *points*."""
        self.lines += pairwise(points)

    def label(self, x: float, y: float, text: str, *, alone: bool = False) -> Label | None:
        """The label *text* of the mark at *x*, *y*, where it has room best; None where there is none. *alone*: only where
        nobody could take it for that of another mark, and no line runs through it."""
        tries = [
            (label, box) for label in _around(x, y, text) if self._is_free(box := label.box(self.measure))
        ]
        clear = [one for one in tries if not self._is_crossed(one[1])]
        if alone:
            tries = clear = [one for one in clear if self._is_of(x, y, one[1])]
        found = next(iter(clear or tries), None)
        if found is None:
            return None
        self.boxes.append(found[1])
        return found[0]

    def _is_of(self, x: float, y: float, box: Rectangle) -> bool:
        """Whether no other mark is as near to *box* as that at *x*, *y*."""
        own = _distance(x, y, box)
        others = (mark for mark in self.marks if mark != (x, y))
        return all(_distance(*mark, box) > own + _APART for mark in others)

    def _is_free(self, box: Rectangle) -> bool:
        inside = (
            box.left >= self.bounds.left
            and box.right <= self.bounds.right
            and box.top >= self.bounds.top
            and box.bottom <= self.bounds.bottom
        )
        return inside and not any(box.overlaps(other) for other in self.boxes)

    def _is_crossed(self, box: Rectangle) -> bool:
        return any(_crosses(a, b, box) for a, b in self.lines)

    def crossed(self, label: Label) -> bool:
        """Whether a line runs through *label*."""
        return self._is_crossed(label.box(self.measure))


def _around(x: float, y: float, text: str) -> Iterator[Label]:
    """The places around a mark, the best first."""
    for dy in (-_UP, _UP):
        yield Label(x, y + dy, text, SMALL, INK, "center")
    for dy in (-_UP, _UP):
        yield Label(x - 0.06, y + dy, text, SMALL, INK, "right")
        yield Label(x + 0.06, y + dy, text, SMALL, INK, "left")
    yield Label(x - _ASIDE, y, text, SMALL, INK, "right")
    yield Label(x + _ASIDE, y, text, SMALL, INK, "left")
    for dy in (-_UP, _UP):
        yield Label(x + _ASIDE, y + dy, text, SMALL, INK, "right")
        yield Label(x - _ASIDE, y + dy, text, SMALL, INK, "left")
    for dy in (-1.8 * _UP, 1.8 * _UP):
        yield Label(x, y + dy, text, SMALL, INK, "center")
        yield Label(x - _ASIDE, y + dy, text, SMALL, INK, "left")
        yield Label(x + _ASIDE, y + dy, text, SMALL, INK, "right")


def _distance(x: float, y: float, box: Rectangle) -> float:
    """How far a point is from the edge of *box*."""
    return hypot(max(box.left - x, 0.0, x - box.right), max(box.top - y, 0.0, y - box.bottom))


def _crosses(a: tuple[float, float], b: tuple[float, float], box: Rectangle) -> bool:
    """Whether the line from *a* to *b* runs through *box*: what of it is left, cut at each edge in turn."""
    begin, end = 0.0, 1.0
    dx, dy = b[0] - a[0], b[1] - a[1]
    for way, room in (
        (-dx, a[0] - box.left),
        (dx, box.right - a[0]),
        (-dy, a[1] - box.top),
        (dy, box.bottom - a[1]),
    ):
        if not way:
            if room < 0:
                return False
        elif way < 0:
            begin = max(begin, room / way)
        else:
            end = min(end, room / way)
    return begin < end


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> tuple[float, ...]:
    """The middles of blocks that want to be at *wanted* and are so high, none over another, from *top* on; they leave
    *bottom* only where there are too many."""
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    placed = [0.0] * len(wanted)
    edge = top
    for n in order:
        placed[n] = max(wanted[n], edge + heights[n] / 2)
        edge = placed[n] + heights[n] / 2
    edge = bottom
    for n in reversed(order):
        if placed[n] + heights[n] / 2 <= edge:
            break
        placed[n] = edge - heights[n] / 2
        edge = placed[n] - heights[n] / 2
    shift = max((top - (placed[n] - heights[n] / 2) for n in order), default=0.0)
    return tuple(y + max(shift, 0.0) for y in placed)
