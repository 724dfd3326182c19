"""Sheets in and out: the cells of an Excel or CSV file with their places, and the sheet members fill in.

The only home of openpyxl, which is loaded when a sheet is read or made.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where, display_width
from reports.records.editing.sheets.cell_values import Trouble, inert, text_of
from reports.records.editing.sheets.columns import TypedCell
from reports.records.editing.sheets.limits import MAX_CELLS, MAX_LETTERS, TooMuchError, refuse_overgrown

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: Widths of columns, in signs; a column with a label has room for it, and the long texts of people are wrapped.
_NARROWEST, _LABELLED, _WIDEST = 10, 22, 48
_NOTE_SIGNS = 48
#: The parts of a font in the order that Excel gives them, which readers of the letter of the standard insist on.
_FONT = (
    b"b",
    b"i",
    b"strike",
    b"u",
    b"vertAlign",
    b"sz",
    b"color",
    b"name",
    b"family",
    b"charset",
    b"scheme",
)

Line = tuple[TypedCell, ...]


class Grid(Struct, frozen=True):
    """The cells of one sheet, row by row, and what is wrong with single ones. *label* names file and sheet;
    *hidden*: the numbers of the rows that Excel does not show, *hidden_columns*: those of such columns. *asides* is
    what people say in a sheet by other means than the text of its cells, each at its place."""

    label: str
    rows: tuple[Line, ...]
    problems: tuple[Problem, ...]
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    asides: tuple[Problem, ...] = ()


class ColumnHead(Struct, frozen=True):
    """The head of a column: its name, what is to be said of it, what may be chosen in it, and the name for people."""

    name: str
    comment: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    label: str = ""


# --- in -------------------------------------------------------------------------------------------------------


def read_xlsx(data: bytes, name: str, wanted: str) -> Grid:
    """Read the sheet called *wanted*, else the first one that is not hidden. Raises ReportError."""
    refuse_overgrown(data, name)
    try:
        with warnings.catch_warnings(action="ignore"):  # of what openpyxl cannot keep; we write nothing back
            sheet, rows = _cells(data, wanted)
            label = f"{name}!{sheet.title}"
            asides = tuple(_asides(sheet, label))
    except TooMuchError as error:
        raise _too_much(name, error) from error
    except Exception as error:  # openpyxl stumbles over damaged files in every way there is
        raise ReportError(Problem(Where(name), "package/unreadable", {"form": ".xlsx"})) from error
    hidden = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)
    columns = (c for c in sheet.column_dimensions.values() if c.hidden)
    unseen = frozenset(n for c in columns for n in range(c.min or 0, min(c.max or 0, sheet.max_column) + 1))
    return replace(_grid(label, rows), hidden=hidden, hidden_columns=unseen, asides=asides)


def _cells(data: bytes, wanted: str) -> tuple[Worksheet, list[list[str | Trouble]]]:
    """The sheet and its cells. Raises TooMuchError."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only who imports needs it

    sheet = _sheet(load_workbook(io.BytesIO(data), data_only=False), wanted)
    if sheet.max_row * sheet.max_column > MAX_CELLS:
        raise TooMuchError("sheet/too-many-cells", MAX_CELLS)
    return sheet, list(_within_letters(_values(sheet)))


def _within_letters(rows: Iterable[list[str | Trouble]]) -> Iterator[list[str | Trouble]]:
    """The *rows*, while all their letters are no more than are read. Raises TooMuchError."""
    letters = 0
    for row in rows:
        letters += sum(len(text) for text in row if isinstance(text, str))
        if letters > MAX_LETTERS:
            raise TooMuchError("sheet/too-much-text", MAX_LETTERS)
        yield row


def _sheet(book: Workbook, wanted: str) -> Worksheet:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return next((sheet for sheet in shown if sheet.title.lower() == wanted), shown[0])


def _values(sheet: Worksheet) -> Iterator[list[str | Trouble]]:
    merged = {
        (found.min_row, found.min_col) for found in sheet.merged_cells.ranges if found.max_row > found.min_row
    }
    for row in sheet.iter_rows():
        yield [
            Trouble("sheet/merged", {})
            if (cell.row, cell.column) in merged and cell.value is not None
            else text_of(cell.value, cell.number_format or "", cell.data_type)
            for cell in row
        ]


