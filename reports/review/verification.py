"""What a Word file of ours says, held against the ledger and the data as they are: is it current, is it still so?

Facts are compared with what the report would show today *at the same day*: nothing that was learnt later counts. Where it
cannot be made today, they are looked up in the reading of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where, errors
from reports.model.cutoff import LATEST
from reports.model.periods import Period
from reports.model.places import FoundValue, find_value
from reports.model.records import Dataset
from reports.model.report_definitions import Job, plan
from reports.pipeline.build import tell
from reports.pipeline.read import STATE, Folders, Reading, read
from reports.pipeline.showing import Showing, computed_in, kinds_of, showings
from reports.publishing.acts import renamed_to
from reports.publishing.database import NAME
from reports.publishing.issue import IN_FORCE, Issue
from reports.publishing.ledger import read_ledger
from reports.publishing.store import digest_of
from reports.records import changes
from reports.records.changes import Facts, Snapshot
from reports.records.computed import computed, in_words, pairs
from reports.records.differences import field_name, name_of
from reports.records.former_ids import as_named_now
from reports.review.marks import Mark, Printed, ReturnedFile
from reports.review.matching import issues_of
from reports.review.reader import review

#: *unknown*: the ledger has no such issue; *no ledger*: there is none to ask.
Standing = Literal["current", "draft", "discarded", "superseded", "withdrawn", "unknown", "no ledger"]


class ReadsOtherwise(Struct, frozen=True):
    """A fact that reads otherwise now: what it is called, what the file shows, what would be shown; "" for nothing.
    *where* it stands in the data, where it is there."""

    name: str
    shown: str
    now: str
    where: Where | None = None


class Verdict(Struct, frozen=True):
    """What can be said of a *file*: the *issues* it may be, the one that is in force, if another; the day its facts are
    *as_of*; what reads otherwise there now, and what was changed in it by hand. *problems*: why something is not known."""

    file: ReturnedFile
    standing: Standing
    issues: tuple[Issue, ...] = ()
    newer: Issue | None = None
    as_of: date | None = None
    differing: tuple[ReadsOtherwise, ...] = ()
    edits: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it is in force and says what the data say."""
        return self.standing == "current" and not (self.differing or self.edits or self.problems)


def verify(path: Path, folders: Folders, lang: str, today: date) -> Verdict:
    """Hold the file at *path* against ledger and data. Raises ReportError when it is no file of ours, or there is no
    data."""
    file = review(path)
    if not file.printed:
        raise ReportError(Problem(Where(str(path)), "trace/no-places"))
    if not folders.data.is_dir():
        raise ReportError(Problem(Where(str(folders.data)), "file/missing", {"name": str(folders.data)}))
    file = _of_report_now(file, folders)
    told = _standing(file, path, folders)
    then, told = _snapshot(told, folders), replace(told, edits=tuple(filter(_is_edit, file.marks)))
    reading = read(folders.data)
    former = reading.dataset.former_ids()
    file, then = _renamed(file, former), replace(then, facts=as_named_now(then.facts, former))
    job = _job(reading, file, then, today)
    cutoff = job.cutoff if job else then.cutoff or LATEST
    now, problems = _shown_now(reading, folders, job, file)
    asked = _asked(reading, job, then, lang)
    return replace(
        told,
        as_of=cutoff.as_of if cutoff != LATEST else None,
        differing=tuple(dict.fromkeys(_differing(asked, file, now))),
        problems=problems,
    )


def _of_report_now(file: ReturnedFile, folders: Folders) -> ReturnedFile:
    """The file with what its report is called now, if that was given another id since."""
    if not (folders.output / STATE / NAME).is_file():
        return file
    ledger = read_ledger(folders)
    now = file.report if ledger.issues(file.report) else renamed_to(ledger, file.report)
    return _renamed(replace(file, report=now), {file.report: now}, of_reports=True)


def _renamed(file: ReturnedFile, ids: Mapping[str, str], *, of_reports: bool = False) -> ReturnedFile:
    """The file as it would be with the ids that records, or reports, have now."""

    def renamed(fact: Printed) -> Printed:
        name = ids.get(fact.record, fact.record) if fact.report == of_reports else fact.record
        return replace(fact, record=name, of=tuple(map(renamed, fact.of)))

    return replace(file, printed=tuple(map(renamed, file.printed))) if ids else file


# --- which issue ------------------------------------------------------------------------------------------


