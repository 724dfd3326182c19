"""The secretariat's commands: approve, history, show, run-due, schedule. A part of `cli`, which reads the options."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from reports import started
from reports.cli import delivery as mailroom
from reports.diagnostics.problems import Lang, Problem, ReportError, Where, near
from reports.model.report_definitions import ReportDefinition
from reports.model.schedule import DueItem
from reports.pipeline.read import STATE, Folders, read
from reports.publishing import issues as issuing
from reports.publishing.delivery import alarm, intents
from reports.publishing.issues import Tell
from reports.publishing.ledger import Issue, Ledger, Run, find, read_ledger
from reports.publishing.scheduler import rounds as duty
from reports.publishing.scheduler.timers import TIMERS, Installation
from reports.records.changes import read_snapshot
from reports.records.differences import differences
from reports.started import as_typed

_WORDS = {
    "draft": "草稿", "approved": "已批准", "issued": "已印发", "superseded": "已被更正", "done": "完成", "failed": "失败",
    "skipped": "跳过", "drafted": "已出草稿", "reminded": "已提醒", "build": "生成", "skip": "跳过", "remind": "提醒",
    "added": "增加", "removed": "删除", "changed": "改动", "by": "批准人", "files": "文件", "changes": "与上一版的不同",
    "built": "生成于", "due": "到期", "nothing": "无事可做", "none": "尚无记录", "data": "数据",
    "nobody": "没有发给任何人：投递未开启，或未写收件人；以后可用 run.py deliver 报告/时期 补发",
}  # fmt: skip
_ENGLISH = {
    "nothing": "nothing is due",
    "none": "nothing was built yet",
    "nobody": "it goes to nobody: delivery is off, or no recipients are named; run.py deliver REPORT/PERIOD sends it later",
    "changes": "differs from the revision before",
}


def approve(
    folders: Folders, report: str, period: str, by: str, now: datetime, *, lang: Lang, tell: Tell
) -> int:
    """Approve a draft and say what was issued."""
    _known(folders, report)
    issue = issuing.approve(folders, report, period, by, now, tell=tell, post=intents.intents)
    ledger = read_ledger(folders)
    print("\n".join(_shown(ledger, issue, lang)))
    if not any(mailroom.went_to(ledger, issue, lang)):
        print(_word("nobody", lang))
    return 0


def history(folders: Folders, report: str, lang: Lang) -> int:
    """One line an issue, one line a period that was skipped or failed; what happened last stands last."""
    ledger = read_ledger(folders)
    runs = ledger.runs(report)
    told = [(_last(issue), _line(issue, lang)) for issue in ledger.issues(report)]
    told += [(run.at, _run_line(run, lang)) for run in runs if run.outcome != "done"]
    for _, line in sorted(told, key=lambda one: one[0]):
        print(line)
    if not runs:
        _known(folders, report)
        print(_word("none", lang), file=sys.stderr)
    return 0


def show(folders: Folders, name: str, lang: Lang) -> int:
    """All that is known of an issue."""
    ledger = read_ledger(folders)
    print("\n".join(_shown(ledger, find(ledger.issues(), name), lang)))
    return 0


def run_due(folders: Folders, now: datetime, *, dry: bool, lang: Lang, tell: Tell) -> int:
    """Ask once, do what is due, or only say it; status 1 when something failed for good, or nobody knows."""
    if dry:
        _say_items(folders, duty.ask(folders, now), lang)
        return 0

    def told(outcome: duty.Outcome) -> None:
        print(f"{_word(outcome.state, lang)} {outcome.item.report} {outcome.item.period}", flush=True)
        for problem in outcome.problems:
            tell(problem)

    made = duty.whole_round(
        folders, lambda: now, alarm.Alarm(folders), tell=tell, done=told,
        delivered=lambda entry: print(mailroom.line_of(entry, lang), flush=True),
    )  # fmt: skip
    if not made.outcomes and not made.sent:
        print(_word("nothing", lang))
    failed = any(outcome.state == "failed" for outcome in made.outcomes)
    return 1 if failed or any(entry.state in mailroom.IN_DOUBT for entry in made.sent) else 0


def next_dates(folders: Folders, lang: Lang) -> int:
    """The next turns of every report, in the time zone of its schedule."""
    items = duty.next_dates(folders)
    if not items:
        raise ReportError(Problem(Where("reports.yaml"), "schedule/none"))
    reports = read(folders.data).reports.reports
    for item in items:
        print(f"{_by_plan(item, reports)}  {item.report}  {item.period}  {item.period.label(lang)}")
    return 0


def _by_plan(item: DueItem, reports: Mapping[str, ReportDefinition]) -> str:
    """When it is due, in the time zone of its schedule."""
    plan = reports[item.report].schedule
    assert plan
    return f"{item.due.astimezone(ZoneInfo(plan.due.zone)):%Y-%m-%d %H:%M} {plan.due.zone}"


def resident(folders: Folders, lang: Lang, log: Literal["lines", "json"]) -> int:
    """Stay and make rounds."""
    from reports.publishing.scheduler import resident as scheduler  # noqa: PLC0415 - only the resident job needs its library

    return scheduler.run(folders, lang, log, intents.intents)


def install(kind: str, folders: Folders, lang: Lang) -> int:
    """Print what makes the machine's clockwork ask, of these folders and in this language."""
    named = {"data": folders.data, "templates": folders.templates, "output": folders.output}
    options = tuple(f"--{name}={path.resolve()}" for name, path in named.items() if path != Path(name))
    print(TIMERS[kind](Installation(Path.cwd(), started.here().words, options, folders.output, lang)), end="")
    return 0


