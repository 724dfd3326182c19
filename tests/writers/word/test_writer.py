"""The Word writer: what stands in the file, and that Word and LibreOffice take it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec import structs
from openxml_audit import FileFormat, OpenXmlValidator

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.drawings import Drawing
from reports.document.nodes import (
    Block,
    Blocks,
    Box,
    Cell,
    Column,
    Document,
    Fact,
    FactSource,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Inlines,
    Link,
    Listing,
    Paragraph,
    Picture,
    Ref,
    Styled,
    Table,
    Text,
    plain,
    walk_blocks,
)
from reports.writers.word.inlines import INLINES
from reports.writers.word.ooxml import ILLEGAL, WP, W, pack, unpack
from reports.writers.word.reopen import code_of, letters, open_package, open_part
from reports.writers.word.tables import column_widths, lay_out
from reports.writers.word.verify import compare
from reports.writers.word.writer import BLOCKS, write
from tests.conftest import need
from tests.support.word_sample import (
    EN,
    PROPERTIES,
    ZH,
    chart,
    chinese_briefing,
    english_briefing,
    every_node,
    fact,
    item,
    p,
    row,
    t,
    template,
    written,
)
from tools.word_lint.rules import lint

SOURCE = FactSource("event-1", "title.zh", Where("a.yaml", 3, 9), "会")


def body(document: Document) -> etree._Element:
    """The main part of the document, written."""
    return open_part(unpack(written(document))["word/document.xml"], "word/document.xml")


def of(*blocks: Block, lang: str = "zh", sources: tuple[FactSource, ...] = (SOURCE,)) -> Document:
    """A document of these blocks."""
    return Document(lang, (), blocks, sources)


def xml(document: Document) -> str:
    """The main part as text."""
    return unpack(written(document))["word/document.xml"].decode()


def codes(document: Document) -> list[str]:
    """The field codes of the main part."""
    return [code_of(code).strip() for code in body(document).iter(f"{W}instrText")]


def refused(document: Document) -> Problem:
    """The problem the writer refuses the document with."""
    with pytest.raises(ReportError) as caught:
        written(document)
    return caught.value.problems[0]


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """A w: attribute, None without an element."""
    return None if element is None else element.get(W + name)


# --- the whole --------------------------------------------------------------------------------------------

DOCUMENTS = {"zh": chinese_briefing, "en": english_briefing, "every node": every_node}


@pytest.fixture(params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> Document:
    """Each of the sample documents in turn."""
    return DOCUMENTS[str(request.param)]()


def test_every_kind_of_node_has_its_function() -> None:
    """A new node class without a writer is found here, not by a reader."""
    assert set(BLOCKS) == set(typing.get_args(Block))
    assert set(INLINES) == set(typing.get_args(Inline))


def test_the_sample_holds_every_kind_of_node() -> None:
    """What the tests below prove is proved for all of them."""
    found = {type(block) for block in walk_blocks(every_node().blocks)}
    assert found == set(typing.get_args(Block))


def test_office_finds_nothing_wrong(document: Document, tmp_path: Path) -> None:
    """The schema of Office 2019 accepts the file."""
    path = tmp_path / "report.docx"
    path.write_bytes(written(document))
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0).validate(path)
    assert [str(error) for error in result.errors] == []


def test_lint_finds_nothing_wrong(document: Document) -> None:
    """Nor does our own lint."""
    assert lint(written(document)) == []


def test_the_file_says_what_the_tree_says(document: Document) -> None:
    """Text, tables, notes, pictures, facts and references come out as they went in."""
    assert compare(written(document), document, {"chart:0": chart()}) == ()


def test_same_input_same_bytes(document: Document) -> None:
    """Two builds of one report are equal, byte for byte."""
    assert written(document) == written(document)


def test_libreoffice_keeps_all_text(tmp_path: Path, soffice: str) -> None:
    """Another word processor opens the file and shows every paragraph."""
    path = tmp_path / "report.docx"
    path.write_bytes(written(every_node()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    shown = re.sub(r"\s", "", (tmp_path / "report.txt").read_text("utf-8"))
    for block in walk_blocks(every_node().blocks):
        if isinstance(block, (Paragraph, Heading)):
            assert re.sub(r"\s", "", plain(block.content)) in shown


def test_what_belongs_together_stays_on_one_page(tmp_path: Path, soffice: str) -> None:
    """Wherever the page ends: the caption stands with its pictures, the sentence with the list it announces."""
    lines = (Picture("missing:", "", t("甲图")), Picture("missing:", "", t("乙图")))
    figure = FigureBlock(lines, t("两图"), id="fig-two", number="1", across=2)
    listing = Listing(
        ordered=False, items=((p("第一项：前言："), Listing(ordered=False, items=((p("细目"),),))),)
    )
    for filled in range(12, 23):
        above = [p("满")] * filled
        (tmp_path / f"figure-{filled}.docx").write_bytes(written(of(*above, figure)))
        (tmp_path / f"list-{filled}.docx").write_bytes(written(of(*above, p("职能如下："), listing)))
    for name, pages in shown_pages(soffice, tmp_path).items():
        for one, other in (
            (("甲图", "两图"),) if name.startswith("figure") else (("如下", "第一项"), ("前言", "细目"))
        ):
            assert [one in page for page in pages] == [other in page for page in pages], name


def shown_pages(soffice: str, folder: Path) -> dict[str, list[str]]:
    """The text of each page of every Word file in *folder*, as LibreOffice lays them out."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = map(str, sorted(folder.glob("*.docx")))
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    texts = {
        pdf.stem: subprocess.run([need("pdftotext"), str(pdf), "-"], check=True, capture_output=True).stdout
        for pdf in sorted(folder.glob("*.pdf"))
    }
    return {name: text.decode().split("\f") for name, text in texts.items()}


