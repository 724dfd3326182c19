"""A matrix of dots: who took part in which meeting, or which class of members has which right.

Full is stated, hollow is not (a list of participants that does not name somebody, a right that is denied), and a
dash is where the source says nothing. Sums are counted, and the chart says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.family_interface import Family, Sheet, called, fault, refused
from reports.charts.line_breaking import balanced, stacked, wrap
from reports.charts.scene import (
    BODY,
    GREY,
    HAIRLINE,
    INK,
    SMALL,
    FilledShape,
    Item,
    Label,
    Line,
    Scene,
    line_height,
)
from reports.charts.styles import notes
from reports.charts.symbols import RADIUS, sign
from reports.document.drawings import ChartRequest
from reports.model.formatting import chinese, say, say_date, term
from reports.model.kinds.activities import Meeting
from reports.model.kinds.actors import MemberClass, Right
from reports.model.values import BilingualText

#: What a cell shows: stated, stated not to be, nothing stated.
Cell = bool | None


class Matrix(Struct, frozen=True):
    """*heads* name the columns (what, when, where), *names* the lines; *cells* are the lines' cells.

    *sums* are the words over the sums of lines and before those of columns, () where sums mean nothing.
    *full* and *hollow* are the words for the dots.
    """

    subject: str
    heads: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    full: str
    hollow: str
    sums: tuple[str, ...] = ()

    @property
    def line_sums(self) -> tuple[str, ...]:
        """How many full dots each line has."""
        return tuple(map(_sum, self.cells))

    @property
    def column_sums(self) -> tuple[str, ...]:
        """How many full dots each column has."""
        return tuple(map(_sum, zip(*self.cells, strict=True)))


_DASH = "–"
#: The narrowest column in cm.
_NARROW = 1.4


def _sum(cells: tuple[Cell, ...]) -> str:
    """How many dots are full; a dash where nothing is stated."""
    return _DASH if set(cells) == {None} else str(cells.count(True))


# --- rows -------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[Matrix, ...]:
    """Return the one matrix of all records, () without any or where none names anybody.

    Raise ReportError: chart/row for another kind of record, chart/rows for meetings mixed with classes.
    """
    meetings = [record for record in request.records if isinstance(record, Meeting)]
    classes = [record for record in request.records if isinstance(record, MemberClass)]
    for record in request.records:
        if not isinstance(record, Meeting | MemberClass):
            raise refused(
                request,
                record,
                "it is neither a meeting nor a class of members",
                "它既不是会议，也不是成员类别",
            )
    if meetings and classes:
        detail = "会议与成员类别不能并列" if chinese(request.lang) else "meetings and classes of members"
        raise fault(request, "chart/rows", detail=detail)
    found = _of_meetings(request, meetings) if meetings else _of_classes(request, classes)
    columns, most = min(len(found.heads), len(found.names)), int(0.6 * request.width_cm / _NARROW)
    if columns > most:
        zh, en = f"{columns}列，此宽度最多{most}列", f"{columns} columns, of which {most} fit into this width"
        raise fault(request, "chart/rows", detail=zh if chinese(request.lang) else en)
    return (found,) if found.names else ()


_WORDS = (
    BilingualText("参加", "took part", "參加"),
    BilingualText("原文未列入参加者", "not among the participants named", "原文未列入參加者"),
    BilingualText("次数", "Meetings", "次數"),
    BilingualText("方数", "Parties", "方數"),
)
_RIGHTS = BilingualText("有", "yes"), BilingualText("无", "no", "無")


def _of_meetings(request: ChartRequest, meetings: Sequence[Meeting]) -> Matrix:
    """The parties in the order of how often they took part, then of how early they are named."""
    lang = request.lang
    ordered = sorted(meetings, key=lambda meeting: meeting.date.sort_key)
    named = dict.fromkeys(party for meeting in ordered for party in meeting.participants)
    often = {party: sum(party in meeting.participants for meeting in ordered) for party in named}
    parties = sorted(named, key=lambda party: -often[party])
    cells = tuple(
        tuple(party in meeting.participants if meeting.participants else None for meeting in ordered)
        for party in parties
    )
    series = {meeting.series for meeting in ordered}
    numbered = len(series) == 1 and None not in series and all(meeting.ordinal for meeting in ordered)
    subject = called(request, next(iter(series)) or "") if numbered else ""
    heads = tuple(_head(meeting, lang, numbered=numbered) for meeting in ordered)
    full, hollow, *sums = (words.get(lang) for words in _WORDS)
    names = tuple(called(request, party) for party in parties)
    return Matrix(subject, heads, names, cells, full, hollow, tuple(sums))


def _head(meeting: Meeting, lang: str, *, numbered: bool) -> tuple[str, ...]:
    """Which meeting, when, and where as far as stated."""
    number = f"第{meeting.ordinal}次" if chinese(lang) else f"No. {meeting.ordinal}"
    what = number if numbered else say(meeting.title, lang)
    place = (say(meeting.place, lang),) if meeting.place else ()
    return (what, say_date(meeting.date, lang, short=True), *place)


def _of_classes(request: ChartRequest, classes: Sequence[MemberClass]) -> Matrix:
    lang = request.lang
    said = {right for one in classes for right in (*one.rights, *one.without)}
    rights = [right for right in get_args(Right) if right in said]
    cells = tuple(
        tuple(True if right in one.rights else False if right in one.without else None for one in classes)
        for right in rights
    )
    alliances = {one.alliance for one in classes}
    subject = called(request, alliances.pop()) if len(alliances) == 1 else ""
    heads = tuple((say(one.name, lang),) for one in classes)
    full, hollow = (words.get(lang) for words in _RIGHTS)
    return Matrix(subject, heads, tuple(term(right, lang) for right in rights), cells, full, hollow)


# --- words ------------------------------------------------------------------------------------------------


def describe(rows: tuple[Matrix, ...], lang: str) -> str:
    """Return one sentence: the columns with their sums and who has how many, or what each column has."""
    [matrix] = rows
    zh = chinese(lang)
    parts = _attendance(matrix, lang) if matrix.sums else _held(matrix, lang)
    colon, stop = ("：", "。") if zh else (": ", ".")
    head = ("点阵图" if zh else "Dot matrix") + (
        ("，" if zh else ", ") + matrix.subject if matrix.subject else ""
    )
    return f"{head}{colon}{('；' if zh else '; ').join(parts)}{stop}"


def _attendance(matrix: Matrix, lang: str) -> list[str]:
    zh, comma = chinese(lang), "，" if chinese(lang) else ", "
    parts = []
    for head, count in zip(matrix.heads, matrix.column_sums, strict=True):
        name = f"{head[0]}（{comma.join(head[1:])}）" if zh else f"{head[0]} ({comma.join(head[1:])})"
        open_ = term("not stated", lang)
        if count == _DASH:
            parts.append(f"{name}{open_}" if zh else f"{name} {open_}")
        else:
            parts.append(f"{name}{count}方" if zh else f"{name} {count} parties")
    for times in dict.fromkeys(matrix.line_sums):
        names = [name for name, found in zip(matrix.names, matrix.line_sums, strict=True) if found == times]
        said = f"参加{times}次" if zh else f"took part in {times}"
        parts.append(f"{said}：{'、'.join(names)}" if zh else f"{said}: {', '.join(names)}")
    return [*parts, "合计为计算值" if zh else "sums are computed"]


def _held(matrix: Matrix, lang: str) -> list[str]:
    zh, parts = chinese(lang), []
    for n, head in enumerate(matrix.heads):
        said = []
        for cell, word in ((True, matrix.full), (False, matrix.hollow), (None, term("not stated", lang))):
            names = [name for name, line in zip(matrix.names, matrix.cells, strict=True) if line[n] is cell]
            if names:
                said.append(f"{word}{'、'.join(names)}" if zh else f"{word}: {', '.join(names)}")
        parts.append(f"{head[0]}（{'，'.join(said)}）" if zh else f"{head[0]} ({'; '.join(said)})")
    return parts


# --- layout -----------------------------------------------------------------------------------------------

_LINE, _AIR = 0.56, 0.25
#: The middle of the first dot of the legend.
_EDGE = RADIUS + 0.03
_SUMS = BilingualText("合计为计算值", "Sums are computed", "合計為計算值")


class _Grid(Struct, frozen=True):
    """Where the names end and how wide a column is; the sums of lines stand at the right edge."""

    left: float
    column: float
    sheet: Sheet

    def x(self, column: int) -> float:
        """The middle of a column."""
        return self.left + (column + 0.5) * self.column


def arrange(rows: tuple[Matrix, ...], sheet: Sheet) -> Scene:
    """Lay out the title, the heads of the columns, the lines with their dots and sums, and the legend."""
    [matrix] = rows
    matrix = _turned(matrix) if len(matrix.heads) > len(matrix.names) else matrix
    grid = _grid(matrix, sheet)
    heading, y = sheet.heading()
    subject = balanced(matrix.subject, sheet.width, sheet.measure) if matrix.subject else ()
    items: list[Item] = [*heading, *stacked(subject, 0, y + line_height() / 2, BODY, GREY)]
    y += len(subject) * line_height() + (0.15 if subject else 0.0)
    drawn, y = _heads(matrix, grid, y)
    items += drawn
    for n in range(len(matrix.names)):
        drawn, y = _line(matrix, n, grid, y)
        items += drawn
    drawn, y = _sums(matrix, grid, y)
    said, y = _legend(matrix, sheet, y + 0.1)
    return Scene(sheet.width, y + 0.05, (*items, *drawn, *said))


def _grid(matrix: Matrix, sheet: Sheet) -> _Grid:
    names = [*matrix.names, *matrix.sums[1:]]
    lines = (line for name in names for line in balanced(name, 0.3 * sheet.width, sheet.measure))
    left = max(sheet.measure(line, BODY) for line in lines) + _AIR
    sums = max((sheet.measure(word, BODY) + _AIR for word in matrix.sums[:1]), default=0.0)
    return _Grid(left, (sheet.width - left - sums) / len(matrix.heads), sheet)


def _turned(matrix: Matrix) -> Matrix:
    """The same with lines for columns: many meetings of few parties stand one below the other."""
    names = tuple(" ".join(head) for head in matrix.heads)
    heads = tuple((name,) for name in matrix.names)
    cells = tuple(zip(*matrix.cells, strict=True))
    return replace(matrix, names=names, heads=heads, cells=cells, sums=matrix.sums[::-1])


def _heads(matrix: Matrix, grid: _Grid, top: float) -> tuple[list[Item], float]:
    """The names of the columns, their first lines on one level, and a line below them."""
    blocks = [_block(head, grid) for head in matrix.heads]
    height = max(len(block) for block in blocks) * line_height()
    items: list[Item] = []
    for n, block in enumerate(blocks):
        y = top + line_height() / 2
        for line, colour in block:
            items.append(Label(grid.x(n), y, line, BODY, colour, "center"))
            y += line_height()
    foot = top + height + 0.08
    items += [
        Label(grid.sheet.width, top + line_height() / 2, word, align="right") for word in matrix.sums[:1]
    ]
    return [*items, Line(0, foot, grid.sheet.width, foot, GREY, 0.8)], foot


def _block(head: tuple[str, ...], grid: _Grid) -> list[tuple[str, str]]:
    """The lines of one column's head: what it is, and in grey what is to be said of it."""
    width, measure = grid.column - 0.12, grid.sheet.measure
    return [
        (line, GREY if n else INK) for n, text in enumerate(head) for line in balanced(text, width, measure)
    ]


