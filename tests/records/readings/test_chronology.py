"""Rules of time that know what day it is, and that none of the rules stumbles, whatever the data say."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model.report_definitions import ReportDefinition
from reports.records.readings.ahead import yet_to_come
from reports.records.readings.chronology import out_of_order
from reports.records.readings.edition_checks import asks_what_came_before
from reports.records.text.loader import parse
from reports.records.validation import read_reports, validate
from tests.records.readings.test_reading import WORLD

TODAY = date(2026, 7, 1)


def told(text: str, today: date = TODAY) -> list[str]:
    """What is said of *text* that day: line, code, the day it is about."""
    found, problems = parse(f"{inspect.cleandoc(text)}\n{WORLD}", "data/a.yaml")
    dataset, wrong = validate([found])
    assert (problems, wrong) == ((), ())
    return [f"{one.where.line} {one.code} {one.args['date']}" for one in yet_to_come(dataset, today)]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("meetings:\n- {id: a, title: A, date: 2026-07-02, status: held,", ["time/not-yet 2026-07-02"]),
        ("meetings:\n- {id: a, title: A, date: 2026-07, status: held,", []),
        ("meetings:\n- {id: a, title: A, date: 2026-07-02, status: planned,", []),
        ("meetings:\n- {id: a, title: A, date: about 2027, status: held,", []),
        ("milestones:\n- {id: a, title: A, date: 2027, status: done,", ["time/not-yet 2027"]),
        ("contributions:\n- {id: a, title: A, date: 2027, status: done,", ["time/not-yet 2027"]),
        (
            "agreements:\n- {id: a, title: A, type: charter, signed: 2027, status: signed,",
            ["time/not-yet 2027"],
        ),
        ("agreements:\n- {id: a, title: A, type: charter, signed: 2027, status: being signed,", []),
        ("actions:\n- {id: a, title: A, done: 2026-08-01,", ["time/not-yet 2026-08-01"]),
        ("actions:\n- {id: a, title: A, due: 2026-08-01,", []),
        ("people:\n- {id: a, name: {zh: 甲, en: A}, known: 2026-07-02,", ["time/future-entry 2026-07-02"]),
    ],
)
def test_what_is_told_as_of_the_past_does_not_lie_ahead(record: str, said: list[str]) -> None:
    assert told(f"{record} source: [{{doc: slides}}]}}") == [f"2 {one}" for one in said]


def test_an_entry_and_a_value_of_the_future_are_told() -> None:
    """A month that has begun is none."""
    said = told(
        """
        discussions:
          - id: venue
            number: 1
            topic: Venue
            ask: Which city
            raised: 2026-05-10
            source: [{doc: slides}]
            updates:
              - {on: 2026-07, ask: Which hall, source: [{doc: slides}]}
              - {on: 2027-06-05, status: withdrawn, source: [{doc: slides}]}
        metrics:
          - id: visitors
            title: Visitors
            source: [{doc: slides}]
            values:
              - {at: 2026Q3, quantity: 412}
              - {at: 2026Q4, quantity: 463}
        """
    )
    assert said == ["10 time/future-entry 2027-06-05", "17 time/future-entry 2026Q4"]


def test_a_meeting_that_was_moved_counts_by_its_last_day() -> None:
    meeting = """
        meetings:
          - id: council
            title: Council
            date: 2026-09-15
            status: planned
            known: 2026-02-01
            source: [{doc: slides}]
            updates:
              - {on: 2026-06-20, date: 2026-06-20, status: held, source: [{doc: slides}]}
        """
    assert told(meeting) == []
    said = told(meeting, date(2026, 6, 1))
    assert said == ["9 time/not-yet 2026-06-20", "9 time/future-entry 2026-06-20"]


# --- editions ---------------------------------------------------------------------------------------------


def asked(editions: str, schedule: str = "") -> list[tuple[int, object]]:
    """After which lines it is asked what an edition is compared with, and what is to be typed."""
    text = f"reports:\n- id: brief\n  title: Brief\n  template: brief\n  period: quarter\n{schedule}  editions:\n{editions}"
    found, problems = parse(text, "data/reports.yaml")
    reports, wrong = read_reports([found])
    assert (problems, wrong) == ((), ())
    said = asks_what_came_before(reports.reports["brief"], reports.nodes["brief"], TODAY)
    return [(one.where.line, one.args["since"]) for one in said]


def edition(period: str, as_of: str, more: str = "") -> str:
    return f"  - {{period: {period}, as_of: {as_of}{more}}}\n"


def test_behind_a_gap_an_edition_says_what_it_is_compared_with() -> None:
    first, next_ = edition("2025Q4", "2025-12-31"), edition("2026Q1", "2026-03-31")

    assert asked(first + next_) == []
    assert asked(first + edition("2026Q2", "2026-06-30")) == [(8, "2025Q4")]
    assert asked(first + edition("2026Q2", "2026-06-30", ", since: 2025Q4")) == []
    assert asked(edition("2026Q2", "2026-06-30") + first + next_) == []


def test_a_period_that_is_listed_twice_is_an_error() -> None:
    """Its files would be as of the one day, and closed on the other."""
    editions = edition("2026Q1", "2026-03-31") + edition("2026Q1", "2026-04-10")
    text = f"reports:\n- id: brief\n  title: Brief\n  template: brief\n  period: quarter\n  editions:\n{editions}"
    found, _ = parse(text, "data/reports.yaml")
    _, problems = read_reports([found])
    assert [(one.code, one.where.line, one.args["other"], one.severity) for one in problems] == [
        ("edition/twice", 8, "data/reports.yaml:7:14", "error")
    ]


def test_a_scheduled_period_is_no_gap() -> None:
    due = "    due: {days: 5, time: '09:00', zone: Asia/Shanghai}\n"
    editions = edition("2025Q2", "2025-06-30") + edition("2026Q2", "2026-06-30")

    assert asked(editions, f"  schedule:\n    since: 2026Q1\n{due}") == []
    assert asked(editions, f"  schedule:\n    since: 2026Q2\n{due}") == [(11, "2025Q2")]


# --- whatever there is ------------------------------------------------------------------------------------

YEARS = st.sampled_from(["0001", "0205", "1600", "2020", "2026", "2205", "9999"])
DAYS = st.builds(
    lambda year, rest: f"{year}{rest}", YEARS, st.sampled_from(["", "-01", "-12", "-01-01", "-12-31"])
)
DATES = st.one_of(
    DAYS,
    DAYS.map("after {}".format),
    DAYS.map("before {}".format),
    DAYS.map("about {}".format),
    st.sampled_from(
        ["unknown", "illegible", "199X", "2020/2026", "{date: 2020, certainty: illegible, raw: x}"]
    ),
)
MOMENTS = st.one_of(DAYS, st.sampled_from(["0001Q1", "2026Q2", "2026H1", "2026-W07", "9999Q4"]))
SOURCES = st.sampled_from(
    ["[{doc: slides}]", "[{doc: dated}]", "[{doc: slides}, {doc: dated}]", "[{doc: odd}]"]
)

RECORDS = """\
sources:
  - {{id: slides, title: S, genre: slides}}
  - {{id: dated, title: S, genre: slides, date: {date[0]}}}
  - {{id: odd, title: S, genre: slides, date: {date[1]}}}
