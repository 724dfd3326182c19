"""The head of a report: which parts of its title block stand on which line, with the words between them.

The writer of Word and its proof both read this; how a line looks is a matter of its style.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from reports.document.nodes import (
    Blocks,
    Document,
    Fact,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Paragraph,
    Styled,
    Text,
    plain,
)
from reports.document.profiles import LABELS
from reports.model.imprint import ROLE


class TitleLine(Struct, frozen=True):
    """One line of the head: the name of its style and what it says."""

    style: str
    content: Inlines


#: Parts with a line of their own, above and below the line of who, where and when.
_ABOVE = {
    "title": "Title",
    "subtitle": "Subtitle",
    ROLE: "Issue Line",
    "source_line": "Source Line",
    "authors": "Authors",
    "affiliation": "Affiliation",
}
_BELOW = {
    "abstract": "Abstract",
    "keywords": "Keywords",
    "abstract_zh": "Abstract",
    "keywords_zh": "Keywords",
    "abstract_en": "Abstract",
    "keywords_en": "Keywords",
}
_ELSEWHERE = (*_ABOVE, *_BELOW, "masthead", "issue", "total", "issuer", "dateline")


def head(document: Document) -> tuple[TitleLine, ...]:
    """Return the lines above the text: red head, title, and who, where and when in one line, in the order
    the report gives them."""
    roles = _roles(document)
    if "title" in roles:
        roles["title"] = _in_lines(roles["title"], document.breaks)
    return (*_red_head(document, roles), *_own_lines(roles), *_byline(document, roles))


def matter(document: Document) -> tuple[TitleLine, ...]:
    """Return abstract and keywords, in both languages, after words of their own."""
    roles = _roles(document)
    return tuple(
        TitleLine(style, (*_labelled(_label(role, document.lang)), *roles[role]))
        for role, style in _BELOW.items()
        if role in roles
    )


def text(document: Document) -> Blocks:
    """Return the blocks of the report; the first paragraph of a piece of news begins with its dateline."""
    dateline = _roles(document).get("dateline")
    if not dateline:
        return document.blocks
    for n, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            gap = Text(LABELS[document.lang].dateline)
            first = replace(block, content=(*dateline, gap, *block.content))
            return (*document.blocks[:n], first, *document.blocks[n + 1 :])
    return (Paragraph(dateline), *document.blocks)


# --- parts ------------------------------------------------------------------------------------------------


def _roles(document: Document) -> dict[str, Inlines]:
    """The parts there are. The title of a chapter is its first heading, and is said again on a cover only."""
    roles = {role: content for role, content in document.meta if content}
    first = next((b for b in document.blocks if isinstance(b, Heading)), None)
    once = bool(document.chapter) and not document.cover
    if once and first and plain(first.content) == plain(roles.get("title", ())):
        roles.pop("title", None)
    return roles


def _in_lines(content: Inlines, breaks: tuple[str, ...]) -> Inlines:
    """A title in the lines its template asks for: a line set large is not to end inside a word."""
    for words in breaks:
        content = tuple(part for inline in content for part in _broken(inline, words))
    return content


def _broken(inline: Inline, words: str) -> Inlines:
    match inline:
        case Text(text):
            before, found, after = text.partition(words)
            return (Text(before), LineBreak(), Text(found + after)) if before and found else (inline,)
        case Fact(content=content):
            return (replace(inline, content=tuple(part for one in content for part in _broken(one, words))),)
        case _:
            return (inline,)


def _own_lines(roles: dict[str, Inlines]) -> Iterator[TitleLine]:
    """The number of an issue stands below its title; of a bulletin, below its name."""
    shown = roles.keys() - ({ROLE} if "masthead" in roles else set())
    yield from (TitleLine(style, roles[role]) for role, style in _ABOVE.items() if role in shown)


def _red_head(document: Document, roles: dict[str, Inlines]) -> Iterator[TitleLine]:
    """The name of a bulletin, its number, who issues it (left) and when (right)."""
    if "masthead" in roles:
        yield TitleLine("Masthead", roles["masthead"])
    if "issue" in roles:
        labels = LABELS[document.lang]
        total = _between(labels.total, roles["total"]) if "total" in roles else ()
        yield TitleLine("Issue Line", (*_between(labels.issue, roles["issue"]), *total))
    if ROLE in roles and "masthead" in roles:
        yield TitleLine("Issue Line", roles[ROLE])
    if "issuer" in roles:
        day = (Text("\t"), *roles["date"]) if "date" in roles else ()
        yield TitleLine("Issuer Line", (*roles["issuer"], *day))


def _byline(document: Document, roles: dict[str, Inlines]) -> Iterator[TitleLine]:
    between = Text("\N{IDEOGRAPHIC SPACE}" if document.lang.startswith("zh") else " · ")
    said = ("date",) if "issuer" in roles else ()
    parts = [content for role, content in roles.items() if role not in (*_ELSEWHERE, *said)]
    line = [inline for n, content in enumerate(parts) for inline in ((between, *content) if n else content)]
    if line:
        yield TitleLine("Byline", tuple(line))


def _between(words: tuple[str, str], content: Inlines) -> Inlines:
    before, after = words
    return (Text(before), *content, *((Text(after),) if after else ()))


def _labelled(label: str) -> Inlines:
    """A bold word and its colon, which is not bold: Markdown knows no bold that ends in a sign before a word."""
    word = label.rstrip(":： ")
    return (Styled("strong", (Text(word),)), Text(label[len(word) :]))


def _label(role: str, lang: str) -> str:
    """The word before a part; one of another language has a word of that language."""
    word, _, own = role.partition("_")
    labels = LABELS[own or lang]
    return labels.abstract if word == "abstract" else labels.keywords
