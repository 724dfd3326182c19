"""Data files to located trees: the only module that knows YAML.

YAML says here where things stand and how they nest, and nothing about what they mean: every scalar stays the text
it was typed as (`3:7`, `NO`, `010020`), until the field it stands in says what to read it as.

The tree is built from the parser's events, not from its nodes: deep nesting, repetition and size are refused
while they grow, and half the objects are never made.
"""

from __future__ import annotations

import gc
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from reports.datafile import Leaf, Plain, SourceFile, Spot, spot, where
from reports.decode import decode, oddities
from reports.explain import Complaint, explain
from reports.problems import Problem, Where
from reports.scan import Lines, Moved, findings, mended
from reports.signs import Finding, sign_code

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
MAX_VALUES = 500_000
MAX_ALIASES = 100


def read_folder(data: Path) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Read every .yaml and .yml file below *data*, in the order of their labels, and say all that is wrong.

    Hidden files and folders are left alone, and links that stay inside *data*: what they lead to is read where
    it stands. A file that cannot be read is returned with its text alone.
    """
    root = data.resolve()
    if not root.is_dir():
        return (), (Problem(Where(data.name or str(data)), "file/missing", {"name": str(data)}),)
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for path in _walk(root, root):
        label = _label(root, path)
        if path.is_symlink():
            problems += _leads_out(root, path, label)
            continue
        file, wrong = read_file(path, label)
        files.append(file)
        problems += wrong
    return tuple(files), tuple(problems)


def read_file(path: Path, label: str) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Read one file; *label* is its path from the data folder on, the folder's name included."""
    data, wrong = _bytes(path, label)
    if wrong:
        return _file(label, "", None), wrong
    text, unreadable = decode(data)
    if unreadable:
        return _file(label, text, None), (unreadable.problem(label),)
    file, problems = parse(text, label)
    return file, (*problems, *oddities(data, label))


def parse(text: str, label: str) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Read the text of one file, whose lines end in LF."""
    found = findings(text)
    lines = Lines(label, text)
    problems = [lines.problem(finding) for finding in found]
    tree = _Tree(label, text, Moved(lines, found))
    try:
        with _no_collection():
            tree.build(mended(text, found))
    except _RefusedError as refused:
        problems += [*tree.problems, refused.problem]
    except yaml.MarkedYAMLError as error:
        complaint = _complaint(error, text)
        since = complaint.since[0]  # behind an open bracket nothing is what it seems
        problems += (p for p in tree.problems if p.code != "yaml/no-field" or p.where.line < since)
        if not _explained(complaint, found, lines):
            meaning = explain(complaint)
            problems.append(Problem(Where(label, *meaning.at), meaning.code, meaning.args))
    else:
        return _file(label, text, tree), (*problems, *tree.problems)
    return _file(label, text, None), tuple(problems)


# --- files --------------------------------------------------------------------------------------------------


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    """Data files and links below *folder*, sorted by name."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, root)
        elif path.suffix.lower() in {".yaml", ".yml"} or (path.is_symlink() and path.is_dir()):
            yield path


def _label(root: Path, path: Path) -> str:
    label = "/".join((root.name, *path.relative_to(root).parts))
    return os.fsencode(label).decode("utf-8", "replace")


def _leads_out(root: Path, path: Path, label: str) -> list[Problem]:
    if path.resolve().is_relative_to(root):
        return []
    return [Problem(Where(label), "data/outside", {"file": path.name})]


def _bytes(path: Path, label: str) -> tuple[bytes, tuple[Problem, ...]]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return b"", (Problem(Where(label), "file/unreadable", {"detail": "not a file"}),)
        if status.st_size > MAX_BYTES:
            return b"", (_too_large(label),)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return b"", (Problem(Where(label), "file/unreadable", {"detail": error.strerror or str(error)}),)
    return (data, ()) if len(data) <= MAX_BYTES else (b"", (_too_large(label),))


def _too_large(label: str) -> Problem:
    return Problem(Where(label), "yaml/too-large", {"limit": f"{MAX_BYTES // 1_000_000} MB"})


def _file(label: str, text: str, tree: _Tree | None) -> SourceFile:
    folders = label.split("/")[1:-1]
    node = (tree.leaf if tree else Leaf(spot(1, 1, 0))).node(label)
    return SourceFile(label, folders[0] if folders else "", text, tree.plain if tree else None, node)


# --- places -------------------------------------------------------------------------------------------------


