"""A Word template, read: styles by the name a person sees, numbering, page.

The .docx a secretariat keeps is the truth about looks. Nothing here knows style ids or part numbers beforehand:
Word renames ids when a template is saved in another language, names stay.
"""

from __future__ import annotations

import copy
import functools
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree
from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.writers.word.ooxml import CONTENT_TYPES, W, relations_of, unpack

_NEEDED = tuple(f"word/{part}.xml" for part in ("document", "styles", "numbering", "footnotes"))
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class Numbering(Struct, frozen=True):
    """The list numbering of a paragraph style: its instance, its abstract one, the text indent of each
    level in twips."""

    num: int
    abstract: int
    lefts: tuple[int, ...]


class PageSection(Struct, frozen=True):
    """One w:sectPr and the size of its text area, in twips."""

    xml: str
    width: int
    height: int


class Template(Struct, frozen=True):
    """What the writer needs of a template; *style_ids* is keyed by the style's name in lower case."""

    name: str
    parts: Mapping[str, bytes]
    style_ids: Mapping[str, str]
    numberings: Mapping[str, Numbering]
    portrait: PageSection
    landscape: PageSection
    next_num: int
    next_footnote: int

    def style(self, name: str) -> str:
        """Return the id of the style called *name*; raises ReportError when the template has none."""
        found = self.style_ids.get(name.lower())
        if found is None:
            args = {"style": name, "near": near(name.lower(), self.style_ids)}
            raise ReportError(Problem(Where(self.name), "word/missing-style", args))
        return found

    def numbering(self, style: str) -> Numbering:
        """Return the numbering of the style called *style*; raises ReportError when it has none."""
        found = self.numberings.get(self.style(style))
        if found is None:
            raise _unusable(self.name, f"{style}: w:numPr")
        return found


@functools.lru_cache(maxsize=8)  # a batch reads each template once
def read_template(data: bytes, name: str) -> Template:
    """Read a template; raises ReportError when it is no Word file or lacks a part we write into."""
    try:
        parts = unpack(data)
        trees = {part: etree.fromstring(parts[part], _PARSER) for part in _NEEDED}
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise _unusable(name, str(error)) from error
    document, styles, numbering, footnotes = (trees[part] for part in _NEEDED)
    _leave_behind(parts, footnotes)
    section = document.find(f"{W}body/{W}sectPr")
    if section is None or section.find(f"{W}pgSz") is None or section.find(f"{W}pgMar") is None:
        raise _unusable(name, "w:sectPr, w:pgSz, w:pgMar")
    return Template(
        name=name,
        parts=MappingProxyType(parts),
        style_ids=MappingProxyType(_style_ids(styles)),
        numberings=MappingProxyType(_numberings(styles, numbering)),
        portrait=_section(section),
        landscape=_section(_turned(section)),
        next_num=1 + max((_int(n, "numId") for n in numbering.findall(f"{W}num")), default=0),
        next_footnote=1 + max((_int(n, "id") for n in footnotes.findall(f"{W}footnote")), default=0),
    )


def compare(own: bytes, ours: bytes, name: str) -> Iterator[Problem]:
    """Say what a secretariat's template, *own*, lacks of *ours*: what keeps it from being used, and styles that a report
    may ask for."""
    try:
        found, wanted = read_template(own, name), read_template(ours, name)
    except ReportError as error:
        yield from error.problems
        return
    for style in sorted(wanted.style_ids.keys() - found.style_ids.keys()):
        args = {"style": style, "near": near(style, found.style_ids)}
        yield Problem(Where(name), "word/missing-style", args, "warning")
    for style, id_ in sorted(wanted.style_ids.items()):
        own_id = found.style_ids.get(style)
        if own_id and id_ in wanted.numberings and own_id not in found.numberings:
            yield Problem(Where(name), "word/template", {"detail": f"{style}: w:numPr"}, "warning")


# --- what is left behind ----------------------------------------------------------------------------------

#: What the main part is related to for the sake of looks. All else (pictures, links, comments, custom XML)
#: belongs to the sample text, which goes; so last quarter's report can be this quarter's template.
_KEPT = frozenset(
    {"styles", "numbering", "settings", "fontTable", "footnotes", "endnotes", "theme", "header", "footer"}
)


