"""A timeline: one row an item, with its date, its name, and a sign on a scale of time.

Dates are drawn as far as they are known: a year is a hollow sign or a bar over that year, "after July" an
arrow that leaves July, and what nobody can date stands in words under the scale. Where a few old items would
squeeze a crowd of recent ones, each gets a scale of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from reports.charts.family import Family, Sheet, fault
from reports.charts.lettering import balanced, stacked, wrap
from reports.charts.marks import ARROW, RADIUS, SIGNS, Mark, State, Towards, drawn, is_bar, left_of
from reports.charts.scale import Axis, Span, divided, whole
from reports.charts.scene import (
    BODY,
    GREY,
    HAIRLINE,
    SMALL,
    Item,
    Label,
    Line,
    Scene,
    line_height,
)
from reports.drawing import ChartRequest
from reports.model import Agreement, Event, Meeting, Organisation, Record
from reports.values import BilingualText, PartialDate
from reports.wording import chinese, say, say_date, term

_TOWARDS: Mapping[str, Towards] = MappingProxyType(
    {"on": "", "about": "", "after": "right", "before": "left"}
)
_STATES: Mapping[str, State] = MappingProxyType(
    {
        "suspended": "suspended", "planned": "planned", "postponed": "postponed", "cancelled": "cancelled",
        "ongoing": "ongoing", "in progress": "ongoing", "being signed": "ongoing", "aspired": "planned",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One item: *when* and *title* as they are printed; *first* and *last* day it may mean, None where its
    date is not known and *when* says why. *precision* is how finely it is stated."""

    when: str
    title: str
    mark: Mark
    first: date | None = None
    last: date | None = None
    precision: str = ""


# --- rows -------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[Row, ...]:
    """Return a row for each record in the order of time, () when none is dated.

    Raise ReportError (chart/row) for a record of a kind that has no date or no name.
    """
    for record in request.records:
        _check(request, record)
    in_order = sorted(request.records, key=lambda r: (r.day or _NO_DAY).sort_key)
    found = [_row(record, request.lang) for record in in_order]
    if not any(row.first for row in found):
        return ()
    return (*found, *(row for record in in_order for row in _signatures(record, request.lang)))


_NO_DAY = PartialDate(None, None, certainty="unknown")


def _check(request: ChartRequest, record: Record) -> None:
    if not any(name in type(record).model_fields for name in record.dated):
        en, zh = "a record of its kind has no date", "这类记录没有日期"
    elif not any(name in type(record).model_fields for name in ("name", "title", "topic", "text")):
        en, zh = "a record of its kind has no name to print", "这类记录没有可印出的名称"
    else:
        return
    raise fault(request, "chart/row", id=record.id, detail=zh if chinese(request.lang) else en)


def _row(record: Record, lang: str) -> Row:
    day: PartialDate | None = record.day
    state = _state(record)
    title = _title(record, lang)
    if day is None or day.start is None or day.end is None or day.certainty == "illegible":
        return _undated(day, title, state, lang)
    rough = not day.span and (day.precision in ("year", "decade") or day.relation == "about")
    towards = _TOWARDS[day.relation]
    first = day.end if towards == "right" else day.start
    last = day.start if towards == "left" else day.end
    return Row(_when(day, lang), title, Mark(state, rough, day.span, towards), first, last, day.precision)


def _state(record: Record) -> State:
    return _STATES.get(str(getattr(record, "status", "")), "done")


def _undated(day: PartialDate | None, title: str, state: State, lang: str) -> Row:
    """A row for the notes; what can be read of its date stands behind its title."""
    if day is None:
        return Row(_NOT_STATED.get(lang), title, Mark(state))
    if day.start:
        title = _with_detail(title, [_when(replace(day, certainty="stated"), lang)], lang)
    word = "date illegible" if day.certainty == "illegible" else "date unknown"
    return Row(term(word, lang), title, Mark(state))


def _signatures(record: Record, lang: str) -> list[Row]:
    """A row for the notes where the record is dated but the date of some signature under it is not legible."""
    if not isinstance(record, Agreement) or (record.day or _NO_DAY).certainty == "illegible":
        return []
    count = sum(s.signed is not None and s.signed.certainty == "illegible" for s in record.signatories)
    if not count:
        return []
    word = _SIGNATURES.get(lang).format(count)
    return [
        Row(term("date illegible", lang), _with_detail(say(record.label, lang), [word], lang), Mark("done"))
    ]


def _when(day: PartialDate, lang: str) -> str:
    return say_date(day, lang, short=True)


