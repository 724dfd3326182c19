"""Sums, shares and counts: numbers to whatever calculates with them; printed, facts that lead to all they come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reports.diagnostics.problems import ReportError
from reports.document.manuscript import INSERT
from reports.document.nodes import Fact, plain
from reports.templating.context import Book, Place
from reports.templating.leaves import WorkedOut
from reports.templating.worked_out import places_of
from tests.support.templates import Desk, records


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def worked_out(desk: Desk, template: str, lang: str = "en") -> list[str]:
    """Every worked-out value that was printed: `rule shown: what it comes from`."""
    manuscript = desk.merge(template, lang)
    found = []
    for index in INSERT.findall(manuscript.text):
        fact = manuscript.inserts[int(index)]
        source = manuscript.sources[fact.source] if isinstance(fact, Fact) else None
        if isinstance(fact, Fact) and source and source.rule:
            of = [".".join(filter(None, (one.record, one.field))) + f"={one.value}" for one in source.of]
            found.append(f"{source.rule} {plain(fact.content)}: {', '.join(of)}")
    return found


WORKED_OUT = {
    "{{ budgets() | total('years') }}": ["sum 5: whole.years=2, part.years=3"],
    "{{ budgets() | total('years', 'a') }}": ["sum 5 a: whole.years=2, part.years=3"],
    "{{ budgets() | total('years', 'm^2^') }}": ["sum 5: whole.years=2, part.years=3"],
    "{{ record('part').money | share_of(record('whole').money) }}": [
        "share 60%: part.money=USD 75 million, whole.money=USD 125 million"
    ],
    "{{ meetings() | length }}": ["count 3: first=, second=, undated="],
    "{{ meetings() | count }}": ["count 3: first=, second=, undated="],
    "{{ record('first').participants | length }}": ["count 2: first.participants.0=cern, first.participants.1=ihep"],
    "{{ record('second').participants | length }}": ["count 0: second.participants="],
    "{{ meetings(status='held') | each('date') | length }}": ["count 1: first.date=2019-10"],
    "{{ meetings() | grouped('series') | length }}": ["count 2: first=, second=, undated="],
    "{{ meetings(series='yearly') | each('series') | unique | length }}": [
        "count 1: first.series=yearly, second.series=yearly"
    ],
    "{% set n = meetings() | length %}{{ n }} {{ 'of ' ~ n }}": ["count 3: first=, second=, undated="] * 2,
    "{{ meetings() | length | shown('three') }}": ["count three: first=, second=, undated="],
    "{{ meetings(status='cancelled') | length }}": ["count 0: "],
    "{{ ['a', 'b'] | length }}": [],
    "{{ 'abc' | length }}": [],
    "{{ (meetings() | length) + 1 }}": [],
}  # fmt: skip


@pytest.mark.parametrize("template", WORKED_OUT)
def test_a_worked_out_value_leads_to_all_it_comes_from(desk: Desk, template: str) -> None:
    assert worked_out(desk, template) == WORKED_OUT[template]


SEEN = {
    "{{ meetings() | length }}项": "3项",
    "{{ budgets() | total('years', '年') }}。": "5年（计算得出）。",
    "{{ (meetings() | length) + 1 }}": "4",
    "{% if meetings() | length > 2 %}{{ meetings()[(meetings() | length) - 1].title }}{% endif %}": "某次会议",
    "{{ {3: '三'}.get(meetings() | length) }}": "三",
    "{% if meetings() | length | text == '3' %}是{% endif %}": "是",
    "{{ '有' ~ meetings() | length ~ '次' }}": "有3次",
    "{{ [meetings() | length, events() | length] | join('、') }}": "3、1",
    "{% for i in range(meetings() | length) %}{{ i }}{% endfor %}": "012",
    "{{ ['a', 'b'] | length }}": "2",
}


@pytest.mark.parametrize("template", SEEN)
def test_it_is_a_number_to_whatever_calculates_with_it(desk: Desk, template: str) -> None:
    assert desk.read(template, "zh") == SEEN[template]


def test_a_count_may_be_an_option_of_a_chart_and_a_heading_of_a_table(desk: Desk) -> None:
    asked = "{{ chart('bars', events(), width_cm=meetings() | length) }}{{ table(events(), col(meetings() | length, 'date')) }}"
    manuscript = desk.merge(asked)
    assert (manuscript.charts[0].width_cm, type(manuscript.charts[0].width_cm)) == (3.0, float)
    assert sorted(source.rule for source in manuscript.sources) == ["", "count"]


def test_the_day_of_an_entry_travels_with_the_value(desk: Desk) -> None:
    """A reading says which fields an entry gave, and of which day."""
    data = replace(records(), entered={"first": {"date": "2019-10-05"}})
    manuscript = desk.merge(
        "{{ record('first').date }}{{ record('first').place }}{{ meetings() | each('date') | length }}",
        data=data,
    )
    date, place, count = manuscript.sources
    assert (date.on, place.on) == ("2019-10-05", "")
    assert [one.on for one in count.of] == ["2019-10-05", "", ""]


def test_what_is_worked_out_from_worked_out_values_leads_to_all_of_theirs() -> None:
    book = Book(records(), "en")
    places = [Place(id_, "date", records().nodes[id_].at("date")) for id_ in ("first", "second")]
    change = WorkedOut(book, "change", 1, "+1", places)
    assert [place.record for place in places_of([change])] == ["first", "second"]


# --- what may be added up -----------------------------------------------------------------------------------

FIGURES = """\
sources:
  - {id: slides, title: Slides, genre: slides}
