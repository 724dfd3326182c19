"""Sheets for members: one to fill in, and the rows of one that came back.

A row is a record. All rows are right or nothing is written; a row that says what a record says already is passed
over, so that a sheet may come back with the records it was sent with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where, errors, in_order, near
from reports.diagnostics.words.records import SHEET
from reports.model.description.forms import FORMS, choice_words, examples_of, said
from reports.model.records import Record
from reports.model.report_definitions import Job
from reports.packages import read_outside
from reports.records.editing.additions import Addition, PlacedEntry, put, spots, with_additions
from reports.records.editing.drafts import Attestation
from reports.records.editing.latest import latest
from reports.records.editing.new_records import (
    DataFolder,
    NewRecord,
    RecordPlace,
    Taken,
    add,
    entry_of,
    open_desk,
    problems_of,
)
from reports.records.editing.sheet_changes import FieldChange, RowChanges, changes_in
from reports.records.editing.sheets.columns import Path as Steps
from reports.records.editing.sheets.columns import SheetColumn, TypedCell, column, columns_of, spread
from reports.records.editing.sheets.limits import LIMITS
from reports.records.editing.sheets.spreadsheet import (
    ColumnHead,
    Grid,
    Line,
    read_csv,
    read_xlsx,
    write_csv,
    write_xlsx,
)
from reports.records.editing.updates import Editions, settled, supposing
from reports.text_files import decode

#: The header is looked for in so many rows: people put titles above it.
_HEADER_WITHIN = 10


class ImportPlan(Struct, frozen=True):
    """What a sheet brings: *entries* that are new, how many rows say what is *known*, *additions* for records that are
    there (*changes* tells them to people), *hidden* rows of both: a filter hides what nobody has read again. *closed*
    is an edition that comes too early for some of it; *problems* are what is wrong or odd."""

    place: RecordPlace
    entries: tuple[NewRecord, ...] = ()
    known: int = 0
    additions: tuple[Addition, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    hidden: tuple[int, ...] = ()
    closed: Job | None = None
    problems: tuple[Problem, ...] = ()


class SheetRows(Struct, frozen=True):
    """The rows below a *header* (its line), its columns by their number, and the numbers of columns that have a wrong
    name: what stands below these is not told once more."""

    header: int
    columns: Mapping[int, SheetColumn]
    misnamed: frozenset[int]
    lines: Sequence[Line]


class Brought(Struct):
    """What the rows of a sheet say, so far."""

    entries: list[NewRecord]
    rows: list[tuple[int, RowChanges]]
    known: int
    wrong: list[Problem]


# --- out ------------------------------------------------------------------------------------------------------


def export(desk: DataFolder, kind: type[Record], form: str, programme: str, *, records: bool) -> bytes:
    """A sheet to fill in, with the records of *programme* ("" is all) where *records*."""
    rows = [spread(kind, latest(plain)) for plain in _plain(desk, kind, programme)] if records else []
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


def look_into(
    desk: DataFolder, place: RecordPlace, path: Path, said: Attestation, editions: Editions
) -> ImportPlan:
    """What the sheet *path* brings, and all that is wrong with any row of it; *said* is since when what it changes is
    so. Raises ReportError where it is no such sheet."""
    grid = read_grid(path, place.kind)
    rows, misnamed = _rows_of(grid, place.kind)
    found = _brought(desk, place, rows, said)
    plan = _planned(place, found, grid, editions)
    wrong = [
        *misnamed,
        *_unheard(grid, rows),
        *found.wrong,
        *grid.problems,
        *(p for _, row in found.rows for p in row.problems),
    ]
    if any(draft.key == "updates" for _, row in found.rows for draft in row.drafts):
        wrong += [*said.lacks(), *said.misses()]
    wrong += _wrong_together(desk, plan, grid.problems, wrong, editions.today)
    if not plan.entries and not plan.known and not plan.additions and not errors(wrong):
        raise ReportError(Problem(Where(grid.label), "sheet/empty"))
    return replace(plan, problems=tuple(in_order(wrong)))


def _planned(place: RecordPlace, found: Brought, grid: Grid, editions: Editions) -> ImportPlan:
    outcomes = [[settled(editions, draft) for draft in row.drafts] for _, row in found.rows]
    lines = [entry.node.where.line for entry in found.entries]
    lines += [line for line, row in found.rows if row.drafts]
    return ImportPlan(
        place,
        tuple(found.entries),
        found.known + sum(not any(one.addition for one in row) for row in outcomes),
        tuple(one.addition for row in outcomes for one in row if one.addition),
        tuple(change for _, row in found.rows for change in row.shown),
        tuple(line for line in lines if line in grid.hidden),
        next((one.closed for row in outcomes for one in row if one.closed), None),
    )


def _wrong_together(
    desk: DataFolder, plan: ImportPlan, cells: Sequence[Problem], told: Sequence[Problem], today: date
) -> Iterator[Problem]:
    """What is wrong with all data once what *plan* says is in them; what follows from *cells* that could not be read, or
    was *told* of an option, is not told beside it."""
    troubled = {_cell(problem) for problem in cells}
    rows = {(line, "data/one-of") for line, _ in troubled}  # the one field may be the troubled one
    options = {problem.where for problem in told if problem.where.file.startswith("--")}
    whole = with_additions(desk, [supposing(one, today) for one in plan.additions])
    for problem in problems_of(whole, plan.place, plan.entries):
        of_a_row = (problem.where.line, problem.code) in rows
        if problem.where not in options and _cell(problem) not in troubled and not of_a_row:
            yield _of_cell(problem)


def carry_out(
    desk: DataFolder, plan: ImportPlan, *, dry: bool = False
) -> tuple[Path | None, list[PlacedEntry]]:
    """Write what *plan* says: return the file that takes what is new, and where the additions stand. Raises ReportError,
    and writes nothing then."""
    path = add(desk, plan.place, plan.entries, dry=True) if plan.entries else None
    added = put(desk, plan.additions, dry=dry)
    if path and not dry:
        now = open_desk(desk.folder) if plan.additions else desk
        add(now, plan.place, plan.entries)
    return path, added


def _cell(problem: Problem) -> tuple[int, int]:
    return problem.where.line, problem.where.column


def _of_cell(problem: Problem) -> Problem:
    """What is missing is a cell, and no line of a file."""
    missing = problem.code in {"data/empty-field", "value/missing-language"} and problem.where.column
    return Problem(problem.where, "sheet/missing", problem.args) if missing else problem


def read_grid(path: Path, kind: type[Record]) -> Grid:
    """The cells of an .xlsx or .csv file."""
    data = read_outside(path, LIMITS.packed)
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".et"}:
        return read_xlsx(data, path.name, kind.plural)
    if path.suffix.lower() in {".csv", ".txt"}:
        return read_csv(_decoded(data, path.name), path.name)
    raise ReportError(Problem(Where(path.name), "sheet/unreadable", {"name": path.name}))


def _decoded(data: bytes, name: str) -> str:
    """The text of a CSV file; Excel on Chinese Windows saves it as GBK."""
    text, unreadable = decode(data)
    if unreadable and not unreadable.encoding.startswith(("GB", "Big5", "UTF")):
        raise ReportError(unreadable.problem(name))
    return text


def _rows_of(grid: Grid, kind: type[Record]) -> tuple[SheetRows, list[Problem]]:
    """The rows below the header, and what is wrong with the header."""
    for at, line in enumerate(grid.rows[:_HEADER_WITHIN]):
        filled = [cell for cell in line if cell.text]
        if filled and sum(column(kind, cell.text) is not None for cell in filled) * 2 >= len(filled):
            columns, wrong = _named(line, kind)
            misnamed = frozenset(problem.where.column - 1 for problem in wrong)
            return SheetRows(at + 1, columns, misnamed, grid.rows[at + 1 :]), wrong
    raise ReportError(Problem(Where(grid.label, 1, 1), "sheet/no-header", {"kind": kind.plural}))


def _unheard(grid: Grid, rows: SheetRows) -> Iterator[Problem]:
    """What was said in the rows by other means than text; what stands at the header is our own."""
    yield from (one for one in grid.asides if not 0 < one.where.line <= rows.header)
    for number, found in rows.columns.items():
        filled = any(line[number].text for line in rows.lines if number < len(line))
        if filled and number + 1 in grid.hidden_columns:
            where = Where(grid.label, rows.header, number + 1)
            yield Problem(where, "sheet/hidden-column", {"name": found.name}, "warning")


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


def _brought(desk: DataFolder, place: RecordPlace, rows: SheetRows, said: Attestation) -> Brought:
    """The records of the rows that are new, what others change, how many say nothing new, and cells below no heading."""
    found = Brought([], [], 0, [])
    taken, there_now = Taken(desk, place), spots(desk)
    there = cache(partial(_said, [*_plain(desk, place.kind, place.programme)]))
    for line in rows.lines:
        if not any(cell.text for cell in line) or line[0].text.startswith("#"):
            continue
        placed = rows.columns.keys() | rows.misnamed
        stray = [cell for number, cell in enumerate(line) if cell.text and number not in placed]
        found.wrong += [Problem(cell.where, "sheet/no-column", {"value": cell.text[:40]}) for cell in stray]
        row = {name: line[number] for number, name in rows.columns.items() if number < len(line)}
        where = Where(line[0].where.file, line[0].where.line, 1)
        spot = there_now.get(_id_in(row))
        if spot is not None and spot.kind is place.kind:
            changes = changes_in(desk, spot, row, where, said)
            found.rows.append((where.line, changes))
            continue
        entry = entry_of(place, row, where, taken)
        if _repeats(there, row, entry):
            found.known += 1
        else:
            found.entries.append(entry)
            taken.add(entry)
    return found


def _id_in(row: Mapping[SheetColumn, TypedCell]) -> str:
    return next((cell.text for found, cell in row.items() if found.path == ("id",)), "")


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
