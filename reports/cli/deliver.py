"""`run.py deliver`: send what waits in the outbox, write it as files, or show what would go to whom."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct, to_builtins

from reports import files
from reports.cli import deliveries, output
from reports.cli.options import add_dry_run, add_json, add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang, ReportError
from reports.model.delivery_settings import Delivery
from reports.pipeline.read import Folders, Reading, delivery_in, read
from reports.publishing import outbox
from reports.publishing.delivery import attempts, send
from reports.publishing.delivery.attempts import DeliveryRound
from reports.publishing.delivery.intents import issue_in_force, short_id, unsent
from reports.publishing.delivery.letters import Room, letter
from reports.publishing.delivery.message import message_bytes
from reports.publishing.delivery.smtp import Answer
from reports.publishing.ledger import Ledger, read_ledger
from reports.publishing.memory.lost import require_memory
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import OpenOutput, Tell, opened


class _How(Struct, frozen=True):
    """*issue*: first put this one into the outbox for those it was never meant for, or where nobody knows who got it
    *again*; *eml*: write messages into this folder instead of sending them; *json*: print for programs."""

    issue: str
    again: bool
    eml: Path | None
    json: bool


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What is to be sent, and how far to go."""
    parser.epilog = say("deliver.status", lang)
    parser.add_argument("issue", nargs="?", default="", metavar="ISSUE", help=say("deliver.issue", lang))
    parser.add_argument("--again", action="store_true", help=say("deliver.again", lang))
    add_dry_run(parser, say("deliver.dry-run", lang))
    parser.add_argument("--eml", type=Path, metavar="DIR", help=say("deliver.eml", lang))
    add_json(parser, lang)
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Send, write or show what waits; status 1 when something was refused, is unknown or waits still."""
    folders, now, tell = folders_of(options), now_of(options), output.tell(options)
    how = _How(options.issue, options.again, options.eml, options.json)
    delivery = delivery_in(folders)
    with read_ledger(folders) as ledger:
        require_memory(folders, ledger)
    if not delivery.on:
        waits = _while_off(folders, delivery, how, now, lang)
        return 1 if waits and not options.dry_run else 0
    if options.dry_run:
        _rehearse(folders, now, how, lang, tell)
        return 0
    return _send(folders, now, how, lang, tell)


def _send(folders: Folders, now: datetime, how: _How, lang: Lang, tell: Tell) -> int:
    if how.issue:
        _put_unsent(folders, now, how, lang, tell)
    carriers = send.DESTINATIONS
    if how.eml:
        carriers = {"email": partial(_write_eml, how.eml)}
    sent = deliveries.send(folders, now, lang, tell, carriers, quiet=how.json)
    waiting = outbox.pending(read_ledger(folders))
    tried = {entry.intent.message_id for entry in sent}
    untried = [entry for entry in waiting if entry.intent.message_id not in tried]
    if how.json:
        output.print_json({
            "on": True,
            "tried": [deliveries.as_dict(entry) for entry in sent],
            "waiting": [deliveries.as_dict(entry) for entry in untried],
        })  # fmt: skip
    else:
        for entry in untried:
            print(deliveries.line(entry, lang))
        if not sent and not waiting:
            print(say("deliver.nothing", lang))
    waits = any(entry.intent.destination in carriers for entry in waiting)
    return 1 if waits or any(entry.state != "sent" for entry in sent) else 0


def _put_unsent(folders: Folders, now: datetime, how: _How, lang: Lang, tell: Tell) -> None:
    reading = read(folders.data, folders.delivery)
    with opened(folders, f"deliver {how.issue}", now, tell=tell) as office:
        found = unsent(office.ledger, reading, how.issue, now, again=how.again)
        outbox.put(office.ledger, found, now)
        dropped = tuple(_dropped(office.ledger, how.issue, lang))
    for line in dropped or ([] if found else [say("deliver.everybody", lang)]):
        print(line, file=sys.stderr)


def _dropped(ledger: Ledger, issue: str, lang: Lang) -> Iterator[str]:
    """Whom a person said not to send it to, and what to type to send it after all."""
    for entry in deliveries.about(ledger, issue_in_force(ledger, issue)):
        if outbox.dropped_by_hand(entry):
            recipient = entry.intent.addressee or say("letter.folder", lang)
            yield say("deliver.dropped", lang, recipient=recipient, id=short_id(entry.intent))


def _write_eml(folder: Path, round_: DeliveryRound, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The messages as files, for another program to send; for the outbox they are sent."""
    mail = round_.delivery.mail
    files.sweep(folder)
    for entry in entries if mail else ():
        assert mail
        path = folder / f"{short_id(entry.intent)}.eml"
        try:
            files.write(path, message_bytes(letter(round_.room, mail, entry)))
        except ReportError as error:  # the others are written
            yield attempts.settled(round_, entry, Answer("pending", attempts.first(error)))
            continue
        yield attempts.settled(round_, entry, Answer("sent", path.name))


