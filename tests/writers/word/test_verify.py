"""The proof before the swap, and the lint: each is shown files with exactly one defect."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from msgspec import structs

from reports.document.nodes import Document, Paragraph
from reports.writers.word.ooxml import CONTENT_TYPES, pack, unpack
from reports.writers.word.verify import compare
from tests.support.word_sample import chart, chinese_briefing, every_node, t, written
from tools.word_lint.rules import RULES, lint

DRAWINGS = {"chart:0": chart()}
BODY, NOTES, STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"
RELATIONS, SETTINGS = "word/_rels/document.xml.rels", "word/settings.xml"
COMMENTS, NUMBERING, FOOTER = "word/comments.xml", "word/numbering.xml", "word/footer2.xml"


def mutant(part: str, pattern: str, new: str) -> bytes:
    """The file that holds every node, with the first match of *pattern* in one part replaced."""
    parts = unpack(written(every_node()))
    text, count = re.subn(pattern, new, parts[part].decode(), count=1, flags=re.DOTALL)
    assert count == 1
    return pack({**parts, part: text.encode()})


# --- compare ----------------------------------------------------------------------------------------------

_RUN = "<w:r>(?:(?!<w:r>).)*"
WRONG = {
    "a changed word": (BODY, "末段", "未段", "paragraph"),
    "a lost paragraph": (BODY, r'<w:p><w:pPr><w:pStyle w:val="Subtitle"/>.*?</w:p>', "", "paragraph 5"),
    "a changed caption": (BODY, ">组图<", ">分图<", "paragraph"),
    "a changed caption number": (BODY, r"(SEQ 图.*?<w:t [^>]*>)1", r"\g<1>7", "paragraph"),
    "a changed note": (NOTES, "注文", "正文", "footnote 1"),
    "a changed cell": (BODY, ">次数<", ">人数<", "table 1 is"),
    "a changed fact": (BODY, ">科学院<", ">工程院<", "fact"),
    "a lost fact": (BODY, '<w:bookmarkStart w:id="1001" w:name="_f_1"/>', "", "fact 1 is"),
    "a wrong place of a fact": ("customXml/item1.xml", 'record="contribution-office"', 'record="contribution-other"', "fact 1 is"),
    "a field to another place": (BODY, " REF _Ref800000002", " REF _Ref800000003", "reference"),
    "a lost link": (BODY, rf"<w:hyperlink [^>]*>({_RUN}会议</w:t></w:r>)</w:hyperlink>", r"\1", "reference"),
    "a changed comment": (COMMENTS, "里面的", "外面的", "comment"),
    "another author": (COMMENTS, 'w:author="审稿人"', 'w:author="作者"', "comment"),
    "a comment on other words": (BODY, r'(<w:commentRangeStart w:id="1"/>)(.*?)(?=<w:commentRangeStart)', r"\2\1", "comment"),
    "a changed page": (BODY, r"(PAGEREF _Ref800000003.*?<w:t [^>]*>)2<", r"\g<1>3<", "contents line 2 is"),
    "a line that leads elsewhere": (BODY, 'w:anchor="_Ref800000003"', 'w:anchor="_Ref800000002"', "contents line 2 is"),
    "a changed number of a work": (NUMBERING, r'(startOverride w:val=")4', r"\g<1>3", "cited work 3 is"),
    "a citation of another work": (BODY, 'w:anchor="_Cite_3"', 'w:anchor="_Cite_2"', "citation"),
    "a lost citation": (BODY, r'<w:hyperlink w:anchor="_Cite_3"[^>]*>(.*?)</w:hyperlink>', r"\1", "citation"),
    "a placeholder too few": (BODY, '<w:pStyle w:val="FigurePlaceholder"/>', '<w:pStyle w:val="Figure"/>', "picture 2"),
}  # fmt: skip


@pytest.mark.parametrize(("part", "pattern", "new", "expected"), WRONG.values(), ids=WRONG)
def test_a_file_that_says_something_else_is_found(part: str, pattern: str, new: str, expected: str) -> None:
    """The first difference of each sort is told, with both sides."""
    found = compare(mutant(part, pattern, new), every_node(), DRAWINGS)
    assert any(difference.startswith(expected) for difference in found), found


def test_the_difference_is_told_with_both_sides() -> None:
    """Whoever reads it knows what happened."""
    data = mutant(BODY, ">次级<", ">初级<")
    first, *_ = compare(data, every_node(), DRAWINGS)
    assert re.fullmatch(r"paragraph \d+ is '初级' instead of '次级'", first)


def test_another_picture_is_found() -> None:
    """Pictures are compared byte by byte."""
    other = structs.replace(chart(), png=chart().png + b"x")
    found = compare(written(chinese_briefing()), chinese_briefing(), {"chart:0": other})
    assert found == (f"picture 1 is {len(chart().png)} bytes instead of {len(other.png)} bytes",)


def test_a_paragraph_too_many_is_found() -> None:
    """What nobody wrote does not reach the reader."""
    more = Document("zh", (), (Paragraph(t("甲")), Paragraph(t("乙"))))
    assert compare(written(more), Document("zh", (), more.blocks[:1]), {}) == (
        "paragraph 2 is '乙' instead of missing",
    )


# --- lint -------------------------------------------------------------------------------------------------

_CELL = r"</w:p></w:tc></w:tr></w:tbl>"
DEFECTS = {
    "content_types": (CONTENT_TYPES, r'(numbering)\+xml"', r'\1-old+xml"', "word/numbering.xml has a wrong content type"),
    "relations": (RELATIONS, 'Target="https:', 'Target="file:', "leads outside"),
    "relation_ids": (BODY, 'r:embed="report[^"]*"', 'r:embed="nothing"', "uses the unknown relationship nothing"),
    "settings": (SETTINGS, "<w:zoom", "<w:updateFields/><w:zoom", "updateFields"),
    "core_dates": ("docProps/core.xml", "2023-06-08T00:00:00Z", "2023年6月8日", "created is no date"),
    "picture_ids": (BODY, r'(docPr id=")1002"', r'\g<1>1001"', "the picture id 1001 is used 2 times"),
    "alternative_texts": (BODY, 'descr="替代文字"', 'descr=" "', "has no alternative text"),
    "clipped_pictures": (BODY, 'w:val="Figure"/>', 'w:val="BodyText"/>', "a picture stands in exact line spacing"),
    "bookmarks, name": (BODY, 'w:name="_f_2"', 'w:name="_f_1"', "the bookmark _f_1 exists 2 times"),
    "bookmarks, end": (BODY, r'<w:bookmarkEnd w:id="1001"/>', "", "lacks its start or its end"),
    "fields, dirty": (BODY, 'fldCharType="begin"', 'fldCharType="begin" w:dirty="true"', "dirty"),
    "fields, end": (BODY, '<w:fldChar w:fldCharType="end"/>', "", "without begin or end"),
    "empty_fields": (BODY, r"(SEQ 图.*?<w:t [^>]*>)1<", r"\g<1><", "a field shows nothing: SEQ 图"),
    "references": (BODY, r" REF _Ref800000002", " REF _Ref1", "REF leads nowhere: _Ref1"),
    "references, link": (BODY, 'w:anchor="_Ref800000003"', 'w:anchor="_no"', "a link leads nowhere: _no"),
    "field_codes_as_text": (BODY, ">末段<", ">REF _Ref1<", "a field code stands as text"),
    "comments": (BODY, r'<w:commentReference w:id="1"/>', "", "comments and their anchors do not match"),
    "comments, range": (BODY, r'<w:commentRangeEnd w:id="1"/>', "", "do not match: commentRangeEnd"),
    "contents, no page": (BODY, r"PAGEREF _Ref800000003", "PAGE", "a line of contents lacks its page: （一）次级"),
    "contents, a page": (BODY, r'TOC (\\h \\z \\c "图")', r"TOC \\n \1", "a line of contents has a page"),
    "contents, back": (BODY, r"(PAGEREF _Ref800000003.*?<w:t [^>]*>)2<", r"\g<1>0<", "turn back: （一）次级 0"),
    "contents, elsewhere": (BODY, r"PAGEREF _Ref800000003", "PAGEREF _Ref800000002", "not that of the place it leads to"),
    "citations": (BODY, 'w:anchor="_Cite_3"', 'w:anchor="_Cite_9"', "a citation leads to no entry: 4"),
    "page_edges": (FOOTER, ">— <.*> —<", "><", "the footer of even pages is empty"),
    "data_bindings": (BODY, "<w:docPartObj>", '<w:dataBinding w:storeItemID="{0}"/><w:docPartObj>', "unknown store"),
    "footnotes": (BODY, "<w:footnoteReference[^>]*>", "", "footnotes and their marks"),
    "cell_ends": (BODY, _CELL, "</w:p><w:tbl/></w:tc></w:tr></w:tbl>", "does not end with a paragraph"),
    "grid_columns": (BODY, r"<w:gridCol[^>]*/>", "", "a row fills"),
    "body_end": (BODY, r"<w:sectPr(?=(?:(?!<w:sectPr).)*$)", "<w:tbl/><w:sectPr", "ends with a table"),
    "numberings": (BODY, r'<w:numId w:val="\d+"/>', '<w:numId w:val="99"/>', "the numbering 99 does not exist"),
    "sizes": (STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="31.5"/>', "no whole number of half points: 31.5"),
    "fonts": (STYLES, 'eastAsia="楷体"', 'eastAsia="华文行楷"', "the font 华文行楷 is not in the font table"),
    "hints": (BODY, r"<w:rPr><w:rFonts[^>]*/></w:rPr>(<w:t [^>]*>——副题)", r"\1", "lacks its hint: ——副题"),
    "captions, count": (BODY, r"(SEQ 图.*?<w:t [^>]*>)1<", r"\g<1>5<", "another number than it counts"),
    "captions, none": (BODY, 'w:val="Quote"', 'w:val="Caption"', "a caption does not count: 引文"),
    "leftovers": (BODY, ">末段<", ">【待核】<", "【 was left in the text"),
}  # fmt: skip


@pytest.mark.parametrize(("part", "pattern", "new", "expected"), DEFECTS.values(), ids=DEFECTS)
def test_each_rule_finds_its_defect(part: str, pattern: str, new: str, expected: str) -> None:
    """One defect, and the sentence that names it."""
    found = lint(mutant(part, pattern, new))
    assert any(expected in finding for finding in found), found


def test_every_rule_is_tested() -> None:
    """A rule without its defect above could be one that never finds anything."""
    assert {name.partition(",")[0] for name in DEFECTS} == {rule.__name__ for rule in RULES}


def test_a_sound_file_has_no_findings() -> None:
    """The file all defects are made from has none."""
    assert lint(written(every_node())) == []


def test_a_part_without_type_is_found() -> None:
    """Word refuses a file with a part it does not know."""
    parts = {**unpack(written(every_node())), "word/x.bin": b""}
    assert lint(pack(parts)) == ["word/x.bin has no content type"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_in_the_zip_is_found() -> None:
    """Readers differ in which of the two they take."""
    buffer = io.BytesIO(written(every_node()))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/settings.xml", unpack(buffer.getvalue())["word/settings.xml"])
    assert lint(buffer.getvalue()) == ["the zip holds word/settings.xml 2 times"]
