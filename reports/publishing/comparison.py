"""What would be made now beside what is issued: does anything read otherwise?

Facts are compared with the facts of the issue, words with its words. That a file would have other bytes, or a picture
other pixels, is the doing of tools: of another release of this product, of Python, matplotlib or LibreOffice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from reports.model.periods import Period
from reports.model.report_definitions import ReportDefinition, plan
from reports.pipeline.build import Made, tell, words_of
from reports.pipeline.corrections import as_said_in, sentences
from reports.pipeline.read import STATE, Folders, Reading
from reports.pipeline.showing import Showing
from reports.publishing.issue import Issue
from reports.publishing.ledger import Ledger
from reports.publishing.output_folder import OpenOutput
from reports.publishing.store import digest_of, stored
from reports.records.changes import Snapshot, facts_of
from reports.writers.word.ooxml import unpack

#: What differs, as sentences in zh and en.
Told = Mapping[str, Sequence[str]]


def differing(ledger: Ledger, issue: Issue, now: Snapshot, shown: Mapping[str, Sequence[Showing]]) -> Told:
    """The facts *shown* in each edition that are others *now* than in *issue*."""
    then = known_to(ledger.facts(issue.snapshot), now)
    told: dict[str, list[str]] = {"zh": [], "en": []}
    for edition, showings in shown.items():
        for lang, said in told.items():
            # What was worked out is in the words of its edition: it is told from that of the language itself.
            whose = edition if edition == lang or lang not in shown else ""
            before, after = (as_said_in(whose, one, lang) for one in (then, now))
            said += [line for line in sentences(before, after, showings, lang) if line not in said]
    return told


def since_drafted(
    office: OpenOutput, reading: Reading, report: ReportDefinition, drafted: Issue
) -> Told | None:
    """What would read otherwise in a draft that were made now, as of its own day; None where nothing would. No fact may
    differ where wording or looks do."""
    cutoff = office.ledger.facts(drafted.snapshot).cutoff
    if cutoff is None:  # kept before records knew their days
        return None
    job = plan(report, Period.parse(drafted.period), office.now.date())
    job = replace(job, as_of=cutoff.as_of, closed=cutoff.closed)
    editions = [tell(reading, office.folders, job, lang) for lang in report.languages]
    facts = facts_of(reading.at(cutoff), report.programmes)
    now = Snapshot(facts, cutoff, {edition.lang: edition.computed for edition in editions})
    told = differing(office.ledger, drafted, now, {edition.lang: edition.shown for edition in editions})
    known = digests_of(drafted)
    words = {f"{one.lang}.txt": digest_of(words_of(one, office.folders)) for one in editions}
    same = all(known.get(name, digest) == digest for name, digest in words.items())
    return None if same and not any(told.values()) else told


def known_to(then: Snapshot, now: Snapshot) -> Snapshot:
    """What was so *then*, to be compared with what is so *now*."""
    return replace(then, facts=then.known_to(now.facts))


def reads_the_same(folders: Folders, issue: Issue, made: Made) -> bool:
    """Whether all editions *made*, with the number of *issue* in them, have its words."""
    texts = {
        file_of(name, issue.period): data for name, data in made.final.items() if name.startswith(_TEXTS)
    }
    if any(name.startswith(_TEXTS) for name in issue.files):
        known = digests_of(issue)
        return all(known.get(name) == digest_of(data) for name, data in texts.items())
    return _files_read_the_same(folders, issue, made, {name.partition(".")[0] for name in texts})


def digests_of(issue: Issue) -> Mapping[str, str]:
    """The digests of the files of *issue* as they are issued, by `file_of`."""
    return {file_of(name, issue.period): digests.final for name, digests in issue.files.items()}


def file_of(name: str, period: str) -> str:
    """What a file is of an issue, in whichever folder it lies and whatever its report is called: zh.docx."""
    return PurePosixPath(name).name.partition(f"-{period}.")[2]


_TEXTS = f"{STATE}/text/"


# --- issues from before their words were kept ---------------------------------------------------------------


def _files_read_the_same(folders: Folders, issue: Issue, made: Made, editions: set[str]) -> bool:
    """The same asked of the files themselves: those of words, of every edition."""
    known = digests_of(issue)
    found = {
        name: data
        for path, data in made.final.items()
        if (name := file_of(path, issue.period)) in known
        and name.rpartition(".")[2] in ("docx", "md", "html")
    }
    return editions <= {name.partition(".")[0] for name in found} and all(
        known[name] == digest_of(data) or _parts(name, stored(folders, known[name])) == _parts(name, data)
        for name, data in found.items()
    )


def _parts(name: str, data: bytes) -> Mapping[str, bytes]:
    """What a file says: of a Word file what its pages are made of, without pictures, and however it is packed."""
    if not name.endswith(".docx") or not data:
        return {name: data}
    pages = (part for part in unpack(data).items() if part[0].startswith("word/"))
    return {part: told for part, told in pages if not part.startswith("word/media/")}
