"""The signs of a timeline: what happened, what is planned, what was put off, and how exactly it is dated."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.scene import BLUE, GREEN, GREY, PURPLE, VERMILLION, WHITE, Bar, FilledShape, Item, Line

#: What is known of an item: done (held, signed, founded …), or not (yet, any more).
State = Literal["done", "ongoing", "planned", "suspended", "postponed", "cancelled"]

#: On which side of the day that is said the date lies.
Towards = Literal["", "left", "right"]

_COLOURS: dict[State, str] = {
    "done": BLUE, "ongoing": GREEN, "planned": VERMILLION, "suspended": GREY, "postponed": PURPLE, "cancelled": GREY,
}  # fmt: skip
#: The signs in the order of a legend, "done" first.
SIGNS: tuple[State, ...] = tuple(_COLOURS)
#: Half the width of a sign, and half the height of a bar, in cm.
RADIUS, _HALF_BAR = 0.14, 0.12
#: The length of an arrow into a time that is not said.
ARROW = 1.0


class Symbol(Struct, frozen=True):
    """A sign to draw: its *state*; *hollow* where the date is known roughly only; *lasting* where the source
    states a beginning and an end; an arrow *towards* the side on which the date lies."""

    state: State
    hollow: bool = False
    lasting: bool = False
    towards: Towards = ""


def sign(state: State, x: float, y: float, hollow: bool = False) -> list[Item]:
    """Return the sign of *state* with its middle at *x*, *y*."""
    colour = _COLOURS[state]
    match state:
        case "done":
            return [FilledShape(_circle(x, y), WHITE if hollow else colour, colour)]
        case "ongoing":
            half = FilledShape(_circle(x, y, turn=0.5), colour)
            return [FilledShape(_circle(x, y), WHITE, colour), *([] if hollow else [half])]
        case "planned":
            return [FilledShape(_corners(x, y, 4, 1.25), WHITE, colour)]
        case "suspended":
            return [Bar(x - RADIUS, y - _HALF_BAR, 2 * RADIUS, 2 * _HALF_BAR, WHITE, colour, hatch=True)]
        case "postponed":
            return [FilledShape(_corners(x, y, 3, 1.25), WHITE, colour)]
        case "cancelled":
            r = 0.8 * RADIUS
            return [
                Line(x - r, y - r, x + r, y + r, colour, 1.5),
                Line(x - r, y + r, x + r, y - r, colour, 1.5),
            ]


def is_bar(left: float, right: float) -> bool:
    """True when a date that lies between *left* and *right* is too wide for a sign."""
    return right - left > 2.2 * RADIUS


def drawn(mark: Symbol, left: float, right: float, y: float, *, bar: bool) -> list[Item]:
    """Return *mark* for a date that lies between *left* and *right*: a sign where both fall together, else
    a *bar* over the whole time, so that no day is made up."""
    middle = (left + right) / 2
    if mark.towards:
        return _arrow(mark, right if mark.towards == "right" else left, y)
    if not bar:
        return sign(mark.state, middle, y, mark.hollow)
    return _bar(mark, left, right, y)


def left_of(items: list[Item]) -> float:
    """Return the left end of what `sign` and `drawn` return."""
    xs: list[float] = []
    for item in items:
        match item:
            case Bar(x=x):
                xs.append(x)
            case Line(x1=x1, x2=x2):
                xs += (x1, x2)
            case FilledShape(points=points):
                xs += (x for x, _ in points)
            case _:
                pass
    return min(xs)


def _bar(mark: Symbol, left: float, right: float, y: float) -> list[Item]:
    """A bar that says what the sign of its state says, and where no part stands out as a day."""
    colour, top, bottom = _COLOURS[mark.state], y - _HALF_BAR, y + _HALF_BAR
    bar = Bar(left, top, right - left, 2 * _HALF_BAR, WHITE, colour)
    match mark.state:
        case "done":
            return [replace(bar, face=colour) if mark.lasting else bar]
        case "ongoing":
            return [bar, replace(bar, width=bar.width / 2, face=colour)]
        case "planned" | "postponed":
            return [replace(bar, dashed=True)]
        case "suspended":
            return [replace(bar, hatch=True)]
        case "cancelled":
            return [bar, Line(left, top, right, bottom, colour), Line(left, bottom, right, top, colour)]


def _arrow(mark: Symbol, x: float, y: float) -> list[Item]:
    """From the day that is said into the time after (or before) it, the sign on the way: no day is said."""
    colour, towards = _COLOURS[mark.state], 1 if mark.towards == "right" else -1
    return [
        Line(x, y - RADIUS, x, y + RADIUS, colour, 1.3),
        Line(x, y, x + towards * ARROW, y, colour, 1.1, arrow=True),
        *sign(mark.state, x + towards * 0.45 * ARROW, y, hollow=True),
    ]


def _circle(x: float, y: float, turn: float = 1.0) -> tuple[tuple[float, float], ...]:
    """A circle, or the left part of one, as a polygon fine enough for print."""
    return _corners(x, y, 48, 1.0, turn)


def _corners(
    x: float, y: float, count: int, size: float, turn: float = 1.0
) -> tuple[tuple[float, float], ...]:
    """The corners of a regular polygon; a triangle points right, a diamond stands on a corner, half a turn
    is the left side."""
    angles = (pi / 2 * (turn < 1) + turn * 2 * pi * n / count for n in range(count + (turn < 1)))
    r = size * RADIUS
    return tuple((x + r * cos(angle), y + r * sin(angle)) for angle in angles)
