"""What people did to issues and turns is remembered, in the transaction that did it, and told by `history`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.cli.output import local
from reports.diagnostics.problems import Problem
from reports.pipeline.read import Folders
from reports.publishing.acts import Act, acts, write_down
from reports.publishing.ledger import Ledger, read_ledger
from reports.publishing.output_folder import opened
from tests.support.workplace import small_house

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


def fail(problem: Problem) -> None:
    raise AssertionError(problem)


def test_an_act_is_remembered_whole(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "templates", tmp_path / "output")
    act = Act(NOW, "王", "skip", "memo", "2023Q2", why="没有内容", details={"before": "note"})
    with opened(folders, "test", NOW, tell=fail) as office:
        write_down(office.ledger, act)

    assert acts(read_ledger(folders)) == acts(read_ledger(folders), "memo") == (act,)
    assert acts(read_ledger(folders), "letter") == ()


def test_what_is_taken_back_takes_its_act_with_it(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "templates", tmp_path / "output")

    def interrupted(ledger: Ledger) -> None:
        with ledger.transaction(NOW):
            write_down(ledger, Act(NOW, "王", "skip", "memo", "2023Q2"))
            raise KeyError

    with opened(folders, "test", NOW, tell=fail) as office, pytest.raises(KeyError):
        interrupted(office.ledger)

    assert acts(read_ledger(folders)) == ()


def test_history_tells_who_did_what_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTS_LANG", "en")
    house = small_house(tmp_path)
    with opened(house, "test", NOW, tell=fail) as office:
        write_down(office.ledger, Act(NOW, "王", "skip", "memo", "2023Q2", why="nothing happened"))

    main(["history", "memo", "--data", str(house.data), "--output", str(house.output)])

    [line] = capsys.readouterr().out.splitlines()
    assert line == f"memo/2023Q2  passed over  {local(NOW)}  王  nothing happened"
