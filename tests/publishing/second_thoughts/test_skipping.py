"""A period that a person passes over is not made by itself; by hand it can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.cli.output import local
from reports.pipeline.read import Folders
from reports.publishing.acts import acts
from reports.publishing.ledger import read_ledger
from tests.support.second_thoughts import LATER, letters, states, typed
from tests.support.smtp_server import RECIPIENTS, Server, switch_on
from tests.support.workplace import NOW, edit, small_house

WHY = ("--why", "nothing happened")
EARLIER = "2023-07-01T09:00+08:00"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv("REPORTS_LANG", "en")
    return small_house(tmp_path)


def test_what_is_passed_over_is_not_made(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(house, "skip", "memo", "2023Q2", "--by", "W", *WHY, at=EARLIER) == 0
    assert capsys.readouterr().out == (
        "memo 2023Q2 is passed over. To have it after all: run.py build memo --period 2023Q2\n"
    )

    typed(house, "run-due", at=NOW.isoformat())

    assert states(house) == {"letter/2023Q2": "issued"}
    assert read_ledger(house).passed_over() == {("memo", "2023Q2")}


def test_what_is_due_and_fails_is_tried_no_more(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    (house.templates / "letter" / "report.zh.md.j2").write_text("{{ nothing.at.all }}", "utf-8")
    assert typed(house, "run-due", at=NOW.isoformat()) == 1

    typed(house, "skip", "memo", "2023Q2", *WHY)
    typed(house, "skip", "letter", "2023Q2", *WHY)
    capsys.readouterr()

    assert typed(house, "run-due") == 0
    assert capsys.readouterr().out == "nothing is due\n"


def test_by_hand_it_can_be_made_all_the_same(house: Folders) -> None:
    typed(house, "skip", "memo", "2023Q2", *WHY)
    typed(house, "build", "memo", "--period", "2023Q2")
    typed(house, "approve", "memo", "2023Q2")
    assert states(house) == {"memo/2023Q2": "issued"}
    assert read_ledger(house).passed_over() == frozenset()


def test_history_schedule_and_status_tell_of_it(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    typed(house, "skip", "memo", "2096Q3", "--by", "W", *WHY)
    capsys.readouterr()

    typed(house, "history", "memo", at="")
    assert capsys.readouterr().out == f"memo/2096Q3  passed over  {local(LATER)}  W  nothing happened\n"

    typed(house, "schedule", "--list", at="")
    listed = capsys.readouterr().out.splitlines()
    assert listed[-1].endswith("memo  2096Q3  third quarter of 2096  passed over (nothing happened)")

    typed(house, "status", "memo", "--period", "2096Q3")
    assert "passed over: it is not made" in capsys.readouterr().out


def test_editors_are_not_asked_to_complete_what_is_not_made(house: Folders) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    with (house.data / "reports.yaml").open("a", encoding="utf-8") as file:
        file.write("      remind: [7]\n")  # behind the schedule of the memo
    switch_on(house, Server(port=9))  # which does not run
    typed(house, "run-due", at="2023-07-05T09:00+08:00")
    assert ("reminder", "editors@example.org", "pending") in letters(house)

    typed(house, "skip", "memo", "2023Q2", *WHY, at="2023-07-06T09:00+08:00")

    assert letters(house) == [("reminder", "editors@example.org", "dropped")]


@pytest.mark.parametrize(
    ("done", "words", "told"),
    [
        ((), ("memos", "2023Q2"), "Did you mean 'memo'"),
        ((), ("memo", "2023"), "'2023' is not a quarter period"),
        (("build memo --period 2023Q2",), ("memo", "2023Q2"), "run.py discard memo 2023Q2"),
        (
            ("build memo --period 2023Q2", "approve memo 2023Q2"),
            ("memo", "2023Q2"),
            'run.py withdraw memo/2023Q2 --why "…"',
        ),
    ],
)
def test_what_is_over_is_refused(
    house: Folders,
    capsys: pytest.CaptureFixture[str],
    done: tuple[str, ...],
    words: tuple[str, ...],
    told: str,
) -> None:
    for command in done:
        typed(house, *command.split())
    assert typed(house, "skip", *words, *WHY) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("done", "period", "told"),
    [
        ((), "2023Q1", "the schedule of memo begins with 2023Q2; 2023Q1 is before that"),
        (("skip memo 2023Q2 --why x",), "2023Q2", "memo 2023Q2 is passed over already"),
    ],
)
def test_what_is_not_made_anyway_is_said_and_no_failure(
    house: Folders, capsys: pytest.CaptureFixture[str], done: tuple[str, ...], period: str, told: str
) -> None:
    for command in done:
        typed(house, *command.split())
    known = acts(read_ledger(house))
    assert typed(house, "skip", "memo", period, *WHY) == 0
    assert told in capsys.readouterr().err
    assert acts(read_ledger(house)) == known


def test_what_the_schedule_was_too_late_for_is_called_the_same(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        house.data / "reports.yaml", "zone: Asia/Shanghai}\n", "zone: Asia/Shanghai}\n      missed: latest\n"
    )
    typed(house, "run-due", "--dry-run", at="2023-10-20T09:00+08:00")
    assert "pass over memo 2023Q2" in capsys.readouterr().out
    typed(house, "run-due", "--yes", at="2023-10-20T09:00+08:00")
    assert "passed over memo 2023Q2\n" in capsys.readouterr().out
    typed(house, "history", "memo", at="")
    assert "memo/2023Q2  passed over  " in capsys.readouterr().out


def test_without_a_schedule_there_is_nothing_to_pass_over(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (house.data / "reports.yaml").read_text("utf-8")
    (house.data / "reports.yaml").write_text(text[: text.rindex("    schedule:")], "utf-8")
    assert typed(house, "skip", "memo", "2023Q2", *WHY) == 0
    assert "memo has no schedule, so nothing makes 2023Q2 by itself" in capsys.readouterr().err


@pytest.mark.parametrize("why", [(), ("--why", " ")])
def test_a_reason_is_asked_for(
    house: Folders, capsys: pytest.CaptureFixture[str], why: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit):
        typed(house, "skip", "memo", "2023Q2", *why)
    assert "--why" in capsys.readouterr().err
