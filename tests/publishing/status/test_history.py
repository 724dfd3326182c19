"""A translation older than its text is told; a record's last change is known or said to be unknown, never guessed."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reports import files
from reports.cli.main import main
from reports.model.cutoff import LATEST
from reports.pipeline.read import Folders, read
from reports.publishing.issue import Issue, Stored
from reports.publishing.ledger import Ledger
from reports.publishing.status import survey
from reports.publishing.status.git import versions
from reports.publishing.status.history import State, Touch, touched
from reports.records import changes
from tests.conftest import need

SOURCE = "sources:\n  - {id: paper, title: {zh: 文件, en: Paper}, genre: minutes}\n"
EVENT = """\
events:
  - id: fair
    title:
      zh: 招聘会
      en: Job fair
    type: job fair
    date: 2023-05
    source: [{doc: paper}]
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A secretariat in a repository of its own, its first records committed on 1 January 2023."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/sources.yaml").write_text(SOURCE, "utf-8")
    (tmp_path / "data/events.yaml").write_text(EVENT, "utf-8")
    git(tmp_path, "init", "-q")
    commit(tmp_path, "2023-01-01")
    return tmp_path


def git(house: Path, *arguments: str, **environment: str) -> None:
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    subprocess.run([need("git"), *who, *arguments], cwd=house, check=True, env={**os.environ, **environment})


def commit(house: Path, day: str) -> None:
    git(house, "add", "data")
    moment = f"{day}T12:00:00+00:00"
    git(house, "commit", "-q", "-m", "Edit", GIT_COMMITTER_DATE=moment, GIT_AUTHOR_DATE=moment)


def edit(house: Path, old: str, new: str, name: str = "events") -> None:
    path = house / f"data/{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def folders(house: Path) -> Folders:
    return Folders(house / "data", house / "templates", house / "output")


def behind(house: Path) -> list[tuple[int, str]]:
    """Line and language of every translation that is behind."""
    found = survey.translations(folders(house), read(house / "data"))
    return [(problem.where.line, str(problem.args["lang"])) for problem in found]


# --- translations -----------------------------------------------------------------------------------------