def test_a_written_report_can_be_the_next_template() -> None:
    """A secretary restyles last quarter's report; its text, notes and pictures are left behind."""
    first = written(every_node())
    again = write(chinese_briefing(), ZH, first, {"chart:0": chart()}, PROPERTIES)
    assert compare(again, chinese_briefing(), {"chart:0": chart()}) == ()
    assert lint(again) == []
    names = set(unpack(written(chinese_briefing())))
    assert set(unpack(again)) == names


# --- template ---------------------------------------------------------------------------------------------


def changed(name: str, part: str, old: str, new: str) -> bytes:
    """A shipped template with one text replaced in one part."""
    parts = unpack(template(name))
    assert old in parts[part].decode()
    return pack({**parts, part: parts[part].decode().replace(old, new).encode()})


def test_styles_are_found_by_name_whatever_their_id() -> None:
    """A template saved by a Chinese Word has other ids, but the same names."""
    parts = unpack(template(ZH.template))
    renamed = {
        name: data.replace(b'"BodyText"', b'"a3"') if name.endswith(".xml") else data
        for name, data in parts.items()
    }
    data = write(of(p("文")), ZH, pack(renamed), {}, PROPERTIES)
    assert 'w:pStyle w:val="a3"' in unpack(data)["word/document.xml"].decode()


def test_a_missing_style_is_named() -> None:
    """The problem names the template, the style, and the style that is nearly called so."""
    bad = changed(ZH.template, "word/styles.xml", '"Quote"', '"Quotes"')
    with pytest.raises(ReportError) as caught:
        write(of(Box("quote", (p("文"),))), ZH, bad, {}, PROPERTIES)
    (problem,) = caught.value.problems
    assert (problem.where, problem.code) == (Where("briefing.zh.docx"), "word/missing-style")
    assert problem.args == {"style": "Quote", "near": "quotes"}


def test_what_the_document_does_not_need_may_be_missing() -> None:
    """A template without quotations serves a report without them."""
    bare = changed(ZH.template, "word/styles.xml", '"Quote"', '"Other"')
    assert write(of(p("文")), ZH, bare, {}, PROPERTIES)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", pack({"a.txt": b"no Word file"})])
