"""From an entry of the outbox to the letter that goes out: what was issued, what is owed, what went wrong.

A letter about an issue is made from what was frozen with it, so that a second copy is the first one over again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from reports.diagnostics.problems import Problem, errors, format_problem
from reports.diagnostics.words.mail import LETTERS
from reports.document.traditional import Letters, spelling, spelt
from reports.model.dates import PartialDate
from reports.model.delivery_settings import Mail
from reports.model.formatting import TAGS, say_date
from reports.model.periods import Period
from reports.model.records import Name
from reports.model.report_definitions import ReportDefinition
from reports.model.schedule import due_at, is_provisional
from reports.model.values import BilingualText
from reports.pipeline.read import Reading
from reports.publishing import store
from reports.publishing.delivery.message import Letter, Party, unmade
from reports.publishing.delivery.stationery import Told, letterhead, machine_letterhead, paragraphs
from reports.publishing.issue import UNISSUED, Issue
from reports.publishing.outbox import Entry, Intent
from reports.publishing.output_folder import OpenOutput
from reports.publishing.status.readiness import Board

#: So many records of what is owed are named.
_NAMED = 8
#: What is attached, by ending; Markdown only where there is neither.
_ATTACHED = (".docx", ".pdf")


class Room(Struct, frozen=True):
    """What letters are made from."""

    office: OpenOutput
    reading: Reading
    owes: Callable[[str, str, str], list[str]]

    def letters(self, lang: str) -> Letters:
        """How a reader of *lang* spells Chinese."""
        return spelling(self.reading.dataset, lang)

    def report(self, report_id: str) -> ReportDefinition | None:
        """The definition of a report, None where it is gone."""
        return self.reading.reports.reports.get(report_id)


def letter(room: Room, mail: Mail, entry: Entry) -> Letter:
    """Return the letter of *entry*. Raises ReportError."""
    intent = entry.intent
    told = _KINDS[intent.kind](room, intent)
    written_on = letterhead(mail, room.letters(intent.lang), intent, told.issuer)
    return Letter(
        id=intent.message_id,
        date=entry.created,
        sender=Party(spelt(mail.sender.name, intent.lang, room.letters(intent.lang)), mail.sender.address),
        to=Party(room.letters(intent.lang)(str(intent.payload.get("name", ""))), intent.recipient),
        subject=told.subject,
        text=written_on.text(told),
        html=written_on.page(told),
        files=told.files,
        lang=TAGS[intent.lang],
    )


def about(room: Room, intent: Intent) -> str:
    """The report and its period in the recipient's words."""
    report, letters = room.report(intent.report), room.letters(intent.lang)
    title = spelt(report.title, intent.lang, letters) if report else intent.report
    between = ", " if intent.lang == "en" else "\N{IDEOGRAPHIC SPACE}"
    return f"{title}{between}{_label(room, intent)}"


def _label(room: Room, intent: Intent) -> str:
    letters = room.letters(intent.lang)
    return letters(Period.parse(intent.period).label(intent.lang)) if intent.period else ""


# --- an issue ---------------------------------------------------------------------------------------------


def issue_of(room: Room, intent: Intent) -> Issue:
    """The issue an entry is about. Raises ReportError."""
    found = [
        i for i in room.office.ledger.issues(intent.report, intent.period) if i.revision == intent.revision
    ]
    if not found:
        raise unmade(f"{intent.report}/{intent.period}/{intent.revision}")
    return found[0]


