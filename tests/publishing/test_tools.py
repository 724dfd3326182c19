"""A change of tools is no correction: what was issued is compared by what is read in it, not by its bytes."""

from __future__ import annotations

import shutil
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

import reports
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts
from reports.publishing.drafts import Built
from tests.support.workplace import NOW, ROOT, edit, ledger_of, small_house, visible

Q2 = Period.parse("2023Q2")
MEMO = Order(("memo",), Q2)
LATER = NOW + timedelta(days=1)
#: Two events that only a chart shows.
EVENTS = """\
events:
  - {id: fair, title: {zh: 展会, en: Fair}, date: 2023-05-02, type: report, source: [{doc: slides}]}
  - {id: school, title: {zh: 培训班, en: School}, date: 2023-06-02, type: report, source: [{doc: slides}]}
"""
FIGURE = '\n![Events]({{ chart("timeline", events()) }}){#fig-events}\n'


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house in which the memo of a quarter is issued, with a chart in it; to be copied."""
    house = small_house(tmp_path_factory.mktemp("once"))
    edit(house.data / "records.yaml", "meetings:\n", f"{EVENTS}meetings:\n")
    template = house.templates / "letter/report.zh.md.j2"
    template.write_text(template.read_text("utf-8") + FIGURE, "utf-8")
    drafts.build(house, MEMO, NOW)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=print)
    return house.data.parent


@pytest.fixture
def house(once: Path, tmp_path: Path) -> Folders:
    folder = tmp_path / "house"
    shutil.copytree(once, folder)
    return Folders(folder / "data", folder / "templates", folder / "output")


def again(house: Folders, order: Order = MEMO) -> Built:
    """Build the issued quarter once more, a correction asked for."""
    [made] = drafts.build(house, order, LATER, correct=True)
    return made


def only_tools_changed(house: Folders) -> None:
    """No revision, though the bytes would be others; what is issued stays, or comes back."""
    before = visible(house)
    lost = house.output / "memo/2023Q2/memo-2023Q2.zh.docx"
    lost.unlink()

    made = again(house)

    assert (made.what, made.only_tools) == ("issued", True)
    assert visible(house) == before
    assert [issue.state for issue in ledger_of(house).issues()] == ["issued"]


def test_another_deflate_is_no_correction(house: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.14 on Windows packs with zlib-ng: other bytes of the same parts."""
    deflate = zlib.compressobj
    monkeypatch.setattr("zlib.compressobj", lambda _level, *rest: deflate(1, *rest))
    only_tools_changed(house)


def test_another_matplotlib_draws_other_pixels_and_that_is_no_correction(
    house: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(house.output / ".cache")
    monkeypatch.setattr("reports.charts.canvas.DPI", 90)
    only_tools_changed(house)


def test_another_release_of_the_product_changes_no_byte(
    house: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "__version__", "99.0")
    monkeypatch.setattr("reports.publishing.drafts.__version__", "99.0")
    shutil.rmtree(house.output / ".cache")
    made = again(house)
    assert (made.what, made.only_tools) == ("issued", False)
    files = visible(house).values()
    assert not any(b"99.0" in data or b"Matplotlib" in data for data in files)


def test_another_word_in_the_template_is_a_correction(house: Folders) -> None:
    edit(house.templates / "letter/report.zh.md.j2", "# One", "# First")
    made = again(house)
    assert (made.what, made.revision) == ("correction", 2)
    assert made.told == {"zh": [], "en": []}


def test_another_look_of_word_is_a_correction_where_one_is_asked_for(house: Folders) -> None:
    looks = house.templates / "word/briefing.zh.docx"
    shutil.copy(ROOT / "templates/word/paper.zh.docx", looks)
    assert again(house).what == "correction"


def test_another_fact_is_a_correction(house: Folders) -> None:
    edit(house.data / "records.yaml", "2023-06-01", "2023-06-02")
    made = again(house)
    assert (made.what, made.revision) == ("correction", 2)
    assert made.told["en"] == ["Board: date changed from 1 June 2023 to 2 June 2023"]


def test_a_fact_that_only_a_chart_shows_is_a_correction(house: Folders) -> None:
    edit(house.data / "records.yaml", "date: 2023-05-02", "date: 2023-05-12")
    assert again(house).told["zh"] == ["展会：活动日期由2023年5月2日改为2023年5月12日"]


def test_a_revision_is_compared_without_its_own_corrections(house: Folders) -> None:
    edit(house.data / "records.yaml", "2023-06-01", "2023-06-02")
    again(house)
    approval.approve(house, "memo", "2023Q2", "王", LATER, tell=print)
    made = again(house)
    assert (made.what, made.revision, made.only_tools) == ("issued", 2, False)
    assert [issue.state for issue in ledger_of(house).issues()] == ["superseded", "issued"]


# --- other formats ------------------------------------------------------------------------------------------


def test_an_issue_in_fewer_formats_is_no_correction(house: Folders) -> None:
    before = visible(house)
    assert again(house, Order(("memo",), Q2, formats=("md",))).what == "issued"
    assert visible(house) == before


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_an_issue_is_made_in_another_format_with_its_number_and_without_a_draft(
    house: Folders, form: str, request: pytest.FixtureRequest
) -> None:
    if form == "pdf":
        request.getfixturevalue("soffice")
    made = again(house, Order(("memo",), Q2, formats=(form,)))
    assert made.what == "issued"
    added = house.output / f"memo/2023Q2/memo-2023Q2.zh.{form}"
    assert added in made.files
    assert form == "pdf" or "总第18期" in added.read_text("utf-8")
    assert [issue.state for issue in ledger_of(house).issues()] == ["issued"]


def test_another_language_is_a_correction_of_all_of_it(house: Folders) -> None:
    """What nobody has approved bears no number: the English edition comes with the next revision, and so do all files."""
    edit(house.data / "reports.yaml", "languages: [zh]", "languages: [zh, en]")
    english = house.templates / "letter/report.en.md.j2"
    english.write_text((house.templates / "letter/report.zh.md.j2").read_text("utf-8"), "utf-8")
    made = again(house, Order(("memo",), Q2, languages=("en",), formats=("md",)))
    assert made.what == "correction"
    assert {path.name for path in made.files if path.suffix != ".png"} == {
        f"memo-2023Q2.{lang}.{form}" for lang in ("zh", "en") for form in ("docx", "md")
    }
    approval.approve(house, "memo", "2023Q2", "王", LATER, tell=print)
