"""What is wrong with the tags of a template, where Jinja prints them in silence or speaks of tokens. A part of `merge`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.problems import Problem, Where

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
        yield _full_width(text, template, found, _BRACES)


def wrong_tags(text: str, template: str, said: str) -> tuple[Problem, ...]:
    """Return what the author has to mend first in a template of which Jinja *said* that it cannot read it; nothing
    where only Jinja knows."""
    tags, unclosed = _tags(text, template)
    signs = [
        _full_width(text, template, found, _SIGNS)
        for start, end in tags
        for found in _SIGN.finditer(_STRING.sub(_blank, text[:end]), start)
    ]
    nested = re.search("end of template|nesting mistake", said)
    blocks = _open_blocks(text, template, tags) if nested else ()
    return tuple(signs or unclosed or blocks)


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


def _full_width(text: str, template: str, found: re.Match[str], meant: dict[str, str]) -> Problem:
    where = _where(text, template, found.start(), found.end())
    return Problem(where, "template/full-width", {"found": found[0], "meant": meant[found[0]]})


def _where(text: str, template: str, start: int, end: int) -> Where:
    begin = text.rfind("\n", 0, start) + 1
    return Where(template, text.count("\n", 0, start) + 1, start - begin + 1, end - begin + 1)
