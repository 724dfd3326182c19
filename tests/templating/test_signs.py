"""Signs and spark lines: what they show, that it leads back to the data, and tables shaded by state."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.document.markdown.parser import parse
from reports.document.nodes import Document, Fact, FigureBlock, Paragraph, Table, plain
from reports.model.records import Dataset
from tests.support.templates import Desk, records

_DATA = """\
sources:
  - {id: plan, title: Work plan, genre: form, date: 2022-02-01}
actions:
  - {id: late, title: {zh: 交方案, en: Hand in}, due: 2023-05-31, source: [{doc: plan}]}
  - {id: soon, title: {zh: 写文本, en: Write}, due: 2023-06-10, source: [{doc: plan}]}
  - {id: done, title: {zh: 做说明, en: Explain}, due: 2023-05-31, done: 2023-05-20, source: [{doc: plan}]}
meetings:
  - {id: put-off, title: {zh: 年会, en: Meeting}, date: 2023-05, status: suspended, source: [{doc: plan}]}
categories:
  - {id: class, title: Class, group: g, source: [{doc: plan}]}
metrics:
  - id: users
    title: {zh: 用户, en: Users}
    unit: {zh: 人, en: people}
    group: g
    values: [{at: 2022Q3, quantity: 1380}, {at: 2022Q4, quantity: 1500}, {at: 2023Q1, quantity: 1620}]
    baseline: {at: 2022Q2, quantity: 1300}
    target: [{by: 2023Q4, quantity: 2000}]
    source: [{doc: plan}]
  - {id: same, title: Same, values: [{at: 2022Q3, share: 5%}, {at: 2022Q4, share: 5%}], source: [{doc: plan}]}
  - {id: unlike, title: Unlike, values: [{at: 2022Q3, money: USD 5}, {at: 2022Q4, money: EUR 6}], source: [{doc: plan}]}
  - {id: alone, title: Alone, quantity: about 39, source: [{doc: plan}]}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def data() -> Dataset:
    return records(_DATA)


def seen(desk: Desk, data: Dataset, template: str, lang: str = "en") -> str:
    return desk.read(template, lang, data).replace("\N{NO-BREAK SPACE}", " ")


def one(desk: Desk, data: Dataset, template: str) -> tuple[Document, Fact]:
    """The document of a template that prints one value, and that value."""
    document = parse(desk.merge(template, "en", data))
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    (fact,) = block.content
    assert isinstance(fact, Fact)
    return document, fact


@pytest.mark.parametrize(
    ("template", "en", "zh"),
    [
        ('{{ record("late") | sign }}', "▲ 8 days late", "▲ 逾期8天"),
        ('{{ record("soon") | sign }}', "◇ due soon", "◇ 即将到期"),
        ('{{ record("done") | sign }}', "● done", "● 已完成"),
        ('{{ record("put-off") | sign }}', "□ suspended", "□ 暂停"),
        ('{{ record("users") | sign }}', "▼ behind", "▼ 落后于计划"),
        ('{{ record("class") | sign }}', "not stated", "未载明"),
        ('{{ record("users") | spark }}', "1,380 ▁▅█ 1,620", "1380 ▁▅█ 1620"),
        ('{{ record("same") | spark }}', "5% ▄▄ 5%", "5% ▄▄ 5%"),
        ('{{ record("unlike") | spark }}', "EUR 6", "6欧元"),
        ('{{ record("alone") | spark }}', "about 39", "约39"),
    ],
)
def test_signs_and_blocks_say_how_things_stand(
    desk: Desk, data: Dataset, template: str, en: str, zh: str
) -> None:
    assert seen(desk, data, template) == en
    assert seen(desk, data, template, "zh") == zh


