"""Other programs are found on the path alone, and end with all that they have started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports import programs


def planted(folder: Path, name: str) -> Path:
    """A program that leaves a file where it runs."""
    path = folder / name
    path.write_text(f"#!/bin/sh\ntouch {folder}/harm\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.posix
@pytest.mark.parametrize("path", ["{bin}", ":{bin}", ".:{bin}", "sub/..:{bin}", "{bin}:"])
def test_a_program_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Whoever may write into a shared data folder could put one there."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "bin").mkdir()
    planted(tmp_path, "git")
    real = planted(tmp_path / "bin", "git")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path.format(bin=tmp_path / "bin"))

    assert programs.find("git") == str(real)

    real.unlink()
    assert programs.find("git") == ""


@pytest.mark.posix
def test_what_is_no_program_is_passed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "git").mkdir()
    (tmp_path / "two" / "git").write_text("no program", "utf-8")
    real = planted(tmp_path / "three", "git")
    monkeypatch.setenv("PATH", os.pathsep.join(str(tmp_path / name) for name in ("one", "two", "three")))

    assert programs.find("git") == str(real)


def test_a_program_ends_with_its_status_and_its_words(tmp_path: Path) -> None:
    with (tmp_path / "said").open("w+b") as said:
        words = [sys.executable, "-c", "import sys; print('out', flush=True); sys.exit('err')"]
        assert programs.run(words, said, 60) == 1
    assert (tmp_path / "said").read_text("utf-8").split() == ["out", "err"]


def test_one_that_cannot_be_started_and_one_that_does_not_end_are_told(tmp_path: Path) -> None:
    with (tmp_path / "said").open("w+b") as said:
        with pytest.raises(OSError, match="none"):
            programs.run([str(tmp_path / "none")], said, 60)
        with pytest.raises(subprocess.TimeoutExpired):
            programs.run([sys.executable, "-c", "import time; time.sleep(60)"], said, 0.3)
