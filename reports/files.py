"""The only code that writes a file: whole or not at all, on disk before it is in place.

Write to a temporary file in the same folder, flush, fsync, rename over the old one, fsync the folder. On
Windows a rename fails while another program (Word, a virus scanner) holds the file: it is tried again for a
moment before the person is told.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from reports.diagnostics.problems import Problem, ReportError, Where

#: Pauses in seconds before a rename is tried again (git's own, compat/mingw.c, with a longer tail).
_PAUSES = (0.0, 0.01, 0.02, 0.04, 0.2, 0.5)
#: Seconds to wait for a lock before anybody is told.
_SOON = 1.0


def write(path: Path, data: bytes, workshop: Path | None = None) -> bool:
    """Put *data* at *path*; return False, touching nothing, when it is there already.

    It grows in *workshop*, a folder of the same volume, where people watch that of *path*.

    Raises ReportError with what to do when the folder cannot be written or the file is held open.
    """
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        (workshop or path.parent).mkdir(exist_ok=True)
        _replace_whole(path, data, workshop or path.parent)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise ReportError(Problem(Where(str(path)), "file/unwritable", {"detail": detail})) from error
    return True


def move(old: Path, new: Path) -> None:
    """Give *old* the name *new* in the same folder, for good. Raises ReportError."""
    try:
        _rename(lambda: os.replace(old, new))  # noqa: PTH105 - tests look for this name in other modules
        _sync_folder(new.parent)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise ReportError(Problem(Where(str(new)), "file/unwritable", {"detail": detail})) from error


def append(path: Path, text: str, largest: int) -> None:
    """Add *text* to the log *path*; one of *largest* bytes begins anew, and the one before is kept beside it as `….1`.

    A log that cannot be written, or renamed while somebody reads it, stops nobody.
    """
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            if path.exists() and path.stat().st_size >= largest:
                path.replace(path.with_name(f"{path.name}.1"))
        with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as log:
            log.write(text)


def refusal(folder: Path) -> str:
    """Say why nothing can be written in *folder*, "" where it can: a file is made there, and taken away again."""
    probe = folder / f".probe.{os.getpid()}.tmp"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def nowhere() -> TextIO:
    """Return a stream that takes everything and keeps nothing; open as long as the program runs."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - the caller's, and a device is no path


def set_time(path: Path, seconds: float) -> None:
    """Say that the file *path* changed last at that time; a full disk has room for it. Raises ReportError."""
    try:
        os.utime(path, (seconds, seconds))
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise ReportError(Problem(Where(str(path)), "file/unwritable", {"detail": detail})) from error


def time_of(path: Path) -> float:
    """When the file *path* changed last, 0 where there is none."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def remove(path: Path) -> None:
    """Remove the file *path*, if it is there and can be removed; what stays behind harms nobody."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Remove the folder *path*, if it is there and empty."""
    with suppress(OSError):
        path.rmdir()


@contextmanager
def lock(
    path: Path, what: str, patience: float, waits: Callable[[str], None] = lambda who: None
) -> Iterator[None]:
    """Let one process at a time do what is inside, on this machine.

    *what* says in the holder's words what it does; another process waits *patience* seconds and then gets a
    ReportError naming the holder. Before that, *waits* is told whom it waits for. A killed holder holds nothing:
    the lock is the system's, not the file.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - reading needs no lock

    holder = path.with_suffix(".holder")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = FileLock(path)
        try:
            held.acquire(timeout=min(patience, _SOON))
        except Timeout:
            if patience > _SOON:
                waits(_who(holder))
            held.acquire(timeout=max(patience - _SOON, 0))
    except Timeout:
        raise ReportError(Problem(Where(str(path)), "lock/held", {"who": _who(holder)})) from None
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise ReportError(Problem(Where(str(path)), "file/unwritable", {"detail": detail})) from error
    try:
        write(holder, json.dumps({"pid": os.getpid(), "what": what}).encode())
        yield
    finally:
        remove(holder)
        held.release()


def was_left(path: Path) -> bool:
    """Whether somebody holds the lock *path*, or was killed while holding it."""
    return path.with_suffix(".holder").exists()


def _who(holder: Path) -> str:
    """The process that holds a lock, as it has said itself."""
    try:
        told = json.loads(holder.read_bytes())
        return f"{told['what']} (process {told['pid']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


def _replace_whole(path: Path, data: bytes, workshop: Path) -> None:
    # A leading dot hides the file from people who look into the folder while it is being written.
    temporary = workshop / f".{path.name}.{os.getpid()}.tmp"
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _rename(lambda: temporary.replace(path))
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _rename(rename: Callable[[], object]) -> None:
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            rename()
        except PermissionError:
            if pause == _PAUSES[-1]:
                raise
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last; Windows cannot open folders, and does not need to. The file is in place: a
    folder that may not be opened or cannot be synced is no reason to say it is not."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # file systems over a network
            raise
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove temporary files a killed run left in *folder* and below, unless their process still lives."""
    for stray in folder.rglob(".*.tmp"):
        pid = stray.name.rsplit(".", 2)[-2]
        if pid.isascii() and pid.isdecimal() and not _alive(int(pid)):
            with suppress(OSError):  # what cannot be removed hinders nobody
                stray.unlink()


def _alive(pid: int) -> bool:
    if pid == os.getpid():
        return True
    if os.name == "nt":
        return False  # there, signal 0 is Ctrl+C; and a file that somebody writes cannot be removed anyway
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
