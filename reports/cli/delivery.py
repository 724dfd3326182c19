"""The commands about sending: deliver, outbox. A part of `cli`, which reads the options."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from reports import files
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.model.delivery_settings import Delivery
from reports.pipeline import build as pipeline
from reports.pipeline.build import Folders
from reports.publishing import issues as issuing
from reports.publishing import outbox
from reports.publishing.delivery import send as deliver
from reports.publishing.delivery.letters import Room, letter
from reports.publishing.delivery.message import message_bytes
from reports.publishing.delivery.send import Round, short_id
from reports.publishing.delivery.smtp import Answer
from reports.publishing.issues import Tell
from reports.publishing.ledger import Issue, Ledger
from reports.publishing.outbox import Entry
from reports.publishing.scheduler import rounds as duty

#: What does not mend itself: a person has to look. What only waits is tried again, and is no failure of a round.
IN_DOUBT = ("failed", "unknown")


class How(Struct, frozen=True):
    """*issue*: first put this one into the outbox for those it was never meant for; *dry*: send nothing and mark
    nothing; *eml*: write messages into this folder instead of sending them."""

    issue: str = ""
    dry: bool = False
    eml: Path | None = None


def deliver_now(folders: Folders, now: datetime, how: How, *, lang: Lang, tell: Tell) -> int:
    """Send, write or show what waits; status 1 when something was refused or is unknown."""
    delivery = pipeline.delivery_in(folders.data)
    if not delivery.on:
        _would_get(folders, delivery, lang)
        return 0
    if how.dry:
        return _rehearse(folders, now, how, lang, tell)
    if how.issue:
        _put_unsent(folders, now, how.issue, lang, tell)
    carriers: dict[str, deliver.Carrier] | None = None
    if how.eml:
        carriers = {**deliver.DESTINATIONS, "email": partial(_write_eml, how.eml)}
    sent = send(folders, now, lang, tell, carriers)
    if not sent:
        print(say("deliver/nothing", lang))
    return 1 if any(entry.state != "sent" for entry in sent) else 0


def _put_unsent(folders: Folders, now: datetime, issue: str, lang: Lang, tell: Tell) -> None:
    reading = pipeline.read(folders.data)
    with issuing.opened(folders, f"deliver {issue}", now, tell=tell) as office:
        found = deliver.unsent(office.ledger, reading, issue, now)
        outbox.put(office.ledger, found, now)
    if not found:
        print(say("deliver/everybody", lang), file=sys.stderr)


def send(
    folders: Folders,
    now: datetime,
    lang: Lang,
    tell: Tell,
    carriers: dict[str, deliver.Carrier] | None = None,
) -> tuple[Entry, ...]:
    """Send what waits, a line each."""

    def done(entry: Entry) -> None:
        print(_line(entry, lang), flush=True)

    return deliver.deliver(folders, now, tell=tell, done=done, carriers=carriers)


def outbox_of(folders: Folders, action: str, name: str, now: datetime, *, lang: Lang, tell: Tell) -> int:
    """List the outbox; or say of one entry that it is to be sent again, or not at all."""
    if action == "list":
        for entry in outbox.entries(duty.look(folders)):
            print(_line(entry, lang) + (f"  {entry.answer}" if entry.answer else ""))
        return 0
    if not name:
        raise ReportError(Problem(Where(""), "outbox/no-id", {"action": action}))
    with issuing.opened(folders, f"outbox {action}", now, tell=tell) as office:
        entry = _named(outbox.entries(office.ledger), name)
        if entry.state not in {"unknown", "failed", "pending"}:
            args = {"id": name, "state": say(f"entry/{entry.state}", lang)}
            raise ReportError(Problem(Where(""), "outbox/settled", args))
        settle = outbox.resend if action == "resend" else outbox.drop
        print(_line(settle(office.ledger, entry.intent.message_id, now), lang))
    return 0


def went_to(ledger: Ledger, issue: Issue, lang: Lang) -> Iterator[str]:
    """To whom an issue goes, and what became of it."""
    about = ("issue", issue.report, issue.period, issue.revision)
    for entry in outbox.entries(ledger):
        intent = entry.intent
        if (intent.kind, intent.report, intent.period, intent.revision) == about:
            state = say(f"entry/{entry.state}", lang)
            yield f"→ {intent.addressee or say('letter/folder', lang)}  {state}"


def _named(entries: Sequence[Entry], name: str) -> Entry:
    wanted = name.strip("<>")
    for entry in entries:
        if wanted and wanted in {short_id(entry.intent), entry.intent.message_id.strip("<>")}:
            return entry
    raise ReportError(Problem(Where(""), "outbox/unknown-id", {"id": name}))


# --- without sending --------------------------------------------------------------------------------------


def _would_get(folders: Folders, delivery: Delivery, lang: Lang) -> None:
    """Who would get what, once delivery is on."""
    print(say("deliver/off", lang))
    found = [
        f"{report.id}  {one.name.get(lang)} <{one.address}>  {one.lang}"
        for report in pipeline.read(folders.data).reports.reports.values()
        for one in report.recipients.leadership
    ]
    found += [delivery.folder.path] if delivery.folder else []
    for line in found or [say("deliver/nobody", lang)]:
        print(f"  {line}")


def _rehearse(folders: Folders, now: datetime, how: How, lang: Lang, tell: Tell) -> int:
    """Show what would go to whom; nothing is marked."""
    reading = pipeline.read(folders.data)
    with issuing.opened(folders, "deliver --dry-run", now, tell=tell) as office:
        room = Room(office, reading, deliver.owes(folders, reading, now))
        waiting = [*outbox.waiting(office.ledger, now)]
        if how.issue:
            found = deliver.unsent(office.ledger, reading, how.issue, now)
            waiting += [Entry(intent, "pending", 0, now, now) for intent in found]
        for entry in waiting:
            print(_line(entry, lang))
            try:
                for line in _contents(room, reading, entry, how, lang):
                    print(f"    {line}")
            except ReportError as error:  # the others are shown
                for problem in error.problems:
                    tell(problem)
    if not waiting:
        print(say("deliver/nothing", lang))
    return 0


def _contents(room: Room, reading: pipeline.Reading, entry: Entry, how: How, lang: Lang) -> Iterator[str]:
    mail = reading.delivery.mail
    if entry.intent.destination != "email" or mail is None:
        return
    made = letter(room, mail, entry)
    yield f"{say('letter/subject', lang)}: {made.subject}"
    if made.files:
        yield f"{say('letter/files', lang)}: {'; '.join(name for name, _ in made.files)}"
    if how.eml:
        path = how.eml / f"{short_id(entry.intent)}.eml"
        files.write(path, message_bytes(made))
        yield str(path)


def _write_eml(folder: Path, round_: Round, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The messages as files, for another program to send; for the outbox they are sent."""
    mail = round_.delivery.mail
    files.sweep(folder)
    for entry in entries if mail else ():
        assert mail
        path = folder / f"{short_id(entry.intent)}.eml"
        try:
            files.write(path, message_bytes(letter(round_.room, mail, entry)))
        except ReportError as error:  # the others are written
            yield deliver.settled(round_, entry, Answer("pending", deliver.first(error)))
            continue
        yield deliver.settled(round_, entry, Answer("sent", path.name))


def _line(entry: Entry, lang: Lang) -> str:
    intent = entry.intent
    kind, state = say(f"letter/{intent.kind}", lang), say(f"entry/{entry.state}", lang)
    what = f"{kind} {intent.report} {intent.period}"
    revision = f"/{intent.revision}" if intent.revision > 1 else ""
    when = ""
    if entry.state == "pending" and entry.attempts:
        local = entry.next_try.astimezone().strftime("%Y-%m-%d %H:%M")
        when = f"  {say('letter/attempts', lang)} {entry.attempts}  {say('letter/next', lang)} {local}"
    to = intent.addressee or say("letter/folder", lang)
    return f"{short_id(intent)}  {state}  {what}{revision}  → {to}{when}"