def _issue(room: Room, intent: Intent) -> Told:
    issue = issue_of(room, intent)
    lang = _edition(issue, intent.lang)
    gist = _respelt(room, _gist(room, issue, lang), lang, intent.lang)
    gist = gist or {"title": about(room, intent), "summary": {}, "discussion": {}}
    number = issue.number.label(intent.lang) if issue.number else ""
    prefix = LETTERS.say("correction", intent.lang, revision=issue.revision) if issue.revision > 1 else ""
    again = LETTERS.say("in-name", intent.lang, revision=issue.revision) if issue.revision > 1 else ""
    files = tuple(_files(room, issue, lang, about(room, intent), again))
    title = f"{prefix}{gist['title']}"
    changed, changed_html = _what_changed(room, issue, gist, intent.lang)
    attached = _attached(intent.lang, [name for name, _ in files])
    parts = [title, number, gist["summary"].get("text"), changed, gist["discussion"].get("text"), attached]
    html = [
        f"<h1>{escape(title)}</h1>", paragraphs(number), gist["summary"].get("html"),
        changed_html, gist["discussion"].get("html"), paragraphs(attached),
    ]  # fmt: skip
    subject = _dated(title, issue, lang, _label(room, intent))
    signed = gist.get("issuer", "") if lang[:2] == intent.lang[:2] else ""
    return Told(subject, "\n\n".join(filter(None, parts)), "\n".join(filter(None, html)), files, signed)


def _dated(title: str, issue: Issue, edition: str, label: str) -> str:
    """The title with the period behind it, unless the title names it already, in whichever language it is."""
    named = {label.casefold(), Period.parse(issue.period).label(edition).casefold()}
    return title if any(name in title.casefold() for name in named) else f"{title} {label}"


def _edition(issue: Issue, lang: str) -> str:
    """The recipient's language, or the other letters of Chinese, or the first one the issue has."""
    langs = [PurePosixPath(name).name.split(".")[-2] for name in issue.files if name.endswith(_ATTACHED)]
    langs += [name.removesuffix(".mail.json").rpartition(".")[2] for name in issue.files if ".mail." in name]
    wanted = [lang, *({"zh-Hant": ["zh"], "zh": ["zh-Hant"]}.get(lang, []))]
    return next((one for one in wanted if one in langs), langs[0] if langs else lang)


def _gist(room: Room, issue: Issue, lang: str) -> dict[str, Any] | None:
    for name, digests in issue.files.items():
        if name.endswith(f".{lang}.mail.json"):
            data = store.stored(room.office.folders, digests.final)
            if not data:
                raise unmade(name)
            told: dict[str, Any] = json.loads(data)
            return told
    return None


def _respelt(room: Room, gist: dict[str, Any] | None, written: str, lang: str) -> dict[str, Any] | None:
    """The words of an edition in Simplified letters for a reader of Traditional ones."""
    if gist is None or (written, lang) != ("zh", "zh-Hant"):
        return gist
    letters = room.letters(lang)
    return {
        name: {form: letters(text) for form, text in said.items()}
        if isinstance(said, dict)
        else letters(said)
        for name, said in gist.items()
    }


def _files(room: Room, issue: Issue, lang: str, title: str, again: str) -> Iterator[tuple[str, bytes]]:
    """What is attached, under a name that says what it is, a correction with its revision: *again*."""
    fitting = [name for name in issue.files if name.endswith(tuple(f".{lang}{end}" for end in _ATTACHED))]
    fitting = fitting or [name for name in issue.files if name.endswith(f".{lang}.md")]
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", title.replace("\N{IDEOGRAPHIC SPACE}", " ")).strip(" .")
    stem = plain[:80] + again
    for name in fitting:
        data = store.stored(room.office.folders, issue.files[name].final)
        if not data:
            raise unmade(name)
        yield f"{stem}{PurePosixPath(name).suffix}", data


def _attached(lang: str, names: list[str]) -> str:
    return (
        LETTERS.say("attached", lang, names=LETTERS.say("between", lang).join(names))
        if names
        else LETTERS.say("unattached", lang)
    )


# --- what changed -----------------------------------------------------------------------------------------


