"""From files that were built to drafts: put in place first, written down after.

A draft that was not written down is built again, so a killed run harms nothing.
"""

from __future__ import annotations

import platform
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from reports import __version__, files
from reports.diagnostics.problems import Problem, ReportError
from reports.model.periods import Period
from reports.model.report_definitions import ReportDefinition, plan
from reports.pipeline.build import Made, Order, Say, again, make, make_one
from reports.pipeline.imprints import Notice
from reports.pipeline.read import STATE, Folders, Reading, collector_off
from reports.publishing.comparison import Told, differing, digests_of, file_of, known_to, reads_the_same
from reports.publishing.continuity import vanished
from reports.publishing.issue import PRECEDING, Issue, Run, Stored
from reports.publishing.ledger import Ledger, read_ledger
from reports.publishing.output_folder import OpenOutput, Tell, opened, restore_missing
from reports.publishing.overwritten import overwritten
from reports.publishing.store import digest_of, digest_of_folder, keep
from reports.records import changes
from reports.records.changes import Snapshot


class Built(Struct, frozen=True):
    """What became of one report: *files* for people, and what they are: a draft, the draft of a correction (of which
    *revision*), what is issued and stays as it is (*only_tools* would make other bytes), or what is issued, reads
    otherwise now, and was left alone. *told*: what differs, in each language. *after*: the period that is issued
    already, so that the next one was made."""

    report: ReportDefinition
    period: Period
    what: Literal["draft", "correction", "issued", "differs"]
    files: tuple[Path, ...] = ()
    revision: int = 1
    only_tools: bool = False
    told: Told = MappingProxyType({})
    after: Period | None = None


@collector_off()
def build(
    folders: Folders,
    order: Order,
    now: datetime,
    say: Say = lambda line: None,
    tell: Tell = lambda problem: None,
    *,
    correct: bool = False,
) -> tuple[Built, ...]:
    """Build what *order* asks for, put the files in place and write drafts down; return what became of each report.

    A period that is issued keeps its files. What reads otherwise becomes, where *correct* asks for it, the draft of its
    next revision, in a folder of its own. Without a period the one after is made. Nothing is written before everything
    is made. Raises ReportError.
    """
    today = now.date()
    reading, made = make(folders, order, today, say, {} if correct else _issued(folders))
    with opened(folders, "build", now, tell=tell) as office:
        for problem in overwritten(office.ledger, reading, today):
            tell(problem)
        nothing_vanished(office, reading, {one.job.report.id for one in made})
        built = [draft(office, reading, one, "by hand", correct=correct) for one in made]
    return tuple(replace(one, after=_passed_over(one, order, today)) for one in built)


def _issued(folders: Folders) -> dict[str, set[Period]]:
    """The periods that are issued, by report; none while the ledger waits to be restored."""
    found: dict[str, set[Period]] = {}
    with suppress(ReportError):
        with read_ledger(folders) as ledger:
            issues = ledger.issues()
        for issue in issues:
            if issue.state in ("approved", "issued"):
                found.setdefault(issue.report, set()).add(Period.parse(issue.period))
    return found


def _passed_over(built: Built, order: Order, today: date) -> Period | None:
    meant = order.period or plan(built.report, None, today).period
    return meant if meant != built.period else None


def nothing_vanished(office: OpenOutput, reading: Reading, reports: Collection[str]) -> None:
    """Raise ReportError while a matter is gone that an issue of one of *reports* has shown."""
    if gone := tuple(vanished(office.ledger, reading, reports)):
        raise ReportError(*gone)


def draft(office: OpenOutput, reading: Reading, made: Made, why: str, *, correct: bool = False) -> Built:
    """Put the files of one report in place and write them down as a draft; of what is issued only where *correct* asks
    for a correction, and something reads otherwise. What was withdrawn is corrected in any case."""
    ledger, job = office.ledger, made.job
    current = ledger.latest(job.report.id, str(job.period), *PRECEDING)
    if current is None:
        return Built(job.report, job.period, "draft", _put_down(office, reading, made, why))
    now = snapshot_of(reading, made)
    told = differing(ledger, current, now, made.shown)
    withdrawn = current.state == "withdrawn"
    if not withdrawn and not any(told.values()):
        numbered = again(reading, office.folders, made, _notice_of(ledger, current, job.report))
        if reads_the_same(office.folders, current, numbered):
            return _as_issued(office, reading, current, numbered, why)
    if not (correct or withdrawn):
        return Built(job.report, job.period, "differs", revision=current.revision, told=told)
    notice = _correction_of(ledger, current, now)
    whole = make_one(reading, office.folders, Order((job.report.id,), job.period), job, notice=notice)
    paths = _put_down(office, reading, _in_revision(whole, notice.revision), why)
    return Built(job.report, job.period, "correction", paths, notice.revision, told=told)


def _put_down(office: OpenOutput, reading: Reading, made: Made, why: str) -> tuple[Path, ...]:
    """Put files in place and write them down as a draft."""
    folders = office.folders
    for name, data in made.files.items():
        if made.final[name] != data:
            keep(folders, made.final[name])
    files.write_all({folders.output / name: data for name, data in made.files.items()})
    write_down(office, reading, made, why, snapshot_of(reading, made))
    return _for_people(folders, made.files)


