"""A built Word file → its facts: what is shown, and which values of the data it comes from.

The file may come back from anywhere, so nothing of it is trusted: it goes through the gate (`writers.word.incoming`).
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.provenance import occurrence_in
from reports.review.marks import Printed
from reports.review.origin import places_of
from reports.writers.word.incoming import Package
from reports.writers.word.ooxml import W
from reports.writers.word.reopen import Element

#: Facts in one another that letters count for; ours lie at most two in one another.
_MOST_OPEN = 8


def facts_of(path: Path) -> tuple[Printed, ...]:
    """Return the facts of a built Word file in reading order, each as the file shows it now.

    Raises ReportError when it is no Word file or none that this product built.
    """
    with Package(path) as package:
        main, led_to = package.trees("footnotes")
        places = places_of(package)
    if not places.there:
        raise ReportError(Problem(Where(str(path)), "trace/no-places"))
    return tuple(
        replace(places.printed[number], shown=shown)
        for root in (main, *led_to["footnotes"])
        for number, shown in _shown(root).items()
        if number in places.printed
    )


def _shown(root: Element) -> dict[int, str]:
    """The letters between the ends of each fact's bookmark; field codes are not letters."""
    texts: dict[int, list[str]] = {}
    open_: dict[str, int] = {}
    for element in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t", f"{W}br"):
        if element.tag == f"{W}bookmarkStart":
            if number := occurrence_in(element.get(f"{W}name") or ""):
                open_[element.get(f"{W}id") or ""] = number
                texts[number] = []
        elif element.tag == f"{W}bookmarkEnd":
            open_.pop(element.get(f"{W}id") or "", None)
        else:
            for number in islice(reversed(open_.values()), _MOST_OPEN):
                texts[number].append(element.text or "" if element.tag == f"{W}t" else "\n")
    return {number: "".join(parts) for number, parts in texts.items()}
