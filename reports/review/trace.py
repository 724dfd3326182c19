"""A built Word file → its facts: what is shown, and where it stands in the data.

The file may come back from anywhere, so nothing of it is trusted: it goes through the gate (`writers.word.incoming`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.provenance import FACT, PROVENANCE, occurrence_in
from reports.writers.word.incoming import Package
from reports.writers.word.ooxml import W
from reports.writers.word.reopen import Element


class TracedFact(Struct, frozen=True):
    """One value as the file shows it, with its record, field, place, and the value as the data had it."""

    shown: str
    record: str
    field: str
    where: Where
    value: str


def facts_of(path: Path) -> tuple[TracedFact, ...]:
    """Return the facts of a built Word file in reading order.

    Raises ReportError when it is no Word file or none that this product built.
    """
    with Package(path) as package:
        main, led_to = package.trees("customXml", "footnotes")
    places = _places(led_to["customXml"])
    if places is None:
        raise ReportError(Problem(Where(str(path)), "trace/no-places"))
    return tuple(
        _fact(places[bookmark], shown)
        for root in (main, *led_to["footnotes"])
        for bookmark, shown in _shown(root).items()
        if bookmark in places
    )


def _fact(place: Element, shown: str) -> TracedFact:
    def get(name: str) -> str:
        return place.get(name) or ""

    where = Where(get("file"), int(get("line") or 0), int(get("column") or 0))
    return TracedFact(shown, get("record"), get("field"), where, place.text or "")


def _places(roots: Iterable[Element]) -> Mapping[str, Element] | None:
    """The provenance part's facts by bookmark; None where there is no such part."""
    for root in roots:
        if root.tag == PROVENANCE:
            return {str(fact.get("bookmark")): fact for fact in root.iter(FACT)}
    return None


def _shown(root: Element) -> dict[str, str]:
    """The letters between the ends of each fact's bookmark; field codes are not letters."""
    texts: dict[str, list[str]] = {}
    open_: dict[str, str] = {}
    for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t", f"{W}br"):
        if element.tag == f"{W}bookmarkStart":
            name = element.get(f"{W}name") or ""
            if occurrence_in(name):
                open_[element.get(f"{W}id") or ""] = name
                texts[name] = []
        elif element.tag == f"{W}bookmarkEnd":
            open_.pop(element.get(f"{W}id") or "", None)
        else:
            for name in open_.values():
                texts[name].append(element.text or "" if element.tag == f"{W}t" else "\n")
    return {name: "".join(parts) for name, parts in texts.items()}
