"""`table(rows, col(…), …)`: a table built straight from records, without a detour over Markdown.

Large tables cost their cells only once this way; and a cell can never be mistaken for markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reports.document import Align, Cell, Column, Inline, Row, Table, Text
from reports.problems import Problem, ReportError, Where
from reports.views import Book, by_path, cell_inlines, reference
from reports.wording import joiner


@dataclass(frozen=True, slots=True)
class Col:
    """One column: its heading and the field it shows.

    *field* is a dotted path (`host.name`), `#` for the row's number, or `refs:FIELD` for references to where
    the report tells of the linked records. *width* is a share beside the other columns' (0: by content).
    """

    heading: str
    field: str
    width: float = 0
    align: Align = "left"


def plan_table(book: Book, rows: Iterable[Any], columns: Sequence[Col]) -> str:
    """Return the token of a table with one row for each record."""
    if not columns or not all(isinstance(c, Col) for c in columns):
        raise ReportError(Problem(Where(""), "template/bad-argument", {"function": "table", "detail": "col(…)"}))
    makers = [_maker(book, column) for column in columns]
    body = tuple(tuple(Cell(make(i, row)) for make in makers) for i, row in enumerate(rows, 1))
    header: Row = tuple(Cell((Text(c.heading),)) for c in columns)
    total = sum(c.width for c in columns) or 1
    layout = tuple(Column(c.align, c.width / total) for c in columns)
    return "\n\n" + book.insert(Table(layout, (header,), body)) + "\n\n"


def _maker(book: Book, column: Col) -> Callable[[int, Any], tuple[Inline, ...]]:
    """The function that fills this column's cell of one row."""
    if column.field == "#":
        return lambda i, row: (Text(str(i)),)
    if column.field.startswith("refs:"):
        path = column.field.removeprefix("refs:")
        return lambda i, row: (reference(by_path(row, path)),)

    def between(i: int, n: int) -> str:
        return joiner(book.lang, i == n - 1, n == 2)

    return lambda i, row: cell_inlines(book, by_path(row, column.field), between)
