"""What happens to an issue: from events to the outbox, from the outbox to e-mail and the shared folder.

Intent first: `post_for` says what an event means to whom, and it is stored with the event. Then `deliver` sends
what waits. An e-mail is marked unknown just before its final dot and settled by the server's answer: killed
before, it waits still; killed in between, a person is asked. A folder is written again until it is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from msgspec import Struct

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Severity, Where, errors, format_problem
from reports.model.delivery_settings import Delivery, Mail
from reports.model.periods import Period
from reports.model.report_definitions import Recipient, Recipients
from reports.pipeline import build as pipeline
from reports.pipeline.build import Folders
from reports.publishing import database as ledger_file
from reports.publishing import issues as issuing
from reports.publishing import outbox
from reports.publishing.delivery.letters import Room, issue_of, letter, open_problems, owed_lines
from reports.publishing.delivery.message import ascii_address, message_bytes, sender_address, unmade
from reports.publishing.delivery.smtp import Answer, connected, password_of
from reports.publishing.issues import PATIENCE, Tell
from reports.publishing.ledger import Ledger, find
from reports.publishing.outbox import Entry, Event, Intent, Post
from reports.publishing.scheduler import rounds as duty
from reports.publishing.status import survey

#: Minutes to wait after the first, second, … attempt; the last one for all that follow.
PAUSES = (5, 15, 30, 60, 120, 240, 480)
#: So long it is tried; RFC 5321 (4.5.4.1) asks for four to five days.
PATIENT = timedelta(days=5)
#: Within the shared folder: where a file is written before it gets its name.
WORKSHOP = ".progress-reports"

#: Who is told of what.
_ROLES = {"issue": "leadership", "reminder": "editors"}


# --- from events to intents -------------------------------------------------------------------------------


def post_for(folders: Folders) -> Post:
    """What to send because of an event, by delivery.yaml as it stands then; raises ReportError where it is wrong."""
    return lambda event: intents(event, pipeline.delivery_in(folders.data))


def intents(event: Event, delivery: Delivery) -> tuple[Intent, ...]:
    """One intent a recipient, and one for the shared folder; none while delivery is off."""
    if not delivery.on:
        return ()
    revision = event.issue.revision if event.issue else 0
    about = (event.kind, event.report.id, str(event.period), revision)
    occasion = {"reminder": str(event.days), "alert": event.at.isoformat()}.get(event.kind, "")
    found = []
    if delivery.mail:
        people = getattr(event.report.recipients, _ROLES.get(event.kind, "secretariat"))
        payload = {"days": event.days} if event.kind == "reminder" else _problems(event.problems)
        found = [_to(one, about, delivery.mail, payload, occasion) for one in people]
    if delivery.folder and event.kind == "issue":
        key = message_id(about, "folder", "", "folder.invalid")
        found.append(Intent(key, "issue", "folder", delivery.folder.path, "zh", *about[1:]))
    return tuple(found)


def unsent(ledger: Ledger, reading: pipeline.Reading, name: str, now: datetime) -> tuple[Intent, ...]:
    """What is to be sent for the issue called *name* to those it was never meant for: it came out while delivery was
    off, or they were named later. Raises ReportError where it is no issue in force, or of no report there is."""
    issues = ledger.issues()
    named = find(issues, name)
    in_force = [
        i for i in issues if i.state == "issued" and (i.report, i.period) == (named.report, named.period)
    ]
    try:
        issue = find(in_force, name)  # not the draft of its correction
    except ReportError as error:
        args = {"name": name, "report": named.report}
        raise ReportError(Problem(Where(""), "delivery/not-in-force", args)) from error
    report = pipeline.chosen(reading.reports, pipeline.Order((issue.report,)))[0]
    event = Event("issue", report, Period.parse(issue.period), now, issue)
    found = intents(event, reading.delivery)
    return tuple(new for new in found if outbox.entry(ledger, new.message_id) is None)


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
    kind, report, period, revision = about
    return Intent(key, kind, "email", one.address, one.lang, report, period, revision, named)


def _problems(problems: Iterable[Problem]) -> dict[str, object]:
    told = list(problems)[:20]
    if not told:
        return {}
    return {
        "problems": {"zh": [format_problem(p, "zh") for p in told], "en": [format_problem(p) for p in told]}
    }


def _news(folders: Folders, ledger: Ledger, reading: pipeline.Reading, mail: Mail | None) -> Iterator[Intent]:
    """What the secretariat is to be told of deliveries and of the ledger, and was not yet."""
    recipients = {name: report.recipients for name, report in reading.reports.reports.items()}
    found = (*_untold(ledger, recipients, mail), *_restored(folders, recipients, mail)) if mail else ()
    yield from (new for new in found if outbox.entry(ledger, new.message_id) is None)


def _restored(folders: Folders, recipients: Mapping[str, Recipients], mail: Mail) -> Iterator[Intent]:
    """Of every damaged ledger that was put aside. The file itself says so: whoever was killed, it is not forgotten."""
    people = {one.address: one for each in recipients.values() for one in each.secretariat}
    for path in _damaged(folders):
        for one in people.values():
            yield _to(one, ("restored", "", "", 0), mail, {"kept": path.name}, path.name)


def _damaged(folders: Folders) -> tuple[Path, ...]:
    return tuple(sorted((folders.output / pipeline.STATE).glob(ledger_file.KEPT.format("*"))))


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


# --- sending ----------------------------------------------------------------------------------------------


class Round(Struct, frozen=True):
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
Carrier = Callable[[Round, Sequence[Entry]], Iterator[Entry]]


def deliver(
    folders: Folders,
    now: datetime,
    *,
    tell: Tell,
    done: Callable[[Entry], None] = lambda entry: None,
    stop: Callable[[], bool] = lambda: False,
    patience: float = PATIENCE,
    carriers: Mapping[str, Carrier] | None = None,
) -> tuple[Entry, ...]:
    """Send what waits at *now*; nothing while delivery is off. *stop* is asked between entries, *done* told of each.

    Raises ReportError when delivery.yaml is wrong, the lock is held or the ledger cannot be opened.
    """
    delivery = pipeline.delivery_in(folders.data)
    if not delivery.on or not _anything(folders, delivery, now):
        return ()
    reading = pipeline.read(folders.data)
    with issuing.opened(folders, "deliver", now, tell=tell, patience=patience) as office:
        room = Room(office, reading, owes(folders, reading, now))
        round_ = Round(room, delivery, tell)
        cut = tuple(_interrupted(round_))
        for entry in cut:
            done(entry)
        outbox.put(office.ledger, list(_news(folders, office.ledger, reading, delivery.mail)), now)
        return (*cut, *_carried(round_, carriers or DESTINATIONS, done, stop))


def _carried(
    round_: Round, carriers: Mapping[str, Carrier], done: Callable[[Entry], None], stop: Callable[[], bool]
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


def _interrupted(round_: Round) -> Iterator[Entry]:
    """Say of what a killed run was sending that nobody knows."""
    for entry in outbox.interrupted(round_.ledger):
        yield settled(round_, entry, Answer("unknown", "the run was ended while sending"), begun=True)


def _anything(folders: Folders, delivery: Delivery, now: datetime) -> bool:
    """Whether there is something to do, asked without the lock; what a killed run left is to be tidied up."""
    ledger = duty.look(folders)
    left = files.was_left(folders.output / pipeline.STATE / issuing.LOCK)
    if left or outbox.interrupted(ledger) or outbox.waiting(ledger, now):
        return True
    doubtful = outbox.entries(ledger, "unknown") or outbox.entries(ledger, "failed")
    if not doubtful and not _damaged(folders):
        return False
    return next(_news(folders, ledger, pipeline.read(folders.data), delivery.mail), None) is not None


def owes(folders: Folders, reading: pipeline.Reading, now: datetime) -> Callable[[str, str, str], list[str]]:
    """Say what editors owe for a report's period, in a language; the mistakes first, while there are some."""

    def owed(report: str, period: str, lang: str) -> list[str]:
        if errors(reading.problems):
            return open_problems(reading, lang)
        order = pipeline.Order((report,), Period.parse(period))
        return [
            line
            for board in survey.boards(folders, reading, order, now)
            for line in owed_lines(board, reading, lang)
        ]

    return owed


