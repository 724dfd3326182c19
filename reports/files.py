"""The only code that writes a file: whole or not at all, on disk before it is in place.

Write to a temporary file in the same folder, flush, fsync, rename over the old one, fsync the folder. On
Windows a rename fails while another program (Word, a virus scanner, what copies to a cloud) holds the file: it is
tried again for some seconds before the person is told.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, TextIO

from reports import windows
from reports.diagnostics.problems import Problem, ReportError, Where

#: Names that are devices on Windows, whatever ending follows them: a folder called so cannot be copied there.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
#: Pauses in seconds before a rename is tried again. A virus scanner lets go after the first few, what copies to a
#: cloud or builds an index after all of them: three seconds.
_PAUSES = (0.0, 0.01, 0.02, 0.04, 0.1, 0.2, 0.4, 0.8, 1.4)
#: Seconds to wait for a lock before anybody is told.
_SOON = 1.0


def is_device(name: str) -> bool:
    """Whether a file or folder called *name* cannot be on Windows."""
    return name.partition(".")[0].strip().lower() in _DEVICES


def write(path: Path, data: bytes, workshop: Path | None = None) -> bool:
    """Put *data* at *path*; return False, touching nothing, when it is there already.

    It grows in *workshop*, a folder of the same volume, where people watch that of *path*.

    Raises ReportError with what to do when the folder cannot be written or the file is held open.
    """
    with _telling(path):
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        (workshop or path.parent).mkdir(exist_ok=True)
        _replace_whole(path, data, workshop or path.parent)
    return True


def write_all(outputs: Mapping[Path, bytes]) -> None:
    """Put every file in place, or none: all are on the disk, and nobody holds one of the old ones, before the first
    takes its place; should one be refused even so, those before it get back what was in them.

    Raises ReportError; it names every file that another program holds.
    """
    old = {path: _content(path) for path in outputs}
    new = {path: data for path, data in outputs.items() if data != old[path]}
    waiting: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for path, data in new.items():
            with _telling(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                waiting[path] = _written(data, path.parent)
        _none_is_held(path for path in new if old[path] is not None)
        for path, temporary in waiting.items():
            with _telling(path):
                _rename(temporary, path)
                placed.append(path)
                _sync_folder(path.parent)
    except BaseException:
        for path in placed:
            _put_back(path, old[path])
        raise
    finally:
        for temporary in waiting.values():
            remove(temporary)


def _content(path: Path) -> bytes | None:
    """What is in a file; None where there is none, or none that can be read."""
    with suppress(OSError):
        return path.read_bytes() if path.is_file() else None
    return None


def _put_back(path: Path, data: bytes | None) -> None:
    """Undo what was done to a file; what cannot be undone hinders nothing else from being."""
    if data is None:
        remove(path)
        return
    with suppress(OSError):
        _replace_whole(path, data, path.parent)


def _none_is_held(paths: Iterable[Path]) -> None:
    """Raise ReportError with each file that another program holds: what may not be opened to be written to may not be
    replaced. Windows alone knows such files; elsewhere one that is open is replaced all the same."""
    held: list[Problem] = []
    for path in paths:
        try:
            with _telling(path):
                _patiently(partial(_open_to_write, path))
        except ReportError as error:
            held += (problem for problem in error.problems if problem.code == HELD)
    if held:
        raise ReportError(*held)


def _open_to_write(path: Path) -> None:
    path.open("r+b").close()


#: The code of the problem that another program holds a file: it goes away by itself.
HELD = "file/held"


def move(old: Path, new: Path) -> None:
    """Give *old* the name *new* on the same volume, for good; its folder is made. Raises ReportError."""
    with _telling(new):
        new.parent.mkdir(parents=True, exist_ok=True)
        _rename(old, new)
        for folder in {new.parent, old.parent}:
            _sync_folder(folder)


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
    with _telling(path):
        os.utime(path, (seconds, seconds))


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
    with _telling(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        held = FileLock(path)
        try:
            try:
                held.acquire(timeout=min(patience, _SOON))
            except Timeout:
                if patience > _SOON:
                    waits(_who(holder))
                held.acquire(timeout=max(patience - _SOON, 0))
        except Timeout:
            raise ReportError(Problem(Where(str(path)), "lock/held", {"who": _who(holder)})) from None
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


# --- the way onto the disk --------------------------------------------------------------------------------


def _replace_whole(path: Path, data: bytes, workshop: Path) -> None:
    temporary = _written(data, workshop)
    try:
        _rename(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _written(data: bytes, workshop: Path) -> Path:
    """Put *data* into a temporary file, for good; return where it is."""
    temporary, file = _begun(workshop)
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


_SERIAL = itertools.count()


def _begun(workshop: Path) -> tuple[Path, BinaryIO]:
    """A temporary file that nobody else has begun, on another machine neither.

    Its name is short, for the sake of Windows, and names our process, for `sweep`. A leading dot hides it from people
    who look into the folder while it is written; the ending keeps OneDrive from copying it.
    """
    while True:
        temporary = workshop / f".~{os.getpid():x}-{next(_SERIAL):x}.tmp"
        with suppress(FileExistsError):
            return temporary, temporary.open("xb")


def _rename(old: Path, new: Path) -> None:
    _patiently(lambda: _put_in_place(old, new))


def _patiently(act: Callable[[], object]) -> None:
    """Do what another program may hinder for a moment."""
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            act()
        except PermissionError as error:
            if not _is_held(error) or pause == _PAUSES[-1]:
                raise
        else:
            return


def _put_in_place(old: Path, new: Path) -> None:
    if os.name == "nt":
        windows.replace(old, new)
    else:
        os.replace(old, new)  # noqa: PTH105 - tests look for this name


def _is_held(error: OSError) -> bool:
    """Whether another program is at it. Of a file that is opened, not renamed, Windows says no more than that it may
    not be."""
    number = getattr(error, "winerror", None)
    opened = os.name == "nt" and number is None and isinstance(error, PermissionError)
    return opened or number in windows.HELD


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


# --- what went wrong --------------------------------------------------------------------------------------


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn what the system complains of while *path* is written into a ReportError with what to do."""
    try:
        yield
    except OSError as error:
        detail = error.strerror or type(error).__name__
        args = {"detail": detail, "length": len(str(path.absolute())), "name": str(_file_above(path) or "")}
        raise ReportError(Problem(Where(str(path)), _code(path, error), args)) from error


