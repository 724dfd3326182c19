"""Proof before the swap: the written Word file is opened again and compared with the tree it came from.

Nothing of the writer is used here, so that a mistake of the writer cannot hide itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from reports.document import (
    Block,
    CodeBlock,
    Contents,
    Document,
    Fact,
    Figure,
    Footnote,
    Heading,
    Inlines,
    Ref,
    Table,
    inlines_of,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.drawing import Drawing
from reports.writers.word_open import Element, Package, field_codes, get, letters, open_package, value
from reports.writers.word_xml import A, R, W
from reports.writers.word_zip import relations_of


def compare(data: bytes, document: Document, drawings: Mapping[str, Drawing]) -> tuple[str, ...]:
    """Return how a .docx differs from the *document* it was written from, a sentence each; () when it says
    the same: texts in order, tables cell by cell, footnotes, pictures byte by byte, facts and references."""
    package = open_package(data)
    return (
        *_differences("paragraph", _paragraphs(package), _expected_paragraphs(document)),
        *_differences("footnote", _footnotes(package), _expected_footnotes(document)),
        *_differences("table", _tables(package), _expected_tables(document)),
        *_differences("picture", _pictures(package), _expected_pictures(document, drawings)),
        *_differences("fact", _facts(package), _expected_facts(document)),
        *_differences("reference", _references(package), _expected_references(document)),
    )


def _differences(what: str, found: Iterable[object], expected: Iterable[object]) -> Iterator[str]:
    """The first difference only: what follows one is mostly its echo."""
    for n, (is_, should) in enumerate(zip_longest(found, expected), 1):
        if is_ != should:
            yield f"{what} {n} is {_shown(is_)} instead of {_shown(should)}"
            return


def _shown(thing: object) -> str:
    if isinstance(thing, bytes):
        return f"{len(thing)} bytes"
    return "missing" if thing is None else repr(thing)[:120]


# --- what the tree says -----------------------------------------------------------------------------------


def _inlines(document: Document) -> Iterator[Inlines]:
    """All inlines in the order they are printed."""
    yield document.title("title")
    yield document.title("subtitle")
    yield from (content for role, content in document.meta if role not in (*_OWN_LINE, *_MATTER))
    yield from (document.title(role) for role in _MATTER)
    for block in walk_blocks(document.blocks):
        yield from inlines_of(block)


_OWN_LINE = ("title", "subtitle")
_MATTER = {"abstract": ("摘要：", "Abstract: "), "keywords": ("关键词：", "Keywords: ")}


def _expected_paragraphs(document: Document) -> Iterator[str]:
    chinese = document.lang.startswith("zh")
    roles = {role: plain(content) for role, content in document.meta if content}
    byline = [text for role, text in roles.items() if role not in (*_OWN_LINE, *_MATTER)]
    matter = [words[not chinese] + roles[role] for role, words in _MATTER.items() if role in roles]
    own = [roles.get(role, "") for role in _OWN_LINE]
    titles = (*own, ("\N{IDEOGRAPHIC SPACE}" if chinese else " · ").join(byline), *matter)
    blocks = (text for block in walk_blocks(document.blocks) for text in _texts(block))
    yield from filter(None, map(_one_line_end, (*titles, *blocks)))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield _captioned(block.number, plain(block.caption))
            yield plain(block.unit)
            yield from (plain(cell.content) for row in (*block.header, *block.rows) for cell in row)
            yield from map(plain, block.notes)
        case Figure():
            yield from (plain(picture.caption) for picture in block.pictures)
            yield _captioned(block.number, plain(block.caption))
            yield from map(plain, block.notes)
        case CodeBlock(text=text):
            yield text.rstrip("\n")
        case Contents(entries=entries):
            yield from (entry.text for entry in entries)
        case _:
            yield from map(plain, inlines_of(block))


def _captioned(number: str, text: str) -> str:
    return f"[{number}] {text.strip(_BETWEEN)}" if number else text


_BETWEEN = " .\N{IDEOGRAPHIC SPACE}"  # what profiles put between number and caption


def _one_line_end(text: str) -> str:
    return re.sub("\r\n?", "\n", text) if "\r" in text else text


def _expected_footnotes(document: Document) -> Iterator[str]:
    for content in _inlines(document):
        for inline in _outer_notes(content):
            yield _one_line_end(_note_text(inline.content, document.lang))


def _outer_notes(content: Inlines) -> Iterator[Footnote]:
    """Notes that are no part of another note."""
    for inline in content:
        if isinstance(inline, Footnote):
            yield inline
        elif not isinstance(inline, Ref) and hasattr(inline, "content"):
            yield from _outer_notes(inline.content)


def _note_text(content: Inlines, lang: str) -> str:
    """A note in a note stands in brackets."""
    opening, closing = "（）" if lang.startswith("zh") else "()"
    return "".join(
        f"{opening}{_note_text(i.content, lang)}{closing}" if isinstance(i, Footnote) else plain((i,))
        for i in content
    )


def _expected_tables(document: Document) -> Iterator[list[list[str]]]:
    for block in walk_blocks(document.blocks):
        if isinstance(block, Table):
            rows = [[plain(cell.content) for cell in row] for row in (*block.header, *block.rows)]
            yield [_trimmed(list(map(_one_line_end, row))) for row in rows]


def _trimmed(row: list[str]) -> list[str]:
    """Without the empty cells at the end, which fill up a short row."""
    while row and not row[-1]:
        row.pop()
    return row


_PLACEHOLDER = "placeholder"


def _expected_pictures(document: Document, drawings: Mapping[str, Drawing]) -> Iterator[bytes | str]:
    for block in walk_blocks(document.blocks):
        for picture in block.pictures if isinstance(block, Figure) else ():
            drawing = drawings.get(picture.source)
            yield drawing.png if drawing else _PLACEHOLDER


def _expected_facts(document: Document) -> Iterator[tuple[str, ...]]:
    for content in _inlines(document):
        for inline in walk_inlines(content):
            if isinstance(inline, Fact):
                source = document.sources[inline.source]
                place = source.where
                shown = _one_line_end(plain(inline.content))
                yield shown, source.record, source.field, place.file, str(place.line), str(place.column)


def _expected_references(document: Document) -> list[str]:
    ids = {b.id for b in walk_blocks(document.blocks) if isinstance(b, (Heading, Figure, Table))} - {""}
    everything = (inline for content in _inlines(document) for inline in walk_inlines(content))
    return sorted(i.label for i in everything if isinstance(i, Ref) and i.anchor in ids and i.label)


# --- what the file says -----------------------------------------------------------------------------------


def _paragraphs(package: Package) -> Iterator[str]:
    codes, placeholders = field_codes(package), package.in_style("figure placeholder")
    for paragraph in package.document.iter(f"{W}p"):
        text = letters(paragraph)
        if text and paragraph not in placeholders:
            match = re.search(r"SEQ (\S+)", codes.get(paragraph, ""))
            yield _caption(match[1], text) if match else text


def _caption(label: str, text: str) -> str:
    """[8-1] and the caption's own text."""
    rest = text.removeprefix(label).lstrip()
    number = re.match(r"(?:[\d.]+-)*\d+", rest)
    return _captioned(number[0], rest[number.end() :]) if number else rest


