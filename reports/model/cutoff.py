"""The day a report's facts are as of, and the day after which nothing that was learnt counts for it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Cutoff(Struct, frozen=True):
    """A reading takes what became so by *as_of* and was known by *closed*."""

    as_of: date
    closed: date


#: All there is.
LATEST = Cutoff(date.max, date.max)
