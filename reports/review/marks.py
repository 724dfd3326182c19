"""What a reader left in a Word file, as values: marks, the facts they are about, the file as a whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from reports.diagnostics.problems import Problem

Form = Literal["comment", "reply", "insertion", "deletion", "replacement", "move", "edit"]


class Printed(Struct, frozen=True):
    """A fact as the file was made: its bookmark's number, its record and field, the value there, the words shown.

    *on* is the day of the entry it was said in, *report* that the record is the definition of a report. What was
    worked out by a *rule* has no record of its own, and all it comes from in *of*.
    """

    number: int
    record: str
    field: str
    value: str
    shown: str
    on: str = ""
    report: bool = False
    rule: str = ""
    of: tuple[Printed, ...] = ()

    def origins(self) -> Iterator[Printed]:
        """Yield what stands in the data: itself, or all it was worked out from."""
        if self.record:
            yield self
        for one in self.of:
            yield from one.origins()

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other value."""
        return (self.report, self.record, self.field, self.on, self.number if self.rule else 0)

    @property
    def name(self) -> str:
        """Record and field, and the day."""
        return ".".join(part for part in (self.record, self.field) if part) + (
            f" ({self.on})" if self.on else ""
        )


class Mark(Struct, frozen=True):
    """One thing a reader left.

    *date* is as the file gives it, up to minutes ("2023-06-09T10:05"), "" where it gives none. *quoted* are the
    words it is about, *text* what was said or written instead. *facts* are those inside these words; where there
    is none, the nearest one (*near*). *section* is the heading above. *key* names a comment within its file,
    *answers* that of the comment it replies to, *remark* the id of our own remark it replies to. *order* puts
    marks of several copies of one report in the order of the report.
    """

    form: Form
    by: str
    date: str
    quoted: str
    text: str
    order: tuple[int, ...]
    facts: tuple[Printed, ...] = ()
    near: bool = False
    section: str = ""
    key: str = ""
    answers: str = ""
    remark: str = ""
    resolved: bool = False


class ReturnedFile(Struct, frozen=True):
    """A file that came back. *report* and *period* are "" where it does not say them; *places*: it still has the
    part that leads to the data. *saved_by* is who saved it last, and *saved* when, as it says itself.
    *fingerprint* is the same for all copies of one build, *lang* its language, "" where it does not say that. *problems* say what of it could not be read."""

    file: str
    report: str = ""
    period: str = ""
    title: str = ""
    saved_by: str = ""
    saved: str = ""
    places: bool = False
    fingerprint: str = ""
    marks: tuple[Mark, ...] = ()
    printed: tuple[Printed, ...] = ()
    problems: tuple[Problem, ...] = ()
    lang: str = ""


def squeezed(text: str) -> str:
    """Return *text* without spaces and line ends: programs that save a file again change these."""
    return re.sub(r"\s+", "", text)


def digest(*parts: str) -> str:
    """Return eight signs that stand for *parts*, spaces aside."""
    return hashlib.sha256("\0".join(map(squeezed, parts)).encode()).hexdigest()[:8]


#: What YAML and our templates keep for themselves; some line ends among them are only another spelling.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: Those no data file may hold, and those that would say that it was saved in a wrong encoding.
_UNFIT = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ue000-\ue00f\ud800-\udfff]|锟斤拷")


def cleaned(text: str, most: int = 0) -> str:
    """Return *text* with letters that data files may hold; cut behind *most* letters, which then says so."""
    text = _UNFIT.sub("\N{WHITE SQUARE}", _LINE_ENDS.sub("\n", text.replace("\ufeff", ""))).strip()
    return f"{text[:most]}… [+{len(text) - most}]" if most and len(text) > most else text
