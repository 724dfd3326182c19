"""How long the resident job may look away: nothing is read again while nothing can have changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from reports.model.schedule import next_change
from reports.pipeline.read import STATE, Folders, Reading
from reports.publishing import outbox
from reports.publishing.database import NAME
from reports.publishing.ledger import read_ledger

#: Whatever was foreseen, everything is looked at again after so long.
LONGEST = timedelta(hours=1)

#: Files with what the system knows of them. Not only the time: an older file may take a newer one's place.
Stamps = frozenset[tuple[str, int, int, int, int]]


class Idle(Struct, frozen=True):
    """Nothing is to be done from *since* to before *until*, unless a file changes."""

    since: datetime
    until: datetime
    inputs: Stamps
    ledger: Stamps

    def lasts(self, folders: Folders, now: datetime) -> bool:
        """Whether that still holds; not when the clock was put back, for then other things are due."""
        return (
            self.since <= now < self.until
            and self.inputs == inputs(folders)
            and self.ledger == ledger_stamps(folders)
        )


def idle(folders: Folders, reading: Reading, seen: Stamps, now: datetime) -> Idle:
    """How long nothing will be due after a round at *now* that found nothing; *seen*: its inputs, before it read."""
    before = ledger_stamps(folders)
    with read_ledger(folders) as ledger:
        moments = [now + LONGEST, next_change(reading.reports.reports.values(), ledger.done(), now)]
        moments += [entry.next_try for entry in outbox.entries(ledger, "pending")]
    return Idle(now, min(filter(None, moments)), seen, before)


def inputs(folders: Folders) -> Stamps:
    """The files that say what is due and to whom it goes."""
    return _stamps((*_below(folders.data), *map(str, folders.settings)))


def ledger_stamps(folders: Folders) -> Stamps:
    """The ledger's file: another process approves, and settles what is unknown."""
    return _stamps([str(folders.output / STATE / NAME)])


def _below(folder: Path) -> Iterator[str]:
    """What is read: neither the lock of who writes there nor what editors hide, which come and go."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(parent, name) for name in names if not name.startswith("."))  # noqa: PTH118 - a Path each is slow


def _stamps(paths: Iterable[str]) -> Stamps:
    found = []
    for path in paths:
        try:
            state = os.stat(path)  # noqa: PTH116 - as above
        except OSError:
            continue  # and what is gone is missing in the set
        found.append((path, state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino))
    return frozenset(found)
