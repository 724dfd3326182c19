"""What rounds write down for those who look after the job: lines for people, JSON for machines, in files that rotate."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Literal

from reports import files
from reports.diagnostics.problems import Lang, Problem, ReportError, format_problem
from reports.publishing.outbox import Entry
from reports.publishing.scheduler.rounds import Outcome

#: Bytes of a log file before it is put aside, and how many are kept.
LOG_SIZE, LOGS_KEPT = 1_000_000, 5

Form = Literal["lines", "json"]


def logger(folder: Path, name: str, form: Form = "lines", *, aloud: bool = True) -> logging.Logger:
    """A log in *folder*, in the file *name*, and with *aloud* on standard error too."""
    log = logging.Logger("reports")  # noqa: LOG001 - one of its own: what others configure is not our log
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if aloud else []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(_File(folder / name, maxBytes=LOG_SIZE, encoding="utf-8", delay=True))
    except OSError as error:
        if aloud:
            log.warning("%s", error)
    for handler in handlers:
        handler.setFormatter(_Json() if form == "json" else _Lines())
        log.addHandler(handler)
    return log


def log_problem(log: logging.Logger, lang: Lang, problem: Problem, *, alert: bool = False) -> None:
    """Log a problem; *alert*: somebody has to be told."""
    level = logging.ERROR if problem.severity == "error" else logging.WARNING
    extra = {"event": "problem", "code": problem.code, "alert": alert}
    log.log(level, format_problem(problem, lang), extra=extra)


def log_outcome(log: logging.Logger, lang: Lang, outcome: Outcome) -> None:
    """Log what became of a turn, with what was wrong, and where in the code where that is the fault."""
    item = outcome.item
    level = logging.ERROR if outcome.state == "failed" else logging.WARNING if outcome.alert else logging.INFO
    extra = {
        "event": outcome.state,
        "report": item.report,
        "period": str(item.period),
        "alert": outcome.alert,
    }
    said = [format_problem(problem, lang) for problem in outcome.problems]
    told = [f"{outcome.state} {item.report} {item.period}", *said, *filter(None, [outcome.trace])]
    log.log(level, "\n".join(told), extra=extra)


def log_entry(log: logging.Logger, entry: Entry) -> None:
    """Log what became of a letter."""
    intent = entry.intent
    said = f"{entry.state} {intent.kind} {intent.report} {intent.period} → {intent.addressee or 'folder'}"
    log.info(said, extra={"event": entry.state, "report": intent.report, "period": intent.period})


class _File(RotatingFileHandler):
    """A log that cannot be written stops nothing, and prints no traceback; one that cannot be put aside, because
    another program reads it, goes on in the same file."""

    def doRollover(self) -> None:  # noqa: N802 - logging's own name
        if self.stream:
            self.stream.close()
        first, *older = (Path(f"{self.baseFilename}.{n}") for n in range(1, LOGS_KEPT + 1))
        aside = Path(f"{self.baseFilename}.0")
        try:
            files.move(Path(self.baseFilename), aside)
            for new, old in reversed([*zip(older, [first, *older], strict=False)]):
                if old.exists():
                    files.move(old, new)
            files.move(aside, first)
        except ReportError:
            self.maxBytes += LOG_SIZE  # it is tried again when as much has been added
        else:
            self.maxBytes = LOG_SIZE
        self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - as above
        pass


class _Lines(logging.Formatter):
    """`2026-11-22T09:00:05+08:00 INFO made quarterly-progress 2026Q3`; further lines are indented."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{_when(record)} {record.levelname} " + _told(record).rstrip().replace("\n", "\n    ")


class _Json(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {"at": _when(record), "level": record.levelname, "message": _told(record)}
        given = {name: getattr(record, name, None) for name in ("event", "report", "period", "code", "alert")}
        return json.dumps(told | {k: v for k, v in given.items() if v is not None}, ensure_ascii=False)


def _told(record: logging.LogRecord) -> str:
    """The message, and the traceback of what was raised."""
    if not record.exc_info:
        return record.getMessage()
    return record.getMessage() + "\n" + "".join(traceback.format_exception(*record.exc_info))


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")
