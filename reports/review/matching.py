"""What readers left in returned reports, with the data as it stands now; and into the data, each thing once.

The id of a comment's record is made of what the file says of it (report, period, who, when, what), so the same
comment is known again in a newer save, in another reader's copy, and in the data after its words were edited there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.description.shapes import fields_of
from reports.model.kinds import KINDS
from reports.model.kinds.documents import Comment
from reports.model.records import Node
from reports.pipeline.read import Folders
from reports.publishing import store
from reports.publishing.issue import Issue
from reports.publishing.ledger import read_ledger
from reports.records.editing import new_records
from reports.records.editing.new_records import DataFolder, NewRecord, RecordPlace
from reports.records.text.source_file import Plain
from reports.review.marks import Mark, Printed, ReturnedFile, digest
from reports.review.places import PlacesNow, places_in
from reports.review.reader import fingerprint_of, review

#: Where comments go that are about no record.
SHARED = "shared"


class Lead(Struct, frozen=True):
    """Where a fact of a mark stands in the data: *where* it is now, *text* as it is there.

    *state*: as it was when the report was built; changed since; the record changed elsewhere (*others* names the
    fields); not filled in, then as now; gone, and *where* is nowhere.
    """

    fact: Printed
    where: Where
    text: str
    state: Literal["same", "changed", "elsewhere", "unfilled", "gone"]
    others: tuple[str, ...] = ()


class Item(Struct, frozen=True):
    """One thing readers left: the *mark*, the *files* it is in, the *id* of its record, and whether the data has
    that record (*known*) and it is open there (*open*). *thread* is the id of the record it replies to."""

    id: str
    mark: Mark
    files: tuple[ReturnedFile, ...]
    leads: tuple[Lead, ...]
    thread: str = ""
    known: bool = False
    open: bool = False


class Known(Struct, frozen=True):
    """A record in the data, right or wrong: its place and its programme."""

    node: Node
    programme: str


class Inbox(Struct, frozen=True):
    """The files that could be read, what is in them in the order of the report, what is wrong; *known* are the
    records of the data, those too that are left out for their own mistakes: these have not gone."""

    desk: DataFolder
    known: Mapping[str, Known]
    files: tuple[ReturnedFile, ...]
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


def open_inbox(paths: Iterable[Path], data: Path) -> Inbox:
    """Read returned files and find their places in the data. Raises ReportError when there is no data to look in."""
    if not data.is_dir():
        raise ReportError(Problem(Where(str(data)), "file/missing", {"name": str(data)}))
    desk = new_records.open_desk(data)
    files: list[ReturnedFile] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            files.append(review(path))
        except ReportError as error:
            problems += error.problems
    known = _known(desk)
    items = tuple(_items(files, desk, known))
    problems += (problem for file in files for problem in file.problems)
    problems += _settled(items, desk)
    return Inbox(desk, known, tuple(files), items, tuple(problems))


def _known(desk: DataFolder) -> Mapping[str, Known]:
    """Every record by its id."""
    return {
        entry.at("id").text: Known(entry, source.programme)
        for source in desk.sources
        for kind, listed in source.node.below.items()
        for entry in (listed.below.values() if kind in KINDS else ())
        if "id" in entry.below
    }


def issues_of(file: ReturnedFile, folders: Folders) -> tuple[Issue, ...]:
    """The issues and drafts that *file* is a copy of, as far as the ledger of the output folder knows."""
    found = []
    with suppress(ReportError):
        for issue in read_ledger(folders).issues(file.report, file.period) if file.fingerprint else ():
            paths = [store.kept_at(folders, d.final) for n, d in issue.files.items() if n.endswith(".docx")]
            paths += [folders.output / name for name in issue.files if name.endswith(".docx")]
            if any(_fingerprint(path) == file.fingerprint for path in paths):
                found.append(issue)
    return tuple(found)


def _fingerprint(path: Path) -> str:
    with suppress(ReportError):
        return fingerprint_of(path)
    return ""


# --- one list -------------------------------------------------------------------------------------------------


def _items(files: Sequence[ReturnedFile], desk: DataFolder, known: Mapping[str, Known]) -> Iterator[Item]:
    """The marks of all files, each once; a thread stands together."""
    places = places_in(desk.sources)
    found: dict[str, Item] = {}
    for file in files:
        ids = _ids(file)
        names = {mark.key: id_ for mark, id_ in zip(file.marks, ids, strict=True) if mark.key}
        leads = _Leads(file, desk, places)
        for mark, id_ in zip(file.marks, ids, strict=True):
            if id_ in found:
                found[id_] = _met_again(found[id_], mark, file)
                continue
            record = desk.dataset.records.get(id_)
            is_open = isinstance(record, Comment) and record.status == "open"
            thread = names.get(mark.answers, "") if mark.answers else ""
            told = leads.of(mark.facts)
            found[id_] = Item(id_, _signed(mark, file), (file,), told, thread, id_ in known, is_open)
    yield from sorted(found.values(), key=lambda item: item.mark.order)


def _ids(file: ReturnedFile) -> list[str]:
    """The id of each mark; of several that are the same in all they say, the later ones count on."""
    seen: Counter[str] = Counter()
    found = []
    for mark in file.marks:
        quoted = mark.quoted if mark.form in {"deletion", "replacement", "move", "edit"} else ""
        place = f"{mark.facts[0].record}/{mark.facts[0].field}" if mark.form == "edit" and mark.facts else ""
        form = "comment" if mark.form == "reply" else mark.form
        own = digest(file.report, file.period, form, mark.by, mark.date, mark.text, quoted, place)
        seen[own] += 1
        found.append(f"comment-{own}" + (f"-{seen[own]}" if seen[own] > 1 else ""))
    return found


def _signed(mark: Mark, file: ReturnedFile) -> Mark:
    """An edit without tracking does not say whose it is; who saved the file last is the best there is."""
    return (
        replace(mark, by=file.saved_by, date=file.saved if file.saved_by else "")
        if mark.form == "edit"
        else mark
    )


def _met_again(item: Item, mark: Mark, file: ReturnedFile) -> Item:
    """The same in one more file: of an edit one more person made it; a thread is settled if any file says so."""
    by = _signed(mark, file).by
    names = item.mark.by.split(", ") if item.mark.by else []
    if mark.form == "edit" and by and by not in names:
        names.append(by)
    told = replace(item.mark, by=", ".join(names) if mark.form == "edit" else item.mark.by,
                   resolved=item.mark.resolved or mark.resolved)  # fmt: skip
    return replace(item, mark=told, files=(*item.files, file))


def _settled(items: Iterable[Item], desk: DataFolder) -> Iterator[Problem]:
    """Nothing that was said before is changed; where the file says more than the data, that is told."""
    for item in items:
        if item.open and item.mark.resolved and item.mark.form == "comment":
            where = desk.dataset.nodes[item.id].at("status").where
            yield Problem(where, "review/settled-in-file", {"id": item.id}, "warning")


# --- places ---------------------------------------------------------------------------------------------------


class _Leads:
    """From the facts of one file to their places in the data."""

    def __init__(self, file: ReturnedFile, desk: DataFolder, places: PlacesNow) -> None:
        self._places = places
        self._of: dict[tuple[bool, str], list[Printed]] = {}
        for fact in file.printed:
            if fact.record:
                self._of.setdefault((fact.report, fact.record), []).append(fact)
        self._changed = cache(self._changed_fields)
        self._lines = {source.label: source for source in desk.sources}

    def of(self, facts: Iterable[Printed]) -> tuple[Lead, ...]:
        """Where *facts* stand now; of those that were worked out, behind the others, all they come from."""
        origins = (one for fact in sorted(facts, key=lambda fact: not fact.record) for one in fact.origins())
        return tuple(self._lead(fact) for fact in {one.key: one for one in origins}.values())

    def _lead(self, fact: Printed) -> Lead:
        found = self._places.find(fact)
        if found is None:
            return Lead(fact, Where(""), "", "gone")
        now = found.node
        if now.text == fact.value and not found.whole:
            return Lead(fact, now.where, "", "unfilled")
        others = tuple(name for name in self._changed(fact.report, fact.record) if name != fact.field)
        state: Literal["changed", "elsewhere", "same"] = (
            "changed" if now.text != fact.value else "elsewhere" if others else "same"
        )
        return Lead(fact, now.where, self._line(now.where), state, others)

    def _line(self, where: Where) -> str:
        source = self._lines.get(where.file)
        return source.line(where.line) if source else ""

    def _changed_fields(self, report: bool, record: str) -> tuple[str, ...]:
        told = ((fact, self._places.find(fact)) for fact in self._of.get((report, record), []))
        differing = (fact.field for fact, found in told if found and found.node.text != fact.value)
        return tuple(dict.fromkeys(differing))


# --- into the data --------------------------------------------------------------------------------------------


def save(inbox: Inbox) -> tuple[tuple[Path, ...], int]:
    """Write a record for each new item; return the files, and how many records.

    Raises ReportError, and writes nothing then, when one of them would not fit.
    """
    by_place: dict[str, list[NewRecord]] = {}
    desk = inbox.desk
    programmes: dict[str, str] = {}
    unreadable = {source.label for source in desk.sources if source.plain is None and source.text.strip()}
    for item in inbox.items:
        on = _on(item, inbox.known)
        if (
            not on and unreadable and any(lead.state == "gone" for lead in item.leads)
        ):  # it may stand in there
            raise ReportError(Problem(Where(min(unreadable)), "entry/unreadable"))
        own = _programme(item, inbox.known)
        programme = programmes[item.id] = programmes.get(item.thread, own) or SHARED
        if not item.known:
            node = Node(Where(f"{item.files[0].file} ({item.id})"))
            by_place.setdefault(programme, []).append(NewRecord(_record(item, on), node))
    places = [(RecordPlace(Comment, programme), entries) for programme, entries in by_place.items()]
    for place, entries in places:
        new_records.add(desk, place, entries, dry=True)
    paths = tuple(new_records.add(desk, place, entries) for place, entries in places)
    return paths, sum(map(len, by_place.values()))


def _on(item: Item, known: Mapping[str, Known]) -> str:
    """The record an item is about, "" where the data has it no more, or where it is about a value that was worked out."""
    records = (fact.record for fact in item.mark.facts)
    return next((record for record in records if record in known), "")


def _programme(item: Item, known: Mapping[str, Known]) -> str:
    """The programme of what an item is about, "" where the data has nothing of it."""
    return next((known[lead.fact.record].programme for lead in item.leads if lead.fact.record in known), "")


def _record(item: Item, on: str) -> dict[str, Plain]:
    """What the record says, in the order in which an editor writes it."""
    mark, file = item.mark, item.files[0]
    field = next((lead.fact.field for lead in item.leads if lead.fact.record == on), "") if on else ""
    told: Mapping[str, str] = {
        "id": item.id, "report": file.report, "period": file.period, "by": mark.by, "date": mark.date[:10],
        "form": mark.form, "section": mark.section, "quoted": mark.quoted, "text": mark.text, "on": on,
        "field": field, "thread": item.thread, "status": "done" if mark.resolved else "open",
    }  # fmt: skip
    return {shape.key: told[shape.key] for shape in fields_of(Comment) if told.get(shape.key)}
