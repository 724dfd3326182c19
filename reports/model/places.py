"""From what a report says of a value (record, field, day of the entry) to where it stands in the data as they are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reports.model.records import Node


class FoundValue(Struct, frozen=True):
    """The node of a value, or the nearest one above it that there is; *whole*: it is the value's own."""

    node: Node
    whole: bool


def find_value(record: Node, field: str, on: str = "") -> FoundValue | None:
    """Return where *field* stands below *record*; None where no entry of the day *on* has it.

    *field* is a path (`signatories.0.signed`), "" for the record itself; *on* the day as it is typed, "" for what the
    record says at first. An item of a list may be named by its period (`editions.2023Q2.as_of`).
    """
    steps = list(steps_of(field))
    node = _entry(record, str(steps[0]) if steps else "", on) if on else record
    if node is None:
        return None
    if on and steps and steps[0] not in node.below:  # a dated figure has its date in its own place
        steps[0] = "at"
    for step in steps:
        below = _below(node, step)
        if below is None:
            return FoundValue(node, whole=False)
        node = below
    return FoundValue(node, whole=True)


def steps_of(field: str) -> Iterator[str | int]:
    """The steps of a field path."""
    return (int(step) if step.isdecimal() else step for step in field.split(".") if step)


def _below(node: Node, step: str | int) -> Node | None:
    if step in node.below:
        return node.below[step]
    periods = (
        item for index, item in node.below.items() if isinstance(index, int) and "period" in item.below
    )
    return next((item for item in periods if item.at("period").text == str(step)), None)


def _entry(record: Node, field: str, on: str) -> Node | None:
    """What became so later: an entry of `updates`; of a figure one of `values`, where the date is that of the entry."""
    for entry in _listed(record, "updates"):
        if entry.at("on").text == on and field in entry.below:
            return entry
    for entry in _listed(record, "values"):
        if on in _days(entry) and (field in entry.below or field == "date"):
            return entry
    return None


def _listed(record: Node, name: str) -> Iterator[Node]:
    """The entries of a list, those that say the day alone first."""
    found = record.below[name].below.values() if name in record.below else ()
    return iter(sorted(found, key=lambda entry: "known" in entry.below))


def _days(entry: Node) -> tuple[str, ...]:
    """How the day of a figure may be said: with the day it was learnt on, where that is stated."""
    at = entry.at("at").text if "at" in entry.below else ""
    known = entry.at("known").text if "known" in entry.below else ""
    return (at, f"{at} known {known}") if at else ()
