"""Document → Word: the body as text in one pass, everything that looks from the profile's template.

What Word computes (numbers of captions, references, contents) is written as a field with the right result
already inside, so that it is right on first sight, in every program, and nobody is asked to update anything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from reports.document import (
    Block,
    Blocks,
    Box,
    CodeBlock,
    Contents,
    ContentsEntry,
    Document,
    Figure,
    Heading,
    Inlines,
    Listing,
    PageBreak,
    Paragraph,
    Styled,
    Table,
    Text,
    walk_blocks,
)
from reports.drawing import Drawing
from reports.profile import Profile
from reports.writers.word_block import GAP, fixed_table, gap, paragraph
from reports.writers.word_figure import figure
from reports.writers.word_illegal import refuse_illegal
from reports.writers.word_inline import field, inlines, runs
from reports.writers.word_package import Properties, assemble, provenance
from reports.writers.word_table import WIDE, column_count, table
from reports.writers.word_template import read_template
from reports.writers.word_work import Work, begin
from reports.writers.word_xml import R_URI, W_URI

__all__ = ["Properties", "write"]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand: the styles their text takes, how deep in lists, how wide the text is (twips)."""

    width: int
    body: str = "Body Text"
    bullet: str = "List Bullet"
    number: str = "List Number"
    more: str = "List Continue"
    heading: str = ""
    depth: int = 0


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
    work = begin(document, profile, read_template(template, profile.template), drawings)
    body = _title_block(work) + _flow(work, document.blocks)
    namespaces = f'xmlns:w="{W_URI}" xmlns:r="{R_URI}"'
    xml = f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
    facts = provenance(work, properties)
    refuse_illegal(document, (xml, facts, *work.footnotes, *properties.texts()), profile.template)
    return assemble(work, xml, facts, properties)


# --- the whole --------------------------------------------------------------------------------------------

_OWN_LINE = {"title": "Title", "subtitle": "Subtitle"}
#: Parts of the title block that are paragraphs, after words of their own in Chinese and English.
_MATTER = {"abstract": ("摘要：", "Abstract: "), "keywords": ("关键词：", "Keywords: ")}


def _title_block(work: Work) -> str:
    """Title and subtitle; who, where and when in one line, in the order the report gives them; abstract."""
    roles = {role: content for role, content in work.document.meta if content}
    titles = [
        paragraph(work, _OWN_LINE[role], inlines(work, roles[role])) for role in _OWN_LINE if role in roles
    ]
    line = [inlines(work, roles[role]) for role in roles if role not in (*_OWN_LINE, *_MATTER)]
    between = runs(work, "\N{IDEOGRAPHIC SPACE}" if work.chinese else " · ")
    byline = [paragraph(work, "Byline", between.join(line))] if line else []
    matter = [_matter(work, role, roles[role]) for role in _MATTER if role in roles]
    return "".join(titles + byline + matter)


def _matter(work: Work, role: str, content: Inlines) -> str:
    label = Styled("strong", (Text(_MATTER[role][not work.chinese]),))
    return paragraph(work, "Body Text", inlines(work, (label, *content)))


def _flow(work: Work, blocks: Blocks) -> str:
    """The blocks in sections: what is too wide for the page stands on one turned on its side."""
    upright, turned = work.template.portrait, work.template.landscape
    section, parts = upright, [""]
    for block in blocks:
        fits = turned if isinstance(block, Table) and column_count(block) > WIDE else upright
        if fits is not section:
            parts.append(paragraph(work, GAP, "", section.xml))
            section = fits
        parts.append(_block(work, block, Setting(section.width)))
    return "".join(parts) + section.xml


def _block(work: Work, block: Block, setting: Setting) -> str:
    return BLOCKS[type(block)](work, block, setting)


def _blocks(work: Work, blocks: Blocks, setting: Setting) -> str:
    return "".join(_block(work, block, setting) for block in blocks)


# --- blocks, one function a kind --------------------------------------------------------------------------


def _heading(work: Work, block: Heading, setting: Setting) -> str:
    inner = inlines(work, block.content)
    target = work.targets.get(block.id)
    if target:
        inner = work.bookmark(target.bookmark, inner)
    if setting.heading:
        return paragraph(work, setting.heading, inner)
    suffix = "" if block.numbered else " unnumbered"
    return paragraph(work, f"heading {block.level}{suffix}", inner)


def _paragraph(work: Work, block: Paragraph, setting: Setting) -> str:
    if not setting.depth:
        return paragraph(work, setting.body, inlines(work, block.content))
    lefts = work.template.numbering(setting.bullet).lefts
    left = lefts[min(setting.depth, len(lefts)) - 1] if lefts else 0
    indent = f'<w:ind w:left="{left}" w:firstLineChars="0" w:firstLine="0"/>'
    return paragraph(work, setting.more, inlines(work, block.content), indent)


