"""The boxes of a structure: as high as their words need, which never leave a character alone on a line."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reports.charts.connectors import Rect
from reports.charts.lettering import balanced
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
from reports.wording import joiner

#: Between the edge of a box and its words.
INSET, _PAD, _AIR = 0.14, 0.1, 0.08


class Sub(Struct, frozen=True):
    """Groups below a body: their name with how many there are, and what they are about."""

    title: str
    themes: tuple[str, ...] = ()


class Text(Struct, frozen=True):
    """The words of a box in lines: text, size, colour; an empty text is a rule between two parts."""

    lines: tuple[tuple[str, float, str], ...]

    @property
    def height(self) -> float:
        """How high a box of these words is."""
        return 2 * _PAD + sum(_AIR if not text else line_height(size) for text, size, _ in self.lines)


def text_of(
    title: str, detail: str, subs: tuple[Sub, ...], width: float, measure: Measure, lang: str
) -> Text:
    """Set the words of a box *width* cm wide."""
    room = width - 2 * INSET
    lines = [(line, BODY, INK) for line in balanced(title, room, measure)]
    lines += [(line, SMALL, GREY) for line in (balanced(detail, room, measure, SMALL) if detail else ())]
    for sub in subs:
        lines.append(("", SMALL, HAIRLINE))
        lines += [(line, SMALL, INK) for line in balanced(sub.title, room, measure, SMALL)]
        themes = joiner(lang).join(sub.themes)
        lines += [(line, SMALL, GREY) for line in (balanced(themes, room, measure, SMALL) if themes else ())]
    return Text(tuple(lines))


def box(text: Text, at: Rect, *, inside: bool, dashed: bool) -> Iterator[Item]:
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
