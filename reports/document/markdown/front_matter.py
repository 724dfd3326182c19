"""The title block at the head of a manuscript: `---`, lines of `key: value`, `---`."""

from __future__ import annotations

import re

from msgspec import Struct

from reports.diagnostics.problems import Where, near
from reports.document.markdown.dialect import inline_tokens
from reports.document.markdown.inlines import Context
from reports.document.markdown.token_tree import nest, notes_in
from reports.document.nodes import Inlines, plain

#: What a title block may hold.
META = (
    *(
        "title",
        "subtitle",
        "speaker",
        "organisation",
        "authors",
        "affiliation",
        "date",
        "place",
        "period",
        "number",
    ),
    *("masthead", "issuer", "issue", "total", "dateline", "source_line"),
    *("abstract", "keywords", "abstract_zh", "keywords_zh", "abstract_en", "keywords_en"),
    *("cover", "chapter", "break_before"),
)


class Front(Struct, frozen=True):
    """What the title block says, with the place of each part, the text behind it, and how many lines were taken
    off."""

    meta: tuple[tuple[str, Inlines], ...]
    body: str
    lines: int
    cover: bool = False
    chapter: int = 0
    breaks: tuple[str, ...] = ()
    places: tuple[Where, ...] = ()


#: What is no text, but says how the report is made: what may stand there, and an example.
_SWITCHES = {
    "cover": (re.compile("yes|true|no|false"), "cover: yes"),
    "chapter": (re.compile("[1-9][0-9]{0,2}"), "chapter: 3"),
}
_QUOTED = re.compile(r"""("|')([^"']*)\1""")


def front_matter(context: Context) -> Front:
    """Split the title block off a manuscript; without one, all of it is body."""
    text = context.manuscript.text
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() != "---":
        return Front((), text, 0)
    last = next((i for i in range(first + 1, len(lines)) if lines[i].strip() == "---"), None)
    if last is None:
        if ":" in "".join(lines[first + 1 : first + 2]):
            context.add("markdown/title-block", first)
        return Front((), text, 0)
    meta: dict[str, Inlines] = {}
    places: dict[str, Where] = {}
    for number in range(first + 1, last):
        if lines[number].strip():
            _meta(context, meta, number, lines[number])
            places.update(dict.fromkeys(meta.keys() - places.keys(), context.where(number)))
    cover, chapter, breaks = (plain(meta.pop(key, ())) for key in ("cover", "chapter", "break_before"))
    return Front(
        tuple(meta.items()),
        body="\n".join(lines[last + 1 :]),
        lines=last + 1,
        cover=cover in ("yes", "true"),
        chapter=_whole_number(chapter),
        breaks=tuple(words.strip() for words in breaks.split("|") if words.strip()),
        places=tuple(places[role] for role in meta),
    )


def _whole_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _meta(context: Context, meta: dict[str, Inlines], number: int, line: str) -> None:
    """Read one line of the title block; quotation marks around a whole value are YAML's, not the title's."""
    key, _, value = (part.strip() for part in line.partition(":"))
    if key not in META:
        context.add("markdown/front-matter", number, key=key, near=near(key, META), known=", ".join(META))
        return
    if key in meta:
        context.add("markdown/title-twice", number, key=key)
    quoted = _QUOTED.fullmatch(value)
    branches = nest(inline_tokens(quoted[2] if quoted else value))
    context.notes = notes_in(branches)
    meta[key] = context.inlines(branches[0].token.children or [], number)
    known = _SWITCHES.get(key)
    if known and not known[0].fullmatch(plain(meta[key])):
        context.add("markdown/attribute", number, text=line.strip(), known=known[1])
