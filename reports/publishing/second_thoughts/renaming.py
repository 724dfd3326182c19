"""A report or a record gets another id, and all that is remembered of it follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reports import files
from reports.diagnostics.problems import AlreadySoError, Problem, ReportError, Where, near
from reports.pipeline.read import Folders, read
from reports.publishing.acts import Act, acts, write_down
from reports.publishing.issue import UNISSUED, Issue
from reports.publishing.ledger import Ledger
from reports.publishing.output_folder import OpenOutput, Tell, opened
from reports.publishing.second_thoughts import new_names
from reports.publishing.second_thoughts.discarding import take_away
from reports.publishing.second_thoughts.skipping import Deed
from reports.records.data_lock import writing
from reports.records.editing import renaming
from reports.records.editing.additions import spots
from reports.records.editing.new_records import DataFolder, open_desk
from reports.records.editing.renaming import RewrittenFile

What = Literal["report", "record"]


class Renaming(Struct, frozen=True):
    """What is, or would be, done: the data files that change; of a report its issues, which follow, and its drafts, which
    are discarded: they bear the old id. *templates*: where templates name it, for a person to change."""

    what: What
    old: str
    new: str
    files: tuple[RewrittenFile, ...]
    templates: tuple[Problem, ...]
    issues: tuple[Issue, ...] = ()
    drafts: tuple[Issue, ...] = ()


def rename(folders: Folders, old: str, new: str, deed: Deed, *, tell: Tell, dry: bool = False) -> Renaming:
    """Give the report or record *old* the id *new*; where both bear it, *old* begins with `report:` or `record:`.

    *dry*: only say what would change. Raises ReportError.
    """
    _is_id(new)
    doing = f"rename {old} {new}"
    with opened(folders, doing, deed.at, tell=tell) as office, writing(folders.data, doing, tell, dry=dry):
        desk = open_desk(folders.data)
        what, old = _meant(folders, office.ledger, desk, (old, new))
        return _DO[what](office, desk, Act(deed.at, deed.by, "rename", new, why=deed.why), old, dry)


def _record(office: OpenOutput, desk: DataFolder, act: Act, old: str, dry: bool) -> Renaming:
    new = act.report
    done = Renaming(
        "record", old, new, renaming.record_renamed(desk, old, new), tuple(_in_templates(office.folders, old))
    )
    if dry:
        return done
    said = replace(act, report="", details={"before": old, "after": new})
    told = [one.details for one in acts(office.ledger) if one.what == "rename"]
    if not done.files and said.details in told:
        raise _already_so("", "rename/already", {"old": old, "new": new})
    renaming.write(done.files)
    write_down(office.ledger, said)  # killed before: run again, it finds all done but this
    return done


def _report(office: OpenOutput, desk: DataFolder, act: Act, old: str, dry: bool) -> Renaming:
    new, ledger, folders = act.report, office.ledger, office.folders
    if any(one.state not in UNISSUED for one in ledger.issues(new)):
        raise ReportError(Problem(Where(""), "rename/has-issues", {"old": old, "new": new}))
    of_both = (*ledger.issues(old), *ledger.issues(new))
    drafts = tuple(one for one in of_both if one.state == "draft")
    done = Renaming(
        "report", old, new, renaming.report_renamed(desk, old, new), tuple(_in_templates(folders, old)),
        tuple(one for one in ledger.issues(old) if one.state not in UNISSUED), drafts,
    )  # fmt: skip
    if dry:
        return done
    for one in drafts:
        take_away(folders, one)
    act = replace(act, details={"before": old})
    with ledger.transaction(act.at):
        for one in drafts:
            ledger.move_on(one, "discarded", {})
            write_down(
                ledger,
                replace(act, what="discard", report=one.report, period=one.period, revision=one.revision),
            )
            ledger.reopen((one.report, one.period))
        new_names.rename_in_ledger(ledger, act)
    new_names.rename_entry(folders, act)
    new_names.move_files(folders, ledger, act)
    return done


_DO = {"record": _record, "report": _report}


# --- which of them ------------------------------------------------------------------------------------------


def _is_id(new: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", new) or len(new) > 60:
        raise ReportError(Problem(Where(new), "data/bad-id", {"value": new}))
    if files.is_device(new):
        raise ReportError(Problem(Where(new), "data/device-name", {"value": new}))


def _meant(folders: Folders, ledger: Ledger, desk: DataFolder, ids: tuple[str, str]) -> tuple[What, str]:
    """What is to be renamed. It may bear the new id already, given by hand; then what is remembered knows the old one."""
    typed, new = ids
    kind, _, old = typed.rpartition(":")
    reports, records = read(folders.data).reports.reports, spots(desk)
    found: list[What] = []
    if old in reports or (new in reports and _remembered(ledger, old)):
        found.append("report")
    if old in records or (new in records and _was_named(ledger, desk, (old, new))):
        found.append("record")
    if old != new and kind in ("", *found) and (kind or len(found) == 1):
        return ("report" if kind == "report" else "record") if kind else found[0], old
    args: dict[str, object] = {"old": old, "new": new, "near": near(old, [*reports, *records])}
    if old == new:
        raise _already_so(typed, "rename/same", args)
    if not kind and found:
        raise ReportError(Problem(Where(typed), "rename/which", args))
    if new_names_it := _already(ledger, old):
        if new_names_it == new:
            raise _already_so(typed, "rename/already", {"old": old, "new": new})
        raise ReportError(
            Problem(Where(typed), "rename/otherwise", {"old": old, "new": new, "now": new_names_it})
        )
    raise ReportError(Problem(Where(typed), "rename/unknown", args))


def _already_so(typed: str, code: str, args: Mapping[str, object]) -> AlreadySoError:
    return AlreadySoError(Problem(Where(typed), code, args, "warning"))


def _remembered(ledger: Ledger, report: str) -> bool:
    return bool(ledger.issues(report) or any(turn[0] == report for turn in ledger.done().settled))


def _was_named(ledger: Ledger, desk: DataFolder, ids: tuple[str, str]) -> bool:
    """Whether the record bore the id formerly, or a link or an issue still names it."""
    old, new = ids
    if old in (spots(desk)[new].plain.get("formerly") or ()) or renaming.named_in_links(desk, old):
        return True
    return any(old in ledger.facts(issue.snapshot).facts for issue in ledger.issues())


def _already(ledger: Ledger, old: str) -> str:
    """The id that it was given before."""
    done = [act for act in acts(ledger) if act.what == "rename" and act.details["before"] == old]
    return str(done[-1].details.get("after") or done[-1].report) if done else ""


# --- templates ----------------------------------------------------------------------------------------------

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def _in_templates(folders: Folders, name: str) -> Iterator[Problem]:
    """Every place where the code of a template names it."""
    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    for path in sorted(folders.templates.rglob("*.j2")):
        text = path.read_text("utf-8", errors="replace")
        for code in _EXPRESSION.finditer(text):
            for found in word.finditer(code[0]):
                yield Problem(
                    _place(folders, path, text, code.start() + found.start()),
                    "rename/in-template",
                    {"id": name},
                    "warning",
                )


def _place(folders: Folders, path: Path, text: str, offset: int) -> Where:
    label = f"{folders.templates.name}/{path.relative_to(folders.templates).as_posix()}"
    begin = text.rfind("\n", 0, offset) + 1
    return Where(label, text.count("\n", 0, offset) + 1, offset - begin + 1)
