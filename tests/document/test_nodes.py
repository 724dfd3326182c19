"""The document tree: frozen, and walked in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from msgspec import Struct

from reports.diagnostics.problems import Where
from reports.document import nodes as nodes_module
from reports.document.nodes import (
    Block,
    Box,
    Cell,
    Cite,
    Column,
    CommentMark,
    Document,
    Fact,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Listing,
    Paragraph,
    Picture,
    Ref,
    ReferenceEntry,
    References,
    Styled,
    Table,
    Text,
    inlines_of,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.document.transform import map_inlines


def t(letters: str) -> Inlines:
    return (Text(letters),)


def p(letters: str) -> Paragraph:
    return Paragraph(t(letters))


def nodes() -> Iterator[type]:
    yield from get_args(Block)
    yield from get_args(Inline)


@pytest.mark.parametrize("node", tuple(nodes()), ids=lambda node: node.__name__)
def test_every_node_is_frozen_and_explained(node: type) -> None:
    """Two writers over one tree give what each gives alone."""
    assert issubclass(node, Struct)
    assert node.__struct_config__.frozen
    assert node.__doc__
    assert not {"list", "dict", "set"} & {
        str(kind).partition("[")[0] for kind in node.__annotations__.values()
    }


def test_every_node_of_the_module_is_a_block_or_an_inline() -> None:
    made = {
        v
        for v in list[object](vars(nodes_module).values())
        if isinstance(v, type) and issubclass(v, Struct) and v.__module__ == nodes_module.__name__
    }
    parts = {"Column", "Cell", "Picture", "ContentsEntry", "ReferenceEntry", "FactSource", "Document"}
    assert {v.__name__ for v in made} == {n.__name__ for n in nodes()} | parts


WORDS: Inlines = (
    Text("甲"),
    Fact(0, t("乙")),
    Styled("strong", (Link("https://x.org", t("丙")),)),
    Ref("a", "丁", "a"),
    Footnote(t("注")),
    LineBreak(),
    Cite(("w",), "[1]"),
    CommentMark(t("戊"), t("批注")),
)


def test_a_reader_sees_all_letters_but_notes_and_remarks() -> None:
    assert plain(WORDS) == "甲乙丙丁\n[1]戊"


def test_inlines_are_walked_outer_before_inner_with_notes_and_remarks() -> None:
    letters = [i.text for i in walk_inlines(WORDS) if isinstance(i, Text)]
    assert letters == ["甲", "乙", "丙", "注", "戊", "批注"]
    kinds = [type(i).__name__ for i in walk_inlines(WORDS[2:3])]
    assert kinds == ["Styled", "Link", "Text"]


TABLE = Table(
    (Column(),), ((Cell(t("头")),),), ((Cell(t("格")),),), t("题"), unit=t("单位"), notes=(t("注"),), where=Where("a", 1)
)  # fmt: skip
FIGURE = FigureBlock((Picture("chart:0", caption=t("左")),), t("题"), notes=(t("来源"),))
WORKS = References((ReferenceEntry("w", 1, t("著作")),))


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(1, t("题")), ["题"]),
        (p("文"), ["文"]),
        (TABLE, ["题", "单位", "头", "格", "注"]),
        (FIGURE, ["左", "题", "来源"]),
        (WORKS, ["著作"]),
        (Listing(ordered=False, items=((p("项"),),)), []),
    ],
    ids=lambda part: type(part).__name__,
)
def test_the_words_of_a_block_come_in_reading_order(block: Block, expected: list[str]) -> None:
    assert [plain(run) for run in inlines_of(block)] == expected


def test_blocks_are_walked_into_lists_and_boxes() -> None:
    inner = Listing(ordered=True, items=((p("二"), p("三")), (Box("note", (p("四"),)),)))
    words = [
        plain(b.content)
        for b in walk_blocks((p("一"), Box("quote", (inner,)), p("五")))
        if isinstance(b, Paragraph)
    ]
    assert words == ["一", "二", "三", "四", "五"]


def test_a_part_of_the_title_block_that_is_not_there_is_empty() -> None:
    assert Document("zh", (("title", t("题")),)).title("title") == t("题")
    assert Document("zh").title("title") == ()


# --- changing ---------------------------------------------------------------------------------------------

TREE = (
    Heading(1, t("题")),
    Listing(ordered=False, items=((Box("quote", (p("文"),)),),)),
    TABLE,
    FIGURE,
    WORKS,
)


def test_every_run_of_inlines_is_changed_in_reading_order() -> None:
    seen: list[str] = []

    def change(content: Inlines, _where: Where | None) -> Inlines:
        seen.append(plain(content))
        return t(f"新{plain(content)}")

    changed = map_inlines(TREE, change)
    runs = [plain(run) for block in walk_blocks(changed) for run in inlines_of(block)]
    assert runs == [f"新{plain(run)}" for block in walk_blocks(TREE) for run in inlines_of(block)]
    assert seen == [plain(run) for block in walk_blocks(TREE) for run in inlines_of(block)]


def test_a_change_learns_the_place_of_its_block() -> None:
    places: set[Where | None] = set()

    def change(content: Inlines, where: Where | None) -> Inlines:
        places.add(where)
        return content

    assert map_inlines((TABLE,), change) == (TABLE,)
    assert places == {Where("a", 1)}
