"""What two dates say of each other, and what they leave open."""

from __future__ import annotations

import pytest

from reports.model.dates import parse_date, same_time, surely_before, surely_from


@pytest.mark.parametrize(
    ("day", "change", "before", "since"),
    [
        ("1998-03-09", "1998-03-10", True, False),
        ("1998-03-10", "1998-03-10", False, True),
        ("1998-02", "1998-03", True, False),
        ("1998-03-31", "1998-03", False, True),
        ("1998-03-30", "1998-03", False, False),
        ("1998", "1998-03", False, False),
        ("1997/1999", "1998", False, False),
        ("before 1998-03", "1998-03", True, False),
        ("after 1998-02", "1998-03", False, False),
        ("after 1998-02", "1998-03-01", False, True),
        ("after 1998-03", "1998-03", False, True),
        ("about 1950", "1998", False, False),
        ("1950", "about 1998", False, False),
        ("1998-02", "after 1998-03", True, False),
        ("2023", "after 1998-03", False, False),
        ("2023", "before 1998", False, True),
        ("unknown", "1998", False, False),
        ("1950", "unknown", False, False),
    ],
)
def test_only_what_is_sure_counts(day: str, change: str, before: bool, since: bool) -> None:
    assert surely_before(parse_date(day), parse_date(change)) == before
    assert surely_from(parse_date(change), parse_date(day)) == since


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2019-06-19", "2019-06-19", True),
        ("2019-06-19", "2019", True),
        ("2010/2015", "2012-04", True),
        ("2012-04", "2013", False),
        ("2011/2012", "2012/2013", False),
        ("about 2012", "2012", False),
        ("unknown", "2012", False),
    ],
)
def test_two_dates_are_of_one_time_when_one_lies_in_the_other(one: str, other: str, same: bool) -> None:
    assert same_time(parse_date(one), parse_date(other)) == same
    assert same_time(parse_date(other), parse_date(one)) == same
