"""Milestones: what led where, one beside the other, and on which level of cooperation each was taken.

The levels are lanes, the lowest below: a line climbs from one to the next where the level changes. Time is not
to scale, dates stand in words. Where one strip is too short for all, the line goes on in another below.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from reports.charts.families.dated_rows import in_time
from reports.charts.family_interface import Family, Sheet
from reports.charts.line_breaking import balanced, stacked
from reports.charts.scene import BLUE, BODY, GREY, HAIRLINE, INK, SMALL, Item, Label, Line, Scene, line_height
from reports.charts.styles import notes
from reports.charts.symbols import RADIUS, Symbol, sign
from reports.document.drawings import ChartRequest
from reports.model.formatting import chinese, choice, term
from reports.model.values import BilingualText

#: From the lowest to the highest.
LEVELS = ("institute", "academy", "alliance", "ministry", "government")


class MilestoneRow(Struct, frozen=True):
    """One milestone: its date and title as printed, its level, and how that is called ("" for none stated);
    *dated* is false where it belongs to the notes."""

    when: str
    title: str
    mark: Symbol
    level: int
    said: str
    dated: bool = True


# --- rows -------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[MilestoneRow, ...]:
    """Return a row for each milestone in the order of time, () when none is dated.

    Raise ReportError (chart/row) for a record of a kind that has no date or no name.
    """
    found = []
    for record, row in in_time(request):
        level = getattr(record, "level", None)
        rank = LEVELS.index(level) if level in LEVELS else -1
        said = choice(str(level), record.kind, request.lang) if level else ""
        found.append(MilestoneRow(row.when, row.title, row.mark, rank, said, dated=row.first is not None))
    return tuple(found) if any(row.dated for row in found) else ()


# --- words ------------------------------------------------------------------------------------------------

_HOLLOW = BilingualText("空心：月、日未载明。", "Hollow: no day or month is stated.", "空心：月、日未載明。")
_NOT_TO_SCALE = BilingualText("时间间隔不按比例。", "Time is not to scale.", "時間間隔不按比例。")


def describe(rows: tuple[MilestoneRow, ...], lang: str) -> str:
    """Return one sentence with the date, the name and the level of each milestone."""
    zh = chinese(lang)
    said = [f"{row.when}，{row.title}" if zh else f"{row.when}, {row.title}" for row in rows]
    with_level = [
        (f"{text}【{row.said}】" if zh else f"{text} [{row.said}]") if row.said else text
        for text, row in zip(said, rows, strict=True)
    ]
    if zh:
        head = "里程碑（括注层级）" if any(row.said for row in rows) else "里程碑"
        return f"{head}：{'；'.join(with_level)}。"
    head = "Milestones, with their levels" if any(row.said for row in rows) else "Milestones"
    return f"{head}: {'; '.join(with_level)}."


# --- layout -----------------------------------------------------------------------------------------------

#: The narrowest column, between columns, a lane, and from a strip to the next.
_NARROW, _GUTTER, _LANE, _BETWEEN = 2.5, 0.35, 0.72, 0.45
#: How far before a milestone the line climbs to its level.
_RISER = 0.45


class _Lanes(Struct, frozen=True):
    """The levels that occur, the highest first, each with its words; where the lanes begin, and the columns,
    and how wide these are."""

    levels: tuple[tuple[int, str], ...]
    begin: float
    left: float
    column: float
    sheet: Sheet

    @property
    def height(self) -> float:
        """What all lanes take."""
        return max(len(self.levels), 1) * _LANE

    def y(self, level: int, top: float) -> float:
        """The middle of the lane of *level*; the one lane there is where no level is stated at all."""
        place = next((n for n, (found, _) in enumerate(self.levels) if found == level), 0)
        return top + (place + 0.5) * _LANE

    def x(self, column: int) -> float:
        """Where a column begins."""
        return self.left + column * (self.column + _GUTTER)

    def leads(self, row: MilestoneRow) -> bool:
        """True when the line goes through *row*: not past one whose level nobody states."""
        return row.level >= 0 or not self.levels


def arrange(rows: tuple[MilestoneRow, ...], sheet: Sheet) -> Scene:
    """Lay out the title, the strips with their milestones, and the notes."""
    dated = [row for row in rows if row.dated]
    lanes, columns = _lanes(dated, sheet)
    heading, y = sheet.heading()
    items: list[Item] = list(heading)
    level: int | None = None
    for first in range(0, len(dated), columns):
        strip = dated[first : first + columns]
        items += _ground(lanes, y)
        items += _line(strip, lanes, y, level, onwards=first + columns < len(dated))
        drawn, y = _milestones(strip, lanes, y)
        items += drawn
        level = next((row.level for row in reversed(strip) if lanes.leads(row)), level)
        y += _BETWEEN
    said, y = notes(_notes(rows, sheet.lang), sheet, y - _BETWEEN + 0.15)
    return Scene(sheet.width, y + 0.05, (*items, *said))


def _lanes(dated: Sequence[MilestoneRow], sheet: Sheet) -> tuple[_Lanes, int]:
    """The lanes, and how many columns a strip has: as many as fit, the strips alike."""
    found = dict(sorted(((row.level, row.said) for row in dated), reverse=True))
    levels = tuple(
        (level, words or term("not stated", sheet.lang))
        for level, words in found.items()
        if len(found) > 1 or words
    )
    left = max((sheet.measure(words, SMALL) + 0.3 for _, words in levels), default=0.0)
    most = max(1, int((sheet.width - left + _GUTTER) / (_NARROW + _GUTTER)))
    strips = -(-len(dated) // most)
    columns = -(-len(dated) // strips)
    begin, left = left, left + (_RISER + 0.1 if levels and strips > 1 else 0.0)  # room to climb at once
    width = (sheet.width - left - (columns - 1) * _GUTTER) / columns
    return _Lanes(levels, begin, left, width, sheet), columns


def _ground(lanes: _Lanes, top: float) -> list[Item]:
    """The lanes with their names."""
    items: list[Item] = []
    for level, words in lanes.levels:
        y = lanes.y(level, top)
        items.append(Label(0, y, words, SMALL, GREY))
        items.append(Line(lanes.begin, y, lanes.sheet.width, y, HAIRLINE, 0.5, dashed=True))
    return items


def _line(
    strip: Sequence[MilestoneRow], lanes: _Lanes, top: float, level: int | None, *, onwards: bool
) -> list[Item]:
    """The line through a strip, from *level* where it comes from another strip, and onwards to the next one."""
    stations = [
        (lanes.x(column) + RADIUS, lanes.y(row.level, top))
        for column, row in enumerate(strip)
        if lanes.leads(row)
    ]
    if level is not None:
        stations.insert(0, (lanes.begin, lanes.y(level, top)))
    if onwards and stations:
        stations.append((lanes.sheet.width, stations[-1][1]))
    items: list[Item] = []
    for (x1, y1), (x2, y2) in pairwise(stations):
        riser = x2 - _RISER if y1 != y2 else x2
        items.append(Line(x1, y1, riser, y1, BLUE, 1.8))
        if y1 != y2:
            items += [Line(riser, y1, riser, y2, BLUE, 1.8), Line(riser, y2, x2, y2, BLUE, 1.8)]
    return items


def _milestones(strip: Sequence[MilestoneRow], lanes: _Lanes, top: float) -> tuple[list[Item], float]:
    """The signs on their lanes, with dates and titles below them, and where the longest ends."""
    items: list[Item] = []
    foot = top + lanes.height
    bottom = foot
    for column, row in enumerate(strip):
        x, y = lanes.x(column), lanes.y(row.level, top)
        when = balanced(row.when, lanes.column, lanes.sheet.measure)
        title = balanced(row.title, lanes.column, lanes.sheet.measure)
        first = foot + line_height() / 2
        items += [
            Line(x + RADIUS, y, x + RADIUS, foot, HAIRLINE, 0.8),
            *sign(row.mark.state, x + RADIUS, y, row.mark.hollow),
            *stacked(when, x, first, BODY, BLUE),
            *stacked(title, x, first + len(when) * line_height(), BODY, INK),
        ]
        bottom = max(bottom, foot + (len(when) + len(title)) * line_height())
    return items, bottom


def _notes(rows: tuple[MilestoneRow, ...], lang: str) -> list[str]:
    """That time is not to scale, and the milestones without a date."""
    undated = [row for row in rows if not row.dated]
    texts = [_NOT_TO_SCALE.get(lang)]
    if any(row.dated and row.mark.hollow and row.mark.state == "done" for row in rows):
        texts[0] += ("" if chinese(lang) else " ") + _HOLLOW.get(lang)
    for head in dict.fromkeys(row.when for row in undated):
        titles = [row.title for row in undated if row.when == head]
        if chinese(lang):
            texts.append(f"{head}：{'；'.join(titles)}。")
        else:
            texts.append(f"{head[:1].upper()}{head[1:]}: {'; '.join(titles)}.")
    return texts


FAMILY = Family(rows, describe, arrange)
