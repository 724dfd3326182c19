"""A timeline: one row an item, with its date, its name, and a sign on a scale of time.

Dates are drawn as far as they are known: a year is a hollow sign or a bar over that year, "after July" an
arrow that leaves July, and what nobody can date stands in words under the scale. Where a few old items would
squeeze a crowd of recent ones, each gets a scale of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.families.dated_rows import DatedRow, rows, when
from reports.charts.family_interface import Family, Sheet
from reports.charts.line_breaking import balanced, stacked, wrap
from reports.charts.scale import Axis, Span, divided, whole
from reports.charts.scene import BODY, GREY, HAIRLINE, SMALL, Item, Label, Line, Scene, line_height
from reports.charts.symbols import ARROW, RADIUS, SIGNS, Symbol, Towards, drawn, is_bar, left_of
from reports.model.dates import PartialDate
from reports.model.formatting import chinese, term
from reports.model.values import BilingualText

# --- words ------------------------------------------------------------------------------------------------

_ROUGH_YEAR = BilingualText("只知年份", "only the year is known")
_ROUGH = BilingualText("只知大致时间", "only a rough time is known", "只知大致時間")
_OPEN: Mapping[Towards, BilingualText] = MappingProxyType(
    {
        "right": BilingualText("在此之后，无具体日期", "after this, no exact date", "在此之後，無具體日期"),
        "left": BilingualText("在此之前，无具体日期", "before this, no exact date", "在此之前，無具體日期"),
    }
)
_SCALES = BilingualText(
    "各段时间刻度不同。", "The scales of time differ between the parts.", "各段時間刻度不同。"
)


def describe(rows: tuple[DatedRow, ...], lang: str) -> str:
    """Return one sentence: how many items, the first and the last, how many are not done, and the undated."""
    dated = [row for row in rows if row.first]
    zh = chinese(lang)
    first, last = (
        f"“{row.title}”{f'（{row.when}）' if zh else f' ({row.when})'}" for row in (dated[0], dated[-1])
    )
    if len(dated) == 1:
        said = [f"时间线，1项：{first}" if zh else f"Timeline of one item: {first}"]
    elif zh:
        said = [f"时间线，共{len(dated)}项，自{first}至{last}"]
    else:
        said = [f"Timeline of {len(dated)} items from {first} to {last}"]
    said += _counts(dated, lang)
    said += [
        f"{head}{'：' if zh else ': '}{('、' if zh else ', ').join(titles)}"
        for head, titles in _unplaced(rows)
    ]
    return f"{'；'.join(said)}。" if zh else f"{'; '.join(said)}."


def _counts(dated: list[DatedRow], lang: str) -> list[str]:
    """How many items are planned, suspended …"""
    counts = Counter(row.mark.state for row in dated)
    form = "{}{}项" if chinese(lang) else "{}: {}"
    return [form.format(term(state, lang), n) for state, n in counts.items() if state != "done"]


def _unplaced(rows: tuple[DatedRow, ...]) -> list[tuple[str, list[str]]]:
    """The titles without a date, by what is the matter with it."""
    heads = dict.fromkeys(row.when for row in rows if not row.first)
    return [(head, [row.title for row in rows if not row.first and row.when == head]) for head in heads]


# --- layout -----------------------------------------------------------------------------------------------

_GAP = 0.3
#: The row of labels above a scale, the room above the first row, and what a row has beyond its lines of text.
_HEAD, _TOP, _PAD = 0.5, 0.08, 0.1
#: The share of the width for dates and titles: as a rule, and where that saves lines enough.
_TEXT_SHARES, _WORTH = (0.62, 0.7), 0.85


class _Columns(Struct, frozen=True):
    """Three columns from the left: dates, titles, and the strip with the scale, in cm."""

    dates: float
    titles: float
    sheet: Sheet

    @property
    def title_at(self) -> float:
        return self.dates + _GAP

    @property
    def strip(self) -> float:
        return self.title_at + self.titles + _GAP


class _Part(Struct, frozen=True):
    """Rows that share one scale."""

    axis: Axis
    rows: tuple[DatedRow, ...]

    def reach(self, row: DatedRow) -> tuple[float, float]:
        """Between which x the date of *row* lies."""
        assert row.first and row.last  # only dated rows are placed
        return self.axis.at(row.first), self.axis.behind(row.last)

    def is_rough(self, row: DatedRow) -> bool:
        """True when the row's sign says that its date is known roughly only."""
        if row.mark.towards or row.mark.lasting or row.mark.state == "suspended":
            return False
        return row.mark.hollow or self.is_bar(row)

    def is_bar(self, row: DatedRow) -> bool:
        """True when the date of *row* takes a bar; all months look alike, February too."""
        left, right = self.reach(row)
        if row.precision == "month" and row.first:
            a_day = self.axis.behind(row.first) - self.axis.at(row.first)
            right = max(right, left + 31 * a_day)
        return is_bar(left, right)