def _standing(file: ReturnedFile, path: Path, folders: Folders) -> Verdict:
    """Found by the file as it is, else by what all copies of one build have in common."""
    if not (folders.output / STATE / NAME).is_file():
        return Verdict(file, "no ledger")
    ledger, digest = read_ledger(folders), digest_of(path.read_bytes())
    same = tuple(
        issue
        for issue in ledger.issues(file.report, file.period)
        if any(digest in (known.draft, known.final) for known in issue.files.values())
    )
    found = same or issues_of(file, folders)
    if not found:
        return Verdict(file, "unknown")
    last = found[-1]
    in_force = ledger.latest(file.report, file.period, *IN_FORCE)
    if last.state in ("withdrawn", "discarded"):
        return Verdict(file, last.state, found, in_force)
    newer = in_force or ledger.latest(file.report, file.period, "withdrawn")
    if newer and newer.revision > last.revision:
        return Verdict(file, "superseded", found, newer)
    seen_as_draft = same and all(
        digest in (known.draft for known in one.files.values()) and digest not in _finals(one) for one in same
    )
    if last.state == "draft" or seen_as_draft:
        return Verdict(file, "draft", found, in_force if seen_as_draft and last.state != "draft" else None)
    return Verdict(file, "current", found)


def _finals(issue: Issue) -> set[str]:
    return {known.final for known in issue.files.values()}


def _snapshot(told: Verdict, folders: Folders) -> Snapshot:
    return read_ledger(folders).facts(told.issues[-1].snapshot) if told.issues else Snapshot()


def _is_edit(mark: Mark) -> bool:
    """Whether words of a fact were changed, tracked or not."""
    return mark.form == "edit" or (
        mark.form in ("deletion", "replacement", "insertion") and bool(mark.facts) and not mark.near
    )


# --- what it would show today -----------------------------------------------------------------------------


def _job(reading: Reading, file: ReturnedFile, then: Snapshot, today: date) -> Job | None:
    """The edition the file is of, on the day of its facts; None where no report is defined of which it could be one."""
    report = reading.reports.reports.get(file.report)
    try:
        period = Period.parse(file.period)
    except ValueError:
        return None
    if report is None or period.kind != report.period:
        return None
    job = plan(report, period, today)
    return replace(job, as_of=then.cutoff.as_of, closed=then.cutoff.closed) if then.cutoff else job


def _shown_now(
    reading: Reading, folders: Folders, job: Job | None, file: ReturnedFile
) -> tuple[tuple[Showing, ...], tuple[Problem, ...]]:
    """What the report would show; of a file that does not say its language, the one that agrees most."""
    if wrong := errors(reading.problems):
        return (), tuple(wrong)
    found: list[tuple[Showing, ...]] = []
    problems: list[Problem] = []
    langs = job.report.languages if job else ()
    for lang in [one for one in langs if one == file.lang] or langs:
        assert job
        try:
            told = tell(reading, folders, job, lang)
        except ReportError as error:
            problems += error.problems
        else:
            found.append(showings(told.document, told.requests))
    said = {fact.shown for fact in file.printed}
    best = max(found, key=lambda shown: len(said & {one.text for one in shown}), default=())
    return best, () if best else tuple(problems)


# --- what differs -----------------------------------------------------------------------------------------


class _Asked(Struct, frozen=True):
    """The data as they are, their *readings* (of the day of the file, then of the edition before), the facts and kinds
    of every record that is or was there, which of them are not known on that day, and for whom it is said."""

    reading: Reading
    readings: tuple[Dataset, ...]
    then: Facts
    facts: Facts
    kinds: Mapping[str, str]
    absent: frozenset[str]
    lang: str

    def said(self, *parts: str) -> str:
        """The names of a record and of what is told of it."""
        return (": " if self.lang == "en" else "：").join(filter(None, parts))

    def name(self, record: str) -> str:
        """What a record is called."""
        return name_of(self.facts.get(record, {}), record, self.lang)


def _asked(reading: Reading, job: Job | None, then: Snapshot, lang: str) -> _Asked:
    cutoffs = [job.cutoff if job else then.cutoff or LATEST]
    cutoffs += [job.previous.cutoff] if job and job.previous else []
    readings = tuple(map(reading.at, cutoffs))
    was = {record: facts.get("", "") for record, facts in then.facts.items()}
    return _Asked(
        reading, readings, then.facts,
        facts={**then.facts, **changes.facts_of(readings[0])},
        kinds={**was, **kinds_of(readings[0])},
        absent=frozenset(readings[0].records.keys() - {record.id for record in readings[0].present()}),
        lang=lang,
    )  # fmt: skip


_Key = tuple[bool, str, str]


