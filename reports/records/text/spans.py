"""Where the values of a data file begin and end, down to the sign: what is needed to put something between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import yaml
from msgspec import Struct, field

from reports.records.text.tree_builder import events


class Span(Struct):
    """A value in a text: its signs are those from *start* to *end*; *flow*: in brackets or braces. *below* are the
    values in a list, and of a mapping its values, each with its key."""

    kind: Literal["scalar", "mapping", "list", "alias"]
    start: int
    end: int
    flow: bool = False
    below: list[tuple[Span | None, str, Span]] = field(default_factory=list)

    def at(self, key: str) -> tuple[Span, Span] | None:
        """The key and the value that stand under *key*."""
        return next(((own, value) for own, name, value in self.below if own and name == key), None)


def spans_in(text: str) -> Span | None:
    """Return the outermost value of *text*, whose lines end in LF; None where there is none.

    Raises yaml.MarkedYAMLError where it cannot be read.
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(i + 1 for i, sign in enumerate(text) if sign == "\n")]
        self._open: list[Span] = []
        self._keys: list[tuple[Span, str] | None] = []
        self._root: Span | None = None

    def read(self) -> Span | None:
        for event in events(self.text):
            match event:
                case yaml.ScalarEvent():
                    self._put(self._scalar(event), event.value)
                case yaml.AliasEvent():
                    self._put(Span("alias", self._offset(event.start_mark), self._offset(event.end_mark)))
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._begin(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._finish(event)
        return self._root

    def _offset(self, mark: Any) -> int:
        return self._starts[mark.line] + mark.column if mark.line < len(self._starts) else len(self.text)

    def _scalar(self, event: yaml.ScalarEvent) -> Span:
        start, end = self._offset(event.start_mark), self._offset(event.end_mark)
        if event.style in ("|", ">"):  # which end behind the empty lines below them
            header = self.text[start : self.text.find("\n", start)]
            body = self.text[start:end]
            end = start + len(body if "+" in header.partition("#")[0] else body.rstrip())
        return Span("scalar", start, end)

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        kind: Literal["mapping", "list"] = "mapping" if isinstance(event, yaml.MappingStartEvent) else "list"
        start = self._offset(event.start_mark)
        self._open.append(Span(kind, start, start, bool(event.flow_style)))
        self._keys.append(None)

    def _finish(self, event: yaml.CollectionEndEvent) -> None:
        done = self._open.pop()
        self._keys.pop()
        if done.flow:
            done.end = self._offset(event.end_mark)
        self._put(done)

    def _put(self, span: Span, text: str = "") -> None:
        """Set a finished value into what it stands in; in a mapping every other one is a key."""
        if not self._open:
            self._root = span
            return
        above, key = self._open[-1], self._keys[-1]
        if above.kind == "mapping" and key is None:
            self._keys[-1] = (span, text)
            return
        own, name = key or (None, "")
        above.below.append((own, name, span))
        self._keys[-1] = None
        if not above.flow:
            above.end = max(above.end, span.end)


def lists_in(span: Span) -> Iterator[tuple[Span, Span]]:
    """Every list below *span* that is written line by line, with the key it stands under."""
    for key, _, value in span.below:
        if key is not None and value.kind == "list" and not value.flow:
            yield key, value
        yield from lists_in(value)
