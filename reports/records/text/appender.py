"""Records put behind those of a data file: every byte that was there stays as it is.

The file is not written anew from what was read, as libraries do that keep comments: they fold lines and change
quotation marks. The lines of the new records are put in, and the reader says whether the file still means the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from reports.records.text.emitter import compose
from reports.records.text.source_file import SourceFile


class Spot(Struct, frozen=True):
    """Where new records go: behind the line *after* (counted from 1), their dashes behind *dash* spaces, an empty
    line before each where *apart*; *emptied* is the `[]` that must go from that line."""

    after: int
    dash: int = 2
    apart: bool = True
    emptied: bool = False
    key: str = ""


def spot_in(file: SourceFile, plural: str) -> Spot | None:
    """Find the end of the list *plural* of *file*; None where it is written in brackets."""
    lines = file.text.split("\n")
    if not isinstance(file.plain, dict) or plural not in file.plain:
        return Spot(_last_line(lines, 0, len(lines), dash=-1), key=plural)
    keys = {key: node.key.line for key, node in file.node.below.items() if node.key}
    first = keys[str(plural)]
    end = min((line - 1 for line in keys.values() if line > first), default=len(lines))
    dashes = [i for i in range(first, end) if re.match(r"[ ]*-(\s|$)", lines[i])]
    listed = file.plain[plural]
    if not listed:
        bare = re.fullmatch(r"[\w\"']+[ ]*:[ ]*(\[[ ]*\]|~|null)?[ ]*(#.*)?", lines[first - 1])
        return Spot(first, apart=False, emptied=bare[1] is not None) if bare else None
    if not dashes or "[" in lines[first - 1].partition("#")[0]:
        return None
    dash = len(lines[dashes[0]]) - len(lines[dashes[0]].lstrip())
    own = [i for i in dashes if len(lines[i]) - len(lines[i].lstrip()) == dash]
    apart = len(own) < 2 or any(not lines[i - 1].strip() for i in own[1:])
    return Spot(_last_line(lines, first, end, dash), dash, apart)


def _last_line(lines: Sequence[str], first: int, end: int, dash: int) -> int:
    """The last line of what ends before *end*, without the empty lines and comments behind it."""
    while end > first and _is_behind(lines[end - 1], dash):
        end -= 1
    return end


def _is_behind(line: str, dash: int) -> bool:
    bare = line.lstrip()
    return not bare or line.startswith("...") or (bare[0] == "#" and 0 <= dash >= len(line) - len(bare))


def appended(old: bytes, spot: Spot, records: Iterable[Mapping[str, Any]], *, quoted: bool) -> bytes:
    """Return the bytes of a file with *records* at *spot*, in its own encoding and line ends."""
    mark, encoding = encoding_of(old)
    lines = lines_of(old[len(mark) :].decode(encoding))
    end = line_end_of(lines)
    new = [f"{spot.key}:"] if spot.key else []
    if spot.key and spot.after:
        new.insert(0, "")
    for n, record in enumerate(records):
        new += [""] if spot.apart and not (spot.key and n == 0) else []
        new += compose(record, dash=spot.dash, quoted=quoted)
    head, tail = lines[: spot.after], lines[spot.after :]
    if spot.emptied:
        head[-1] = re.sub(r":[ ]*(\[[ ]*\]|~|null)", ":", head[-1], count=1)
    if head and not head[-1].endswith(("\n", "\r")):
        head[-1] += end
    return mark + "".join([*head, *(line + end for line in new), *tail]).encode(encoding)


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """Return the mark at the beginning of a file, and the name of its encoding."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return mark, name
    return b"", "utf-8"


def line_end_of(lines: Sequence[str]) -> str:
    """How lines end where *lines* do."""
    return next((found[0] for line in reversed(lines) if (found := re.search(r"\r\n|\r|\n", line))), "\n")


def lines_of(text: str) -> list[str]:
    """The lines of *text* with their ends; other signs that Unicode counts as line ends are none in YAML files."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
