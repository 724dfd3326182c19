"""The ledger's file: made whole, looked over at every opening, kept aside and restored when it is damaged.

A file that is empty, cut, changed or gone is never taken for a first start: a first start is a folder in which
there is neither a ledger nor a backup of one. The backup is a copy by SQLite's own means, looked over before it
takes the place of the one before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.publishing import row_checksums

#: "PRLG": says that an SQLite file is a ledger of this product.
APPLICATION = 0x50524C47
NAME, BACKUP = "ledger.sqlite", "ledger.backup.sqlite"
#: Under which name a damaged one is kept.
KEPT = "ledger.damaged-{}.sqlite"
#: Errors that come from the disk or from other programs, not from the file's content.
_OUTER = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR,
          sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}  # fmt: skip
_BESIDE = ("-wal", "-shm", "-journal")

Write = Callable[[Path, bytes], bool]
Move = Callable[[Path, Path], None]

_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT, seal TEXT);
CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT, why TEXT, report TEXT, period TEXT, outcome TEXT,
  inputs TEXT, versions TEXT, outputs TEXT, problems TEXT, seal TEXT);
CREATE TABLE snapshots (digest TEXT PRIMARY KEY, data BLOB, seal TEXT);
CREATE TABLE issues (id INTEGER PRIMARY KEY AUTOINCREMENT, report TEXT, period TEXT, revision INTEGER, state TEXT,
  year INTEGER, nth INTEGER, total INTEGER, files TEXT, snapshot TEXT, built TEXT, approved TEXT, approved_by TEXT,
  issued TEXT, superseded TEXT, seal TEXT, UNIQUE (report, period, revision));
CREATE TABLE turns (report TEXT, period TEXT, outcome TEXT, at TEXT, note TEXT, seal TEXT, PRIMARY KEY (report, period));
CREATE TABLE tries (report TEXT, period TEXT, count INTEGER, last TEXT, next_try TEXT, error TEXT, seal TEXT,
  PRIMARY KEY (report, period));
"""
_SECOND = """
ALTER TABLE issues ADD COLUMN changes TEXT;
CREATE TABLE reminders (report TEXT, period TEXT, days INTEGER, at TEXT, seal TEXT, PRIMARY KEY (report, period));
CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT UNIQUE, kind TEXT, report TEXT, period TEXT,
  revision INTEGER, destination TEXT, recipient TEXT, lang TEXT, payload TEXT, state TEXT, attempts INTEGER,
  created TEXT, last_try TEXT, next_try TEXT, answer TEXT, seal TEXT);
CREATE TABLE deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT, at TEXT, outcome TEXT, answer TEXT,
  seal TEXT);
"""
_THIRD = """
ALTER TABLE issues ADD COLUMN withdrawn TEXT;
CREATE TABLE acts (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT, by TEXT, what TEXT, report TEXT, period TEXT,
  revision INTEGER, why TEXT, details TEXT, seal TEXT);
"""
#: What leads from each version of the ledger to the next; the first makes version 1.
MIGRATIONS = (_FIRST, _SECOND, _THIRD)
VERSION = len(MIGRATIONS)


class DamagedError(Exception):
    """The file is not a ledger that can be trusted; *detail* says why."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def open_file(path: Path, write: Write, move: Move) -> tuple[sqlite3.Connection, tuple[Problem, ...]]:
    """Open the ledger at *path*, new or restored where need be; say what had to be done.

    The caller holds the lock. Raises ReportError: ledger/damaged when nothing can be restored, ledger/newer,
    ledger/unwritable.
    """
    backup = path.with_name(BACKUP)
    if not path.exists() and not backup.exists():
        write(path, new())
    try:
        return _migrated(_trusted(path), path, write), ()
    except DamagedError as damage:
        problem = _restore(path, backup, damage.detail, write, move)
        return _migrated(_trusted(path), path, write), (problem,)
    except sqlite3.Error as error:
        raise unwritable(path, error) from error


def look(path: Path) -> sqlite3.Connection | None:
    """Open a copy in memory, to read without a lock; None where there is no ledger. Raises DamagedError, and
    ReportError where it cannot be read: that is no damage."""
    if not path.exists():
        if path.with_name(BACKUP).exists():
            raise DamagedError("missing")
        return None
    copy = _copied(path)
    _look_over(copy, path)
    _apply(copy)
    return copy


def back_up(connection: sqlite3.Connection, path: Path, write: Write) -> None:
    """Copy the ledger, look the copy over, and put it in the place of the backup before."""
    with closing(_memory()) as copy:
        connection.backup(copy)
        _look_over(copy, path)
        write(path.with_name(BACKUP), _bytes_of(copy))


def new(version: int = VERSION) -> bytes:
    """The bytes of an empty ledger."""
    with closing(_memory()) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        _apply(connection, version)
        return connection.serialize()


def unwritable(path: Path, error: Exception) -> ReportError:
    """What to tell of an error of SQLite's: no space, no permission, a folder that went away."""
    return ReportError(Problem(Where(str(path)), "ledger/unwritable", {"detail": str(error)}))


# --- inner ------------------------------------------------------------------------------------------------


def _memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def _copied(path: Path) -> sqlite3.Connection:
    copy = _memory()
    try:
        with closing(sqlite3.connect(path, timeout=10)) as source:
            source.backup(copy)
    except sqlite3.Error as error:
        copy.close()
        if error.sqlite_errorcode & 0xFF in _OUTER:
            return _copied_at_rest(path, error)
        raise DamagedError(str(error)) from error
    return copy