def test_what_is_no_template_is_refused(data: bytes) -> None:
    """A damaged template is a problem with the template's name."""
    with pytest.raises(ReportError) as caught:
        write(of(p("文")), ZH, data, {}, PROPERTIES)
    assert caught.value.problems[0].code == "word/template"


# --- headings and lists -----------------------------------------------------------------------------------


def test_headings_are_numbered_by_word_not_typed() -> None:
    """The number comes from the style, so that moving a chapter renumbers it."""
    tree = body(of(Heading(1, t("情况"), number="一、"), Heading(2, t("概况"), number="（一）")))
    assert [letters(x) for x in tree.iter(f"{W}p")] == ["情况", "概况"]
    assert [attribute(x) for x in tree.iter(f"{W}pStyle")] == ["Heading1", "Heading2"]


def test_an_unnumbered_heading_has_the_number_none() -> None:
    """Its style takes the numbering away and remains a heading."""
    style = attribute(next(body(of(Heading(1, t("附"), numbered=False))).iter(f"{W}pStyle")))
    styles = open_package(template(ZH.template)).styles
    assert style
    assert attribute(styles[style].find(f"{W}pPr/{W}numPr/{W}numId")) == "0"
    assert attribute(styles[style].find(f"{W}basedOn")) == "Heading1"


def test_every_ordered_list_starts_anew() -> None:
    """Two lists have two numberings, each with its own first number."""
    lists = (
        Listing(ordered=True, items=(item("甲"), item("乙"))),
        Listing(ordered=True, items=(item("丙"),), start=4),
    )
    data = written(of(*lists))
    used = [
        attribute(x)
        for x in open_part(unpack(data)["word/document.xml"], "word/document.xml").iter(f"{W}numId")
    ]
    assert used[0] == used[1] != used[2]
    numbering = etree.fromstring(unpack(data)["word/numbering.xml"])
    starts = {n.get(f"{W}numId"): attribute(next(n.iter(f"{W}startOverride"), None)) for n in numbering}
    assert (starts[used[0]], starts[used[2]]) == ("1", "4")


def test_nested_lists_go_one_level_down() -> None:
    """Level 0 outside, level 1 inside."""
    inner = Listing(ordered=False, items=(item("里"),))
    tree = body(of(Listing(ordered=False, items=((p("外"), inner),))))
    assert [attribute(x) for x in tree.iter(f"{W}ilvl")] == ["0", "1"]


# --- captions and references ------------------------------------------------------------------------------


def test_a_caption_counts_itself_and_shows_its_number() -> None:
    """图 and a field that counts figures, with 1 already inside."""
    document = of(FigureBlock((Picture("missing:"),), t("投入"), "fig-a", "1"))
    assert codes(document) == ["SEQ 图 \\* ARABIC"]
    assert [letters(x) for x in body(document).iter(f"{W}p")][1] == "图1　投入"


def test_chapters_restart_the_count_once() -> None:
    """图8-1, 图8-2, 图9-1: the chapter is literal, the first of each begins again."""
    figures = [
        FigureBlock((Picture("missing:"),), t("图"), number=number) for number in ("8-1", "8-2", "9-1")
    ]
    assert codes(of(*figures)) == [
        "SEQ 图 \\* ARABIC \\r 1",
        "SEQ 图 \\* ARABIC",
        "SEQ 图 \\* ARABIC \\r 1",
    ]


def test_a_reference_to_a_figure_is_a_field_with_its_result() -> None:
    """It follows the figure's number, and leads to it."""
    document = of(
        p("见", Ref("fig-a", "图1", "fig-a")), FigureBlock((Picture("missing:"),), t("投入"), "fig-a", "1")
    )
    assert codes(document)[0] == "REF _Ref800000001 \\h"
    bookmark = next(body(document).iter(f"{W}bookmarkStart"))
    assert bookmark.get(f"{W}name") == "_Ref800000001"


