"""`run.py deliver`, typed by a person: at once, the whole truth, and nothing where nothing is to be done."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reports.pipeline.read import Folders
from reports.publishing import outbox
from tests.support.sending import issue, run, send, states
from tests.support.smtp_server import Server, settings_of, switch_on
from tests.support.workplace import NOW, edit, ledger_of

LATER = NOW + timedelta(minutes=1)


def test_a_person_does_not_wait_for_the_pause(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    server.mode = "greylists"
    send(house)
    server.mode = ""
    assert send(house, LATER) == ([], [])
    assert run(house, "deliver", now=LATER) == 0
    assert capsys.readouterr().out.count("  sent  ") == 2
    assert set(states(house).values()) == {"sent"}
    assert run(house, "deliver", now=LATER) == 0
    assert capsys.readouterr().out == "nothing waits to be sent\n"


def test_what_waits_still_is_told_with_its_next_try_and_the_pause_of_timers_stays(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    server.mode = "greylists"
    send(house)
    before = [entry.next_try for entry in outbox.pending(ledger_of(house))]
    assert run(house, "deliver", now=LATER) == 1
    said = capsys.readouterr().out
    assert "  pending  issue memo 2023Q2  → wang@example.org  attempts 2  next " in said
    assert [entry.next_try for entry in outbox.pending(ledger_of(house))] == before


def test_an_issue_that_is_none_is_told_while_delivery_is_off(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(house, "deliver", "nonsense/2023Q2") == 1
    assert "error[issue/unknown]" in capsys.readouterr().err
    issue(house)
    assert run(house, "deliver", "memo/2023Q2") == 1  # it was to be sent, and was not
    assert "delivery is off" in capsys.readouterr().out
    assert run(house, "deliver") == 0


def test_what_waits_while_delivery_is_switched_off_is_told(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    switch_on(house, server)
    issue(house)
    edit(settings_of(house), "on: true", "on: false")
    assert run(house, "deliver") == 1
    assert "  pending  issue memo 2023Q2  → wang@example.org" in capsys.readouterr().out
    assert run(house, "deliver", "--dry-run") == 0


def test_messages_as_files_leave_the_shared_folder_alone(
    house: Folders, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    switch_on(house, server, f"folder: {{path: {share}}}\n")
    issue(house)
    assert run(house, "deliver", "--eml", str(tmp_path / "eml")) == 0
    assert len(list((tmp_path / "eml").iterdir())) == 2
    assert list(share.iterdir()) == []
    assert states(house)[str(share)] == "pending"
    assert "  pending  issue memo 2023Q2  → shared folder\n" in capsys.readouterr().out
    assert server.connections == 0


def test_a_rehearsal_writes_nothing(house: Folders, server: Server, tmp_path: Path) -> None:
    switch_on(house, server, f"folder: {{path: {tmp_path}}}\n")
    issue(house)
    before = all_below(tmp_path)
    assert run(house, "deliver", "--dry-run") == 0
    assert run(house, "deliver", "memo/2023Q2", "--dry-run") == 0
    assert all_below(tmp_path) == before


def all_below(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Every file but the log of what was typed."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "log")
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
