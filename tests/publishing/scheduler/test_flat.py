"""A job that stays for months: however often it has looked, it holds what it held at first."""

from __future__ import annotations

import gc
import logging
import os
import sqlite3
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import Struct

from reports.publishing.scheduler.resident import Resident
from tests.support.workplace import NOW, small_house

#: Each look reads everything; a hundred show what grows with each. All of them take an hour.
LOOKS = 25_000 if os.environ.get("REPORTS_ALL_STEPS") else 100


class Held(Struct, frozen=True):
    """What a process holds."""

    connections: int
    files: int
    objects: int
    bytes: int


def held() -> Held:
    """What is there, whether it is needed or waits for the collector."""
    connections = sum(isinstance(one, sqlite3.Connection) for one in gc.get_objects())
    objects = gc.get_objects()
    open_files = sum(1 for _ in Path("/proc/self/fd").glob("*"))
    return Held(connections, open_files, len(objects), tracemalloc.get_traced_memory()[0])


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("traced")
def test_looks_leave_nothing_open_and_nothing_behind(tmp_path: Path) -> None:
    """Each look is one that a signal asks for: nothing is due, and all is read."""
    now = [NOW]
    house = small_house(tmp_path / "house")
    job = Resident(house, logging.Logger("test"), "en", clock=lambda: now[0])  # noqa: LOG001 - one of its own

    def look(times: int) -> None:
        for _ in range(times):
            now[0] += timedelta(seconds=1)
            job.look_again()

    look(10)
    before = held()
    look(LOOKS)
    after = held()
    assert (after.connections, after.files) == (before.connections, before.files)
    assert after.objects - before.objects < 100
    assert after.bytes - before.bytes < 100_000


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="Linux says how much memory a process holds"
)
def test_twenty_five_thousand_minutes_take_no_more_memory_than_the_first(tmp_path: Path) -> None:
    """Most looks find that nothing can have changed; once an hour all is read."""
    now = [NOW]
    house = small_house(tmp_path / "house")
    job = Resident(house, logging.Logger("test"), "en", clock=lambda: now[0])  # noqa: LOG001 - one of its own

    def stay(minutes: int) -> int:
        """Pages that the process holds after so many minutes (proc(5), statm)."""
        for _ in range(minutes):
            now[0] += timedelta(minutes=1)
            job.round()
        return int(Path("/proc/self/statm").read_text("ascii").split()[1])

    before = stay(700)
    assert stay(25_000) - before < 500
    assert not any(isinstance(one, sqlite3.Connection) for one in gc.get_objects())
