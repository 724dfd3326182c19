"""Inlines → one line of Markdown that says exactly their letters.

Text is escaped only where it would otherwise be taken for markup, so that the raw text stays readable. What is
not text waits behind a sign while the letters around it are escaped: they are judged by what stands next to
them in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from reports.document.nodes import (
    Cite,
    CommentMark,
    Fact,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Ref,
    Styled,
    Text,
    plain,
)

#: Stand for markup and for footnote marks; no text holds them (`manuscript.RESERVED`).
_MARKUP, _NOTE = "\ue000", "\ue001"
_SPECIAL = re.compile(
    rf"""
      \\(?=[!-/:-@\[-`{{-~{_MARKUP}{_NOTE}]|\Z)  # a backslash before what it would escape
    | [`*\[~]
    | (?<![^\W_])_ | _(?![^\W_])              # an underscore that is not inside a word
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    | !(?=[{_MARKUP}{_NOTE}])                 # before a link
    | (?<={_NOTE})\( | (?<=^{_NOTE}):         # behind a footnote mark
    """,
    re.ASCII | re.VERBOSE,
)
_START = re.compile(r"\#{1,6}(?=\s|$)|>|[-+](?=[ \t]|$)|-(?=[ \t-]*$)")
_NUMBER = re.compile(r"(\d{1,9})([.)](?:[ \t]|\s*$))")
_LAST_HASHES = re.compile(r"(?:^|(?<=[ \t]))#+\s*$")


def line(content: Inlines) -> str:
    """A line of its own: nothing at its beginning is read as a heading, quote, list or rule."""
    text = inlines(content).strip(" \t")
    return _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else _escaped_start(text)


def heading(content: Inlines) -> str:
    """The words of a heading; number signs at its end stay."""
    text = inlines(content).strip(" \t")
    found = _LAST_HASHES.search(text)
    return f"{text[: found.start()]}\\{text[found.start() :]}" if found else text


def letters(text: str) -> str:
    """*text* where it stands between the brackets of a link or picture."""
    return _escaped(text, before_mark=True).replace("]", r"\]")


def address(href: str) -> str:
    """Keep an address in one piece inside the brackets of a link and the bars of a table."""
    return re.sub(r"[\s()<>\\|`]", lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), href)


def inlines(content: Inlines, inside: frozenset[str] = frozenset()) -> str:
    """Return *content* as Markdown; *inside* names the styles, and `link`, around it."""
    flat = _flat(content, inside)
    raw = "".join(map(_sign, flat))
    pieces: list[str] = []
    at, before = 0, ""
    for part in flat:
        if isinstance(part, str):
            at, before = at + len(part), ""
            continue
        sides = raw[max(at - 1, 0) : at], raw[at + 1 : at + 2]
        before = _styled(part, inside, sides, before) if isinstance(part, Styled) else _piece(part, inside)
        pieces.append(before)
        at += 1
    waiting = iter(pieces)
    text = letters(raw) if "link" in inside else _escaped(raw, before_mark=bool(inside))
    return re.sub(f"[{_MARKUP}{_NOTE}]", lambda _: next(waiting), text)


def _flat(content: Inlines, inside: frozenset[str]) -> list[str | Inline]:
    """Facts and references are their letters; runs of letters are one, equal styles side by side or inside
    each other too."""
    flat: list[str | Inline] = []
    for inline in content:
        for part in _parts(inline, inside):
            last = flat[-1] if flat else None
            if isinstance(part, str) and isinstance(last, str):
                flat[-1] = last + part
            elif isinstance(part, Styled) and isinstance(last, Styled) and part.style == last.style:
                flat[-1] = Styled(part.style, (*last.content, *part.content))
            elif part:
                flat.append(part)
    return flat


def _parts(inline: Inline, inside: frozenset[str]) -> list[str | Inline]:
    match inline:
        case Text(text):
            return [re.sub("[\r\n\ue000\ue001]", " ", text)]
        case Fact(content=content):
            return _flat(content, inside)
        case Styled(style=style, content=content) if style in inside:
            return _flat(content, inside)
        case Ref(label=label) | Cite(label=label):
            return [label]
        case CommentMark(content=content):
            return [*_flat(content, inside), inline]
        case Styled(content=content) if not plain(content).strip() and not _holds_note(content):
            return [plain(content)]
        case _:
            return [inline]


def _holds_note(content: Inlines) -> bool:
    return any(
        isinstance(i, Footnote) or (isinstance(i, Styled | Link | Fact) and _holds_note(i.content))
        for i in content
    )


def _sign(part: str | Inline) -> str:
    return part if isinstance(part, str) else _NOTE if isinstance(part, Footnote) else _MARKUP


#: A bare address that GitHub would make a link of, and take the backslashes and marks behind it for a part of it.
_BARE = r"(?i)(?:(?:https?|ftp)(?=:)|www(?=\.))"
_BARE_BEFORE_MARKS = re.compile(rf"{_BARE}(?=[^ \t<]*[\\{_MARKUP}{_NOTE}])")
_BARE_ANYWHERE = re.compile(_BARE)


def _escaped(text: str, before_mark: bool = False) -> str:
    """*before_mark*: a mark comes behind the text."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text.replace("\r", " ").replace("\n", " "))
    return (_BARE_ANYWHERE if before_mark else _BARE_BEFORE_MARKS).sub(r"\g<0>\\", escaped)


def _escaped_start(text: str) -> str:
    return f"\\{text}" if _START.match(text) else text


# --- what is not text -------------------------------------------------------------------------------------

_MARKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "emphasis": ("*", "em"),
        "strong": ("**", "strong"),
        "strike": ("~~", "del"),
        "superscript": ("", "sup"),
        "subscript": ("", "sub"),
        "code": ("`", "code"),
    }
)


def _styled(styled: Styled, inside: frozenset[str], sides: tuple[str, str], before: str) -> str:
    """Marks where they are sure to be read as such, else the tag, which always is.

    *sides* are the letters before and behind, *before* the markup that ends directly before.
    """
    mark, tag = _MARKS[styled.style]
    if styled.style == "code":
        text = re.sub(r"\s", " ", plain(styled.content))
        return f"<code>{_escaped(text)}</code>" if before.endswith("`") else _code(text)
    inner = inlines(styled.content, inside | {styled.style})
    fits = mark and not before.endswith(mark[0]) and _fits(inner[0], sides[0]) and _fits(inner[-1], sides[1])
    return f"{mark}{inner}{mark}" if fits else f"<{tag}>{inner}</{tag}>"


def _fits(edge: str, outside: str) -> bool:
    """Whether a mark between these letters opens or closes (CommonMark 6.2): beside a word always, beside
    punctuation only where the text around it ends."""
    if edge.isalnum():
        return True
    if edge.isspace() or edge in "*~":
        return False
    return outside in {"", " "} or unicodedata.category(outside)[0] == "P"


def _code(text: str) -> str:
    if not text:
        return ""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _piece(inline: Inline, inside: frozenset[str]) -> str:
    return INLINES[type(inline)](inline, inside)


def _link(link: Link, inside: frozenset[str]) -> str:
    words = inlines(link.content, inside | {"link"})
    return f"[{words}]({address(link.href)})"


def _hidden(remark: CommentMark, _inside: frozenset[str]) -> str:
    """A reviewer's mark as an HTML comment: there for whoever reads the raw text, not in the rendered page."""
    said = ": ".join(part for part in (remark.author, plain(remark.text)) if part)
    words = f"{said} ({remark.state})" if remark.state else said
    harmless = re.sub(r"[<>\s]|-(?=-)", " ", words)
    return f"<!-- {harmless} -->"


#: What each kind of inline becomes. Letters are no piece: `_flat` and `_escaped` take care of them.
INLINES: Mapping[type[Inline], Callable[[Any, frozenset[str]], str]] = MappingProxyType(
    {
        Text: lambda i, inside: inlines((i,), inside),
        Fact: lambda i, inside: inlines((i,), inside),
        Styled: lambda i, inside: inlines((i,), inside),
        Ref: lambda i, inside: inlines((i,), inside),
        Cite: lambda i, inside: inlines((i,), inside),
        Link: _link,
        Footnote: lambda i, inside: f"[^{i.number}]",
        CommentMark: _hidden,
        LineBreak: lambda i, inside: "<br>",
    }
)
