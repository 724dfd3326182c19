"""Looks round the secretariat: what git and the ledger remember of the data, and how ready each report is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache, partial
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, errors
from reports.document.nodes import Document
from reports.model.periods import Period
from reports.model.records import Dataset
from reports.model.report_definitions import Job, ReportDefinition, plan
from reports.model.schedule import DueItem, due, due_at, is_provisional, upcoming
from reports.pipeline import build
from reports.pipeline.build import Order
from reports.pipeline.read import Folders, Reading, facts_in
from reports.publishing.continuity import asks_what_was_issued_before, renamed, vanished
from reports.publishing.drafts import day_of
from reports.publishing.issue import UNISSUED, Issue
from reports.publishing.ledger import Ledger, read_ledger, remembered
from reports.publishing.memory.lost import copies, what_was_forgotten
from reports.publishing.output_folder import altered
from reports.publishing.overwritten import overwritten
from reports.publishing.status import git, history
from reports.publishing.status.history import Facts, Past, State
from reports.publishing.status.readiness import Board, Seen, readiness
from reports.records import changes

# --- the past ---------------------------------------------------------------------------------------------


def past_of(folders: Folders, dataset: Dataset) -> Past:
    """The earlier states of every data file: committed ones, and those a person approved a report of."""
    accepted = tuple(_accepted(folders))
    known = git.versions(folders.data)
    now = cache(partial(changes.facts_of, dataset))
    return {
        file: tuple(sorted((*_committed(folders, file, known.get(file, ()), now), *accepted), key=_age))
        for file in {node.where.file for node in dataset.nodes.values()}
        if accepted or file in known
    }


def translations(folders: Folders, reading: Reading) -> Iterable[Problem]:
    """Which translations are behind, as far as the past is known; what `check` adds."""
    return history.behind(reading.dataset, past_of(folders, reading.dataset))


def remembered_of(folders: Folders, today: date, reading: Reading) -> Iterator[Problem]:
    """What the past says of what was read: issues that the ledger does not know, translations that are behind, what an
    issue has shown otherwise or what it has shown and is gone, and what an edition is compared with."""
    yield from copies(folders)
    yield from translations(folders, reading)
    with read_ledger(folders) as ledger:
        yield from what_was_forgotten(folders, ledger)
        yield from altered(folders, ledger)
        yield from overwritten(ledger, reading, today)
        yield from renamed(ledger, reading)
        yield from vanished(ledger, reading)
        yield from asks_what_was_issued_before(ledger, reading, today)


#: Turns that are looked through for the first that lies ahead; the others are due.
_AHEAD = 50


def coming(folders: Folders, now: datetime, reading: Reading) -> Iterator[DueItem]:
    """The turns that are tried before they come: what is to be built now, and the next of every plan."""
    done = remembered(folders)
    reports = tuple(reading.reports.reports.values())
    yield from (item for item in due(reports, done, now) if item.action == "build")
    for report in reports:
        ahead = (item for item in upcoming(report, done, _AHEAD) if item.due > now)
        yield from islice(ahead, 1)


def _committed(
    folders: Folders, file: str, known: Iterable[git.Version], now: Callable[[], Facts]
) -> Iterator[State]:
    """The states of one file; one that is the file of today is not read again."""
    today = git.text_of(folders.data.resolve().parent / file)
    for version in known:
        facts = now if version.text == today else cache(partial(facts_in, version.text, file))
        yield State(version.at, facts, version.first)


def _accepted(folders: Folders) -> Iterator[State]:
    ledger = read_ledger(folders)
    for issue in ledger.issues():
        if issue.state not in UNISSUED:
            yield State(issue.built, cache(partial(_facts, ledger, issue)), accepted=True)


def _facts(ledger: Ledger, issue: Issue) -> Facts:
    return ledger.facts(issue.snapshot).facts


def _age(state: State) -> float:
    return -state.at.timestamp()


# --- readiness --------------------------------------------------------------------------------------------


def boards(folders: Folders, reading: Reading, order: Order, now: datetime) -> tuple[Board, ...]:
    """The board of every report that *order* names (none named: of all), for its period or the next one due.

    Raises ReportError when the data is wrong: half of it would look like all.
    """
    if errors(reading.problems):
        raise ReportError(*reading.problems)
    known = past_of(folders, reading.dataset)
    seen = _seen(reading.dataset, known)
    names = order.reports or tuple(reading.reports.reports)
    with read_ledger(folders) as ledger:
        issues, passed = ledger.issues(), ledger.passed_over()
    found = []
    for report in build.chosen(reading.reports, Order(names, order.period)):
        job = plan(report, order.period or _next(folders, report), now.date())
        here = replace(seen, told=_told(reading, folders, job))
        over = (report.id, str(job.period)) in passed
        board = readiness(reading.at(job.cutoff), job, here, None if over else _deadline(job), now)
        found.append(replace(_in_the_plan(board, job, issues), passed_over=over))
    return tuple(found)


def _seen(dataset: Dataset, known: Past) -> Seen:
    """What the past tells of every record."""
    facts = changes.facts_of(dataset)
    files = {record: dataset.nodes[record].where.file for record in dataset.records}
    return Seen(
        touches={
            record: history.touched(record, facts[record], known.get(files[record], ())) for record in files
        },
        behind=frozenset(str(problem.args["record"]) for problem in history.behind(dataset, known)),
        unremembered=frozenset(record for record in files if files[record] not in known),
    )


def _next(folders: Folders, report: ReportDefinition) -> Period | None:
    """The next period the schedule asks for; None where there is none."""
    turns = upcoming(report, remembered(folders), 1)
    return turns[0].period if turns else None


def _deadline(job: Job) -> datetime | None:
    """When the period's report is due, in the time zone of its schedule."""
    schedule = job.report.schedule
    if schedule is None or job.period.start < schedule.since.start or job.period.kind != schedule.since.kind:
        return None
    return due_at(schedule.due, job.period).astimezone(ZoneInfo(schedule.due.zone))


def _in_the_plan(board: Board, job: Job, issues: Iterable[Issue]) -> Board:
    """The board with what schedule and ledger say of its deadline: of an issued period, whether that was kept."""
    schedule, deadline = job.report.schedule, board.deadline
    moves = bool(schedule and deadline and is_provisional(schedule.due, job.period))
    issued = _issued(job, issues)
    days = (deadline.date() - issued).days if deadline and issued else board.days
    return replace(board, issued=issued, days=days, provisional=moves and issued is None)


def _issued(job: Job, issues: Iterable[Issue]) -> date | None:
    """The day the period was issued first; None while nothing of it is in force."""
    here = [i for i in issues if (i.report, i.period) == (job.report.id, str(job.period)) and i.approved]
    if not any(issue.state in {"approved", "issued"} for issue in here):
        return None
    return min(day_of(issue.approved, job.report) for issue in here if issue.approved)


def _told(reading: Reading, folders: Folders, job: Job) -> Document | None:
    """The report as it reads now; None where it cannot be made: `check` says why."""
    try:
        return build.tell(reading, folders, job, job.report.languages[0]).document
    except ReportError:
        return None
