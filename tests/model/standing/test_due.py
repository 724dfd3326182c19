"""What is to be done is open, due soon, late or settled, by its day."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from reports.model.dates import parse_date, parse_day
from reports.model.kinds.plans import Action, Discussion
from reports.model.records import Locator
from reports.model.standing.due import DueState, state_of
from reports.model.values import BilingualText

DAY = date(2026, 6, 30)
SOURCE = (Locator(doc="slides"),)
A = BilingualText("A", "A")


@pytest.mark.parametrize(
    ("due", "state"),
    [
        ("2026-06-18", DueState("late", 12)),
        ("2026-06-29", DueState("late", 1)),
        ("2026-06-30", DueState("due soon", 0)),
        ("2026-07-14", DueState("due soon", 14)),
        ("2026-07-15", DueState("open", 15)),
        ("2026-06", DueState("due soon", 0)),
        ("2026-05", DueState("late", 30)),
        ("2026", DueState("open", 184)),
        ("before 2026-06-30", DueState("late", 1)),
        ("after 2026-05", DueState("open")),
        ("about 2026-05", DueState("open")),
        ("unknown", DueState("open")),
        (None, DueState("open")),
    ],
)
def test_an_action_and_a_matter_are_late_after_their_last_day(due: str | None, state: DueState) -> None:
    day = parse_date(due) if due else None
    action = Action(id="a", source=SOURCE, title=A, due=day)
    matter = Discussion(
        id="b", source=SOURCE, number=1, topic=A, ask=A, due=day, raised=parse_date("2026"), status="open"
    )

    assert (state_of(action, DAY), state_of(matter, DAY)) == (state, state)


def test_an_action_is_done_from_the_day_on_which_it_was() -> None:
    action = Action(
        id="a", source=SOURCE, title=A, due=parse_date("2026-06-20"), done=parse_day("2026-06-30")
    )

    assert state_of(action, date(2026, 6, 29)) == DueState("late", 9)
    assert state_of(action, DAY) == DueState("done")


@pytest.mark.parametrize("status", ["decided", "deferred", "withdrawn"])
def test_a_matter_that_is_settled_is_not_late(status: Literal["decided", "deferred", "withdrawn"]) -> None:
    matter = Discussion(
        id="b", source=SOURCE, number=1, topic=A, ask=A, due=parse_date("2026-01"),
        raised=parse_date("2026"), status=status,
    )  # fmt: skip

    assert state_of(matter, DAY).state == status
