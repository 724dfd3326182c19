"""Whether the ledger knows all that was issued: what it forgot is never made a second time.

A ledger that is gone is a first start only where nothing was issued. One that is older than the issues in the output
folder (a backup that was put back, a program that keeps folders alike) would number, issue and send again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.pipeline.read import STATE, Folders
from reports.publishing.database import NAME
from reports.publishing.issue import UNISSUED
from reports.publishing.ledger import Ledger
from reports.publishing.memory import issue_record
from reports.publishing.memory.issue_record import IssueRecord, folder_of, read_record


def forgotten(folders: Folders, ledger: Ledger) -> tuple[IssueRecord, ...]:
    """The issues in the output folder that *ledger* does not know, in the order of their approval.

    They are told by the digests of their files: an issue of the same name may be another. Only the first line of each
    record is read.
    """
    known = {
        digests.final
        for issue in ledger.issues()
        if issue.state not in UNISSUED
        for digests in issue.files.values()
    }
    found = (record for path in _records(folders) if (record := read_record(path)))
    unknown = (one for one in found if any(d.final not in known for d in one.issue.files.values()))
    return tuple(sorted(unknown, key=lambda one: (one.issue.approved or one.issue.built, one.issue.name)))


def _records(folders: Folders) -> Iterator[Path]:
    return (path for one in _issue_folders(folders) if (path := one / issue_record.NAME).is_file())


def _issue_folders(folders: Folders) -> Iterator[Path]:
    """Every folder in which an issue may lie: of a period, and of each correction within."""
    for report in _below(folders.output):
        for period in _below(report):
            yield period
            yield from (one for one in _below(period) if one.name.startswith("revision-"))


def _below(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def what_was_forgotten(folders: Folders, ledger: Ledger) -> Iterator[Problem]:
    """Say what was issued that *ledger* does not know, and what to do; nothing where it knows all."""
    found, untold = forgotten(folders, ledger), tuple(without_record(folders, ledger))
    if found:
        path = folders.output / STATE / NAME
        yield Problem(Where(str(path)), "memory/lost", {"count": len(found)})
    yield from untold
    for record in found:
        issue = record.issue
        number = issue.number
        args = {
            "issue": issue.name,
            "day": (issue.approved or issue.built).date().isoformat(),
            "number": f"{number.year}/{number.nth}, {number.total}" if number else "–",
        }
        yield Problem(Where(str(folders.output / record.folder)), "memory/forgotten", args)


def lacking(folders: Folders, ledger: Ledger) -> Problem | None:
    """The warning that *ledger* does not know all that was issued, for who only reads it; None where it does."""
    found = next(what_was_forgotten(folders, ledger), None)
    if found is None:
        return None
    code = "memory/lacking" if found.code == "memory/lost" else found.code
    return Problem(found.where, code, found.args, "warning")


def require_memory(folders: Folders, ledger: Ledger) -> None:
    """Raise ReportError where something was issued that *ledger* does not know."""
    if problems := tuple(what_was_forgotten(folders, ledger)):
        raise ReportError(*problems)


def without_record(folders: Folders, ledger: Ledger) -> Iterator[Problem]:
    """What was issued where the ledger knows nothing of a period, and no record tells of it: it was spoiled, or an older
    release wrote none. Of a period that it knows, it may be the draft of a correction that a killed run left."""
    known = {folders.output / folder_of(issue) for issue in ledger.issues() if issue.files}
    for folder in _issue_folders(folders):
        path = folder / issue_record.NAME
        if {folder, folder.parent} & known or (path.is_file() and read_record(path)):
            continue
        if path.is_file():
            yield Problem(Where(str(path)), "memory/record-changed")
        elif name := next((file.name for file in sorted(folder.iterdir()) if _was_issued(file)), ""):
            yield Problem(Where(str(folder)), "memory/no-record", {"name": name})


#: The number of an issue as it is printed; a draft has none yet.
_NUMBER = re.compile("[总總]第[0-9]+期|no\\. [0-9]+ overall")


def _was_issued(file: Path) -> bool:
    """Whether a file of ours, by its name, carries the number of an issue."""
    folder = next(one for one in file.parents if not one.name.startswith("revision-"))
    if not file.name.startswith(f"{folder.parent.name}-{folder.name}."):
        return False
    try:
        if file.suffix == ".docx":
            return bool(_NUMBER.search(_letters_of(file)))
        return file.suffix in _TEXTS and bool(_NUMBER.search(file.read_text("utf-8", "replace")))
    except (OSError, ReportError):
        return False


_TEXTS = (".md", ".html")


def _letters_of(word: Path) -> str:
    from reports.writers.word.incoming import Package  # noqa: PLC0415 - loads lxml, for what an older release left

    letters = _Letters()
    with Package(word) as package:
        package.read(package.main, letters, needed=True)
    return "".join(letters.found)


class _Letters:
    """All letters of a part, without its marks."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        """Marks say nothing here."""

    def end(self, _tag: str) -> None:
        """As above."""

    def data(self, text: str) -> None:
        """Keep them."""
        self.found.append(text)


# --- copies that other programs made ------------------------------------------------------------------------

#: What we write ourselves beside the ledger.
_OURS = re.compile(
    r"ledger(\.(backup|version-\d+|damaged-\d+|before-\d+))?\.sqlite(-journal|-wal|-shm)?|\..*"
)


def copies(folders: Folders) -> Iterator[Problem]:
    """Say which copies of the ledger another program has put beside it: two machines have worked here at once.

    OneDrive adds the name of the machine, Dropbox and Nutstore words for a conflict, browsers and people a number or
    副本. None of them is read.
    """
    state = folders.output / STATE
    for path in sorted(state.glob("*ledger*.sqlite*")):
        if not _OURS.fullmatch(path.name):
            yield Problem(Where(str(path)), "memory/copy", {"name": path.name, "ledger": NAME}, "warning")
