"""Figures against their targets: on the straight line from the baseline, and nothing said that nobody can know."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model.kinds.metrics import Metric
from reports.model.standing.targets import TargetState, against_target
from reports.records.converter import read

DAY = date(2026, 6, 30)


def metric(*values: tuple[str, str], sort: str = "quantity", **fields: Any) -> Metric:
    """Values by their times, 500 to be reached by the end of 2026 from 380 at the end of 2025 unless *fields* say else."""
    said = {
        "id": "users", "title": "Users", "source": [{"doc": "slides"}], "unit": "users",
        "baseline": {"at": "2025", sort: "380"}, "target": [{"by": "2026", sort: "500"}],
        "values": [{"at": at, sort: value} for at, value in values], **fields,
    }  # fmt: skip
    return read(Metric, {name: value for name, value in said.items() if value is not None})


def state(*values: tuple[str, str], day: date = DAY, **fields: Any) -> TargetState:
    found = against_target(metric(*values, **fields), day)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "expected", "gap", "off"),
    [("440", "on track", "-60", "0"), ("439", "behind", "-61", "-1"), ("463", "ahead", "-37", "23"),
     ("500", "met", "0", "60"), ("512", "met", "12", "72")],
)  # fmt: skip
def test_on_track_is_the_straight_line_from_the_baseline_rounded_as_the_figure_is(
    value: str, expected: str, gap: str, off: str
) -> None:
    found = state(("2026Q1", "412"), ("2026Q2", value))  # 181 of 365 days: 439.5

    assert found.state == expected
    assert (found.gap, found.off) == (Decimal(gap), Decimal(off))
    assert found.due == 440
    assert found.rising is True


def test_a_figure_with_digits_behind_the_point_is_held_against_as_many() -> None:
    assert state(("2026Q2", "439.6")).due == Decimal("439.5")
    assert state(("2026Q2", "439.5")).state == "on track"


@pytest.mark.parametrize(
    ("value", "expected"), [("60", "ahead"), ("75", "on track"), ("80", "behind"), ("50", "met")]
)
def test_where_the_target_lies_below_the_baseline_less_is_better(value: str, expected: str) -> None:
    below: dict[str, Any] = {
        "baseline": {"at": "2025", "quantity": "100"},
        "target": [{"by": "2026", "quantity": "50"}],
    }
    found = state(("2026-07-02", value), day=date(2026, 7, 2), **below)

    assert (found.state, found.rising) == (expected, False)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([("2026Q4", "480")], "missed"),
        ([("2026Q4", "500")], "met"),
        ([("2026Q4", "480"), ("2027Q1", "510")], "missed"),
        ([("2026Q3", "480")], None),
        ([("2026Q3", "505")], "met"),
        ([("2027Q1", "510")], "met"),
    ],
)
def test_a_target_that_has_passed_is_judged_by_the_first_figure_of_its_time_or_later(
    values: list[tuple[str, str]], expected: str | None
) -> None:
    assert state(*values, day=date(2027, 4, 15)).state == expected


def test_the_next_target_counts_and_after_all_of_them_the_last() -> None:
    targets = [{"by": "2027", "quantity": "600"}, {"by": "2026", "quantity": "500"}]

    assert [str(state(("2026Q2", "440"), day=day, target=targets).by.end) for day in (
        date(2026, 12, 31), date(2027, 1, 1), date(2028, 1, 1)
    )] == ["2026-12-31", "2027-12-31", "2027-12-31"]  # fmt: skip


def test_what_comes_after_the_day_is_not_known() -> None:
    found = state(("2026Q2", "440"), ("2026Q3", "510"))

    assert (found.state, str(found.at and found.at.end)) == ("on track", "2026-06-30")
    assert state(("2026Q3", "510")).state is None


@pytest.mark.parametrize(
    ("value", "target", "expected", "gap"),
    [
        ("463", "500", None, "-37"),
        ("500", "500", "met", "0"),
        ("520", "500", None, "20"),
        ("520", "at least 500", "met", None),
        ("480", "at most 500", "met", None),
        ("500", "less than 500", None, None),
    ],
)
def test_without_a_baseline_there_is_the_gap_and_met_where_the_direction_is_known(
    value: str, target: str, expected: str | None, gap: str | None
) -> None:
    found = state(("2026Q2", value), baseline=None, target=[{"by": "2026", "quantity": target}])

    assert found.state == expected
    assert found.gap == (Decimal(gap) if gap else None)
    assert found.off is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [("more than 510", "met"), ("at least 500", "met"), ("more than 460", None), ("about 510", None), ("nearly 500", None)],
)  # fmt: skip
def test_of_a_bound_only_what_is_sure_is_said_and_no_difference(value: str, expected: str | None) -> None:
    found = state(("2026Q2", value))

    assert (found.state, found.gap, found.off) == (expected, None, None)


def test_a_bound_that_is_short_misses_the_target() -> None:
    assert state(("2026Q4", "less than 500"), day=date(2027, 1, 1)).state == "missed"
    assert state(("2026Q4", "more than 490"), day=date(2027, 1, 1)).state is None


def test_unlike_currencies_have_no_difference_and_no_state() -> None:
    money: dict[str, Any] = {
        "baseline": {"at": "2025", "money": "EUR 1 million"},
        "target": [{"by": "2026", "money": "EUR 2 million"}],
    }
    found = state(("2026Q2", "USD 3 million"), sort="money", **money)

    assert (found.state, found.gap, found.off) == (None, None, None)


def test_shares_and_ratios_have_states_and_ratios_no_difference() -> None:
    share: dict[str, Any] = {
        "baseline": {"at": "2025", "share": "20%"},
        "target": [{"by": "2026", "share": "30%"}],
    }
    ratio: dict[str, Any] = {
        "baseline": {"at": "2025", "ratio": "1:9"},
        "target": [{"by": "2026", "ratio": "3:7"}],
    }

    assert state(("2026Q2", "26%"), sort="share", **share).gap == -4
    found = state(("2026Q2", "3:7"), sort="ratio", **ratio)
    assert (found.state, found.gap) == ("met", None)


def test_a_single_figure_with_its_date_is_judged_too() -> None:
    assert state(values=None, quantity="463", date="2026-06-30").state == "ahead"
    assert state(values=None, quantity="463").state is None


def test_without_a_target_there_is_nothing_to_say() -> None:
    assert against_target(metric(("2026Q2", "463"), target=None), DAY) is None


_NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2)
_DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(_NUMBERS, _NUMBERS, _NUMBERS, st.lists(_DAYS, min_size=3, max_size=3, unique=True), _DAYS)
def test_the_state_agrees_with_the_numbers_whatever_they_are(
    start: Decimal, aim: Decimal, value: Decimal, days: list[date], day: date
) -> None:
    first, then, by = sorted(days)
    found = state(
        (str(then), str(value)), day=day, baseline={"at": str(first), "quantity": str(start)},
        target=[{"by": str(by), "quantity": str(aim)}],
    )  # fmt: skip
    if then > day:
        assert found.state is None
        return
    assert found.gap == value - aim
    assert found.rising == (aim > start if aim != start else None)
    if found.state == "met":
        assert value >= aim if found.rising else value <= aim
    if found.due is not None and found.off is not None:
        assert min(start, aim) <= found.due <= max(start, aim)
        assert found.off == value - found.due
        better = found.off > 0 if found.rising else found.off < 0
        assert found.state in ({"ahead", "met"} if better else {"on track", "behind", "met"})


@given(_NUMBERS, _NUMBERS, st.integers(1, 3000), st.integers(1, 3000))
def test_a_figure_on_the_line_is_on_track_before_and_behind_after(
    start: Decimal, rise: Decimal, before: int, after: int
) -> None:
    """Whoever stands still on the line falls behind it."""
    first = date(2010, 1, 1)
    then, by = first + timedelta(before), first + timedelta(before + after)
    aim = start + rise + 1
    line: dict[str, Any] = {
        "baseline": {"at": str(first), "quantity": str(start)},
        "target": [{"by": str(by), "quantity": str(aim)}],
    }
    due = state((str(then), str(start)), day=then, **line).due
    assert due is not None
    on_it = state((str(then), str(due)), day=then, **line)

    assert on_it.state in ("on track", "met")
    assert on_it.off == 0
