"""Generated lists: a field with its lines inside, with page numbers where a layout pass has found them."""

from __future__ import annotations

from typing import Any

from reports.document.nodes import Contents, ContentsEntry, Text
from reports.writers.word.blocks import paragraph
from reports.writers.word.inlines import field, inlines, runs
from reports.writers.word.state import Target, Work


def contents(work: Work, block: Contents, setting: Any) -> str:  # noqa: ARG001 - the signature of all blocks
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


def _code(work: Work, block: Contents, *, paged: bool) -> str:
    without = "" if paged else " \\n"
    if block.of == "headings":
        return f'TOC \\o "1-{block.depth}"{without} \\h \\z \\u'  # \\u: headings of other styles too
    label = work.profile.figure if block.of == "figures" else work.profile.table
    return f'TOC{without} \\h \\z \\c "{label.strip()}"'


def _line(work: Work, block: Contents, entry: ContentsEntry, around: tuple[str, str], *, paged: bool) -> str:
    style = f"toc {min(entry.level, 3)}" if block.of == "headings" else "table of figures"
    text = inlines(work, (Text(entry.text),))
    target = work.targets.get(entry.anchor)
    if target:
        page = _page(work, target, entry.page) if paged else ""
        text = f'<w:hyperlink w:anchor="{target.bookmark}" w:history="1">{text}{page}</w:hyperlink>'
    return paragraph(work, style, around[0] + text + around[1])


def _page(work: Work, target: Target, page: int) -> str:
    return "<w:r><w:tab/></w:r>" + field(f"PAGEREF {target.bookmark} \\h", runs(work, str(page)))
