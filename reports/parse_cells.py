"""Cells of a pipe table that cover several places: `^^` goes on with the cell above, `<<` with the one before."""

from __future__ import annotations

from dataclasses import replace

from reports.document import Row, plain

ABOVE, BEFORE = "^^", "<<"


def merged(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return *rows* with each run of continued cells drawn into the cell it began with.

    A mark with nothing to go on with (`^^` in the first row, `<<` in the first column, or beside a cell that
    is continued otherwise) stays what it is: text.
    """
    marks = [[plain(cell.content).strip() for cell in row] for row in rows]
    if not any(mark in (ABOVE, BEFORE) for row in marks for mark in row):
        return rows
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(marks):
        for x, mark in enumerate(row):
            before = {ABOVE: (y - 1, x), BEFORE: (y, x - 1)}.get(mark)
            owner[y, x] = owner.get(before, (y, x)) if before else (y, x)
    return _drawn_together(rows, owner)


def _drawn_together(rows: tuple[Row, ...], owner: dict[tuple[int, int], tuple[int, int]]) -> tuple[Row, ...]:
    areas: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, first in owner.items():
        areas.setdefault(first, []).append(place)
    spans = {first: _span(places) for first, places in areas.items()}
    return tuple(
        tuple(
            replace(cell, across=spans[y, x][0], down=spans[y, x][1])
            for x, cell in enumerate(row)
            if owner[y, x] == (y, x)
        )
        for y, row in enumerate(rows)
    )


def _span(places: list[tuple[int, int]]) -> tuple[int, int]:
    """Columns and rows an area covers; cells only merge along one line or in a full block."""
    rows, columns = {y for y, _ in places}, {x for _, x in places}
    return len(columns), len(rows)