def _code(path: Path, error: OSError) -> str:
    """What the system means: Windows says of a path that is too long that there is no such folder."""
    if error.errno == errno.ENAMETOOLONG or (os.name == "nt" and _is_too_long(path, error)):
        return "file/path-too-long"
    if _is(path.is_dir):
        return "file/folder-in-the-way"
    if _file_above(path):
        return "file/file-in-the-way"
    return HELD if _is_held(error) else "file/unwritable"


def _file_above(path: Path) -> Path | None:
    """The file that stands where a folder of *path* belongs."""
    return next((folder for folder in path.parents if _is(folder.is_file)), None)


def _is(asked: Callable[[], bool]) -> bool:
    try:
        return asked()
    except OSError:  # of what may not be looked at, or is too long
        return False


def _is_too_long(path: Path, error: OSError) -> bool:
    return isinstance(error, FileNotFoundError) and len(str(path.absolute())) > windows.LONGEST_PATH


# --- what killed runs left --------------------------------------------------------------------------------

#: Temporary files as they are called now (the process in hexadecimal digits), and as they were before.
_TEMPORARY = re.compile(r"\.~(?P<hex>[0-9a-f]+)-[0-9a-f]+\.tmp|\..+\.(?P<decimal>[0-9]+)\.tmp")


def sweep(folder: Path) -> None:
    """Remove temporary files a killed run left in *folder* and below, unless their process still lives."""
    for stray in folder.rglob(".*.tmp"):
        named = _TEMPORARY.fullmatch(stray.name)
        if named and not _is_alive(int(named["hex"], 16) if named["hex"] else int(named["decimal"])):
            with suppress(OSError):  # what cannot be removed hinders nobody
                stray.unlink()


def _is_alive(process: int) -> bool:
    if process == os.getpid():
        return True
    if os.name == "nt":
        return windows.is_alive(process)  # there, signal 0 is Ctrl+C
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
