"""Periods: their names, bounds, neighbours and labels."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model.periods import Period, PeriodKind

CALENDAR: tuple[PeriodKind, ...] = ("year", "half", "quarter", "month")
days = st.dates(date(2, 1, 1), date(9998, 12, 31))
kinds = st.sampled_from(CALENDAR)


@st.composite
def ranges(draw: st.DrawFn) -> Period:
    start = draw(st.dates(date(1000, 1, 1), date(3000, 12, 31)))
    return Period("range", start, start + timedelta(draw(st.integers(0, 4000))))


periods = st.one_of(st.builds(Period.containing, days, kinds), ranges())


@pytest.mark.parametrize(
    ("name", "start", "end", "zh", "en"),
    [
        ("2023", "2023-01-01", "2023-12-31", "2023年", "2023"),
        ("2023H1", "2023-01-01", "2023-06-30", "2023年上半年", "first half of 2023"),
        ("2023H2", "2023-07-01", "2023-12-31", "2023年下半年", "second half of 2023"),
        ("2023Q1", "2023-01-01", "2023-03-31", "2023年第一季度", "first quarter of 2023"),
        ("2023Q4", "2023-10-01", "2023-12-31", "2023年第四季度", "fourth quarter of 2023"),
        ("2023-06", "2023-06-01", "2023-06-30", "2023年6月", "June 2023"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月", "February 2024"),
        ("2011-01-01..2012-12-31", "2011-01-01", "2012-12-31", "2011—2012年", "2011–2012"),
        (
            "2022-07-01..2023-06-30",
            "2022-07-01",
            "2023-06-30",
            "2022年7月1日—2023年6月30日",
            "2022-07-01 to 2023-06-30",
        ),
    ],
)
def test_a_name_says_bounds_and_labels(name: str, start: str, end: str, zh: str, en: str) -> None:
    period = Period.parse(name)
    assert (str(period.start), str(period.end)) == (start, end)
    assert (period.label("zh"), period.label("en")) == (zh, en)


@pytest.mark.parametrize(
    "text",
    [
        "", "23", "2023Q5", "2023Q0", "2023H3", "2023-13", "2023-00", "2023-6", "2023q2", "0000", "0000-01", "Q2",
        "2023-06-08", "2023..2024", "2023-07-01..2023-06-30", "2023-02-30..2023-03-01", "a..b", "..", "1..2..3",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        Period.parse(text)


@given(periods)
def test_a_period_is_read_back_from_its_name(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.parse(f" {period} ") == period


@given(periods)
def test_previous_and_following_undo_each_other(period: Period) -> None:
    assert period.previous.following == period
    assert period.following.previous == period


@given(periods)
def test_neighbours_meet_without_gap(period: Period) -> None:
    assert period.previous.end + timedelta(1) == period.start
    assert period.following.start - timedelta(1) == period.end


@given(days, kinds)
def test_a_day_lies_in_its_period(day: date, kind: PeriodKind) -> None:
    period = Period.containing(day, kind)
    assert period.start <= day <= period.end
    assert Period.containing(period.start, kind) == Period.containing(period.end, kind) == period


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2023-03-31", "quarter", "2023Q1"),
        ("2023-04-01", "quarter", "2023Q2"),
        ("2023-06-30", "half", "2023H1"),
        ("2023-07-01", "half", "2023H2"),
        ("2024-02-29", "month", "2024-02"),
        ("2023-12-31", "year", "2023"),
    ],
)
def test_boundaries(day: str, kind: PeriodKind, name: str) -> None:
    assert str(Period.containing(date.fromisoformat(day), kind)) == name


def test_the_first_quarter_follows_the_fourth() -> None:
    assert str(Period.parse("2023Q1").previous) == "2022Q4"
    assert str(Period.parse("2023H2").following) == "2024H1"
    assert str(Period.parse("2023-01").previous) == "2022-12"


def test_the_range_before_has_the_same_length() -> None:
    assert str(Period.parse("2023-01-11..2023-01-20").previous) == "2023-01-01..2023-01-10"


def test_a_day_lies_in_no_particular_range() -> None:
    with pytest.raises(ValueError, match="calendar"):
        Period.containing(date(2023, 1, 1), "range")
