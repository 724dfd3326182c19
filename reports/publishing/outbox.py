"""The outbox: what is to be sent, stored with the issue it belongs to.

Intent first, sending after, the mark last. `begin` marks an entry *unknown* before anything is sent and `end`
says what became of it: an entry whose sender was killed in between stays unknown, which is what it is. Whether
an unknown one is sent again is for a person to say (`resend`, `drop`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct, field

from reports.diagnostics.problems import Problem
from reports.model.delivery_settings import Delivery
from reports.model.periods import Period
from reports.model.report_definitions import ReportDefinition
from reports.publishing import row_checksums
from reports.publishing.issue import Issue, moment, stamp
from reports.publishing.ledger import Ledger

#: What may be worth telling somebody: an issue is out, a draft waits for approval, a report is due soon, a report
#: failed (once until it succeeds), a period was given up.
EventKind = Literal["issue", "draft", "reminder", "alert", "skipped"]
DeliveryState = Literal["pending", "sent", "unknown", "failed", "dropped"]


class Intent(Struct, frozen=True):
    """Something to be sent once: *message_id* is a function of what is sent to whom, and never given twice.

    *kind*: issue, reminder, alert, … (see `letters`). *destination*: email, folder. *payload*: what the sender needs besides, as
    plain values; never a secret.
    """

    message_id: str
    kind: str
    destination: str
    recipient: str
    lang: str = "zh"
    report: str = ""
    period: str = ""
    revision: int = 0
    payload: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def addressee(self) -> str:
        """Whom a message may name: an address, "" for the shared folder, whose path is a setting of delivery."""
        return "" if self.destination == "folder" else self.recipient


class Occasion(Struct, frozen=True):
    """Something that happened to a report's period; *days* ahead of its due date for a reminder."""

    kind: EventKind
    report: ReportDefinition
    period: Period
    at: datetime
    issue: Issue | None = None
    problems: tuple[Problem, ...] = ()
    days: int = 0


#: Says what is to be sent because of an event, by the settings of delivery; it is stored in the same transaction.
Post = Callable[[Occasion, Delivery], Iterable[Intent]]


def nobody(_event: Occasion, _delivery: Delivery) -> tuple[Intent, ...]:
    """Send nothing: delivery is not switched on."""
    return ()


class Entry(Struct, frozen=True):
    """An intent in the outbox. *attempts* begun so far; *answer* is the last one of the destination."""

    intent: Intent
    state: DeliveryState
    attempts: int
    created: datetime
    next_try: datetime
    last_try: datetime | None = None
    answer: str = ""


class Attempt(Struct, frozen=True):
    """One attempt that ended."""

    message_id: str
    at: datetime
    outcome: DeliveryState
    answer: str


def put(ledger: Ledger, intents: Iterable[Intent], at: datetime) -> int:
    """Store *intents*, pending; return how many are new. Inside `ledger.transaction` they are part of it."""
    with ledger.transaction(at):
        return sum(
            bool(row_checksums.insert(ledger.connection, "outbox", _values(i, at), or_ignore=True))
            for i in intents
        )


def entries(ledger: Ledger, state: DeliveryState | None = None) -> tuple[Entry, ...]:
    """All entries, or those in *state*, the oldest first."""
    found = row_checksums.select(ledger.connection, "outbox", {"state": state} if state else {}, "id")
    return tuple(_entry(row) for row in found)


def entry(ledger: Ledger, message_id: str) -> Entry | None:
    """The entry of that Message-ID."""
    found = row_checksums.select(ledger.connection, "outbox", {"message_id": message_id})
    return _entry(found[0]) if found else None


def pending(ledger: Ledger) -> tuple[Entry, ...]:
    """What is to be tried, now or later."""
    return entries(ledger, "pending")


def unsettled(ledger: Ledger) -> tuple[Entry, ...]:
    """What has not reached its reader, as far as is known, and was not given up by a person."""
    return tuple(one for one in entries(ledger) if one.state in {"pending", "unknown", "failed"})


def waiting(ledger: Ledger, now: datetime) -> tuple[Entry, ...]:
    """What is to be tried now. A last try in the future tells of a clock put back, and holds up nothing."""
    return tuple(
        e for e in pending(ledger) if e.next_try <= now or (e.last_try is not None and e.last_try > now)
    )


