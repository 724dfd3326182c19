"""A report gets another id: its issues, turns, letters and files follow, and nothing is made or sent again."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.cli.output import local
from reports.model.schedule import due
from reports.pipeline.read import Folders, read
from reports.publishing import outbox
from reports.publishing.acts import Act, acts
from reports.publishing.ledger import read_ledger
from reports.publishing.output_folder import opened
from reports.publishing.second_thoughts.new_names import rename_in_ledger
from tests.support.second_thoughts import LATER, letters, states, typed
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving, switch_on
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

AT = NOW.isoformat()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv("REPORTS_LANG", "en")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return small_house(tmp_path)


def issued(house: Folders) -> dict[str, bytes]:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct", at=AT)
    assert typed(house, "approve", "memo", "2023Q2", "--by", "W", at=AT) == 0
    return visible(house)


def test_all_that_is_remembered_follows(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    before = issued(house)
    typed(house, "skip", "memo", "2023Q4", "--why", "holidays", "--by", "W")
    entry = (house.data / "reports.yaml").read_text("utf-8")
    capsys.readouterr()

    assert typed(house, "rename", "memo", "note", "--by", "W", "--why", "it is a note") == 0

    assert (house.data / "reports.yaml").read_text("utf-8") == entry.replace("id: memo", "id: note")
    assert states(house) == {"note/2023Q2": "issued"}
    assert visible(house) == {name.replace("memo/", "note/"): data for name, data in before.items()}
    assert not (house.output / "memo").exists()
    ledger = read_ledger(house)
    assert {turn[0] for turn in ledger.done().settled} == {"note"}
    assert [act.report for act in acts(ledger)] == ["note", "note"]
    assert dict(acts(ledger)[-1].details) == {"before": "memo"}
    assert capsys.readouterr().out.splitlines() == [
        "report memo → note",
        f"    {house.data}/reports.yaml:13  - id: memo",
        "    follow it: memo/2023Q2",
        f"    the files of memo/ go to {house.output}/note/ under the names they have",
        "Renamed. Run check, and commit the changes.",
    ]
    typed(house, "history", "note", at="")
    assert f"memo → note  renamed  {local(LATER)}  W  it is a note\n" in capsys.readouterr().out


def test_nothing_is_made_again(house: Folders) -> None:
    typed(house, "run-due", at=AT)
    typed(house, "rename", "letter", "newsletter")
    waits = due(read(house.data).reports.reports.values(), read_ledger(house).done(), LATER)
    assert waits == ()


def test_a_period_of_which_there_was_only_a_draft_is_due_again(house: Folders) -> None:
    """The draft bears the old id and goes; nobody is to miss the issue."""
    typed(house, "run-due", at=AT)

    typed(house, "rename", "memo", "note", "--why", "it is a note")

    waits = due(read(house.data).reports.reports.values(), read_ledger(house).done(), LATER)
    assert [(item.report, str(item.period)) for item in waits] == [("note", "2023Q2")]
    assert [(act.what, act.report, act.period) for act in acts(read_ledger(house))] == [
        ("discard", "note", "2023Q2"),
        ("rename", "note", ""),
    ]


def test_what_is_issued_keeps_its_number_and_the_next_gets_the_next(house: Folders) -> None:
    issued(house)
    typed(house, "rename", "memo", "note")
    typed(house, "build", "note", "--period", "2023Q3", "--correct")
    typed(house, "approve", "note", "2023Q3")
    assert {one.name: one.number and one.number.total for one in ledger_of(house).issues()} == {
        "note/2023Q2": 18, "note/2023Q3": 19,
    }  # fmt: skip
    assert "note/2023Q3/note-2023Q3.zh.docx" in visible(house)


def test_nobody_gets_again_what_they_have(house: Folders) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    with serving(Server()) as server:
        switch_on(house, server)
        issued(house)
        typed(house, "deliver", at=AT)
        assert len(server.taken) == 2
        ids = server.ids
        typed(house, "rename", "memo", "note")
        typed(house, "deliver", "note/2023Q2")
        assert server.ids == ids
    entries = outbox.entries(ledger_of(house))
    assert [(one.intent.report, one.intent.message_id, one.state) for one in entries] == [
        ("note", key, "sent") for key in ids
    ]


def test_what_waits_is_sent_from_the_folder_of_its_new_id(house: Folders) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    with serving(Server()) as server:
        switch_on(house, server)
        issued(house)
        typed(house, "rename", "memo", "note")
        typed(house, "deliver")
        assert len(server.taken) == 2
    assert {state for _, _, state in letters(house)} == {"sent"}


def test_verify_knows_a_file_by_the_id_it_was_made_under(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(house)
    typed(house, "rename", "memo", "note")
    typed(house, "rename", "note", "notice")
    capsys.readouterr()
    assert typed(house, "verify", str(house.output / "notice/2023Q2/memo-2023Q2.zh.docx")) == 0
    told = capsys.readouterr().out
    assert "in force, issued" in told
    assert "Every fact reads the same now." in told


def test_drafts_are_discarded_for_they_bear_the_old_id(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(house, "run-due", at=AT)
    assert states(house) == {"letter/2023Q2": "issued", "memo/2023Q2": "draft"}
    capsys.readouterr()

    assert typed(house, "rename", "memo", "note") == 0

    assert "draft memo/2023Q2 is discarded; to build it again: run.py build note --period 2023Q2" in (
        capsys.readouterr().out
    )
    assert states(house) == {"letter/2023Q2": "issued", "note/2023Q2": "discarded"}
    assert not [name for name in visible(house) if name.startswith(("memo", "note"))]
    typed(house, "build", "note", "--period", "2023Q2", "--correct")
    assert typed(house, "approve", "note", "2023Q2") == 0


def test_a_rehearsal_changes_nothing(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    before = issued(house)
    capsys.readouterr()
    assert typed(house, "rename", "memo", "note", "--dry-run") == 0
    assert "follow it: memo/2023Q2" in capsys.readouterr().out
    assert visible(house) == before
    assert states(house) == {"memo/2023Q2": "issued"}
    assert "id: memo" in (house.data / "reports.yaml").read_text("utf-8")


# --- an id changed by hand ----------------------------------------------------------------------------------


def test_check_asks_whether_a_report_that_is_gone_was_renamed(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(house)
    edit(house.data / "reports.yaml", "id: memo", "id: memos")
    capsys.readouterr()
    assert typed(house, "check") == 0
    told = capsys.readouterr().err
    assert "1 issues of 'memo' are remembered, and there is no such report: was it renamed?" in told
    assert "Before anything is built, run: run.py rename memo memos." in told

    assert typed(house, "rename", "memo", "memos") == 0

    assert states(house) == {"memos/2023Q2": "issued"}
    assert typed(house, "check") == 0
    assert "was it renamed" not in capsys.readouterr().err


def test_drafts_that_were_made_under_the_new_id_make_room(house: Folders) -> None:
    issued(house)
    edit(house.data / "reports.yaml", "id: memo", "id: memos")
    typed(house, "run-due")
    assert states(house) == {
        "memo/2023Q2": "issued", "letter/2023Q2": "issued", "memos/2023Q2": "draft",
    }  # fmt: skip

    assert typed(house, "rename", "memo", "memos") == 0

    assert states(house) == {"memos/2023Q2": "issued", "letter/2023Q2": "issued"}
    assert [name for name in visible(house) if name.startswith("memo")] == [
        "memos/2023Q2/memo-2023Q2.zh.docx", "memos/2023Q2/memo-2023Q2.zh.md",
    ]  # fmt: skip


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("memo", "letter", "another report bears the id 'letter'"),
        ("meno", "note", "Did you mean 'memo'?"),
        ("record:memo", "note", "no report and no record bears the id 'memo'"),
        ("memo", "Memo", "'Memo' is no good as an id"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changed(
    house: Folders, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    before = issued(house)
    assert typed(house, "rename", old, new) == 1
    assert told in capsys.readouterr().err
    assert visible(house) == before
    assert states(house) == {"memo/2023Q2": "issued"}


def test_issues_of_two_reports_are_not_mixed(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    issued(house)
    edit(house.data / "reports.yaml", "id: memo", "id: note")
    typed(house, "build", "note", "--period", "2023Q2", "--correct")
    typed(house, "approve", "note", "2023Q2")
    assert typed(house, "rename", "memo", "note") == 1
    assert "'note' has issues of its own" in capsys.readouterr().err


def test_what_is_done_is_told_to_be_done(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    issued(house)
    typed(house, "rename", "memo", "note")
    assert typed(house, "rename", "memo", "note") == 0
    assert "'memo' is called 'note' already" in capsys.readouterr().err
    assert typed(house, "rename", "memo", "paper") == 1  # which it is not called
    assert "run.py rename note paper" in capsys.readouterr().err


# --- interrupted --------------------------------------------------------------------------------------------


def test_a_round_after_an_interrupted_renaming_completes_it_and_makes_nothing_again(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(house, "run-due", at=AT)
    with opened(house, "test", NOW, tell=lambda problem: None) as office, office.ledger.transaction(NOW):
        rename_in_ledger(office.ledger, Act(NOW, "W", "rename", "newsletter", details={"before": "letter"}))
    capsys.readouterr()

    assert typed(house, "run-due") == 1  # what it has read knows the report by its old id

    told = capsys.readouterr().err
    assert "'letter' was being renamed to 'newsletter', which is completed now" in told
    assert "id: newsletter" in (house.data / "reports.yaml").read_text("utf-8")
    assert {name.partition("/")[0] for name in visible(house)} == {"memo", "newsletter"}
    assert typed(house, "run-due") == 0
    assert capsys.readouterr().out == "nothing is due\n"
    assert states(house) == {"newsletter/2023Q2": "issued", "memo/2023Q2": "draft"}