# --- what is shown ----------------------------------------------------------------------------------------


def _known(folders: Folders, report: str) -> None:
    known = read(folders.data).reports.reports
    if known and report and report not in known:
        args = {"name": report, "near": near(report, known), "known": ", ".join(known)}
        raise ReportError(Problem(Where("reports.yaml"), "job/unknown-report", args))


def _word(word: str, lang: Lang) -> str:
    return as_typed(_WORDS.get(word, word) if lang == "zh" else _ENGLISH.get(word, word))


def _local(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _line(issue: Issue, lang: Lang) -> str:
    number = f"  {issue.number.label(lang)}" if issue.number else ""
    by = f"  {issue.approved_by}" if issue.approved_by else ""
    return f"{issue.name}  {_word(issue.state, lang)}  {_local(_last(issue))}{number}{by}"


def _last(issue: Issue) -> datetime:
    """When it came into the state it is in."""
    return issue.superseded or issue.issued or issue.approved or issue.built


def _run_line(run: Run, lang: Lang) -> str:
    said = f"  {run.problems[0][lang]}" if run.problems else ""
    return f"{run.report}/{run.period}  {_word(run.outcome, lang)}  {_local(run.at)}{said}"


def _shown(ledger: Ledger, issue: Issue, lang: Lang) -> Iterator[str]:
    yield _line(issue, lang)
    for word in ("built", "approved", "issued", "superseded"):
        at = getattr(issue, word)
        if at:
            yield f"    {_word(word, lang)}: {_local(at)}"
    for name, digests in issue.files.items():
        if name.startswith(f"{STATE}/"):  # the words of its letters, which nobody opens
            continue
        yield f"    {name}  sha256:{digests.draft if issue.state == 'draft' else digests.final}"
    yield f"    {_word('data', lang)}  sha256:{issue.snapshot}"
    yield from (f"    {line}" for line in mailroom.went_to(ledger, issue, lang))
    if issue.revision > 1:
        yield f"    {_word('changes', lang)}:"
        yield from (f"        {line}" for line in _differing(ledger, issue, lang))


def _differing(ledger: Ledger, issue: Issue, lang: Lang) -> Iterator[str]:
    """What differs from the revision before: record and field by their names, values as reports print them."""
    before = next(i for i in ledger.issues(issue.report, issue.period) if i.revision == issue.revision - 1)
    then, now = (read_snapshot(ledger.snapshot(i.snapshot)) for i in (before, issue))
    for one in differences(then, now, lang):
        place = f"{one.record} ({one.id})"
        values = f" {one.field}: {one.before} → {one.after}" if one.field else ""
        yield f"{_word(one.what, lang)} {place}{values}"


def _say_items(folders: Folders, items: tuple[DueItem, ...], lang: Lang) -> None:
    reports = read(folders.data).reports.reports
    for item in items:
        moment = _by_plan(item, reports)
        print(f"{_word(item.action, lang)} {item.report} {item.period}  {_word('due', lang)} {moment}")
    if not items:
        print(_word("nothing", lang))
