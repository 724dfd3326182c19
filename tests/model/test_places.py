"""From record, field and day of the entry to the node in the data as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model.places import find_value, step_to
from reports.model.records import Node
from reports.records.text.loader import parse

MEETING = """\
meetings:
  - id: council
    date: 2026-06-20
    title: {zh: 理事会, en: Council}
    source: [{doc: plan, at: p. 3}]
    updates:
      - {on: 2026-06-05, date: 2026-09-15}
      - {on: 2026-09-15, status: held, source: [{doc: minutes}]}
"""
CITED = """\
meetings:
  - id: council
    source: [{doc: plan, at: p. 3}]
    updates:
      - {on: 2026-06-05, date: 2026-09-15, source: [{doc: plan, at: p. 3}, {doc: letter}]}
      - {on: 2026-09-15, status: held, source: [{at: p. 9, doc: minutes}]}
"""
FIGURE = """\
metrics:
  - id: visitors
    unit: people
    values:
      - {at: 2026Q2, quantity: 460, known: 2026-09-01}
      - {at: 2026Q2, quantity: 463}
      - {at: 2026Q3, quantity: 480, known: 2026-10-02}
"""
REPORT = """\
reports:
  - id: letter
    editions: [{period: 2023Q1, as_of: 2023-03-31}, {period: 2023Q2, as_of: 2023-06-30}]
"""


def record(text: str) -> Node:
    """The only record of a data file."""
    (listed,) = parse(text, "data/p/all.yaml")[0].node.below.values()
    return listed.at(0)


@pytest.mark.parametrize(
    ("text", "field", "on", "found"),
    [
        (MEETING, "date", "", "2026-06-20"),
        (MEETING, "title.en", "", "Council"),
        (MEETING, "source.0.at", "", "p. 3"),
        (MEETING, "date", "2026-06-05", "2026-09-15"),
        (MEETING, "status", "2026-09-15", "held"),
        (MEETING, "source.0.doc", "2026-09-15", "minutes"),
        (FIGURE, "quantity", "2026Q2", "463"),
        (FIGURE, "quantity", "2026Q2 known 2026-09-01", "460"),
        (FIGURE, "quantity", "2026Q3", "480"),
        (FIGURE, "date", "2026Q3 known 2026-10-02", "2026Q3"),
        (FIGURE, "values.2026Q2.quantity", "", "463"),
        (FIGURE, "values.2026Q2 known 2026-09-01.quantity", "", "460"),
        (CITED, "source.0.at", "", "p. 3"),
        (CITED, "source.1.doc", "", "letter"),
        (CITED, "source.2.at", "", "p. 9"),
        (REPORT, "editions.2023Q2.as_of", "", "2023-06-30"),
        (REPORT, "editions.0.as_of", "", "2023-03-31"),
    ],
)
def test_a_value_is_found_where_it_is_said(text: str, field: str, on: str, found: str) -> None:
    value = find_value(record(text), field, on)
    assert value is not None
    assert (value.node.text, value.whole) == (found, True)


def test_the_record_itself_is_its_own_place() -> None:
    assert find_value(record(MEETING), "") == find_value(record(MEETING), "", "")
    value = find_value(record(MEETING), "")
    assert value is not None
    assert value.node.where.line == 2


@pytest.mark.parametrize(
    ("field", "on"), [("date", "2026-06-06"), ("title.en", "2026-06-05"), ("", "2026-06-05")]
)
def test_an_entry_that_is_gone_has_no_place(field: str, on: str) -> None:
    assert find_value(record(MEETING), field, on) is None


def test_a_field_that_is_gone_leads_to_what_stands_above_it() -> None:
    value = find_value(record(MEETING), "title.fr")
    assert value is not None
    assert (value.node.below["en"].text, value.whole) == ("Council", False)


STEPS = st.sampled_from(["date", "updates", "values", "title", "en", "0", "1", "9", "source", "", "2026Q2"])
DAYS = st.sampled_from(["", "2026-06-05", "2026-09-15", "2026Q2", "2026Q2 known 2026-09-01"])


@given(st.sampled_from([MEETING, FIGURE, REPORT]), st.lists(STEPS, max_size=5), DAYS)
def test_whatever_a_file_from_outside_asks_for_is_answered(text: str, steps: list[str], on: str) -> None:
    """The path comes out of a Word file that anybody may have written."""
    value = find_value(record(text), ".".join(steps), on)
    assert value is None or value.node.where.file == "data/p/all.yaml"


@pytest.mark.parametrize(
    ("text", "field", "index", "name"),
    [
        (REPORT, "editions", 1, "2023Q2"),
        (FIGURE, "values", 0, "2026Q2 known 2026-09-01"),
        (FIGURE, "values", 1, "2026Q2"),
        (MEETING.replace("p. 3", "page 3"), "source", 0, "0"),
        (REPORT.replace("2023Q2", "2023-01-01..2023-06-30"), "editions", 1, "1"),
        (REPORT.replace("2023Q2", "2023Q1"), "editions", 1, "1"),
        (REPORT, "editions", 7, "7"),
    ],
)
def test_an_item_is_called_by_its_time_where_it_has_one_of_its_own(
    text: str, field: str, index: int, name: str
) -> None:
    """One more item above it then changes no file."""
    assert step_to(record(text).at(field), index) == name
