"""Word → PDF by LibreOffice, and from that PDF the page on which each bookmark stands.

LibreOffice is not ours to install: without it a report has no PDF and its table of contents no page numbers,
which is better than wrong ones.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from reports.diagnostics.problems import Problem, ReportError, Where

#: Where LibreOffice stands when it is not on the path.
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_FILTER = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_CREATED = re.compile(rb"/CreationDate\(D:\d{14}Z")
#: The file's identifiers in the trailer: hexadecimal digits between brackets or behind a slash.
_CHANCE = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>\s*(?:<[0-9A-F]{32}>\s*)?\])|(?<=/DocChecksum /)[0-9A-F]{32}")
#: Seconds; a report of a hundred pages takes some ten.
_PATIENCE = 180


def find_office() -> str:
    """Return the path of LibreOffice's program, "" where there is none."""
    for name in ("soffice", "libreoffice", *_USUAL):
        found = shutil.which(name)
        if found:
            return found
    return ""


def to_pdf(word: bytes, name: str, day: date) -> bytes:
    """Lay out a Word file; *name* is for messages, *day* becomes the PDF's date of creation.

    The same Word file gives the same bytes on the same machine. Raises ReportError when LibreOffice is missing (layout/no-office), fails or takes too long.
    """
    office = find_office()
    if not office:
        raise ReportError(Problem(Where(name), "layout/no-office"))
    # Each run has a profile of its own: LibreOffice started twice over one profile quietly does nothing.
    with tempfile.TemporaryDirectory(prefix="layout-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        (folder / "report.docx").write_bytes(word)
        detail = _convert(office, folder)
        made = folder / "report.pdf"
        if not made.is_file():
            raise ReportError(Problem(Where(name), "layout/failed", {"detail": detail}))
        return _settled(made.read_bytes(), day)


def _settled(pdf: bytes, day: date) -> bytes:
    """Put what LibreOffice takes from the clock and from chance in terms of the content, byte for byte as long,
    so that no offset in the file moves."""
    pdf = _CREATED.sub(lambda found: f"/CreationDate(D:{day:%Y%m%d}000000Z".encode(), pdf)
    blank = _CHANCE.sub(lambda found: b"0" * len(found[0]), pdf)
    digest = hashlib.sha256(blank).hexdigest().upper().encode()
    return _CHANCE.sub(lambda found: digest[: len(found[0])], pdf)


def _convert(office: str, folder: Path) -> str:
    """Run LibreOffice; return what it said."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", "--convert-to", _FILTER, "--outdir", str(folder)]
    fonts = {"FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))} if os.name == "posix" else {}
    try:
        run = subprocess.run(  # noqa: S603 - our own words, no shell
            [*command, str(folder / "report.docx")],
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, **fonts},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return run.stderr.decode("utf-8", "replace").strip()[-300:]


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
