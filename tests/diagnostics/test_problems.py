"""Problems: what a person reads, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.diagnostics.messages.catalogue import MESSAGES
from reports.diagnostics.problems import (
    Problem,
    ReportError,
    Where,
    display_width,
    errors,
    format_problem,
    in_order,
    near,
    problem_as_dict,
)

PACKAGE = Path(__file__).parent.parent.parent / "reports"
CHOICE = Problem(
    Where("data/ccicc/meetings.yaml", 4, 13, 17),
    "data/choice",
    {"value": "hold", "expected": "held, planned", "near": "held"},
)


def shown(problem: Problem, line: str, lang: str = "en") -> list[str]:
    return format_problem(problem, "zh" if lang == "zh" else "en", lambda where: line).split("\n")


# --- messages ---------------------------------------------------------------------------------------------


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    message = MESSAGES[code]
    assert message.en
    assert message.zh
    assert bool(message.hint_en) == bool(message.hint_zh)
    assert placeholders(message.en) == placeholders(message.zh)
    assert placeholders(message.hint_en) == placeholders(message.hint_zh)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_is_one_sentence_and_its_hint_ends(code: str) -> None:
    message = MESSAGES[code]
    assert not message.en.endswith(".")
    assert not message.zh.endswith("。")
    assert message.hint_en[-1:] in set(".?") | {""}
    assert message.hint_zh[-1:] in set("。？") | {""}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_can_be_filled(code: str) -> None:
    message = MESSAGES[code]
    names = placeholders(message.en + message.hint_en)
    problem = Problem(Where("data/a.yaml", 1, 1), code, {name: f"<{name}>" for name in names})
    for lang in ("en", "zh"):
        told = format_problem(problem, "zh" if lang == "zh" else "en")
        assert all(f"<{name}>" in told for name in names)
        assert "{name}" not in told or "{{name}}" in message.hint_en


def test_every_code_that_the_program_names_has_a_message() -> None:
    rooms = sorted({code.split("/")[0] for code in MESSAGES})
    code = re.compile(rf'"((?:{"|".join(rooms)})/[a-z][a-z-]*)"')
    named = {
        found for path in PACKAGE.rglob("*.py") for found in code.findall(path.read_text(encoding="utf-8"))
    }
    assert named - MESSAGES.keys() == set()


# --- the form ---------------------------------------------------------------------------------------------


def test_a_problem_shows_its_place_its_line_and_what_to_type() -> None:
    assert shown(CHOICE, "    status: hold\n") == [
        "data/ccicc/meetings.yaml:4:13: error[data/choice]: 'hold' is not one of the choices",
        "        status: hold",
        "                ^^^^",
        "    hint: Did you mean 'held'? Write one of: held, planned.",
    ]


def test_a_problem_is_told_in_chinese() -> None:
    assert shown(CHOICE, "    status: hold\n", "zh") == [
        "data/ccicc/meetings.yaml:4:13: error[data/choice]: “hold”不在可选范围内",
        "        status: hold",
        "                ^^^^",
        "    提示：是不是想写“held”？可写：held, planned。",
    ]


def test_the_caret_stands_under_wide_characters() -> None:
    """Each Chinese character takes two columns, in front of the guilty text and in it."""
    line = "  title: 会议：总结"
    where = Where("a.yaml", 1, line.index("总") + 1, line.index("结") + 2)
    excerpt, caret = shown(Problem(where, "yaml/tab"), line)[1:3]
    assert display_width(caret.rstrip("^")) == display_width(excerpt.split("总")[0])
    assert caret.count("^") == 4


def test_a_tab_takes_one_column() -> None:
    assert shown(Problem(Where("a.yaml", 1, 1), "yaml/tab"), "\tid: a")[1:3] == ["     id: a", "    ^"]


def test_an_invisible_character_is_made_visible() -> None:
    problem = Problem(Where("a.yaml", 1, 3), "yaml/control-character", {"code": "U+000B"})
    assert shown(problem, "ab\vc")[1] == "    ab□c"


def test_a_long_line_is_cut_around_its_problem() -> None:
    line = "x" * 500 + "guilty" + "y" * 500
    excerpt, caret = shown(Problem(Where("a.yaml", 1, 501, 507), "yaml/tab"), line)[1:3]
    assert len(excerpt) < 120
    assert excerpt[caret.index("^") : caret.rindex("^") + 1] == "guilty"


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    problem = Problem(Where("data"), "file/missing", {"name": "data"})
    assert format_problem(problem) == "data: error[file/missing]: there is no file or folder 'data'"


def test_a_label_is_shown_as_the_path_a_person_can_open() -> None:
    told = format_problem(CHOICE, show_file=lambda label: f"/srv/{label}")
    assert told.startswith("/srv/data/ccicc/meetings.yaml:4:13: error")


def test_a_warning_says_so() -> None:
    told = format_problem(Problem(Where("a.yaml", 1, 1), "yaml/tab", {}, "warning"))
    assert told.startswith("a.yaml:1:1: warning[yaml/tab]: ")


def test_programs_get_the_same_as_plain_values() -> None:
    assert problem_as_dict(CHOICE) == {
        "file": "data/ccicc/meetings.yaml",
        "line": 4,
        "column": 13,
        "severity": "error",
        "code": "data/choice",
        "message": "'hold' is not one of the choices",
        "hint": "Did you mean 'held'? Write one of: held, planned.",
    }


@given(st.text(), st.integers(0, 50), st.integers(0, 60))
def test_any_line_can_be_shown(line: str, column: int, end: int) -> None:
    assert format_problem(Problem(Where("a", 1, column, end), "yaml/tab"), "zh", lambda where: line)


# --- order and choice -------------------------------------------------------------------------------------


def test_problems_come_in_the_order_of_the_files_and_each_once() -> None:
    def at(file: str, line: int, column: int) -> Problem:
        return Problem(Where(file, line, column), "yaml/tab")

    given_ = [at("b", 1, 1), at("a", 10, 1), at("a", 2, 5), at("a", 2, 1), at("a", 2, 5)]
    assert in_order(given_) == [at("a", 2, 1), at("a", 2, 5), at("a", 10, 1), at("b", 1, 1)]


def test_warnings_stop_nothing() -> None:
    warning = Problem(Where("a"), "yaml/tab", {}, "warning")
    assert errors([warning, CHOICE]) == (CHOICE,)


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("titel", ["title", "topic"], "title"),
        ("meeting", ["meetings", "series"], "meetings"),
        ("mou-2109", ["mou-2019", "mou-2011"], "mou-2019"),
        ("xyz", ["title"], ""),
        ("", ["title"], ""),
        ("title", [], ""),
        ("t" * 101, ["t" * 100], ""),
    ],
)
def test_the_nearest_known_word_is_offered(word: str, known: list[str], found: str) -> None:
    assert near(word, known) == found


def test_an_error_names_all_its_problems() -> None:
    error = ReportError(CHOICE, Problem(Where("b", 2), "yaml/tab"))
    assert str(error) == (
        "data/ccicc/meetings.yaml:4:13: 'hold' is not one of the choices; b:2: a tab is used as indentation"
    )
    assert error.problems[0] is CHOICE


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("ab", 2), ("会议", 4), ("\u00e9", 1), ("e\u0301", 1), ("：", 2)]
)
def test_width_on_a_terminal(text: str, width: int) -> None:
    assert display_width(text) == width


def test_what_concerns_no_file_begins_with_what_it_is() -> None:
    told = format_problem(Problem(Where(""), "issue/no-draft", {"report": "memo", "period": "2023Q2"}))
    assert told.startswith("error[issue/no-draft]: there is no draft of memo 2023Q2 to approve")
