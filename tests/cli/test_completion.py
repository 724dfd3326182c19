"""`run.py completion`: what Tab offers, asked of the shells themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reports import invocation
from reports.cli.main import COMMANDS, main
from reports.invocation import Start
from reports.model.kinds import KINDS
from tests.cli.conftest import ROOT
from tests.conftest import need

#: What bash hands to a function that completes, and what it gets back, a line each.
BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_shtab_run_py
printf '%s\\n' "${COMPREPLY[@]}"
"""
#: The functions of zsh that look, outside of an editor of lines.
ZSH = """
compdef() { : }
compadd() { shift; print -l -- "$@" }
eval "$(<$1)"
words=("${@:3}")
"$2"
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of two reports, some outputs, two programmes."""
    monkeypatch.setenv("REPORTS_LANG", "en")
    for folder in (
        "data/alliance",
        "data/shared",
        "output/letter/2023Q2",
        "output/.state/2",
        "output/charts",
    ):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data" / "reports.yaml").write_text(
        "# id: none\nreports:\n  - id: letter\n    title: {zh: 通讯, en: Letter}\n    period: quarter\n"
        "    editions:\n      - {period: 2022Q4, as_of: 2022-12-31}\n      - period: '2023Q1'\n"
        "  - {id: long-memo, period: year}\n",
        "utf-8",
    )
    (tmp_path / "back.docx").touch()
    (tmp_path / "sheet.csv").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def script(shell: str, capsys: pytest.CaptureFixture[str], folder: Path) -> Path:
    assert main(["completion", shell]) == 0
    file = folder.parent / f"run.{shell}"
    file.write_text(capsys.readouterr().out, "utf-8")
    return file


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["b"], {"backup", "build"}),
        (["re"], {"rename", "restore", "review"}),
        (["build", ""], {"letter", "long-memo"}),
        (["build", "letter", "lo"], {"long-memo"}),
        (["build", "--per"], {"--period"}),
        (["build", "--period", ""], {"2022Q4", "2023Q1", "2023Q2"}),
        (["build", "--format", ""], {"docx", "md", "pdf", "html"}),
        (["check", "--format", "g"], {"github", "gitlab"}),
        (["approve", "letter", "2023Q"], {"2023Q1", "2023Q2"}),
        (["show", ""], {"letter/2023Q2"}),
        (["export", "--programme", ""], {"alliance", "shared"}),
        (["export", "mee"], {"meetings"}),
        (["export", "rep"], set()),
        (["new", "rep"], {"report"}),
        (["trace", "b"], {"back.docx"}),
        (["import", "s"], {"sheet.csv"}),
        (["build", "--data", "d"], {"data"}),
        (["schedule", ""], {"install"}),
    ],
)
def test_tab_in_bash(
    office: Path, capsys: pytest.CaptureFixture[str], typed: list[str], offered: set[str]
) -> None:
    command = [need("bash"), "--norc", "-c", BASH, "-", str(script("bash", capsys, office)), "run.py", *typed]
    run = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")

    assert run.stderr == ""
    assert {*run.stdout.split()} == offered


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["build", "--data", "elsewhere", ""], "theirs"),
        (["build", "--data", "=", "elsewhere", ""], "theirs"),
        (["build", "--data", "nowhere", ""], ""),
    ],
)
def test_reports_are_those_of_the_folder_that_was_typed(
    office: Path, capsys: pytest.CaptureFixture[str], typed: list[str], offered: str
) -> None:
    (office / "elsewhere").mkdir()
    (office / "elsewhere" / "reports.yml").write_text("reports:\n- id: theirs\n", "utf-8")
    command = [need("bash"), "--norc", "-c", BASH, "-", str(script("bash", capsys, office)), "run.py", *typed]
    run = subprocess.run(command, capture_output=True, text=True, check=True)

    assert (run.stdout.strip(), run.stderr) == (offered, "")


@pytest.mark.parametrize(
    ("function", "typed", "offered"),
    [
        ("_reports_ids", ["build", ""], ["letter", "long-memo"]),
        ("_reports_ids", ["build", "--data", "nowhere", ""], []),
        ("_reports_ids", ["build", "--data=data", ""], ["letter", "long-memo"]),
        ("_reports_periods", ["approve", "letter", ""], ["2022Q4", "2023Q1", "2023Q2"]),
        ("_reports_issues", ["show", ""], ["letter/2023Q2"]),
        ("_reports_programmes", ["export", "--programme", ""], ["alliance", "shared"]),
    ],
)
def test_tab_in_zsh(
    office: Path, capsys: pytest.CaptureFixture[str], function: str, typed: list[str], offered: list[str]
) -> None:
    file = str(script("zsh", capsys, office))
    command = [need("zsh"), "-f", "-o", "nullglob", "-c", ZSH, "-", file, function, "run.py", *typed]
    run = subprocess.run(command, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)

    assert run.stderr == ""
    assert sorted(run.stdout.split()) == offered


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_script_is_whole_and_starts_this_program(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shell: str, lang: str
) -> None:
    monkeypatch.setenv("REPORTS_LANG", lang)
    file = script(shell, capsys, office)
    text = file.read_text("utf-8")

    subprocess.run([need(shell), "-n", str(file)], check=True)
    assert f'run.py() {{ {sys.executable} {ROOT / "run.py"} "$@"; }}' in text
    assert [command for command in COMMANDS if command not in text] == []
    assert [kind for kind in KINDS if kind not in text] == []


@pytest.mark.parametrize(
    ("start", "command", "defined"),
    [
        (Start("progress-reports", ("/opt/a b/progress-reports",)), "progress-reports", '"/opt/a b/progress-reports"'),
        (Start("python -m reports", ("/bin/python", "-m", "reports")), "progress-reports", "/bin/python -m reports"),
        (Start("run.py", ("/bin/python", "/src/run.py")), "run.py", "/bin/python /src/run.py"),
    ],
)  # fmt: skip
def test_the_command_is_the_one_that_was_typed(
    office: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    start: Start,
    command: str,
    defined: str,
) -> None:
    monkeypatch.setattr(invocation, "here", lambda: start)

    text = script("bash", capsys, office).read_text("utf-8")
    assert f'{command}() {{ {defined} "$@"; }}' in text
    assert text.rstrip().endswith(f" {command}")


def test_what_the_shell_finds_by_itself_is_not_defined(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = office / "progress-reports"
    program.touch(0o755)
    monkeypatch.setenv("PATH", f"{office}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(invocation, "here", lambda: Start("progress-reports", (str(program),)))

    assert "progress-reports()" not in script("bash", capsys, office).read_text("utf-8")


def test_zsh_explains_in_the_language_of_the_machine(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTS_LANG", "zh")

    text = script("zsh", capsys, office).read_text("utf-8")
    assert "build:'生成报告，写入输出文件夹'" in text
    assert "[显示本帮助后退出]" in text


def test_other_shells_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["completion", "fish"])

    assert stop.value.code == 2
    assert "'bash', 'zsh'" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_line_to_copy_stands_whole_in_a_line_of_its_own(
    lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In pieces a shell would run `bash` for itself, which reads the file again, and so on without end."""
    monkeypatch.setenv("REPORTS_LANG", lang)
    monkeypatch.setenv("COLUMNS", "40")
    with pytest.raises(SystemExit):
        main(["completion", "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith('    eval "$(') and line.endswith(' completion bash)"')]