def _as_issued(office: OpenOutput, reading: Reading, issue: Issue, made: Made, why: str) -> Built:
    """Leave what is issued as it is, put back what is gone, and add the files it was not made in."""
    folders, known = office.folders, digests_of(issue)
    made = _in_revision(made, issue.revision) if issue.revision > 1 else made
    same = all(
        known.get(file_of(name, issue.period), digest) == digest
        for name, digest in ((name, digest_of(data)) for name, data in made.final.items())
    )
    others = {
        name: data for name, data in made.for_people().items() if file_of(name, issue.period) not in known
    }
    restore_missing(folders, issue)
    files.write_all({folders.output / name: data for name, data in others.items()})
    office.ledger.add_run(_run(office, reading, made, why, snapshot_of(reading, made)))
    paths = _for_people(folders, (*issue.files, *others))
    return Built(made.job.report, made.job.period, "issued", paths, issue.revision, only_tools=not same)


def _for_people(folders: Folders, names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(folders.output / name for name in names if not name.startswith(f"{STATE}/"))


def snapshot_of(reading: Reading, made: Made) -> Snapshot:
    """What is to be remembered of what was *made*."""
    cutoff = made.job.cutoff
    return Snapshot(
        changes.facts_of(reading.at(cutoff), made.job.report.programmes), cutoff, dict(made.computed)
    )


def write_down(office: OpenOutput, reading: Reading, made: Made, why: str, told: Snapshot) -> Issue:
    """The run, the snapshot and the draft, in one transaction."""
    ledger, now = office.ledger, office.now
    report, period = made.job.report.id, str(made.job.period)
    current = ledger.latest(report, period, *PRECEDING)
    before = ledger.latest(report, period, "draft")
    with ledger.transaction(now):
        ledger.add_run(_run(office, reading, made, why, told))
        listed = {
            name: Stored(digest_of(data), digest_of(made.final[name])) for name, data in made.files.items()
        }
        kept = ledger.facts(before.snapshot) if before else Snapshot()
        if before and (kept.facts, kept.cutoff) == (told.facts, told.cutoff):  # one language after the other
            listed = {**before.files, **listed}
            told = replace(told, computed={**kept.computed, **told.computed})
        snapshot = ledger.add_snapshot(changes.snapshot(told.facts, made.job.cutoff, told.computed), now)
        facts = ledger.facts(current.snapshot).known_to(told.facts) if current else {}
        differing = changes.compare(facts, told.facts) if current else ()
        revision = current.revision + 1 if current else 1
        return ledger.put_draft(
            Issue(
                0,
                report,
                period,
                revision,
                "draft",
                listed,
                snapshot,
                now,
                changes=tuple(change.as_dict() for change in differing),
            )
        )


def _run(office: OpenOutput, reading: Reading, made: Made, why: str, told: Snapshot) -> Run:
    data = changes.snapshot(told.facts, made.job.cutoff)
    return Run(
        at=office.now,
        why=why,
        report=made.job.report.id,
        period=str(made.job.period),
        outcome="done",
        inputs={"data": digest_of(data), "templates": digest_of_folder(office.folders.templates)},
        versions={"progress-reports": __version__, "python": platform.python_version()},
        outputs={name: digest_of(data) for name, data in sorted(made.files.items())},
        problems=tuple(map(in_words, reading.problems)),
    )


def _notice_of(ledger: Ledger, issue: Issue, report: ReportDefinition) -> Notice:
    """What is known of an issue that is approved already."""
    before = next(
        (i for i in ledger.issues(issue.report, issue.period) if i.revision == issue.revision - 1), None
    )
    now = ledger.facts(issue.snapshot)
    return Notice(
        revision=issue.revision,
        number=issue.number,
        approved=day_of(issue.approved, report).isoformat() if issue.approved else "",
        then=known_to(ledger.facts(before.snapshot), now) if before else Snapshot(),
        now=now,
    )


def _correction_of(ledger: Ledger, current: Issue, now: Snapshot) -> Notice:
    """What is known of the correction of an issue before it is made."""
    then = known_to(ledger.facts(current.snapshot), now)
    return Notice(current.revision + 1, current.number, then=then, now=now)


def day_of(at: datetime, report: ReportDefinition) -> date:
    """The day of an approval, in the time zone of the report's schedule where it has one."""
    return at.astimezone(ZoneInfo(report.schedule.due.zone) if report.schedule else None).date()


def _in_revision(made: Made, revision: int) -> Made:
    """The same files in the folder of a correction, beside the issue they correct."""

    def moved(outputs: Mapping[str, bytes]) -> dict[str, bytes]:
        paths = {PurePosixPath(name): data for name, data in outputs.items()}
        return {f"{path.parent}/revision-{revision}/{path.name}": data for path, data in paths.items()}

    return replace(made, files=moved(made.files), final=moved(made.final))


def in_words(problem: Problem) -> Mapping[str, str]:
    """A problem as the ledger keeps it: place and sentence, in each language."""
    begin = f"{problem.where}: " if problem.where.file else ""
    return {"en": f"{begin}{problem.message('en')}", "zh": f"{begin}{problem.message('zh')}"}
