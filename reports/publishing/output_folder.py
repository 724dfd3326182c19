"""An output folder at work: its lock is held, its ledger open, and whatever a killed run left is completed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from msgspec import Struct

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.pipeline.read import STATE, Folders
from reports.publishing.database import DamagedError
from reports.publishing.issue import Issue
from reports.publishing.ledger import Ledger
from reports.publishing.memory.issue_record import hidden, keep_record, keep_records
from reports.publishing.memory.lost import copies, require_memory
from reports.publishing.second_thoughts.new_names import move_files, rename_entry, unfinished
from reports.publishing.second_thoughts.notes import notes
from reports.publishing.store import digest_of, stored

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
    folders: Folders,
    what: str,
    now: datetime,
    *,
    tell: Tell,
    patience: float = PATIENCE,
    check: Callable[[Folders, Ledger], None] = require_memory,
) -> Iterator[OpenOutput]:
    """Hold the output folder's lock and its ledger; first complete what a killed run left, last back it up.

    *tell* is told whom it waits for, and what was restored or still waits; *check* refuses a ledger that cannot be
    worked with, by raising. Raises ReportError (lock/held after *patience* seconds; memory/lost where something was
    issued that the ledger does not know).
    """
    state = folders.output / STATE

    def waits(who: str) -> None:
        tell(Problem(Where(str(state / LOCK)), "lock/waits", {"who": who}, "warning"))

    with files.lock(state / LOCK, what, patience, waits):
        files.sweep(folders.output)
        ledger, restored = Ledger.open(state, files.write, files.move)
        office = OpenOutput(ledger, folders, now)
        try:
            for problem in (*restored, *copies(folders)):
                tell(problem)
            check(folders, ledger)
            for problem in (*_complete(office), *_finish_renaming(office)):
                tell(problem)
            yield office
            for problem in keep_records(folders, ledger):
                tell(problem)
            if not restored:  # what a restored ledger does not know of may still be wanted
                _tidy(office)
        finally:
            with suppress(ReportError, DamagedError):  # the backup of the run before is good too
                ledger.back_up()
            ledger.close()


# --- files of issues --------------------------------------------------------------------------------------


def put_in_place(office: OpenOutput, issue: Issue) -> Issue:
    """Put the files of an approved issue in place, all or none, its record beside them; now it is issued. Raises
    ReportError."""
    folders = office.folders
    found = {name: stored(folders, digests.final) for name, digests in issue.files.items()}
    if lost := [name for name, data in found.items() if not data]:
        raise ReportError(
            *(Problem(Where(str(folders.output / name)), "issue/lost-file", {"name": name}) for name in lost)
        )
    files.write_all({folders.output / name: data for name, data in found.items()})
    keep_record(folders, office.ledger, issue)
    return office.ledger.issue(issue, office.now)


def _complete(office: OpenOutput) -> Iterator[Problem]:
    """Put approved issues in place that a killed run, or a file open in Word, left behind."""
    for issue in office.ledger.issues():
        if issue.state == "approved":
            try:
                put_in_place(office, issue)
            except ReportError as error:
                yield from error.problems
    with suppress(ReportError):  # the ledger and `verify` know of it without them
        put_notes(office)


def _finish_renaming(office: OpenOutput) -> Iterator[Problem]:
    """Complete a renaming that was interrupted. Raises ReportError where what was read before is out of date now: the
    report would be taken for another one."""
    act = unfinished(office.ledger)
    if act is None:
        return
    stale = rename_entry(office.folders, act)
    try:
        move_files(office.folders, office.ledger, act)
    except ReportError as error:  # a file that is open in Word: the next run moves it
        yield from error.problems
    if stale:
        args = {"old": act.details["before"], "new": act.report}
        raise ReportError(Problem(Where("reports.yaml"), "rename/completed", args))


def put_notes(office: OpenOutput) -> None:
    """Say beside the files of issues that were withdrawn that they were. Raises ReportError."""
    for name, data in notes(office.ledger):
        path = office.folders.output / name
        if path.parent.is_dir():
            files.write(path, data)


def altered(folders: Folders, ledger: Ledger) -> Iterator[Problem]:
    """Say which files of the issues in force are gone, or not as they were issued. Only what the system says was
    written since is read."""
    for issue in ledger.issues():
        if issue.state != "issued" or issue.issued is None:
            continue
        args = {"issue": issue.name, "report": issue.report, "period": issue.period}
        paths = {folders.output / name: one.final for name, one in issue.files.items() if not hidden(name)}
        if gone := [path.name for path in paths if not path.exists()]:
            where = Where(str(folders.output / issue.report / issue.period))
            yield Problem(where, "issue/files-gone", {**args, "names": ", ".join(gone)}, "warning")
        for path, digest in paths.items():
            if files.time_of(path) > issue.issued.timestamp() and digest_of(path.read_bytes()) != digest:
                yield Problem(Where(str(path)), "issue/file-altered", args, "warning")


def restore_missing(folders: Folders, issue: Issue) -> None:
    """Put back those files of *issue* that are gone."""
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
