"""Whatever way the program was started, people and clocks are told what starts it again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reports import invocation, product_files
from reports.cli.main import main
from reports.diagnostics.problems import Problem, Where
from reports.diagnostics.words.mail import LETTERS
from reports.invocation import Start, adding, command, command_line, start, wanted

ROOT = Path(__file__).parent.parent
CHECKOUT = Path("/srv/product")
RUN = ("/usr/bin/python3", str(CHECKOUT / "run.py"))
SCRIPT = (str(Path("/venv/bin/progress-reports").absolute()),)
Begin = Callable[[Start], None]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Begin:
    """Makes this process one that was started so."""
    return lambda way: monkeypatch.setattr(invocation, "here", lambda: way)


@pytest.fixture
def installed(begun: Begin, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A process of an installed program; returns its command."""
    script = Path("/opt/a b/bin/progress-reports")
    begun(Start("progress-reports", (str(script),)))
    monkeypatch.setattr(product_files, "CHECKOUT", None)
    return script


# --- how it was started -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("called", "checkout", "typed", "words"),
    [
        ("run.py", CHECKOUT, "run.py", RUN),
        ("/usr/lib/pytest/__main__.py", CHECKOUT, "run.py", RUN),
        ("/srv/product/reports/__main__.py", CHECKOUT, "python -m reports", RUN),
        ("/venv/reports/__main__.py", None, "python -m reports", ("/usr/bin/python3", "-m", "reports")),
        ("/venv/bin/progress-reports", None, "progress-reports", SCRIPT),
        ("/venv/bin/progress-reports", CHECKOUT, "progress-reports", SCRIPT),
    ],
)
def test_the_first_word_says_how_it_was_started(
    called: str, checkout: Path | None, typed: str, words: tuple[str, ...]
) -> None:
    assert start(called, "/usr/bin/python3", checkout) == Start(typed, words)


def test_a_command_named_from_where_one_stands_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert start("bin/progress-reports", "python", None).words == (str(tmp_path / "bin/progress-reports"),)


def test_a_command_of_windows_gets_the_ending_that_starts_it(tmp_path: Path) -> None:
    (tmp_path / "progress-reports.exe").touch()

    for called in ("progress-reports", "progress-reports.exe"):
        [program] = start(str(tmp_path / called), "python", None).words
        assert program == str(tmp_path / "progress-reports.exe")


# --- what people are told ---------------------------------------------------------------------------------


def test_problems_and_letters_name_the_program_as_it_was_started(begun: Begin) -> None:
    problem = Problem(Where(""), "issue/no-draft", {"report": "run.py", "period": "2023"})
    begun(Start("run.py", RUN))
    assert problem.hint() == "Build it first: run.py build run.py --period 2023."

    begun(Start("progress-reports", SCRIPT))
    assert (
        problem.hint() == "Build it first: progress-reports build run.py --period 2023."
    )  # a value stays as it is
    assert LETTERS.say("how-to-approve", "en", report="a", period="b").endswith(
        "progress-reports approve a b --by NAME"
    )
    assert LETTERS.say("how-to-approve", "zh-Hant", report="a", period="b").endswith(
        "progress-reports approve a b --by 姓名"
    )


@pytest.mark.usefixtures("installed")
def test_no_command_of_an_installed_program_speaks_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTS_LANG", "en")
    assert main(["init", str(tmp_path / "office"), "--now", "2026-02-03"]) == 0
    monkeypatch.chdir(tmp_path / "office")
    for typed in (
        "new report monthly", "new report", "new themes --set id=a --set title.zh=题 --set title.en=A",
        "build --now 2026-02-03", "approve progress 2024", "approve progress 2025 --by Li --now 2026-02-03",
        "outbox drop x", "schedule install --print cron", "import data/reports.yaml --kind themes",
    ):  # fmt: skip
        main(typed.split())
    with pytest.raises(SystemExit):
        main(["--help"])
    said = "".join(capsys.readouterr())

    assert "run.py" not in said
    for told in (
        "Build it: progress-reports build monthly.", "Write: progress-reports new report NAME.",
        "Build it first: progress-reports build progress", "progress-reports deliver REPORT/PERIOD sends it later",
        "progress-reports outbox lists what is there", "usage: progress-reports",
    ):  # fmt: skip
        assert told in said


