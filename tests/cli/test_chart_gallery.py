"""The catalogue: every kind of chart from whatever data there is, and the template line that draws it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from reports import charts
from reports.cli import chart_gallery as catalogue
from reports.cli.chart_gallery import WAYS, Shown, examples
from reports.diagnostics.problems import Where
from reports.model.dates import parse_date
from reports.model.records import Dataset, Node, Record
from reports.model.report_definitions import Job, ReportDefinition, plan
from reports.pipeline import read as read_
from reports.records.converter import read
from reports.templating.render import merge
from tests.support.chart_records import (
    BODIES,
    CLASSES,
    FIGURES,
    LINKED,
    MEETINGS,
    REFERENCE,
    RELATIONS,
    USERS,
)

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = ("zh", "en")


def dataset(*records: Record) -> Dataset:
    """Records of one programme, each under an id of its own."""
    numbered = {
        f"{n}-{record.id}" if record.id == "x" else record.id: record for n, record in enumerate(records)
    }
    found = {id_: replace(record, id=id_) for id_, record in numbered.items()}
    everything = {id_: one for id_, one in LINKED.items() if one.kind != "member class"} | found
    return Dataset.of(everything, {}, dict.fromkeys(everything, "league"))


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return read_.read(ROOT / "data").dataset


@pytest.fixture(scope="module")
def shown(shipped: Dataset) -> tuple[Shown, ...]:
    found, missing = examples(shipped, LANGUAGES)
    assert missing == ("trend",)  # no record of it has figures of several times
    return found


def job(programme: str) -> Job:
    """The job of a report of one programme."""
    report = read(ReportDefinition,
        {"id": "r", "title": {"zh": "报告", "en": "Report"}, "template": "t", "period": "year",
         "editions": [{"period": "2023", "as_of": "2023-12-31"}], "programmes": [programme]}
    )  # fmt: skip
    return plan(report, None, date(2024, 1, 1))


# --- the shipped data ---------------------------------------------------------------------------------------


def test_the_shipped_data_shows_every_way_to_use_a_chart(shown: tuple[Shown, ...]) -> None:
    assert [one.example.name for one in shown] == [name for name in WAYS if name != "trend"]
    assert {one.example.kind for one in shown} == {*charts.FAMILIES} - {"trend"}
    assert all(tuple(one.drawings) == LANGUAGES for one in shown)


def test_the_line_of_an_example_draws_it(shown: tuple[Shown, ...], shipped: Dataset, tmp_path: Path) -> None:
    for one in shown:
        example = one.example
        template = tmp_path / "t" / "report.en.md.j2"
        template.parent.mkdir(exist_ok=True)
        template.write_text(example.line, encoding="utf-8")
        manuscript = merge(shipped, job(example.programme), Node(Where("reports.yaml", 1, 1)), "en", tmp_path)
        [request] = manuscript.charts
        if example.kind == "gantt":  # as of the day of the latest document
            request = replace(request, day=parse_date("2024-06-27"))
        assert charts.draw(request) == one.drawings["en"], example.line


@pytest.mark.parametrize("name", ["docs/charts.md", "docs/charts.zh-CN.md"])
def test_the_charts_page_shows_lines_of_the_catalogue(name: str, shown: tuple[Shown, ...]) -> None:
    lines = re.findall(r"^!\[…\].*$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)

    assert lines
    over_time, _ = examples(dataset(USERS), ("en",))
    assert set(lines) <= {one.example.line for one in (*shown, *over_time)}


def test_the_pictures_of_the_charts_page_are_those_of_the_catalogue(shown: tuple[Shown, ...]) -> None:
    """`make pictures` draws them anew; their shape tells whether that was forgotten."""
    for one in shown:
        for lang, drawing in one.drawings.items():
            path = ROOT / "docs" / "charts" / f"{one.example.name}.{lang}.png"
            if path.exists():
                with Image.open(path) as image:
                    assert image.height / image.width == pytest.approx(
                        drawing.height_cm / drawing.width_cm, abs=0.02
                    )


# --- other data ---------------------------------------------------------------------------------------------


def test_a_way_without_records_is_left_out_and_named() -> None:
    found, missing = examples(dataset(REFERENCE, *FIGURES), ("en",))

    assert [one.example.name for one in found] == ["timeline", "figures"]
    assert missing == tuple(name for name in WAYS if name not in {"timeline", "figures"})


def test_records_that_cannot_be_drawn_are_passed_over() -> None:
    """Five metrics of a group are too many key figures, and their units differ."""
    group = [replace(record, group="many") for record in (REFERENCE,) * 5]
    found, _ = examples(dataset(*group), ("en",))

    assert "figures" not in [one.example.name for one in found]


def test_examples_come_from_the_records_of_one_programme() -> None:
    found, _ = examples(dataset(*MEETINGS, *CLASSES, *BODIES, *RELATIONS), ("zh",))

    assert {
        one.example.name: one.example.line for one in found if one.example.kind in {"matrix", "structure"}
    } == {
        "matrix": '![…]({{ chart("matrix", meetings(series="officials")) }}){#fig-matrix}',
        "matrix-rights": '![…]({{ chart("matrix", member_classes(alliance="league")) }}){#fig-matrix-rights}',
        "structure": '![…]({{ chart("structure", governance_bodies(alliance="league") + relations()) }}){#fig-structure}',
    }


def test_nothing_to_draw_is_no_failure(tmp_path: Path) -> None:
    made, missing = catalogue.write(Dataset.of({}, {}, {}), tmp_path, LANGUAGES)

    assert [path.name for path in made] == ["index.md"]
    assert missing == tuple(WAYS)
    assert made[0].read_text(encoding="utf-8").startswith("# Charts\n\n## Without records\n\nshares, ")


# --- files --------------------------------------------------------------------------------------------------


def test_every_picture_stands_in_the_index_with_its_words(tmp_path: Path) -> None:
    made, _ = catalogue.write(dataset(*MEETINGS), tmp_path / "charts", LANGUAGES)
    index = (tmp_path / "charts" / "index.md").read_text(encoding="utf-8")

    assert [path.name for path in made] == [
        "timeline.zh.png", "matrix.zh.png", "timeline.en.png", "matrix.en.png", "index.md",
    ]  # fmt: skip
    assert "## matrix\n\nKind: `matrix`. Records of `league`.\n" in index
    assert "![点阵图，高官会系列：第1次（2011年3月，比利时）3方" in index
    assert "](matrix.en.png)" in index


def test_the_same_data_gives_the_same_files(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        catalogue.write(dataset(*MEETINGS), tmp_path / folder, ("en",))
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))

    assert one == two
