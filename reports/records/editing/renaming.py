"""A record gets another id: it says what it was called formerly, and every link that names it follows.

The record's own file comes first: from then on links by the former id lead to it as well, so that whatever is killed
in between leaves data that are right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where, errors, in_order
from reports.model.kinds import KINDS
from reports.records.editing.additions import RecordSpot, path_of_source, spots
from reports.records.editing.new_records import DataFolder
from reports.records.links import typed_links
from reports.records.text.loader import parse
from reports.records.text.rewriter import Path as Steps
from reports.records.text.rewriter import rewritten
from reports.records.text.source_file import SourceFile
from reports.records.validation import read_reports, validate
from reports.text_files import decode


class RewrittenFile(Struct, frozen=True):
    """A data file that is to change: its bytes then, and the places that change, with their lines as they are."""

    path: Path
    data: bytes
    places: tuple[tuple[Where, str], ...]


def record_renamed(desk: DataFolder, old: str, new: str) -> tuple[RewrittenFile, ...]:
    """The files that change when the record *old* becomes *new*, its own first; none where all is done.

    Of one that was given its new id by hand, what is missing: its former id, and the links. Raises ReportError where
    another bears the new one, where a place cannot be written, or the data would be wrong then.
    """
    known = spots(desk)
    spot = known.get(old) or known[new]
    if old in known and new in known:
        raise ReportError(Problem(Where(desk.sources[known[new].number].label), "rename/taken", {"id": new}))
    back = _number_of(spot, new)
    paths: dict[int, list[Steps]] = {spot.number: []}
    own: Steps = (spot.kind.plural, spot.index)
    if old in known:
        paths[spot.number].append((*own, "id"))
    for number, path in _links(desk, old):
        paths.setdefault(number, []).append(path)
    remembered = None if back is not None or _number_of(spot, old) is not None else own
    changed = [
        _rewritten(desk, number, found, (old, new), remembered if number == spot.number else None)
        for number, found in paths.items()
        if found or (number == spot.number and remembered)
    ]
    if back is not None:  # it gets an id back that it once had
        changed[0] = _given_back(desk, spot, changed[0], (*own, "formerly", back), (new, old))
    _nothing_gets_wrong(desk, changed)
    return tuple(changed)


def report_renamed(desk: DataFolder, old: str, new: str) -> tuple[RewrittenFile, ...]:
    """The file that changes when the report *old* becomes *new*; none where it is called so already. Raises
    ReportError as `record_renamed` does."""
    found = dict(_reports(desk))
    if old in found and new in found:
        label = desk.sources[found[new][0]].label
        raise ReportError(Problem(Where(label), "rename/report-taken", {"id": new}))
    if old not in found:
        return ()
    number, index = found[old]
    changed = [_rewritten(desk, number, [("reports", index, "id")], (old, new), None)]
    _nothing_gets_wrong(desk, changed)
    return tuple(changed)


def write(changed: tuple[RewrittenFile, ...]) -> None:
    """Put the files in place, in their order. Raises ReportError."""
    for one in changed:
        files.write(one.path, one.data)


def named_in_links(desk: DataFolder, name: str) -> bool:
    """Whether a link names it."""
    return next(_links(desk, name), None) is not None


# --- where it is named --------------------------------------------------------------------------------------


def _links(desk: DataFolder, name: str) -> Iterator[tuple[int, Steps]]:
    """Every link to *name*: the number of its file, and what leads to it there; of records with mistakes, too."""
    for number, file in enumerate(desk.sources):
        for plural, listed in file.plain.items() if isinstance(file.plain, dict) else ():
            for index, plain in enumerate(listed) if plural in KINDS and isinstance(listed, list) else ():
                if isinstance(plain, dict):
                    targets = typed_links(KINDS[plural], plain)
                    own = {path for target, _, path in targets if target == name}
                    yield from ((number, (plural, index, *path)) for path in sorted(own, key=str))


def _reports(desk: DataFolder) -> Iterator[tuple[str, tuple[int, int]]]:
    for number, file in enumerate(desk.sources):
        listed = file.plain.get("reports") if isinstance(file.plain, dict) else None
        for index, plain in enumerate(listed) if isinstance(listed, list) else ():
            if isinstance(plain, dict) and isinstance(plain.get("id"), str):
                yield str(plain["id"]), (number, index)


def _number_of(spot: RecordSpot, former: str) -> int | None:
    """Where among its former ids a record says *former*."""
    listed = spot.plain.get("formerly")
    return listed.index(former) if isinstance(listed, list) and former in listed else None


# --- as it would be -----------------------------------------------------------------------------------------


def _rewritten(
    desk: DataFolder, number: int, paths: list[Steps], ids: tuple[str, str], remembered: Steps | None
) -> RewrittenFile:
    """The file with the new id at *paths*, read again to see that it says so, and nothing else."""
    file = desk.sources[number]
    path = path_of_source(desk, file)
    data = path.read_bytes()
    if decode(data)[0] != file.text:
        raise ReportError(Problem(Where(str(path)), "entry/changed"))
    wanted: Any = file.plain
    for one in paths:
        wanted = _with(wanted, one, ids[1])
    if remembered:
        before = _at(file.plain, remembered).get("formerly") or []
        wanted = _with(wanted, (*remembered, "formerly"), [ids[0], *before])
    new = rewritten(data, paths, ids, remembered=remembered)
    places = [(node.where, file.line(node.where.line)) for node in (file.node.at(*one) for one in paths)]
    if new is None or parse(decode(new)[0], file.label)[0].plain != wanted:
        where = places[0][0] if places else Where(file.label)
        raise ReportError(Problem(where, "rename/no-room", {"old": ids[0], "new": ids[1]}))
    return RewrittenFile(path, new, tuple(dict.fromkeys(places)))


def _given_back(
    desk: DataFolder, spot: RecordSpot, changed: RewrittenFile, path: Steps, ids: tuple[str, str]
) -> RewrittenFile:
    data = rewritten(changed.data, [path], ids)
    if data is None:
        where = desk.sources[spot.number].node.at(*path).where
        raise ReportError(Problem(where, "rename/no-room", {"old": ids[0], "new": ids[1]}))
    return replace(changed, data=data)


def _at(plain: Any, path: Steps) -> Any:
    for step in path:
        plain = plain[step]
    return plain


def _with(plain: Any, path: Steps, value: Any) -> Any:
    """*plain* with *value* at *path*."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(plain, list):
        return [_with(one, rest, value) if n == step else one for n, one in enumerate(plain)]
    return {**plain, step: _with(plain.get(step), rest, value)}


def _nothing_gets_wrong(desk: DataFolder, changed: list[RewrittenFile]) -> None:
    """Raise ReportError with what would be wrong of the data that is not wrong now."""
    anew = {one.path: one.data for one in changed}
    sources = tuple(_anew(desk, file, anew) for file in desk.sources)
    before, after = (_wrong(several) for several in (desk.sources, sources))
    more = Counter(problem.code for problem in after) - Counter(problem.code for problem in before)
    if more:
        raise ReportError(*in_order(problem for problem in after if problem.code in more))


def _anew(desk: DataFolder, file: SourceFile, anew: Mapping[Path, bytes]) -> SourceFile:
    data = anew.get(path_of_source(desk, file))
    if data is None:
        return file
    read = parse(decode(data)[0], file.label)[0]
    return replace(read, programme=file.programme)


def _wrong(sources: tuple[SourceFile, ...]) -> tuple[Problem, ...]:
    return errors((*validate(sources)[1], *read_reports(sources)[1]))
