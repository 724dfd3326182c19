"""Manuscript → Document: Markdown blocks become tree nodes, tokens become the facts they stand for.

Mistakes of the template's author are collected and raised together, each with its template line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from reports.dialect import Attributes, block_tokens, inline_tokens, split_attributes
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
    Picture,
    Row,
    Table,
    Text,
    plain,
)
from reports.manuscript import INSERT, Manuscript
from reports.parse_inline import Problems, captioned, to_inlines
from reports.problems import ReportError, Where, near

if TYPE_CHECKING:
    from reports.dialect import Token

#: What a title block may hold, in the order it is shown.
META = ("title", "subtitle", "speaker", "organisation", "date", "place", "period", "number", "abstract", "keywords")
#: The parts a fenced div may play.
ROLES = ("summary", "callout", "quote", "discussion", "source", "note", "page-break", "contents", "figure")


def parse(manuscript: Manuscript) -> Document:
    """Return the tree of *manuscript*; raise ReportError with all the author's mistakes."""
    context = _Context(manuscript, Problems(manuscript))
    front, body, offset = _front_matter(manuscript.text)
    context.offset = offset
    meta = tuple(_meta(context, line, number) for number, line in front)
    branches = _nest(block_tokens(body))
    context.footnotes.update(_footnotes(context, branches))
    blocks = _blocks(context, branches)
    if context.problems.found:
        raise ReportError(*context.problems.found)
    return Document(manuscript.lang, tuple(m for m in meta if m), blocks, manuscript.sources)


@dataclass(slots=True)
class _Context:
    """What every block function needs: the manuscript, the notes by number, the problems found."""

    manuscript: Manuscript
    problems: Problems
    offset: int = 0
    footnotes: dict[int, Inlines] = field(default_factory=dict)

    def where(self, token: Token) -> Where:
        return self.manuscript.where((token.map[0] if token.map else 0) + self.offset)

    def inlines(self, tokens: Sequence[Token], where: Where) -> Inlines:
        return to_inlines(tokens, self.manuscript, self.footnotes, self.problems, where)


# --- front matter -----------------------------------------------------------------------------------------


