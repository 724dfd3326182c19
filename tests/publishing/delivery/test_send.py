"""Delivery against a real mail server on loopback, and one that fails on purpose: 0 lost, nothing in clear."""

from __future__ import annotations

import json
import logging
import os
import shutil
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.diagnostics.problems import ReportError
from reports.pipeline.read import Folders
from reports.publishing import outbox, output_folder
from reports.publishing.delivery import intents, shared_folder
from reports.publishing.delivery.send import deliver
from reports.publishing.scheduler.resident import Resident
from tests.support.sending import build, issue, run, send, states
from tests.support.smtp_server import (
    PASSWORD,
    RECIPIENTS,
    USER,
    VARIABLE,
    Server,
    authority,
    serving,
    settings_of,
    switch_on,
)
from tests.support.workplace import NOW, edit, ledger_of, start

# --- the way it should be -----------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("method", ["PLAIN", "LOGIN"])
def test_every_leader_gets_one_message(house: Folders, security: str, method: str) -> None:
    with serving(Server(security=security, methods=(method,))) as server:
        switch_on(house, server)
        issue(house)
        entries, told = send(house)
        assert send(house, NOW + timedelta(days=1)) == ([], [])
    assert ([e.state for e in entries], told) == (["sent", "sent"], [])
    assert [to for to, _ in server.taken] == ["wang@example.org", "li@example.org"]
    assert len(set(server.ids)) == 2
    assert server.logins == [(USER.encode(), PASSWORD.encode())] * 2


def test_the_body_stands_alone_and_the_word_file_is_attached(house: Folders, server: Server) -> None:
    switch_on(house, server)
    issue(house)
    send(house)
    _, message = server.taken[0]
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text
    assert html
    for part in (text.get_content(), html.get_content()):
        for words in ("尊敬的王主任：", "备忘", "2023年第2期 总第18期", "年度会议", "秘书处"):
            assert words in part
    [word] = message.iter_attachments()
    assert word.get_filename() == "备忘 2023年第二季度.docx"
    assert word.get_content() == (house.output / "memo/2023Q2/memo-2023Q2.zh.docx").read_bytes()
    assert message["Subject"] == "备忘 2023年第二季度"
    assert message["To"].addresses[0].display_name == "王主任"
    assert message["From"].addresses[0].addr_spec == "reports@example.org"


