"""The resident job: every minute it asks what is due, and does it.

`schedule` is the tick and nothing else: it forgets all at a restart, drops a job that raises and goes silent for
as long as the clock is put back. So what is due stands in the ledger, every round is guarded, and a tick that
lies too far ahead is set anew.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType
from typing import Literal

import schedule
from msgspec import Struct, field

from reports.diagnostics.problems import Lang, Problem, ReportError, Where, format_problem
from reports.model.schedule import pause_after
from reports.pipeline.read import STATE, Folders
from reports.publishing.delivery.alarm import Alarm
from reports.publishing.outbox import Entry, Post, nobody
from reports.publishing.scheduler.idle import Idle, Stamps, idle, inputs
from reports.publishing.scheduler.rounds import Outcome, whole_round

#: Bytes of a log file before it is put aside, and how many are kept.
LOG_SIZE, LOGS_KEPT = 1_000_000, 5
#: Seconds between two rounds; and after which a tick lies too far ahead to be true.
MINUTE, TOO_FAR = 60, 150
#: Seconds for which a problem that lasts is not logged again.
HOUR = 3600.0


class Resident(Struct):
    """The loop. *stop* is set by a signal, and looked at between any two steps."""

    folders: Folders
    log: logging.Logger
    lang: Lang
    post: Post = nobody
    clock: Callable[[], datetime] = lambda: datetime.now().astimezone()
    stop: threading.Event = field(default_factory=threading.Event)
    _said: dict[str, float] = field(default_factory=dict)
    _failures: int = 0
    _rest_until: float = 0.0
    _rest_inputs: Stamps = frozenset()
    _alarm: Alarm | None = None
    _idle: Idle | None = None

    def serve(self) -> None:
        """Make rounds until told to stop."""
        self.log.info("started", extra={"event": "started"})
        ticker = self._ticker()
        self.round()
        while not self.stop.is_set():
            idle = ticker.idle_seconds
            if idle is None or not -TOO_FAR < idle < TOO_FAR:  # the clock was moved
                ticker = self._ticker()
                self.round()
            ticker.run_pending()
            self.stop.wait(1)
        self.log.info("stopped", extra={"event": "stopped"})

    def _ticker(self) -> schedule.Scheduler:
        ticker = schedule.Scheduler()
        ticker.every(MINUTE).seconds.do(self.round)
        return ticker

    def round(self) -> None:
        """Ask once and do what is due; whatever goes wrong is logged, and the pause to the next round grows.

        Nothing is read while nothing can have changed since a round that had nothing to do.
        """
        if self.stop.is_set() or (self._idle and self._idle.lasts(self.folders, self.clock())):
            return
        self._idle, seen = None, inputs(self.folders)
        if time.monotonic() < self._rest_until and seen == self._rest_inputs:
            return
        try:
            self._idle = self._asked(seen)
        except ReportError as error:
            self._round_failed(error.problems, seen)
        except Exception as error:  # noqa: BLE001 - the loop outlives every fault
            detail = f"{type(error).__name__}: {error}"
            self._round_failed((Problem(Where(""), "duty/internal", {"detail": detail}),), seen)
        else:
            self._failures, self._rest_until = 0, 0.0

    def _asked(self, seen: Stamps) -> Idle | None:
        """Make a round; return how long there will be nothing to do, where it had nothing to do or to tell."""
        self._alarm = self._alarm or Alarm(self.folders, lasts=True)
        told, now = list[Problem](), self.clock()

        def tell(problem: Problem) -> None:
            told.append(problem)
            self._problem(problem)

        made = whole_round(
            self.folders, self.clock, self._alarm, tell=tell, done=self._outcome, delivered=self._delivered,
            stop=self.stop.is_set, post=self.post, patience=0,
        )  # fmt: skip
        busy = made.outcomes or made.sent or told
        return None if busy else idle(self.folders, made.reading, seen, now)

    def _round_failed(self, problems: tuple[Problem, ...], seen: Stamps) -> None:
        """A whole round failed. Another process at work is no fault; the rest is told once, and waited for, or
        until somebody changes an input."""
        if problems[0].code == "lock/held":
            self.log.info(problems[0].message(self.lang), extra={"event": "waiting"})
            return
        self._failures += 1
        self._rest_until = time.monotonic() + pause_after(self._failures).total_seconds()
        self._rest_inputs = seen
        for problem in problems:
            self._problem(problem, alert=self._failures == 1)

    def _problem(self, problem: Problem, *, alert: bool = False) -> None:
        """Log a problem; one that lasts is logged once an hour."""
        said = format_problem(problem, self.lang)
        if time.monotonic() < self._said.get(said, -HOUR) + HOUR:
            return
        self._said[said] = time.monotonic()
        level = logging.ERROR if problem.severity == "error" else logging.WARNING
        extra = {"event": "problem", "code": problem.code, "alert": alert}
        self.log.log(level, said, extra=extra)

    def _delivered(self, entry: Entry) -> None:
        intent = entry.intent
        said = f"{entry.state} {intent.kind} {intent.report} {intent.period} → {intent.addressee or 'folder'}"
        extra = {"event": entry.state, "report": intent.report, "period": intent.period}
        self.log.info(said, extra=extra)

    def _outcome(self, outcome: Outcome) -> None:
        item = outcome.item
        level = (
            logging.ERROR if outcome.state == "failed" else logging.WARNING if outcome.alert else logging.INFO
        )
        extra = {
            "event": outcome.state,
            "report": item.report,
            "period": str(item.period),
            "alert": outcome.alert,
        }
        said = [format_problem(problem, self.lang) for problem in outcome.problems]
        told = "\n".join([f"{outcome.state} {item.report} {item.period}", *said])
        self.log.log(level, told, extra=extra)


def run(folders: Folders, lang: Lang, form: Literal["lines", "json"], post: Post = nobody) -> int:
    """Stay until SIGTERM or Ctrl+C; end between two steps. Returns the exit status."""
    resident = Resident(folders, logger(folders.output / STATE / "log", form), lang, post)

    def end(_number: int, _frame: FrameType | None) -> None:
        resident.stop.set()

    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    resident.serve()
    return 0


# --- logs -------------------------------------------------------------------------------------------------


def logger(folder: Path, form: Literal["lines", "json"]) -> logging.Logger:
    """A log on standard error and in *folder*, as lines for people or as JSON for machines."""
    log = logging.Logger("reports")  # noqa: LOG001 - one of its own: what others configure is not our log
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name = folder / "schedule.log"
        handlers.append(_File(name, maxBytes=LOG_SIZE, backupCount=LOGS_KEPT, encoding="utf-8", delay=True))
    except OSError as error:
        log.warning("%s", error)
    for handler in handlers:
        handler.setFormatter(_Json() if form == "json" else _Lines())
        log.addHandler(handler)
    return log


class _File(RotatingFileHandler):
    """A log that cannot be written stops nothing, and prints no traceback: standard error has it too."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        pass


class _Lines(logging.Formatter):
    """`2026-11-22T09:00:05+08:00 INFO made quarterly-progress 2026Q3`; further lines are indented."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{_when(record)} {record.levelname} " + record.getMessage().replace("\n", "\n    ")


class _Json(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {"at": _when(record), "level": record.levelname, "message": record.getMessage()}
        given = {name: getattr(record, name, None) for name in ("event", "report", "period", "code", "alert")}
        return json.dumps(told | {k: v for k, v in given.items() if v is not None}, ensure_ascii=False)


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")