def _leave_behind(parts: dict[str, bytes], footnotes: etree._Element) -> None:
    """Drop the notes of the sample text and every part that only it needs."""
    for note in list(footnotes):
        if not note.get(f"{W}type"):
            footnotes.remove(note)
    parts["word/footnotes.xml"] = etree.tostring(footnotes, encoding="UTF-8", xml_declaration=True)
    parts.pop(relations_of("word/footnotes.xml"), None)
    place = relations_of("word/document.xml")
    relations = etree.fromstring(parts[place], _PARSER)
    for relation in list(relations):
        if (relation.get("Type") or "").rpartition("/")[2] not in _KEPT:
            relations.remove(relation)
    parts[place] = etree.tostring(relations, encoding="UTF-8", xml_declaration=True)
    needed = _reachable(parts, "word/document.xml")
    for name in set(parts).difference(needed, (CONTENT_TYPES, "_rels/.rels")):
        del parts[name]


def _reachable(parts: Mapping[str, bytes], start: str) -> set[str]:
    """The parts relationships lead to from *start*, with the parts that hold the relationships."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        part = waiting.pop()
        place = relations_of(part)
        found |= {part, place} & set(parts)
        relations = etree.fromstring(parts[place], _PARSER) if place in parts else ()
        targets = {
            posixpath.normpath(posixpath.join("/", posixpath.dirname(part), relation.get("Target") or ""))[1:]
            for relation in relations
            if relation.get("TargetMode") != "External"
        }
        waiting += sorted(targets - found)
    return found


# --- what is read -----------------------------------------------------------------------------------------


def _unusable(name: str, detail: str) -> ReportError:
    return ReportError(Problem(Where(name), "word/template", {"detail": detail}))


def _int(element: etree._Element | None, attribute: str) -> int:
    """The number in a w: attribute; 0 where the element or the attribute is missing."""
    return 0 if element is None else int(element.get(W + attribute) or 0)


def _style_ids(styles: etree._Element) -> dict[str, str]:
    named = ((style.find(f"{W}name"), style.get(f"{W}styleId")) for style in styles.findall(f"{W}style"))
    return {(name.get(f"{W}val") or "").lower(): id_ for name, id_ in named if name is not None and id_}


def _numberings(styles: etree._Element, numbering: etree._Element) -> dict[str, Numbering]:
    """The numbering of every style that has one of its own."""
    abstract_of = {
        _int(num, "numId"): _int(num.find(f"{W}abstractNumId"), "val") for num in numbering.findall(f"{W}num")
    }
    lefts = {_int(a, "abstractNumId"): _lefts(a) for a in numbering.findall(f"{W}abstractNum")}
    found = {}
    for style in styles.findall(f"{W}style"):
        num = _int(style.find(f"{W}pPr/{W}numPr/{W}numId"), "val")
        if num in abstract_of:
            abstract = abstract_of[num]
            found[style.get(f"{W}styleId") or ""] = Numbering(num, abstract, lefts.get(abstract, ()))
    return found


def _lefts(abstract: etree._Element) -> tuple[int, ...]:
    return tuple(_int(level.find(f"{W}pPr/{W}ind"), "left") for level in abstract.findall(f"{W}lvl"))


def _section(section: etree._Element) -> PageSection:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    width = _int(size, "w") - _int(margins, "left") - _int(margins, "right")
    height = _int(size, "h") - _int(margins, "top") - _int(margins, "bottom")
    alone = copy.deepcopy(section)
    alone.tail = None
    etree.cleanup_namespaces(alone)
    return PageSection(etree.tostring(alone, encoding="unicode"), width, height)


def _turned(section: etree._Element) -> etree._Element:
    """The same section on its side: headers, footers and margins stay, width and height change places."""
    turned = copy.deepcopy(section)
    size = turned.find(f"{W}pgSz")
    assert size is not None
    short, long = sorted((_int(size, "w"), _int(size, "h")))
    size.set(f"{W}w", str(long))
    size.set(f"{W}h", str(short))
    size.set(f"{W}orient", "landscape")
    return turned


_FONT = re.compile(rb'\bw:(?:ascii|hAnsi|eastAsia)="([^"]+)"')


def fonts_named(template: bytes) -> frozenset[str]:
    """Return the fonts that the styles of a Word template name (w:rFonts, ECMA-376 17.3.2.26), none where it is no Word file."""
    try:
        styles = unpack(template)["word/styles.xml"]
    except (zipfile.BadZipFile, KeyError):
        return frozenset()
    runs = re.findall(rb"<w:rFonts\b[^>]*>", styles)
    return frozenset(name.decode("utf-8") for run in runs for name in _FONT.findall(run))