metrics:
  - {id: days, title: {zh: 天数, en: Days}, quantity: 12, unit: {zh: 天, en: days}, source: [{doc: slides}]}
  - {id: more, title: {zh: 天数, en: Days}, quantity: 3, unit: {zh: 天, en: days}, source: [{doc: slides}]}
  - {id: crew, title: {zh: 人数, en: Crew}, quantity: 5, unit: {zh: 人, en: people}, source: [{doc: slides}]}
  - {id: bare, title: {zh: 项数, en: Items}, quantity: 2, source: [{doc: slides}]}
  - {id: none, title: {zh: 项数, en: Items}, quantity: 0, unit: {zh: 天, en: days}, source: [{doc: slides}]}
  - {id: paid, title: {zh: 经费, en: Paid}, money: CHF 3 million, source: [{doc: slides}]}
  - {id: due, title: {zh: 经费, en: Due}, money: CHF 2 million, source: [{doc: slides}]}
  - {id: abroad, title: {zh: 经费, en: Abroad}, money: EUR 1 million, source: [{doc: slides}]}
"""
SUMS = {
    "{{ [record('days'), record('more')] | total('quantity', 'days') }}": "15 days (computed)",
    "{{ [record('paid'), record('due')] | total('money') }}": "CHF 5 million (computed)",
    "{{ metrics() | selectattr('money') | total('quantity') }}": "0 (computed)",
    "{{ record('more').quantity | share_of(record('days').quantity) }}": "25% (computed)",
    "{% for same in metrics() | selectattr('quantity') | grouped('unit') %}"
    "{{ same | total('quantity') }} {{ same[0].unit }}; {% endfor %}": "15 (computed) days; 5 (computed) people; 2 (computed) not stated;",
    "{% for same in metrics() | selectattr('money') | grouped('money.currency') %}{{ same | total('money') }}; {% endfor %}": (
        "CHF 5 million (computed); EUR 1 million (computed);"
    ),
}
NO_SUMS = {
    "{{ [record('days'), record('crew')] | total('quantity') }}": "total(): these figures have no one unit: days, people",
    "{{ [record('days'), record('crew')] | total('quantity', 'things') }}": "total(): these figures have no one unit: days, people, things",
    "{{ [record('days'), record('bare')] | total('quantity') }}": "total(): these figures have no one unit: days, –",
    "{{ metrics() | selectattr('money') | total('money') }}": "total(): these figures have no one unit: CHF, EUR",
    "{{ [record('paid')] | total('money', 'francs') }}": "total(): these figures have no one unit: CHF, francs",
    "{{ record('days').quantity | share_of(record('crew').quantity) }}": "share_of(): these figures have no one unit: days, people",
    "{{ record('days').quantity | share_of(record('none').quantity) }}": "share_of(): the whole is 0",
}  # fmt: skip


@pytest.mark.parametrize("template", SUMS)
def test_what_is_of_one_unit_or_currency_has_a_sum(desk: Desk, template: str) -> None:
    assert desk.read(template, data=records(FIGURES)).strip() == SUMS[template]


@pytest.mark.parametrize("template", NO_SUMS)
def test_what_is_not_has_none_and_the_units_are_named(desk: Desk, template: str) -> None:
    with pytest.raises(ReportError) as error:
        desk.merge(template, data=records(FIGURES))
    assert [problem.message() for problem in error.value.problems] == [NO_SUMS[template]]
