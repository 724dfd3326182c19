"""What was remembered of records that were given another id since, as it would be remembered now.

A record says its `formerly`. So the facts of an issue made before are those of the same records, and their links lead
to the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.model.kinds import KINDS
from reports.records.links import link_paths

#: As in `changes`, which compares them.
_Facts = Mapping[str, Mapping[str, str]]


def former_ids(facts: _Facts) -> dict[str, str]:
    """The id that each former one is now."""
    return {
        old: record
        for record, fields in facts.items()
        for path, old in fields.items()
        if path.startswith("formerly.")
    }


def as_named_now(then: _Facts, former: Mapping[str, str]) -> _Facts:
    """The facts of *then* under the ids that records have now; *former*: the id that each former one is."""
    if not former:
        return then
    return {former.get(record, record): _renamed(fields, former) for record, fields in then.items()}


def _renamed(fields: Mapping[str, str], former: Mapping[str, str]) -> Mapping[str, str]:
    if former.keys().isdisjoint(fields.values()):
        return fields
    plural = fields.get("", "")
    links = {("id",)} | (link_paths(KINDS[plural]) if plural in KINDS else frozenset())
    return {path: former.get(text, text) if _keys(path) in links else text for path, text in fields.items()}


def _keys(path: str) -> tuple[str, ...]:
    """The keys in a path, without the numbers; an update says fields of its record."""
    keys = tuple(step for step in path.split(".") if not step.isdigit())
    return keys[1:] if keys[0] == "updates" and keys[1:] != ("source", "doc") else keys
