"""The resident job: rounds that outlive every fault, an end between steps, logs, and the machine's own clockwork."""

from __future__ import annotations

import json
import logging
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.pipeline.read import Folders
from reports.publishing.scheduler import resident as scheduler
from reports.publishing.scheduler import rounds as duty
from reports.publishing.scheduler.resident import Resident, logger
from reports.publishing.scheduler.timers import Installation, cron, systemd, windows
from tests.support.workplace import NOW, ledger_of, small_house, start


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


def test_logs_are_lines_or_json_and_rotate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "LOG_SIZE", 500)
    monkeypatch.setattr(scheduler, "LOGS_KEPT", 2)
    for form in ("lines", "json"):
        log = logger(tmp_path / form, "json" if form == "json" else "lines")
        for _ in range(30):
            log.warning("报告\n第二行", extra={"event": "problem", "report": "letter"})
        for handler in log.handlers:
            handler.close()
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
    logger(tmp_path / "taken", "lines").warning("still told")
    assert "still told" in capsys.readouterr().err


# --- the machine's clockwork ------------------------------------------------------------------------------

HERE = Installation(Path("/srv/a b & 100%/报告"), ("/usr/bin/python3", "/srv/a b & 100%/报告/run.py"))
INSTALLED = Installation(Path("/srv/a b & 100%/报告"), ("/opt/a b/bin/progress-reports",))


def test_systemd_catches_up_what_was_missed() -> None:
    told = systemd(HERE)
    assert "Persistent=true" in told
    assert "WorkingDirectory=/srv/a b & 100%%/报告" in told
    assert 'ExecStart="/usr/bin/python3" "/srv/a b & 100%%/报告/run.py" "run-due"' in told


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_its_units(tmp_path: Path) -> None:
    tmp_path = tmp_path / "秘书处 100% $x"
    tmp_path.mkdir()
    start = (sys.executable, str(tmp_path / "run.py"))
    here = Installation(tmp_path, start, ("--output=/srv/a b",), Path("/srv/a b"), "zh")
    (tmp_path / "run.py").write_text("")
    service, timer = systemd(here).split("# ~/.config/systemd/user/progress-reports.timer\n")
    for name, text in (("service", service), ("timer", timer)):
        (tmp_path / f"progress-reports.{name}").write_text(text)
    files = [str(tmp_path / f"progress-reports.{name}") for name in ("service", "timer")]
    run = subprocess.run(
        ["systemd-analyze", "--user", "verify", *files], capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},  # without one it ends before it looks at them
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "progress-reports" not in run.stderr


def test_cron_takes_one_line() -> None:
    line = cron(HERE)
    assert line.count("\n") == 1
    fields = line.split(None, 5)
    assert fields[:5] == ["*/15", "*", "*", "*", "*"]
    assert "%" not in line.replace(r"\%", "")
    words = shlex.split(fields[5].replace(r"\%", "%"))
    assert words[words.index("/usr/bin/python3") + 1 :][:2] == ["/srv/a b & 100%/报告/run.py", "run-due"]


def test_windows_runs_a_missed_task_and_no_second_one() -> None:
    text = windows(HERE)
    root = ET.fromstring(text.replace(' encoding="UTF-16"', ""))  # noqa: S314 - our own text
    name = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    settings = {element.tag.removeprefix(name): element.text for element in root.iter()}
    assert settings["StartWhenAvailable"] == "true"
    assert settings["MultipleInstancesPolicy"] == "IgnoreNew"
    assert settings["Arguments"] == '"/srv/a b & 100%/报告/run.py" run-due'
    [principal, actions] = [root.find(f".//{name}{tag}") for tag in ("Principal", "Actions")]
    assert principal is not None
    assert actions is not None
    assert principal.get("id") == actions.get("Context")  # else schtasks does not know who is to run it


def test_all_clockworks_start_an_installed_program_by_itself() -> None:
    assert 'ExecStart="/opt/a b/bin/progress-reports" "run-due"' in systemd(INSTALLED)
    assert "&& '/opt/a b/bin/progress-reports' 'run-due' >>" in cron(INSTALLED)
    task = windows(INSTALLED)
    assert "<Command>/opt/a b/bin/progress-reports</Command>" in task
    assert "<Arguments>run-due</Arguments>" in task


def test_all_clockworks_keep_to_the_folders_and_the_language_of_who_asked() -> None:
    elsewhere = Installation(
        Path("/srv/office"), ("/usr/bin/python3", "/srv/office/run.py"), ("--output=/mnt/a b",), Path("/mnt/a b"), "zh"
    )  # fmt: skip
    assert (
        'Environment=REPORTS_LANG=zh\nExecStart="/usr/bin/python3" "/srv/office/run.py" "run-due" "--output=/mnt/a b"'
        in (systemd(elsewhere))
    )
    words = shlex.split(cron(elsewhere).split(None, 5)[5])
    assert "REPORTS_LANG=zh" in words
    assert words[words.index("run-due") + 1 :] == [
        "--output=/mnt/a b",
        ">>",
        "/mnt/a b/.state/cron.log",
        "2>&1",
    ]
    assert '<Arguments>"/srv/office/run.py" run-due "--output=/mnt/a b"</Arguments>' in windows(elsewhere)


@pytest.mark.posix
def test_a_shell_runs_the_line_of_cron(tmp_path: Path) -> None:
    """With a folder of odd letters, and a program that says what it was given."""
    folder = tmp_path / "秘书处 100% $x 'q'"
    folder.mkdir()
    (folder / "run.py").write_text(
        "import os, sys; print(os.getcwd(), sys.argv[1:], os.environ['REPORTS_LANG'])"
    )
    line = cron(Installation(folder, (sys.executable, str(folder / "run.py")), lang="zh"))
    command = line.split(None, 5)[5].replace(r"\%", "%")  # as cron does
    subprocess.run(["/bin/sh", "-c", command], check=True, cwd="/")
    assert (folder / "output/.state/cron.log").read_text() == f"{folder} ['run-due'] zh\n"
