"""A built Word file → its facts: what is shown, and where it stands in the data.

The file may come back from anywhere, so nothing of it is trusted: no entities, no network, nothing unpacked
beyond the two parts needed, and those only up to a limit.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reports.problems import Problem, ReportError, Where

#: The namespace under which the Word writer leaves the places of the facts.
PROVENANCE = "{urn:report-provenance:1}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Parts with text, in the order a reader meets them.
_PARTS = ("word/document.xml", "word/footnotes.xml")
_MAX_PART = 100 * 2**20


@dataclass(frozen=True, slots=True)
class TracedFact:
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
    try:
        with zipfile.ZipFile(path) as package:
            return tuple(_facts(package, path))
    except FileNotFoundError as error:
        raise ReportError(Problem(Where(str(path)), "file/missing", {"name": str(path)})) from error
    except (OSError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError) as error:
        raise ReportError(Problem(Where(str(path)), "trace/unreadable", {"detail": str(error)})) from error


def _facts(package: zipfile.ZipFile, path: Path) -> Iterator[TracedFact]:
    places = _places(package)
    if places is None:
        raise ReportError(Problem(Where(str(path)), "trace/no-places"))
    for part in _PARTS:
        if part in package.namelist():
            for bookmark, shown in _shown(_parse(package, part)).items():
                if bookmark in places:
                    yield _fact(places[bookmark], shown)


def _fact(place: etree._Element, shown: str) -> TracedFact:
    def get(name: str) -> str:
        return place.get(name) or ""

    where = Where(get("file"), int(get("line") or 0), int(get("column") or 0))
    return TracedFact(shown, get("record"), get("field"), where, place.text or "")


def _places(package: zipfile.ZipFile) -> Mapping[str, etree._Element] | None:
    """The provenance part, wherever a re-save has put it: its facts by bookmark."""
    for name in package.namelist():
        if name.startswith("customXml/item") and "Props" not in name:
            root = _parse(package, name)
            if root.tag == f"{PROVENANCE}provenance":
                return {str(fact.get("bookmark")): fact for fact in root.iter(f"{PROVENANCE}fact")}
    return None


def _shown(root: etree._Element) -> dict[str, str]:
    """The letters between the ends of each fact's bookmark; field codes are not letters."""
    texts: dict[str, list[str]] = {}
    open_: dict[str, str] = {}
    for element in root.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd", f"{_W}t", f"{_W}br"):
        if element.tag == f"{_W}bookmarkStart":
            name = element.get(f"{_W}name") or ""
            if name.startswith("_f_"):
                open_[element.get(f"{_W}id") or ""] = name
                texts[name] = []
        elif element.tag == f"{_W}bookmarkEnd":
            open_.pop(element.get(f"{_W}id") or "", None)
        else:
            for name in open_.values():
                texts[name].append(element.text or "" if element.tag == f"{_W}t" else "\n")
    return {name: "".join(parts) for name, parts in texts.items()}


def _parse(package: zipfile.ZipFile, name: str) -> etree._Element:
    with package.open(name) as part:
        data = part.read(_MAX_PART + 1)
    if len(data) > _MAX_PART:
        raise ValueError(f"{name} > {_MAX_PART // 2**20} MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)
