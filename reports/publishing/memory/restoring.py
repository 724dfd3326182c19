"""A backup is put back: files that are missing, and the ledger, unless it is behind what stands.

Nothing that is there is written over: issues, drafts and data of today stay, the ledger of today is kept aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.pipeline.read import STATE, Folders
from reports.publishing import database, outbox
from reports.publishing.acts import Act, acts, write_down
from reports.publishing.database import DamagedError
from reports.publishing.issue import UNISSUED
from reports.publishing.ledger import Ledger
from reports.publishing.memory.backup import LEDGER, MANIFEST, verified
from reports.publishing.memory.lost import forgotten
from reports.publishing.output_folder import LOCK, PATIENCE, Tell
from reports.publishing.store import digest_of

#: Under which name the ledger of today is kept.
_KEPT = "ledger.before-{}.sqlite"
#: What the outbox says of letters that waited when the backup was made.
_DOUBT = "waited when the backup was made; ask the recipient"


class Restored(Struct, frozen=True):
    """What was put back: the moment *of* the backup, *files* below the output folder that were missing, *folders*
    (data, templates) that were not there. *kept*: the name under which the ledger before is kept, "" for none."""

    of: datetime
    files: int
    folders: tuple[str, ...]
    kept: str


def restore(
    folders: Folders, backup: Path, by: str, now: datetime, *, tell: Tell, older: bool = False
) -> Restored:
    """Put *backup* back, which is compared with its list first; *older*: also where it is behind what stands.

    Raises ReportError. Where it is cut short, it is done by doing it again: the ledger comes last.
    """
    manifest = verified(backup)
    state = folders.output / STATE

    def waits(who: str) -> None:
        tell(Problem(Where(str(state / LOCK)), "lock/waits", {"who": who}, "warning"))

    with files.lock(state / LOCK, "restore", PATIENCE, waits), _ledger_in(backup) as ledger:
        files.sweep(folders.output)
        done = _was_put_back(folders, backup, ledger)
        if not (done or older):
            _require_newer(folders, ledger)
        names = [name for name in manifest.files if name != LEDGER]
        put = sum(
            _put(folders.output / name.partition("/")[2], backup / name) for name in _below("output", names)
        )
        made = tuple(
            label
            for label, folder in (("data", folders.data), ("templates", folders.templates))
            if _put_folder(folder, backup, [*_below(label, names)], tell)
        )
        kept = "" if done else _put_ledger(state, ledger, Act(now, by, "restore", details=_which(backup)))
        return Restored(datetime.fromisoformat(manifest.at), put, made, kept)


# --- before -------------------------------------------------------------------------------------------------


def _ledger_in(backup: Path) -> Ledger:
    path = backup / LEDGER
    try:
        return Ledger.look(path.parent)
    except DamagedError as damage:
        raise ReportError(Problem(Where(str(path)), "backup/damaged")) from damage


def _standing(folders: Folders) -> Ledger | None:
    """The ledger of today, None where it cannot be read."""
    try:
        return Ledger.look(folders.output / STATE)
    except DamagedError:
        return None


def _which(backup: Path) -> Mapping[str, str]:
    return {"backup": backup.name, "manifest": digest_of((backup / MANIFEST).read_bytes())}


def _was_put_back(folders: Folders, backup: Path, ledger: Ledger) -> bool:
    """Whether the ledger of today is the one of the backup, and nothing was done since."""
    standing = _standing(folders)
    if standing is None:
        return False
    with standing:
        last = [act.details for act in acts(standing) if act.what == "restore"][-1:]
        same = database.commits(standing.connection) == database.commits(ledger.connection) + 1
        return same and last == [_which(backup)]


def _require_newer(folders: Folders, ledger: Ledger) -> None:
    """Raise ReportError where something was done that the *ledger* of the backup does not know."""
    names = [record.issue.name for record in forgotten(folders, ledger)]
    behind = False
    if standing := _standing(folders):
        with standing:
            known = {(i.name, i.approved) for i in ledger.issues() if i.state not in UNISSUED}
            issued = [i for i in standing.issues() if i.state not in UNISSUED]
            names += [i.name for i in issued if (i.name, i.approved) not in known]
            behind = database.commits(standing.connection) > database.commits(ledger.connection)
    if names or behind:
        args = {"issues": ", ".join(dict.fromkeys(names)) or "–"}
        raise ReportError(Problem(Where(str(folders.output)), "backup/older", args))


# --- putting back -------------------------------------------------------------------------------------------


def _below(label: str, names: list[str]) -> Iterator[str]:
    return (name for name in names if name.startswith(f"{label}/"))


def _put(path: Path, source: Path) -> bool:
    """Put a file where there is none; say whether it was so."""
    return not path.exists() and files.write(path, source.read_bytes())


def _put_folder(folder: Path, backup: Path, names: list[str], tell: Tell) -> bool:
    """Put a whole folder where there is none, or an empty one; never files among those of people."""
    if folder.exists() and any(folder.iterdir()):
        for name in names:
            path = folder / name.partition("/")[2]
            if not path.exists() or path.read_bytes() != (backup / name).read_bytes():
                args = {"backup": str(backup)}
                tell(Problem(Where(str(folder)), "backup/left", args, "warning"))
                return False
        return False
    if not names:
        return False
    beside = folder.with_name(f"{folder.name}.unfinished")
    for name in names:
        files.write(beside / name.partition("/")[2], (backup / name).read_bytes())
    files.remove_folder(folder)
    files.move(beside, folder)
    return True


def _put_ledger(state: Path, ledger: Ledger, act: Act) -> str:
    """Put the ledger of the backup in place, with the act in it; the one before is kept, whatever it was like.

    The backup beside it goes first: it must never be newer than the ledger.
    """
    with ledger.transaction(act.at):
        write_down(ledger, act)
        for entry in outbox.entries(ledger, "pending"):
            outbox.end(ledger, entry.intent.message_id, "unknown", act.at, answer=_DOUBT)
    path = state / database.NAME
    data = database.copy_of(ledger.connection, path)
    kept = database.put_aside(path, _KEPT, files.write, files.move) if path.exists() else ""
    files.write(path.with_name(database.BACKUP), data)
    files.write(path, data)
    return kept
