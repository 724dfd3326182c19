"""Proof before the swap: the written Word file is opened again and compared with the tree it came from.

Nothing that writes is used here, so that a mistake of the writer cannot hide itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from reports.document.drawings import Drawing
from reports.document.nodes import (
    Block,
    Cite,
    CodeBlock,
    CommentMark,
    Contents,
    Document,
    Fact,
    FactSource,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Inlines,
    Ref,
    ReferenceEntry,
    References,
    Table,
    inlines_of,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.writers import title_block
from reports.writers.word import extract
from reports.writers.word.extract import captioned, one_line_end, trimmed
from reports.writers.word.reopen import open_package


def compare(data: bytes, document: Document, drawings: Mapping[str, Drawing]) -> tuple[str, ...]:
    """Return how a .docx differs from the *document* it was written from, a sentence each; () when it says
    the same: texts in order, tables cell by cell, footnotes and comments, pictures byte by byte, facts, and what
    leads to what."""
    package = open_package(data)
    contents = list(_contents(document))
    inlines = _by_kind(contents)
    noted, remarked = (contents if inlines[kind] else [] for kind in (Footnote, CommentMark))
    return (
        *_differences("paragraph", extract.paragraphs(package), _expected_paragraphs(document)),
        *_differences("footnote", extract.footnotes(package), _expected_footnotes(noted, document.lang)),
        *_differences("table", extract.tables(package), _expected_tables(document)),
        *_differences("picture", extract.pictures(package), _expected_pictures(document, drawings)),
        *_differences("fact", extract.facts(package), _expected_facts(inlines[Fact], document)),
        *_differences("reference", extract.references(package), _expected_references(inlines[Ref], document)),
        *_differences("comment", extract.comments(package), _expected_comments(remarked, document.lang)),
        *_differences("contents line", extract.contents(package), _expected_contents(document)),
        *_differences("cited work", extract.works(package), _expected_works(document)),
        *_differences("citation", extract.citations(package), _expected_citations(inlines[Cite], document)),
        *_differences("chapter", [extract.chapter(package, document.chapter)], [document.chapter]),
        *_differences("cover", [extract.has_cover(package)], [document.cover]),
    )


def _differences(what: str, there: Iterable[object], expected: Iterable[object]) -> Iterator[str]:
    """The first difference only: what follows one is mostly its echo."""
    for n, (is_, should) in enumerate(zip_longest(there, expected), 1):
        if is_ != should:
            yield f"{what} {n} is {_shown(is_)} instead of {_shown(should)}"
            return


def _shown(thing: object) -> str:
    if isinstance(thing, bytes):
        return f"{len(thing)} bytes"
    return "missing" if thing is None else repr(thing)[:120]


# --- what the tree says -----------------------------------------------------------------------------------


def _contents(document: Document) -> Iterator[Inlines]:
    """All runs of inlines in the order they are printed."""
    yield from (line.content for line in (*title_block.head(document), *title_block.matter(document)))
    for block in walk_blocks(title_block.text(document)):
        yield from inlines_of(block)


def _by_kind(contents: Iterable[Inlines]) -> Mapping[type[Inline], list[Any]]:
    """Every inline by its kind, in the order they are printed; most texts have few kinds, and none of them notes."""
    found: defaultdict[type[Inline], list[Any]] = defaultdict(list)
    for content in contents:
        for inline in walk_inlines(content):
            found[type(inline)].append(inline)
    return found


def _expected_paragraphs(document: Document) -> Iterator[str]:
    lines = (plain(line.content) for line in (*title_block.head(document), *title_block.matter(document)))
    blocks = (text for block in walk_blocks(title_block.text(document)) for text in _texts(block))
    yield from filter(None, map(one_line_end, (*lines, *blocks)))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield captioned(block.number, plain(block.caption))
            yield plain(block.unit)
            yield from (plain(cell.content) for row in (*block.header, *block.rows) for cell in row)
            yield from map(plain, block.notes)
        case FigureBlock():
            yield from (plain(picture.caption) for picture in block.pictures)
            yield captioned(block.number, plain(block.caption))
            yield from map(plain, block.notes)
        case CodeBlock(text=text):
            yield text.rstrip("\n")
        case Contents():
            yield from (f"{text}\t{page}" if page else text for text, page in _lines(block))
        case Heading(annex=True, number=number):
            yield captioned(number.lstrip(_BEFORE_NUMBER), "")
            yield plain(block.content)
        case _:
            yield from map(plain, inlines_of(block))


_BEFORE_NUMBER = "附件Annex "


def _expected_footnotes(contents: Iterable[Inlines], lang: str) -> Iterator[str]:
    for content in contents:
        for inline in _outer_notes(content):
            yield one_line_end(_note_text(inline.content, lang))


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
            yield [trimmed(list(map(one_line_end, row))) for row in rows]


def _expected_pictures(document: Document, drawings: Mapping[str, Drawing]) -> Iterator[bytes | str]:
    for block in walk_blocks(document.blocks):
        for picture in block.pictures if isinstance(block, FigureBlock) else ():
            drawing = drawings.get(picture.source)
            yield drawing.png if drawing else extract.PLACEHOLDER


def _expected_facts(facts: Iterable[Fact], document: Document) -> Iterator[tuple[str, ...]]:
    for fact in facts:
        shown = one_line_end(plain(fact.content))
        yield shown, shown, *_whence(document.sources[fact.source])


def _whence(source: FactSource) -> Iterator[str]:
    """As `extract` tells it of the file."""
    record = ("", source.record) if not source.report else (source.record, "")
    yield " ".join((source.rule, *record, source.field, source.on))
    for origin in source.of:
        yield from (*_whence(origin), origin.value)


def _expected_references(refs: Iterable[Ref], document: Document) -> list[str]:
    ids = {b.id for b in walk_blocks(document.blocks) if isinstance(b, (Heading, FigureBlock, Table))} - {""}
    return sorted(ref.label for ref in refs if ref.anchor in ids and ref.label)


# --- comments, contents, citations ------------------------------------------------------------------------


def _expected_comments(contents: Iterable[Inlines], lang: str) -> list[tuple[str, ...]]:
    """The words each comment is about, by whom, when, and what it says. Their order says nothing."""
    return sorted(one for content in contents for one in _remarks(content, lang))


def _remarks(content: Inlines, lang: str, *, in_note: bool = False) -> Iterator[tuple[str, ...]]:
    """The remarks in *content*; one in a note is about the mark of the note, which has no letters."""
    for inline in content:
        if isinstance(inline, CommentMark):
            words = "" if in_note else one_line_end(plain(inline.content))
            day = f"{inline.date[:10]}T00:00:00Z" if len(inline.date) >= len("2023-06-08") else ""
            yield words, inline.author, day, one_line_end(_comment_text(inline, lang))
        if not isinstance(inline, Ref) and hasattr(inline, "content"):
            noted = in_note or isinstance(inline, Footnote)
            yield from _remarks(inline.content, lang, in_note=noted)


def _comment_text(remark: CommentMark, lang: str) -> str:
    gap, opening, closing = ("", "（", "）") if lang.startswith("zh") else (" ", "(", ")")
    state = f"{gap}{opening}{remark.state}{closing}" if remark.state else ""
    return _bare(remark.text, lang) + state


def _bare(content: Inlines, lang: str) -> str:
    """What a comment says: a note or a remark in it stands in brackets, for Word has neither there."""
    opening, closing = "（）" if lang.startswith("zh") else "()"
    parts = []
    for inline in content:
        inner = inline.text if isinstance(inline, CommentMark) else getattr(inline, "content", ())
        aside = f"{opening}{_bare(inner, lang)}{closing}"
        parts.append(aside if isinstance(inline, Footnote) else plain((inline,)))
        parts.append(aside if isinstance(inline, CommentMark) else "")
    return "".join(parts)


def _lines(block: Contents) -> Iterator[tuple[str, str]]:
    """The lines of a list and their pages, which stand there when all are known."""
    pages = all(entry.page for entry in block.entries)
    return ((entry.text, str(entry.page) if pages else "") for entry in block.entries)


def _expected_contents(document: Document) -> Iterator[tuple[str, str, bool]]:
    """What each line says, its page, and that it leads to a place of these words."""
    for block in walk_blocks(document.blocks):
        if isinstance(block, Contents):
            yield from ((text, page, True) for text, page in _lines(block))


def _works(document: Document) -> Iterator[ReferenceEntry]:
    for block in walk_blocks(document.blocks):
        if isinstance(block, References):
            yield from block.entries


def _expected_works(document: Document) -> Iterator[tuple[int, str]]:
    return ((entry.number, one_line_end(plain(entry.content))) for entry in _works(document))


def _expected_citations(cites: Iterable[Cite], document: Document) -> list[tuple[str, str]]:
    """Each printed number with the work it leads to."""
    works = {entry.key: entry for entry in _works(document)}
    return sorted(
        (shown, one_line_end(plain(works[key].content)))
        for cite in cites
        for shown in re.findall(r"\d+", cite.label)
        for key in cite.targets
        if key in works and str(works[key].number) == shown
    )
