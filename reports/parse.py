"""Manuscript → Document: Markdown blocks become tree nodes, tokens become the facts they stand for.

Mistakes of the template's author are collected and raised together, each with its template line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from reports.dialect import Attributes, block_tokens, inline_tokens
from reports.document import (
    Align,
    Block,
    Blocks,
    Box,
    Cell,
    CodeBlock,
    Column,
    Contents,
    Document,
    Figure,
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
from reports.manuscript import INSERT, Manuscript
from reports.parse_figure import figure, figure_group, holds_picture
from reports.parse_inline import Context, Note
from reports.problems import ReportError, near

if TYPE_CHECKING:
    from reports.dialect import Token

#: What a title block may hold, in the order it is shown.
META = (
    *("title", "subtitle", "speaker", "organisation", "date", "place"),
    *("period", "number", "abstract", "keywords"),
)
#: The parts a fenced div may play.
ROLES = ("summary", "callout", "quote", "discussion", "source", "note", "page-break", "contents", "figure")
_LISTS: Mapping[str, Literal["headings", "figures", "tables"]] = MappingProxyType(
    {"headings": "headings", "figures": "figures", "tables": "tables"}
)


def parse(manuscript: Manuscript) -> Document:
    """Return the tree of *manuscript*; raise ReportError with all the author's mistakes."""
    context = Context(manuscript)
    meta, body, context.offset = _front_matter(context)
    branches = _nest(block_tokens(body))
    context.notes = _notes(branches)
    blocks = _blocks(context, branches)
    if context.found:
        raise ReportError(*context.found)
    return Document(manuscript.lang, meta, blocks, manuscript.sources)


# --- front matter -----------------------------------------------------------------------------------------

_QUOTED = re.compile(r"""("|')([^"']*)\1""")


def _front_matter(context: Context) -> tuple[tuple[tuple[str, Inlines], ...], str, int]:
    """Split the title block off: what it holds, the body, and the number of lines taken off."""
    text = context.manuscript.text
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() != "---":
        return (), text, 0
    last = next((i for i in range(first + 1, len(lines)) if lines[i].strip() == "---"), None)
    if last is None:
        if ":" in "".join(lines[first + 1 : first + 2]):
            context.add("markdown/title-block", first)
        return (), text, 0
    meta: dict[str, Inlines] = {}
    for number in range(first + 1, last):
        if lines[number].strip():
            _meta(context, meta, number, lines[number])
    return tuple(meta.items()), "\n".join(lines[last + 1 :]), last + 1


def _meta(context: Context, meta: dict[str, Inlines], number: int, line: str) -> None:
    """Read one line of the title block; quotation marks around a whole value are YAML's, not the title's."""
    key, _, value = (part.strip() for part in line.partition(":"))
    if key not in META:
        context.add("markdown/front-matter", number, key=key, near=near(key, META), known=", ".join(META))
        return
    if key in meta:
        context.add("markdown/title-twice", number, key=key)
    quoted = _QUOTED.fullmatch(value)
    branches = _nest(inline_tokens(quoted[2] if quoted else value))
    context.notes = _notes(branches)
    meta[key] = context.inlines(branches[0].token.children or [], number)


# --- nesting ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Branch:
    """A token with what stands between it and its closing token."""

    token: Token
    below: list[_Branch]

    @property
    def line(self) -> int:
        """The line of the parsed text it begins on."""
        return self.token.map[0] if self.token.map else 0

    @property
    def inline(self) -> list[Token]:
        """The inline tokens of a paragraph, heading or cell."""
        return next((b.token.children or [] for b in self.below if b.token.type == "inline"), [])

    @property
    def written(self) -> list[str]:
        """The lines of a paragraph as the author wrote them."""
        return next((b.token.content.split("\n") for b in self.below if b.token.type == "inline"), [])


def _nest(tokens: Sequence[Token]) -> list[_Branch]:
    top: list[_Branch] = []
    levels = [top]
    for token in tokens:
        if token.nesting == -1:
            levels.pop()
            continue
        branch = _Branch(token, [])
        levels[-1].append(branch)
        if token.nesting == 1:
            levels.append(branch.below)
    return top


def _notes(branches: list[_Branch]) -> dict[int, Note]:
    notes: dict[int, Note] = {}
    for block in branches:
        for note in block.below if block.token.type == "footnote_block_open" else ():
            parts = [p for p in note.below if p.token.type != "footnote_anchor"]
            paragraphs = tuple((p.inline, p.line if p.token.map else None) for p in parts)
            whole = all(p.token.type == "paragraph_open" for p in parts)
            notes[int(note.token.meta["id"])] = Note(paragraphs, whole)
    return notes


# --- blocks -----------------------------------------------------------------------------------------------


def _blocks(context: Context, branches: Sequence[_Branch]) -> Blocks:
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
    behind = bool(out) and isinstance(out[-1], Figure | Table)
    return behind and box.role in ("source", "note") and all(isinstance(b, Paragraph) for b in box.blocks)


