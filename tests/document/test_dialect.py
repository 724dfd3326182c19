"""The dialect, case by case: cases/dialect/*.md, one file a family of constructs.

A case is a title, what an author writes, and the tree it stands for, each ended by a line with a full stop.
⟦…⟧ is a value out of the data. `pytest --update-golden` writes the trees anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports.document.manuscript import insert_token
from reports.document.markdown.dialect import Attributes, block_tokens, split_attributes, web_address
from reports.document.nodes import Fact
from tests.support.trees import mistakes, show, told, tree, value

FILES = sorted((Path(__file__).parent.parent / "cases" / "dialect").glob("*.md"))
CASE = re.compile(r"(?P<title>[^\n]+)\n\.\n(?P<text>.*?\n)\.\n(?P<tree>.*?\n)??\.\n", re.DOTALL)


@dataclass(frozen=True)
class Case:
    title: str
    text: str
    tree: str


def cases_of(file: Path) -> list[Case]:
    return [Case(**found.groupdict("")) for found in CASE.finditer(file.read_text(encoding="utf-8"))]


def outcome(text: str) -> str:
    """The tree, or what is wrong."""
    values: list[Fact] = []

    def insert(found: re.Match[str]) -> str:
        values.append(value(found[1], len(values)))
        return insert_token(len(values) - 1)

    text = re.sub("⟦([^⟧]*)⟧", insert, text.removesuffix("\n"))
    wrong = told(mistakes(text, values))
    return "".join(f"wrong: {line}\n" for line in wrong) or show(tree(text, inserts=values))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_construct_stands_for_its_tree(file: Path, update_golden: bool) -> None:
    cases = cases_of(file)
    assert cases
    if update_golden:
        parts = (f"{case.title}\n.\n{case.text}.\n{outcome(case.text)}.\n" for case in cases)
        file.write_text("\n".join(parts), encoding="utf-8", newline="\n")
        cases = cases_of(file)
    for case in cases:
        assert (case.title, outcome(case.text)) == (case.title, case.tree)


def test_case_titles_are_sentences_of_their_own() -> None:
    titles = [case.title for file in FILES for case in cases_of(file)]
    assert len(titles) == len(set(titles))


# --- attributes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rest", "attributes"),
    [
        ("题 {#tbl-a}", "题", Attributes("tbl-a")),
        ("题{#tbl-a .b c=d e='f'}", "题", Attributes("tbl-a", ("b",), (("c", "d"), ("e", "'f'")))),
        ('题 {a="b c" d=""}', "题", Attributes(pairs=(("a", "b c"), ("d", "")))),
        ("题 {-}", "题", Attributes(classes=("unnumbered",))),
        ("题 {#一 .二}", "题", Attributes("一", ("二",))),
        ("题 {#a", "题 {#a", Attributes()),
        ("题 {}", "题 {}", Attributes()),
        ("题 {甲乙}", "题 {甲乙}", Attributes()),
        ("集合 {1, 2}", "集合 {1, 2}", Attributes()),
        ("题 {#a} 尾", "题 {#a} 尾", Attributes()),
        ("题 {#a b}", "题", Attributes(wrong="{#a b}")),
        ("题 {#a #b}", "题", Attributes(wrong="{#a #b}")),
        ("题 {#}", "题", Attributes(wrong="{#}")),
        ("{#a}", "", Attributes("a")),
        ("", "", Attributes()),
    ],
)
def test_attributes_are_split_off_the_end(text: str, rest: str, attributes: Attributes) -> None:
    assert split_attributes(text) == (rest, attributes)


def test_an_attribute_that_is_not_there_is_empty() -> None:
    assert Attributes(pairs=(("a", "b"),)).get("c") == ""


# --- the rest of the room ---------------------------------------------------------------------------------


def test_tokens_know_their_lines_inside_everything() -> None:
    tokens = block_tokens("> - 甲\n>\n>   ::: note\n>   乙\n>   :::\n\n丙")
    assert [(t.type, t.map) for t in tokens if t.type in {"div_open", "paragraph_open"}] == [
        ("paragraph_open", [0, 1]),
        ("div_open", [2, 4]),
        ("paragraph_open", [3, 4]),
        ("paragraph_open", [6, 7]),
    ]


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("https://x.org/a?b=c&d=%20#e", "https://x.org/a?b=c&d=%20#e"),
        ("https://x.org/中 文", "https://x.org/%E4%B8%AD%20%E6%96%87"),
        ("https://例子.org/", "https://xn--fsqu00a.org/"),
        ("mailto:a@x.org", "mailto:a@x.org"),
    ],
)
def test_an_address_is_written_so_that_programs_can_follow_it(href: str, safe: str) -> None:
    assert web_address(href) == safe
