"""Breaking text into lines as Chinese and English typesetting want it."""

from __future__ import annotations

import re
from collections.abc import Callable

from reports.charts.scene import BODY, INK, Label, Measure, line_height

# A line neither begins with these nor ends with those.
_NOT_FIRST = "，。、；：？！）》〉”’】」』…—·,.;:?!)]}%％–"
_NOT_LAST = "（《〈“‘【「『([{"
#: A word, a single wide character, or white space: text may be broken between two of them. Compiled when a chart is
#: drawn: a class of so many letters takes 2 ms.
_PIECE = r"(?s:\s+|[^\s⺀-鿿豈-﫿　-〿＀-￯“”‘’—…]+|.)"


def wrap(text: str, width: float, measure: Measure, size: float = BODY) -> tuple[str, ...]:
    """Return *text* in lines of at most *width* cm.

    A word is broken only when it is wider than a whole line; one character always goes on a line.
    """
    lines: list[str] = []
    line = ""
    for unit in _units(" ".join(text.split())):
        if not line or measure((line + unit).rstrip(), size) <= width:
            line += unit
        else:
            lines.append(line.rstrip())
            line = unit.lstrip()
        while measure(line.rstrip(), size) > width and len(line) > 1:
            head = _fitting(line, width, measure, size)
            lines.append(line[:head].rstrip())
            line = line[head:]
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def balanced(text: str, width: float, measure: Measure, size: float = BODY) -> tuple[str, ...]:
    """Return *text* in as few lines as `wrap` needs, as even as they get: no line of one character."""
    lines = wrap(text, width, measure, size)
    while len(lines) > 1:
        widest = max(measure(line, size) for line in lines)
        narrower = wrap(text, widest - 0.01, measure, size)
        if len(narrower) > len(lines) or max(measure(line, size) for line in narrower) >= widest:
            break  # more lines, or a character as wide as the line
        if _units_of(text, lines) and not _units_of(text, narrower):
            break  # a word would be broken to no need
        lines = narrower
    return _in_company(text, lines, lambda line: measure(line, size) <= width)


def is_alone(line: str) -> bool:
    """True when *line* is one character, whatever punctuation stands with it."""
    return len(line.strip(_NOT_FIRST + _NOT_LAST + " ")) == 1


def _in_company(text: str, lines: tuple[str, ...], fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Give a line of one character the end of the line before it, where there is room."""
    rows = _units_of(text, lines) or [list(line) for line in lines]
    for n in range(len(rows) - 1, 0, -1):
        while (is_alone("".join(rows[n])) or rows[n - 1][-1] in _NOT_LAST) and _borrow(rows, n, fits):
            pass
    return tuple("".join(row).rstrip() for row in rows)


def _borrow(rows: list[list[str]], n: int, fits: Callable[[str], bool]) -> bool:
    """Move the last unit of the row before into row *n*; a row that has too little borrows itself first."""
    above, below = rows[n - 1], rows[n]
    if not fits("".join((above[-1], *below)).rstrip()):
        return False
    if len("".join(above[:-1]).strip()) < 2 and (n < 2 or not _borrow(rows, n - 1, fits)):
        return False
    below.insert(0, above.pop())
    return True


def _units_of(text: str, lines: tuple[str, ...]) -> list[list[str]]:
    """The units of each line; none at all where a line ends within one."""
    units = iter(_units(" ".join(text.split())))
    rows: list[list[str]] = []
    for line in lines:
        row: list[str] = []
        while len("".join(row).rstrip()) < len(line) and (unit := next(units, "")):
            row.append(unit)
        if "".join(row).rstrip() != line:
            return []
        rows.append(row)
    return rows


def _units(text: str) -> list[str]:
    """Cut *text* where a line may end; punctuation stays with the character it belongs to."""
    units: list[str] = []
    for piece in re.findall(_PIECE, text):
        joined = units and (
            piece[0] in _NOT_FIRST or units[-1].rstrip()[-1:] in tuple(_NOT_LAST) or piece.isspace()
        )
        if joined:
            units[-1] += piece
        else:
            units.append(piece)
    return units


def _fitting(line: str, width: float, measure: Measure, size: float) -> int:
    """How many characters of *line* fit; at least one."""
    return next((n for n in range(len(line) - 1, 1, -1) if measure(line[:n], size) <= width), 1)


def stacked(
    lines: tuple[str, ...], x: float, y: float, size: float = BODY, colour: str = INK
) -> tuple[Label, ...]:
    """Return the labels of *lines* one under the other, the first with its middle at *y*."""
    return tuple(Label(x, y + n * line_height(size), line, size, colour) for n, line in enumerate(lines))
