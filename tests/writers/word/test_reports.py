"""Every profile in every language: sound files that say what the tree says, on pages as they should be."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec import structs
from openxml_audit import FileFormat, OpenXmlValidator

from reports.document.nodes import Contents, Document, Heading, inlines_of, plain, walk_blocks
from reports.document.profiles import PROFILES
from reports.pipeline import build
from reports.writers import WRITERS, Assets, pdf, title_block
from reports.writers.word.ooxml import W, unpack
from reports.writers.word.reopen import CONTENTS_LINES, letters, open_package
from reports.writers.word.verify import compare
from reports.writers.word.writer import contents_pages
from tests.conftest import need
from tests.support.word_reports import ALL, in_word, report
from tests.support.word_sample import chart, every_node, t, template, written
from tools.word_lint.rules import lint

if TYPE_CHECKING:
    pass

DRAWINGS = {"chart:0": chart()}
DAY = date(2023, 6, 8)


@pytest.mark.parametrize("key", ALL, ids=".".join)
def test_a_report_is_sound_in_every_profile_and_language(key: tuple[str, str], tmp_path: Path) -> None:
    """Office and our lint find nothing, the file says what the tree says, and says the same every time."""
    document = report(*key)
    data = in_word(document, PROFILES[key])
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0).validate(path)
    assert [str(error) for error in result.errors] == []
    assert lint(data) == []
    assert compare(data, document, DRAWINGS) == ()
    assert in_word(document, PROFILES[key]) == data


def _letters(document: Document) -> Counter[str]:
    """The letters a reader of the page must find; comments are no part of it."""
    runs = [line.content for line in (*title_block.head(document), *title_block.matter(document))]
    runs += [content for block in walk_blocks(title_block.text(document)) for content in inlines_of(block)]
    return Counter(_plain("".join(map(plain, runs))))


def _plain(text: str) -> str:
    """Without spaces and with one code for what looks alike (ligatures, forms of radicals)."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_libreoffice_keeps_every_letter(tmp_path: Path, soffice: str) -> None:
    """One start of LibreOffice lays all of them out as PDF; each letter of the text is on its pages."""
    pdftotext = need("pdftotext")
    documents = {"every-node": every_node(), **{".".join(key): report(*key) for key in ALL}}
    for name, document in documents.items():
        key = (name.partition(".")[0], document.lang)
        data = in_word(document, PROFILES[key]) if key in PROFILES else written(document)
        (tmp_path / f"{name}.docx").write_bytes(data)
    files = sorted(str(path) for path in tmp_path.glob("*.docx"))
    command = [
        soffice,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    fonts = {**os.environ, "FONTCONFIG_FILE": str(Path(pdf.__file__).with_name("fonts.conf"))}
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=300, env=fonts
    )
    lost = {}
    for name, document in documents.items():
        shown = subprocess.run(
            [pdftotext, str(tmp_path / f"{name}.pdf"), "-"], check=True, capture_output=True
        ).stdout
        lost[name] = dict(_letters(document) - Counter(_plain(shown.decode())))
    assert {name: letters for name, letters in lost.items() if letters} == {}


# --- contents ---------------------------------------------------------------------------------------------


def test_a_built_report_prints_the_pages_its_headings_stand_on(soffice: str) -> None:
    """Laid out once more, every heading stands on the page printed beside its line, counted from the cover on."""
    assert soffice
    document, profile = report("chapter", "zh"), PROFILES["chapter", "zh"]
    assets = Assets("chapter", "2012", DAY, "", DRAWINGS, {}, template(profile.template))
    data = build._word(document, profile, assets)
    assert lint(data) == []
    package = open_package(data)
    lines = [
        letters(p).rpartition("\t")
        for p in package.document.iter(f"{W}p")
        if package.style_of(p) in CONTENTS_LINES
    ]
    lists = [block for block in document.blocks if isinstance(block, Contents)]
    stands = contents_pages(document, pdf.pages_of(pdf.to_pdf(data, "chapter", DAY)))
    entries = [entry for block in lists for entry in block.entries]
    assert [(text, int(page)) for text, _, page in lines] == [
        (entry.text, stands[entry.anchor]) for entry in entries
    ]
    assert stands["chapter"] == 2
    assert max(stands.values()) > 2


def test_the_file_knows_whose_it_is_and_what_it_is_called() -> None:
    """In one line each, as a program that lists files shows them."""
    profile = PROFILES["bulletin", "zh"]
    assets = Assets("bulletin", "2023", DAY, "", DRAWINGS, {}, template(profile.template))
    core = unpack(WRITERS["docx"](report("bulletin", "zh"), profile, assets))["docProps/core.xml"].decode()
    assert "<dc:title>驻CERN办公室成立首届海外人才宣讲会举行</dc:title>" in core
    assert "<dc:creator>国际合作联盟秘书处</dc:creator>" in core


def test_pages_are_counted_from_behind_the_cover() -> None:
    """What a layout calls page 3 is printed as 2, when the cover takes one."""
    document = report("chapter", "zh")
    (first, *_) = (b.id for b in document.blocks if isinstance(b, Heading))
    assert contents_pages(document, {"_Cover": 1, "_Ref800000001": 3}) == {first: 2}
    assert contents_pages(document, {"_Ref800000001": 3}) == {first: 3}


# --- profiles ---------------------------------------------------------------------------------------------


def styled(profile: str, lang: str) -> list[tuple[str, str]]:
    """Style and text of every paragraph with text."""
    package = open_package(in_word(report(profile, lang), PROFILES[profile, lang]))
    return [(package.style_of(p), text) for p in package.document.iter(f"{W}p") if (text := letters(p))]


def test_a_bulletin_has_its_head_and_its_end() -> None:
    """Name, number, who and when above; who gets it below, the number of copies at the right."""
    lines = styled("bulletin", "zh")
    assert lines[:3] == [
        ("masthead", "国际合作简报"),
        ("issue line", "第6期（总第118期）"),
        ("issuer line", "国际合作联盟秘书处\t2023年6月8日"),
    ]
    assert [style for style, _ in lines[-4:]] == ["distribution"] * 3 + ["distribution copies"]
    assert ("issue line", "第6期（總第118期）") in styled("bulletin", "zh-Hant")
    assert ("issue line", "Issue 6 (No. 118 overall)") in styled("bulletin", "en")


def test_a_piece_of_news_begins_with_its_dateline() -> None:
    """Place and day open the first paragraph, which has a style of its own."""
    assert styled("news", "zh")[3][1].startswith("北京6月27日电\N{IDEOGRAPHIC SPACE}近日，")
    assert styled("news", "en")[3][0] == "lead"
    assert styled("news", "en")[3][1].startswith("MOSCOW, 26 August 2020 — The Ministry")


def test_a_paper_says_its_abstract_in_two_languages() -> None:
    """Each after words of its own language."""
    lines = [text for style, text in styled("paper", "zh") if style in {"abstract", "keywords"}]
    assert [line.partition("：" if "：" in line[:4] else ":")[0] for line in lines] == [
        "摘要",
        "关键词",
        "Abstract",
        "Keywords",
    ]
    assert ("keywords", "關鍵詞：重大科技基礎設施；聯盟；光源") in styled("paper", "zh-Hant")


def test_a_title_that_is_the_chapters_heading_is_not_said_twice() -> None:
    """It is on the cover, if there is one."""
    heading = Heading(1, t("交流"))
    once = Document("zh", (("title", t("交流")),), (heading,), chapter=8)
    assert title_block.head(once) == ()
    assert [line.style for line in title_block.head(structs.replace(once, cover=True))] == ["Title"]
