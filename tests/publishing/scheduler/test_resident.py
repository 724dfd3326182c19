"""The resident job: rounds that outlive every fault, an end between steps, and logs."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from pathlib import Path

import pytest

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.pipeline.read import Folders
from reports.publishing.scheduler import log as logs
from reports.publishing.scheduler import rounds as duty
from reports.publishing.scheduler.log import logger
from reports.publishing.scheduler.resident import Resident
from tests.support.workplace import NOW, edit, ledger_of, small_house, start


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    return small_house(tmp_path / "house")


class Lines(logging.Handler):
    """What was logged."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def closed(log: logging.Logger) -> None:
    for handler in log.handlers:
        handler.close()


def resident(house: Folders) -> tuple[Resident, list[logging.LogRecord]]:
    log, lines = logging.Logger("test"), Lines()  # noqa: LOG001 - one of its own
    log.addHandler(lines)
    return Resident(house, log, "en", clock=lambda: NOW), lines.records


def test_a_round_does_what_is_due_and_logs_it(house: Folders) -> None:
    job, lines = resident(house)
    job.round()
    job.round()
    assert [line.getMessage() for line in lines] == ["issued letter 2023Q2", "drafted memo 2023Q2"]


@pytest.mark.parametrize(
    "fault", [ReportError(Problem(Where("x"), "schedule/none")), ZeroDivisionError("boom")]
)
def test_a_round_that_fails_is_told_once_and_waited_for(
    house: Folders, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    calls = []

    def fails(*_: object, **__: object) -> None:
        calls.append(1)
        raise fault

    seconds = [1000.0]
    monkeypatch.setattr(duty, "run_due", fails)
    monkeypatch.setattr("reports.publishing.scheduler.resident.time.monotonic", lambda: seconds[0])
    job, lines = resident(house)
    for _ in range(24 * 60):  # a day of minutes
        job.round()
        seconds[0] += 60
    assert len(calls) == 6  # at once, after 1, 5, 15, 60 minutes and 4 hours; the next a day later
    assert [vars(line)["alert"] for line in lines if vars(line)["alert"]] == [True]
    assert all(line.levelno == logging.ERROR for line in lines)


def test_another_process_at_work_is_no_fault(house: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise ReportError(Problem(Where("x"), "lock/held", {"who": "build (process 7)"}))

    monkeypatch.setattr(duty, "run_due", held)
    job, lines = resident(house)
    job.round()
    assert [(line.levelno, line.getMessage()) for line in lines] == [
        (logging.INFO, "another run is at work here: build (process 7)")
    ]


def test_stop_is_looked_at_between_two_reports(house: Folders) -> None:
    job, lines = resident(house)

    def stops(_record: logging.LogRecord) -> bool:
        job.stop.set()
        return True

    job.log.addFilter(stops)
    job.round()
    assert [line.getMessage() for line in lines] == ["issued letter 2023Q2"]
    assert [issue.report for issue in ledger_of(house).issues()] == ["letter"]


def test_a_clock_put_back_does_not_silence_the_tick(house: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """`schedule` would wait until the old time comes again."""
    rounds = []
    job, _ = resident(house)
    monkeypatch.setattr(Resident, "round", lambda self: rounds.append(1))
    ticker = job._ticker()
    ticker.jobs[0].next_run = NOW.replace(tzinfo=None, year=2999)
    tickers = [ticker, job._ticker()]
    monkeypatch.setattr(Resident, "_ticker", lambda self: tickers.pop(0))
    monkeypatch.setattr(job.stop, "wait", lambda _seconds: job.stop.set())
    job.serve()
    assert (len(rounds), tickers) == (2, [])


@pytest.mark.posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(house: Folders, number: signal.Signals) -> None:
    run = start(house, "schedule", "--log", "json")
    log = house.output / ".state" / "log" / "schedule.log"
    until = time.monotonic() + 60
    while time.monotonic() < until and not (log.exists() and "started" in log.read_text("utf-8")):
        time.sleep(0.05)
    run.send_signal(number)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 0
    events = [json.loads(line)["event"] for line in log.read_text("utf-8").splitlines()]
    assert (events[0], events[-1]) == ("started", "stopped")
    assert "Traceback" not in said


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signal")
def test_sighup_asks_for_a_look_at_once(house: Folders) -> None:
    run = start(house, "schedule", "--log", "json")
    log = house.output / ".state" / "log" / "schedule.log"

    def waits_for(event: str) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and not (log.exists() and f'"{event}"' in log.read_text("utf-8")):
            time.sleep(0.05)

    waits_for("problem")  # the schedule begins years ago: a person has to be asked
    edit(house.data / "reports.yaml", "since: 2023Q2", "since: 2999Q1")
    run.send_signal(signal.SIGHUP)
    waits_for("reloaded")
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=60)
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [event["event"] for event in events] == ["started", "problem", "reloaded", "stopped"]
    assert events[1]["code"] == "schedule/asks-many"


def test_a_fault_of_the_product_is_logged_with_its_traceback_once(
    house: Folders, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(duty, "run_due", fails)
    job = Resident(house, logger(tmp_path, "schedule.log", aloud=False), "en", clock=lambda: NOW)
    for _ in range(3):
        job.round()
        job._rest_until = 0
    closed(job.log)
    said = (tmp_path / "schedule.log").read_text("utf-8")
    assert said.count("Traceback") == 1
    assert "\n    ZeroDivisionError: boom" in said


def test_logs_are_lines_or_json_and_rotate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LOG_SIZE", 500)
    monkeypatch.setattr(logs, "LOGS_KEPT", 2)
    for form in ("lines", "json"):
        log = logger(tmp_path / form, "schedule.log", "json" if form == "json" else "lines")
        for _ in range(30):
            log.warning("报告\n第二行", extra={"event": "problem", "report": "letter"})
        closed(log)
        names = sorted(path.name for path in (tmp_path / form).iterdir())
        assert names == ["schedule.log", "schedule.log.1", "schedule.log.2"]
    told = json.loads((tmp_path / "json" / "schedule.log.1").read_text("utf-8").splitlines()[0])
    assert (told["level"], told["event"], told["report"], told["message"]) == (
        "WARNING",
        "problem",
        "letter",
        "报告\n第二行",
    )
    assert "WARNING 报告\n    第二行" in (tmp_path / "lines" / "schedule.log.1").read_text("utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("")
    logger(tmp_path / "taken", "schedule.log").warning("still told")
    assert "still told" in capsys.readouterr().err


def test_a_log_that_another_program_holds_open_goes_on_in_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to rename it meanwhile; the logs that were put aside before stay where they are."""
    monkeypatch.setattr(logs, "LOG_SIZE", 500)
    held, replace = [False], os.replace

    def refuses(old: Path, new: Path) -> None:
        if held[0] and str(old).endswith("schedule.log"):
            raise PermissionError(13, "in use")
        replace(old, new)

    monkeypatch.setattr(os, "replace", refuses)
    log = logger(tmp_path, "schedule.log", aloud=False)

    def says(first: int, last: int) -> None:
        for n in range(first, last):
            log.info("record %02d", n)

    says(0, 15)
    aside = (tmp_path / "schedule.log.1").read_text("utf-8")
    held[0] = True
    says(15, 40)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["schedule.log", "schedule.log.1"]
    assert (tmp_path / "schedule.log.1").read_text("utf-8") == aside
    held[0] = False
    says(40, 70)
    closed(log)
    told = "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert [n for n in range(70) if f"record {n:02}" not in told] == []
    assert (tmp_path / "schedule.log.3").exists()