organisations:
  - id: body
    name: {{zh: 甲, en: B, former: [{{zh: 乙, en: C, until: {date[2]}}}]}}
    type: network
    founded: {date[3]}
    known: {day[0]}
    source: {source}
people:
  - {{id: one, name: {{zh: 丙, en: D}}, posts: [{{title: A, organisation: body, at: {date[3]}}}], source: {source}}}
meetings:
  - id: council
    title: C
    date: {date[4]}
    status: planned
    known: {day[1]}
    source: {source}
    updates:
      - {{on: {day[2]}, known: {day[3]}, date: {date[5]}, source: {source}}}
      - {{on: {day[4]}, status: held, source: {source}}}
discussions:
  - id: venue
    number: 1
    topic: V
    ask: A
    raised: {date[6]}
    due: {date[7]}
    source: {source}
    updates:
      - {{on: {day[5]}, status: decided, decision: D, source: {source}}}
      - {{on: {day[6]}, due: ~, source: {source}}}
actions:
  - {{id: book, title: B, from: venue, due: {date[8]}, done: {day[5]}, source: {source}}}
  - {{id: tell, title: B, from: council, due: {date[9]}, source: {source}}}
  - {{id: ask, title: B, from: body, due: {date[9]}, source: {source}}}
agreements:
  - id: pact
    title: P
    type: charter
    status: signed
    signed: {date[10]}
    signatories: [{{party: body, signed: {date[11]}}}, {{party: body}}]
    source: {source}
metrics:
  - id: visitors
    title: V
    source: {source}
    values: [{{at: {moment[0]}, quantity: 1, known: {day[3]}, source: {source}}}]
    target: [{{by: {moment[1]}, quantity: 2}}]
    baseline: {{at: {moment[2]}, quantity: 1}}
budgets:
  - {{id: money, title: M, money: EUR 9, basis: in all, spent: [{{at: {moment[3]}, money: EUR 1}}], source: {source}}}
"""


@given(
    st.fixed_dictionaries(
        {
            "date": st.lists(DATES, min_size=12, max_size=12),
            "day": st.lists(DAYS, min_size=7, max_size=7),
            "moment": st.lists(MOMENTS, min_size=4, max_size=4),
            "source": SOURCES,
        }
    ),
    st.dates(),
)
def test_no_rule_stumbles_whatever_the_dates(drawn: Mapping[str, list[str]], today: date) -> None:
    """What is told has its words, its place, and is a warning."""
    found, problems = parse(RECORDS.format_map(drawn), "data/a.yaml")
    assert problems == ()
    dataset, _ = validate([found])
    assert len(dataset.records) == 13

    for problem in (*out_of_order(dataset), *yet_to_come(dataset, today)):
        assert problem.severity == "warning"
        assert problem.where.line
        assert "{" not in problem.message("en") + problem.hint("zh").replace("{date", "")


@given(MOMENTS.filter(lambda moment: "-" not in moment), DAYS, DAYS, st.sampled_from(["2020Q1", "2026Q2"]))
def test_no_rule_stumbles_over_an_edition(period: str, as_of: str, closed: str, since: str) -> None:
    text = f"reports:\n- {{id: a, title: A, template: a, period: quarter, editions: [{{period: {period}, as_of: {as_of}, closed: {closed}}}, {{period: {since}, as_of: 2026-06-30}}]}}\n"
    found, _ = parse(text, "data/reports.yaml")
    reports, _ = read_reports([found])
    for report in reports.reports.values():
        assert isinstance(report, ReportDefinition)
        list(asks_what_came_before(report, reports.nodes[report.id], TODAY))
