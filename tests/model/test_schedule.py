"""What is due: scenarios, dates, and any sequence of restarts, sleeps and clock steps."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reports import files
from reports.model import workdays
from reports.model.periods import Period
from reports.model.report_definitions import Due, ReportDefinition
from reports.model.schedule import Done, Failure, due, due_at, is_provisional, pause_after, upcoming
from reports.model.workdays import WorkCalendar, is_workday, next_workday
from reports.publishing.ledger import Ledger
from reports.records.converter import MisreadError, read

SHANGHAI = {"days": "10", "time": "09:00", "zone": "Asia/Shanghai"}


def report(
    period: str = "quarter", since: str = "2023Q1", missed: str = "all", remind: str = "", **due_: str
) -> ReportDefinition:
    """A definition with a schedule."""
    plan = {"since": since, "missed": missed, "remind": remind.split(), "due": {**SHANGHAI, **due_}}
    return read(
        ReportDefinition,
        {"id": f"r-{period}", "title": "R", "template": "r", "period": period, "schedule": plan},
    )


def at(text: str) -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(f"{text}+08:00")


def asked(definition: ReportDefinition, moment: str, done: Done | None = None) -> list[str]:
    """What is due, as "action period"."""
    return [f"{item.action} {item.period}" for item in due([definition], done or Done(), at(moment))]


def settled(*periods: str, kind: str = "quarter") -> Done:
    return Done(settled=frozenset((f"r-{kind}", period) for period in periods))


# --- scenarios --------------------------------------------------------------------------------------------

FAILED = Done(failures={("r-quarter", "2023Q1"): Failure(2, at("2023-04-10T09:00"), at("2023-04-10T09:05"))})
BOTH = settled("2023Q1")


@pytest.mark.parametrize(
    ("definition", "moment", "done", "expected"),
    [
        pytest.param(report(), "2023-04-10T08:59", None, [], id="a minute early"),
        pytest.param(report(), "2023-04-10T09:00", None, ["build 2023Q1"], id="on the minute"),
        pytest.param(report(), "2023-04-10T09:01", BOTH, [], id="done"),
        pytest.param(report(), "2023-05-31T03:00", None, ["build 2023Q1"], id="asleep for weeks"),
        pytest.param(report(), "2022-04-10T09:00", None, [], id="clock put back a year"),
        pytest.param(report(), "2022-04-10T09:00", BOTH, [], id="clock put back after it was done"),
        pytest.param(report(), "2023-10-20T00:00", None, ["build 2023Q1", "build 2023Q2", "build 2023Q3"], id="missed, all"),
        pytest.param(report(missed="latest"), "2023-10-20T00:00", None, ["skip 2023Q1", "skip 2023Q2", "build 2023Q3"], id="missed, latest"),
        pytest.param(report(missed="latest"), "2023-10-20T00:00", settled("2023Q3"), ["skip 2023Q1", "skip 2023Q2"], id="the latest is done"),
        pytest.param(report(missed="skip"), "2023-10-10T10:00", None, ["skip 2023Q1", "skip 2023Q2", "build 2023Q3"], id="missed, skip"),
        pytest.param(report(missed="skip"), "2023-04-13T09:00", None, ["build 2023Q1"], id="the last moment of grace"),
        pytest.param(report(missed="skip"), "2023-04-13T09:01", None, ["skip 2023Q1"], id="a minute behind grace"),
        pytest.param(report(since="2023Q3"), "2023-10-20T00:00", None, ["build 2023Q3"], id="never before since"),
        pytest.param(report(), "2023-04-10T09:04", FAILED, [], id="rests after a failure"),
        pytest.param(report(), "2023-04-10T09:05", FAILED, ["build 2023Q1"], id="tries again"),
        pytest.param(report(), "2023-04-10T08:59:59", FAILED, [], id="put back behind the due date"),
        pytest.param(report(), "2023-07-10T09:01", FAILED, ["build 2023Q1", "build 2023Q2"], id="one failure holds up nothing"),
        pytest.param(report(remind="7 1"), "2023-04-02T09:00", None, [], id="too early to remind"),
        pytest.param(report(remind="7 1"), "2023-04-03T09:00", None, ["remind 2023Q1"], id="reminds"),
        pytest.param(report(remind="7 1"), "2023-04-04T09:00", Done(reminded={("r-quarter", "2023Q1"): 7}), [], id="reminded"),
        pytest.param(report(remind="7 1"), "2023-04-09T09:00", Done(reminded={("r-quarter", "2023Q1"): 7}), ["remind 2023Q1"], id="the second reminder"),
        pytest.param(report(remind="7 1"), "2023-04-09T09:00", settled("2023Q1"), [], id="issued early, nobody is reminded"),
    ],
)  # fmt: skip
def test_scenarios(definition: ReportDefinition, moment: str, done: Done | None, expected: list[str]) -> None:
    assert asked(definition, moment, done) == expected


def test_a_clock_that_was_ahead_at_the_last_failure_holds_up_nothing() -> None:
    ahead = Done(
        failures={("r-quarter", "2023Q1"): Failure(6, at("2030-01-01T00:00"), at("2030-01-02T00:00"))}
    )
    assert asked(report(), "2023-04-11T09:00", ahead) == ["build 2023Q1"]


def test_without_a_schedule_nothing_is_due() -> None:
    assert due([replace(report(), schedule=None)], Done(), at("2030-01-01T00:00")) == ()


def test_pauses_grow_to_a_day_and_no_further() -> None:
    assert [pause_after(n).total_seconds() / 60 for n in (1, 2, 3, 4, 5, 6, 7, 100)] == [
        1,
        5,
        15,
        60,
        240,
        1440,
        1440,
        1440,
    ]


def test_upcoming_shows_what_is_late_and_what_comes() -> None:
    shown = upcoming(report(), settled("2023Q2"), 3)
    assert [str(item.period) for item in shown] == ["2023Q1", "2023Q3", "2023Q4"]


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "plan", "moment"),
    [
        ("2023Q1", {}, "2023-04-10T01:00Z"),
        ("2023Q3", {"days": "2"}, "2023-10-07T01:00Z"),  # a Saturday made up for the National Day
        ("2023-W52", {"days": "1"}, "2024-01-02T01:00Z"),  # New Year's Day
        ("2023", {"days": "0"}, "2024-01-02T01:00Z"),  # a Sunday, then New Year's Day
        ("2024-01", {"days": "4"}, "2024-02-04T01:00Z"),  # a Sunday made up for the Spring Festival
        ("2024-01", {"days": "10"}, "2024-02-18T01:00Z"),  # the whole Spring Festival, then a Sunday made up
        ("2023H1", {"calendar": "none", "days": "1"}, "2023-07-01T01:00Z"),
        ("2023H1", {"calendar": "weekends", "days": "1"}, "2023-07-03T01:00Z"),
        ("2023-02", {"zone": "Europe/Zurich", "calendar": "none", "days": "26", "time": "02:30"}, "2023-03-26T01:30Z"),  # does not exist
        ("2023-09", {"zone": "Europe/Zurich", "calendar": "none", "days": "29", "time": "02:30"}, "2023-10-29T00:30Z"),  # exists twice
        ("2023-02", {"zone": "Europe/Zurich", "calendar": "none", "days": "27"}, "2023-03-27T07:00Z"),  # summer
        ("2024-02", {"calendar": "none", "days": "1"}, "2024-03-01T01:00Z"),  # leap year
    ],
)  # fmt: skip
def test_a_period_is_due(period: str, plan: dict[str, str], moment: str) -> None:
    definition = read(Due, {**SHANGHAI, **plan})
    assert due_at(definition, Period.parse(period)) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("period", ["9999", "9999Q4", "9999-12", "9998-12-31..9999-12-31"])
def test_the_end_of_time_is_due_as_well(period: str) -> None:
    """Somebody mistyped a year, and asks how ready the report is."""
    plan = report(days="366").schedule
    assert plan is not None
    assert due_at(plan.due, Period.parse(period)).year == 9990


@pytest.mark.parametrize(
    ("day", "calendar", "works"),
    [
        ("2024-02-10", "CN", False), ("2024-02-18", "CN", True), ("2024-10-12", "CN", True), ("2024-10-01", "CN", False),
        ("2023-07-14", "FR", False), ("2023-07-14", "CN", True), ("2023-07-15", "weekends", False), ("2023-07-15", "none", True),
        ("2060-02-02", "CN", False),  # Spring Festival, reckoned by the moon
    ],
)  # fmt: skip
def test_people_work(day: str, calendar: WorkCalendar, works: bool) -> None:
    assert is_workday(date.fromisoformat(day), calendar) is works


@pytest.mark.parametrize(
    ("period", "plan", "provisional"),
    [
        ("2025Q3", {}, False),
        ("2098Q3", {}, True),
        ("2026", {"days": "10"}, True),  # in January of 2027: announced at the end of 2026
        ("2026Q3", {}, False),
        ("2098Q3", {"calendar": "FR"}, False),  # days of rule, by law
        ("2098Q3", {"calendar": "weekends"}, False),
        ("2098Q3", {"calendar": "none"}, False),
        ("2098Q3", {"calendar": "RU"}, True),
    ],
)  # fmt: skip
def test_a_day_is_provisional_until_its_calendar_is_announced(
    period: str, plan: dict[str, str], provisional: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a later release of the library knows: here 2026 is the last year China has announced."""
    known = workdays._country("CN")
    announced = {year: days for year, days in known.special_public_holidays.items() if year <= 2026}
    monkeypatch.setattr(known, "special_public_holidays", announced)
    assert is_provisional(read(Due, {**SHANGHAI, **plan}), Period.parse(period)) is provisional


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_next_working_day_is_near_and_one(day: date) -> None:
    found = next_workday(day, "CN")
    assert is_workday(found, "CN")
    assert day <= found <= day + timedelta(days=12)


