"""What stands on a timeline: records with dates as rows of plain values, in the words they are printed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.family_interface import fault
from reports.charts.symbols import State, Symbol, Towards
from reports.document.drawings import ChartRequest
from reports.model.dates import PartialDate, has_come
from reports.model.formatting import chinese, say, say_date, term
from reports.model.kinds.activities import Signatory
from reports.model.records import Record
from reports.model.values import BilingualText

_TOWARDS: Mapping[str, Towards] = MappingProxyType(
    {"on": "", "about": "", "after": "right", "before": "left"}
)
_STATES: Mapping[str, State] = MappingProxyType(
    {
        "suspended": "suspended", "planned": "planned", "postponed": "postponed", "cancelled": "cancelled",
        "ongoing": "ongoing", "in progress": "ongoing", "being signed": "ongoing", "aspired": "planned",
        "under discussion": "planned",
    }
)  # fmt: skip


class DatedRow(Struct, frozen=True):
    """One item: *when* and *title* as they are printed; *first* and *last* day it may mean, None where its
    date is not known and *when* says why. *precision* is how finely it is stated."""

    when: str
    title: str
    mark: Symbol
    first: date | None = None
    last: date | None = None
    precision: str = ""


def rows(request: ChartRequest) -> tuple[DatedRow, ...]:
    """Return a row for each record in the order of time, () when none is dated.

    Raise ReportError (chart/row) for a record of a kind that has no date or no name.
    """
    in_order = tuple(row for _, row in in_time(request))
    return in_order if any(row.first for row in in_order) else ()


def in_time(request: ChartRequest) -> tuple[tuple[Record, DatedRow], ...]:
    """Return every row with its record, the undated last; raise ReportError as `rows` does."""
    for record in request.records:
        _check(request, record)
    found = [
        (day.sort_key, record, row)
        for record in request.records
        for day, row in _of(record, request.lang, request.day)
    ]
    return tuple((record, row) for _, record, row in sorted(found, key=itemgetter(0)))


_NO_DAY = PartialDate(None, None, certainty="unknown")


def _check(request: ChartRequest, record: Record) -> None:
    if not any(name in record.__struct_fields__ for name in record.dated):
        en, zh = "a record of its kind has no date", "这类记录没有日期"
    elif not any(name in record.__struct_fields__ for name in ("name", "title", "topic", "text")):
        en, zh = "a record of its kind has no name to print", "这类记录没有可印出的名称"
    else:
        return
    raise fault(request, "chart/row", id=record.id, detail=zh if chinese(request.lang) else en)


def _of(record: Record, lang: str, today: PartialDate | None) -> Iterator[tuple[PartialDate, DatedRow]]:
    """A row for each date of *record*, and one for the notes where signatures under it cannot be dated; *today* is
    the day of the report."""
    days = {name: day for name in record.dated if (day := getattr(record, name)) is not None}
    for name, day in days.items():
        if not any(_finer(other, day) for other in days.values()):
            yield day, _row(record, name, day, lang, today)
    if not days:
        yield _NO_DAY, DatedRow(_NOT_STATED.get(lang), _title(record, "", lang), Symbol(_state(record)))
    illegible = sum(map(_is_illegible, getattr(record, "signatories", ())))
    if illegible and not any(day.certainty == "illegible" for day in days.values()):
        title = _with_detail(say(record.label, lang), [_SIGNATURES.get(lang).format(illegible)], lang)
        yield _NO_DAY, DatedRow(term("date illegible", lang), title, Symbol("done"))


def _finer(one: PartialDate, other: PartialDate) -> bool:
    """True when *one* lies within *other* and says more: of an agreement signed in 1985 and in force from
    1 January 1985 only the latter is drawn."""
    if not (one.start and one.end and other.start and other.end):
        return False
    inside = other.start <= one.start and one.end <= other.end
    return inside and (one.start, one.end) != (other.start, other.end)


def _is_illegible(signatory: Signatory) -> bool:
    return signatory.signed is not None and signatory.signed.certainty == "illegible"


def _row(record: Record, name: str, day: PartialDate, lang: str, today: PartialDate | None) -> DatedRow:
    state, title = _state(record), _title(record, name, lang)
    if today and today.end and not _standing(record) and not has_come(day, today.end):
        state = "planned"
    if day.start is None or day.end is None or day.certainty == "illegible":
        if day.start:  # what can be read of the date stands behind the title
            title = _with_detail(title, [when(replace(day, certainty="stated"), lang)], lang)
        word = "date illegible" if day.certainty == "illegible" else "date unknown"
        return DatedRow(term(word, lang), title, Symbol(state))
    rough = not day.span and (day.precision in ("year", "decade") or day.relation == "about")
    towards = _TOWARDS[day.relation]
    first = day.end if towards == "right" else day.start
    last = day.start if towards == "left" else day.end
    return DatedRow(
        when(day, lang), title, Symbol(state, rough, day.span, towards), first, last, day.precision
    )


def _state(record: Record) -> State:
    return _STATES.get(_standing(record), "done")


def _standing(record: Record) -> str:
    """How the record says that things stand; an alliance says how far its founding has come."""
    return str(getattr(record, "status", None) or getattr(record, "founding", None) or "")


def when(day: PartialDate, lang: str) -> str:
    """Say a date in the little room of a chart."""
    return say_date(day, lang, short=True)


# What the date of a record is the date of, where its title does not say so.
_ACTS: Mapping[str, BilingualText] = MappingProxyType(
    {
        "founded": BilingualText("成立", "founded"),
        "signed": BilingualText("签署", "signed", "簽署"),
        "effective": BilingualText("生效", "in force"),
        # What an alliance's "founded" dates where that is no founding.
        "approved": BilingualText("获批", "approved", "獲批"),
        "resolution passed": BilingualText("建设决议通过", "resolution passed", "建設決議通過"),
        "started": BilingualText("启动", "started", "啟動"),
    }
)
_SIGNATURES = BilingualText("{}方签字", "signatures: {}", "{}方簽字")
_PEOPLE = BilingualText("{}人", "{} people")
_NOT_STATED = BilingualText("日期未载明", "date not stated", "日期未載明")


def _title(record: Record, dated: str, lang: str) -> str:
    """The record's name with what happened on the day in its field *dated*, where, and with how many."""
    title = " ".join(say(record.label, lang).split())
    done = (getattr(record, "founding", None) or dated) if dated == "founded" else dated
    act = _ACTS[done].get(lang) if done in _ACTS else ""
    if act and act not in title and _state(record) == "done":  # else the details say how it stands
        title = f"{title}{act}" if chinese(lang) else f"{title}, {act}"
    return _with_detail(title, _details(record, title, lang), lang)