# What the date of a record is the date of, where its title does not say so.
_FOUNDED = BilingualText("成立", "founded")
_ACTS = MappingProxyType(
    {"signed": BilingualText("签署", "signed", "簽署"), "effective": BilingualText("生效", "in force")}
)
_SIGNATURES = BilingualText("{}方签字", "signatures: {}", "{}方簽字")
_PEOPLE = BilingualText("{}人", "{} people")
_NOT_STATED = BilingualText("日期未载明", "date not stated", "日期未載明")


def _title(record: Record, lang: str) -> str:
    """The record's name with what happened on its day, and where and with how many."""
    title = " ".join(say(record.label, lang).split())
    act = _act(record, lang)
    if act and act not in title:
        title = f"{title}{act}" if chinese(lang) else f"{title}, {act}"
    return _with_detail(title, [text for text in _details(record, lang) if text not in title], lang)


def _act(record: Record, lang: str) -> str:
    if isinstance(record, Organisation):
        return _FOUNDED.get(lang)
    if isinstance(record, Agreement):
        if record.status == "being signed":  # which the details say
            return ""
        return next((word.get(lang) for name, word in _ACTS.items() if getattr(record, name)), "")
    return ""


def _details(record: Record, lang: str) -> list[str]:
    details = []
    if isinstance(record, Meeting | Event):
        details += [say(record.place, lang)] if record.place else []
        details += [term(record.format, lang)] if record.format in ("online", "hybrid") else []
    if isinstance(record, Event) and record.attendance:
        details.append(_PEOPLE.get(lang).format(say(record.attendance, lang)))
    state = _state(record)
    return details if state == "done" else [*details, term(state, lang)]


def _with_detail(title: str, details: list[str], lang: str) -> str:
    """Add *details* in brackets; a title that ends in a bracket takes them into that one."""
    if not details:
        return title
    comma, opening, closing = ("，", "（", "）") if chinese(lang) else (", ", " (", ")")
    if title.endswith(closing):
        return f"{title[:-1]}{comma}{comma.join(details)}{closing}"
    return f"{title}{opening}{comma.join(details)}{closing}"


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


def describe(rows: tuple[Row, ...], lang: str) -> str:
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


def _counts(dated: list[Row], lang: str) -> list[str]:
    """How many items are planned, suspended …"""
    counts = Counter(row.mark.state for row in dated)
    form = "{}{}项" if chinese(lang) else "{}: {}"
    return [form.format(term(state, lang), n) for state, n in counts.items() if state != "done"]


def _unplaced(rows: tuple[Row, ...]) -> list[tuple[str, list[str]]]:
    """The titles without a date, by what is the matter with it."""
    heads = dict.fromkeys(row.when for row in rows if not row.first)
    return [(head, [row.title for row in rows if not row.first and row.when == head]) for head in heads]


# --- layout -----------------------------------------------------------------------------------------------

_GAP = 0.3
#: The row of labels above a scale, the room above the first row, and what a row has beyond its lines of text.
_HEAD, _TOP, _PAD = 0.52, 0.08, 0.12


@dataclass(frozen=True, slots=True)
class _Columns:
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


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows that share one scale."""

    axis: Axis
    rows: tuple[Row, ...]

    def reach(self, row: Row) -> tuple[float, float]:
        """Between which x the date of *row* lies."""
        assert row.first and row.last  # only dated rows are placed
        return self.axis.at(row.first), self.axis.behind(row.last)

    def is_rough(self, row: Row) -> bool:
        """True when the row's sign says that its date is known roughly only."""
        if row.mark.towards or row.mark.lasting or row.mark.state == "suspended":
            return False
        return row.mark.hollow or is_bar(*self.reach(row))


def arrange(rows: tuple[Row, ...], sheet: Sheet) -> Scene:
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


def _columns(dated: list[Row], sheet: Sheet) -> _Columns:
    """Dates and titles get what they need, the strip the rest and at least a third."""
    dates = max(sheet.measure(row.when, BODY) for row in dated)
    titles = max(sheet.measure(row.title, BODY) for row in dated)
    dates = min(dates, 0.22 * sheet.width)
    return _Columns(dates, min(titles, 0.64 * sheet.width - dates - 2 * _GAP), sheet)


def _parts(dated: list[Row], columns: _Columns) -> list[_Part]:
    """Give each run of rows that belong together in time its own scale."""
    spans = [(row.first, row.last) for row in dated if row.first and row.last]
    parts, begin = [], 0
    for count in divided(spans):
        rows = tuple(dated[begin : begin + count])
        parts.append(_Part(_axis(rows, whole(spans[begin : begin + count]), columns), rows))
        begin += count
    return parts


