"""The record of an issue, beside its files: what the ledger knows of it, for the day the ledger is gone.

Files that are issued do not change for it: another release that wrote more into them would make a correction of
every issue there is. The first line says which issue it is, in few words, for it is read in every run; the second
holds its facts and the words of its letters. A seal proves that both are as they were written.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from reports import files
from reports.diagnostics.problems import Problem, ReportError
from reports.model.periods import Period
from reports.pipeline.read import STATE, Folders
from reports.publishing.issue import UNISSUED, Issue
from reports.publishing.ledger import Ledger
from reports.publishing.store import digest_of, is_below, is_digest, stored
from reports.records.changes import Change, read_snapshot

#: The name of the file; there is one issue in a folder, corrections have folders of their own.
NAME = "issue.jsonl"


#: Bytes of the facts of one issue, unpacked; the largest data folder that is read has no more.
_LARGEST = 200_000_000
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class IssueRecord(Struct, frozen=True):
    """What a record says first: the *issue*; *kept* is the digest of the second line, *seal* of all else."""

    issue: Issue
    kept: str
    seal: str

    @property
    def folder(self) -> str:
        """Where the files of the issue lie, below the output folder."""
        return folder_of(self.issue)


class _Kept(Struct, frozen=True):
    """The second line: the snapshot, compressed; what differs from the revision before; hidden files by their names."""

    snapshot: bytes
    changes: tuple[Change, ...]
    files: dict[str, bytes]


class KeptIssue(Struct, frozen=True):
    """What a record holds of an *issue*: its facts, and the files that people do not see."""

    issue: Issue
    snapshot: bytes
    files: Mapping[str, bytes]


def folder_of(issue: Issue) -> str:
    """The folder of the files that people see."""
    return next(str(PurePosixPath(name).parent) for name in issue.files if not hidden(name))


def hidden(name: str) -> bool:
    """Whether a file of an issue lies where people do not look."""
    return PurePosixPath(name).parts[0] == STATE


def path_of(folders: Folders, issue: Issue) -> Path:
    """Where the record of *issue* lies."""
    return folders.output / folder_of(issue) / NAME


def keep_record(folders: Folders, ledger: Ledger, issue: Issue) -> None:
    """Write the record of *issue*, unless it is there. Raises ReportError."""
    head = _head_of(issue)
    path = path_of(folders, issue)
    known = read_record(path)
    if known and known.issue == head:
        return
    mine = {name: stored(folders, one.final) for name, one in issue.files.items() if hidden(name)}
    changes = tuple(msgspec.convert(dict(one), Change) for one in issue.changes)
    snapshot = zlib.compress(ledger.snapshot(issue.snapshot), 9)
    kept = msgspec.json.encode(_Kept(snapshot, changes, {n: d for n, d in mine.items() if d}), order="sorted")
    record = IssueRecord(head, digest_of(kept), "")
    record = replace(record, seal=_seal(record))
    files.write(path, b"%b\n%b\n" % (msgspec.json.encode(record, order="sorted"), kept))


def keep_records(folders: Folders, ledger: Ledger) -> Iterator[Problem]:
    """Write the records that are missing or behind, of all issues whose files are there: an older release wrote none.
    Say which cannot be written; the next run tries again."""
    for issue in ledger.issues():
        stands = issue.files and issue.state not in UNISSUED | {"approved"}
        if stands and (folders.output / folder_of(issue)).is_dir():
            try:
                keep_record(folders, ledger, issue)
            except ReportError as error:
                yield from error.problems


def _head_of(issue: Issue) -> Issue:
    """What does not change about an issue, but that it may be withdrawn."""
    return replace(issue, id=0, state="issued", issued=None, superseded=None, changes=())


def read_record(path: Path) -> IssueRecord | None:
    """What the record at *path* says first; None where it is none, or not as it was written."""
    try:
        with path.open("rb") as file:
            record = msgspec.json.decode(file.readline(), type=IssueRecord)
    except (OSError, msgspec.DecodeError):
        return None
    return record if record.seal == _seal(record) and _is_sound(record.issue) else None


def _is_sound(issue: Issue) -> bool:
    """Whether a record, which anybody can write, names a report, a period and files below the output folder."""
    try:
        Period.parse(issue.period)
    except ValueError:
        return False
    seen = [name for name in issue.files if not hidden(name)]
    names = all(map(is_below, issue.files)) and all(is_digest(one.final) for one in issue.files.values())
    return bool(seen) and names and _ID.fullmatch(issue.report) is not None


def contents_of(path: Path) -> KeptIssue | None:
    """All that the record at *path* holds; None where it is none, or not as it was written. Raises OSError."""
    record = read_record(path)
    if record is None:
        return None
    kept = path.read_bytes().partition(b"\n")[2].removesuffix(b"\n")
    if digest_of(kept) != record.kept:
        return None
    unpacking = zlib.decompressobj()
    try:
        told = msgspec.json.decode(kept, type=_Kept)
        snapshot = unpacking.decompress(told.snapshot, _LARGEST)
        read_snapshot(snapshot)
    except (msgspec.DecodeError, zlib.error, ValueError, TypeError, KeyError, AttributeError):
        return None
    if not unpacking.eof:
        return None
    issue = replace(record.issue, changes=tuple(change.as_dict() for change in told.changes))
    return KeptIssue(issue, snapshot, told.files)


def _seal(record: IssueRecord) -> str:
    told = msgspec.json.encode(replace(record, seal=""), order="sorted")
    return hashlib.sha256(told).hexdigest()
