"""Document → Word: the body as text in one pass, everything that looks from the profile's template.

What Word computes (numbers of captions, references, contents) is written as a field with the right result
already inside, so that it is right on first sight, in every program, and nobody is asked to update anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from msgspec import Struct, structs

from reports.document.drawings import Drawing
from reports.document.nodes import (
    Block,
    Blocks,
    Box,
    CodeBlock,
    Contents,
    Document,
    FigureBlock,
    Heading,
    Inlines,
    Listing,
    PageBreak,
    Paragraph,
    References,
    Table,
    plain,
    walk_blocks,
)
from reports.document.profiles import Profile
from reports.writers import title_block
from reports.writers.word.blocks import GAP, annex_number, contents, fixed_table, gap, paragraph
from reports.writers.word.figures import figure
from reports.writers.word.illegal_characters import refuse_illegal
from reports.writers.word.inlines import inlines, runs
from reports.writers.word.ooxml import R_URI, W_URI
from reports.writers.word.package import Properties, assemble, provenance
from reports.writers.word.pages import numbered_from_one
from reports.writers.word.state import WriterState, begin, bookmarks
from reports.writers.word.tables import WIDE, column_count, table
from reports.writers.word.template import PageSection, read_template

__all__ = ["Properties", "contents_pages", "write"]


class Setting(Struct, frozen=True):
    """Where blocks stand: the styles their text takes, how deep in lists, how wide the text is (twips). *keep*: the
    paragraph stays on the page of what follows."""

    width: int
    body: str = "Body Text"
    bullet: str = "List Bullet"
    number: str = "List Number"
    more: str = "List Continue"
    heading: str = ""
    depth: int = 0
    keep: bool = False


def write(
    document: Document,
    profile: Profile,
    template: bytes,
    drawings: Mapping[str, Drawing],
    properties: Properties,
) -> bytes:
    """Return *document* as .docx bytes; the same arguments give the same bytes.

    *template* is the .docx the profile names, *drawings* holds the picture of every `Picture.source` but
    `missing:` (KeyError otherwise). Raises ReportError when the template lacks a style the document needs or
    cannot be used at all, and when a text holds a character no Word file can.
    """
    work = begin(document, profile, read_template(template, profile.template), drawings, properties.draft)
    body = _cover(work) + _flow(work)
    namespaces = f'xmlns:w="{W_URI}" xmlns:r="{R_URI}"'
    xml = f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
    facts = provenance(work, properties)
    texts = (xml, facts, *work.footnotes, *work.comments, *properties.texts())
    refuse_illegal(document, texts, profile.template)
    return assemble(work, xml, facts, properties)


def contents_pages(document: Document, found: Mapping[str, int]) -> Mapping[str, int]:
    """Return the printed page of every id of *document*, from the pages a layout pass has *found* bookmarks on.

    Pages are counted from the first one of the text, as they are numbered: a cover has no number.
    """
    before = found.get(_COVER_ENDS, 0)
    return {id_: found[name] - before for id_, name in bookmarks(document).items() if name in found}


# --- the whole --------------------------------------------------------------------------------------------

#: The bookmark at the end of the cover's text.
_COVER_ENDS = "_Cover"


def _cover(work: WriterState) -> str:
    """The lines above the text on a page of their own, which no header or footer spoils."""
    if not work.document.cover:
        return ""
    head = title_block.head(work.document)
    lines = [_line(work, line, cover=True, ends=n == len(head)) for n, line in enumerate(head, 1)]
    return "".join(lines) + paragraph(work, GAP, "", work.pages.cover.xml)


def _line(work: WriterState, line: title_block.TitleLine, *, cover: bool = False, ends: bool = False) -> str:
    """A line of the head in its own style, on a cover in that for covers where there is one; *ends* is the last
    one there."""
    own = f"Cover {line.style}"
    style = own if cover and own.lower() in work.template.style_ids else line.style
    mark = work.bookmark(_COVER_ENDS, "") if ends else ""
    return paragraph(work, style, inlines(work, line.content) + mark)


def _flow(work: WriterState) -> str:
    """The text in sections: what is too wide for the page stands on one turned on its side."""
    upright, turned = work.pages.upright, work.pages.turned
    lines = () if work.document.cover else title_block.head(work.document)
    head = [_line(work, line) for line in (*lines, *title_block.matter(work.document))]
    sections: list[tuple[PageSection, list[str]]] = [(upright, head)]
    text = title_block.text(work.document)
    for n, (block, behind) in enumerate(zip_longest(text, text[1:])):
        fits = turned if isinstance(block, Table) and column_count(block) > WIDE else upright
        if fits is not sections[-1][0]:
            sections.append((fits, []))
        body = "Lead" if n == 0 and "lead" in work.template.style_ids else "Body Text"
        setting = Setting(fits.width, body, keep=_announces(block, behind))
        sections[-1][1].append(_block(work, block, setting))
    if len(sections) > 1 and not head and not sections[0][1]:
        del sections[0]
    if work.document.cover:
        sections[0] = (numbered_from_one(sections[0][0]), sections[0][1])
    ends = [paragraph(work, GAP, "", section.xml) for section, _ in sections[:-1]]
    ends.append(sections[-1][0].xml)
    return "".join("".join(parts) + end for (_, parts), end in zip(sections, ends, strict=True))


def _block(work: WriterState, block: Block, setting: Setting) -> str:
    return BLOCKS[type(block)](work, block, setting)


def _blocks(work: WriterState, blocks: Blocks, setting: Setting) -> str:
    return "".join(
        _block(work, block, structs.replace(setting, keep=_announces(block, behind)))
        for block, behind in zip_longest(blocks, blocks[1:])
    )


_KEEP = "<w:keepNext/>"


def _announces(block: Block, behind: Block | None) -> bool:
    """Whether it is a sentence such as “Its functions:”, which is lost at the foot of a page."""
    if not isinstance(block, Paragraph) or not isinstance(behind, Listing):
        return False
    return plain(block.content).rstrip().endswith((":", "："))


# --- blocks, one function a kind --------------------------------------------------------------------------


def _heading(work: WriterState, block: Heading, setting: Setting) -> str:
    inner = inlines(work, block.content)
    if block.annex:
        return annex_number(work, block) + paragraph(work, "Annex Title", inner)
    target = work.targets.get(block.id)
    if target:
        inner = work.bookmark(target.bookmark, inner)
    if setting.heading:
        return paragraph(work, setting.heading, inner)
    if block.id in work.list_titles:
        return paragraph(work, "TOC Heading", inner)
    suffix = "" if block.numbered else " unnumbered"
    return paragraph(work, f"heading {block.level}{suffix}", inner)


def _paragraph(work: WriterState, block: Paragraph, setting: Setting) -> str:
    keep = _KEEP if setting.keep else ""
    if not setting.depth:
        return paragraph(work, setting.body, inlines(work, block.content), keep)
    lefts = work.template.numbering(setting.bullet).lefts
    left = lefts[min(setting.depth, len(lefts)) - 1] if lefts else 0
    indent = f'<w:ind w:left="{left}" w:firstLineChars="0" w:firstLine="0"/>'
    return paragraph(work, setting.more, inlines(work, block.content), keep + indent)


def _listing(work: WriterState, block: Listing, setting: Setting) -> str:
    """Each ordered list counts for itself; bullets need no numbering of their own."""
    style = setting.number if block.ordered else setting.bullet
    numbering = work.template.numbering(style)
    depth = min(setting.depth, max(len(numbering.lefts) - 1, 0))
    num = work.num(numbering.abstract, depth, block.start) if block.ordered else numbering.num
    mark = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'
    inside = structs.replace(setting, depth=setting.depth + 1)
    return "".join(_item(work, item, paragraph_start=(style, mark), setting=inside) for item in block.items)


def _item(work: WriterState, item: Blocks, *, paragraph_start: tuple[str, str], setting: Setting) -> str:
    """The first paragraph carries the number; an item that begins otherwise gets an empty one."""
    style, mark = paragraph_start
    first: Inlines = ()
    if item and isinstance(item[0], Paragraph):
        mark = (_KEEP if _announces(item[0], next(iter(item[1:]), None)) else "") + mark
        first, item = item[0].content, item[1:]
    return paragraph(work, style, inlines(work, first), mark) + _blocks(work, item, setting)


def _table(work: WriterState, block: Table, setting: Setting) -> str:
    return table(work, block, setting.width)


def _figure(work: WriterState, block: FigureBlock, setting: Setting) -> str:
    return figure(work, block, setting.width)


def _box(work: WriterState, block: Box, setting: Setting) -> str:
    if block.role == "distribution":
        return _distribution(work, block, setting)
    if block.role in _PLAIN_BOXES:
        return _blocks(work, block.blocks, structs.replace(setting, body=_PLAIN_BOXES[block.role]))
    # A table in a table is hard to read and to edit: a box that holds one is laid out in the open.
    inner = walk_blocks(block.blocks)
    if (
        block.role not in _FRAMES
        or setting.heading
        or any(isinstance(b, (Table, FigureBlock)) for b in inner)
    ):
        return _blocks(work, block.blocks, setting)
    boxed = Setting(setting.width, "Box Text", "Box Bullet", "Box Number", "Box Continue", "Box Heading")
    text = _blocks(work, block.blocks, boxed) or gap(work)
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{setting.width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'
    return fixed_table(work, _FRAMES[block.role], [setting.width], f"<w:tr>{cell}</w:tr>") + gap(work)


_PLAIN_BOXES = {"quote": "Quote", "source": "Figure Note", "note": "Table Note"}
_FRAMES = {"summary": "Summary Box", "callout": "Callout Box", "discussion": "Discussion Box"}


def _distribution(work: WriterState, block: Box, setting: Setting) -> str:
    """Who gets the bulletin, a line each between rules; the line that names nobody (共印20份) stands right."""
    rows = []
    for inner in block.blocks:
        names = not isinstance(inner, Paragraph) or re.search("[:：]", plain(inner.content))
        style = "Distribution" if names else "Distribution Copies"
        text = _block(work, inner, structs.replace(setting, body=style))
        cell = f'<w:tc><w:tcPr><w:tcW w:w="{setting.width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>")
    if not rows:
        return ""
    return gap(work) + fixed_table(work, "Distribution Box", [setting.width], "".join(rows)) + gap(work)


def _code(work: WriterState, block: CodeBlock, setting: Setting) -> str:  # noqa: ARG001 - one signature for all
    return paragraph(work, "Source Code", runs(work, block.text.rstrip("\n")))


def _page_break(work: WriterState, block: PageBreak, setting: Setting) -> str:  # noqa: ARG001 - one signature for all
    return paragraph(work, GAP, '<w:r><w:br w:type="page"/></w:r>')


def _references(work: WriterState, block: References, setting: Setting) -> str:  # noqa: ARG001 - one signature for all
    """The cited works, counted by Word: from each one's number on where it does not follow the one before."""
    abstract = work.template.numbering("Bibliography").abstract
    lines, num, before = [], 0, None
    for entry in block.entries:
        if before is None or entry.number != before + 1:
            num = work.num(abstract, 0, entry.number)
        before = entry.number
        mark = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>'
        text = work.bookmark(work.targets[entry.key].bookmark, inlines(work, entry.content))
        lines.append(paragraph(work, "Bibliography", text, mark))
    return "".join(lines)


#: What writes each kind of block.
BLOCKS: Mapping[type, Callable[[WriterState, Any, Setting], str]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        Listing: _listing,
        Table: _table,
        FigureBlock: _figure,
        Box: _box,
        CodeBlock: _code,
        PageBreak: _page_break,
        Contents: contents,
        References: _references,
    }
)
