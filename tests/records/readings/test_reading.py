"""Records as of a day: the worked examples of the design, each in the two quarters that it is told for."""

from __future__ import annotations

import inspect
from datetime import date
from typing import Any

import pytest

from reports.model.cutoff import LATEST, Cutoff
from reports.model.formatting import say
from reports.model.records import Dataset
from reports.records.changes import facts_of
from reports.records.readings.reading import at
from reports.records.text.loader import parse
from reports.records.validation import validate

Q1 = Cutoff(date(2026, 3, 31), date(2026, 4, 10))
Q2 = Cutoff(date(2026, 6, 30), date(2026, 7, 10))
Q3 = Cutoff(date(2026, 9, 30), date(2026, 10, 10))
WORLD = """\
sources:
  - {id: slides, title: Slides, genre: slides}
  - {id: plan, title: Work plan, genre: form, date: 2026-02-01}
  - {id: recount, title: Recount, genre: form, date: 2026-08-31}
  - {id: minutes, title: Minutes, genre: minutes, date: 2026-09-15}
"""


def dataset(text: str) -> Dataset:
    found, problems = parse(f"{WORLD}{inspect.cleandoc(text)}\n", "data/a.yaml")
    read, wrong = validate([found])
    assert (problems, wrong) == ((), ())
    return read


def record(read: Dataset, id_: str, cutoff: Cutoff = LATEST) -> Any:
    """A record as of a day, of whatever kind."""
    return at(read, cutoff).records[id_]


MEETING = """\
meetings:
  - id: council
    title: Seventh council
    date: 2026-06-20
    status: planned
    known: 2026-02-01
    source: [{doc: plan}]
    updates:
      - {on: 2026-06-05, date: 2026-09-15, source: [{doc: slides}]}
      - {on: 2026-09-15, status: held, source: [{doc: minutes}]}
"""


@pytest.mark.parametrize(
    ("cutoff", "day", "status"),
    [
        (Q1, "20 June 2026", "planned"),
        (Q2, "15 September 2026", "planned"),
        (Q3, "15 September 2026", "held"),
    ],
)
def test_a_meeting_is_moved_then_held(cutoff: Cutoff, day: str, status: str) -> None:
    meeting = record(dataset(MEETING), "council", cutoff)

    assert (say(meeting.day, "en"), meeting.status) == (day, status)


def test_a_field_stands_where_the_entry_says_it_and_comes_from_its_source_too() -> None:
    reading = at(dataset(MEETING), Q3)

    node = reading.nodes["council"]
    assert (node.at("date").where.line, node.at("status").where.line, node.at("title").where.line) == (
        14,
        15,
        8,
    )
    assert reading.entered["council"] == {"date": "2026-06-05", "status": "2026-09-15"}
    assert [one.doc for one in reading.records["council"].source] == ["plan", "slides", "minutes"]
    assert node.at("source", 2, "doc").text == "minutes"


def test_what_was_learnt_after_the_issue_closed_is_in_the_next() -> None:
    read = dataset(
        """
        agreements:
          - id: charter
            title: Charter
            type: charter
            status: being signed
            source: [{doc: slides}]
            updates:
              - {on: 2026-06-29, known: 2026-07-20, status: signed, source: [{doc: slides}]}
        """
    )

    found = [record(read, "charter", cutoff).status for cutoff in (Q2, Q3)]
    assert found == ["being signed", "signed"]


FIGURE = """\
metrics:
  - id: visitors
    title: Visitors
    source: [{doc: slides}]
    values:
      - {at: 2026Q1, quantity: 412}
      - {at: 2026Q2, quantity: 463, known: 2026-07-08}
      - {at: 2026Q2, quantity: 460, known: 2026-09-01, source: [{doc: recount}]}
      - {at: 2026Q3, quantity: 480}
"""


@pytest.mark.parametrize(
    ("cutoff", "figure", "day", "known"),
    [
        (Q1, "412", "first quarter of 2026", ["412"]),
        (Q2, "463", "second quarter of 2026", ["412", "463"]),
        (Q3, "480", "third quarter of 2026", ["412", "460", "480"]),
    ],
)
def test_a_figure_is_the_latest_that_was_known(
    cutoff: Cutoff, figure: str, day: str, known: list[str]
) -> None:
    reading = at(dataset(FIGURE), cutoff)

    metric: Any = reading.all("metrics")[0]
    assert (say(metric.quantity, "en"), say(metric.day, "en")) == (figure, day)
    assert [say(one.quantity, "en") for one in metric.values] == known
    assert reading.nodes["visitors"].at("quantity").text == figure


def test_a_revised_value_is_named_by_its_time_and_the_day_it_was_learnt() -> None:
    read = dataset(FIGURE.replace("      - {at: 2026Q3, quantity: 480}\n", ""))

    reading = at(read, Q3)
    assert reading.entered["visitors"]["quantity"] == "2026Q2 known 2026-09-01"
    assert [one.doc for one in reading.records["visitors"].source] == ["slides", "recount"]


def test_a_figure_of_which_no_value_is_known_yet_is_in_no_list() -> None:
    early = Cutoff(date(2025, 12, 31), date(2026, 1, 10))

    assert at(dataset(FIGURE), early).all("metrics") == ()


