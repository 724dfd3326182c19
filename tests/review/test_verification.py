"""What a Word file is, and what of it reads otherwise now; and that all that was worked out leads somewhere."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.diagnostics.problems import ReportError
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts
from reports.records.text.loader import read_folder
from reports.review.places import places_in
from reports.review.trace import facts_of
from reports.review.verification import Verdict, verify
from tests.support.quarters import Q2, Q3, Q4, issue, quarters
from tests.support.workplace import edit

FILE = "output/quarterly/2025Q3/quarterly-2025Q3.{}.docx"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year in which the third quarter is issued; to be copied."""
    folder = tmp_path_factory.mktemp("year")
    issue(quarters(folder), "2025Q3", Q3)
    return folder


@pytest.fixture
def house(issued: Path, tmp_path: Path) -> Folders:
    folder = tmp_path / "house"
    shutil.copytree(issued, folder)
    return Folders(folder / "data", folder / "templates", folder / "output")


def verified(house: Folders, lang: str = "en", path: Path | None = None) -> Verdict:
    return verify(path or house.data.parent / FILE.format(lang), house, "en", Q4.date())


def said(found: Verdict) -> list[str]:
    return [f"{one.name}: {one.shown} → {one.now}" for one in found.differing]


def resaved(house: Folders, tmp_path: Path, change: Callable[[str], str] = str) -> Path:
    """The file as another program saves it: other bytes, and what *change* makes of its text."""
    path = tmp_path / "back.docx"
    with zipfile.ZipFile(house.data.parent / FILE.format("en")) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


@pytest.mark.parametrize("lang", ["zh", "en", "zh-Hant"])
def test_an_issue_in_force_reads_the_same_though_the_year_went_on(house: Folders, lang: str) -> None:
    """The data hold what was learnt in the fourth quarter; a figure was revised, and one of the second before."""
    found = verified(house, lang)
    assert (found.standing, found.issues[0].name, said(found)) == ("current", "quarterly/2025Q3", [])
    assert found.good


def test_what_reads_otherwise_is_named_with_its_line_and_all_that_is_worked_out_of_it(house: Folders) -> None:
    figures = house.data / "liaison/figures.yaml"
    edit(figures, "quantity: 116, known", "quantity: 117, known")
    found = verified(house)
    assert not found.good
    assert said(found) == [
        "Visiting users: quantity (values): 116 → 117",
        "Visiting users: change: ↑ +5 (+4.3%) → ↑ +4 (+3.4%)",
    ]
    where = found.differing[0].where
    assert where is not None
    assert "quantity: 117" in figures.read_text("utf-8").splitlines()[where.line - 1]


def test_what_came_and_what_went_is_named(house: Folders) -> None:
    happenings = house.data / "liaison/happenings.yaml"
    edit(happenings, "status: cancelled,", "known: 2025-12-01, status: cancelled,")
    more = "meetings:\n  - {id: extra, title: Extra, date: 2025-08-03, source: [{doc: example-record-q3}]}\n"
    edit(happenings, "meetings:\n", more)
    told = said(verified(house))
    assert "Training for users: status: cancelled → planned" in told, told
    assert "Extra:  → Extra" in told


def test_a_draft_and_a_superseded_issue_are_not_in_force(house: Folders) -> None:
    edit(house.data / "liaison/happenings.yaml", "attendance: 110", "attendance: 101")
    drafts.build(house, Order(("quarterly",), Period.parse("2025Q3")), Q4, correct=True)
    revision = house.output / "quarterly/2025Q3/revision-2/quarterly-2025Q3.en.docx"
    assert verified(house, path=revision).standing == "draft"
    assert verified(house).standing == "current"

    approval.approve(house, "quarterly", "2025Q3", "王", Q4, tell=lambda problem: None)
    found = verified(house)
    assert (found.standing, found.newer and found.newer.revision) == ("superseded", 2)
    assert said(found) == ["sum of attendance: 110 → 101"]
    assert verified(house, path=revision).good


def test_a_file_that_was_saved_again_is_known_and_what_was_typed_over_is_told(
    house: Folders, tmp_path: Path
) -> None:
    assert verified(house, path=resaved(house, tmp_path)).good
    found = verified(house, path=resaved(house, tmp_path, lambda text: text.replace("158,500", "168,500", 1)))
    assert (found.standing, said(found)) == ("current", [])
    assert [(mark.quoted, mark.text) for mark in found.edits] == [("EUR 158,500", "EUR 168,500")]
    assert not found.good


def test_without_a_ledger_that_is_said_and_facts_are_compared(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    file, at = FILE.format("en"), ("--now", "2026-01-11")
    assert main(["verify", file, "--lang", "en", *at]) == 0
    assert main(["verify", file, "--output", "nowhere", "--lang", "zh", *at]) == 1
    told = capsys.readouterr().out
    assert "in force, issued" in told
    assert "“nowhere”中没有印发记录" in told
    assert "所载事实与数据相符" in told


def test_without_templates_or_with_wrong_data_facts_are_looked_up_all_the_same(house: Folders) -> None:
    edit(house.data / "liaison/figures.yaml", "{at: 2025Q3, quantity: 121,", "{at: 2025Q3, quantity: 122,")
    shutil.rmtree(house.templates / "quarterly")
    found = verified(house)
    assert "Visiting users: quantity: 121 → 122" in said(found)
    assert found.problems


def test_a_file_that_is_none_of_ours_is_refused(house: Folders) -> None:
    with pytest.raises(ReportError):
        verify(house.templates / "word/briefing.en.docx", house, "en", Q4.date())


# --- trace ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("period", "at"), [("2025Q2", Q2), ("2025Q3", Q3), ("2025Q4", Q4)])
def test_all_that_was_worked_out_leads_to_all_it_comes_from(tmp_path: Path, period: str, at: object) -> None:
    """Changes, targets, states, how often put, sums, shares, counts and ages: each has its origins in the data."""
    house = quarters(tmp_path)
    drafts.build(house, Order(("quarterly",), Period.parse(period), ("en",), ("docx",)), at, correct=True)  # type: ignore[arg-type]
    facts = facts_of(house.output / f"quarterly/{period}/quarterly-{period}.en.docx")
    places = places_in(read_folder(house.data)[0])

    worked_out = [fact for fact in facts if fact.rule]
    assert {"sum", "share", "count", "change", "state", "target", "times"} <= {
        fact.rule for fact in worked_out
    }
    assert {"sum", "share", "count", "change", "state", "target", "times"} <= {
        fact.rule for fact in worked_out
    }
    for fact in facts:
        assert bool(fact.rule) == bool(fact.of)
        for origin in fact.origins():
            found = places.find(origin)
            assert found is not None, origin
            assert found.node.text == origin.value, origin