def _with_notes(block: Block, box: Box) -> Block:
    assert isinstance(block, Figure | Table)
    notes = tuple(b.content for b in box.blocks if isinstance(b, Paragraph))
    return replace(block, notes=(*block.notes, *notes))


#: The words of a caption, its attributes and its line.
_Caption = tuple[Inlines, Attributes, int]


def _caption(context: Context, branch: _Branch) -> _Caption | None:
    """A paragraph `: text {#id …}` is the caption of the table before or after it."""
    children = branch.inline if branch.token.type == "paragraph_open" else []
    if not children or children[0].type != "text" or not children[0].content.startswith(": "):
        return None
    content, attributes = context.captioned(context.inlines(children, branch.line))
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


def _heading(context: Context, branch: _Branch) -> Iterator[Block]:
    content, attributes = context.captioned(context.inlines(branch.inline, branch.line))
    context.check(attributes, branch.line, "#id, .unnumbered")
    numbered = "unnumbered" not in attributes.classes
    level = int(branch.token.tag[1:])
    yield Heading(level, content, attributes.id, numbered, where=context.where(branch.line))


def _paragraph(context: Context, branch: _Branch) -> Iterator[Block]:
    where, children = context.where(branch.line), branch.inline
    _look_for_lost_table(context, branch)
    if holds_picture(children):
        yield figure(context, children, branch.line)
        return
    only = children[0].content.strip() if len(children) == 1 and children[0].type == "text" else ""
    insert = INSERT.fullmatch(only)
    table = context.insert(insert[1], branch.line) if insert else None
    if isinstance(table, Table):
        yield replace(table, where=where)
    elif only == "\\newpage":
        yield PageBreak(where)
    else:
        yield Paragraph(context.inlines(children, branch.line), where)


_DASHES = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")


def _look_for_lost_table(context: Context, branch: _Branch) -> None:
    """Lines that were meant for a table and have become text."""
    lines = branch.written
    for i, line in enumerate(lines):
        if i and "|" in line and "|" in lines[i - 1] and _DASHES.fullmatch(line):
            context.add("markdown/not-a-table", branch.line + i - 1)


def _listing(context: Context, branch: _Branch) -> Iterator[Block]:
    items = tuple(_blocks(context, item.below) for item in branch.below)
    ordered = branch.token.type == "ordered_list_open"
    yield Listing(ordered, items, int(branch.token.attrs.get("start", 1)), context.where(branch.line))


def _table(context: Context, branch: _Branch) -> Iterator[Block]:
    parts = {part.token.type: part.below for part in branch.below}
    header = tuple(_row(context, row) for row in parts.get("thead_open", []))
    rows = tuple(_row(context, row) for row in parts.get("tbody_open", []))
    columns = tuple(Column(_align(cell.token)) for cell in parts["thead_open"][0].below)
    shown = header if any(cell.content for cell in header[0]) else ()
    yield Table(columns, shown, rows, where=context.where(branch.line))


def _row(context: Context, row: _Branch) -> Row:
    if row.token.meta:
        context.add("markdown/table-row", row.line, **row.token.meta)
    return tuple(Cell(context.inlines(cell.inline, row.line)) for cell in row.below)


def _align(token: Token) -> Align:
    style = str(token.attrs.get("style", ""))
    return "center" if style.endswith("center") else "right" if style.endswith("right") else "left"


def _div(context: Context, branch: _Branch) -> Iterator[Block]:
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


def _box(context: Context, branch: _Branch, role: str, attributes: Attributes) -> Block:
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


def _contents(context: Context, branch: _Branch, attributes: Attributes) -> Contents:
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


def _must_be_empty(context: Context, branch: _Branch, role: str) -> None:
    if branch.below:
        context.add("markdown/not-empty", branch.line, name=role)


def _quote(context: Context, branch: _Branch) -> Iterator[Block]:
    yield Box("quote", _blocks(context, branch.below), context.where(branch.line))


def _code(context: Context, branch: _Branch) -> Iterator[Block]:
    letters = branch.token.content.removesuffix("\n")
    yield CodeBlock(plain(context.expand(letters, branch.line)), context.where(branch.line))


def _rule(context: Context, branch: _Branch) -> Iterator[Block]:
    yield Paragraph((Text("* * *"),), context.where(branch.line))


def _lost_note(context: Context, branch: _Branch) -> Iterator[Block]:
    code = "markdown/note-twice" if branch.token.meta["twice"] else "markdown/unused-note"
    context.add(code, branch.line, name=branch.token.content)
    yield from ()


def _stray_fence(context: Context, branch: _Branch) -> Iterator[Block]:
    context.add("markdown/fence", branch.line, line=branch.token.content)
    yield from ()


def _too_deep(context: Context, branch: _Branch) -> Iterator[Block]:
    context.add("markdown/too-deep", branch.line)
    yield from ()


_BLOCKS: Mapping[str, Callable[[Context, _Branch], Iterator[Block]]] = MappingProxyType(
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
