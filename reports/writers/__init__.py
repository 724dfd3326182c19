"""The output formats: a document tree in, the bytes of a file out.

A writer is loaded when it is first asked for, so that a run pays only for the formats it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct, field

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.drawings import Drawing
from reports.document.nodes import Document, plain
from reports.document.profiles import Profile
from reports.model.imprint import Imprint


class Assets(Struct, frozen=True):
    """What a writer needs beside the tree.

    *drawings* hold the pictures by `Picture.source`, *names* the file names they have beside the output;
    *template* is the Word template's bytes (b"" where no writer needs it); *imprint* says which issue it is, or
    that it is a draft (None: neither). The rest says what the file is.
    """

    report: str
    period: str
    as_of: date
    generator: str
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    template: bytes = b""
    imprint: Imprint | None = None

    def mark(self, lang: str) -> str:
        """The mark of a draft, "" where there is none."""
        return self.imprint.mark(lang) if self.imprint else ""


Writer = Callable[[Document, Profile, Assets], bytes]


def _word(document: Document, profile: Profile, assets: Assets) -> bytes:
    """Word; reopened and compared with the tree before anybody gets it."""
    from reports.writers.word import verify, writer  # noqa: PLC0415 - lxml is loaded when Word is made

    properties = writer.Properties(
        title=_one_line(document, "title"),
        author=next((name for role in _AUTHORS if (name := _one_line(document, role))), ""),
        date=assets.as_of,
        report=assets.report,
        period=assets.period,
        generator=assets.generator,
        draft=assets.mark(document.lang),
    )
    data = writer.write(document, profile, assets.template, assets.drawings, properties)
    for detail in verify.compare(data, document, assets.drawings):
        raise ReportError(Problem(Where(f"{assets.report}.docx"), "word/mismatch", {"detail": detail}))
    return data


#: Who a report is by, the first that is told.
_AUTHORS = ("speaker", "authors", "issuer", "organisation")


def _one_line(document: Document, role: str) -> str:
    """A part of the title block without the ends of its lines."""
    return plain(document.title(role)).replace("\n", "" if document.lang.startswith("zh") else " ")


def contents_pages(document: Document, found: Mapping[str, int]) -> Mapping[str, int]:
    """Return the page number of every id of *document*, from the pages a layout of its Word file has *found*
    bookmarks on."""
    from reports.writers.word import writer  # noqa: PLC0415 - only a document with contents asks

    return writer.contents_pages(document, found)


def _markdown(document: Document, profile: Profile, assets: Assets) -> bytes:
    """GitHub-flavoured Markdown."""
    from reports.writers import markdown  # noqa: PLC0415 - like the others

    pictures = {source: (name, assets.drawings[source].alt) for source, name in assets.names.items()}
    return markdown.write(document, profile, pictures, assets.imprint)


def _html(document: Document, profile: Profile, assets: Assets) -> bytes:
    """One HTML file with everything inside."""
    from reports.writers import html  # noqa: PLC0415 - like the others

    return html.write(document, profile, assets.drawings, assets.generator, assets.mark(document.lang))


WRITERS: Mapping[str, Writer] = MappingProxyType({"docx": _word, "md": _markdown, "html": _html})