def _what_changed(room: Room, issue: Issue, gist: dict[str, Any], lang: str) -> tuple[str, str]:
    """What the report says of it, as text and as HTML: of a correction what it corrects, else what changed since the
    edition before. What was frozen before reports said so tells nothing."""
    if issue.revision > 1:
        said = gist.get("corrections", {}).get("text", "").replace("\n\n", "\n")
        return said, paragraphs(said)
    told = gist.get("changes", {})
    if not told.get("since"):
        first = LETTERS.say("first", lang) if told and _is_first(room, issue) else ""
        return first, paragraphs(first)
    since = room.letters(lang)(Period.parse(told["since"]).label(lang))
    if not told["text"]:
        same = LETTERS.say("same", lang, since=since)
        return same, paragraphs(same)
    heading = LETTERS.say("changed", lang, since=since)
    text = "\n".join([heading, *([] if told["text"].startswith("- ") else [""]), told["text"]])
    return text, f"<h2>{escape(heading)}</h2>{told['html']}"


def _is_first(room: Room, issue: Issue) -> bool:
    """Whether nothing was issued before, here or before issues were counted here."""
    counted = issue.number.total if issue.number else 1
    return counted == 1 and all(
        one.id >= issue.id or one.state in UNISSUED for one in room.office.ledger.issues(issue.report)
    )


def _withdrawn(room: Room, intent: Intent) -> Told:
    """To who got an issue: not to rely on it, and why."""
    issue = issue_of(room, intent)
    lang = _edition(issue, intent.lang)
    gist = _respelt(room, _gist(room, issue, lang), lang, intent.lang) or {"title": about(room, intent)}
    title = _dated(gist["title"], issue, lang, _label(room, intent))
    day = date.fromisoformat(str(intent.payload["day"]))
    said = {
        "title": title,
        "number": issue.number.label(intent.lang) if issue.number else "",
        "day": say_date(PartialDate(day, day), intent.lang),
        "why": room.letters(intent.lang)(str(intent.payload["why"])),
    }
    subject = LETTERS.say("withdrawn", intent.lang, **said)
    parts = (
        LETTERS.say(part, intent.lang, **said) for part in ("why-withdrawn", "reason", "after-withdrawal")
    )
    signed = gist.get("issuer", "") if lang[:2] == intent.lang[:2] else ""
    return Told(subject, "\n\n".join(parts), issuer=signed)


# --- the other letters ------------------------------------------------------------------------------------


def _draft(room: Room, intent: Intent) -> Told:
    where = LETTERS.say("where-drafts-are", intent.lang, folder=_folder_of_draft(room, intent))
    how = LETTERS.say("how-to-approve", intent.lang, report=intent.report, period=intent.period)
    return Told(LETTERS.say("draft", intent.lang, about=about(room, intent)), f"{where}\n\n{how}")


def _folder_of_draft(room: Room, intent: Intent) -> Path:
    """Where a person finds it, on the machine of the job."""
    return (room.office.folders.output / intent.report / intent.period).resolve()


def _reminder(room: Room, intent: Intent) -> Told:
    """What is owed is looked up now: what came in meanwhile is not asked for again."""
    subject = LETTERS.say("reminder", intent.lang, about=about(room, intent), due=_due(room, intent))
    owed = room.owes(intent.report, intent.period, intent.lang)
    if not owed:
        return Told(subject, LETTERS.say("owed-nothing", intent.lang))
    return Told(subject, "\n".join([LETTERS.say("owed", intent.lang), *(f"- {line}" for line in owed)]))


def _due(room: Room, intent: Intent) -> str:
    """The moment the report is due, in the time zone of its schedule; "" where that is gone.

    Not how many days are left: a reminder may come late, and wait for the server after that.
    """
    report = room.report(intent.report)
    if report is None or report.schedule is None:
        return ""
    due = report.schedule.due
    moment = due_at(due, Period.parse(intent.period)).astimezone(ZoneInfo(due.zone))
    day = say_date(PartialDate(moment.date(), moment.date()), intent.lang)
    words = "due-provisional" if is_provisional(due, Period.parse(intent.period)) else "due"
    return LETTERS.say(words, intent.lang, day=day, time=f"{moment:%H:%M}")


def _alert(room: Room, intent: Intent) -> Told:
    problems = intent.payload.get("problems", {}).get("en" if intent.lang == "en" else "zh", [])
    told = map(room.letters(intent.lang), problems)
    subject = LETTERS.say("alert", intent.lang, about=about(room, intent))
    return Told(subject, "\n\n".join([subject, *told, LETTERS.say("retry", intent.lang)]))


