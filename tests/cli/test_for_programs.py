"""`--json`: what commands list, as one document for programs, whatever becomes of the command."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from reports.cli.main import main
from reports.pipeline import build as pipeline
from reports.pipeline.read import STATE, Folders
from tests.support import sending
from tests.support.smtp_server import (
    PASSWORD,
    RECIPIENTS,
    VARIABLE,
    Server,
    serving,
    settings_of,
    switch_on,
)
from tests.support.workplace import NOW, edit, small_house

MEMO = "memo/2023Q2"
#: What only the settings of delivery know, and no document tells.
SHARE = "kept-to-ourselves"

Told = Callable[..., Any]


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft of a memo that has leaders; delivery is not switched on. To be copied."""
    house = small_house(tmp_path_factory.mktemp("drafted") / "house")
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    sending.build(house, NOW)
    return house.data.parent


@pytest.fixture
def house(drafted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    shutil.copytree(drafted, tmp_path / "house")
    monkeypatch.chdir(tmp_path / "house")
    monkeypatch.setenv("REPORTS_LANG", "en")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return Folders(*(tmp_path / "house" / name for name in ("data", "templates", "output")))


@pytest.fixture
def outgoing(house: Folders, tmp_path: Path) -> Iterator[Server]:
    """Delivery is on, by mail and into a folder, and the memo is issued: two letters and a folder wait."""
    (tmp_path / SHARE).mkdir()
    with serving(Server()) as running:
        switch_on(house, running, f"folder: {{path: {(tmp_path / SHARE).as_posix()}}}\n")
        sending.issue(house)
        yield running


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Types a command with --json, here and now, and reads the one document on standard output."""

    def types(*words: str, status: int = 0, now: datetime | None = NOW) -> Any:
        capsys.readouterr()
        assert main([*words, "--json", *(("--now", now.isoformat()) if now else ())]) == status
        document = capsys.readouterr().out
        for secret in (SHARE, PASSWORD, VARIABLE):
            assert secret not in document
        return json.loads(document)

    return types


# --- what was done ------------------------------------------------------------------------------------------


def test_history_tells_issues_what_was_not_made_and_what_people_did(house: Folders, told: Told) -> None:
    sending.issue(house)
    edit(house.templates / "letter/report.en.md.j2", "meeting.title", "meeting.titel")
    main(["run-due", "--now", NOW.isoformat()])
    main(["skip", "memo", "2023Q3", "--why", "holiday", "--by", "Li", "--now", NOW.isoformat()])

    history = told("history", now=None)

    [issue], [run], [act] = history["issues"], history["runs"], history["acts"]
    assert (issue["name"], issue["state"], issue["approved_by"]) == (MEMO, "issued", "W")
    assert issue["number"]["label"] == "No. 2 of 2023 (no. 18 overall)"
    assert issue["issued"] == "2023-07-11T01:00:00+00:00"
    assert (run["report"], run["period"], run["outcome"]) == ("letter", "2023Q2", "failed")
    assert "titel" in run["problems"][0]
    assert (act["what"], act["period"], act["by"], act["why"]) == ("skip", "2023Q3", "Li", "holiday")


def test_of_nothing_there_are_empty_lists(house: Folders, told: Told) -> None:
    shutil.rmtree(house.output)
    assert told("history", now=None) == {"issues": [], "runs": [], "acts": []}


@pytest.mark.usefixtures("outgoing")
def test_show_tells_all_of_an_issue(house: Folders, told: Told) -> None:
    sending.correct(house, NOW)

    issue = told("show", f"{MEMO}/2", now=None)

    assert (issue["revision"], issue["state"]) == (2, "issued")
    assert [one["file"] for one in issue["files"]] == [
        "memo/2023Q2/revision-2/memo-2023Q2.zh.docx",
        "memo/2023Q2/revision-2/memo-2023Q2.zh.md",
    ]
    assert {len(one["sha256"]) for one in issue["files"]} == {len(issue["data"])} == {64}
    assert [(one["to"], one["state"]) for one in issue["recipients"]] == [
        ("wang@example.org", "pending"),
        ("li@example.org", "pending"),
        (None, "pending"),
    ]
    assert issue["recipients_known"]
    [change] = issue["changes"]
    assert (change["id"], change["before"], change["after"]) == ("board", "理事会", "全体会议")


def test_adopt_tells_what_it_takes_in_and_before_it_does(house: Folders, told: Told) -> None:
    sending.issue(house)
    shutil.rmtree(house.output / STATE)

    before, done = told("adopt", "--dry-run"), told("adopt")

    assert [issue["name"] for issue in before] == [issue["name"] for issue in done] == [MEMO]
    assert told("adopt") == []
    shown = told("show", MEMO, now=None)
    assert ([act["what"] for act in shown["acts"]], shown["recipients_known"]) == (["adopt"], False)


# --- what is due, what goes out -----------------------------------------------------------------------------


def test_run_due_tells_what_is_due_and_then_what_became_of_it(house: Folders, told: Told) -> None:
    shutil.rmtree(house.output)

    items, made = told("run-due", "--dry-run"), told("run-due")

    assert [(one["report"], one["action"], one["due"]) for one in items] == [
        ("letter", "build", "2023-07-10T09:00:00+08:00"),
        ("memo", "build", "2023-07-10T09:00:00+08:00"),
    ]
    assert not items[0]["provisional"]
    assert [(one["report"], one["period"], one["state"]) for one in made["outcomes"]] == [
        ("letter", "2023Q2", "issued"),
        ("memo", "2023Q2", "drafted"),
    ]
    assert told("run-due") == {"outcomes": [], "tried": []}


def test_run_due_tells_what_failed_with_status_1(house: Folders, told: Told) -> None:
    edit(house.templates / "letter/report.en.md.j2", "meeting.title", "meeting.titel")
    made = told("run-due", status=1)
    [letter] = [one for one in made["outcomes"] if one["report"] == "letter"]
    assert (letter["state"], letter["problems"]) == ("failed", ["template/undefined"])


def test_run_due_tells_that_it_did_nothing_where_the_round_is_refused(house: Folders, told: Told) -> None:
    edit(house.data / "reports.yaml", "period: quarter", "period: quarterly")
    assert told("run-due", status=1) == {"outcomes": [], "tried": []}


def test_run_due_tells_what_it_tried_to_send(outgoing: Server, told: Told) -> None:
    assert [(one["to"], one["state"]) for one in told("run-due")["tried"]] == [
        ("wang@example.org", "sent"),
        ("li@example.org", "sent"),
        (None, "sent"),  # the folder gets the memo,
        (None, "sent"),  # and the letter, which is due
    ]
    assert len(outgoing.taken) == 2


@pytest.mark.usefixtures("house")
def test_schedule_lists_the_next_turns_and_those_passed_over(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    main(["skip", "memo", "2023Q3", "--why", "holiday", "--now", NOW.isoformat()])
    turns = told("schedule", "--list", now=None)
    letter, skipped = turns[0], next(one for one in turns if one["skipped"])
    assert (letter["report"], letter["period"], letter["label"]) == (
        "letter",
        "2023Q2",
        "second quarter of 2023",
    )
    assert (letter["due"], letter["zone"]) == ("2023-07-10T09:00:00+08:00", "Asia/Shanghai")
    assert not letter["provisional"]
    assert (skipped["report"], skipped["period"], skipped["skipped"]) == ("memo", "2023Q3", "holiday")


@pytest.mark.usefixtures("outgoing")
def test_deliver_tells_what_would_go_and_what_went(told: Told) -> None:
    rehearsed, sent = told("deliver", "--dry-run"), told("deliver")

    letter, _, folder = rehearsed["waiting"]
    assert (letter["to"], letter["letter"]["subject"]) == ("wang@example.org", "备忘 2023年第二季度")
    assert letter["letter"]["files"] == ["备忘 2023年第二季度.docx"]
    assert (folder["to"], folder["letter"]) == (None, None)
    assert [one["state"] for one in sent["tried"]] == ["sent", "sent", "sent"]
    assert told("deliver") == {"on": True, "tried": [], "waiting": []}


def test_deliver_tells_what_waits_still_with_status_1(outgoing: Server, house: Folders, told: Told) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = free.getsockname()[1]
    edit(settings_of(house), f"port: {outgoing.port}", f"port: {nobody}")
    states = [(one["to"], one["state"]) for one in told("deliver", status=1)["tried"]]
    assert ("wang@example.org", "pending") in states


def test_while_delivery_is_off_deliver_tells_who_would_get_it(house: Folders, told: Told) -> None:
    (house.data.parent / "delivery.yaml").write_text(f"on: false\nfolder: {{path: /{SHARE}}}\n", "utf-8")
    found = told("deliver")
    assert (found["on"], found["waiting"]) == (False, [])
    assert [one["to"] for one in found["recipients"]] == ["wang@example.org", "li@example.org"]


@pytest.mark.usefixtures("outgoing")
def test_a_folder_that_cannot_be_written_is_told_without_its_path(tmp_path: Path, told: Told) -> None:
    shutil.rmtree(tmp_path / SHARE)
    (tmp_path / SHARE).write_text("a file", "utf-8")
    *_, folder = sorted(told("deliver", status=1)["tried"], key=lambda one: one["to"] is None)
    assert (folder["state"], bool(folder["answer"])) == ("pending", True)


# --- files ---------------------------------------------------------------------------------------------------


def test_build_tells_what_became_of_each_report(house: Folders, told: Told) -> None:
    sending.issue(house)
    edit(house.data / "records.yaml", "2023-06-01", "2023-06-02")

    letter, memo = told("build", "letter", "memo", "--period", "2023Q2", status=1)

    assert (letter["report"], letter["what"], letter["revision"]) == ("letter", "files", 1)
    assert letter["files"] == [f"output/letter/2023Q2/letter-2023Q2.{lang}.md" for lang in ("zh", "en")]
    assert (memo["what"], memo["period"], memo["files"]) == ("differs", "2023Q2", [])
    assert "2 June 2023" in " ".join(memo["told"])


#: A sum, and a value as it stands.
_TEMPLATE = """\
---
title: {{ report.title }}
---

{{ record("board").date }}; {{ meetings() | length }} meetings.
"""


@pytest.fixture
def word(house: Folders) -> str:
    """A memo as a Word file, issued."""
    (house.templates / "letter/report.zh.md.j2").write_text(_TEMPLATE, "utf-8")
    sending.build(house, NOW)
    sending.issue(house)
    return "output/memo/2023Q2/memo-2023Q2.zh.docx"


def test_trace_tells_where_facts_and_what_is_worked_out_come_from(word: str, told: Told) -> None:
    facts = told("trace", word, now=None)

    [day] = [one for one in facts if one["shown"] == "2023年6月1日"]
    assert day["rule"] is None
    assert day["origins"] == [
        {
            "record": "board", "field": "date", "on": None, "value": "2023-06-01",
            "file": "data/records.yaml", "line": 11, "column": 11, "now": "2023-06-01",
        }
    ]  # fmt: skip
    [count] = [one for one in facts if one["rule"]]
    assert (count["shown"], count["rule"]) == ("2", "count")
    assert [one["record"] for one in count["origins"]] == ["yearly", "board"]


def test_trace_tells_what_a_value_is_now_and_that_it_is_gone(word: str, house: Folders, told: Told) -> None:
    def now() -> list[object]:
        return [one["now"] for one in told("trace", word, "6月", now=None)[0]["origins"]]

    edit(house.data / "records.yaml", "2023-06-01", "2023-06-02")
    assert now() == ["2023-06-02"]
    edit(house.data / "records.yaml", "    date: 2023-06-02\n", "")
    assert now() == [None]


def test_verify_tells_its_verdict(word: str, house: Folders, told: Told) -> None:
    same = told("verify", word)
    assert (same["good"], same["standing"], same["issues"][0]["name"]) == (True, "current", MEMO)

    edit(house.data / "records.yaml", "2023-06-01", "2023-06-02")
    [one] = told("verify", word, status=1)["differing"]
    assert (one["shown"], one["now"], one["file"], one["line"]) == (
        "2023年6月1日", "2023年6月2日", "data/records.yaml", 11,
    )  # fmt: skip


# --- second thoughts ----------------------------------------------------------------------------------------


def test_rename_tells_what_changes(house: Folders, told: Told) -> None:
    sending.issue(house)
    found = told("rename", "memo", "brief", "--dry-run")
    assert (found["what"], found["old"], found["new"]) == ("report", "memo", "brief")
    assert [(one["file"], one["text"]) for one in found["changes"]] == [("data/reports.yaml", "- id: memo")]
    assert found["issues"] == [MEMO]


def test_discard_tells_which_files_go(house: Folders, told: Told) -> None:
    (house.output / "memo/2023Q2/memo-2023Q2.zh.md").write_text("changed by hand", "utf-8")
    assert told("discard", "memo", "2023Q2") == {
        "issue": MEMO,
        "removed": ["output/memo/2023Q2/memo-2023Q2.zh.docx"],
        "kept": ["output/memo/2023Q2/memo-2023Q2.zh.md"],
        "correction": False,
    }


@pytest.mark.usefixtures("outgoing")
def test_withdraw_tells_who_is_told_and_who_does_not_get_it_any_more(told: Told) -> None:
    found = told("withdraw", MEMO, "--why", "a wrong figure")
    assert found["issue"] == MEMO
    assert [one["to"] for one in found["dropped"]] == ["wang@example.org", "li@example.org", None]
    assert [one["to"] for one in found["told"]] == [None]  # what lies in the folder is moved aside


# --- what goes wrong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "memo/1999Q1"), "memo/1999Q1"),
        (("trace", "output/memo/2023Q2/memo-2023Q2.zh.docx", "nowhere in it"), "nowhere in it"),
        (("adopt", "--output", "data/out"), "data/out"),
    ],
)
@pytest.mark.usefixtures("house")
def test_where_nothing_can_be_told_the_document_is_null(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == "null\n"
    assert sentence in said.err


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("boom"), PermissionError(13, "boom", "data/records.yaml")], ids=repr
)
@pytest.mark.usefixtures("house")
def test_so_it_is_where_the_product_itself_or_the_system_fails(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "make_one", fails)
    assert main(["build", "memo", "--json"]) == 1
    said = capsys.readouterr()
    assert (said.out, "boom" in said.err) == ("null\n", True)
