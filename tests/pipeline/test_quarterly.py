"""The quarterly report tells of any quarter, filled or empty, what is recorded for it and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports.cli import scaffold
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
            ("共有进展3项", "2022年7月，王贻芳院士访问CERN", "2022年9月，驻CERN中秋活动", "办公室成立"),
        ),
        ("2022Q4", ("共有进展1项", "2022年12月，海外人才需求宣讲会（首届）", "参会110余人")),
        ("2023Q1", ("共有进展1项", "2023年1月，驻CERN春节活动")),
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
        ("2024Q2", "en", ("1 item of progress without a stated date", "(CNRS) (Beijing)")),
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
    assert ("暂无后续计划" in text) is not planned


def test_open_items_stay_until_they_are_decided_and_say_how_often_they_were_put(tmp_path: Path) -> None:
    assert "供讨论事项" not in quarter("2023Q1", "zh", tmp_path)
    assert "| 5 | 中国ATLAS/CMS Tier-1站点建设 |" in quarter("2023Q2", "zh", tmp_path)
    assert "2023年6月8日，第2次提交" in quarter("2024Q2", "zh", tmp_path)


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", "2021年第一季度没有进展，暂无后续计划。"), ("en", "no progress; nothing planned yet.")],
)
def test_of_an_empty_quarter_one_sentence_is_left(lang: str, told: str, tmp_path: Path) -> None:
    text = quarter("2021Q1", lang, tmp_path)
    assert told in text
    assert "## " not in text


def test_an_issue_that_tells_out_of_a_later_source_says_so(tmp_path: Path) -> None:
    assert "2023年6月8日（晚于截止日）" in quarter("2022Q3", "zh", tmp_path)


def test_the_verdict_is_worked_out_of_targets_and_due_days(starter: Folders) -> None:
    said = told(starter, "2025Q3", "zh")
    assert "1项指标落后于目标（国外用户机时占比），1项逾期（致函各成员单位征集明年需求）。" in said
    assert "夜间值班人员：2025年9月20日由示例人员决定：同意增聘两名，先聘一年" in said
    assert "−1个百分点 | 25%（2025年第四季度） | 落后于计划（−5个百分点） |" in said


@pytest.mark.parametrize(
    ("period", "sentences"),
    [
        ("2025Q2", ("Second coordination meeting: moved from 20 June 2025 to 15 September 2025",)),
        (
            "2025Q3",
            (
                "Write to all members about next year's needs: 30 days late (due 31 August 2025)",
                "Agreement on sharing data: signed on 29 June 2025 (learnt on 20 July 2025)",
                "Second coordination meeting: held on 15 September 2025",
                "Rules for travel: deferred on 15 September 2025 (to wait for next year's budget)",
            ),
        ),
        (
            "2025Q4",
            (
                "Who hosts next year's meetings: 16 days late (due 15 December 2025)",
                "15 September 2025; put 2 times",
            ),
        ),
    ],
)
def test_each_quarter_tells_what_changed_since_the_one_before(
    starter: Folders, period: str, sentences: tuple[str, ...]
) -> None:
    said = told(starter, period, "en")
    assert [sentence for sentence in sentences if sentence not in said] == []


def test_a_first_issue_compares_itself_with_nothing(starter: Folders) -> None:
    said = told(starter, "2025Q1", "en")
    assert "Since the last issue" not in said
    assert "Progress in the period" in said


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The invented secretariat of `init`, with last year's four quarters."""
    folder = tmp_path_factory.mktemp("starter") / "office"
    scaffold.init(folder, date(2026, 2, 3))
    return Folders(folder / "data", folder / "templates", folder / "output")


def told(folders: Folders, period: str, lang: str) -> str:
    """The Markdown of the starter's quarterly report."""
    order = build.Order(("quarterly",), Period.parse(period), (lang,), ("md",))
    made = build.build(folders, order, date(2026, 2, 3))
    return next(path for path in made if path.suffix == ".md").read_text("utf-8")
