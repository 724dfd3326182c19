"""What changed: the records of then and of now, fact by fact.

Records are compared as their editors typed them, field by field, so that neither a moved line nor another
release of the product is a change. A snapshot of the same facts is canonical JSON: equal facts, equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from reports.model.cutoff import Cutoff
from reports.model.records import Dataset, Node
from reports.records.text.source_file import texts

#: The text of every field, by record id and by the field's path (`title.zh`, `source.0.doc`).
Facts = Mapping[str, Mapping[str, str]]


class Change(Struct, frozen=True, order=True):
    """A fact that differs; for a record that came or went, *field* is "" and the text its kind."""

    record: str
    field: str
    what: Literal["added", "removed", "changed"]
    before: str = ""
    after: str = ""

    def as_dict(self) -> dict[str, str]:
        """As plain values, for the ledger."""
        return asdict(self)


def facts_of(dataset: Dataset, programmes: Collection[str] = ()) -> dict[str, dict[str, str]]:
    """Return the facts of all records, or of those in the folders *programmes* and in the shared ones."""
    wanted = {*programmes, "shared", ""} if programmes else set(dataset.programmes.values())
    return {
        record.id: texts(dataset.nodes[record.id], {"": record.plural})
        for record in dataset.present()
        if dataset.programmes[record.id] in wanted
    }


def facts_in(file: Node) -> dict[str, dict[str, str]]:
    """Return the facts of all records that a data file lists; *file* is its whole tree."""
    return {
        entry.at("id").text: texts(entry, {"": str(kind)})
        for kind, listed in file.below.items()
        for entry in listed.below.values()
        if "id" in entry.below
    }


class Snapshot(Struct, frozen=True):
    """The facts an issue was made from. *cutoff* is the day they are as of; None where they were kept before records
    knew their days: then they are all that was typed, and no reading."""

    facts: Facts = MappingProxyType({})
    cutoff: Cutoff | None = None

    def known_to(self, now: Facts) -> Facts:
        """The facts to compare with *now*: what was typed but was not so yet is nothing that went."""
        if self.cutoff:
            return self.facts
        return {record: facts for record, facts in self.facts.items() if record in now}


#: No record has this id: what a snapshot says of itself stands under it.
_ITSELF = ""


def snapshot(facts: Facts, cutoff: Cutoff) -> bytes:
    """Return *facts* as canonical JSON."""
    days = {"as_of": cutoff.as_of.isoformat(), "closed": cutoff.closed.isoformat()}
    told = {**facts, _ITSELF: days}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_snapshot(data: bytes) -> Snapshot:
    """Return what a snapshot says; nothing for b""."""
    found: dict[str, Mapping[str, str]] = json.loads(data) if data else {}
    days = found.pop(_ITSELF, None)
    if days is None:
        return Snapshot(found)
    return Snapshot(found, Cutoff(*(date.fromisoformat(days[name]) for name in ("as_of", "closed"))))


def compare(then: Facts, now: Facts) -> tuple[Change, ...]:
    """Return what differs, sorted by record and field."""
    return tuple(sorted(_changes(then, now)))


def _changes(then: Facts, now: Facts) -> Iterator[Change]:
    for record in then.keys() | now.keys():
        if record not in now:
            yield Change(record, "", "removed", before=then[record].get("", ""))
        elif record not in then:
            yield Change(record, "", "added", after=now[record].get("", ""))
        else:
            yield from _changed_fields(record, then[record], now[record])


def _changed_fields(record: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for field in then.keys() | now.keys():
        before, after = then.get(field, ""), now.get(field, "")
        if before != after:
            what: Literal["added", "removed", "changed"] = (
                "added" if field not in then else "removed" if field not in now else "changed"
            )
            yield Change(record, field, what, before, after)
