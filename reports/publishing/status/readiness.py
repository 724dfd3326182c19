"""How ready a report is: who owes what, section by section. Pure; what is not known is said to be so.

Sections are the themes of the report's programmes, then the kinds of the records without a theme that it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from reports.document.nodes import Document, Fact, inlines_of, plain, walk_blocks, walk_inlines
from reports.model.dates import PartialDate
from reports.model.description.forms import KIND_WORDS
from reports.model.formatting import say_open
from reports.model.kinds import KINDS
from reports.model.kinds.activities import HAPPENINGS, has_happened
from reports.model.kinds.documents import Comment, Figure, Remark, Theme
from reports.model.kinds.plans import Action, Discussion
from reports.model.places import find_value
from reports.model.records import Dataset, Name, Node, Record
from reports.model.report_definitions import Job
from reports.model.standing.due import DueState, state_of
from reports.model.values import BilingualText
from reports.publishing.status.history import Touch

Light = Literal["green", "amber", "red"]
#: Days before the deadline from which on whatever is owed is urgent.
CLOSE = 3


class Section(Struct, frozen=True):
    """One line of the board. What is owed is named by the ids of records, fields as `id.field`.

    *owner* is the id of a record, "" where none is named. *touched*: the last change of any of its records.
    *unknown*: records that are to be fresh, or are translated, of which nobody knows when they were changed.
    """

    id: str
    title: BilingualText
    theme: bool
    owner: str = ""
    records: int = 0
    in_period: int = 0
    touched: date | None = None
    edited: bool = False
    missing: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    unowned: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()

    def owed(self) -> Mapping[str, Sequence[str]]:
        """What is owed, by kind, the urgent first; a kind without anything is left out."""
        found: dict[str, Sequence[str]] = {name: getattr(self, name) for name in (*URGENT, *OWED)}
        found["no owner"] = ("",) if self.theme and not self.owner else ()
        found["no news"] = ("",) if self.theme and not self.in_period else ()
        return {name: what for name, what in found.items() if what}


URGENT = ("late", "overdue", "stale")
OWED = ("soon", "missing", "pictures", "behind", "remarks", "comments", "unowned", "unknown")


class Duty(Struct, frozen=True):
    """A matter or an action that is late or due soon: what it is called, the id of who owes it ("": nobody is named),
    when it is *due*, the *last* day of that, and how it stands."""

    id: str
    title: Name | BilingualText
    owner: str
    due: PartialDate
    last: date
    state: DueState


class Board(Struct, frozen=True):
    """A report's readiness for a period. *days* to the *deadline* from today, or from the day it was *issued*; None
    where none is set. *provisional*: the deadline may still move.

    *told* is False where the report cannot be made: what it lacks is not known then. *duties*: what is late or due
    soon, the latest first. *records*: how many the report may take, of *programmes* (none: of all). *passed_over*: the
    period is not made, and nothing is asked for in time.
    """

    report: str
    title: BilingualText
    period: str
    as_of: date
    deadline: datetime | None
    days: int | None
    told: bool
    sections: tuple[Section, ...]
    duties: tuple[Duty, ...] = ()
    records: int = 0
    programmes: tuple[str, ...] = ()
    issued: date | None = None
    provisional: bool = False
    passed_over: bool = False

    def light(self, section: Section) -> Light:
        """Red: urgent, or owed with the deadline near. Amber: owed, or not known. Green: nothing of all that."""
        owed = section.owed()
        near = self.days is not None and self.days <= CLOSE and self.issued is None
        if any(name in owed for name in URGENT) or (near and owed.keys() - {"soon"}):
            return "red"
        return "amber" if owed or not self.told else "green"


class Seen(Struct, frozen=True):
    """What is known beside the records: when each was changed last, which translations are *behind*, and the
    records of whose translations nobody knows; the report as *told* in its first language (None: it cannot be)."""

    touches: Mapping[str, Touch]
    behind: Collection[str] = ()
    unremembered: Collection[str] = ()
    told: Document | None = None


def readiness(dataset: Dataset, job: Job, seen: Seen, deadline: datetime | None, now: datetime) -> Board:
    """Return the board of one report for one period at *now*."""
    here = [r for r in dataset.present() if _is_in(dataset, r, job) and not isinstance(r, Comment)]
    open_fields = left_open(dataset, seen.told) if seen.told else {}
    duties = _duties(here, min(job.as_of, now.date()))
    look = _Look(dataset, job, seen, open_fields, _said_of(dataset, job), duties)
    themes = [r for r in here if isinstance(r, Theme)]
    sections = [look.section([r for r in here if r.theme == theme.id], theme) for theme in themes]
    shown = _shown(seen.told) if seen.told else None
    for kind in KINDS.values():
        rest = [r for r in here if type(r) is kind and r.theme is None and kind is not Theme]
        if any(shown is None or r.id in shown or _is_duty(r) or r.id in look.said for r in rest):
            sections.append(look.section(rest))
    if "" in look.said:
        sections.append(look.loose())
    days = (deadline.date() - now.astimezone(deadline.tzinfo).date()).days if deadline else None
    return Board(
        job.report.id, job.report.title, str(job.period), job.as_of, deadline, days, seen.told is not None,
        tuple(sections), tuple(sorted(look.duties.values(), key=lambda duty: duty.last)),
        len(here), job.report.programmes,
    )  # fmt: skip


def left_open(dataset: Dataset, document: Document) -> Mapping[str, Sequence[str]]:
    """Return the fields that the report shows and the data leaves open, by record."""
    found: dict[str, dict[str, None]] = {}
    for fact in _facts(document):
        source = document.sources[fact.source]
        name = source.field.rpartition(".")[2]
        node = dataset.nodes.get(source.record)
        if node is None or plain(fact.content) != say_open(name, document.lang):
            continue
        if not _is_typed(node, source.field) and not _is_owner(dataset.records[source.record], name):
            found.setdefault(source.record, {})[source.field] = None
    return {record: tuple(fields) for record, fields in found.items()}


def _kind_title(plural: str) -> BilingualText:
    return BilingualText(KIND_WORDS[plural][0].partition("：")[0], plural.replace("_", " "))


# --- one section ------------------------------------------------------------------------------------------


class _Look(Struct, frozen=True):
    """What the sections of one board are judged by."""

    dataset: Dataset
    job: Job
    seen: Seen
    open_fields: Mapping[str, Sequence[str]]
    #: The open comments of readers by the record they are about, "" for none of the report's.
    said: Mapping[str, Sequence[str]]
    #: What is late or due soon, by its id.
    duties: Mapping[str, Duty]

    def loose(self) -> Section:
        """The comments that are about none of the report's records."""
        return Section("comments", _kind_title("comments"), theme=False, comments=tuple(self.said[""]))

    def section(self, records: Sequence[Record], theme: Theme | None = None) -> Section:
        touches = [self.seen.touches.get(r.id, Touch()) for r in records]
        title = theme.title if theme else _kind_title(records[0].plural)
        stale, unknown = self._freshness(records)
        return Section(
            id=theme.id if theme else records[0].plural,
            title=title,
            theme=theme is not None,
            owner=theme.owner or "" if theme else "",
            records=len(records),
            in_period=sum(_is_inside(r.day, self.job) for r in records),
            touched=max((t.day for t in touches if t.day), default=None),
            edited=any(t.edited for t in touches),
            missing=tuple(f"{r.id}.{name}" for r in records for name in self.open_fields.get(r.id, ())),
            pictures=tuple(r.id for r in records if isinstance(r, Figure) and r.file is None),
            stale=tuple(stale),
            unknown=tuple(
                dict.fromkeys((*unknown, *(r.id for r in records if r.id in self.seen.unremembered)))
            ),
            overdue=tuple(r.id for r in records if _is_overdue(r, self.job.as_of)),
            behind=tuple(r.id for r in records if r.id in self.seen.behind),
            remarks=tuple(r.id for r in records if isinstance(r, Remark) and r.status == "open"),
            comments=tuple(said for r in records for said in self.said.get(r.id, ())),
            unowned=tuple(r.id for r in records if isinstance(r, Discussion) and _is_duty(r) and not r.owner),
            late=self._due(records, "late"),
            soon=self._due(records, "due soon"),
        )

    def _due(self, records: Sequence[Record], state: str) -> tuple[str, ...]:
        return tuple(r.id for r in records if r.id in self.duties and self.duties[r.id].state.state == state)

    def _freshness(self, records: Sequence[Record]) -> tuple[list[str], list[str]]:
        """The records that are too old for the report, and those of which nobody knows."""
        stale, unknown = [], []
        wanted = {fresh.kind: fresh.days for fresh in self.job.report.freshness}
        for record in records:
            days = wanted.get(record.plural, record.fresh_for)
            if days is None or _is_settled(record, self.job.as_of):
                continue
            day = _known_on(record, self.seen.touches.get(record.id, Touch()))
            if day is None:
                unknown.append(record.id)
            elif self.job.as_of - day > timedelta(days):
                stale.append(record.id)
        return stale, unknown


