"""Document → what a leader reads of it on a phone: title, summary, matters for discussion; as JSON for the letter.

Each as text and as HTML without looks of its own. It is kept with the issue's files, so that what is mailed was
frozen with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from reports.document.nodes import (
    Block,
    Blocks,
    Box,
    Document,
    Heading,
    Listing,
    Paragraph,
    Table,
    plain,
    walk_blocks,
)
from reports.document.profiles import Profile
from reports.writers.html_inline import HtmlContext, inlines, letters

#: The table, or the box, that holds what leaders are asked to discuss.
DISCUSSION = "discussion"
#: The box at the end of a revision (see `imprinting`).
CORRECTIONS = "corrections"


def write(document: Document, profile: Profile) -> bytes:
    """Return the JSON: title, summary, discussion and corrections, each text and HTML."""
    ink = HtmlContext(document.lang.startswith("zh"), noted=True)
    discussed = list(_discussion(document, profile))
    told = {
        "title": _title(document),
        "summary": {"text": _text(_summary(document)), "html": _html(ink, _summary(document))},
        "discussion": {"text": "\n\n".join(discussed), "html": "".join(map(_paragraph_of, discussed))},
        "corrections": _corrections(ink, document),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _title(document: Document) -> str:
    """On one line, the period behind it where the title block has one."""
    title, period = (plain(document.title(role)).replace("\n", " ").strip() for role in ("title", "period"))
    between = "\N{IDEOGRAPHIC SPACE}" if document.lang.startswith("zh") else ", "
    return f"{title}{between}{period}" if period and period not in title else title


def _summary(document: Document) -> Blocks:
    """The summary box; of a report without one the text before its first heading, or its first paragraph."""
    for block in document.blocks:
        if isinstance(block, Box) and block.role == "summary":
            return block.blocks
    lead: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading) and lead:
            break
        lead += [block] if isinstance(block, Paragraph | Listing) else []
    return tuple(lead[:3])


def _corrections(ink: HtmlContext, document: Document) -> dict[str, str]:
    """What a revision says that it corrects, its heading aside."""
    blocks = tuple(
        inner
        for block in walk_blocks(document.blocks)
        if isinstance(block, Box) and block.role == CORRECTIONS
        for inner in block.blocks
        if not isinstance(inner, Heading)
    )
    return {"text": _text(blocks), "html": _html(ink, blocks)}


def _discussion(document: Document, profile: Profile) -> Iterator[str]:
    """Caption and rows of the table of matters, a paragraph each; or what the box says."""
    for block in walk_blocks(document.blocks):
        if isinstance(block, Table) and block.id == f"tbl-{DISCUSSION}":
            yield f"{profile.table}{block.number}{profile.gap}{plain(block.caption)}"
            yield from _rows(block, ": " if document.lang == "en" else "：")
            return
    for block in document.blocks:
        if isinstance(block, Box) and block.role == DISCUSSION:
            yield _text(block.blocks)


def _rows(table: Table, colon: str) -> Iterator[str]:
    """Each row as lines of column and value: a phone is narrower than a table."""
    names = [plain(cell.content) for cell in table.header[-1]] if table.header else []
    for row in table.rows:
        words = [plain(cell.content).strip() for cell in row]
        first = " ".join(words[:2]) if len(words) > 2 else words[0]
        rest = list(zip(names, words, strict=False))[2 if len(words) > 2 else 1 :]
        yield "\n".join([first, *(f"{name}{colon}{word}" for name, word in rest if word)])


# --- text and HTML ----------------------------------------------------------------------------------------


def _text(blocks: Blocks) -> str:
    return "\n\n".join(text for block in blocks if (text := _text_of(block)))


def _text_of(block: Block, indent: str = "") -> str:
    match block:
        case Paragraph(content=content):
            return plain(content).strip()
        case Listing():
            items = (_text_of_item(item, indent) for item in block.items)
            return "\n".join(f"{indent}{_mark(block, n)}{text}" for n, text in enumerate(items))
        case Box(blocks=inner):
            return _text(inner)
        case _:
            return ""


def _text_of_item(item: Blocks, indent: str) -> str:
    return "\n".join(text for block in item if (text := _text_of(block, indent + "  ")))


def _mark(listing: Listing, n: int) -> str:
    return f"{listing.start + n}. " if listing.ordered else "- "


def _html(ink: HtmlContext, blocks: Blocks) -> str:
    return "".join(_html_of(ink, block) for block in blocks)


def _html_of(ink: HtmlContext, block: Block) -> str:
    match block:
        case Paragraph(content=content):
            return f"<p>{inlines(ink, content)}</p>"
        case Listing(ordered=ordered, items=items, start=start):
            tag = "ol" if ordered else "ul"
            first = f' start="{start}"' if ordered and start != 1 else ""
            return f"<{tag}{first}>{''.join(f'<li>{_html(ink, item)}</li>' for item in items)}</{tag}>"
        case Box(blocks=inner):
            return _html(ink, inner)
        case _:
            return ""


def _paragraph_of(text: str) -> str:
    first, *rest = letters(text).split("\n")
    return "<p>" + "<br>".join([f"<b>{first}</b>", *rest]) + "</p>"
