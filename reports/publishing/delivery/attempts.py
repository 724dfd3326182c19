"""What becomes of an attempt to deliver: settled in the outbox, tried again later and later, given up, told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Severity, Where
from reports.model.delivery_settings import Delivery
from reports.publishing import outbox
from reports.publishing.delivery.intents import short_id
from reports.publishing.delivery.letters import Room
from reports.publishing.delivery.smtp import Answer
from reports.publishing.ledger import Ledger
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import Tell

#: Minutes to wait after the first, second, … attempt; the last one for all that follow.
PAUSES = (5, 15, 30, 60, 120, 240, 480)
#: So long it is tried; RFC 5321 (4.5.4.1) asks for four to five days.
PATIENT = timedelta(days=5)


class DeliveryRound(Struct, frozen=True):
    """What carriers work with; *tell* is told of what a person should know."""

    room: Room
    delivery: Delivery
    tell: Tell

    @property
    def ledger(self) -> Ledger:
        """Where the outbox is."""
        return self.room.office.ledger

    @property
    def now(self) -> datetime:
        """The moment of the round."""
        return self.room.office.now


#: Delivers entries one after the other; yields each as it then stands in the outbox.
Carrier = Callable[[DeliveryRound, Sequence[Entry]], Iterator[Entry]]


def settled(round_: DeliveryRound, entry: Entry, answer: Answer, *, begun: bool = False) -> Entry:
    """Write down what became of an attempt; the pauses grow, and after days it is given up."""
    ledger, now, key = round_.ledger, round_.now, entry.intent.message_id
    tried = outbox.deliveries(ledger, key)
    since = max([entry.created, *(one.at for one in tried if one.answer == "resend")])
    given_up = answer.outcome == "pending" and now - since > PATIENT
    outcome = "failed" if given_up else answer.outcome
    pause = timedelta(minutes=PAUSES[min(len(tried), len(PAUSES) - 1)])
    with ledger.transaction(now):
        if not begun:
            outbox.begin(ledger, key, now)
        after = outbox.end(ledger, key, outcome, now, answer=answer.said, next_try=now + pause)
    if outcome != "sent":
        round_.tell(_problem(entry, "given-up" if given_up else outcome, answer.said))
    return after


_CODES = {
    "pending": "delivery/waits",
    "failed": "delivery/refused",
    "unknown": "delivery/unknown",
    "given-up": "delivery/given-up",
}
_CODES_OF_FOLDERS = {**_CODES, "pending": "delivery/folder-waits", "given-up": "delivery/folder-given-up"}


def _problem(entry: Entry, outcome: str, said: str) -> Problem:
    intent = entry.intent
    args = {"recipient": intent.recipient, "detail": said, "id": short_id(intent), "days": PATIENT.days}
    severity: Severity = "warning" if outcome == "pending" else "error"
    codes = _CODES_OF_FOLDERS if intent.destination == "folder" else _CODES
    return Problem(Where(f"{intent.report}/{intent.period}"), codes[outcome], args, severity)


def all_wait(round_: DeliveryRound, entries: Iterable[Entry], error: ReportError) -> Iterator[Entry]:
    """Let all *entries* wait for what *error* says; it is told once, not once a message."""
    for problem in error.problems:
        round_.tell(problem)
    quiet = DeliveryRound(round_.room, round_.delivery, lambda problem: None)
    for entry in entries:
        yield settled(quiet, entry, Answer("pending", first(error)))


def first(error: ReportError) -> str:
    """What went wrong, as the outbox keeps it: without the sentence round it, which is of one language."""
    problem = error.problems[0]
    return str(problem.args.get("detail") or problem.message())
