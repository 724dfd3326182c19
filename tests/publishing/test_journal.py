"""How the ledger's file is written: with a rollback journal, which a drive over a network bears, and no log.

What other programs and the disk do to it is never taken for damage.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reports import files
from reports.diagnostics.problems import ReportError
from reports.publishing import database
from reports.publishing.ledger import Ledger
from tests.publishing.test_ledger import NOW, filled, opened, told


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def of_an_older_release(folder: Path) -> object:
    """A ledger with a log in which its last transaction stands, as a machine that lost its power leaves it.

    Return what it says.
    """
    filled(folder / "then").close()
    (folder / "then" / database.BACKUP).unlink()
    path = folder / "then" / database.NAME
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        assert old.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal"
        old.execute("PRAGMA wal_autocheckpoint = 0")
        old.row_factory = sqlite3.Row
        ledger = Ledger(old, path, None)
        ledger.settle(("memo", "2023Q4"), "made", NOW)
        expected = told(ledger)
        (folder / "now").mkdir()
        for file in (path, Path(f"{path}-wal")):
            shutil.copy(file, folder / "now")
    assert (folder / "now" / f"{database.NAME}-wal").stat().st_size
    return expected


def test_a_ledger_with_a_log_is_switched_when_it_is_opened_and_keeps_everything(tmp_path: Path) -> None:
    expected, folder = of_an_older_release(tmp_path), tmp_path / "now"
    with opened(folder) as ledger:
        assert told(ledger) == expected
        assert ledger.connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert names(folder) == {database.NAME}
        with Ledger.look(folder) as looking:  # who works does not shut out who reads
            assert told(looking) == expected
        ledger.settle(("memo", "2024Q1"), "made", NOW)
    assert names(folder) == {database.NAME}
    assert (folder / database.NAME).read_bytes()[18:20] == b"\1\1"


def test_a_ledger_with_a_log_is_read_as_it_is(tmp_path: Path) -> None:
    expected, folder = of_an_older_release(tmp_path), tmp_path / "now"
    for _ in range(2):
        with Ledger.look(folder) as ledger:
            assert told(ledger) == expected
        assert names(folder) == {database.NAME}


@pytest.fixture
def cut_off(tmp_path: Path) -> Path:
    """A ledger whose writer was killed in a transaction, part of which was in the file already."""
    (tmp_path / "cut").mkdir()
    with filled(tmp_path / "whole") as ledger:
        ledger.connection.execute("PRAGMA cache_size = 1")  # so that pages go to the disk before their time
        before = ledger.path.read_bytes()
        with ledger.transaction(NOW):
            for n in range(200):
                ledger.settle((f"report-{n}", "2023Q2"), "made", NOW, "word " * 100)
            for path in ledger.path.parent.iterdir():
                shutil.copy(path, tmp_path / "cut")
    assert (tmp_path / "cut" / database.NAME).read_bytes() != before
    assert names(tmp_path / "cut") > {f"{database.NAME}-journal"}
    return tmp_path / "cut"


@pytest.mark.parametrize("reading_first", [True, False])
def test_what_was_cut_off_in_a_transaction_is_as_it_was_before(
    cut_off: Path, tmp_path: Path, *, reading_first: bool
) -> None:
    with filled(tmp_path / "same") as same:
        expected = told(same)
    if reading_first:
        with Ledger.look(cut_off) as ledger:
            assert told(ledger) == expected
    with opened(cut_off) as ledger:
        assert told(ledger) == expected
    assert names(cut_off) == {database.NAME, database.BACKUP}


def test_a_ledger_that_another_program_holds_is_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    filled(tmp_path).close()
    before = names(tmp_path)
    with closing(sqlite3.connect(tmp_path / database.NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ReportError, match="the ledger cannot be read: database is locked"):
            Ledger.look(tmp_path)
        with pytest.raises(ReportError, match="the ledger cannot be written: database is locked"):
            Ledger.open(tmp_path, files.write, files.move)
    assert names(tmp_path) == before
    with opened(tmp_path) as ledger:
        assert len(ledger.issues()) == 1


@pytest.mark.parametrize("name", [database.NAME, database.BACKUP])
def test_a_file_that_the_disk_does_not_give_is_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As where a cloud keeps it and its program does not run."""
    filled(tmp_path).close()
    before, read = names(tmp_path), Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == name:
            raise OSError(5, "Input/output error")
        return read(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refusing)
        with pytest.raises(ReportError, match="Input/output error"):
            Ledger.open(tmp_path, files.write, files.move)
    assert names(tmp_path) == before


def test_a_ledger_is_closed_at_the_end_of_a_with(tmp_path: Path) -> None:
    filled(tmp_path).close()
    for ledger in (opened(tmp_path), Ledger.look(tmp_path)):
        with ledger:
            assert ledger.issues()
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            ledger.issues()
