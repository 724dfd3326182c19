"""Kinds about documents: sources, themes, pictures, and what reviewers and references say."""

from typing import Annotated, Literal

from msgspec import Meta

from reports.model.records import ActorId, AnyId, LinkTo, Locator, OrganisationId, Part, Record
from reports.model.values import BilingualText, DateField, TextField


class Source(Record):
    """A document facts are taken from."""

    kind = "source"
    plural = "sources"
    source: tuple[Locator, ...] = ()
    title: TextField
    genre: Literal["slides", "yearbook", "news", "web page", "manuscript", "minutes", "letter", "form"]
    author: ActorId | None = None
    publisher: OrganisationId | None = None
    department: OrganisationId | None = None
    editor: ActorId | None = None
    date: DateField | None = None
    place: TextField | None = None
    language: Literal["zh", "en", "zh-Hant"] = "zh"
    import_note: TextField | None = None


class Theme(Record):
    """A subject under which a report gathers records, in the order of the file."""

    kind = "theme"
    plural = "themes"
    source: tuple[Locator, ...] = ()
    title: TextField
    text: TextField | None = None
    group: str | None = None
    owner: ActorId | None = None


class Figure(Record):
    """A picture, or the place kept for one. *file* is a path inside the data folder."""

    kind = "figure"
    plural = "figures"
    dated = ()
    caption: TextField
    alt: TextField | None = None
    file: str | None = None
    shows: tuple[AnyId, ...] = ()


class Work(Part):
    """A published work, as a reference list needs it. *medium* is the letter GB/T 7714 puts behind the title."""

    authors: tuple[str, ...] = ()
    title: str
    medium: Literal["M", "C", "N", "J", "D", "R", "S", "P", "A", "G", "DB", "CP", "DS", "PP", "EB/OL", "J/OL"]
    container: str | None = None
    place: str | None = None
    publisher: str | None = None
    year: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    accessed: DateField | None = None
    url: str | None = None


class Citation(Record):
    """A work a source cites: *title* says what it is cited for, *work* is its entry in the reference list, left
    out where the source has none."""

    kind = "citation"
    plural = "citations"
    dated = ()
    number: Annotated[int, Meta(ge=1)]
    title: TextField
    work: Work | None = None


class Remark(Record):
    """A reviewer's mark on a text, or a flaw found when a source was taken in; it lives until it is settled.

    *on* is the record the mark is about, *target* the place in words; *counterpart* is the mark that is to be
    settled with it (a text said twice is marked at both places).
    """

    kind = "remark"
    plural = "remarks"
    timeless = True
    dated = ("date",)
    number: Annotated[int, Meta(ge=1)]
    target: TextField
    on: AnyId | None = None
    counterpart: Annotated[str, LinkTo(("remark",))] | None = None
    request: TextField
    type: Literal["duplication", "check", "citation", "layout", "typography", "conflict"]
    origin: Literal["reviewer", "import"] = "reviewer"
    by: ActorId | None = None
    date: DateField | None = None
    status: Literal["open", "done", "declined"] = "open"
    resolution: TextField | None = None


class Comment(Record):
    """What a reader wrote into a report that came back; it lives until it is settled.

    *text* and *quoted* are his words and those they are about, as they stood in the file: one language, never
    changed. *on* is the record, *field* the path below it that the words came from.
    """

    kind = "comment"
    plural = "comments"
    timeless = True
    dated = ("date",)
    source: tuple[Locator, ...] = ()
    report: str | None = None
    period: str | None = None
    by: str | None = None
    date: DateField | None = None
    form: Literal["comment", "reply", "insertion", "deletion", "replacement", "move", "edit"] = "comment"
    section: str | None = None
    quoted: str | None = None
    text: str | None = None
    on: AnyId | None = None
    field: str | None = None
    thread: Annotated[str, LinkTo(("comment",))] | None = None
    status: Literal["open", "done", "declined"] = "open"
    resolution: TextField | None = None

    @property
    def label(self) -> BilingualText:
        """The beginning of what was said, else of the words it is about."""
        words = " ".join((self.text or self.quoted or self.id).split())
        short = words if len(words) <= _LABEL else f"{words[:_LABEL]}…"
        return BilingualText(short, short)


#: Letters of a comment where another record names it.
_LABEL = 40
