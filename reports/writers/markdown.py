"""Document → GitHub-flavoured Markdown that reads well raw and rendered.

Numbers and references are plain words, as in the Word file; pictures stand beside the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct

from reports.document.nodes import (
    Block,
    Blocks,
    Box,
    Cell,
    CodeBlock,
    Contents,
    Document,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Listing,
    PageBreak,
    Paragraph,
    Picture,
    References,
    Row,
    Styled,
    Table,
    Text,
    inlines_of,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.document.profiles import Profile
from reports.model.imprint import ROLE, Imprint
from reports.writers import title_block
from reports.writers.markdown_text import address, heading, inlines, letters, line


def write(
    document: Document,
    profile: Profile,
    pictures: Mapping[str, tuple[str, str]],
    imprint: Imprint | None = None,
) -> bytes:
    """Return the Markdown file. *pictures* maps `Picture.source` to (file name beside it, alt text); *imprint* says
    which issue it is, or that it is a draft."""
    out = _Out(document.lang, profile, pictures)
    title = heading(document.title("title"))
    parts = [_front_matter(document, imprint), _draft(document, imprint), f"# {title}" if title else ""]
    parts += [line(document.title(ROLE)), _byline(document)]
    parts += [line(part.content) for part in title_block.matter(document)]
    parts += _blocks(out, document.blocks)
    parts += _footnotes(document)
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


class _Out(Struct, frozen=True):
    """What block functions need beside the block."""

    lang: str
    profile: Profile
    pictures: Mapping[str, tuple[str, str]]


def _front_matter(document: Document, imprint: Imprint | None) -> str:
    said = ((role, plain(content)) for role, content in document.meta if role != ROLE)
    rows = [("lang", document.lang), *_imprint(document, imprint), *said]
    return "\n".join(["---", *(f"{role}: {_quoted(text)}" for role, text in rows), "---"])


def _imprint(document: Document, imprint: Imprint | None) -> Iterator[tuple[str, str]]:
    """What programs are told of the issue; its number stands here only where the file shows it."""
    if imprint is None:
        return
    yield "status", imprint.state
    if document.title(ROLE):
        yield "issue", imprint.number(document.lang)
    if imprint.revision > 1:
        yield "revision", str(imprint.revision)
    if imprint.approved:
        yield "approved", imprint.approved


def _draft(document: Document, imprint: Imprint | None) -> str:
    """The mark of a draft, to be seen where the file is read raw and where it is rendered."""
    mark = imprint.mark(document.lang) if imprint else ""
    return f"> {line((Styled('strong', (Text(mark),)),))}" if mark else ""


def _quoted(text: str) -> str:
    """*text* for YAML, in which some letters cannot stand as they are, even in quotation marks."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda c: f"\\u{ord(c[0]):04x}", quoted)


def _byline(document: Document) -> str:
    between = Text("\N{IDEOGRAPHIC SPACE}" if document.lang.startswith("zh") else " · ")
    run: list[Inline] = []
    for role, content in document.meta:
        if role not in ("title", ROLE) and not role.startswith(("abstract", "keywords")) and content:
            run += [between, *content]
    return line(tuple(run[1:]))


def _footnotes(document: Document) -> Iterator[str]:
    runs = [c for b in walk_blocks(document.blocks) for c in inlines_of(b)]
    for run in [*(c for _, c in document.meta), *runs]:
        for inline in walk_inlines(run):
            if isinstance(inline, Footnote):
                yield f"[^{inline.number}]: {line(inline.content)}"


# --- blocks -----------------------------------------------------------------------------------------------


def _blocks(out: _Out, blocks: Blocks) -> list[str]:
    """The text of each block. A list directly behind one of its kind has other marks, or both would be one."""
    texts: list[str] = []
    before: tuple[bool, bool] | None = None  # of the list before: is it ordered, has it the other marks?
    for block in blocks:
        if isinstance(block, Listing):
            before = (block.ordered, before is not None and before[0] == block.ordered and not before[1])
            text = _listing(out, block, other=before[1])
        else:
            text = _BLOCKS[type(block)](out, block)
            before = None if text else before
        texts += [text] if text else []
    return texts


def _heading(_out: _Out, block: Heading) -> str:
    gap = "\N{IDEOGRAPHIC SPACE}" if block.annex else ""
    words = heading((Text(block.number + gap), *block.content))
    return f"{'#' * min(block.level + 1, 6)} {words}".rstrip()


def _paragraph(_out: _Out, paragraph: Paragraph) -> str:
    return line(paragraph.content)


_TIGHT = re.compile(r"([-*]|1[.)]) \S")


