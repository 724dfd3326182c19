"""Report definitions, and the choice of a run's period and day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model.periods import Period, PeriodKind
from reports.model.report_definitions import ReportDefinition, parse_period, plan
from reports.records.converter import MisreadError, read

DAY = date(2023, 8, 15)


def report(period: str = "quarter", **editions: str) -> ReportDefinition:
    """A definition; editions are named by "_" and their period, as keyword arguments must not begin with a digit."""
    listed = [{"period": name.removeprefix("_"), "as_of": day} for name, day in editions.items()]
    return read(
        ReportDefinition, {"id": "r", "title": "R", "template": "r", "period": period, "editions": listed}
    )


def planned(definition: ReportDefinition, period: str = "", today: date = DAY) -> tuple[str, str]:
    """The period and the day of the plan."""
    job = plan(definition, Period.parse(period) if period else None, today)
    assert job.report is definition
    return str(job.period), str(job.as_of)


@pytest.mark.parametrize(
    ("kind", "period", "as_of"),
    [
        ("quarter", "2023Q2", "2023-06-30"),
        ("half", "2023H1", "2023-06-30"),
        ("month", "2023-07", "2023-07-31"),
        ("year", "2022", "2022-12-31"),
    ],
)
def test_without_a_listed_edition_it_is_the_last_period_complete(kind: str, period: str, as_of: str) -> None:
    assert planned(report(kind)) == (period, as_of)


def test_the_latest_listed_edition_is_chosen_with_its_day() -> None:
    editions = {"_2022Q4": "2023-01-10", "_2023Q1": "2023-04-12"}
    assert planned(report(**editions)) == ("2023Q1", "2023-04-12")


def test_a_named_period_takes_its_edition() -> None:
    editions = {"_2022Q4": "2023-01-10", "_2023Q1": "2023-04-12"}
    assert planned(report(**editions), "2022Q4") == ("2022Q4", "2023-01-10")


def test_a_named_period_that_is_not_listed_is_told_as_of_its_end() -> None:
    assert planned(report(), "2021Q1") == ("2021Q1", "2021-03-31")


def test_a_period_that_is_not_over_is_told_as_of_today() -> None:
    assert planned(report(), "2023Q3") == ("2023Q3", "2023-08-15")


def test_an_edition_known_to_the_month_is_told_as_of_its_last_day() -> None:
    assert planned(report(_2023Q2="2023-06")) == ("2023Q2", "2023-06-30")


def test_ranges_have_a_last_one_only_when_listed() -> None:
    listed = report("range", **{"_2022-07-01..2023-06-30": "2023-06-08"})
    assert planned(listed) == ("2022-07-01..2023-06-30", "2023-06-08")
    with pytest.raises(ValueError, match="no last period"):
        planned(report("range"))


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.sampled_from(["year", "half", "quarter", "month"]))
def test_a_plan_never_looks_ahead(today: date, kind: PeriodKind) -> None:
    job = plan(report(kind), None, today)
    assert job.period.end < today
    assert job.period.following == Period.containing(today, kind)
    assert job.as_of == job.period.end


def test_a_report_is_made_in_both_languages_and_formats_unless_it_says_otherwise() -> None:
    definition = report()
    assert (definition.languages, definition.formats) == (("zh", "en"), ("docx", "md"))
    assert (definition.default, definition.programmes, definition.profile) == (False, (), "briefing")


@pytest.mark.parametrize("field", ["languages", "formats"])
def test_a_report_is_made_in_something(field: str) -> None:
    with pytest.raises(MisreadError, match=f"{field}: data/empty-list"):
        read(ReportDefinition, {"id": "r", "title": "R", "template": "r", "period": "year", field: []})


def test_a_period_is_read_as_an_editor_types_it() -> None:
    assert parse_period(" 2023Q2 ") == Period.parse("2023Q2")