def arrange(rows: tuple[DatedRow, ...], sheet: Sheet) -> Scene:
    """Lay out the title, each part with its scale, the legend and the notes, from top to bottom."""
    dated = [row for row in rows if row.first]
    columns = _columns(dated, sheet)
    parts = _parts(dated, columns)
    heading, y = sheet.heading()
    items: list[Item] = list(heading)
    for part in parts:
        placed, y = _part(part, columns, y, alone=len(parts) == 1)
        items += placed
        y += _GAP
    signs, y = _legend(parts, sheet, y)
    notes, y = _notes(rows, sheet, y, many=len(parts) > 1)
    return Scene(sheet.width, y + 0.05, (*items, *signs, *notes))


def _columns(dated: list[DatedRow], sheet: Sheet) -> _Columns:
    """Dates and titles get what they need, the strip the rest: a third, or less where titles are long."""
    dates = min(max(sheet.measure(row.when, BODY) for row in dated), 0.22 * sheet.width)
    usual, narrow = (
        [line for row in dated for line in balanced(row.title, share * sheet.width - dates, sheet.measure)]
        for share in _TEXT_SHARES
    )
    lines = narrow if len(narrow) <= _WORTH * len(usual) else usual
    return _Columns(dates, max(sheet.measure(line, BODY) for line in lines) + 0.01, sheet)


def _parts(dated: list[DatedRow], columns: _Columns) -> list[_Part]:
    """Give each run of rows that belong together in time its own scale."""
    spans = [(row.first, row.last) for row in dated if row.first and row.last]
    parts, begin = [], 0
    for count in divided(spans):
        rows = tuple(dated[begin : begin + count])
        parts.append(_Part(_axis(rows, whole(spans[begin : begin + count]), columns), rows))
        begin += count
    return parts


def _axis(rows: tuple[DatedRow, ...], span: Span, columns: _Columns) -> Axis:
    """The scale over *span*, with room at its ends for signs, arrows and half a label."""
    edge = columns.sheet.width - 0.05
    axis = Axis(*span, columns.strip, edge)
    room = _label_room(axis, columns.sheet)
    before = ARROW if any(row.mark.towards == "left" for row in rows) else RADIUS
    left = columns.strip + max(before, room / 2)
    axis = replace(axis, left=left, right=edge - max(RADIUS, room / 2))
    for row in rows:
        if row.mark.towards == "right" and row.last:  # its arrow has to end on the paper
            share = (axis.behind(row.last) - left) / (axis.right - left)
            axis = replace(axis, right=min(axis.right, left + (edge - ARROW - left) / share))
    return axis


def _label_room(axis: Axis, sheet: Sheet) -> float:
    """The width of a label on the scale with the space around it."""
    return max(sheet.measure(_said(day, axis, sheet.lang), SMALL) for day in (axis.start, axis.end)) + 0.1


def _said(day: date, axis: Axis, lang: str) -> str:
    return when(PartialDate(day, day, "month"), lang) if axis.by_months else str(day.year)


def _part(part: _Part, columns: _Columns, top: float, *, alone: bool) -> tuple[list[Item], float]:
    """Return a scale with its rows, and where they end."""
    base = top + _HEAD
    y = base + _TOP
    placed: list[Item] = []
    for row in part.rows:
        items, y = _placed_row(row, part, columns, y)
        placed += items
    return [*_scale(part.axis, columns, base, y, alone=alone), *placed], y


def _placed_row(row: DatedRow, part: _Part, columns: _Columns, top: float) -> tuple[list[Item], float]:
    measure = columns.sheet.measure
    date_lines = wrap(row.when, columns.dates, measure)
    title = balanced(row.title, columns.titles, measure)
    y = top + (line_height() + _PAD) / 2
    left, right = part.reach(row)
    sign = drawn(row.mark, left, right, y, bar=part.is_bar(row))
    lead = columns.title_at + measure(title[0], BODY) + 0.12
    items: list[Item] = [
        *stacked(date_lines, 0, y, BODY, GREY),
        *stacked(title, columns.title_at, y),
        # A hairline leads the eye from the title to the sign.
        Line(lead, y, left_of(sign) - 0.1, y, HAIRLINE, 0.5),
        *sign,
    ]
    return items, top + max(len(date_lines), len(title)) * line_height() + _PAD


