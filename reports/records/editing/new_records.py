"""Records that come in by a form or a sheet: checked like all data, then put behind those of their file.

Nothing is written unless every record is right, and unless the file with them still says what it said before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where, errors, in_order, near
from reports.invocation import as_typed
from reports.model.description.forms import KIND_WORDS
from reports.model.description.shapes import fields_of
from reports.model.kinds import KINDS
from reports.model.records import Dataset, Node, Record
from reports.records.editing.sheets.columns import SheetColumn, TypedCell, gather
from reports.records.ids import Ids
from reports.records.text.appender import appended, spot_in
from reports.records.text.loader import MAX_BYTES, parse, read_folder
from reports.records.text.source_file import Plain, SourceFile
from reports.records.validation import validate
from reports.text_files import decode


class DataFolder(Struct, frozen=True):
    """All data as they are before something is added: the folder, its files and records, and what is wrong."""

    folder: Path
    sources: tuple[SourceFile, ...]
    dataset: Dataset
    problems: frozenset[tuple[Where, str, str]]


class NewRecord(Struct, frozen=True):
    """One record to be added: as YAML would give it, and the places of its values."""

    plain: dict[str, Plain]
    node: Node


class RecordPlace(Struct, frozen=True):
    """Where records go: their kind, and the programme whose folder takes them."""

    kind: type[Record]
    programme: str


def open_desk(folder: Path) -> DataFolder:
    """Read everything below *folder*."""
    sources, found = read_folder(folder)
    dataset, wrong = validate(sources)
    return DataFolder(folder, sources, dataset, frozenset(map(_known_by, (*found, *wrong))))


def _known_by(problem: Problem) -> tuple[Where, str, str]:
    return problem.where, problem.code, problem.message()


def kind_of(name: str) -> type[Record]:
    """The kind called *name* (meetings, meeting); raises ReportError where there is none."""
    for plural, kind in KINDS.items():
        if name.replace("-", "_") == plural or name in {kind.kind, kind.kind.replace(" ", "_")}:
            return kind
    args = {"kind": name, "known": ", ".join(KINDS), "near": near(name, KINDS)}
    raise ReportError(Problem(Where(name), "data/unknown-kind", args))


def place_of(desk: DataFolder, kind: type[Record], name: str) -> RecordPlace:
    """Where records of *kind* go: to the folder *name*, else to the only one that has such records."""
    known = sorted(
        path.name for path in desk.folder.iterdir() if path.is_dir() and not path.name.startswith(".")
    )
    if name:
        if name not in known:
            args = {"programme": name, "known": ", ".join(known), "near": near(name, known)}
            raise ReportError(Problem(Where(f"--programme {name}"), "data/unknown-programme", args))
        return RecordPlace(kind, name)
    having = {desk.dataset.programmes[record.id] for record in desk.dataset.all(kind.plural)}
    if len(having) != 1:
        found = ", ".join(sorted(having) or known)
        raise ReportError(
            Problem(Where("--programme"), "entry/programme", {"kind": kind.plural, "known": found})
        )
    return RecordPlace(kind, having.pop())


# --- one record -----------------------------------------------------------------------------------------------


class Taken:
    """The ids and the highest number that records have where new ones go; `add` those of one more."""

    def __init__(self, desk: DataFolder, place: RecordPlace) -> None:
        dataset = desk.dataset
        own = [r for r in dataset.all(place.kind.plural) if dataset.programmes[r.id] == place.programme]
        self.ids = Ids(dataset.records, (record.id for record in own))
        self.number = max((getattr(record, "number", None) or 0 for record in own), default=0)

    def add(self, entry: NewRecord) -> None:
        """Take what *entry* is called."""
        self.ids.add(str(entry.plain["id"]))
        number = str(entry.plain.get("number", ""))
        self.number = max(self.number, int(number) if number.isdecimal() else 0)


def entry_of(
    place: RecordPlace, row: Mapping[SheetColumn, TypedCell], where: Where, taken: Taken
) -> NewRecord:
    """The record of *row*, with the next id and the next number where it names none."""
    kind = place.kind
    plain, node = gather(kind, row, where)
    keys = [field.key for field in fields_of(kind)]
    given = {**_suggested(place, plain, taken), **plain}
    return NewRecord({key: given[key] for key in keys if key in given}, node)


def _suggested(place: RecordPlace, plain: Mapping[str, Plain], taken: Taken) -> dict[str, Plain]:
    """What a record gets that does not say it itself."""
    found: dict[str, Plain] = {"id": taken.ids.following(plain, place.kind.kind)}
    if any(field.key == "number" and field.required for field in fields_of(place.kind)):
        found["number"] = str(taken.number + 1)
    return found


def problems_of(desk: DataFolder, place: RecordPlace, entries: Sequence[NewRecord]) -> tuple[Problem, ...]:
    """All that would be wrong with *entries*, and with the rest of the data because of them."""
    plain: list[Plain] = [entry.plain for entry in entries]
    listed = Node(Where(""), below={i: entry.node for i, entry in enumerate(entries)})
    key = place.kind.plural
    file = SourceFile("", place.programme, "", {key: plain}, Node(Where(""), below={key: listed}))
    return new_problems(desk, file)


def new_problems(desk: DataFolder, *more: SourceFile) -> tuple[Problem, ...]:
    """What is wrong with the files of *desk*, and *more* beside, and was not when it was opened."""
    _, wrong = validate((*desk.sources, *more))
    return tuple(in_order(p for p in wrong if _known_by(p) not in desk.problems))


# --- into the file --------------------------------------------------------------------------------------------


def add(desk: DataFolder, place: RecordPlace, entries: Sequence[NewRecord], *, dry: bool = False) -> Path:
    """Put *entries* behind the records of their file, and return it. Raises ReportError, and writes nothing then."""
    wrong = errors(problems_of(desk, place, entries))
    if wrong:
        raise ReportError(*wrong)
    kind = place.kind
    path, file = _file_for(desk, place)
    old = path.read_bytes() if path.is_file() else _header(kind).encode()
    for quoted in (False, True):  # in quotation marks where signs would be misread without
        new = _with(old, file, kind.plural, [entry.plain for entry in entries], path, quoted=quoted)
        if new is not None:
            if len(new) > MAX_BYTES:  # it could not be read again
                raise ReportError(
                    Problem(Where(str(path)), "yaml/too-large", {"limit": f"{MAX_BYTES // 1_000_000} MB"})
                )
            if not dry:
                files.write(path, new)
            return path
    raise ReportError(Problem(Where(str(path)), "entry/unsafe", {"kind": kind.plural}))


def _file_for(desk: DataFolder, place: RecordPlace) -> tuple[Path, SourceFile | None]:
    """The file that takes records of *kind*: the one named after it, else the one that has some."""
    plural, programme = place.kind.plural, place.programme
    own = [file for file in desk.sources if file.programme == programme]
    named = f"{desk.folder.resolve().name}/{programme}/{plural}.yaml"
    for file in own:
        if file.label == named:
            return _path(desk, file), _readable(file)
    for file in own:
        if isinstance(file.plain, dict) and file.plain.get(plural):
            return _path(desk, file), file
    return desk.folder / programme / f"{plural}.yaml", None


def _path(desk: DataFolder, file: SourceFile) -> Path:
    return desk.folder.joinpath(*file.label.split("/")[1:])


def _readable(file: SourceFile) -> SourceFile:
    """A file that could not be read takes nothing in; one with comments alone is right."""
    if file.plain is None and re.search(r"^[^#\s]", file.text, re.MULTILINE):
        raise ReportError(Problem(Where(file.label), "entry/unreadable"))
    return file


def _header(kind: type[Record]) -> str:
    zh, en = KIND_WORDS[kind.plural]
    schema = "# yaml-language-server: $schema=../../schema/data.schema.json\n"
    return as_typed(
        f"{schema}# {zh}。新增：照样加一条，或运行 run.py new {kind.plural}。\n"
        f"# {en[0].upper()}{en[1:]}. To add one, copy a record, or: run.py new {kind.plural}\n"
    )


def _with(
    old: bytes, file: SourceFile | None, plural: str, records: Sequence[Plain], path: Path, *, quoted: bool
) -> bytes | None:
    """The file with *records*; None where it would not be read as what it was with these behind."""
    if file is None:
        file, _ = parse(old.decode(), path.name)
    elif decode(old)[0] != file.text:
        raise ReportError(Problem(Where(str(path)), "entry/changed"))
    spot = spot_in(file, plural)
    if spot is None:
        raise ReportError(Problem(Where(str(path)), "entry/brackets", {"kind": plural}))
    new = appended(old, spot, _mappings(records), quoted=quoted)
    return new if _says_the_same(new, file, plural, records) else None


def _mappings(records: Iterable[Plain]) -> Iterable[dict[str, Any]]:
    return (record for record in records if isinstance(record, dict))


def _says_the_same(new: bytes, file: SourceFile, plural: str, records: Sequence[Plain]) -> bool:
    text, wrong = decode(new)
    after, problems = parse(text, file.label)
    before = file.plain if isinstance(file.plain, dict) else {}
    listed = before.get(plural) or []
    assert isinstance(listed, list)
    return not wrong and not problems and after.plain == {**before, plural: [*listed, *records]}
