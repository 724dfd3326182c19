"""Document → GitHub-flavoured Markdown that reads well raw and rendered.

Numbers and references are plain words, as in the Word file; pictures stand beside the file. Text is escaped
only where it would otherwise be taken for markup, so that the raw text stays readable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from reports.document import (
    Block,
    Blocks,
    Box,
    Cell,
    Cite,
    CodeBlock,
    Contents,
    Document,
    Fact,
    Figure,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Listing,
    PageBreak,
    Paragraph,
    Picture,
    Ref,
    References,
    Remark,
    Row,
    Styled,
    Table,
    Text,
    inlines_of,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.profile import Profile
from reports.wording import say_open


def write(document: Document, profile: Profile, pictures: Mapping[str, tuple[str, str]]) -> bytes:
    """Return the Markdown file. *pictures* maps `Picture.source` to (file name beside it, alt text)."""
    out = _Out(document.lang, profile, pictures)
    title = _inlines(document.title("title"))
    parts = [_front_matter(document), f"# {title}" if title else "", _byline(document)]
    parts += list(_blocks(out, document.blocks))
    parts += list(_footnotes(document))
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Out:
    """What block functions need beside the block."""

    lang: str
    profile: Profile
    pictures: Mapping[str, tuple[str, str]]


def _front_matter(document: Document) -> str:
    rows = [("lang", document.lang), *((role, plain(content)) for role, content in document.meta)]
    lines = [f"{role}: {json.dumps(text, ensure_ascii=False)}" for role, text in rows]
    return "\n".join(["---", *lines, "---"])


def _byline(document: Document) -> str:
    shown = [_inlines(c) for role, c in document.meta if role not in ("title", "abstract", "keywords") and c]
    return ("　" if document.lang.startswith("zh") else " · ").join(shown)


def _footnotes(document: Document) -> Iterator[str]:
    runs = [c for b in walk_blocks(document.blocks) for c in inlines_of(b)]
    for run in [*(c for _, c in document.meta), *runs]:
        for inline in walk_inlines(run):
            if isinstance(inline, Footnote):
                yield f"[^{inline.number}]: {_inlines(inline.content)}"


# --- text -------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(
    r"(\\(?=[!-/:-@\[-`{-~])|[`*\[~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;))", re.ASCII
)
_LINE_START = re.compile(r"^(\s*)([#>+=:-]|\d+(?=[.)]))", re.MULTILINE)


def _escape(text: str) -> str:
    """Keep *text* from being read as markup inside a line."""
    return _SPECIAL.sub(r"\\\1", text.replace("\r", " ").replace("\n", " "))


def _escape_start(line: str) -> str:
    """Keep a line from being read as a heading, quote, list, table or rule."""
    found = _LINE_START.match(line)
    if not found:
        return line.lstrip()
    sign = found[2]
    if sign.isdigit():
        return f"{sign}\\{line[found.end() :]}"
    return f"\\{line[found.start(2) :]}"


def _inlines(content: Inlines) -> str:
    return "".join(_INLINES[type(inline)](inline) for inline in content)


def _styled(inline: Styled) -> str:
    inner = _inlines(inline.content)
    if not inner.strip():
        return inner
    mark, tag = _MARKS[inline.style]
    # Beside punctuation CommonMark's rule for asterisks fails in text without spaces; the tag always works.
    fits = mark and (inner[0].isalnum() and inner[-1].isalnum())
    return f"{mark}{inner}{mark}" if fits else f"<{tag}>{inner}</{tag}>"


def _code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] in "` " or text[-1:] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _link(link: Link) -> str:
    href = link.href.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"[{_inlines(link.content)}]({href})"


def _hidden(remark: Remark) -> str:
    """A reviewer's mark as an HTML comment: there for whoever reads the raw text, not in the rendered page."""
    said = ": ".join(part for part in (remark.author, plain(remark.text)) if part)
    letters = f"{said} ({remark.state})" if remark.state else said
    return f"<!-- {re.sub('[<>]|-(?=-)', ' ', letters)} -->"


_MARKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "emphasis": ("*", "em"),
        "strong": ("**", "strong"),
        "strike": ("~~", "del"),
        "superscript": ("", "sup"),
        "subscript": ("", "sub"),
    }
)

