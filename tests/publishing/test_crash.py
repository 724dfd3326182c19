"""Two at once, no space, no permission, a damaged ledger: nothing torn, lost, doubled or left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reports import files
from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError
from reports.pipeline.build import Order
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts, outbox, output_folder, store
from reports.publishing.scheduler import rounds
from tests.support.workplace import NOW, edit, ledger_of, small_house, start, visible

resource = pytest.importorskip("resource", reason="limits as POSIX knows them")
pytestmark = pytest.mark.posix

DUE = ("run-due", "--now", NOW.isoformat())


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    return small_house(tmp_path / "house")


@pytest.fixture
def reference(tmp_path: Path) -> dict[str, bytes]:
    """What leaders see when nothing goes wrong."""
    whole = small_house(tmp_path / "reference")
    rounds.run_due(whole, NOW, tell=print)
    return visible(whole)


def is_whole(house: Folders, reference: dict[str, bytes]) -> None:
    """After the next start everything is there once, and nothing else."""
    assert visible(house) == reference
    ledger = ledger_of(house)
    states = sorted((issue.report, issue.revision, issue.state) for issue in ledger.issues())
    assert states == [("letter", 1, "issued"), ("memo", 1, "draft")]
    assert Counter(run.report for run in ledger.runs() if run.outcome == "done") == {"letter": 1, "memo": 1}
    assert not [
        path for path in house.output.rglob("*") if path.name.endswith((".tmp", ".holder", "-journal"))
    ]


def fail(problem: Problem) -> None:
    pytest.fail(problem.message())


def test_an_approval_killed_half_way_is_completed(house: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.build(house, Order(("memo",)), NOW)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(approval, "put_in_place", cut)
        with pytest.raises(KeyboardInterrupt):
            approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail)
    [issue] = ledger_of(house).issues()
    assert issue.state == "approved"
    rounds.run_due(house, NOW - timedelta(days=30), tell=fail)
    [issue] = ledger_of(house).issues()
    assert issue.state == "issued"
    assert all(
        (house.output / n).read_bytes() == store.stored(house, d.final) for n, d in issue.files.items()
    )


def test_two_started_together_make_each_issue_once(house: Folders, reference: dict[str, bytes]) -> None:
    for _ in range(3):
        shutil.rmtree(house.output, ignore_errors=True)
        runs = [start(house, *DUE) for _ in range(3)]
        ends = [run.communicate(timeout=120) for run in runs]
        assert [run.returncode for run in runs] == [0, 0, 0], ends
        assert sorted("issued letter" in said for said, _ in ends) == [False, False, True]
        is_whole(house, reference)


def test_who_holds_the_lock_is_named(house: Folders) -> None:
    with (
        output_folder.opened(house, "build", NOW, tell=fail),
        pytest.raises(ReportError, match="another run is at work here: build"),
    ):
        rounds.run_due(house, NOW, tell=fail, patience=0.1)
    rounds.run_due(house, NOW, tell=fail, patience=0.1)


def test_who_waits_for_another_run_is_told_for_which(house: Folders) -> None:
    told: list[Problem] = []
    with (
        output_folder.opened(house, "approve memo 2023Q2", NOW, tell=fail),
        pytest.raises(ReportError, match="another run is at work here"),
    ):
        rounds.run_due(house, NOW, tell=told.append, patience=1.5)
    assert [problem.message() for problem in told] == [
        f"waiting for another run: approve memo 2023Q2 (process {os.getpid()})"
    ]


# --- disks ------------------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_the_old_files_stay(house: Folders) -> None:
    """A limit on the size of files stands in for the disk: every write beyond it fails."""
    drafts.build(house, Order(("letter",)), NOW)
    before = visible(house)
    edit(house.data / "records.yaml", "理事会", "理" * 3000)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    command = [
        sys.executable,
        str(Path(__file__).parent.parent.parent / "run.py"),
        "build",
        "letter",
        "--now",
        NOW.isoformat(),
    ]
    environment = {**os.environ, "REPORTS_LANG": "en"}
    run = subprocess.run(
        command,
        cwd=house.data.parent,
        env=environment,
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    assert run.returncode == 1
    assert "free space" in run.stderr
    assert "Traceback" not in run.stderr
    assert visible(house) == before
    drafts.build(house, Order(("letter",)), NOW)
    assert visible(house) != before


def test_a_folder_that_cannot_be_written_is_told(house: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    monkeypatch.setattr("reports.files._PAUSES", (0.0,))
    with pytest.raises(ReportError, match="cannot write here: Permission denied"):
        rounds.run_due(house, NOW, tell=fail)


def test_a_file_where_the_state_belongs_is_told(house: Folders) -> None:
    house.output.mkdir()
    (house.output / ".state").write_text("")
    with pytest.raises(ReportError, match="cannot write here"):
        rounds.run_due(house, NOW, tell=fail)


@contextmanager
def open_in_word(name: str, *, to_rename_alone: bool = False) -> Iterator[None]:
    """While a file of this name is open, Windows lets nobody write to it and nobody replace it."""
    replace, open_ = os.replace, Path.open

    def is_held(path: object) -> PermissionError | None:
        if not str(path).endswith(name):
            return None
        error = PermissionError(13, "open in another program")
        error.__dict__["winerror"] = 32  # as Windows has it
        return error

    def replaced(old: Path, new: Path) -> None:
        if error := is_held(new):
            raise error
        replace(old, new)

    def opened(path: Path, mode: str = "r", *given: Any, **named: Any) -> Any:
        if mode == "r+b" and not to_rename_alone and (error := is_held(path)):
            raise error
        return open_(path, mode, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.files._PAUSES", (0.0,))
        patch.setattr("os.replace", replaced)
        patch.setattr(Path, "open", opened)
        yield


def test_a_file_open_in_word_holds_up_its_own_issue_only(house: Folders) -> None:
    """The issue stays approved, without one of its files, and is put in place by a later run."""
    with open_in_word("letter-2023Q2.zh.md"):
        (house.output / "letter/2023Q2").mkdir(parents=True)
        (house.output / "letter/2023Q2/letter-2023Q2.zh.md").write_text("built by hand, and open", "utf-8")
        outcomes = rounds.run_due(house, NOW, tell=fail)
        assert [(o.item.report, o.state, o.alert) for o in outcomes] == [
            ("letter", "waits", False),
            ("memo", "drafted", False),
        ]
        assert [path.name for path in (house.output / "letter/2023Q2").iterdir()] == ["letter-2023Q2.zh.md"]
        told: list[Problem] = []
        rounds.run_due(house, NOW + timedelta(minutes=5), tell=told.append)
        assert [problem.code for problem in told] == ["file/held"]
    rounds.run_due(house, NOW + timedelta(minutes=10), tell=fail)
    assert {i.report: i.state for i in ledger_of(house).issues()} == {"letter": "issued", "memo": "draft"}
    assert ledger_of(house).done().failures == {}


@pytest.mark.parametrize("late", [False, True], ids=["seen before", "seen at the rename"])
def test_one_open_file_leaves_the_whole_draft_as_it_was(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, late: bool
) -> None:
    """The ledger and the files tell of the same draft: it can be approved as it is."""
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "en")
    build = ["build", "memo", "--period", "2023Q2", "--now", NOW.isoformat()]
    assert main(build) == 0
    before, drafted = visible(house), ledger_of(house).issues()
    edit(house.data / "records.yaml", "理事会", "全体会议")
    with open_in_word("memo-2023Q2.zh.md", to_rename_alone=late):
        capsys.readouterr()
        assert main(build) == 1
        said = capsys.readouterr().err
        assert "memo-2023Q2.zh.md: error[file/held]: another program holds this file" in said
        assert "Close it in Word" in said
    assert visible(house) == before
    assert ledger_of(house).issues() == drafted
    assert main(["approve", "memo", "2023Q2", "--by", "W", "--yes", "--now", NOW.isoformat()]) == 0


def test_the_job_waits_for_an_open_file_and_tells_nobody_at_first(house: Folders) -> None:
    old = house.output / "memo/2023Q2/memo-2023Q2.zh.md"
    old.parent.mkdir(parents=True)
    old.write_text("of before, and open", "utf-8")
    alerts: list[str] = []

    def post(event: outbox.Occasion, _delivery: object) -> list[outbox.Intent]:
        alerts.extend([event.report.id] if event.kind == "alert" else [])
        return []

    found: list[tuple[str, bool]] = []
    with open_in_word("memo-2023Q2.zh.md"):
        for minutes in (0, 1, 6):
            outcomes = rounds.run_due(
                house, NOW + timedelta(minutes=minutes, seconds=1), tell=fail, post=post
            )
            found += [(one.state, one.alert) for one in outcomes if one.item.report == "memo"]
    assert found == [("waits", False), ("waits", False), ("failed", True)]
    assert alerts == ["memo"]
    assert old.read_text("utf-8") == "of before, and open"
    [made] = rounds.run_due(house, NOW + timedelta(minutes=30), tell=fail)
    assert made.state == "drafted"


def test_a_damaged_ledger_issues_nothing_twice(house: Folders, reference: dict[str, bytes]) -> None:
    rounds.run_due(house, NOW, tell=fail)
    (house.output / ".state" / "ledger.sqlite").write_bytes(b"")
    told: list[Problem] = []
    assert rounds.run_due(house, NOW + timedelta(days=1), tell=told.append) == ()
    assert [problem.code for problem in told] == ["ledger/restored"]
    is_whole(house, reference)


def test_a_lock_lasts_no_longer_than_its_holder(tmp_path: Path) -> None:
    path = str(tmp_path / "run.lock")
    code = f"import time, pathlib\nfrom reports import files\nwith files.lock(pathlib.Path({path!r}), 'x', 0):\n print('held', flush=True)\n time.sleep(60)"
    run = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert run.stdout
    assert run.stdout.readline() == "held\n"
    with pytest.raises(ReportError, match=f"process {run.pid}"), files.lock(tmp_path / "run.lock", "y", 0.1):
        pass
    run.kill()
    run.communicate()
    began = time.monotonic()
    with files.lock(tmp_path / "run.lock", "y", 5):
        assert time.monotonic() - began < 2