def _skipped(room: Room, intent: Intent) -> Told:
    subject = LETTERS.say("skipped", intent.lang, about=about(room, intent))
    return Told(subject, f"{subject}\n\n{LETTERS.say('why-skipped', intent.lang)}")


def _undelivered(room: Room, intent: Intent) -> Told:
    subject = LETTERS.say("undelivered", intent.lang, about=about(room, intent))
    given = {name: str(intent.payload.get(name, "")) for name in ("id", "outcome", "recipient", "answer")}
    given["recipient"] = given["recipient"] or LETTERS.say("shared-folder", intent.lang)
    said = LETTERS.say(given["outcome"], intent.lang, **given)
    return Told(subject, f"{said}\n\n{LETTERS.say('how-to-resolve', intent.lang, **given)}")


def _restored(_room: Room, intent: Intent) -> Told:
    subject = LETTERS.say("restored", intent.lang)
    return Told(subject, f"{subject}\n\n{LETTERS.say('why-restored', intent.lang, **intent.payload)}")


_KINDS: Mapping[str, Callable[[Room, Intent], Told]] = {
    "issue": _issue,
    "withdrawn": _withdrawn,
    "draft": _draft,
    "reminder": _reminder,
    "alert": _alert,
    "skipped": _skipped,
    "undelivered": _undelivered,
    "restored": _restored,
}


def stopped(
    key: str, now: datetime, mail: Mail, to: Party, *, lang: str, problems: tuple[Problem, ...]
) -> Letter:
    """The letter that says that no round can be made. It goes past the outbox: see `alarm`."""
    subject = LETTERS.say("stopped", lang)
    listed = [format_problem(problem, "en" if lang == "en" else "zh") for problem in problems[:20]]
    told = Told(subject, "\n\n".join([subject, *listed, LETTERS.say("why-stopped", lang)]))
    sender = Party(mail.sender.name.get(lang), mail.sender.address)
    written_on = machine_letterhead(lang)
    return Letter(
        key, now, sender, to, subject, written_on.text(told), written_on.page(told), lang=TAGS[lang]
    )


def open_problems(reading: Reading, lang: str) -> list[str]:
    """What `check` would say of the data first, the errors before the warnings."""
    found = [*errors(reading.problems), *(p for p in reading.problems if p.severity == "warning")]
    letters = spelling(reading.dataset, lang)
    return [letters(format_problem(p, "en" if lang == "en" else "zh")).replace("\n", " ") for p in found[:30]]


#: What is not asked of editors, or told line by line.
_ELSEWHERE = ("unknown", "no owner", "late", "soon")


def owed_lines(board: Board, reading: Reading, lang: str) -> Iterator[str]:
    """The board's sections that owe something: owner, then kind by kind with its records."""
    colon, letters = ": " if lang == "en" else "：", spelling(reading.dataset, lang)
    for section in board.sections:
        owed = [(name, what) for name, what in section.owed().items() if name not in _ELSEWHERE]
        if owed:
            owner = reading.dataset.records.get(section.owner)
            nobody = LETTERS.say("no owner", lang) if section.theme else ""
            who = _name(owner.label, lang, letters) if owner else nobody
            by = LETTERS.say("by", lang, who=who) if who else ""
            told = [
                f"{LETTERS.say(name, lang)} {_some([*filter(None, what)], lang)}".strip()
                for name, what in owed
            ]
            yield f"{spelt(section.title, lang, letters)}{by}{colon}{LETTERS.say('between', lang).join(told)}"


def _some(names: list[str], lang: str) -> str:
    unique = list(dict.fromkeys(names))
    more = LETTERS.say("more", lang, count=len(unique)) if len(unique) > _NAMED else ""
    return LETTERS.say("between", lang).join(unique[:_NAMED]) + more


def _name(label: Name | BilingualText, lang: str, letters: Letters) -> str:
    return spelt(BilingualText(label.zh, label.en, label.hant), lang, letters)