@pytest.mark.parametrize(
    ("name", "label"),
    [("2020-W53", "week 53 of 2020"), ("2021-W01", "week 1 of 2021"), ("2026-W47", "week 47 of 2026")],
)
def test_weeks_are_periods(name: str, label: str) -> None:
    week = Period.parse(name)
    assert (str(week), week.label("en")) == (name, label)
    assert week.following.previous == week == Period.containing(week.end, "week")


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "-1"}, {"days": "367"}, {"days": "ten"}, {"time": "9:00"}, {"time": "24:00"}, {"zone": "Asia/Peking"},
        {"zone": "../etc/passwd"}, {"zone": ""}, {"calendar": "XX"},
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_kept_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(MisreadError):
        read(Due, {**SHANGHAI, **wrong})


# --- whatever happens -------------------------------------------------------------------------------------

KINDS = {"week": "2000-W01", "month": "2000-01", "quarter": "2000Q1", "half": "2000H1", "year": "2000"}
ALL = [report(kind, since, days="5") for kind, since in KINDS.items()]
SLEEPS = st.one_of(st.integers(1, 90), st.integers(1, 20_000), st.integers(-400, -1))


@given(
    st.lists(SLEEPS, max_size=15), st.dates(date(2000, 1, 1), date(2095, 1, 1)), st.sampled_from(list(KINDS))
)
@settings(deadline=None, max_examples=40)
def test_each_period_is_due_once_whatever_the_clock_does(sleeps: list[int], start: date, kind: str) -> None:
    """The moments jump by *sleeps* hours, back too; what was made is all there is to make, each once, in order."""
    now = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    begin = str(Period.containing(start, kind))  # type: ignore[arg-type]
    definition = report(kind, begin, days="5")
    made: list[str] = []
    latest = now
    for hours in [0, *sleeps]:
        now += timedelta(hours=hours)
        latest = max(latest, now)
        for item in due([definition], settled(*made, kind=kind), now):
            assert item.action == "build"
            made.append(str(item.period))
    assert definition.schedule
    expected = []
    period = definition.schedule.since
    while due_at(definition.schedule.due, period) <= latest:
        expected.append(str(period))
        period = period.following
    assert made == expected


