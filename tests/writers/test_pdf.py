"""Layout by LibreOffice: a PDF that is the same each time, and the page of every bookmark."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reports.diagnostics.problems import ReportError
from reports.pipeline import build
from reports.pipeline.read import Folders
from reports.writers import office
from reports.writers import pdf as layout

ROOT = Path(__file__).parent.parent.parent
DAY = date(2023, 6, 8)


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The shipped briefing in English, as a Word file."""
    folder = tmp_path_factory.mktemp("output")
    order = build.Order(("ccicc-briefing",), languages=("en",), formats=("docx",))
    made = build.build(Folders(ROOT / "data", ROOT / "templates", folder), order, date(2023, 7, 1))
    return next(path for path in made if path.suffix == ".docx").read_bytes()


@pytest.mark.usefixtures("soffice")
def test_the_same_word_file_gives_the_same_pdf(word: bytes) -> None:
    """No clock and no chance in it; the date of creation is the report's."""
    first, second = layout.to_pdf(word, "a.pdf", DAY), layout.to_pdf(word, "a.pdf", DAY)
    assert first == second
    assert b"/CreationDate(D:20230608000000Z" in first


@pytest.mark.usefixtures("soffice")
def test_every_fact_and_heading_has_its_page(word: bytes) -> None:
    """Bookmarks come back with the page they stand on; the first fact is on page 1, none behind the last page."""
    pdf = layout.to_pdf(word, "a.pdf", DAY)
    pages = layout.pages_of(pdf)
    assert pages["_f_1"] == 1
    assert set(pages.values()) <= set(range(1, layout.page_count(pdf) + 1))
    assert len([name for name in pages if name.startswith("_Ref")]) > 10


def test_without_libreoffice_a_pdf_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install, or what to leave out."""
    monkeypatch.setattr(office, "find_office", lambda: "")
    with pytest.raises(ReportError) as caught:
        layout.to_pdf(b"", "report.pdf", DAY)
    (problem,) = caught.value.problems
    assert problem.message() == "a PDF needs LibreOffice, which was not found"
    assert problem.hint() == (
        "Install LibreOffice, name its program soffice in REPORTS_SOFFICE, or leave 'pdf' out of the formats."
    )


def program(path: Path, *lines: str) -> Path:
    """A program in Python that stands in for one of others."""
    path.write_text("\n".join((f"#!{sys.executable}", "import os, subprocess, sys, time", *lines)), "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.posix
def test_a_program_that_fails_or_hangs_is_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What LibreOffice said stands in the message; one that never ends is stopped."""
    script = program(tmp_path / "office", "sys.exit('no display')")
    monkeypatch.setattr(office, "find_office", lambda: str(script))
    with pytest.raises(ReportError, match=r"LibreOffice could not lay out this file: no display"):
        layout.to_pdf(b"", "report.pdf", DAY)
    program(script, "time.sleep(60)")
    monkeypatch.setattr(layout, "_PATIENCE", 0.5)
    with pytest.raises(ReportError, match=r"timed out after 0\.5 seconds"):
        layout.to_pdf(b"", "report.pdf", DAY)


@pytest.mark.posix
def test_what_a_hanging_program_has_started_ends_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Soffice is a wrapper: its child would hold the pipes and let the run hang, with the lock held."""
    pid = tmp_path / "pid"
    script = program(
        tmp_path / "office",
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])",
        f"open({str(pid)!r}, 'w').write(str(child.pid))",
        "open(os.path.join(sys.argv[-2], 'report.pdf'), 'w').write('half')",
        "time.sleep(60)",
    )
    monkeypatch.setattr(office, "find_office", lambda: str(script))
    monkeypatch.setattr(layout, "_PATIENCE", 3)
    began = time.monotonic()

    with pytest.raises(ReportError, match=r"timed out after 3 seconds"):
        layout.to_pdf(b"", "report.pdf", DAY)

    assert time.monotonic() - began < 20
    assert not is_running(int(pid.read_text()))


def is_running(process: int) -> bool:
    """Whether it is there and not merely waits to be buried."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True


def test_words_in_the_encoding_of_the_machine_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: "gbk")

    assert layout._text("无法加载".encode("gbk")) == layout._text("无法加载".encode()) == "无法加载"


