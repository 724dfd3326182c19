"""Data files while they are changed: lines and words replaced, every other byte kept, and each change read again."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from reports.model.kinds import KINDS
from reports.model.records import Node, Record
from reports.records.text.appender import encoding_of, lines_of
from reports.records.text.emitter import compose
from reports.records.text.loader import parse
from reports.records.text.source_file import Plain, SourceFile
from reports.text_files import decode

Path = tuple[str | int, ...]


class DraftFile(Struct, frozen=True):
    """A data file as it would be written, and as it is read then."""

    data: bytes
    source: SourceFile


#: All data files, by their labels.
Draft = Mapping[str, DraftFile]


class Typed(Struct, frozen=True):
    """A record as it is typed: its kind, its file, its place in its list, what it says and where."""

    kind: type[Record]
    label: str
    path: Path
    plain: dict[str, Plain]
    node: Node

    @property
    def id(self) -> str:
        """What it is called."""
        return str(self.plain["id"])


def typed_in(draft: Draft) -> dict[str, Typed]:
    """Every record of the files, by its id."""
    found: dict[str, Typed] = {}
    for label, file in draft.items():
        lists = file.source.plain if isinstance(file.source.plain, dict) else {}
        for plural, listed in lists.items():
            for i, plain in enumerate(listed if isinstance(listed, list) and plural in KINDS else ()):
                if isinstance(plain, dict) and isinstance(plain.get("id"), str):
                    node = file.source.node.at(plural, i)
                    found[str(plain["id"])] = Typed(KINDS[plural], label, (plural, i), plain, node)
    return found


# --- changes ----------------------------------------------------------------------------------------------


class Replacement(Struct, frozen=True):
    """The lines from *first* to *last* (counted from 1; before *first*, where *last* is less) become *lines*; or, with
    *columns*, the letters between two columns of the line *first* become the one word of *lines*. *says* is what the
    file means then: the value at each path, None where it is gone."""

    label: str
    first: int
    last: int
    lines: tuple[str, ...] = ()
    columns: tuple[int, int] | None = None
    says: tuple[tuple[Path, Plain], ...] = ()


class UnsafeError(Exception):
    """The change cannot be made by lines: the file would not be read as what is meant."""


def changed(draft: Draft, changes: Iterable[Replacement]) -> Draft:
    """Return *draft* with *changes*; raise UnsafeError where a file would not say then what it is to say."""
    by_file: dict[str, list[Replacement]] = {}
    for change in changes:
        by_file.setdefault(change.label, []).append(change)
    new = {label: _changed_file(draft[label], label, found) for label, found in by_file.items()}
    return {**draft, **new}


def _changed_file(file: DraftFile, label: str, changes: Sequence[Replacement]) -> DraftFile:
    mark, encoding = encoding_of(file.data)
    lines = lines_of(file.data[len(mark) :].decode(encoding))
    end = next((found[0] for line in lines if (found := re.search(r"\r\n|\r|\n", line))), "\n")
    for change in sorted(changes, key=lambda one: (one.first, one.last, one.columns or (0, 0)), reverse=True):
        if change.columns:
            line = lines[change.first - 1]
            begin, behind = change.columns
            lines[change.first - 1] = line[: begin - 1] + change.lines[0] + line[behind - 1 :]
            continue
        if change.lines and change.first > len(lines) and lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += end
        lines[change.first - 1 : max(change.last, change.first - 1)] = [line + end for line in change.lines]
    data = mark + "".join(lines).encode(encoding)
    text, wrong = decode(data)
    source, problems = parse(text, label)
    said = _said(file.source.plain, [one for change in changes for one in change.says])
    if wrong or problems or source.plain != said:
        raise UnsafeError
    return DraftFile(data, source)


def _said(plain: Plain, says: Iterable[tuple[Path, Plain]]) -> Plain:
    """What a file means whose values are replaced; entries of lists go last to first, so that no place moves."""
    whole: Any = copy.deepcopy(plain)
    for path, value in sorted(
        says, key=lambda one: [(str(s), s if isinstance(s, int) else 0) for s in one[0]]
    ):
        if value is not None:
            _holder(whole, path)[path[-1]] = copy.deepcopy(value)
    for path, value in sorted(says, key=_order, reverse=True):
        if value is None:
            holder = _holder(whole, path)
            del holder[path[-1]]
            if isinstance(holder, list) and not holder:
                _holder(whole, path[:-1])[path[-2]] = None
    return whole  # type: ignore[no-any-return]


def _order(one: tuple[Path, Plain]) -> int:
    return next((step for step in one[0] if isinstance(step, int)), 0)


def _holder(whole: Any, path: Path) -> Any:
    for step in path[:-1]:
        whole = whole[step]
    return whole


# --- where a record stands --------------------------------------------------------------------------------


class Extent(Struct, frozen=True):
    """The lines of a record, from its dash on, and of each of its fields, where each has lines of its own."""

    first: int
    last: int
    dash: int
    indent: int
    fields: Mapping[str, tuple[int, int]]


def extent(draft: Draft, record: Typed) -> Extent:
    """Find the lines of *record*; raise UnsafeError where it shares them with another."""
    file = draft[record.label].source
    lines = file.text.split("\n")
    first = record.node.where.line
    found = re.match(r"( *)-[ ]+", lines[first - 1])
    starts = [node.key.line for node in file.node.below.values() if node.key]
    starts += [one.where.line for one in file.node.at(record.path[0]).below.values()]
    if found is None or starts.count(first) != 1 or record.node.where.column != len(found[0]) + 1:
        raise UnsafeError
    behind = min((line for line in starts if line > first), default=len(lines) + 1)
    dash = len(found[1])
    last = _last(lines, first, behind - 1, dash)
    return Extent(first, last, dash, len(found[0]), _fields(record, lines, last, dash))


def _last(lines: Sequence[str], first: int, last: int, dash: int) -> int:
    """The last line that is no empty one, and no comment of what follows."""
    while last > first:
        bare = lines[last - 1].lstrip()
        comment = bare.startswith("#") and len(lines[last - 1]) - len(bare) <= dash
        if bare and not comment and not bare.startswith(("...", "---")):
            break
        last -= 1
    return last


def _fields(record: Typed, lines: Sequence[str], last: int, dash: int) -> Mapping[str, tuple[int, int]]:
    """The lines of each field; none where several stand in one line, as they do in brackets."""
    begins = {str(key): node.key.line for key, node in record.node.below.items() if node.key}
    if len(set(begins.values())) != len(begins) or lines[record.node.where.line - 1].lstrip(" -")[:1] == "{":
        return {}
    ends = [*sorted(begins.values())[1:], last + 1]
    order = sorted(begins, key=begins.__getitem__)
    return {
        key: (begins[key], _last(lines, begins[key], end - 1, dash + 99))
        for key, end in zip(order, ends, strict=True)
    }


def comment_within(draft: Draft, label: str, first: int, last: int) -> int:
    """The first line that holds a comment, 0 where none does; a sign in a text may be taken for one."""
    lines = draft[label].source.text.split("\n")
    for number in range(first, last + 1):
        if re.search(r"(^|\s)#", _QUOTED.sub("", lines[number - 1])):
            return number
    return 0


_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")


def without(draft: Draft, record: Typed) -> Replacement:
    """The change that takes *record* out, with the empty line beside it."""
    place = extent(draft, record)
    lines = draft[record.label].source.text.split("\n")
    first, last = place.first, place.last
    if first > 1 and not lines[first - 2].strip():
        first -= 1
    elif last < len(lines) - 1 and not lines[last].strip():
        last += 1
    return Replacement(record.label, first, last, says=((record.path, None),))


# --- how a record is written anew -------------------------------------------------------------------------


def rewritten(
    draft: Draft, record: Typed, new: dict[str, Plain], anchor: Mapping[str, str], *, quoted: bool
) -> Iterator[Replacement]:
    """The changes that make *record* say *new*: lines of fields that say the same stay. A field that is new takes the
    lines of that which *anchor* names for it, else stands behind the last one."""
    place = extent(draft, record)
    stays = [key for key in record.plain if key in new and new[key] == record.plain[key]]
    gone = [key for key in record.plain if key not in stays]
    on_dash = next((key for key, (first, _) in place.fields.items() if first == place.first), "")
    if not place.fields or on_dash not in stays:
        lines = compose(new, dash=place.dash, quoted=quoted)
        yield Replacement(record.label, place.first, place.last, tuple(lines), says=((record.path, new),))
        return
    put: dict[int, list[str]] = {}
    for key in (key for key in new if key not in stays):
        near = anchor.get(key, key)
        line = place.fields[near][1] + 1 if near in place.fields else place.last + 1
        put.setdefault(line, []).extend(_field_lines(key, new[key], place.indent, quoted=quoted))
    says = (record.path, new)
    for key in gone:
        first, last = place.fields[key]
        yield Replacement(record.label, first, last, tuple(put.pop(last + 1, ())), says=(says,))
    for line, lines in put.items():
        yield Replacement(record.label, line, line - 1, tuple(lines), says=(says,))


def _field_lines(key: str, value: Plain, indent: int, *, quoted: bool) -> list[str]:
    lines = compose({key: value}, dash=indent - 2, quoted=quoted)
    return [f"{' ' * indent}{lines[0][indent:]}", *lines[1:]]


def lost_lines(draft: Draft, record: Typed, new: dict[str, Plain] | None) -> Iterator[tuple[int, int]]:
    """The lines that go when *record* becomes *new* (None: goes altogether)."""
    place = extent(draft, record)
    if new is None or not place.fields:
        yield place.first, place.last
        return
    for key, lines in place.fields.items():
        if key not in new or new[key] != record.plain[key]:
            yield lines
