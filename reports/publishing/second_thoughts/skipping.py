"""A period that is not made: passed over by hand, as the schedule passes over what it was too late for."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from reports.diagnostics.problems import AlreadySoError, Problem, ReportError, Where
from reports.model.periods import Period
from reports.model.schedule import Turn
from reports.pipeline.build import Order, chosen
from reports.pipeline.read import Folders, read
from reports.publishing import outbox, row_checksums
from reports.publishing.acts import Act, acts, write_down
from reports.publishing.issue import UNISSUED, stamp
from reports.publishing.ledger import Ledger
from reports.publishing.output_folder import Tell, opened


class Deed(Struct, frozen=True):
    """Who does something, why, and when."""

    by: str
    why: str
    at: datetime


def skip(folders: Folders, report: str, period: Period, deed: Deed, *, tell: Tell) -> None:
    """Pass over a turn that is due or to come; the schedule does not make it any more.

    Raises ReportError where it is over: made, or a draft; AlreadySoError where the schedule does not make it anyway.
    """
    [definition] = chosen(read(folders.data).reports, Order((report,), period))
    plan, turn = definition.schedule, (report, str(period))
    args = {"report": report, "period": str(period)}
    if plan is None:
        raise AlreadySoError(Problem(Where("reports.yaml"), "skip/no-schedule", args, "warning"))
    if period.start < plan.since.start:
        args |= {"since": str(plan.since)}
        raise AlreadySoError(Problem(Where("reports.yaml"), "skip/before", args, "warning"))
    with opened(folders, f"skip {report} {period}", deed.at, tell=tell) as office:
        code = _over(office.ledger, turn)
        if code == "skip/already":
            raise AlreadySoError(Problem(Where(""), code, args, "warning"))
        if code:
            raise ReportError(Problem(Where(""), code, args))
        with office.ledger.transaction(deed.at):
            pass_over(office.ledger, turn, deed.at, deed.why)
            outbox.call_off(office.ledger, turn, ("reminder",), deed.at, "skipped")
            write_down(office.ledger, Act(deed.at, deed.by, "skip", *turn, why=deed.why))


def pass_over(ledger: Ledger, turn: Turn, at: datetime, note: str) -> None:
    """Settle a turn as skipped, whatever it was before: the schedule leaves it alone."""
    key = {"report": turn[0], "period": turn[1]}
    row_checksums.delete(ledger.connection, "tries", key)
    row_checksums.put(ledger.connection, "turns", key, {"outcome": "skipped", "at": stamp(at), "note": note})


def skipped_by_hand(ledger: Ledger) -> dict[Turn, Act]:
    """The turns that a person passed over, and that were not made since."""
    passed = ledger.passed_over()
    found = {(act.report, act.period): act for act in acts(ledger) if act.what == "skip"}
    return {turn: act for turn, act in found.items() if turn in passed}


def _over(ledger: Ledger, turn: Turn) -> str:
    """Why there is nothing to pass over, as the code of a message; "" where there is."""
    states = {issue.state for issue in ledger.issues(*turn)}
    if states - UNISSUED:
        return "skip/issued"
    if "draft" in states:
        return "skip/draft"
    return "skip/already" if turn in ledger.passed_over() else ""