def _front_matter(text: str) -> tuple[list[tuple[int, str]], str, int]:
    """Split the title block off: its numbered lines, the body, and the number of lines taken off."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if not lines or lines[first].strip() != "---":
        return [], text, 0
    last = next((i for i in range(first + 1, len(lines)) if lines[i].strip() == "---"), len(lines) - 1)
    front = [(i, lines[i]) for i in range(first + 1, last) if lines[i].strip()]
    return front, "\n".join(lines[last + 1 :]), last + 1


def _meta(context: _Context, line: str, number: int) -> tuple[str, Inlines] | None:
    key, _, value = (part.strip() for part in line.partition(":"))
    where = context.manuscript.where(number)
    if key not in META:
        context.problems.add("markdown/front-matter", where, key=key, near=near(key, META), known=", ".join(META))
        return None
    return key, context.inlines(inline_tokens(value), where)


# --- nesting ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Branch:
    """A token with what stands between it and its closing token."""

    token: Token
    below: list[_Branch]

    @property
    def inline(self) -> list[Token]:
        """The inline tokens of a paragraph, heading or cell."""
        return next((b.token.children or [] for b in self.below if b.token.type == "inline"), [])


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


def _footnotes(context: _Context, branches: list[_Branch]) -> Iterator[tuple[int, Inlines]]:
    for block in branches:
        if block.token.type == "footnote_block_open":
            for note in block.below:
                paragraphs = [p for p in note.below if p.token.type == "paragraph_open"]
                parts = [context.inlines(p.inline, context.where(p.token)) for p in paragraphs]
                yield int(note.token.meta["id"]), tuple(i for part in parts for i in part)


# --- blocks -----------------------------------------------------------------------------------------------


def _blocks(context: _Context, branches: Sequence[_Branch]) -> Blocks:
    """Turn branches into blocks; captions and notes join the table or figure they stand behind."""
    out: list[Block] = []
    waiting: tuple[Inlines, Attributes, Where] | None = None
    for branch in branches:
        caption = _caption(context, branch)
        if caption and out and isinstance(out[-1], Table) and not out[-1].caption:
            out[-1] = _with_caption(out[-1], caption)
            continue
        if caption:
            waiting = caption
            continue
        for block in _BLOCKS.get(branch.token.type, _nothing)(context, branch):
            if waiting and isinstance(block, Table):
                block, waiting = _with_caption(block, waiting), None
            if isinstance(block, Box) and block.role in ("source", "note") and _takes_notes(out):
                out[-1] = _with_notes(out[-1], block)
            else:
                out.append(block)
        if waiting:
            context.problems.add("markdown/no-table", waiting[2])
            waiting = None
    if waiting:
        context.problems.add("markdown/no-table", waiting[2])
    return tuple(out)


def _nothing(context: _Context, branch: _Branch) -> Iterator[Block]:
    yield from ()


def _takes_notes(out: list[Block]) -> bool:
    return bool(out) and isinstance(out[-1], Figure | Table)


def _with_notes(block: Block, box: Box) -> Block:
    assert isinstance(block, Figure | Table)
    notes = tuple(b.content for b in box.blocks if isinstance(b, Paragraph))
    return replace(block, notes=(*block.notes, *notes))


def _caption(context: _Context, branch: _Branch) -> tuple[Inlines, Attributes, Where] | None:
    """A paragraph `: text {#id …}` is the caption of the table before or after it."""
    children = branch.inline if branch.token.type == "paragraph_open" else []
    if not children or children[0].type != "text" or not children[0].content.startswith(": "):
        return None
    where = context.where(branch.token)
    content, attributes = captioned(context.inlines(children, where))
    first = content[0]
    assert isinstance(first, Text)
    head = Text(first.text.removeprefix(": ").lstrip())
    return (head, *content[1:]) if head.text else content[1:], attributes, where


def _with_caption(table: Table, caption: tuple[Inlines, Attributes, Where]) -> Table:
    content, attributes, _ = caption
    unit = attributes.get("unit")
    widths = [float(w) for w in attributes.get("widths").split()]
    columns = table.columns
    if len(widths) == len(columns) and sum(widths) > 0:
        columns = tuple(replace(c, width=w / sum(widths)) for c, w in zip(columns, widths, strict=True))
    return replace(
        table,
        caption=content,
        id=attributes.id or table.id,
        unit=(Text(unit),) if unit else table.unit,
        columns=columns,
    )


def _heading(context: _Context, branch: _Branch) -> Iterator[Block]:
    where = context.where(branch.token)
    content, attributes = captioned(context.inlines(branch.inline, where))
    numbered = not {"unnumbered", "-"} & set(attributes.classes)
    yield Heading(int(branch.token.tag[1:]), content, attributes.id, numbered, where=where)


def _paragraph(context: _Context, branch: _Branch) -> Iterator[Block]:
    where = context.where(branch.token)
    children = branch.inline
    if any(t.type == "image" for t in children):
        yield _figure(context, children, where)
        return
    only = children[0].content if len(children) == 1 and children[0].type == "text" else ""
    insert = INSERT.fullmatch(only.strip())
    table = context.manuscript.inserts[int(insert[1])] if insert else None
    if isinstance(table, Table):
        yield replace(table, where=where)
    elif only.strip() == "\\newpage":
        yield PageBreak(where)
    else:
        yield Paragraph(context.inlines(children, where), where)


def _figure(context: _Context, children: Sequence[Token], where: Where) -> Figure:
    """One picture alone in a paragraph: `![caption](source){#id width=80%}`."""
    pictures = _pictures(context, children, where)
    rest = "".join(t.content for t in children if t.type == "text").strip()
    _, attributes = split_attributes(" " + rest)
    left = split_attributes(" " + rest)[0].strip()
    if left or any(t.type not in ("image", "text", "softbreak") for t in children) or len(pictures) != 1:
        context.problems.add("markdown/picture-in-text", where)
    picture = replace(pictures[0], alt=attributes.get("fig-alt"), caption=())
    width = attributes.get("width", "0").rstrip("%")
    share = float(width) / 100 if width.replace(".", "", 1).isdigit() else 0.0
    return Figure((picture,), pictures[0].caption, attributes.id, width=share, where=where)


def _pictures(context: _Context, children: Sequence[Token], where: Where) -> list[Picture]:
    images = [t for t in children if t.type == "image"]
    return [Picture(str(t.attrs.get("src", "")), "", context.inlines(t.children or [], where)) for t in images]


def _listing(context: _Context, branch: _Branch) -> Iterator[Block]:
    items = tuple(_blocks(context, item.below) for item in branch.below)
    ordered = branch.token.type == "ordered_list_open"
    yield Listing(ordered, items, int(branch.token.attrs.get("start", 1)), context.where(branch.token))


def _table(context: _Context, branch: _Branch) -> Iterator[Block]:
    where = context.where(branch.token)
    parts = {part.token.type: part.below for part in branch.below}
    header = tuple(_row(context, row) for row in parts.get("thead_open", []))
    rows = tuple(_row(context, row) for row in parts.get("tbody_open", []))
    cells = parts["thead_open"][0].below
    columns = tuple(Column(_align(cell.token)) for cell in cells)
    yield Table(columns, header if any(plain(c.content) for c in header[0]) else (), rows, where=where)


def _row(context: _Context, row: _Branch) -> Row:
    where = context.where(row.token)
    return tuple(Cell(context.inlines(cell.inline, where)) for cell in row.below)


def _align(token: Token) -> Align:
    style = str(token.attrs.get("style", ""))
    return "center" if style.endswith("center") else "right" if style.endswith("right") else "left"


def _div(context: _Context, branch: _Branch) -> Iterator[Block]:
    where, attributes = context.where(branch.token), branch.token.meta["attributes"]
    role = attributes.classes[0] if attributes.classes else "figure" if attributes.id else ""
    if not branch.token.meta["closed"]:
        context.problems.add("markdown/unclosed", where, name=role)
    if role not in ROLES:
        context.problems.add("markdown/role", where, name=role, near=near(role, ROLES), known=", ".join(ROLES))
    elif role == "page-break":
        yield PageBreak(where)
    elif role == "contents":
        of = attributes.get("of", "headings")
        yield Contents("figures" if of == "figures" else "tables" if of == "tables" else "headings", where=where)
    elif role == "figure":
        yield _figure_group(context, branch, attributes, where)
    else:
        yield Box(role, _blocks(context, branch.below), where)


def _figure_group(context: _Context, branch: _Branch, attributes: Attributes, where: Where) -> Figure:
    """`::: {#fig-id layout-ncol=2}` with pictures and, last, the caption common to them."""
    paragraphs = [b for b in branch.below if b.token.type == "paragraph_open"]
    pictures = [p for b in paragraphs for p in _pictures(context, b.inline, where)]
    captions = [b for b in paragraphs if not any(t.type == "image" for t in b.inline)]
    caption = context.inlines(captions[-1].inline, where) if captions else ()
    if not pictures or len(captions) > 1 or len(paragraphs) != len(branch.below):
        context.problems.add("markdown/figure-group", where)
    columns = attributes.get("layout-ncol", "1")
    across = int(columns) if columns.isdigit() and int(columns) else 1
    return Figure(tuple(pictures), caption, attributes.id, across=across, where=where)


def _quote(context: _Context, branch: _Branch) -> Iterator[Block]:
    yield Box("quote", _blocks(context, branch.below), context.where(branch.token))


def _code(context: _Context, branch: _Branch) -> Iterator[Block]:
    where = context.where(branch.token)
    letters = Text(branch.token.content.removesuffix("\n"))
    yield CodeBlock(plain(context.problems.expand(letters.text, where)), where)


def _rule(context: _Context, branch: _Branch) -> Iterator[Block]:
    yield Paragraph((Text("* * *"),), context.where(branch.token))


_BLOCKS: Mapping[str, Callable[[_Context, _Branch], Iterator[Block]]] = MappingProxyType(
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
    }
)
