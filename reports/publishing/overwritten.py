"""What was typed over, or put in later, though it changes what an issue has shown: was the issue wrong, or is it news?

An issue made again must say what it said. So whatever reads otherwise on the day of the latest issue is asked about,
with the line to type; it is silent again when the issue is corrected, or when it is said when the news came.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice

from reports.diagnostics.problems import Problem
from reports.invocation import shell_word
from reports.model.periods import Period
from reports.model.records import Dataset
from reports.model.report_definitions import ReportDefinition
from reports.pipeline.read import Reading
from reports.publishing.ledger import Issue, Ledger
from reports.records import changes
from reports.records.changes import Change
from reports.records.differences import concerns_readers

#: So many are asked about at once.
_MOST = 50


def overwritten(ledger: Ledger, reading: Reading, today: date) -> Iterator[Problem]:
    """Ask about every record that reads otherwise now than in the latest issue of a report, on that issue's day."""
    asked: set[tuple[str, str]] = set()
    for report in reading.reports.reports.values():
        issue = _latest(ledger, report)
        then = ledger.facts(issue.snapshot) if issue else changes.Snapshot()
        if issue is None or then.cutoff is None:
            continue
        dataset = reading.at(then.cutoff)
        differing = changes.compare(then.facts, changes.facts_of(dataset, report.programmes))
        about = (one for one in differing if concerns_readers(one, then.facts))
        for (record, field), found in groupby(
            about, key=lambda one: (one.record, one.field.partition(".")[0])
        ):
            if (record, field) not in asked:
                asked.add((record, field))
                yield from islice(_asked(dataset, issue, tuple(found), today), 1)


def _latest(ledger: Ledger, report: ReportDefinition) -> Issue | None:
    """The latest state, made or issued, of the latest period of which there is an issue."""
    all_ = ledger.issues(report.id)
    issued = [issue for issue in all_ if issue.state != "draft"]
    if not issued:
        return None
    period = max((issue.period for issue in issued), key=lambda period: Period.parse(period).end)
    return max(
        (issue for issue in all_ if issue.period == period), key=lambda issue: (issue.revision, issue.id)
    )


def _asked(dataset: Dataset, issue: Issue, found: tuple[Change, ...], today: date) -> Iterator[Problem]:
    """The question about one field of a record, or about the record."""
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
        "issue": f"{issue.report} {issue.period}",
        "report": issue.report,
        "period": issue.period,
        "today": today.isoformat(),
        "on": entered,
        "before": _shown(found, "before"),
        "after": _shown(found, "after"),
        "typed": " ".join(map(_setting, found)) if _is_plain(found) else shell_word(f"{field}=…"),
    }
    code = "time/new-record" if not field else "time/late-entry" if entered else "time/overwritten"
    yield Problem(place.where, code, args, "warning")


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
