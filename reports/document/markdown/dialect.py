"""The template dialect as a Markdown parser: the only importer of markdown_it.

CommonMark, pipe tables, strikethrough and footnotes from the library; fenced divs, attributes, references,
super- and subscripts as Pandoc and Quarto write them from here. One rule differs from CommonMark: emphasis
works beside Chinese punctuation (`**建议：**文字`), which CommonMark's own rule leaves as asterisks.

What the library would pass over in silence becomes a token that `parse` turns into a problem: a footnote
nobody wrote (`unknown_note`), one written twice or never used (`lost_note`), colons that are no div
(`stray_fence`), nesting too deep to follow (`too_deep`), a table row with more or fewer cells than its table
(`meta` of `tr_open`).
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from msgspec import Struct, field

__all__ = ["Attributes", "Token", "block_tokens", "inline_tokens", "split_attributes", "web_address"]

#: Lists, quotes and divs inside each other, each list counting twice; nobody can read more.
MAX_NESTING = 40


def block_tokens(text: str) -> list[Token]:
    """Parse a whole text; block tokens carry their lines in `map`, counted from 0."""
    return _parser().parse(text, {})


def inline_tokens(text: str) -> list[Token]:
    """Parse one line of text without block structure: one inline token, then those of its footnotes."""
    return _parser().parseInline(text, {})


def web_address(href: str) -> str:
    """*href* as a program may follow it: what is not ASCII is encoded."""
    return normalizeLink(href)


class _Parser(MarkdownIt):
    """Leaves addresses as they were written; whether they may be used is for `parse` to say."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's name
        """Every address is read, so that a forbidden one can be named."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        """Files keep their Chinese names, tokens stay tokens."""
        return url


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": MAX_NESTING + 10}  # `_too_deep` is asked first
    parser = _Parser("commonmark", options).enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.block.ruler.before("fence", "div", _div, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler.before("paragraph", "caption", _caption, {"alt": ["blockquote"]})
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("strikethrough", _emphasis)
    parser.inline.ruler.at("image", _picture)
    parser.inline.ruler.before("link", "reference", _reference)
    parser.inline.ruler.before("reference", "citation", _citation)
    parser.inline.ruler.after("footnote_ref", "unknown_note", _unknown_note)
    parser.inline.ruler.after("unknown_note", "script", _script)
    parser.core.ruler.before("footnote_tail", "notes_apart", _notes_apart)
    parser.core.ruler.before("footnote_tail", "lost_notes", _lost_notes)
    parser.core.ruler.after("block", "row_widths", _row_widths)
    return parser


# --- attributes -------------------------------------------------------------------------------------------


class Attributes(Struct, frozen=True):
    """What stands in `{#id .class key=value}`; *wrong* is what stands there and cannot be read."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    wrong: str = ""

    def get(self, key: str, default: str = "") -> str:
        """The value of *key*."""
        return dict(self.pairs).get(key, default)


_ATTRIBUTE = re.compile(
    r"""\s*(?:\#(?P<id>[\w:.-]+)|\.(?P<cls>[\w-]+)|(?P<key>[\w-]+)=(?:"(?P<q>[^"]*)"|(?P<v>[^\s}"]+)))"""
)
_TRAILING = re.compile(r"\s*\{([^{}]*)\}\s*$")
#: Braces at the end that are meant for attributes, readable or not.
_MEANT = re.compile(r"\s*(?:[#.]|-\s*$|[\w-]+=)")


def _attributes(text: str) -> Attributes:
    """Read the inside of the braces."""
    if text.strip() == "-":  # Pandoc's short form
        return Attributes(classes=("unnumbered",))
    position, id_, classes, pairs = 0, "", [], []
    while text[position:].strip():
        found = _ATTRIBUTE.match(text, position)
        if not found or (found["id"] and id_):
            return Attributes(wrong=f"{{{text}}}")
        position = found.end()
        id_ = found["id"] or id_
        if found["cls"]:
            classes.append(found["cls"])
        if found["key"]:
            pairs.append((found["key"], found["q"] if found["q"] is not None else found["v"]))
    return Attributes(id_, tuple(classes), tuple(pairs))


def split_attributes(text: str) -> tuple[str, Attributes]:
    """Split `text {#id …}` into the text and its attributes (none: empty ones)."""
    brace = text.rfind("{")
    found = _TRAILING.match(text, len(text[:brace].rstrip())) if brace >= 0 else None
    if not found or not _MEANT.match(found[1]):
        return text, Attributes()
    return text[: found.start()], _attributes(found[1])


