"""`run-due` as a timer and a person run it: its log, Ctrl+C, and times that are none."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.cli.words import say
from reports.pipeline import build
from reports.pipeline.read import Folders
from tests.support.workplace import NOW, ROOT, edit, small_house, start

INTERRUPTED = say("interrupted", "en")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    house = small_house(tmp_path / "house")
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "en")
    return house


def due(*options: str) -> int:
    return main(["run-due", "--now", NOW.isoformat(), *options])


def logged(house: Folders) -> list[str]:
    """The lines of its log, without their times."""
    lines = (house.output / ".state/log/run-due.log").read_text("utf-8").splitlines()
    return [line.partition(" ")[2] for line in lines if not line.startswith(" ")]


# --- the log ----------------------------------------------------------------------------------------------


def test_every_run_is_logged(house: Folders) -> None:
    """The Task Scheduler keeps nothing of what a program says."""
    assert due() == 0
    assert due() == 0
    assert logged(house) == ["INFO issued letter 2023Q2", "INFO drafted memo 2023Q2", "INFO nothing is due"]


def test_to_ask_only_writes_nothing(house: Folders) -> None:
    assert due("--dry-run") == 0
    assert not house.output.exists()


def test_what_is_wrong_is_logged(house: Folders) -> None:
    edit(house.data / "reports.yaml", "period: quarter", "period: quarterly")
    assert due() == 1
    assert any(line.startswith("ERROR data/reports.yaml:") for line in logged(house))


def test_a_fault_of_the_product_is_logged_with_its_traceback(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(build, "make_one", fails)
    assert due() == 1  # the letter is made elsewhere
    text = (house.output / ".state/log/run-due.log").read_text("utf-8")
    assert "ERROR failed memo 2023Q2" in text
    assert "\n    ZeroDivisionError: boom" in text
    assert "Traceback" not in capsys.readouterr().err


# --- Ctrl+C -----------------------------------------------------------------------------------------------

#: Waits in the midst of a report, and says that it does.
_SLOW = """
import sys, time
from reports.pipeline import build
def waits(*given, **named):
    print("at work", flush=True)
    time.sleep(60)
build.make_one = waits
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX knows them")
def test_ctrl_c_in_the_midst_of_a_round_is_a_sentence(house: Folders) -> None:
    run = start(house, "run-due", "--now", NOW.isoformat(), code=_SLOW)
    assert run.stdout
    assert run.stdout.readline() == "at work\n"
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said) == (130, f"{INTERRUPTED}\n")
    assert logged(house) == [f"WARNING {INTERRUPTED}"]
    assert due() == 0


#: Presses Ctrl+C when the program is about to load a module.
_PRESS = """
import signal, sys
class Press:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Press())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX knows them")
@pytest.mark.parametrize(
    "module",
    [
        "reports.__main__",
        "reports.cli",
        "reports.cli.main",
        "argparse",
        "reports.cli.check",
        "msgspec",
        "yaml",
    ],
)
def test_ctrl_c_while_the_program_loads_is_a_sentence(house: Folders, module: str) -> None:
    script = f"{_PRESS.format(module=module)}\nimport runpy\nrunpy.run_path({str(ROOT / 'run.py')!r}, run_name='__main__')"
    command = [sys.executable, "-c", script, "check", f"--data={house.data}"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 130
    assert "Traceback" not in run.stderr
    assert (
        "interrupted" in run.stderr or module == "reports.__main__"
    )  # nothing is there yet that could say it


# --- times ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["1960-01-01T09:00", "0001-01-01", "9999-12-31T23:59+08:00", "1979-12-31"])
def test_a_time_too_far_away_is_refused_in_words(
    when: str, house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows cannot tell the local time of 1960, and nothing is due after the last year."""
    with pytest.raises(SystemExit) as refused:
        main(["run-due", "--now", when, f"--data={house.data}"])
    assert refused.value.code == 2
    assert f"'{when}' lies too far away to be the present" in capsys.readouterr().err


def test_so_is_an_epoch_beyond_all_years(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 30)
    assert main(["run-due", f"--data={house.data}"]) == 1
    assert "lies too far away to be the present" in capsys.readouterr().err


def test_the_far_ends_of_the_calendar_are_no_fault(house: Folders) -> None:
    assert due("--now", "1980-01-01T00:00") == 0
    assert main(["run-due", "--now", "8999-12-31T23:59", f"--data={house.data}"]) == 1  # a person is asked