def _footnotes(package: Package) -> Iterator[str]:
    for note in package.trees["word/footnotes.xml"]:
        if not get(note, "type"):
            yield letters(note).removeprefix(" ")


def _tables(package: Package) -> Iterator[list[list[str]]]:
    for table in package.document.iter(f"{W}tbl"):
        if package.style_names.get(value(table, "tblPr/tblStyle")) == "report table":
            merges = (m for m in table.iter(f"{W}vMerge") if get(m, "val") == "continue")
            covered = {next(merge.iterancestors(f"{W}tc")) for merge in merges}
            yield [_trimmed(_cells(row, covered)) for row in table.iterchildren(f"{W}tr")]


def _cells(row: Element, covered: set[Element]) -> list[str]:
    return [letters(cell) for cell in row.iterchildren(f"{W}tc") if cell not in covered]


def _pictures(package: Package) -> Iterator[bytes | str]:
    place = relations_of("word/document.xml")
    targets = {r.get("Id"): r.get("Target") or "" for r in package.trees[place]}
    placeholders = package.in_style("figure placeholder")
    for element in package.document.iter(f"{W}p", f"{A}blip"):
        if element in placeholders:
            yield _PLACEHOLDER
        elif element.tag == f"{A}blip":
            yield package.parts[f"word/{targets[element.get(f'{R}embed')]}"]


def _facts(package: Package) -> Iterator[tuple[str, ...]]:
    """The text in every fact's bookmark, and what the provenance part says about it."""
    shown = {get(start, "name"): _bookmarked(start) for start in package.find_all("bookmarkStart")}
    for part, tree in package.trees.items():
        if part.startswith("customXml/") and tree.tag == f"{{{_PROVENANCE}}}provenance":
            for fact in tree:
                text = shown.get(fact.get("bookmark") or "", "no bookmark")
                yield text, *(fact.get(name) or "" for name in ("record", "field", "file", "line", "column"))


_PROVENANCE = "urn:report-provenance:1"


def _bookmarked(start: Element) -> str:
    """The text between the two ends of a bookmark."""
    parts: list[str] = []
    for element in start.itersiblings():
        if element.tag == _BOOKMARK_END and get(element, "id") == get(start, "id"):
            break
        parts.append(letters(element))
    return "".join(parts)


_BOOKMARK_END = f"{W}bookmarkEnd"


def _references(package: Package) -> list[str]:
    """What every reference shows; a field that would show something else after an update says so."""
    starts = {get(start, "name"): start for start in package.find_all("bookmarkStart")}
    found = [
        letters(link)
        for link in package.find_all("hyperlink")
        if get(link, "anchor") and not _in_contents(package, link)
    ]
    for code in package.find_all("instrText"):
        match = re.match(r"\s*REF (\S+)", code.text or "")
        if match:
            result = _result(code)
            target = _bookmarked(starts[match[1]]) if match[1] in starts else "nothing"
            found.append(result if result == target else f"{result} (the field leads to {target})")
    return sorted(found)


def _in_contents(package: Package, link: Element) -> bool:
    style = package.style_of(next(link.iterancestors(f"{W}p")))
    return style.startswith("toc ") or style == "table of figures"


def _result(code: Element) -> str:
    """The text a field shows: that of the runs between its separator and its end."""
    parts: list[str] = []
    run = next(code.iterancestors(f"{W}r"))
    for element in run.itersiblings():
        if value(element, "fldChar", "fldCharType") == "end":
            break
        parts.append(letters(element))
    return "".join(parts)
