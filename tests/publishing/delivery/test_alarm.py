"""When no round can be made at all: the secretariat gets one letter, then fewer and fewer, whatever it is that broke."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reports import files
from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError
from reports.pipeline.read import STATE, Folders
from reports.publishing.scheduler.resident import Resident
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving, settings_of, switch_on
from tests.support.workplace import NOW, edit, ledger_of, small_house

DAY = timedelta(days=1)
STOPPED = "The progress reports cannot be made"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server()) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A house with delivery switched on, in which a round has been made."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("REPORTS_LANG", "en")
    house = small_house(tmp_path / "house")
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    switch_on(house, server)
    assert due(house, NOW) == 0
    server.taken.clear()
    return house


def due(house: Folders, now: datetime) -> int:
    folders = [f"--{name}={getattr(house, name)}" for name in ("data", "templates", "output")]
    return main(["run-due", *folders, "--now", now.isoformat()])


def told(server: Server) -> list[tuple[str, str]]:
    return [(to, str(message["Subject"])) for to, message in server.taken]


def text_of(server: Server) -> str:
    body = server.taken[-1][1].get_body(("plain",))
    assert body
    return str(body.get_content())


# --- what may break -----------------------------------------------------------------------------------------


def reports_wrong(house: Folders) -> None:
    edit(house.data / "reports.yaml", "period: quarter", "period: quarterly")


def reports_unreadable(house: Folders) -> None:
    (house.data / "reports.yaml").write_bytes(b"reports: [\xff\xfe")


def reports_gone(house: Folders) -> None:
    (house.data / "reports.yaml").unlink()


def delivery_wrong(house: Folders) -> None:
    edit(settings_of(house), "security: starttls", "security: none")


def data_gone(house: Folders) -> None:
    house.data.rename(house.data.with_name("elsewhere"))


def ledger_damaged(house: Folders) -> None:
    for name in ("ledger.sqlite", "ledger.backup.sqlite"):
        (house.output / STATE / name).write_bytes(b"not what it was")


def ledger_newer(house: Folders) -> None:
    path = house.output / STATE / "ledger.sqlite"
    path.unlink()
    path.mkdir()  # what nobody can open


BREAKS = (
    reports_wrong, reports_unreadable, reports_gone, delivery_wrong, data_gone, ledger_damaged, ledger_newer,
)  # fmt: skip


@pytest.mark.parametrize("breaks", BREAKS, ids=lambda breaks: breaks.__name__)
def test_the_secretariat_is_told_once_that_nothing_works(
    house: Folders, server: Server, breaks: Callable[[Folders], None]
) -> None:
    breaks(house)
    for minutes in range(0, 60, 15):
        assert due(house, NOW + timedelta(minutes=minutes)) == 1
    assert told(server) == [("office@example.org", STOPPED)]
    assert "Nothing is made or sent until this is mended" in text_of(server)


def test_the_letter_says_what_is_wrong_and_comes_again_later_and_later(
    house: Folders, server: Server
) -> None:
    reports_wrong(house)
    days = []
    for hours in range(0, 24 * 20, 6):
        before = len(server.taken)
        due(house, NOW + timedelta(hours=hours))
        if len(server.taken) > before:
            days.append(hours // 24)
    assert days == [0, 1, 2, 4, 8, 16]
    assert "data/reports.yaml:" in text_of(server)
    assert "quarterly" in text_of(server)
    assert len(set(server.ids)) == len(days)


def test_after_a_good_round_the_next_failure_is_told_at_once(house: Folders, server: Server) -> None:
    for n in range(3):
        now = NOW + timedelta(hours=n)
        edit(house.data / "reports.yaml", "period: quarter", "period: quarterly")
        assert due(house, now) == 1
        edit(house.data / "reports.yaml", "period: quarterly", "period: quarter")
        assert due(house, now) == 0
    assert [subject for _, subject in told(server)] == [STOPPED] * 3
    assert len(set(server.ids)) == 3


def test_nothing_is_mailed_where_delivery_is_off(house: Folders, server: Server) -> None:
    edit(settings_of(house), "on: true", "on: false")
    assert due(house, NOW) == 0
    reports_wrong(house)
    assert due(house, NOW) == 1
    edit(settings_of(house), "security: starttls", "security: none")
    assert due(house, NOW) == 1  # the settings that were good last say so, too
    assert told(server) == []


def test_a_server_that_is_away_is_asked_again_at_the_next_round(house: Folders, server: Server) -> None:
    reports_wrong(house)
    for minutes, mode in enumerate(("hangs up at once", "drops after the dot", "", "")):
        server.mode = mode
        due(house, NOW + timedelta(minutes=minutes))
    assert told(server) == [("office@example.org", STOPPED)]


def test_a_restored_ledger_is_told(house: Folders, server: Server) -> None:
    due(house, NOW + DAY)
    (house.output / STATE / "ledger.sqlite").write_bytes(b"")
    assert due(house, NOW + DAY) == 0
    assert due(house, NOW + DAY) == 0
    assert told(server) == [("office@example.org", "The ledger of the progress reports was restored")]
    assert "ledger.damaged-1.sqlite" in text_of(server)
    (house.output / STATE / "ledger.sqlite").unlink()
    assert due(house, NOW + DAY) == 0
    assert due(house, NOW + DAY) == 0
    assert len(told(server)) == 2


def test_a_full_disk_is_told_once_too(
    house: Folders, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file can be written; the time of one can be set."""

    def full(path: Path, _data: bytes, _workshop: Path | None = None) -> bool:
        raise ReportError(*_unwritable(path))

    monkeypatch.setattr(files, "write", full)
    for minutes in range(0, 60, 15):
        assert due(house, NOW + timedelta(minutes=minutes)) == 1
    assert told(server) == [("office@example.org", STOPPED)]


def _unwritable(path: Path) -> tuple[Problem, ...]:
    try:
        files.set_time(path / "no such file", 0)
    except ReportError as error:
        return error.problems
    return ()


def test_where_nothing_can_be_remembered_only_the_resident_job_tells(house: Folders, server: Server) -> None:
    """It outlives the round; a program that starts every quarter of an hour would tell each time."""
    shutil.rmtree(house.output)
    house.output.write_text("a file where the folder was")
    assert due(house, NOW) == 1
    assert told(server) == []
    job = Resident(house, logging.Logger("test"), "en", clock=lambda: NOW)  # noqa: LOG001 - one of its own
    for _ in range(3):
        job._rest_until = 0.0
        job.round()
    assert told(server) == [("office@example.org", STOPPED)]


def test_the_password_is_not_in_the_settings_that_are_kept(house: Folders) -> None:
    kept = b"".join(p.read_bytes() for p in (house.output / STATE / "settings").iterdir())
    assert VARIABLE.encode() in kept
    assert PASSWORD.encode() not in kept
    assert b"hunter2" not in kept


def test_the_resident_job_tells_too_and_goes_on_as_soon_as_it_is_mended(
    house: Folders, server: Server
) -> None:
    reports_wrong(house)
    job = Resident(house, logging.Logger("test"), "en", clock=lambda: NOW)  # noqa: LOG001 - as above
    for _ in range(3):
        job.round()
    assert told(server) == [("office@example.org", STOPPED)]
    edit(house.data / "reports.yaml", "period: quarterly", "period: quarter")
    job.round()
    assert job._failures == 0
    assert [issue.state for issue in ledger_of(house).issues()] == ["issued", "draft"]
