"""An id written anew wherever it stands in a data file; every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from reports.records.text.spans import Span
from reports.records.text.splicer import Splice, with_changes

#: The keys and numbers that lead to a value.
Path = tuple[str | int, ...]

_FORMERLY = "formerly"


def rewritten(
    old: bytes, paths: Iterable[Path], ids: tuple[str, str], *, remembered: Path | None = None
) -> bytes | None:
    """Return the bytes of a file with the second of *ids* at *paths*, where the first is; the record at *remembered* gets
    that among those it bore formerly. None where it is written in a way that cannot be changed so."""
    return with_changes(old, partial(_changes, paths=tuple(paths), ids=ids, remembered=remembered))


def _changes(
    text: str, whole: Span, paths: Sequence[Path], ids: tuple[str, str], remembered: Path | None
) -> list[Splice] | None:
    changes = [_anew(text, _at(whole, path), ids) for path in paths]
    if remembered is not None:
        changes.append(_formerly(text, _at(whole, remembered), ids[0]))
    found = [change for change in changes if change is not None]
    return found if len(found) == len(changes) else None


def _at(span: Span | None, path: Path) -> Span | None:
    for step in path:
        if span is None:
            return None
        if isinstance(step, str):
            under = span.at(step)
            span = under[1] if under else None
        else:
            span = span.below[step][2] if step < len(span.below) else None
    return span


def _anew(text: str, span: Span | None, ids: tuple[str, str]) -> Splice | None:
    """The id alone changes: its quotation marks stay, and so does an anchor before it."""
    if span is None or span.kind != "scalar":
        return None
    old, new = ids
    found = re.fullmatch(rf"(.*?)(['\"]?){re.escape(old)}\2", text[span.start : span.end], re.DOTALL)
    if not found or (found[1] and not re.fullmatch(r"([&!]\S*\s+)+", found[1])):
        return None
    return Splice(span.start + len(found[1]) + len(found[2]), new, len(old))


def _formerly(text: str, record: Span | None, old: str) -> Splice | None:
    """The former id in front of those before it, else in a field of its own behind the id."""
    held = record.at(_FORMERLY) if record else None
    if held:
        return _in_front(text, held[1], old)
    own = record.at("id") if record else None
    if record is None or own is None:
        return None
    key, value = own
    if record.flow:
        return Splice(value.end, f", {_FORMERLY}: [{old}]")
    column = key.start - (text.rfind("\n", 0, key.start) + 1)
    end = text.find("\n", value.end)
    line = f"{' ' * column}{_FORMERLY}: [{old}]"
    return Splice(len(text), f"\n{line}") if end < 0 else Splice(end + 1, f"{line}\n")


def _in_front(text: str, listed: Span, old: str) -> Splice | None:
    if listed.kind != "list":
        return None
    if listed.flow:
        return Splice(listed.start + 1, f"{old}, " if listed.below else old)
    first = listed.below[0][2].start
    lead = text[text.rfind("\n", 0, first) + 1 : first]
    return Splice(first, f"{old}\n{lead}") if re.fullmatch(r" *- +", lead) else None
