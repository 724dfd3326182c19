"""The quarterly report tells of any quarter, filled or empty, what is recorded for it and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports.model.periods import Period
from reports.pipeline import build
from reports.pipeline.read import Folders

ROOT = Path(__file__).parent.parent.parent


def quarter(name: str, lang: str, output: Path) -> str:
    """The Markdown of the quarterly report on a quarter."""
    folders = Folders(ROOT / "data", ROOT / "templates", output)
    order = build.Order(
        reports=("quarterly-progress",), period=Period.parse(name), languages=(lang,), formats=("md",)
    )
    (file,) = build.build(folders, order, date(2024, 7, 1))
    return file.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "2022Q3",
            ("记录到进展3项", "2022年7月，王贻芳院士访问CERN", "2022年9月，驻CERN中秋活动", "办公室成立"),
        ),
        ("2022Q4", ("记录到进展1项", "2022年12月，海外人才需求宣讲会（首届）", "参会110余人")),
        ("2023Q1", ("记录到进展1项", "2023年1月，驻CERN春节活动")),
        ("2020Q3", ("2020年8月26日，中俄科技创新年开幕式", "1000余项")),
        ("2011Q4", ("南非开普敦", "（率先提交，已完成）")),
    ],
)
def test_what_happened_in_the_quarter_is_told(name: str, told: tuple[str, ...], tmp_path: Path) -> None:
    text = quarter(name, "zh", tmp_path)
    assert [words for words in told if words not in text] == []


def test_an_alliance_is_told_by_what_happened_to_it(tmp_path: Path) -> None:
    """Approved is not founded, nor is started."""
    assert "汉萨科学同盟获批" in quarter("2018Q4", "zh", tmp_path)
    assert "LaserNetUS – started" in quarter("2018Q3", "en", tmp_path)


@pytest.mark.parametrize(
    ("name", "lang", "told"),
    [
        (
            "2023Q2",
            "zh",
            ("日期未载明的进展8项", "对高亮度大型强子对撞机（HL-LHC）加速器升级作出实质贡献（首次）"),
        ),
        ("2024Q2", "en", ("1 item of progress on record, without a stated date", "(CNRS) (Beijing)")),
    ],
)
def test_what_a_document_of_the_quarter_reports_without_a_date_is_told_as_such(
    name: str, lang: str, told: tuple[str, ...], tmp_path: Path
) -> None:
    """It is not lost, and not given a date either."""
    text = quarter(name, lang, tmp_path)
    assert [words for words in told if words not in text] == []
    assert ("日期未载明的进展" if lang == "zh" else "Progress whose date is not stated") in text


@pytest.mark.parametrize(("name", "planned"), [("2023Q1", False), ("2023Q2", True)])
def test_a_plan_is_told_once_a_document_has_told_of_it(name: str, planned: bool, tmp_path: Path) -> None:
    """The meeting after July 2023 was announced on 8 June 2023."""
    text = quarter(name, "zh", tmp_path)
    assert ("2023年7月后，2023年度中国与CERN协调会（CERN）" in text) is planned
    assert ("没有记录到后续计划。" in text) is not planned


def test_open_items_stay_until_they_are_decided(tmp_path: Path) -> None:
    assert "没有待讨论的事项" in quarter("2023Q1", "zh", tmp_path)
    for name in ("2023Q2", "2024Q2"):
        assert "以下5项仍待讨论" in quarter(name, "zh", tmp_path)


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            (
                "本期没有记录到进展。",
                "没有记录到后续计划。",
                "本期没有新的数据。",
                "没有待讨论的事项。",
                "没有引用资料。",
            ),
        ),
        (
            "en",
            (
                "No progress is on record for the period.",
                "Nothing planned is on record.",
                "There are no new figures in the period.",
                "No item is open.",
                "No source was drawn on.",
            ),
        ),
    ],
)
def test_every_section_of_an_empty_quarter_says_so_in_one_line(
    lang: str, lines: tuple[str, ...], tmp_path: Path
) -> None:
    told = quarter("2021Q1", lang, tmp_path).split("\n\n")
    assert [line for line in lines if line not in (part.strip() for part in told)] == []
