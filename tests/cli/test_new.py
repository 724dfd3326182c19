"""`run.py new report`: it builds at once and moves nothing in the list."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.cli.scaffold import Wish, new_report
from reports.diagnostics.problems import ReportError
from reports.pipeline.check import check
from reports.pipeline.read import Folders

ENTRY = """\
  - id: monthly
    title: {zh: 月报, en: Monthly report}
    template: monthly
    profile: news
    period: month
    languages: [zh, en]
    formats: [docx, md]
    programmes: [ccicc]
"""
WISH = Wish("monthly", "月报", "Monthly report", "month", "news", ("ccicc",))


def folders(house: Path) -> Folders:
    return Folders(house / "data", house / "templates", house / "output")


def test_a_new_report_builds_at_once_in_both_languages(
    secretariat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "report", "half-year", "--every", "half", "--title-en", "Half a year"]) == 0
    made = capsys.readouterr()
    assert "templates/half-year/report.zh.md.j2" in made.out
    assert "Build it: run.py build half-year" in made.err

    assert main(["build", "half-year", "--format", "md", "--now", "2023-07-10"]) == 0
    for lang, title in (("zh", "half-year"), ("en", "Half a year")):
        text = (secretariat / f"output/half-year/2023H1/half-year-2023H1.{lang}.md").read_text("utf-8")
        assert f"# {title}\n" in text
    assert [p for p in check(folders(secretariat), date(2023, 7, 10)) if "half-year" in p.where.file] == []


def test_the_list_keeps_every_letter_and_gets_one_entry(secretariat: Path) -> None:
    before = (secretariat / "data/reports.yaml").read_text("utf-8")
    new_report(folders(secretariat), WISH)

    assert (secretariat / "data/reports.yaml").read_text("utf-8") == before + "\n" + ENTRY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("reports:\n", "reports:\n" + ENTRY),
        ("reports: []\n", "reports:\n" + ENTRY),
        ("# 清单\nreports:  # all\n", "# 清单\nreports:  # all\n" + ENTRY),
        (
            "reports:\n  - id: a  # one\n    x: 1\n\n# end\n",
            "reports:\n  - id: a  # one\n    x: 1\n\n" + ENTRY + "\n# end\n",
        ),
        ("reports:\n- id: a\n", "reports:\n- id: a\n\n" + ENTRY.replace("\n  ", "\n")[2:]),
        ("reports:\n  - id: a\nother: 1\n", "reports:\n  - id: a\n\n" + ENTRY + "other: 1\n"),
        (
            "\ufeffreports:\r\n  - id: a\r\n",
            "\ufeffreports:\r\n  - id: a\r\n\r\n" + ENTRY.replace("\n", "\r\n"),
        ),
        ("reports:\n  - id: a", "reports:\n  - id: a\n\n" + ENTRY),
    ],
)
def test_the_entry_stands_behind_the_last_one_in_the_lists_own_form(
    secretariat: Path, before: str, after: str
) -> None:
    path = secretariat / "data/reports.yaml"
    path.write_bytes(before.encode())
    new_report(folders(secretariat), WISH)

    assert path.read_bytes().decode() == after


def test_where_there_is_no_list_one_is_begun(secretariat: Path) -> None:
    (secretariat / "data/reports.yaml").unlink()
    shutil.rmtree(secretariat / "templates/shared")
    new_report(folders(secretariat), WISH)

    assert (secretariat / "data/reports.yaml").read_text("utf-8") == "format: 2\n\nreports:\n" + ENTRY
    assert (secretariat / "templates/shared/zh.md.j2").is_file()


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("Monthly", None, "data/bad-id"),
        ("../out", None, "data/bad-id"),
        ("a-report-with-a-name-of-33-letters", None, "job/long-id"),
        ("quarterly-progress", None, "scaffold/taken"),
        ("shared", None, "scaffold/taken"),
        ("monthly", "reports: [{id: a}]\n", "scaffold/no-list"),
        ("monthly", "report:\n  - id: a\n", "scaffold/no-list"),
        ("monthly", "reports:\n  - id: a\n    x: |\n      text\nbroken: [\n", "scaffold/no-list"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_written(
    secretariat: Path, name: str, text: str | None, code: str
) -> None:
    path = secretariat / "data/reports.yaml"
    if text is not None:
        path.write_text(text, "utf-8")
    before = path.read_bytes(), sorted((secretariat / "templates").rglob("*"))
    with pytest.raises(ReportError) as error:
        new_report(folders(secretariat), Wish(name))

    assert [problem.code for problem in error.value.problems] == [code]
    assert (path.read_bytes(), sorted((secretariat / "templates").rglob("*"))) == before


def test_a_dry_run_writes_nothing(secretariat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (secretariat / "data/reports.yaml").read_bytes()
    assert main(["new", "report", "monthly", "--dry-run"]) == 0

    assert "templates/monthly/report.en.md.j2" in capsys.readouterr().out
    assert (secretariat / "data/reports.yaml").read_bytes() == before
    assert not (secretariat / "templates/monthly").exists()


@pytest.mark.usefixtures("secretariat")
def test_a_report_without_a_name_is_asked_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "report"]) == 1
    assert "Write: run.py new report NAME." in capsys.readouterr().err
