"""What the next issue owes to those before it: a matter they showed does not vanish, and what it is compared with is said.

Without a ledger nothing is known of earlier issues, and nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time

from msgspec import Struct

from reports.diagnostics.problems import Problem, Where, near
from reports.model.kinds.plans import Discussion
from reports.model.periods import Period
from reports.model.report_definitions import ReportDefinition, plan
from reports.model.schedule import Turn, due
from reports.pipeline.read import Reading
from reports.publishing.issue import IN_FORCE, Issue
from reports.publishing.ledger import Ledger
from reports.records.readings.edition_checks import asks_behind_a_gap

# --- reports ----------------------------------------------------------------------------------------------


def renamed(ledger: Ledger, reading: Reading) -> Iterator[Problem]:
    """Ask of a report that has issues and is gone whether it is one of those that have none."""
    reports, issued = reading.reports, Counter(issue.report for issue in ledger.issues() if issue.approved)
    fresh = [name for name in reports.reports if name not in issued]
    for name, count in issued.items() if reports.reports else ():
        if name not in reports.reports:
            new = near(name, fresh) or (fresh[0] if len(fresh) == 1 else "ID")
            where = Where(next(iter(reports.nodes.values())).where.file)
            args = {"old": name, "new": new, "count": count}
            yield Problem(where, "rename/report-gone", args, "warning")


# --- matters ----------------------------------------------------------------------------------------------


def vanished(ledger: Ledger, reading: Reading, reports: Collection[str] = ()) -> Iterator[Problem]:
    """A matter of the latest issue of one of *reports* (none named: of any) is among the records, or another goes on
    from it."""
    for report in reading.reports.reports.values():
        if reports and report.id not in reports:
            continue
        issue = max(_issued(ledger, report), key=_age, default=None)
        for id_, facts in ledger.facts(issue.snapshot).facts.items() if issue else ():
            if (
                facts.get("") != Discussion.plural
                or id_ in reading.dataset.records
                or id_ in _goes_on(reading)
            ):
                continue
            assert issue is not None
            args = {"id": id_, "topic": _topic(facts), "issue": issue.name}
            yield Problem(reading.reports.nodes[report.id].where, "edition/vanished", args)


def _goes_on(reading: Reading) -> frozenset[str]:
    """The matters that others are said to go on from, and those that have another id now."""
    matters = (reading.dataset.nodes[record.id] for record in reading.dataset.all(Discussion.plural))
    carried = {node.at("carried_over_from").text for node in matters if "carried_over_from" in node.below}
    return frozenset(carried.union(reading.dataset.former_ids()))


def _topic(facts: Mapping[str, str]) -> str:
    """The topic in each language, once where it is the same."""
    said = (facts.get(f"topic.{lang}") or facts.get("topic", "") for lang in ("zh", "en"))
    return " / ".join(dict.fromkeys(filter(None, said)))


def _issued(ledger: Ledger, report: ReportDefinition) -> tuple[Issue, ...]:
    return tuple(issue for issue in ledger.issues(report.id) if issue.state in IN_FORCE)


def _age(issue: Issue) -> tuple[date, int]:
    return Period.parse(issue.period).end, issue.revision


# --- the edition before -----------------------------------------------------------------------------------


def asks_what_was_issued_before(ledger: Ledger, reading: Reading, today: date) -> Iterator[Problem]:
    """Behind a period that was passed over, or of another kind, it is to be said what an edition is compared with; of
    what is due by now and not listed, behind any gap."""
    done, now, passed = ledger.done(), datetime.combine(today, time.max, UTC), ledger.passed_over()
    for report in reading.reports.reports.values():
        node, turns = reading.reports.nodes[report.id], due((report,), done, now)
        gone = passed | {item.turn for item in turns if item.action == "skip"}
        past = _Past(
            report, tuple(Period.parse(issue.period) for issue in _issued(ledger, report)), gone, today
        )
        listed = {edition.period: i for i, edition in enumerate(report.editions)}
        for edition in report.editions:
            place = node.at("editions", listed[edition.period], "period")
            if edition.since is None and edition.period not in past.issued:
                yield from past.asks(edition.period, place.where)
        for item in turns:
            if item.action == "build" and item.period not in listed:
                place = node.at("schedule", "since")
                yield from past.asks(item.period, place.where)
                yield from asks_behind_a_gap(report, item.period, place.where, today)


class _Past(Struct, frozen=True):
    """What the ledger knows of a report: the periods that were issued, and the turns that were passed over."""

    report: ReportDefinition
    issued: tuple[Period, ...]
    passed: frozenset[Turn]
    today: date

    def asks(self, period: Period, where: Where) -> Iterator[Problem]:
        """Ask what the edition of *period* is compared with, where the ledger makes that a question."""
        last = max(
            (one for one in self.issued if one.end < period.end), key=lambda one: one.end, default=None
        )
        if last is None:
            return
        before = plan(self.report, period, self.today).previous
        args = {"period": str(period), "since": str(last)}
        if before is not None and (self.report.id, str(before.period)) in self.passed:
            args["before"] = str(before.period)
            yield Problem(where, "edition/asks-since-passed", args, "warning")
        elif last.kind != period.kind and (before is None or before.period.end < last.end):
            yield Problem(where, "edition/asks-since-other-kind", args, "warning")
