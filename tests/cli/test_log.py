"""Every command leaves a line beside the output, with what the person saw; what broke leaves its traceback there."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.files import append
from tests.support.workplace import ROOT, small_house

LOG = "output/.state/log/commands.log"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A secretariat in the current folder, its letter built once."""
    small_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")
    main(["build", "letter", "--now", "2023-07-11T09:00+08:00"])
    return tmp_path


def logged(place: Path) -> list[str]:
    return (place / LOG).read_text("utf-8").splitlines()


def commands(place: Path) -> list[tuple[str, str]]:
    """Status and words of every command in the log."""
    lines = [line.split(" ", 3) for line in logged(place) if not line.startswith(" ")]
    return [(status, words) for _, status, _, words in lines]


def test_a_command_is_logged_with_its_status(place: Path) -> None:
    main(["list"])

    assert commands(place) == [("0", "build letter --now 2023-07-11T09:00+08:00"), ("0", "list")]


def test_what_a_person_was_told_is_logged(place: Path) -> None:
    main(["show", "letter/1999Q1"])

    assert [line for line in logged(place) if line.startswith("    error[issue/unknown]")]
    assert commands(place)[-1] == ("1", "show letter/1999Q1")


def test_what_is_typed_begins_no_line_of_its_own(place: Path) -> None:
    main(["show", "x\n2026-11-30T00:00:00+08:00 0 0.10s approve letter\x1b[2J"])

    assert [words.split()[0] for _, words in commands(place)] == ["build", "show"]
    assert "\x1b" not in (place / LOG).read_text("utf-8")


def test_wrong_usage_is_logged(place: Path) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--period", "tomorrow"])

    assert commands(place)[-1] == ("2", "build --period tomorrow")
    assert any("tomorrow" in line for line in logged(place) if line.startswith("    "))


def test_a_fault_leaves_its_traceback_in_the_log_and_a_sentence_on_the_screen(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("reports.cli.list_reports.read", lambda _: 1 / 0)

    assert main(["list"]) == 1

    told = capsys.readouterr().err
    assert "internal error" in told
    assert "--debug" in told
    assert "Traceback" not in told
    assert "    Traceback (most recent call last):" in logged(place)


@pytest.mark.usefixtures("place")
def test_debug_shows_the_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("reports.cli.list_reports.read", lambda _: 1 / 0)

    assert main(["list", "--debug"]) == 1

    assert "Traceback" in capsys.readouterr().err


def test_where_nothing_was_built_nothing_is_logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_house(tmp_path)
    monkeypatch.chdir(tmp_path)

    main(["list"])

    assert not (tmp_path / "output").exists()


def test_a_full_log_begins_anew_and_the_one_before_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for line in ("one\n", "two\n", "three\n"):
        append(log, line, largest=8)

    assert log.read_text("utf-8") == "three\n"
    assert (tmp_path / "log.1").read_text("utf-8") == "one\ntwo\n"


def test_a_log_that_cannot_be_written_stops_nobody(place: Path) -> None:
    (place / LOG).unlink()
    (place / LOG).mkdir()

    assert main(["list"]) == 0


# --- where the output goes --------------------------------------------------------------------------------


def run(place: Path, code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REPORTS_LANG": "zh", **environment}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=place, env=environment, capture_output=True, check=False
    )


def test_without_a_console_a_command_works(place: Path) -> None:
    """As under pythonw.exe: there is neither standard output nor standard error."""
    code = "import sys; sys.stdout = sys.stderr = None; from reports.cli.main import main; sys.exit(main(['status']))"

    assert run(place, code).returncode == 0


CALL = "import sys; from reports.cli.main import main; sys.exit(main(sys.argv[1:] or {}))"


@pytest.mark.parametrize(
    "arguments", [["check", "--format", "json"], ["status", "--format", "json"]], ids=" ".join
)
def test_what_programs_read_is_utf_8_in_a_pipe_of_another_code_page(
    place: Path, arguments: list[str]
) -> None:
    told = run(place, CALL.format(arguments), PYTHONIOENCODING="gbk").stdout

    json.loads(told.decode("utf-8"))


def test_a_letter_that_a_pipe_cannot_take_is_written_by_its_number() -> None:
    """Under a code page without Chinese no letter turns into a question mark unseen."""
    place = ROOT
    told = run(place, CALL.format(["list"]), PYTHONIOENCODING="cp1252").stdout

    assert b"\\u" in told
    assert b"?" not in told


def test_standard_error_is_as_it_was_after_a_command() -> None:
    before = sys.stderr = io.StringIO()
    try:
        main(["list", "--data", "nowhere"])
        assert sys.stderr is before
    finally:
        sys.stderr = sys.__stderr__
