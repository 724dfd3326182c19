"""A year of a secretariat in which people err: every command, clock, backup and edit in any order, and what holds.

Nobody gets an issue twice unasked; no issued file changes; every number is used once; every act is in `history`;
whatever is typed ends with a sentence.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reports.cli.main import main
from reports.publishing.acts import acts
from reports.publishing.database import DamagedError
from reports.publishing.issue import Issue
from reports.publishing.ledger import Ledger
from reports.publishing.memory.issue_record import NAME as RECORD
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving, switch_on
from tests.support.workplace import edit, small_house

#: So many errors a year, in so many years; `REPORTS_YEARS` asks for more years.
ERRORS, YEARS = 40, int(os.environ.get("REPORTS_YEARS", "6"))
#: The states of what became an issue.
ISSUED = ("approved", "issued", "superseded", "withdrawn")
#: The names the report that needs approval goes by.
NAMES = ("memo", "note")
MEETING = "  - {{id: talk-{n}, title: {{zh: 座谈{n}, en: Talk {n}}}, date: {day}, status: held, source: [{{doc: slides}}]}}\n"


class Office(RuleBasedStateMachine):
    """A secretariat at work; *server* takes its letters."""

    server: Server

    @initialize()
    def opens(self) -> None:
        """A report that goes out by itself, one that is approved, and leaders for both."""
        self.server.taken.clear()
        self.root = Path(tempfile.mkdtemp(prefix="year-"))
        self.house = small_house(self.root)
        reports = self.house.data / "reports.yaml"
        edit(reports, "    issues_before: 17\n", RECIPIENTS)
        edit(reports, "    default: true\n", RECIPIENTS.replace("17", "0"))
        switch_on(self.house, self.server)
        self.now = datetime.fromisoformat("2023-07-11T09:00+08:00")
        self.edits, self.memo = 0, "memo"
        self.issued: dict[str, str] = {}  # what was issued, by digest: where it stood
        self.numbers: dict[tuple[str, int], str] = {}
        self.deeds: list[str] = []  # since the ledger was lost last
        self.backups: list[Path] = []
        self.told, self.lost = "", False
        self.works_as_usual(1)
        assert (
            sum(is_issue(message) for _, message in self.server.taken) == 8
        )  # two reports, quarters and leaders

    def teardown(self) -> None:
        shutil.rmtree(getattr(self, "root", "nowhere"), ignore_errors=True)

    # --- what people type -------------------------------------------------------------------------------------

    def types(self, *words: str, at: datetime | None = None) -> int:
        """Run a command at its moment; it may refuse, and never breaks."""
        said = io.StringIO()
        with working_in(self.root), redirect_stdout(said), redirect_stderr(said):
            try:
                status = main([*words, "--now", (at or self.now).isoformat()])
            except SystemExit as usage:
                status = int(usage.code or 0)
        self.told = f"{' '.join(words)} → {status}\n{said.getvalue()}"
        assert status in {0, 1}, self.told
        assert "Traceback" not in self.told, self.told
        assert "internal error" not in self.told, self.told
        return status

    def ledger(self) -> Ledger:
        return Ledger.look(self.house.output / ".state")

    def issues(self, *states: str) -> list[Issue]:
        """Those in one of *states*; none while the ledger waits to be restored."""
        try:
            with self.ledger() as ledger:
                return [issue for issue in ledger.issues() if issue.state in states]
        except DamagedError:
            return []

    @rule(quarters=st.integers(1, 2))
    def works_as_usual(self, quarters: int) -> None:
        """A quarter goes by: what is due is made, looked at, approved and sent."""
        for _ in range(quarters):
            self.now += timedelta(days=92)
            self.types("run-due", "--yes")
            for draft in self.issues("draft"):
                self.types("approve", draft.report, draft.period, "--by=W", "--yes")
            self.types("deliver")

    @rule(data=st.data())
    def corrects(self, data: st.DataObject) -> None:
        """A leader has found a mistake."""
        issue = self.one(data, "issued")
        self.edits_data()
        self.types("build", issue.report, "--period", issue.period, "--correct")
        self.types("approve", issue.report, issue.period, "--by=W", "--yes")

    @rule(days=st.integers(1, 30))
    def waits(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule()
    def edits_data(self) -> None:
        """A meeting is written down in the quarter that is over: what is issued reads otherwise now."""
        self.edits += 1
        records = self.house.data / "records.yaml"
        day = self.now.date() - timedelta(days=self.edits % 120)
        records.write_text(records.read_text("utf-8") + MEETING.format(n=self.edits, day=day), "utf-8")

    @rule(report=st.sampled_from(["letter", "memo"]), correct=st.booleans())
    def builds(self, report: str, correct: bool) -> None:
        self.types("build", self.memo if report == "memo" else report, *(["--correct"] if correct else []))

    @rule(data=st.data())
    def approves(self, data: st.DataObject) -> None:
        draft = self.one(data, "draft")
        self.types("approve", draft.report, draft.period, "--by=W", "--yes")

    @rule(data=st.data())
    def discards(self, data: st.DataObject) -> None:
        draft = self.one(data, "draft")
        self.does("discard", "discard", draft.report, draft.period)

    @rule(data=st.data())
    def withdraws(self, data: st.DataObject) -> None:
        issue = self.one(data, "issued")
        self.does("withdraw", "withdraw", issue.name, "--why=wrong")

    @rule(report=st.sampled_from(["letter", "memo"]), quarter=st.integers(1, 4))
    def skips(self, report: str, quarter: int) -> None:
        named = self.memo if report == "memo" else report
        self.does("skip", "skip", named, f"2024Q{quarter}", "--why=nothing happened")

    @rule()
    def renames(self) -> None:
        [other] = {*NAMES} - {self.memo}
        if self.does("rename", "rename", self.memo, other):
            self.numbers = {(other if r == self.memo else r, n): p for (r, n), p in self.numbers.items()}
            self.memo = other

    def does(self, what: str, *words: str) -> bool:
        done = self.types(*words, "--by=W") == 0
        if done:
            self.deeds.append(what)
        return done

    def one(self, data: st.DataObject, state: str) -> Issue:
        found = self.issues(state)
        assume(found)
        return data.draw(st.sampled_from(sorted(found, key=lambda issue: issue.id)), label=state)

    # --- what the machine does --------------------------------------------------------------------------------

    @rule(sure=st.booleans())
    def makes_what_is_due(self, sure: bool) -> None:
        self.types("run-due", *(["--yes"] if sure else []))

    @rule()
    def delivers(self) -> None:
        self.types("deliver")

    @rule(days=st.sampled_from([-400, -20, 60, 30_000]))
    def runs_with_a_wrong_clock(self, days: int) -> None:
        self.types("run-due", at=self.now + timedelta(days=days))

    @precondition(lambda self: self.issued and not self.lost)
    @rule(whole=st.booleans())
    def loses_what_it_remembers(self, whole: bool) -> None:
        """The folder of the state, or the ledger with its backup."""
        state = self.house.output / ".state"
        for path in [state] if whole else state.glob("ledger*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.deeds, self.lost = [], True

    @rule()
    def spoils_the_ledger(self) -> None:
        """Its backup takes its place; what was done since the last command is none."""
        path = self.house.output / ".state" / "ledger.sqlite"
        if path.exists() and path.with_name("ledger.backup.sqlite").exists():
            path.write_bytes(path.read_bytes()[:3000])

    @precondition(lambda self: self.lost)
    @rule()
    def adopts(self) -> None:
        """Of what stood only in the ledger, who got what is gone; the issues are not."""
        assert self.types("adopt", "--by=W") == 0, self.told
        self.lost = False

    @rule()
    def backs_up(self) -> None:
        self.now += timedelta(seconds=1)
        if self.types("backup", str(self.root / "backups")) == 0:
            self.backups = sorted((self.root / "backups").iterdir())

    @precondition(lambda self: self.backups)
    @rule(older=st.booleans(), data=st.data())
    def restores(self, older: bool, data: st.DataObject) -> None:
        backup = data.draw(st.sampled_from(self.backups), label="backup")
        if self.types("restore", str(backup), "--by=W", *(["--older"] if older else [])) == 0:
            self.deeds, self.lost = ["restore"], True  # what came after the backup may be forgotten

    # --- what holds -------------------------------------------------------------------------------------------

    @invariant()
    def nobody_got_an_issue_twice(self) -> None:
        if not hasattr(self, "house"):
            return
        got = [(to, str(message["Subject"])) for to, message in self.server.taken if is_issue(message)]
        assert len(got) == len({*got}), f"{sorted(got)}\n{self.told}"

    @invariant()
    def no_issued_file_changed(self) -> None:
        if not hasattr(self, "house"):
            return
        standing = {digest_of(path) for path in files_below(self.house.output)}
        lost = {where for digest, where in self.issued.items() if digest not in standing}
        assert not lost, f"{sorted(lost)}\n{self.told}"
        for issue in self.known():
            for name, digests in issue.files.items():
                if not name.startswith(".state/") and (self.house.output / name).is_file():
                    self.issued.setdefault(digests.final, name)

    @invariant()
    def every_number_is_used_once(self) -> None:
        if not hasattr(self, "house"):
            return
        for issue in self.known():
            assert issue.number
            period = self.numbers.setdefault((issue.report, issue.number.total), issue.period)
            assert period == issue.period, f"{issue.name} {issue.number} {period}\n{self.told}"

    @invariant()
    def every_act_is_in_history(self) -> None:
        if not hasattr(self, "house") or not self.deeds:
            return
        try:
            with self.ledger() as ledger:
                remembered = [act.what for act in acts(ledger)]
        except DamagedError:  # the next command restores it
            return
        assert is_part(self.deeds, remembered), f"{self.deeds} {remembered}\n{self.told}"

    def known(self) -> list[Issue]:
        """What the ledger knows of issues."""
        return [issue for issue in self.issues(*ISSUED) if issue.number]


def is_issue(message: EmailMessage) -> bool:
    """Whether a letter carries an issue: of all letters, only those have files."""
    return any(message.iter_attachments())


def is_part(asked: Sequence[str], all_: Sequence[str]) -> bool:
    """Whether all that was *asked* for stands in *all_*, in its order."""
    left = iter(all_)
    return all(one in left for one in asked)


def files_below(output: Path) -> Iterator[Path]:
    for path in output.rglob("*"):
        if path.is_file() and path.name != RECORD and not {".state", ".cache"} & {*path.parts}:
            yield path


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("REPORTS_LANG", "en")
    with serving(Server()) as running:
        yield running


def test_a_year_in_which_people_err(server: Server) -> None:
    office = type("OfficeWithMail", (Office,), {"server": server})
    run_state_machine_as_test(
        office,
        settings=settings(
            max_examples=YEARS, stateful_step_count=ERRORS, deadline=None, derandomize=True,
            suppress_health_check=[*HealthCheck],
        ),
    )  # fmt: skip
