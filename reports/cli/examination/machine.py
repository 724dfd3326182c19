"""Python, letters, time zones, clock, mail: what the machine itself brings."""

from __future__ import annotations

import codecs
import struct
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reports import __version__
from reports.cli.examination.findings import Diagnosis
from reports.cli.output import local

#: The first and the last Python that the lock of dependencies can be installed on.
OLDEST, NEWEST = (3, 11), (3, 14)
#: A clock may lag behind that of a file server by so much.
_SLACK = timedelta(minutes=10)


def python(
    version: tuple[int, int] = sys.version_info[:2], bits: int = struct.calcsize("P") * 8
) -> Diagnosis:
    """Whether this Python is one that everything can be installed on."""
    values = {
        "version": ".".join(map(str, version)),
        "bits": bits,
        "product": __version__,
        "path": sys.executable,
    }
    if not OLDEST <= version <= NEWEST:
        bounds = {name: ".".join(map(str, bound)) for name, bound in (("oldest", OLDEST), ("newest", NEWEST))}
        return Diagnosis("python", "untried", "look", {**values, **bounds})
    return (
        Diagnosis("python", "narrow", "look", values)
        if bits < 64
        else Diagnosis("python", "fine", "fine", values)
    )


def letters(encoding: str) -> Diagnosis:
    """Whether what is printed can show Chinese."""
    try:
        codecs.encode("\N{CJK UNIFIED IDEOGRAPH-62A5}\N{CJK UNIFIED IDEOGRAPH-544A}", encoding)
    except (UnicodeEncodeError, LookupError):
        return Diagnosis("letters", "foreign", "look", {"encoding": encoding})
    return Diagnosis("letters", "fine", "fine", {"encoding": encoding})


def zones(names: Iterable[str]) -> Iterator[Diagnosis]:
    """Whether the time zones of the schedules are known here."""
    for name in sorted({*names}):
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            yield Diagnosis("zone", "missing", "wrong", {"zone": name})
        else:
            yield Diagnosis("zone", "fine", "fine", {"zone": name})


def clock(now: datetime, latest: datetime | None) -> Diagnosis:
    """Whether the clock is behind *latest*, the moment of what was remembered last."""
    if latest and now + _SLACK < latest:
        return Diagnosis("clock", "behind", "wrong", {"now": local(now), "latest": local(latest)})
    return Diagnosis("clock", "fine", "fine", {"now": local(now)})
