"""Every way a mail server may fail, followed by every other: whatever happens, all get it, and all is told as it is."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reports.pipeline.build import Order
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts, outbox, output_folder
from reports.publishing.delivery import by_mail, intents
from reports.publishing.delivery.send import deliver
from reports.publishing.outbox import Entry, Intent
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving, switch_on
from tests.support.workplace import NOW, edit, ledger_of, small_house

ALL = bool(os.environ.get("REPORTS_ALL_STEPS"))
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Failure:
    """What is known of a message after it: its *states*, and how many copies the server has *taken*. *early*: the
    server fails before it hears of a message, so that none of those that wait can be sent."""

    mode: str
    states: str
    taken: int = 0
    early: bool = False


FAILURES = (
    Failure("hangs up at once", "pending", early=True),
    Failure("garbage at once", "pending", early=True),
    Failure("is busy", "pending", early=True),
    Failure("stalls at once", "pending", early=True),
    Failure("no STARTTLS", "pending", early=True),
    Failure("garbage for TLS", "pending", early=True),
    Failure("bad certificate", "pending", early=True),
    Failure("refuses AUTH", "pending", early=True),
    Failure("greylists", "pending"),
    Failure("garbage before the dot", "pending"),
    Failure("refuses the recipient", "failed"),
    Failure("drops at DATA", "pending"),
    Failure("stalls before the dot", "pending"),
    Failure(
        "drops before the dot", "pending unknown"
    ),  # whether the last bytes were on their way nobody can see
    Failure("cannot now", "pending"),
    Failure("rejects the message", "failed"),
    Failure("drops before taking", "unknown"),
    Failure("stalls before taking", "unknown"),
    Failure("drops after the dot", "unknown", taken=1),
    Failure("stalls after the dot", "unknown", taken=1),
    Failure("garbage after the dot", "unknown", taken=1),
    Failure("half an answer", "unknown", taken=1),
)
by_mode = pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.mode)


class Hasty:
    """The settings of mail, with less patience than can be written into them."""

    timeout = final = 0.25

    def __init__(self, mail: Any) -> None:
        self._mail = mail

    def __getattr__(self, name: str) -> Any:
        return getattr(self._mail, name)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that would issue its memo to two leaders."""
    folder = tmp_path_factory.mktemp("issued") / "house"
    house = small_house(folder)
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    drafts.build(house, Order(("memo",)), NOW)
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    settings = by_mail._server
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setattr(by_mail, "_server", lambda round_: (Hasty(settings(round_)[0]), PASSWORD))
    with serving(Server()) as running:
        yield running


@pytest.fixture
def house(issued: Path, server: Server, tmp_path: Path) -> Folders:
    shutil.copytree(issued, tmp_path / "house")
    house = Folders(*(tmp_path / "house" / name for name in ("data", "templates", "output")))
    (tmp_path / "share").mkdir()
    switch_on(house, server, f"folder: {{path: {tmp_path / 'share'}}}\n")
    return house


def send(house: Folders, now: datetime) -> None:
    deliver(house, now, tell=lambda problem: None)


def states(house: Folders) -> dict[str, str]:
    return {entry.intent.recipient: entry.state for entry in outbox.entries(ledger_of(house))}


def decide(house: Folders, now: datetime) -> None:
    """A person says of all that is in doubt or was refused: send it again."""
    with output_folder.opened(house, "outbox", now, tell=lambda problem: None) as office:
        for entry in outbox.entries(office.ledger):
            if entry.state in {"unknown", "failed"}:
                outbox.resend(office.ledger, entry.intent.message_id, now)


# --- pairs --------------------------------------------------------------------------------------------------


def note(house: Folders, name: str, now: datetime) -> Intent:
    """Put something to be sent into the outbox, as an event does."""
    intent = Intent(f"<{name}@example.org>", "draft", "email", "wang@example.org", "zh", "memo", "2023Q2")
    with output_folder.opened(house, "test", now, tell=lambda problem: None) as office:
        outbox.put(office.ledger, [intent], now)
    return intent


def entry_of(house: Folders, intent: Intent) -> Entry:
    found = outbox.entry(ledger_of(house), intent.message_id)
    assert found
    return found


@by_mode
def test_one_failure_after_any_other_loses_nothing(failure: Failure, house: Folders, server: Server) -> None:
    """A sample of the pairs in a test run; every one with REPORTS_ALL_STEPS."""
    place = FAILURES.index(failure)
    following = FAILURES if ALL else FAILURES[place % 11 :: 11]
    now = NOW
    for n, second in enumerate(following):
        intent = note(house, f"pair-{n}", now)
        lost = 0
        for attempt, met in enumerate((failure, second), start=1):
            server.mode = met.mode
            send(house, now)
            entry = entry_of(house, intent)
            assert entry.state in met.states.split(), (failure.mode, second.mode, attempt)
            assert entry.attempts == attempt
            assert entry.answer
            lost += met.taken
            decide(house, now)
            now += HOUR
        server.mode = ""
        send(house, now)
        assert entry_of(house, intent).state == "sent"
        assert server.ids.count(intent.message_id) == 1 + lost, (failure.mode, second.mode)
    assert set(states(house).values()) == {"sent"}
    assert {to for to, _ in server.taken} == {"wang@example.org"}


# --- one of several -----------------------------------------------------------------------------------------


@by_mode
def test_a_failure_with_one_recipient_leaves_the_others_and_the_folder_alone(
    failure: Failure, house: Folders, server: Server, tmp_path: Path
) -> None:
    approval.approve(house, "memo", "2023Q2", "W", NOW, tell=print, post=intents.intents)
    server.script = ["", failure.mode]
    send(house, NOW)
    found = states(house)
    assert found.pop("li@example.org") in failure.states.split()
    assert found == {"wang@example.org": "sent", str(tmp_path / "share"): "sent"}
    assert len(list((tmp_path / "share/memo/2023Q2").iterdir())) == 2
    decide(house, NOW)
    send(house, NOW + HOUR)
    send(house, NOW + 2 * HOUR)
    assert set(states(house).values()) == {"sent"}
    assert Counter(to for to, _ in server.taken) == {
        "wang@example.org": 1,
        "li@example.org": 1 + failure.taken,
    }


@pytest.mark.parametrize("failure", [f for f in FAILURES if f.early], ids=lambda failure: failure.mode)
def test_a_server_that_takes_nobody_is_asked_once_a_round(
    failure: Failure, house: Folders, server: Server
) -> None:
    approval.approve(house, "memo", "2023Q2", "W", NOW, tell=print, post=intents.intents)
    server.script = [failure.mode, "the next", "and the next"]
    send(house, NOW)
    assert server.script == ["the next", "and the next"]
    assert [state for to, state in states(house).items() if "@" in to] == ["pending", "pending"]


def test_a_folder_that_is_away_does_not_hold_up_the_mail(
    house: Folders, server: Server, tmp_path: Path
) -> None:
    approval.approve(house, "memo", "2023Q2", "W", NOW, tell=print, post=intents.intents)
    (tmp_path / "share").rmdir()
    send(house, NOW)
    share = str(tmp_path / "share")
    assert states(house) == {"wang@example.org": "sent", "li@example.org": "sent", share: "pending"}
    (tmp_path / "share").mkdir()
    send(house, NOW + HOUR)
    assert states(house)[share] == "sent"
    assert len(server.taken) == 2