def test_a_reference_with_other_words_is_a_link() -> None:
    """A field would replace the words at the next update; a link keeps them."""
    document = of(Heading(1, t("会议情况"), id="s"), p(Ref("record:m", "会议", "s")))
    assert codes(document) == []
    assert attribute(next(body(document).iter(f"{W}hyperlink")), "anchor") == "_Ref800000001"


def test_a_reference_that_leads_nowhere_is_text() -> None:
    """The label stays readable."""
    document = of(p("见", Ref("x", "附件", "")))
    assert codes(document) == []
    assert "附件" in xml(document)


def test_english_captions_count_under_their_english_name() -> None:
    """Figure and Table, and a full stop before the text."""
    document = of(FigureBlock((Picture("missing:"),), t("Shares"), "f", "1"), lang="en")
    assert codes(document) == ["SEQ Figure \\* ARABIC"]
    assert [letters(x) for x in body(document).iter(f"{W}p")][1] == "Figure 1. Shares"


def test_no_field_asks_to_be_updated(document: Document) -> None:
    """Nobody who opens the file is asked a question."""
    parts = unpack(written(document))
    assert b"w:dirty" not in parts["word/document.xml"]
    assert b"updateFields" not in parts["word/settings.xml"]


# --- letters ----------------------------------------------------------------------------------------------


def hinted(document: Document) -> list[tuple[str, bool]]:
    """The runs, and whether each says that its characters are Chinese."""
    return [
        (letters(run), attribute(run.find(f"{W}rPr/{W}rFonts"), "hint") == "eastAsia")
        for run in body(document).iter(f"{W}r")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议", True),
        ("“", True),
        ("……", True),
        ("CERN", False),
        ("2023", False),
        ("CERN’s", False),
        ("与CERN", True),
    ],
)
def test_runs_of_chinese_say_so(text: str, expected: bool) -> None:
    """Else Word shows quotation marks and dashes from the Latin font, half as wide."""
    assert hinted(of(p(text))) == [(text, expected)]


def test_chinese_in_english_text_has_runs_of_its_own() -> None:
    """A name is marked as Chinese, the sentence and its quotation marks are not."""
    document = of(p("“Wang” (王贻芳) said"), lang="en")
    assert hinted(document) == [("“Wang” (", False), ("王贻芳", True), (") said", False)]
    assert attribute(next(body(document).iter(f"{W}lang")), "eastAsia") == "zh-CN"


def test_tabs_and_line_ends_are_kept() -> None:
    """As Word's own marks, since plain ones would be shown as a space."""
    (paragraph,) = open_package(written(of(p("甲\t乙\n丙")))).document.iter(f"{W}p")
    assert letters(paragraph) == "甲\t乙\n丙"


def test_styles_add_up() -> None:
    """Strong with a raised figure in it is both."""
    run = next(body(of(p(Styled("strong", (Styled("superscript", t("15")),))))).iter(f"{W}rPr"))
    assert [etree.QName(child).localname for child in run] == ["rStyle", "vertAlign"]


def test_a_link_is_an_external_relationship() -> None:
    """With the characters no address may hold written so that Word does not repair the file."""
    relations = unpack(written(of(p(Link("https://example.org/a b?x=<1>", t("网页"))))))
    assert b'Target="https://example.org/a%20b?x=%3C1%3E"' in relations["word/_rels/document.xml.rels"]


def test_a_note_within_a_note_stands_in_brackets() -> None:
    """Word has no footnotes in footnotes."""
    data = written(of(p("文", Footnote((Text("外"), Footnote(t("内")))))))
    notes = open_part(unpack(data)["word/footnotes.xml"], "word/footnotes.xml")
    assert letters(notes[-1]) == " 外（内）"


# --- facts ------------------------------------------------------------------------------------------------


def provenance(document: Document) -> list[dict[str, str]]:
    """What the provenance part says of every fact."""
    part = etree.fromstring(unpack(written(document))["customXml/item1.xml"])
    return [{**{str(k): str(v) for k, v in x.attrib.items()}, "value": x.text or ""} for x in part]


