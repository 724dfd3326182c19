"""What became of records between two readings: the worked examples, and that nothing of the difference is lost."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reports.model.cutoff import Cutoff
from reports.model.records import Dataset
from reports.records.readings.progress import Step, applied, progress
from reports.records.readings.reading import at
from reports.records.text.loader import parse
from reports.records.validation import validate
from tests.records.readings.test_reading import FIGURE, MEETING, Q1, Q2, Q3, dataset


def between(read: Dataset, then: Cutoff, now: Cutoff) -> tuple[Step, ...]:
    return progress(at(read, then), then.as_of, at(read, now), now.as_of)


def said(read: Dataset, then: Cutoff, now: Cutoff) -> dict[str, tuple[str, ...]]:
    return {step.id: step.what for step in between(read, then, now)}


def test_a_meeting_is_new_then_moved_then_done() -> None:
    read = dataset(MEETING)
    before = Cutoff(date(2026, 1, 31), date(2026, 1, 31))

    assert said(read, before, Q1) == {"council": ("new",)}
    [moved] = between(read, Q1, Q2)
    assert (moved.what, moved.days, moved.fields) == (("moved",), 87, ("date",))
    assert said(read, Q2, Q3) == {"council": ("done",)}
    assert said(read, Q3, Q3) == {}


def test_a_figure_that_changed_or_was_revised_is_changed() -> None:
    read = dataset(FIGURE)

    [step] = between(read, Q2, Q3)
    assert (step.what, step.fields) == (("changed",), ("quantity", "values", "date"))


def test_a_matter_is_late_then_decided() -> None:
    read = dataset(
        """
        discussions:
          - id: venue
            number: 1
            topic: Venue
            ask: Which city
            raised: 2026-03-10
            due: 2026-05-31
            source: [{doc: slides}]
            updates:
              - {on: 2026-09-20, status: decided, decision: Geneva, source: [{doc: slides}]}
          - id: budget
            number: 2
            topic: Budget
            ask: How much
            raised: 2026-03-10
            source: [{doc: slides}]
            updates:
              - {on: 2026-09-20, status: withdrawn, source: [{doc: slides}]}
        """
    )

    [late] = between(read, Q1, Q2)
    assert (late.id, late.what, late.days, late.fields) == ("venue", ("late",), 30, ())
    assert said(read, Q2, Q3) == {"venue": ("decided",), "budget": ("closed",)}


def test_an_action_is_new_then_late_then_done() -> None:
    read = dataset(
        """
        actions:
          - id: letter
            title: Write to members
            due: 2026-08-31
            known: 2026-05-01
            source: [{doc: slides}]
            updates:
              - {on: 2026-10-02, done: 2026-10-01, outcome: Sent, source: [{doc: slides}]}
        """
    )
    q4 = Cutoff(date(2026, 12, 31), date(2027, 1, 10))

    assert said(read, Q1, Q2) == {"letter": ("new",)}
    [late] = between(read, Q2, Q3)
    assert (late.what, late.days) == (("late",), 30)
    assert said(read, Q3, q4) == {"letter": ("done",)}


def test_what_was_announced_without_a_state_is_done_when_its_day_has_come() -> None:
    read = dataset(
        "meetings:\n  - {id: council, title: Council, date: 2026-08-20, known: 2026-05-01, source: [{doc: plan}]}"
    )

    assert said(read, Q2, Q3) == {"council": ("done",)}


# --- the law ----------------------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def entries(draw: st.DrawFn) -> str:
    """A meeting with whatever became of it, in the order of its days."""
    days = sorted(draw(st.lists(DAYS, max_size=4, unique=True)))
    fields = [
        draw(
            st.sampled_from(
                (
                    "status: held",
                    "status: cancelled",
                    "status: ~",
                    "place: Bern",
                    "place: ~",
                    "agenda: [one, two]",
                )
            )
            | DAYS.map(lambda day: f"date: {day}")
        )
        for _ in days
    ]
    known = [
        f", known: {day + timedelta(draw(st.integers(0, 90)))}" if draw(st.booleans()) else "" for day in days
    ]
    return "".join(
        f"\n      - {{on: {day}{learnt}, {field}, source: [{{doc: slides}}]}}"
        for day, learnt, field in zip(days, known, fields, strict=True)
    )


@st.composite
def records(draw: st.DrawFn) -> str:
    found = []
    for number in range(draw(st.integers(0, 4))):
        updates = draw(entries())
        known = f"\n    known: {draw(DAYS)}" if draw(st.booleans()) else ""
        status = draw(st.sampled_from(("", "\n    status: planned", "\n    status: held")))
        found.append(
            f"  - id: m{number}\n    title: Council\n    date: {draw(DAYS)}\n    place: Geneva{status}{known}\n"
            f"    source: [{{doc: plan}}]{chr(10) + '    updates:' + updates if updates else ''}\n"
        )
    values = draw(
        st.lists(st.tuples(st.integers(1, 4), st.integers(0, 99)), max_size=4, unique_by=lambda v: v[0])
    )
    figure = "".join(f"\n      - {{at: 2026Q{quarter}, quantity: {number}}}" for quarter, number in values)
    listed = (
        f"metrics:\n  - id: n\n    title: N\n    source: [{{doc: slides}}]\n    values:{figure}\n"
        if values
        else ""
    )
    return ("meetings:\n" + "".join(found) if found else "") + listed


@given(records(), DAYS, DAYS, st.integers(0, 60), st.integers(0, 60))
def test_the_earlier_reading_and_the_difference_make_the_later_one(
    text: str, first: date, second: date, late: int, later: int
) -> None:
    found, _ = parse(
        f"sources:\n  - {{id: slides, title: S, genre: slides}}\n"
        f"  - {{id: plan, title: P, genre: form, date: 2026-03-01}}\n{text}",
        "data/a.yaml",
    )
    read, _ = validate([found])
    then, now = Cutoff(first, first + timedelta(late)), Cutoff(second, second + timedelta(later))

    steps = between(read, then, now)

    assert applied(at(read, then), steps) == {record.id: record for record in at(read, now).present()}
    assert all(step.what for step in steps if step.fields or step.before is None or step.after is None)
