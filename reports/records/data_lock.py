"""One writer at a time in the data folder: who reads it to write it holds it until that is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reports import files
from reports.diagnostics.problems import Problem, Where

#: The lock lies in the folder it is of, where a leading dot hides it from whoever reads data, watches or lists them.
LOCK = ".lock"
#: Seconds to wait for another command before saying that it is at work.
PATIENCE = 60.0


@contextmanager
def writing(
    data: Path, what: str, tell: Callable[[Problem], None], *, dry: bool = False, patience: float = PATIENCE
) -> Iterator[None]:
    """Hold the data folder while something (*what*, as the holder is called) is read, changed and written; first sweep
    away what a killed command left.

    *dry* writes nothing, and holds nothing; neither does who begins a folder that is not there. *tell* is told whom it
    waits for. Raises ReportError (lock/held after *patience* seconds).
    """
    if dry or not data.is_dir():
        yield
        return
    path = data / LOCK

    def waits(who: str) -> None:
        tell(Problem(Where(str(path)), "lock/waits", {"who": who}, "warning"))

    with files.lock(path, what, patience, waits):
        files.sweep(data)
        yield
