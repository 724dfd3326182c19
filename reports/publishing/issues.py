"""From files that were built to issues: drafts written down, frozen when approved, put in place, corrected.

The order of the steps is what makes a killed run harmless. A draft's files are put in place first and written
down after: a draft that was not written down is built again. Of an issue the final files, its number in them, are
kept in the store first, then one transaction says that it is approved (and what is to be sent because of it), then the files are
put in place, then it is issued: whatever is missing, the next run completes from the store.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from reports import __version__, files
from reports.diagnostics.problems import Problem, ReportError, Where, errors
from reports.model.periods import Period
from reports.model.report_definitions import ReportDefinition, expected_files, plan
from reports.pipeline.build import Made, Order, Say, again, chosen, make, make_one
from reports.pipeline.check import read_and_check
from reports.pipeline.imprints import Notice, stamped
from reports.pipeline.read import STATE, Folders, Reading, collector_off
from reports.publishing.continuity import vanished
from reports.publishing.database import DamagedError
from reports.publishing.ledger import Issue, Ledger, Run, Stored
from reports.publishing.outbox import Occasion, Post, nobody
from reports.publishing.outbox import put as post_intents
from reports.publishing.overwritten import overwritten
from reports.publishing.store import digest_of, digest_of_folder, keep, stored
from reports.records import changes
from reports.records.changes import Snapshot

#: Seconds to wait for another run before saying that it is at work.
PATIENCE = 60.0
#: The lock of an output folder, in its state.
LOCK = "run.lock"

Tell = Callable[[Problem], None]


class OpenOutput(Struct, frozen=True):
    """An output folder at work: its ledger is open, its lock held; *now* is the moment of the run."""

    ledger: Ledger
    folders: Folders
    now: datetime


@contextmanager
def opened(
    folders: Folders, what: str, now: datetime, *, tell: Tell, patience: float = PATIENCE
) -> Iterator[OpenOutput]:
    """Hold the output folder's lock and its ledger; first complete what a killed run left, last back it up.

    *tell* is told whom it waits for, and what was restored or still waits. Raises ReportError (lock/held after
    *patience* seconds).
    """
    state = folders.output / STATE

    def waits(who: str) -> None:
        tell(Problem(Where(str(state / LOCK)), "lock/waits", {"who": who}, "warning"))

    with files.lock(state / LOCK, what, patience, waits):
        files.sweep(folders.output)
        ledger, restored = Ledger.open(state, files.write, files.move)
        office = OpenOutput(ledger, folders, now)
        try:
            for problem in (*restored, *_complete(office)):
                tell(problem)
            yield office
        finally:
            if not restored:  # what a restored ledger does not know of may still be wanted
                _tidy(office)
            with suppress(ReportError, DamagedError):  # the backup of the run before is good too
                ledger.back_up()
            ledger.close()


@collector_off()
def build(
    folders: Folders,
    order: Order,
    now: datetime,
    say: Say = lambda line: None,
    tell: Tell = lambda problem: None,
) -> tuple[Path, ...]:
    """Build what *order* asks for, put the files in place and write drafts down; return the files.

    A period that is issued keeps its files: what would differ becomes the draft of its next revision, in a folder
    of its own. Nothing is written before everything is made. Raises ReportError.
    """
    reading, made = make(folders, order, now.date(), say)
    with opened(folders, "build", now, tell=tell) as office:
        for problem in overwritten(office.ledger, reading, now.date()):
            tell(problem)
        nothing_vanished(office, reading, {one.job.report.id for one in made})
        return tuple(path for one in made for path in draft(office, reading, one, "by hand"))


def nothing_vanished(office: OpenOutput, reading: Reading, reports: Collection[str]) -> None:
    """Raise ReportError while a matter is gone that an issue of one of *reports* has shown."""
    if gone := tuple(vanished(office.ledger, reading, reports)):
        raise ReportError(*gone)


def draft(office: OpenOutput, reading: Reading, made: Made, why: str) -> tuple[Path, ...]:
    """Put the files of one report in place and write them down as a draft; return where they are."""
    ledger, folders = office.ledger, office.folders
    current = ledger.latest(made.job.report.id, str(made.job.period), "approved", "issued")
    now = _snapshot_of(reading, made)
    if current and _says_the_same(office, reading, current, made):
        _restore_missing(folders, current)
        ledger.add_run(_run(office, reading, made, why, now))
        return _for_people(folders, current.files)
    if current:
        notice = _correction_of(ledger, current, now)
        made = _in_revision(again(reading, folders, made, notice), notice.revision)
    for name, data in made.files.items():
        if made.final[name] != data:
            keep(folders, made.final[name])
        files.write(folders.output / name, data)
    _write_down(office, reading, made, why, _snapshot_of(reading, made))
    return _for_people(folders, made.files)


def _for_people(folders: Folders, names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(folders.output / name for name in names if not name.startswith(f"{STATE}/"))


def issue_at_once(
    office: OpenOutput, reading: Reading, order: Order, report: ReportDefinition, post: Post = nobody
) -> Issue:
    """Make and issue a report that needs no approval: its number is known before it is made, so it is made once;
    then one transaction, then its files."""
    ledger, now = office.ledger, office.now
    job = plan(report, order.period, now.date())
    period = job.period
    number = ledger.next_number(
        report.id, str(period), year=period.year, nth=period.nth, before=report.issues_before
    )
    notice = Notice(number=number, approved=_day_of(now, report).isoformat())
    made = make_one(reading, office.folders, order, job, notice=notice)
    for data in made.final.values():
        keep(office.folders, data)
    with ledger.transaction(now):
        drafted = _write_down(office, reading, made, "schedule", _snapshot_of(reading, made))
        approved = ledger.approve(
            drafted, now, year=period.year, nth=period.nth, before=report.issues_before, by="schedule"
        )
        ledger.settle((report.id, str(period)), "made", now)
        post_intents(ledger, post(Occasion("issue", report, period, now, approved), reading.delivery), now)
    return _put_in_place(office, approved)


def approve(
    folders: Folders, report_id: str, period: str, by: str, now: datetime, *, tell: Tell, post: Post = nobody
) -> Issue:
    """Freeze the draft a person has looked at, and issue it.

    Raises ReportError while `check` finds errors, when there is no complete draft, or when a file is not the one
    that was written down.
    """
    reading, told = read_and_check(folders, now.date())
    found = errors(told)
    args = {"report": report_id, "period": period}
    if found:
        raise ReportError(Problem(Where(""), "issue/check-fails", args), *found)
    order = Order((report_id,))
    report = chosen(reading.reports, order)[0]
    with opened(folders, f"approve {report_id} {period}", now, tell=tell) as office:
        ledger = office.ledger
        nothing_vanished(office, reading, {report_id})
        drafted = _draft_to_approve(ledger, report_id, period)
        _is_what_was_seen(folders, drafted, expected_files(report, drafted.period))
        span = Period.parse(period)
        counted = {"year": span.year, "nth": span.nth, "before": report.issues_before}
        number = ledger.next_number(report_id, period, **counted)
        final = _stamped(folders, drafted, number.total, _day_of(now, report))
        with ledger.transaction(now):
            approved = ledger.approve(drafted, now, **counted, by=by, files=final)
            ledger.settle((report_id, period), "made", now)
            post_intents(ledger, post(Occasion("issue", report, span, now, approved), reading.delivery), now)
        return _put_in_place(office, approved)


def in_words(problem: Problem) -> Mapping[str, str]:
    """A problem as the ledger keeps it: place and sentence, in each language."""
    begin = f"{problem.where}: " if problem.where.file else ""
    return {"en": f"{begin}{problem.message('en')}", "zh": f"{begin}{problem.message('zh')}"}


# --- drafts -----------------------------------------------------------------------------------------------


def _snapshot_of(reading: Reading, made: Made) -> Snapshot:
    """What is to be remembered of what was *made*."""
    cutoff = made.job.cutoff
    return Snapshot(
        changes.facts_of(reading.at(cutoff), made.job.report.programmes), cutoff, dict(made.computed)
    )


def _write_down(office: OpenOutput, reading: Reading, made: Made, why: str, told: Snapshot) -> Issue:
    """The run, the snapshot and the draft, in one transaction."""
    ledger, now = office.ledger, office.now
    report, period = made.job.report.id, str(made.job.period)
    current = ledger.latest(report, period, "approved", "issued")
    before = ledger.latest(report, period, "draft")
    with ledger.transaction(now):
        ledger.add_run(_run(office, reading, made, why, told))
        listed = {
            name: Stored(digest_of(data), digest_of(made.final[name])) for name, data in made.files.items()
        }
        kept = ledger.facts(before.snapshot) if before else Snapshot()
        if before and (kept.facts, kept.cutoff) == (told.facts, told.cutoff):  # one language after the other
            listed = {**before.files, **listed}
            told = replace(told, computed={**kept.computed, **told.computed})
        snapshot = ledger.add_snapshot(changes.snapshot(told.facts, made.job.cutoff, told.computed), now)
        facts = ledger.facts(current.snapshot).known_to(told.facts) if current else {}
        differing = changes.compare(facts, told.facts) if current else ()
        revision = current.revision + 1 if current else 1
        return ledger.put_draft(
            Issue(
                0,
                report,
                period,
                revision,
                "draft",
                listed,
                snapshot,
                now,
                changes=tuple(change.as_dict() for change in differing),
            )
        )


def _run(office: OpenOutput, reading: Reading, made: Made, why: str, told: Snapshot) -> Run:
    data = changes.snapshot(told.facts, made.job.cutoff)
    return Run(
        at=office.now,
        why=why,
        report=made.job.report.id,
        period=str(made.job.period),
        outcome="done",
        inputs={"data": digest_of(data), "templates": digest_of_folder(office.folders.templates)},
        versions={"progress-reports": __version__, "python": platform.python_version()},
        outputs={name: digest_of(data) for name, data in sorted(made.files.items())},
        problems=tuple(map(in_words, reading.problems)),
    )


def _says_the_same(office: OpenOutput, reading: Reading, issue: Issue, made: Made) -> bool:
    """Whether everything made now is in *issue*, byte for byte: as it is, or with the issue's number in it."""
    if _holds(issue, made):
        return True
    notice = _notice_of(office.ledger, issue, made.job.report)
    return _holds(issue, again(reading, office.folders, made, notice))


