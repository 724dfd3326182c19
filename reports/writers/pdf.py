"""Word → PDF by LibreOffice, and from that PDF the page on which each bookmark stands.

LibreOffice is not ours to install: without it a table of contents has no page numbers, which is better than wrong
ones, and a report no PDF, but where Word or WPS make it.
"""

from __future__ import annotations

import hashlib
import io
import locale
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from reports import programs
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.writers import office

_FILTER = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
#: The clock in a PDF: LibreOffice writes the first form, Word both.
_CLOCK = re.compile(rb"(?<=Date\(D:)\d{14}(?=[Z+-])")
_CLOCK_XMP = re.compile(rb"(?<=Date>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=[^<]*</xmp:)")
#: The file's identifiers: hexadecimal digits in the trailer, between brackets or behind a slash; with Word also
#: in its metadata.
_CHANCE = re.compile(
    rb"(?<=<)[0-9A-F]{32}(?=>\s*(?:<[0-9A-F]{32}>\s*)?\])|(?<=/DocChecksum /)[0-9A-F]{32}"
    rb"|(?<=uuid:)[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}(?=</xmpMM:)"
)
#: Seconds; a report of a hundred pages takes some ten.
_PATIENCE = 180


def to_pdf(word: bytes, name: str, day: date) -> bytes:
    """Lay out a Word file; *name* is for messages, *day* becomes the PDF's date of creation.

    The same Word file gives the same bytes on the same machine. Raises ReportError when there is nothing to lay it out
    with (layout/no-office), nobody signed in where that is needed, or when it fails or takes too long.
    """
    libre, over_com = office.find_office(), office.find_com_office()
    if not libre and not over_com:
        raise ReportError(Problem(Where(name), "layout/no-office"))
    # Each run has a profile of its own: LibreOffice started twice over one profile quietly does nothing.
    with tempfile.TemporaryDirectory(prefix="layout-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        (folder / "report.docx").write_bytes(word)
        status, said = _run(_libreoffice(libre, folder) if libre else _com_office(over_com, folder), folder)
        made = folder / "report.pdf"
        if not libre and status == office.NO_DESKTOP:
            raise ReportError(Problem(Where(name), "layout/nobody-signed-in"))
        if status is None or not made.is_file():
            args = {"program": "LibreOffice" if libre else over_com.partition(".")[0], "detail": said}
            raise ReportError(Problem(Where(name), "layout/failed", args))
        return _settled(made.read_bytes(), day)


class _Order(Struct, frozen=True):
    """What to run, and what it finds in its environment beside what we found in ours."""

    words: Sequence[str]
    environment: Mapping[str, str]


def _libreoffice(program: str, folder: Path) -> _Order:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = (program, profile, "--headless", "--norestore", "--convert-to", _FILTER, "--outdir", str(folder))
    fonts = {"FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))} if os.name == "posix" else {}
    return _Order((*words, str(folder / "report.docx")), fonts)


def _com_office(name: str, folder: Path) -> _Order:
    files = office.com_environment(name, folder / "report.docx", folder / "report.pdf")
    return _Order(office.com_command(), files)


def _run(order: _Order, folder: Path) -> tuple[int | None, str]:
    """The status of the program, None where it did not come to its end, and the end of what was said."""
    with (folder / "said").open("w+b") as said:
        try:
            status = programs.run(order.words, said, _PATIENCE, {**os.environ, **order.environment})
        except (OSError, subprocess.TimeoutExpired) as error:
            return None, str(error)
        said.seek(0)
        return status, _text(said.read()).strip()[-300:]


def _text(said: bytes) -> str:
    """What a program said: in UTF-8, or as consoles of this machine have it (GBK in China)."""
    try:
        return said.decode()
    except UnicodeDecodeError:
        return said.decode(locale.getencoding(), "replace")


def _settled(pdf: bytes, day: date) -> bytes:
    """Put what LibreOffice takes from the clock and from chance in terms of the content, byte for byte as long,
    so that no offset in the file moves."""
    pdf = _CLOCK.sub(f"{day:%Y%m%d}000000".encode(), pdf)
    pdf = _CLOCK_XMP.sub(f"{day:%Y-%m-%d}T00:00:00".encode(), pdf)
    digest = hashlib.sha256(_CHANCE.sub(b"", pdf)).hexdigest().upper().encode()

    def ours(found: re.Match[bytes]) -> bytes:
        return bytes(old if old == ord("-") else new for old, new in zip(found[0], digest, strict=False))

    return _CHANCE.sub(ours, pdf)


def pages_of(pdf: bytes) -> Mapping[str, int]:
    """Return the page, counted from 1, of every bookmark LibreOffice left in the PDF.

    It writes characters other than letters and digits as their hexadecimal code: _Toc1 becomes 5FToc1.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only documents with contents need it

    reader = PdfReader(io.BytesIO(pdf))
    pages: dict[str, int] = {}
    for name, destination in reader.named_destinations.items():
        page = reader.get_destination_page_number(destination)
        if page is not None and page >= 0:
            pages[name.lstrip("/").replace("5F", "_")] = page + 1
    return pages


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from pypdf import PdfReader  # noqa: PLC0415

    return len(PdfReader(io.BytesIO(pdf)).pages)
