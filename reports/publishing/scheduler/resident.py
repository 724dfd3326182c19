"""The resident job: every minute it asks what is due, and does it.

`schedule` is the tick and nothing else: it forgets all at a restart, drops a job that raises and goes silent for
as long as the clock is put back. So what is due stands in the ledger, every round is guarded, and a tick that
lies too far ahead is set anew.
"""

from __future__ import annotations

import gc
import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from types import FrameType

import schedule
from msgspec import Struct, field

from reports.diagnostics.problems import Lang, Problem, ReportError, Where, format_problem
from reports.model.schedule import pause_after
from reports.pipeline.read import STATE, Folders
from reports.publishing.delivery.alarm import Alarm
from reports.publishing.outbox import Post, nobody
from reports.publishing.scheduler.idle import Idle, Stamps, idle, inputs, ledger_stamps
from reports.publishing.scheduler.log import Form, log_entry, log_outcome, log_problem, logger
from reports.publishing.scheduler.rounds import whole_round

#: Seconds between two rounds; and after which a tick lies too far ahead to be true.
MINUTE, TOO_FAR = 60, 150
#: Seconds for which a problem that lasts is not logged again.
HOUR = 3600.0


class Resident(Struct):
    """The loop. *stop* is set by a signal, and looked at between any two steps; so is *hurry*: look at once."""

    folders: Folders
    log: logging.Logger
    lang: Lang
    post: Post = nobody
    clock: Callable[[], datetime] = lambda: datetime.now().astimezone()
    stop: threading.Event = field(default_factory=threading.Event)
    hurry: threading.Event = field(default_factory=threading.Event)
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
                self.look_again()
            if self.hurry.is_set():
                self.hurry.clear()
                self.log.info("reloaded", extra={"event": "reloaded"})
                self.look_again()
            ticker.run_pending()
            self.stop.wait(1)
        self.log.info("stopped", extra={"event": "stopped"})

    def _ticker(self) -> schedule.Scheduler:
        ticker = schedule.Scheduler()
        ticker.every(MINUTE).seconds.do(self.round)
        return ticker

    def look_again(self) -> None:
        """Make a round now, whatever was foreseen; what is wrong is told anew."""
        self._idle, self._rest_until = None, 0.0
        self._said.clear()
        self.round()

    def round(self) -> None:
        """Ask once and do what is due; whatever goes wrong is logged, and the pause to the next round grows.

        Nothing is read while nothing can have changed since a round that had nothing to do.
        """
        if self.stop.is_set() or (self._idle and self._idle.lasts(self.folders, self.clock())):
            return
        self._idle, seen = None, inputs(self.folders)
        if time.monotonic() < self._rest_until and self._rest_inputs == seen | ledger_stamps(self.folders):
            return
        try:
            self._idle = self._asked(seen)
        except ReportError as error:
            self._round_failed(error.problems, seen)
        except Exception as error:
            detail = f"{type(error).__name__}: {error}"
            if not self._failures:
                self.log.exception(detail, extra={"event": "fault", "alert": False})
            self._round_failed((Problem(Where(""), "duty/internal", {"detail": detail}),), seen)
        else:
            self._failures, self._rest_until = 0, 0.0
        gc.collect()  # the collector rests while data is read, and else would come round once in a thousand looks

    def _asked(self, seen: Stamps) -> Idle | None:
        """Make a round; return how long there will be nothing to do, where it had nothing to do or to tell."""
        self._alarm = self._alarm or Alarm(self.folders, lasts=True)
        told, now = list[Problem](), self.clock()

        def tell(problem: Problem) -> None:
            told.append(problem)
            self._problem(problem)

        made = whole_round(
            self.folders, self.clock, self._alarm, tell=tell, done=partial(log_outcome, self.log, self.lang),
            delivered=partial(log_entry, self.log), stop=self.stop.is_set, post=self.post, patience=0,
        )  # fmt: skip
        busy = made.outcomes or made.sent or told
        return None if busy else idle(self.folders, made.reading, seen, now)

    def _round_failed(self, problems: tuple[Problem, ...], seen: Stamps) -> None:
        """A whole round failed. Another process at work is no fault; the rest is told once, and waited for, or
        until somebody changes an input, or answers in another process what was asked."""
        if problems[0].code == "lock/held":
            self.log.info(problems[0].message(self.lang), extra={"event": "waiting"})
            return
        self._failures += 1
        self._rest_until = time.monotonic() + pause_after(self._failures).total_seconds()
        self._rest_inputs = seen | ledger_stamps(self.folders)
        for problem in problems:
            self._problem(problem, alert=self._failures == 1)

    def _problem(self, problem: Problem, *, alert: bool = False) -> None:
        """Log a problem; one that lasts is logged once an hour."""
        said, now = format_problem(problem, self.lang), time.monotonic()
        self._said = {told: at for told, at in self._said.items() if now < at + HOUR}
        if said in self._said:
            return
        self._said[said] = now
        log_problem(self.log, self.lang, problem, alert=alert)


def run(folders: Folders, lang: Lang, form: Form, post: Post = nobody) -> int:
    """Stay until SIGTERM or Ctrl+C; end between two steps. SIGHUP asks for a look at once. Returns the exit status."""
    resident = Resident(folders, logger(folders.output / STATE / "log", "schedule.log", form), lang, post)

    def end(_number: int, _frame: FrameType | None) -> None:
        resident.stop.set()

    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda _number, _frame: resident.hurry.set())
    resident.serve()
    return 0
