"""Issues as people read them: one in a line, and all that is known of one. For approve, history and show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import asdict

from reports.cli import deliveries
from reports.cli.output import local
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where, near
from reports.pipeline.read import STATE, Folders, read
from reports.publishing.acts import Act, acts
from reports.publishing.issue import Issue
from reports.publishing.ledger import Ledger
from reports.publishing.memory.adoption import is_adopted
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
    state = say(f"issue.{issue.state}", lang)
    return f"{issue.name}  {state}  {local(since(issue))}{number}{_approval(issue, lang)}"


def _approval(issue: Issue, lang: Lang) -> str:
    """Who approved it; of one no longer in force also when, since it was not they who took it back."""
    if not issue.approved_by:
        return ""
    if issue.approved is None or issue.state not in ("superseded", "withdrawn"):
        return f"  {issue.approved_by}"
    told = f"{say('issue.approved', lang)} {local(issue.approved)} {issue.approved_by}"
    return f"  ({told})" if lang == "en" else f"（{told}）"


def as_dict(issue: Issue, lang: Lang) -> dict[str, object]:
    """The same, and all its days, as plain values."""
    number = issue.number
    return {
        "name": issue.name,
        "report": issue.report,
        "period": issue.period,
        "revision": issue.revision,
        "state": issue.state,
        "number": {**asdict(number), "label": number.label(lang)} if number else None,
        "approved_by": issue.approved_by or None,
        **{day: _moment(getattr(issue, day)) for day in (*_DAYS, "withdrawn")},
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def all_of(ledger: Ledger, issue: Issue, lang: Lang, *, digests: bool = False) -> Iterator[str]:
    """All that is known of it: its days, its files, to whom it goes, what it changed; with *digests* by which files and
    data are known to machines."""
    yield line(issue, lang)
    for word in _DAYS:
        at = getattr(issue, word)
        if at:
            yield f"    {say(f'issue.{word}', lang)}: {local(at)}"
    for act in _acts(ledger, issue):
        yield f"    {say(f'act.{act.what}', lang)}{_letter(act, lang)}: {_deed(act)}"
    for name, sha256 in _files(issue).items():
        yield f"    {name}" + (f"  sha256:{sha256}" if digests else "")
    if digests:
        yield f"    {say('issue.data', lang)}  sha256:{issue.snapshot}"
    yield from (f"    {line}" for line in deliveries.went_to(ledger, issue, lang))
    if issue.revision > 1:
        yield f"    {say('issue.changes', lang)}:"
        changed = [_changed(one, lang) for one in _differing(ledger, issue, lang)]
        yield from (f"        {line}" for line in changed or [say("built.wording", lang)])


def all_as_dict(ledger: Ledger, issue: Issue, lang: Lang) -> dict[str, object]:
    """All of it, with the digests, as plain values."""
    differing = _differing(ledger, issue, lang) if issue.revision > 1 else ()
    return {
        **as_dict(issue, lang),
        "files": [{"file": name, "sha256": sha256} for name, sha256 in _files(issue).items()],
        "data": issue.snapshot,
        "acts": [act_as_dict(act) for act in _acts(ledger, issue)],
        "recipients_known": not is_adopted(ledger, issue),
        "recipients": [deliveries.as_dict(entry) for entry in deliveries.about(ledger, issue)],
        "changes": [
            {
                name: getattr(one, name) or None
                for name in ("what", "id", "record", "field", "before", "after")
            }
            for one in differing
        ],
    }


def act_line(act: Act, lang: Lang) -> str:
    """What was done to what, when and by whom, and why."""
    revision = f"/{act.revision}" if act.revision > 1 else ""
    name = "/".join(filter(None, (act.report, act.period))) + revision
    if act.what == "rename":
        name = f"{act.details['before']} → {act.details.get('after', act.report)}"
    return f"{name}  {say(f'act.{act.what}', lang)}{_letter(act, lang)}  {_deed(act)}"


def _letter(act: Act, lang: Lang) -> str:
    """Which entry of the outbox it was done to; "" of anything else."""
    if "to" not in act.details:
        return ""
    return f"  {act.details['id']} → {act.details['to'] or say('letter.folder', lang)}"


def act_as_dict(act: Act) -> dict[str, object]:
    """An act as plain values; of a rename the id before, and the one after; of a letter its id and whom it goes to."""
    renamed = act.details if act.what == "rename" else {}
    letter = {"id": act.details["id"], "to": act.details["to"] or None} if "to" in act.details else {}
    return {
        "what": act.what,
        "report": act.report or None,
        "period": act.period or None,
        "revision": act.revision or None,
        "at": act.at.isoformat(),
        "by": act.by,
        "why": act.why or None,
        **letter,
        **({"before": renamed["before"], "after": renamed.get("after", act.report)} if renamed else {}),
    }


#: What happens to an issue that goes its way.
_DAYS = ("built", "approved", "issued", "superseded")


def _files(issue: Issue) -> dict[str, str]:
    """Its files by their digests, as people see them now."""
    return {
        name: known.draft if issue.state == "draft" else known.final
        for name, known in issue.files.items()
        if not name.startswith(f"{STATE}/")  # its words, and those of its letters, which nobody opens
    }


def _acts(ledger: Ledger, issue: Issue) -> Iterator[Act]:
    """What people did to it; a period that is skipped has no revision."""
    for act in acts(ledger, issue.report):
        if act.period == issue.period and act.revision in (0, issue.revision):
            yield act


def _deed(act: Act) -> str:
    return "  ".join(filter(None, (local(act.at), act.by, act.why)))


def _differing(ledger: Ledger, issue: Issue, lang: Lang) -> tuple[Difference, ...]:
    """What differs from the revision before: record and field by their names, values as reports print them. A text that
    differs in another language alone is shown in that language."""
    before = next(i for i in ledger.issues(issue.report, issue.period) if i.revision == issue.revision - 1)
    then, now = ledger.compared(before, issue)
    found: dict[tuple[str, ...], Difference] = {}
    for language in (lang, "zh", "en", "zh-Hant"):
        for one in differences(then, now, language):
            found.setdefault((one.id, one.key, one.leaf), one)
    worked_out = computed_differences(ledger.facts(before.snapshot), ledger.facts(issue.snapshot), lang)
    return (*found.values(), *worked_out)


def _changed(one: Difference, lang: Lang) -> str:
    place = f"{one.record} ({one.id})" if one.id else ""
    values = f" {one.field}: {one.before} → {one.after}" if one.field else ""
    return f"{say(f'issue.{one.what}', lang)} {place}{values}".replace("  ", " ")