def _listing(out: _Out, listing: Listing, other: bool = False) -> str:
    items = []
    for i, item in enumerate(listing.items, listing.start):
        mark = f"{i}{')' if other else '.'} " if listing.ordered else "* " if other else "- "
        inner = re.sub(r"\n(?=[^\n])", "\n" + " " * len(mark), _item(out, item))
        items.append(f"{mark}{inner}".rstrip())
    return "\n".join(items)


def _item(out: _Out, item: Blocks) -> str:
    """The blocks of a list item; a list directly behind a paragraph needs no empty line."""
    texts = _blocks(out, item)
    parts = texts[:1]
    for text in texts[1:]:
        parts += ["\n" if len(texts) == 2 and _is_list_behind_paragraph(item, text) else "\n\n", text]
    return "".join(parts)


def _is_list_behind_paragraph(item: Blocks, text: str) -> bool:
    first, second = (item[0], item[-1])
    return isinstance(first, Paragraph) and isinstance(second, Listing) and _TIGHT.match(text) is not None


def _table(out: _Out, table: Table) -> str:
    width = len(table.columns)
    grid = _grid((*table.header, *table.rows), width)
    head = grid[: len(table.header)] or [[""] * width]
    lines = ["| " + " | ".join(row) + " |" for row in (*head[:1], *head[1:], *grid[len(table.header) :])]
    lines.insert(1, "|" + "|".join(_RULES[c.align] for c in table.columns) + "|")
    caption = _caption("strong", out.profile.table, out, table) if table.number else ""
    parts = [caption, line(table.unit), "\n".join(lines), *map(line, table.notes)]
    return "\n\n".join(part for part in parts if part)


_RULES = {"left": "---", "center": ":-:", "right": "--:"}


def _grid(rows: Sequence[Row], width: int) -> list[list[str]]:
    """Lay cells on a grid; a cell that covers several places stands in the first, the others stay empty."""
    grid = [[""] * width for _ in rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        free = (x for x in range(width) if (y, x) not in taken)
        for cell in row:
            x = next(free, None)
            if x is None:
                break
            grid[y][x] = _cell(cell)
            spread = {(y + dy, x + dx) for dy in range(cell.down) for dx in range(cell.across)}
            taken |= spread
    return grid


def _cell(cell: Cell) -> str:
    return inlines(cell.content).strip(" \t").replace("|", "\\|")


def _caption(style: Literal["strong", "emphasis"], label: str, out: _Out, block: Table | FigureBlock) -> str:
    words = (Text(f"{label}{block.number}{out.profile.gap}"), *block.caption)
    return line((Styled(style, words),))


def _figure(out: _Out, figure: FigureBlock) -> str:
    pictures = [_picture(out, p) for p in figure.pictures]
    caption = _caption("emphasis", out.profile.figure, out, figure) if figure.number else ""
    return "\n\n".join(part for part in [*pictures, caption, *map(line, figure.notes)] if part)


def _picture(out: _Out, picture: Picture) -> str:
    if picture.source not in out.pictures:
        gap = out.profile.labels.missing
        words = f"〔{gap}〕 " if out.lang.startswith("zh") else f"({gap}) "
        return f"> {line((Text(words), *picture.caption))}"
    name, alt = out.pictures[picture.source]
    shown = f"![{letters(picture.alt or alt)}]({address(name)})"
    return f"{shown}\n\n{line((Styled('emphasis', picture.caption),))}" if picture.caption else shown


def _box(out: _Out, box: Box) -> str:
    text = "\n\n".join(_blocks(out, box.blocks))
    if text and box.role in ("summary", "callout", "quote"):
        return "\n".join(f"> {row}".rstrip() for row in text.split("\n"))
    return text


def _code_block(_out: _Out, block: CodeBlock) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", block.text)), default=0) + 1)
    return f"{fence}\n{block.text}\n{fence}"


def _contents(_out: _Out, contents: Contents) -> str:
    top = min((e.level for e in contents.entries), default=1)
    return "\n".join(f"{'  ' * (e.level - top)}- {line((Text(e.text),))}" for e in contents.entries)


def _references(_out: _Out, references: References) -> str:
    return "\n".join(f"- {line((Text(f'[{e.number}] '), *e.content))}" for e in references.entries)


_BLOCKS: Mapping[type[Block], Callable[[_Out, Any], str]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        Listing: _listing,
        Table: _table,
        FigureBlock: _figure,
        Box: _box,
        CodeBlock: _code_block,
        PageBreak: lambda out, block: "",
        Contents: _contents,
        References: _references,
    }
)
