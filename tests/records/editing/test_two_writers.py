"""Several people write into one data folder: nothing is lost, nobody waits for somebody who is being asked."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest

from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError
from reports.pipeline.read import Folders, read
from reports.preview.state import version
from reports.publishing.scheduler.idle import inputs
from reports.records.data_lock import LOCK, writing
from tests.support.workplace import small_house, start

MEETING = (
    "--set",
    "title.zh=会",
    "--set",
    "date=2023-05",
    "--set",
    "status=held",
    "--set",
    "source.doc=slides",
)
SOURCE = "sources:\n  - {id: slides, title: Slides, genre: slides}\n"
PLANNED = """\
meetings:
  - id: yearly
    title: {zh: 年度会议, en: Yearly meeting}
    date: 2023-05
    status: planned
    source: [{doc: slides}]
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A secretariat with one programme."""
    folders = small_house(tmp_path / "house")
    (folders.data / "records.yaml").unlink()
    (folders.data / "a").mkdir()
    (folders.data / "a" / "sources.yaml").write_text(SOURCE, "utf-8")
    (folders.data / "a" / "meetings.yaml").write_text(PLANNED, "utf-8")
    monkeypatch.setenv("REPORTS_LANG", "en")
    monkeypatch.chdir(folders.data.parent)
    return folders


def fail(problem: Problem) -> None:
    pytest.fail(str(problem))


def add(house: Folders, title: str) -> None:
    """Let somebody else add a meeting, in a process of its own."""
    ended = start(house, "new", "meetings", *MEETING, "--set", f"title.en={title}")
    told = ended.communicate(timeout=60)
    assert ended.returncode == 0, told


def titles(house: Folders) -> list[str]:
    reading = read(house.data)
    assert reading.problems == ()
    return sorted(meeting.label.get("en") for meeting in reading.dataset.all("meetings"))


@pytest.mark.parametrize("round_", range(3))
def test_of_four_who_add_a_record_at_once_nobody_loses_it(house: Folders, round_: int) -> None:
    names = [f"{round_}-{n}" for n in range(4)]
    running = [start(house, "new", "meetings", *MEETING, "--set", f"title.en={name}") for name in names]
    told = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0], told
    assert titles(house) == sorted([*names, "Yearly meeting"])


def test_who_has_to_wait_is_told_for_whom_and_who_waits_too_long_gets_a_sentence(house: Folders) -> None:
    told: list[Problem] = []
    with writing(house.data, "import members.xlsx", told.append):
        other = start(
            house, "new", "meetings", *MEETING, "--set", "title.en=Board",
            code="from reports.records import data_lock; data_lock.writing.__wrapped__.__kwdefaults__['patience'] = 2",
        )  # fmt: skip
        _, said = other.communicate(timeout=60)
    assert other.returncode == 1
    assert "waiting for another run: import members.xlsx (process" in said
    assert "another run is at work here: import members.xlsx (process" in said
    assert titles(house) == ["Yearly meeting"]
    assert told == []


def test_nobody_waits_for_who_is_asked_and_nothing_is_lost(
    house: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one answers the questions of `new`, another adds a record to the same file."""
    answers = {
        "title.zh": "理事会",
        "title.en": "Board",
        "date": "2023-06",
        "status": "held",
        "source.1.doc": "slides",
    }
    asked: list[str] = []

    def answer(question: str) -> str:
        if not asked:
            add(house, "Meanwhile")
        asked.append(question)
        assert len(asked) < 100
        return answers.get(question.partition(" ")[0], ".")

    monkeypatch.setattr("builtins.input", answer)
    assert main(["new", "meetings"]) == 0
    assert titles(house) == ["Board", "Meanwhile", "Yearly meeting"]


def test_what_changed_while_somebody_was_asked_is_looked_at_again(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("sheet.csv").write_text(
        "id,title.zh,title.en,date,status,source.doc\nyearly,年度会议,Yearly meeting,2023-05,held,slides\n",
        "utf-8",
    )
    said = ("--on", "2023-06-01", "--source", "slides", "--now", "2023-07-01")

    def answer(_question: str) -> str:
        other = start(house, "update", "yearly", "status=postponed", *said)
        told = other.communicate(timeout=60)
        assert other.returncode == 0, told
        return "yes"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    assert main(["import", "sheet.csv", "--kind", "meetings", *said]) == 1
    assert "error[entry/data-changed]: the data were changed while you were asked" in capsys.readouterr().err
    assert "held" not in (house.data / "a" / "meetings.yaml").read_text("utf-8")


def test_a_dry_run_holds_nothing(house: Folders) -> None:
    with writing(house.data, "migrate", fail):
        assert main(["new", "meetings", "--dry-run", *MEETING, "--set", "title.en=Board"]) == 0


def test_the_lock_disturbs_nobody_who_reads_or_watches(house: Folders) -> None:
    def seen() -> Any:
        return read(house.data).problems, inputs(house), version(house)

    before = seen()
    with writing(house.data, "new", fail):
        assert (house.data / LOCK).is_file()
        assert seen() == before
    assert seen() == before


def test_what_a_killed_writer_left_is_swept_away_by_the_next(house: Folders) -> None:
    stray = house.data / "a" / ".meetings.yaml.999999.tmp"
    stray.write_text("torn", "utf-8")
    add(house, "Board")
    assert not stray.exists()


def test_a_folder_that_is_not_there_is_not_made_by_locking_it(tmp_path: Path) -> None:
    with contextlib.suppress(ReportError), writing(tmp_path / "nowhere", "new", fail):
        pass
    assert not (tmp_path / "nowhere").exists()