def _line(matrix: Matrix, n: int, grid: _Grid, top: float) -> tuple[list[Item], float]:
    """One line with its dots and its sum, and a hairline below it."""
    name = balanced(matrix.names[n], grid.left - _AIR, grid.sheet.measure)
    height = max(_LINE, len(name) * line_height() + 0.1)
    y = top + height / 2
    items: list[Item] = [*stacked(name, 0, y - (len(name) - 1) * line_height() / 2)]
    for column, cell in enumerate(matrix.cells[n]):
        items += _dot(cell, grid.x(column), y)
    if matrix.sums:
        items.append(Label(grid.sheet.width - 0.05, y, matrix.line_sums[n], BODY, INK, "right"))
    foot = top + height
    return [*items, Line(0, foot, grid.sheet.width, foot, HAIRLINE, 0.5)], foot


def _dot(cell: Cell, x: float, y: float) -> list[Item]:
    if cell is None:
        return [Line(x - RADIUS / 2, y, x + RADIUS / 2, y, GREY, 1.0)]
    if cell:
        return sign("done", x, y)
    return [
        replace(item, edge=GREY) for item in sign("done", x, y, hollow=True) if isinstance(item, FilledShape)
    ]


def _sums(matrix: Matrix, grid: _Grid, top: float) -> tuple[list[Item], float]:
    """The sums of the columns."""
    if not matrix.sums:
        return [], top
    name = balanced(matrix.sums[1], grid.left - _AIR, grid.sheet.measure)
    height = max(_LINE, len(name) * line_height() + 0.1)
    y = top + height / 2
    items: list[Item] = [*stacked(name, 0, y - (len(name) - 1) * line_height() / 2)]
    for column, count in enumerate(matrix.column_sums):
        items.append(Label(grid.x(column), y, count, BODY, INK, "center"))
    return items, top + height


