"""From a Word file back to the data, whatever has happened to the file in between."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from reports.diagnostics.problems import ReportError
from reports.pipeline import build
from reports.pipeline.read import Folders
from reports.review.trace import facts_of

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped briefing in English."""
    folder = tmp_path_factory.mktemp("output")
    order = build.Order(languages=("en",), formats=("docx",))
    made = build.build(Folders(ROOT / "data", ROOT / "templates", folder), order, date(2023, 7, 1))
    return next(path for path in made if path.suffix == ".docx")


def test_facts_come_in_reading_order_with_their_places(briefing: Path) -> None:
    """The first facts of the briefing are its title, its speaker, its date."""
    title, speaker, day = facts_of(briefing)[:3]
    assert title.shown == "Cooperation between China and CERN – progress of the CCICC alliance"
    assert (title.record, title.field, title.report) == ("ccicc-briefing", "title.en", True)
    assert (speaker.shown, speaker.record, speaker.field) == ("Wang Yifang", "ccicc-slides-2023", "author")
    assert (day.shown, day.value) == ("8 June 2023", "2023-06-08")


def test_facts_in_notes_are_found_too(briefing: Path) -> None:
    """What stands in a footnote leads home like the rest."""
    assert any("45th Hazeh" in fact.shown and fact.record == "ccjrc-mou-2019" for fact in facts_of(briefing))


def test_facts_survive_a_change_and_a_save_with_python_docx(briefing: Path, tmp_path: Path) -> None:
    """An independent program opens, changes and saves the file: every fact is still there."""
    document = docx.Document(str(briefing))
    document.add_paragraph("Noted.")
    document.save(str(tmp_path / "changed.docx"))
    assert facts_of(tmp_path / "changed.docx") == facts_of(briefing)


def test_facts_survive_a_save_by_libreoffice(briefing: Path, tmp_path: Path, soffice: str) -> None:
    """LibreOffice writes the whole file anew: the provenance part stays and so do the bookmarks, save those in
    footnotes of table cells, which LibreOffice 7.4 drops."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(briefing)], check=True, capture_output=True, timeout=300)
    before = {(f.record, f.field, f.of) for f in facts_of(briefing)}
    after = {(f.record, f.field, f.of) for f in facts_of(tmp_path / briefing.name)}
    assert after <= before
    assert {field for _, field, _ in before - after} <= {"note.en"}
    assert len(before - after) <= 3


def test_a_word_file_of_others_says_so(tmp_path: Path) -> None:
    """A file without places is no fault of the person's; the message says what is missing."""
    docx.Document().save(str(tmp_path / "other.docx"))
    with pytest.raises(ReportError, match="does not say where its facts come from"):
        facts_of(tmp_path / "other.docx")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_word_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, something else, an empty archive: a sentence, not a traceback."""
    (tmp_path / "x.docx").write_bytes(content)
    with pytest.raises(ReportError, match=r"this file|no .docx file"):
        facts_of(tmp_path / "x.docx")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The name as typed."""
    with pytest.raises(ReportError, match="there is no file or folder"):
        facts_of(tmp_path / "none.docx")


def test_a_file_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    """300 MB of nothing in 300 kB."""
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * (300 * 2**20))
    with pytest.raises(ReportError, match="unpacked, this file is over the limit: 200 MB"):
        facts_of(tmp_path / "bomb.docx")


def test_a_part_that_declares_a_document_type_is_not_there(briefing: Path, tmp_path: Path) -> None:
    """A billion laughs in the provenance part stay unlaughed."""
    bomb = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><provenance xmlns="urn:report-provenance:1">&b;</provenance>'
    with zipfile.ZipFile(briefing) as old, zipfile.ZipFile(tmp_path / "laughs.docx", "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == "customXml/item1.xml" else old.read(name))
    with pytest.raises(ReportError, match="does not say where its facts come from"):
        facts_of(tmp_path / "laughs.docx")


def changed(path: Path, new: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The package anew, each part as *change* gives it back; None leaves it out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as package:
        for name in old.namelist():
            if (data := change(name, old.read(name))) is not None:
                package.writestr(name, data)
    return new


def test_a_strict_file_is_traced_as_it_is_reviewed(briefing: Path, tmp_path: Path) -> None:
    """Word calls it Strict Open XML Document: the same parts under other names."""

    def strict(_name: str, data: bytes) -> bytes:
        for known, other in (
            ("officeDocument/2006/relationships", "officeDocument/relationships"),
            ("wordprocessingml/2006/main", "wordprocessingml/main"),
        ):
            data = data.replace(
                f"http://schemas.openxmlformats.org/{known}".encode(),
                f"http://purl.oclc.org/ooxml/{other}".encode(),
            )
        return data

    assert facts_of(changed(briefing, tmp_path / "strict.docx", strict)) == facts_of(briefing)


@pytest.mark.parametrize(
    "part", ["word/styles.xml", "docProps/core.xml", "word/settings.xml", "word/numbering.xml"]
)
def test_a_part_that_is_gone_or_broken_does_not_hide_the_facts(
    briefing: Path, tmp_path: Path, part: str
) -> None:
    gone = changed(briefing, tmp_path / "gone.docx", lambda name, data: None if name == part else data)
    broken = changed(briefing, tmp_path / "broken.docx", lambda name, data: b"<a" if name == part else data)
    assert facts_of(gone) == facts_of(broken) == facts_of(briefing)


def test_what_neither_can_open_is_said_of_by_trace_as_by_review(tmp_path: Path) -> None:
    (tmp_path / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(ReportError, match="has a password, or is of an old kind"):
        facts_of(tmp_path / "old.docx")
