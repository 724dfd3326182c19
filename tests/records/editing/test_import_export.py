"""Sheets for members: what goes out, what comes back, and what is refused at its cell."""

from __future__ import annotations

import codecs
import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from reports.cli.main import main
from reports.diagnostics.problems import ReportError, Where, cell_name
from reports.model.kinds import KINDS
from reports.records.editing.sheets.cell_values import Trouble, inert, text_of
from reports.records.editing.sheets.columns import columns_of
from reports.records.editing.sheets.spreadsheet import ColumnHead, read_csv, read_xlsx, write_csv, write_xlsx

ROOT = Path(__file__).parent.parent.parent.parent
SOURCE = "sources:\n  - {id: slides, title: Slides, genre: slides}\n"
HEAD = ("id", "title.zh", "title.en", "date", "status", "source.doc")
GOOD = ("", "会议", "Meeting", "2023-06", "held", "slides")


# --- cells ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (None, "General", ""),
        ("  CERN \t", "General", "CERN"),
        ("a\r\n b", "General", "a\nb"),
        (2, "General", "2"),
        (2.0, "General", "2"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (12500.5, "#,##0.00", "12500.5"),
        (0.3, "0%", "30%"),
        (0.658, "0.0%", "65.8%"),
        (0.07, "0%", "7%"),
        (1, "0%", "100%"),
        (0.3, '0"%"', "0.3"),
        (10020, "000000", "010020"),
        (True, "General", "true"),
        (datetime.fromisoformat("2023-06-08"), "yyyy-mm-dd", "2023-06-08"),
        (datetime.fromisoformat("2023-06-08"), "mm-dd-yy", "2023-06-08"),
        (datetime.fromisoformat("2023-06-01"), "mmm-yy", "2023-06"),
        (datetime.fromisoformat("2023-06-01"), 'yyyy"年"m"月"', "2023-06"),
        (datetime.fromisoformat("2023-06-08"), 'yyyy"年"m"月"d"日"', "2023-06-08"),
        (datetime.fromisoformat("2023-06-08"), "[$-804]yyyy/m/d;@", "2023-06-08"),
        (datetime.fromisoformat("2023-01-01"), "yyyy", "2023"),
        (date(2023, 6, 8), "General", "2023-06-08"),
        ("'=1+1", "@", "=1+1"),
        ("'quoted'", "@", "'quoted'"),
    ],
)  # fmt: skip
def test_a_cell_says_what_it_shows(value: object, shown_as: str, text: str) -> None:
    assert text_of(value, shown_as) == text


@pytest.mark.parametrize(
    ("value", "data_type", "code"),
    [
        ("=1+1", "f", "sheet/formula"),
        ("#REF!", "e", "sheet/error"),
        (time(3, 7), "d", "sheet/time"),
        (timedelta(days=1, hours=6), "d", "sheet/time"),
        (datetime.fromisoformat("2023-06-08T14:30"), "d", "sheet/time"),
        ("a\x0bb", "s", "yaml/control-character"),
    ],
)
def test_what_a_cell_cannot_mean_is_refused(value: object, data_type: str, code: str) -> None:
    found = text_of(value, "General", data_type)

    assert isinstance(found, Trouble)
    assert found.code == code


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_what_would_run_in_a_spreadsheet_gets_an_apostrophe(sign: str) -> None:
    text = f"{sign}cmd|' /C calc'!A0"
    headings, rows = [ColumnHead("a")], [[text]]

    assert inert(text) == f"'{text}"
    assert list(csv.reader(io.StringIO(write_csv(headings, rows).decode("utf-8-sig"), newline="")))[1] == [
        f"'{text}"
    ]
    cell = load_workbook(io.BytesIO(write_xlsx("s", headings, rows))).worksheets[0]["A2"]
    assert (cell.data_type, str(cell.value)) == ("s", f"'{text}")


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Zl", "Zp"], exclude_characters="\ufeff￾￿"))
)
@settings(deadline=None, max_examples=50)
def test_any_text_goes_out_and_comes_back(text: str) -> None:
    headings, rows = [ColumnHead("a"), ColumnHead("b")], [["x", text]]
    for grid in (
        read_xlsx(write_xlsx("s", headings, rows), "a.xlsx", "s"),
        read_csv(write_csv(headings, rows).decode("utf-8-sig"), "a.csv"),
    ):
        back = grid.rows[1][1].text if len(grid.rows[1]) > 1 else ""
        assert back == text.strip() or text.strip().startswith("'")
        assert grid.problems == ()