# --- without sending --------------------------------------------------------------------------------------


def _while_off(folders: Folders, delivery: Delivery, how: _How, now: datetime, lang: Lang) -> bool:
    """Show who would get what, once delivery is on; return whether something is asked for, or waits. Raises ReportError
    where what is asked for is no issue in force."""
    reading, ledger = read(folders.data, folders.delivery), read_ledger(folders)
    if how.issue:
        unsent(ledger, reading, how.issue, now)
    people = [
        {"report": report.id, "name": one.name.get(lang), "to": one.address, "lang": one.lang}
        for report in reading.reports.reports.values()
        for one in report.recipients.leadership
    ]
    waiting = outbox.pending(ledger)
    if how.json:
        output.print_json({
            "on": False,
            "waiting": [deliveries.as_dict(entry) for entry in waiting],
            "recipients": people,
        })  # fmt: skip
        return bool(how.issue or waiting)
    print(say("deliver.off", lang))
    found = [f"{one['report']}  {one['name']} <{one['to']}>  {one['lang']}" for one in people]
    found += [delivery.folder.path] if delivery.folder else []
    for line in found or [say("deliver.nobody", lang)]:
        print(f"  {line}")
    for entry in waiting:
        print(deliveries.line(entry, lang))
    return bool(how.issue or waiting)


def _rehearse(folders: Folders, now: datetime, how: _How, lang: Lang, tell: Tell) -> None:
    """Show what would go to whom; nothing is marked, nothing written but what --eml asks for."""
    reading, ledger = read(folders.data, folders.delivery), read_ledger(folders)
    room = Room(OpenOutput(ledger, folders, now), reading, send.owes(folders, reading, now))
    waiting = [*outbox.pending(ledger)]
    if how.issue:
        found = unsent(ledger, reading, how.issue, now, again=how.again)
        waiting += [Entry(intent, "pending", 0, now, now) for intent in found]
        for line in _dropped(ledger, how.issue, lang):
            print(line, file=sys.stderr)
    shown = []
    for entry in waiting:
        if not how.json:
            print(deliveries.line(entry, lang))
        made = _contents(room, reading, entry, how, tell)
        shown.append({**deliveries.as_dict(entry), "letter": to_builtins(made)})
        for line in _lines(made, lang) if made and not how.json else ():
            print(f"    {line}")
    if how.json:
        output.print_json({"on": True, "waiting": shown})
    elif not waiting:
        print(say("deliver.nothing", lang))


class _Contents(Struct, frozen=True):
    """What a letter holds: its *files* by their names; *eml*: where it was written."""

    subject: str
    files: tuple[str, ...]
    eml: str | None


def _contents(room: Room, reading: Reading, entry: Entry, how: _How, tell: Tell) -> _Contents | None:
    """Write the letter of *entry*; None where it is none, or cannot be written, which is told: the others are shown."""
    mail = reading.delivery.mail
    if entry.intent.destination != "email" or mail is None:
        return None
    path = how.eml / f"{short_id(entry.intent)}.eml" if how.eml else None
    try:
        made = letter(room, mail, entry)
        if path:
            files.write(path, message_bytes(made))
    except ReportError as error:
        for problem in error.problems:
            tell(problem)
        return None
    return _Contents(made.subject, tuple(name for name, _ in made.files), str(path) if path else None)


def _lines(found: _Contents, lang: Lang) -> Iterator[str]:
    yield f"{say('letter.subject', lang)}: {found.subject}"
    if found.files:
        yield f"{say('letter.files', lang)}: {'; '.join(found.files)}"
    if found.eml:
        yield found.eml
