"""`run.py build` when something is issued: what it says it makes, what it leaves alone, what it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.cli.main import main
from reports.pipeline.read import Folders
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

AT = ("--now", NOW.isoformat())


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """The memo of 2023Q2 is issued; a month has passed in the third quarter."""
    house = small_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")
    assert main(["build", "memo", *AT]) == 0
    assert main(["approve", "memo", "2023Q2", "--by", "W", *AT]) == 0
    return house


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What was said on standard error, without the names of the pieces and the remark on --now."""
    told = capsys.readouterr().err.splitlines()
    return [line for line in told if "--now" not in line and not line.startswith("memo 2023Q2 zh")]


def test_every_report_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    for lang, lines in (
        ("zh", {"letter 2023Q2：已生成", "memo 2023Q2：草稿"}),
        ("en", {"letter 2023Q2: made", "memo 2023Q2: a draft"}),
    ):
        monkeypatch.setenv("REPORTS_LANG", lang)
        assert main(["build", "letter", "memo", *AT]) == 0
        assert lines <= {*said(capsys)}


def test_the_usual_day_makes_the_running_period(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """News came after the issue: it is built into the draft of the next quarter, and no correction is made."""
    edit(
        house.data / "records.yaml",
        "  - id: board\n",
        "  - id: news\n    title: {zh: 新会, en: New}\n    date: 2023-07-05\n    status: held\n    source: [{doc: slides}]\n  - id: board\n",
    )
    before = visible(house)
    capsys.readouterr()
    assert main(["build", "memo", *AT]) == 0
    assert "memo 2023Q3: a draft (2023Q2 is issued)" in said(capsys)
    assert {issue.name: issue.state for issue in ledger_of(house).issues()} == {
        "memo/2023Q2": "issued",
        "memo/2023Q3": "draft",
    }
    assert before.items() <= visible(house).items()


def test_an_issued_period_that_reads_otherwise_is_left_alone_until_a_correction_is_asked_for(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(house.data / "records.yaml", "date: 2023-06-01", "date: 2023-06-02")
    before = visible(house)
    capsys.readouterr()
    assert main(["build", "memo", "--period", "2023Q2", *AT]) == 1
    told = said(capsys)
    assert "memo 2023Q2 would read otherwise now:" in told
    assert "    Board: date changed from 1 June 2023 to 2 June 2023" in told
    assert "run.py build memo --period 2023Q2 --correct" in "\n".join(told)
    assert visible(house) == before
    assert [issue.state for issue in ledger_of(house).issues()] == ["issued"]

    assert main(["build", "memo", "--period", "2023Q2", "--correct", *AT]) == 0
    assert "memo 2023Q2: draft of a correction (revision 2)" in said(capsys)
    assert [issue.state for issue in ledger_of(house).issues()] == ["issued", "draft"]


@pytest.mark.usefixtures("house")
def test_an_issued_period_that_reads_the_same_stands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    capsys.readouterr()
    for words in ((), ("--correct",)):
        assert main(["build", "memo", "--period", "2023Q2", *words, *AT]) == 0
        assert "memo 2023Q2: issued, unchanged, left as it is" in said(capsys)
    monkeypatch.setenv("REPORTS_LANG", "zh")
    assert main(["build", "memo", "--correct", *AT]) == 0
    assert "memo 2023Q2：已印发，没有变化，未作改动" in said(capsys)


def test_another_wording_is_told_as_such(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    edit(house.templates / "letter/report.zh.md.j2", "# One", "# First")
    assert main(["build", "memo", "--period", "2023Q2", *AT]) == 1
    assert "    wording or layout was changed, no fact" in said(capsys)


def test_what_is_listed_alone_has_no_next_period(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a schedule nobody says that a period follows the last one listed."""
    text = (house.data / "reports.yaml").read_text("utf-8")
    head, _, memo = text.partition("  - id: memo\n")
    memo = memo.partition("    schedule:")[0] + "    editions: [{period: 2023Q2, as_of: 2023-06-30}]\n"
    (house.data / "reports.yaml").write_text(f"{head}  - id: memo\n{memo}", "utf-8")
    main(["build", "memo", *AT])
    assert not [line for line in said(capsys) if "2023Q3" in line]


# --- what is refused ----------------------------------------------------------------------------------------


def test_a_period_that_has_not_begun_is_refused_unless_it_is_listed(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "memo", "--period", "2031Q4", *AT]) == 1
    told = capsys.readouterr().err
    assert "2031Q4 has not begun: it is 2023-07-11" in told
    assert not (house.output / "memo/2031Q4").exists()
    edit(
        house.data / "reports.yaml",
        "    issues_before: 17\n",
        "    issues_before: 17\n    editions: [{period: 2023Q4, as_of: 2023-10-01}]\n",
    )
    assert main(["build", "memo", "--period", "2023Q4", *AT]) == 0


@pytest.mark.parametrize("folder", ["data", "data/made", "templates"])
@pytest.mark.parametrize("command", [("build",), ("run-due",)])
def test_nothing_is_written_among_what_reports_are_made_from(
    house: Folders, command: tuple[str, ...], folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {*house.data.parent.rglob("*")}
    assert main([*command, "--output", folder, *AT]) == 1
    assert "from which reports are made" in capsys.readouterr().err
    assert {*house.data.parent.rglob("*")} == before


@pytest.mark.usefixtures("house")
def test_a_moment_far_from_the_clock_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", "memo", *AT])
    assert "everything is made as of 2023-07-11T09:00:00+08:00, as --now says" in capsys.readouterr().err
