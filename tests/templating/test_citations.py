"""Citations, the list of references, reviewers' marks; choosing records by the report's period."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.document.markdown.parser import parse
from reports.document.nodes import (
    CommentMark,
    Document,
    Paragraph,
    References,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.document.numbering import number
from reports.document.profiles import PROFILES
from reports.model.kinds.documents import Work
from reports.model.records import Dataset
from reports.records.converter import read
from reports.templating.citations import entry_text
from tests.support.templates import RECORDS, Desk, records

PAPER = """
citations:
  - {id: work-one, number: 1, title: {zh: 第一处, en: the first place}, source: [{doc: slides}]}
  - id: work-two
    number: 2
    title: {zh: 第二处, en: the second place}
    work: {authors: [Li S, Wu J, Zhao M, Sun K], title: On light, medium: J, container: Optics, year: 2020}
    source: [{doc: slides}]
  - {id: work-three, number: 3, title: {zh: 第三处, en: the third place}, source: [{doc: slides}]}

remarks:
  - id: mark
    number: 1
    target: {zh: 引言, en: introduction}
    request: {zh: 请核实, en: please check}
    type: check
    status: done
    resolution: {zh: 已改写, en: reworded}
    date: 2023-06-08
    source: [{doc: slides}]
"""

PLANS = """
meetings:
  - {id: spring, title: Spring, date: 2023-04, source: [{doc: slides}]}
  - {id: whole, title: Year, date: 2023, status: held, source: [{doc: slides}]}
  - {id: later, title: Later, date: after 2023-12, status: planned, source: [{doc: slides}]}
  - {id: someday, title: Someday, date: unknown, status: planned, source: [{doc: slides}]}
  - {id: past, title: Past, date: 2022-05, status: planned, source: [{doc: slides}]}
  - {id: autumn, title: Autumn, date: 2023-09, status: held, source: [{doc: slides}]}
  - {id: lately, title: Lately, date: {date: unknown}, status: held, source: [{doc: page}]}
  - {id: undated, title: Undated, date: {date: unknown}, status: held, source: [{doc: slides}]}
  - {id: off, title: Called off, date: {date: unknown}, status: cancelled, source: [{doc: page}]}
  - {id: told-later, title: Told later, date: after 2024-02, status: planned, source: [{doc: minutes}]}
sources:
  - {id: slides, title: Slides, genre: slides}
  - {id: other, title: Other, genre: letter}
  - {id: page, title: Page, genre: web page, date: 2023-05-30}
  - {id: minutes, title: Minutes, genre: minutes, date: 2023-07-01}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def paper() -> Dataset:
    return records(RECORDS + PAPER)


def document(desk: Desk, template: str, lang: str = "en") -> Document:
    """The numbered document of a template over the paper's records."""
    return number(parse(desk.merge(template, lang, paper())), PROFILES["paper", lang])


def first_words(told: Document) -> str:
    """What the first paragraph shows."""
    return next(plain(b.content) for b in told.blocks if isinstance(b, Paragraph))


# --- citations --------------------------------------------------------------------------------------------

LIST = "\n\n{{ bibliography(citations()) }}\n"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ('As shown{{ cite(record("work-two")) }}.', "As shown[2]."),
        ('{{ cite(record("work-three"), record("work-one")) }}', "[1,3]"),
        ("{{ cite(citations()) }}", "[1-3]"),
        ("[@work-one; @work-two]", "[1,2]"),
        ("[@work-two] and @work-one", "[2] and [1]"),
    ],
)
def test_works_are_cited_by_their_numbers(desk: Desk, words: str, shown: str) -> None:
    """Alone, several, runs drawn together; by function or in the dialect."""
    assert first_words(document(desk, words + LIST)) == shown


def test_the_list_says_what_the_source_leaves_out(desk: Desk) -> None:
    """An entry after GB/T 7714; a work without one says so and what it is cited for."""
    told = document(desk, LIST)
    (block,) = [b for b in walk_blocks(told.blocks) if isinstance(b, References)]
    assert [(e.number, plain(e.content)) for e in block.entries] == [
        (1, "no entry in the source: the first place"),
        (2, "Li S, Wu J, Zhao M, et al. On light[J]. Optics, 2020."),
        (3, "no entry in the source: the third place"),
    ]


@pytest.mark.parametrize(
    ("work", "line"),
    [
        (
            Work(authors=("A", "B"), title="T", medium="J", container="C", year="2020", volume="3", issue="2", pages="1-9"),
            "A, B. T[J]. C, 2020, 3(2): 1-9.",
        ),
        (
            Work(authors=("王一", "李二", "张三", "赵四"), title="书", medium="M", place="北京", publisher="社", year="2019"),
            "王一, 李二, 张三, 等. 书[M]. 北京: 社, 2019.",
        ),
        (
            read(Work,
                {"title": "Page", "medium": "EB/OL", "year": "2023", "accessed": "2023-06-08", "url": "https://example.org/"}
            ),
            "Page[EB/OL]. 2023[2023-06-08]. https://example.org/.",
        ),
    ],
)  # fmt: skip
def test_entries_follow_the_standard(work: Work, line: str) -> None:
    """GB/T 7714-2025: journals, books, pages on the web; three authors, then 等 or et al."""
    assert entry_text(work) == line


def test_only_citations_can_be_cited(desk: Desk) -> None:
    """Another record is named as the mistake it is."""
    problem = desk.problem('{{ cite(record("slides")) }}')
    assert problem.message() == "cite(): citation"


# --- reviewers' marks -------------------------------------------------------------------------------------


def test_a_mark_becomes_a_comment_on_its_words(desk: Desk) -> None:
    """The words stay text, the request is the comment, with its answer, state and day."""
    told = document(desk, 'The {{ remark(record("mark"), "opening words") }} stand.')
    (content,) = [b.content for b in told.blocks if isinstance(b, Paragraph)]
    (mark,) = [i for i in walk_inlines(content) if isinstance(i, CommentMark)]
    assert plain(content) == "The opening words stand."
    assert plain(mark.text) == "please check→reworded"
    assert (mark.author, mark.date, mark.state) == ("Reviewer", "2023-06-08", "done")


def test_a_mark_without_words_stands_on_its_target(desk: Desk) -> None:
    """The place the record names is shown, in the language of the report."""
    assert first_words(document(desk, '{{ remark(record("mark")) }}。', "zh")) == "引言。"


# --- periods ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filter_", "shown"),
    [
        ("in_period", "Spring, Year and Autumn"),
        ("reported_in_period", "Lately"),
        ("ahead", "Later, Someday and Told later"),
        ("happened", "Spring and Year"),
        ("by_then", "Spring, Year, Later, Someday, Past, Lately, Undated and Called off"),
    ],
)
def test_records_are_chosen_by_the_period_of_the_report(desk: Desk, filter_: str, shown: str) -> None:
    """The year 2023, its facts as of 8 June: what lies in it, what is planned behind it, what was known by then."""
    template = f'{{{{ meetings() | {filter_} | each("title") | join }}}}'
    assert desk.read(template, data=records(PLANS)).strip() == shown


def test_sources_are_told_once_in_the_order_they_come_up(desk: Desk) -> None:
    """The documents of a list of records, without repeats."""
    text = "{% for s in (meetings() + meetings()) | sources %}{{ s.title }};{% endfor %}"
    assert desk.read(text, data=records(PLANS)).strip() == "Slides;Page;Minutes;"
