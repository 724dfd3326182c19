"""`run.py deliver`: send what waits in the outbox, write it as files, or show what would go to whom."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from reports import files
from reports.cli import deliveries, output
from reports.cli.options import add_dry_run, add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang, ReportError
from reports.model.delivery_settings import Delivery
from reports.pipeline.read import Folders, Reading, delivery_in, read
from reports.publishing import outbox
from reports.publishing.delivery import attempts, send
from reports.publishing.delivery.attempts import Carrier, DeliveryRound
from reports.publishing.delivery.intents import short_id, unsent
from reports.publishing.delivery.letters import Room, letter
from reports.publishing.delivery.message import message_bytes
from reports.publishing.delivery.smtp import Answer
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import Tell, opened


class _How(Struct, frozen=True):
    """*issue*: first put this one into the outbox for those it was never meant for; *eml*: write messages into this
    folder instead of sending them."""

    issue: str
    eml: Path | None


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What is to be sent, and how far to go."""
    parser.add_argument("issue", nargs="?", default="", metavar="ISSUE", help=say("deliver.issue", lang))
    add_dry_run(parser, say("deliver.dry-run", lang))
    parser.add_argument("--eml", type=Path, metavar="DIR", help=say("deliver.eml", lang))
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Send, write or show what waits; status 1 when something was refused or is unknown."""
    folders, now, tell = folders_of(options), now_of(options), output.tell(options)
    how = _How(options.issue, options.eml)
    delivery = delivery_in(folders.data)
    if not delivery.on:
        _would_get(folders, delivery, lang)
        return 0
    if options.dry_run:
        _rehearse(folders, now, how, lang, tell)
        return 0
    return _send(folders, now, how, lang, tell)


def _send(folders: Folders, now: datetime, how: _How, lang: Lang, tell: Tell) -> int:
    if how.issue:
        _put_unsent(folders, now, how.issue, lang, tell)
    carriers: dict[str, Carrier] | None = None
    if how.eml:
        carriers = {**send.DESTINATIONS, "email": partial(_write_eml, how.eml)}
    sent = deliveries.send(folders, now, lang, tell, carriers)
    if not sent:
        print(say("deliver.nothing", lang))
    return 1 if any(entry.state != "sent" for entry in sent) else 0


def _put_unsent(folders: Folders, now: datetime, issue: str, lang: Lang, tell: Tell) -> None:
    reading = read(folders.data)
    with opened(folders, f"deliver {issue}", now, tell=tell) as office:
        found = unsent(office.ledger, reading, issue, now)
        outbox.put(office.ledger, found, now)
    if not found:
        print(say("deliver.everybody", lang), file=sys.stderr)


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


def _would_get(folders: Folders, delivery: Delivery, lang: Lang) -> None:
    """Who would get what, once delivery is on."""
    print(say("deliver.off", lang))
    found = [
        f"{report.id}  {one.name.get(lang)} <{one.address}>  {one.lang}"
        for report in read(folders.data).reports.reports.values()
        for one in report.recipients.leadership
    ]
    found += [delivery.folder.path] if delivery.folder else []
    for line in found or [say("deliver.nobody", lang)]:
        print(f"  {line}")


def _rehearse(folders: Folders, now: datetime, how: _How, lang: Lang, tell: Tell) -> None:
    """Show what would go to whom; nothing is marked."""
    reading = read(folders.data)
    with opened(folders, "deliver --dry-run", now, tell=tell) as office:
        room = Room(office, reading, send.owes(folders, reading, now))
        waiting = [*outbox.waiting(office.ledger, now)]
        if how.issue:
            found = unsent(office.ledger, reading, how.issue, now)
            waiting += [Entry(intent, "pending", 0, now, now) for intent in found]
        for entry in waiting:
            print(deliveries.line(entry, lang))
            try:
                for line in _contents(room, reading, entry, how, lang):
                    print(f"    {line}")
            except ReportError as error:  # the others are shown
                for problem in error.problems:
                    tell(problem)
    if not waiting:
        print(say("deliver.nothing", lang))


def _contents(room: Room, reading: Reading, entry: Entry, how: _How, lang: Lang) -> Iterator[str]:
    mail = reading.delivery.mail
    if entry.intent.destination != "email" or mail is None:
        return
    made = letter(room, mail, entry)
    yield f"{say('letter.subject', lang)}: {made.subject}"
    if made.files:
        yield f"{say('letter.files', lang)}: {'; '.join(name for name, _ in made.files)}"
    if how.eml:
        path = how.eml / f"{short_id(entry.intent)}.eml"
        files.write(path, message_bytes(made))
        yield str(path)
