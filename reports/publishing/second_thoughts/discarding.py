"""A draft that nobody wants: its files go, what is remembered of it stays."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.pipeline.read import STATE, Folders
from reports.publishing import outbox
from reports.publishing.acts import Act, write_down
from reports.publishing.issue import IN_FORCE, UNISSUED, Issue
from reports.publishing.ledger import Ledger
from reports.publishing.output_folder import OpenOutput, Tell, opened
from reports.publishing.second_thoughts.skipping import Deed, pass_over
from reports.publishing.store import digest_of


class Discarded(Struct, frozen=True):
    """A draft that is gone: the files that were *removed*, and those *kept* because they are not as they were built;
    *correction*: of something that is issued."""

    issue: Issue
    removed: tuple[Path, ...]
    kept: tuple[Path, ...]
    correction: bool


def discard(
    folders: Folders, report: str, period: str, deed: Deed, *, tell: Tell, dry: bool = False
) -> Discarded:
    """Discard the draft of a period; where nothing is issued of it, the schedule does not make it again by itself.

    *dry*: only say what would go. Raises ReportError where there is no draft.
    """
    with opened(folders, f"discard {report} {period}", deed.at, tell=tell) as office:
        drafted = _draft(office.ledger, report, period)
        gone, kept = _as_built(folders, drafted) if dry else take_away(folders, drafted)
        correction = any(one.state not in UNISSUED for one in office.ledger.issues(report, period))
        if not dry:
            _forget(office, drafted, deed, over=not correction)
        return Discarded(drafted, _for_people(gone), _for_people(kept), correction)


def take_away(folders: Folders, drafted: Issue) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Remove the files of a draft that are as they were built; return them, and those that stay."""
    built, changed = _as_built(folders, drafted)
    held = tuple(path for path in built if not _removed(folders, path))
    return tuple(path for path in built if path not in held), (*changed, *held)


def _forget(office: OpenOutput, drafted: Issue, deed: Deed, *, over: bool) -> None:
    """Killed before this, it is a draft without files, which can be discarded, or built, again."""
    ledger, turn = office.ledger, (drafted.report, drafted.period)
    with ledger.transaction(deed.at):
        ledger.move_on(drafted, "discarded", {})
        outbox.call_off(ledger, turn, ("draft",), deed.at, "discarded")
        if over:
            pass_over(ledger, turn, deed.at, "discarded")
        write_down(ledger, Act(deed.at, deed.by, "discard", *turn, drafted.revision, deed.why))


def _draft(ledger: Ledger, report: str, period: str) -> Issue:
    drafted = ledger.latest(report, period, "draft")
    if drafted is None:
        known = [f"{one.report} {one.period}" for one in ledger.issues() if one.state == "draft"]
        standing = ledger.latest(report, period, *IN_FORCE) or ledger.latest(report, period, "withdrawn")
        args = {"report": report, "period": period, "near": near(f"{report} {period}", known)}
        args["known"] = ", ".join(dict.fromkeys(known)) or "–"
        code = "discard/no-draft"
        if standing:
            code = "issue/withdrawn" if standing.withdrawn else "discard/issued"
        raise ReportError(Problem(Where(""), code, args))
    return drafted


def _as_built(folders: Folders, drafted: Issue) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files of a draft that are as they were built, and those that somebody has changed since."""
    there = [(folders.output / name, of.draft) for name, of in drafted.files.items()]
    same = {path: digest_of(path.read_bytes()) == digest for path, digest in there if path.is_file()}
    return tuple(p for p, built in same.items() if built), tuple(p for p, built in same.items() if not built)


def _removed(folders: Folders, path: Path) -> bool:
    """Take a file away, and the folders that are empty without it; False where a program holds it open."""
    files.remove(path)
    for folder in path.relative_to(folders.output).parents[:-1]:
        files.remove_folder(folders.output / folder)
    return not path.exists()


def _for_people(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(path for path in paths if STATE not in path.parts)
