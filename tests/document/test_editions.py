"""Both editions say the same facts in the same order; what differs is named at both templates."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from reports.diagnostics.problems import Problem
from reports.pipeline.check import check
from reports.pipeline.read import Folders

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2023, 7, 1)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The shipped data with one short report of its own."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "templates/short").mkdir(parents=True)
    (tmp_path / "data/reports.yaml").write_text(
        "reports:\n"
        "  - id: short\n"
        "    title: {zh: 短报告, en: Short report}\n"
        "    template: short\n"
        "    period: year\n"
        "    editions: [{period: 2023, as_of: 2023-06-08}]\n"
        "    programmes: [ccicc]\n",
        "utf-8",
    )
    return tmp_path


def found(house: Path, chinese: str, english: str) -> list[Problem]:
    """What `check` says of twins when the editions read so."""
    for lang, text in (("zh", chinese), ("en", english)):
        (house / f"templates/short/report.{lang}.md.j2").write_text(text, "utf-8")
    folders = Folders(house / "data", house / "templates", house / "output")
    return [p for p in check(folders, TODAY) if p.code.startswith("twins/")]


EVENTS = "# 活动\n\n{% for e in events() %}\n- {{ e.date }}，{{ e.title }}。\n\n{% endfor %}\n"


def test_word_order_inside_a_passage_is_each_languages_own(house: Path) -> None:
    english = EVENTS.replace("{{ e.date }}，{{ e.title }}。", "{{ e.title }} ({{ e.date }}).")

    assert found(house, EVENTS, english) == []


def test_a_fact_one_edition_lacks_is_named_with_both_template_lines(house: Path) -> None:
    [problem] = found(house, EVENTS, EVENTS.replace("{{ e.date }}，", ""))

    assert problem.code == "twins/facts"
    assert str(problem.where) == "templates/short/report.en.md.j2:4"
    assert problem.message() == (
        "the edition in 'en' shows other facts here than the one in 'zh' (templates/short/report.zh.md.j2:4)"
    )
    assert problem.hint().startswith("Missing here: ")
    assert ".date" in problem.hint()
    assert problem.severity == "warning"


def test_a_record_only_one_edition_tells_of_is_named(house: Path) -> None:
    more = EVENTS + "\nSee {{ record('job-fair-2022').attendance }}.\n"
    [problem] = found(house, EVENTS, more)

    assert (problem.code, problem.where.line) == ("twins/facts", 8)
    assert problem.hint() == "Missing here: –. Only here: job-fair-2022.attendance."


def test_the_same_facts_in_another_order_are_told(house: Path) -> None:
    other = EVENTS.replace("events()", "events() | reverse | list")
    [problem] = found(house, EVENTS, other)

    assert problem.code == "twins/order"


def test_a_chart_of_other_records_is_told(house: Path) -> None:
    chart = "# 图\n\n图见@fig-t。\n\n![时间线]({{{{ chart('timeline', {}) }}}}){{#fig-t}}\n"
    [problem] = found(house, chart.format("events()"), chart.format("events() + visits()"))

    assert (problem.code, problem.where.line) == ("twins/facts", 5)


def test_the_shipped_editions_say_the_same() -> None:
    folders = Folders(ROOT / "data", ROOT / "templates", ROOT / "output")

    assert [str(p.where) for p in check(folders, TODAY) if p.code.startswith("twins/")] == []
