"""What is to be sent: what an event means to whom, before anything is sent.

`intents` says it, and it is stored with the event; a Message-ID is a function of what is sent to whom.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from reports.diagnostics.problems import Problem, ReportError, Where, format_problem
from reports.model.delivery_settings import Delivery, Mail
from reports.model.periods import Period
from reports.model.report_definitions import Recipient, Recipients
from reports.pipeline import build
from reports.pipeline.read import STATE, Folders, Reading
from reports.publishing import database, outbox
from reports.publishing.delivery.message import sender_address
from reports.publishing.issue import Issue
from reports.publishing.ledger import Ledger, find
from reports.publishing.memory.adoption import is_adopted
from reports.publishing.outbox import Intent, Occasion

#: Who is told of what.
_ROLES = {"issue": "leadership", "reminder": "editors"}
#: Why an issue is sent again: its own Message-IDs may be known to those who got it.
_ADOPTED = "adopted"


def intents(event: Occasion, delivery: Delivery, again: str = "") -> tuple[Intent, ...]:
    """One intent a recipient, and one for the shared folder; none while delivery is off. *again*: why what was sent
    before is sent once more, under another Message-ID."""
    if not delivery.on:
        return ()
    revision = event.issue.revision if event.issue else 0
    about = (event.kind, event.report.id, str(event.period), revision)
    occasion = {"reminder": str(event.days), "alert": event.at.isoformat()}.get(event.kind, again)
    found = []
    if delivery.mail:
        people = getattr(event.report.recipients, _ROLES.get(event.kind, "secretariat"))
        payload = {"days": event.days} if event.kind == "reminder" else _problems(event.problems)
        found = [_to(one, about, delivery.mail, payload, occasion) for one in people]
    if delivery.folder and event.kind == "issue":
        key = message_id(about, "folder", again, "folder.invalid")
        found.append(Intent(key, "issue", "folder", delivery.folder.path, "zh", *about[1:]))
    return tuple(found)


def unsent(
    ledger: Ledger, reading: Reading, name: str, now: datetime, *, again: bool = False
) -> tuple[Intent, ...]:
    """What is to be sent for the issue called *name* to those it was never meant for: it came out while delivery was
    off, or they were named later. Raises ReportError where it is no issue in force, or of no report there is; and where
    nobody knows whom it was meant for, unless it is to be sent *again*."""
    issue = issue_in_force(ledger, name)
    report = build.chosen(reading.reports, build.Order((issue.report,)))[0]
    event = Occasion("issue", report, Period.parse(issue.period), now, issue)
    if is_adopted(ledger, issue):
        if not again:
            raise ReportError(Problem(Where(""), "delivery/adopted", {"name": issue.name}))
        found = intents(event, reading.delivery, _ADOPTED)
        return tuple(new for new in found if outbox.entry(ledger, new.message_id) is None)
    known = {_whom(entry.intent) for entry in outbox.entries(ledger)}
    return tuple(new for new in intents(event, reading.delivery) if _whom(new) not in known)


def issue_in_force(ledger: Ledger, name: str) -> Issue:
    """The issue called *name*, not the draft of its correction. Raises ReportError where it is no issue in force."""
    issues = ledger.issues()
    named = find(issues, name)
    in_force = [
        i for i in issues if i.state == "issued" and (i.report, i.period) == (named.report, named.period)
    ]
    try:
        return find(in_force, name)
    except ReportError as error:
        args = {"name": name, "report": named.report}
        raise ReportError(Problem(Where(""), "delivery/not-in-force", args)) from error


def _whom(intent: Intent) -> tuple[object, ...]:
    """What goes to whom: a report that was given another id since has the same letters under the Message-IDs of before."""
    about = (intent.kind, intent.report, intent.period, intent.revision, intent.destination)
    return (*about, intent.addressee.casefold())


About = tuple[str, str, str, int]


def message_id(about: About, recipient: str, occasion: str, domain: str) -> str:
    """The same for the same issue, revision and recipient, and for nothing else."""
    seed = "\0".join([*map(str, about), recipient.casefold(), occasion])
    return f"<{short_hash(seed)}.{about[0]}@{domain}>"


def short_hash(seed: str) -> str:
    """Twelve letters and digits that stand for *seed*."""
    return hashlib.sha256(seed.encode()).hexdigest()[:12]


def short_id(intent: Intent) -> str:
    """What a person types to name an entry."""
    return intent.message_id.strip("<>").partition(".")[0]


def _to(one: Recipient, about: About, mail: Mail, payload: Mapping[str, object], occasion: str) -> Intent:
    domain = sender_address(mail.sender.address).rpartition("@")[2]
    key = message_id(about, one.address, occasion, domain)
    named = {"name": one.name.get(one.lang), **payload}
    if one.salutation:
        named["salutation"] = one.salutation
    kind, report, period, revision = about
    return Intent(key, kind, "email", one.address, one.lang, report, period, revision, named)


def _problems(problems: Iterable[Problem]) -> dict[str, object]:
    told = list(problems)[:20]
    if not told:
        return {}
    return {
        "problems": {"zh": [format_problem(p, "zh") for p in told], "en": [format_problem(p) for p in told]}
    }


def news(folders: Folders, ledger: Ledger, reading: Reading, mail: Mail | None) -> Iterator[Intent]:
    """What the secretariat is to be told of deliveries and of the ledger, and was not yet."""
    recipients = {name: report.recipients for name, report in reading.reports.reports.items()}
    found = (*_untold(ledger, recipients, mail), *_restored(folders, recipients, mail)) if mail else ()
    yield from (new for new in found if outbox.entry(ledger, new.message_id) is None)


def _restored(folders: Folders, recipients: Mapping[str, Recipients], mail: Mail) -> Iterator[Intent]:
    """Of every damaged ledger that was put aside. The file itself says so: whoever was killed, it is not forgotten."""
    people = {one.address: one for each in recipients.values() for one in each.secretariat}
    for path in damaged_ledgers(folders):
        for one in people.values():
            yield _to(one, ("restored", "", "", 0), mail, {"kept": path.name}, path.name)


def damaged_ledgers(folders: Folders) -> tuple[Path, ...]:
    """Return the ledgers that were put aside because they could not be read."""
    return tuple(sorted((folders.output / STATE).glob(database.KEPT.format("*"))))


def _untold(ledger: Ledger, recipients: Mapping[str, Recipients], mail: Mail) -> Iterator[Intent]:
    """Every delivery that failed or of which nothing is known."""
    for entry in (*outbox.entries(ledger, "unknown"), *outbox.entries(ledger, "failed")):
        intent = entry.intent
        if intent.kind == "undelivered":
            continue
        about = ("undelivered", intent.report, intent.period, intent.revision)
        payload = {
            "id": short_id(intent),
            "outcome": entry.state,
            "recipient": intent.addressee,
            "answer": entry.answer,
        }
        for one in recipients[intent.report].secretariat if intent.report in recipients else ():
            yield _to(one, about, mail, payload, f"{intent.message_id} {entry.attempts}")
