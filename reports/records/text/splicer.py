"""An entry put into a list of a record that stands in a file; every byte that was there stays as it is.

The places come from the parser's own events. What is put in is written as what stands beside it: in a line of its own
or in braces, as far in, with the file's line ends. The reader says whether the file then means what it should.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

import yaml
from msgspec import Struct

from reports.records.text.appender import encoding_of, line_end_of, lines_of
from reports.records.text.emitter import WIDTH, compose, in_brackets, width
from reports.records.text.scanner import findings, mended
from reports.records.text.spans import Span, lists_in, spans_in


class ListPlace(Struct, frozen=True):
    """Where an entry goes: behind so many others (*number*) in the list *key* of a record, which is the *index*th of
    those under *plural*."""

    plural: str
    index: int
    key: str
    number: int


class Splice(Struct, frozen=True):
    """One change of a text: *old* signs at *at* become *new*."""

    at: int
    new: str
    old: int = 0


def spliced(
    old: bytes, entries: Sequence[tuple[ListPlace, Mapping[str, Any]]], *, quoted: bool
) -> bytes | None:
    """Return the bytes of a file with *entries*, each of another record, at their places; None where one of these is
    written in a way that takes none."""
    return with_changes(old, lambda text, whole: _changes(text, whole, entries, quoted=quoted))


def with_changes(old: bytes, changes_in: Callable[[str, Span], list[Splice] | None]) -> bytes | None:
    """Return the bytes of a file with the changes that its text, whose lines end in LF, is to have; None where it cannot
    be read, or has none of them."""
    mark, encoding = encoding_of(old)
    lines = lines_of(old[len(mark) :].decode(encoding))
    bare = [re.sub(r"(\r\n|\r)$", "\n", line) for line in lines]
    text = "".join(bare)
    read = _spans(text)
    changes = changes_in(text, read) if read else None
    if changes is None:
        return None
    starts = [0, *accumulate(map(len, bare))]
    typed = [0, *accumulate(map(len, lines))]
    end = line_end_of(lines)
    out, whole = [], "".join(lines)
    at = 0
    for change in sorted(changes, key=lambda one: one.at):
        first, last = (_as_typed(starts, typed, n) for n in (change.at, change.at + change.old))
        out += [whole[at:first], change.new.replace("\n", end)]
        at = last
    return mark + "".join([*out, whole[at:]]).encode(encoding)


def _as_typed(starts: list[int], typed: list[int], offset: int) -> int:
    """The offset in the text with its own line ends of one in the text with ours."""
    line = bisect.bisect_right(starts, offset) - 1
    return typed[line] + offset - starts[line]


def _spans(text: str) -> Span | None:
    right = mended(text, findings(text))
    if len(right) != len(text):
        return None  # the places would be others
    try:
        return spans_in(right)
    except yaml.MarkedYAMLError:
        return None


def _changes(
    text: str, whole: Span, entries: Sequence[tuple[ListPlace, Mapping[str, Any]]], *, quoted: bool
) -> list[Splice] | None:
    changes: list[Splice] = []
    for place, entry in entries:
        record = _record(whole, place)
        if record is None or not record.below:
            return None
        own = _of_one(_Splicer(text, whole, record, quoted=quoted), place, entry)
        if own is None:
            return None
        changes += own
    return changes


def _of_one(writer: _Splicer, place: ListPlace, entry: Mapping[str, Any]) -> list[Splice] | None:
    found = writer.record.at(place.key)
    if found is None:
        return writer.with_list(place.key, entry)
    key, listed = found
    if listed.kind == "scalar":
        empty = writer.text[listed.start : listed.end] in {"", "~", "null"}
        return writer.for_nothing(key, listed, entry) if empty else None
    return writer.among(listed, place.number, entry) if listed.kind == "list" else None


def _record(whole: Span, place: ListPlace) -> Span | None:
    found = whole.at(place.plural)
    if found is None or place.index >= len(found[1].below):
        return None
    record = found[1].below[place.index][2]
    return record if record.kind == "mapping" else None


class _Splicer:
    """What is to be changed for one entry of one *record*."""

    def __init__(self, text: str, whole: Span, record: Span, *, quoted: bool) -> None:
        self.text, self.whole, self.record, self.quoted = text, whole, record, quoted

    # --- the list is not there yet ------------------------------------------------------------------------------

    def with_list(self, key: str, entry: Mapping[str, Any]) -> list[Splice]:
        """The list *key* with *entry* in it, behind the last field of the record."""
        if self.record.flow:
            return self._in_flow(self.record, f"{key}: [{self._short(entry)}]")
        first = self.record.below[0][0]
        assert first is not None
        own = self._column(first.start)
        return self._lines_behind(self.record.end, [" " * own + f"{key}:", *self._below(own, entry)])

    def for_nothing(self, key: Span, nothing: Span, entry: Mapping[str, Any]) -> list[Splice]:
        """The list where its key stands with nothing behind it, or a sign for it."""
        if self.record.flow:
            lead = "" if self.text[nothing.start - 1 : nothing.start] == " " else " "
            return [
                Splice(nothing.start, f"{lead}[{self._short(entry)}]", nothing.end - nothing.start),
            ]
        own = self._column(key.start)
        put = self._lines_behind(nothing.end, self._below(own, entry))
        start = nothing.start - (self.text[nothing.start - 1] == " ")
        return [Splice(start, "", nothing.end - start), *put] if nothing.end > nothing.start else put

    def _below(self, own: int, entry: Mapping[str, Any]) -> list[str]:
        """The only entry of a list whose key stands behind *own* spaces."""
        dash = own + self._step()
        short = f"{' ' * dash}- {self._short(entry)}"
        return [short] if width(short) <= WIDTH else self._long(entry, dash)

    # --- among others ---------------------------------------------------------------------------------------------

    def among(self, listed: Span, number: int, entry: Mapping[str, Any]) -> list[Splice] | None:
        """*entry* behind so many of those there are."""
        if listed.flow and not listed.below:
            return [Splice(listed.start + 1, self._short(entry))]
        if listed.flow:
            before = listed.below[number - 1][2] if number else None
            return self._in_flow(listed, self._short(entry), before)
        dash = self._column(listed.start)
        if self.text[listed.start - dash : listed.start].strip():
            return None  # the list begins behind something else
        beside = listed.below[max(number - 1, 0)][2]
        short = f"{' ' * dash}- {self._short(entry)}"
        fits = beside.flow and width(short) <= WIDTH
        lines = [short] if fits else self._long(entry, dash)
        if number:
            return self._lines_behind(beside.end, lines)
        return [Splice(listed.start - dash, "".join(f"{line}\n" for line in lines))]

    def _in_flow(self, holder: Span, new: str, before: Span | None = None) -> list[Splice]:
        """*new* in brackets or braces: behind *before*, else behind the last of a record, in front of all of a list."""
        if before is None and holder.kind == "list":
            return [Splice(holder.below[0][2].start, f"{new}, ")]
        one = before or holder.below[-1][2]
        first = holder.below[0][0] or holder.below[0][2]
        begin, end = self._line(one.end)
        behind = re.fullmatch(r"[ \t]*(,?)[ \t]*(#.*)?", self.text[one.end : end])
        if behind and not self.text[begin : one.start].strip() and holder.kind == "list":  # a line each
            lead = " " * (one.start - begin)
            comma = [] if behind[1] else [Splice(one.end, ",")]
            return [*comma, *self._lines_behind(end, [f"{lead}{new}{behind[1]}"])]
        if width(self.text[begin:end]) + width(new) > WIDTH:
            return [Splice(one.end, f",\n{' ' * self._column(first.start)}{new}")]
        return [Splice(one.end, f", {new}")]

    # --- lines and columns ------------------------------------------------------------------------------------------

    def _lines_behind(self, end: int, lines: list[str]) -> list[Splice]:
        """*lines* below the one in which the sign before *end* stands."""
        at = end if end and self.text[end - 1] == "\n" else self._line(end)[1] + 1
        whole = "".join(f"{line}\n" for line in lines)
        if at > len(self.text):  # the last line has no end, and gets none
            return [Splice(len(self.text), f"\n{whole[:-1]}")]
        return [Splice(at, whole)]

    def _line(self, offset: int) -> tuple[int, int]:
        """Where the line begins and ends in which *offset* stands."""
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end

    def _column(self, offset: int) -> int:
        return offset - self._line(offset)[0]

    def _step(self) -> int:
        """How far lists stand in behind their keys: those of the record, else of the file."""
        lists = chain(lists_in(self.record), lists_in(self.whole))
        return next((self._column(listed.start) - self._column(key.start) for key, listed in lists), 2)

    # --- as text -----------------------------------------------------------------------------------------------------

    def _short(self, entry: Mapping[str, Any]) -> str:
        return in_brackets(entry, quoted=self.quoted)

    def _long(self, entry: Mapping[str, Any], dash: int) -> list[str]:
        return compose(entry, dash=dash, step=self._step(), quoted=self.quoted)
