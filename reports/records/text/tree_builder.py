"""The events of a YAML parser to the plain values of one document and the place of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml
from msgspec import Struct

from reports.diagnostics.problems import Problem
from reports.records.text.characters import sign_code
from reports.records.text.scanner import Moved, findings
from reports.records.text.source_file import Plain, RawNode, Spot, spot, where

MAX_DEPTH = 50
MAX_VALUES = 500_000
MAX_ALIASES = 100


class _PurePython(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML without libyaml: the same events, an order of magnitude slower."""

    def __init__(self, stream: str) -> None:
        yaml.reader.Reader.__init__(self, stream)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


_Parser: Callable[[str], Any] = _PurePython
if yaml.__with_libyaml__:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # missing in its types

    _Parser = CParser


def events(text: str) -> Iterator[Any]:
    """The events of the parser for *text*. Raises yaml.MarkedYAMLError where it cannot be read on."""
    parser = _Parser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()


class RefusedError(Exception):
    """Reading on is impossible or unsafe."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Open(Struct):
    """A list or mapping that is being read: its values, the leaves of these, the key whose value is awaited."""

    plain: Any
    mapping: bool
    below: dict[str | int, RawNode]
    anchor: str | None
    place: Spot
    own_key: Spot
    first: int
    deepest: int = 0
    key: str | None = None
    key_place: Spot = 0


class _Anchored(Struct, frozen=True):
    plain: Plain
    leaf: RawNode
    values: int
    depth: int


_EMPTY = frozenset(("", "~", "null"))
_DROPPED = "\0"  # the key of a value that is read and thrown away
_LEAF = tuple.__new__  # makes a Leaf in half the time; there is one for every value


def _place(event: Any) -> Spot:
    start, end = event.start_mark, event.end_mark
    line = start.line
    return spot(line + 1, start.column + 1, end.column + 1 if end.line == line else 0)


class Tree:
    """Builds the plain values and their leaves from the events of one document."""

    def __init__(self, label: str, text: str, moved: Moved) -> None:
        self.label, self._text, self._moved = label, text, moved
        self._lines: list[str] = []
        self._place: Callable[[Any], Spot] = self._moved_place if moved else _place
        self.problems: list[Problem] = []
        self.plain: Plain = None
        self.leaf = RawNode(spot(1, 1, 0))
        self._open: list[_Open] = []
        self._top: _Open | None = None
        self._anchors: dict[str, _Anchored] = {}
        self._values = self._aliases = self._documents = 0

    def build(self, text: str) -> None:
        """Read *text*; raise RefusedError or yaml.MarkedYAMLError where it cannot be read on."""
        parser = _Parser(text)
        act: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._begin,
            yaml.SequenceStartEvent: self._begin,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        try:
            next_event = parser.get_event
            while (event := next_event()) is not None:
                if handle := act.get(event.__class__):
                    handle(event)
        finally:
            parser.dispose()

    def _moved_place(self, event: Any) -> Spot:
        """Where the event stands in the text as it was typed."""
        place = where(self.label, _place(event))
        end = self._moved.column(place.line, place.end) if place.end else 0
        return spot(place.line, self._moved.column(place.line, place.column), end)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._refused(event, "yaml/several-documents")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text: str = event.value
        place = self._place(event)
        style = event.style
        if event.tag is not None:
            self._tell(place, event.tag)
        if style == '"' and not text.isprintable():
            self._check_signs(text, place)
        top = self._top
        if top is not None and top.key is None and top.mapping:
            self._key(top, text, place, plain=not style)
            return
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._refused(event, "yaml/too-many-values", limit=f"{MAX_VALUES:,}")
        plain = None if not style and text in _EMPTY else text
        if not text and not style and top is not None and top.mapping:
            self._check_colon(top, event.start_mark)
        leaf = _LEAF(RawNode, (place, 0 if top is None else top.key_place, text, None))
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(plain, leaf, 1, 0)
        self._put(plain, leaf)

    def _key(self, top: _Open, key: str, place: Spot, *, plain: bool) -> None:
        top.key, top.key_place = key, place
        if key in top.plain:
            args = {"key": key, "line": where(self.label, top.below[key].key).line}
            listed = len(self._open) == 1 and isinstance(top.plain[key], list)
            code = "yaml/duplicate-list" if listed else "yaml/duplicate-key"
            self.problems.append(Problem(where(self.label, place), code, args))
            top.key = key if listed else _DROPPED
        elif key == "<<" and plain:
            self._tell(place, "<<")
            top.below["<<"] = _LEAF(RawNode, (place, place, "", None))  # what it would bring in is not missed
            top.key = _DROPPED

    def _check_colon(self, top: _Open, at: Any) -> None:
        """`{en: Yearly meeting, second}`: what stands behind a comma is no field, and would be lost."""
        key = where(self.label, top.key_place)
        self._lines = self._lines or self._text.split("\n")
        line, column = self._lines[key.line - 1], self._moved.column(key.line, at.column + 1)
        between = line[key.end - 1 : column - 1 if at.line + 1 == key.line else None]
        if top.key is not _DROPPED and ":" not in between and "：" not in between:
            self.problems.append(Problem(key, "yaml/no-field", {"text": top.key}))
            top.key = _DROPPED

    def _begin(self, event: Any) -> None:
        mapping = event.__class__ is yaml.MappingStartEvent
        top = self._top
        if top is not None and top.key is None and top.mapping:
            raise self._refused(event, "yaml/unsupported", what="{…}:" if mapping else "[…]:")
        place = self._place(event)
        if event.tag is not None:
            self._tell(place, event.tag)
        self._values += 1
        if len(self._open) >= MAX_DEPTH:
            raise self._refused(event, "yaml/too-deep", limit=MAX_DEPTH)
        own_key = top.key_place if top is not None else 0
        self._top = _Open({} if mapping else [], mapping, {}, event.anchor, place, own_key, self._values)
        self._open.append(self._top)

    def _end(self, _event: object) -> None:
        done = self._open.pop()
        self._top = self._open[-1] if self._open else None
        leaf = RawNode(done.place, done.own_key, "", done.below)
        if done.anchor:
            values = self._values - done.first + 1
            self._anchors[done.anchor] = _Anchored(done.plain, leaf, values, done.deepest + 1)
        self._put(done.plain, leaf, done.deepest + 1)

    def _alias(self, event: yaml.AliasEvent) -> None:
        meant = self._anchors.get(event.anchor or "")
        if meant is None:
            raise self._refused(event, "yaml/needs-quotes", sign="*")
        top = self._open[-1]
        if top.key is None and top.mapping:
            raise self._refused(event, "yaml/unsupported", what=f"*{event.anchor}:")
        self._aliases += 1
        self._values += meant.values
        if self._aliases > MAX_ALIASES:
            raise self._refused(event, "yaml/too-many-aliases", limit=MAX_ALIASES)
        if len(self._open) + meant.depth > MAX_DEPTH:
            raise self._refused(event, "yaml/too-deep", limit=MAX_DEPTH)
        if self._values > MAX_VALUES:
            raise self._refused(event, "yaml/too-many-values", limit=f"{MAX_VALUES:,}")
        # The value stands here; what is wrong inside it is shown where it was written.
        leaf = RawNode(self._place(event), top.key_place, meant.leaf.text, meant.leaf.below)
        self._put(meant.plain, leaf, meant.depth)

    def _put(self, plain: Plain, leaf: RawNode, depth: int = 0) -> None:
        """Set a finished value into the collection it stands in."""
        top = self._top
        if top is None:
            self.plain, self.leaf = plain, leaf
            return
        if depth:  # all but scalars
            top.deepest = max(top.deepest, depth)
        key = top.key
        if key is None:
            top.below[len(top.plain)] = leaf
            top.plain.append(plain)
            return
        if key in top.plain:
            _go_on(top, key, plain, leaf)
        elif key is not _DROPPED:
            top.plain[key] = plain
            top.below[key] = leaf
        top.key, top.key_place = None, 0

    def _refused(self, event: Any, code: str, **args: object) -> RefusedError:
        return RefusedError(Problem(where(self.label, self._place(event)), code, args))

    def _tell(self, place: Spot, what: str) -> None:
        self.problems.append(Problem(where(self.label, place), "yaml/unsupported", {"what": what}))

    def _check_signs(self, text: str, place: Spot) -> None:
        """Codes in double quotation marks can write what no file may hold."""
        for found in findings(text):
            if found.code in {"yaml/control-character", "template/reserved-character", "yaml/turns-text"}:
                args = {"code": sign_code(text[found.start])}
                self.problems.append(Problem(where(self.label, place), found.code, args, found.severity))


def _go_on(top: _Open, key: str, plain: Plain, leaf: RawNode) -> None:
    """`events:` a second time: its records are read with those of the first, so that links find them."""
    if isinstance(plain, list):
        first, records = top.below[key], len(top.plain[key])
        more: dict[str | int, RawNode] = {
            records + i: one for i, one in enumerate((leaf.below or {}).values())
        }
        top.plain[key] = [*top.plain[key], *plain]
        top.below[key] = RawNode(first.place, first.key, "", {**(first.below or {}), **more})
