"""The words of the commands: one table, whole in both languages, without a word that nobody says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from reports.cli.main import COMMANDS
from reports.cli.words import WORDS, counted, say

CLI = Path(__file__).parent.parent.parent / "reports" / "cli"
TREES = {path.name: ast.parse(path.read_text("utf-8")) for path in sorted(CLI.glob("*.py"))}
CHINESE = re.compile("[\u3400-\u9fff]")
#: What looks words up, and what a key gets behind it there.
LOOKS_UP = {"say": ("",), "counted": (".one", ".many")}


def keys_said(tree: ast.AST) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Line and key of every look-up, and the words it can find: of a key put together, all that begin so."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[key, *_]) if name in LOOKS_UP:
                yield from ((node.lineno, *found) for found in _found(key, LOOKS_UP[name]))


def _found(key: ast.expr, ends: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    match key:
        case ast.Constant(value=str(word)):
            yield from ((word + end, tuple({word + end} & WORDS.rows.keys())) for end in ends)
        case ast.JoinedStr(values=[ast.Constant(value=str(begin)), *_]):
            yield f"{begin}…", tuple(word for word in WORDS.rows if word.startswith(begin))
        case ast.IfExp(body=one, orelse=other):
            yield from _found(one, ends)
            yield from _found(other, ends)


def names(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("module", [name for name in TREES if name != "words.py"])
def test_every_word_that_is_said_stands_in_the_table(module: str) -> None:
    missing = [f"line {line}: {key}" for line, key, found in keys_said(TREES[module]) if not found]

    assert missing == []


def test_every_word_of_the_table_is_said() -> None:
    said = {word for tree in TREES.values() for _, _, found in keys_said(tree) for word in found}

    assert sorted(WORDS.rows.keys() - said - COMMANDS.keys()) == []


def test_the_table_says_what_each_command_is_for() -> None:
    assert COMMANDS.keys() <= WORDS.rows.keys()


@pytest.mark.parametrize("key", WORDS.rows)
def test_both_languages_say_the_same(key: str) -> None:
    chinese, english = WORDS.rows[key]

    assert names(chinese) == names(english)
    assert (chinese != english) == bool(english)
    assert not CHINESE.search(english)


@pytest.mark.parametrize("module", [name for name in TREES if name != "words.py"])
def test_no_other_module_holds_chinese(module: str) -> None:
    found = [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value)
    ]

    assert found == []


def test_values_are_put_where_the_words_name_them() -> None:
    assert say("review.behind", "zh", words="年会") == "位于“年会”之后"
    assert say("review.behind", "en", words="{x}") == "behind “{x}”"


def test_one_is_counted_otherwise_than_many() -> None:
    assert [counted("error", n, "en") for n in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]
    assert [counted("error", n, "zh") for n in (1, 2)] == ["1 个错误", "2 个错误"]
