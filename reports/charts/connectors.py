"""Level and upright connectors between boxes: straight where they can be, else round one corner track."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from reports.charts.scene import GREY, INK, SMALL, Item, Label, Line, Measure

#: From one track of a channel to the next, and from the words of a channel to its first track.
TRACK, _AIR = 0.24, 0.2
#: From a level connector up to the middle of its words.
_ABOVE = 0.21
_LINE = 0.9


class Rect(Struct, frozen=True):
    """A box on paper, in cm."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


class Way(Struct, frozen=True):
    """A connector of a channel: its words, where it leaves the outer box and where it meets the inner one, and at
    which of both ends it has a head."""

    verb: str
    outer: tuple[float, float]
    inner: tuple[float, float]
    head_in: bool
    head_out: bool


def drawn(points: Sequence[tuple[float, float]], *, start: bool = False, end: bool = False) -> list[Item]:
    """A connector through *points* with a head at its start, its end, both or none."""
    items: list[Item] = []
    pairs = [pair for pair in pairwise(points) if pair[0] != pair[1]]
    for n, ((x1, y1), (x2, y2)) in enumerate(pairs):
        if start and n == 0:
            items.append(Line(x2, y2, x1, y1, GREY, _LINE, arrow=True))
        items.append(Line(x1, y1, x2, y2, GREY, _LINE, arrow=end and n == len(pairs) - 1))
    return items


def width_of(verbs: Sequence[str], tracks: int, measure: Measure) -> float:
    """How wide a channel is in which *verbs* stand and *tracks* connectors change their height."""
    if not verbs:
        return 0.0
    return max(measure(verb, SMALL) for verb in verbs) + 2 * _AIR + max(tracks, 1) * TRACK


def channel(ways: Sequence[Way], measure: Measure) -> list[Item]:
    """The connectors between a stack of boxes and what lies beside it, each with its words where it leaves its
    outer box; they change their height behind all words, so that none crosses any."""
    if not ways:
        return []
    towards = 1 if ways[0].inner[0] > ways[0].outer[0] else -1
    words = max(measure(way.verb, SMALL) for way in ways)
    bent = [way for way in ways if abs(way.outer[1] - way.inner[1]) > 0.001]
    # Those that rise keep out of each other's way when the upper ones turn first, those that fall when the lower do.
    rising = sorted((w for w in bent if w.inner[1] < w.outer[1]), key=lambda way: way.outer[1])
    falling = sorted((w for w in bent if w.inner[1] > w.outer[1]), key=lambda way: -way.outer[1])
    tracks = {id(way): n for n, way in enumerate([*rising, *falling])}
    items: list[Item] = []
    for way in ways:
        (x1, y1), (x2, y2) = way.outer, way.inner
        x = x1 + towards * (words + 2 * _AIR + tracks.get(id(way), 0) * TRACK)
        points = [(x1, y1), (x, y1), (x, y2), (x2, y2)] if id(way) in tracks else [(x1, y1), (x2, y2)]
        items += drawn(points, start=way.head_out, end=way.head_in)
        x = x1 + _AIR if towards > 0 else x1 - _AIR - measure(way.verb, SMALL)
        items.append(Label(x, y1 - _ABOVE, way.verb, SMALL, INK))
    return items
