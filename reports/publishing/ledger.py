"""The ledger: what was built, approved, issued and sent, in one SQLite file beside the output.

Every change is one transaction, on disk when it returns. Who changes it holds the lock
of the output folder. Moments are aware; they are kept in UTC. `database` guards the file, `row_checksums` its
rows, `outbox` holds the functions for what is to be sent.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.model.report_definitions import IssueNumber
from reports.model.schedule import Done, Failure, Turn
from reports.pipeline.read import STATE, Folders
from reports.publishing import database, row_checksums
from reports.publishing.database import DamagedError
from reports.publishing.issue import (
    IN_FORCE,
    UNISSUED,
    Issue,
    Run,
    State,
    Stored,
    as_json,
    issue_in,
    moment,
    run_in,
    stamp,
    stored_row,
    turn_in,
)  # fmt: skip
from reports.records.changes import Facts, Snapshot, read_snapshot


class Ledger:
    """An open ledger, closed at the end of a `with`. Not for several threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path, write: database.Write | None) -> None:
        self.connection, self.path, self._write = connection, path, write
        self._depth = 0

    @classmethod
    def open(
        cls, folder: Path, write: database.Write, move: database.Move
    ) -> tuple[Ledger, tuple[Problem, ...]]:
        """Open the ledger in *folder* for work, made or restored where need be; tell what was restored.

        *write* and *move* put files in place (those of `files`). Raises ReportError.
        """
        path = folder / database.NAME
        connection, problems = database.open_file(path, write, move)
        return cls(connection, path, write), problems

    @classmethod
    def look(cls, folder: Path) -> Ledger:
        """Open a copy to read from, an empty one where there is none yet. Raises database.DamagedError."""
        path = folder / database.NAME
        connection = database.look(path)
        if connection is None:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.deserialize(database.new())
        return cls(connection, path, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was written is on disk already."""
        self.connection.close()

    def back_up(self) -> None:
        """Make the backup anew."""
        if self._write:
            database.back_up(self.connection, self.path, self._write)

    @contextmanager
    def transaction(self, at: datetime) -> Iterator[None]:
        """All that is written inside, or nothing; one inside another is part of it. Raises ReportError."""
        if self._depth:
            yield
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            yield
            database.count_commit(self.connection, stamp(at))
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise database.unwritable(self.path, error) from error
        finally:
            self._depth = 0
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    # --- turns: what the schedule asks

    def done(self, ahead: Collection[Turn] = ()) -> Done:
        """What `schedule.due` wants to know. An issue made by hand settles its period too; what a clock that was
        *ahead* settled counts for nothing."""
        turns = row_checksums.select(self.connection, "turns", {})
        untimely = {turn_in(row) for row in turns if row["outcome"] == "ahead"}.union(ahead)
        issues = [
            r for r in row_checksums.select(self.connection, "issues", {}) if r["state"] not in UNISSUED
        ]
        by_hand = {turn_in(row) for row in issues if row["approved_by"] != "schedule"}
        tries = row_checksums.select(self.connection, "tries", {})
        reminders = row_checksums.select(self.connection, "reminders", {})
        return Done(
            frozenset(map(turn_in, (*turns, *issues))) - (untimely - by_hand),
            {turn_in(r): Failure(r["count"], moment(r["last"]), moment(r["next_try"])) for r in tries},
            {turn_in(row): row["days"] for row in reminders},
        )

    def passed_over(self) -> frozenset[Turn]:
        """The turns of which nothing is in force: given up and not made by hand since, or made and withdrawn."""
        skipped = row_checksums.select(self.connection, "turns", {"outcome": "skipped"})
        issues = self.issues()
        withdrawn = {(one.report, one.period) for one in issues if one.state == "withdrawn"}
        in_force = {(one.report, one.period) for one in issues if one.state in IN_FORCE}
        return frozenset(withdrawn.union(map(turn_in, skipped)) - in_force)

    def settle(self, turn: Turn, outcome: Literal["made", "skipped"], at: datetime, note: str = "") -> bool:
        """Say that a turn is over; False when it was before. Its failures are forgotten."""
        report, period = turn
        key = {"report": report, "period": period}
        values = {**key, "outcome": outcome, "at": stamp(at), "note": note}
        with self.transaction(at):
            row_checksums.delete(self.connection, "tries", key)
            row_checksums.delete(self.connection, "turns", {**key, "outcome": "ahead"})
            return bool(row_checksums.insert(self.connection, "turns", values, or_ignore=True))

    def reopen(self, turn: Turn) -> None:
        """Take back that a turn is over which only a draft has settled: the draft is gone. Part of a transaction."""
        key = {"report": turn[0], "period": turn[1], "note": "draft"}
        row_checksums.delete(self.connection, "turns", key)

    def fail(self, turn: Turn, failure: Failure, error: str) -> None:
        """Remember a failure, and when to try again."""
        key = {"report": turn[0], "period": turn[1]}
        values = {"count": failure.count, "last": stamp(failure.last), "next_try": stamp(failure.next_try)}
        with self.transaction(failure.last):
            row_checksums.put(self.connection, "tries", key, {**values, "error": error})

    def remind(self, turn: Turn, days: int, at: datetime) -> None:
        """Remember that a reminder *days* ahead was given."""
        with self.transaction(at):
            key = {"report": turn[0], "period": turn[1]}
            row_checksums.put(self.connection, "reminders", key, {"days": days, "at": stamp(at)})

    # --- runs and snapshots

    def add_run(self, run: Run) -> int:
        """Write a run down; return its number."""
        values = {
            "at": stamp(run.at),
            "why": run.why,
            "report": run.report,
            "period": run.period,
            "outcome": run.outcome,
            **{name: as_json(dict(getattr(run, name))) for name in ("inputs", "versions", "outputs")},
            "problems": as_json(run.problems),
        }
        with self.transaction(run.at):
            return row_checksums.insert(self.connection, "runs", values)

    def runs(self, report: str = "") -> tuple[Run, ...]:
        """All runs, or those of *report*, in order."""
        found = row_checksums.select(self.connection, "runs", {"report": report} if report else {})
        return tuple(run_in(row) for row in found)

    def add_snapshot(self, data: bytes, at: datetime) -> str:
        """Keep *data*, once; return its digest."""
        digest = hashlib.sha256(data).hexdigest()
        with self.transaction(at):
            values = {"digest": digest, "data": zlib.compress(data, 9)}
            row_checksums.insert(self.connection, "snapshots", values, or_ignore=True)
        return digest

    def snapshot(self, digest: str) -> bytes:
        """Return the data kept under *digest*, b"" where there is none."""
        found = row_checksums.select(self.connection, "snapshots", {"digest": digest})
        return zlib.decompress(found[0]["data"]) if found else b""

    def facts(self, digest: str) -> Snapshot:
        """Return the facts kept under *digest*, none where there are none."""
        return read_snapshot(self.snapshot(digest))

    def compared(self, before: Issue, after: Issue) -> tuple[Facts, Facts]:
        """Return the facts of two issues, to be compared."""
        now = self.facts(after.snapshot).facts
        return self.facts(before.snapshot).known_to(now), now

    # --- issues

    def issues(self, report: str = "", period: str = "") -> tuple[Issue, ...]:
        """All issues, of *report*, of *period*, in the order of their making."""
        asked = {name: value for name, value in (("report", report), ("period", period)) if value}
        return tuple(issue_in(row) for row in row_checksums.select(self.connection, "issues", asked, "id"))

    def latest(self, report: str, period: str, *states: State) -> Issue | None:
        """The last revision of a period that is in one of *states* (none named: any)."""
        found = [i for i in self.issues(report, period) if not states or i.state in states]
        return max(found, key=lambda issue: issue.revision, default=None)

    def put_draft(self, draft: Issue) -> Issue:
        """Write a draft down, over the one of the same revision; return it as it now stands."""
        key = {"report": draft.report, "period": draft.period, "revision": draft.revision}
        values = {
            "state": "draft",
            "files": stored_row(draft.files),
            "snapshot": draft.snapshot,
            "built": stamp(draft.built),
            "changes": as_json(draft.changes),
        }
        with self.transaction(draft.built):
            row_checksums.put(self.connection, "issues", key, values)
            [row] = row_checksums.select(self.connection, "issues", key)
            return issue_in(row)

    def next_number(self, report: str, period: str, *, year: int, nth: int, before: int) -> IssueNumber:
        """The number an issue would get now.

        A revision keeps the number of its period; else both are one more than the highest so far, of the year and of
        all, or than *before* (issues there were before this ledger). How many of those were of the year nobody says:
        it is taken for as many as periods had passed, where there were so many; the period is the *nth* of its year.
        """
        same = [i.number for i in self.issues(report, period) if i.number]
        if same:
            return same[0]
        taken = [i.number for i in self.issues(report) if i.number]
        total = max([before, *(n.total for n in taken)]) + 1
        if of_year := [n.nth for n in taken if n.year == year]:
            return IssueNumber(year, max(of_year) + 1, total)
        begun = any(n.year < year for n in taken)
        return IssueNumber(year, 1 if begun else min(nth, before + 1), total)

    def approve(
        self,
        issue: Issue,
        at: datetime,
        *,
        year: int,
        nth: int,
        before: int,
        by: str,
        files: Mapping[str, Stored] | None = None,
    ) -> Issue:
        """Freeze a draft: its number is fixed (see `next_number`), from now on only its state moves. *files* are
        those of the issue where they are not the draft's."""
        with self.transaction(at):
            number = self.next_number(issue.report, issue.period, year=year, nth=nth, before=before)
            values = {
                "year": number.year,
                "nth": number.nth,
                "total": number.total,
                "approved_by": by,
                "approved": stamp(at),
            }
            if files is not None:
                values["files"] = stored_row(files)
            return self.move_on(issue, "approved", values)

    def issue(self, issue: Issue, at: datetime) -> Issue:
        """Say that an approved issue's files are in place; it supersedes the revision before."""
        with self.transaction(at):
            for older in self.issues(issue.report, issue.period):
                if older.revision < issue.revision and older.state in ("approved", "issued"):
                    self.move_on(older, "superseded", {"superseded": stamp(at)})
            return self.move_on(issue, "issued", {"issued": stamp(at)})

    def move_on(self, issue: Issue, state: State, values: Mapping[str, Any]) -> Issue:
        """Set an issue's state, and what goes with it. Part of a transaction."""
        row_checksums.put(self.connection, "issues", {"id": issue.id}, {"state": state, **values})
        [row] = row_checksums.select(self.connection, "issues", {"id": issue.id})
        return issue_in(row)


def find(issues: Sequence[Issue], name: str) -> Issue:
    """The issue called *name*: report/period or report/period/revision. Raises ReportError."""
    report, _, rest = name.strip("/").partition("/")
    period, _, revision = rest.partition("/")
    found = [
        i for i in issues if (i.report, i.period) == (report, period) and revision in {"", str(i.revision)}
    ]
    if not found:
        names = [issue.name for issue in issues]
        args = {"name": name, "near": near(name, names), "known": ", ".join(names[-10:]) or "–"}
        raise ReportError(Problem(Where(""), "issue/unknown", args))
    return found[-1]


def remembered(folders: Folders) -> Done:
    """What the ledger knows, read without the lock. Raises ReportError when it is damaged."""
    with read_ledger(folders) as ledger:
        return ledger.done()


def read_ledger(folders: Folders) -> Ledger:
    """The ledger, to read from. Raises ReportError when it is damaged: the next run restores it."""
    try:
        return Ledger.look(folders.output / STATE)
    except DamagedError as damage:
        path = folders.output / STATE / "ledger.sqlite"
        raise ReportError(Problem(Where(str(path)), "ledger/look", {"detail": damage.detail})) from damage
