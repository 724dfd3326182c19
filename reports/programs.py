"""Other programs: where they are, and how they are run so that none is left behind.

A program is looked for on the path alone. Windows would look into the current folder first, and so may a path with
an empty entry: a `git.exe` that somebody put beside shared data would run with our rights.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from reports import windows

#: Of a program that Windows starts without a shell between.
_ENDINGS = (".com", ".exe") if os.name == "nt" else ("",)


def find(name: str) -> str:
    """The whole path of a program on the path, "" where there is none; never one of the current folder."""
    for folder in filter(os.path.isabs, os.get_exec_path()):
        for ending in _ENDINGS:  # a name with its folder is looked for there and nowhere else
            if found := shutil.which(str(Path(folder, name + ending))):
                return found
    return ""


def run(
    words: Sequence[str], said: BinaryIO, patience: float, environment: Mapping[str, str] | None = None
) -> int:
    """Run a program and return its status; what it says goes into the file *said*.

    It gets a group of its own: after *patience* seconds, or when we are stopped, everything it has started ends with
    it. What it started could hold a pipe open for ever, so there is none.

    Raises OSError where it cannot be started, subprocess.TimeoutExpired after *patience* seconds.
    """
    apart = os.name != "nt"
    with subprocess.Popen(  # noqa: S603 - whole path, our own words, no shell
        words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment,
        start_new_session=apart, creationflags=0 if apart else windows.OWN_GROUP_NO_WINDOW,
    ) as process:  # fmt: skip
        try:
            return process.wait(patience)
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started."""
    with suppress(OSError):
        if os.name == "nt":
            ender = str(Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe"))
            subprocess.run(  # noqa: S603 - as above
                [ender, "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False, timeout=30
            )
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
