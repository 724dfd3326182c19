"""What is wrong with the tags of a template, where Jinja prints them in silence or speaks of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.diagnostics.problems import Problem, Where, near

_BRACES = {
    "｛｛": "{{",
    "｝｝": "}}",
    "｛%": "{%",
    "%｝": "%}",
    "｛％": "{%",
    "％｝": "%}",
    "{％": "{%",
    "％}": "%}",
}
_BRACE = re.compile("|".join(map(re.escape, _BRACES)))
_SIGNS = {
    "｜": "|", "，": ",", "、": ",", "（": "(", "）": ")", "：": ":", "“": '"', "”": '"', "‘": "'", "’": "'", "【": "[", "】": "]",
    "［": "[", "］": "]", "＝": "=", "！": "!", "．": ".", "～": "~", "＞": ">", "＜": "<", "＋": "+", "\u3000": " ",
}  # fmt: skip
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_CLOSES = {"{{": "}}", "{%": "%}", "{##": "##}"}
_OPENING = re.compile(r"\{##|\{%|\{\{")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_BLOCK = re.compile(r"[-+]?\s*(end)?(for|if|macro|call|filter)\b")


def wrong_braces(text: str, template: str) -> Iterator[Problem]:
    """Full-width braces, which would be printed as they are."""
    for found in _BRACE.finditer(text):
        yield _full_width(text, template, found.start(), _BRACES[found[0]], found[0])


def wrong_tags(text: str, template: str, said: str) -> tuple[Problem, ...]:
    """Return what the author has to mend first in a template of which Jinja *said* that it cannot read it; nothing
    where only Jinja knows."""
    tags, unclosed = _tags(text, template)
    signs = [
        _full_width(text, template, start + found.start(), _SIGNS[found[0]], found[0])
        for start, end in tags
        for found in _SIGN.finditer(_STRING.sub(_blank, text[start:end]))
    ]
    nested = re.search("end of template|nesting mistake", said)
    blocks = _open_blocks(text, template, tags) if nested else ()
    return tuple(signs or unclosed or blocks)


# --- what Jinja says, in our words -------------------------------------------------------------------------

_END = {"end of print statement": "}}", "end of statement block": "%}"}
#: What Jinja calls values.
_VALUES = frozenset(("integer", "float", "string"))
_KNOWN = (
    "for", "if", "elif", "else", "set", "macro", "call", "filter", "include", "import", "from", "block",
    "endfor", "endif", "endset", "endmacro", "endcall", "endfilter", "endblock",
)  # fmt: skip
#: What Jinja says (parser.py, lexer.py of its release 3.1), and the code of what we say instead.
_SAID = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"unexpected char ['\"]+(?P<found>.)['\"]+ at (?P<at>\d+)", "template/sign"),
        (r"unexpected '(?P<found>.)', expected '(?P<expected>.)'", "template/bracket"),
        (r"expected token 'end of [\w ]+', got '(?P<found>.+)'", "template/unexpected"),
        (r"expected token '(?P<expected>.+)', got '(?P<found>.+)'", "template/wanted"),
        (r"Encountered unknown tag '(?P<found>\w+)'", "template/unknown-tag"),
        (r"(?:Expected an expression, got|[Uu]nexpected) '(?P<found>.+?)'", "template/unexpected"),
        (r"tag name expected|expected name or number|expected subscript", "template/ends-early"),
        (r"(?:invalid syntax for function call|non-default argument)", "template/order"),
    )
)


def in_our_words(said: str, text: str, template: str, line: int) -> Problem | None:
    """Return what Jinja *said* of a *line* it cannot read, with the column where that is sure; None for what it says
    too rarely to be told otherwise."""
    for pattern, code in _SAID:
        if match := pattern.match(said):
            told = {name: _END.get(value, value) for name, value in match.groupdict().items() if value}
            where = _position(text, template, line, told.pop("at", ""), told.get("found", ""))
            return _meant(where, code, told)
    return None


def _meant(where: Where, code: str, told: dict[str, str]) -> Problem:
    """The same, said more closely where the sign that was *found* allows it."""
    found = told.get("found", "")
    if code == "template/ends-early" or found in _END.values():
        return Problem(where, "template/ends-early", {"found": found or "}"})
    if found in {"'", '"'}:
        return Problem(where, "template/quote")
    if found == "=" and code == "template/unexpected":
        return Problem(where, "template/compare")
    if found in _VALUES:
        return Problem(where, "template/unexpected-value")
    if told.get("expected") in {"name", *_VALUES}:
        return Problem(where, "template/unexpected", {"found": found})
    if code != "template/unknown-tag":
        return Problem(where, code, {**told})
    if found.removeprefix("end") in _KNOWN:
        return Problem(where, "template/stray-end", {"found": found})
    return Problem(where, code, {"found": found, "known": ", ".join(_KNOWN), "near": near(found, _KNOWN)})


def _position(text: str, template: str, line: int, at: str, found: str) -> Where:
    """Where the sign or word *found* stands: at a place Jinja named, or where the tags of the line hold it once."""
    if at:
        return _where(text, template, int(at), int(at) + 1)
    written = text.split("\n")[line - 1] if 0 < line <= text.count("\n") + 1 else ""
    word = rf"(?<!\w){re.escape(found)}(?!\w)" if found.isidentifier() else re.escape(found)
    spans = [tag.span() for tag in _TAG.finditer(written)]
    places = (
        [m for m in re.finditer(word, written) if any(a <= m.start() < b for a, b in spans)] if found else []
    )
    if len(places) != 1:
        return Where(template, line)
    return Where(template, line, places[0].start() + 1, places[0].end() + 1)


_TAG = re.compile(r"\{[{%].*?[%}]\}")


# --- where the tags are ------------------------------------------------------------------------------------


def _tags(text: str, template: str) -> tuple[list[tuple[int, int]], list[Problem]]:
    """Where the inner part of each tag begins and ends; and the first tag that never ends."""
    tags: list[tuple[int, int]] = []
    at = 0
    while opening := _OPENING.search(text, at):
        close = _CLOSES[opening[0]]
        at = text.find(close, opening.end())
        follows = _OPENING.search(text, opening.end())
        if at < 0 or (follows and follows.start() < at and opening[0] != "{##"):
            where = _where(text, template, opening.start(), opening.end())
            return tags, [Problem(where, "template/open-tag", {"tag": opening[0], "close": close})]
        if opening[0] != "{##":
            tags.append((opening.end(), at))
        at += len(close)
    return tags, []


def _open_blocks(text: str, template: str, tags: list[tuple[int, int]]) -> Iterator[Problem]:
    """The innermost block without its end."""
    opened: list[tuple[str, int]] = []
    for start, end in tags:
        block = _BLOCK.match(text, start, end) if text[start - 1] == "%" else None
        if block and not block[1]:
            opened.append((block[2], start - 2))
        elif block and opened and opened[-1][0] == block[2]:
            opened.pop()
        elif block:  # the end of one further out: the inner one has none
            break
    if opened:
        tag, start = opened[-1]
        yield Problem(_where(text, template, start, start + 2), "template/unclosed", {"tag": tag})


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _full_width(text: str, template: str, at: int, meant: str, found: str) -> Problem:
    where = _where(text, template, at, at + len(found))
    return Problem(where, "template/full-width", {"found": found, "meant": meant})


def _where(text: str, template: str, start: int, end: int) -> Where:
    begin = text.rfind("\n", 0, start) + 1
    return Where(template, text.count("\n", 0, start) + 1, start - begin + 1, end - begin + 1)
