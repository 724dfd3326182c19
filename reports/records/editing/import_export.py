"""Sheets for members: one to fill in, and the rows of one that came back.

A row is a record. All rows are right or nothing is written; a row that says what a record says already is passed
over, so that a sheet may come back with the records it was sent with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where, errors, in_order, near
from reports.diagnostics.words.records import SHEET
from reports.model.description.forms import FORMS, choice_words, examples_of, said
from reports.model.records import Record
from reports.records.converter import read
from reports.records.editing.columns import Path as Steps
from reports.records.editing.columns import SheetColumn, TypedCell, column, columns_of, spread
from reports.records.editing.new_records import (
    DataFolder,
    NewRecord,
    RecordPlace,
    Taken,
    add,
    entry_of,
    problems_of,
)
from reports.records.editing.spreadsheet import (
    ColumnHead,
    Grid,
    Line,
    read_csv,
    read_xlsx,
    write_csv,
    write_xlsx,
)
from reports.text_files import decode

#: The header is looked for in so many rows: people put titles above it.
_HEADER_WITHIN = 10


class ImportResult(Struct, frozen=True):
    """What an import did, or would do: the file that takes the records, their ids, how many were there already, and
    the rows of new ones that the sheet does not show: a filter hides what nobody has read again."""

    path: Path | None
    ids: tuple[str, ...]
    known: int
    hidden: tuple[int, ...] = ()


# --- out ------------------------------------------------------------------------------------------------------


def export(desk: DataFolder, kind: type[Record], form: str, programme: str, *, records: bool) -> bytes:
    """A sheet to fill in, with the records of *programme* ("" is all) where *records*."""
    rows = [spread(kind, plain) for plain in _plain(desk, kind, programme)] if records else []
    columns = _columns_for(kind, rows)
    lines = [[row.get(found.path, "") for found in columns] for row in rows]
    headings = [_heading(found) for found in columns]
    return write_csv(headings, lines) if form == "csv" else write_xlsx(kind.plural, headings, lines)


def _plain(desk: DataFolder, kind: type[Record], programme: str) -> Iterator[Mapping[str, Any]]:
    """The records as they stand in their files."""
    for file in desk.sources:
        listed = file.plain.get(kind.plural) if isinstance(file.plain, dict) else None
        if (not programme or file.programme == programme) and isinstance(listed, list):
            yield from (plain for plain in listed if isinstance(plain, dict))


def _columns_for(kind: type[Record], rows: Sequence[dict[Steps, str]]) -> tuple[SheetColumn, ...]:
    """The columns of an empty sheet, and those the records need beside: second sources, remarks on dates."""
    usual = columns_of(kind)
    known = {found.path for found in usual}
    needed = dict.fromkeys(path for row in rows for path in row if path not in known)
    first = usual[0].field
    more = [found for path in needed if (found := column(kind, SheetColumn(path, first).name))]
    order = {found.path[0]: i for i, found in enumerate(usual)}
    return tuple(
        sorted((*usual, *more), key=lambda found: (order.get(found.path[0], len(order)), _number(found)))
    )


def _number(found: SheetColumn) -> int:
    return next((step for step in found.path if isinstance(step, int)), 0)


def _heading(found: SheetColumn) -> ColumnHead:
    """The head of a column, its note and its label in Chinese and English."""
    field = found.field
    notes = [_note(found, i, lang) for i, lang in enumerate(_BOTH)]
    examples = [] if found.lang else list(examples_of(field)[:3])
    choices = [f"{word} = {' / '.join(choice_words(field, word))}" for word in field.shape.choices]
    listed = field.shape.choices if not field.many else ()
    if field.shape.form == "yes-no":
        listed = ("true", "false")
    return ColumnHead(
        found.name, "\n".join([*notes, *examples, *choices]), listed, _must(found), _label(found)
    )


_BOTH = ("zh", "en")


def _note(found: SheetColumn, i: int, lang: str) -> str:
    """What is to be said of a column in one language: whether it must be filled, what it is, how it is typed."""
    field = found.field
    need = SHEET.say("required", lang) if _must(found) else ""
    if found.path == ("id",):
        need = SHEET.say("given", lang)
    typed = (
        [SHEET.say(found.lang, lang)] if found.lang else [said(field, lang), FORMS[field.shape.form].write[i]]
    )
    several = SHEET.say("several", lang) if field.many else ""
    parts = [part for part in (need, field.words[i], *typed, several) if part]
    return (
        "。".join([*parts, ""])
        if lang == "zh"
        else " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)
    )


def _must(found: SheetColumn) -> bool:
    """Whether a row is wrong without it; a record without an id is given one."""
    return found.required and found.path != ("id",)


def _label(found: SheetColumn) -> str:
    """The name of a column for people; a star says that it must be filled."""
    zh, en = found.field.words
    if found.lang:
        zh, en = f"{zh}（{SHEET.say(found.lang, 'zh')}）", f"{en}, {SHEET.say(found.lang, 'en')}"
    return f"{'＊' if _must(found) else ''}{zh}\n{en[0].upper()}{en[1:]}"


# --- in -------------------------------------------------------------------------------------------------------


def bring_in(desk: DataFolder, place: RecordPlace, path: Path, *, dry: bool) -> ImportResult:
    """Put the rows of the sheet *path* into the data. Raises ReportError with all that is wrong with any of them."""
    grid = read_grid(path, place.kind)
    columns, lines, wrong = _head_of(grid, place.kind)
    misnamed = {problem.where.column - 1 for problem in wrong}  # what stands below is not told once more
    entries, known, unplaced = _entries(desk, place, columns, misnamed, lines)
    wrong = [*wrong, *unplaced, *grid.problems]
    troubled = {_cell(problem) for problem in grid.problems}
    rows = {(line, "data/one-of") for line, _ in troubled}  # the one field may be the troubled one
    for found in problems_of(desk, place, entries):
        if _cell(found) not in troubled and (found.where.line, found.code) not in rows:
            wrong.append(_of_cell(found))
    if errors(wrong):
        raise ReportError(*in_order(wrong))
    if not entries:
        if not known:
            raise ReportError(Problem(Where(grid.label), "sheet/empty"))
        return ImportResult(None, (), known)
    file = add(desk, place, entries, dry=dry)
    hidden = tuple(entry.node.where.line for entry in entries if entry.node.where.line in grid.hidden)
    return ImportResult(file, tuple(str(entry.plain["id"]) for entry in entries), known, hidden)


def _cell(problem: Problem) -> tuple[int, int]:
    return problem.where.line, problem.where.column


def _of_cell(problem: Problem) -> Problem:
    """What is missing is a cell, and no line of a file."""
    missing = problem.code in {"data/empty-field", "value/missing-language"} and problem.where.column
    return Problem(problem.where, "sheet/missing", problem.args) if missing else problem


def read_grid(path: Path, kind: type[Record]) -> Grid:
    """The cells of an .xlsx or .csv file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        code = "file/missing" if isinstance(error, FileNotFoundError) else "file/unreadable"
        args = {"name": str(path), "detail": error.strerror or type(error).__name__}
        raise ReportError(Problem(Where(path.name), code, args)) from error
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return read_xlsx(data, path.name, kind.plural)
    if path.suffix.lower() in {".csv", ".txt"}:
        return read_csv(_decoded(data, path.name), path.name)
    raise ReportError(Problem(Where(path.name), "sheet/unreadable", {"detail": path.suffix or path.name}))