def test_a_matter_is_decided_in_the_quarter_of_its_decision() -> None:
    read = dataset(
        """
        discussions:
          - id: venue
            number: 1
            topic: Venue
            ask: Which city
            raised: 2026-05-10
            source: [{doc: slides}]
            updates:
              - {on: 2026-09-20, status: decided, decision: Geneva, decided_by: chair, source: [{doc: slides}]}
        people:
          - {id: chair, name: {zh: 主席, en: Chair}, source: [{doc: slides}]}
        """
    )

    found = [record(read, "venue", cutoff).status for cutoff in (Q2, Q3)]
    assert found == ["open", "decided"]
    assert at(read, Q1).all("discussions") == ()


def test_an_action_is_there_before_it_is_due() -> None:
    read = dataset(
        """
        actions:
          - {id: letter, title: Write to members, due: 2026-08-31, source: [{doc: plan}]}
        """
    )

    assert len(at(read, Q1).all("actions")) == 1
    assert at(read, Cutoff(date(2026, 1, 31), date(2026, 2, 28))).all("actions") == ()


# --- existence --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("date: 2026-06-20, status: held", Q2),
        ("date: 2026-06-20", Q2),
        ("date: 2026-09-20, status: planned", Q1),  # since the source that tells of it
        ("date: 2026-05-20, known: 2026-07-09", Q2),
        ("date: 2026-05-20, known: 2026-07-11", Q3),
        ("date: 2026-09-20, known: 2026-05-11", Q2),  # announced
        ("date: 2026-05-20, known: 2026-05", Q2),
        ("date: unknown", None),
    ],
)
def test_a_record_is_there_from(typed: str, first: Cutoff | None) -> None:
    read = dataset(f"meetings:\n  - {{id: council, title: Council, {typed}, source: [{{doc: plan}}]}}")

    before = Cutoff(date(2026, 1, 31), date(2026, 2, 28))
    there = [cutoff for cutoff in (before, Q1, Q2, Q3) if at(read, cutoff).all("meetings")]
    assert there[0] == (first or before)
    assert there == [cutoff for cutoff in (before, Q1, Q2, Q3) if cutoff.as_of >= there[0].as_of]


def test_of_what_is_not_there_yet_nothing_but_the_name_is_known() -> None:
    read = dataset(
        """
        organisations:
          - {id: house, name: {zh: 屋, en: House}, type: network, founded: 2026-08-01, country: CN, source: [{doc: plan}]}
        people:
          - {id: chair, name: {zh: 主席, en: Chair}, posts: [{title: Head, organisation: house}], source: [{doc: slides}]}
        """
    )

    reading = at(read, Q2)
    house: Any = reading.records["house"]
    assert (house.label.get("en"), house.founded, house.country) == (
        "House",
        None,
        None,
    )
    assert reading.all("organisations") == ()
    assert "house" not in facts_of(reading)


# --- the future does not reach back -----------------------------------------------------------------------


def test_what_is_added_later_changes_no_earlier_reading() -> None:
    early, late = dataset(MEETING.partition("    updates:")[0] + FIGURE), dataset(MEETING + FIGURE)

    then, now = at(early, Q1), at(late, Q1)
    assert then.records == now.records
    assert facts_of(then) == facts_of(now)


def test_a_field_is_replaced_whole_and_a_tilde_takes_it_back() -> None:
    read = dataset(
        """
        meetings:
          - id: council
            title: {zh: 理事会, en: Council, zh-Hant: 理事會}
            date: 2026-01-20
            place: Geneva
            agenda: [one, two]
            source: [{doc: slides}]
            updates:
              - {on: 2026-02-01, title: {zh: 大会, en: Assembly}, place: ~, agenda: [three], source: [{doc: slides}]}
        """
    )

    meeting = record(read, "council", LATEST)
    assert meeting.label.get("zh-Hant") == "大会"
    assert (meeting.place, len(meeting.agenda)) == (None, 1)


def test_two_entries_of_one_day_count_in_the_order_of_the_file_and_a_month_from_its_last_day() -> None:
    read = dataset(
        """
        meetings:
          - id: council
            title: Council
            date: 2026-01-20
            source: [{doc: slides}]
            updates:
              - {on: 2026-06, place: Geneva, source: [{doc: slides}]}
              - {on: 2026-06-30, status: held, source: [{doc: slides}]}
        """
    )

    before = record(read, "council", Cutoff(date(2026, 6, 29), date(2026, 6, 29)))
    after = record(read, "council", Q2)
    assert (before.place, before.status) == (None, None)
    assert (say(after.place, "en"), after.status) == ("Geneva", "held")


def test_names_that_are_typed_for_ids_are_found_in_updates_too() -> None:
    read = dataset(
        """
        organisations:
          - {id: cern, name: {zh: 欧核, en: CERN}, type: network, source: [{doc: slides}]}
        meetings:
          - id: council
            title: Council
            date: 2026-01-20
            source: [{doc: slides}]
            updates:
              - {on: 2026-02-01, host: CERN, participants: [CERN], source: [{doc: slides}]}
        """
    )

    meeting = record(read, "council", LATEST)
    assert (meeting.host, meeting.participants) == ("cern", ("cern",))
