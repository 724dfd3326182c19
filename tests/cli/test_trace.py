"""`run.py trace`: from the words of a Word file to the lines they come from, as the data are now."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from reports.cli.main import main
from tests.cli.conftest import edit

FILE = "output/short/2023/short-2023.en.docx"
TEMPLATE = """\
---
title: "{{ report.title }}"
---

# Events

{{ record("job-fair-2022").attendance }} people.

{{ sources_there | total("beamlines", "beamlines") }}.

There are {{ facilities(alliances="leaps") | each("country") | unique | length }} countries.
"""


@pytest.fixture
def short(secretariat: Path) -> Path:
    """A short report of the shipped data that shows a value, a sum and a count."""
    (secretariat / "templates/short").mkdir()
    chosen = '{% set sources_there = facilities() | selectattr("beamlines") %}\n'
    (secretariat / "templates/short/report.en.md.j2").write_text(chosen + TEMPLATE, "utf-8")
    (secretariat / "data/reports.yaml").write_text(
        "reports:\n  - {id: short, title: {zh: 短报告, en: Short report}, template: short, period: year,\n"
        "     languages: [en], formats: [docx], editions: [{period: 2023, as_of: 2023-06-08}]}\n",
        "utf-8",
    )
    assert main(["build", "short"]) == 0
    return secretariat


def traced(capsys: pytest.CaptureFixture[str], *asked: str) -> list[str]:
    """What `trace` says of the short report."""
    capsys.readouterr()
    assert main(["trace", FILE, *asked]) == 0
    return capsys.readouterr().out.splitlines()


def line_of(house: Path, place: str) -> str:
    file, line, _ = place.split(":")
    return (house / file).read_text("utf-8").splitlines()[int(line) - 1]


def test_trace_leads_a_fact_back_to_its_line(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`trace FILE 110` names the file and line where 110余 stands, and the line really holds it."""
    shown, place = traced(capsys, "110")
    assert shown == "more than 110"
    assert place.endswith("  job-fair-2022  attendance: 110余")
    assert "110余" in line_of(short, place.split()[0])


def test_the_line_is_that_of_the_data_as_they_are_now(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file was made before somebody wrote a comment above."""
    events = short / "data/ccicc/events.yaml"
    before = traced(capsys, "110")[1].split()[0]
    events.write_text("# checked\n\n" + events.read_text("utf-8"), "utf-8")
    after = traced(capsys, "110")[1].split()[0]
    assert after != before
    assert "110余" in line_of(short, after)


def test_a_value_that_reads_otherwise_now_says_so(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(short / "data/ccicc/events.yaml", "attendance: 110余", "attendance: 120余")
    shown, place, now = traced(capsys, "110")
    assert (shown, now) == ("more than 110", "    ! reads otherwise now: 120余")
    assert "120余" in line_of(short, place.split()[0])


@pytest.mark.parametrize("lost", ["field", "record"])
def test_what_is_gone_is_said_to_be(short: Path, capsys: pytest.CaptureFixture[str], lost: str) -> None:
    old, new = (
        ("attendance: 110余", "note: none") if lost == "field" else ("id: job-fair-2022", "id: fair-2022")
    )
    edit(short / "data/ccicc/events.yaml", old, new)
    shown, place, now = traced(capsys, "110")
    assert (shown, now) == ("more than 110", "    ! no longer in the data")
    assert place.endswith("job-fair-2022  attendance: 110余")


def test_a_sum_is_led_back_to_all_it_was_worked_out_from(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown, how, *parts = traced(capsys, "beamlines")
    assert how == f"    worked out (sum) from {len(parts)}:"
    values = [part.rpartition("beamlines: ")[2] for part in parts]
    assert shown == f"{sum(map(int, values))} beamlines"
    for part, value in zip(parts, values, strict=True):
        assert value in line_of(short, part.split()[0])


@pytest.mark.usefixtures("short")
def test_a_count_is_led_back_to_everything_counted(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = "\n".join(traced(capsys)).split("\n    worked out (count) from ")
    number, *parts = blocks[1].splitlines()
    assert int(number.removesuffix(":")) == len(parts) > 10
    assert all("country: " in part and part.startswith("        data/") for part in parts)


def test_it_says_so_in_chinese(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(short / "data/ccicc/events.yaml", "attendance: 110余", "attendance: 120余")
    assert traced(capsys, "110", "--lang", "zh")[2] == "    ! 现为：120余"
    assert "项得出（合计）：" in traced(capsys, "beamlines", "--lang", "zh")[1]


def test_without_data_record_and_field_are_told(short: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person has the file and nothing else; that no line can be named is said once."""
    assert main(["trace", FILE, "--data", "nowhere"]) == 0
    told = capsys.readouterr()
    assert "more than 110\n    job-fair-2022  attendance: 110余\n" in told.out
    assert told.err.count("there is no data folder 'nowhere'") == 1
    assert short.is_dir()


def test_a_data_file_that_cannot_be_read_is_named_and_hides_nothing_else(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (short / "data/ccicc/broken.yaml").write_text("events: [\n", "utf-8")
    assert main(["trace", FILE, "110"]) == 0
    told = capsys.readouterr()
    assert "data/ccicc/broken.yaml" in told.err
    assert "data/ccicc/events.yaml:" in told.out


@pytest.mark.usefixtures("short")
def test_trace_says_that_it_found_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A text no fact shows ends with status 1 and a sentence, not in silence."""
    assert main(["trace", FILE, "没有的话"]) == 1
    assert "no fact of this Word file shows '没有的话'" in capsys.readouterr().err


OLDER = (
    '<provenance xmlns="urn:report-provenance:1" report="short" period="2023" generator="progress-reports 0.1.0">'
    '<fact bookmark="_f_1" record="short" field="title.en" file="data/reports.yaml" line="9" column="9">Short report</fact>'
    '<fact bookmark="_f_2" record="job-fair-2022" field="attendance" file="data/old/gone.yaml" line="999" column="17"'
    ' shown="more than 110">110余</fact></provenance>'
)


def test_a_file_of_an_older_release_is_led_back_by_record_and_field(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It holds file and line, which have moved since; what it names is found all the same."""
    with zipfile.ZipFile(short / FILE) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(short / FILE, "w") as package:
        for name, data in parts.items():
            package.writestr(name, OLDER if name == "customXml/item1.xml" else data)
    title, defined, shown, place = traced(capsys)
    assert (title, defined) == ("Short report", "    data/reports.yaml:2:38  short  title.en: Short report")
    assert (shown, place.split("  ")[-2:]) == ("more than 110", ["job-fair-2022", "attendance: 110余"])
    assert "110余" in line_of(short, place.split()[0])
