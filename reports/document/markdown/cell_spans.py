"""Cells of a pipe table that cover several places: `^^` goes on with the cell above, `<<` with the one before."""

from __future__ import annotations

from msgspec.structs import replace

from reports.document.nodes import Cell, Row, Text

ABOVE, BEFORE = "^^", "<<"
_Place = tuple[int, int]


def merged(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return *rows* with each run of continued cells drawn into the cell it began with.

    A mark with nothing to go on with (`^^` in the first row, `<<` in the first column) and marks that do not
    fill a rectangle stay what they are: text. So does a value that happens to read so.
    """
    marks = [[_mark(cell) for cell in row] for row in rows]
    if not any(mark in (ABOVE, BEFORE) for row in marks for mark in row):
        return rows
    owner: dict[_Place, _Place] = {}
    for y, row in enumerate(marks):
        for x, mark in enumerate(row):
            before = {ABOVE: (y - 1, x), BEFORE: (y, x - 1)}.get(mark)
            owner[y, x] = owner.get(before, (y, x)) if before else (y, x)
    return _drawn_together(rows, owner)


def _mark(cell: Cell) -> str:
    return "".join(i.text.strip() if isinstance(i, Text) else "?" for i in cell.content)


def _drawn_together(rows: tuple[Row, ...], owner: dict[_Place, _Place]) -> tuple[Row, ...]:
    areas: dict[_Place, list[_Place]] = {}
    for place, first in owner.items():
        areas.setdefault(first, []).append(place)
    spans: dict[_Place, tuple[int, int]] = {}
    for first, places in areas.items():
        across, down = _span(places)
        if across * down == len(places):
            spans[first] = across, down
        else:
            spans |= dict.fromkeys(places, (1, 1))
    return tuple(
        tuple(
            replace(cell, across=spans[y, x][0], down=spans[y, x][1])
            for x, cell in enumerate(row)
            if (y, x) in spans
        )
        for y, row in enumerate(rows)
    )


def _span(places: list[_Place]) -> tuple[int, int]:
    """How many columns and rows an area reaches over."""
    rows, columns = {y for y, _ in places}, {x for _, x in places}
    return len(columns), len(rows)
