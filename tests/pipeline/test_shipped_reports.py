"""Every shipped report says all its source states, in every language and format, and each fact leads to its line.

`tests/facts/<report>.tsv` says what a source states, fact by fact: how the Chinese and how the English edition says it.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from reports.document.traditional import names_of, traditional_letters
from reports.pipeline import build as pipeline
from reports.pipeline.read import Folders, read
from reports.records.text.loader import read_folder
from reports.review.places import places_in
from reports.review.trace import facts_of
from reports.writers.word.ooxml import W_URI
from tests.conftest import need
from tools.word_lint.rules import lint

ROOT = Path(__file__).parent.parent.parent
FACTS = ROOT / "tests" / "facts"
READING = read(ROOT / "data")
PLACES = places_in(read_folder(ROOT / "data")[0])

#: Reports that tell whatever is recorded for a period, and so have no source whose facts could be listed.
PERIODIC = ("quarterly-progress",)
SHIPPED = tuple(name for name in READING.reports.reports if name not in PERIODIC)
EDITIONS = [(name, lang) for name in SHIPPED for lang in READING.reports.reports[name].languages]

#: How many pages a report may take: its reader's patience.
PAGES = {
    "ccicc-briefing": 11,
    "platform-yearbook": 14,
    "nica-agreement": 7,
    "cas-cnrs-dialogue": 5,
    "alliance-paper": 16,
}

Shelf = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Where an edition of a report lies, without its ending; a report is built when it is first asked for."""
    output = tmp_path_factory.mktemp("output")
    folders = Folders(ROOT / "data", ROOT / "templates", output)

    @cache
    def build(report: str) -> Sequence[Path]:
        return pipeline.build(folders, pipeline.Order(reports=(report,)), date(2024, 7, 1))

    def find(report: str, lang: str) -> Path:
        file = next(f for f in build(report) if f.name.endswith(f".{lang}.docx"))
        return file.with_name(file.name.removesuffix(".docx"))

    return find


def word(stem: Path) -> Path:
    """The Word file of an edition."""
    return stem.with_name(f"{stem.name}.docx")


@cache
def markdown_of(stem: Path) -> str:
    """The Markdown file's text."""
    return stem.with_name(f"{stem.name}.md").read_text("utf-8")


@cache
def letters_of(file: Path) -> str:
    """All letters of a Word file's text and footnotes."""
    with zipfile.ZipFile(file) as package:
        parts = [etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    return "".join(element.text or "" for part in parts for element in part.iter(f"{{{W_URI}}}t"))


def facts_in(report: str, lang: str) -> list[str]:
    """What the source states, as the edition says it; Traditional Chinese says it in its own letters."""
    rows = [line.split("\t") for line in (FACTS / f"{report}.tsv").read_text("utf-8").splitlines() if line]
    if lang != "zh-Hant":
        return [row[lang == "en"] for row in rows]
    names: Mapping[str, str] = names_of(READING.dataset)
    return [traditional_letters(row[0], names) for row in rows]


def test_every_report_is_held_against_its_source() -> None:
    """A report without a list of facts would pass whatever it leaves out."""
    assert [name for name in SHIPPED if not (FACTS / f"{name}.tsv").is_file()] == []
    assert set(PAGES) == set(SHIPPED)


@pytest.mark.parametrize(("report", "lang"), EDITIONS)
def test_each_fact_of_the_source_is_in_both_formats(shelf: Shelf, report: str, lang: str) -> None:
    """Every number, date, name and acronym is said in the Word file and in its Markdown twin."""
    stem = shelf(report, lang)
    markdown, letters = markdown_of(stem).replace("\\", "").casefold(), letters_of(word(stem)).casefold()
    facts = facts_in(report, lang)
    assert [fact for fact in facts if fact.casefold() not in markdown] == []
    assert [fact for fact in facts if fact.casefold() not in letters] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bound_is_never_told_as_a_number(shelf: Shelf, lang: str) -> None:
    """Far below 1:9 is not 10 %."""
    assert not re.search(r"\b10 ?%|11 ?%", markdown_of(shelf("ccicc-briefing", lang)))


@pytest.mark.parametrize("report", SHIPPED)
def test_all_editions_tell_the_same_facts_in_the_same_order(shelf: Shelf, report: str) -> None:
    """Record and field of every fact, in reading order; only the language of a text differs."""
    told = {
        lang: [
            (f.record, re.sub(r"\.(zh|en|zh-Hant)$", "", f.field))
            for f in facts_of(word(shelf(report, lang)))
        ]
        for lang in READING.reports.reports[report].languages
    }
    for facts in told.values():
        assert set(facts) == set(told["zh"])
        assert facts == told["zh"]


@pytest.mark.parametrize(("report", "lang"), EDITIONS)
def test_every_fact_leads_to_the_line_that_holds_it(shelf: Shelf, report: str, lang: str) -> None:
    """All that a fact comes from stands in the data, and the line at that column begins with the value as written."""
    facts = facts_of(word(shelf(report, lang)))
    assert len(facts) > 150
    for fact in (one for shown in facts for one in shown.origins()):
        found = PLACES.find(fact)
        assert found, fact
        where = found.node.where
        lines = (ROOT / where.file).read_text("utf-8").splitlines()
        written = lines[where.line - 1][where.column - 1 :].lstrip("\"'")
        first_words = fact.value.splitlines()[0][:12] if fact.value else ""
        assert written.startswith(first_words), fact


@pytest.mark.parametrize(("report", "lang"), EDITIONS)
def test_the_word_file_passes_both_judges(shelf: Shelf, report: str, lang: str) -> None:
    """The lint finds nothing, and the Office 2019 audit finds nothing."""
    file = word(shelf(report, lang))
    assert lint(file.read_bytes()) == []
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0).validate(str(file))
    assert [str(error) for error in result.errors] == []


@pytest.mark.parametrize("report", SHIPPED)
def test_libreoffice_shows_all_of_it(shelf: Shelf, report: str, soffice: str, tmp_path: Path) -> None:
    """The PDFs LibreOffice makes hold every heading, are no longer than their readers' patience, and show no field
    that went wrong."""
    languages = READING.reports.reports[report].languages
    files = [word(shelf(report, lang)) for lang in languages]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for lang, file in zip(languages, files, strict=True):
        pdf = tmp_path / f"{file.stem}.pdf"
        text = subprocess.run(
            [need("pdftotext"), str(pdf), "-"], check=True, capture_output=True
        ).stdout.decode()
        squeezed = re.sub(r"\s", "", text)
        headings = re.findall(r"^#+ (.+)$", markdown_of(shelf(report, lang)), re.MULTILINE)
        assert [h for h in headings if re.sub(r"[\s\\]", "", h) not in squeezed] == []
        assert "Error" not in text
        assert text.count("\f") <= PAGES[report]
