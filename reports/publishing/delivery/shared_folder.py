"""Issues put into the shared folder: each file under its own name, seen whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.pipeline.read import STATE
from reports.publishing import store
from reports.publishing.delivery.attempts import DeliveryRound, first, settled
from reports.publishing.delivery.letters import issue_of
from reports.publishing.delivery.smtp import Answer
from reports.publishing.ledger import Issue
from reports.publishing.outbox import Entry, Intent

#: Within the shared folder: where a file is written before it gets its name.
WORKSHOP = ".progress-reports"
#: Within the folder of a period: where files stand that are not in force. All readers of one folder read the name.
ASIDE: Mapping[str, str] = MappingProxyType(
    {"superseded": "已被更正 superseded", "withdrawn": "已撤回 withdrawn"}
)


def by_folder(round_: DeliveryRound, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Every file of an issue under its own name; seen whole or not at all."""
    for entry in entries:
        try:
            _copy(round_, entry.intent)
        except ReportError as error:
            yield settled(round_, entry, Answer("pending", first(error)))
        else:
            yield settled(round_, entry, Answer("sent", "written"))


def _copy(round_: DeliveryRound, intent: Intent) -> None:
    root = Path(intent.recipient)
    if not root.is_dir():
        raise ReportError(Problem(Where("delivery.yaml"), "delivery/no-folder"))
    files.sweep(root / WORKSHOP)
    issue = issue_of(round_.room, intent)
    if issue.state == "withdrawn":
        set_aside(root, issue, issue.state)
        return
    for name, digests in issue.files.items():
        if not _is_shown(name):
            continue
        data = store.stored(round_.room.office.folders, digests.final)
        if not data:
            raise ReportError(Problem(Where(name), "issue/lost-file", {"name": name}))
        files.write(root / name, data, root / WORKSHOP)
    files.remove_folder(root / WORKSHOP)  # where a leading dot hides nothing, people see it


def set_aside(root: Path, issue: Issue, why: str) -> tuple[str, ...]:
    """Move the files of *issue* aside in the shared folder *root*, those of it that are there; done again, it does the
    rest. *why* is one of `ASIDE`. Return the names of files that stay, because somebody changed them. Raises ReportError.
    """
    stay = []
    for name, digests in issue.files.items():
        old = root / name
        if not _is_shown(name) or not old.is_file():
            continue
        new = root / _aside(issue, name, why)
        if {digests.final} != {store.digest_of(path.read_bytes()) for path in (old, new) if path.is_file()}:
            stay.append(name)
            continue
        files.move(old, new)
        files.remove_folder(old.parent)
    return tuple(stay)


def _is_shown(name: str) -> bool:
    return PurePosixPath(name).parts[0] != STATE


def _aside(issue: Issue, name: str, why: str) -> str:
    """Where in the shared folder a file of *issue* stands that is not in force."""
    report, period, *within = PurePosixPath(name).parts
    revision = f"revision-{issue.revision}"
    rest = within[1:] if within[0] == revision else within
    return str(PurePosixPath(report, period, ASIDE[why], revision, *rest))
