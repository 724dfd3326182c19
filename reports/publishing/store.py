"""The files of issues, kept by what is in them: what an issue is put in place and sent from."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePosixPath

from reports import files
from reports.pipeline.read import STATE, Folders


def stored(folders: Folders, digest: str) -> bytes:
    """Return a file's bytes from the store, b"" where they are gone. What an issue is sent from."""
    try:
        data = kept_at(folders, digest).read_bytes()
    except OSError:
        return b""
    return data if hashlib.sha256(data).hexdigest() == digest else b""


def keep(folders: Folders, data: bytes) -> None:
    """Put *data* into the store; what is there already is not written again."""
    files.write(kept_at(folders, digest_of(data)), data)


def kept_at(folders: Folders, digest: str) -> Path:
    """Return where the store keeps the file with this *digest*."""
    return folders.output / STATE / "files" / digest[:2] / digest


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of *data* in hexadecimal, by which it is known."""
    return hashlib.sha256(data).hexdigest()


def is_below(name: str) -> bool:
    """Whether *name*, which somebody else may have written, leads to a file below the folder it is of, on any system."""
    path = PurePosixPath(name)
    odd = path.is_absolute() or str(path) != name or {"", ".", ".."} & {*path.parts} or not path.parts
    return not odd and not re.search(r"[\\:\x00-\x1f]", name)


def is_digest(text: str) -> bool:
    """Whether *text* is a SHA-256 in hexadecimal."""
    return re.fullmatch("[0-9a-f]{64}", text) is not None


def digest_of_folder(folder: Path) -> str:
    """One digest of all files below *folder*, their names included: the same on every system.

    Git may have given text other ends of lines there, and Windows another order of names.
    """
    there = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~")))
    named = sorted((path.relative_to(folder).as_posix(), path) for path in there)
    found = hashlib.sha256()
    for name, path in named:
        data = path.read_bytes()
        text = data if b"\0" in data else data.replace(b"\r\n", b"\n")
        found.update(f"{name}\0{digest_of(text)}\n".encode())
    return found.hexdigest()
