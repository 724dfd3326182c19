"""Inline Markdown tokens → the inlines of the tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reports.dialect import Attributes, split_attributes
from reports.document import Footnote, Inline, Inlines, LineBreak, Link, Ref, Styled, Table, Text, plain
from reports.manuscript import INSERT, RESERVED, Manuscript
from reports.problems import Problem, Where

if TYPE_CHECKING:
    from reports.dialect import Token

Style = Literal["emphasis", "strong", "strike", "superscript", "subscript", "code"]
_STYLES: Mapping[str, Style] = {
    "em_open": "emphasis",
    "strong_open": "strong",
    "s_open": "strike",
    "sup_open": "superscript",
    "sub_open": "subscript",
}
_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(slots=True)
class Problems:
    """The author's mistakes found so far."""

    manuscript: Manuscript
    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, where: Where, **args: object) -> None:
        """Note a mistake."""
        self.found.append(Problem(where, code, args))

    def expand(self, text: str, where: Where) -> Inlines:
        """Put the values back for which tokens stand in *text*."""
        if "\ue000" not in text and "\ue001" not in text:
            return (Text(text),) if text else ()
        out: list[Inline] = []
        position = 0
        for found in INSERT.finditer(text):
            out += self._letters(text[position : found.start()], where)
            insert = self.manuscript.inserts[int(found[1])]
            if isinstance(insert, Table):
                self.add("markdown/table-in-text", where)
            else:
                out.append(insert)
            position = found.end()
        return (*out, *self._letters(text[position:], where))

    def _letters(self, text: str, where: Where) -> Inlines:
        if RESERVED.search(text):
            self.add("template/broken-value", where)
        return (Text(text),) if text else ()


#: A line end inside a paragraph, until it is known what stands on both sides of it.
_SOFT_BREAK = Text("\n")


def to_inlines(
    tokens: Sequence[Token],
    manuscript: Manuscript,
    footnotes: Mapping[int, Inlines],
    problems: Problems,
    where: Where,
) -> Inlines:
    """Return the inlines of one paragraph, heading or cell."""
    levels: list[tuple[Token | None, list[Inline]]] = [(None, [])]
    for token in tokens:
        if token.nesting == 1:
            levels.append((token, []))
        elif token.nesting == -1:
            opened, content = levels.pop()
            assert opened is not None
            levels[-1][1].extend(_closed(opened, tuple(content), problems, where))
        else:
            levels[-1][1].extend(_single(token, footnotes, problems, where))
    return _joined_lines(tuple(levels[0][1]))


def _closed(opened: Token, content: Inlines, problems: Problems, where: Where) -> Inlines:
    """A span whose end has been reached."""
    if opened.type == "link_open":
        return (_link(str(opened.attrs.get("href", "")), content, problems, where),)
    return (Styled(_STYLES[opened.type], content),)


def _link(href: str, content: Inlines, problems: Problems, where: Where) -> Inline:
    if href.startswith("#"):
        return Ref(href[1:], plain(content))
    if not href.lower().startswith(_SCHEMES) or RESERVED.search(href) or "%EE%80%80" in href:
        problems.add("markdown/link", where, href=href)
    return Link(href, content)


def _single(token: Token, footnotes: Mapping[int, Inlines], problems: Problems, where: Where) -> Inlines:
    match token.type:
        case "text":
            return problems.expand(token.content, where)
        case "code_inline":
            return (Styled("code", problems.expand(token.content, where)),)
        case "ref":
            return (Ref(token.content),)
        case "footnote_ref":
            return (Footnote(footnotes.get(int(token.meta["id"]), ())),)
        case "softbreak":
            return (_SOFT_BREAK,)
        case "hardbreak":
            return (LineBreak(),)
        case "image":
            problems.add("markdown/picture-in-text", where)
            return ()
        case _:
            return problems.expand(token.content, where)


def _joined_lines(content: Inlines) -> Inlines:
    """A line end is a space, but nothing between Chinese letters, which know no spaces; runs of letters
    become one."""
    out: list[Inline] = []
    for i, inline in enumerate(content):
        if inline is _SOFT_BREAK:
            before, after = _edge(content[i - 1 : i], -1), _edge(content[i + 1 : i + 2], 0)
            inline = Text("" if _wide(before) and _wide(after) else " ")
        if isinstance(inline, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + inline.text)
        elif not isinstance(inline, Text) or inline.text:
            out.append(inline)
    return tuple(out)


def _edge(side: Inlines, index: int) -> str:
    text = plain(side)
    return text[index] if text else ""


def _wide(char: str) -> bool:
    return bool(char) and (ord(char) >= 0x2E80 or char in "“”‘’—…")


def captioned(content: Inlines) -> tuple[Inlines, Attributes]:
    """Split `{#id …}` off the end of a heading or caption."""
    if not content or not isinstance(content[-1], Text):
        return content, Attributes()
    text, attributes = split_attributes(content[-1].text)
    last = (Text(text),) if text else ()
    return (*content[:-1], *last), attributes



