"""Parsing: what a template's author gets wrong, told with its line; and what no input may do."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.diagnostics.problems import ReportError, Where
from reports.document.manuscript import Manuscript, insert_token
from reports.document.markdown.parser import parse
from reports.document.nodes import (
    Cell,
    Column,
    Document,
    Fact,
    FigureBlock,
    Link,
    Paragraph,
    Ref,
    Styled,
    Table,
    Text,
    walk_blocks,
)
from reports.document.numbering import number
from reports.document.profiles import PROFILES
from reports.writers import markdown
from tests.support.trees import TEMPLATE, manuscript, mistakes, show, told, tree, value

CASES = Path(__file__).parent.parent / "cases"
TABLE = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
PLANNED = Table((Column(),), ((Cell((Text("头"),)),),), ((Cell((Text("格"),)),),))
FIRST = insert_token(0)

# --- the author's mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # blocks
        ("::: summary\n文", ["1 markdown/unclosed"]),
        ("::: summary\n\n::: note\n文\n:::\n", ["1 markdown/unclosed"]),
        ("- 甲\n\n  ::: note\n  乙\n\n外\n\n:::", ["3 markdown/unclosed", "8 markdown/fence"]),
        ("文\n\n:::", ["3 markdown/fence"]),
        ("文\n:::\n文", ["2 markdown/fence"]),
        ("::: two words\n文\n:::", ["1 markdown/fence", "3 markdown/fence"]),
        ("文\n\n::: sumary\n文\n:::", ["3 markdown/role"]),
        ("::: {.sumary}\n文\n:::", ["1 markdown/role"]),
        ("::: {}\n文\n:::", ["1 markdown/role"]),
        ("::: {.summary color=red}\n文\n:::", ["1 markdown/attribute"]),
        ("::: {.summary #here}\n文\n:::", ["1 markdown/attribute"]),
        ("::: {.summary oops}\n文\n:::", ["1 markdown/attribute"]),
        ("::: page-break\n文\n:::", ["1 markdown/not-empty"]),
        ("::: contents\n文\n:::", ["1 markdown/not-empty"]),
        ("::: {.contents of=charts}\n:::", ["1 markdown/attribute"]),
        ("::: {.contents depth=9}\n:::", ["1 markdown/attribute"]),
        ("> " * 60 + "文", ["1 markdown/too-deep"]),
        ("- " * 60 + "文", ["1 markdown/too-deep"]),
        # headings
        ("# 文 {#a b}", ["1 markdown/attribute"]),
        ("# 文 {#a #b}", ["1 markdown/attribute"]),
        ("# 文 {.big}", ["1 markdown/attribute"]),
        ("文\n\n# 文 {color=red}", ["3 markdown/attribute"]),
        # tables and captions
        (": 题 {#tbl-a}\n\n文", ["1 markdown/no-table"]),
        ("文\n\n: 题", ["3 markdown/no-table"]),
        (f": 甲\n\n: 乙\n\n{TABLE}", ["1 markdown/no-table"]),
        (f"{TABLE}\n: 甲\n\n: 乙", ["7 markdown/no-table"]),
        (f"{TABLE}\n: 题 {{#tbl-a widths='1 1'}}", ["5 markdown/attribute"]),
        (f'{TABLE}\n: 题 {{#tbl-a widths="1 2 3"}}', ["5 markdown/attribute"]),
        (f'{TABLE}\n: 题 {{#tbl-a widths="a b"}}', ["5 markdown/attribute"]),
        (f'{TABLE}\n: 题 {{#tbl-a widths="0 1"}}', ["5 markdown/attribute"]),
        (f'{TABLE}\n: 题 {{#tbl-a widths="nan inf"}}', ["5 markdown/attribute"]),
        (f"{TABLE}\n: 题 {{#tbl-a unti=人}}", ["5 markdown/attribute"]),
        ("| 甲 | 乙 |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", ["3 markdown/table-row", "4 markdown/table-row"]),
        ("> | 甲 | 乙 |\n> |---|---|\n> | 1 |", ["3 markdown/table-row"]),
        ("| 甲 | `a|b` |\n|---|---|\n| 1 | `a|b` |", ["1 markdown/not-a-table"]),
        ("文\n\n| 甲 | 乙 |\n|---|\n| 1 | 2 |", ["3 markdown/not-a-table"]),
        # pictures
        ("文 ![题](chart:0) 字", ["1 markdown/picture-in-text"]),
        ("**![题](chart:0)**", ["1 markdown/picture-in-text"]),
        ("# ![题](chart:0)", ["1 markdown/picture-in-text"]),
        ("甲\n乙 ![题](chart:0)", ["1 markdown/picture-in-text"]),
        ("| ![题](chart:0) |\n|---|", ["1 markdown/picture-in-text"]),
        ("![题](chart:0)![题](chart:1)", ["1 markdown/picture-in-text"]),
        ("![题](chart:7)", ["1 markdown/picture-source"]),
        ("![题](photo.png)", ["1 markdown/picture-source"]),
        ("![题](https://x.org/a.png)", ["1 markdown/picture-source"]),
        ("![题](javascript:alert)", ["1 markdown/picture-source"]),
        ("![题](data:image/png;base64,AA)", ["1 markdown/picture-source"]),
        ("![题](chart:0){#fig-a width=12cm}", ["1 markdown/attribute"]),
        ("![题](chart:0){#fig-a width=0%}", ["1 markdown/attribute"]),
        ("![题](chart:0){#fig-a width=101%}", ["1 markdown/attribute"]),
        ("![题](chart:0){#fig a}", ["1 markdown/attribute"]),
        ("::: {#fig-a}\n:::", ["1 markdown/figure-group"]),
        ("::: {#fig-a}\n![甲](chart:0)\n\n- 乙\n:::", ["1 markdown/figure-group"]),
        ("::: {#fig-a}\n![甲](chart:0)\n\n乙\n\n丙\n:::", ["1 markdown/figure-group"]),
        ("::: {#fig-a layout-ncol=x}\n![甲](chart:0)\n:::", ["1 markdown/attribute"]),
        ("::: {#fig-a}\n![甲](chart:0){#fig-b}\n:::", ["2 markdown/attribute"]),
        # links
        ("[文](ftp://x.org)", ["1 markdown/link"]),
        ("[文](javascript:alert(1))", ["1 markdown/link"]),
        ("[文](JAVASCRIPT:alert)", ["1 markdown/link"]),
        ("[文](data:text/html,x)", ["1 markdown/link"]),
        ("[文](file:///etc/passwd)", ["1 markdown/link"]),
        ("[文](/x)", ["1 markdown/link"]),
        ("[文]()", ["1 markdown/link"]),
        ("<vbscript:x>", ["1 markdown/link"]),
        ("[文][1]\n\n[1]: //x.org", ["1 markdown/link"]),
        ("甲\n乙\n丙[文](x)", ["3 markdown/link"]),
        # footnotes
        ("文[^a]", ["1 markdown/unknown-note"]),
        ("文[^a]\n\n[^b]: 注", ["1 markdown/unknown-note", "3 markdown/unused-note"]),
        ("文[^a]\n\n[^a]: 甲\n[^a]: 乙", ["4 markdown/note-twice"]),
        ("文[^a]\n\n[^a]: - 甲", ["1 markdown/note-content"]),
        ("文[^a]\n\n[^a]: 甲[^b]\n\n[^b]: 乙", ["3 markdown/note-content"]),
        ("文[^a]\n\n[^a]: 甲[^a]", ["3 markdown/note-content"]),
        ("文[^a]\n\n[^a]: 甲\n\n    > [^b]: 乙", ["1 markdown/note-content", "5 markdown/unused-note"]),
        ("文[^a][^b]\n\n[^a]:>[^b]:\n\n后", ["1 markdown/note-content"]),
        ("甲\n文^[甲^[乙]]", ["2 markdown/note-content"]),
        ("甲\n文^[甲[乙](x)]", ["2 markdown/link"]),
        # the title block
        ("---\nspeker: 张三\n---", ["2 markdown/front-matter"]),
        ("---\ntitle: 甲\ntitle: 乙\n---", ["3 markdown/title-twice"]),
        ("---\ntitle: 甲\nnothing\n---", ["3 markdown/front-matter"]),
        ("---\ntitle: 甲\n\n# 文", ["1 markdown/title-block"]),
        ("---\ncover: maybe\nchapter: 三\n---", ["2 markdown/attribute", "3 markdown/attribute"]),
        ("---\ncover: yes\nchapter: 3\n---", []),
        ("---\ntitle: [甲](x)\n---", ["2 markdown/link"]),
        ("---\ntitle: 甲\n---\n\n文\n\n[文](x)", ["7 markdown/link"]),
        # emphasis
        ("**" * 60 + "文" + "**" * 60, ["1 markdown/too-deep"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(text: str, expected: list[str]) -> None:
    assert told(mistakes(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("文\ue000字", ["1 template/broken-value"]),
        ("文\n\n字\ue0019\ue000", ["3 template/broken-value"]),
        ("\ue0009\ue001", ["1 template/broken-value"]),
        ("文\ue0009\ue001", ["1 template/broken-value"]),
        (f"\ue000{'9' * 5000}\ue001", ["1 template/broken-value"]),
        ("\ue0020\ue0031\ue004", ["1 template/broken-value"]),
        ("```\n\ue000\n```", ["1 template/broken-value"]),
        ("[文](https://x.org/\ue000)", ["1 template/broken-value"]),
        (f"文{FIRST}", ["1 markdown/table-in-text"]),
        (f"# {FIRST}", ["1 markdown/table-in-text"]),
        (f"| 甲 |\n|---|\n| {FIRST} |", ["3 markdown/table-in-text"]),
        (f"[{FIRST}](https://x.org)", ["1 markdown/table-in-text"]),
        (f"`{FIRST}`", ["1 markdown/table-in-text"]),
        (f"```\n{FIRST}\n```", ["1 markdown/table-in-text"]),
    ],
)
def test_a_broken_token_or_a_table_out_of_place_is_told(text: str, expected: list[str]) -> None:
    assert told(mistakes(text, [PLANNED])) == expected


def test_all_mistakes_are_told_at_once() -> None:
    text = (
        "---\nspeker: x\n---\n\n# 文 {#a b}\n\n文[^z] 和 [链](x)\n\n::: sumary\n![题](x.png)\n:::\n\n: 题\n"
    )
    assert told(mistakes(text)) == [
        "2 markdown/front-matter",
        "5 markdown/attribute",
        "7 markdown/unknown-note",
        "7 markdown/link",
        "9 markdown/role",
        "13 markdown/no-table",
    ]


TOLD_IN_FULL = """
::: sumary⏎:::
    '::: sumary' is not known
    Did you mean 'summary'? Known: summary, callout, …
