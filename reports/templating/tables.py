"""`table(rows, col(…), …)`: a table built straight from records, without a detour over Markdown.

Large tables cost their cells only once this way; and a cell can never be mistaken for markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.nodes import Align, Cell, Column, Inline, Inlines, Row, Table, Text
from reports.model.formatting import say_open
from reports.templating import signs
from reports.templating.context import Book
from reports.templating.filters import by_path, cell_inlines, reference
from reports.templating.in_time import figures
from reports.templating.in_time.selecting import times_put
from reports.templating.selections import items

#: What a cell shows of a record that stands in no field.
_IN_CELLS: Mapping[str, Callable[[Book, Any], Inline]] = MappingProxyType(
    {
        "sign": signs.sign_inline,
        "spark": signs.spark_inline,
        "change": lambda book, thing: figures.change(book, thing).inline(),
        "against_target": lambda book, thing: figures.against_target(book, thing).inline(),
        "figure": lambda book, thing: figures.figure(book, thing).inline(),
        "aim": lambda book, thing: figures.aim(book, thing).inline(),
        "times_put": lambda book, thing: times_put(book, thing).inline(),
    }
)


class Col(Struct, frozen=True):
    """One column: its heading and the field it shows.

    *field* is a dotted path (`host.name`), `#` for the row's number, `refs:FIELD` for references to where the report
    tells of the linked records, `sign` for how the record stands, or `spark` for its figures over time; of a record that
    a field leads to, `sign:FIELD` and so on; what the filters `figure`, `change`, `aim`, `against_target` and `times_put` say. *width* is a share beside the other columns' (0: by content).
    """

    heading: Any
    field: str
    width: float = 0
    align: Align = "left"


def plan_table(book: Book, rows: Any, columns: Sequence[Any], shade: Any = "") -> str:
    """Return the token of a table with one row for each record; *shade* "state": the rows that want to be looked at are
    grey, and each says by its sign how it stands."""
    if not columns or not all(isinstance(c, Col) for c in columns):
        raise _wrong("table", "table(rows, col(…), …)")
    if shade not in ("", "state"):
        raise _wrong("table", f"shade={shade!r}: state")
    makers = [_maker(book, column) for column in columns]
    found = items(rows, "table")
    body: tuple[Row, ...] = tuple(
        tuple(Cell(make(i, row)) for make in makers) for i, row in enumerate(found, 1)
    )
    notes: tuple[Inlines, ...] = ()
    if shade:
        told = any(column.field.partition(":")[0] == "sign" for column in columns)
        at = None if told else next((n for n, column in enumerate(columns) if column.field != "#"), 0)
        body = tuple(_shaded(book, cells, row, at) for cells, row in zip(body, found, strict=True))
        notes = () if told else tuple(filter(None, [signs.key(book, found)]))
    header: Row = tuple(Cell(cell_inlines(book, c.heading)) for c in columns)
    total = sum(c.width for c in columns) or 1
    layout = tuple(Column(c.align, c.width / total) for c in columns)
    return "\n\n" + book.insert(Table(layout, (header,), body, notes=notes)) + "\n\n"


def _shaded(book: Book, cells: Row, row: Any, at: int | None) -> Row:
    """The cells of *row* as dark as its state; the sign for it stands before what cell number *at* says."""
    dark = signs.shade(book, row)
    return tuple(
        replace(
            cell, shade=dark, content=(*signs.mark(book, row), *cell.content) if n == at else cell.content
        )
        for n, cell in enumerate(cells)
    )


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
    word, _, path = column.field.partition(":")
    if word in _IN_CELLS:
        put = _IN_CELLS[word]
        return lambda i, row: (put(book, by_path(row, path) if path else row),)
    if column.field.startswith("refs:"):
        path = column.field.removeprefix("refs:")
        return lambda i, row: (reference(by_path(row, path)) or Text(say_open("", book.lang)),)
    return lambda i, row: cell_inlines(book, by_path(row, column.field))