@pytest.mark.parametrize(("line", "column", "name"), [(5, 3, "C5"), (1, 26, "Z1"), (2, 27, "AA2"), (9, 702, "ZZ9"), (9, 703, "AAA9"), (4, 0, "4")])  # fmt: skip
def test_a_cell_has_its_name(line: int, column: int, name: str) -> None:
    assert cell_name(line, column) == name
    assert str(Where("members.xlsx!Sheet1", line, column)) == f"members.xlsx!Sheet1!{name}"
    assert str(Where("data/a!b.yaml", line, 1)) == f"data/a!b.yaml:{line}:1"


# --- out --------------------------------------------------------------------------------------------------


def test_the_sheet_explains_itself(tmp_path: Path) -> None:
    """Labels and notes in both languages, drop-downs for choices, every column text, the head always in sight."""
    assert (
        main(["export", "meetings", "--data", str(ROOT / "data"), "--output", str(tmp_path / "m.xlsx")]) == 0
    )
    sheet = load_workbook(tmp_path / "m.xlsx").worksheets[0]
    head = {str(cell.value): cell for cell in sheet[2]}

    assert list(head) == [found.name for found in columns_of(KINDS["meetings"])]
    note = head["status"].comment
    assert note is not None
    assert note.text.startswith("是否召开。选项。写其中之一。\nWhether it was held. Choice. ")
    assert "held = 已举行 / held" in note.text
    [choice] = [d for d in sheet.data_validations.dataValidation if d.formula1.startswith('"held,')]
    assert str(choice.sqref).startswith(f"{get_column_letter(head['status'].column or 0)}3:")
    assert (
        sheet["A1"].value
        == "记录的编号，全部数据中不得重复\nThe record's name for links; used once in all data"
    )
    assert sheet["B1"].value == "＊会议名称（中文）\nWhat the meeting is called, in Chinese"
    assert sheet["B2"].comment.text == (
        "必填。会议名称。中文。\nRequired. What the meeting is called. In Chinese."
    )
    assert sheet.max_row == 2
    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet.freeze_panes == "B3"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$2", "$A:$A")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_same_records_give_the_same_bytes(tmp_path: Path, form: str) -> None:
    made = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.{form}"
        assert (
            main(
                [
                    "export",
                    "people",
                    "--with-records",
                    "--data",
                    str(ROOT / "data"),
                    "--format",
                    form,
                    "--output",
                    str(path),
                ]
            )
            == 0
        )
        made.append(path.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_shipped_record_goes_out_and_comes_back_unchanged(
    tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sheet with records that comes back as it was sent brings nothing new."""
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    before = {path: path.read_bytes() for path in data.rglob("*.yaml")}
    held = {path.stem for path in before if re.search(rb"^ *- id:", before[path], re.MULTILINE)} & set(KINDS)
    assert len(held) > 20
    for plural in sorted(held):
        path = tmp_path / f"{plural}.{form}"
        assert (
            main(
                [
                    "export",
                    plural,
                    "--with-records",
                    "--data",
                    str(data),
                    "--format",
                    form,
                    "--output",
                    str(path),
                ]
            )
            == 0
        )
        assert (
            main(
                [
                    "import",
                    str(path),
                    "--kind",
                    plural,
                    "--data",
                    str(data),
                    "--programme",
                    "shared",
                    "--lang",
                    "en",
                ]
            )
            == 0
        )
        assert capsys.readouterr().err.startswith("0 new, "), plural
    assert {path: path.read_bytes() for path in data.rglob("*.yaml")} == before


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """`run.py export meetings`, in an empty folder."""
    (tmp_path / "data" / "ccicc").mkdir(parents=True)
    (tmp_path / "data" / "ccicc" / "sources.yaml").write_text(SOURCE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return lambda *more: main(["export", "meetings", "--lang", "en", *more])


def test_a_sheet_somebody_has_filled_in_is_not_written_over(
    export: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert export() == 0
    assert export() == 0  # the same sheet once more
    filled = Path("meetings.xlsx")
    filled.write_bytes(filled.read_bytes() + b"filled in")
    assert export() == 1
    said = capsys.readouterr().err
    assert (
        "meetings.xlsx: error[sheet/there]: there is another file of this name already, which may be filled in"
        in said
    )
    assert "--output meetings-2.xlsx" in said
    assert filled.read_bytes().endswith(b"filled in")
    assert export("--output", "meetings-2.xlsx") == 0


def test_the_name_of_the_file_says_its_form(
    export: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert export("--output", "a.csv") == 0
    assert Path("a.csv").read_bytes().startswith(codecs.BOM_UTF8)
    for more in (("--output", "a.xls"), ("--output", "a"), ("--output", "b.csv", "--format", "xlsx")):
        assert export(*more) == 1
        assert "error[sheet/ending]" in capsys.readouterr().err
        assert not Path(more[1]).exists()


# --- in ---------------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "ccicc").mkdir(parents=True)
    (folder / "ccicc" / "sources.yaml").write_text(SOURCE, encoding="utf-8")
    return folder


Bring = Callable[..., int]


@pytest.fixture
def bring(data: Path, tmp_path: Path) -> Bring:
    """`run.py import` of a sheet of meetings with these rows."""

    def run(
        *rows: tuple[Any, ...],
        form: str = "xlsx",
        encoding: str = "utf-8",
        more: tuple[str, ...] = (),
        change: Any = None,
    ) -> int:
        path = tmp_path / f"members.{form}"
        if form == "csv":
            path.write_bytes("".join(",".join(map(str, row)) + "\r\n" for row in rows).encode(encoding))
        else:
            book = Workbook()
            for row in rows:
                book.worksheets[0].append(row)
            if change:
                change(book.worksheets[0])
            book.save(path)
        return main(
            [
                "import",
                str(path),
                "--kind",
                "meetings",
                "--programme",
                "ccicc",
                "--data",
                str(data),
                "--lang",
                "en",
                *more,
            ]
        )

    return run


def meetings(data: Path) -> str:
    path = data / "ccicc" / "meetings.yaml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize(
    ("form", "encoding"),
    [
        ("xlsx", ""),
        ("csv", "utf-8"),
        ("csv", "utf-8-sig"),
        ("csv", "gb18030"),
        ("csv", "utf-16"),
        ("csv", "utf-16-le"),
    ],
)
def test_rows_become_records(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str], form: str, encoding: str
) -> None:
    """Excel on Chinese Windows saves CSV as GBK; empty rows and those begun with # are passed over."""
    second = ("", "中国科学院的会议", "A second meeting in Beijing", "2023", "planned", "slides")
    assert bring(HEAD, ("# 说明",), GOOD, ("",), second, form=form, encoding=encoding) == 0
    assert meetings(data).partition("meetings:\n")[2] == (
        "  - id: meeting-2023\n    title: {zh: 会议, en: Meeting}\n    date: 2023-06\n    status: held\n"
        "    source:\n      - doc: slides\n\n"
        "  - id: second-meeting-beijing-2023\n    title: {zh: 中国科学院的会议, en: A second meeting in Beijing}\n"
        "    date: 2023\n    status: planned\n    source:\n      - doc: slides\n"
    )
    assert capsys.readouterr().out.endswith("  + meeting-2023\n  + second-meeting-beijing-2023\n")


def test_days_and_numbers_of_excel_become_our_text(data: Path, bring: Bring) -> None:
    def change(sheet: Any) -> None:
        sheet["D2"] = datetime.fromisoformat("2023-06-08")
        sheet["D2"].number_format = "yyyy/m/d"
        sheet["D3"] = datetime.fromisoformat("2023-06-01")
        sheet["D3"].number_format = "mmm-yy"
        sheet["D4"] = 2019
        sheet["G1"], sheet["G2"] = "ordinal", 3.0

    assert bring(HEAD, GOOD, GOOD, GOOD, change=change) == 0
    dates = [
        line.strip()
        for line in meetings(data).splitlines()
        if line.strip().startswith(("date", "ordinal", "- id"))
    ]
    assert dates == [
        "- id: meeting-2023",
        "ordinal: 3",
        "date: 2023-06-08",
        "- id: meeting-2023-2",
        "date: 2023-06",
        "- id: meeting-2019",
        "date: 2019",
    ]


def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_written(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = ("Bad Id", "会议", "", "2023-13", "hold", "slide")
    assert bring(HEAD, GOOD, bad, ("", "会议", "Meeting", "", "held", "slid")) == 1
    said = capsys.readouterr().err

    for place, code in (
        ("A3", "data/bad-id"),
        ("C3", "sheet/missing"),
        ("D3", "value/impossible-date"),
        ("E3", "data/choice"),
        ("D4", "sheet/missing"),
    ):
        assert f"members.xlsx!Sheet!{place}: error[{code}]" in said
    assert "Did you mean 'held'?" in said
    assert meetings(data) == ""


def test_a_link_that_leads_nowhere_is_told_at_its_cell(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(HEAD, (*GOOD[:5], "slide")) == 1
    assert "members.xlsx!Sheet!F2: error[data/unknown-reference]" in (said := capsys.readouterr().err)
    assert "Did you mean 'slides'?" in said
    assert meetings(data) == ""


def test_a_formula_is_not_run_and_not_taken(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(HEAD, (*GOOD[:2], '=HYPERLINK("http://x","y")', *GOOD[3:])) == 1
    assert "members.xlsx!Sheet!C2: error[sheet/formula]" in capsys.readouterr().err
    assert meetings(data) == ""


@pytest.mark.parametrize(
    ("rows", "place", "code"),
    [
        (((*HEAD, "titel.zh"), GOOD), "G1", "sheet/unknown-column"),
        (((*HEAD, "date"), GOOD), "G1", "sheet/column-twice"),
        ((HEAD, (*GOOD, "stray")), "G2", "sheet/no-column"),
        ((("a", "b"), ("c", "d")), "A1", "sheet/no-header"),
        ((HEAD, (*GOOD[:3], time(3, 7), *GOOD[4:])), "D2", "sheet/time"),
        ((HEAD, (*GOOD[:3], "#N/A", *GOOD[4:])), "D2", "sheet/error"),
        ((HEAD, ("same", *GOOD[1:]), ("same", *GOOD[1:2], "Other", *GOOD[3:])), "A3", "data/duplicate-id"),
        ((HEAD, ("slides", *GOOD[1:])), "A2", "data/duplicate-id"),
    ],
)  # fmt: skip
def test_a_sheet_that_is_wrong(
    bring: Bring, capsys: pytest.CaptureFixture[str], rows: tuple[Any, ...], place: str, code: str
) -> None:
    assert bring(*rows) == 1
    assert f"members.xlsx!Sheet!{place}: error[{code}]" in capsys.readouterr().err


@pytest.mark.parametrize("divider", [";", "\t"])
def test_a_csv_file_divided_otherwise_is_read(divider: str) -> None:
    """The labels above the header hold commas and line ends."""
    labels = '"＊名称，中文\nName, in Chinese"', '"Date, day\nor year"', '"a, b"'
    text = "\r\n".join(
        divider.join(row) for row in (labels, ("title.zh", "date", "note.zh"), ("甲", "2023-06", "一,二"))
    )

    rows = [[cell.text for cell in row] for row in read_csv(text, "a.csv").rows]
    assert rows[1:] == [["title.zh", "date", "note.zh"], ["甲", "2023-06", "一,二"]]


def test_titles_above_the_header_do_no_harm(data: Path, bring: Bring) -> None:
    assert bring(("会议登记表",), ("",), HEAD, GOOD) == 0
    assert "id: meeting-2023" in meetings(data)


def test_a_row_that_is_there_already_is_passed_over(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(HEAD, GOOD) == 0
    before = meetings(data)
    named = ("meeting-2023", *GOOD[1:])
    assert bring(HEAD, named) == 0
    assert capsys.readouterr().err.endswith("0 new, 1 there already\n")
    assert meetings(data) == before
    assert bring(HEAD, (*named[:3], "2024", *named[4:])) == 1
    assert meetings(data) == before


# --- rows that change records -------------------------------------------------------------------------------

LATER = ("--on", "2026-09-15", "--source", "slides")
NAMED = ("meeting-2023", *GOOD[1:])


@pytest.fixture
def held(data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]) -> str:
    """The file with one meeting in it."""
    assert bring(HEAD, GOOD) == 0
    capsys.readouterr()
    return meetings(data)


def test_a_row_that_says_something_else_becomes_an_update(
    data: Path, bring: Bring, held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = (*NAMED[:1], "大会", "Assembly", "2024", *NAMED[4:])
    assert bring(HEAD, changed, more=(*LATER, "--yes")) == 0
    assert meetings(data).removeprefix(held) == (
        "    updates:\n      - {on: 2026-09-15, title: {zh: 大会, en: Assembly}, date: 2024, source: [{doc: slides}]}\n"
    )
    shown = capsys.readouterr()
    assert shown.out.startswith(
        "meeting-2023\n  title.zh: 会议 → 大会\n  title.en: Meeting → Assembly\n  date: 2023-06 → 2024\n"
    )
    assert shown.err == "0 new, 0 there already, 1 changed\n"
    once = meetings(data)
    assert bring(HEAD, changed, more=(*LATER, "--yes")) == 0
    assert meetings(data) == once
    assert capsys.readouterr().err == "0 new, 1 there already\n"


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("是", 0), ("", 1), ("n", 1)])
def test_it_is_asked_before_anything_changes(
    data: Path, bring: Bring, held: str, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: answer)

    assert bring(HEAD, (*NAMED[:4], "planned", "slides"), more=LATER) == status
    assert (meetings(data) == held) == bool(status)


def test_where_nobody_can_be_asked_nothing_is_written(
    data: Path, bring: Bring, held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """New rows wait, too: a sheet comes in whole or not at all."""
    other = ("", "会议二", "Meeting 2", "2025", "held", "slides")
    assert bring(HEAD, (*NAMED[:4], "planned", "slides"), other, more=LATER) == 1
    shown = capsys.readouterr()
    assert "  status: held → planned\n" in shown.out
    assert "--yes" in shown.err
    assert meetings(data) == held
    assert bring(HEAD, (*NAMED[:4], "planned", "slides"), other, more=(*LATER, "--yes")) == 0
    assert "Meeting 2" in meetings(data)
    assert "{on: 2026-09-15, status: planned" in meetings(data)


def test_all_that_a_change_lacks_is_told_together(
    data: Path, bring: Bring, held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(HEAD, (*NAMED[:3], "2023-13", "hold", "slides")) == 1
    shown = capsys.readouterr()
    codes = re.findall(r"error\[([a-z/-]+)\]", shown.err)
    assert sorted(codes) == ["data/choice", "update/no-on", "update/no-source", "value/impossible-date"]
    assert "  status: held → hold\n" in shown.out
    assert meetings(data) == held


def test_a_cell_that_was_emptied_takes_nothing_back(
    data: Path, bring: Bring, held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(HEAD, (*NAMED[:4], "", "slides")) == 0
    said = capsys.readouterr().err
    assert "members.xlsx!Sheet!E2: warning[sheet/emptied]" in said
    assert "write ~" in said
    assert meetings(data) == held


@pytest.mark.usefixtures("held")
def test_a_tilde_takes_a_field_back(data: Path, bring: Bring) -> None:
    assert bring(HEAD, (*NAMED[:4], "~", "slides"), more=(*LATER, "--yes")) == 0
    assert "{on: 2026-09-15, status: ~, source: [{doc: slides}]}" in meetings(data)


@pytest.mark.parametrize(
    ("row", "place", "code"),
    [
        ((*NAMED[:3], "~", *NAMED[4:]), "D2", "update/required"),
        ((*NAMED[:1], "~", *NAMED[2:]), "B2", "sheet/part-back"),
        ((*NAMED[:5], "other"), "F2", "sheet/stays"),
    ],
)
def test_what_a_row_cannot_change(
    data: Path,
    bring: Bring,
    held: str,
    capsys: pytest.CaptureFixture[str],
    row: tuple[str, ...],
    place: str,
    code: str,
) -> None:
    assert bring(HEAD, row, more=(*LATER, "--yes")) == 1
    assert f"members.xlsx!Sheet!{place}: error[{code}]" in capsys.readouterr().err
    assert meetings(data) == held


@pytest.mark.usefixtures("held")
def test_a_sheet_shows_what_records_say_now(
    data: Path, bring: Bring, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And coming back as it is changes nothing."""
    assert bring(HEAD, (*NAMED[:3], "2024", "~", "slides"), more=(*LATER, "--yes")) == 0
    once, path = meetings(data), tmp_path / "out.csv"
    words = ["--data", str(data), "--lang", "en"]
    assert (
        main(["export", "meetings", "--with-records", "--format", "csv", "--output", str(path), *words]) == 0
    )

    table = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    shown = dict(zip(table[0], table[1], strict=True))
    assert (shown["date"], shown["status"]) == ("2024", "")
    capsys.readouterr()
    assert main(["import", str(path), "--kind", "meetings", "--programme", "ccicc", *words]) == 0
    assert capsys.readouterr().err == "0 new, 1 there already\n"
    assert meetings(data) == once


def test_a_line_more_of_a_figure_is_a_line_more(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data / "ccicc" / "metrics.yaml"
    before = (
        "metrics:\n  - id: visitors\n    title: Visitors\n    source: [{doc: slides}]\n    values:\n"
        "      - {at: 2026Q1, quantity: 412}\n      - {at: 2026Q2, quantity: 463}\n"
    )
    file.write_text(before, encoding="utf-8")
    sheet = tmp_path / "m.csv"
    head = "id,values.1.at,values.1.quantity,values.2.at,values.2.quantity,values.3.at,values.3.quantity"
    sheet.write_text(f"{head}\nvisitors,2026Q1,412,2026Q2,460,2026Q3,480\n", encoding="utf-8")
    words = [
        "import",
        str(sheet),
        "--kind",
        "metrics",
        "--programme",
        "ccicc",
        "--data",
        str(data),
        "--lang",
        "en",
    ]

    assert main([*words, "--yes", "--now", "2026-10-01"]) == 0
    assert file.read_text(encoding="utf-8").removeprefix(before) == (
        "      - {at: 2026Q2, quantity: 460, known: 2026-10-01}\n      - {at: 2026Q3, quantity: 480}\n"
    )
    assert "  values: (nothing) → at 2026Q3, quantity 480\n" in capsys.readouterr().out
    once = file.read_text(encoding="utf-8")
    assert main([*words, "--now", "2026-10-02"]) == 0
    assert file.read_text(encoding="utf-8") == once


def test_a_line_more_of_a_figure_is_told_by_the_source_that_was_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data / "ccicc" / "metrics.yaml"
    file.write_text(
        "metrics:\n  - id: visitors\n    title: Visitors\n    source: [{doc: slides}]\n    values:\n"
        "      - {at: 2026Q1, quantity: 412}\n",
        encoding="utf-8",
    )
    sheet = tmp_path / "m.csv"
    sheet.write_text("id,values.2.at,values.2.quantity\nvisitors,2026Q2,460\n", encoding="utf-8")

    words = f"import {sheet} --kind metrics --programme ccicc --data {data} --source slides --yes --now 2026-10-01"
    assert main(words.split()) == 0, capsys.readouterr()

    assert "{at: 2026Q2, quantity: 460, source: [{doc: slides}]}" in file.read_text(encoding="utf-8")


def test_several_records_change_by_one_sheet(data: Path, bring: Bring) -> None:
    assert bring(HEAD, GOOD, ("", "会议二", "Meeting 2", "2025", "held", "slides")) == 0
    rows = [
        (*NAMED[:4], "planned", "slides"),
        ("meeting-2-2025", "会议二", "Meeting 2", "2025", "planned", "slides"),
    ]
    found = re.findall(r"id: (\S+)", meetings(data))
    rows = [(found[0], *rows[0][1:]), (found[1], *rows[1][1:])]

    assert bring(HEAD, *rows, more=(*LATER, "--yes")) == 0
    assert meetings(data).count("{on: 2026-09-15, status: planned, source: [{doc: slides}]}") == 2


# --- rows that are new --------------------------------------------------------------------------------------


def test_a_sheet_that_comes_in_twice_adds_nothing(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its rows name no id: they are known by what they say."""
    assert bring(HEAD, GOOD) == 0
    once = meetings(data)
    assert bring(HEAD, GOOD) == 0
    assert meetings(data) == once
    assert capsys.readouterr().err.endswith("0 new, 1 there already\n")


def test_cells_of_several_rows_in_one_are_told_and_not_half_read(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        bring(
            HEAD,
            GOOD,
            ("", "会议二", "Meeting 2", "", "held", "slides"),
            change=lambda s: s.merge_cells("D2:D3"),
        )
        == 1
    )
    said = capsys.readouterr().err
    assert "members.xlsx!Sheet!D2: error[sheet/merged]" in said
    assert "D2: error[data" not in said  # what follows from it is not told beside it
    assert meetings(data) == ""


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "2 new, 0 there already\nof these, from rows hidden in the sheet: 3\n"),
     ("zh", "新增 2 条，0 条已有\n其中在表中隐藏的行：3\n")],
)  # fmt: skip
def test_hidden_rows_come_in_and_are_told(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str], lang: str, told: str
) -> None:
    """A filter hides rows that are data all the same; nobody may have looked at them before sending the sheet."""

    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True

    more = ("", "会议二", "Meeting 2", "2023-05-04", "held", "slides")
    assert bring(HEAD, GOOD, more, change=hide, more=("--lang", lang)) == 0
    assert capsys.readouterr().err == told
    assert "Meeting 2" in meetings(data)


def test_what_a_sheet_says_by_other_means_than_text_is_told(
    data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second sheet with rows, a comment below the header, what is struck out, a hidden column."""

    def mark(sheet: Any) -> None:
        book = sheet.parent
        book.create_sheet("Sheet2")  # empty, as Excel made them once
        book.create_sheet("更多").append(GOOD)
        sheet["A1"].comment = Comment("what a column is for", "")
        sheet["C2"].comment = Comment("Wang:\nreally?", "Wang")
        for cell in ("B3", "C3"):
            sheet[cell].font = Font(strike=True)
        sheet.column_dimensions["E"].hidden = True
        sheet.column_dimensions["H"].hidden = True  # nothing in it

    more = ("", "会议二", "Meeting 2", "2023-05-04", "held", "slides")
    assert bring(HEAD, GOOD, more, change=mark) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "warning[" in line] == [
        "members.xlsx!Sheet: warning[sheet/other-sheets]: only the sheet 'Sheet' is read; rows stand in others too: 更多",
        "members.xlsx!Sheet!E1: warning[sheet/hidden-column]: the column 'status' is hidden, and brought in all the same",
        "members.xlsx!Sheet!C2: warning[sheet/comment]: a comment on this cell is not brought in: Wang: really?",
        "members.xlsx!Sheet!B3: warning[sheet/struck]: B3, C3: struck out, and brought in all the same",
    ]
    assert "2 new, 0 there already" in lines
    assert "Meeting 2" in meetings(data)


def test_below_a_column_that_is_none_nothing_more_is_told(
    bring: Bring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring((*HEAD, "nonsense"), (*GOOD, "x")) == 1
    assert capsys.readouterr().err.count("error[") == 1


def test_a_dry_run_writes_nothing(data: Path, bring: Bring, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(HEAD, GOOD, more=("--dry-run",)) == 0
    assert "  + meeting-2023" in capsys.readouterr().out
    assert meetings(data) == ""


def test_an_empty_sheet_is_told(bring: Bring, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(HEAD) == 1
    assert "error[sheet/empty]" in capsys.readouterr().err


# --- hostile files ----------------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name.replace("_", "/") + ".xml", part)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK", b"no sheet at all", zipped(), zipped(a=b"<a/>"),
        zipped(xl_workbook=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        zipped(xl_workbook=b"0" * 150_000_000),
        write_xlsx("s", [ColumnHead("a")], [["b"]])[:-40],
    ],
    ids=["nothing", "begin", "text", "empty zip", "no workbook", "entities", "bomb", "cut"],
)  # fmt: skip
def test_what_is_no_sheet_is_refused(content: bytes) -> None:
    with pytest.raises(ReportError) as error:
        read_xlsx(content, "a.xlsx", "s")
    assert {problem.code.partition("/")[0] for problem in error.value.problems} == {"package"}


def test_a_sheet_whose_last_cell_is_far_away_is_refused() -> None:
    book = Workbook()
    book.worksheets[0]["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(ReportError) as error:
        read_xlsx(out.getvalue(), "a.xlsx", "s")
    assert [problem.code for problem in error.value.problems] == ["sheet/too-many-cells"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("gone.xlsx", None, "file/missing"),
        ("a.pdf", b"x", "sheet/unreadable"),
        ("a.csv", '"{}"'.format("x" * 200_000).encode(), "sheet/cell-too-long"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "package/old-format"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "package/old-format"),
        ("a.csv", "id,note\ncaf\xe9,x".encode("latin-1"), "yaml/encoding"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    code: str,
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    assert (
        main(
            [
                "import",
                str(path),
                "--kind",
                "themes",
                "--programme",
                "ccicc",
                "--data",
                str(data),
                "--lang",
                "en",
            ]
        )
        == 1
    )
    assert f"error[{code}]" in capsys.readouterr().err