def settled(round_: Round, entry: Entry, answer: Answer, *, begun: bool = False) -> Entry:
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


# --- e-mail -----------------------------------------------------------------------------------------------


def by_mail(round_: Round, entries: Sequence[Entry]) -> Iterator[Entry]:
    """One message a recipient, each over a connection of its own; when the server takes nobody, all wait."""
    try:
        mail, password = _server(round_)
    except ReportError as error:
        yield from _all_wait(round_, entries, error)
        return
    for n, entry in enumerate(entries):
        try:
            message = _message(round_, mail, entry)
        except ReportError as error:
            yield settled(round_, entry, Answer("pending", first(error)))
            continue
        try:
            yield _mailed(round_, mail, password, entry, message)
        except ReportError as error:
            if error.problems[0].code != "delivery/unreachable":
                raise
            yield from _all_wait(round_, entries[n:], error)
            return


def _message(round_: Round, mail: Mail, entry: Entry) -> bytes:
    """Make the message. Raises ReportError, whatever one letter runs into: the others go out."""
    try:
        return message_bytes(letter(round_.room, mail, entry))
    except ReportError:
        raise
    except Exception as error:
        raise unmade(f"{type(error).__name__}: {error}") from error


def _server(round_: Round) -> tuple[Mail, str]:
    mail = round_.delivery.mail
    if mail is None:
        raise ReportError(Problem(Where("delivery.yaml"), "delivery/no-mail"))
    return mail, password_of(mail.password, round_.tell)