def _complaint(error: yaml.MarkedYAMLError, text: str) -> Complaint:
    at = error.problem_mark or error.context_mark
    since = error.context_mark or error.problem_mark
    assert at is not None and since is not None  # every error of the parser has a mark
    return Complaint(
        error.problem or "", (at.line + 1, at.column + 1), error.context or "",
        (since.line + 1, since.column + 1), text.split("\n"),
    )  # fmt: skip


def _explained(complaint: Complaint, found: list[Finding], lines: Lines) -> bool:
    """Whether a sign found before says already why the parser failed: in that line or just above, or
    anywhere above where nothing could be put in its place."""
    at = complaint.at[0]
    for finding in (finding for finding in found if finding.severity == "error"):
        line = lines.where(finding.start).line
        if line in (at - 1, at, complaint.since[0]) or (finding.instead is None and line <= at):
            return True
    return False


# --- the tree -----------------------------------------------------------------------------------------------


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


class _RefusedError(Exception):
    """Reading on is impossible or unsafe."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Open(Struct):
    """A list or mapping that is being read: its values, the leaves of these, the key whose value is awaited."""

    plain: Any
    mapping: bool
    below: dict[str | int, Leaf]
    anchor: str | None
    place: Spot
    own_key: Spot
    first: int
    deepest: int = 0
    key: str | None = None
    key_place: Spot = 0


class _Anchored(Struct, frozen=True):
    plain: Plain
    leaf: Leaf
    values: int
    depth: int


_EMPTY = frozenset(("", "~", "null"))
_DROPPED = "\0"  # the key of a value that is read and thrown away
_LEAF = tuple.__new__  # makes a Leaf in half the time; there is one for every value


def _place(event: Any) -> Spot:
    start, end = event.start_mark, event.end_mark
    line = start.line
    return spot(line + 1, start.column + 1, end.column + 1 if end.line == line else 0)


class _Tree:
    """Builds the plain values and their leaves from the events of one document."""

    def __init__(self, label: str, text: str, moved: Moved) -> None:
        self.label, self._text, self._moved = label, text, moved
        self._place: Callable[[Any], Spot] = self._moved_place if moved else _place
        self.problems: list[Problem] = []
        self.plain: Plain = None
        self.leaf = Leaf(spot(1, 1, 0))
        self._open: list[_Open] = []
        self._top: _Open | None = None
        self._anchors: dict[str, _Anchored] = {}
        self._values = self._aliases = self._documents = 0

    def build(self, text: str) -> None:
        """Read *text*; raise _RefusedError or yaml.MarkedYAMLError where it cannot be read on."""
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
        leaf = _LEAF(Leaf, (place, 0 if top is None else top.key_place, text, None))
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(plain, leaf, 1, 0)
        self._put(plain, leaf)

    def _key(self, top: _Open, key: str, place: Spot, *, plain: bool) -> None:
        top.key, top.key_place = key, place
        if key in top.plain:
            args = {"key": key, "line": where(self.label, top.below[key].key).line}
            self.problems.append(Problem(where(self.label, place), "yaml/duplicate-key", args))
            top.key = _DROPPED
        elif key == "<<" and plain:
            self._tell(place, "<<")
            top.key = _DROPPED

    def _check_colon(self, top: _Open, at: Any) -> None:
        """`{en: Yearly meeting, second}`: what stands behind a comma is no field, and would be lost."""
        key = where(self.label, top.key_place)
        line, column = self._text.split("\n")[key.line - 1], self._moved.column(key.line, at.column + 1)
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
        leaf = Leaf(done.place, done.own_key, "", done.below)
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
        leaf = Leaf(self._place(event), top.key_place, meant.leaf.text, meant.leaf.below)
        self._put(meant.plain, leaf, meant.depth)

    def _put(self, plain: Plain, leaf: Leaf, depth: int = 0) -> None:
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
        if key is not _DROPPED:
            top.plain[key] = plain
            top.below[key] = leaf
        top.key, top.key_place = None, 0

    def _refused(self, event: Any, code: str, **args: object) -> _RefusedError:
        return _RefusedError(Problem(where(self.label, self._place(event)), code, args))

    def _tell(self, place: Spot, what: str) -> None:
        self.problems.append(Problem(where(self.label, place), "yaml/unsupported", {"what": what}))

    def _check_signs(self, text: str, place: Spot) -> None:
        """Codes in double quotation marks can write what no file may hold."""
        for found in findings(text):
            if found.code in {"yaml/control-character", "template/reserved-character"}:
                args = {"code": sign_code(text[found.start])}
                self.problems.append(Problem(where(self.label, place), found.code, args))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let no garbage collection run: nothing here becomes garbage, and looking for it takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
