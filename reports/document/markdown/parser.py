"""Manuscript → Document: Markdown blocks become tree nodes, tokens become the facts they stand for.

Mistakes of the template's author are collected and raised together, each with its template line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from reports.diagnostics.problems import ReportError, near
from reports.document.manuscript import Manuscript
from reports.document.markdown.dialect import Attributes, block_tokens
from reports.document.markdown.figures import figure, figure_group, holds_picture
from reports.document.markdown.front_matter import front_matter
from reports.document.markdown.inlines import Context
from reports.document.markdown.token_tree import Branch, nest, notes_in
from reports.document.nodes import (
    Align,
    Block,
    Blocks,
    Box,
    Cell,
    CodeBlock,
    Column,
    Contents,
    Document,
    FigureBlock,
    Heading,
    Inlines,
    Listing,
    PageBreak,
    Paragraph,
    Row,
    Table,
    Text,
    plain,
)

if TYPE_CHECKING:
    from reports.document.markdown.dialect import Token

#: The parts a fenced div may play.
ROLES = (
    *("summary", "callout", "quote", "discussion", "changes", "distribution"),
    *("source", "note", "page-break", "contents", "figure"),
)
_LISTS: Mapping[str, Literal["headings", "figures", "tables"]] = MappingProxyType(
    {"headings": "headings", "figures": "figures", "tables": "tables"}
)


def parse(manuscript: Manuscript) -> Document:
    """Return the tree of *manuscript*; raise ReportError with all the author's mistakes."""
    context = Context(manuscript)
    front = front_matter(context)
    context.offset = front.lines
    branches = nest(block_tokens(front.body))
    context.notes = notes_in(branches)
    blocks = _blocks(context, branches)
    if context.found:
        raise ReportError(*context.found)
    return Document(
        manuscript.lang,
        front.meta,
        blocks,
        manuscript.sources,
        front.cover,
        front.chapter,
        breaks=front.breaks,
        places=front.places,
    )


# --- blocks -----------------------------------------------------------------------------------------------


def _blocks(context: Context, branches: Sequence[Branch]) -> Blocks:
    """Turn branches into blocks; captions and notes join the table or figure they stand behind."""
    out: list[Block] = []
    waiting: _Caption | None = None
    for branch in branches:
        caption = _caption(context, branch)
        if caption and out and isinstance(out[-1], Table) and not out[-1].caption:
            out[-1] = _with_caption(context, out[-1], caption)
            continue
        if caption:
            if waiting:
                context.add("markdown/no-table", waiting[2])
            waiting = caption
            continue
        for block in _BLOCKS[branch.token.type](context, branch) if branch.token.type in _BLOCKS else ():
            if waiting and isinstance(block, Table):
                out.append(_with_caption(context, block, waiting))
                waiting = None
            elif isinstance(block, Box) and _are_notes(block, out):
                out[-1] = _with_notes(out[-1], block)
            else:
                out.append(block)
        if waiting:
            context.add("markdown/no-table", waiting[2])
            waiting = None
    if waiting:
        context.add("markdown/no-table", waiting[2])
    return tuple(out)


def _are_notes(box: Box, out: list[Block]) -> bool:
    """Whether a box of paragraphs belongs to the figure or table it stands behind."""
    behind = bool(out) and isinstance(out[-1], FigureBlock | Table)
    return behind and box.role in ("source", "note") and all(isinstance(b, Paragraph) for b in box.blocks)


def _with_notes(block: Block, box: Box) -> Block:
    assert isinstance(block, FigureBlock | Table)
    notes = tuple(b.content for b in box.blocks if isinstance(b, Paragraph))
    return replace(block, notes=(*block.notes, *notes))


#: The words of a caption, its attributes and its line.
_Caption = tuple[Inlines, Attributes, int]


def _caption(context: Context, branch: Branch) -> _Caption | None:
    """A paragraph `: text {#id …}` is the caption of the table before or after it."""
    children = branch.inline if branch.token.type == "paragraph_open" else []
    if not children or children[0].type != "text" or not children[0].content.startswith(": "):
        return None
    content, attributes = context.captioned(children, branch.line)
    first = content[0] if content else None
    if isinstance(first, Text):
        head = Text(first.text.removeprefix(":").lstrip())
        content = (head, *content[1:]) if head.text else content[1:]
    return content, attributes, branch.line


