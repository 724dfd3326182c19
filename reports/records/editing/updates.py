"""What became so later, put into its record: an entry of `updates`, or of a figure a line of its values.

Nothing that is there is touched. What comes too late for an edition that is closed says so itself (`known`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where, errors, in_order, near
from reports.model.dates import last_day, parse_moment
from reports.model.names import bearers, spelling
from reports.model.periods import Period
from reports.model.records import Node
from reports.model.report_definitions import Job, ReportDefinition, plan
from reports.records.converter import read
from reports.records.editing.additions import Addition, RecordSpot, listed, spots, with_additions
from reports.records.editing.drafts import Attestation, Draft, draft_of, in_order_of_reading, node_of
from reports.records.editing.new_records import DataFolder, new_problems
from reports.records.text.source_file import Plain


class UpdateWish(Struct, frozen=True):
    """What somebody says of the record *id* (or the only one so called): *settings* as FIELD=VALUE, and the *occasion*."""

    id: str
    settings: tuple[str, ...]
    occasion: Attestation


class Editions(Struct, frozen=True):
    """The reports there are, and the day of which it is said which of their editions are closed."""

    reports: tuple[ReportDefinition, ...]
    today: date


class UpdateOutcome(Struct, frozen=True):
    """What is to be written: the entry, None where the record says it already; *closed* is an edition that covers its
    day and takes nothing any more, and *warnings* what is odd."""

    addition: Addition | None
    closed: Job | None = None
    warnings: tuple[Problem, ...] = ()


def update(desk: DataFolder, wish: UpdateWish, editions: Editions) -> UpdateOutcome:
    """The entry that says what *wish* says. Raises ReportError with all that is wrong."""
    found = _spot(desk, wish.id)
    if isinstance(found, Problem):
        raise ReportError(*in_order((found, *wish.occasion.lacks())))
    draft = draft_of(desk, found, wish.settings, wish.occasion)
    outcome = settled(editions, draft)
    wrong = [*draft.wrong, *_problems_of(desk, draft, outcome, editions.today)]
    if errors(wrong):
        raise ReportError(*in_order(wrong))
    return replace(outcome, warnings=tuple(wrong))


def _spot(desk: DataFolder, name: str) -> RecordSpot | Problem:
    known = spots(desk)
    if name in known:
        return known[name]
    names = bearers(desk.dataset)
    borne = names.get(spelling(name), ())
    if len(borne) == 1:
        return known[borne[0]]
    if borne:
        return Problem(Where(name), "data/name-of-several", {"name": name, "id": ", ".join(borne)})
    meant = near(name, known) or ", ".join(names.get(near(spelling(name), names), ())[:1])
    return Problem(Where(name), "update/unknown-id", {"id": name, "near": meant})


# --- what becomes of it ---------------------------------------------------------------------------------------------


def settled(editions: Editions, draft: Draft) -> UpdateOutcome:
    """Where the entry goes, and since when it is known; nothing is to be written where the record says it already."""
    day, plain = _day(draft.plain), dict(draft.plain)
    closed = closed_edition(editions, day) if "by" not in plain else None
    if "known" not in plain and draft.key != "target" and (closed or _revises(draft)):
        plain = in_order_of_reading({**plain, "known": editions.today.isoformat()})
    if _is_there(draft, plain):
        return UpdateOutcome(None)
    node = draft.node if "known" in draft.plain else _knowing(draft.node, plain)
    told = "known" in plain and "known" not in draft.plain
    return UpdateOutcome(
        Addition(draft.spot, draft.key, _after(draft, day), plain, node), closed if told else None
    )


def _knowing(node: Node, plain: Mapping[str, Plain]) -> Node:
    known = plain.get("known")
    return Node(node.where, below={**node.below, "known": node_of("--now", str(known))}) if known else node


def _day(plain: Mapping[str, Plain]) -> date:
    """The day an entry counts from, the last of all days where none can be read."""
    try:
        return last_day(parse_moment(plain.get("on") or plain.get("at") or plain.get("by")))
    except ValueError:
        return date.max


def _revises(draft: Draft) -> bool:
    """Whether a figure is of a time that there is a figure of."""
    return draft.key in {"values", "spent"} and any(
        isinstance(one, dict) and _day(one) == _day(draft.plain) and one.get("at") == draft.plain.get("at")
        for one in listed(draft.spot, draft.key)
    )


def _after(draft: Draft, day: date) -> int:
    """Behind how many of those there are an entry stands: the oldest first, those of one day as they come."""
    days = [_day(one) if isinstance(one, dict) else date.min for one in listed(draft.spot, draft.key)]
    return next((n for n in range(len(days), 0, -1) if days[n - 1] <= day), 0)


def _is_there(draft: Draft, plain: Mapping[str, Plain]) -> bool:
    """Whether the record says already what the entry says; when it was learnt is not asked again."""
    there = listed(draft.spot, draft.key)
    try:
        record = read(draft.spot.kind, {**draft.spot.plain, draft.key: [*there, dict(plain)]})
    except ValueError:
        return False
    *others, own = getattr(record, draft.key)
    if "known" in draft.plain or not hasattr(own, "known"):
        return own in others
    return replace(own, known=None) in [replace(one, known=None) for one in others]


def _problems_of(desk: DataFolder, draft: Draft, outcome: UpdateOutcome, today: date) -> tuple[Problem, ...]:
    """All that would be wrong with the data because of the entry, as far as it was told."""
    one = outcome.addition
    if one is None or not draft.plain:
        return ()
    single = any(problem.code == "update/single-figure" for problem in draft.wrong)
    told = {problem.where for problem in draft.wrong if problem.where.file.startswith("--")}
    found = new_problems(with_additions(desk, [supposing(one, today)]))
    return tuple(p for p in found if p.where not in told and not (single and p.code == "values/and-one"))


def supposing(one: Addition, today: date) -> Addition:
    """The entry with the day and the source that it lacks, so that all the rest of it can be looked at."""
    if one.key != "updates":
        return one
    supposed: dict[str, Plain] = {"on": today.isoformat(), "source": one.spot.plain.get("source")}
    lacking = {key: value for key, value in supposed.items() if not one.plain.get(key)}
    below: dict[str | int, Node] = {key: node_of(f"--{key}", "") for key in lacking}
    below.update(one.node.below)
    return replace(one, plain={**lacking, **one.plain}, node=Node(one.node.where, below=below))


# --- editions that are closed ---------------------------------------------------------------------------------------


def closed_edition(editions: Editions, day: date) -> Job | None:
    """An edition that covers *day* and was closed before today: it must not come to know of it."""
    today = editions.today
    covering = (
        job
        for report in editions.reports
        for job in _editions(report, day, today)
        if job.as_of >= day and job.cutoff.closed < today
    )
    return next(covering, None)


def _editions(report: ReportDefinition, day: date, today: date) -> Iterator[Job]:
    """The listed editions, and the first scheduled one that may cover *day*: those behind it are closed later."""
    yield from (plan(report, edition.period, today) for edition in report.editions)
    if report.schedule and report.period != "range" and day <= today:
        containing = Period.containing(day, report.period)
        since = report.schedule.since
        yield plan(report, containing if containing.start > since.start else since, today)


def told_of(job: Job) -> dict[str, object]:
    """What people are told of a closed edition."""
    return {"report": job.report.id, "period": job.period, "day": job.cutoff.closed}
