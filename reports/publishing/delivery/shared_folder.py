"""Issues put into the shared folder: each file under its own name, seen whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.pipeline.read import STATE
from reports.publishing import store
from reports.publishing.delivery.attempts import DeliveryRound, first, settled
from reports.publishing.delivery.letters import issue_of
from reports.publishing.delivery.smtp import Answer
from reports.publishing.outbox import Entry, Intent

#: Within the shared folder: where a file is written before it gets its name.
WORKSHOP = ".progress-reports"


def by_folder(round_: DeliveryRound, entries: Sequence[Entry]) -> Iterator[Entry]:
    """Every file of an issue under its own name; seen whole or not at all."""
    for entry in entries:
        try:
            _copy(round_, entry.intent)
        except ReportError as error:
            yield settled(round_, entry, Answer("pending", first(error)))
        else:
            yield settled(round_, entry, Answer("sent", "written"))


def _copy(round_: DeliveryRound, intent: Intent) -> None:
    root = Path(intent.recipient)
    if not root.is_dir():
        raise ReportError(Problem(Where("delivery.yaml"), "delivery/no-folder"))
    files.sweep(root / WORKSHOP)
    for name, digests in issue_of(round_.room, intent).files.items():
        if PurePosixPath(name).parts[0] == STATE:
            continue
        data = store.stored(round_.room.office.folders, digests.final)
        if not data:
            raise ReportError(Problem(Where(name), "issue/lost-file", {"name": name}))
        files.write(root / name, data, root / WORKSHOP)
    files.remove_folder(root / WORKSHOP)  # where a leading dot hides nothing, people see it