def _with_caption(context: Context, table: Table, caption: _Caption) -> Table:
    content, attributes, line = caption
    known = f'#id, unit="…", widths="{" ".join("1" for _ in table.columns)}"'
    context.check(attributes, line, known)
    unit = context.expand(attributes.get("unit"), line)
    columns = table.columns
    if widths := attributes.get("widths"):
        shares = [float(w) if _NUMBER.fullmatch(w) else 0.0 for w in widths.split()]
        if len(shares) == len(columns) and min(shares) > 0:
            columns = tuple(replace(c, width=w / sum(shares)) for c, w in zip(columns, shares, strict=True))
        else:
            context.add("markdown/attribute", line, text=f'widths="{widths}"', known=known)
    return replace(
        table, caption=content, id=attributes.id or table.id, unit=unit or table.unit, columns=columns
    )


_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?")


def _heading(context: Context, branch: Branch) -> Iterator[Block]:
    content, attributes = context.captioned(branch.inline, branch.line)
    context.check(attributes, branch.line, "#id, .unnumbered, .annex")
    annex = "annex" in attributes.classes
    numbered = not annex and "unnumbered" not in attributes.classes
    level = int(branch.token.tag[1:])
    yield Heading(level, content, attributes.id, numbered, annex=annex, where=context.where(branch.line))


def _paragraph(context: Context, branch: Branch) -> Iterator[Block]:
    where, children = context.where(branch.line), branch.inline
    _look_for_lost_table(context, branch)
    if holds_picture(children):
        yield figure(context, children, branch.line)
        return
    if inserted := context.block(children):
        yield replace(inserted, where=where)
    elif len(children) == 1 and children[0].content.strip() == "\\newpage":
        yield PageBreak(where)
    else:
        yield Paragraph(context.inlines(children, branch.line), where)


_DASHES = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")


def _look_for_lost_table(context: Context, branch: Branch) -> None:
    """Lines that were meant for a table and have become text."""
    lines = branch.written
    for i, line in enumerate(lines):
        if i and "|" in line and "|" in lines[i - 1] and _DASHES.fullmatch(line):
            context.add("markdown/not-a-table", branch.line + i - 1)


def _listing(context: Context, branch: Branch) -> Iterator[Block]:
    items = tuple(_blocks(context, item.below) for item in branch.below)
    ordered = branch.token.type == "ordered_list_open"
    yield Listing(ordered, items, int(branch.token.attrs.get("start", 1)), context.where(branch.line))


def _table(context: Context, branch: Branch) -> Iterator[Block]:
    parts = {part.token.type: part.below for part in branch.below}
    header = tuple(_row(context, row) for row in parts.get("thead_open", []))
    rows = tuple(_row(context, row) for row in parts.get("tbody_open", []))
    columns = tuple(Column(_align(cell.token)) for cell in parts["thead_open"][0].below)
    shown = header if any(cell.content for cell in header[0]) else ()
    yield Table(columns, merged(shown), merged(rows), where=context.where(branch.line))


def _row(context: Context, row: Branch) -> Row:
    if row.token.meta:
        context.add("markdown/table-row", row.line, **row.token.meta)
    return tuple(Cell(context.inlines(cell.inline, row.line)) for cell in row.below)


def _align(token: Token) -> Align:
    style = str(token.attrs.get("style", ""))
    return "center" if style.endswith("center") else "right" if style.endswith("right") else "left"


def _div(context: Context, branch: Branch) -> Iterator[Block]:
    attributes: Attributes = branch.token.meta["attributes"]
    role = attributes.classes[0] if attributes.classes else "figure" if attributes.id else ""
    if not branch.token.meta["closed"]:
        context.add("markdown/unclosed", branch.line, name=role)
    if role in ROLES:
        yield _box(context, branch, role, attributes)
    elif attributes.wrong:
        context.check(attributes, branch.line, ", ".join(f".{name}" for name in ROLES))
    else:
        context.add("markdown/role", branch.line, name=role, near=near(role, ROLES), known=", ".join(ROLES))


def _box(context: Context, branch: Branch, role: str, attributes: Attributes) -> Block:
    where = context.where(branch.line)
    if role == "figure":
        paragraphs = [(b.inline, b.line) for b in branch.below if b.token.type == "paragraph_open"]
        if len(paragraphs) != len(branch.below):
            context.add("markdown/figure-group", branch.line)
        return figure_group(context, attributes, paragraphs, branch.line)
    if role == "contents":
        return _contents(context, branch, attributes)
    context.check(attributes, branch.line, f".{role}")
    if role != "page-break":
        return Box(role, _blocks(context, branch.below), where)
    _must_be_empty(context, branch, role)
    return PageBreak(where)


