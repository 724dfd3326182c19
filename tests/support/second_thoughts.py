"""Commands typed in a small house, and what its ledger then says."""

from __future__ import annotations

from datetime import timedelta

from reports.cli.main import main
from reports.pipeline.read import Folders
from reports.publishing import outbox
from tests.support.workplace import NOW, ledger_of

LATER = NOW + timedelta(days=2)


def typed(house: Folders, *words: str, at: str = LATER.isoformat()) -> int:
    """Run a command in the folders of *house* at a moment; return its status."""
    folders = ("--data", str(house.data), "--templates", str(house.templates), "--output", str(house.output))
    return main([*words, *folders, *(("--now", at) if at else ())])


def states(house: Folders) -> dict[str, str]:
    """The state of every issue and draft by its name."""
    return {issue.name: issue.state for issue in ledger_of(house).issues()}


def letters(house: Folders) -> list[tuple[str, str, str]]:
    """The kind, the recipient and the state of all that is in the outbox."""
    entries = outbox.entries(ledger_of(house))
    return [(one.intent.kind, one.intent.addressee, one.state) for one in entries]
