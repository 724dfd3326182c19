"""What is sent to whom, as people read it; sending what waits. For approve, show, deliver, outbox and run-due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from reports.cli.output import local
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.pipeline.read import Folders
from reports.publishing import outbox
from reports.publishing.delivery.attempts import Carrier
from reports.publishing.delivery.intents import short_id
from reports.publishing.delivery.send import deliver
from reports.publishing.issue import Issue
from reports.publishing.ledger import Ledger
from reports.publishing.memory.adoption import is_adopted
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import Tell


def send(
    folders: Folders,
    now: datetime,
    lang: Lang,
    tell: Tell,
    carriers: Mapping[str, Carrier],
    *,
    quiet: bool = False,
) -> tuple[Entry, ...]:
    """Send what waits, at once, for a person asks; a line each, unless *quiet*."""

    def done(entry: Entry) -> None:
        if not quiet:
            print(line(entry, lang), flush=True)

    return deliver(folders, now, tell=tell, done=done, carriers=carriers, at_once=True)


def line(entry: Entry, lang: Lang) -> str:
    """An entry of the outbox: its id, how far it got, what goes to whom, and when it is tried again."""
    intent = entry.intent
    kind, state = say(f"letter.{intent.kind}", lang), say(f"entry.{entry.state}", lang)
    what = f"{kind} {intent.report} {intent.period}"
    revision = f"/{intent.revision}" if intent.revision > 1 else ""
    when = ""
    if entry.state == "pending" and entry.attempts:
        tried, again = say("letter.attempts", lang), say("letter.next", lang)
        when = f"  {tried} {entry.attempts}  {again} {local(entry.next_try)}"
    to = intent.addressee or say("letter.folder", lang)
    return f"{short_id(intent)}  {state}  {what}{revision}  → {to}{when}"


def as_dict(entry: Entry) -> dict[str, object]:
    """An entry as plain values: no path of a shared folder, which is a setting of delivery."""
    intent = entry.intent
    return {
        "id": short_id(intent),
        "state": entry.state,
        "kind": intent.kind,
        "report": intent.report,
        "period": intent.period,
        "revision": intent.revision,
        "to": intent.addressee or None,
        "lang": intent.lang,
        "attempts": entry.attempts,
        "created": entry.created.isoformat(),
        "next_try": entry.next_try.isoformat() if entry.state == "pending" else None,
        "answer": entry.answer if intent.addressee else entry.answer.replace(intent.recipient, "…"),
    }


def went_to(ledger: Ledger, issue: Issue, lang: Lang) -> Iterator[str]:
    """To whom an issue goes, who is told that it was withdrawn, and what became of it."""
    if is_adopted(ledger, issue):
        yield say("issue.recipients-lost", lang)
    for entry in about(ledger, issue):
        what = f"  {say('letter.withdrawn', lang)}" if entry.intent.kind == "withdrawn" else ""
        state = say(f"entry.{entry.state}", lang)
        yield f"→ {entry.intent.addressee or say('letter.folder', lang)}{what}  {state}"


def about(ledger: Ledger, issue: Issue) -> Iterator[Entry]:
    """What of the outbox brings an issue to somebody, or tells that it was withdrawn."""
    for entry in outbox.entries(ledger):
        intent = entry.intent
        which = (intent.report, intent.period, intent.revision)
        if intent.kind in ("issue", "withdrawn") and which == (issue.report, issue.period, issue.revision):
            yield entry
