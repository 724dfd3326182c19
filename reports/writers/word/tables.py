"""Tables: laid out on a grid, in columns that suit what stands in them."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct, field

from reports.document.nodes import Cell, Column, Row, Shade, Table, plain
from reports.writers.word.blocks import alternative, caption, fixed_table, gap, notes, paragraph, shared_out
from reports.writers.word.inlines import inlines
from reports.writers.word.state import WriterState

#: A table of more columns stands on a page turned on its side.
WIDE = 7
_SMALL = 14  # a table of about so many lines is kept on one page
_EMPTY = Cell(())


class Slot(NamedTuple):
    """A cell in its place: *column* counts from 0, *merge* is the w:vMerge value, "" where there is none."""

    cell: Cell
    column: int
    across: int
    merge: str = ""


class RowGroup(NamedTuple):
    """Which rows a row belongs to: in the header, the last of a header of several, kept with the next."""

    head: bool
    last_head: bool
    keep: bool


class _Shape(Struct, frozen=True):
    """What the cells of one table share; *openings* remembers their first tags."""

    columns: tuple[Column, ...]
    widths: Sequence[int]
    text: str
    head: str
    openings: dict[tuple[int, int, str, RowGroup, Shade], str] = field(default_factory=dict)


def table(work: WriterState, block: Table, width: int) -> str:
    """Return caption, unit, table and notes; *width* is that of the text, in twips."""
    return "".join(
        (
            caption(work, block),
            paragraph(work, "Table Unit", inlines(work, block.unit)) if block.unit else "",
            _grid(work, block, width),
            notes(work, "Table Note", block.notes) or gap(work),
        )
    )


def column_count(block: Table) -> int:
    """Return how many columns a table has, cells counted as often as they are wide."""
    rows = (sum(cell.across for cell in row) for row in (*block.header, *block.rows))
    return max(len(block.columns), max(rows, default=0))


def lay_out(rows: Iterable[Row]) -> list[list[Slot]]:
    """Put every cell into its column; a place that a cell above covers is taken, as in HTML.

    All rows come out equally wide: missing cells are empty ones.
    """
    covered: dict[int, tuple[int, int]] = {}  # column → rows still to cover, columns covered
    placed = [_placed(row, covered) for row in rows]
    end = max((slots[-1].column + slots[-1].across for slots in placed if slots), default=0)
    for slots in placed:
        reached = slots[-1].column + slots[-1].across if slots else 0
        slots += [Slot(_EMPTY, column, 1) for column in range(reached, end)]
    return placed


def _placed(row: Row, covered: dict[int, tuple[int, int]]) -> list[Slot]:
    slots: list[Slot] = []
    cells, column = iter(row), 0
    cell = next(cells, None)
    while cell is not None or any(place >= column for place in covered):
        if column in covered:
            left, across = covered.pop(column)
            slots.append(Slot(_EMPTY, column, across, "continue"))
        else:
            here = cell or _EMPTY
            left, across = here.down, here.across
            slots.append(Slot(here, column, across, "restart" if left > 1 else ""))
            cell = next(cells, None)
        if left > 1:
            covered[column] = (left - 1, across)
        column += across
    return slots


def _grid(work: WriterState, block: Table, width: int) -> str:
    slots = lay_out((*block.header, *block.rows))
    count = max(column_count(block), max(map(_reach, slots), default=0))
    if not count:
        return ""
    columns = block.columns + (Column(),) * (count - len(block.columns))
    widths = column_widths(columns, block, width, _LETTER["zh" if work.chinese else "en"])
    shape = _Shape(columns, widths, work.template.style("Table Text"), work.template.style("Table Head"))
    heads = len(block.header)
    together = len(slots) - 1 if _is_small(slots, widths) else heads
    rows = [
        _row(work, shape, row, RowGroup(n < heads, n == heads - 1 > 0, n < together))
        for n, row in enumerate(slots)
    ]
    about = alternative(block.caption, _description(block))
    return fixed_table(work, "Report Table", widths, "".join(rows), look=_LOOKS[bool(heads)], about=about)


def _is_small(rows: Sequence[Sequence[Slot]], widths: Sequence[int]) -> bool:
    """Whether the rows take few lines when each cell is broken to its width."""
    if len(rows) > _SMALL:
        return False
    lines = 0
    for slots in rows:
        needs = (
            _width(plain(slot.cell.content))
            * _LETTER["zh"]
            / sum(widths[slot.column : slot.column + slot.across])
            for slot in slots
        )
        lines += max(map(math.ceil, needs), default=1)
    return lines <= _SMALL


def _reach(slots: Sequence[Slot]) -> int:
    return slots[-1].column + slots[-1].across if slots else 0


_LOOKS = {
    True: 'w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"',
    False: 'w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"',
}


def _description(block: Table) -> str:
    return " | ".join(plain(cell.content) for row in block.header for cell in row)


#: A style knows the first row only; under a header of several rows its rule must be drawn by hand.
_RULE = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders>'


#: Steps of grey that a printer in black and white keeps apart, and on which letters can be read.
_SHADES: Mapping[Shade, str] = MappingProxyType(
    {
        "": "",
        "light": '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>',
        "strong": '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>',
    }
)


def _row(work: WriterState, shape: _Shape, slots: Sequence[Slot], part: RowGroup) -> str:
    cells = [
        f"{_opening(shape, slot, part)}{inlines(work, slot.cell.content)}</w:p></w:tc>" for slot in slots
    ]
    repeat = "<w:tblHeader/>" if part.head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _opening(shape: _Shape, slot: Slot, part: RowGroup) -> str:
    key = (slot.column, slot.across, slot.merge, part, slot.cell.shade)
    found = shape.openings.get(key)
    if found is None:
        found = shape.openings[key] = _new_opening(shape, slot, part)
    return found


def _new_opening(shape: _Shape, slot: Slot, part: RowGroup) -> str:
    """The tags before a cell's text. Left is what the style says, so only the other two are written."""
    width = sum(shape.widths[slot.column : slot.column + slot.across])
    align = shape.columns[slot.column].align if slot.across == 1 else "left"
    return "".join(
        (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>',
            f'<w:gridSpan w:val="{slot.across}"/>' if slot.across > 1 else "",
            f'<w:vMerge w:val="{slot.merge}"/>' if slot.merge else "",
            _RULE if part.last_head else "",
            _SHADES[slot.cell.shade],
            f'</w:tcPr><w:p><w:pPr><w:pStyle w:val="{shape.head if part.head else shape.text}"/>',
            "<w:keepNext/>" if part.keep else "",
            f'<w:jc w:val="{align}"/>' if align != "left" else "",
            "</w:pPr>",
        )
    )