def _holds(issue: Issue, made: Made) -> bool:
    known = {PurePosixPath(name).name: digests.final for name, digests in issue.files.items()}
    return all(known.get(PurePosixPath(name).name) == digest_of(data) for name, data in made.final.items())


def _notice_of(ledger: Ledger, issue: Issue, report: ReportDefinition) -> Notice:
    """What is known of an issue that is approved already."""
    before = next(
        (i for i in ledger.issues(issue.report, issue.period) if i.revision == issue.revision - 1), None
    )
    now = ledger.facts(issue.snapshot)
    return Notice(
        revision=issue.revision,
        number=issue.number,
        approved=_day_of(issue.approved, report).isoformat() if issue.approved else "",
        then=_known_to(ledger.facts(before.snapshot), now) if before else Snapshot(),
        now=now,
    )


def _correction_of(ledger: Ledger, current: Issue, now: Snapshot) -> Notice:
    """What is known of the correction of an issue before it is made."""
    then = _known_to(ledger.facts(current.snapshot), now)
    return Notice(current.revision + 1, current.number, then=then, now=now)


def _known_to(then: Snapshot, now: Snapshot) -> Snapshot:
    return replace(then, facts=then.known_to(now.facts))


def _day_of(at: datetime, report: ReportDefinition) -> date:
    """The day of an approval, in the time zone of the report's schedule where it has one."""
    return at.astimezone(ZoneInfo(report.schedule.due.zone) if report.schedule else None).date()