def test_check_names_a_translation_whose_text_was_changed_after_it(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(house, "招聘会", "招聘会（线上）")
    assert main(["check"]) == 0
    said = capsys.readouterr().err

    assert (
        "data/events.yaml:5:11: warning[twins/behind]: 'title' was changed in 'zh' after this text in 'en'"
        in said
    )


def test_it_stays_behind_when_the_change_is_committed_and_others_follow(house: Path) -> None:
    edit(house, "招聘会", "招聘会（线上）")
    commit(house, "2023-02-01")
    edit(house, "2023-05", "2023-06")
    commit(house, "2023-03-01")

    assert behind(house) == [(5, "en")]


def test_a_translation_that_followed_is_up_to_date(house: Path) -> None:
    edit(house, "招聘会", "招聘会（线上）")
    commit(house, "2023-02-01")
    edit(house, "Job fair", "Job fair (online)")

    assert behind(house) == []


def test_both_changed_at_once_are_up_to_date(house: Path) -> None:
    edit(house, "招聘会", "招聘会（线上）")
    edit(house, "Job fair", "Job fair (online)")

    assert behind(house) == []


def test_a_better_translation_is_no_change_of_the_text(house: Path) -> None:
    edit(house, "Job fair", "Recruitment fair")

    assert behind(house) == []


def test_of_a_source_in_english_the_chinese_is_the_translation(house: Path) -> None:
    edit(house, "genre: minutes", "genre: minutes, language: en", "sources")
    edit(house, "Job fair", "Recruitment fair")

    assert behind(house) == [(4, "zh")]


def test_a_new_record_or_a_new_text_is_not_behind(house: Path) -> None:
    edit(house, "    type:", "    place: {zh: 会场, en: Job fair}\n    type:")

    assert behind(house) == []


def test_an_approved_report_settles_what_it_was_made_of(house: Path) -> None:
    edit(house, "招聘会", "招聘会（线上）")
    commit(house, "2023-02-01")
    remember(house, "2023-03-01")
    assert behind(house) == []

    edit(house, "招聘会（线上）", "招聘会（现场）")
    assert behind(house) == [(5, "en")]


def test_without_git_the_approved_reports_are_asked(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(house, "2023-03-01")
    monkeypatch.setenv("PATH", "")
    edit(house, "招聘会", "招聘会（现场）")

    assert behind(house) == [(5, "en")]


def test_where_nothing_is_remembered_nothing_is_said(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(house, "招聘会", "招聘会（现场）")
    monkeypatch.setenv("PATH", "")

    assert behind(house) == []
    assert versions(house / "data") == {}


def remember(house: Path, day: str) -> None:
    """Write down that a report of the data as they are was approved."""
    at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    ledger, _ = Ledger.open(house / "output/.state", files.write, files.move)
    facts = changes.facts_of(read(house / "data").dataset)
    snapshot = ledger.add_snapshot(changes.snapshot(facts, LATEST), at)
    stored = {"r/2023/r.md": Stored("0", "0")}
    draft = ledger.put_draft(Issue(0, "r", "2023", 1, "draft", stored, snapshot, at))
    ledger.approve(draft, at, year=2023, nth=1, before=0, by="Director")
    ledger.close()


# --- last change ------------------------------------------------------------------------------------------


def touch(house: Path, record: str = "fair") -> Touch:
    reading = read(house / "data")
    past = survey.past_of(folders(house), reading.dataset)
    file = reading.dataset.nodes[record].where.file
    return touched(record, changes.facts_of(reading.dataset)[record], past.get(file, ()))


def test_the_last_change_is_the_commit_that_made_the_record_what_it_is(house: Path) -> None:
    edit(house, "2023-05", "2023-06")
    commit(house, "2023-02-01")
    edit(house, "events:", "# a remark moves all lines\n\nevents:")
    commit(house, "2023-03-01")

    assert touch(house) == Touch(date(2023, 2, 1))
    assert touch(house, "paper") == Touch(date(2023, 1, 1))


def test_a_change_that_is_not_committed_is_known_as_such(house: Path) -> None:
    edit(house, "2023-05", "2023-06")

    assert touch(house).edited
    assert touch(house).day == date(2023, 1, 1)


def test_a_record_nobody_committed_is_unknown(house: Path) -> None:
    (house / "data/new.yaml").write_text(EVENT.replace("id: fair", "id: other"), "utf-8")

    assert touch(house, "other") == Touch()


def test_what_began_before_the_history_that_is_read_is_unknown(house: Path) -> None:
    edit(house, "paper", "paper2", "sources")
    commit(house, "2023-02-01")
    shallow = house / "shallow"
    git(house, "clone", "-q", "--depth", "1", house.as_uri(), str(shallow))

    assert touch(shallow, "fair") == Touch()


def test_states_that_could_not_be_read_tell_nothing() -> None:
    states = [State(datetime(2023, 3, 1, tzinfo=UTC), dict), State(datetime(2023, 2, 1, tzinfo=UTC), dict)]

    assert touched("fair", {"": "events"}, states) == Touch()


# --- why nothing is known -----------------------------------------------------------------------------------


def told_by_status(house: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the board of a report says beside itself."""
    (house / "data/reports.yaml").write_text(REPORTS, "utf-8")
    assert main(["status", "r", "--period", "2023", "--now", "2024-01-01"]) == 0
    return capsys.readouterr().err.splitlines()


REPORTS = """\
reports:
  - id: r
    title: {zh: 报告, en: Report}
    template: r
    profile: briefing
    period: year
    languages: [en]
    formats: [md]
"""


def test_the_board_has_nothing_to_excuse_where_git_answers(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told_by_status(house, capsys) == []


def test_a_board_without_git_says_so(
    house: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    said, hint, _ = told_by_status(house, capsys)

    assert said == (
        "data: warning[status/no-git]: nobody knows when records were last changed: git was not found"
    )
    assert hint == "    hint: Install git and open a new terminal."


def test_a_board_without_a_repository_says_what_to_type_and_it_helps(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / ".git").rename(house / "gone")

    said, hint, _ = told_by_status(house, capsys)

    assert said.endswith(
        "[status/no-repository]: nobody knows when records were last changed: 'data' lies in no git repository"
    )
    for words in re.findall(r"git ([a-z]+ ?[^,;]*?)(?=,|;)", hint):
        git(house, *words.split())
    assert told_by_status(house, capsys) == []


def test_a_board_on_a_share_says_how_to_trust_it(
    house: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The folder belongs to whoever made it; git looks into none of somebody else's."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))

    said, hint, _ = told_by_status(house, capsys)

    assert "[status/not-trusted]" in said
    line = hint.partition("type: ")[2].removesuffix(".")
    assert line == f"git config --global --add safe.directory {house}"
    subprocess.run(line.split(), check=True)
    assert told_by_status(house, capsys) == []


@pytest.mark.posix
def test_a_git_planted_beside_the_data_is_not_run(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may edit data could put a program there; the current folder is on no path of ours."""
    for folder in (house, house / "data"):
        (folder / "git").write_text(f"#!/bin/sh\ntouch '{house}/harm'\n", "utf-8")
        (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}data{os.pathsep}{os.environ['PATH']}")

    assert touch(house) == Touch(date(2023, 1, 1))
    assert not (house / "harm").exists()