def _decoded(data: bytes, name: str) -> str:
    """The text of a CSV file; Excel on Chinese Windows saves it as GBK."""
    text, unreadable = decode(data)
    if unreadable and not unreadable.encoding.startswith(("GB", "Big5", "UTF")):
        raise ReportError(unreadable.problem(name))
    return text


def _head_of(grid: Grid, kind: type[Record]) -> tuple[dict[int, SheetColumn], Sequence[Line], list[Problem]]:
    """The columns by their number, the rows below the header, and what is wrong with the header."""
    for at, line in enumerate(grid.rows[:_HEADER_WITHIN]):
        filled = [cell for cell in line if cell.text]
        if filled and sum(column(kind, cell.text) is not None for cell in filled) * 2 >= len(filled):
            columns, wrong = _named(line, kind)
            return columns, grid.rows[at + 1 :], wrong
    raise ReportError(Problem(Where(grid.label, 1, 1), "sheet/no-header", {"kind": kind.plural}))


def _named(line: Line, kind: type[Record]) -> tuple[dict[int, SheetColumn], list[Problem]]:
    columns: dict[int, SheetColumn] = {}
    wrong: list[Problem] = []
    for number, cell in enumerate(line):
        found = column(kind, cell.text) if cell.text else None
        if found is not None and found.path in {other.path for other in columns.values()}:
            wrong.append(Problem(cell.where, "sheet/column-twice", {"name": cell.text}))
        elif found is not None:
            columns[number] = found
        elif cell.text:
            names = [known.name for known in columns_of(kind)]
            args: dict[str, object] = {"name": cell.text, "kind": kind.plural, "near": near(cell.text, names)}
            wrong.append(Problem(cell.where, "sheet/unknown-column", args))
    return columns, wrong


