"""A record as the YAML text an editor would type: short things in one line, long ones in several."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: Columns a line may take before it is broken up.
WIDTH = 110

_SIGNS = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`~=<\s]")
_SPLITS = re.compile(r":(\s|$)|\s#")
_IN_BRACKETS = re.compile(r"[,\[\]{}]")
_EMPTY = frozenset(("null", "Null", "NULL"))


def compose(record: Mapping[str, Any], *, dash: int = 2, step: int = 2, quoted: bool = False) -> list[str]:
    """Return the lines of *record* as an entry of a list whose dashes stand behind *dash* spaces; those of lists in it
    stand *step* behind their keys.

    *quoted* puts every value in quotation marks: what no rule about signs can misread.
    """
    writer = _Writer(quoted=quoted, step=step)
    return list(writer.entry(record, " " * dash))


def in_brackets(value: Any, *, quoted: bool = False) -> str:
    """Return *value* in one line, however long and deep: lists in brackets, groups in braces."""
    match value:
        case Mapping():
            return (
                f"{{{', '.join(f'{key}: {in_brackets(one, quoted=quoted)}' for key, one in value.items())}}}"
            )
        case list():
            return f"[{', '.join(in_brackets(one, quoted=quoted) for one in value)}]"
    return _Writer(quoted=quoted).scalar(value, bracketed=True)


class _Writer:
    def __init__(self, *, quoted: bool, step: int = 2) -> None:
        self.quoted, self.step = quoted, step

    def entry(self, value: Any, indent: str) -> Iterator[str]:
        """One entry of a list: its first line begins with the dash."""
        if not isinstance(value, Mapping):
            yield f"{indent}- {self.scalar(value)}"
            return
        short = self.short(value, len(indent) + 2) if len(value) > 1 and "id" not in value else ""
        if short:
            yield f"{indent}- {short}"
            return
        lines = list(self.fields(value, f"{indent}  "))
        yield f"{indent}- {lines[0].lstrip()}"
        yield from lines[1:]

    def fields(self, value: Mapping[str, Any], indent: str) -> Iterator[str]:
        for key, inner in value.items():
            yield from self.field(f"{indent}{key}:", inner, indent)

    def field(self, lead: str, value: Any, indent: str) -> Iterator[str]:
        """`key: value`, in one line or with what is below it."""
        if not isinstance(value, Mapping | list):
            yield f"{lead} {self.scalar(value)}"
            return
        short = self.short(value, len(lead) + 1)
        if short:
            yield f"{lead} {short}"
            return
        yield lead
        if isinstance(value, Mapping):
            yield from self.fields(value, f"{indent}  ")
        else:
            for inner in value:
                yield from self.entry(inner, indent + " " * self.step)

    def short(self, value: Mapping[str, Any] | Sequence[Any], lead: int) -> str:
        """The value in brackets, "" where that would be long or deep."""
        held = value.values() if isinstance(value, Mapping) else value
        if any(isinstance(inner, Mapping | list) for inner in held):
            return ""
        if isinstance(value, Mapping):
            text = f"{{{', '.join(f'{k}: {self.scalar(v, bracketed=True)}' for k, v in value.items())}}}"
        else:
            text = f"[{', '.join(self.scalar(v, bracketed=True) for v in value)}]"
        return text if lead + width(text) <= WIDTH and "\n" not in text else ""

    def scalar(self, value: Any, *, bracketed: bool = False) -> str:
        """A text, in quotation marks where YAML would read something else; `~` for nothing."""
        if value is None:
            return "~"
        text = str(value)
        if not self.quoted and _is_plain(text, bracketed=bracketed):
            return text
        if text.isprintable() and ('"' in text or "\\" in text):
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str, *, bracketed: bool) -> bool:
    """Whether *text* stays what it is without quotation marks."""
    if not text or text in _EMPTY or not text.isprintable() or text != text.strip():
        return False
    if _SIGNS.match(text) or (bracketed and _IN_BRACKETS.search(text)):
        return False
    return not _SPLITS.search(text)


def width(text: str) -> int:
    """How wide *text* is: Chinese characters take two columns."""
    return sum(2 if sign > "\u2e7f" else 1 for sign in text)