def test_only_the_latest_twelve_figures_are_shown(desk: Desk) -> None:
    values = ", ".join(f"{{at: {2000 + n}, quantity: {n}}}" for n in range(1, 21))
    metric = "sources: [{id: plan, title: Plan, genre: form}]\nmetrics: [{id: m, title: M, source: [{doc: plan}], values: [%s]}]\n"
    said = seen(desk, records(metric % values), '{{ record("m") | spark }}')

    assert re.fullmatch("9 ▁[▁▂▃▄▅▆▇█]{10}█ 20", said)


def test_what_is_worked_out_leads_to_all_it_comes_from(desk: Desk, data: Dataset) -> None:
    document, fact = one(desk, data, '{{ record("users") | spark }}')
    source = document.sources[fact.source]
    assert source.rule == "trend"
    assert {origin.record for origin in source.origins()} == {"users"}
    assert len(list(source.origins())) == 3

    document, fact = one(desk, data, '{{ record("late") | sign }}')
    source = document.sources[fact.source]
    assert (source.rule, [origin.field for origin in source.origins()]) == ("state", ["due"])


def test_a_state_that_is_stated_leads_to_where_it_stands(desk: Desk, data: Dataset) -> None:
    document, fact = one(desk, data, '{{ record("put-off") | sign }}')

    assert (document.sources[fact.source].rule, document.sources[fact.source].field) == ("", "status")


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ('{{ record("late") | spark }}', "template/bad-argument"),
        ('{{ record("late").due | sign }}', "template/bad-argument"),
        ('{{ "letters" | sign }}', "template/bad-argument"),
        ('{{ table(actions(), col("A", "title"), shade="status") }}', "template/bad-argument"),
    ],
)
def test_what_has_no_state_or_figures_is_the_authors_mistake(
    desk: Desk, data: Dataset, template: str, code: str
) -> None:
    desk.write("t/report.en.md.j2", template)
    with pytest.raises(Exception, match=r".") as caught:
        desk.merge(template, "en", data)

    assert [problem.code for problem in getattr(caught.value, "problems", ())] == [code]


# --- tables -------------------------------------------------------------------------------------------------


def table(desk: Desk, data: Dataset, template: str, lang: str = "en") -> Table:
    (found,) = parse(desk.merge(template, lang, data)).blocks
    assert isinstance(found, Table)
    assert not isinstance(found, FigureBlock)
    return found


def rows(found: Table) -> list[list[str]]:
    return [[plain(cell.content).replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in found.rows]


def test_columns_show_signs_and_spark_lines(desk: Desk, data: Dataset) -> None:
    found = table(
        desk,
        data,
        '{{ table(metrics(group="g"), col("Figure", "title"), col("Trend", "spark"), col("State", "sign")) }}',
    )

    assert rows(found) == [["Users", "1,380 ▁▅█ 1,620", "▼ behind"]]


def test_rows_are_as_dark_as_their_state_and_say_it_by_a_sign(desk: Desk, data: Dataset) -> None:
    found = table(
        desk,
        data,
        '{{ table(actions() + meetings(), col("No.", "#"), col("What", "title"), shade="state") }}',
    )

    assert [{cell.shade for cell in row} for row in found.rows] == [{"strong"}, {"light"}, {""}, {"light"}]
    assert [row[1] for row in rows(found)] == ["▲ Hand in", "◇ Write", "● Explain", "□ Meeting"]
    assert [plain(note).replace("\N{NO-BREAK SPACE}", " ") for note in found.notes] == [
        "▲ late; ◇ due soon; ● done; □ suspended"
    ]


def test_a_column_of_signs_needs_no_second_ones(desk: Desk, data: Dataset) -> None:
    found = table(
        desk, data, '{{ table(actions(), col("事项", "title"), col("状态", "sign"), shade="state") }}', "zh"
    )

    assert rows(found)[0] == ["交方案", "▲ 逾期8天"]
    assert found.notes == ()
    assert found.rows[0][0].shade == "strong"


def test_without_being_asked_no_row_is_shaded(desk: Desk, data: Dataset) -> None:
    found = table(desk, data, '{{ table(actions(), col("What", "title")) }}')

    assert {cell.shade for row in found.rows for cell in row} == {""}