#: What has one of these statuses does not grow old.
SETTLED = frozenset({"held", "done", "cancelled", "decided", "withdrawn", "deferred", "ended", "in force"})


def _is_settled(record: Record, as_of: date) -> bool:
    """What has one of these statuses does not grow old, nor does what happened and states none."""
    status = getattr(record, "status", None)
    if status is None and isinstance(record, HAPPENINGS):
        return has_happened(record, as_of)
    return status in SETTLED


#: Kinds whose own date says as of when they are true; of others it is the last change.
_DATED = ("metrics", "budgets")


def _known_on(record: Record, touch: Touch) -> date | None:
    own = record.day if record.plural in _DATED else None
    return own.end if isinstance(own, PartialDate) and own.end else touch.day


def _duties(records: Sequence[Record], day: date) -> Mapping[str, Duty]:
    """What is late or due soon on *day*, by its id."""
    found = {}
    for record in records:
        if isinstance(record, Discussion | Action) and record.due is not None:
            state = state_of(record, day)
            if state.days is not None and state.state in ("late", "due soon"):
                last = day + timedelta(-state.days if state.state == "late" else state.days)
                owner = record.owner or ""
                found[record.id] = Duty(record.id, record.label, owner, record.due, last, state)
    return found


def _is_in(dataset: Dataset, record: Record, job: Job) -> bool:
    return not job.report.programmes or dataset.programmes[record.id] in job.report.programmes


