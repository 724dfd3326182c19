"""One data file as read: its text, its plain values, and the place of each. What the loader gives to validation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct

from reports.diagnostics.problems import Where
from reports.model.records import Node

#: What YAML says before any field says what it means: scalars are text, an empty one is None.
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


class SourceFile(Struct, frozen=True):
    """A data file.

    *label* is its path from the data folder on ("data/ccicc/meetings.yaml"), *programme* the first folder
    below data ("" for a file at the top). The lines of *text* end in LF. *plain* is None, and *node* bare,
    where the file is empty or could not be read; a problem then says why.
    """

    label: str
    programme: str
    text: str
    plain: Plain
    node: Node

    def line(self, number: int) -> str:
        """Return the line *number*, counted from 1; "" where there is none."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


_TYPED_ID = re.compile(r"(?:^|[\s{,-])id[ ]*[:：]\s*[\"']?([a-z0-9-]+)", re.MULTILINE)


def typed_ids(text: str) -> frozenset[str]:
    """The ids in the text of a file, also of one that cannot be read."""
    return frozenset(_TYPED_ID.findall(text))


#: A place in one whole number; most places are never looked at, and a Where costs ten times as much.
Spot: TypeAlias = int


def spot(line: int, column: int, end: int) -> Spot:
    """Pack a line, counted from 1, and columns below 2^24."""
    return line << 48 | column << 24 | end


def where(label: str, place: Spot) -> Where:
    """Unpack a place in the file *label*."""
    return Where(label, place >> 48, place >> 24 & 0xFFFFFF, place & 0xFFFFFF)


class RawNode(NamedTuple):
    """What a Node is made of: *key* 0 where there is none, *below* None for a scalar."""

    place: Spot
    key: Spot = 0
    text: str = ""
    below: dict[str | int, RawNode] | None = None

    def node(self, label: str) -> Node:
        """Make the node; those below it wait until they are asked for."""
        key = where(label, self.key) if self.key else None
        return Node(where(label, self.place), self.text, key, Places(label, self.below or {}))


class Places(Mapping[str | int, Node]):
    """The nodes below a node, each made when asked for: of a large file a report shows a small part."""

    __slots__ = ("_label", "_leaves")

    def __init__(self, label: str, leaves: Mapping[str | int, RawNode]) -> None:
        self._label, self._leaves = label, leaves

    def __getitem__(self, step: str | int) -> Node:
        return self._leaves[step].node(self._label)

    def get(self, step: str | int, default: Any = None) -> Any:
        """The inherited one raises and catches an error for every field the data leaves out."""
        leaf = self._leaves.get(step)
        return default if leaf is None else leaf.node(self._label)

    def __contains__(self, step: object) -> bool:
        return step in self._leaves

    def __iter__(self) -> Iterator[str | int]:
        return iter(self._leaves)

    def __len__(self) -> int:
        return len(self._leaves)

    @property
    def leaves(self) -> Mapping[str | int, RawNode]:
        """What the nodes are made of, for those who want no places."""
        return self._leaves


def texts(node: Node | RawNode, found: dict[str, str], path: str = "") -> dict[str, str]:
    """Add to *found* every text in *node* by its path (`title.zh`, `source.0.doc`), and return it."""
    below: Mapping[str | int, Node | RawNode] | None = node.below
    if type(below) is Places:
        below = below.leaves
    if not below:
        found[path or "value"] = node.text
        return found
    for step, inner in below.items():
        texts(inner, found, f"{path}.{step}" if path else str(step))
    return found
