"""The marks of lines over time: each line has a colour, a shape and dashes of its own, so that any one tells it apart."""

from __future__ import annotations

from math import cos, pi, sin

from msgspec import Struct

from reports.charts.scene import BLUE, GREEN, INK, PURPLE, VERMILLION, WHITE, FilledShape, Item, Line

_RADIUS = 0.115


class Marker(Struct, frozen=True):
    """How a line looks: *corners* of its marks (many: a circle), the first *turn*ed by so many quarters of a circle,
    *size* makes all look equally large; *dash* in points."""

    colour: str
    corners: int
    turn: float = 0.0
    size: float = 1.0
    dash: tuple[float, ...] = ()


#: By their order in a chart.
MARKERS = (
    Marker(BLUE, 32),
    Marker(VERMILLION, 4, 0.5, 1.15, (5.0, 1.6)),
    Marker(GREEN, 3, -1, 1.3, (1.6, 1.4)),
    Marker(PURPLE, 4, 0, 1.25, (7.0, 1.6, 1.6, 1.6)),
    Marker(INK, 3, 1, 1.3, (3.0, 3.0)),
)


def mark(marker: Marker, x: float, y: float, *, hollow: bool = False) -> list[Item]:
    """The mark of a figure; a *hollow* one is where it began."""
    points = _corners(x, y, marker.corners, marker.size * _RADIUS, marker.turn)
    return [FilledShape(points, WHITE if hollow else marker.colour, marker.colour)]


def target(colour: str, x: float, y: float) -> list[Item]:
    """The double ring of a target."""
    return [
        FilledShape(_corners(x, y, 32, 1.4 * _RADIUS), WHITE, colour, 1.0),
        FilledShape(_corners(x, y, 32, 0.7 * _RADIUS), WHITE, colour, 1.0),
    ]


def whiskers(colour: str, x: float, y: float) -> list[Item]:
    """An upright bar through a figure that is about so much."""
    reach, half = 0.28, 0.07
    return [
        Line(x, y - reach, x, y + reach, colour, 1.1),
        *(Line(x - half, y + end, x + half, y + end, colour, 1.1) for end in (-reach, reach)),
    ]


def arrow(colour: str, x: float, y: float, *, up: bool) -> Line:
    """An arrow to where the true number lies."""
    return Line(x, y, x, y + (-0.45 if up else 0.45), colour, 1.1, arrow=True)


def _corners(
    x: float, y: float, count: int, radius: float, turn: float = 0.0
) -> tuple[tuple[float, float], ...]:
    angles = (pi / 2 * turn + 2 * pi * n / count for n in range(count))
    return tuple((x + radius * cos(angle), y + radius * sin(angle)) for angle in angles)
