"""Records that no report takes, and reports that find none, are told by check and status; what links bring in is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.pipeline.read import read

REPORTS = """\
reports:
  - id: short
    title: {zh: 短报告, en: Short report}
    template: short
    period: quarter
    programmes: [demo]
    languages: [en]
    formats: [md]
"""
SOURCE = "sources:\n  - {id: paper, title: {zh: 文件, en: Paper}, genre: minutes}\n"
THEMES = "themes:\n  - {id: exchange, title: {zh: 交流, en: Exchange}}\n"
EVENT = """\
events:
  - {id: fair, title: {zh: 招聘会, en: Job fair}, type: job fair, date: 2023-05, source: [{doc: paper}]}
"""


def house(root: Path, **files: str) -> Path:
    """A secretariat with one report; data files by their paths."""
    (root / "templates" / "short").mkdir(parents=True)
    (root / "templates" / "short" / "report.en.md.j2").write_text("# One\n\nText.\n", "utf-8")
    for name, text in {"reports.yaml": REPORTS, **files}.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root / "data"


def told(data: Path) -> list[str]:
    return [f"{p.where}: {p.message()}. {p.hint()}" for p in read(data).problems]


def test_themes_in_the_shared_folder_divide_no_report(tmp_path: Path) -> None:
    """Records may link to them, and still the report and its board have no parts."""
    linked = EVENT.replace("date:", "theme: exchange, date:")
    data = house(tmp_path, **{"shared/themes.yaml": THEMES, "demo/all.yaml": SOURCE + linked})
    assert told(data) == [
        (
            "data/shared/themes.yaml:2:10: no report takes 1 of the records in this file, which stand in shared: exchange. "
            "Move them into the folder of a programme (demo), or name theirs under 'programmes' in reports.yaml."
        )
    ]
    reports = data / "reports.yaml"
    reports.write_text(REPORTS.replace("[demo]", "[demo, shared]"), "utf-8")
    assert told(data) == []


def test_a_file_one_folder_too_high_is_told(tmp_path: Path) -> None:
    data = house(tmp_path, **{"events.yaml": EVENT, "demo/all.yaml": SOURCE})
    assert told(data) == [
        (
            "data/events.yaml:2:10: no report takes 1 of the records in this file, which stands in no programme's folder: "
            "fair. Move the file into the folder of a programme: demo."
        )
    ]
    (data / "events.yaml").rename(data / "demo" / "events.yaml")
    assert told(data) == []


def test_a_folder_that_is_nobodys_programme_is_told(tmp_path: Path) -> None:
    data = house(tmp_path, **{"demo/all.yaml": SOURCE, "dmeo/events.yaml": EVENT})
    assert [line.partition(", which")[0] for line in told(data)] == [
        "data/dmeo/events.yaml:2:10: no report takes 1 of the records in this file"
    ]


def test_what_links_lead_to_may_stand_anywhere(tmp_path: Path) -> None:
    """A meeting's series, and the host of that; who is shared without being named is a register, and right."""
    meeting = "meetings:\n  - {id: third, title: {zh: 第三次, en: Third}, date: 2023-05, status: held, series: yearly, source: [{doc: paper}]}\n"
    series = (
        "series:\n  - {id: yearly, title: {zh: 年会, en: Yearly}, organisers: [body], source: [{doc: paper}]}\n"
        "organisations:\n  - {id: body, name: {zh: 机构, en: Body}, type: institute, source: [{doc: paper}]}\n"
    )
    people = "people:\n  - {id: wang, name: {zh: 王, en: Wang}, source: [{doc: paper}]}\n"
    data = house(
        tmp_path,
        **{"demo/all.yaml": SOURCE + meeting, "elsewhere/series.yaml": series, "shared/people.yaml": people},
    )
    assert told(data) == []


def test_a_report_that_names_no_programme_takes_all(tmp_path: Path) -> None:
    reports = REPORTS.replace("    programmes: [demo]\n", "")
    data = house(
        tmp_path, **{"reports.yaml": reports, "events.yaml": SOURCE + EVENT, "shared/themes.yaml": THEMES}
    )
    assert told(data) == []


def test_what_is_wrong_is_told_first(tmp_path: Path) -> None:
    data = house(tmp_path, **{"events.yaml": EVENT, "demo/all.yaml": "sources: [{id: Paper}]\n"})
    assert "data/no-programme" not in {problem.code for problem in read(data).problems}


def test_a_report_without_records_says_so_in_check_and_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTS_LANG", "en")
    data = house(tmp_path, **{"demo/all.yaml": "# still to come\n", "other/all.yaml": SOURCE + EVENT})
    assert told(data)[-1] == (
        "data/reports.yaml:6:17: there are no records for this report in demo. "
        "Put records there, or name the folders that have some: other."
    )
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--now", "2023-07-01"]) == 0
    assert "data/nothing-to-tell" in capsys.readouterr().err
    assert main(["status", "--now", "2023-07-01"]) == 0
    said = capsys.readouterr()
    assert "nothing to show: this report takes records of demo, and there are none" in said.out
    assert "data/other/all.yaml" in said.err
    assert main(["status", "--format", "json", "--now", "2023-07-01"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["notes"][0].startswith("nothing to show")


def test_an_empty_board_says_that_records_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTS_LANG", "zh")
    house(tmp_path, **{"demo/all.yaml": SOURCE + EVENT})
    monkeypatch.chdir(tmp_path)
    assert main(["status", "--now", "2023-07-01"]) == 0
    assert "此报告可用 2 条记录，但都不属于任何主题，报告也没有显示" in capsys.readouterr().out
