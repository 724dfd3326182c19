"""Plans: what was done, what is to come and what is late, a row each, with the day the report is as of.

Done is full, planned is hollow, late is hatched from the day it was due; a day that something was planned for before
stands behind it as a ghost, with an arrow to the one that counts now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import TypeGuard

from msgspec.structs import replace

from reports.charts.families.dated_rows import when
from reports.charts.families.over_time import gantt_layout
from reports.charts.families.over_time.gantt_columns import PlanRow, Plans
from reports.charts.family_interface import Family, fault, label_of, refused
from reports.charts.symbols import State, Towards
from reports.document.drawings import ChartRequest
from reports.model.dates import PartialDate, last_day, same_time
from reports.model.formatting import chinese, say, say_open, term
from reports.model.kinds.activities import Agreement, Contribution, Event, Meeting, Milestone, Visit
from reports.model.kinds.plans import Action, Discussion
from reports.model.records import Record
from reports.model.standing.standing import Standing, standing
from reports.model.values import BilingualText

_KINDS = (Action, Agreement, Contribution, Discussion, Event, Meeting, Milestone, Visit)
_STATES: Mapping[str, State] = MappingProxyType(
    {
        "done": "done", "decided": "done", "under way": "ongoing", "planned": "planned", "open": "planned",
        "due soon": "planned", "late": "planned", "suspended": "suspended", "postponed": "postponed",
        "deferred": "postponed", "cancelled": "cancelled", "withdrawn": "cancelled", "ended": "cancelled",
    }
)  # fmt: skip
_TOWARDS: Mapping[str, Towards] = MappingProxyType(
    {"on": "", "about": "", "after": "right", "before": "left"}
)


# --- rows ---------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[Plans, ...]:
    """Return one chart with a row for each record in the order of time, () when none is dated.

    Raise ReportError: chart/row for a record of a kind that is neither planned nor done, chart/rows where nobody says
    as of which day.
    """
    if not request.records:
        return ()
    if request.day is None:
        en, zh = "nobody says as of which day", "没有说明截至哪一天"
        raise fault(request, "chart/rows", detail=zh if chinese(request.lang) else en)
    day = last_day(request.day)
    found = [_plan(request, record, day) for record in request.records]
    dated = sorted((plan for plan in found if plan.first), key=attrgetter("first", "last"))
    undated = tuple(plan for plan in found if not plan.first)
    return (Plans(tuple(dated), undated, day, when(request.day, request.lang)),) if dated else ()


def _plan(request: ChartRequest, record: Record, day: date) -> PlanRow:
    if not isinstance(record, _KINDS):
        en, zh = "a record of its kind is neither planned nor done", "这类记录没有计划和完成之分"
        raise refused(request, record, en, zh)
    own, lang = _own(record, day), request.lang
    found = standing(record, day) or Standing("planned")
    title = " ".join(say(label_of(request, record, own), lang).split())
    plan = PlanRow(title, "", _STATES[found.state], found.said(record.kind, lang), found.state == "late")
    if own is None or own.start is None or own.end is None or own.certainty == "illegible":
        name = "due" if isinstance(record, Action | Discussion) else ""
        return replace(plan, when=when(own, lang) if own else say_open(name, lang))
    towards = _TOWARDS[own.relation]
    ghosts = _ghosts(request, record, own)
    return replace(
        plan,
        when=_SINCE.get(lang).format(when(record.raised, lang))
        if _is_open_ended(record)
        else when(own, lang),
        first=own.end if towards == "right" else own.start,
        last=own.start if towards == "left" else own.end,
        towards=towards,
        rough=not own.span and (own.precision in ("year", "half", "decade") or own.relation == "about"),
        lasting=own.span,
        ghosts=tuple((one.start, one.end) for one in ghosts if one.start and one.end),
        notes=tuple(_notes(record, found, own, ghosts, lang)),
    )


def _own(record: Record, day: date) -> PartialDate | None:
    """When it was, or is to be: of a matter from the day it was raised to that it is due, or is open still."""
    if isinstance(record, Action):
        return record.done or record.due
    if not isinstance(record, Discussion):
        own: PartialDate | None = record.day
        return own
    raised, due = record.raised, record.due
    if _is_open_ended(record) and raised.start and raised.end and raised.end < day:
        return PartialDate(raised.start, day, span=True)
    if raised.start and due and due.end and due.end > raised.start:
        return PartialDate(
            raised.start, due.end, "day" if raised.precision == "day" else due.precision, span=True
        )
    return raised


def _is_open_ended(record: Record) -> TypeGuard[Discussion]:
    """Whether *record* is a matter that is open, and nobody says until when."""
    return isinstance(record, Discussion) and record.status == "open" and record.due is None


def _ghosts(request: ChartRequest, record: Record, own: PartialDate) -> tuple[PartialDate, ...]:
    """The days it was planned for before, and the day by which it was to be done where it was done later. One that the
    present day lies in was told more exactly, and not moved."""
    now = record.due if isinstance(record, Action | Discussion) and record.due else own
    found = [
        one for one in request.slips.get(record.id, ()) if one.relation == "on" and not same_time(one, now)
    ]
    return (*found, now) if _done_late(record) else tuple(found)


def _done_late(record: Record) -> int:
    """How many days later than it was due something was done."""
    if not isinstance(record, Action) or record.done is None or record.due is None or record.due.end is None:
        return 0
    return max((last_day(record.done) - record.due.end).days, 0) if record.due.relation == "on" else 0


# --- words --------------------------------------------------------------------------------------------------

_SINCE = BilingualText("{}起", "since {}")
_NO_END = BilingualText("期限未定", "no day set")
_FIRST = BilingualText("原定{when}", "moved from {when}")
_SEVERAL = BilingualText("曾定于{when}", "moved from {when}", "曾定於{when}")
_LATER = BilingualText("，推后{days}天", " by {days} days", "，推後{days}天")
_SOONER = BilingualText("，提前{days}天", ", {days} days sooner")
_DUE = BilingualText(
    "应于{when}完成，晚{days}天", "due {when}, done {days} days late", "應於{when}完成，晚{days}天"
)
#: States that the sign alone tells.
_PLAIN = frozenset(("done", "decided", "planned", "open"))


def _notes(
    record: Record, found: Standing, own: PartialDate, ghosts: tuple[PartialDate, ...], lang: str
) -> Iterator[str]:
    """What stands below the title: how it stands where that is remarkable, and from which days it was moved."""
    if found.state not in _PLAIN:
        yield found.said(record.kind, lang)
    if _is_open_ended(record):
        yield _NO_END.get(lang)
    late = _done_late(record)
    moved = ghosts[:-1] if late else ghosts
    if moved:
        now = record.due if isinstance(record, Action | Discussion) and record.due else own
        words, between = (
            (_SEVERAL if len(moved) > 1 else _FIRST).get(lang),
            "、" if chinese(lang) else ", then ",
        )
        yield words.format(when=between.join(when(one, lang) for one in moved)) + _by(moved[0], now, lang)
    if late:
        yield _counted(_DUE, lang, late, when=when(ghosts[-1], lang))


def _by(first: PartialDate, now: PartialDate, lang: str) -> str:
    """By how many days it was moved in all; "" where a month or a year is all that is said of either."""
    if (
        first.precision != "day"
        or now.precision != "day"
        or not (first.start and now.start and first.end and now.end)
    ):
        return ""
    days = (now.start - first.start).days or (now.end - first.end).days
    return _counted(_LATER if days > 0 else _SOONER, lang, abs(days)) if days else ""


def _counted(words: BilingualText, lang: str, days: int, **more: str) -> str:
    text = words.get(lang).format(days=days, **more)
    return text.replace(" 1 days", " 1 day")


def describe(rows: tuple[Plans, ...], lang: str) -> str:
    """Return one sentence with every row: its day, its name, how it stands, and from which day it was moved."""
    [chart] = rows
    zh = chinese(lang)
    every = (*chart.rows, *chart.undated)
    counts = Counter(row.said if not row.late else term("late", lang) for row in every)
    told = ("、" if zh else ", ").join(f"{word}{n}项" if zh else f"{word}: {n}" for word, n in counts.items())
    said = ("；" if zh else "; ").join(_row_said(row, lang) for row in every)
    if zh:
        return f"计划进度图，截至{chart.day_said}，共{len(every)}项（{told}）：{said}。"
    return f"Plans as of {chart.day_said}, {len(every)} in all ({told}): {said}."


def _row_said(row: PlanRow, lang: str) -> str:
    zh = chinese(lang)
    details = list(dict.fromkeys((row.said, *row.notes)))
    between = "，" if zh else ", "
    return f"{row.when}{between}{row.title}{'（' if zh else ' ('}{between.join(details)}{'）' if zh else ')'}"


FAMILY = Family(rows, describe, gantt_layout.arrange)
