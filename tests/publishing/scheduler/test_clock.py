"""A clock that is wrong: ahead it settles nothing, behind it starts nothing again, and far off a person is asked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError
from reports.model.periods import Period
from reports.model.schedule import Done, DueItem, Failure
from reports.pipeline.build import Order
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts
from reports.publishing.delivery.intents import intents
from reports.publishing.scheduler import clock, rounds
from reports.publishing.scheduler.resident import Resident
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving, switch_on
from tests.support.workplace import NOW, edit, ledger_of, small_house

DAY = timedelta(days=1)
#: The third quarter is due on 10 October.
DUE = datetime.fromisoformat("2023-10-10T09:00+08:00")


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    """A house in which the second quarter was made in time."""
    house = small_house(tmp_path / "house")
    rounds.run_due(house, NOW, tell=fail)
    return house


@pytest.fixture
def watched(house: Folders) -> Folders:
    """The same house at the end of August: a timer has asked ever since, and found nothing."""
    assert done(house, DUE - 40 * DAY) == []
    return house


def fail(problem: Problem) -> None:
    pytest.fail(str(problem))


def done(house: Folders, now: datetime, *, sure: bool = False, told: list[str] | None = None) -> list[str]:
    """What a round at *now* does; *told* takes the codes of what it says."""
    codes = told if told is not None else []
    made = rounds.run_due(house, now, tell=lambda problem: codes.append(problem.code), sure=sure)
    return [f"{outcome.state} {outcome.item.report} {outcome.item.period}" for outcome in made]


def asked(house: Folders, now: datetime) -> Problem:
    """The question a round at *now* ends with."""
    with pytest.raises(ReportError) as refused:
        done(house, now)
    return refused.value.problems[0]


# --- ahead ------------------------------------------------------------------------------------------------


def test_what_a_clock_ahead_has_made_is_made_again_on_its_day(watched: Folders) -> None:
    """A month ahead for a day. The letter was issued, so that what differs by now is a correction, for people."""
    assert done(watched, DUE) == ["issued letter 2023Q3", "drafted memo 2023Q3"]  # it is 10 September
    told: list[str] = []
    assert done(watched, DUE - 30 * DAY, told=told) == []
    assert told == ["schedule/clock-behind"]
    edit(watched.data / "records.yaml", "理事会", "全体会")
    assert done(watched, DUE) == ["drafted letter 2023Q3", "drafted memo 2023Q3"]
    assert done(watched, DUE + timedelta(hours=1)) == []
    states = [(issue.revision, issue.state) for issue in ledger_of(watched).issues("letter", "2023Q3")]
    assert states == [(1, "issued"), (2, "draft")]
    assert "全体会" not in (watched.output / "letter/2023Q3/letter-2023Q3.zh.md").read_text("utf-8")
    assert "全体会" in (watched.output / "memo/2023Q3/memo-2023Q3.zh.md").read_text("utf-8")


def test_what_a_clock_ahead_has_issued_stays_where_it_is_right(watched: Folders) -> None:
    done(watched, DUE)
    done(watched, DUE - 30 * DAY)
    assert done(watched, DUE) == ["issued letter 2023Q3", "drafted memo 2023Q3"]
    assert len(ledger_of(watched).issues("letter", "2023Q3")) == 1


def test_years_that_were_made_though_a_person_was_asked_are_not_settled(house: Folders) -> None:
    """Whoever says --yes to a wrong year finds each period due when its day comes."""
    far = NOW.replace(year=2024)
    assert len(done(house, far, sure=True)) == 8
    assert done(house, NOW + DAY) == []
    assert done(house, DUE, sure=True) == ["issued letter 2023Q3", "drafted memo 2023Q3"]
    late = datetime.fromisoformat("2024-02-01T09:00+08:00")  # nobody looked when it was due
    assert done(house, late, sure=True) == ["issued letter 2023Q4", "drafted memo 2023Q4"]


def test_a_first_round_years_ahead_settles_nothing_either(tmp_path: Path) -> None:
    house = small_house(tmp_path / "house")
    done(house, NOW.replace(year=2024), sure=True)
    assert done(house, NOW) == ["issued letter 2023Q2", "drafted memo 2023Q2"]


def test_what_a_person_has_approved_early_is_settled(watched: Folders) -> None:
    drafts.build(watched, Order(("memo",), Period.parse("2023Q3")), DUE - 5 * DAY)
    approval.approve(watched, "memo", "2023Q3", "W", DUE - 5 * DAY, tell=fail)
    assert done(watched, DUE) == ["issued letter 2023Q3"]


def test_what_a_person_has_approved_is_settled_by_a_wrong_clock_too(watched: Folders) -> None:
    done(watched, DUE)
    approval.approve(watched, "memo", "2023Q3", "W", DUE, tell=fail)
    done(watched, DUE - 30 * DAY)
    assert done(watched, DUE) == ["issued letter 2023Q3"]


def test_a_clock_some_hours_ahead_is_believed(watched: Folders) -> None:
    done(watched, DUE)
    assert done(watched, DUE - timedelta(hours=20)) == []
    assert done(watched, DUE) == []


# --- behind -----------------------------------------------------------------------------------------------


def test_a_clock_behind_is_told_once_and_starts_nothing_again(house: Folders) -> None:
    """The battery of the machine's clock is empty: it starts years ago, until the network sets it."""
    told: list[str] = []
    assert done(house, NOW - 900 * DAY, told=told) == []
    assert done(house, NOW - 900 * DAY, told=told) == []
    assert told == ["schedule/clock-behind"]
    assert done(house, NOW + DAY, sure=True) == []


