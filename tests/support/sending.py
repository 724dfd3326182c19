"""A house whose memo has leaders, and what is done in it: built, issued, sent. For the tests of delivery."""

from __future__ import annotations

from datetime import datetime

from reports.cli.main import main
from reports.diagnostics.problems import Problem
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts, outbox
from reports.publishing.delivery import intents
from reports.publishing.delivery.send import deliver
from reports.publishing.outbox import Entry
from tests.support.workplace import NOW, edit, ledger_of


def build(house: Folders, now: datetime) -> None:
    """Build the memo."""
    drafts.build(house, Order(("memo",), Period.parse("2023Q2")), now, correct=True)


def issue(house: Folders, now: datetime = NOW) -> None:
    """Approve its draft."""
    post = intents.intents
    approval.approve(house, "memo", "2023Q2", "W", now, tell=lambda problem: None, post=post)


def correct(house: Folders, now: datetime) -> None:
    """Change a record, build the correction and issue it."""
    edit(house.data / "records.yaml", "理事会", "全体会议")
    build(house, now)
    issue(house, now)


def send(house: Folders, now: datetime = NOW) -> tuple[list[Entry], list[str]]:
    """Deliver as a timer does; return what was tried, and the codes of what was told."""
    told: list[Problem] = []
    entries = deliver(house, now, tell=told.append)
    return [*entries], [problem.code for problem in told]


def states(house: Folders) -> dict[str, str]:
    """How far the outbox got, by recipient."""
    return {e.intent.recipient: e.state for e in outbox.entries(ledger_of(house))}


def run(house: Folders, command: str, *arguments: str, now: datetime = NOW) -> int:
    """Type a command; its status."""
    folders = [f"--{name}={getattr(house, name)}" for name in ("data", "templates", "output")]
    given = [] if command == "history" else ["--now", now.isoformat()]
    return main([command, *arguments, *folders, *given])
