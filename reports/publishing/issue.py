"""Issues and runs as the ledger keeps them: their values, and how each becomes a row and is read from one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct, field

from reports.model.report_definitions import IssueNumber
from reports.model.schedule import Turn
from reports.publishing import row_checksums

#: A draft that was discarded and an issue that was withdrawn stay, so that nothing is forgotten and no number used twice.
State = Literal["draft", "discarded", "approved", "issued", "superseded", "withdrawn"]
#: What never became an issue.
UNISSUED = frozenset({"draft", "discarded"})
#: What readers may rely on.
IN_FORCE: tuple[State, ...] = ("approved", "issued")
#: What the next revision of a period corrects: readers have it in hand, also where it was withdrawn.
PRECEDING: tuple[State, ...] = (*IN_FORCE, "withdrawn")


class Stored(Struct, frozen=True):
    """A file of an issue by its digests (SHA-256): as the draft that people see, and as it is issued."""

    draft: str
    final: str


class Issue(Struct, frozen=True):
    """One revision of a report for a period. *files* by path below the output folder; *changes* tells, in a
    correction, the facts that differ from the revision before (see `changes`)."""

    id: int
    report: str
    period: str
    revision: int
    state: State
    files: Mapping[str, Stored]
    snapshot: str
    built: datetime
    number: IssueNumber | None = None
    approved: datetime | None = None
    approved_by: str = ""
    issued: datetime | None = None
    superseded: datetime | None = None
    withdrawn: datetime | None = None
    changes: tuple[Mapping[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What `run.py show` takes: report/period, with /revision from the second on."""
        return f"{self.report}/{self.period}" + (f"/{self.revision}" if self.revision > 1 else "")


class Run(Struct, frozen=True):
    """One building of one report: when, why, from what, with what, and what became of it. *problems* by language."""

    at: datetime
    why: str
    report: str
    period: str
    outcome: Literal["done", "failed", "skipped"]
    inputs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    versions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    outputs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Mapping[str, str], ...] = ()


def stamp(at: datetime) -> str:
    """A moment as the ledger keeps it: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def moment(text: str) -> datetime:
    """Read what `stamp` wrote."""
    return datetime.fromisoformat(text)


def as_json(value: Any) -> str:
    """A value as a row keeps it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=dict)


def stored_row(files: Mapping[str, Stored]) -> str:
    """The files of an issue as a row keeps them."""
    return as_json({name: [s.draft, s.final] for name, s in files.items()})


def turn_in(row: row_checksums.Row) -> Turn:
    """The turn that a row tells of."""
    return row["report"], row["period"]


def run_in(row: row_checksums.Row) -> Run:
    """The run in a row."""
    inputs, versions, outputs, problems = (
        json.loads(row[n]) for n in ("inputs", "versions", "outputs", "problems")
    )
    told = tuple(
        {"en": p, "zh": p} if isinstance(p, str) else p for p in problems
    )  # once kept in English alone
    at, outcome = moment(row["at"]), row["outcome"]
    return Run(at, row["why"], row["report"], row["period"], outcome, inputs, versions, outputs, told)


_MOMENTS = ("approved", "issued", "superseded", "withdrawn")


def issue_in(row: row_checksums.Row) -> Issue:
    """The issue in a row."""
    return Issue(
        id=row["id"],
        report=row["report"],
        period=row["period"],
        revision=row["revision"],
        state=row["state"],
        files={name: Stored(*digests) for name, digests in json.loads(row["files"]).items()},
        snapshot=row["snapshot"],
        built=moment(row["built"]),
        number=IssueNumber(row["year"], row["nth"], row["total"]) if row["total"] else None,
        approved_by=row["approved_by"] or "",
        changes=tuple(json.loads(row["changes"] or "[]")),
        **{name: moment(row[name]) if row[name] else None for name in _MOMENTS},
    )