def test_nothing_is_mailed_before_it_is_switched_on(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    edit(settings_of(house), "on: true", "on: false")
    issue(house)
    assert send(house) == ([], [])
    assert outbox.entries(ledger_of(house)) == ()
    assert run(house, "deliver") == 0
    assert "wang@example.org" in capsys.readouterr().out
    edit(settings_of(house), "on: false", "on: true")
    assert send(house) == ([], [])  # what was issued before is not mailed afterwards
    assert server.connections == 0


def test_what_came_out_while_delivery_was_off_is_sent_on_demand(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once to each: who was added to the list since gets it too, and nobody a second time."""
    issue(house)
    switch_on(house, server)
    assert run(house, "deliver", "memo/2023Q2", "--dry-run") == 0
    assert "memo 2023Q2  → wang@example.org" in capsys.readouterr().out
    assert outbox.entries(ledger_of(house)) == ()

    assert run(house, "deliver", "memo/2023Q2") == 0
    first = sorted(to for to, _ in server.taken)
    assert first == ["li@example.org", "wang@example.org"]

    edit(house.data / "reports.yaml", "wang@example.org", "zhao@example.org")
    assert run(house, "deliver", "memo/2023Q2") == 0
    assert [to for to, _ in server.taken[2:]] == ["zhao@example.org"]
    capsys.readouterr()
    assert run(house, "deliver", "memo/2023Q2") == 0
    assert "every recipient is in the outbox already" in capsys.readouterr().err
    assert len(server.taken) == 3


def test_on_demand_the_issue_in_force_is_sent_and_not_the_draft_of_its_correction(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(house)
    edit(house.data / "records.yaml", "理事会", "全体会议")
    build(house, NOW + timedelta(hours=1))
    switch_on(house, server)
    assert run(house, "deliver", "memo/2023Q2/2") == 1
    assert "error[delivery/not-in-force]" in capsys.readouterr().err
    assert run(house, "deliver", "memo/2023Q2") == 0
    assert {e.intent.revision for e in outbox.entries(ledger_of(house))} == {1}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("memo/2023Q2", "delivery/not-in-force"),
        ("memo/2022Q1", "issue/unknown"),
        ("mmo/2023Q2", "issue/unknown"),
    ],
)
def test_only_what_is_issued_is_sent_on_demand(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str], name: str, code: str
) -> None:
    switch_on(house, server)
    assert run(house, "deliver", name) == 1  # the draft was not approved
    assert f"error[{code}]" in capsys.readouterr().err
    assert server.connections == 0


def test_a_correction_says_what_was_corrected(house: Folders, server: Server) -> None:
    switch_on(house, server)
    issue(house)
    edit(house.data / "records.yaml", "理事会", "全体会议")
    build(house, NOW + timedelta(hours=1))
    issue(house, NOW + timedelta(hours=1))
    send(house, NOW + timedelta(hours=1))
    first, second = server.taken[0][1], server.taken[2][1]
    assert first["Message-ID"] != second["Message-ID"]
    body = second.get_body(("plain",))
    assert body
    assert "更正（第2版）：备忘" in second["Subject"]
    names = [part.get_filename() for message in (first, second) for part in message.iter_attachments()]
    assert names == ["备忘 2023年第二季度.docx", "备忘 2023年第二季度 更正 第2版.docx"]
    said = body.get_content().replace("\r\n", "\n")
    assert "与第1版相比，本版更正如下：\n- 全体会议：会议名称由“理事会”改为“全体会议”。" in said


# --- a server that fails ------------------------------------------------------------------------------------


def test_one_refused_recipient_does_not_touch_the_others(house: Folders) -> None:
    with serving(Server(refuses=frozenset({"wang@example.org"}))) as server:
        switch_on(house, server)
        issue(house)
        _, told = send(house)
        assert states(house)["wang@example.org"] == "failed"
        for day in range(1, 8):
            send(house, NOW + timedelta(days=day))
    assert told == ["delivery/refused"]
    assert [to for to, _ in server.taken] == ["li@example.org", "office@example.org"]
    assert server.taken[1][1]["Subject"].startswith("Delivery in doubt: Memo")


BEFORE = ("drops at DATA", "garbage before the dot", "greylists", "stalls at once", "cannot now")
AFTER = ("drops after the dot", "garbage after the dot", "stalls after the dot")


@pytest.mark.parametrize("mode", BEFORE)
def test_what_fails_before_the_dot_is_sent_later_and_once(house: Folders, mode: str) -> None:
    with serving(Server(mode=mode)) as server:
        switch_on(house, server)
        edit(settings_of(house), "timeout: 2", "timeout: 1")
        issue(house)
        entries, _ = send(house)
        assert {e.state for e in entries} == {"pending"}
        assert send(house, NOW + timedelta(minutes=4)) == ([], [])
        server.mode = ""
        assert [e.state for e in send(house, NOW + timedelta(minutes=5))[0]] == ["sent", "sent"]
    assert len(server.ids) == len(set(server.ids)) == 2


def test_a_connection_lost_amid_the_message_loses_nothing(house: Folders) -> None:
    """Whether the last bytes were on their way when it went, a client may see or not."""
    with serving(Server(mode="drops before the dot")) as server:
        switch_on(house, server)
        issue(house)
        entries, _ = send(house)
        assert {e.state for e in entries} <= {"pending", "unknown"}
        server.mode = ""
        for entry in outbox.entries(ledger_of(house), "unknown"):
            assert run(house, "outbox", "resend", intents.short_id(entry.intent)) == 0
        send(house, NOW + timedelta(hours=1))
    assert sorted(to for to, _ in server.taken if "office" not in to) == [
        "li@example.org",
        "wang@example.org",
    ]


@pytest.mark.parametrize("mode", AFTER)
def test_without_an_answer_to_the_dot_a_person_is_asked(house: Folders, mode: str) -> None:
    with serving(Server(mode=mode)) as server:
        switch_on(house, server)
        edit(settings_of(house), "final: 2", "final: 1")
        edit(
            house.data / "reports.yaml",
            "        - {name: {zh: 李主任, en: Director Li}, address: li@example.org}\n",
            "",
        )
        issue(house)
        [entry], told = send(house)
        assert (entry.state, told) == ("unknown", ["delivery/unknown"])
        server.mode = ""
        [report], _ = send(house, NOW + timedelta(days=1))
        assert (report.intent.kind, report.intent.recipient) == ("undelivered", "office@example.org")
        assert run(house, "outbox", "resend", intents.short_id(entry.intent)) == 0
        send(house, NOW + timedelta(days=1))
    copies = [message for to, message in server.taken if to == "wang@example.org"]
    assert [m["Message-ID"] for m in copies] == [entry.intent.message_id] * 2
    assert copies[0].as_bytes() == copies[1].as_bytes()
    assert states(house)["wang@example.org"] == "sent"


def test_what_is_dropped_is_not_sent_again(house: Folders) -> None:
    with serving(Server(mode="drops after the dot")) as server:
        switch_on(house, server)
        issue(house)
        first, second = send(house)[0]
        for entry in (first, second):
            assert run(house, "outbox", "drop", entry.intent.message_id) == 0
        server.mode = ""
        send(house, NOW + timedelta(days=2))
        assert run(house, "outbox", "resend", intents.short_id(first.intent)) == 0  # a person may think again
    assert [to for to, _ in server.taken if to != "office@example.org"] == [
        "wang@example.org",
        "li@example.org",
    ]


def test_a_rejected_message_is_not_sent_again(house: Folders) -> None:
    with serving(Server(mode="rejects the message")) as server:
        switch_on(house, server)
        issue(house)
        assert [e.state for e in send(house)[0]] == ["failed", "failed"]
    assert server.taken == []


def test_pauses_grow_and_after_days_it_is_given_up(house: Folders) -> None:
    with serving(Server(mode="greylists")) as server:
        switch_on(house, server)
        edit(
            house.data / "reports.yaml",
            "        - {name: {zh: 李主任, en: Director Li}, address: li@example.org}\n",
            "",
        )
        issue(house)
        now, tries = NOW, list[datetime]()
        told: list[str] = []
        while not told or told[-1] != "delivery/given-up":
            entries, codes = send(house, now)
            told += codes[:1]
            tries.append(now)
            [entry] = [e for e in entries if e.intent.kind == "issue"]
            now = entry.next_try
    pauses = [(b - a) / timedelta(minutes=1) for a, b in pairwise(tries)]
    assert pauses[:7] == [5, 15, 30, 60, 120, 240, 480]
    assert timedelta(days=5) < tries[-1] - NOW < timedelta(days=6)
    assert states(house)["wang@example.org"] == "failed"


# --- in clear, or not at all --------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("cert", ["wrong host", "expired", "stranger"])
def test_a_certificate_that_does_not_verify_gets_nothing(house: Folders, security: str, cert: str) -> None:
    with serving(Server(security=security, cert=cert)) as server:
        switch_on(house, server)
        issue(house)
        entries, told = send(house)
    assert ({e.state for e in entries}, told) == ({"pending"}, ["delivery/certificate"])
    assert "certificate verify failed" in entries[0].answer
    assert (server.logins, server.taken) == ([], [])
    assert set(commands(server.clear)) <= {b"ehlo", b"STARTTLS"}


def test_without_starttls_nothing_is_said_in_clear(house: Folders) -> None:
    with serving(Server(offers_tls=False)) as server:
        switch_on(house, server)
        issue(house)
        entries, told = send(house)
    assert ({e.state for e in entries}, told) == ({"pending"}, ["delivery/no-encryption"])
    assert commands(server.clear) in ([b"ehlo"], [b"ehlo", b"QUIT"])


def commands(clear: bytes | bytearray) -> list[bytes]:
    """The commands at the beginning of lines, as far as they are readable."""
    lines = bytes(clear).split(b"\r\n")
    return [line.split(b" ")[0] for line in lines if line and line[0] >= 0x20 and line[:4].isalpha()]


# --- the password -------------------------------------------------------------------------------------------


def test_the_password_is_nowhere(house: Folders, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Not where it is refused and repeated, nor in what is written, told or printed."""
    with serving(Server(mode="repeats the password")) as server:
        switch_on(house, server)
        issue(house)
        run(house, "deliver")
        server.mode = ""
        run(house, "deliver", now=NOW + timedelta(hours=1))
        run(house, "outbox")
        run(house, "history")
    assert len(server.logins) == 3
    said = "".join(capfd.readouterr())
    assert "535" in said
    secrets = [PASSWORD, "hunter2-"]
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    for secret in secrets:
        assert secret not in said
        assert [p for p in files if secret.encode() in p.read_bytes()] == []


def test_a_password_typed_into_the_settings_is_not_repeated(
    house: Folders, server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    for old, new in (
        (f"{{env: {VARIABLE}}}", "hunter2-secret"),
        ("hunter2-secret", "{env: hunter2-secret}"),
        ("{env: hunter2-secret}", "\n    hunter2-secret: [}"),
    ):
        edit(settings_of(house), old, new)
        assert run(house, "check") == 1
        assert run(house, "deliver") == 1
    said = "".join(capfd.readouterr())
    assert "delivery/secret" in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    "mode",
    [
        "no STARTTLS",
        "hangs up at once",
        "bad certificate",
        "refuses AUTH",
        "repeats the password",
        "refuses the recipient",
        "",
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_goes_wrong_while_sending_repeats_no_setting(
    house: Folders, mode: str, lang: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither what is told nor a list nor a letter about it names the server, the user, a path or the variable."""
    monkeypatch.setenv("REPORTS_LANG", lang)
    share = house.data.parent / "share"
    with serving(Server(mode=mode)) as server:
        switch_on(house, server, f"folder: {{path: {share}}}\n")
        issue(house)
        for hours in (0, 8, 16, 200):
            run(house, "run-due", now=NOW + timedelta(hours=hours))
        if not mode:
            monkeypatch.delenv(VARIABLE)
        for command in (["deliver"], ["outbox"], ["history", "memo"], ["status"]):
            run(house, *command, now=NOW + timedelta(hours=201))
    said = "".join(capfd.readouterr()) + "".join(str(message) for _, message in server.taken)
    assert "delivery/folder-" in said
    settings = ("127.0.0.1", str(share), VARIABLE, authority(house.data.parent), PASSWORD)
    assert [value for value in settings if str(value) in said] == []


@pytest.mark.posix
def test_a_password_file_that_others_can_read_is_warned_of(
    house: Folders, server: Server, tmp_path: Path
) -> None:
    secret = tmp_path / "smtp.secret"
    secret.write_text(PASSWORD + "\n", "utf-8")
    secret.chmod(0o644)
    switch_on(house, server)
    edit(settings_of(house), f"{{env: {VARIABLE}}}", f"{{file: {secret}}}")
    issue(house)
    assert send(house)[1] == ["delivery/open-secret"]
    assert len(server.taken) == 2
    secret.chmod(0o600)
    issue_again = outbox.entries(ledger_of(house))[0].intent.message_id
    assert run(house, "outbox", "drop", issue_again) == 1  # what was sent needs no decision


def test_without_a_password_all_waits(
    house: Folders, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    switch_on(house, server)
    issue(house)
    entries, told = send(house)
    assert ({e.state for e in entries}, told) == ({"pending"}, ["delivery/no-password"])
    assert server.connections == 0


# --- shared folder ------------------------------------------------------------------------------------------


def test_a_shared_folder_gets_the_files_and_nothing_else(
    house: Folders, server: Server, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    switch_on(house, server, f"folder: {{path: {share}}}\n")
    seen: list[str] = []
    real = os.fsync

    def watching(handle: int) -> None:
        seen.extend(p.name for p in share.rglob("*") if p.is_file() and shared_folder.WORKSHOP not in p.parts)
        real(handle)

    issue(house)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", watching)
        send(house)
    files = {p.name for p in share.rglob("*") if p.is_file()}
    assert files == {"memo-2023Q2.zh.docx", "memo-2023Q2.zh.md"}
    assert set(seen) <= files
    assert [path.name for path in share.iterdir()] == ["memo"]
    for path in (share / "memo/2023Q2").iterdir():
        assert path.read_bytes() == (house.output / "memo/2023Q2" / path.name).read_bytes()


def test_a_shared_folder_that_is_away_is_waited_for(house: Folders, server: Server, tmp_path: Path) -> None:
    share = tmp_path / "share"
    switch_on(house, server, f"folder: {{path: {share}}}\n")
    issue(house)
    send(house)
    assert (states(house)[str(share)], share.exists()) == ("pending", False)
    share.mkdir()
    send(house, NOW + timedelta(hours=1))
    assert states(house)[str(share)] == "sent"


@pytest.mark.posix
def test_killed_while_copying_no_temporary_file_is_seen(
    house: Folders, server: Server, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    switch_on(house, server, f"folder: {{path: {share}}}\n")
    issue(house)
    code = "import os\nreal = os.fsync\ndef dying(handle):\n    real(handle)\n    if 'share' in os.readlink(f'/proc/self/fd/{handle}'): os._exit(9)\nos.fsync = dying"
    process = start(house, "deliver", "--now", NOW.isoformat(), code=code)
    process.communicate(timeout=50)
    assert process.returncode == 9
    assert [p.parent.name for p in share.rglob("*.tmp")] == [shared_folder.WORKSHOP]
    send(house, NOW)
    assert list(share.rglob("*.tmp")) == []
    assert states(house)[str(share)] == "sent"


# --- who else is told, and the commands ---------------------------------------------------------------------


def test_editors_are_reminded_and_the_secretariat_told_of_drafts_and_failures(
    house: Folders, server: Server
) -> None:
    switch_on(house, server)
    shutil.rmtree(house.output)
    text = (house.data / "reports.yaml").read_text("utf-8")
    (house.data / "reports.yaml").write_text(text + "      remind: [7]\n", "utf-8")
    assert run(house, "run-due", now=NOW - timedelta(days=5)) == 0
    assert run(house, "run-due", now=NOW) == 0
    assert [(to, m["Subject"]) for to, m in server.taken] == [
        ("editors@example.org", "请补充：备忘　2023年第二季度（2023年7月10日09:00到期）"),
        ("office@example.org", "Draft to be approved: Memo, second quarter of 2023"),
    ]
    reminder, draft = [m.get_body(("plain",)) for _, m in server.taken]
    assert reminder
    assert draft
    assert "run.py approve memo 2023Q2" in draft.get_content()
    assert f"The draft is in {(house.output / 'memo/2023Q2').resolve()}" in draft.get_content().splitlines()


def test_nobody_is_asked_for_what_an_issue_has_settled(house: Folders, server: Server) -> None:
    """Letters that waited for the server when the draft was approved: they are called off, and it is told why."""
    switch_on(house, server)
    shutil.rmtree(house.output)
    text = (house.data / "reports.yaml").read_text("utf-8")
    (house.data / "reports.yaml").write_text(text + "      remind: [7]\n", "utf-8")
    server.mode = "greylists"
    run(house, "run-due", now=NOW - timedelta(days=5))
    run(house, "run-due", now=NOW)
    assert [e.intent.kind for e in outbox.pending(ledger_of(house))] == ["reminder", "draft"]
    issue(house)
    server.mode = ""
    assert run(house, "deliver") == 0
    assert [to for to, _ in server.taken] == ["wang@example.org", "li@example.org"]
    dropped = outbox.entries(ledger_of(house), "dropped")
    assert [(e.intent.kind, e.answer) for e in dropped] == [("reminder", "issued"), ("draft", "issued")]


def test_the_status_shows_what_did_not_reach_its_reader(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    server.refuses = frozenset({"wang@example.org"})
    server.mode = "greylists"
    send(house)
    capsys.readouterr()
    for form in ("text", "md"):
        assert run(house, "status", "--format", form) == 0
        said = capsys.readouterr().out
        assert said.count("▲ not delivered:") == 2
        assert "pending  issue memo 2023Q2  → wang@example.org  attempts 1  next " in said
    assert run(house, "status", "--format", "json") == 0
    boards = json.loads(capsys.readouterr().out)
    waiting = {board["report"]: [one["to"] for one in board["undelivered"]] for board in boards}
    assert waiting == {"letter": [], "memo": ["wang@example.org", "li@example.org"]}
    server.mode = ""
    send(house, NOW + timedelta(hours=1))
    assert run(house, "status") == 0
    said = capsys.readouterr().out
    assert "■ not delivered:" in said  # refused
    assert "li@example.org" not in said


def test_the_resident_job_sends_what_waits(house: Folders, server: Server) -> None:
    switch_on(house, server)
    issue(house)
    log = logging.getLogger("test")
    resident = Resident(house, log, "en", intents.intents, clock=lambda: NOW)
    resident.round()
    resident.round()
    assert sorted(to for to, _ in server.taken) == ["li@example.org", "wang@example.org"]


def test_a_failure_is_told_to_the_secretariat_once(house: Folders, server: Server) -> None:
    switch_on(house, server)
    shutil.rmtree(house.output)
    edit(house.data / "records.yaml", "date: 2023-05\n", "date: 2023-15\n")
    for minutes in (0, 2, 10):
        assert run(house, "run-due", now=NOW + timedelta(minutes=minutes)) == 1
    [(to, message)] = [(to, m) for to, m in server.taken if "Memo" in m["Subject"]]
    body = message.get_body(("plain",))
    assert body
    assert (to, message["Subject"]) == (
        "office@example.org",
        "Could not be made: Memo, second quarter of 2023",
    )
    assert "there is no day 2023-15" in body.get_content()


@pytest.mark.parametrize(
    ("mode", "status", "state"),
    [
        ("greylists", 0, "pending"),
        ("refuses the recipient", 1, "failed"),
        ("drops after the dot", 1, "unknown"),
    ],
)
def test_the_status_of_a_round_tells_of_deliveries_that_need_a_person(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str], mode: str, status: int, state: str
) -> None:
    """What is tried again by itself is no failure; and each failure is one of one round."""
    switch_on(house, server)
    issue(house)
    server.mode = mode
    capsys.readouterr()
    assert run(house, "run-due") == status
    assert "nothing is due" not in capsys.readouterr().out  # there was something to do: to send
    assert states(house)["wang@example.org"] == state
    server.mode = ""
    assert run(house, "run-due", now=NOW + timedelta(hours=1)) == 0


def test_what_a_killed_run_was_sending_is_told_by_the_next(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    code = (
        "import os\nfrom reports.publishing import outbox\noutbox.end = lambda *given, **named: os._exit(9)"
    )
    process = start(house, "deliver", "--now", NOW.isoformat(), code=code)
    process.communicate(timeout=50)
    assert process.returncode == 9
    assert run(house, "run-due") == 1
    assert "not known whether wang@example.org got a message: the run was ended" in capsys.readouterr().err
    assert states(house) == {
        "wang@example.org": "unknown",
        "li@example.org": "sent",
        "office@example.org": "sent",
    }
    assert run(house, "run-due") == 0


def test_an_issue_is_shown_with_the_files_people_know(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words of its letters are frozen with it, but nobody opens that file."""
    issue(house)
    assert any(".mail.json" in name for name in ledger_of(house).issues()[0].files)
    folders = [f"--{name}={getattr(house, name)}" for name in ("data", "templates", "output")]
    assert main(["show", "memo/2023Q2", "--digests", *folders]) == 0
    said = capsys.readouterr().out
    assert "memo-2023Q2.zh.docx" in said
    assert f"data  sha256:{ledger_of(house).issues()[0].snapshot}" in said
    assert ".mail.json" not in said


def test_a_dry_run_shows_and_marks_nothing(
    house: Folders, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    assert run(house, "deliver", "--dry-run", "--eml", str(tmp_path / "eml")) == 0
    said = capsys.readouterr().out
    assert "→ wang@example.org" in said
    assert "备忘 2023年第二季度.docx" in said
    assert len(list((tmp_path / "eml").glob("*.eml"))) == 2
    assert set(states(house).values()) == {"pending"}
    assert server.connections == 0
    assert run(house, "deliver", "--eml", str(tmp_path / "eml")) == 0
    assert set(states(house).values()) == {"sent"}
    assert send(house, NOW + timedelta(days=1)) == ([], [])


def test_a_letter_that_cannot_be_made_hides_no_other(
    house: Folders, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    with output_folder.opened(house, "test", NOW, tell=print) as office:
        lost = outbox.Intent("<lost@a>", "issue", "email", "chen@example.org", "zh", "memo", "1999Q1", 1)
        outbox.put(office.ledger, [lost], NOW)
    issue(house)
    assert run(house, "deliver", "--dry-run") == 0
    said = capsys.readouterr()
    assert "→ li@example.org" in said.out
    assert "a message cannot be made: memo/1999Q1/1" in said.err
    assert run(house, "deliver", "--eml", str(tmp_path / "eml")) == 1
    assert states(house) == {
        "chen@example.org": "pending",
        "wang@example.org": "sent",
        "li@example.org": "sent",
    }


def test_an_unknown_id_is_named(house: Folders, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    switch_on(house, server)
    assert run(house, "outbox", "resend", "abc") == 1
    assert "there is nothing 'abc' in the outbox" in capsys.readouterr().err
    assert run(house, "outbox", "drop") == 1
    assert "say what to drop" in capsys.readouterr().err


def test_who_got_an_issue_is_shown_with_it(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    server.refuses = frozenset({"li@example.org"})
    send(house)
    assert main(["show", "memo/2023Q2", f"--output={house.output}", f"--data={house.data}"]) == 0
    said = capsys.readouterr().out
    assert "    → wang@example.org  sent\n    → li@example.org  failed\n" in said


def test_while_delivery_is_off_it_is_said_who_would_get_it_and_where_it_would_stand(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_of(house).write_text("on: false\nfolder: {path: /srv/leaders}\n", "utf-8")
    assert run(house, "deliver", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "memo  Director Wang <wang@example.org>  zh" in said
    assert "  /srv/leaders\n" in said
    edit(house.data / "reports.yaml", RECIPIENTS, "    issues_before: 17\n")
    edit(settings_of(house), "folder: {path: /srv/leaders}\n", "")
    assert run(house, "deliver") == 0
    assert "(no recipients are named yet)" in capsys.readouterr().out


def test_wrong_settings_stop_the_round_before_anything_is_lost(house: Folders, server: Server) -> None:
    switch_on(house, server)
    shutil.rmtree(house.output)
    edit(settings_of(house), "security: starttls", "security: none")
    assert run(house, "run-due", now=NOW) == 1
    assert ledger_of(house).issues() == ()
    with pytest.raises(ReportError):
        deliver(house, NOW, tell=lambda problem: None)


def test_programs_are_told_of_the_outbox_without_the_path_of_the_shared_folder(
    house: Folders, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    share = tmp_path / "kept-to-ourselves"
    switch_on(house, server, f"folder: {{path: {share}}}\n")
    issue(house)

    run(house, "outbox", "--json")

    told = capsys.readouterr().out
    *letters, folder = json.loads(told)
    assert [one["to"] for one in (*letters, folder)] == ["wang@example.org", "li@example.org", None]
    assert share.name not in told
