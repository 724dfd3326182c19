"""What people did to issues, drafts and turns besides building and approving: who, when, what, why.

An act is written in the transaction that does it, so that whatever changed can be seen and told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct, field

from reports.publishing import row_checksums
from reports.publishing.issue import moment, stamp
from reports.publishing.ledger import Ledger

What = Literal["discard", "withdraw", "rename", "skip", "adopt", "restore", "drop", "resend"]


class Act(Struct, frozen=True):
    """One act. *details*: what it needs besides, as plain values (of a rename the name before, of a letter its id, …)."""

    at: datetime
    by: str
    what: What
    report: str = ""
    period: str = ""
    revision: int = 0
    why: str = ""
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def write_down(ledger: Ledger, act: Act) -> None:
    """Write an act down. Inside `ledger.transaction` it is part of it."""
    values = {name: getattr(act, name) for name in ("by", "what", "report", "period", "revision", "why")}
    values |= {
        "at": stamp(act.at),
        "details": json.dumps(dict(act.details), ensure_ascii=False, sort_keys=True),
    }
    with ledger.transaction(act.at):
        row_checksums.insert(ledger.connection, "acts", values)


def acts(ledger: Ledger, report: str = "") -> tuple[Act, ...]:
    """All acts, or those on *report*, in order."""
    asked = {"report": report} if report else {}
    return tuple(_act(row) for row in row_checksums.select(ledger.connection, "acts", asked, "id"))


def renamed_to(ledger: Ledger, report: str) -> str:
    """What the report that was called *report* is called now; itself where it was not renamed."""
    named = [act.report for act in acts(ledger) if act.what == "rename" and act.details["before"] == report]
    return next((name for name in reversed(named) if name), report)


def _act(row: row_checksums.Row) -> Act:
    plain = {name: row[name] for name in ("by", "what", "report", "period", "revision", "why")}
    return Act(at=moment(row["at"]), details=json.loads(row["details"]), **plain)
