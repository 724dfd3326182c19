"""The commands about sending: deliver, outbox. A part of `cli`, which reads the options."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from reports import files
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.model.delivery_settings import Delivery
from reports.pipeline.read import Folders, Reading, delivery_in, read
from reports.publishing import issues as issuing
from reports.publishing import outbox
from reports.publishing.delivery import attempts, intents
from reports.publishing.delivery import send as deliver
from reports.publishing.delivery.attempts import DeliveryRound
from reports.publishing.delivery.intents import short_id
from reports.publishing.delivery.letters import Room, letter
from reports.publishing.delivery.message import message_bytes
from reports.publishing.delivery.smtp import Answer
from reports.publishing.issues import Tell
from reports.publishing.ledger import Issue, Ledger, read_ledger
from reports.publishing.outbox import Entry
from reports.started import as_typed

_WORDS = {
    "pending": "待发", "sent": "已送达", "unknown": "结果不明", "failed": "失败", "dropped": "已放弃", "issue": "报告",
    "draft": "草稿", "reminder": "提醒", "alert": "故障", "skipped": "跳过", "undelivered": "未送达", "restored": "账本恢复", "written": "已写入",
    "off": "投递未开启（data/delivery.yaml 中 on: true 开启）；下列收件人将收到报告：", "nothing": "没有待发的内容",
    "everybody": "每位收件人都已列入发件箱，见 run.py outbox",
    "nobody": "（尚未写收件人）", "folder": "共享目录", "subject": "主题", "files": "附件", "attempts": "已试", "next": "下次",
}  # fmt: skip
_ENGLISH = {
    "off": "delivery is off ('on: true' in data/delivery.yaml switches it on); reports would go to:",
    "nothing": "nothing waits to be sent",
    "everybody": "every recipient is in the outbox already: see run.py outbox",
    "nobody": "(no recipients are named yet)",
    "folder": "shared folder",
}


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
    delivery = delivery_in(folders.data)
    if not delivery.on:
        _would_get(folders, delivery, lang)
        return 0
    if how.dry:
        return _rehearse(folders, now, how, lang, tell)
    if how.issue:
        _put_unsent(folders, now, how.issue, lang, tell)
    carriers: dict[str, attempts.Carrier] | None = None
    if how.eml:
        carriers = {**deliver.DESTINATIONS, "email": partial(_write_eml, how.eml)}
    sent = send(folders, now, lang, tell, carriers)
    if not sent:
        print(_word("nothing", lang))
    return 1 if any(entry.state != "sent" for entry in sent) else 0


def _put_unsent(folders: Folders, now: datetime, issue: str, lang: Lang, tell: Tell) -> None:
    reading = read(folders.data)
    with issuing.opened(folders, f"deliver {issue}", now, tell=tell) as office:
        found = intents.unsent(office.ledger, reading, issue, now)
        outbox.put(office.ledger, found, now)
    if not found:
        print(_word("everybody", lang), file=sys.stderr)


def send(
    folders: Folders,
    now: datetime,
    lang: Lang,
    tell: Tell,
    carriers: dict[str, attempts.Carrier] | None = None,
) -> tuple[Entry, ...]:
    """Send what waits, a line each."""

    def done(entry: Entry) -> None:
        print(line_of(entry, lang), flush=True)

    return deliver.deliver(folders, now, tell=tell, done=done, carriers=carriers)


def outbox_of(folders: Folders, action: str, name: str, now: datetime, *, lang: Lang, tell: Tell) -> int:
    """List the outbox; or say of one entry that it is to be sent again, or not at all."""
    if action == "list":
        for entry in outbox.entries(read_ledger(folders)):
            print(line_of(entry, lang) + (f"  {entry.answer}" if entry.answer else ""))
        return 0
    if not name:
        raise ReportError(Problem(Where(""), "outbox/no-id", {"action": action}))
    with issuing.opened(folders, f"outbox {action}", now, tell=tell) as office:
        entry = _named(outbox.entries(office.ledger), name)
        if entry.state not in {"unknown", "failed", "pending"}:
            args = {"id": name, "state": _word(entry.state, lang)}
            raise ReportError(Problem(Where(""), "outbox/settled", args))
        settle = outbox.resend if action == "resend" else outbox.drop
        print(line_of(settle(office.ledger, entry.intent.message_id, now), lang))
    return 0


def went_to(ledger: Ledger, issue: Issue, lang: Lang) -> Iterator[str]:
    """To whom an issue goes, and what became of it."""
    about = ("issue", issue.report, issue.period, issue.revision)
    for entry in outbox.entries(ledger):
        intent = entry.intent
        if (intent.kind, intent.report, intent.period, intent.revision) == about:
            yield f"→ {intent.addressee or _word('folder', lang)}  {_word(entry.state, lang)}"


def _named(entries: Sequence[Entry], name: str) -> Entry:
    wanted = name.strip("<>")
    for entry in entries:
        if wanted and wanted in {short_id(entry.intent), entry.intent.message_id.strip("<>")}:
            return entry
    raise ReportError(Problem(Where(""), "outbox/unknown-id", {"id": name}))


# --- without sending --------------------------------------------------------------------------------------


def _would_get(folders: Folders, delivery: Delivery, lang: Lang) -> None:
    """Who would get what, once delivery is on."""
    print(_word("off", lang))
    found = [
        f"{report.id}  {one.name.get(lang)} <{one.address}>  {one.lang}"
        for report in read(folders.data).reports.reports.values()
        for one in report.recipients.leadership
    ]
    found += [delivery.folder.path] if delivery.folder else []
    for line in found or [_word("nobody", lang)]:
        print(f"  {line}")


def _rehearse(folders: Folders, now: datetime, how: How, lang: Lang, tell: Tell) -> int:
    """Show what would go to whom; nothing is marked."""
    reading = read(folders.data)
    with issuing.opened(folders, "deliver --dry-run", now, tell=tell) as office:
        room = Room(office, reading, deliver.owes(folders, reading, now))
        waiting = [*outbox.waiting(office.ledger, now)]
        if how.issue:
            found = intents.unsent(office.ledger, reading, how.issue, now)
            waiting += [Entry(intent, "pending", 0, now, now) for intent in found]
        for entry in waiting:
            print(line_of(entry, lang))
            try:
                for line in _contents(room, reading, entry, how, lang):
                    print(f"    {line}")
            except ReportError as error:  # the others are shown
                for problem in error.problems:
                    tell(problem)
    if not waiting:
        print(_word("nothing", lang))
    return 0


def _contents(room: Room, reading: Reading, entry: Entry, how: How, lang: Lang) -> Iterator[str]:
    mail = reading.delivery.mail
    if entry.intent.destination != "email" or mail is None:
        return
    made = letter(room, mail, entry)
    yield f"{_word('subject', lang)}: {made.subject}"
    if made.files:
        yield f"{_word('files', lang)}: {'; '.join(name for name, _ in made.files)}"
    if how.eml:
        path = how.eml / f"{short_id(entry.intent)}.eml"
        files.write(path, message_bytes(made))
        yield str(path)


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


def _word(word: str, lang: Lang) -> str:
    return as_typed(_WORDS.get(word, word) if lang == "zh" else _ENGLISH.get(word, word))


def line_of(entry: Entry, lang: Lang) -> str:
    """An entry of the outbox, in a line."""
    intent = entry.intent
    what = f"{_word(intent.kind, lang)} {intent.report} {intent.period}"
    revision = f"/{intent.revision}" if intent.revision > 1 else ""
    when = ""
    if entry.state == "pending" and entry.attempts:
        local = entry.next_try.astimezone().strftime("%Y-%m-%d %H:%M")
        when = f"  {_word('attempts', lang)} {entry.attempts}  {_word('next', lang)} {local}"
    to = intent.addressee or _word("folder", lang)
    return f"{short_id(intent)}  {_word(entry.state, lang)}  {what}{revision}  → {to}{when}"