def _said_of(dataset: Dataset, job: Job) -> Mapping[str, Sequence[str]]:
    """Open comments by the record they are about: all on the report's records, whatever report they came with,
    and what was said of this report but of none of them."""
    found: dict[str, list[str]] = {}
    for comment in dataset.all(Comment.plural):
        assert isinstance(comment, Comment)
        on = dataset.records.get(comment.on or "")
        here = on is not None and _is_in(dataset, on, job)
        if comment.status == "open" and (here or comment.report == job.report.id):
            found.setdefault(on.id if on is not None and here else "", []).append(comment.id)
    return found


def _is_duty(record: Record) -> bool:
    """Whether somebody has to do something about it, shown or not."""
    if isinstance(record, Action):
        return record.done is None
    return getattr(record, "status", "") == "open"


def _is_overdue(record: Record, as_of: date) -> bool:
    """Planned, though its last possible day has passed."""
    day = record.day
    if (
        getattr(record, "status", "") != "planned"
        or not isinstance(day, PartialDate)
        or day.relation == "after"
    ):
        return False
    return day.end is not None and day.end < as_of


def _is_inside(day: object, job: Job) -> bool:
    """Wholly inside the period, as templates choose."""
    if not isinstance(day, PartialDate) or day.start is None or day.end is None or day.relation != "on":
        return False
    return job.period.start <= day.start and day.end <= job.period.end


def _is_typed(node: Node, path: str) -> bool:
    """Whether the data has something at *path*."""
    found = find_value(node, path)
    return bool(found and found.whole and (found.node.text or found.node.below))


def _is_owner(record: Record, name: str) -> bool:
    """A discussion without owner is told on its own."""
    return isinstance(record, Discussion) and name == "owner"


def _facts(document: Document) -> Iterator[Fact]:
    contents = [content for _, content in document.meta]
    contents += [content for block in walk_blocks(document.blocks) for content in inlines_of(block)]
    for content in contents:
        yield from (inline for inline in walk_inlines(content) if isinstance(inline, Fact))


def _shown(document: Document) -> frozenset[str]:
    return frozenset(document.sources[fact.source].record for fact in _facts(document)) - {""}