def test_every_shown_fact_leads_to_its_place_in_the_data() -> None:
    """Each occurrence has a bookmark, and a line in the part that maps it."""
    document = of(p("在", fact(0, "北京"), "，", fact(0, "北京")))
    names = [attribute(x, "name") for x in body(document).iter(f"{W}bookmarkStart")]
    assert names == ["_f_1", "_f_2"]
    first, second = provenance(document)
    assert first == {
        "bookmark": "_f_1", "record": "event-1", "field": "title.zh", "shown": "北京", "value": "会",
    }  # fmt: skip
    assert second["bookmark"] == "_f_2"


def test_what_was_printed_is_kept_where_it_is_not_the_value_as_written() -> None:
    """So that a file that comes back tells what was changed in it; most facts are printed as they are written."""
    as_written, in_other_words = provenance(of(p(fact(0, "会"), fact(0, "会议\n“年”"))))
    assert "shown" not in as_written
    assert in_other_words["shown"] == "会议\n“年”"


def of_sources(*sources: FactSource) -> Document:
    """A text that shows each of *sources* twice, as it is."""
    told = [p(Fact(n, t(source.value))) for n, source in enumerate(sources)]
    return of(*told, *told, sources=sources)


def test_the_part_says_of_which_day_an_entry_is_and_whether_a_report_says_it() -> None:
    later, defined = structs.replace(SOURCE, on="2026-09-15"), structs.replace(SOURCE, report=True)
    one, two, *_ = provenance(of_sources(later, defined))
    assert (one["record"], one["on"]) == ("event-1", "2026-09-15")
    assert two == {"bookmark": "_f_2", "report": "event-1", "field": "title.zh", "value": "会"}


def test_a_value_that_was_worked_out_names_all_it_comes_from_once() -> None:
    """Shown again, it names its first occurrence: a count in a loop takes no room."""
    parts = tuple(FactSource(f"e-{n}", "staff", Where("a.yaml", n), str(n)) for n in (1, 2))
    document = of_sources(FactSource("", "", Where(""), "3人", rule="sum", of=parts))

    first, again = etree.fromstring(unpack(written(document))["customXml/item1.xml"])

    assert (dict(first.items()), first.text) == ({"bookmark": "_f_1", "rule": "sum"}, "3人")
    assert [(dict(one.items()), one.text) for one in first] == [
        ({"record": "e-1", "field": "staff"}, "1"),
        ({"record": "e-2", "field": "staff"}, "2"),
    ]
    assert (dict(again.items()), again.text, len(again)) == (
        {"bookmark": "_f_2", "rule": "sum", "like": "_f_1"}, "3人", 0,
    )  # fmt: skip
    assert list(compare(written(document), document, {})) == []


def test_a_wrong_origin_of_a_worked_out_value_is_seen() -> None:
    part = FactSource("e-1", "staff", Where("a.yaml", 1), "1")
    document = of_sources(FactSource("", "", Where(""), "1人", rule="sum", of=(part,)))
    other = of_sources(
        FactSource("", "", Where(""), "1人", rule="sum", of=(structs.replace(part, record="e-2"),))
    )

    assert list(compare(written(document), other, {})) != []


def test_facts_in_captions_cells_and_notes_are_traced_too() -> None:
    """Wherever data is shown it can be led back."""
    table = Table((Column(),), (), ((Cell((fact(0, "格"),)),),), (fact(0, "题"),), number="1")
    assert len(provenance(of(table, p("文", Footnote((fact(0, "注"),)))))) == 3


def test_an_illegal_character_in_a_fact_names_record_and_place() -> None:
    """The editor is told where in the data it stands."""
    problem = refused(of(p(Fact(0, t("会\x0b议")))))
    assert problem.where == SOURCE.where
    assert (problem.code, problem.args) == (
        "word/illegal-character",
        {"code": "U+000B", "field": "event-1.title.zh"},
    )


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_an_illegal_character_elsewhere_names_its_block(character: str) -> None:
    """No XML can hold it, so it is refused before Word would refuse the file."""
    where = Where("briefing.zh.md", 7)
    problem = refused(of(Paragraph(t(f"文{character}"), where)))
    assert (problem.where, problem.code) == (where, "word/illegal-character")


