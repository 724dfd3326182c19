"""What is said by a Python that cannot run the program, or has not got its packages."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def said(code: str, *options: str, folder: Path = ROOT) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, *options, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return run.returncode, run.stderr


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 12), (3, 15, 0)])
def test_a_python_that_is_too_old_or_too_new_says_which_is_needed(version: tuple[int, ...]) -> None:
    """In one sentence of each language, before anything is imported or installed."""
    status, told = said(f"import sys; sys.version_info = {version}; import run")

    given = f"{version[0]}.{version[1]}"
    assert status == 1
    assert told == (
        f"Python 3.11 to 3.14 is needed, this is {given}: install one of those and begin again with it.\n"
        f"需要 Python 3.11 至 3.14，现在用的是 {given}：请安装其中一个，改用它重新开始。\n"
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 9)])
def test_a_python_that_will_do_says_nothing(version: tuple[int, ...]) -> None:
    assert said(f"import sys; sys.version_info = {version}; import run") == (0, "")


def test_old_pythons_can_read_the_file_that_refuses_them() -> None:
    """A syntax error would be all that they say."""
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 6))


def test_missing_packages_are_a_sentence() -> None:
    """A fresh clone has none; a traceback tells nobody what to type."""
    code = "import runpy; runpy.run_path('run.py', run_name='__main__')"
    status, told = said(code, "-S")  # without site there is no package but those of Python itself

    assert status == 1
    assert told.startswith("The package msgspec is not installed in ")
    assert "README.zh-CN.md" in told
    assert "Traceback" not in told
