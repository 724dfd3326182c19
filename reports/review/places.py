"""Where the facts of a Word file stand in the data as they are now, whatever moved since the file was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from reports.model.kinds import KINDS
from reports.model.places import FoundValue, find_value
from reports.model.records import Node
from reports.records.text.source_file import SourceFile
from reports.review.marks import Printed


class PlacesNow(Struct, frozen=True):
    """The records and the report definitions of the data, right or wrong, by id."""

    records: Mapping[str, Node]
    reports: Mapping[str, Node]

    def record(self, fact: Printed) -> Node | None:
        """The record of *fact*, or the definition of a report; None where the data have it no more.

        Older files do not say which it is: a report may bear the id of a record, which then is meant.
        """
        if fact.report:
            return self.reports.get(fact.record)
        return self.records.get(fact.record) or self.reports.get(fact.record)

    def find(self, fact: Printed) -> FoundValue | None:
        """Where *fact* stands; None where its record, or the entry it comes from, is gone."""
        record = self.record(fact)
        return find_value(record, fact.field, fact.on) if record else None


def places_in(sources: Iterable[SourceFile]) -> PlacesNow:
    """Return what the data files list, those records too that are left out for their own mistakes."""
    records: dict[str, Node] = {}
    reports: dict[str, Node] = {}
    for source in sources:
        for kind, listed in source.node.below.items():
            known = records if kind in KINDS else reports if kind == "reports" else None
            for entry in listed.below.values() if known is not None else ():
                if known is not None and "id" in entry.below:
                    known[entry.at("id").text] = entry
    former = {old.text: node for node in records.values() for old in _former(node)}
    return PlacesNow({**former, **records}, reports)


def _former(record: Node) -> Iterable[Node]:
    """The ids that a record once had: files made then know it by these."""
    return record.below["formerly"].below.values() if "formerly" in record.below else ()
