"""What people did to issues and turns is remembered, in the transaction that did it, and told by `history`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.pipeline.read import STATE, Folders
from reports.publishing.acts import Act, acts, write_down
from reports.publishing.ledger import read_ledger
from reports.publishing.output_folder import opened
from tests.support.workplace import fail

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_an_act_is_remembered_whole(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "templates", tmp_path / "output")
    act = Act(NOW, "王", "skip", "memo", "2023Q2", why="没有内容", details={"before": "note"})
    with opened(folders, "test", NOW, tell=fail) as office:
        write_down(office.ledger, act)

    assert acts(read_ledger(folders)) == acts(read_ledger(folders), "memo") == (act,)
    assert acts(read_ledger(folders), "letter") == ()


def test_what_is_taken_back_takes_its_act_with_it(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "templates", tmp_path / "output")
    with opened(folders, "test", NOW, tell=fail) as office, pytest.raises(KeyError):  # noqa: SIM117
        with office.ledger.transaction(NOW):
            write_down(office.ledger, Act(NOW, "王", "skip", "memo", "2023Q2"))
            raise KeyError

    assert acts(read_ledger(folders)) == ()


def test_history_tells_who_did_what_and_why(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(house, "test", NOW, tell=fail) as office:
        write_down(office.ledger, Act(NOW, "王", "skip", "memo", "2023Q2", why="nothing happened"))

    main(["history", "memo", "--data", str(house.data), "--output", str(house.output)])

    [line] = [line for line in capsys.readouterr().out.splitlines() if "nothing happened" in line]
    assert line.startswith("memo/2023Q2  skipped") or line.startswith("memo/2023Q2  不出")
    assert "王" in line
    assert (house.output / STATE / "ledger.sqlite").exists()
