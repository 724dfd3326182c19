"""The files of issues, kept by what is in them: what an issue is put in place and sent from."""

from __future__ import annotations

import hashlib
from pathlib import Path

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


def digest_of_folder(folder: Path) -> str:
    """One digest of all files below *folder*, their names included."""
    found = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~"))):
        found.update(f"{path.relative_to(folder).as_posix()}\0{digest_of(path.read_bytes())}\n".encode())
    return found.hexdigest()