_INLINES: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        Text: lambda i: _escape(i.text),
        Fact: lambda i: _inlines(i.content),
        Styled: lambda i: _code(plain(i.content)) if i.style == "code" else _styled(i),
        Link: _link,
        Ref: lambda i: _escape(i.label),
        Footnote: lambda i: f"[^{i.number}]",
        Cite: lambda i: _escape(i.label),
        Remark: lambda i: _inlines(i.content) + _hidden(i),
        LineBreak: lambda i: "<br>",
    }
)

# --- blocks -----------------------------------------------------------------------------------------------


def _blocks(out: _Out, blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        text = _BLOCKS[type(block)](out, block)
        if text:
            yield text


def _heading(out: _Out, heading: Heading) -> str:
    return f"{'#' * min(heading.level + 1, 6)} {heading.number}{_inlines(heading.content)}"


def _paragraph(out: _Out, paragraph: Paragraph) -> str:
    return _escape_start(_inlines(paragraph.content))


def _listing(out: _Out, listing: Listing) -> str:
    items = []
    for i, item in enumerate(listing.items, listing.start):
        mark = f"{i}. " if listing.ordered else "- "
        tight = all(isinstance(block, Paragraph | Listing) for block in item)
        text = ("\n" if tight else "\n\n").join(_blocks(out, item))
        items.append(mark + text.replace("\n", "\n" + " " * len(mark)))
    return "\n".join(items)


def _table(out: _Out, table: Table) -> str:
    width = len(table.columns)
    grid = _grid((*table.header, *table.rows), width)
    head = grid[: len(table.header)] or [[""] * width]
    lines = ["| " + " | ".join(row) + " |" for row in (*head[:1], *head[1:], *grid[len(table.header) :])]
    lines.insert(1, "|" + "|".join(_RULES[c.align] for c in table.columns) + "|")
    caption = f"**{_captioned(out.profile.table, table.number, out, table.caption)}**" if table.number else ""
    unit = _inlines(table.unit)
    parts = [caption, unit, "\n".join(lines), *map(_inlines, table.notes)]
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
            for _ in range(cell.across - 1):
                next(free, None)
    return grid


def _cell(cell: Cell) -> str:
    return _inlines(cell.content).replace("|", "\\|")


def _captioned(label: str, number: str, out: _Out, caption: Inlines) -> str:
    return f"{label}{number}{out.profile.gap}{_inlines(caption)}"


def _figure(out: _Out, figure: Figure) -> str:
    pictures = [_picture(out, p) for p in figure.pictures]
    caption = f"*{_captioned(out.profile.figure, figure.number, out, figure.caption)}*" if figure.number else ""
    return "\n\n".join(part for part in [*pictures, caption, *map(_inlines, figure.notes)] if part)


def _picture(out: _Out, picture: Picture) -> str:
    own = _inlines(picture.caption)
    if picture.source not in out.pictures:
        open_ = f"〔{say_open('file', out.lang)}〕" if out.lang.startswith("zh") else f"({say_open('file', out.lang)})"
        return f"> {open_} {own}".rstrip()
    name, alt = out.pictures[picture.source]
    shown = f"![{_escape(picture.alt or alt)}]({name})"
    return f"{shown}\n\n*{own}*" if own else shown


def _box(out: _Out, box: Box) -> str:
    text = "\n\n".join(_blocks(out, box.blocks))
    if box.role in ("summary", "callout", "quote"):
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return text


def _code_block(out: _Out, block: CodeBlock) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", block.text)), default=0) + 1)
    return f"{fence}\n{block.text}\n{fence}"


def _contents(out: _Out, contents: Contents) -> str:
    return "\n".join(f"{'  ' * (e.level - 1)}- {_escape(e.text)}" for e in contents.entries)


def _references(out: _Out, references: References) -> str:
    return "\n".join(f"- {_escape(f'[{e.number}]')} {_inlines(e.content)}" for e in references.entries)


_BLOCKS: Mapping[type[Block], Callable[[_Out, Any], str]] = MappingProxyType(
    {
        Heading: _heading,
        Paragraph: _paragraph,
        Listing: _listing,
        Table: _table,
        Figure: _figure,
        Box: _box,
        CodeBlock: _code_block,
        PageBreak: lambda out, block: "",
        Contents: _contents,
        References: _references,
    }
)