def _contents(context: Context, branch: Branch, attributes: Attributes) -> Contents:
    """`::: contents` or `::: {.contents of=figures depth=2}`."""
    known = ".contents, of=headings, of=figures, of=tables, depth=2"
    context.check(attributes, branch.line, known)
    _must_be_empty(context, branch, "contents")
    of, depth = attributes.get("of", "headings"), attributes.get("depth", "3")
    if of not in _LISTS:
        context.add("markdown/attribute", branch.line, text=f"of={of}", near=near(of, _LISTS), known=known)
    if depth not in _DEPTHS:
        context.add("markdown/attribute", branch.line, text=f"depth={depth}", known=known)
    depth = depth if depth in _DEPTHS else "3"
    return Contents(_LISTS.get(of, "headings"), int(depth), where=context.where(branch.line))


_DEPTHS = tuple("123456")


def _must_be_empty(context: Context, branch: Branch, role: str) -> None:
    if branch.below:
        context.add("markdown/not-empty", branch.line, name=role)


def _quote(context: Context, branch: Branch) -> Iterator[Block]:
    yield Box("quote", _blocks(context, branch.below), context.where(branch.line))


def _code(context: Context, branch: Branch) -> Iterator[Block]:
    letters = branch.token.content.removesuffix("\n")
    yield CodeBlock(plain(context.expand(letters, branch.line)), context.where(branch.line))


def _rule(context: Context, branch: Branch) -> Iterator[Block]:
    yield Paragraph((Text("* * *"),), context.where(branch.line))


def _lost_note(context: Context, branch: Branch) -> Iterator[Block]:
    code = "markdown/note-twice" if branch.token.meta["twice"] else "markdown/unused-note"
    context.add(code, branch.line, name=branch.token.content)
    yield from ()


def _stray_fence(context: Context, branch: Branch) -> Iterator[Block]:
    context.add("markdown/fence", branch.line, line=branch.token.content)
    yield from ()


def _too_deep(context: Context, branch: Branch) -> Iterator[Block]:
    context.add("markdown/too-deep", branch.line)
    yield from ()


_BLOCKS: Mapping[str, Callable[[Context, Branch], Iterator[Block]]] = MappingProxyType(
    {
        "heading_open": _heading,
        "paragraph_open": _paragraph,
        "bullet_list_open": _listing,
        "ordered_list_open": _listing,
        "table_open": _table,
        "div_open": _div,
        "blockquote_open": _quote,
        "fence": _code,
        "code_block": _code,
        "hr": _rule,
        "lost_note": _lost_note,
        "stray_fence": _stray_fence,
        "too_deep": _too_deep,
    }
)


ABOVE, BEFORE = "^^", "<<"


_Place = tuple[int, int]


def merged(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return *rows* with each run of continued cells drawn into the cell it began with.

    A mark with nothing to go on with (`^^` in the first row, `<<` in the first column) and marks that do not
    fill a rectangle stay what they are: text. So does a value that happens to read so.
    """
    marks = [[_mark(cell) for cell in row] for row in rows]
    if not any(mark in (ABOVE, BEFORE) for row in marks for mark in row):
        return rows
    owner: dict[_Place, _Place] = {}
    for y, row in enumerate(marks):
        for x, mark in enumerate(row):
            before = {ABOVE: (y - 1, x), BEFORE: (y, x - 1)}.get(mark)
            owner[y, x] = owner.get(before, (y, x)) if before else (y, x)
    return _drawn_together(rows, owner)


def _mark(cell: Cell) -> str:
    return "".join(i.text.strip() if isinstance(i, Text) else "?" for i in cell.content)


def _drawn_together(rows: tuple[Row, ...], owner: dict[_Place, _Place]) -> tuple[Row, ...]:
    areas: dict[_Place, list[_Place]] = {}
    for place, first in owner.items():
        areas.setdefault(first, []).append(place)
    spans: dict[_Place, tuple[int, int]] = {}
    for first, places in areas.items():
        across, down = _span(places)
        if across * down == len(places):
            spans[first] = across, down
        else:
            spans |= dict.fromkeys(places, (1, 1))
    return tuple(
        tuple(
            replace(cell, across=spans[y, x][0], down=spans[y, x][1])
            for x, cell in enumerate(row)
            if (y, x) in spans
        )
        for y, row in enumerate(rows)
    )


def _span(places: list[_Place]) -> tuple[int, int]:
    """How many columns and rows an area reaches over."""
    rows, columns = {y for y, _ in places}, {x for _, x in places}
    return len(columns), len(rows)
