"""A note beside the files of an issue that was withdrawn: they stay as they are, and nobody takes them for valid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from reports.diagnostics.words.mail import LETTERS
from reports.pipeline.read import STATE
from reports.publishing.acts import Act, acts
from reports.publishing.issue import Issue
from reports.publishing.ledger import Ledger

#: In both languages, for whoever opens the folder.
NOTE = "已撤回 WITHDRAWN.txt"


def notes(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """The notes that belong beside the files of each issue that was withdrawn: paths below the output folder, and what
    they say."""
    done = {(one.report, one.period, one.revision): one for one in acts(ledger) if one.what == "withdraw"}
    for issue in ledger.issues():
        act = done.get((issue.report, issue.period, issue.revision))
        if issue.state == "withdrawn" and act:
            yield from ((str(folder / NOTE), note(issue, act)) for folder in _folders(issue))


def note(issue: Issue, act: Act) -> bytes:
    """What the note says."""
    names = sorted(PurePosixPath(name).name for name in issue.files if _is_shown(name))
    told = {"name": issue.name, "day": act.details["day"], "why": act.why}
    title = act.details.get("title") or {}  # an older release did not keep it
    said = (
        LETTERS.say(
            "withdrawn-note",
            lang,
            title=title.get(lang, issue.report),
            number=issue.number.label(lang) if issue.number else issue.name,
            files=LETTERS.say("between", lang).join(names),
            **told,
        )
        for lang in ("zh", "en")
    )
    return "\n\n".join(said).encode() + b"\n"


def _folders(issue: Issue) -> set[PurePosixPath]:
    return {PurePosixPath(name).parent for name in issue.files if _is_shown(name)}


def _is_shown(name: str) -> bool:
    return not name.startswith(f"{STATE}/")