def _in_revision(made: Made, revision: int) -> Made:
    """The same files in the folder of a correction, beside the issue they correct."""

    def moved(outputs: Mapping[str, bytes]) -> dict[str, bytes]:
        paths = {PurePosixPath(name): data for name, data in outputs.items()}
        return {f"{path.parent}/revision-{revision}/{path.name}": data for path, data in paths.items()}

    return replace(made, files=moved(made.files), final=moved(made.final))


# --- approving --------------------------------------------------------------------------------------------


def _draft_to_approve(ledger: Ledger, report: str, period: str) -> Issue:
    drafted = ledger.latest(report, period, "draft")
    if drafted is None:
        issued = ledger.latest(report, period)
        code = "issue/already" if issued else "issue/no-draft"
        raise ReportError(Problem(Where(""), code, {"report": report, "period": period}))
    return drafted


def _is_what_was_seen(folders: Folders, drafted: Issue, expected: tuple[str, ...]) -> None:
    """Every file is there and as it was written down; the final ones are in the store when this returns."""
    args = {"report": drafted.report, "period": drafted.period}
    names = {PurePosixPath(name).name for name in drafted.files}
    problems = [
        Problem(Where(""), "issue/incomplete", {**args, "name": n}) for n in expected if n not in names
    ]
    for name, digests in drafted.files.items():
        path = folders.output / name
        try:
            data = path.read_bytes()
        except OSError:
            problems.append(Problem(Where(str(path)), "issue/file-missing", args))
            continue
        if digest_of(data) != digests.draft:
            problems.append(Problem(Where(str(path)), "issue/file-differs", args))
        elif digests.final == digests.draft:
            keep(folders, data)
        elif not stored(folders, digests.final):
            problems.append(Problem(Where(str(path)), "issue/lost-file", {"name": name}))
    if problems:
        raise ReportError(*problems)


