"""What every block is made of: paragraphs, captions, notes, fixed tables."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from reports.document.nodes import Contents, ContentsEntry, FigureBlock, Heading, Inlines, Table, Text, plain
from reports.writers.word.inlines import field, inlines, runs
from reports.writers.word.ooxml import attribute
from reports.writers.word.state import Target, WriterState

#: A paragraph nobody sees: the room under a table, and what keeps two tables apart.
GAP = "Table Gap"


def paragraph(work: WriterState, style: str, inner: str, more: str = "") -> str:
    """Return a paragraph in the style called *style*; *more* is XML that follows w:pStyle in w:pPr."""
    return f'<w:p><w:pPr><w:pStyle w:val="{work.template.style(style)}"/>{more}</w:pPr>{inner}</w:p>'


def gap(work: WriterState) -> str:
    """Return the paragraph under a table."""
    return paragraph(work, GAP, "")


def caption(work: WriterState, block: FigureBlock | Table) -> str:
    """Return a caption paragraph, "" where there is neither number nor text."""
    if not (block.number or block.caption):
        return ""
    of_figure = isinstance(block, FigureBlock)
    label = work.profile.figure if of_figure else work.profile.table
    numbered = _label(work, label, block.number) if block.number else ""
    target = work.targets.get(block.id)
    if target and numbered:
        numbered = work.bookmark(target.bookmark, numbered)
    between = runs(work, work.profile.gap) if block.number and block.caption else ""
    style = "caption" if of_figure else "Table Caption"
    keep = "<w:keepNext/>" if block.notes or not of_figure else ""
    return paragraph(work, style, numbered + between + inlines(work, block.caption), keep)


def annex_number(work: WriterState, block: Heading) -> str:
    """Return the line above the title of an annex: 附件1, which begins a page and counts by itself."""
    target, label = work.targets.get(block.id), work.profile.labels.annex
    shown = _label(work, label, block.number.removeprefix(label))
    return paragraph(work, "Annex Number", work.bookmark(target.bookmark, shown) if target else shown)


def _label(work: WriterState, label: str, number: str) -> str:
    """图8-1: the label and the chapter are letters, the last part counts by itself."""
    chapter, dash, last = number.rpartition("-")
    kind = label.strip()
    restart = ""
    if chapter and (kind, chapter) not in work.chapters:
        work.chapters.add((kind, chapter))
        restart = f" \\r {last}"  # not \s 1, which LibreOffice ignores
    return runs(work, label + chapter + dash) + field(f"SEQ {kind} \\* ARABIC{restart}", runs(work, last))


def notes(work: WriterState, style: str, lines: Sequence[Inlines]) -> str:
    """Return the notes under a table or figure, one paragraph each."""
    return "".join(paragraph(work, style, inlines(work, line)) for line in lines)


def fixed_table(
    work: WriterState, style: str, widths: Sequence[int], rows: str, *, look: str = "", about: str = ""
) -> str:
    """Return a table of columns of these *widths* in twips; *rows* is XML, *look* the w:tblLook attributes.

    The width is said three times, here and in every cell, so that no program computes its own.
    """
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{work.template.style(style)}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblLook {look or _NO_LOOK}/>{about}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


_NO_LOOK = (
    'w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
)


def alternative(caption_text: Inlines, description: str) -> str:
    """Return a table's words for who cannot see it."""
    title = plain(caption_text)
    named = f'<w:tblCaption w:val="{attribute(title)}"/>' if title else ""
    return named + (f'<w:tblDescription w:val="{attribute(description)}"/>' if description else "")


def shared_out(total: int, shares: Sequence[float]) -> list[int]:
    """Return whole numbers in proportion to *shares* that add up to *total* exactly."""
    whole = sum(shares) or 1.0
    edges = [0]
    running = 0.0
    for share in shares:
        running += share
        edges.append(round(total * running / whole))
    return [right - left for left, right in itertools.pairwise(edges)]


def contents(work: WriterState, block: Contents, setting: Any) -> str:  # noqa: ARG001 - the signature of all blocks
    """Return the table of contents, of figures or of tables; nothing where it would have no line.

    Without the page of every entry the field says that it shows none: those would be numbers only Word could know.
    """
    if not block.entries:
        return ""
    paged = all(entry.page for entry in block.entries)
    before, after = field(_code(work, block, paged=paged), "\n").split("\n")
    last = len(block.entries) - 1
    lines = "".join(
        _line(work, block, entry, (before if n == 0 else "", after if n == last else ""), paged=paged)
        for n, entry in enumerate(block.entries)
    )
    if block.of != "headings":
        return lines
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{lines}</w:sdtContent></w:sdt>"


def _code(work: WriterState, block: Contents, *, paged: bool) -> str:
    without = "" if paged else " \\n"
    if block.of == "headings":
        return f'TOC \\o "1-{block.depth}"{without} \\h \\z \\u'  # \\u: headings of other styles too
    label = work.profile.figure if block.of == "figures" else work.profile.table
    return f'TOC{without} \\h \\z \\c "{label.strip()}"'


def _line(
    work: WriterState, block: Contents, entry: ContentsEntry, around: tuple[str, str], *, paged: bool
) -> str:
    style = f"toc {min(entry.level, 3)}" if block.of == "headings" else "table of figures"
    text = inlines(work, (Text(entry.text),))
    target = work.targets.get(entry.anchor)
    if target:
        page = _page(work, target, entry.page) if paged else ""
        text = f'<w:hyperlink w:anchor="{target.bookmark}" w:history="1">{text}{page}</w:hyperlink>'
    return paragraph(work, style, around[0] + text + around[1])


def _page(work: WriterState, target: Target, page: int) -> str:
    return "<w:r><w:tab/></w:r>" + field(f"PAGEREF {target.bookmark} \\h", runs(work, str(page)))
