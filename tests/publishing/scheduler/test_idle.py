"""The resident job between two dates: it reads nothing, and misses nothing."""

from __future__ import annotations

import logging
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reports.model.schedule import Done, Failure, due, next_change
from reports.pipeline.read import STATE, Folders, read
from reports.publishing import approval, outbox, output_folder
from reports.publishing.delivery import intents
from reports.publishing.outbox import Intent
from reports.publishing.scheduler.resident import Resident
from tests.support.workplace import NOW, edit, ledger_of, small_house

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_opened: list[str] | None = None


def _hears(event: str, args: tuple[Any, ...]) -> None:
    if _opened is not None and event in {"open", "sqlite3.connect"}:
        _opened.append(str(args[0]))


sys.addaudithook(_hears)


@contextmanager
def opened() -> Iterator[list[str]]:
    """What is opened inside, as the interpreter itself reports it."""
    global _opened  # noqa: PLW0603 - an audit hook cannot be taken away
    found: list[str] = []
    _opened = found
    try:
        yield found
    finally:
        _opened = None


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    return small_house(tmp_path / "house")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def job(house: Folders, clock: Clock) -> Resident:
    """A job that has done what was due, and looked once more."""
    log = logging.Logger("test")  # noqa: LOG001 - one of its own
    resident = Resident(house, log, "en", intents.intents, clock=clock)
    resident.round()
    resident.round()
    return resident


def looks(job: Resident) -> bool:
    """Whether a tick reads anything."""
    with opened() as found:
        job.round()
    return any(Path(name).suffix in {".yaml", ".sqlite", ".j2"} for name in found)


def test_an_idle_tick_opens_no_file(job: Resident, clock: Clock) -> None:
    for _ in range(30):
        clock.now += MINUTE
        with opened() as found:
            job.round()
        assert found == []


def test_after_an_hour_it_looks_again_whatever_was_foreseen(job: Resident, clock: Clock) -> None:
    ticks = []
    for _ in range(3 * 60):
        clock.now += MINUTE
        ticks.append(looks(job))
    assert [n + 1 for n, looked in enumerate(ticks) if looked] == [60, 120, 180]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("reports.yaml", "days: 10", "days: 11"),
        ("reports.yaml", "days: 10", "days: 12"),  # as long as before
        ("records.yaml", "理事会", "全体会"),
    ],
)
def test_an_edit_is_noticed_at_the_next_tick(
    job: Resident, house: Folders, clock: Clock, name: str, old: str, new: str
) -> None:
    clock.now += MINUTE
    assert not looks(job)
    edit(house.data / name, old, new)
    assert looks(job)
    assert not looks(job)


def test_a_file_that_comes_goes_or_takes_anothers_place_is_noticed(job: Resident, house: Folders) -> None:
    path = house.data / "more.yaml"
    path.write_text("{}\n", "utf-8")
    assert looks(job)
    other = path.with_name("other.txt")
    other.write_text("{}\n", "utf-8")
    looks(job)
    other.replace(path)
    assert looks(job)
    path.unlink()
    assert looks(job)
    assert not looks(job)


def test_a_schedule_that_is_moved_forward_is_kept_within_a_minute(
    job: Resident, house: Folders, clock: Clock
) -> None:
    clock.now += 3 * MINUTE
    edit(house.data / "reports.yaml", "since: 2023Q2", "since: 2023Q1")
    job.round()
    periods = [issue.period for issue in ledger_of(house).issues("letter")]
    assert periods == ["2023Q2", "2023Q1"]


def test_what_another_process_does_is_noticed(job: Resident, house: Folders) -> None:
    assert not looks(job)
    approval.approve(house, "memo", "2023Q2", "W", NOW, tell=print, post=intents.intents)
    assert looks(job)
    assert not looks(job)


def test_it_looks_at_the_moment_something_is_due(job: Resident, clock: Clock) -> None:
    """A reminder and a due date, to the minute; the hour between two looks does not delay them."""
    reminder, date = (datetime.fromisoformat(f"2023-10-{day}T09:00+08:00") for day in ("03", "10"))
    for moment in (reminder, date):
        clock.now = moment - timedelta(minutes=30)
        job.round()
        clock.now = moment - timedelta(seconds=1)
        assert not looks(job)
        clock.now = moment
        assert looks(job)
        job.round()


def test_what_waits_in_the_outbox_is_sent_when_its_time_comes(
    job: Resident, house: Folders, clock: Clock
) -> None:
    (house.data / "delivery.yaml").write_text(f"on: true\nfolder: {{path: {house.data}/away}}\n", "utf-8")
    intent = Intent("<a@b>", "issue", "folder", f"{house.data}/away", "zh", "letter", "2023Q2", 1)
    with output_folder.opened(house, "test", clock.now, tell=print) as office:
        outbox.put(office.ledger, [intent], clock.now)
    job.round()  # the folder is away
    assert looks(job)  # something happened: it makes sure
    assert not looks(job)
    clock.now += timedelta(minutes=5)
    assert looks(job)


def test_a_clock_put_back_or_forward_is_followed(job: Resident, clock: Clock) -> None:
    clock.now -= 2 * HOUR
    assert looks(job)
    assert not looks(job)
    clock.now += 200 * DAY
    assert looks(job)


def test_a_failing_report_is_tried_when_its_pause_is_over(house: Folders, clock: Clock) -> None:
    edit(house.data / "records.yaml", "date: 2023-05\n", "date: 2023-15\n")
    job = Resident(house, logging.Logger("test"), "en", clock=clock)  # noqa: LOG001 - as above
    tries = []
    for minute in range(30):
        before = len(ledger_of(house).runs("letter")) if (house.output / STATE).exists() else 0
        job.round()
        tries += [minute] if len(ledger_of(house).runs("letter")) > before else []
        clock.now += MINUTE
    assert tries == [0, 1, 6, 21]


def test_between_two_changes_the_same_is_due(house: Folders) -> None:
    """Nothing comes due, is reminded of or given up before the moment that was foreseen."""
    chance = random.Random(6)  # noqa: S311 - a game
    path = house.data / "reports.yaml"
    template = path.read_text("utf-8")
    for kind, missed in (("quarter", "all"), ("month", "skip"), ("week", "latest"), ("week", "skip")):
        since = {"quarter": "2023Q1", "month": "2023-01", "week": "2023-W01"}[kind]
        told = template.replace("period: quarter", f"period: {kind}").replace("2023Q2", since)
        for zone in ("Europe/Zurich", "Asia/Shanghai"):
            told = told.replace("remind: [7]", f"remind: [7, 40]\n      missed: {missed}\n      grace: 2")
            path.write_text(told.replace("Asia/Shanghai", zone), "utf-8")
            reports = read(house.data).reports.reports.values()
            assert reports
            for _ in range(20):
                now = NOW + chance.uniform(-150, 300) * DAY
                done = some(chance, reports, now)
                change = next_change(reports, done, now)
                assert change
                assert now < change
                for part in (0.0, chance.random(), 1.0):
                    moment = now + part * (change - now - timedelta(microseconds=2))
                    assert due(reports, done, moment) == due(reports, done, now)


def some(chance: random.Random, reports: Any, now: datetime) -> Done:
    """A past: some turns settled, some failed, some reminded of."""
    turns = [item.turn for item in due(reports, Done(), now)]
    settled = frozenset(turn for turn in turns if chance.random() < 0.7)
    failures = {turn: Failure(1, now - HOUR, now + chance.uniform(0, 4) * DAY) for turn in turns[-2:]}
    return Done(settled, failures, {turn: 40 for turn in turns if chance.random() < 0.5})
