"""The head of a report: which lines, in which order, and where a title begins a new one."""

from __future__ import annotations

import pytest

from reports.diagnostics.problems import ReportError, Where
from reports.document.manuscript import Manuscript
from reports.document.markdown.parser import parse
from reports.document.nodes import Document, Fact, FactSource, Inlines, LineBreak, Text, plain
from reports.document.numbering import number
from reports.document.profiles import PROFILES
from reports.document.traditional import to_traditional
from reports.model.imprint import Imprint
from reports.pipeline.imprints import with_imprint
from reports.writers import title_block


def words(text: str) -> Inlines:
    return (Text(text),)


def head(*meta: str, lang: str = "zh") -> list[str]:
    """The lines of a title block with the number in it."""
    document = Document(lang, tuple((role, words(role)) for role in meta))
    told = with_imprint(document, Imprint("issued", 2023, "2", "18"))
    return [f"{line.style}: {plain(line.content)}" for line in title_block.head(told)]


def test_the_number_stands_below_the_title_and_of_a_bulletin_below_its_name() -> None:
    number = "Issue Line: 2023年第2期 总第18期"
    assert head("title", "subtitle", "date") == ["Title: title", "Subtitle: subtitle", number, "Byline: date"]
    assert head("masthead", "issuer", "title") == [
        "Masthead: masthead", number, "Issuer Line: issuer", "Title: title",
    ]  # fmt: skip
    assert head("date") == [number, "Byline: date"]


@pytest.mark.parametrize("own", ["issue", "number", "total"])
def test_a_report_that_counts_its_issues_itself_gets_no_second_number(own: str) -> None:
    assert not any("总第18期" in line for line in head("title", own))


# --- lines of a title ---------------------------------------------------------------------------------------


def titled(*breaks: str) -> Document:
    """A report whose title is a fact."""
    title = (Fact(0, words("中俄签署加速器项目合作协议")),)
    sources = (FactSource("report", "title.zh", Where("data/reports.yaml", 3), "…"),)
    return Document("zh", (("title", title),), sources=sources, breaks=breaks)


def lines(document: Document) -> list[str]:
    [title] = title_block.head(document)
    return plain(title.content).split("\n")


def test_a_title_begins_a_new_line_before_the_words_its_template_names() -> None:
    assert lines(titled()) == ["中俄签署加速器项目合作协议"]
    assert lines(titled("项目")) == ["中俄签署加速器", "项目合作协议"]
    assert lines(titled("项目", "合作")) == ["中俄签署加速器", "项目", "合作协议"]
    assert lines(titled("中俄", "没有的词")) == ["中俄签署加速器项目合作协议"]
    [title] = title_block.head(titled("项目"))
    assert title.content == (Fact(0, (Text("中俄签署加速器"), LineBreak(), Text("项目合作协议"))),)


def test_the_words_are_respelt_with_the_title() -> None:
    assert lines(to_traditional(titled("项目"), {})) == ["中俄簽署加速器", "項目合作協議"]


def test_a_template_names_the_words_in_its_title_block() -> None:
    places = tuple(Where("report.zh.md.j2", n) for n in range(1, 9))
    text = "---\ntitle: 合作协议的实施情况\nbreak_before: 实施 | 情况\n---\n\n正文"
    document = parse(Manuscript(text, "zh", places))
    assert document.breaks == ("实施", "情况")
    assert [role for role, _ in document.meta] == ["title"]


def test_a_reference_to_nothing_in_the_title_block_names_its_line() -> None:
    places = tuple(Where("report.en.md.j2", n) for n in range(11, 19))
    text = "---\nchapter: 3\ntitle: A\nsubtitle: see @fig-nothing\n---\n\ntext"
    with pytest.raises(ReportError) as wrong:
        number(parse(Manuscript(text, "en", places)), PROFILES["chapter", "en"])
    [problem] = wrong.value.problems
    assert (problem.code, str(problem.where)) == ("markdown/unknown-reference", "report.en.md.j2:14")
