"""What a record says in the end, as it would be typed: its fields, with what its updates made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reports.model.dates import last_day, parse_day
from reports.model.records import Update, fields

#: What an update says of itself; all else in it is a field of the record.
OWN = frozenset(info.encode_name for info in fields(Update).values())


def latest(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record that stands in its file as *plain*, as they are now."""
    told = {key: value for key, value in plain.items() if key != "updates"}
    for entry in sorted(_entries(plain), key=lambda one: day_of(one.get("on"))):
        told.update({key: value for key, value in entry.items() if key not in OWN})
    return {key: value for key, value in told.items() if value is not None}


def _entries(plain: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = plain.get("updates")
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def day_of(typed: object) -> date:
    """The day from which something counts; the last of all days where none can be read."""
    try:
        return last_day(parse_day(typed))
    except ValueError:
        return date.max
