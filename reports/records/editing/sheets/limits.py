"""Asks of a workbook what it would grow to, before openpyxl builds anything of it.

A sheet of 10 kB can merge all its cells, link a column a million rows deep, or hold two million empty cells, and an
object would be made of each. So every part is streamed and counted first, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from reports.diagnostics.problems import Where
from reports.packages import Archive, BrokenPartError, Limits

LIMITS = Limits(packed=10_000_000, unpacked=100_000_000, part=100_000_000, members=2000, marks=3_000_000)
#: Cells and rows of all sheets, and the cells that merged cells, links and comments lie over.
MAX_CELLS = 500_000
#: Letters of all cells; a text that many cells share counts in each. Of formulas likewise.
MAX_LETTERS = 20_000_000
MAX_FORMULAS = 5_000_000
#: Elements beside cells and texts (styles, comments, rules, tables) with the ranges they name, and their letters.
MAX_BESIDE = 100_000
MAX_BESIDE_LETTERS = 10_000_000
#: Letters of one cell; Excel allows no more.
MAX_IN_CELL = 32_767

#: Below these, elements are cells and their texts.
_OF_CELLS = frozenset(("sheetData", "sst"))
#: What openpyxl makes a cell for wherever it lies.
_LIES_OVER = frozenset(("mergeCell", "hyperlink", "comment"))
_ROWS, _COLUMNS = 1_048_576, 16_384
_RANGE = re.compile(r"\$?([A-Z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Z]{0,3})\$?([0-9]{0,7}))?", re.IGNORECASE)


class TooMuchError(Exception):
    """More of something than is read: the *code* of the sentence, and the *limit*."""

    def __init__(self, code: str, limit: int) -> None:
        super().__init__(code)
        self.code, self.limit = code, limit


class _Counted(Struct):
    """What all parts of a workbook hold so far."""

    cells: int = 0
    marks: int = 0
    formulas: int = 0
    beside: int = 0
    letters: int = 0

    def check(self) -> None:
        """Raise TooMuchError where that is more than is read."""
        for found, most, code in (
            (self.cells, MAX_CELLS, "sheet/too-many-cells"),
            (self.marks, LIMITS.marks, "sheet/too-many-cells"),
            (self.formulas, MAX_FORMULAS, "sheet/too-many-formulas"),
            (self.beside, MAX_BESIDE, "sheet/too-much-beside"),
            (self.letters, MAX_BESIDE_LETTERS, "sheet/too-much-beside"),
        ):
            if found > most:
                raise TooMuchError(code, MAX_CELLS if code == "sheet/too-many-cells" else most)


def refuse_overgrown(data: bytes, name: str) -> None:
    """Read through every part of a workbook. Raises ReportError, with a sentence of what is too much."""
    archive = Archive(data, Where(name), ".xlsx", LIMITS)
    counted = _Counted()
    try:
        for part in archive.members:
            _count(archive, part, counted)
    except BrokenPartError as error:
        raise archive.refusal_of(error) from error
    except TooMuchError as error:
        raise archive.refused(error.code, limit=f"{error.limit:,}") from error
    finally:
        archive.close()


def _count(archive: Archive, part: str, counted: _Counted) -> None:
    """A part that is no XML ends at its first bytes; one that only says it is none is counted like the others."""
    try:
        archive.read(part, _Counter(counted))
    except BrokenPartError as error:
        if archive.is_xml(part) or error.code != "package/broken-part":
            raise


class _Counter:
    """Reads a part and counts what would be made of it."""

    def __init__(self, counted: _Counted) -> None:
        self.counted = counted
        self._inside = 0
        self._in_cell = 0
        self._formula: str | None = None
        self._formula_letters = 0
        self._shared: dict[str, int] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self._inside:
            self._inside += 1
            self._cell_mark(name, attributes)
        elif name in _OF_CELLS:
            self._inside = 1
        else:
            self.counted.beside += 1 + sum(value.count(" ") for value in attributes.values())
            self.counted.letters += sum(map(len, attributes.values()))
            if name in _LIES_OVER:
                self.counted.cells += _area(attributes.get("ref", ""))
        self.counted.check()

    def _cell_mark(self, name: str, attributes: Mapping[str, str]) -> None:
        self.counted.marks += 1
        if name in {"c", "row"}:
            self.counted.cells += 1
        if name in {"c", "si"}:
            self._in_cell = 0
        elif name == "f":
            self._formula = attributes.get("si", "") if attributes.get("t") == "shared" else ""
            self._formula_letters = 0

    def end(self, tag: str) -> None:
        if self._formula is not None and tag.rpartition("}")[2] == "f":
            first = self._shared.setdefault(self._formula, self._formula_letters) if self._formula else 0
            self.counted.formulas += max(first, self._formula_letters)
            self._formula = None
            self.counted.check()
        self._inside = max(self._inside - 1, 0)

    def data(self, text: str) -> None:
        if not self._inside:
            self.counted.letters += len(text)
            return
        self._in_cell += len(text)
        self._formula_letters += len(text)
        if self._in_cell > MAX_IN_CELL:
            raise TooMuchError("sheet/cell-too-long", MAX_IN_CELL)


def _area(ref: str) -> int:
    """How many cells a range names; where it names no columns or no rows, all of them; a range that is none, one."""
    found = _RANGE.fullmatch(ref)
    if not found:
        return 1
    left, top, right, bottom = found.groups()
    if right is None and bottom is None:
        right, bottom = left, top
    columns = abs(_column(right) - _column(left)) + 1 if left and right else _COLUMNS
    rows = abs(int(bottom) - int(top)) + 1 if top and bottom else _ROWS
    return columns * rows


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