# --- fenced divs ------------------------------------------------------------------------------------------

_OPEN = re.compile(r":{3,}\s*(?:\{(?P<attributes>[^{}]*)\}|(?P<name>[\w-]+))\s*:*\s*$")
_CLOSE = re.compile(r":{3,}\s*$")
_FENCE = re.compile(r"(`{3,}|~{3,})")


class _Nesting(Struct):
    """How deep in divs, and in which code fence, a line stands."""

    depth: int = 1
    fence: str = field(default="")

    def closes(self, line: str) -> bool:
        """Take the next line; true when it closes the outermost div."""
        fence = _FENCE.match(line)
        if self.fence or fence:
            mark = fence[1] if fence else ""
            self.fence = "" if self.fence and mark.startswith(self.fence) else self.fence or mark
            return False
        self.depth += 1 if _OPEN.match(line) else -1 if _CLOSE.match(line) else 0
        return self.depth == 0


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: name` … `:::` and `::: {#id .class key=value}` … `:::`, nested to any depth."""
    line = _line(state, start)
    if not line.startswith(":::") or state.is_code_block(start):
        return False
    if silent:
        return True
    found = _OPEN.match(line)
    if not found:
        token = state.push("stray_fence", "", 0)
        token.map, token.content = [start, start + 1], line
        state.line = start + 1
        return True
    attributes = Attributes(classes=(found["name"],)) if found["name"] else _attributes(found["attributes"])
    last, closed = _end_of_div(state, start, end)
    token = state.push("div_open", "div", 1)
    token.map, token.block = [start, last], True
    token.meta = {"attributes": attributes, "closed": closed}
    _tokenize_inside(state, start + 1, last)
    state.push("div_close", "div", -1)
    state.line = last + closed
    return True


def _end_of_div(state: StateBlock, start: int, end: int) -> tuple[int, bool]:
    """The line that closes the div, or the first behind it where none does: a list item ends its divs."""
    nesting = _Nesting()
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return line, False
        if nesting.closes(_line(state, line)):
            return line, True
    return end, False


def _tokenize_inside(state: StateBlock, start: int, end: int) -> None:
    """Parse the lines of a div as blocks, then restore what belongs to the outside."""
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "div", end
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax = parent, line_max


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


# --- other blocks -----------------------------------------------------------------------------------------


def _caption(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - the library's signature
    """`: caption` directly behind a table ends the table; the caption itself is an ordinary paragraph."""
    return silent and _line(state, start).startswith(": ") and state.parentType == "table"


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library leaves out what is nested deeper than anybody means; here a token tells of it."""
    if silent or state.level < MAX_NESTING:
        return False
    state.push("too_deep", "", 0).map = [start, end]
    state.line = end
    return True


def _row_widths(state: StateCore) -> None:
    """Tell rows that have more or fewer cells than their table: the library cuts or fills them in silence."""
    lines: list[str] = []
    columns = 0
    for token in state.tokens:
        if token.type == "table_open":
            lines, columns = lines or state.src.split("\n"), 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.map:
            cells = _cells(lines[token.map[0]])
            token.meta = {"cells": cells, "columns": columns} if cells != columns else {}


def _cells(line: str) -> int:
    """How many cells a table row has, in the library's way of counting."""
    cells = escapedSplit(line.lstrip(" \t>").rstrip())
    return len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")


def _notes_apart(state: StateCore) -> None:
    """Put a note that is written inside another behind it; the library would lose the end of the outer one."""
    levels: list[list[Token]] = [[]]
    inner: list[Token] = []
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            levels.append([])
        levels[-1].append(token)
        if token.type == "footnote_reference_close":
            note = levels.pop()
            (levels[0] if len(levels) == 1 else inner).extend(note)
        if len(levels) == 1:
            levels[0] += inner
            inner.clear()
    state.tokens = levels[0]


def _lost_notes(state: StateCore) -> None:
    """Tell of footnotes that are written twice or never used, before the library drops them."""
    labels: set[str] = set()
    used = state.env.get("footnotes", {}).get("refs", {})
    for token in list(state.tokens):
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            if label in labels or used.get(f":{label}", -1) < 0:
                lost = Token(
                    "lost_note", "", 0, map=token.map, content=label, meta={"twice": label in labels}
                )
                state.tokens.append(lost)
            labels.add(label)


# --- inlines ----------------------------------------------------------------------------------------------

_REFERENCE = re.compile(r"@([A-Za-z][A-Za-z0-9]*(?:[:._-]+[A-Za-z0-9]+)*)", re.ASCII)
_BRACKETED = re.compile(r"\[@([A-Za-z][A-Za-z0-9]*(?:[:._-]+[A-Za-z0-9]+)*)\](?!\()", re.ASCII)
#: Several works cited together: `[@one; @two]`.
_SEVERAL = re.compile(r"\[(@[\w:.-]+(?:\s*;\s*@[\w:.-]+)+)\](?!\()", re.ASCII)


def _citation(state: StateInline, silent: bool) -> bool:
    """`[@one; @two]`: several works cited in one place."""
    found = _SEVERAL.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if not found:
        return False
    if not silent:
        state.push("cite", "", 0).content = " ".join(re.findall(r"@([\w:.-]+)", found[1]))
    state.pos = found.end()
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    """`@fig-ratio` and `[@fig-ratio]`; a Latin letter, a digit or a slash before @ makes it an address."""
    form = {"@": _REFERENCE, "[": _BRACKETED}.get(state.src[state.pos])
    found = form.match(state.src, state.pos) if form else None
    before = state.src[state.pos - 1] if state.pos else ""
    if not found or (before.isascii() and (before.isalnum() or before == "/")):
        return False
    if not silent:
        state.push("ref", "", 0).content = found[1]
    state.pos = found.end()
    return True


#: Letters and punctuation of Chinese text. It sets no spaces, so that punctuation does not mark the edges of words.
_CHINESE = (("‐", "‧"), ("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("︰", "﹏"), ("\uff01", "･"),
            ("\U00020000", "\U0003ffff"))  # fmt: skip


def _is_chinese(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _CHINESE)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis and `~~`, with punctuation taken for letters where the text is Chinese."""
    marker = state.src[state.pos]
    size = 2 if marker == "~" else 1
    length = _run_length(state, marker) if marker in "*_~" else 0
    if silent or length < size:
        return False
    flanks = _flanks(state, marker, length)
    if length % size:
        state.push("text", "", 0).content = marker
    for _ in range(length // size):
        state.push("text", "", 0).content = marker * size
        counted = 0 if marker == "~" else length  # for CommonMark's rule of three
        state.delimiters.append(Delimiter(ord(marker), counted, len(state.tokens) - 1, -1, *flanks))
    state.pos += length
    return True


def _run_length(state: StateInline, marker: str) -> int:
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    return end - state.pos


def _flanks(state: StateInline, marker: str, length: int) -> tuple[bool, bool]:
    """Whether the run may open and may close emphasis (CommonMark 0.31, 6.2)."""
    scanned = state.scanDelims(state.pos, marker != "_")
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + length] if state.pos + length < state.posMax else " "
    if marker == "_" or not (_is_chinese(before) or _is_chinese(after)):
        return scanned.can_open, scanned.can_close
    return not after.isspace(), not before.isspace()


_BRACES = re.compile(r"\s*\{([^{}]*)\}")


def _picture(state: StateInline, silent: bool) -> bool:
    """`![caption](source){#id …}`: the attributes belong to the picture."""
    if not image(state, silent):
        return False
    found = _BRACES.match(state.src, state.pos, state.posMax)
    meant = found is not None and _MEANT.match(found[1]) is not None
    if not silent:
        state.tokens[-1].meta = {"attributes": _attributes(found[1]) if found and meant else Attributes()}
    if found and meant:
        state.pos = found.end()
    return True


_UNKNOWN_NOTE = re.compile(r"\[\^([^\[\]^\s]{1,99})\]")


def _unknown_note(state: StateInline, silent: bool) -> bool:
    """`[^label]` for which there is no note."""
    found = _UNKNOWN_NOTE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("unknown_note", "", 0).content = found[1]
    state.pos = found.end()
    return True


#: No spaces and no punctuation of sentences, so that `3~5天，7~9天` keeps its tildes.
_SCRIPTS = {
    "^": ("sup", re.compile(r"\^((?:\\.|[^\s\\^，。；：、！？])+)\^")),
    "~": ("sub", re.compile(r"~((?:\\.|[^\s\\~，。；：、！？])+)~(?!~)")),
}
_ESCAPED = re.compile(r"\\([ !-/:-@\[-`{-~])")


def _script(state: StateInline, silent: bool) -> bool:
    """`x^2^` and `H~2~O`."""
    tag, form = _SCRIPTS.get(state.src[state.pos], ("", None))
    found = form.match(state.src, state.pos, state.posMax) if form else None
    if not found:
        return False
    if not silent:
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = _ESCAPED.sub(r"\1", found[1])
        state.push(f"{tag}_close", tag, -1)
    state.pos = found.end()
    return True
