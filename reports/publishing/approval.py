"""From drafts to issues: frozen when approved, numbered, put in place.

Of an issue the final files, its number in them, are kept in the store first, then one transaction says that it is approved
(and what is to be sent because of it), then the files are put in place, then it is issued: whatever is missing, the
next run completes from the store.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import PurePosixPath

from reports.diagnostics.problems import Problem, ReportError, Where, errors
from reports.model.periods import Period
from reports.model.report_definitions import IssueNumber, ReportDefinition, expected_files, plan
from reports.pipeline.build import Order, chosen, make_one
from reports.pipeline.check import read_and_check
from reports.pipeline.imprints import Notice, stamped
from reports.pipeline.read import Folders, Reading
from reports.publishing.comparison import Told, since_drafted
from reports.publishing.drafts import day_of, nothing_vanished, snapshot_of, write_down
from reports.publishing.issue import IN_FORCE, Issue, Stored
from reports.publishing.ledger import Ledger
from reports.publishing.outbox import Occasion, Post, call_off, nobody
from reports.publishing.outbox import put as post_intents
from reports.publishing.output_folder import OpenOutput, Tell, opened, put_in_place
from reports.publishing.store import digest_of, keep, stored

#: Letters that ask for what an issue has settled: nobody is to get them after it.
_OVERTAKEN = ("draft", "reminder")


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
    notice = Notice(number=number, approved=day_of(now, report).isoformat())
    made = make_one(reading, office.folders, order, job, notice=notice)
    for data in made.final.values():
        keep(office.folders, data)
    with ledger.transaction(now):
        drafted = write_down(office, reading, made, "schedule", snapshot_of(reading, made))
        approved = ledger.approve(
            drafted, now, year=period.year, nth=period.nth, before=report.issues_before, by="schedule"
        )
        ledger.settle((report.id, str(period)), "made", now)
        call_off(ledger, (report.id, str(period)), _OVERTAKEN, now, "issued")
        post_intents(ledger, post(Occasion("issue", report, period, now, approved), reading.delivery), now)
    return put_in_place(office, approved)


def approve(
    folders: Folders,
    report_id: str,
    period: str,
    by: str,
    now: datetime,
    *,
    tell: Tell,
    post: Post = nobody,
    agree: Callable[[Told], bool] = lambda told: False,
) -> Issue:
    """Freeze the draft a person has looked at, and issue it; *agree* is asked first, no lock held, where a draft that were
    made now would read otherwise.

    Raises ReportError while `check` finds errors, when there is no complete draft, when a file is not the one that was
    written down, or when nobody agreed.
    """
    reading, told = read_and_check(folders, now.date())
    found = errors(told)
    args = {"report": report_id, "period": period}
    if found:
        raise ReportError(Problem(Where(""), "issue/check-fails", args), *found)
    report = chosen(reading.reports, Order((report_id,)))[0]
    agreed: Issue | None = None
    while True:
        with opened(folders, f"approve {report_id} {period}", now, tell=tell) as office:
            nothing_vanished(office, reading, {report_id})
            drafted = _draft_to_approve(office.ledger, report_id, period)
            _is_what_was_seen(folders, drafted, expected_files(report, drafted.period))
            changed = since_drafted(office, reading, report, drafted)
            if changed is None or drafted == agreed:
                return _approved(office, reading, drafted, report, by=by, post=post)
        if not agree(changed):
            raise ReportError(Problem(Where(""), "issue/changed-since", args))
        agreed = drafted


# --- approving --------------------------------------------------------------------------------------------


def _approved(
    office: OpenOutput, reading: Reading, drafted: Issue, report: ReportDefinition, *, by: str, post: Post
) -> Issue:
    """Number a draft, and issue it: one transaction, then its files."""
    ledger, now, span = office.ledger, office.now, Period.parse(drafted.period)
    counted = {"year": span.year, "nth": span.nth, "before": report.issues_before}
    number = ledger.next_number(report.id, drafted.period, **counted)
    final = _stamped(office.folders, drafted, number, day_of(now, report))
    with ledger.transaction(now):
        approved = ledger.approve(drafted, now, **counted, by=by, files=final)
        ledger.settle((report.id, drafted.period), "made", now)
        call_off(ledger, (report.id, drafted.period), _OVERTAKEN, now, "issued")
        post_intents(ledger, post(Occasion("issue", report, span, now, approved), reading.delivery), now)
    return put_in_place(office, approved)


def _draft_to_approve(ledger: Ledger, report: str, period: str) -> Issue:
    drafted = ledger.latest(report, period, "draft")
    if drafted is None:
        standing = ledger.latest(report, period, *IN_FORCE) or ledger.latest(report, period, "withdrawn")
        code = "issue/no-draft"
        if standing:
            code = "issue/withdrawn" if standing.withdrawn else "issue/already"
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


def _stamped(folders: Folders, drafted: Issue, number: IssueNumber, day: date) -> dict[str, Stored]:
    """The files of a draft with number and day in them, kept in the store; their digests."""
    waiting = {name: stored(folders, digests.final) for name, digests in drafted.files.items()}
    found = {}
    for name, data in stamped(waiting, number, day).items():
        keep(folders, data)
        found[name] = Stored(drafted.files[name].draft, digest_of(data))
    return found
