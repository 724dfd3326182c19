"""Tables straight from records."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.document.markdown.parser import parse
from reports.document.nodes import Cell, Fact, Ref, Table, Text, plain
from tests.support.templates import RECORDS, Desk, records


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def table(desk: Desk, template: str, lang: str = "en", data: str = RECORDS) -> Table:
    """The only table of a report."""
    (found,) = parse(desk.merge(template, lang, records(data))).blocks
    assert isinstance(found, Table)
    return found


def letters(found: Table) -> list[list[str]]:
    return [[plain(cell.content) for cell in row] for row in (*found.header, *found.rows)]


MEETINGS = '{{ table(meetings(), col("No.", "#"), col("When", "date"), col("Host", "host"), col("Who", "participants")) }}'


def test_a_row_for_each_record(desk: Desk) -> None:
    assert letters(table(desk, MEETINGS)) == [
        ["No.", "When", "Host", "Who"],
        ["1", "October 2019", "CERN", "CERN and IHEP"],
        ["2", "after July 2023", "not stated", "not stated"],
        ["3", "date unknown", "not stated", "not stated"],
    ]


def test_in_chinese(desk: Desk) -> None:
    assert letters(table(desk, MEETINGS, "zh"))[1:3] == [
        ["1", "2019年10月", "CERN", "CERN和IHEP"],
        ["2", "2023年7月后", "未载明", "未载明"],
    ]


def test_columns_keep_their_look(desk: Desk) -> None:
    template = '{{ table(meetings(), col("A", "date", width=1, align="right"), col("B", "title", width=3)) }}'

    columns = table(desk, template).columns

    assert [(column.align, column.width) for column in columns] == [("right", 0.25), ("left", 0.75)]


def test_without_widths_the_writer_decides(desk: Desk) -> None:
    assert [column.width for column in table(desk, '{{ table(meetings(), col("A", "date")) }}').columns] == [
        0.0
    ]


def test_references_to_where_the_report_tells_of_records(desk: Desk) -> None:
    found = table(desk, '{{ table(discussions() + meetings(), col("See", "refs:source.doc")) }}')

    assert found.rows[0][0] == Cell((Ref("record:slides"),))


@pytest.mark.parametrize(("path", "shown"), [("context", Ref("record:first")), ("owner", Text("not stated"))])
def test_references_through_lists_single_links_and_open_ones(desk: Desk, path: str, shown: object) -> None:
    found = table(desk, f'{{{{ table(discussions(), col("See", "refs:{path}")) }}}}')

    assert found.rows[0][0].content == (shown,)


def test_no_rows_are_a_table_with_a_header(desk: Desk) -> None:
    assert letters(table(desk, '{{ table([], col("A", "date")) }}')) == [["A"]]


def test_values_in_headings_are_values(desk: Desk) -> None:
    template = '{{ table(meetings(), col(report.title, "date"), col("at " ~ as_of, "title"), col(record("cern"), "id")) }}'

    header = table(desk, template).header[0]

    assert [plain(cell.content) for cell in header] == ["Progress", "at 8 June 2023", "CERN"]
    assert isinstance(header[1].content[1], Fact)


def test_a_macro_or_block_in_a_heading_leaves_no_trace_of_lines(desk: Desk) -> None:
    template = '{% set head %}\nA\n{% endset %}{{ table(meetings(), col(head, "id")) }}'

    assert letters(table(desk, template))[0] == ["A\n"]


NASTY = ["| a |", "**x**", "{{ 7*7 }}", "<b>", "@tbl-x", "a\\|b", "`x`", "# h", "![a](b)"]


@pytest.mark.parametrize("text", NASTY)
def test_a_cell_is_never_markup(desk: Desk, text: str) -> None:
    data = RECORDS.replace("en: First meeting", f"en: '{text}'")

    assert letters(table(desk, '{{ table(meetings(), col("A", "title")) }}', data=data))[1] == [text]


def test_a_table_inside_a_sentence_is_refused(desk: Desk) -> None:
    manuscript = desk.merge('before {{ "x" ~ table(meetings(), col("A", "title")).strip() }} after')

    with pytest.raises(Exception, match="a table cannot stand inside a sentence"):
        parse(manuscript)


def test_five_thousand_rows_cost_their_cells_once(desk: Desk) -> None:
    many = "themes:\n" + "".join(f"  - {{id: theme-{n}, title: Theme {n}}}\n" for n in range(5000))

    manuscript = desk.merge('{{ table(themes(), col("No.", "#"), col("T", "title")) }}', data=records(many))

    assert len(manuscript.text) < 20
    assert len(manuscript.inserts) == 1