def _details(record: Record, title: str, lang: str) -> list[str]:
    """What makes the item remarkable, where and how it was held, with how many, and whether it is done, as
    far as *title* does not say it."""
    claim, place, attendance = (getattr(record, name, None) for name in ("claim", "place", "attendance"))
    form = str(getattr(record, "format", ""))
    details = [say(claim, lang)] if claim else []
    if place and not any(f"{word}{say(place, lang)}" in title for word in _WHERE):
        details.append(say(place, lang))
    if form in ("online", "hybrid"):
        details.append(term(form, lang))
    if attendance:
        details.append(_PEOPLE.get(lang).format(say(attendance, lang)))
    if _state(record) != "done":  # else nothing is said: it happened, or its source states nothing
        details.append(term(_standing(record), lang))
    return [text for text in details if text not in title or (place and text == say(place, lang))]


#: Words before a place in a title that make it the place of the thing: 驻CERN春节活动, but not 中国与CERN协调会.
_WHERE = ("驻", "駐", "在", "赴", "访", "访问", "訪", "訪問", "at ", "in ", "to ")


def _with_detail(title: str, details: list[str], lang: str) -> str:
    """Add *details* in brackets, or after a comma behind a title that ends in a bracket."""
    if not details:
        return title
    comma, opening, closing = ("，", "（", "）") if chinese(lang) else (", ", " (", ")")
    if title.endswith((")", "）")):
        return comma.join((title, *details))
    return f"{title}{opening}{comma.join(details)}{closing}"