def _copied_at_rest(path: Path, error: sqlite3.Error) -> sqlite3.Connection:
    """As `_copied`, where SQLite may not put its log beside the file: without one, the file is all there is."""
    unreadable = ReportError(Problem(Where(str(path)), "ledger/unreadable", {"detail": str(error)}))
    log = Path(f"{path}-wal")
    try:
        if log.exists() and log.stat().st_size:
            raise unreadable from error
        data = path.read_bytes()
    except OSError:
        raise unreadable from error
    copy = _memory()
    copy.deserialize(_without_log(data))
    return copy


def _trusted(path: Path) -> sqlite3.Connection:
    """Open *path* for work, unless it is damaged or older than its own backup."""
    if not path.exists():
        raise DamagedError("missing")
    if path.read_bytes()[18:20] not in {b"\1\1", b"\2\2"}:  # SQLite would take it for read-only
        raise DamagedError("not a ledger")
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        _look_over(connection, path)
        _not_older(connection, path.with_name(BACKUP))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _not_older(connection: sqlite3.Connection, backup: Path) -> None:
    if commits(connection) < _commits_of(backup):
        raise DamagedError("older than its backup")


def _look_over(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError unless every page and every row is as it was written."""
    try:
        detail = _fault(connection, path)
    except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError, MemoryError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUTER:
            raise unwritable(path, error) from error
        detail = str(error) or type(error).__name__
    if detail:
        raise DamagedError(detail)


def _fault(connection: sqlite3.Connection, path: Path) -> str:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        return "not a ledger"
    [sound, *_] = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    if sound != "ok":
        return " ".join(str(sound).split())
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if str(version) != _meta(connection, "version"):
        return "its version is unclear"
    for table in row_checksums.broken_seals(connection):
        return f"a row of {table} has changed"
    if version > VERSION:
        raise ReportError(Problem(Where(str(path)), "ledger/newer", {"found": version, "known": VERSION}))
    return "" if _schema(connection) == _expected(version) else "its tables have changed"


def _schema(connection: sqlite3.Connection) -> list[str]:
    return [
        str(row["sql"])
        for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql > '' ORDER BY name")
    ]


@cache
def _expected(version: int) -> list[str]:
    with closing(_memory()) as connection:
        connection.deserialize(new(version))
        return _schema(connection)


def _meta(connection: sqlite3.Connection, key: str) -> str:
    found = row_checksums.select(connection, "meta", {"key": key})
    return str(found[0]["value"]) if found else ""


def commits(connection: sqlite3.Connection) -> int:
    """How many transactions were written so far: of two copies of a ledger, the one with more is the later."""
    return int(_meta(connection, "commits") or 0)


def count_commit(connection: sqlite3.Connection, at: str) -> None:
    """Count the transaction that is about to be written; *at* is its moment."""
    row_checksums.put(connection, "meta", {"key": "commits"}, {"value": str(commits(connection) + 1)})
    row_checksums.put(connection, "meta", {"key": "written"}, {"value": at})


def _commits_of(backup: Path) -> int:
    """As `commits`, of a file; 0 where it cannot be read."""
    with suppress(sqlite3.Error, ValueError, DamagedError), closing(_read(backup)) as connection:
        return commits(connection)
    return 0


def _bytes_of(connection: sqlite3.Connection) -> bytes:
    """The copy as a file without a log of its own (bytes 18 and 19 say so), which can be read from memory."""
    return _without_log(connection.serialize())


def _without_log(data: bytes) -> bytes:
    return data[:18] + b"\1\1" + data[20:]


def _read(path: Path) -> sqlite3.Connection:
    connection = _memory()
    try:
        connection.deserialize(path.read_bytes())
    except (OSError, sqlite3.Error, MemoryError) as error:
        connection.close()
        raise DamagedError(str(error)) from error
    return connection


def _restore(path: Path, backup: Path, detail: str, write: Write, move: Move) -> Problem:
    """Put the backup in the place of the damaged ledger, which is kept under another name.

    Of one that is gone a note is kept: `deliver` tells the secretariat of every such file, whoever was killed. The
    ledger's own name is never free meanwhile, and doing it again after a kill keeps nothing twice.
    """
    lost = ReportError(
        Problem(Where(str(path)), "ledger/damaged", {"detail": detail, "folder": str(path.parent)})
    )
    try:
        with closing(_read(backup)) as connection:
            _look_over(connection, backup)
            at = _meta(connection, "written")
    except DamagedError:
        raise lost from None
    gone = not path.exists()
    remains = (
        f"There was no ledger; the backup of {at} took its place.\n".encode() if gone else path.read_bytes()
    )
    kept = next(name for n in range(1, 10_000) if _free_for(name := path.with_name(KEPT.format(n)), remains))
    for end in _BESIDE:
        if (old := Path(f"{path}{end}")).exists():
            move(old, Path(f"{kept}{end}"))
    write(kept, remains)
    write(path, backup.read_bytes())
    args = {"detail": detail, "kept": kept.name, "at": at}
    return Problem(Where(str(path)), "ledger/gone" if gone else "ledger/restored", args, "warning")


def _free_for(path: Path, data: bytes) -> bool:
    return not path.exists() or path.read_bytes() == data


def _migrated(connection: sqlite3.Connection, path: Path, write: Write) -> sqlite3.Connection:
    """Bring an older ledger to this version, in one transaction; a copy of the older one is kept."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version < VERSION:
        try:
            with closing(_memory()) as copy:
                connection.backup(copy)
                write(path.with_name(f"ledger.version-{version}.sqlite"), _bytes_of(copy))
            _apply(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _apply(connection: sqlite3.Connection, to: int = VERSION) -> None:
    """Run the migrations that are missing, all or none."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version >= to:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in MIGRATIONS[version:to]:
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
        row_checksums.put(connection, "meta", {"key": "version"}, {"value": str(to)})
        connection.execute(f"PRAGMA user_version = {to}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
