"""Sheets that are small and would fill the machine: refused before anything is built of them, with what is too much."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from reports.diagnostics.problems import ReportError
from reports.model.kinds.activities import Event
from reports.records.editing.import_export import read_grid
from reports.records.editing.sheets.spreadsheet import read_xlsx
from tests.support.bounded import peak_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROW = "<row r='1'><c r='A1'><v>1</v></c></row>"
SHARED_TEXTS = (
    b'<Override PartName="/xl/sharedStrings.xml"'
    b' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def plain() -> dict[str, bytes]:
    """The parts of a small workbook."""
    book = Workbook()
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", SHARED_TEXTS + b"</Types>")
    return parts


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def with_sheet(rows: str = ROW, behind: str = "", **parts: str | bytes) -> bytes:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'
    named = {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in parts.items()}
    texts = f'<sst xmlns="{MAIN}"/>'
    return zipped({**plain(), "xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": texts, **named})


def cells(count: int, inner: str = "", attributes: str = "") -> str:
    return f"<row>{f'<c{attributes}>{inner}</c>' * count}</row>"


def called_bin() -> bytes:
    """The sheet is called .bin and has no type, so that nothing says it is XML; openpyxl reads it all the same."""
    parts = plain()
    huge = f'<worksheet xmlns="{MAIN}"><sheetData>{cells(2_000_000)}</sheetData></worksheet>'.encode()
    del parts["xl/worksheets/sheet1.xml"]
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"sheet1.xml", b"sheet1.bin")
    return zipped({**parts, "xl/worksheets/sheet1.bin": huge})


TEXT = "x" * 32_000
FORMULA = f'<row><c r="A1"><f t="shared" ref="A1:A9" si="0">{"1+" * 4000}1</f></c></row>'
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]>'

OVERGROWN: dict[str, tuple[bytes, str]] = {
    "all cells merged": (with_sheet(behind="<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"), "sheet/too-many-cells"),
    "whole columns merged": (with_sheet(behind="<mergeCells><mergeCell ref='A:XFD'/></mergeCells>"), "sheet/too-many-cells"),
    "a link over a column": (with_sheet(behind="<hyperlinks><hyperlink ref='A1:C200000' location='A1'/></hyperlinks>"), "sheet/too-many-cells"),
    "two million empty cells": (with_sheet(cells(2_000_000)), "sheet/too-many-cells"),
    "two million rows": (with_sheet("<row ht='1'/>" * 2_000_000), "sheet/too-many-cells"),
    "two million empty cells in .bin": (called_bin(), "sheet/too-many-cells"),
    "a long text in every cell": (
        with_sheet(cells(10_000, "<v>0</v>", ' t="s"'),
                   xl__sharedStrings_xml=f'<sst xmlns="{MAIN}"><si><t>{TEXT}</t></si></sst>'), "sheet/too-much-text"),
    "a cell of a million letters": (with_sheet(cells(1, f"<is><t>{TEXT * 30}</t></is>", ' t="inlineStr"')), "sheet/cell-too-long"),
    "a long formula in every cell": (with_sheet(FORMULA + cells(10_000, '<f t="shared" si="0"/>')), "sheet/too-many-formulas"),
    "styles without end": (
        with_sheet(xl__styles_xml=f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 200_000}</cellXfs></styleSheet>'), "sheet/too-much-beside"),
    "a rule for a million ranges": (
        with_sheet(behind=f'<dataValidations><dataValidation sqref="{"A1 " * 1_000_000}"/></dataValidations>'), "sheet/too-much-beside"),
    "a bomb": (zipped({**plain(), "xl/media/a.png": b"\0" * 150_000_000}), "package/unpacks-too-large"),
    "document type behind blanks": (with_sheet(xl__workbook_xml=f"<?xml version='1.0'?>{' ' * 20_000}{DOCTYPE}<a>&b;</a>"), "package/doctype"),
    "document type in UTF-16": (with_sheet(xl__workbook_xml=f"{DOCTYPE}<a>&b;</a>".encode("utf-16")), "package/doctype"),
    "document type in .bin": (zipped({**plain(), "xl/printer.bin": f"{DOCTYPE}<a>&b;</a>"}), "package/doctype"),
    "a part twice": (zipped({**plain(), "XL/Workbook.xml": b"<a/>"}), "package/part-twice"),
    "macros": (zipped({**plain(), "xl/vbaProject.bin": b"x"}), "package/macros"),
}  # fmt: skip


@pytest.mark.parametrize("name", OVERGROWN)
def test_a_workbook_that_would_grow_is_refused_with_what_is_too_much(tmp_path: Path, name: str) -> None:
    data, code = OVERGROWN[name]
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(ReportError) as error:
        read_grid(tmp_path / "a.xlsx", Event)
    assert [problem.code for problem in error.value.problems] == [code]


def sheet_in(path: Path) -> None:
    """What a child process calls."""
    read_grid(path, Event)


@pytest.mark.parametrize(
    "name", ["all cells merged", "two million empty cells", "styles without end", "a long text in every cell"]
)
def test_it_takes_little_time_and_memory(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(OVERGROWN[name][0])
    seconds, megabytes = peak_of(__name__, "sheet_in", tmp_path / "a.xlsx")
    assert (seconds < 60, megabytes < 500) == (True, True), (seconds, megabytes)


@pytest.mark.parametrize("sign", ["\n", "\n,"], ids=["lines", "cells"])
def test_a_csv_file_of_nothing_is_refused(tmp_path: Path, sign: str) -> None:
    """Nine million lines or cells, all of them empty."""
    (tmp_path / "a.csv").write_text(sign * (9_000_000 // len(sign)), "utf-8")
    seconds, megabytes = peak_of(__name__, "sheet_in", tmp_path / "a.csv")
    assert (seconds < 60, megabytes < 500) == (True, True), (seconds, megabytes)
    with pytest.raises(ReportError) as error:
        read_grid(tmp_path / "a.csv", Event)
    assert error.value.problems[0].code == "sheet/too-many-cells"


def test_what_people_merge_link_and_format_is_read() -> None:
    """A title over all columns, links, a thousand styled cells."""
    rows = "".join(f"<row>{cells(20, '<v>1</v>')[5:-6]}</row>" for _ in range(1000))
    behind = "<mergeCells><mergeCell ref='A1:T1'/></mergeCells><hyperlinks><hyperlink ref='B2' location='A1'/></hyperlinks>"
    assert len(read_xlsx(with_sheet(rows, behind), "a.xlsx", "s").rows) == 1000