# --- tables -----------------------------------------------------------------------------------------------


def test_a_tables_width_is_said_three_times() -> None:
    """In the table, the grid and the cells: no program has to compute it."""
    tree = body(of(Table((Column(), Column()), (row("甲", "乙"),), (row("一", "二"),))))
    grid = [int(attribute(x, "w") or 0) for x in tree.iter(f"{W}gridCol")]
    cells = [int(attribute(x, "w") or 0) for x in tree.iter(f"{W}tcW")]
    assert sum(grid) == int(attribute(next(tree.iter(f"{W}tblW")), "w") or 0) == 8844
    assert cells == grid * 2


def test_shaded_cells_are_grey_and_others_as_the_style_says() -> None:
    """Grey of which black letters stand out by far more than seven to one."""
    shaded = tuple(Cell(t("甲"), shade=shade) for shade in ("", "light", "strong"))
    tree = body(of(Table((Column(),) * 3, (), (shaded,))))

    fills = [[attribute(shd, "fill") for shd in cell.iter(f"{W}shd")] for cell in tree.iter(f"{W}tc")]
    assert fills == [[], ["F2F2F2"], ["D9D9D9"]]


def test_blocks_and_signs_that_no_latin_font_has_are_set_in_the_chinese_one() -> None:
    """Else Word would take them from whatever font it comes upon."""
    for lang in ("zh", "en"):
        tree = body(of(Paragraph(t("398 ▁▃█ 463")), lang=lang))
        hinted = "".join(
            text.text or ""
            for run in tree.iter(f"{W}r")
            if run.find(f"{W}rPr/{W}rFonts") is not None
            for text in run.iter(f"{W}t")
        )
        assert {*"▁▃█"} <= {*hinted}, lang


def test_header_rows_repeat_and_no_row_is_torn() -> None:
    """Every header row comes again on the next page."""
    tree = body(of(Table((Column(),), (row("甲"), row("乙")), (row("一"),))))
    assert [len(r.findall(f"{W}trPr/{W}tblHeader")) for r in tree.iter(f"{W}tr")] == [1, 1, 0]
    assert len(list(tree.iter(f"{W}cantSplit"))) == 3


def test_cells_below_a_tall_cell_keep_their_column() -> None:
    """A cell that covers two rows pushes the next row's cells to the right, as in HTML."""
    laid = lay_out(((Cell(t("a"), down=2), Cell(t("b"))), (Cell(t("c")),)))
    assert [[(s.column, s.merge) for s in line] for line in laid] == [
        [(0, "restart"), (1, "")],
        [(0, "continue"), (1, "")],
    ]


def test_short_rows_are_filled_up() -> None:
    """Word repairs a table whose rows differ in width."""
    laid = lay_out((row("a", "b", "c"), row("d")))
    assert [len(line) for line in laid] == [3, 3]


@given(
    st.lists(
        st.lists(st.builds(Cell, st.just(t("x")), st.integers(1, 4), st.integers(1, 4)), max_size=4),
        max_size=5,
    )
)
def test_any_merge_gives_rows_of_one_width(rows: list[list[Cell]]) -> None:
    """However cells overlap, every row covers the same columns without a hole."""
    laid = lay_out(tuple(map(tuple, rows)))
    ends = set()
    for slots in laid:
        column = 0
        for slot in slots:
            assert slot.column == column
            column += slot.across
        ends.add(column)
    assert len(ends) <= 1


def test_columns_get_what_their_content_needs() -> None:
    """A number column stays narrow, no short header is broken, and together they fill the width."""
    table = Table(
        (Column(),) * 3, (row("序号", "议题", "负责单位"),), (row("1", "很长的议题" * 20, "中国科学院"),)
    )
    widths = column_widths(table.columns, table, 8844, 120)
    assert sum(widths) == 8844
    assert widths[1] > widths[2] > widths[0] >= 600
    assert widths[2] > 4 * 240