::: note⏎文
    the block '::: note' is never closed
    Add a line ':::' behind it.
---⏎speker: 张三⏎---
    'speker' is not part of a title block
    Did you mean 'speaker'? Known: title, subtitle, …
: 题 {#tbl-a unti=人}⏎⏎| 甲 | 乙 |⏎|---|---|
    'unti=人' cannot be used here
    Did you mean 'unit'? Known here: #id, unit="…", widths="1 1".
| 甲 | 乙 |⏎|---|---|⏎| 1 |
    this row has 1 cells, its table 2 columns
    Write every cell, the empty ones too; a bar inside a cell is written \\|.
[文](ftp://x)
    links to 'ftp://x' are not allowed
    Use http, https or mailto.
文[^a]
    there is no footnote 'a'
    Add a paragraph '[^a]: text'.
"""


@pytest.mark.parametrize(
    "case", re.split(r"\n(?! )", TOLD_IN_FULL.strip()), ids=lambda case: case.split("\n")[0]
)
def test_a_mistake_says_what_to_type_instead(case: str) -> None:
    text, message, hint = case.replace("\n    ", "\n").split("\n")
    (problem,) = mistakes(text.replace("⏎", "\n"))
    assert problem.message() == message
    assert problem.hint() == hint or ("…" in hint and problem.hint().startswith(hint.removesuffix("…")))
    assert problem.where.file == TEMPLATE


def test_a_problem_names_the_template_each_line_came_from() -> None:
    places = (Where("templates/a.md.j2", 9), Where("templates/shared/b.md.j2", 3))
    with pytest.raises(ReportError) as caught:
        parse(Manuscript("文[^z]\n\n[文](x)", "zh", places))
    assert [p.where for p in caught.value.problems] == list(places)


# --- values -----------------------------------------------------------------------------------------------

HOSTILE = value("**x** | [y](z) # <b> @fig-a {#id} ::: \n\n- `")


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        f"甲{FIRST}乙",
        f"# {FIRST}",
        f"# {FIRST} {{#a}}",
        f"- {FIRST}",
        f"| {FIRST} |\n|---|\n| {FIRST} |",
        f"{TABLE}\n: {FIRST} {{#tbl-a}}",
        f"![{FIRST}](chart:0){{#fig-a}}",
        f"文^[{FIRST}]",
        f"::: note\n{FIRST}\n:::",
        f"---\ntitle: {FIRST}\n---",
        f"**{FIRST}**和*{FIRST}*",
        f"[{FIRST}](https://x.org)",
    ],
)
def test_a_value_comes_through_as_it_is(text: str) -> None:
    """Whatever its letters are, they are letters."""
    assert str(HOSTILE) in repr(tree(text, inserts=[HOSTILE]))


def test_a_value_may_be_an_address() -> None:
    (block,) = tree(f"[文]({FIRST})", inserts=[value("https://x.org/a b")]).blocks
    assert block == Paragraph((Link("https://x.org/a%20b", (Text("文"),)),), Where(TEMPLATE, 1))


def test_a_value_as_an_address_is_checked_like_any_other() -> None:
    assert told(mistakes(f"[文]({FIRST})", [value("javascript:alert(1)")])) == ["1 markdown/link"]


def test_values_in_attributes_are_put_in() -> None:
    text = f'{TABLE}\n: 题 {{unit="{FIRST}"}}\n\n![题](media:{FIRST}){{fig-alt="{FIRST}"}}'
    table, figure = tree(text, inserts=[value("图 片")]).blocks
    assert isinstance(table, Table)
    assert table.unit == (value("图 片"),)
    assert isinstance(figure, FigureBlock)
    assert (figure.pictures[0].source, figure.pictures[0].alt) == ("media:图 片", "图 片")


def test_a_value_in_bold_in_a_link_is_all_three() -> None:
    (block,) = tree(f"[**{FIRST}**](https://x.org)", inserts=[value("值")]).blocks
    assert isinstance(block, Paragraph)
    assert block.content == (Link("https://x.org", (Styled("strong", (Fact(0, (Text("值"),)),)),)),)


def test_a_planned_table_takes_the_caption_behind_it() -> None:
    (table,) = tree(f"{FIRST}\n\n: 题 {{#tbl-a}}", inserts=[PLANNED]).blocks
    assert isinstance(table, Table)
    assert (table.caption, table.id, table.rows) == ((Text("题"),), "tbl-a", PLANNED.rows)


def test_a_file_keeps_its_chinese_name() -> None:
    (figure,) = tree("![题](media:照片/中秋.jpg)").blocks
    assert isinstance(figure, FigureBlock)
    assert figure.pictures[0].source == "media:照片/中秋.jpg"


# --- places -----------------------------------------------------------------------------------------------


def test_every_block_knows_its_line() -> None:
    text = f"---\ntitle: 甲\n---\n\n# 一\n\n文\n\n- 项\n\n  续\n\n> 引\n\n{TABLE}\n![题](chart:0)\n\n```\n码\n```\n\n***\n"
    blocks = walk_blocks(tree(text).blocks)
    lines = [(type(b).__name__, b.where.line) for b in blocks if b.where]
    assert lines == [
        ("Heading", 5),
        ("Paragraph", 7),
        ("Listing", 9),
        ("Paragraph", 9),
        ("Paragraph", 11),
        ("Box", 13),
        ("Paragraph", 13),
        ("Table", 15),
        ("FigureBlock", 19),
        ("CodeBlock", 21),
        ("Paragraph", 25),
    ]


# --- whatever is typed ------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "#",
        "##",
        "-",
        "*",
        "+",
        ">",
        "1.",
        "|",
        "|---",
        ":::",
        ":::",
        "note",
        ":::",
        "{#fig-a}",
        "```",
        "~~~",
        "---",
        "===",
        ":",
        ":",
        "题",
        "[^a]",
        "[^a]:",
        "^[",
        "]",
        "[",
        "](",
        ")",
        "!",
        "![题](chart:0)",
        "**",
        "*",
        "_",
        "~~",
        "~",
        "^",
        "`",
        "<",
        ">",
        "<b>",
        "&",
        "&amp;",
        "\\",
        "@fig-a",
        "@",
        "{#a}",
        "{.b",
        "c=d}",
        "{",
        "}",
        "$",
        "中",
        "文。",
        "“",
        "，",
        "a",
        "1",
        "http://x.org",
    ]
)
WRITING = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(PIECES, st.sampled_from([" ", "\n", "\n\n", "    "])), max_size=40).map("".join),
    st.lists(PIECES, max_size=20).map("\n".join),
)


def read(text: str) -> Document | None:
    """The document, None when the text has mistakes that were told."""
    inserts = (value("值"), PLANNED)
    return None if mistakes(text, inserts) else tree(text, inserts=inserts)


@settings(max_examples=1000, deadline=None)
@given(WRITING)
def test_any_text_is_read_or_its_mistakes_are_told(text: str) -> None:
    document = read(text)
    assert document is None or show(document) is not None


@given(
    st.lists(
        st.sampled_from(["\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "0", "1", "*", "`", "[", "](x)"])
    )
)
def test_no_token_of_ours_is_ever_left_in_the_tree(parts: list[str]) -> None:
    document = read("".join(parts))
    assert document is None or not any(c in repr(document) for c in "\ue000\ue001\ue002\ue003\ue004")


def _examples() -> Iterator[tuple[str, str]]:
    for path in sorted((CASES / "commonmark").glob("*.md")):
        for n, part in enumerate(path.read_text(encoding="utf-8").split("\n=====\n"), 1):
            yield f"{path.stem}-{n}", part


@pytest.mark.parametrize(("text"), [text for _, text in _examples()], ids=[name for name, _ in _examples()])
def test_the_examples_of_the_standard_are_read(text: str) -> None:
    """Tags are letters like others; what the dialect forbids is told."""
    document = read(text)
    if document is None:
        return
    seen = show(document)
    for tag in ("<script", "<b>", "<div", "<del>", "<a ", "<!--", "<?php", "<![CDATA", "<table"):
        assert (tag in seen) == (tag in text)


def _standard() -> list[dict[str, object]]:
    """The 652 examples of CommonMark 0.31.2 (John MacFarlane, CC BY-SA 4.0), their HTML left out."""
    examples: list[dict[str, object]] = json.loads(
        (CASES / "commonmark" / "spec-0.31.2.json").read_text("utf-8")
    )
    return examples


@pytest.mark.parametrize("example", _standard(), ids=lambda e: f"{e['section']}-{e['example']}")
def test_every_example_of_the_specification_goes_through(example: dict[str, object]) -> None:
    """Read, or refused with what is wrong; and both text writers can write what was read."""
    document = read(str(example["markdown"]))
    if document is not None and example["example"] not in REFERENCES:
        numbered = number(document, PROFILES["briefing", "en"])
        assert markdown.write(numbered, PROFILES["briefing", "en"], {})


#: Examples with an @ that reads as a reference here, one that leads nowhere.
REFERENCES = (501, 606)


GREAT = 10_000


@pytest.mark.parametrize(
    "text",
    [
        "[" * GREAT,
        "[" * GREAT + "文" + "]" * GREAT,
        "![" * GREAT,
        "[文](" * GREAT,
        "> " * GREAT + "文",
        ">" * GREAT,
        "- " * GREAT + "文",
        "*" * GREAT + "文" + "*" * GREAT,
        "*文 " * GREAT,
        "*文 _字" * GREAT,
        "**文 *字" * 5000 + "字** 文*" * 5000,
        "^[" * GREAT,
        "[^a" * GREAT,
        "[^1]" * GREAT + "\n\n[^1]: 注",
        "~文" * GREAT,
        "^文" * GREAT,
        "`文``" * GREAT,
        "[@fig" * GREAT,
        "<" * GREAT,
        "# 文 {" + "a=" * GREAT + "}",
        "# 文 " + "{" * GREAT,
        ":::\n" * 50_000,
        "::: note\n" * 5_000,
        "::: note\n" * 2_000 + ":::\n" * 2_000,
        "".join("  " * n + "- 文\n" for n in range(300)),
        "|" * GREAT + "\n" + "|-" * GREAT,
        "| 甲 | 乙 |\n|---|---|\n" + "| 1 |\n" * GREAT,
        "文\n" * 50_000,
        " " * 50_000 + "文",
        "\\" * GREAT,
        "# " + "{#a} " * GREAT,
    ],
    ids=lambda text: text[:8].replace("\n", "⏎"),
)
def test_text_made_to_be_slow_is_read_in_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 5


def test_reading_the_same_text_twice_gives_the_same() -> None:
    source = manuscript(f"文^[注]字^[注]\n\n{TABLE}\n: 题 {{#tbl-a}}\n\n见@tbl-a")
    assert parse(source) == parse(source)


def test_a_reference_keeps_its_own_words() -> None:
    (block,) = tree("[见附图](#fig-a)和[附表](#表一)").blocks
    assert isinstance(block, Paragraph)
    assert block.content == (Ref("fig-a", "见附图"), Text("和"), Ref("表一", "附表"))
