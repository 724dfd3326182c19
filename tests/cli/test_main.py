"""The front door: what it says of itself, how it refuses, what it loads, and what becomes of a fault."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reports.cli.main import COMMANDS, main
from tests.cli.conftest import ROOT


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` and `--help` answer and end well."""
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as stop:
            main([option])
        assert stop.value.code == 0
    assert "progress-reports" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["build", "--period", "2023Q5"], ["build", "--format", "odt"], ["bild"], []]
)
@pytest.mark.usefixtures("secretariat")
def test_wrong_usage_ends_with_status_2(arguments: list[str]) -> None:
    """What the command line itself cannot take is wrong usage."""
    try:
        status: object = main(arguments)
    except SystemExit as stop:
        status = stop.code
    assert status == 2


# --- imports that wait ------------------------------------------------------------------------------------


def modules_after(arguments: list[str]) -> set[str]:
    """The modules a fresh process has loaded when the command ends."""
    code = (
        "import sys\nfrom reports.cli.main import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(run.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (
            ["--help"],
            {"yaml", "jinja2", "markdown_it", "docx", "lxml", "matplotlib", "rich", "PIL"},
        ),
        (["check"], {"docx", "lxml", "matplotlib", "numpy", "rich", "PIL"}),
    ],
)
def test_heavy_imports_wait(arguments: list[str], unneeded: set[str]) -> None:
    """A command pays for what it uses only."""
    assert not modules_after(arguments) & unneeded


def test_the_help_of_all_commands_imports_none() -> None:
    loaded = {name for name in modules_after(["--help"]) if name.startswith("reports.cli.")}
    words = {name for name in loaded if name.startswith("reports.cli.vocabulary")}

    assert loaded - words == {
        "reports.cli.main",
        "reports.cli.help_pages",
        "reports.cli.log",
        "reports.cli.words",
    }


def test_only_the_command_that_was_typed_is_imported() -> None:
    loaded = modules_after(["list"]) & {*COMMANDS.values()}

    assert loaded == {COMMANDS["list"]}


def test_what_a_command_is_for_stands_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The longest too."""
    with pytest.raises(SystemExit):
        main(["--help"])
    lines = capsys.readouterr().out.splitlines()

    assert [c for c in COMMANDS if not any(re.match(rf" +{c} {{2,}}\S", line) for line in lines)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_draws_nothing(command: str) -> None:
    assert "matplotlib" not in modules_after([command, "--help"])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_may_be_typed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own options, beside --help."""
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])

    assert stop.value.code == 0
    assert re.search(r"^  \S", capsys.readouterr().out.replace("-h, --help", ""), re.MULTILINE)


# --- what nobody foresaw ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("secretariat")
def test_an_inner_fault_is_a_sentence_not_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the product itself fail, the person is told where, in one line."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("reports.publishing.drafts.build", fail)
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("internal error, please tell the maintainers: ZeroDivisionError")
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_who_has_had_enough_ends_a_command_in_silence() -> None:
    """`run.py list | head -0`: neither a fault of the product nor a complaint of the interpreter."""
    command = [sys.executable, str(ROOT / "run.py"), "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + 13


@pytest.mark.posix
@pytest.mark.parametrize("arguments", [["list"], ["check", "--format", "json"], ["status"]])
def test_a_full_disk_behind_the_output_is_told_as_such(arguments: list[str]) -> None:
    """`run.py list > report.txt` on a full disk is no fault of the product, and nothing complains twice."""
    settings = {**os.environ, "REPORTS_LANG": "en"}
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "run.py", *arguments], cwd=ROOT, stdout=full, stderr=subprocess.PIPE,
            encoding="utf-8", env=settings, check=False,
        )  # fmt: skip

    assert run.returncode == 1
    assert run.stderr.startswith(
        "error[system/refused]: the system refused: No space left on device\n    hint: "
    )
    assert run.stderr.count("\n") == 3
