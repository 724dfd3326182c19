"""Layout by LibreOffice: a PDF that is the same each time, and the page of every bookmark."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from reports.diagnostics.problems import ReportError
from reports.pipeline import build
from reports.pipeline.read import Folders
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
    monkeypatch.setattr(layout, "find_office", lambda: "")
    with pytest.raises(ReportError) as caught:
        layout.to_pdf(b"", "report.pdf", DAY)
    (problem,) = caught.value.problems
    assert problem.message() == "a PDF needs LibreOffice, which is not installed"
    assert problem.hint() == "Install LibreOffice, or leave 'pdf' out of the formats."


def test_a_program_that_fails_or_hangs_is_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What LibreOffice said stands in the message; one that never ends is stopped."""
    script = tmp_path / "office"
    script.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('no display')\n")
    script.chmod(0o755)
    monkeypatch.setattr(layout, "find_office", lambda: str(script))
    with pytest.raises(ReportError, match=r"LibreOffice could not lay out this file: no display"):
        layout.to_pdf(b"", "report.pdf", DAY)
    script.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    monkeypatch.setattr(layout, "_PATIENCE", 0.5)
    with pytest.raises(ReportError, match=r"timed out after 0\.5 seconds"):
        layout.to_pdf(b"", "report.pdf", DAY)


@pytest.mark.usefixtures("soffice")
def test_the_pdf_format_is_built_beside_the_word_file(tmp_path: Path) -> None:
    """`--format pdf` makes the PDF of the very Word file, without keeping that one."""
    order = build.Order(("ccicc-briefing",), languages=("en",), formats=("pdf",))
    made = build.build(Folders(ROOT / "data", ROOT / "templates", tmp_path), order, date(2023, 7, 1))
    assert [path.suffix for path in made if path.suffix != ".png"] == [".pdf"]
    assert next(p for p in made if p.suffix == ".pdf").read_bytes().startswith(b"%PDF-")