def _mailed(round_: Round, mail: Mail, password: str, entry: Entry, message: bytes) -> Entry:
    """Send one message; the outbox says unknown before the final dot goes out."""
    begun: list[Entry] = []
    key = entry.intent.message_id

    def before_dot() -> None:
        begun.append(outbox.begin(round_.ledger, key, round_.now))

    sender, to = sender_address(mail.sender.address), ascii_address(entry.intent.recipient)
    with connected(mail, password) as session:
        answer = session.send(sender, to, message, before_dot)
        return settled(round_, entry, answer, begun=bool(begun))


def _all_wait(round_: Round, entries: Iterable[Entry], error: ReportError) -> Iterator[Entry]:
    """Told once, not once a message."""
    for problem in error.problems:
        round_.tell(problem)
    quiet = Round(round_.room, round_.delivery, lambda problem: None)
    for entry in entries:
        yield settled(quiet, entry, Answer("pending", first(error)))


def first(error: ReportError) -> str:
    """What went wrong, as the outbox keeps it: without the sentence round it, which is of one language."""
    problem = error.problems[0]
    return str(problem.args.get("detail") or problem.message())


# --- shared folder ----------------------------------------------------------------------------------------


def by_folder(round_: Round, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Every file of an issue under its own name; seen whole or not at all."""
    for entry in entries:
        try:
            _copy(round_, entry.intent)
        except ReportError as error:
            yield settled(round_, entry, Answer("pending", first(error)))
        else:
            yield settled(round_, entry, Answer("sent", "written"))


def _copy(round_: Round, intent: Intent) -> None:
    root = Path(intent.recipient)
    if not root.is_dir():
        raise ReportError(Problem(Where("delivery.yaml"), "delivery/no-folder"))
    files.sweep(root / WORKSHOP)
    for name, digests in issue_of(round_.room, intent).files.items():
        if PurePosixPath(name).parts[0] == pipeline.STATE:
            continue
        data = issuing.stored(round_.room.office.folders, digests.final)
        if not data:
            raise ReportError(Problem(Where(name), "issue/lost-file", {"name": name}))
        files.write(root / name, data, root / WORKSHOP)
    files.remove_folder(root / WORKSHOP)  # where a leading dot hides nothing, people see it


#: Where issues go: one function each, of one signature.
DESTINATIONS: Mapping[str, Carrier] = {"email": by_mail, "folder": by_folder}