def _differing(asked: _Asked, file: ReturnedFile, now: tuple[Showing, ...]) -> Iterator[ReadsOtherwise]:
    shown: dict[_Key, list[Printed]] = {}
    for fact in file.printed:
        if not fact.rule:
            shown.setdefault((fact.report, fact.record, fact.field), []).append(fact)
    today: dict[_Key, list[Showing]] = {}
    for one in now:
        if one.source and not one.source.rule:
            today.setdefault((one.source.report, one.source.record, one.source.field), []).append(one)
    for key, printed in shown.items():
        yield from _of_field(asked, printed, today.get(key, []))
    yield from _worked_out(asked, file, now)
    yield from _come(asked, shown.keys(), today)


def _of_field(asked: _Asked, printed: list[Printed], today: list[Showing]) -> Iterator[ReadsOtherwise]:
    """What differs of one field, which may be shown as it was before, and as it is."""
    same = {(one.source.value if one.source else "", one.text) for one in today}
    values = {value for value, _ in same}
    known = {fact.value for fact in printed}
    gone = {fact.value: fact for fact in printed if fact.value not in values}
    come = {one.source.value: one for one in today if one.source and one.source.value not in known}
    if not come:
        gone = {value: fact for value, fact in gone.items() if not _stands(asked, fact)}
    elif not gone:
        gone = {printed[-1].value: printed[-1]}
    for fact, one in zip_longest(gone.values(), come.values()):
        if fact is not None:
            yield _otherwise(asked, fact, one)
    for fact in {fact.value: fact for fact in printed if fact.value in values and not gone}.values():
        texts = {text for value, text in same if value == fact.value}
        if not texts & {
            one.shown for one in printed if one.value == fact.value
        }:  # what it names is called otherwise
            yield _otherwise(asked, fact, next(one for one in today if one.text in texts))


def _otherwise(asked: _Asked, fact: Printed, now: Showing | None) -> ReadsOtherwise:
    plural = "reports" if fact.report else asked.kinds.get(fact.record, "")
    field = field_name(plural, fact.field, asked.lang) if fact.field else ""
    called = asked.said(asked.name(fact.record), field)
    if now is not None and now.source is not None:
        return ReadsOtherwise(called, fact.shown, now.text, now.source.where)
    found = next(_found(asked, fact), None)
    gone = found is None or not found.whole or fact.record in asked.absent
    text = "" if found is None or gone else found.node.text
    return ReadsOtherwise(called, fact.shown, text, found.node.where if found else None)


def _stands(asked: _Asked, fact: Printed) -> bool:
    """Whether the data say it still, then or in the edition before, though the report would not show it there."""
    return fact.record not in asked.absent and any(
        found.node.text == fact.value for found in _found(asked, fact, on=True)
    )


def _found(asked: _Asked, fact: Printed, *, on: bool = False) -> Iterator[FoundValue]:
    """Where a fact stands in each reading; *on*: in those only that have it from the same entry."""
    if fact.report or fact.record not in asked.readings[0].nodes:
        node = asked.reading.reports.nodes.get(fact.record)
        found = find_value(node, fact.field) if node else None
        yield from (found,) if found else ()
        return
    for dataset in asked.readings:
        days = dataset.entered.get(fact.record, {})
        if fact.field in ("on", "known") and fact.on in days.values():  # of an entry itself
            found = find_value(asked.reading.dataset.nodes[fact.record], fact.field, fact.on)
        elif not on or days.get(fact.field.partition(".")[0], "") == fact.on:
            found = find_value(dataset.nodes[fact.record], fact.field)
        else:
            found = None
        yield from (found,) if found else ()


def _worked_out(asked: _Asked, file: ReturnedFile, now: tuple[Showing, ...]) -> Iterator[ReadsOtherwise]:
    """What of all that was worked out comes to something else."""
    if not now:
        return
    told = [one for one in now if one.source and one.source.rule]
    today = computed_in(now, asked.kinds)
    then = [
        computed(fact.rule, fact.shown, ((of.record, of.field) for of in fact.origins()), asked.kinds)
        for fact in file.printed
        if fact.rule
    ]
    for before, after in pairs(then, today):
        said = in_words((before, after), asked.facts, asked.lang)
        place = told[today.index(after)].source if after else None
        where = place.where if place and place.of and said.id else None
        yield ReadsOtherwise(asked.said(said.record, said.field), said.before, said.after, where)


def _come(
    asked: _Asked, shown: Iterable[_Key], today: Mapping[_Key, list[Showing]]
) -> Iterator[ReadsOtherwise]:
    """Records the report would list today, and did not know."""
    known = {record for _, record, _ in shown} | asked.then.keys()
    for (report, record, _), listed in today.items():
        if not report and record not in known and listed[0].source:
            where = asked.readings[0].nodes[record].at("id").where
            yield ReadsOtherwise(asked.name(record), "", listed[0].text, where)
            known |= {record}
