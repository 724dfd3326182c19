"""What a report says of itself: draft or issue, which number, which revision, what was corrected."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from reports.diagnostics.problems import Problem, ReportError
from reports.document.nodes import Box, Document, Heading, Inlines, Paragraph, Text
from reports.model.imprint import TOTAL
from reports.model.periods import Period
from reports.model.report_definitions import IssueNumber
from reports.pipeline.build import Order, again, make
from reports.pipeline.imprints import Notice, stamped, with_corrections
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts
from reports.publishing.scheduler import rounds
from reports.records.changes import Facts, Snapshot
from reports.writers.pdf import page_count
from tests.conftest import need
from tests.support.workplace import NOW, edit, ledger_of, small_house

MEMO = Order(("memo",), Period.parse("2023Q2"))
STEM = "memo/2023Q2/memo-2023Q2"
#: The number of the first issue in each language, and the mark of its draft.
NUMBERS = {
    "zh": "2023年第2期 总第18期",
    "zh-Hant": "2023年第2期 總第18期",
    "en": "No. 2 of 2023 (no. 18 overall)",
}
MARKS = {"zh": "草稿", "zh-Hant": "草稿", "en": "Draft"}


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    """A report that needs approval, in every language and format that is not laid out."""
    house = small_house(tmp_path)
    edit(
        house.data / "reports.yaml",
        "    languages: [zh]\n    formats: [docx, md]\n",
        "    languages: [zh, en, zh-Hant]\n    formats: [docx, md, html]\n",
    )
    return house


def build(house: Folders, days: int = 0) -> tuple[Path, ...]:
    """Build the memo; where it is issued, its correction."""
    [made] = drafts.build(house, MEMO, NOW + timedelta(days=days), correct=True)
    return made.files


def approve(house: Folders, days: int = 0) -> None:
    now = NOW + timedelta(days=days)
    approval.approve(house, "memo", "2023Q2", "王", now, tell=fail)


def fail(problem: Problem) -> None:
    pytest.fail(problem.message())


def text_of(file: Path) -> str:
    """All text of a file, that of a Word file with its headers."""
    if file.suffix != ".docx":
        return file.read_text("utf-8")
    with zipfile.ZipFile(file) as package:
        names = [n for n in package.namelist() if "document.xml" in n or "header" in n]
        return "".join(package.read(name).decode() for name in names)


def each_file(house: Folders, stem: str = STEM) -> Iterator[tuple[str, str, str]]:
    """Language, ending and text of every file of the memo."""
    for lang in NUMBERS:
        for ending in ("docx", "md", "html"):
            yield lang, ending, text_of(house.output / f"{stem}.{lang}.{ending}")


def front_of(house: Folders, lang: str = "zh", stem: str = STEM) -> list[str]:
    """The front matter of a Markdown file up to its title."""
    lines = (house.output / f"{stem}.{lang}.md").read_text("utf-8").split("\n")
    return lines[1 : next(n for n, line in enumerate(lines) if line.startswith("title:"))]


# --- drafts and issues --------------------------------------------------------------------------------------


def test_every_file_of_a_draft_says_so_and_that_its_number_is_to_come(house: Folders) -> None:
    build(house)
    for lang, ending, text in each_file(house):
        assert MARKS[lang] in text, (lang, ending)
        assert NUMBERS[lang] not in text, (lang, ending)
        assert {
            "zh": "2023年（期号批准时编定）",
            "zh-Hant": "2023年（期號批准時編定）",
            "en": "2023 (number upon approval)",
        }[lang] in text


def test_a_markdown_draft_says_so_to_programs_and_to_readers(house: Folders) -> None:
    build(house)
    assert front_of(house) == ['lang: "zh"', 'status: "draft"', 'issue: "2023年（期号批准时编定）"']
    body = (house.output / f"{STEM}.en.md").read_text("utf-8").split("---\n")[2]
    assert body.startswith("\n> **Draft**\n\n# Memo second quarter of 2023\n\n2023 (number upon approval)")


def test_no_file_of_an_issue_bears_the_mark_and_each_has_the_number(house: Folders) -> None:
    build(house)
    approve(house)
    for lang, ending, text in each_file(house):
        assert MARKS[lang] not in text, (lang, ending)
        assert text.count(NUMBERS[lang]) == (2 if ending == "md" else 1), (lang, ending)
    assert front_of(house) == [
        'lang: "zh"',
        'status: "issued"',
        'issue: "2023年第2期 总第18期"',
        'approved: "2023-07-11"',
    ]


def test_two_drafts_that_wait_together_get_two_numbers(house: Folders) -> None:
    """None is known before approval: the one that is approved first is issued first."""
    drafts.build(house, Order(("memo",), Period.parse("2023Q2")), NOW)
    drafts.build(house, Order(("memo",), Period.parse("2023Q3")), NOW)
    for period, number in (
        ("2023Q3", "No. 3 of 2023 (no. 18 overall)"),
        ("2023Q2", "No. 4 of 2023 (no. 19 overall)"),
    ):
        approval.approve(house, "memo", period, "王", NOW, tell=fail)
        assert f'issue: "{number}"' in front_of(house, "en", f"memo/{period}/memo-{period}")


def test_a_draft_of_a_release_that_counted_otherwise_is_built_again() -> None:
    with pytest.raises(ReportError, match="built by an earlier version"):
        stamped({"a.md": f"2023年第2期 总第{TOTAL}期".encode()}, IssueNumber(2023, 1, 1), NOW.date())


def test_the_day_of_approval_is_the_one_in_the_time_zone_of_the_schedule(house: Folders) -> None:
    build(house)
    early = NOW.replace(hour=6)  # the day before, in Greenwich
    approval.approve(house, "memo", "2023Q2", "王", early, tell=fail)
    assert 'approved: "2023-07-11"' in front_of(house)


def test_an_issue_is_the_file_that_would_have_been_written_with_its_number(house: Folders) -> None:
    """What approval puts in changes nothing else, byte for byte."""
    reading, [made] = make(house, MEMO, NOW.date())
    build(house)
    approve(house)
    written = again(reading, house, made, Notice(number=IssueNumber(2023, 2, 18), approved="2023-07-11"))
    assert {name: (house.output / name).read_bytes() for name in written.files} == written.files


def test_a_pdf_is_laid_out_with_the_number(house: Folders) -> None:
    need("soffice")
    edit(
        house.data / "reports.yaml",
        "zh, en, zh-Hant]\n    formats: [docx, md, html]",
        "en]\n    formats: [pdf]",
    )
    build(house)
    pdf = house.output / f"{STEM}.en.pdf"
    assert "Draft" in words_of(pdf)
    approve(house)
    assert "Draft" not in words_of(pdf)
    assert NUMBERS["en"] in words_of(pdf)
    assert page_count(pdf.read_bytes()) == 1
    assert len(ledger_of(house).issues()) == 1
    build(house, 1)
    assert len(ledger_of(house).issues()) == 1


def words_of(pdf: Path) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - one test needs it

    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(pdf).pages)


def test_what_the_job_issues_itself_has_its_number_and_what_is_built_by_hand_has_none(house: Folders) -> None:
    drafts.build(house, Order(("letter",), Period.parse("2023Q2")), NOW)
    stem = "letter/2023Q2/letter-2023Q2"
    assert front_of(house, "en", stem) == ['lang: "en"']
    rounds.run_due(house, NOW, tell=fail)
    assert front_of(house, "en", stem) == [
        'lang: "en"',
        'status: "issued"',
        'issue: "No. 1 of 2023 (no. 1 overall)"',
        'approved: "2023-07-11"',
    ]


def test_an_issue_built_again_from_the_same_data_is_the_same(house: Folders) -> None:
    rounds.run_due(house, NOW, tell=fail)
    approve(house)
    before = {issue.name for issue in ledger_of(house).issues()}
    drafts.build(house, Order(("letter", "memo"), Period.parse("2023Q2")), NOW + timedelta(days=1))
    assert {issue.name for issue in ledger_of(house).issues()} == before


# --- corrections --------------------------------------------------------------------------------------------


def test_a_correction_says_that_it_is_one_and_what_differs(house: Folders) -> None:
    build(house)
    approve(house)
    edit(
        house.data / "records.yaml",
        "{zh: 理事会, en: Board}\n    date: 2023-06-01",
        "{zh: 董事会, en: Council}\n    date: 2023-06",
    )
    build(house, 1)
    stem = "memo/2023Q2/revision-2/memo-2023Q2"
    for lang, ending, text in each_file(house, stem):
        assert MARKS[lang] in text, (lang, ending)
        assert NUMBERS[lang] in text, (lang, ending)
    approve(house, 1)
    for lang, ending, text in each_file(house, stem):
        assert MARKS[lang] not in text, (lang, ending)
    assert front_of(house, "en", stem)[1:] == [
        'status: "issued"', 'issue: "No. 2 of 2023 (no. 18 overall)"', 'revision: "2"', 'approved: "2023-07-12"',
    ]  # fmt: skip
    told = (house.output / f"{stem}.zh.md").read_text("utf-8")
    assert "2023年第2期 总第18期<br>更正版（第2版），改动见“更正说明”" in told
    assert told.endswith(
        "# 更正说明\n\n与第1版相比，本版更正如下：\n\n"
        "- 董事会：会议名称由“理事会”改为“董事会”；\n- 董事会：开会日期由2023年6月1日改为2023年6月。\n"
    )
    assert (
        (house.output / f"{stem}.zh-Hant.md")
        .read_text("utf-8")
        .endswith(
            "# 更正說明\n\n與第1版相比，本版更正如下：\n\n"
            "- 董事會：會議名稱由「理事會」改為「董事會」；\n- 董事會：開會日期由2023年6月1日改為2023年6月。\n"
        )
    )
    assert (
        (house.output / f"{stem}.en.md")
        .read_text("utf-8")
        .endswith(
            "# Corrections\n\nSince revision 1, the following was corrected:\n\n"
            "- Council: title changed from “Board” to “Council”\n- Council: date changed from 1 June 2023 to June 2023\n"
        )
    )


def test_what_the_report_does_not_show_is_no_correction_of_it(house: Folders) -> None:
    build(house)
    approve(house)
    edit(
        house.data / "records.yaml",
        "date: 2023-06-01\n",
        "date: 2023-06-01\n    tags: [a]\n    format: online\n",
    )
    edit(house.templates / "letter" / "report.zh.md.j2", "# One", "# Two")
    build(house, 1)
    told = (house.output / "memo/2023Q2/revision-2/memo-2023Q2.zh.md").read_text("utf-8")
    assert told.endswith("与第1版相比，所载事实没有变化，改动的是文字或版式。\n")


def test_a_third_revision_is_compared_with_the_second(house: Folders) -> None:
    for days, (old, new) in enumerate([("理事会", "董事会"), ("董事会", "委员会")], 1):
        build(house, days - 1)
        approve(house, days - 1)
        edit(house.data / "records.yaml", old, new)
    build(house, 2)
    told = (house.output / "memo/2023Q2/revision-3/memo-2023Q2.zh.md").read_text("utf-8")
    assert "与第2版相比，本版更正如下：\n\n- 委员会：会议名称由“董事会”改为“委员会”。" in told
    approve(house, 2)
    build(house, 3)
    assert [issue.revision for issue in ledger_of(house).issues()] == [1, 2, 3]


def test_corrections_stand_before_annexes_and_before_who_gets_it() -> None:
    then: Facts = {"a": {"": "meetings", "date": "2023"}}
    annex = Heading(1, words("附件"), annex=True)
    for last in (annex, Box("distribution", (Paragraph(words("送：王主任")),))):
        document = Document("zh", blocks=(Paragraph(words("正文")), last))
        told = with_corrections(document, (), (), Notice(2, then=Snapshot(then)))
        assert [getattr(b, "role", type(b).__name__) for b in told.blocks[:2]] == ["Paragraph", "corrections"]
        assert told.blocks[2:] == (last,)


def words(text: str) -> Inlines:
    return (Text(text),)
