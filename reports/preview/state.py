"""What the preview knows: how the folders stand, the pages made so far, and the last good one of each."""

from __future__ import annotations

import hashlib
import os
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, errors
from reports.model.periods import Period
from reports.model.report_definitions import Job, plan
from reports.pipeline.read import Folders, Reading, read
from reports.preview import rendering

#: So many pages are remembered: more than anybody looks at in turn.
_PAGES = 40


class Asked(Struct, frozen=True):
    """A page somebody wants to see."""

    report: str
    period: Period
    lang: str


class Sight(Struct, frozen=True):
    """What there is to be seen of a page.

    *version* names the state of the folders it was made from. *stale*: *body* is that of an earlier, good state.
    *fault*: what nobody foresaw, in a line.
    """

    version: str
    title: str = ""
    body: str = ""
    problems: tuple[Problem, ...] = ()
    fault: str = ""
    stale: bool = False


class UnknownPageError(Exception):
    """There is no such report, period or language."""


class PageMaker:
    """Makes pages when they are asked for, one at a time; what has not changed is not made again."""

    def __init__(self, folders: Folders, today: Callable[[], date]) -> None:
        self.folders = folders
        self._today = today
        self._lock = threading.Lock()
        self._read: tuple[str, Reading, tuple[Problem, ...]] | None = None
        self._seen: OrderedDict[Asked, Sight] = OrderedDict()
        self._good: dict[Asked, Sight] = {}

    def version(self) -> str:
        """Name the state of the folders: another one after every save."""
        return version(self.folders)

    def look(self, asked: Asked) -> Sight:
        """Return the page as the folders stand now. Raises UnknownPageError."""
        with self._lock:
            now = self.version()
            sight = self._seen.get(asked)
            if sight is None or sight.version != now:
                sight = self._seen[asked] = self._made(asked, now)
            self._seen.move_to_end(asked)
            while len(self._seen) > _PAGES:
                forgotten, _ = self._seen.popitem(last=False)
                self._good.pop(forgotten, None)
            return sight

    def overview(self) -> tuple[Sight, tuple[Job, ...]]:
        """Return what is wrong with the data, and every report and period there is."""
        with self._lock:
            now = self.version()
            reading, problems = self._reading(now)
            known = reading.reports.reports.values()
            jobs = tuple(job for report in known for job in rendering.jobs_of(report, self._today()))
            return Sight(now, problems=problems), jobs

    def languages(self, asked: Asked) -> tuple[str, ...]:
        """Return the languages a report is written in, as far as it is known."""
        known = self._read[1].reports.reports.get(asked.report) if self._read else None
        return known.languages if known else (asked.lang,)

    def _reading(self, now: str) -> tuple[Reading, tuple[Problem, ...]]:
        if self._read is None or self._read[0] != now:
            reading = read(self.folders.data)
            found = (
                reading.problems if errors(reading.problems) else rendering.remarks(reading, self._today())
            )
            self._read = (now, reading, found)
        return self._read[1:]

    def _made(self, asked: Asked, now: str) -> Sight:
        try:
            sight = self._good[asked] = self._page(asked, now)
        except ReportError as error:
            return self._after(asked, now, error.problems)
        except UnknownPageError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the page stays and says so
            return self._after(asked, now, (), _in_a_line(error))
        return sight

    def _page(self, asked: Asked, now: str) -> Sight:
        reading, found = self._reading(now)
        if errors(found):
            raise ReportError(*found)
        report = reading.reports.reports.get(asked.report)
        if report is None or asked.period.kind != report.period or asked.lang not in report.languages:
            raise UnknownPageError
        job = plan(report, asked.period, self._today())
        page = rendering.show(reading, self.folders, job, asked.lang)
        return Sight(now, page.title, page.body, (*found, *page.remarks))

    def _after(self, asked: Asked, now: str, problems: tuple[Problem, ...], fault: str = "") -> Sight:
        """What is wrong, above the last good page where there was one."""
        last = self._good.get(asked)
        if last is None:
            return Sight(now, asked.report, "", problems, fault)
        return Sight(now, last.title, last.body, problems, fault, stale=True)


def _in_a_line(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} ({Path(frame.filename).name}:{frame.lineno}): {error}"


def version(folders: Folders) -> str:
    """Return a short name for the state of all files below data and templates: names, times, sizes."""
    state = hashlib.sha256()
    for folder in (folders.data, folders.templates):
        for line in _states(folder):
            state.update(os.fsencode(line))
    return state.hexdigest()[:16]


def _states(folder: Path) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "~")) or entry.name.endswith("~"):
            continue  # what editors keep beside a file
        try:
            status = entry.stat()
            below = entry.is_dir(follow_symlinks=False)
        except OSError:
            continue
        yield from (
            _states(Path(entry.path))
            if below
            else (f"{entry.path}\0{status.st_mtime_ns}\0{status.st_size}\n",)
        )
