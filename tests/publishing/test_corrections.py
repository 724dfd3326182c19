"""What was issued stays as it is, whatever is learnt later; a correction names every difference a reader sees."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.document.nodes import Box, Listing, inlines_of, plain
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.corrections import section
from reports.pipeline.read import Folders
from reports.pipeline.showing import Showing
from reports.publishing import approval, drafts
from reports.records.changes import Snapshot
from tests.support.quarters import Q2, Q3, Q4, issue, quarters
from tests.support.workplace import NOW, ROOT, edit, ledger_of, small_house

LANGS = ("zh", "en", "zh-Hant")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year in which two quarters are issued; to be copied."""
    folder = tmp_path_factory.mktemp("year")
    house = quarters(folder)
    issue(house, "2025Q2", Q2)
    issue(house, "2025Q3", Q3)
    return folder


@pytest.fixture
def house(issued: Path, tmp_path: Path) -> Folders:
    folder = tmp_path / "house"
    shutil.copytree(issued, folder)
    return Folders(folder / "data", folder / "templates", folder / "output")


def build(house: Folders, period: str, days: int = 0) -> None:
    drafts.build(house, Order(("quarterly",), Period.parse(period)), Q4 + timedelta(days=days), correct=True)


def written(house: Folders, period: str, lang: str, revision: int = 0) -> str:
    folder = house.output / "quarterly" / period / (f"revision-{revision}" if revision else "")
    return (folder / f"quarterly-{period}.{lang}.md").read_text("utf-8")


def corrections(house: Folders, period: str, lang: str, revision: int = 2) -> list[str]:
    """The items of the list of corrections."""
    _, _, told = written(house, period, lang, revision).rpartition("\n## ")
    return [line[2:] for line in told.splitlines() if line.startswith("- ")]


def files_of(house: Folders) -> dict[str, bytes]:
    """All files but the ledger, those of letters too."""
    return {
        path.relative_to(house.output).as_posix(): path.read_bytes()
        for path in house.output.rglob("*")
        if path.is_file() and not path.name.startswith(("ledger", "run.lock")) and ".cache" not in path.parts
    }


# --- nothing that is learnt later ---------------------------------------------------------------------------


LATER = """\
    updates:
      - {on: 2025-09-28, known: 2025-12-01, attendance: 140, source: [{doc: example-record-q4}]}
"""
ONCE = {
    "zh": "参加人数由110改为140",
    "en": "attendance changed from 110 to 140",
    "zh-Hant": "參加人數由110改為140",
}


def test_an_issue_keeps_every_byte_and_the_next_one_tells_the_news_once_in_every_language(
    house: Folders,
) -> None:
    before = files_of(house)
    happenings = house.data / "liaison/happenings.yaml"
    text = happenings.read_text("utf-8")
    day = text[text.index("example-open-day") :].split("\n\n")[0]
    text = text.replace(day, f"{day}\n{LATER.rstrip()}")
    (house.data / "liaison/moved.yaml").write_text(f"# moved\n\n\n{text}\n# the end\n", "utf-8")
    happenings.unlink()
    edit(
        house.data / "liaison/figures.yaml",
        "      - {at: 2025Q4, quantity: 134,",
        "      - {at: 2025Q3, quantity: 125, known: 2025-12-20, source: [{doc: example-record-q4}]}\n"
        "      - {at: 2025Q4, quantity: 134,",
    )

    build(house, "2025Q3")
    build(house, "2025Q2")

    assert files_of(house) == before
    assert [one.state for one in ledger_of(house).issues()] == ["issued", "issued"]

    build(house, "2025Q4")
    for lang in LANGS:
        assert written(house, "2025Q4", lang).count(ONCE[lang]) == 1
    assert "third quarter of 2025 revised to 125" in written(house, "2025Q4", "en")


# --- what a correction names --------------------------------------------------------------------------------


def test_what_was_wrong_is_corrected_where_it_was_shown_and_no_news_later(house: Folders) -> None:
    """Attendance was 110 and is 101: the second quarter says so, what is new in the third is silent."""
    edit(house.data / "liaison/happenings.yaml", "attendance: 110", "attendance: 101")

    build(house, "2025Q2")
    assert corrections(house, "2025Q2", "zh") == [
        "设施开放日：参加人数由110改为101；",
        "参加人数合计由110改为101。",
    ]
    assert corrections(house, "2025Q2", "en") == [
        "Open day: attendance changed from 110 to 101",
        "sum of attendance changed from 110 to 101",
    ]
    assert corrections(house, "2025Q2", "zh-Hant") == [
        "設施開放日：參加人數由110改為101；",
        "參加人數合計由110改為101。",
    ]
    [letter] = (house.output / ".state/mail").rglob("revision-2/*.en.mail.json")
    mail = json.loads(letter.read_text("utf-8"))
    assert "sum of attendance changed from 110 to 101" in mail["corrections"]["text"]

    build(house, "2025Q4")
    told = written(house, "2025Q4", "en")
    assert "attendance" not in told.split("## 2")[0]


