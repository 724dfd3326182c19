"""What the tests of the commands stand in: a secretariat as a person has it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def secretariat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped data and templates, with English messages."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    """Make one typical mistake in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
