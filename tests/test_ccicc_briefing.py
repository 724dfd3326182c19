"""The shipped briefing says everything its source states, in both languages and both formats."""

from __future__ import annotations

import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from reports import pipeline
from reports.trace import facts_of
from reports.writers.word_lint import lint
from reports.writers.word_xml import W_URI
from tests.conftest import need

ROOT = Path(__file__).parent.parent
STEM = "ccicc-briefing/2023/ccicc-briefing-2023"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The briefing, built once."""
    folder = tmp_path_factory.mktemp("output")
    pipeline.build(pipeline.Folders(ROOT / "data", ROOT / "templates", folder), pipeline.Order(), date(2023, 7, 1))
    return folder


def letters_of(file: Path) -> str:
    """All letters of a Word file's text and footnotes."""
    with zipfile.ZipFile(file) as package:
        parts = [etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    return "".join(element.text or "" for part in parts for element in part.iter(f"{{{W_URI}}}t"))


#: What the source states, fact by fact: how each edition says it.
FACTS = [
    ("王贻芳", "Wang Yifang"), ("2023年6月8日", "8 June 2023"), ("北京", "Beijing"), ("CCICC", "CCICC"),
    ("国际合作", "international cooperation"), ("同等重视", "same weight"), ("脱钩", "decoupling"),
    ("约3:7", "about 3:7"), ("远小于1:9", "far below 1:9"), ("战略性选择", "strategic choice"),
    ("于2019年成立", "founded in 2019"), ("科技部", "MOST"), ("教育部", "MOE"), ("基金委", "NSFC"), ("中科院", "CAS"),
    ("年度协调机制", "yearly coordination mechanism"), ("LHC实验", "LHC experiments"),
    ("加速器升级", "accelerator upgrade"), ("探测器研发", "detector development"),
    ("物理分析的计算与存储", "computing and storage for physics analysis"), ("人才培养", "training"),
    ("陆续签署", "one institution after another"), ("CCJRC", "CCJRC"), ("2019年6月19日", "19 June 2019"),
    ("包信和", "Bao Xinhe"), ("中国科大", "USTC"), ("高能所", "IHEP"), ("Fabiola Gianotti", "Fabiola Gianotti"),
    ("月、日无法辨认", "day and month illegible"), ("45th Hazeh", "45th Hazeh"), ("February James", "February James"),
    ("以英文和中文写成", "in English and Chinese"), ("以英文文本为准", "the English version"), ("3份", "copies: 3"),
    ("2022年9月设立", "September 2022"), ("签证", "visas"), ("住宿", "accommodation"), ("2位", "2 part-time"),
    ("兼职秘书", "secretaries"), ("束流测试", "test-beam"), ("微信公众号", "WeChat public account"),
    ("微信群", "WeChat groups"), ("中秋", "Mid-Autumn"), ("2022年12月", "December 2022"), ("首届", "first edition"),
    ("110余人", "more than 110"), ("线上线下同时", "on site and online"), ("2023年1月", "January 2023"),
    ("春节", "Spring Festival"), ("2019年10月", "October 2019"), ("2020年11月", "November 2020"),
    ("疫情", "pandemic"), ("2021年（暂停）", "2021 (suspended)"), ("2022年（暂停）", "2022 (suspended)"),
    ("2023年7月后（计划中）", "after July 2023 (planned)"), ("HL-LHC", "HL-LHC"), ("WLCG", "WLCG"), ("LHCb", "LHCb"),
    ("附属成员国", "associate member"), ("资助机构领导访问", "heads of Chinese funding agencies"),
    ("驻日内瓦代表团", "Mission in Geneva"), ("内参", "internal channels"), ("2022年7月", "July 2022"),
    ("ATLAS/CMS Tier-1", "Tier-1 site for ATLAS and CMS"), ("1985年1月1日", "1 January 1985"),
    ("周光召", "Zhou Guangzhao"), ("2002年", "2002"), ("邱举良", "Qiu Juliang"), ("1992年", "1992"),
    ("国家科委", "SSTC"), ("1999年", "1999"), ("CMS探测器", "CMS detector"), ("未指定", "not assigned"), ("未定", "not set"),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("pair", FACTS, ids=lambda pair: pair[1])
def test_each_fact_of_the_source_is_in_both_formats(output: Path, lang: str, pair: tuple[str, str]) -> None:
    """Every number, date, name and acronym is said in the Word file and in its Markdown twin."""
    fact = pair[0 if lang == "zh" else 1]
    markdown = (output / f"{STEM}.{lang}.md").read_text("utf-8")
    word = letters_of(output / f"{STEM}.{lang}.docx")
    assert fact in markdown.replace("\\", "")
    assert fact in word


def test_the_bound_is_never_told_as_a_number(output: Path) -> None:
    """Far below 1:9 is not 10 %."""
    for lang in ("zh", "en"):
        assert not re.search(r"\b10 ?%|11 ?%", (output / f"{STEM}.{lang}.md").read_text("utf-8"))


def test_both_editions_tell_the_same_facts_in_the_same_order(output: Path) -> None:
    """Record and field of every fact, in reading order."""
    told = {
        lang: [(f.record, f.field.removesuffix(f".{lang}")) for f in facts_of(output / f"{STEM}.{lang}.docx")]
        for lang in ("zh", "en")
    }
    assert set(told["zh"]) == set(told["en"])
    assert told["zh"] == told["en"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fact_leads_to_the_line_that_holds_it(output: Path, lang: str) -> None:
    """File and line of each fact exist, and the line at that column begins with the value as written there."""
    facts = facts_of(output / f"{STEM}.{lang}.docx")
    assert len(facts) > 150
    for fact in facts:
        lines = (ROOT / fact.where.file).read_text("utf-8").splitlines()
        written = lines[fact.where.line - 1][fact.where.column - 1 :].lstrip("\"'")
        first_words = fact.value.splitlines()[0][:12] if fact.value else ""
        assert written.startswith(first_words), fact


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_word_file_passes_both_judges(output: Path, lang: str) -> None:
    """The lint finds nothing, and the Office 2019 audit finds nothing."""
    from openxml_audit import FileFormat, OpenXmlValidator

    file = output / f"{STEM}.{lang}.docx"
    assert lint(file.read_bytes()) == []
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0).validate(str(file))
    assert [str(error) for error in result.errors] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_libreoffice_shows_all_of_it(output: Path, lang: str, soffice: str, tmp_path: Path) -> None:
    """The PDF LibreOffice makes holds the words of every heading and discussion item, and a few pages only."""
    file = output / f"{STEM}.{lang}.docx"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    pdf = tmp_path / f"{file.stem}.pdf"
    text = subprocess.run([need("pdftotext"), str(pdf), "-"], check=True, capture_output=True).stdout.decode("utf-8")
    squeezed = re.sub(r"\s", "", text)
    for topic in {"zh": ["政策与资源支持", "合作协议", "未指定"], "en": ["Policyandresourcesupport", "notassigned"]}[lang]:
        assert topic in squeezed
    assert "Error" not in text
    assert text.count("\f") <= 10
