"""Issues in the shared folder: what is in force stands where it is looked for, what no longer is, aside.

A new issue is written beside first, whole, and then given its names; after that the revisions before it are moved into
a folder whose name says what they are. A run that was killed in between does the rest when it runs again. What
somebody changed there is neither written over nor moved.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.delivery_settings import SharedFolder
from reports.pipeline.read import STATE
from reports.publishing import store
from reports.publishing.delivery.attempts import DeliveryRound, first, settled
from reports.publishing.delivery.letters import issue_of
from reports.publishing.delivery.smtp import Answer
from reports.publishing.issue import Issue
from reports.publishing.outbox import Entry, Intent

#: Within the shared folder: where a file is written before it gets its name.
WORKSHOP = ".progress-reports"
#: Within the folder of a period: where files stand that are not in force. All readers of one folder read the name.
ASIDE: Mapping[str, str] = MappingProxyType(
    {"superseded": "已被更正 superseded", "withdrawn": "已撤回 withdrawn"}
)
#: What may be otherwise at the next try.
_MENDS_ITSELF = ("delivery/no-folder", "file/unwritable")


def by_folder(round_: DeliveryRound, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Every file of an issue under its own name; seen whole or not at all."""
    for entry in entries:
        try:
            _put(round_, _folder_in_force(round_), entry.intent)
        except ReportError as error:
            wrong = error.problems[0]
            stuck = None if wrong.code in _MENDS_ITSELF else wrong
            yield settled(round_, entry, Answer("pending", first(error), stuck))
        except OSError as error:  # a drive that goes away while it is read
            yield settled(round_, entry, Answer("pending", error.strerror or type(error).__name__))
        else:
            yield settled(round_, entry, Answer("sent", "written"))


def unusable(folder: SharedFolder) -> Problem | None:
    """What hinders putting files into *folder*; a file is tried there, and leaves no trace."""
    try:
        _is_there(Path(folder.path))
        files.write(Path(folder.path) / WORKSHOP / f".try.{os.getpid()}.tmp", b"")
    except ReportError as error:
        wrong = error.problems[0]
        if wrong.code != "file/unwritable":
            return wrong
        return Problem(Where("delivery.yaml"), "delivery/folder-unwritable", wrong.args, "warning")
    finally:
        files.remove(Path(folder.path) / WORKSHOP / f".try.{os.getpid()}.tmp")
        files.remove_folder(Path(folder.path) / WORKSHOP)
    return None


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


def _folder_in_force(round_: DeliveryRound) -> Path:
    """Where the settings of now say: what waits since a wrong path stood there follows its correction. Raises
    ReportError."""
    if round_.delivery.folder is None:
        raise ReportError(Problem(Where("delivery.yaml"), "delivery/no-share"))
    return Path(round_.delivery.folder.path)


def _put(round_: DeliveryRound, root: Path, intent: Intent) -> None:
    issue = issue_of(round_.room, intent)
    _is_there(root)
    files.sweep(root / WORKSHOP)
    if issue.state != "withdrawn":
        _write(root, _contents(round_, issue))
    for one in round_.ledger.issues(issue.report, issue.period):
        for name in _set_aside_everywhere({root, Path(intent.recipient)}, one) if one.state in ASIDE else ():
            where = Where(f"{one.report}/{one.period}")
            round_.tell(Problem(where, "delivery/stays", {"name": name}, "warning"))


def _set_aside_everywhere(roots: Collection[Path], issue: Issue) -> Iterator[str]:
    """Set it aside also where it was put before the settings named another folder."""
    for root in sorted(roots):
        yield from set_aside(root, issue, issue.state)


def _is_there(root: Path) -> None:
    if root.is_dir():
        return
    if root.exists():
        raise ReportError(Problem(Where("delivery.yaml"), "delivery/folder-is-file"))
    raise ReportError(Problem(Where("delivery.yaml"), "delivery/no-folder", severity="warning"))


def _contents(round_: DeliveryRound, issue: Issue) -> dict[str, bytes]:
    """The files of an issue by their places in the shared folder; of one that was corrected meanwhile, aside."""
    found = {}
    for name, digests in issue.files.items():
        if not _is_shown(name):
            continue
        data = store.stored(round_.room.office.folders, digests.final)
        if not data:
            raise ReportError(Problem(Where(name), "issue/lost-file", {"name": name}))
        found[_aside(issue, name, issue.state) if issue.state in ASIDE else name] = data
    return found


def _write(root: Path, contents: Mapping[str, bytes]) -> None:
    """Write what is not there yet, all of it, before any file gets its name. Raises ReportError."""
    there = {name: (root / name).read_bytes() for name in contents if (root / name).is_file()}
    for name, data in there.items():
        if data != contents[name]:
            raise ReportError(Problem(Where(name), "delivery/folder-changed", {"name": name}))
    staged = {
        name: root / WORKSHOP / f".{n}.{os.getpid()}.tmp"
        for n, name in enumerate(sorted(contents.keys() - there.keys()))
    }
    try:
        for name, path in staged.items():
            files.write(path, contents[name])
        for name, path in staged.items():
            files.move(path, root / name)
    finally:
        for path in staged.values():
            files.remove(path)
        files.remove_folder(root / WORKSHOP)  # where a leading dot hides nothing, people see it


def _is_shown(name: str) -> bool:
    return PurePosixPath(name).parts[0] != STATE


def _aside(issue: Issue, name: str, why: str) -> str:
    """Where in the shared folder a file of *issue* stands that is not in force."""
    report, period, *within = PurePosixPath(name).parts
    revision = f"revision-{issue.revision}"
    rest = within[1:] if within[0] == revision else within
    return str(PurePosixPath(report, period, ASIDE[why], revision, *rest))