def test_a_figure_that_was_wrong_changes_all_that_is_worked_out_of_it_each_named_once(house: Folders) -> None:
    edit(house.data / "liaison/figures.yaml", "{at: 2025Q2, quantity: 118,", "{at: 2025Q2, quantity: 128,")
    build(house, "2025Q2")
    assert corrections(house, "2025Q2", "en") == [
        "Visiting users: quantity changed from 118 to 128",
        "Visiting users: change changed from ↑ +6 (+5.4%) to ↑ +16 (+14.3%)",
        "Visiting users: against the target changed from ahead (+5) to ahead (+15)",
    ]


def test_entries_that_come_and_go_are_named_with_what_they_count_for(house: Folders) -> None:
    late = "meetings:\n  - {id: extra, title: {zh: 补会, en: Extra}, date: 2025-04-03, status: held, source: [{doc: example-record-q2}]}\n"
    edit(house.data / "liaison/happenings.yaml", "meetings:\n", late)
    build(house, "2025Q2")
    assert corrections(house, "2025Q2", "en") == [
        "“Extra” was added",
        "number of meetings changed from 1 to 2",
    ]


def test_another_day_is_named(house: Folders) -> None:
    edit(
        house.data / "reports.yaml",
        "    schedule:",
        "    editions: [{period: 2025Q2, as_of: 2025-07-01, closed: 2025-07-10}]\n    schedule:",
    )
    build(house, "2025Q2")
    assert corrections(house, "2025Q2", "en") == ["facts are as of 1 July 2025, no longer as of 30 June 2025"]


def test_what_a_chart_draws_is_named_but_not_what_it_cannot_show() -> None:
    """Its days, figures and states, and its name; no sentence."""
    then = {
        "a": {
            "": "milestones",
            "title.en": "Beam",
            "date": "2025-05",
            "reason.en": "none",
            "status": "planned",
        }
    }
    now = {
        "a": {**then["a"], "title.en": "First beam", "date": "2025-06", "reason.en": "rain", "status": "done"}
    }
    [box] = section(
        Snapshot(then), Snapshot(now), (Showing(None, drawn="a"),), lang="en", level=1, revision=2
    )
    assert isinstance(box, Box)
    [listing] = [block for block in box.blocks if isinstance(block, Listing)]
    told = [plain(content) for item in listing.items for block in item for content in inlines_of(block)]
    assert told == [
        "First beam: title changed from “Beam” to “First beam”",
        "First beam: date changed from May 2025 to June 2025",
        "First beam: status changed from planned to done",
    ]


# --- ledgers of before --------------------------------------------------------------------------------------


def test_a_ledger_of_before_records_knew_their_days_opens_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house = small_house(tmp_path)
    kept = ROOT / "tests/cases/ledgers/before_time"
    shutil.copytree(kept / "state", house.output / ".state")
    shutil.copytree(kept / "memo", house.output / "memo")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")

    assert main(["verify", "output/memo/2023Q2/memo-2023Q2.zh.docx"]) == 0
    assert "in force, issued 2023-07-11" in capsys.readouterr().out

    [made] = drafts.build(house, Order(("memo",)), NOW, correct=True)
    assert (made.what, made.only_tools) == ("issued", True)

    edit(house.data / "records.yaml", "date: 2023-06-01", "date: 2023-06-02")
    drafts.build(house, Order(("memo",)), NOW, correct=True)
    told = (house.output / "memo/2023Q2/revision-2/memo-2023Q2.zh.md").read_text("utf-8")
    assert "只比较了当时填写的内容" in told
    assert "理事会：开会日期由2023年6月1日改为2023年6月2日" in told

    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=lambda problem: None)
    assert [one.state for one in ledger_of(house).issues()] == ["superseded", "issued"]
    assert main(["verify", "output/memo/2023Q2/memo-2023Q2.zh.docx"]) == 1
    said = capsys.readouterr().out
    assert "superseded by revision 2" in said
    assert "Board: date: 2023年6月1日 → 2023年6月2日  data/records.yaml:11" in said
