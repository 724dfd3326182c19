"""`table(rows, col(…), …)`: a table built straight from records, without a detour over Markdown.

Large tables cost their cells only once this way; and a cell can never be mistaken for markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.nodes import Align, Cell, Column, Inline, Row, Table, Text
from reports.model.formatting import say_open
from reports.templating.context import Book
from reports.templating.filters import by_path, cell_inlines, reference
from reports.templating.selections import items


class Col(Struct, frozen=True):
    """One column: its heading and the field it shows.

    *field* is a dotted path (`host.name`), `#` for the row's number, or `refs:FIELD` for references to where
    the report tells of the linked records. *width* is a share beside the other columns' (0: by content).
    """

    heading: Any
    field: str
    width: float = 0
    align: Align = "left"


def plan_table(book: Book, rows: Any, columns: Sequence[Any]) -> str:
    """Return the token of a table with one row for each record."""
    if not columns or not all(isinstance(c, Col) for c in columns):
        raise _wrong("table", "table(rows, col(…), …)")
    makers = [_maker(book, column) for column in columns]
    numbered = enumerate(items(rows, "table"), 1)
    body = tuple(tuple(Cell(make(i, row)) for make in makers) for i, row in numbered)
    header: Row = tuple(Cell(cell_inlines(book, c.heading)) for c in columns)
    total = sum(c.width for c in columns) or 1
    layout = tuple(Column(c.align, c.width / total) for c in columns)
    return "\n\n" + book.insert(Table(layout, (header,), body)) + "\n\n"


def column(heading: Any, field: Any, width: Any = 0, align: Any = "left") -> Col:
    """`col(…)` in a template: a Col whose every part is checked."""
    if not isinstance(field, str) or not field:
        raise _wrong("col", 'col(heading, "field")')
    if isinstance(width, bool) or not isinstance(width, int | float) or not 0 <= width < 1000:
        raise _wrong("col", f"width={width!r}")
    if align not in get_args(Align):
        raise _wrong("col", f"align={align!r}: {', '.join(get_args(Align))}")
    return Col(heading, field, width, align)


def _wrong(function: str, detail: str) -> ReportError:
    return ReportError(Problem(Where(""), "template/bad-argument", {"function": function, "detail": detail}))


def _maker(book: Book, column: Col) -> Callable[[int, Any], tuple[Inline, ...]]:
    """The function that fills this column's cell of one row."""
    if column.field == "#":
        return lambda i, row: (Text(str(i)),)
    if column.field.startswith("refs:"):
        path = column.field.removeprefix("refs:")
        return lambda i, row: (reference(by_path(row, path)) or Text(say_open("", book.lang)),)
    return lambda i, row: cell_inlines(book, by_path(row, column.field))
