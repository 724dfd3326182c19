"""Document → one HTML file that reads well on a phone and on a desk: nothing beside it, no script in it.

Pictures and looks are inside the file, and its policy forbids it to fetch anything. Pointing at a fact, or
tapping it, shows where it comes from: the style sheet does that, from two attributes of the fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import structs

from reports.diagnostics.words.pages import PAGE
from reports.document.drawings import Drawing
from reports.document.nodes import (
    Block,
    Blocks,
    Box,
    CodeBlock,
    Contents,
    ContentsEntry,
    Document,
    FigureBlock,
    Footnote,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    References,
    Table,
    Text,
    plain,
    walk_blocks,
)
from reports.document.profiles import Profile
from reports.model.formatting import TAGS
from reports.writers import title_block
from reports.writers.html_inline import MARK, NOTE, WORK, HtmlContext, inlines, letters
from reports.writers.html_table import Out, figure, named, table

#: What a file opened from a folder may do: show itself.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

#: From so many headings on a page gets a list of them.
_LONG = 4


def write(
    document: Document,
    profile: Profile,
    drawings: Mapping[str, Drawing],
    generator: str = "",
    draft: str = "",
) -> bytes:
    """Return the HTML file; *drawings* are the pictures by `Picture.source`, *draft* is the mark of a draft."""
    title = letters(plain(document.title("title")))
    made_by = f'<meta name="generator" content="{letters(generator)}">\n' if generator else ""
    html = (
        f'<!DOCTYPE html>\n<html lang="{TAGS[document.lang]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{made_by}'
        f'<meta name="referrer" content="no-referrer">\n<title>{title}</title>\n'
        f"<style>\n{style_sheet()}</style>\n</head>\n"
        f"<body>\n{page(document, profile, drawings, draft)}\n</body>\n</html>\n"
    )
    return html.encode("utf-8", "replace")


@cache
def style_sheet() -> str:
    """The looks of a report."""
    return Path(__file__).with_name("html.css").read_text(encoding="utf-8")


def page(
    document: Document,
    profile: Profile,
    drawings: Mapping[str, Drawing],
    draft: str = "",
    *,
    placed: bool = False,
) -> str:
    """Return what stands in the body: the head, a list of headings, the text, the notes. *placed*: each fact says
    its file and line."""
    out = Out(profile, drawings, _ink(document, placed=placed), _top_level(document))
    head = _head(out, document)
    mark = f'<p class="draft">{letters(draft)}</p>\n' if draft else ""
    text = _blocks(out, title_block.text(document))
    cover = " cover" if document.cover else ""
    return (
        f'<main class="report {letters(profile.name)}{cover}" lang="{TAGS[document.lang]}">\n'
        f"{mark}{head}{_outline(document)}<article>\n{text}</article>\n{_notes(out, document.lang)}</main>"
    )


def _ink(document: Document, *, placed: bool) -> HtmlContext:
    blocks = tuple(walk_blocks(document.blocks))
    works = {e.key: e.number for block in blocks if isinstance(block, References) for e in block.entries}
    ids = {id_ for block in blocks if (id_ := getattr(block, "id", ""))}
    return HtmlContext(
        document.lang.startswith("zh"),
        document.sources,
        frozenset(ids),
        works,
        lang=document.lang,
        placed=placed,
    )


def _top_level(document: Document) -> int:
    """Headings stand below the title, where one is shown."""
    return 2 if any(line.style == "Title" for line in title_block.head(document)) else 1


# --- head, outline, notes ---------------------------------------------------------------------------------


def _head(out: Out, document: Document) -> str:
    lines = "".join(_line(out, line) for line in title_block.head(document))
    matter = "".join(_line(out, line) for line in title_block.matter(document))
    return f'<header class="head">\n{lines}{matter}</header>\n' if lines or matter else ""


def _line(out: Out, line: title_block.TitleLine) -> str:
    """A line of the head; what stands behind a tab stands at the right."""
    tag, style = ("h1" if line.style == "Title" else "p"), line.style.lower().replace(" ", "-")
    words = "".join(
        '</span><span class="right">' if inline == Text("\t") else inlines(out.ink, (inline,))
        for inline in line.content
    )
    return f'<{tag} class="{style}"><span>{words}</span></{tag}>\n'


def _outline(document: Document) -> str:
    """The headings of a long report that brings no contents of its own: beside the text where there is room,
    else folded away above it."""
    if any(isinstance(b, Contents) and b.of == "headings" for b in document.blocks):
        return ""
    found = [b for b in document.blocks if isinstance(b, Heading) and b.level <= 2 and b.id]
    if len(found) < _LONG:
        return ""
    entries = tuple(ContentsEntry(b.level, f"{b.number}{_gap(b)}{plain(b.content)}", b.id) for b in found)
    word = PAGE.say("contents", document.lang)
    lines = _entries(entries, {entry.anchor for entry in entries})
    return f'<nav class="outline" aria-label="{word}"><details><summary>{word}</summary>{lines}</details></nav>\n'


def _gap(heading: Heading) -> str:
    return "\N{IDEOGRAPHIC SPACE}" if heading.annex else ""


def _notes(out: Out, lang: str) -> str:
    """The footnotes in the order they were met; each leads back."""
    if not out.ink.notes:
        return ""
    word, back = PAGE.say("notes", lang), PAGE.say("back", lang)
    items = "".join(f"{_note(out, note, back)}\n" for note in out.ink.notes)
    return f'<section class="notes" role="doc-endnotes" aria-label="{word}"><ol>\n{items}</ol></section>\n'


def _note(out: Out, note: Footnote, back: str) -> str:
    inner = inlines(structs.replace(out.ink, noted=True), note.content)
    link = f'<a class="back" href="#{MARK}{note.number}" role="doc-backlink" aria-label="{back}">↩</a>'
    return f'<li id="{NOTE}{note.number}" value="{note.number}">{inner} {link}</li>'


# --- blocks, one function a kind --------------------------------------------------------------------------


def _blocks(out: Out, blocks: Blocks) -> str:
    return "".join(f"{html}\n" for block in blocks if (html := _BLOCKS[type(block)](out, block)))


def _heading(out: Out, block: Heading) -> str:
    tag = f"h{min(block.level - 1 + out.level, 6)}"
    number = f'<span class="number">{letters(block.number + _gap(block))}</span>' if block.number else ""
    kind = ' class="annex"' if block.annex else ""
    return f"<{tag}{named(block.id)}{kind}>{number}{inlines(out.ink, block.content)}</{tag}>"


def _paragraph(out: Out, block: Paragraph) -> str:
    return f"<p>{inlines(out.ink, block.content)}</p>"


def _listing(out: Out, block: Listing) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join(f"<li>{_blocks(out, item).strip()}</li>\n" for item in block.items)
    return f"<{tag}{start}>\n{items}</{tag}>"


_BOXES = MappingProxyType(
    {
        "summary": "section",
        "callout": "aside",
        "quote": "blockquote",
        "discussion": "section",
        "changes": "section",
        "source": "div",
        "note": "div",
        "distribution": "footer",
    }
)


def _box(out: Out, block: Box) -> str:
    tag, role = _BOXES.get(block.role, "div"), block.role if block.role in _BOXES else "other"
    return f'<{tag} class="box {role}">\n{_blocks(out, block.blocks)}</{tag}>'


def _code(_out: Out, block: CodeBlock) -> str:
    return f'<pre tabindex="0"><code>{letters(block.text)}</code></pre>'


def _contents(out: Out, block: Contents) -> str:
    return f'<nav class="contents">{_entries(block.entries, out.ink.anchors)}</nav>' if block.entries else ""


def _entries(entries: tuple[ContentsEntry, ...], anchors: object) -> str:
    top = min(entry.level for entry in entries)
    return f"<ul>{''.join(_entry_lines(entries, top, anchors))}</ul>"


def _entry_lines(entries: tuple[ContentsEntry, ...], top: int, anchors: Any) -> Iterator[str]:
    for entry in entries:
        words = letters(entry.text)
        shown = f'<a href="#{letters(entry.anchor)}">{words}</a>' if entry.anchor in anchors else words
        yield f'<li class="level-{min(entry.level - top + 1, 4)}">{shown}</li>'


def _references(out: Out, block: References) -> str:
    items = "".join(
        f'<li{named(WORK + entry.key)}><span class="number">[{entry.number}]</span> '
        f"<span>{inlines(out.ink, entry.content)}</span></li>\n"
        for entry in block.entries
    )
    return f'<ul class="works">\n{items}</ul>'


#: What writes each kind of block.
_BLOCKS: Mapping[type[Block], Callable[[Out, Any], str]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        Listing: _listing,
        Table: table,
        FigureBlock: figure,
        Box: _box,
        CodeBlock: _code,
        PageBreak: lambda out, block: '<hr class="page-break">',
        Contents: _contents,
        References: _references,
    }
)