def _asides(sheet: Worksheet, label: str) -> Iterator[Problem]:
    """Rows in other sheets, comments on cells, and what is struck out, which all look as if they were heard."""
    book: Any = sheet.parent
    others = [other.title for other in book.worksheets if other is not sheet and _is_filled(other)]
    if others:
        args = {"sheet": sheet.title, "names": ", ".join(others)}
        yield Problem(Where(label), "sheet/other-sheets", args, "warning")
    for row in sheet.iter_rows():
        struck: list[Any] = [cell for cell in row if cell.value is not None and cell.font.strike]
        if struck:
            cells = ", ".join([cell.coordinate for cell in struck][:5]) + (" …" if len(struck) > 5 else "")
            where = Where(label, struck[0].row, struck[0].column)
            yield Problem(where, "sheet/struck", {"cells": cells}, "warning")
        for cell in row:
            if cell.comment and (said := " ".join(str(cell.comment.text).split())):
                where = Where(label, cell.row or 0, cell.column or 0)
                yield Problem(where, "sheet/comment", {"text": said[:80]}, "warning")


def _is_filled(sheet: Worksheet) -> bool:
    """Whether a sheet holds anything where people begin to write."""
    rows = sheet.iter_rows(
        max_row=min(sheet.max_row, 500), max_col=min(sheet.max_column, 50), values_only=True
    )
    return any(value is not None for row in rows for value in row)


def read_csv(text: str, name: str) -> Grid:
    """Read a text whose columns are divided by commas, semicolons or tabs. Raises ReportError."""
    try:
        divider = max(",;\t", key=lambda sign: _most_columns(text, sign))
        rows = list(_within_cells(csv.reader(io.StringIO(text, newline=""), delimiter=divider)))
    except csv.Error as error:  # there is no other
        raise _too_much(name, TooMuchError("sheet/cell-too-long", csv.field_size_limit())) from error
    except TooMuchError as error:
        raise _too_much(name, error) from error
    stem = name.rsplit(".", 1)[0]
    return _grid(f"{name}!{stem}", ([_typed(text) for text in row] for row in rows))


