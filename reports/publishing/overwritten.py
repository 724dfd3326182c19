"""What was typed over, or put in later, though it changes what an issue has shown: was the issue wrong, or is it news?

An issue made again must say what it said. So whatever reads otherwise on the day of the latest issue is asked about,
with the line to type; it is silent again when the issue is corrected, or when it is said when the news came.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice

from msgspec import Struct

from reports.diagnostics.problems import Problem
from reports.invocation import shell_word
from reports.model.periods import Period
from reports.model.records import Dataset, Node
from reports.model.report_definitions import ReportDefinition
from reports.pipeline.read import Reading
from reports.publishing.issue import IN_FORCE, Issue
from reports.publishing.ledger import Ledger
from reports.records import changes
from reports.records.changes import Change
from reports.records.differences import concerns_readers

#: So many are asked about at once.
_MOST = 50


def overwritten(ledger: Ledger, reading: Reading, today: date) -> Iterator[Problem]:
    """Ask about every record that reads otherwise now than in an issue, on that issue's day; to be corrected is the
    first of these."""
    asked: dict[tuple[str, str], _Question] = {}
    for report in reading.reports.reports.values():
        for issue in _latest(ledger, report):
            then = ledger.facts(issue.snapshot)
            if then.cutoff is None:
                continue
            dataset = reading.at(then.cutoff)
            now = changes.facts_of(dataset, report.programmes)
            shown = then.known_to(now)
            about = (one for one in changes.compare(shown, now) if concerns_readers(one, shown))
            for key, found in groupby(about, key=lambda one: (one.record, one.field.partition(".")[0])):
                asked.setdefault(key, _Question(dataset, tuple(found), [])).issues.append(issue)
    for question in islice(asked.values(), _MOST):
        yield from _asked(question, today)


class _Question(Struct):
    """What reads otherwise, as of the first of the *issues* it stands in."""

    dataset: Dataset
    found: tuple[Change, ...]
    issues: list[Issue]


def _latest(ledger: Ledger, report: ReportDefinition) -> list[Issue]:
    """The latest state, made or issued, of each period of which an issue is in force, the first period first."""
    periods: dict[str, list[Issue]] = {}
    for issue in ledger.issues(report.id):
        if issue.state in ("draft", *IN_FORCE):
            periods.setdefault(issue.period, []).append(issue)
    shown = (several for several in periods.values() if any(one.state in IN_FORCE for one in several))
    found = [max(several, key=lambda one: (one.revision, one.id)) for several in shown]
    return sorted(found, key=lambda one: Period.parse(one.period).end)


def _asked(question: _Question, today: date) -> Iterator[Problem]:
    """The question about one field of a record, or about the record."""
    dataset, found, issue = question.dataset, question.found, question.issues[0]
    first = found[0]
    field = first.field.partition(".")[0]
    node = dataset.nodes.get(first.record)
    if node is None or (not field and first.what == "removed"):
        return
    place = node.at(field) if field else node.at("id")
    entered = dataset.entered.get(first.record, {}).get(field, "")
    args: dict[str, object] = {
        "record": first.record,
        "field": field,
        "issue": ", ".join(f"{one.report} {one.period}" for one in question.issues),
        "report": issue.report,
        "period": issue.period,
        "today": today.isoformat(),
        "on": entered,
        "before": _shown(found, "before"),
        "after": _shown(found, "after"),
        "typed": _typed(place, found, field),
        "option": "--known" if field in _OVER_TIME else "--on",
    }
    code = "time/new-record" if not field else "time/late-entry" if entered else "time/overwritten"
    yield Problem(place.where, code, args, "warning")


#: Figures that say of each number which time it is of: what comes later is when it was learnt.
_OVER_TIME = ("values", "spent")


def _typed(place: Node, found: tuple[Change, ...], field: str) -> str:
    """What differs, as `run.py update` takes it; of a figure over time by the time it is of."""
    if _is_plain(found):
        return " ".join(map(_setting, found))
    number = found[0].field.split(".")[1]
    time = place.at(int(number), "at").text if field in _OVER_TIME else ""
    return shell_word(f"{time}={found[0].after}" if time else f"{field}=…")


def _is_plain(found: tuple[Change, ...]) -> bool:
    """Whether what differs is one value, not some of a list."""
    return not any(step.isdigit() for one in found for step in one.field.split("."))


def _setting(change: Change) -> str:
    """The change as `run.py update` takes it."""
    return shell_word(f"{change.field}={change.after or '~'}")


def _shown(found: tuple[Change, ...], side: str) -> str:
    """What stood or stands in a field: its own text, or that of each language."""
    texts = [str(getattr(one, side)) for one in found if getattr(one, side)]
    return " / ".join(text if len(text) <= _LONG else f"{text[:_LONG]}…" for text in texts) or "–"


_LONG = 40