def begin(ledger: Ledger, message_id: str, at: datetime) -> Entry:
    """Say that an attempt begins: the entry is unknown until `end`. Raises KeyError for no such entry."""
    found = entry(ledger, message_id)
    if found is None:
        raise KeyError(message_id)
    values = {"state": "unknown", "attempts": found.attempts + 1, "last_try": stamp(at), "answer": ""}
    return _set(ledger, message_id, values, at)


def end(
    ledger: Ledger,
    message_id: str,
    outcome: DeliveryState,
    at: datetime,
    *,
    answer: str,
    next_try: datetime | None = None,
) -> Entry:
    """Say what became of an attempt: sent, pending (again at *next_try*), failed for good, or unknown."""
    with ledger.transaction(at):
        values = {"message_id": message_id, "at": stamp(at), "outcome": outcome, "answer": answer}
        row_checksums.insert(ledger.connection, "deliveries", values)
        changed = {"state": outcome, "answer": answer, "next_try": stamp(next_try or at)}
        return _set(ledger, message_id, changed, at)


def interrupted(ledger: Ledger) -> tuple[Entry, ...]:
    """What was being sent when its sender was killed. Who asks holds the lock: nobody is sending now."""
    return tuple(found for found in entries(ledger, "unknown") if not found.answer)


def resend(ledger: Ledger, message_id: str, at: datetime) -> Entry:
    """A person says: send it again, under the same Message-ID."""
    return end(ledger, message_id, "pending", at, answer="resend")


def drop(ledger: Ledger, message_id: str, at: datetime) -> Entry:
    """A person says: do not send it."""
    return end(ledger, message_id, "dropped", at, answer=_BY_HAND)


#: The answer of what a person dropped; what was called off tells another reason.
_BY_HAND = "drop"


def dropped_by_hand(entry: Entry) -> bool:
    """Whether a person gave it up, who may think again."""
    return entry.state == "dropped" and entry.answer == _BY_HAND


def call_off(ledger: Ledger, turn: tuple[str, str], kinds: Collection[str], at: datetime, why: str) -> int:
    """Drop the letters of *kinds* that wait still for a report's period, for a reason as the outbox keeps it; return how
    many. Inside `ledger.transaction` they are part of it."""
    with ledger.transaction(at):
        found = [
            one.intent for one in pending(ledger)
            if one.intent.kind in kinds and (one.intent.report, one.intent.period) == turn
        ]  # fmt: skip
        for intent in found:
            end(ledger, intent.message_id, "dropped", at, answer=why)
    return len(found)


def deliveries(ledger: Ledger, message_id: str = "") -> tuple[Attempt, ...]:
    """All attempts that ended, or those of one entry, in order."""
    found = row_checksums.select(
        ledger.connection, "deliveries", {"message_id": message_id} if message_id else {}, "id"
    )
    return tuple(Attempt(r["message_id"], moment(r["at"]), r["outcome"], r["answer"]) for r in found)


def _set(ledger: Ledger, message_id: str, values: Mapping[str, Any], at: datetime) -> Entry:
    with ledger.transaction(at):
        row_checksums.put(ledger.connection, "outbox", {"message_id": message_id}, values)
    found = entry(ledger, message_id)
    assert found
    return found


_PLAIN = ("message_id", "kind", "destination", "recipient", "lang", "report", "period", "revision")


def _values(intent: Intent, at: datetime) -> dict[str, Any]:
    return {
        **{name: getattr(intent, name) for name in _PLAIN},
        "payload": json.dumps(dict(intent.payload), ensure_ascii=False, sort_keys=True),
        "state": "pending",
        "attempts": 0,
        "created": stamp(at),
        "next_try": stamp(at),
    }


def _entry(row: row_checksums.Row) -> Entry:
    return Entry(
        intent=Intent(**{name: row[name] for name in _PLAIN}, payload=json.loads(row["payload"])),
        state=row["state"],
        attempts=row["attempts"],
        created=moment(row["created"]),
        next_try=moment(row["next_try"]),
        last_try=moment(row["last_try"]) if row["last_try"] else None,
        answer=row["answer"] or "",
    )