def _scale(axis: Axis, columns: _Columns, base: float, bottom: float, *, alone: bool) -> list[Item]:
    """The labels over a scale, its line, and a hairline down from each mark; with several scales the time
    of this one stands at its left."""
    sheet, y = columns.sheet, base - _HEAD / 2
    marks = axis.marks(_label_room(axis, sheet))
    items: list[Item] = [Line(axis.at(day), base, axis.at(day), bottom, HAIRLINE, 0.5) for day in marks]
    items.append(Line(columns.strip, base, sheet.width, base, GREY, 0.8))
    for day, x in axis.labels(marks):
        label = Label(x, y, _said(day, axis, sheet.lang), SMALL, GREY, "center")
        if label.box(sheet.measure).right <= sheet.width:
            items.append(label)
    if not alone:
        text = wrap(_time_of(axis, sheet.lang), columns.strip - _GAP, sheet.measure, SMALL)[0]
        items += [Label(0, y, text, SMALL, GREY), Line(0, base, columns.strip, base, HAIRLINE, 0.5)]
    return items


def _time_of(axis: Axis, lang: str) -> str:
    """The time a scale shows: 1985—2002年, Mar – Aug 2022."""
    years = (axis.start.month, axis.end.month) == (1, 12)
    several = not years or axis.start.year != axis.end.year
    return when(PartialDate(axis.start, axis.end, "year" if years else "month", span=several), lang)


# --- legend and notes -------------------------------------------------------------------------------------


class _Entry(Struct, frozen=True):
    """A sign in the legend, *length* cm long where it is a bar, and its words; without words it shares
    those of the next entry."""

    mark: Symbol
    words: str
    length: float = 0.0

    @property
    def width(self) -> float:
        """What the sign and the space behind it take."""
        return (ARROW if self.mark.towards else max(2 * RADIUS, self.length)) + 0.18


def _legend(parts: list[_Part], sheet: Sheet, top: float) -> tuple[list[Item], float]:
    """Say what the signs mean that occur, one after the other in lines."""
    entries = _entries(parts, sheet.lang)
    items: list[Item] = []
    x, y = 0.03, top + line_height(SMALL) / 2
    for entry in entries:
        lines = wrap(entry.words, sheet.width - entry.width, sheet.measure, SMALL)
        width = entry.width + max(sheet.measure(line, SMALL) for line in lines)
        if x + width > sheet.width:
            x, y = 0.03, y + line_height(SMALL)
        left = x + (
            ARROW if entry.mark.towards == "left" else 0 if entry.mark.towards or entry.length else RADIUS
        )
        items += [*drawn(entry.mark, left, left + entry.length, y, bar=entry.length > 0)]
        items += stacked(lines, x + entry.width, y, SMALL, GREY) if entry.words else ()
        x, y = x + width + (0.5 if entry.words else 0.0), y + (len(lines) - 1) * line_height(SMALL)
    return items, y + line_height(SMALL) / 2 + 0.08 if entries else top


def _entries(parts: list[_Part], lang: str) -> list[_Entry]:
    """The signs that occur: how things stand, then how well dates are known; none where all is done and dated."""
    placed = [(part, row) for part in parts for row in part.rows]
    done = _Entry(Symbol("done"), term("done", lang))
    entries = [done] if any(row.mark.state == "done" for _, row in placed) else []
    for state in SIGNS[1:]:
        rows = [(part, row) for part, row in placed if row.mark.state == state]
        entries += _shared(Symbol(state), term(state, lang), rows)
    rough = [(part, row) for part, row in placed if part.is_rough(row)]
    words = _ROUGH_YEAR if {row.precision for _, row in rough} == {"year"} else _ROUGH
    entries += _shared(Symbol("done", hollow=True), words.get(lang), rough)
    arrows = {row.mark.towards: row.mark for _, row in placed if row.mark.towards}
    entries += [_Entry(mark, _OPEN[towards].get(lang)) for towards, mark in arrows.items()]
    return [] if entries == [done] else entries


def _shared(mark: Symbol, words: str, rows: list[tuple[_Part, DatedRow]]) -> list[_Entry]:
    """The entries for *rows*, which *mark* stands for: a sign, a bar, or both with their *words* said once."""
    bars = {not row.mark.towards and part.is_bar(row) for part, row in rows}
    lengths = [0.5 * bar for bar in sorted(bars)]
    return [_Entry(mark, words if length == lengths[-1] else "", length) for length in lengths]


def _notes(rows: tuple[DatedRow, ...], sheet: Sheet, top: float, *, many: bool) -> tuple[list[Item], float]:
    """What the picture itself cannot show: that scales differ, and the items without a date."""
    texts = [_SCALES.get(sheet.lang)] if many else []
    for head, titles in _unplaced(rows):
        if chinese(sheet.lang):
            texts.append(f"{head}：{'；'.join(titles)}。")
        else:
            texts.append(f"{head[:1].upper()}{head[1:]}: {'; '.join(titles)}.")
    lines = [line for text in texts for line in wrap(text, sheet.width, sheet.measure, SMALL)]
    labels = stacked(tuple(lines), 0, top + line_height(SMALL) / 2, SMALL, GREY)
    return list(labels), top + len(lines) * line_height(SMALL)


FAMILY = Family(rows, describe, arrange)
