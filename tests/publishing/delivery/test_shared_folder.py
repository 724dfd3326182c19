"""The shared folder as leaders find it: what is in force on top, what is not aside, nothing lost."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from reports.pipeline.read import Folders
from reports.publishing import outbox
from reports.publishing.delivery.intents import short_id
from reports.publishing.delivery.shared_folder import ASIDE, set_aside
from tests.support.sending import correct, issue, run, send, states
from tests.support.smtp_server import Server, switch_on
from tests.support.workplace import NOW, ledger_of

LATER = NOW + timedelta(hours=1)
OLD, NEW = "memo/2023Q2", "memo/2023Q2/revision-2"
FILES = ("memo-2023Q2.zh.docx", "memo-2023Q2.zh.md")


@pytest.fixture
def share(house: Folders, server: Server, tmp_path: Path) -> Path:
    """It is there, delivery is switched on, and the memo issued."""
    found = tmp_path / "share"
    found.mkdir()
    switch_on(house, server, f"folder: {{path: {found}}}\n")
    issue(house)
    return found


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_correction_takes_the_place_and_what_it_corrects_goes_aside(house: Folders, share: Path) -> None:
    send(house)
    first = {name: (share / OLD / name).read_bytes() for name in FILES}
    correct(house, LATER)
    send(house, LATER)
    aside = f"{OLD}/{ASIDE['superseded']}/revision-1"
    assert below(share) == {f"{place}/{name}" for place in (NEW, aside) for name in FILES}
    assert {name: (share / aside / name).read_bytes() for name in FILES} == first


def test_what_somebody_changed_there_stays_and_is_told(house: Folders, share: Path) -> None:
    send(house)
    noted = share / OLD / FILES[0]
    noted.write_bytes(noted.read_bytes() + b"a note")
    correct(house, LATER)
    _, told = send(house, LATER)
    assert told == ["delivery/stays"]
    assert noted.read_bytes().endswith(b"a note")
    assert f"{OLD}/{ASIDE['superseded']}/revision-1/{FILES[1]}" in below(share)
    assert states(house)[str(share)] == "sent"


def test_nothing_of_somebody_elses_is_written_over(
    house: Folders, share: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not one file of the issue is put there then."""
    theirs = share / OLD / FILES[1]
    theirs.parent.mkdir(parents=True)
    theirs.write_text("minutes of a meeting", "utf-8")
    assert run(house, "deliver") == 1
    assert "error[delivery/folder-changed]" in capsys.readouterr().err
    assert below(share) == {f"{OLD}/{FILES[1]}"}
    theirs.rename(share / "minutes.md")
    assert run(house, "deliver") == 0
    assert below(share) == {"minutes.md", *(f"{OLD}/{name}" for name in FILES)}


def test_an_issue_that_was_corrected_while_the_drive_was_away_goes_aside_at_once(
    house: Folders, share: Path
) -> None:
    share.rename(share.with_name("away"))
    send(house)
    correct(house, LATER)
    share.with_name("away").rename(share)
    run(house, "deliver", now=LATER)
    aside = f"{OLD}/{ASIDE['superseded']}/revision-1"
    assert below(share) == {f"{place}/{name}" for place in (NEW, aside) for name in FILES}


def test_put_there_again_it_is_the_same(house: Folders, share: Path) -> None:
    send(house)
    correct(house, LATER)
    send(house, LATER)
    before = below(share)
    for entry in outbox.entries(ledger_of(house)):
        if entry.intent.destination == "folder":
            assert run(house, "outbox", "resend", short_id(entry.intent), now=LATER) == 1  # it was sent
    [issued] = [one for one in ledger_of(house).issues() if one.state == "superseded"]
    assert set_aside(share, issued, "superseded") == ()
    assert below(share) == before


def test_an_issue_is_withdrawn_from_the_shared_folder(house: Folders, share: Path) -> None:
    send(house)
    [issued] = ledger_of(house).issues()
    assert set_aside(share, issued, "withdrawn") == ()
    assert below(share) == {f"{OLD}/{ASIDE['withdrawn']}/revision-1/{name}" for name in FILES}
    assert set_aside(share, issued, "withdrawn") == ()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions are other there")
def test_a_folder_that_takes_nothing_gets_nothing(house: Folders, share: Path) -> None:
    share.chmod(0o500)
    send(house)
    share.chmod(0o700)
    assert below(share) == set()
