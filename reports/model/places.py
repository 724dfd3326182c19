"""From what a report says of a value (record, field, day of the entry) to where it stands in the data as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from reports.model.records import Node


class FoundValue(Struct, frozen=True):
    """The node of a value, or the nearest one above it that there is; *whole*: it is the value's own."""

    node: Node
    whole: bool


def find_value(record: Node, field: str, on: str = "") -> FoundValue | None:
    """Return where *field* stands below *record*; None where no entry of the day *on* has it.

    *field* is a path (`signatories.0.signed`), "" for the record itself; *on* the day as it is typed, "" for what the
    record says at first. Items with a time of their own are named by it (`editions.2023Q2.as_of`, see `step_to`).
    """
    steps = list(steps_of(field))
    node = _entry(record, str(steps[0]) if steps else "", on) if on else record
    if node is None:
        return None
    if on and steps and steps[0] not in node.below:  # a dated figure has its date in its own place
        steps[0] = "at"
    if not on and steps[:1] == ["source"]:
        node = Node(node.where, below={**node.below, "source": _all_sources(node)})
    for step in steps:
        below = _below(node, step)
        if below is None:
            return FoundValue(node, whole=False)
        node = below
    return FoundValue(node, whole=True)


def steps_of(field: str) -> Iterator[str | int]:
    """The steps of a field path."""
    return (int(step) if step.isdecimal() else step for step in field.split(".") if step)


def step_to(listed: Node, index: int) -> str:
    """What item *index* of a list is called in a path: by its own time, so that one more item above it renames none;
    by its number, where it has no time of its own or there is a sign in it that divides steps."""
    item = listed.below.get(index)
    name = _times(item)[-1:] if item else ()
    same = [name for one in listed.below.values() if _times(one)[-1:] == name]
    return (
        name[0]
        if name and len(same) == 1 and "." not in name[0] and len(name[0]) >= len("2023")
        else str(index)
    )


def _times(item: Node) -> tuple[str, ...]:
    """How an item of a list may be called by its time: with the day it was learnt on, where that is stated."""
    key = next((key for key in ("period", "at", "by") if key in item.below and item.below[key].text), "")
    if not key or "doc" in item.below:  # of a document `at` is the passage
        return ()
    known = f" known {item.below['known'].text}" if "known" in item.below else ""
    return (item.below[key].text, *([item.below[key].text + known] if known else ()))


def _below(node: Node, step: str | int) -> Node | None:
    if step in node.below:
        return node.below[step]
    items = sorted(
        (one for i, one in node.below.items() if isinstance(i, int)), key=lambda one: len(_times(one))
    )
    return next((one for one in items if str(step) in _times(one)), None)


def _all_sources(record: Node) -> Node:
    """What a record is taken from as its reading lists it: first its own, then those of its entries, each once."""
    listed = record.below.get("source", Node(record.where))
    entries = (entry for name in ("updates", "values", "spent") for entry in _listed(record, name))
    cited = (entry.below["source"].below.values() for entry in entries if "source" in entry.below)
    items = [*listed.below.values(), *(one for several in cited for one in several)]
    each = {repr(_said(one)): one for one in reversed(items)}
    return Node(listed.where, listed.text, listed.key, dict(enumerate(reversed(each.values()))))


def _said(node: Node) -> object:
    """What a node says, wherever it stands."""
    return (node.text, [(key, _said(below)) for key, below in sorted(node.below.items(), key=str)])


def _entry(record: Node, field: str, on: str) -> Node | None:
    """What became so later: an entry of `updates`; of a figure one of `values`, where the date is that of the entry."""
    for entry in _listed(record, "updates"):
        if "on" in entry.below and entry.below["on"].text == on and field in entry.below:
            return entry
    dated = sorted(_listed(record, "values"), key=lambda entry: len(_times(entry)))
    return next((one for one in dated if on in _times(one) and (field in one.below or field == "date")), None)


def _listed(record: Node, name: str) -> Iterable[Node]:
    return record.below[name].below.values() if name in record.below else ()