def _entries(
    desk: DataFolder,
    place: RecordPlace,
    columns: dict[int, SheetColumn],
    misnamed: set[int],
    lines: Sequence[Line],
) -> tuple[list[NewRecord], int, list[Problem]]:
    """The records of the rows that say something new, how many do not, and cells below no heading."""
    entries: list[NewRecord] = []
    taken = Taken(desk, place)
    there = cache(partial(_said, [*_plain(desk, place.kind, place.programme)]))
    known = 0
    wrong: list[Problem] = []
    for line in lines:
        if not any(cell.text for cell in line) or line[0].text.startswith("#"):
            continue
        placed = columns.keys() | misnamed
        stray = [cell for number, cell in enumerate(line) if cell.text and number not in placed]
        wrong += [Problem(cell.where, "sheet/no-column", {"value": cell.text[:40]}) for cell in stray]
        row = {found: line[number] for number, found in columns.items() if number < len(line)}
        entry = entry_of(place, row, Where(line[0].where.file, line[0].where.line, 1), taken)
        if _is_there(desk, place.kind, entry) or _repeats(there, row, entry):
            known += 1
        else:
            entries.append(entry)
            taken.add(entry)
    return entries, known, wrong


def _repeats(
    there: Callable[[frozenset[str]], frozenset[str]], row: Mapping[SheetColumn, TypedCell], entry: NewRecord
) -> bool:
    """Whether a row that names no id says word for word what a record says: a sheet may come in twice."""
    left_open = frozenset(("id", "number")) - {found.path[0] for found, cell in row.items() if cell.text}
    return "id" in left_open and _without(left_open, entry.plain) in there(left_open)


def _said(records: Sequence[Mapping[str, Any]], left_open: frozenset[str]) -> frozenset[str]:
    return frozenset(_without(left_open, plain) for plain in records)


def _without(keys: frozenset[str], plain: Mapping[str, Any]) -> str:
    """All that *plain* says but *keys*, as canonical JSON: equal content, equal text."""
    told = {key: value for key, value in plain.items() if key not in keys and value is not None}
    return json.dumps(told, sort_keys=True)


def _is_there(desk: DataFolder, kind: type[Record], entry: NewRecord) -> bool:
    """Whether a record says already what *entry* says."""
    there = desk.dataset.records.get(str(entry.plain["id"]))
    if there is None or type(there) is not kind:
        return False
    try:
        return read(kind, entry.plain) == there
    except ValueError:
        return False
