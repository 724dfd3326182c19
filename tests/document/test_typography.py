"""Chinese typography: what a strict secretary would mark, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.diagnostics.problems import Where
from reports.document.nodes import Document, Fact, FactSource, Heading, Paragraph, Styled, Text
from reports.document.typography import RULES, lint_data, lint_document
from reports.pipeline.read import read
from reports.records.text.loader import parse as read_yaml
from reports.records.validation import validate

ROOT = Path(__file__).parent.parent.parent
HERE = Where("templates/a.md.j2", 3)


def found(text: str) -> list[tuple[str, str]]:
    """The codes and letters all rules find in a text."""
    return [(f.code.removeprefix("typography/"), f.found) for rule in RULES for f in rule(text)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("国际合作,很重要", [("half-width", ",")]),
        ("探测器(CMS)", [("half-width", "(")]),
        ("合作很好.", [("half-width", ".")]),
        ("99年12月签署", [("short-year", "99年")]),
        ("21、22年暂停", [("short-year", "21、22年")]),
        ("章程（草案", [("unbalanced", "（")]),
        ("“引文", [("unbalanced", "“")]),
        ("章程）草案", [("unbalanced", "）")]),
        ("合作，。好", [("doubled", "，。")]),
    ],
)
def test_a_flaw_is_named_with_its_letters(text: str, what: list[tuple[str, str]]) -> None:
    """The rule and the very letters."""
    assert found(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "国际与国内投入之比约3:7，参会110余人。",
        "题为“Global Data Sharing, Now”的报告（见图8-3）",
        "20世纪90年代；46年合作；2012年3月21日—23日；两年680万美元",
        "HL-LHC (High-Luminosity LHC) upgrade, phase 2.",
        "版本1.2.3；A/B；50%；10¹⁵ W；e.g. this",
        "《协议》“备忘录”《章程》；don’t",
        "……这样——好。",
    ],
)
def test_what_can_be_right_is_left_alone(text: str) -> None:
    """Latin words, numbers, spans, decades, durations keep their marks."""
    assert found(text) == []


def test_data_is_judged_at_the_line_of_the_text() -> None:
    """Each finding stands at the Chinese text itself; English is not judged."""
    file, _ = read_yaml(
        "sources:\n  - id: web\n    genre: web page\n    title:\n      zh: 合作,进展\n      en: Progress, here\n",
        "data/a.yaml",
    )
    dataset, wrong = validate([file])
    assert wrong == ()
    (problem,) = lint_data(dataset)
    assert (problem.where.line, problem.where.column, problem.severity) == (5, 11, "warning")
    assert problem.message("zh") == "中文句子里用了半角“,”"
    assert problem.hint("en") == "Write '，'."


def test_former_names_are_judged_like_others_but_may_be_spelt_as_they_were() -> None:
    file, _ = read_yaml(
        "organisations:\n"
        "  - id: a\n"
        "    name: {zh: 中国节点, en: a, former: [{zh: '中国结点,甲', en: b}]}\n"
        "    type: centre\n"
        "    source: [{doc: web}]\n"
        "sources: [{id: web, title: web, genre: web page}]\n",
        "data/a.yaml",
    )
    dataset, wrong = validate([file])
    assert wrong == ()
    assert [(p.where.line, p.code) for p in lint_data(dataset)] == [(3, "typography/half-width")]


def test_two_spellings_of_one_word_are_shown_at_the_rarer() -> None:
    """结点 once, 节点 twice: the one is shown with the place of the other; notes may quote a source."""
    file, _ = read_yaml(
        "themes:\n"
        "  - {id: a, title: {zh: 中国节点, en: node}}\n"
        "  - {id: b, title: {zh: 世界节点, en: node}}\n"
        "  - {id: c, title: {zh: 区域结点, en: node}, note: {zh: 原文写作结点, en: so the source}}\n",
        "data/a.yaml",
    )
    (problem,) = lint_data(validate([file])[0])
    assert problem.where.line == 4
    assert problem.message() == "'结点' here, '节点' elsewhere (first at data/a.yaml:2:25)"


def test_the_shipped_data_is_clean() -> None:
    """No false alarm on four thousand lines of real data."""
    assert list(lint_data(read(ROOT / "data").dataset)) == []


def test_headings_end_without_a_mark() -> None:
    """In every language."""
    for lang, text in (("zh", "背景。"), ("en", "Background：")):
        (problem,) = lint_document(Document(lang, blocks=(Heading(1, (Text(text),), where=HERE),)))
        assert (problem.code, problem.where) == ("typography/heading-end", HERE)


def test_what_the_template_adds_is_judged_beside_the_data() -> None:
    """A half-width comma between a value and the author's words is the author's; the value itself is not."""
    fact = Fact(0, (Text("甲,乙"),))
    sources = (FactSource("a", "title.zh", Where("data/a.yaml", 1), "甲,乙"),)
    wrong = Paragraph((fact, Text(",合作"), Styled("strong", (Text("很好(是)"),))), HERE)
    codes = [p.message("zh") for p in lint_document(Document("zh", blocks=(wrong,), sources=sources))]
    assert codes == [f"中文句子里用了半角“{sign}”" for sign in ",()"]


def test_english_reports_keep_half_width_marks() -> None:
    """Only Chinese editions are judged for their marks."""
    assert list(lint_document(Document("en", blocks=(Paragraph((Text("中文,中文"),), HERE),)))) == []
