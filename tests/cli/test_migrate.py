"""`run.py migrate`: shows or writes what becomes of old data, all of it or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reports import files
from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError, Where
from tests.cli.conftest import edit

OLD = """\

  - id: crew-2022
    title: {zh: 人数, en: People}
    quantity: 8
    date: 2022-06
    source: [{doc: ccicc-slides-2023}]

  - id: crew-2023
    title: {zh: 人数, en: People}
    quantity: 9
    date: 2023-06
    source: [{doc: ccicc-slides-2023}]
"""
REMARK = "\n  - {id: r-crew, number: 99, target: A, on: crew-2022, request: B, type: check, source: [{doc: ccicc-slides-2023}]}\n"


@pytest.fixture
def old(secretariat: Path) -> Path:
    """The shipped data as they were in the format before, with two single figures of one subject."""
    edit(secretariat / "data/reports.yaml", "format: 2\n\n", "")
    for name, more in (("metrics", OLD), ("remarks", REMARK)):
        path = secretariat / f"data/ccicc/{name}.yaml"
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    return secretariat


def tree(folder: Path) -> dict[Path, bytes]:
    """Every file but the lock of who writes."""
    return {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != ".lock"}


def test_a_dry_run_shows_each_line_and_writes_nothing(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(old)
    assert main(["migrate", "--dry-run", "--now", "2023-07-01"]) == 0

    shown = capsys.readouterr().out
    assert tree(old) == before
    for line in (
        "--- data/ccicc/metrics.yaml", "-    quantity: 9", "+      - {at: 2022-06, quantity: 8}", "+    formerly: [crew-2022]",
        "+format: 2", "2 figures become the values of one, crew-2023: crew-2022, crew-2023.",
        "Nothing was written. Without --dry-run 3 files would be.",
    ):  # fmt: skip
        assert line in shown


def test_it_writes_all_files_and_the_second_time_none(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert "Written: 3 files." in capsys.readouterr().out
    assert "on: crew-2023" in (old / "data/ccicc/remarks.yaml").read_text("utf-8")
    assert main(["check", "--now", "2023-07-01"]) == 0

    written = tree(old)
    capsys.readouterr()
    assert main(["migrate"]) == 0
    assert tree(old) == written
    assert "There is nothing to do." in capsys.readouterr().out


@pytest.mark.usefixtures("old")
def test_it_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--dry-run", "--lang", "zh"]) == 0

    shown = capsys.readouterr().out
    assert "将改写：" in shown
    assert "2 个单独的数合为一个指标 crew-2023 的 values：crew-2022, crew-2023。" in shown
    assert "没有写入。去掉 --dry-run 即写入 3 个文件。" in shown


def test_data_with_errors_are_left_alone(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(old / "data/ccicc/metrics.yaml", "quantity: 9", "quantity: nine")
    before = tree(old)

    assert main(["migrate"]) == 1
    assert tree(old) == before
    assert "error[value/quantity]" in capsys.readouterr().err


def test_where_one_file_cannot_be_written_the_others_become_what_they_were(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, write = tree(old), files.write

    def refuse(path: Path, data: bytes) -> bool:
        if path.name == "reports.yaml":
            raise ReportError(Problem(Where(os.fspath(path)), "file/unwritable", {"detail": "held open"}))
        return write(path, data)

    monkeypatch.setattr(files, "write", refuse)
    assert main(["migrate"]) == 1
    assert tree(old) == before
    assert "held open" in capsys.readouterr().err