def test_the_authors_shares_are_kept() -> None:
    """Three tenths are three tenths."""
    table = Table((Column(width=0.3), Column(width=0.7)), (), (row("a", "b"),))
    assert column_widths(table.columns, table, 1000, 100) == [300, 700]


def test_an_authors_share_too_small_for_its_header_is_widened() -> None:
    """序号 stays in one line, whatever the share says."""
    table = Table((Column(width=0.02), Column(width=0.98)), (row("序号", "议题"),), (row("1", "二"),))
    assert column_widths(table.columns, table, 8844, 120)[0] >= 700


def test_a_short_table_is_kept_on_one_page_and_a_long_one_is_not() -> None:
    """Every line but the last is kept with the next, as long as they are few."""
    short = of(Table((Column(),), (row("甲"),), (row("一"), row("二"))))
    tall = of(Table((Column(),), (row("甲"),), (row("长" * 900), row("二"))))
    assert [len(list(body(document).iter(f"{W}keepNext"))) for document in (short, tall)] == [2, 1]


def test_a_wide_table_stands_on_a_page_on_its_side() -> None:
    """With the headers and footers of the pages around it; width and height change places."""
    wide = Table((Column(),) * 8, (), (row(*"12345678"),))
    sections = list(body(of(p("前"), wide, p("后"))).iter(f"{W}sectPr"))
    sizes = [attribute(s.find(f"{W}pgSz"), "w") for s in sections]
    assert sizes == ["11906", "16838", "11906"]
    assert len({len(s.findall(f"{W}footerReference")) for s in sections}) == 1


def test_a_wide_table_at_the_end_leaves_no_empty_page() -> None:
    """The last section is its own."""
    wide = Table((Column(),) * 8, (), (row(*"12345678"),))
    sections = list(body(of(p("前"), wide)).iter(f"{W}sectPr"))
    assert [attribute(s.find(f"{W}pgSz"), "w") for s in sections] == ["11906", "16838"]


# --- figures and boxes ------------------------------------------------------------------------------------


def extent(document: Document, drawing: Drawing) -> tuple[float, float]:
    """Width and height of the first picture, in centimetres."""
    data = write(document, ZH, template(ZH.template), {"chart:0": drawing}, PROPERTIES)
    size = next(open_part(unpack(data)["word/document.xml"], "word/document.xml").iter(f"{WP}extent"))
    return int(size.get("cx") or 0) / 360_000, int(size.get("cy") or 0) / 360_000


def test_pictures_keep_their_size_where_there_is_room() -> None:
    """15 cm are 15 cm, so that the letters in a chart have their true size."""
    width, height = extent(of(FigureBlock((Picture("chart:0"),), t("图"))), chart())
    assert (round(width, 2), round(height, 2)) == (15.0, 5.6)


@pytest.mark.parametrize(("svg", "tallest"), [(None, 13.51), (b"<svg/>", 19.13)])
@pytest.mark.parametrize(("width", "height"), [(40.0, 10.0), (10.0, 40.0)])
def test_pictures_never_leave_the_page(
    width: float, height: float, svg: bytes | None, tallest: float
) -> None:
    """Neither wider than the text nor taller than six tenths of it (a chart: 85 %), and never out of shape."""
    drawing = structs.replace(chart(), width_cm=width, height_cm=height, svg=svg)
    shown = extent(of(FigureBlock((Picture("chart:0"),), t("图"))), drawing)
    assert shown[0] <= 15.61
    assert shown[1] <= tallest
    assert shown[0] / shown[1] == pytest.approx(width / height, rel=0.01)


def test_a_figures_share_sets_its_width() -> None:
    """Half the column is half the column."""
    width, _ = extent(of(FigureBlock((Picture("chart:0"),), t("图"), width=0.5)), chart())
    assert width == pytest.approx(7.8, abs=0.01)


