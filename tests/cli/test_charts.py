"""`run.py charts`: the files are named, and what there was nothing for."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.cli.main import main


def test_the_command_draws_the_catalogue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "reports.yaml").write_text("reports: []\n", encoding="utf-8")

    assert main(["charts", "--data", str(data), "--output", str(tmp_path / "output"), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert said.out.split() == [str(tmp_path / "output" / "charts" / "index.md")]
    assert "structure" in said.err
