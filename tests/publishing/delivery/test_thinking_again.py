"""What waits in the outbox follows a person's second thoughts: a corrected path, a letter taken up again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reports.cli.output import local
from reports.pipeline.read import Folders
from reports.publishing import outbox
from reports.publishing.delivery.intents import short_id
from tests.support.second_thoughts import typed
from tests.support.sending import issue, run, states
from tests.support.smtp_server import Server, switch_on
from tests.support.workplace import NOW, edit, ledger_of

LATER = NOW + timedelta(hours=1)
FILE = "memo/2023Q2/memo-2023Q2.zh.docx"


def shared(house: Folders, server: Server, folder: Path) -> None:
    switch_on(house, server, f"folder: {{path: {folder}}}\n")


def id_of(house: Folders, recipient: str) -> str:
    return next(
        short_id(one.intent)
        for one in outbox.entries(ledger_of(house))
        if one.intent.recipient == recipient and one.intent.kind == "issue"
    )


def test_what_waits_goes_into_the_folder_that_the_settings_name_now(
    house: Folders, server: Server, tmp_path: Path
) -> None:
    wrong, right = tmp_path / "shar", tmp_path / "share"
    right.mkdir()
    shared(house, server, wrong)
    issue(house)
    assert run(house, "deliver") == 1
    before = [one.intent.message_id for one in outbox.entries(ledger_of(house))]

    edit(house.data.parent / "delivery.yaml", str(wrong), str(right))

    assert run(house, "deliver", now=LATER) == 0
    assert (right / FILE).is_file()
    assert not wrong.exists()
    assert [one.intent.message_id for one in outbox.entries(ledger_of(house))] == before


def test_files_go_aside_where_they_were_put_and_where_the_settings_point_now(
    house: Folders, server: Server, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    shared(house, server, old)
    issue(house)
    run(house, "deliver")
    edit(house.data.parent / "delivery.yaml", str(old), str(new))

    run(house, "withdraw", "memo/2023Q2", "--why", "wrong", now=LATER)
    assert run(house, "deliver", now=LATER) == 0

    assert not (old / FILE).exists()
    assert list(old.rglob("memo-2023Q2.zh.docx"))
    assert not list(new.rglob("*.docx"))


def test_without_a_shared_folder_in_the_settings_its_files_wait_and_it_is_said(
    house: Folders, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "share").mkdir()
    shared(house, server, tmp_path / "share")
    issue(house)
    edit(house.data.parent / "delivery.yaml", f"folder: {{path: {tmp_path / 'share'}}}\n", "")
    assert run(house, "deliver") == 1
    assert "error[delivery/no-share]" in capsys.readouterr().err
    assert states(house)[str(tmp_path / "share")] == "pending"


def test_deliver_names_what_a_person_dropped_and_resend_takes_it_up(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    dropped = id_of(house, "wang@example.org")
    assert run(house, "outbox", "drop", dropped) == 0
    run(house, "deliver")
    capsys.readouterr()

    assert run(house, "deliver", "memo/2023Q2") == 0
    assert capsys.readouterr().err == (
        f"wang@example.org: dropped by a person; to send it after all: run.py outbox resend {dropped}\n"
    )

    assert run(house, "outbox", "resend", dropped) == 0
    assert run(house, "deliver") == 0
    assert states(house)["wang@example.org"] == "sent"


def test_who_settled_a_letter_and_why_stands_in_outbox_history_and_show(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    dropped = id_of(house, "wang@example.org")
    assert run(house, "outbox", "drop", dropped, "--by", "W", "--why", "on leave") == 0
    capsys.readouterr()

    typed(house, "outbox")
    assert f"{dropped}  dropped  issue memo 2023Q2  → wang@example.org  drop  W  on leave\n" in (
        capsys.readouterr().out
    )
    told = f"not to be sent  {dropped} → wang@example.org"
    typed(house, "history", "memo", at="")
    assert f"memo/2023Q2  {told}  {local(NOW)}  W  on leave\n" in capsys.readouterr().out
    typed(house, "show", "memo/2023Q2", at="")
    assert f"    {told}: {local(NOW)}  W  on leave\n" in capsys.readouterr().out


def test_what_was_called_off_is_not_sent_again(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of an issue that was withdrawn, nor is what a person had dropped before."""
    switch_on(house, server)
    issue(house)
    dropped = id_of(house, "wang@example.org")
    run(house, "outbox", "drop", dropped)
    run(house, "withdraw", "memo/2023Q2", "--why", "wrong", now=LATER)
    assert run(house, "outbox", "resend", dropped, now=LATER) == 1
    assert "error[outbox/settled]" in capsys.readouterr().err