def test_a_picture_says_what_it_shows_and_has_a_sharp_twin() -> None:
    """The drawing's own words where the report has none; the SVG beside the PNG."""
    document = of(FigureBlock((Picture("chart:0"),), t("图")))
    assert next(body(document).iter(f"{WP}docPr")).get("descr") == chart().alt
    assert {name for name in unpack(written(document)) if "media" in name} == {
        "word/media/report1.png",
        "word/media/report2.svg",
    }


def test_one_picture_shown_twice_is_stored_once() -> None:
    """The file does not grow."""
    document = of(*(FigureBlock((Picture("chart:0"),), t("图")),) * 2)
    assert len([name for name in unpack(written(document)) if "media" in name]) == 2


def test_a_missing_picture_leaves_its_room() -> None:
    """With words in the language of the report."""
    assert "图片待补" in xml(of(FigureBlock((Picture("missing:"),), t("图"))))
    assert "Picture to be supplied" in xml(of(FigureBlock((Picture("missing:"),), t("x")), lang="en"))


def test_a_box_that_holds_a_table_is_laid_out_in_the_open() -> None:
    """A table in a table is hard to read and to edit."""
    boxed = Box("callout", (Table((Column(),), (), (row("格"),)),))
    assert len(list(body(of(boxed)).iter(f"{W}tbl"))) == 1


def test_a_section_of_changes_looks_as_running_text() -> None:
    """The box is there for the letter, which repeats it."""
    section = (Heading(1, t("本期变化")), Listing(ordered=False, items=((p("已举行"),),)), p("完"))
    assert xml(of(Box("changes", section))) == xml(of(*section))


@pytest.mark.parametrize("role", ["summary", "callout", "discussion"])
def test_boxes_are_framed(role: str) -> None:
    """Each by a table style of its own, which a secretariat can change."""
    tree = body(of(Box(role, (p("要点"),))))
    assert attribute(next(tree.iter(f"{W}tblStyle"))) == f"{role.capitalize()}Box"


# --- properties -------------------------------------------------------------------------------------------


def test_the_file_knows_the_day_of_the_report_and_no_clock() -> None:
    """Created and modified are the report's date, in the one form Word takes."""
    core = unpack(written(of(p("文"))))["docProps/core.xml"].decode()
    assert core.count("2023-06-08T00:00:00Z") == 2
    assert "<dc:creator>秘书处</dc:creator>" in core


def test_properties_change_nothing_but_themselves() -> None:
    """Another date is another core part, and the same text."""
    later = structs.replace(PROPERTIES, date=dt.date(2024, 1, 1))
    first = unpack(written(of(p("文"))))
    second = unpack(write(of(p("文")), ZH, template(ZH.template), {}, later))
    assert {name for name in first if first[name] != second[name]} == {"docProps/core.xml"}


# --- any text ---------------------------------------------------------------------------------------------

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


def _everywhere(text: str) -> Iterator[Blocks]:
    content: Inlines = (Text(text),)
    yield (Paragraph(content),)
    yield (Table((Column(),), (), ((Cell(content),),), content, "t", "1"),)
    yield (FigureBlock((Picture("missing:"),), content, "f", "1"),)
    yield (Paragraph((Fact(0, content), Footnote(content))),)


@settings(max_examples=60, deadline=None)
@given(ANYTHING, st.sampled_from(["zh", "en"]))
def test_any_text_comes_out_literally_or_is_refused(text: str, lang: str) -> None:
    """No text breaks the file, none is changed."""
    profile = {"zh": ZH, "en": EN}[lang]
    for blocks in _everywhere(text):
        document = Document(lang, (), blocks, (SOURCE,))
        try:
            data = write(document, profile, template(profile.template), {}, PROPERTIES)
        except ReportError as error:
            codes = [problem.code for problem in error.problems]
        else:
            codes = []
            assert compare(data, document, {}) == ()
        assert codes == (["word/illegal-character"] if ILLEGAL.search(text) else [])
