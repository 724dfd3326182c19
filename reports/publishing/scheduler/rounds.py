"""One round of the job: ask what is due, and do it, one report after the other.

Every item is guarded: a report that fails is written down with the time of its next try, and the others go on.
The same round is made by `run.py run-due` and, every minute, by `run.py schedule`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where, errors
from reports.files import HELD
from reports.model.report_definitions import plan
from reports.model.schedule import DueItem, Failure, due, pause_after, upcoming
from reports.pipeline import build
from reports.pipeline.build import Order
from reports.pipeline.read import Folders, Reading, read
from reports.publishing import approval, drafts, output_folder
from reports.publishing.delivery.alarm import Alarm
from reports.publishing.delivery.intents import intents
from reports.publishing.delivery.send import deliver
from reports.publishing.issue import Run
from reports.publishing.ledger import Ledger, read_ledger, remembered
from reports.publishing.memory.lost import require_memory
from reports.publishing.outbox import Entry, EventKind, Occasion, Post, nobody
from reports.publishing.outbox import put as post_intents
from reports.publishing.output_folder import PATIENCE, OpenOutput, Tell
from reports.publishing.scheduler import clock


class Outcome(Struct, frozen=True):
    """What became of one item; one that *waits* does so until nobody holds its files. *alert*: somebody has to be told,
    once for a row of failures. *trace*: where in the code the product itself failed, "" where it did not."""

    item: DueItem
    state: Literal["issued", "drafted", "skipped", "reminded", "waits", "failed"]
    problems: tuple[Problem, ...] = ()
    alert: bool = False
    trace: str = ""


class _Round(Struct, frozen=True):
    """What one round works with."""

    office: OpenOutput
    reading: Reading
    post: Post

    @property
    def ledger(self) -> Ledger:
        return self.office.ledger

    @property
    def now(self) -> datetime:
        return self.office.now


def run_due(
    folders: Folders,
    now: datetime,
    *,
    tell: Tell,
    reading: Reading | None = None,
    stop: Callable[[], bool] = lambda: False,
    post: Post = nobody,
    patience: float = PATIENCE,
    done: Callable[[Outcome], None] = lambda outcome: None,
    trusted: Callable[[Reading], None] = lambda reading: None,
    sure: bool = False,
) -> tuple[Outcome, ...]:
    """Do what is due at *now* (aware) by what was read (*reading*; else it is read now); *stop* is asked between
    items, *done* told of each; *trusted* gets what was read, once the ledger is open too. *sure*: a person has said
    that all of it is meant, however much it is and however long ago the last round was.

    Raises ReportError when reports.yaml cannot be trusted, the lock is held, the ledger cannot be opened, or a person
    has to be asked first (schedule/asks-…).
    """
    reading = reading or _definitions(folders)
    outcomes: list[Outcome] = []
    with output_folder.opened(folders, "run-due", now, tell=tell, patience=patience) as office:
        round_ = _Round(office, reading, post)
        trusted(reading)
        reports = reading.reports.reports.values()
        clock.taken_up_again(office.ledger, reports, now, tell)
        items = due(reports, office.ledger.done(), now)
        clock.believed(office.ledger, items, now, sure=sure)
        for item in items:
            if stop():
                break
            outcomes.append(_guarded(round_, item))
            done(outcomes[-1])
    return tuple(outcomes)


class RoundResult(Struct, frozen=True):
    """What a whole round did: turns made, entries sent; *reading*: by what data."""

    reading: Reading
    outcomes: tuple[Outcome, ...]
    sent: tuple[Entry, ...]


def whole_round(
    folders: Folders,
    present: Callable[[], datetime],
    alarm: Alarm,
    *,
    tell: Tell,
    done: Callable[[Outcome], None],
    delivered: Callable[[Entry], None],
    stop: Callable[[], bool] = lambda: False,
    post: Post = intents,
    patience: float = PATIENCE,
    sure: bool = False,
) -> RoundResult:
    """Read once, do what is due, send what waits; what stops all of it is mailed past ledger and outbox.

    This is what a person, a timer and the resident job ask for alike. Raises ReportError as `run_due` does.
    """
    now = present()
    with alarm.watch(now, tell):
        reading = _definitions(folders)
        outcomes = run_due(
            folders, now, reading=reading, tell=tell, stop=stop, post=post, patience=patience, done=done,
            trusted=alarm.keep, sure=sure,
        )  # fmt: skip
        sent = () if stop() else deliver(
            folders, present(), reading=reading, tell=tell, done=delivered, stop=stop, patience=patience
        )  # fmt: skip
    return RoundResult(reading, outcomes, sent)


def ask(folders: Folders, now: datetime) -> tuple[tuple[DueItem, ...], Problem | None]:
    """Return what is due at *now*, and what would be asked before it is done; do nothing. Raises ReportError as `run_due`
    does."""
    reports = _definitions(folders).reports.reports.values()
    with read_ledger(folders) as ledger:
        require_memory(folders, ledger)
        done = ledger.done(clock.settled_ahead(ledger, reports, now))
        last = clock.last_round(ledger)
    items = due(reports, done, now)
    return items, clock.doubt(last, done, items, now)


def next_dates(folders: Folders, count: int = 3) -> tuple[DueItem, ...]:
    """Return the next turns of every report with a schedule, by date."""
    reports, done = _definitions(folders).reports.reports.values(), remembered(folders)
    return tuple(
        sorted((i for r in reports for i in upcoming(r, done, count)), key=lambda i: (i.due, i.report))
    )


#: While it is wrong, nobody knows what is due, or who is to be told; nor while the settings of delivery are.
_DEFINITIONS = ("/reports.yaml", "/reports.yml")


def _definitions(folders: Folders) -> Reading:
    """Everything that was read, unless the settings themselves are wrong."""
    reading = read(folders.data, folders.delivery)
    undefined = [p for p in reading.problems if p.where.file.endswith(_DEFINITIONS)]
    wrong = errors((*undefined, *reading.undeliverable))
    if wrong or not reading.reports.reports:
        raise ReportError(*(wrong or reading.problems or [Problem(Where("reports.yaml"), "schedule/none")]))
    return reading


# --- one item ---------------------------------------------------------------------------------------------


def _guarded(round_: _Round, item: DueItem) -> Outcome:
    try:
        return _ACTIONS[item.action](round_, item)
    except ReportError as error:
        return _failed(round_, item, error.problems)
    except Exception as error:  # noqa: BLE001 - whatever one report runs into, the others go on
        place = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__} ({Path(place.filename).name}:{place.lineno}): {error}"
        failed = _failed(round_, item, (Problem(Where(""), "duty/internal", {"detail": detail}),))
        return replace(failed, trace=traceback.format_exc())


def _build(round_: _Round, item: DueItem) -> Outcome:
    order, office = Order((item.report,), item.period), round_.office
    reading = build.sound(round_.reading)
    drafts.nothing_vanished(office, reading, {item.report})
    [report] = build.chosen(reading.reports, order)
    in_force = round_.ledger.latest(*item.turn, "approved", "issued")
    if not report.approval and in_force is None:
        approval.issue_at_once(office, reading, order, report, round_.post)
        return Outcome(item, "issued")
    made = build.make_one(reading, office.folders, order, plan(report, item.period, round_.now.date()))
    with round_.ledger.transaction(round_.now):  # a draft that is written down is a turn that is over
        drafts.draft(office, reading, made, "schedule", correct=in_force is not None)
        round_.ledger.settle(item.turn, "made", round_.now, "draft")
        drafted = round_.ledger.latest(*item.turn, "draft")
        if drafted:  # what a clock ahead of time has issued may be right as it is
            _tell_of(round_, item, "draft")
    return Outcome(item, "drafted" if drafted else "issued")


def _skip(round_: _Round, item: DueItem) -> Outcome:
    report, period = item.turn
    with round_.ledger.transaction(round_.now):
        round_.ledger.settle(
            item.turn, "skipped", round_.now, f"due {item.due.isoformat()}, not made in time"
        )
        round_.ledger.add_run(Run(round_.now, "schedule", report, period, "skipped"))
        _tell_of(round_, item, "skipped")
    return Outcome(item, "skipped", alert=True)


def _remind(round_: _Round, item: DueItem) -> Outcome:
    with round_.ledger.transaction(round_.now):
        round_.ledger.remind(item.turn, item.days, round_.now)
        _tell_of(round_, item, "reminder")
    return Outcome(item, "reminded")


_ACTIONS = {"build": _build, "skip": _skip, "remind": _remind}


def _failed(round_: _Round, item: DueItem, problems: tuple[Problem, ...]) -> Outcome:
    """Write the failure down with its next try; the first of a row is worth an alert.

    A turn that is settled though its files could not be put in place needs no other try: the next run, whatever it
    does, puts them there first. A file that is open in another program is no failure before the turn has waited for it
    some times.
    """
    held = all(problem.code == HELD for problem in problems)
    if item.turn in round_.ledger.done().settled:
        return Outcome(item, "waits" if held else "failed", problems, alert=not held)
    before = round_.ledger.done().failures.get(item.turn)
    count = before.count + 1 if before else 1
    waits, alert = held and count < _TRIES, count == (_TRIES if held else 1)
    failure = Failure(count, round_.now, round_.now + pause_after(count))
    said = tuple(map(drafts.in_words, problems))
    with round_.ledger.transaction(round_.now):
        round_.ledger.fail(item.turn, failure, said[0]["en"])
        if not waits:
            round_.ledger.add_run(Run(round_.now, "schedule", *item.turn, "failed", problems=said))
        if alert:
            _tell_of(round_, item, "alert", problems)
    return Outcome(item, "waits" if waits else "failed", problems, alert=alert)


#: So many tries of a turn, a file of which is open in another program, are needed to call it a failure: the third is
#: made six minutes after the first.
_TRIES = 3


def _tell_of(round_: _Round, item: DueItem, kind: EventKind, problems: tuple[Problem, ...] = ()) -> None:
    report = round_.reading.reports.reports[item.report]
    event = Occasion(kind, report, item.period, round_.now, problems=problems, days=item.days)
    post_intents(round_.ledger, round_.post(event, round_.reading.delivery), round_.now)