def test_what_is_due_by_a_clock_behind_is_done(house: Folders) -> None:
    """It is due by the right one, too."""
    edit(house.data / "reports.yaml", "since: 2023Q2", "since: 2023Q1")
    assert done(house, NOW - 20 * DAY, told=[]) == ["issued letter 2023Q1", "drafted memo 2023Q1"]


# --- far off ----------------------------------------------------------------------------------------------


def test_after_a_summer_without_a_round_a_person_is_asked(house: Folders) -> None:
    question = asked(house, NOW + 100 * DAY)
    assert question.code == "schedule/asks-long"
    assert "2023-07-11" in question.message("en")
    assert "letter 2023Q3, memo 2023Q3" in question.message("zh")
    assert asked(house, NOW + 101 * DAY).code == "schedule/asks-long"  # and again, until somebody answers
    assert [issue.period for issue in ledger_of(house).issues("letter")] == ["2023Q2"]
    assert done(house, NOW + 101 * DAY, sure=True) == ["issued letter 2023Q3", "drafted memo 2023Q3"]


def test_rounds_that_find_nothing_count_as_rounds(house: Folders) -> None:
    """Months between two reports are no reason to ask while the machine looks on."""
    for days in (30, 60):
        assert done(house, NOW + days * DAY) == []
    assert done(house, NOW + 92 * DAY) == ["issued letter 2023Q3", "drafted memo 2023Q3"]


def items(report: str, count: int) -> list[DueItem]:
    return [DueItem(report, Period.parse(f"{2000 + n}"), "build", NOW) for n in range(count)]


def test_more_than_a_dozen_at_once_are_asked_about() -> None:
    assert clock.doubt(None, Done(), items("letter", 12), NOW) is None
    question = clock.doubt(None, Done(), items("letter", 13), NOW)
    assert question
    assert question.code == "schedule/asks-many"
    assert "letter 2000, letter 2001" in question.message("en")
    assert question.message("en").endswith("letter 2011, …")


def test_many_reports_of_one_day_are_no_question() -> None:
    turns = [item for n in range(40) for item in items(f"r-{n}", 1)]
    assert clock.doubt(NOW - DAY, Done(), turns, NOW) is None


def test_what_failed_was_asked_about_before() -> None:
    turns = items("letter", 30)
    tried = {item.turn: Failure(1, NOW - DAY, NOW) for item in turns}
    assert clock.doubt(NOW - DAY, Done(failures=tried), turns, NOW) is None


def test_a_schedule_that_begins_long_ago_is_asked_about_at_the_first_start(tmp_path: Path) -> None:
    house = small_house(tmp_path / "house")
    edit(house.data / "reports.yaml", "since: 2023Q2", "since: 2018Q1")
    assert asked(house, NOW).code == "schedule/asks-many"
    assert ledger_of(house).issues() == ()


def test_a_person_gets_the_list_and_says_yes(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "en")
    now = ["--now", (NOW + 100 * DAY).isoformat()]
    assert main(["run-due", *now, "--dry-run"]) == 0
    said = capsys.readouterr()
    assert "build letter 2023Q3" in said.out
    assert "the last round was on 2023-07-11, the clock shows 2023-10-19" in said.err
    assert main(["run-due", *now]) == 1
    assert "run.py run-due --yes" in capsys.readouterr().err
    assert main(["run-due", *now, "--yes"]) == 0
    assert "issued letter 2023Q3" in capsys.readouterr().out


# --- the job asks by letter -------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server()) as running:
        yield running


@pytest.fixture
def connected(house: Folders, server: Server, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("REPORTS_LANG", "en")
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    switch_on(house, server)
    return house


def letters(server: Server) -> list[str]:
    bodies = [message.get_body(("plain",)) for _, message in server.taken]
    return [str(body.get_content()) for body in bodies if body]


def test_the_resident_job_asks_in_one_letter_and_waits(connected: Folders, server: Server) -> None:
    now = [NOW + 100 * DAY]
    job = Resident(connected, logging.Logger("test"), "en", intents, clock=lambda: now[0])  # noqa: LOG001 - its own
    for _ in range(30):
        job.round()
        now[0] += timedelta(minutes=1)
    [letter] = letters(server)
    assert "run.py run-due --yes" in letter
    assert [issue.period for issue in ledger_of(connected).issues("letter")] == ["2023Q2"]


def test_the_resident_job_goes_on_when_a_person_has_answered(house: Folders) -> None:
    """At once: it does not rest on, as after a fault that lasts."""
    now = [NOW + 150 * DAY]
    job = Resident(house, logging.Logger("test"), "en", clock=lambda: now[0])  # noqa: LOG001 - its own
    job.round()
    assert done(house, now[0], sure=True) == ["issued letter 2023Q3", "drafted memo 2023Q3"]
    now[0] = datetime.fromisoformat("2024-01-10T09:00+08:00")
    job.round()
    assert [issue.period for issue in ledger_of(house).issues("letter")] == ["2023Q2", "2023Q3", "2023Q4"]


def test_a_timer_asks_in_one_letter_a_person_at_the_keyboard_gets_none(
    connected: Folders, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(connected.data.parent)
    assert main(["run-due", "--now", datetime.now(UTC).isoformat()]) == 1
    assert letters(server) == []
    for _ in range(2):
        assert main(["run-due"]) == 1  # nobody typed it: the tests have no terminal
    assert len(letters(server)) == 1
