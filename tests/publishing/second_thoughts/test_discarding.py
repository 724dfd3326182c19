"""A draft that nobody wants goes with its files; what is remembered of it stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.cli.output import local
from reports.model.schedule import due
from reports.pipeline.read import Folders, read
from reports.publishing.acts import acts
from reports.publishing.ledger import read_ledger
from tests.support.second_thoughts import LATER, letters, states, typed
from tests.support.smtp_server import RECIPIENTS, Server, switch_on
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

ISSUED = ("memo/2023Q2/memo-2023Q2.zh.docx", "memo/2023Q2/memo-2023Q2.zh.md")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv("REPORTS_LANG", "en")
    return small_house(tmp_path)


def issued(house: Folders) -> dict[str, bytes]:
    """An issue, and records that have changed since."""
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    typed(house, "approve", "memo", "2023Q2", "--by", "W")
    edit(house.data / "records.yaml", "理事会", "全体会议")
    return visible(house)


def test_the_files_of_a_draft_go_and_its_record_stays(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    capsys.readouterr()

    assert typed(house, "discard", "memo", "2023Q2", "--by", "王", "--why", "too early") == 0

    assert not visible(house)
    assert not (house.output / "memo").exists()
    assert states(house) == {"memo/2023Q2": "discarded"}
    [act] = acts(read_ledger(house))
    assert (act.at, act.by, act.what, act.report, act.period, act.why) == (
        LATER, "王", "discard", "memo", "2023Q2", "too early",
    )  # fmt: skip
    told = capsys.readouterr().out
    assert told.startswith("discarded: memo/2023Q2\n")
    assert "memo-2023Q2.zh.docx" in told
    assert "mail.json" not in told
    assert told.endswith(
        "It is not made again by itself. To have it after all: run.py build memo --period 2023Q2\n"
    )


def test_the_draft_of_a_correction_goes_and_the_issue_stays(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    before = issued(house)
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    assert (house.output / "memo/2023Q2/revision-2").is_dir()

    assert typed(house, "discard", "memo", "2023Q2") == 0

    assert visible(house) == before
    assert not (house.output / "memo/2023Q2/revision-2").exists()
    assert states(house) == {"memo/2023Q2": "issued", "memo/2023Q2/2": "discarded"}
    assert "What is issued stays in force." in capsys.readouterr().out


def test_a_file_somebody_wrote_into_is_kept_and_named(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    edit(house.output / ISSUED[1], "理事会", "领导会")

    assert typed(house, "discard", "memo", "2023Q2") == 0

    assert list(visible(house)) == [ISSUED[1]]
    assert "kept, because they were changed since" in capsys.readouterr().out


def test_a_rehearsal_takes_nothing_away(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    before = visible(house)

    assert typed(house, "discard", "memo", "2023Q2", "--dry-run") == 0

    assert visible(house) == before
    assert states(house) == {"memo/2023Q2": "draft"}
    assert acts(read_ledger(house)) == ()
    assert "would discard memo/2023Q2 and remove:" in capsys.readouterr().out


@pytest.mark.parametrize("by_schedule", [True, False])
def test_the_schedule_does_not_make_it_again(house: Folders, *, by_schedule: bool) -> None:
    if by_schedule:
        typed(house, "run-due", at=NOW.isoformat())
    else:
        typed(house, "build", "memo", "--period", "2023Q2", "--correct", at="2023-07-01T09:00+08:00")

    typed(house, "discard", "memo", "2023Q2")

    ledger = ledger_of(house)
    waits = due(read(house.data).reports.reports.values(), ledger.done(), LATER)
    assert ("memo", "2023Q2") not in {item.turn for item in waits}
    assert ("memo", "2023Q2") in ledger.passed_over()


def test_a_correction_that_was_discarded_passes_over_nothing(house: Folders) -> None:
    issued(house)
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    typed(house, "discard", "memo", "2023Q2")
    assert ledger_of(house).passed_over() == frozenset()


def test_built_again_it_is_a_draft_again_with_the_number_it_would_have_had(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    typed(house, "discard", "memo", "2023Q2", "--by", "W", at=NOW.isoformat())
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    assert states(house) == {"memo/2023Q2": "draft"}

    typed(house, "approve", "memo", "2023Q2", "--by", "W")
    capsys.readouterr()
    typed(house, "history", "memo", at="")

    [issue] = ledger_of(house).issues()
    assert issue.number
    assert issue.number.total == 18
    assert capsys.readouterr().out.splitlines() == [
        f"memo/2023Q2  discarded  {local(NOW)}  W",
        f"memo/2023Q2  issued  {local(LATER)}  No. 2 of 2023 (no. 18 overall)  W",
    ]
    assert ledger_of(house).passed_over() == frozenset()


def test_history_and_show_say_who_discarded_it_and_why(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    typed(house, "discard", "memo", "2023Q2", "--by", "W", "--why", "too early")
    capsys.readouterr()

    typed(house, "history", at="")
    assert capsys.readouterr().out == f"memo/2023Q2  discarded  {local(LATER)}  W  too early\n"

    typed(house, "show", "memo/2023Q2", at="")
    assert f"    discarded: {local(LATER)}  W  too early\n" in capsys.readouterr().out


def test_verify_knows_a_copy_of_a_draft_that_was_discarded(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    copy = house.output / "copy.docx"
    copy.write_bytes((house.output / ISSUED[0]).read_bytes())
    typed(house, "discard", "memo", "2023Q2")
    capsys.readouterr()
    assert typed(house, "verify", str(copy)) == 1
    assert "    a draft that was discarded\n" in capsys.readouterr().out


def test_what_is_issued_is_not_discarded(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    before = issued(house)
    capsys.readouterr()

    assert typed(house, "discard", "memo", "2023Q2") == 1

    assert visible(house) == before
    told = capsys.readouterr().err
    assert "memo 2023Q2 is issued, and there is no draft of a correction" in told
    assert 'To take the issue back: run.py withdraw memo/2023Q2 --why "…".' in told


def test_no_draft_is_discarded_that_is_not_there(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    capsys.readouterr()

    assert typed(house, "discard", "mmo", "2023Q2") == 1

    told = capsys.readouterr().err
    assert "there is no draft of mmo 2023Q2 to discard" in told
    assert "memo 2023Q2" in told


# --- the letter that tells of it ----------------------------------------------------------------------------


def drafted_by_schedule(house: Folders) -> None:
    """A draft that the secretariat is to be told of, while nothing is sent."""
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    switch_on(house, Server(port=9))  # which does not run
    typed(house, "run-due", at=NOW.isoformat())
    assert ("draft", "office@example.org", "pending") in letters(house)


def test_the_letter_that_tells_of_a_discarded_draft_is_not_sent(house: Folders) -> None:
    drafted_by_schedule(house)
    typed(house, "discard", "memo", "2023Q2")
    assert ("draft", "office@example.org", "dropped") in letters(house)


def test_the_letter_that_asks_for_approval_is_not_sent_after_it(house: Folders) -> None:
    drafted_by_schedule(house)
    typed(house, "approve", "memo", "2023Q2", "--by", "W")
    assert ("draft", "office@example.org", "dropped") in letters(house)
    assert ("issue", "wang@example.org", "pending") in letters(house)
