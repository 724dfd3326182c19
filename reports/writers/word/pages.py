"""Pages: the sections of a report, and what stands above and below their text.

Headers and footers are the template's. Put in are the words its fields show, the page numbers of a report that
has a cover, and the mark of a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from reports.document.nodes import Document, Heading, plain, walk_blocks
from reports.writers.word.ooxml import HEAD, R_URI, W_URI, R, W, escape, relations_of
from reports.writers.word.template import PageSection, Template

_NAMESPACES = f'xmlns:w="{W_URI}" xmlns:r="{R_URI}"'
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class Added(NamedTuple):
    """A header the template does not have: its part and the id of its relationship."""

    part: str
    relation: str


class Pages(Struct, frozen=True):
    """The sections of one report: *cover* is that of a cover, *upright* and *turned* those of the text.
    *parts* are the headers and footers by part name."""

    cover: PageSection
    upright: PageSection
    turned: PageSection
    parts: dict[str, bytes]
    added: Added | None = None


def pages(template: Template, document: Document, draft: str) -> Pages:
    """Return the pages of *document*; *draft* stands above the text of every page, "" is nothing."""
    shown, style = _running_title(document), template.style_ids.get("draft mark", "")
    parts = {name: _filled(_without_mark(template.parts[name], style), shown) for name in _edges(template)}
    clean = Pages(_bare(template.portrait), template.portrait, template.landscape, parts)
    return _marked(template, clean, draft) if draft else clean


def numbered_from_one(section: PageSection) -> PageSection:
    """The same section, its pages counted from 1."""
    tree = etree.fromstring(section.xml)
    number = tree.find(f"{W}pgNumType")
    if number is None:
        number = etree.Element(f"{W}pgNumType")
        before = [tree.find(W + name) for name in ("lnNumType", "pgBorders", "paperSrc", "pgMar")]
        next(element for element in before if element is not None).addnext(number)
    number.set(f"{W}start", "1")
    return replace(section, xml=etree.tostring(tree, encoding="unicode"))


def _edges(template: Template) -> list[str]:
    return sorted(name for name in template.parts if re.fullmatch(r"word/(?:header|footer)\w*\.xml", name))


def _bare(section: PageSection) -> PageSection:
    """The page of a cover: neither header nor footer, nor one of its own for the first page."""
    tree = etree.fromstring(section.xml)
    for name in ("headerReference", "footerReference", "titlePg"):
        for element in tree.findall(W + name):
            tree.remove(element)
    return replace(section, xml=etree.tostring(tree, encoding="unicode"))


# --- running title ----------------------------------------------------------------------------------------


def _running_title(document: Document) -> str:
    """What a field for the heading of the page shows before a program computes it: the first with a number."""
    headings = [b for b in walk_blocks(document.blocks) if isinstance(b, Heading) and not b.annex]
    first = sorted((h for h in headings if h.level == 1), key=lambda heading: not heading.numbered)
    return plain(first[0].content) if first else ""


_STYLEREF = re.compile(r'\s*STYLEREF\s+"?(?:heading )?1\b', re.IGNORECASE)


def _filled(part: bytes, shown: str) -> bytes:
    """A header with the words its fields show. A report without headings has no such field, for Word would
    print an error in its place."""
    if b"STYLEREF" not in part:
        return part
    root = etree.fromstring(part, _PARSER)
    for code in [c for c in root.iter(f"{W}instrText") if _STYLEREF.match(c.text or "")]:
        marks, results = _runs_of(code)
        for run in results[1:] if shown else (*marks, *results):
            _parent(run).remove(run)
        if shown:
            _say(results[0], shown)
    return HEAD.encode() + etree.tostring(root)


def _runs_of(code: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """The runs that mark a field, and those that show its result."""
    run = _parent(code)
    before = run.getprevious()
    marks = [run] if before is None else [before, run]
    results: list[etree._Element] = []
    separated = False
    for sibling in run.itersiblings():
        mark = sibling.find(f"{W}fldChar")
        kind = "" if mark is None else mark.get(f"{W}fldCharType")
        (results if separated and not kind else marks).append(sibling)
        separated = separated or kind == "separate"
        if kind == "end":
            break
    return marks, results


def _say(run: etree._Element, words: str) -> None:
    """Give a run these words and no others."""
    for text in run.findall(f"{W}t"):
        run.remove(text)
    etree.SubElement(run, f"{W}t").text = words


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


# --- draft ------------------------------------------------------------------------------------------------


def _without_mark(header: bytes, style: str) -> bytes:
    """A header without the mark of a draft, which the template of a report that was one still has."""
    if f'"{style}"'.encode() not in header:
        return header
    root = etree.fromstring(header, _PARSER)
    for paragraph in list(root):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        if named is not None and named.get(f"{W}val") == style:
            root.remove(paragraph)
    if not len(root):
        etree.SubElement(root, f"{W}p")
    return HEAD.encode() + etree.tostring(root)


def _marked(template: Template, clean: Pages, draft: str) -> Pages:
    """The pages of a draft: its mark stands first in every header, and in one of ours where there is none."""
    style = template.style("Draft Mark")
    mark = (
        f'<w:p {_NAMESPACES}><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/>'
        f'</w:rPr><w:t xml:space="preserve">{escape(draft)}</w:t></w:r></w:p>'
    )
    name = _free(f"word/header{n}.xml" not in clean.parts for n in count(1))
    relation = _free(
        f'"header{n}"'.encode() not in template.parts[relations_of("word/document.xml")] for n in count(1)
    )
    parts = {name: _with_mark(data, mark) if "header" in name else data for name, data in clean.parts.items()}
    added = Added(f"header{name}.xml", f"header{relation}")
    parts[f"word/{added.part}"] = (HEAD + f"<w:hdr {_NAMESPACES}>{mark}</w:hdr>").encode()
    cover, upright, turned = (
        _with_headers(section, template, added.relation)
        for section in (clean.cover, clean.upright, clean.turned)
    )
    return Pages(cover, upright, turned, parts, added)


def _free(found: Iterable[bool]) -> int:
    """The first number, from 1, that is free."""
    return next(n for n, free in enumerate(found, 1) if free)


def _with_mark(header: bytes, mark: str) -> bytes:
    root = etree.fromstring(header, _PARSER)
    root.insert(0, etree.fromstring(mark))
    etree.cleanup_namespaces(root)
    return HEAD.encode() + etree.tostring(root)


def _with_headers(section: PageSection, template: Template, relation: str) -> PageSection:
    """A section in which every page has a header: those it lacks are the added one."""
    tree = etree.fromstring(section.xml)
    there = {element.get(f"{W}type") for element in tree.findall(f"{W}headerReference")}
    for side in reversed([side for side in _sides(tree, template) if side not in there]):
        reference = etree.Element(f"{W}headerReference", nsmap={"r": R_URI})
        reference.set(f"{W}type", side)
        reference.set(f"{R}id", relation)
        tree.insert(0, reference)
    return replace(section, xml=etree.tostring(tree, encoding="unicode"))


def _sides(section: etree._Element, template: Template) -> Iterator[str]:
    """The sorts of pages there are: odd, even and first may each have a header of their own."""
    yield "default"
    if b"evenAndOddHeaders" in template.parts.get("word/settings.xml", b""):
        yield "even"
    if section.find(f"{W}titlePg") is not None:
        yield "first"