def _within_cells(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The *rows*, while all their cells are no more than are read; a row counts as one more. Raises TooMuchError."""
    cells = 0
    for row in rows:
        cells += len(row) + 1
        if cells > MAX_CELLS:
            raise TooMuchError("sheet/too-many-cells", MAX_CELLS)
        yield row


def _most_columns(text: str, divider: str) -> int:
    """How many columns the first rows have, were *divider* the right one; labels may hold commas themselves."""
    return max(
        (len(row) for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=divider), 3)),
        default=0,
    )


def _typed(text: str) -> str | Trouble:
    return text_of(text, data_type="f" if text.startswith(("=", "＝")) else "s")


def _grid(label: str, rows: Iterable[Sequence[str | Trouble]]) -> Grid:
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        places = [Where(label, number, column) for column in range(1, len(row) + 1)]
        found = list(zip(row, places, strict=True))
        lines.append(tuple(TypedCell("" if isinstance(t, Trouble) else t, where) for t, where in found))
        problems += [Problem(where, t.code, t.args) for t, where in found if isinstance(t, Trouble)]
    return Grid(label, tuple(lines), tuple(problems))


def _too_much(name: str, error: TooMuchError) -> ReportError:
    return ReportError(Problem(Where(name), error.code, {"limit": f"{error.limit:,}"}))


# --- out ------------------------------------------------------------------------------------------------------


def write_csv(headings: Sequence[ColumnHead], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file as Excel opens it in Chinese: UTF-8 that says so."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([heading.name for heading in headings])
    writer.writerows([inert(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(title: str, headings: Sequence[ColumnHead], rows: Iterable[Sequence[str]]) -> bytes:
    """An Excel file with a header row that explains itself, every cell a text; above the header stand its labels."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    top = 2 if any(heading.label for heading in headings) else 1
    lines = [list(row) for row in rows]
    widths = [_width(heading, [row[i] for row in lines]) for i, heading in enumerate(headings)]
    for number, heading in enumerate(headings, 1):
        _column(sheet, number, widths[number - 1])
        _head(sheet, top, number, heading)
        _choices(sheet, top, number, heading)
    for line, row in enumerate(lines, top + 1):
        for number, text in enumerate(row, 1):
            _put(sheet, line, number, text)
    for line, row in enumerate([[h.label for h in headings]] * (top - 1) + [[]] + lines, 1):
        _height(sheet, line, row, widths)
    _page(sheet, top)
    out = io.BytesIO()
    book.save(out)
    return _tidied(out.getvalue())


def _width(heading: ColumnHead, texts: Iterable[str]) -> int:
    """So wide that the name and most texts stand in one line; long ones are wrapped."""
    lines = [heading.name, *(line for text in texts for line in text.split("\n"))]
    least = _LABELLED if heading.label else _NARROWEST
    return min(max(least, *(display_width(line) + 2 for line in lines)), _WIDEST)


def _height(sheet: Worksheet, line: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """As high as its longest text asks for, where that is more than a line: not every program looks."""
    most = max((_lines_of(text, width) for text, width in zip(texts, widths, strict=False)), default=1)
    if most > 1:
        sheet.row_dimensions[line].height = min(14.5 * most + 2, 400)  # Excel allows 409


def _lines_of(text: str, width: int) -> int:
    return sum(1 + display_width(line) // (width - 1) for line in text.split("\n"))


def _column(sheet: Worksheet, number: int, width: int) -> None:
    """Whatever is typed into the column is a text, and a long one is wrapped."""
    from openpyxl.styles import Alignment  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    column = sheet.column_dimensions[get_column_letter(number)]
    column.width = width
    column.number_format = "@"
    column.alignment = Alignment(wrap_text=True, vertical="top")


def _head(sheet: Worksheet, top: int, number: int, heading: ColumnHead) -> None:
    """The name of a column with its note, and its label above."""
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    fill = PatternFill("solid", fgColor="DDE6F0" if heading.required else "F2F2F2")
    for line, text in ((top, heading.name), (top - 1, heading.label)):
        if not line:
            continue
        cell: Any = sheet.cell(line, number, text)
        named = line == top
        cell.font = Font(name="Calibri", size=11 if named else 10, bold=named, family=2, scheme="minor")
        cell.fill = fill
        cell.alignment = Alignment(wrap_text=not named, vertical="top")
        cell.number_format = "@"
    if heading.comment:
        note = Comment(heading.comment, "")
        note.width, note.height = 7 * _NOTE_SIGNS, 18 * _lines_of(heading.comment, _NOTE_SIGNS) + 12
        sheet.cell(top, number).comment = note


def _choices(sheet: Worksheet, top: int, number: int, heading: ColumnHead) -> None:
    """What may be chosen, as a list that drops down."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    listed = ",".join(heading.choices)
    if not listed or len(listed) > 250:  # longer lists Excel refuses
        return
    choose = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
    choose.errorTitle, choose.error = heading.name, "请从列表中选择。\nPlease choose from the list."
    letter = get_column_letter(number)
    choose.add(f"{letter}{top + 1}:{letter}1000")
    sheet.add_data_validation(choose)


def _page(sheet: Worksheet, top: int) -> None:
    """The header and the ids stay in sight, and are on every page that is printed."""
    sheet.freeze_panes = f"B{top + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"1:{top}", "A:A"
    sheet.print_options.gridLines = True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"


def _put(sheet: Worksheet, line: int, number: int, text: str) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415

    if not text:
        return
    cell: Any = sheet.cell(line, number)
    cell.value = inert(text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _tidied(data: bytes) -> bytes:
    """The file without the moment it was made, so that the same records give the same bytes, and with the parts
    of fonts in the order that Excel writes them in."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", part)
            elif name == "xl/styles.xml":
                part = re.sub(rb"(?<=<font>).*?(?=</font>)", _font_in_order, part)
            elif name.startswith("xl/worksheets/sheet"):  # rows grow with what is typed into them
                part = part.replace(b' customHeight="1"', b"")
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _font_in_order(font: re.Match[bytes]) -> bytes:
    parts = re.findall(rb"<(\w+)[^>]*/>", font[0])
    tags = re.findall(rb"<\w+[^>]*/>", font[0])
    order = {tag: _FONT.index(name) for name, tag in zip(parts, tags, strict=True)}
    return b"".join(sorted(tags, key=order.__getitem__))
