"""What lies in the data folder: the files that are read, and a word about each that somebody may believe is read.

Pictures, documents in other formats and notes may lie there; what looks like data and is passed over is told.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from reports.diagnostics.problems import Problem, Severity, Where
from reports.model.delivery_settings import NAMES as DELIVERY
from reports.model.kinds import KINDS

_ENDINGS = frozenset((".yaml", ".yml"))
#: `events.yaml.txt`, `events.yml.bak`, `events.yaml (2)`: an ending with something behind it.
_BURIED = re.compile(r"(?P<name>.+\.ya?ml)(?P<behind>[^/]+)", re.IGNORECASE)
#: What editors keep beside a file while it is open, or after a save: nobody takes it for data.
_LEFTOVER = re.compile(r"#.*#|.*~|.*\.sw[a-p]")
_SHEETS = frozenset((".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".ods", ".et"))
_OTHER_FORMS = frozenset((".json", ".toml", ".xml", ".doc", ".docx", ".wps", ".odt", ".rtf"))
#: What data files are called; with another ending, or none, it is one of them that was saved wrongly.
_NAMES = frozenset((*KINDS, "reports", *(name.partition(".")[0] for name in DELIVERY)))
#: The tag of a folder that stands in two places on Windows (`mklink /J`); Python knows its name there alone.
_JUNCTION = 0xA0000003


class FolderEntry(Struct, frozen=True):
    """A file below the data folder: read where *problem* is None, else told by it and passed over."""

    path: Path
    label: str
    problem: Problem | None = None


def entries(root: Path) -> Iterator[FolderEntry]:
    """What lies below *root*, a resolved folder, sorted by name; what nobody takes for data is left out.

    Hidden files and folders are left alone, and links that stay inside *root*: what they lead to is read where it
    stands. A folder is entered once, however many ways lead into it.
    """
    yield from _below(root, root, set())


def _below(folder: Path, root: Path, entered: set[tuple[int, int]]) -> Iterator[FolderEntry]:
    if not _is_new(folder, entered):
        return
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        detail = {"detail": error.strerror or type(error).__name__}
        yield FolderEntry(
            folder, label := _label(root, folder), Problem(Where(label), "file/unreadable", detail)
        )
        return
    for path in paths:
        if path.name.startswith((".", "~$")):
            continue
        if _is_link(path):
            yield from _of_link(path, root)
        elif path.is_dir():
            yield from _below(path, root, entered)
        else:
            yield from _of_file(path, root)


def _is_new(folder: Path, entered: set[tuple[int, int]]) -> bool:
    """Whether *folder* was not entered before; where the system numbers nothing, all are new."""
    try:
        status = folder.stat()
    except OSError:
        return True  # reading it says why
    key = (status.st_dev, status.st_ino)
    if status.st_ino and key in entered:
        return False
    entered.add(key)
    return True


def _is_link(path: Path) -> bool:
    """Whether *path* only leads elsewhere: a link, or on Windows a junction."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def _of_link(path: Path, root: Path) -> Iterator[FolderEntry]:
    label, code = _label(root, path), ""
    is_data = path.suffix.lower() in _ENDINGS
    if not path.exists():
        code = "data/broken-link"
    elif (is_data or path.is_dir()) and not path.resolve().is_relative_to(root):
        code = "data/outside"
    elif is_data and path.is_file() and path.resolve().suffix.lower() not in _ENDINGS:
        code = "data/link-to-other"
    if code:
        severity: Severity = "error" if code == "data/outside" else "warning"
        yield FolderEntry(path, label, Problem(Where(label), code, {"file": path.name}, severity))


def _of_file(path: Path, root: Path) -> Iterator[FolderEntry]:
    label = _label(root, path)
    if path.suffix.lower() in _ENDINGS:
        yield FolderEntry(path, label)
    elif told := _not_read(path, label):
        yield FolderEntry(path, label, told)


def _not_read(path: Path, label: str) -> Problem | None:
    """Why a file that looks like data is not read; None where nobody will have meant it."""
    name, ending = path.name, path.suffix.lower()
    if _LEFTOVER.fullmatch(name):
        return None
    code, meant = "", ""
    if buried := _BURIED.fullmatch(name):
        meant = buried["name"]
        code = "data/unread-beside" if path.with_name(meant).exists() else "data/unread-ending"
    elif ending in _SHEETS:
        code = "data/unread-sheet"
    elif ending in _OTHER_FORMS:
        code = "data/unread-form"
    elif (stem := name.partition(".")[0]).lower() in _NAMES:
        meant = f"{stem.lower()}.yaml"
        code = "data/unread-beside" if path.with_name(meant).exists() else "data/unread-ending"
    return Problem(Where(label), code, {"other": meant}, "warning") if code else None


def _label(root: Path, path: Path) -> str:
    label = "/".join((root.name, *path.relative_to(root).parts))
    return os.fsencode(label).decode("utf-8", "replace")