def _stamped(folders: Folders, drafted: Issue, total: int, day: date) -> dict[str, Stored]:
    """The files of a draft with number and day in them, kept in the store; their digests."""
    waiting = {name: stored(folders, digests.final) for name, digests in drafted.files.items()}
    found = {}
    for name, data in stamped(waiting, total, day).items():
        keep(folders, data)
        found[name] = Stored(drafted.files[name].draft, digest_of(data))
    return found


# --- files of issues --------------------------------------------------------------------------------------


def _put_in_place(office: OpenOutput, issue: Issue) -> Issue:
    folders = office.folders
    for name, digests in issue.files.items():
        data = stored(folders, digests.final)
        if not data:
            raise ReportError(Problem(Where(str(folders.output / name)), "issue/lost-file", {"name": name}))
        files.write(folders.output / name, data)
    return office.ledger.issue(issue, office.now)


def _complete(office: OpenOutput) -> Iterator[Problem]:
    """Put approved issues in place that a killed run, or a file open in Word, left behind."""
    for issue in office.ledger.issues():
        if issue.state == "approved":
            try:
                _put_in_place(office, issue)
            except ReportError as error:
                yield from error.problems


def _restore_missing(folders: Folders, issue: Issue) -> None:
    for name, digests in issue.files.items():
        data = b"" if (folders.output / name).exists() else stored(folders, digests.final)
        if data:
            files.write(folders.output / name, data)


def _tidy(office: OpenOutput) -> None:
    """Take files out of the store that no issue and no draft names."""
    wanted = {digests.final for issue in office.ledger.issues() for digests in issue.files.values()}
    for path in (office.folders.output / STATE / "files").glob("??/*"):
        if path.name not in wanted:
            files.remove(path)