def _listing(work: Work, block: Listing, setting: Setting) -> str:
    """Each ordered list counts for itself; bullets need no numbering of their own."""
    style = setting.number if block.ordered else setting.bullet
    numbering = work.template.numbering(style)
    depth = min(setting.depth, max(len(numbering.lefts) - 1, 0))
    num = work.num(numbering.abstract, depth, block.start) if block.ordered else numbering.num
    mark = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>'
    inside = dataclasses.replace(setting, depth=setting.depth + 1)
    return "".join(_item(work, item, paragraph_start=(style, mark), setting=inside) for item in block.items)


def _item(work: Work, item: Blocks, *, paragraph_start: tuple[str, str], setting: Setting) -> str:
    """The first paragraph carries the number; an item that begins otherwise gets an empty one."""
    style, mark = paragraph_start
    first: Inlines = ()
    if item and isinstance(item[0], Paragraph):
        first, item = item[0].content, item[1:]
    return paragraph(work, style, inlines(work, first), mark) + _blocks(work, item, setting)


def _table(work: Work, block: Table, setting: Setting) -> str:
    return table(work, block, setting.width)


def _figure(work: Work, block: Figure, setting: Setting) -> str:
    return figure(work, block, setting.width)


def _box(work: Work, block: Box, setting: Setting) -> str:
    if block.role in _PLAIN_BOXES:
        return _blocks(work, block.blocks, dataclasses.replace(setting, body=_PLAIN_BOXES[block.role]))
    # A table in a table is hard to read and to edit: a box that holds one is laid out in the open.
    inner = walk_blocks(block.blocks)
    if block.role not in _FRAMES or setting.heading or any(isinstance(b, (Table, Figure)) for b in inner):
        return _blocks(work, block.blocks, setting)
    boxed = Setting(setting.width, "Box Text", "Box Bullet", "Box Number", "Box Continue", "Box Heading")
    text = _blocks(work, block.blocks, boxed) or gap(work)
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{setting.width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'
    return fixed_table(work, _FRAMES[block.role], [setting.width], f"<w:tr>{cell}</w:tr>") + gap(work)


_PLAIN_BOXES = {"quote": "Quote", "source": "Figure Note", "note": "Table Note"}
_FRAMES = {"summary": "Summary Box", "callout": "Callout Box", "discussion": "Discussion Box"}


def _code(work: Work, block: CodeBlock, setting: Setting) -> str:  # noqa: ARG001 - one signature for all
    return paragraph(work, "Source Code", runs(work, block.text.rstrip("\n")))


def _page_break(work: Work, block: PageBreak, setting: Setting) -> str:  # noqa: ARG001 - one signature for all
    return paragraph(work, GAP, '<w:r><w:br w:type="page"/></w:r>')


def _contents(work: Work, block: Contents, setting: Setting) -> str:  # noqa: ARG001 - one signature for all
    """A contents field with its lines inside, without page numbers: those only Word could know."""
    if not block.entries:
        return ""
    before, after = field(_contents_code(work, block), "\n").split("\n")
    last = len(block.entries) - 1
    lines = "".join(
        _contents_line(work, block, entry, (before if n == 0 else "", after if n == last else ""))
        for n, entry in enumerate(block.entries)
    )
    if block.of != "headings":
        return lines
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"


def _contents_code(work: Work, block: Contents) -> str:
    if block.of == "headings":
        return f'TOC \\o "1-{block.depth}" \\n \\h \\z \\u'  # \\u: unnumbered headings too
    label = work.profile.figure if block.of == "figures" else work.profile.table
    return f'TOC \\n \\h \\z \\c "{label.strip()}"'


def _contents_line(work: Work, block: Contents, entry: ContentsEntry, around: tuple[str, str]) -> str:
    style = f"toc {entry.level}" if block.of == "headings" else "table of figures"
    text = inlines(work, (Text(entry.text),))
    target = work.targets.get(entry.anchor)
    if target:
        text = f'<w:hyperlink w:anchor="{target.bookmark}" w:history="1">{text}</w:hyperlink>'
    return paragraph(work, style, around[0] + text + around[1])


#: What writes each kind of block.
BLOCKS: Mapping[type, Callable[[Work, Any, Setting], str]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        Listing: _listing,
        Table: _table,
        Figure: _figure,
        Box: _box,
        CodeBlock: _code,
        PageBreak: _page_break,
        Contents: _contents,
    }
)
