"""Characters no Word file can hold: refused, with the name of the record they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.nodes import (
    CodeBlock,
    CommentMark,
    Document,
    Fact,
    FactSource,
    FigureBlock,
    Inlines,
    inlines_of,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.writers.word.ooxml import ILLEGAL


def refuse_illegal(document: Document, written: Iterable[str], template: str) -> None:
    """Raise ReportError when a text *written* from *document* holds a character XML cannot.

    The finished texts are searched, in one go; only when something is found, its place is looked for.
    *template* names the Word template, which is where a finding points when it stands in no block.
    """
    found = next(filter(None, map(ILLEGAL.search, written)), None)
    if found:
        raise ReportError(
            _in_fact(document) or _in_block(document) or _problem(Where(template), found[0], "")
        )


def _in_fact(document: Document) -> Problem | None:
    for fact, source in _facts(document):
        for origin in source.origins():
            letters = "" if source.rule else plain(fact.content)  # what was worked out is found in its block
            if found := ILLEGAL.search(letters) or ILLEGAL.search(origin.value):
                return _problem(origin.where, found[0], f"{origin.record}.{origin.field}")
    return None


def _in_block(document: Document) -> Problem | None:
    for block in walk_blocks(document.blocks):
        for text in (*map(_all_text, inlines_of(block)), block.text if isinstance(block, CodeBlock) else ""):
            found = ILLEGAL.search(text)
            if found and block.where:
                what = "Figure" if isinstance(block, FigureBlock) else type(block).__name__
                return _problem(block.where, found[0], what)
    return None


def _problem(where: Where, character: str, field: str) -> Problem:
    return Problem(where, "word/illegal-character", {"code": f"U+{ord(character):04X}", "field": field})


def _facts(document: Document) -> Iterator[tuple[Fact, FactSource]]:
    titles = [content for _, content in document.meta]
    blocks = [content for block in walk_blocks(document.blocks) for content in inlines_of(block)]
    for content in titles + blocks:
        for inline in walk_inlines(content):
            if isinstance(inline, Fact):
                yield inline, document.sources[inline.source]


def _all_text(content: Inlines) -> str:
    """The letters of *content*, footnotes and comments included."""
    parts = [plain(content)]
    for inline in walk_inlines(content):
        parts.append(plain(getattr(inline, "content", ())))
        if isinstance(inline, CommentMark):
            parts += [plain(inline.text), inline.author, inline.state]
    return "".join(parts)
