"""Inline Markdown tokens → the inlines of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from msgspec import Struct, field

from reports.diagnostics.problems import Problem, Where, near
from reports.document.manuscript import INSERT, RESERVED, Manuscript
from reports.document.markdown.dialect import Attributes, split_attributes, web_address
from reports.document.nodes import (
    Cite,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Ref,
    References,
    Styled,
    Table,
    Text,
    plain,
)

if TYPE_CHECKING:
    from reports.document.markdown.dialect import Token

Style = Literal["emphasis", "strong", "strike", "superscript", "subscript", "code"]
_STYLES: Mapping[str, Style] = {
    "em_open": "emphasis",
    "strong_open": "strong",
    "s_open": "strike",
    "sup_open": "superscript",
    "sub_open": "subscript",
}
_SCHEMES = ("http://", "https://", "mailto:")
#: What `chart()` gives: the address of a picture, which says nothing to a reader.
_CHART = re.compile(r"\bchart:\d")
#: Styles and links inside each other; nobody can see more.
_MAX_STYLES = 20


class Note(Struct, frozen=True):
    """A footnote as it was read: the tokens of its paragraphs, each with its Markdown line (None: that of the
    reference); *whole* is false when there is more in it than paragraphs."""

    paragraphs: tuple[tuple[Sequence[Token], int | None], ...]
    whole: bool = True


class Context(Struct):
    """What every function of the parser needs: the manuscript, how many of its lines stand before the parsed
    text, the footnotes by number, and the author's mistakes found so far."""

    manuscript: Manuscript
    offset: int = 0
    notes: Mapping[int, Note] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)
    in_note: bool = False

    def where(self, line: int) -> Where:
        """The template place of a line of the parsed text."""
        return self.manuscript.where(line + self.offset)

    def add(self, code: str, line: int, /, **args: object) -> None:
        """Note a mistake."""
        self.found.append(Problem(self.where(line), code, args))

    # --- values -------------------------------------------------------------------------------------------

    def block(self, tokens: Sequence[Token]) -> Table | References | None:
        """The block for which the only token of a paragraph stands."""
        only = tokens[0].content.strip() if len(tokens) == 1 and tokens[0].type == "text" else ""
        found = INSERT.fullmatch(only)
        insert = self._insert(found[1]) if found else None
        return insert if isinstance(insert, Table | References) else None

    def _insert(self, index: str) -> Inline | Table | References | None:
        """The value for which a token stands; None where somebody made the token up."""
        number = int(index) if len(index) < 10 else len(self.manuscript.inserts)
        return self.manuscript.inserts[number] if number < len(self.manuscript.inserts) else None

    def expand(self, text: str, line: int) -> Inlines:
        """Put the values back for which tokens stand in *text*."""
        if not RESERVED.search(text):
            return (Text(text),) if text else ()
        out: list[Inline] = []
        position = 0
        for found in INSERT.finditer(text):
            out += self._letters(text[position : found.start()], line)
            insert = self._insert(found[1])
            if insert is None:
                self.add("template/broken-value", line)
            elif isinstance(insert, Table | References):
                self.add("markdown/table-in-text", line)
            else:
                out.append(insert)
            position = found.end()
        return (*out, *self._letters(text[position:], line))

    def _letters(self, text: str, line: int) -> Inlines:
        if RESERVED.search(text):
            self.add("template/broken-value", line)
            text = RESERVED.sub("", text)
        return (Text(text),) if text else ()

    # --- runs of inlines ----------------------------------------------------------------------------------

    def inlines(self, tokens: Sequence[Token], line: int) -> Inlines:
        """Return the inlines of one paragraph, heading or cell that begins on *line*."""
        levels: list[tuple[Token | None, list[Inline]]] = [(None, [])]
        for token in tokens:
            if token.nesting == 1:
                levels.append((token, []))
                if len(levels) == _MAX_STYLES:
                    self.add("markdown/too-deep", line)
            elif token.nesting == -1:
                opened, content = levels.pop()
                assert opened is not None
                if len(levels) < _MAX_STYLES:
                    outside = [o.type for o, _ in levels if o]
                    levels[-1][1].extend(self._closed(opened, outside, self._joined_lines(content), line))
            else:
                line += token.type in ("softbreak", "hardbreak")
                levels[-1][1].extend(self._single(token, line))
        return self._joined_lines(levels[0][1])

    def _closed(self, opened: Token, outside: Sequence[str], content: Inlines, line: int) -> Inlines:
        """A span whose end has been reached; a style inside itself adds nothing."""
        if opened.type == "link_open":
            return (self._link(str(opened.attrs.get("href", "")), content, line),)
        if opened.type in outside:
            return content
        return (Styled(_STYLES[opened.type], content),)

    def _link(self, href: str, content: Inlines, line: int) -> Inline:
        address = plain(self.expand(href, line))
        if address.startswith("#"):
            return Ref(unquote(address[1:]), plain(content))
        if not address.lower().startswith(_SCHEMES):
            self.add("markdown/link", line, href=address)
        return Link(web_address(address), content or (Text(address),))

    def _single(self, token: Token, line: int) -> Inlines:
        match token.type:
            case "code_inline":
                return (Styled("code", self.expand(token.content, line)),)
            case "ref":
                return (Ref(token.content),)
            case "cite":
                return (Cite(tuple(token.content.split())),)
            case "footnote_ref":
                return self._note(int(token.meta["id"]), line)
            case "softbreak":
                return (_SOFT_BREAK,)
            case "hardbreak":
                return (LineBreak(),)
            case "image":
                self.add("markdown/picture-in-text", line)
            case "unknown_note":
                self.add("markdown/unknown-note", line, name=token.content)
            case _:
                if self.manuscript.charts and _CHART.search(token.content):
                    self.add("markdown/chart-in-text", line)
                return self.expand(token.content, line)
        return ()

    def _note(self, number: int, line: int) -> Inlines:
        note = self.notes.get(number)
        if self.in_note or note is None or not note.whole:
            self.add("markdown/note-content", line)
            return ()
        self.in_note = True
        content: list[Inline] = []
        for tokens, own in note.paragraphs:
            content += [LineBreak()] if content else []
            content += self.inlines(tokens, line if own is None else own)
        self.in_note = False
        return (Footnote(tuple(content)),)

    def _joined_lines(self, content: Sequence[Inline]) -> Inlines:
        """A line end is a space, but nothing between Chinese letters, which know no spaces; runs of letters
        become one."""
        out: list[Inline] = []
        letters: list[str] = []
        for i, inline in enumerate(content):
            if inline is _SOFT_BREAK:
                before = _edge(content[max(i - 9, 0) : i][::-1], -1)
                letters.append(_gap(before, _edge(content[i + 1 : i + 10], 0), self.manuscript.lang))
            elif isinstance(inline, Text):
                letters.append(inline.text)
            else:
                out += [*_text(letters), inline]
                letters = []
        return (*out, *_text(letters))

    # --- attributes ---------------------------------------------------------------------------------------

    def captioned(self, tokens: Sequence[Token], line: int) -> tuple[Inlines, Attributes]:
        """Read a heading or caption; split `{#id …}` off its end."""
        if not tokens or tokens[-1].type != "text":
            return self.inlines(tokens, line), Attributes()
        text, attributes = split_attributes(tokens[-1].content)
        return self.inlines([*tokens[:-1], tokens[-1].copy(content=text)], line), attributes

    def check(self, attributes: Attributes, line: int, known: str) -> None:
        """Name the attributes that mean nothing here; *known* lists the others: `#id, .class, key=example`."""
        words = [word.partition("=")[0] for word in known.split(", ")]
        given = [(f"#{attributes.id}", "#id")] if attributes.id else []
        given += [(f".{name}", f".{name}") for name in attributes.classes]
        given += [(f"{key}={value}", key) for key, value in attributes.pairs]
        for text, word in given:
            if word not in words:
                self.add("markdown/attribute", line, text=text, near=near(word, words), known=known)
        if attributes.wrong:
            self.add("markdown/attribute", line, text=attributes.wrong, known=known)


# --- lines ------------------------------------------------------------------------------------------------

#: A line end inside a paragraph, until it is known what stands on both sides of it.
_SOFT_BREAK = Text("\n")


def _text(letters: Iterable[str]) -> Inlines:
    text = "".join(letters)
    return (Text(text),) if text else ()


def _gap(before: str | None, after: str | None, lang: str) -> str:
    """What a line end becomes; a side of which nothing is known yet goes by the other."""
    known = [side for side in (before, after) if side is not None]
    if any(_FULL_WIDTH.match(side) for side in known):
        return ""
    return "" if known and all(_chinese(side, lang) for side in known) else " "


def _edge(side: Iterable[Inline], index: int) -> str | None:
    """The letter next to a line end, None for a reference, which has no words yet. Notes are no letters."""
    for inline in side:
        if isinstance(inline, Ref) and not inline.label:
            return None
        text = plain((inline,))
        if text:
            return text[index]
    return ""


#: Punctuation that brings its own space.
_FULL_WIDTH = re.compile("[、-〟！-～]")


def _chinese(char: str, lang: str) -> bool:
    return bool(char) and (ord(char) >= 0x2E80 or (char in "“”‘’—…" and lang.startswith("zh")))
