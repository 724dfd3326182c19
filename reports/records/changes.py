"""What changed: the records of then and of now, fact by fact.

Records are compared as their editors typed them, field by field, so that neither a moved line nor another
release of the product is a change. A snapshot of the same facts is canonical JSON: equal facts, equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct, convert
from msgspec.structs import asdict

from reports.model.cutoff import Cutoff
from reports.model.records import Dataset, Node
from reports.records.former_ids import as_named_now, former_ids
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


class Computed(Struct, frozen=True):
    """A value that was worked out, as a report showed it: the *rule*, and the fields it was made *of*, each by its kind
    (`meetings.attendance`; `meetings` for records as such). *record* is the one they all belong to, "" for several."""

    rule: str
    shown: str
    of: tuple[str, ...] = ()
    record: str = ""


#: What was worked out, in reading order, by the language it was shown in.
ComputedIn = Mapping[str, tuple[Computed, ...]]


class Snapshot(Struct, frozen=True):
    """The facts an issue was made from, and what it worked out of them. *cutoff* is the day they are as of; None where
    they were kept before records knew their days: then they are all that was typed, and no reading."""

    facts: Facts = MappingProxyType({})
    cutoff: Cutoff | None = None
    computed: ComputedIn = MappingProxyType({})

    def known_to(self, now: Facts) -> Facts:
        """The facts to compare with *now*, under the ids of now: what was typed but was not so yet is nothing that went."""
        facts = as_named_now(self.facts, former_ids(now))
        if self.cutoff:
            return facts
        return {record: fields for record, fields in facts.items() if record in now}


#: No record has this id: what a snapshot says of itself stands under it.
_ITSELF = ""


def snapshot(facts: Facts, cutoff: Cutoff, computed: ComputedIn = MappingProxyType({})) -> bytes:
    """Return *facts*, and what was *computed* of them, as canonical JSON."""
    itself: dict[str, Any] = {"as_of": cutoff.as_of.isoformat(), "closed": cutoff.closed.isoformat()}
    if computed:
        itself["computed"] = {lang: [asdict(one) for one in listed] for lang, listed in computed.items()}
    told = {**facts, _ITSELF: itself}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_snapshot(data: bytes) -> Snapshot:
    """Return what a snapshot says; nothing for b""."""
    found: dict[str, Any] = json.loads(data) if data else {}
    itself = found.pop(_ITSELF, None)
    if itself is None:
        return Snapshot(found)
    cutoff = Cutoff(*(date.fromisoformat(itself[name]) for name in ("as_of", "closed")))
    listed = itself.get("computed", {})
    computed = {lang: tuple(convert(one, Computed) for one in listed[lang]) for lang in listed}
    return Snapshot(found, cutoff, computed)


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
