"""Entries put into lists of records that are there: looked at with all data, then written into their files.

Nothing is written unless all is right with them, and unless each file then says what it said and the entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.kinds import KINDS
from reports.model.records import Node, Record
from reports.records.editing.new_records import DataFolder
from reports.records.text.loader import MAX_BYTES, parse
from reports.records.text.source_file import Plain, SourceFile
from reports.records.text.splicer import ListPlace, spliced
from reports.text_files import decode


class RecordSpot(Struct, frozen=True):
    """Where a record stands: the *number* of its file among the sources, and the *index* among those of its kind
    there; *plain* is what it says."""

    kind: type[Record]
    number: int
    index: int
    plain: Mapping[str, Any]


class Addition(Struct, frozen=True):
    """An entry for the list *key* of a record, behind so many others (*after*): as YAML would give it, with the places of
    its values."""

    spot: RecordSpot
    key: str
    after: int
    plain: dict[str, Plain]
    node: Node


class PlacedEntry(Struct, frozen=True):
    """An entry that stands in its file: the place, and the lines it stands in."""

    path: Path
    line: int
    lines: tuple[str, ...]


def spots(desk: DataFolder) -> dict[str, RecordSpot]:
    """Where each record stands, by its id."""
    found: dict[str, RecordSpot] = {}
    for number, file in enumerate(desk.sources):
        for plural, listed in file.plain.items() if isinstance(file.plain, dict) else ():
            for index, plain in enumerate(listed) if plural in KINDS and isinstance(listed, list) else ():
                id_ = plain.get("id") if isinstance(plain, dict) else None
                if isinstance(plain, dict) and isinstance(id_, str):
                    found.setdefault(id_, RecordSpot(KINDS[plural], number, index, plain))
    return found


def listed(spot: RecordSpot, key: str) -> list[Any]:
    """What stands in the list *key* of a record."""
    held = spot.plain.get(key)
    return held if isinstance(held, list) else []


# --- as it would be -----------------------------------------------------------------------------------------------


def with_additions(desk: DataFolder, additions: Iterable[Addition]) -> DataFolder:
    """The data as they would be with *additions*, each in its place."""
    sources = list(desk.sources)
    for one in _last_first(additions):
        sources[one.spot.number] = _with(sources[one.spot.number], one)
    return replace(desk, sources=tuple(sources))


def _last_first(additions: Iterable[Addition]) -> list[Addition]:
    """Those that go further down come first, so that each finds as many before it as it counted."""
    return [
        one
        for _, _, one in sorted(
            ((-one.after, -n, one) for n, one in enumerate(additions)), key=lambda x: x[:2]
        )
    ]


def _with(file: SourceFile, one: Addition) -> SourceFile:
    plural, index, key = one.spot.kind.plural, one.spot.index, one.key
    assert isinstance(file.plain, dict)
    records = file.plain[plural]
    assert isinstance(records, list)
    record = records[index]
    assert isinstance(record, dict)
    held = record.get(key)
    entries = held if isinstance(held, list) else []
    plain = {**record, key: [*entries[: one.after], one.plain, *entries[one.after :]]}
    whole = {**file.plain, plural: [*records[:index], plain, *records[index + 1 :]]}
    return replace(file, plain=whole, node=_with_node(file.node, (plural, index), one))


def _with_node(node: Node, path: tuple[str | int, ...], one: Addition) -> Node:
    """*node* with the entry below *path*; the others keep their places."""
    if path:
        return _holding(node, {**node.below, path[0]: _with_node(node.below[path[0]], path[1:], one)})
    held = node.below.get(one.key)
    nodes = list(held.below.values()) if held else []
    nodes.insert(one.after, one.node)
    where = held or one.node
    return _holding(node, {**node.below, one.key: _holding(where, dict(enumerate(nodes)))})


def _holding(node: Node, below: Mapping[str | int, Node]) -> Node:
    return Node(node.where, node.text, node.key, below)


# --- into the files -----------------------------------------------------------------------------------------------


def put(desk: DataFolder, additions: Sequence[Addition], *, dry: bool = False) -> list[PlacedEntry]:
    """Write *additions* into their files. Raises ReportError, and writes nothing then."""
    made: dict[int, tuple[bytes, list[PlacedEntry]]] = {}
    for number in dict.fromkeys(one.spot.number for one in additions):
        own = [one for one in additions if one.spot.number == number]
        made[number] = _made(desk, desk.sources[number], own)
    for number, (new, _) in made.items():
        if not dry:
            files.write(path_of_source(desk, desk.sources[number]), new)
    return [one for _, added in made.values() for one in added]


def path_of_source(desk: DataFolder, file: SourceFile) -> Path:
    """Where a file stands."""
    return desk.folder.joinpath(*file.label.split("/")[1:])


def _made(desk: DataFolder, file: SourceFile, own: Sequence[Addition]) -> tuple[bytes, list[PlacedEntry]]:
    """The bytes of *file* with its entries, and where they stand in it."""
    path = path_of_source(desk, file)
    data = path.read_bytes()
    if decode(data)[0] != file.text:
        raise ReportError(Problem(Where(str(path)), "entry/changed"))
    before = _faults(file)
    for batch in _batches(own):
        file, data = _spliced(file, data, batch, before, path)
    if len(data) > MAX_BYTES:  # it could not be read again
        limit = {"limit": f"{MAX_BYTES // 1_000_000} MB"}
        raise ReportError(Problem(Where(str(path)), "yaml/too-large", limit))
    return data, list(_standing(data, path, own))


def _batches(own: Sequence[Addition]) -> Iterator[list[Addition]]:
    """One entry a record, again and again: so all of a sheet go into their file in one go."""
    waiting = _last_first(own)
    while waiting:
        batch = list({(one.spot.kind, one.spot.index): one for one in reversed(waiting)}.values())
        yield batch
        waiting = [one for one in waiting if not any(one is done for done in batch)]


def _spliced(
    file: SourceFile, data: bytes, batch: Sequence[Addition], before: list[str], path: Path
) -> tuple[SourceFile, bytes]:
    """The file with the entries of *batch*, and its bytes, read again to see that they say so."""
    wanted = file
    for one in batch:
        wanted = _with(wanted, one)
    entries = [
        (ListPlace(one.spot.kind.plural, one.spot.index, one.key, one.after), one.plain) for one in batch
    ]
    for quoted in (False, True):  # in quotation marks where signs would be misread without
        new = spliced(data, entries, quoted=quoted)
        text, wrong = decode(new) if new is not None else ("", None)
        after, problems = parse(text, wanted.label)
        told = sorted(problem.code for problem in problems)
        if new is not None and not wrong and told == before and after.plain == wanted.plain:
            return wanted, new
    if len(batch) == 1:
        id_ = str(batch[0].spot.plain.get("id"))
        raise ReportError(Problem(Where(str(path)), "entry/no-room", {"id": id_}))
    for one in batch:  # one of them takes none: which?
        file, data = _spliced(file, data, [one], before, path)
    return file, data


def _faults(file: SourceFile) -> list[str]:
    return sorted(problem.code for problem in parse(file.text, file.label)[1])


def _standing(data: bytes, path: Path, own: Sequence[Addition]) -> Iterator[PlacedEntry]:
    """Where the entries stand now, with the whole lines they stand in."""
    file, _ = parse(decode(data)[0], path.name)
    for one in own:
        entries = file.node.at(one.spot.kind.plural, one.spot.index, one.key)
        number = _number_of(file, one)
        first = entries.at(number).where.line
        last = max(first, _last_line(entries.at(number)))
        yield PlacedEntry(path, first, tuple(file.line(line) for line in range(first, last + 1)))


def _number_of(file: SourceFile, one: Addition) -> int:
    """Where in its list an entry stands that others may have come before."""
    plain: Any = file.plain
    held: list[Plain] = plain[one.spot.kind.plural][one.spot.index][one.key]
    behind = held[one.after :]
    return one.after + behind.index(one.plain) if one.plain in behind else held.index(one.plain)


def _last_line(node: Node) -> int:
    return max((_last_line(inner) for inner in node.below.values()), default=node.where.line)
