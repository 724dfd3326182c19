"""Inlines → HTML in which the letters of data are letters: nothing of them is ever a tag or an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from reports.diagnostics.words.rules import rule
from reports.document.nodes import (
    Cite,
    CommentMark,
    Fact,
    FactSource,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Ref,
    Styled,
    Text,
)

#: Ids of our own begin with a sign that no author's id has.
NOTE, MARK, WORK = "_note-", "_mark-", "_work-"

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: Letters written from right to left, and signs that turn the direction: what holds one is kept apart from the
#: text around it, which it could otherwise reorder.
_TURNING = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
_SCHEMES = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


class HtmlContext(Struct, frozen=True):
    """What inline functions need beside the inline.

    *anchors* are the ids of the page, *works* the numbers of cited works by key; *notes* collects the footnotes
    met. *noted*: inside a note or a remark, which has no notes of its own; *linked*: inside a link. *placed*: facts say
    their file and line, which only a page that nobody keeps may do.
    """

    chinese: bool
    sources: Sequence[FactSource] = ()
    anchors: Collection[str] = frozenset()
    works: Mapping[str, int] = field(default_factory=dict)
    notes: list[Footnote] = field(default_factory=list)
    noted: bool = False
    linked: bool = False
    lang: str = ""
    placed: bool = False


def letters(text: str) -> str:
    """*text* between tags or in a quoted attribute; a control character shows as a sign that it was there."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", plain))


def inlines(ink: HtmlContext, content: Inlines) -> str:
    """Return *content* as HTML that may stand in a paragraph."""
    return "".join([INLINES[type(inline)](ink, inline) for inline in content])


# --- one function a kind ----------------------------------------------------------------------------------


def _fact(ink: HtmlContext, fact: Fact) -> str:
    """The style sheet shows the attributes while the pointer is on the fact, or once it was tapped."""
    inner = inlines(ink, fact.content)
    if not inner or not 0 <= fact.source < len(ink.sources):
        return inner
    source = ink.sources[fact.source]
    place = f' data-at="{letters(_place(source))}"' if ink.placed else ""
    apart = ' dir="auto"' if _TURNING.search(inner) else ""
    return f'<span class="fact" tabindex="-1"{apart}{place} data-of="{letters(_name(ink, source))}">{inner}</span>'


def _name(ink: HtmlContext, source: FactSource) -> str:
    """Record and field; of what was worked out the rule, and the first of all it comes from."""
    if not source.rule:
        day = f" ({source.on})" if source.on else ""
        return ".".join(part for part in (source.record, source.field) if part) + day
    names = [_name(ink, one) for one in source.of[:_NAMED]]
    more = f" … +{len(source.of) - _NAMED}" if len(source.of) > _NAMED else ""
    return (
        f"{rule(source.rule, ink.lang)}: {', '.join(names)}{more}" if names else rule(source.rule, ink.lang)
    )


def _place(source: FactSource) -> str:
    """File and line; of what was worked out those of all it comes from, as far as they are named."""
    places = [str(replace(one.where, column=0)) for one in source.origins()]
    return "\n".join(dict.fromkeys(places[:_NAMED]))


#: So much of what a value was worked out from is named.
_NAMED = 6


_TAGS = MappingProxyType(
    {
        "emphasis": "em",
        "strong": "strong",
        "strike": "s",
        "superscript": "sup",
        "subscript": "sub",
        "code": "code",
    }
)


def _styled(ink: HtmlContext, styled: Styled) -> str:
    tag = _TAGS[styled.style]
    return f"<{tag}>{inlines(ink, styled.content)}</{tag}>"


def _link(ink: HtmlContext, link: Link) -> str:
    """A link out; what is no address of the web or of a person stays text."""
    inner = inlines(replace(ink, linked=True), link.content)
    if ink.linked or not _SCHEMES.match(link.href):
        return inner
    return f'<a href="{letters(link.href)}" rel="noopener noreferrer nofollow">{inner}</a>'


def _ref(ink: HtmlContext, ref: Ref) -> str:
    return _leading(ink, ref.anchor, letters(ref.label)) if ref.anchor in ink.anchors else letters(ref.label)


def _leading(ink: HtmlContext, anchor: str, inner: str) -> str:
    return inner if ink.linked or not inner else f'<a href="#{letters(anchor)}">{inner}</a>'


def _cite(ink: HtmlContext, cite: Cite) -> str:
    """Each number of [1,4-6] leads to the work it names."""
    named = {str(ink.works[key]): WORK + key for key in cite.targets if key in ink.works}
    pieces = [
        _leading(ink, named[piece], piece) if piece in named else letters(piece)
        for piece in re.split(r"(\d+)", cite.label)
    ]
    return f'<span class="cite">{"".join(pieces)}</span>'


def _footnote(ink: HtmlContext, note: Footnote) -> str:
    """Its mark; the note itself stands at the end. A note in a note stands in brackets."""
    if ink.noted:
        return bracketed(ink, inlines(ink, note.content))
    ink.notes.append(note)
    mark = f'<sup class="mark" id="{MARK}{note.number}">'
    if ink.linked:
        return f"{mark}{note.number}</sup>"
    return f'{mark}<a href="#{NOTE}{note.number}" role="doc-noteref">{note.number}</a></sup>'


def bracketed(ink: HtmlContext, inner: str) -> str:
    """*inner* in the brackets of the language."""
    opening, closing = ("（", "）") if ink.chinese else (" (", ")")
    return f"{opening}{inner}{closing}"


def _remark(ink: HtmlContext, remark: CommentMark) -> str:
    """The words it is about, marked, and what is said of them: in the margin, on a phone below the line."""
    said = inlines(replace(ink, noted=True), remark.text)
    author = f"<b>{letters(remark.author)}</b> " if remark.author else ""
    about = " · ".join(letters(part) for part in (remark.date, remark.state) if part)
    more = f" <small>{about}</small>" if about else ""
    shown = f'<span class="on">{inlines(ink, remark.content)}</span>'
    return f'<span class="remark">{shown}<span class="said" role="note">{author}{said}{more}</span></span>'


#: What writes each kind of inline.
INLINES: Mapping[type[Inline], Callable[[HtmlContext, Any], str]] = MappingProxyType(
    {
        Text: lambda ink, i: letters(i.text),
        Fact: _fact,
        Styled: _styled,
        Link: _link,
        Ref: _ref,
        Footnote: _footnote,
        Cite: _cite,
        CommentMark: _remark,
        LineBreak: lambda ink, i: "<br>",
    }
)
