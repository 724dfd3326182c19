"""An issue in force is taken back: its number stays its own, whoever got it is told, and nobody else gets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reports.diagnostics.problems import AlreadySoError, Problem, ReportError, Where
from reports.pipeline.read import Folders, Reading, read
from reports.publishing import outbox
from reports.publishing.acts import Act, write_down
from reports.publishing.continuity import asks_what_was_issued_before
from reports.publishing.delivery.intents import message_id
from reports.publishing.issue import IN_FORCE, UNISSUED, Issue, stamp
from reports.publishing.ledger import Ledger, find
from reports.publishing.outbox import Entry, Intent
from reports.publishing.output_folder import OpenOutput, Tell, opened, put_notes
from reports.publishing.second_thoughts.skipping import Deed


class Withdrawal(Struct, frozen=True):
    """An issue that was in force: who is *told*, what is not sent any more (*dropped*), and what `check` asks because of
    it."""

    issue: Issue
    told: tuple[Intent, ...]
    dropped: tuple[Intent, ...]
    asked: tuple[Problem, ...] = ()


def withdraw(folders: Folders, name: str, deed: Deed, *, tell: Tell, dry: bool = False) -> Withdrawal:
    """Withdraw the issue called *name*. *dry*: only say who would be told.

    Raises ReportError where it is not in force.
    """
    reading = read(folders.data)
    with opened(folders, f"withdraw {name}", deed.at, tell=tell) as office:
        ledger = office.ledger
        issue = _in_force(ledger.issues(), name)
        got, others = _letters(ledger, issue)
        told = tuple(_tidings(issue, got, deed))
        if dry:
            return Withdrawal(issue, told, others)
        before = _questions(office, reading)
        _take_back(office, issue, told, deed, _title(reading, issue.report))
        put_notes(office)
        asked = tuple(one for one in _questions(office, reading) if one not in before)
        return Withdrawal(issue, told, others, asked)


def _take_back(
    office: OpenOutput, issue: Issue, told: Sequence[Intent], deed: Deed, title: Mapping[str, str]
) -> None:
    ledger, turn = office.ledger, (issue.report, issue.period)
    with ledger.transaction(deed.at):
        for entry in _issue_letters(ledger, issue):
            # not one that is unknown, or that a person dropped and may take up again: it is told otherwise now
            if entry.state not in ("sent", "dropped") or outbox.dropped_by_hand(entry):
                outbox.end(ledger, entry.intent.message_id, "dropped", deed.at, answer="withdrawn")
        ledger.move_on(issue, "withdrawn", {"withdrawn": stamp(deed.at)})
        outbox.put(ledger, told, deed.at)
        details = {"day": deed.at.date().isoformat(), "title": dict(title)}
        write_down(ledger, Act(deed.at, deed.by, "withdraw", *turn, issue.revision, deed.why, details))


def _title(reading: Reading, report: str) -> dict[str, str]:
    """What the report is called, for the note beside its files; nothing where it is no longer made."""
    found = reading.reports.reports.get(report)
    return {"zh": found.title.get("zh"), "en": found.title.get("en")} if found else {}


def _questions(office: OpenOutput, reading: Reading) -> tuple[Problem, ...]:
    return tuple(asks_what_was_issued_before(office.ledger, reading, office.now.date()))


# --- which issue --------------------------------------------------------------------------------------------


def _in_force(issues: Sequence[Issue], name: str) -> Issue:
    """The issue of that name. Raises ReportError, with what to type instead, where it is not in force."""
    named = find(issues, name)
    same = [one for one in issues if (one.report, one.period) == (named.report, named.period)]
    in_force = next((one for one in same if one.state in IN_FORCE), None)
    if in_force and (named.revision == in_force.revision or named.state in UNISSUED):
        return in_force
    args: dict[str, object] = {"name": named.name, "report": named.report, "period": named.period}
    if in_force:
        raise ReportError(Problem(Where(""), "withdraw/superseded", {**args, "current": in_force.name}))
    gone = next((one for one in reversed(same) if one.withdrawn), None)
    args["name"] = (gone or named).name
    if named.state == "draft" and not gone:
        raise ReportError(Problem(Where(""), "withdraw/draft", args))
    code = "withdraw/already" if gone else "withdraw/discarded"
    raise AlreadySoError(Problem(Where(""), code, args, "warning"))


# --- who is told --------------------------------------------------------------------------------------------


def _issue_letters(ledger: Ledger, issue: Issue) -> list[Entry]:
    """What was to be sent of its period, in any revision up to it."""
    about = ("issue", issue.report, issue.period)
    return [
        one
        for one in outbox.entries(ledger)
        if (one.intent.kind, one.intent.report, one.intent.period) == about
        and one.intent.revision <= issue.revision
    ]


def _letters(ledger: Ledger, issue: Issue) -> tuple[tuple[Entry, ...], tuple[Intent, ...]]:
    """What went out of the period, for all anybody knows, in any revision up to this one; and what did not."""
    found = _issue_letters(ledger, issue)
    return (
        tuple(one for one in found if one.state in ("sent", "unknown") or one.intent.destination == "folder"),
        tuple(one.intent for one in found if one.state not in ("sent", "unknown", "dropped")),
    )


def _tidings(issue: Issue, got: Sequence[Entry], deed: Deed) -> Iterator[Intent]:
    """One letter to each who has a copy, in the language they got it in; the files in the shared folder go aside."""
    about = ("withdrawn", issue.report, issue.period, issue.revision)
    said = {"why": deed.why, "day": deed.at.date().isoformat()}
    last = {(one.intent.destination, one.intent.recipient.casefold()): one.intent for one in got}
    for to in last.values():
        domain = to.message_id.strip("<>").rpartition("@")[2]
        key = message_id(about, to.recipient, "", domain)
        payload = {**to.payload, **said}
        yield Intent(key, about[0], to.destination, to.recipient, to.lang, *about[1:], payload)
