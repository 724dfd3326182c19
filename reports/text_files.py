"""Bytes to text: UTF-8, or UTF-16 that says so; any other encoding is named, so that a person can mend it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from reports.diagnostics.problems import Problem, Where

#: Characters that any Chinese text of some length holds; what is decoded wrongly holds few of them.
_COMMON = frozenset("的一是不在有人和中国年会大学这為了上來个到国会議科研合作與時對發議國學術機構關於")
_ENCODINGS = (("gb18030", "GB18030 (GBK)"), ("big5", "Big5"), ("cp1252", "Windows-1252"))
#: Encodings that give every sign two or four bytes, so that each Latin one has a zero byte; longer ones first.
_WIDE = (
    ("utf-32-le", 4, "UTF-32"), ("utf-32-be", 4, "UTF-32"), ("utf-16-le", 2, "UTF-16"), ("utf-16-be", 2, "UTF-16"),
)  # fmt: skip
_LATIN = frozenset(map(chr, (9, 10, 13, *range(32, 127))))


class Undecodable(Struct, frozen=True):
    """The first byte that is no UTF-8, by line and column counted from 1, and what the text looks like ("":
    like nothing known)."""

    line: int
    column: int
    encoding: str

    def problem(self, file: str) -> Problem:
        """Say so of *file*."""
        code = "yaml/encoding" if self.encoding else "yaml/no-text"
        return Problem(Where(file, self.line, self.column), code, {"encoding": self.encoding})


def decode(data: bytes) -> tuple[str, Undecodable | None]:
    """Return the text of *data*, its lines ending in LF, without a leading byte order mark.

    What is not Unicode is returned as the encoding it looks like would read it, for showing to a person.
    """
    wide = _wide(data) if b"\0" in data else None
    if wide:
        return _with_our_line_ends(wide[0]), Undecodable(1, 1, wide[1])
    encoding = "utf-16" if _marked_utf_16(data) else "utf-8-sig"
    try:
        return _with_our_line_ends(data.decode(encoding)), None
    except UnicodeDecodeError as error:
        codec, name = _guess(data)
        text = _with_our_line_ends(data.decode(codec, "replace"))
        before = _with_our_line_ends(data[: error.start].decode(codec, "replace")).split("\n")
        return text, Undecodable(len(before), len(before[-1]) + 1, name)


def oddities(data: bytes, file: str) -> Iterator[Problem]:
    """What is read, and yet should be otherwise: other programs stumble over it."""
    if _marked_utf_16(data):
        yield Problem(Where(file), "yaml/encoding", {"encoding": "UTF-16"}, "warning")
    if line := odd_line_end(data):
        yield Problem(Where(file, line), "yaml/line-ends", {}, "warning")


def _marked_utf_16(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _wide(data: bytes) -> tuple[str, str] | None:
    """Text and name of the encoding where *data* is UTF-16 that does not say so, or UTF-32."""
    for codec, width, name in _WIDE:
        try:
            text = data[: len(data) // width * width].decode(codec)
        except UnicodeDecodeError:
            continue
        latin = sum(sign in _LATIN for sign in text)  # of a text read the wrong way next to none
        if latin * 10 > len(text) and "\0" not in text and not (width == 2 and text.startswith("\ufeff")):
            return text.removeprefix("\ufeff"), name
    return None


def _with_our_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes) -> tuple[str, str]:
    """Return codec and name of the encoding that gives most common characters; of equals the first."""
    readable = []
    for codec, name in _ENCODINGS if b"\0" not in data else ():
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        readable.append((sum(sign in _COMMON for sign in text), codec, name))
    if not readable:
        return "latin-1", ""
    most, codec, name = max(readable, key=lambda row: row[0])
    # Western letters stand alone between ASCII, Chinese ones in pairs of bytes and side by side.
    return (codec, name) if most or re.search(rb"[\x80-\xff]{2}", data) else _ENCODINGS[-1]


def odd_line_end(data: bytes) -> int:
    """Return the number of the first line that ends otherwise than the first one, 0 where all end alike."""
    ends = re.findall(rb"\r\n|\r|\n", data.replace(b"\0", b""))
    return next((number for number, end in enumerate(ends, 1) if end != ends[0]), 0)


def path_of(roots: Mapping[str, Path], label: str) -> str:
    """Return the path behind a label that begins with a folder's name; other labels as they are."""
    first, slash, rest = label.partition("/")
    return f"{roots[first].as_posix()}/{rest}" if slash and first in roots else label


def source_line(roots: Mapping[str, Path], where: Where) -> str:
    """Return the line a place points at, "" where there is none to be read."""
    path = Path(path_of(roots, where.file))
    if where.is_settings:  # somebody may have typed a password there
        return ""
    try:
        lines = decode(path.read_bytes())[0].split("\n")
    except (OSError, ValueError):
        return ""
    known = 0 < where.line <= len(lines) and not looks_secret(lines, where.line)
    return lines[where.line - 1] if known else ""


#: A key, however it is misspelt, whose value nobody is to see; name and password in an address of the web.
_SECRET = re.compile(
    r"(?:pass?w\w*|passphrase|pwd|secret|token|api[-_ ]?key|credential|密码|口令|密钥)[\w-]*[\"'”]?\s*[:：=]"
    r"|://[^\s/@]+:[^\s/@]+@",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[:：]\s*[|>]?[-+]?\s*$")


def looks_secret(lines: Sequence[str], number: int) -> bool:
    """Whether the line *number*, counted from 1, or the key above it, looks as if a secret stood there."""
    above, line = lines[number - 2 : number - 1] if number > 1 else [], lines[number - 1]
    return bool(_SECRET.search(line)) or any(_SECRET.search(one) and _GOES_ON.search(one) for one in above)
