"""Issues that the ledger does not know are taken back in, from the records beside their files.

They keep number, revision and facts, and settle their turns. To whom they went is not known any more: they count as
sent, and nobody gets one again unasked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from reports.diagnostics.problems import Problem, ReportError, Where, errors
from reports.pipeline.read import Folders
from reports.publishing import outbox, row_checksums
from reports.publishing.acts import Act, acts, write_down
from reports.publishing.issue import UNISSUED, Issue, State, stamp
from reports.publishing.ledger import Ledger
from reports.publishing.memory.issue_record import IssueRecord, KeptIssue, contents_of, hidden, path_of
from reports.publishing.memory.lost import forgotten, without_record
from reports.publishing.output_folder import OpenOutput, Tell, opened
from reports.publishing.store import digest_of, keep, stored

#: What the outbox says of letters that an older ledger took for unsent.
_DOUBT = "the ledger was older than what was issued; ask the recipient"


def adopt(
    folders: Folders, by: str, now: datetime, *, tell: Tell, dry_run: bool = False
) -> tuple[Issue, ...]:
    """Take back in what was forgotten; return it. *dry_run*: only find out what it would be.

    All or nothing. Raises ReportError where a file was changed since, has no record, or the ledger knows another issue of
    that name.
    """
    with opened(folders, "adopt", now, tell=tell, check=lambda _folders, _ledger: None) as office:
        found = forgotten(folders, office.ledger)
        wrong = [*without_record(folders, office.ledger)]
        wrong += [problem for record in found for problem in _hindrances(office, record)]
        for problem in wrong:
            if problem.severity == "warning":
                tell(problem)
        if errors(wrong):
            raise ReportError(*errors(wrong))
        if not dry_run:
            _take_in(office, found, by)
        return tuple(record.issue for record in found)


def is_adopted(ledger: Ledger, issue: Issue) -> bool:
    """Whether nobody knows to whom *issue* went, because it was taken back in."""
    about = (issue.period, issue.revision)
    return any(
        (act.period, act.revision) == about for act in acts(ledger, issue.report) if act.what == "adopt"
    )


# --- what hinders -------------------------------------------------------------------------------------------


def _hindrances(office: OpenOutput, record: IssueRecord) -> Iterator[Problem]:
    folders, issue = office.folders, record.issue
    path = path_of(folders, issue)
    other = next(
        (i for i in office.ledger.issues(issue.report, issue.period) if i.revision == issue.revision), None
    )
    if other and other.state not in UNISSUED:
        args = {"issue": issue.name, "folder": str(path.parent)}
        yield Problem(Where(str(path)), "memory/two", args)
    if contents_of(path) is None:
        yield Problem(Where(str(path)), "memory/record-changed")
    for name, digests in issue.files.items():
        if not hidden(name) and not stored(folders, digests.final):
            yield from _of_file(folders, name, digests.final)


def _of_file(folders: Folders, name: str, digest: str) -> Iterator[Problem]:
    """What is wrong with a file that the store does not hold."""
    path = folders.output / name
    if not path.exists():
        yield Problem(Where(str(path)), "memory/file-gone", {}, "warning")
    elif digest_of(path.read_bytes()) != digest:
        yield Problem(Where(str(path)), "memory/file-changed", {})


# --- taking in ----------------------------------------------------------------------------------------------


def _take_in(office: OpenOutput, found: Sequence[IssueRecord], by: str) -> None:
    """The files first, into the store; then all of it in one transaction."""
    told = [contents for one in found if (contents := contents_of(path_of(office.folders, one.issue)))]
    for contents in told:
        _keep_files(office.folders, contents)
    ledger, now = office.ledger, office.now
    if not told:
        return
    with ledger.transaction(now):
        for contents in told:
            _put(ledger, contents, now)
            write_down(ledger, _act(contents.issue, by, now))
        for report, period in {(one.issue.report, one.issue.period) for one in told}:
            _put_in_order(ledger, report, period)
        for entry in outbox.entries(ledger, "pending"):
            if entry.intent.kind == "issue":
                outbox.end(ledger, entry.intent.message_id, "unknown", now, answer=_DOUBT)


def _act(issue: Issue, by: str, now: datetime) -> Act:
    return Act(now, by, "adopt", issue.report, issue.period, issue.revision)


def _keep_files(folders: Folders, contents: KeptIssue) -> None:
    for name, digests in contents.issue.files.items():
        path = folders.output / name
        data = contents.files.get(name, b"") if hidden(name) or not path.exists() else path.read_bytes()
        if digest_of(data) == digests.final:
            keep(folders, data)


def _put(ledger: Ledger, contents: KeptIssue, now: datetime) -> None:
    """Write the issue down as it was, over a draft that an older ledger has of it."""
    issue, number = contents.issue, contents.issue.number
    approved = stamp(issue.approved or issue.built)
    key = {"report": issue.report, "period": issue.period, "revision": issue.revision}
    values = {
        "state": "issued",
        "year": number.year if number else None,
        "nth": number.nth if number else None,
        "total": number.total if number else None,
        "files": _json({name: [one.draft, one.final] for name, one in issue.files.items()}),
        "snapshot": ledger.add_snapshot(contents.snapshot, now),
        "built": stamp(issue.built),
        "approved": approved,
        "approved_by": issue.approved_by,
        "issued": approved,
        "withdrawn": stamp(issue.withdrawn) if issue.withdrawn else None,
        "changes": _json([dict(change) for change in issue.changes]),
    }
    row_checksums.put(ledger.connection, "issues", key, values)
    ledger.settle((issue.report, issue.period), "made", now, "adopt")


def _json(value: Mapping[str, object] | Sequence[object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _put_in_order(ledger: Ledger, report: str, period: str) -> None:
    """The last revision that stands is in force, those before it are superseded by the next."""
    known = [issue for issue in ledger.issues(report, period) if issue.state not in UNISSUED]
    known.sort(key=lambda issue: issue.revision)
    for issue, after in zip(known, [*known[1:], None], strict=True):
        state: State = "withdrawn" if issue.withdrawn else "superseded" if after else "issued"
        since = stamp(after.approved or after.built) if after else None
        if state != issue.state:
            values = {"state": state, **({"superseded": since} if state == "superseded" else {})}
            row_checksums.put(ledger.connection, "issues", {"id": issue.id}, values)
