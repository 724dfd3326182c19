"""Runs of letters, and all that stands inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from reports.document.nodes import (
    Cite,
    CommentMark,
    Fact,
    Footnote,
    Inlines,
    LineBreak,
    Link,
    Ref,
    Styled,
    Text,
)
from reports.writers.word.ooxml import R_URI, attribute, escape
from reports.writers.word.state import PLAIN, Ink, WriterState

# Word takes these from the Latin font unless a run says that they are Chinese.
AMBIGUOUS = "“”‘’—…·×°"
#: Blocks of a spark line and two signs that stand in no Latin font.
_DRAWN = "\u2581-\u2588◎◇"
_WIDE = f"{_DRAWN}\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_HAN_OR_AMBIGUOUS = re.compile(f"[{_WIDE}{AMBIGUOUS}]")
# In English text a Chinese stretch may hold digits and ambiguous characters, but neither begins nor ends with one.
# Compiled when the first English report is written: a class of so many letters takes 3 ms.
_HAN_STRETCH = f"([{_WIDE}]+(?:[{AMBIGUOUS}0-9]+[{_WIDE}]+)*)"
_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
_BREAK = re.compile("\r\n|[\r\n\t]")
_SAFE_IN_URL = "%/:?#[]@!$&'()*+,;=~"


def inlines(work: WriterState, content: Inlines, ink: Ink = PLAIN) -> str:
    """Return the run-level XML of *content*."""
    return "".join([INLINES[type(inline)](work, inline, ink) for inline in content])


def runs(work: WriterState, text: str, ink: Ink = PLAIN) -> str:
    """Return *text* as runs: one, or in an English document one for every change of script."""
    if not text:
        return ""
    if text.isascii() or not _HAN_OR_AMBIGUOUS.search(text):
        return _run(work, text, ink, han=False)
    if work.chinese:
        return _run(work, text, ink, han=is_chinese(text))
    pieces = re.split(_HAN_STRETCH, text)  # every second piece is a Chinese stretch
    return "".join(_run(work, piece, ink, han=n % 2 == 1) for n, piece in enumerate(pieces) if piece)


def is_chinese(text: str) -> bool:
    """Whether a run of a Chinese document must say that its characters are Chinese."""
    return _HAN_OR_AMBIGUOUS.search(_APOSTROPHE.sub("", text)) is not None


def field(code: str, shown: str, properties: str = "") -> str:
    """Return a field with its result already inside; *shown* is run XML, *properties* that of the marks."""
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f'{shown}<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


# --- runs -------------------------------------------------------------------------------------------------


def _run(work: WriterState, text: str, ink: Ink, *, han: bool) -> str:
    key = (ink, han)
    properties = work.run_properties.get(key)
    if properties is None:
        properties = work.run_properties[key] = _properties(work, ink, han=han)
    inner = escape(text)
    if _BREAK.search(inner):
        inner = _BREAK.sub(_break, inner)
    return f'<w:r>{properties}<w:t xml:space="preserve">{inner}</w:t></w:r>'


def _break(match: re.Match[str]) -> str:
    return f'</w:t><w:{"tab" if match[0] == chr(9) else "br"}/><w:t xml:space="preserve">'


#: A run has one character style: the first of these that is asked for. The rest is set directly.
_STYLES = {
    "citation": "Citation",
    "code": "Code",
    "link": "Hyperlink",
    "strong": "Strong",
    "emphasis": "Emphasis",
}
_DIRECT = {
    "strong": "<w:b/><w:bCs/>",
    "emphasis": "<w:i/><w:iCs/>",
    "strike": "<w:strike/>",
    "superscript": '<w:vertAlign w:val="superscript"/>',
    "subscript": '<w:vertAlign w:val="subscript"/>',
}


def _properties(work: WriterState, ink: Ink, *, han: bool) -> str:
    style = next((name for name in _STYLES if name in ink.styles), "")
    said = (style, "emphasis") if work.chinese else (style,)  # slanted Chinese letters are no emphasis
    parts = [
        f'<w:rStyle w:val="{work.template.style(_STYLES[style])}"/>' if style else "",
        '<w:rFonts w:hint="eastAsia"/>' if han else "",
        *(xml for name, xml in _DIRECT.items() if name in ink.styles and name not in said),
        '<w:lang w:eastAsia="zh-CN"/>' if han and not work.chinese else "",
    ]
    inner = "".join(parts)
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


# --- inlines, one function a kind -------------------------------------------------------------------------


def _text(work: WriterState, inline: Text, ink: Ink) -> str:
    return runs(work, inline.text, ink)


def _fact(work: WriterState, fact: Fact, ink: Ink) -> str:
    name = work.fact(fact)
    return work.bookmark(name, inlines(work, fact.content, ink))


def _styled(work: WriterState, inline: Styled, ink: Ink) -> str:
    return inlines(work, inline.content, ink._replace(styles=ink.styles | {inline.style}))


def _link(work: WriterState, link: Link, ink: Ink) -> str:
    relations = work.relations[ink.story]
    # Word calls a document damaged whose link holds a space or another character no address has.
    relation = relations.add("hyperlink", quote(link.href, safe=_SAFE_IN_URL))
    inner = inlines(work, link.content, ink._replace(styles=ink.styles | {"link"}))
    return f'<w:hyperlink xmlns:r="{R_URI}" r:id="{relation}" w:history="1">{inner}</w:hyperlink>'


def _ref(work: WriterState, ref: Ref, ink: Ink) -> str:
    """A field where Word would show the same text after an update, else a link that stays as it is."""
    shown = runs(work, ref.label, ink)
    target = work.targets.get(ref.anchor)
    if target is None or not shown:
        return shown
    if ref.label == target.shown:
        return field(f"REF {target.bookmark} \\h", shown)
    return _leading(target.bookmark, shown)


def _cite(work: WriterState, cite: Cite, ink: Ink) -> str:
    """Each number of [1,4-6] leads to the work it names."""
    ink = ink._replace(styles=ink.styles | {"citation"})
    named = {str(work.works[key]): work.targets[key].bookmark for key in cite.targets if key in work.works}
    return "".join(
        _leading(named.get(piece), runs(work, piece, ink))
        for piece in re.split(r"(\d+)", cite.label)
        if piece
    )


def _leading(bookmark: str | None, shown: str) -> str:
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{shown}</w:hyperlink>' if bookmark else shown


def _footnote(work: WriterState, note: Footnote, ink: Ink) -> str:
    if ink.story != "document":  # Word has no footnotes in footnotes or comments
        return _bracketed(work, inlines(work, note.content, ink), ink)
    number = work.template.next_footnote + len(work.footnotes)
    mark = _marked(work, "footnote reference")
    said = inlines(work, note.content, Ink(story="footnotes"))
    work.footnotes.append(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{work.template.style("footnote text")}"/>'
        f'</w:pPr><w:r>{mark}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
        f"{said}</w:p></w:footnote>"
    )
    shown = f'<w:r>{mark}<w:footnoteReference w:id="{number}"/></w:r>'
    while work.waiting:
        shown = _commented(work, work.waiting.pop(), shown)
    return shown


def _marked(work: WriterState, style: str) -> str:
    return f'<w:rPr><w:rStyle w:val="{work.template.style(style)}"/></w:rPr>'


def _bracketed(work: WriterState, inner: str, ink: Ink) -> str:
    opening, closing = "（）" if work.chinese else "()"
    return runs(work, opening, ink) + inner + runs(work, closing, ink)


def _remark(work: WriterState, remark: CommentMark, ink: Ink) -> str:
    """Words with a comment; one on words of a note stands at the mark of the note."""
    shown = inlines(work, remark.content, ink)
    if ink.story == "comments":
        return shown + _bracketed(work, inlines(work, remark.text, ink), ink)
    number = _comment(work, remark)
    if ink.story == "document":
        return _commented(work, number, shown)
    work.waiting.append(number)
    return shown


def _commented(work: WriterState, number: int, shown: str) -> str:
    return (
        f'<w:commentRangeStart w:id="{number}"/>{shown}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r>{_marked(work, "annotation reference")}<w:commentReference w:id="{number}"/></w:r>'
    )


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _comment(work: WriterState, remark: CommentMark) -> int:
    """Put a comment into its part; return its id. A day known by its month only is no date to Word."""
    ink = Ink(story="comments")
    said = inlines(work, remark.text, ink)
    if remark.state:
        said += runs(work, "" if work.chinese else " ", ink) + _bracketed(
            work, runs(work, remark.state, ink), ink
        )
    day = _DAY.match(remark.date)
    date = f' w:date="{day[0]}T00:00:00Z"' if day else ""
    author, initials = attribute(remark.author), attribute("".join(word[0] for word in remark.author.split()))
    number = len(work.comments)
    work.comments.append(
        f'<w:comment w:id="{number}" w:author="{author}" w:initials="{initials}"{date}><w:p><w:pPr>'
        f'<w:pStyle w:val="{work.template.style("annotation text")}"/></w:pPr>'
        f"<w:r>{_marked(work, 'annotation reference')}<w:annotationRef/></w:r>{said}</w:p></w:comment>"
    )
    return number


def _line_break(work: WriterState, inline: LineBreak, ink: Ink) -> str:  # noqa: ARG001 - one signature for all
    return "<w:r><w:br/></w:r>"


#: What writes each kind of inline.
INLINES: Mapping[type, Callable[[WriterState, Any, Ink], str]] = MappingProxyType(
    {
        Text: _text,
        Fact: _fact,
        Styled: _styled,
        Link: _link,
        Ref: _ref,
        Footnote: _footnote,
        Cite: _cite,
        CommentMark: _remark,
        LineBreak: _line_break,
    }
)
