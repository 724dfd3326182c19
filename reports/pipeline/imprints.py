"""What makes a report an issue is printed into it: its number, which revision it is, what was corrected.

A draft is frozen before its number is known. Its final files hold signs in the places of what approval gives;
`stamped` puts that in, so that the file is, byte for byte, the one that would have been written with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.nodes import Blocks, Box, Document, Heading, Inlines, LineBreak, Text
from reports.model.imprint import DAY, NTH, OWN_NUMBERS, ROLE, TOTAL, Imprint
from reports.model.report_definitions import IssueNumber, Job
from reports.pipeline.corrections import as_said_in, section
from reports.pipeline.showing import Showing
from reports.records.changes import Computed, Snapshot
from reports.writers.word.ooxml import pack, unpack


class Notice(Struct, frozen=True):
    """What is known of an issue before it is made: its *number*, the day it was *approved* on ("" not yet), and of
    a correction what was so *then*, and is *now*."""

    revision: int = 1
    number: IssueNumber | None = None
    approved: str = ""
    then: Snapshot = Snapshot()
    now: Snapshot = Snapshot()


def imprints(job: Job, notice: Notice | None) -> tuple[Imprint | None, Imprint | None]:
    """What the files say as they are put in place now, and as they are issued.

    A report without approval that nobody corrects is none of both: it says nothing of drafts or numbers.
    """
    if notice is None and not job.report.approval:
        return None, None
    known = notice or Notice()
    number = known.number
    year, nth, total = (
        (number.year, str(number.nth), str(number.total)) if number else (job.period.year, "", "")
    )
    draft = Imprint("draft", year, nth, total, known.revision)
    issued = replace(
        draft, state="issued", nth=nth or NTH, total=total or TOTAL, approved=known.approved or DAY
    )
    return (issued if known.approved else draft), issued


def with_imprint(document: Document, imprint: Imprint | None) -> Document:
    """The document with the line of its number in the title block, unless it counts its issues itself."""
    if imprint is None or any(document.title(role) for role in OWN_NUMBERS):
        return document
    line: Inlines = (Text(imprint.number(document.lang)),)
    if said := imprint.correction(document.lang):
        line = (*line, LineBreak(), Text(said))
    return replace(document, meta=(*document.meta, (ROLE, line)))


def with_corrections(
    document: Document, shown: Sequence[Showing], worked_out: tuple[Computed, ...], notice: Notice | None
) -> Document:
    """The document with what was corrected at its end: before annexes, and before who gets it. It has *shown* this,
    and *worked_out* that of it."""
    if notice is None or notice.revision < 2:
        return document
    lang = "en" if document.lang == "en" else "zh"
    level = 2 if document.chapter else 1
    now = replace(notice.now, computed={document.lang: worked_out})
    then, now = (as_said_in(document.lang, one, lang) for one in (notice.then, now))
    added = section(then, now, shown, lang=lang, level=level, revision=notice.revision)
    end = _end_of_text(document.blocks)
    return replace(document, blocks=(*document.blocks[:end], *added, *document.blocks[end:]))


def _end_of_text(blocks: Blocks) -> int:
    for n, block in enumerate(blocks):
        annex = isinstance(block, Heading) and block.annex
        if annex or (isinstance(block, Box) and block.role == "distribution"):
            return n
    return len(blocks)


def stamped(files: Mapping[str, bytes], number: IssueNumber, day: date) -> dict[str, bytes]:
    """Return *files* with number and day in the places that wait for them. Raises ReportError (a PDF is laid out
    only now)."""
    given = {NTH: str(number.nth), TOTAL: str(number.total), DAY: day.isoformat()}
    return {name: _stamped(name, data, given) for name, data in files.items()}


def _stamped(name: str, data: bytes, given: Mapping[str, str]) -> bytes:
    suffix = name.rpartition(".")[2]
    waits_as_word = suffix == "pdf" and data.startswith(b"PK")
    done = reworded("docx" if waits_as_word else suffix, data, given)
    if not waits_as_word:
        return done
    from reports.writers import pdf  # noqa: PLC0415 - starts other programs, which few reports need

    return pdf.to_pdf(done, name, day_of(done))


_TEXTS = ("md", "html")


_WORD = "word/document.xml"


_CREATED = re.compile(rb"<dcterms:created[^>]*>(\d{4}-\d\d-\d\d)")


def reworded(suffix: str, data: bytes, given: Mapping[str, str]) -> bytes:
    """Return the file with every sign of *given* exchanged for its words; one of another kind as it is."""
    if suffix in _TEXTS:
        return _exchanged(data, given)
    if suffix != "docx":
        return data
    parts = unpack(data)
    return pack({**parts, _WORD: _exchanged(parts[_WORD], given)})


def _exchanged(data: bytes, given: Mapping[str, str]) -> bytes:
    if NTH in given and TOTAL.encode() in data and NTH.encode() not in data:
        # a release before this one has printed the number within the year into its drafts
        raise ReportError(Problem(Where(""), "issue/old-draft"))
    for sign, words in given.items():
        data = data.replace(sign.encode(), words.encode())
    return data


def day_of(word: bytes) -> date:
    """Return the day a Word file of ours says it was made on."""
    found = _CREATED.search(unpack(word)["docProps/core.xml"])
    assert found, "every file we write says its day"
    return date.fromisoformat(found[1].decode())
