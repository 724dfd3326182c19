"""For which days something was planned before: what was known by the cutoff, and no day twice."""

from __future__ import annotations

from datetime import date

from reports.model.cutoff import LATEST, Cutoff
from reports.model.dates import PartialDate, parse_date
from reports.records.readings.reading import at
from reports.records.readings.slips import slips
from reports.records.text.loader import parse
from reports.records.validation import validate

_DATA = """\
sources:
  - {id: plan, title: Work plan, genre: form}
meetings:
  - id: council
    title: Council
    date: 2026-06-20
    status: planned
    known: 2026-02-01
    source: [{doc: plan}]
    updates:
      - {on: 2026-03-01, place: Geneva, source: [{doc: plan}]}
      - {on: 2026-06-05, date: 2026-09-15, source: [{doc: plan}]}
      - {on: 2026-06-25, known: 2026-07-20, date: 2026-10-01, source: [{doc: plan}]}
      - {on: 2026-10-01, status: held, source: [{doc: plan}]}
  - {id: still, title: Still, date: 2026-06-20, source: [{doc: plan}]}
actions:
  - id: note
    title: Note
    due: 2026-05-31
    known: 2026-02-01
    source: [{doc: plan}]
    updates: [{on: 2026-05-20, due: 2026-07-31, source: [{doc: plan}]}, {on: 2026-06-10, done: 2026-06-10, source: [{doc: plan}]}]
"""
Q1 = Cutoff(date(2026, 3, 31), date(2026, 4, 10))
Q2 = Cutoff(date(2026, 6, 30), date(2026, 7, 10))


def moved(cutoff: Cutoff) -> dict[str, tuple[PartialDate, ...]]:
    found, problems = parse(_DATA, "data/a.yaml")
    typed, wrong = validate([found])
    assert (problems, wrong) == ((), ())
    return dict(slips(at(typed, cutoff), typed.records, cutoff))


def test_the_days_before_the_present_one_are_those_known_by_the_cutoff() -> None:
    assert moved(Q1) == {}
    assert moved(Q2) == {"council": (parse_date("2026-06-20"),), "note": (parse_date("2026-05-31"),)}
    assert moved(LATEST)["council"] == (parse_date("2026-06-20"), parse_date("2026-09-15"))


def test_what_was_never_moved_and_data_that_are_no_reading_have_none() -> None:
    found, _ = parse(_DATA, "data/a.yaml")
    typed, _ = validate([found])

    assert "still" not in moved(LATEST)
    assert slips(typed, typed.records, LATEST) == {}