def test_init_ends_with_what_to_type(
    begun: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "bin" / "progress-reports"
    script.parent.mkdir()
    script.touch(0o755)
    begun(Start("progress-reports", (str(script),)))
    monkeypatch.setenv("PATH", "")
    assert command() == str(script)
    monkeypatch.setattr("shutil.which", lambda name: str(script))  # Windows finds by ending only
    for lang, lead in (
        ("en", "Go into the folder and run the program there:"),
        ("zh", "进入该文件夹，在那里运行："),
    ):
        monkeypatch.setenv("REPORTS_LANG", lang)
        main(["init", str(tmp_path / lang)])

        said = capsys.readouterr().out
        assert (
            f"{lead}\n    cd {tmp_path / lang}\n    progress-reports check\n    progress-reports build\n"
            in said
        )


def test_another_program_of_the_same_name_is_not_meant(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: str(tmp_path))

    assert command() == command_line([str(installed)])


# --- shells -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "posix", "windows"),
    [
        (("/usr/bin/python3", "/srv/报告/run.py"), "/usr/bin/python3 /srv/报告/run.py", "/usr/bin/python3 /srv/报告/run.py"),
        (("/a b/python", "/a b/run.py"), '"/a b/python" "/a b/run.py"', '& "/a b/python" "/a b/run.py"'),
        (("python", "/a b/run.py"), 'python "/a b/run.py"', 'python "/a b/run.py"'),
        (("pip", "starlette<2,>=1"), 'pip "starlette<2,>=1"', 'pip "starlette<2,>=1"'),
        (("cd", r"C:\Li Ming"), "cd 'C:\\Li Ming'", r'cd "C:\Li Ming"'),
        (("cd", r"C:\reports"), r"cd 'C:\reports'", r"cd C:\reports"),
        (("cd", "/a $b"), "cd '/a $b'", "cd '/a $b'"),
        (("cd", "it's $b"), """cd 'it'"'"'s $b'""", "cd 'it''s $b'"),
        (("cd", "“a” ’b"), 'cd "“a” ’b"', "cd '“a” ’’b'"),
    ],
)  # fmt: skip
def test_a_shell_takes_what_is_shown(words: tuple[str, ...], posix: str, windows: str) -> None:
    assert command_line(words, windows=False) == posix
    assert command_line(words, windows=True) == windows


# --- the preview ------------------------------------------------------------------------------------------


def test_the_extra_of_a_checkout_comes_from_its_lock(
    begun: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(Start("run.py", RUN))
    monkeypatch.chdir(ROOT)
    assert adding("preview").endswith("-m pip install --require-hashes -r requirements/preview.lock")
    monkeypatch.chdir(tmp_path)
    assert adding("preview").endswith(
        f"-r {invocation.shell_word((ROOT / 'requirements/preview.lock').as_posix())}"
    )


NEEDS = [
    "lxml<7,>=6.1",
    'starlette<2,>=1.10; extra == "preview"',
    "uvicorn ; extra == 'preview'",
    'a; extra == "b"',
]


def test_an_extra_adds_what_it_says() -> None:
    assert wanted("preview", NEEDS) == ("starlette<2,>=1.10", "uvicorn")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("made_by", "pip", "told"),
    [
        ("", True, "{python} -m pip install"),
        ("", False, "uv pip install --python {python}"),
        ("uv-receipt.toml", False, "uv pip install --python {python}"),
        ("pipx_metadata.json", True, "pipx inject progress-reports"),
    ],
)
def test_the_extra_of_an_installation_is_added_by_what_made_it(
    made_by: str, pip: bool, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if made_by:
        (tmp_path / made_by).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(invocation, "find_spec", lambda name: pip or None)
    monkeypatch.setattr("importlib.metadata.requires", lambda name: NEEDS)

    python = invocation.shell_word(sys.executable)
    assert adding("preview") == f'{told.format(python=python)} "starlette<2,>=1.10" uvicorn'
