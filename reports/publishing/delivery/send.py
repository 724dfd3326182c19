"""What waits in the outbox leaves it: by e-mail, and into the shared folder.

Intent first: `intents` says what an event means to whom, and it is stored with the event. Then `deliver` sends
what waits. An e-mail is marked unknown just before its final dot and settled by the server's answer: killed
before, it waits still; killed in between, a person is asked. A folder is written again until it is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from reports import files
from reports.diagnostics.problems import errors
from reports.model.delivery_settings import Delivery
from reports.model.periods import Period
from reports.pipeline import build
from reports.pipeline.read import STATE, Folders, Reading, delivery_in, read
from reports.publishing import outbox, output_folder
from reports.publishing.delivery.attempts import Carrier, DeliveryRound, settled
from reports.publishing.delivery.by_mail import by_mail
from reports.publishing.delivery.intents import damaged_ledgers, news
from reports.publishing.delivery.letters import Room, open_problems, owed_lines
from reports.publishing.delivery.shared_folder import by_folder
from reports.publishing.delivery.smtp import Answer
from reports.publishing.ledger import read_ledger
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import PATIENCE, Tell
from reports.publishing.status import survey


def deliver(
    folders: Folders,
    now: datetime,
    *,
    tell: Tell,
    reading: Reading | None = None,
    done: Callable[[Entry], None] = lambda entry: None,
    stop: Callable[[], bool] = lambda: False,
    patience: float = PATIENCE,
    carriers: Mapping[str, Carrier] | None = None,
) -> tuple[Entry, ...]:
    """Send what waits at *now*; nothing while delivery is off. *stop* is asked between entries, *done* told of each.

    *reading*: what a round has read; else the data are read, and only where something waits. Raises ReportError when
    delivery.yaml is wrong, the lock is held or the ledger cannot be opened.
    """
    delivery = reading.delivery if reading else delivery_in(folders.data)
    if not delivery.on or not _anything(folders, delivery, reading, now):
        return ()
    reading = reading or read(folders.data)
    with output_folder.opened(folders, "deliver", now, tell=tell, patience=patience) as office:
        room = Room(office, reading, owes(folders, reading, now))
        round_ = DeliveryRound(room, delivery, tell)
        cut = tuple(_interrupted(round_))
        for entry in cut:
            done(entry)
        outbox.put(office.ledger, list(news(folders, office.ledger, reading, delivery.mail)), now)
        return (*cut, *_carried(round_, carriers or DESTINATIONS, done, stop))


def _carried(
    round_: DeliveryRound,
    carriers: Mapping[str, Carrier],
    done: Callable[[Entry], None],
    stop: Callable[[], bool],
) -> Iterator[Entry]:
    for destination, carry in carriers.items():
        waiting = [
            e for e in outbox.waiting(round_.ledger, round_.now) if e.intent.destination == destination
        ]
        for entry in carry(round_, waiting) if waiting else ():
            done(entry)
            yield entry
            if stop():
                return


def _interrupted(round_: DeliveryRound) -> Iterator[Entry]:
    """Say of what a killed run was sending that nobody knows."""
    for entry in outbox.interrupted(round_.ledger):
        yield settled(round_, entry, Answer("unknown", "the run was ended while sending"), begun=True)


def _anything(folders: Folders, delivery: Delivery, reading: Reading | None, now: datetime) -> bool:
    """Whether there is something to do, asked without the lock; what a killed run left is to be tidied up."""
    ledger = read_ledger(folders)
    left = files.was_left(folders.output / STATE / output_folder.LOCK)
    if left or outbox.interrupted(ledger) or outbox.waiting(ledger, now):
        return True
    doubtful = outbox.entries(ledger, "unknown") or outbox.entries(ledger, "failed")
    if not doubtful and not damaged_ledgers(folders):
        return False
    return next(news(folders, ledger, reading or read(folders.data), delivery.mail), None) is not None


def owes(folders: Folders, reading: Reading, now: datetime) -> Callable[[str, str, str], list[str]]:
    """Say what editors owe for a report's period, in a language; the mistakes first, while there are some."""

    def owed(report: str, period: str, lang: str) -> list[str]:
        if errors(reading.problems):
            return open_problems(reading, lang)
        order = build.Order((report,), Period.parse(period))
        return [
            line
            for board in survey.boards(folders, reading, order, now)
            for line in owed_lines(board, reading, lang)
        ]

    return owed


#: Where issues go: one function each, of one signature.
DESTINATIONS: Mapping[str, Carrier] = {"email": by_mail, "folder": by_folder}
