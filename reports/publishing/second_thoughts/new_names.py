"""A report that gets another id: what the ledger remembers follows at once, then its entry, then the folder of its files.

The first is one transaction, which says that the rest is to be done. Whoever opens the output folder next does it: no
round is made in between, in which the report would be taken for a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec.structs import replace

from reports import files
from reports.pipeline.read import STATE, Folders
from reports.publishing import row_checksums
from reports.publishing.acts import Act, acts, write_down
from reports.publishing.issue import UNISSUED
from reports.publishing.ledger import Ledger
from reports.publishing.memory import issue_record

#: In the details of an act: it is written down, but not all of it is done.
UNFINISHED = "unfinished"


def rename_in_ledger(ledger: Ledger, act: Act) -> None:
    """Let all that is remembered of the report be remembered under its new id; Message-IDs that were given stay. What is
    remembered under that id of drafts, and of turns that the report has too, makes room. Part of a transaction."""
    old, new = str(act.details["before"]), act.report
    for issue in ledger.issues(new):
        assert issue.state in UNISSUED
        row_checksums.delete(ledger.connection, "issues", {"id": issue.id})
    for table in ("turns", "tries", "reminders"):
        for row in row_checksums.select(ledger.connection, table, {"report": old}):
            key = {"period": row["period"]}
            row_checksums.delete(ledger.connection, table, {"report": new, **key})
            row_checksums.put(ledger.connection, table, {"report": old, **key}, {"report": new})
    for table in ("issues", "runs", "outbox", "acts"):
        for row in row_checksums.select(ledger.connection, table, {"report": old}):
            row_checksums.put(ledger.connection, table, {"id": row["id"]}, _renamed(row, old, new))
    write_down(ledger, replace(act, details={**act.details, UNFINISHED: True}))


def _renamed(row: row_checksums.Row, old: str, new: str) -> dict[str, Any]:
    if "files" not in row:
        return {"report": new}
    listed = {path_in(name, old, new): digests for name, digests in json.loads(row["files"]).items()}
    return {"report": new, "files": json.dumps(listed, ensure_ascii=False, sort_keys=True)}


def path_in(name: str, old: str, new: str) -> str:
    """Where a file of the report lies then: in the folder of the new id, under its own name."""
    parts = list(PurePosixPath(name).parts)
    at = 2 if parts[0] == STATE else 0
    if parts[at] == old:
        parts[at] = new
    return str(PurePosixPath(*parts))


# --- what is left to be done --------------------------------------------------------------------------------


def unfinished(ledger: Ledger) -> Act | None:
    """A renaming that was written down, and is not all done."""
    return next((act for act in acts(ledger) if act.details.get(UNFINISHED)), None)


def rename_entry(folders: Folders, act: Act) -> bool:
    """Give the report its new id among the reports; False where it has it. Raises ReportError."""
    from reports.records.editing import new_records, renaming  # noqa: PLC0415 - hardly any run needs it

    files.sweep(folders.data)
    desk = new_records.open_desk(folders.data)
    changed = renaming.report_renamed(desk, str(act.details["before"]), act.report)
    renaming.write(changed)
    return bool(changed)


def move_files(folders: Folders, ledger: Ledger, act: Act) -> None:
    """Move what is issued into the folder of the new id; now all is done. Raises ReportError."""
    for folder in _folders(folders.output):
        _move(folder / str(act.details["before"]), folder / act.report)
    details = {name: value for name, value in act.details.items() if name != UNFINISHED}
    with ledger.transaction(act.at):
        [*_, row] = row_checksums.select(ledger.connection, "acts", {"what": "rename", "report": act.report})
        told = json.dumps(details, ensure_ascii=False, sort_keys=True)
        row_checksums.put(ledger.connection, "acts", {"id": row["id"]}, {"details": told})


def _folders(output: Path) -> Iterator[Path]:
    """The folders in which each report has one: the output, and of what is kept beside the issues each kind."""
    yield output
    yield from (path for path in sorted((output / STATE).glob("*")) if path.is_dir() and path.name != "files")


def _move(old: Path, new: Path) -> None:
    """Move all files from one folder to the other; what is there under the same name stays as it is. A record of an
    issue goes: the ledger writes it anew, and one that stayed would be taken for another issue."""
    for path in sorted(path for path in old.rglob("*") if path.is_file()):
        target = new / path.relative_to(old)
        if path.name == issue_record.NAME:
            files.remove(path)
        elif not target.exists():
            files.move(path, target)
    for folder in sorted((path for path in old.rglob("*") if path.is_dir()), reverse=True):
        files.remove_folder(folder)
    files.remove_folder(old)
