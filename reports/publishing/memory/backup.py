"""A copy of all a secretariat needs to go on after a dead disk: what was made and is remembered, data, templates.

It is a folder of its own with a list of its files and their digests, read again after it was written. Under its name it
is there whole or not at all.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.pipeline.read import STATE, Folders
from reports.publishing import database
from reports.publishing.issue import stamp
from reports.publishing.output_folder import OpenOutput, Tell, opened
from reports.publishing.store import digest_of, is_below, is_digest

#: The list of files in a backup.
MANIFEST = "manifest.json"
#: Where the ledger lies in it.
LEDGER = f"output/{STATE}/{database.NAME}"
#: What it holds, by the folders that are put back.
_PLACES = ("output/", "data/", "templates/")
#: What is remembered besides: the files of issues, the words of their letters.
_REMEMBERED = ("files", "mail", "text")
_NAME, _UNFINISHED = "progress-reports-{:%Y%m%d-%H%M%S}{}", ".unfinished"


class Manifest(Struct, frozen=True):
    """What a backup holds: digests (SHA-256) by path below its folder; *at*, the moment it was made, in UTC."""

    at: str
    files: dict[str, str]


def back_up(folders: Folders, into: Path, now: datetime, *, tell: Tell) -> tuple[Path, Manifest]:
    """Make a backup in a folder of its own below *into*; return it. Raises ReportError."""
    for folder in (folders.output, folders.data, folders.templates):
        if into.resolve().is_relative_to(folder.resolve()):
            raise ReportError(Problem(Where(str(into)), "backup/inside", {"folder": str(folder)}))
    with opened(folders, "backup", now, tell=tell) as office:
        for left in into.glob(f"progress-reports-*{_UNFINISHED}"):
            _clear(left)
        unfinished = into / f"{_NAME.format(now, '')}{_UNFINISHED}"
        try:
            manifest = _written(office, unfinished)
            verified(unfinished)
            return _named(unfinished, into, now, manifest), manifest
        finally:
            _clear(unfinished)


def verified(folder: Path) -> Manifest:
    """Return what the backup *folder* holds, every file compared with its digest. Raises ReportError."""
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(_plain_bytes(path), type=Manifest)
        datetime.fromisoformat(manifest.at)
    except (OSError, msgspec.DecodeError, ValueError) as error:
        raise ReportError(Problem(Where(str(path)), "backup/none")) from error
    wrong = [
        Problem(Where(str(path)), "backup/damaged")
        for name, digest in manifest.files.items()
        if not (is_below(name) and name.startswith(_PLACES) and _is_as_written(folder, name, digest))
    ]
    if wrong or LEDGER not in manifest.files:
        raise ReportError(*(wrong or [Problem(Where(str(folder / LEDGER)), "backup/damaged")]))
    return manifest


# --- inner --------------------------------------------------------------------------------------------------


def _written(office: OpenOutput, folder: Path) -> Manifest:
    """Write everything below *folder*, the list last."""
    ledger, digests = office.ledger, {}
    data = database.copy_of(ledger.connection, ledger.path)
    files.write(folder / LEDGER, data)
    digests[LEDGER] = digest_of(data)
    for name, path in _sources(office.folders):
        try:
            data = path.read_bytes()
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise ReportError(Problem(Where(str(path)), "backup/unreadable", {"detail": detail})) from error
        files.write(folder / name, data)
        digests[name] = digest_of(data)
    manifest = Manifest(stamp(office.now), digests)
    files.write(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest, order="sorted")) + b"\n")
    return manifest


def _sources(folders: Folders) -> Iterator[tuple[str, Path]]:
    """Every file besides the ledger: its name in the backup, and where it lies."""
    places = [("data", folders.data), ("templates", folders.templates), ("output", folders.output)]
    places += [(f"output/{STATE}/{name}", folders.output / STATE / name) for name in _REMEMBERED]
    for name, root in places:
        for path in sorted(root.rglob("*")):
            inner = path.relative_to(root)
            if path.is_file() and not any(part.startswith((".", "~$")) for part in inner.parts):
                yield f"{name}/{inner.as_posix()}", path


def _named(unfinished: Path, into: Path, now: datetime, manifest: Manifest) -> Path:
    """Give the whole backup its name; one that is there already and holds the same will do."""
    for n in range(1, 10_000):
        folder = into / _NAME.format(now, f"-{n}" if n > 1 else "")
        if not folder.exists():
            files.move(unfinished, folder)
            return folder
        if _digest_at(folder / MANIFEST) == _digest_at(unfinished / MANIFEST):
            verified(folder)
            return folder
    raise AssertionError(manifest.at)


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        (files.remove_folder if path.is_dir() else files.remove)(path)
    files.remove_folder(folder)


def _is_as_written(folder: Path, name: str, digest: str) -> bool:
    """Whether a file that the list names is there and as it was: a file, and no link to another."""
    inner = [
        folder.joinpath(*PurePosixPath(name).parts[:n]) for n in range(1, len(PurePosixPath(name).parts) + 1)
    ]
    return is_digest(digest) and not any(map(Path.is_symlink, inner)) and _digest_at(inner[-1]) == digest


def _plain_bytes(path: Path) -> bytes:
    """What a file holds. Raises OSError for what is none: a pipe would never end."""
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return path.read_bytes()


def _digest_at(path: Path) -> str:
    try:
        return digest_of(_plain_bytes(path))
    except OSError:
        return ""