def _legend(matrix: Matrix, sheet: Sheet, top: float) -> tuple[list[Item], float]:
    """What the dots that occur mean, and that sums are counted."""
    found = {cell for line in matrix.cells for cell in line}
    words = ((True, matrix.full), (False, matrix.hollow), (None, term("not stated", sheet.lang)))
    items: list[Item] = []
    x, y = _EDGE, top + line_height(SMALL) / 2
    for cell, text in words:
        if cell not in found:
            continue
        lines = wrap(text, sheet.width - 3 * RADIUS, sheet.measure, SMALL)
        width = max(sheet.measure(line, SMALL) for line in lines)
        if x > _EDGE and x + 2 * RADIUS + width > sheet.width:
            x, y = _EDGE, y + line_height(SMALL)
        items += [*_dot(cell, x, y), *stacked(lines, x + 2 * RADIUS, y, SMALL, GREY)]
        x, y = x + width + 0.9, y + (len(lines) - 1) * line_height(SMALL)
    stop = "。" if chinese(sheet.lang) else "."
    said = [f"{_SUMS.get(sheet.lang)}{stop}"] if matrix.sums else []
    drawn, y = notes(said, sheet, y + line_height(SMALL) / 2 + 0.05)
    return [*items, *drawn], y


FAMILY = Family(rows, describe, arrange)
