"""A log of every command beside the output: what was typed, what was said of problems, how it ended.

It is for whoever is asked for help by somebody far away, and holds what that person saw, and the traceback of a fault.
"""

from __future__ import annotations

import shlex
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO, cast

#: Below an output folder at work. Where there is none yet, nothing is logged.
STATE, NAME = ".state", "log/commands.log"
#: Bytes, after which it begins anew; the one before is kept.
LARGEST = 1_000_000


class Ear:
    """Standard error that remembers what was said."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.heard: list[str] = []

    def write(self, text: str) -> int:
        """Pass *text* on."""
        self.heard.append(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def listening() -> Iterator[Ear]:
    """Listen to what is said on standard error."""
    before = sys.stderr
    ear = Ear(before)
    sys.stderr = cast("TextIO", ear)
    try:
        yield ear
    finally:
        sys.stderr = before


def write_down(
    output: Path, typed: Sequence[str], status: int, *, began: float, said: str, fault: BaseException | None
) -> None:
    """Add a command to the log of *output*: when it ended, its status, the seconds since *began* (`time.monotonic`),
    what was *typed* and *said*. A log that cannot be written stops nobody."""
    if not (output / STATE).is_dir():
        return
    from reports import files  # noqa: PLC0415 - the help of all commands is quick, and logs nothing

    at, took = datetime.now().astimezone().isoformat(timespec="seconds"), time.monotonic() - began
    trace = "".join(traceback.format_exception(fault)) if fault else ""
    below = [f"    {line}" for line in f"{said}{trace}".splitlines() if line.strip() and "\x1b" not in line]
    told = "\n".join([f"{at} {status} {took:.2f}s {_on_one_line(shlex.join(typed))}", *below])
    files.append(output / STATE / NAME, f"{told}\n", LARGEST)


def _on_one_line(typed: str) -> str:
    """What was typed, its signs that are no letters by their numbers: none begins a line of its own."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in typed)