# --- Word and WPS -------------------------------------------------------------------------------------------

WORD_PDF = b"""%PDF-1.7
1 0 obj<</CreationDate(D:20260102030405+08'00') /ModDate(D:20260102030405+08'00')>>endobj
<xmp:CreateDate>2026-01-02T03:04:05+08:00</xmp:CreateDate><xmp:ModifyDate>2026-01-02T03:04:05+08:00</xmp:ModifyDate>
<xmpMM:DocumentID>uuid:0A1B2C3D-0000-4444-8888-0123456789AB</xmpMM:DocumentID>
trailer<</ID[<0A1B2C3D000044448888012345678901><0A1B2C3D000044448888012345678901>]>>
"""


def test_a_pdf_of_word_holds_neither_clock_nor_chance() -> None:
    """Another day and other identifiers are the same bytes; none of them moves another."""
    other = WORD_PDF.replace(b"20260102030405", b"20270203040506").replace(b"2026-01-02T03", b"2027-02-03T04")
    other = other.replace(b"0A1B2C3D", b"FFFFFFFF")

    settled = layout._settled(WORD_PDF, DAY)

    assert settled == layout._settled(other, DAY)
    assert len(settled) == len(WORD_PDF)
    assert b"/CreationDate(D:20230608000000+08'00') /ModDate(D:20230608000000+08'00')" in settled
    assert b"<xmp:CreateDate>2023-06-08T00:00:00+08:00<" in settled
    assert re.search(rb"uuid:[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}<", settled)


@pytest.fixture
def powershell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Put a PowerShell on the path that notes how it was called; on this machine there is Word and no LibreOffice."""

    def install(then: str) -> Path:
        (tmp_path / "bin").mkdir()
        told = tmp_path / "told.json"
        program(
            tmp_path / "bin" / "powershell",
            "import json",
            "named = {name: os.environ[name] for name in os.environ if name.startswith('REPORTS_')}",
            f"json.dump([sys.argv[1:], named], open({str(told)!r}, 'w'))",
            then,
        )
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
        monkeypatch.setattr(office, "find_office", lambda: "")
        monkeypatch.setattr(office, "find_com_office", lambda: "Word.Application")
        return told

    return install


@pytest.mark.posix
def test_word_is_asked_where_there_is_no_libreoffice(powershell: Callable[[str], Path]) -> None:
    """The script is always the same; names of files are data, and travel beside it."""
    told = powershell(f"open(os.environ['REPORTS_PDF'], 'wb').write({WORD_PDF!r})")

    assert layout.to_pdf(b"word", "report.pdf", DAY) == layout._settled(WORD_PDF, DAY)

    words, named = json.loads(told.read_text("utf-8"))
    assert words == ["-NoProfile", "-NonInteractive", "-Command", office.SCRIPT]
    assert named["REPORTS_OFFICE"] == "Word.Application"
    assert named["REPORTS_WORD"].endswith("report.docx")
    assert '"' not in office.SCRIPT


@pytest.mark.posix
def test_word_needs_somebody_signed_in(powershell: Callable[[str], Path]) -> None:
    powershell("sys.exit(4)")

    with pytest.raises(ReportError, match="Word and WPS make a PDF only while somebody is signed in"):
        layout.to_pdf(b"word", "report.pdf", DAY)


@pytest.mark.posix
def test_what_word_complains_of_is_told(powershell: Callable[[str], Path]) -> None:
    powershell("sys.exit('The file is blocked')")

    with pytest.raises(ReportError, match="Word could not lay out this file: The file is blocked"):
        layout.to_pdf(b"word", "report.pdf", DAY)


@pytest.mark.usefixtures("soffice")
def test_the_pdf_format_is_built_beside_the_word_file(tmp_path: Path) -> None:
    """`--format pdf` makes the PDF of the very Word file, without keeping that one."""
    order = build.Order(("ccicc-briefing",), languages=("en",), formats=("pdf",))
    made = build.build(Folders(ROOT / "data", ROOT / "templates", tmp_path), order, date(2023, 7, 1))
    assert [path.suffix for path in made if path.suffix != ".png"] == [".pdf"]
    assert next(p for p in made if p.suffix == ".pdf").read_bytes().startswith(b"%PDF-")
