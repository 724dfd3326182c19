"""What a chart consists of before anything is drawn: frozen shapes in centimetres.

x grows to the right and y downwards from the top left corner of the picture. A family arranges a `Scene`
without any drawing library, so that a layout can be tested and measured; `canvas` turns it into a picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

# The colour-blind safe colours of Okabe and Ito, and greys. Shape or hatch always says the same as colour,
# since reports are printed in black and white.
BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
ORANGE, SKY = "#E69F00", "#56B4E9"
WHITE, INK, GREY, PALE, HAIRLINE = "#FFFFFF", "#1A1A1A", "#595959", "#D9D9D9", "#D0D0D0"

#: Letter sizes in points, true on paper. The font has no bold: the title stands out by its size.
BODY, SMALL, TITLE = 9.5, 9.0, 12.0
#: From one line of text to the next, in letter sizes.
LEADING = 1.3
_CM_PER_POINT = 2.54 / 72
#: How far letters reach above and below the base line, in letter sizes (Noto Sans SC and DejaVu Sans).
_ASCENT, _DESCENT = 0.93, 0.26
#: The base line below the middle of a line of text: half the height of a Chinese character and of a digit.
_BASE = 0.37

#: (text, letter size in points) → its width in cm.
Measure = Callable[[str, float], float]


def line_height(size: float = BODY) -> float:
    """Return the distance in cm between two lines of text of *size* points."""
    return size * LEADING * _CM_PER_POINT


class Rectangle(Struct, frozen=True):
    """A rectangle by its edges, in cm."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Rectangle) -> bool:
        """True when both share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Label(Struct, frozen=True):
    """One line of text; *x* is its left end, middle or right end (*align*), *y* the middle of the line."""

    x: float
    y: float
    text: str
    size: float = BODY
    colour: str = INK
    align: Literal["left", "center", "right"] = "left"

    @property
    def base(self) -> float:
        """The y of the base line the letters stand on."""
        return self.y + _BASE * self.size * _CM_PER_POINT

    def box(self, measure: Measure) -> Rectangle:
        """Return the space the letters may take."""
        width = measure(self.text, self.size)
        left = self.x - {"left": 0.0, "center": 0.5, "right": 1.0}[self.align] * width
        em = self.size * _CM_PER_POINT
        return Rectangle(left, self.base - _ASCENT * em, left + width, self.base + _DESCENT * em)


class Bar(Struct, frozen=True):
    """A rectangle from its left top corner. *face* and *edge* are colours, "" for none; *hatch* draws
    a *pattern*, slanted lines as a rule, in the colour of the edge."""

    x: float
    y: float
    width: float
    height: float
    face: str = ""
    edge: str = ""
    hatch: bool = False
    dashed: bool = False
    line: float = 0.9
    pattern: str = "////"


class Line(Struct, frozen=True):
    """A straight line, *width* in points, with an open arrow head at its end if *arrow*."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = INK
    width: float = 0.9
    dashed: bool = False
    arrow: bool = False


class Polyline(Struct, frozen=True):
    """A line from point to point, *width* in points; *dash* is how long it is drawn and left out in turn, in points."""

    points: tuple[tuple[float, float], ...]
    colour: str = INK
    width: float = 0.9
    dash: tuple[float, ...] = ()


class FilledShape(Struct, frozen=True):
    """A closed polygon; *pattern* is drawn on it in the colour of the edge."""

    points: tuple[tuple[float, float], ...]
    face: str = ""
    edge: str = ""
    line: float = 1.1
    pattern: str = ""


Item = Label | Bar | Line | Polyline | FilledShape


class Scene(Struct, frozen=True):
    """A whole picture of *width* × *height* cm; later items lie above earlier ones."""

    width: float
    height: float
    items: tuple[Item, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """All text of the picture."""
        return tuple(item for item in self.items if isinstance(item, Label))

    def respelt(self, respell: Callable[[str], str]) -> Scene:
        """The same picture with every text put through *respell*, which keeps the number of letters."""
        items = tuple(replace(i, text=respell(i.text)) if isinstance(i, Label) else i for i in self.items)
        return replace(self, items=items)