# --- widths -----------------------------------------------------------------------------------------------

_LETTER = {"zh": 120, "en": 95}  # twips a Latin letter takes in a table; a Chinese character takes two
_PADDING = 2
_HEAD = 8  # a header of four Chinese characters stays in one line
_LONGEST = 24  # a longer word may be broken
_SAMPLE = 400  # rows looked at; the widths of a long table show in its beginning
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+")


def column_widths(columns: Sequence[Column], block: Table, total: int, letter: int) -> list[int]:
    """Return the widths in twips, together *total*: the author's shares, else what the content needs when a
    Latin letter is *letter* twips wide. Either way no short header and no word is broken if that can be."""
    room = total / letter
    natural, least = _needs(len(columns), block)
    given = [column.width for column in columns]
    if not any(given):
        return shared_out(total, _fair(natural, least, room))
    rest = max(1.0 - sum(given), 0.0) / max(given.count(0.0), 1)
    shares = [share or rest or 1.0 / len(given) for share in given]
    wanted = [room * share / sum(shares) for share in shares]
    # What a narrow column is given beyond its share, those take less that have more than they must.
    spare = [max(want - need, 0.0) for want, need in zip(wanted, least, strict=True)]
    left = max(room - sum(least), 0.0) / (sum(spare) or 1.0)
    return shared_out(total, [need + more * left for need, more in zip(least, spare, strict=True)])


def _needs(count: int, block: Table) -> tuple[list[float], list[float]]:
    """Letters each column takes for its longest line, and at least for its words and its header."""
    natural, least = [1.0] * count, [1.0] * count
    for column, text, head in _single_cells(block):
        line = max(map(_width, text.split("\n")))
        word = min(max(map(_width, _WORD.findall(text)), default=2), _LONGEST)
        if head:
            word = max(word, min(line, max(_HEAD, (line + 1) // 2)))
        natural[column] = max(natural[column], line)
        least[column] = max(least[column], word)
    return [need + _PADDING for need in natural], [need + _PADDING for need in least]


def _fair(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Narrow columns get all they ask for. What they leave, those share that ask for more: by the root of
    their longest line, since twice the text in twice the lines is no worse to read."""
    if sum(natural) <= room:
        return list(natural)
    given = [0.0] * len(natural)
    narrow_first = sorted(range(len(natural)), key=natural.__getitem__)
    for n, column in enumerate(narrow_first):
        roots = sum(math.sqrt(natural[other]) for other in narrow_first[n:])
        share = max(room, 0) * math.sqrt(natural[column]) / roots
        given[column] = min(natural[column], max(share, least[column]))
        room -= given[column]
    return given


def _single_cells(block: Table) -> Iterable[tuple[int, str, bool]]:
    """(column, text, whether in the header) of the cells in one column; merged ones bind no column."""
    heads = len(block.header)
    rows = itertools.islice((*block.header, *block.rows), heads + _SAMPLE)
    for n, slots in enumerate(lay_out(rows)):
        for slot in slots:
            if slot.across == 1:
                yield slot.column, plain(slot.cell.content), n < heads


def _width(text: str) -> int:
    """Half characters: in UTF-8 a Chinese character has three bytes, a Latin letter one."""
    return (len(text.encode("utf-8", "replace")) + len(text)) // 2
