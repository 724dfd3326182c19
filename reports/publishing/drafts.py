"""From files that were built to drafts: put in place first, written down after.

A draft that was not written down is built again, so a killed run harms nothing.
"""

from __future__ import annotations

import platform
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reports import __version__, files
from reports.diagnostics.problems import Problem, ReportError
from reports.model.report_definitions import ReportDefinition
from reports.pipeline.build import Made, Order, Say, again, make
from reports.pipeline.imprints import Notice
from reports.pipeline.read import STATE, Folders, Reading, collector_off
from reports.publishing.continuity import vanished
from reports.publishing.ledger import PRECEDING, Issue, Ledger, Run, Stored
from reports.publishing.output_folder import OpenOutput, Tell, opened, restore_missing
from reports.publishing.overwritten import overwritten
from reports.publishing.store import digest_of, digest_of_folder, keep
from reports.records import changes
from reports.records.changes import Snapshot


@collector_off()
def build(
    folders: Folders,
    order: Order,
    now: datetime,
    say: Say = lambda line: None,
    tell: Tell = lambda problem: None,
) -> tuple[Path, ...]:
    """Build what *order* asks for, put the files in place and write drafts down; return the files.

    A period that is issued keeps its files: what would differ becomes the draft of its next revision, in a folder
    of its own. Nothing is written before everything is made. Raises ReportError.
    """
    reading, made = make(folders, order, now.date(), say)
    with opened(folders, "build", now, tell=tell) as office:
        for problem in overwritten(office.ledger, reading, now.date()):
            tell(problem)
        nothing_vanished(office, reading, {one.job.report.id for one in made})
        return tuple(path for one in made for path in draft(office, reading, one, "by hand"))


def nothing_vanished(office: OpenOutput, reading: Reading, reports: Collection[str]) -> None:
    """Raise ReportError while a matter is gone that an issue of one of *reports* has shown."""
    if gone := tuple(vanished(office.ledger, reading, reports)):
        raise ReportError(*gone)


def draft(office: OpenOutput, reading: Reading, made: Made, why: str) -> tuple[Path, ...]:
    """Put the files of one report in place and write them down as a draft; return where they are."""
    ledger, folders = office.ledger, office.folders
    current = ledger.latest(made.job.report.id, str(made.job.period), *PRECEDING)
    now = snapshot_of(reading, made)
    if current and current.state != "withdrawn" and _says_the_same(office, reading, current, made):
        restore_missing(folders, current)
        ledger.add_run(_run(office, reading, made, why, now))
        return _for_people(folders, current.files)
    if current:
        notice = _correction_of(ledger, current, now)
        made = _in_revision(again(reading, folders, made, notice), notice.revision)
    for name, data in made.files.items():
        if made.final[name] != data:
            keep(folders, made.final[name])
        files.write(folders.output / name, data)
    write_down(office, reading, made, why, snapshot_of(reading, made))
    return _for_people(folders, made.files)


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


def _says_the_same(office: OpenOutput, reading: Reading, issue: Issue, made: Made) -> bool:
    """Whether everything made now is in *issue*, byte for byte: as it is, or with the issue's number in it."""
    if _holds(issue, made):
        return True
    notice = _notice_of(office.ledger, issue, made.job.report)
    return _holds(issue, again(reading, office.folders, made, notice))


def _holds(issue: Issue, made: Made) -> bool:
    known = {PurePosixPath(name).name: digests.final for name, digests in issue.files.items()}
    return all(known.get(PurePosixPath(name).name) == digest_of(data) for name, data in made.final.items())


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
        then=_known_to(ledger.facts(before.snapshot), now) if before else Snapshot(),
        now=now,
    )


def _correction_of(ledger: Ledger, current: Issue, now: Snapshot) -> Notice:
    """What is known of the correction of an issue before it is made."""
    then = _known_to(ledger.facts(current.snapshot), now)
    return Notice(current.revision + 1, current.number, then=then, now=now)


def _known_to(then: Snapshot, now: Snapshot) -> Snapshot:
    return replace(then, facts=then.known_to(now.facts))


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
