"""Help and complaints about what was typed, on a Chinese machine."""

from __future__ import annotations

import argparse
import inspect
import re

import pytest

from reports import invocation
from reports.cli.main import COMMANDS, main
from reports.cli.vocabulary.parser import ARGPARSE
from reports.cli.words import WORDS
from reports.diagnostics.problems import display_width
from reports.invocation import Start


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Chinese machine with a terminal of 80 columns, and a checkout at a short path: help shows it whole."""
    monkeypatch.setattr(invocation, "here", lambda: Start("run.py", ("python", "/reports/run.py")))
    monkeypatch.delenv("REPORTS_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command says that ends before it does anything."""
    with pytest.raises(SystemExit):
        main(arguments)
    return "".join(capsys.readouterr())


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese_to_the_last_word(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = said([*filter(None, [command]), "--help"], capsys)

    assert text.startswith("用法：run.py ")
    assert "显示本帮助后退出" in text
    assert [words for words in ARGPARSE if len(words) > 6 and words in text] == []
    assert [english for _, english in WORDS.rows.values() if len(english) > 12 and english in text] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_line_of_help_is_wider_than_the_terminal(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said([*filter(None, [command]), "--help"], capsys).splitlines()

    assert [line for line in lines if display_width(line) > 80] == []


def test_a_long_help_goes_on_below_its_beginning_and_begins_with_no_comma(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(["run-due", "--help"], capsys)

    assert "\n退出码：" in text
    assert not re.search(r"^\s*[，。；、：）]", text, re.MULTILINE)


def test_further_lines_of_the_usage_stand_below_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = said(["history", "--help"], capsys).splitlines()[:2]

    assert display_width(first[: first.index("[-h]")]) == len(second) - len(second.lstrip())


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["bild"], "run.py：错误：参数 COMMAND：没有 'bild' 这一项，可选："),
        (["--bogus"], "run.py：错误：无法识别的参数：--bogus"),
        (["trace"], "run.py trace：错误：缺少参数：FILE.docx"),
        (["build", "--period"], "run.py build：错误：参数 --period：需要一个值"),
        (["build", "--period", "2023Q5"], "参数 --period：“2023Q5”不是报告期。例如：2023、"),
        (["preview", "--port", "x"], "run.py preview：错误：参数 --port：不能是 'x'"),
        (["review", "--data=x"], "run.py review：错误：缺少参数：FILE.docx"),
        (["schedule", "--l"], "run.py schedule：错误：选项 --l 不明确，可能是：--list, --log"),
        (["check", "--help=x"], "run.py check：错误：参数 -h/--help：不带值，却写了 'x'"),
    ],
)
def test_what_cannot_be_understood_is_said_in_chinese(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(arguments, capsys)

    assert complaint in text
    assert "error" not in text


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().out.startswith("用法：run.py ")


def test_argparse_speaks_english_again_afterwards(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(["bild"], capsys)
    monkeypatch.setenv("REPORTS_LANG", "en")

    assert said(["build", "--help"], capsys).startswith("usage: run.py build [-h]")
    assert "invalid choice: 'bild'" in said(["bild"], capsys)


@pytest.mark.parametrize("words", ARGPARSE)
def test_the_words_are_those_of_argparse(words: str) -> None:
    """What another Python calls otherwise stays English: nothing fails, and this test says so."""
    chinese, named = ARGPARSE[words], re.compile(r"%\(\w+\)[sr]|%[sr]")

    assert repr(words)[1:-1] in inspect.getsource(argparse)
    assert {*named.findall(chinese)} <= {*named.findall(words)}
