"""What git remembers of the data files. Where there is no git, or no repository, nothing is remembered.

Only reads; whatever git complains of means that nothing is known, which is never taken for good news. `obstacle` says
why. The reports that were approved cannot stand in for it: they show between which two of them a record was changed,
and not on which day, and a guess would make it look fresher or staler than it is.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from reports import programs
from reports.diagnostics.problems import Problem, Where

#: So many commits are looked at; what lies before is not known.
LIMIT = 300
_PATIENCE = 20  # seconds


class Version(Struct, frozen=True):
    """A file as it stood from the moment *at* on; *text* "" where it was not there, *first*: it began then."""

    at: datetime
    text: str
    first: bool = False


def versions(data: Path, limit: int = LIMIT) -> Mapping[str, tuple[Version, ...]]:
    """Return the committed versions of every file below *data*, the newest first, by label (`data/a.yaml`).

    {} where nothing is known.
    """
    root = data.resolve()
    if not root.is_dir() or _git(root, "rev-parse", "--is-inside-work-tree") != b"true\n":
        return {}
    whole = _git(root, "rev-parse", "--is-shallow-repository") == b"false\n"
    told = _git(
        root, "-c", "core.quotepath=off", "log", f"--max-count={limit}", "--first-parent", "-m", "--raw",
        "--no-abbrev", "--no-renames", "--relative", "--format=at %ct", "--", ".",
    )  # fmt: skip
    changes = tuple(_changes(told.decode("utf-8", "replace")))
    texts = _blobs(root, {change.blob for change in changes})
    found: dict[str, list[Version]] = {}
    for change in changes:
        version = Version(change.at, texts.get(change.blob, ""), first=whole and change.letter == "A")
        found.setdefault(f"{root.name}/{change.path}", []).append(version)
    return {label: tuple(known) for label, known in found.items()}


def obstacle(data: Path) -> Problem | None:
    """Why nothing is known of the past of *data*, None where git answers; on a share it may not trust the folder."""
    where, answer = Where(data.name), _run(data.resolve(), "rev-parse", "--is-inside-work-tree")
    if answer is None:
        return Problem(where, "status/no-git", {}, "warning")
    if answer.returncode == 0:
        return None
    said = answer.stderr.decode("utf-8", "replace")
    if command := _TRUSTING.search(said):
        return Problem(where, "status/not-trusted", {"command": command[0]}, "warning")
    if "not a git repository" in said:
        return Problem(where, "status/no-repository", {"name": data.name}, "warning")
    return Problem(where, "status/git-fails", {"detail": said.partition("\n")[0]}, "warning")


#: The line git asks people to type where a repository belongs to somebody else.
_TRUSTING = re.compile(r"git config --global --add safe\.directory .+")


def text_of(path: Path) -> str:
    """The text of a file as `Version` has it; "" where it cannot be read."""
    try:
        return _text(path.read_bytes())
    except OSError:
        return ""


class _Change(Struct, frozen=True):
    at: datetime
    blob: str
    letter: str
    path: str


_RAW = re.compile(r":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ([AMDT])\t([^\"].*\.ya?ml)", re.IGNORECASE)


def _changes(told: str) -> Iterator[_Change]:
    """What `git log --raw` tells, line by line."""
    at = datetime.fromtimestamp(0, UTC)
    for line in told.split("\n"):
        if line.startswith("at "):
            at = datetime.fromtimestamp(int(line[3:]), UTC)
        elif found := _RAW.fullmatch(line):
            yield _Change(at, found[1], found[2], found[3])


def _blobs(root: Path, names: set[str]) -> dict[str, str]:
    """The texts of blobs; those that are no UTF-8 are left out."""
    asked = sorted(name for name in names if name.strip("0"))
    told = _git(root, "cat-file", "--batch", asked="\n".join(asked).encode()) if asked else b""
    texts: dict[str, str] = {}
    start = 0
    while (end := told.find(b"\n", start)) > 0:
        name, kind, *size = told[start:end].decode("ascii", "replace").split(" ")
        length = int(size[0]) if kind == "blob" and size else -1
        if length >= 0:
            texts[name] = _text(told[end + 1 : end + 1 + length])
        start = end + 1 + length + 1
    return {name: text for name, text in texts.items() if text}


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return ""


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> bytes:
    """What git answers, b"" where it does not."""
    run = _run(folder, *arguments, asked=asked)
    return run.stdout if run and run.returncode == 0 else b""


def _run(folder: Path, *arguments: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """What became of git; None where there is none, or it did not end."""
    quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    program = programs.find("git")
    if not program:
        return None
    try:
        return subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
            [program, "-C", str(folder), *arguments],
            input=asked, capture_output=True, env=quiet, timeout=_PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
