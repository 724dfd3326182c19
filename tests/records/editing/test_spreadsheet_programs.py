"""Sheets in a spreadsheet program: opened, saved and sent back by LibreOffice Calc, they say what they said."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import FileFormat, OpenXmlValidator, ValidationSeverity

from reports.cli.main import main

ROOT = Path(__file__).parent.parent.parent.parent

#: What a spreadsheet program would gladly make something else of.
DATA = """\
sources:
  - {id: slides, title: Slides, genre: slides}
  - id: equals
    title: {zh: "=1+1", en: '=HYPERLINK("http://example.org","x")'}
    genre: slides
    note: {zh: "+86 10 6256", en: "-5 degrees"}
    tags: ["@cern", "007", "1e3", "3-4", "1/2", "TRUE", "0x1F"]
  - id: "010020"
    title: {zh: "'带撇号", en: "'quoted'"}
    genre: slides
    date: 2023-06
  - id: several-lines
    title: {zh: "第一行，\\n第二行；“引号”", en: 'one, "two"; three'}
    genre: slides
    date: 2011/2012
  - {id: 1-2, title: 2023-06-08, genre: slides, date: 2023-06-08}
metrics:
  - {id: ratio, title: "3:7", ratio: "3:7", parts: [a, b], source: [{doc: slides}]}
  - {id: clock, title: "1:30", ratio: 1:30, parts: [a, b], source: [{doc: slides}]}
  - {id: share, title: 30%, share: 65.80%, source: [{doc: slides}]}
  - {id: zeros, title: "00", quantity: "0012", source: [{doc: slides}]}
  - {id: long, title: "02166554433", quantity: "12345678901234567890", source: [{doc: slides}]}
  - {id: sum, title: Total, quantity: 3, adds_up: true, components: [{label: a, value: 1}, {label: b, value: 2}], source: [{doc: slides}]}
meetings:
  - {id: month, title: T, date: 2023-06, status: held, source: [{doc: "010020"}, {doc: equals, at: "=A1"}]}
  - {id: year, title: T, date: 2019, status: held, participants: [], source: [{doc: 1-2}]}
"""
KINDS = ("sources", "metrics", "meetings")
#: UTF-8, everything quoted that needs it, cells as they are shown.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
XLSX = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one file, and beside it its sheets."""
    folder = tmp_path_factory.mktemp("calc")
    (folder / "data" / "a").mkdir(parents=True)
    (folder / "data" / "a" / "all.yaml").write_text(DATA.replace("participants: [], ", ""), encoding="utf-8")
    for kind in KINDS:
        export(folder, kind, folder / f"{kind}.xlsx", "--with-records")
    return folder


def export(folder: Path, kind: str, to: Path, *more: str) -> None:
    assert main(["export", kind, "--data", str(folder / "data"), "--output", str(to), *more]) == 0


def saved(soffice: str, sheets: list[Path], form: str, to: Path) -> list[Path]:
    """*sheets* as LibreOffice Calc saves them."""
    command = [soffice, f"-env:UserInstallation={(to / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", form, "--outdir", str(to), *map(str, sheets)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [to / f"{sheet.stem}.{form.partition(':')[0]}" for sheet in sheets]


def send_back(data: Path, sheet: Path, *more: str) -> int:
    """Bring *sheet* in; its kind is its name."""
    into = ["--kind", sheet.stem, "--programme", "a", "--data", str(data), "--lang", "en"]
    return main(["import", str(sheet), *into, *more])


@pytest.mark.parametrize("form", [XLSX, CSV], ids=["xlsx", "csv"])
def test_records_come_back_as_they_went(
    house: Path, tmp_path: Path, calc: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside their own data nothing is new; into an empty folder the same records come."""
    sheets = saved(calc, [house / f"{kind}.xlsx" for kind in KINDS], form, tmp_path)
    capsys.readouterr()
    for sheet in sheets:
        assert send_back(house / "data", sheet, "--dry-run") == 0
        said = capsys.readouterr().err
        assert said.startswith("0 new, "), (sheet, said)
    for sheet in sheets:
        (tmp_path / "data" / "a").mkdir(parents=True, exist_ok=True)
        assert send_back(tmp_path / "data", sheet) == 0
    again = tmp_path / "again"
    again.mkdir()
    for kind in KINDS:
        export(tmp_path, kind, again / f"{kind}.xlsx", "--with-records")
        assert (again / f"{kind}.xlsx").read_bytes() == (house / f"{kind}.xlsx").read_bytes()


def test_a_saved_sheet_still_helps(house: Path, tmp_path: Path, calc: str) -> None:
    """Its lists drop down, its notes are there, what is typed stays text."""
    for path in saved(calc, [house / f"{kind}.xlsx" for kind in KINDS], XLSX, tmp_path):
        before, after = sheet_of(house / path.name), sheet_of(path)
        assert lists(after) == lists(before) != {}
        assert notes(after) == notes(before) != {}
        assert {cell.data_type for row in after.iter_rows() for cell in row} <= {"s", "n"}
        assert not [cell for row in after.iter_rows() for cell in row if cell.data_type == "n" and cell.value]
        ids = after.column_dimensions["A"]
        assert ids.number_format == "@"
        assert ids.width == pytest.approx(before.column_dimensions["A"].width, abs=1)


def sheet_of(path: Path) -> Worksheet:
    sheet: Worksheet = load_workbook(path).worksheets[0]
    return sheet


def lists(sheet: Worksheet) -> dict[str, set[str]]:
    """What may be chosen, by the first cell of each list."""
    found: Any = sheet.data_validations.dataValidation
    return {str(one.sqref).partition(":")[0]: set(one.formula1.strip('"').split(",")) for one in found}


def notes(sheet: Worksheet) -> dict[str, str]:
    """The notes of the header, spaces aside."""
    return {
        cell.coordinate: re.sub(r"\s+", "", cell.comment.text)
        for row in sheet.iter_rows(max_row=2)
        for cell in row
        if cell.comment
    }


@pytest.mark.parametrize("kind", ["meetings", "people", "organisations", "discussions"])
def test_an_empty_sheet_of_our_data_is_right_and_survives(kind: str, tmp_path: Path, calc: str) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / f"{kind}.xlsx"
    export(tmp_path, kind, path)
    (tmp_path / "saved").mkdir()
    [again] = saved(calc, [path], XLSX, tmp_path / "saved")
    assert sheet_of(again).max_row == 2
    assert [cell.value for cell in sheet_of(again)[2]] == [cell.value for cell in sheet_of(path)[2]]
    assert lists(sheet_of(again)) == lists(sheet_of(path))


@pytest.mark.parametrize("kind", KINDS)
def test_office_finds_no_error(house: Path, kind: str) -> None:
    """The schema of Office 2019 accepts the file; that texts stand in their cells is no error."""
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0).validate(
        house / f"{kind}.xlsx"
    )
    assert [str(e) for e in result.errors if e.severity == ValidationSeverity.ERROR] == []
