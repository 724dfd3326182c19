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
from reports.model.cutoff import LATEST, Cutoff
from reports.model.periods import Period
from reports.model.places import FoundValue, find_value
from reports.model.records import Dataset, Node
from reports.model.report_definitions import Job, plan
from reports.pipeline.build import tell
from reports.pipeline.read import STATE, Folders, Reading, read
from reports.pipeline.showing import Showing, computed_in, kinds_of, showings
from reports.publishing.database import NAME
from reports.publishing.ledger import Issue, read_ledger
from reports.publishing.store import digest_of
from reports.records import changes
from reports.records.changes import Facts, Snapshot
from reports.records.computed import computed, in_words, pairs
from reports.records.differences import field_name, name_of
from reports.review.marks import Mark, Printed, ReturnedFile
from reports.review.matching import issues_of
from reports.review.reader import review

#: *unknown*: the ledger has no such issue; *no ledger*: there is none to ask.
Standing = Literal["current", "draft", "superseded", "unknown", "no ledger"]


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
    told = _standing(file, path, folders)
    then, told = _snapshot(told, folders), replace(told, edits=tuple(filter(_is_edit, file.marks)))
    reading = read(folders.data)
    job = _job(reading, file, then, today)
    cutoff = job.cutoff if job else then.cutoff or LATEST
    now, problems = _shown_now(reading, folders, job, file)
    asked = _asked(reading, cutoff, then, lang)
    return replace(
        told,
        as_of=cutoff.as_of if cutoff != LATEST else None,
        differing=tuple(dict.fromkeys(_differing(asked, file, now))),
        problems=problems,
    )


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
    in_force = ledger.latest(file.report, file.period, "approved", "issued")
    if in_force and in_force.revision > last.revision:
        return Verdict(file, "superseded", found, in_force)
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


class _Asked(Struct):
    """The data as they are, their reading of the day of the file, what was kept of *then*, for whom it is
    said; *absent* are records that are not known on that day."""

    reading: Reading
    dataset: Dataset
    then: Snapshot
    lang: str
    absent: frozenset[str]

    def kinds(self) -> Mapping[str, str]:
        """The kind of every record that is or was there."""
        was = {record: facts.get("", "") for record, facts in self.then.facts.items()}
        return {**was, **kinds_of(self.dataset)}

    def facts(self) -> Facts:
        """The facts of every record that is or was there."""
        return {**self.then.facts, **changes.facts_of(self.dataset)}


def _asked(reading: Reading, cutoff: Cutoff, then: Snapshot, lang: str) -> _Asked:
    dataset = reading.at(cutoff)
    absent = dataset.records.keys() - {record.id for record in dataset.present()}
    return _Asked(reading, dataset, then, lang, frozenset(absent))


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
    plural = "reports" if fact.report else asked.kinds().get(fact.record, "")
    name = (
        fact.record if fact.report else name_of(asked.facts().get(fact.record, {}), fact.record, asked.lang)
    )
    field = field_name(plural, fact.field, asked.lang) if fact.field else ""
    colon = ": " if asked.lang == "en" else "："
    called = colon.join(filter(None, (name, field)))
    if now is not None and now.source is not None:
        return ReadsOtherwise(called, fact.shown, now.text, now.source.where)
    found = _find(asked, fact)
    if found is None or not found.whole or fact.record in asked.absent:
        return ReadsOtherwise(called, fact.shown, "", found.node.where if found else None)
    return ReadsOtherwise(called, fact.shown, found.node.text, found.node.where)


def _stands(asked: _Asked, fact: Printed) -> bool:
    """Whether the data say it still, though the report would not show it there."""
    found = _find(asked, fact)
    return found is not None and found.node.text == fact.value and fact.record not in asked.absent


def _find(asked: _Asked, fact: Printed) -> FoundValue | None:
    """Where it stands in the reading of its day; in the data as typed where the reading has it from another entry."""
    if fact.report or fact.record not in asked.dataset.nodes:
        node = asked.reading.reports.nodes.get(fact.record)
        return find_value(node, fact.field) if node else None
    entered = asked.dataset.entered.get(fact.record, {}).get(fact.field.partition(".")[0], "")
    nodes: Mapping[str, Node] = (asked.dataset if entered == fact.on else asked.reading.dataset).nodes
    return find_value(nodes[fact.record], fact.field, "" if entered == fact.on else fact.on)


def _worked_out(asked: _Asked, file: ReturnedFile, now: tuple[Showing, ...]) -> Iterator[ReadsOtherwise]:
    """What of all that was worked out comes to something else."""
    if not now:
        return
    kinds = asked.kinds()
    told = [one for one in now if one.source and one.source.rule]
    today = computed_in(now, kinds)
    then = [
        computed(fact.rule, fact.shown, ((of.record, of.field) for of in fact.origins()), kinds)
        for fact in file.printed
        if fact.rule
    ]
    for before, after in pairs(then, today):
        said = in_words((before, after), asked.facts(), asked.lang)
        place = told[today.index(after)].source if after else None
        name = (": " if asked.lang == "en" else "：").join(filter(None, (said.record, said.field)))
        where = place.where if place and place.of and said.id else None
        yield ReadsOtherwise(name, said.before, said.after, where)


def _come(
    asked: _Asked, shown: Iterable[_Key], today: Mapping[_Key, list[Showing]]
) -> Iterator[ReadsOtherwise]:
    """Records the report would list today, and did not know."""
    known = {record for _, record, _ in shown} | asked.then.facts.keys()
    for (report, record, _), listed in today.items():
        if not report and record not in known and listed[0].source:
            name = name_of(asked.facts().get(record, {}), record, asked.lang)
            yield ReadsOtherwise(name, "", listed[0].text, asked.dataset.nodes[record].at("id").where)
            known |= {record}
