"""Characters no Word file can hold: refused, with the name of the record they came from."""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import Document, Fact, FactSource, Inlines, inlines_of, plain, walk_blocks, walk_inlines
from reports.problems import Problem, ReportError, Where
from reports.writers.word_package import Properties, provenance
from reports.writers.word_work import Work
from reports.writers.word_xml import ILLEGAL


def refuse_illegal(document: Document, properties: Properties, work: Work, body: str) -> None:
    """Raise ReportError when the written text holds a character XML cannot.

    The finished text is searched, in one go; only when something is found, its place is looked for.
    """
    written = (body, *work.footnotes, provenance(work, properties), properties.title, properties.author)
    found = next(filter(None, map(ILLEGAL.search, (*written, properties.subject))), None)
    if found:
        raise ReportError(_in_fact(document) or _elsewhere(document, work, found[0]))


def _in_fact(document: Document) -> Problem | None:
    for fact, source in _facts(document):
        found = ILLEGAL.search(plain(fact.content)) or ILLEGAL.search(source.value)
        if found:
            return _problem(source.where, found[0], f"{source.record}.{source.field}")
    return None


def _elsewhere(document: Document, work: Work, character: str) -> Problem:
    """The block that holds it; where it stands in none (a title, a picture's words), the template's name."""
    for block in walk_blocks(document.blocks):
        for content in inlines_of(block):
            if ILLEGAL.search(_all_text(content)):
                return _problem(block.where or Where(work.template.name), character, type(block).__name__)
    return _problem(Where(work.template.name), character, document.lang)


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
    """The letters of *content*, footnotes included."""
    return plain(content) + "".join(
        plain(inline.content) for inline in walk_inlines(content) if hasattr(inline, "content")
    )
