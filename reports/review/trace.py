"""A built Word file → its facts: what is shown, and where it stands in the data.

python-docx opens it; the file may come back from anywhere, so nothing of it is trusted: no entities, no
network, nothing unpacked beyond a limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from lxml import etree
from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where

#: The namespace under which the Word writer leaves the places of the facts.
PROVENANCE = "{urn:report-provenance:1}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: No report of ours unpacks to a tenth of this.
_MAX_SIZE = 200 * 2**20


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
    try:
        _refuse_bomb(path)
        main = docx.Document(str(path)).part
        return tuple(_facts(main, path))
    except FileNotFoundError as error:
        raise ReportError(Problem(Where(str(path)), "file/missing", {"name": str(path)})) from error
    except (OSError, BadZipFile, PackageNotFoundError, KeyError, etree.XMLSyntaxError, ValueError) as error:
        detail = str(error) or type(error).__name__
        raise ReportError(Problem(Where(str(path)), "trace/unreadable", {"detail": detail})) from error


def _refuse_bomb(path: Path) -> None:
    """A file of a few kilobytes can unpack to gigabytes; its directory says so beforehand."""
    with ZipFile(path) as package:
        size = sum(info.file_size for info in package.infolist())
    if size > _MAX_SIZE:
        raise ValueError(f"> {_MAX_SIZE // 2**20} MB")


def _facts(main: DocumentPart, path: Path) -> Iterator[TracedFact]:
    places = _places(main)
    if places is None:
        raise ReportError(Problem(Where(str(path)), "trace/no-places"))
    notes = [_parse(part.blob) for part in _related(main, "footnotes")]
    for root in (main.element, *notes):
        for bookmark, shown in _shown(root).items():
            if bookmark in places:
                yield _fact(places[bookmark], shown)


def _related(main: DocumentPart, kind: str) -> Iterator[Part]:
    """The parts a document leads to by one kind of relationship, whatever they are called after a re-save."""
    for relation in main.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield relation.target_part


def _fact(place: etree._Element, shown: str) -> TracedFact:
    def get(name: str) -> str:
        return place.get(name) or ""

    where = Where(get("file"), int(get("line") or 0), int(get("column") or 0))
    return TracedFact(shown, get("record"), get("field"), where, place.text or "")


def _places(main: DocumentPart) -> Mapping[str, etree._Element] | None:
    """The provenance part's facts by bookmark; None where there is no such part."""
    for part in _related(main, "customXml"):
        root = _parse(part.blob)
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


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)
