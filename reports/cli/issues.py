"""Issues as people read them: one in a line, and all that is known of one. For approve, history and show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from reports.cli import deliveries
from reports.cli.output import local
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where, near
from reports.pipeline.read import STATE, Folders, read
from reports.publishing.acts import Act, acts
from reports.publishing.issue import Issue
from reports.publishing.ledger import Ledger
from reports.records.computed import computed_differences
from reports.records.differences import Difference, differences


def require_report(folders: Folders, report: str) -> None:
    """Raise ReportError where there are reports, and *report* is named and none of them."""
    known = read(folders.data).reports.reports
    if known and report and report not in known:
        args = {"name": report, "near": near(report, known), "known": ", ".join(known)}
        raise ReportError(Problem(Where("reports.yaml"), "job/unknown-report", args))


def since(issue: Issue) -> datetime:
    """When it came into the state it is in."""
    return issue.withdrawn or issue.superseded or issue.issued or issue.approved or issue.built


def line(issue: Issue, lang: Lang) -> str:
    """Its name, its state and since when, its number, who approved it."""
    number = f"  {issue.number.label(lang)}" if issue.number else ""
    by = f"  {issue.approved_by}" if issue.approved_by else ""
    state = say(f"issue.{issue.state}", lang)
    return f"{issue.name}  {state}  {local(since(issue))}{number}{by}"


def all_of(ledger: Ledger, issue: Issue, lang: Lang, *, digests: bool = False) -> Iterator[str]:
    """All that is known of it: its days, its files, to whom it goes, what it changed; with *digests* by which files and
    data are known to machines."""
    yield line(issue, lang)
    for word in ("built", "approved", "issued", "superseded"):
        at = getattr(issue, word)
        if at:
            yield f"    {say(f'issue.{word}', lang)}: {local(at)}"
    yield from (f"    {said}" for said in _acts(ledger, issue, lang))
    for name, known in issue.files.items():
        if name.startswith(f"{STATE}/"):  # its words, and those of its letters, which nobody opens
            continue
        digest = f"  sha256:{known.draft if issue.state == 'draft' else known.final}" if digests else ""
        yield f"    {name}{digest}"
    if digests:
        yield f"    {say('issue.data', lang)}  sha256:{issue.snapshot}"
    yield from (f"    {line}" for line in deliveries.went_to(ledger, issue, lang))
    if issue.revision > 1:
        yield f"    {say('issue.changes', lang)}:"
        yield from (f"        {line}" for line in _differing(ledger, issue, lang))


def act_line(act: Act, lang: Lang) -> str:
    """What was done to what, when and by whom, and why."""
    revision = f"/{act.revision}" if act.revision > 1 else ""
    name = "/".join(filter(None, (act.report, act.period))) + revision
    if act.what == "rename":
        name = f"{act.details['before']} → {act.details.get('after', act.report)}"
    return f"{name}  {say(f'act.{act.what}', lang)}  {_deed(act)}"


def _acts(ledger: Ledger, issue: Issue, lang: Lang) -> Iterator[str]:
    """What people did to it, and why; a period that is skipped has no revision."""
    for act in acts(ledger, issue.report):
        if act.period == issue.period and act.revision in (0, issue.revision):
            yield f"{say(f'act.{act.what}', lang)}: {_deed(act)}"


def _deed(act: Act) -> str:
    return "  ".join(filter(None, (local(act.at), act.by, act.why)))


def _differing(ledger: Ledger, issue: Issue, lang: Lang) -> Iterator[str]:
    """What differs from the revision before: record and field by their names, values as reports print them. A text that
    differs in another language alone is shown in that language."""
    before = next(i for i in ledger.issues(issue.report, issue.period) if i.revision == issue.revision - 1)
    then, now = ledger.compared(before, issue)
    found: dict[tuple[str, ...], Difference] = {}
    for language in (lang, "zh", "en", "zh-Hant"):
        for one in differences(then, now, language):
            found.setdefault((one.id, one.key, one.leaf), one)
    worked_out = computed_differences(ledger.facts(before.snapshot), ledger.facts(issue.snapshot), lang)
    for one in (*found.values(), *worked_out):
        place = f"{one.record} ({one.id})" if one.id else ""
        values = f" {one.field}: {one.before} → {one.after}" if one.field else ""
        yield f"{say(f'issue.{one.what}', lang)} {place}{values}".replace("  ", " ")
