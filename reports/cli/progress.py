"""How far long work has come: a bar with counts on a terminal, on standard error, so that output can be piped."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from reports.diagnostics.problems import ReportError
from reports.model.report_definitions import Edited
from reports.records.text.loader import read_file
from reports.records.validation import read_reports

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

P = ParamSpec("P")
R = TypeVar("R")


class Progress:
    """What work tells of itself. Here nobody looks: nothing is shown, and nothing worked out to be shown."""

    def expect(self, names: Callable[[], Sequence[str]]) -> None:
        """These pieces of work are to come; *names* is asked only where they are shown."""

    def begin(self, name: str) -> None:
        """A piece begins; the one before is done."""

    def end(self) -> None:
        """A piece is done; the next of those to come begins."""

    def aside(self, act: Callable[P, R]) -> Callable[P, R]:
        """Return *act* so that it may print: what shows the progress steps aside for it."""
        return act


class ProgressLines(Progress):
    """A line as each piece begins, for logs."""

    def begin(self, name: str) -> None:
        """Print the name."""
        print(name, file=sys.stderr)


class ProgressBar(Progress):
    """A bar, how many pieces are done of how many, the time so far, and the piece that is made now."""

    def __init__(self, shown: RichProgress) -> None:
        self._shown = shown
        self._task = shown.add_task("", total=None)
        self._names: list[str] = []
        self._done = 0
        self._open = False

    def expect(self, names: Callable[[], Sequence[str]]) -> None:
        """Count them. What cannot be asked now is told by the work itself, which is about to ask the same."""
        with suppress(ReportError):
            self._names += names()
        self._update(self._next())

    def begin(self, name: str) -> None:
        """Name it in the bar."""
        if self._open:
            self._done += 1
        self._open = True
        self._update(name)

    def end(self) -> None:
        """Count it."""
        self._done, self._open = self._done + 1, False
        self._update(self._next())

    def aside(self, act: Callable[P, R]) -> Callable[P, R]:
        """Take the bar away while *act* prints, and show it below."""

        def acts(*args: P.args, **kwargs: P.kwargs) -> R:
            self._shown.stop()
            try:
                return act(*args, **kwargs)
            finally:
                self._shown.start()

        return acts

    def _next(self) -> str:
        return self._names[self._done] if self._done < len(self._names) else ""

    def _update(self, name: str) -> None:
        total = len(self._names) or None  # none known: the bar moves to and fro
        self._shown.update(self._task, description=name, completed=self._done, total=total)


def listed(data: Path) -> Edited:
    """The reports as their list alone defines them: quickly read, and enough to count what is to come."""
    paths = (data / name for name in ("reports.yaml", "reports.yml"))
    found = [read_file(path, f"{data.name}/{path.name}")[0] for path in paths if path.is_file()]
    return read_reports(found)[0]


@contextmanager
def progress(*, lines: bool = False) -> Iterator[Progress]:
    """Show progress on a terminal while it lasts; elsewhere nothing, or with *lines* the names of the pieces."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield ProgressLines() if lines else Progress()
        return
    with _drawn() as shown:
        yield ProgressBar(shown)


def _drawn() -> RichProgress:
    """The bar as it looks; without colours where NO_COLOR is set. It is gone when the work is done."""
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    name = TextColumn(
        "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")
    )
    columns = (
        BarColumn(30, complete_style="cyan", pulse_style="cyan"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        name,
    )
    return Progress(
        *columns, console=Console(stderr=True), transient=True, refresh_per_second=4,
        redirect_stdout=False, redirect_stderr=False,
    )  # fmt: skip
