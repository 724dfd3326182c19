"""Document → what a leader reads of it on a phone: title, summary, what changed, matters for discussion; as JSON for
the letter.

Each as text and as HTML without looks of its own. It is kept with the issue's files, so that what is mailed was
frozen with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec.structs import replace

from reports.diagnostics.words.mail import LETTERS
from reports.document.nodes import (
    Block,
    Blocks,
    Box,
    Document,
    Heading,
    Listing,
    Paragraph,
    Table,
    Text,
    plain,
    walk_blocks,
)
from reports.document.profiles import Profile
from reports.writers.html_inline import HtmlContext, inlines, letters

#: The table, or the box, that holds what leaders are asked to discuss.
DISCUSSION = "discussion"
#: The box at the end of a revision (see `imprinting`).
CORRECTIONS = "corrections"
#: The box that says what changed since the edition before.
CHANGES = "changes"
#: So many of its sentences a letter repeats.
_MOST = 10


def tells_changes(document: Document) -> bool:
    """Whether the report says itself, in sentences, what changed."""
    return bool(_text(_boxed(document, CHANGES)))


def write(document: Document, profile: Profile, since: str = "", changes: Blocks = ()) -> bytes:
    """Return the JSON: title, issuer, summary, changes, discussion and corrections, each text and HTML. *since* is the
    period of the edition before, "" where there is none; *changes* are those of a report that does not tell them."""
    ink = HtmlContext(document.lang.startswith("zh"), noted=True)
    discussed = list(_discussion(document, profile))
    told = {
        "title": _title(document),
        "issuer": plain(document.title("issuer")).replace("\n", " ").strip(),
        "summary": _forms(ink, _summary(document)),
        "discussion": {"text": "\n\n".join(discussed), "html": "".join(map(_paragraph_of, discussed))},
        "changes": {"since": since, **_forms(ink, _changes(document, changes))},
        "corrections": _forms(ink, _boxed(document, CORRECTIONS)),
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


def _boxed(document: Document, role: str) -> Blocks:
    """What the boxes of a role hold, their headings aside."""
    return tuple(
        inner
        for block in walk_blocks(document.blocks)
        if isinstance(block, Box) and block.role == role
        for inner in block.blocks
        if not isinstance(inner, Heading)
    )


def _changes(document: Document, untold: Blocks) -> Blocks:
    """What changed, in so many sentences, and how many more there are."""
    told = () if untold else _boxed(document, CHANGES)
    few, more = _few(untold or told)
    word = "more-told" if told else "more-changes"
    return (*few, Paragraph((Text(LETTERS.say(word, document.lang, count=more)),))) if more else few


def _few(blocks: Blocks) -> tuple[Blocks, int]:
    """The first sentences, and the number of the others: of the items of lists; without a list, of the paragraphs."""
    listed = any(isinstance(block, Listing) for block in blocks)
    kept: list[Block] = []
    count = 0
    for block in blocks:
        room = max(_MOST - count, 0)
        if isinstance(block, Listing):
            count += len(block.items)
            kept += [replace(block, items=block.items[:room])] if room else []
        else:
            count += not listed
            kept += [block] if room else []
    return tuple(kept), max(count - _MOST, 0)


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


def _forms(ink: HtmlContext, blocks: Blocks) -> dict[str, str]:
    return {"text": _text(blocks), "html": _html(ink, blocks)}


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