def _axis(rows: tuple[Row, ...], span: Span, columns: _Columns) -> Axis:
    """The scale over *span*, with room at its ends for signs, arrows and half a label."""
    edge = columns.sheet.width - 0.05
    axis = Axis(*span, columns.strip, edge - RADIUS)
    before = ARROW if any(row.mark.towards == "left" for row in rows) else RADIUS
    left = columns.strip + max(before, _label_room(axis, columns.sheet) / 2)
    axis = replace(axis, left=left)
    for row in rows:
        if row.mark.towards == "right" and row.last:  # its arrow has to end on the paper
            share = (axis.behind(row.last) - left) / (axis.right - left)
            axis = replace(axis, right=min(axis.right, left + (edge - ARROW - left) / share))
    return axis


def _label_room(axis: Axis, sheet: Sheet) -> float:
    """The width of a label on the scale with the space around it."""
    return max(sheet.measure(_said(day, axis, sheet.lang), SMALL) for day in (axis.start, axis.end)) + 0.15


def _said(day: date, axis: Axis, lang: str) -> str:
    return _when(PartialDate(day, day, "month"), lang) if axis.by_months else str(day.year)


def _part(part: _Part, columns: _Columns, top: float, *, alone: bool) -> tuple[list[Item], float]:
    """Return a scale with its rows, and where they end."""
    base = top + _HEAD
    y = base + _TOP
    placed: list[Item] = []
    for row in part.rows:
        items, y = _placed_row(row, part, columns, y)
        placed += items
    return [*_scale(part.axis, columns, base, y, alone=alone), *placed], y


def _placed_row(row: Row, part: _Part, columns: _Columns, top: float) -> tuple[list[Item], float]:
    measure = columns.sheet.measure
    when = wrap(row.when, columns.dates, measure)
    title = balanced(row.title, columns.titles, measure)
    y = top + (line_height() + _PAD) / 2
    left, right = part.reach(row)
    sign = drawn(row.mark, left, right, y)
    lead = columns.title_at + measure(title[0], BODY) + 0.12
    items: list[Item] = [
        *stacked(when, 0, y, BODY, GREY),
        *stacked(title, columns.title_at, y),
        # A hairline leads the eye from the title to the sign.
        Line(lead, y, left_of(sign) - 0.1, y, HAIRLINE, 0.5),
        *sign,
    ]
    return items, top + max(len(when), len(title)) * line_height() + _PAD


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
        span = PartialDate(axis.start, axis.end, "month" if axis.by_months else "year", span=True)
        text = wrap(_when(span, sheet.lang), columns.strip - _GAP, sheet.measure, SMALL)[0]
        items += [Label(0, y, text, SMALL, GREY), Line(0, base, columns.strip, base, HAIRLINE, 0.5)]
    return items


# --- legend and notes -------------------------------------------------------------------------------------

#: The width of a sign in the legend with the space behind it.
_SWATCH = 0.45


def _legend(parts: list[_Part], sheet: Sheet, top: float) -> tuple[list[Item], float]:
    """Say what the signs mean that occur, one after the other in lines."""
    items: list[Item] = []
    x, y = 0.0, top + line_height(SMALL) / 2
    for mark, text in _meanings(parts, sheet.lang):
        swatch = ARROW + 0.25 if mark.towards else _SWATCH
        lines = wrap(text, sheet.width - swatch, sheet.measure, SMALL)
        width = swatch + max(sheet.measure(line, SMALL) for line in lines)
        if x and x + width > sheet.width:
            x, y = 0.0, y + line_height(SMALL)
        at = x + (ARROW if mark.towards == "left" else 0 if mark.towards else RADIUS) + 0.03
        items += [*drawn(mark, at, at, y), *stacked(lines, x + swatch, y, SMALL, GREY)]
        x, y = x + width + 0.5, y + (len(lines) - 1) * line_height(SMALL)
    return items, y + line_height(SMALL) / 2 + 0.08


def _meanings(parts: list[_Part], lang: str) -> list[tuple[Mark, str]]:
    """The signs that occur, with their words: how things stand, then how well dates are known."""
    rows = [row for part in parts for row in part.rows]
    meanings = [
        (Mark(state), term(state, lang)) for state in SIGNS if any(row.mark.state == state for row in rows)
    ]
    rough = {row.precision for part in parts for row in part.rows if part.is_rough(row)}
    if rough:
        meanings.append((Mark("done", hollow=True), (_ROUGH_YEAR if rough == {"year"} else _ROUGH).get(lang)))
    arrows = {row.mark.towards: row.mark for row in rows if row.mark.towards}
    return meanings + [(mark, _OPEN[towards].get(lang)) for towards, mark in arrows.items()]


def _notes(rows: tuple[Row, ...], sheet: Sheet, top: float, *, many: bool) -> tuple[list[Item], float]:
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
