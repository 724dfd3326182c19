"""Numbering: what gets which number, and what references say."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError
from reports.document.manuscript import insert_token
from reports.document.nodes import (
    Cite,
    CommentMark,
    Document,
    Inline,
    Paragraph,
    Ref,
    ReferenceEntry,
    References,
    Table,
    Text,
)
from reports.document.numbering import number, warnings
from reports.document.profiles import PROFILES, Profile
from tests.support.trees import said, show, told, tree, value

ZH, EN = PROFILES["briefing", "zh"], PROFILES["briefing", "en"]
TABLE = "| 甲 |\n|----|\n| 1 |\n"


def numbered(
    text: str, profile: Profile = ZH, inserts: Iterable[Inline | Table | References] = (), chapter: int = 0
) -> Document:
    document = tree(text, profile.lang, inserts)
    return number(replace(document, chapter=chapter or document.chapter), profile)


def shown(text: str, profile: Profile = ZH, inserts: Iterable[Inline | Table | References] = ()) -> list[str]:
    return show(numbered(text, profile, inserts)).rstrip("\n").split("\n")


def problems(text: str, inserts: Iterable[Inline | Table | References] = ()) -> list[Problem]:
    with pytest.raises(ReportError) as caught:
        numbered(text, inserts=inserts)
    return list(caught.value.problems)


def numbers(text: str, profile: Profile = ZH) -> list[str]:
    return [getattr(block, "number", "") for block in numbered(text, profile).blocks]


# --- numbers ----------------------------------------------------------------------------------------------

LEVELS = "# 甲\n\n## 乙\n\n### 丙\n\n#### 丁\n\n### 戊\n\n## 己\n\n# 庚\n\n## 辛\n"


def test_a_chinese_briefing_numbers_its_headings_as_official_documents_do() -> None:
    assert numbers(LEVELS) == ["一、", "（一）", "1.", "（1）", "2.", "（二）", "二、", "（一）"]


def test_an_english_briefing_numbers_its_headings_by_decimals() -> None:
    assert numbers(LEVELS, EN) == ["1 ", "1.1 ", "1.1.1 ", "1.1.1.1 ", "1.1.2 ", "1.2 ", "2 ", "2.1 "]


def test_a_level_below_the_last_rule_has_no_number() -> None:
    assert numbers("# 甲\n\n##### 乙\n") == ["一、", ""]


def test_headings_without_numbers_do_not_count() -> None:
    assert numbers("# 甲\n\n# 乙 {-}\n\n# 丙\n") == ["一、", "", "二、"]


def test_annexes_count_by_themselves() -> None:
    assert numbers("# 甲\n\n# 乙 {.annex}\n\n# 丙 {.annex}\n\n# 丁\n") == ["一、", "附件1", "附件2", "二、"]


def test_headings_in_boxes_and_items_count_like_others() -> None:
    assert "  heading 1 #section-2 “二、”: 乙" in shown("# 甲\n\n::: discussion\n# 乙\n:::\n\n# 丙\n")


def test_figures_and_tables_count_each_in_its_own_row() -> None:
    text = f"![图](chart:0)\n\n{TABLE}\n: 表\n\n- ![图](chart:1)\n\n::: note\n{TABLE}\n: 表\n:::\n"
    lines = [line.strip() for line in shown(text) if "“" in line]
    assert lines == [
        "figure #figure-1 “1”: 图",
        "table #table-1 “1”: 表",
        "figure #figure-2 “2”: 图",
        "table #table-2 “2”: 表",
    ]


def test_what_has_no_caption_has_no_number() -> None:
    assert numbers(f"![](chart:0)\n\n{TABLE}\n\n![图](chart:1)\n") == ["", "", "1"]


def test_in_a_chapter_its_number_leads() -> None:
    document = numbered("# 甲\n\n## 乙\n\n![图](chart:0)\n", PROFILES["chapter", "zh"], chapter=3)
    assert [getattr(block, "number", "") for block in document.blocks] == ["第三章　", "一、", "3-1"]


def test_own_ids_never_meet_those_of_the_author() -> None:
    lines = shown("# 甲\n\n# 乙 {#section-1}\n\n![图](chart:0){#figure-1}\n\n![图](chart:1)\n")
    assert [line.split(" “")[0] for line in lines if "#" in line] == [
        "heading 1 #section-2",
        "heading 1 #section-1",
        "figure #figure-1",
        "figure #figure-2",
    ]


# --- notes ------------------------------------------------------------------------------------------------


def test_notes_are_counted_as_they_are_read() -> None:
    """The caption stands above its table, and the title above all."""
    text = (
        "---\ntitle: 标题^[一]\n---\n\n# 节^[二]\n\n- 项^[三]\n\n| 头^[五] |\n|---|\n| 格^[六] |\n\n: 表^[四]\n\n"
        "::: note\n注^[七]\n:::\n\n![图^[八]](chart:0)\n\n**粗^[九]**和[链^[十]](https://x.org)\n"
    )
    found = [part.split("]")[0] for line in shown(text) for part in line.split("[note ")[1:]]
    notes = dict(part.split(": ") for part in found)
    assert notes == {str(n): han for n, han in enumerate("一二三四五六七八九十", 1)}


def test_a_note_used_twice_has_two_numbers() -> None:
    assert shown("甲[^a]乙[^a]\n\n[^a]: 注") == ["paragraph: 甲[note 1: 注]乙[note 2: 注]"]


# --- references -------------------------------------------------------------------------------------------

NAMED = f"# 背景 {{#sec-a}}\n\n![图](chart:0){{#fig-a}}\n\n{TABLE}\n: 表 {{#tbl-a}}\n\n"


def test_references_say_label_and_number() -> None:
    assert shown(NAMED + "见@fig-a、@tbl-a和@sec-a")[-1] == (
        "paragraph: 见[ref fig-a 图1]、[ref tbl-a 表1]和[ref sec-a 背景]"
    )


def test_references_say_it_in_the_language_of_the_report() -> None:
    assert shown(NAMED + "see @fig-a and @tbl-a", EN)[-1] == (
        "paragraph: see [ref fig-a Figure 1] and [ref tbl-a Table 1]"
    )


def test_references_go_forwards_and_everywhere() -> None:
    text = "@fig-a^[@fig-a]\n\n**@fig-a**\n\n| @fig-a |\n|---|\n| @fig-a |\n\n: @fig-a\n\n# @fig-a\n\n- @fig-a\n\n"
    lines = shown(text + "::: note\n@fig-a\n:::\n\n![见@fig-a](chart:0){#fig-a}\n")
    assert sum(line.count("[ref fig-a 图1]") for line in lines) == 10
    assert not any("[ref fig-a]" in line for line in lines)


def test_a_references_own_words_stay() -> None:
    assert shown(NAMED + "[上图](#fig-a)")[-1] == "paragraph: [ref fig-a 上图]"


def test_a_reference_to_an_annex_says_its_number() -> None:
    assert shown("见@sec-b\n\n# 名单 {#sec-b .annex}\n")[0] == "paragraph: 见[ref sec-b 附件1]"


def test_a_heading_with_a_reference_is_said_with_its_words() -> None:
    lines = shown("见@sec-b\n\n# 关于**@fig-a** {#sec-b}\n\n![图](chart:0){#fig-a}\n")
    assert lines[0] == "paragraph: 见[ref sec-b 关于图1]"


def test_an_unknown_reference_names_the_nearest() -> None:
    (problem,) = problems(NAMED + "见@fig-b\n")
    assert (problem.where.line, problem.message(), problem.hint()) == (
        11,
        "there is nothing to refer to by the name 'fig-b'",
        "Did you mean 'fig-a'? Known names: fig-a, sec-a, tbl-a.",
    )
    assert problem.message("zh") == "没有可引用的“fig-b”"


def test_wrong_references_and_ids_given_twice_are_told_at_once() -> None:
    text = f"---\ntitle: '@x'\n---\n\n# 甲 {{#a}}\n\n# 乙 {{#a}}\n\n@b\n\n- @c^[@d]\n\n{TABLE}\n: @e {{#a}}\n"
    assert told(problems(text)) == [
        "7 markdown/duplicate-id",
        "13 markdown/duplicate-id",
        "2 markdown/unknown-reference",
        "9 markdown/unknown-reference",
        "11 markdown/unknown-reference",
        "11 markdown/unknown-reference",
        "13 markdown/unknown-reference",
    ]


def test_an_id_given_twice_is_named() -> None:
    (problem,) = problems("# 甲 {#a}\n\n# 乙 {#a}\n")
    assert (problem.message(), problem.hint()) == (
        "the name 'a' is given twice",
        "Give each figure, table and section its own.",
    )


def test_nothing_can_be_called_by_a_number_it_does_not_have() -> None:
    (problem,) = problems("见@fig-a\n\n![](chart:0){#fig-a}\n")
    assert (problem.code, problem.where.line) == ("markdown/nameless-reference", 1)
    assert shown("[下图](#fig-a)\n\n![](chart:0){#fig-a}\n")[0] == "paragraph: [ref fig-a 下图]"


# --- references to records --------------------------------------------------------------------------------


def referring(targets: str, *before: str) -> str:
    """What `refs` says where it comes last, after these parts of a report."""
    facts = [value("值", n) for n in range(4)]
    tokens = [insert_token(n) for n in range(5)]
    text = "\n\n".join([*before, "# 末节 {-}", tokens[4]])
    for n in range(4):
        text = text.replace(f"<{n}>", tokens[n])
    last = numbered(text, inserts=[*facts, Ref(targets)]).blocks[-1]
    assert isinstance(last, Paragraph)
    return said(last.content)


def test_a_record_is_found_in_the_first_section_that_tells_of_it() -> None:
    assert referring("record:record-0", "# 甲 {#a}\n\n<0>", "# 乙 {#b}\n\n<0>") == "“[ref a 甲]”"


def test_the_figure_or_table_is_nearer_than_the_section() -> None:
    assert referring("record:record-0", "# 甲\n\n| <0> |\n|---|\n\n: 表 {#t}") == "[ref t 表1]"
    assert referring("record:record-0", "# 甲\n\n![<0>](chart:0){#f}") == "[ref f 图1]"


def test_a_table_without_number_is_no_place() -> None:
    assert referring("record:record-0", "# 甲 {#a}\n\n| <0> |\n|---|\n") == "“[ref a 甲]”"


def test_the_summary_before_the_first_heading_is_no_place() -> None:
    assert referring("record:record-0", "<0>", "# 甲 {#a}\n\n- **<0>**") == "“[ref a 甲]”"


def test_a_place_is_named_once() -> None:
    both = "record:record-0 record:record-1 record:record-0"
    assert referring(both, "# 甲 {#a}\n\n<0>和<1>") == "“[ref a 甲]”"


def test_two_places_are_joined_by_a_word() -> None:
    both = "record:record-0 record:record-1"
    assert referring(both, "# 甲 {#a}\n\n<0>", "# 乙 {#b}\n\n<1>") == "“[ref a 甲]”和“[ref b 乙]”"


def test_between_quoted_titles_stands_no_comma() -> None:
    """GB/T 15834-2011, 4.5.3.5."""
    three = "record:record-0 record:record-1 record:record-2"
    parts = [
        f"# {name} {{#{id_}}}\n\n<{n}>"
        for n, (name, id_) in enumerate([("甲", "a"), ("乙", "b"), ("丙", "c")])
    ]
    assert referring(three, *parts) == "“[ref a 甲]”“[ref b 乙]”“[ref c 丙]”"


def test_between_figures_stands_one() -> None:
    three = "record:record-0 record:record-1 record:record-2"
    parts = [f"![<{n}>](chart:0){{#f{n}}}" for n in range(3)]
    assert referring(three, "# 甲", *parts) == "[ref f0 图1]、[ref f1 图2]、[ref f2 图3]"


@pytest.mark.parametrize("targets", ["", "record:nobody", "record:record-0"])
def test_where_no_place_tells_of_it_the_report_says_so(targets: str) -> None:
    assert referring(targets, "<0>") == "未载明"


def test_an_annex_is_no_title_to_quote() -> None:
    assert referring("record:record-0", "# 甲 {#a .annex}\n\n<0>") == "[ref a 附件1]"


# --- citations and remarks --------------------------------------------------------------------------------

WORKS = References(tuple(ReferenceEntry(f"w{n}", n, (Text(f"著作{n}"),)) for n in range(1, 8)))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("@w1", "[1]"),
        ("[@w2]", "[2]"),
        ("[@w3; @w1]", "[1,3]"),
        ("[@w1; @w2]", "[1,2]"),
        ("[@w1; @w2; @w3; @w5]", "[1-3,5]"),
        ("[@w1; @w1]", "[1]"),
    ],
)
def test_works_are_cited_by_their_numbers(text: str, label: str) -> None:
    document = numbered(f"{text}\n\n{insert_token(0)}", inserts=[WORKS])
    (block,) = (b for b in document.blocks if isinstance(b, Paragraph))
    assert [i.label for i in block.content if isinstance(i, Cite)] == [label]


def test_an_unknown_work_is_told() -> None:
    assert told(problems(f"[@w1; @w9]\n\n{insert_token(0)}", [WORKS])) == ["1 markdown/unknown-reference"]


def test_references_in_a_reviewers_mark_are_resolved() -> None:
    remark = CommentMark((Ref("fig-a"),), (Ref("fig-a"),))
    lines = shown(f"{insert_token(0)}\n\n![图](chart:0){{#fig-a}}", inserts=[remark])
    assert lines[0] == "paragraph: [remark [ref fig-a 图1]: [ref fig-a 图1]]"


# --- generated lists --------------------------------------------------------------------------------------


def test_contents_list_headings_down_to_their_depth() -> None:
    text = "::: {.contents depth=2}\n:::\n\n# 甲^[注] {#a}\n\n## @fig-a **乙** {#b}\n\n### 丙\n\n# 丁 {#d .annex}\n\n# 戊 {#e .unnumbered}\n"
    text += "\n![图](chart:0){#fig-a}\n"
    assert shown(text)[:5] == [
        "contents of headings, 2 deep",
        "  一、甲 → a",
        "    （一）图1 乙 → b",
        "  附件1　丁 → d",
        "  戊 → e",
    ]


def test_lists_of_figures_and_tables() -> None:
    text = f"::: {{.contents of=figures}}\n:::\n\n::: {{.contents of=tables}}\n:::\n\n{NAMED}![](chart:0)\n\n"
    assert shown(text)[:4] == [
        "contents of figures, 3 deep",
        "  图1　图 → fig-a",
        "contents of tables, 3 deep",
        "  表1　表 → tbl-a",
    ]


def test_contents_in_a_box_are_filled_too() -> None:
    assert shown("::: summary\n::: contents\n:::\n:::\n\n# 甲 {#a}\n")[2] == "    一、甲 → a"


# --- warnings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 甲\n\n## 乙\n\n# 丙\n", []),
        ("# 甲\n\n### 乙\n", ["3 markdown/heading-level"]),
        ("## 甲\n", ["1 markdown/first-heading"]),
        ("![](chart:0)\n", ["1 markdown/figure-caption"]),
        (f"文\n\n{TABLE}", ["3 markdown/table-caption"]),
        (NAMED, ["3 markdown/unreferenced", "5 markdown/unreferenced"]),
        (NAMED + "@fig-a和[表](#tbl-a)", []),
        (NAMED + "甲^[@fig-a，**@tbl-a**]", []),
        ("![图](chart:0){#own}\n", []),
    ],
)
def test_what_is_left_to_be_wished_for_is_said(text: str, expected: list[str]) -> None:
    found = list(warnings(numbered(text)))
    assert told(found) == expected
    assert {p.severity for p in found} <= {"warning"}


def test_a_warning_says_what_to_do_in_both_languages() -> None:
    (problem,) = warnings(numbered("![](chart:0)\n"))
    assert problem.message() == "a figure stands here without a caption"
    assert problem.message("zh") == "此处的图没有图题"
    assert problem.hint() == "Write it between the brackets: '![caption](source){#fig-id}'."


# --- the tree that comes in -------------------------------------------------------------------------------


def test_the_tree_that_comes_in_is_not_changed() -> None:
    text = f"::: contents\n:::\n\n{NAMED}见@fig-a^[注]\n"
    document = tree(text)
    first = number(document, ZH)
    assert document == tree(text)
    assert number(document, EN) != first
    assert number(document, ZH) == first


def test_rows_in_which_nothing_changes_are_the_same_objects() -> None:
    """Large tables cost little."""
    document = tree("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| @fig-a | 3 |\n\n![图](chart:0){#fig-a}\n")
    before, after = document.blocks[0], number(document, ZH).blocks[0]
    assert isinstance(before, Table)
    assert isinstance(after, Table)
    assert after.rows[0] is before.rows[0]
    assert after.rows[1] is not before.rows[1]


def test_facts_keep_their_source() -> None:
    document = numbered(f"# {insert_token(0)}^[{insert_token(1)}]", inserts=[value("甲", 3), value("乙", 5)])
    assert "[fact 3 甲][note 1: [fact 5 乙]]" in show(document)
