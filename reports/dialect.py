"""The template dialect as a Markdown parser: the only importer of markdown_it.

CommonMark, pipe tables, strikethrough, footnotes, super- and subscripts from the library; fenced divs,
attributes and references as Pandoc and Quarto write them from here. One rule differs from CommonMark:
emphasis works beside Chinese punctuation (`**建议：**文字`), which CommonMark's own rule leaves as asterisks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

__all__ = ["Attributes", "Token", "block_tokens", "inline_tokens", "split_attributes"]


def block_tokens(text: str) -> list[Token]:
    """Parse a whole text; block tokens carry their lines in `map`, counted from 0."""
    return _parser().parse(text, {})


def inline_tokens(text: str) -> list[Token]:
    """Parse one line of text without block structure."""
    (token,) = _parser().parseInline(text, {})
    return token.children or []


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(superscript_plugin).use(sub_plugin)
    parser.block.ruler.before("fence", "div", _div, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("link", "reference", _reference)
    return parser


# --- attributes -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands in `{#id .class key=value}`."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """The value of *key*."""
        return dict(self.pairs).get(key, default)


_ATTRIBUTE = re.compile(r"""\s*(?:\#(?P<id>[\w:.-]+)|\.(?P<cls>[\w-]+)|(?P<key>[\w-]+)=(?:"(?P<q>[^"]*)"|(?P<v>[^\s}"]+)))""")
_TRAILING = re.compile(r"\s*\{([^{}]*)\}\s*$")


def _attributes(text: str) -> Attributes | None:
    """Read the inside of the braces; None when it is something else."""
    position, id_, classes, pairs = 0, "", [], []
    while text[position:].strip():
        found = _ATTRIBUTE.match(text, position)
        if not found:
            return None
        position = found.end()
        id_ = found["id"] or id_
        if found["cls"]:
            classes.append(found["cls"])
        if found["key"]:
            pairs.append((found["key"], found["q"] if found["q"] is not None else found["v"]))
    return Attributes(id_, tuple(classes), tuple(pairs))


def split_attributes(text: str) -> tuple[str, Attributes]:
    """Split `text {#id …}` into the text and its attributes (none: empty ones)."""
    found = _TRAILING.search(text)
    attributes = _attributes(found[1]) if found else None
    if not found or attributes is None:
        return text, Attributes()
    return text[: found.start()], attributes


# --- fenced divs ------------------------------------------------------------------------------------------

_OPEN = re.compile(r":{3,}\s*(?:\{(?P<attributes>[^{}]*)\}|(?P<name>[\w-]+))\s*:*\s*$")
_CLOSE = re.compile(r":{3,}\s*$")
_FENCE = re.compile(r"(`{3,}|~{3,})")


@dataclass(slots=True)
class _Nesting:
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
    found = _OPEN.match(_line(state, start)) if not state.is_code_block(start) else None
    if not found:
        return False
    if silent:
        return True
    attributes = Attributes(classes=(found["name"],)) if found["name"] else _attributes(found["attributes"])
    nesting = _Nesting()
    last = next((n for n in range(start + 1, end) if nesting.closes(_line(state, n))), end)
    token = state.push("div_open", "div", 1)
    token.map, token.block = [start, last], True
    token.meta = {"attributes": attributes or Attributes(), "closed": last < end}
    _tokenize_inside(state, start + 1, last)
    state.push("div_close", "div", -1)
    state.line = min(last + 1, end)
    return True


def _tokenize_inside(state: StateBlock, start: int, end: int) -> None:
    """Parse the lines of a div as blocks, then restore what belongs to the outside."""
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "div", end
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax = parent, line_max


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


# --- inlines ----------------------------------------------------------------------------------------------

_REFERENCE = re.compile(r"@([A-Za-z][A-Za-z0-9]*(?:[:._-]+[A-Za-z0-9]+)*)", re.ASCII)
_BRACKETED = re.compile(r"\[@([A-Za-z][A-Za-z0-9]*(?:[:._-]+[A-Za-z0-9]+)*)\](?!\()", re.ASCII)


def _reference(state: StateInline, silent: bool) -> bool:
    """`@fig-ratio` and `[@fig-ratio]`; a letter or digit of Latin script before @ makes it an address."""
    form = {"@": _REFERENCE, "[": _BRACKETED}.get(state.src[state.pos])
    found = form.match(state.src, state.pos) if form else None
    before = state.src[state.pos - 1] if state.pos else ""
    if not found or (before.isascii() and before.isalnum()):
        return False
    if not silent:
        state.push("ref", "", 0).content = found[1]
    state.pos = found.end()
    return True


#: Punctuation of Chinese text. Chinese sets no spaces, so that these do not mark the edges of words.
_CJK_PUNCTUATION = re.compile("[‐-‧、-〿！-／：-＠［-｀｛-･]")


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis, with Chinese punctuation taken for letters when a delimiter run is judged."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    length = _run_length(state, marker)
    can_open, can_close = _flanks(state, marker, length)
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(Delimiter(ord(marker), length, len(state.tokens) - 1, -1, can_open, can_close))
    state.pos += length
    return True


def _run_length(state: StateInline, marker: str) -> int:
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    return end - state.pos


def _flanks(state: StateInline, marker: str, length: int) -> tuple[bool, bool]:
    """Whether the run may open and may close emphasis (CommonMark 0.31, 6.2)."""
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + length] if state.pos + length < state.posMax else " "
    if not (_CJK_PUNCTUATION.match(before) or _CJK_PUNCTUATION.match(after)):
        return scanned.can_open, scanned.can_close
    left, right = not after.isspace(), not before.isspace()
    if marker == "*":
        return left, right
    return left and not right, right and not left