def test_ten_years_with_a_thousand_restarts(tmp_path: Path) -> None:
    """Every week, quarter and year once. A restart forgets everything but the ledger, which is opened anew."""
    chance = random.Random(11)  # noqa: S311 - a game
    start, end = datetime(2020, 1, 6, tzinfo=UTC), datetime(2030, 1, 14, tzinfo=UTC)
    reports = [
        report(kind, since, days="1")
        for kind, since in (("week", "2020-W01"), ("quarter", "2020Q1"), ("year", "2020"))
    ]
    restarts = sorted(start + (end - start) * chance.random() for _ in range(1000))
    made: list[tuple[str, str]] = []
    began = time.monotonic()
    for moment in [*restarts, end]:  # alive from one restart to the next: what came due meanwhile is done
        made += [item.turn for item in due(reports, Done(frozenset(made)), moment)]
    count = {kind: sum(1 for turn in made if turn[0] == f"r-{kind}") for kind in ("week", "quarter", "year")}
    assert len(made) == len(set(made))
    assert count == {"week": 523, "quarter": 40, "year": 10}
    assert time.monotonic() - began < 20
    _survives_in_a_ledger(tmp_path, made)


def _survives_in_a_ledger(folder: Path, made: list[tuple[str, str]]) -> None:
    """The same turns in a real ledger, opened anew between: what it says is settled is what was settled."""
    for n in range(0, len(made), 60):
        ledger, problems = Ledger.open(folder, files.write, files.move)
        assert problems == ()
        assert ledger.done().settled == frozenset(made[:n])
        moment = datetime(2030, 1, 1, tzinfo=UTC)
        with ledger.transaction(moment):
            assert all(ledger.settle(turn, "made", moment) for turn in made[n : n + 60])
        assert not ledger.settle(made[0], "made", moment)
        ledger.back_up()
        ledger.close()
