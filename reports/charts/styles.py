"""How surfaces look: colour and pattern always say the same, so that a chart lives through a black-and-white
printer; and the legend that explains them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import stacked, wrap
from reports.charts.scene import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    SMALL,
    VERMILLION,
    WHITE,
    Bar,
    Item,
    line_height,
)


class Look(Struct, frozen=True):
    """A face, a pattern on it in the colour of its edge, and the ink that can be read on the face."""

    face: str
    edge: str = ""
    pattern: str = ""
    ink: str = INK
    dashed: bool = False

    def bar(self, x: float, y: float, width: float, height: float) -> Bar:
        """Return a rectangle that looks so."""
        line = 0.9 if self.edge else 0.0
        return Bar(
            x, y, width, height, self.face, self.edge, bool(self.pattern), self.dashed, line, self.pattern
        )


#: Up to six things that share a chart, the first the most important.
SERIES = (
    Look(BLUE, WHITE, ink=WHITE),
    Look(ORANGE, WHITE, "...."),
    Look(SKY, WHITE, "\\\\\\\\"),
    Look(GREEN, WHITE, "xxxx", WHITE),
    Look(VERMILLION, WHITE, "----", WHITE),
    Look(PURPLE, WHITE, "||||"),
)
#: The rest of a whole.
REST = Look(PALE, WHITE)
#: How far something has come that is built.
RUNNING, BUILT, DESIGNED, UNKNOWN = (
    Look(BLUE, BLUE, ink=WHITE),
    Look(WHITE, BLUE, "////"),
    Look(WHITE, BLUE, "....", dashed=True),
    Look(PALE, GREY),
)

_SWATCH, _HEIGHT, _BEHIND, _BETWEEN = 0.6, 0.3, 0.15, 0.5


def legend(
    entries: Sequence[tuple[Look, str]], sheet: Sheet, top: float, room: float = 0.0
) -> tuple[list[Item], float]:
    """Return what the looks mean, one after the other in lines of the sheet's width without *room* cm at the
    right, and where the last line ends."""
    width, height = sheet.width - room, line_height(SMALL)
    items: list[Item] = []
    x, y = 0.0, top + height / 2
    for look, words in entries:
        lines = wrap(words, width - _SWATCH - _BEHIND, sheet.measure, SMALL)
        taken = _SWATCH + _BEHIND + max(sheet.measure(line, SMALL) for line in lines)
        if x and x + taken > width:
            x, y = 0.0, y + height + 0.06
        items.append(look.bar(x, y - _HEIGHT / 2, _SWATCH, _HEIGHT))
        items += stacked(lines, x + _SWATCH + _BEHIND, y, SMALL, GREY)
        x, y = x + taken + _BETWEEN, y + (len(lines) - 1) * height
    return items, y + height / 2 if entries else top


def notes(texts: Sequence[str], sheet: Sheet, top: float) -> tuple[list[Item], float]:
    """Return what a chart has to say in sentences below it, and where they end."""
    lines = [line for text in texts for line in wrap(text, sheet.width, sheet.measure, SMALL)]
    labels = stacked(tuple(lines), 0, top + line_height(SMALL) / 2, SMALL, GREY)
    return list(labels), top + len(lines) * line_height(SMALL)
