"""What a paper, a book or a file of the office has beside its text: citations, comments, annexes, covers, drafts."""

from __future__ import annotations

import pytest
from lxml import etree
from msgspec import structs

from reports.diagnostics.problems import ReportError, Where
from reports.document.nodes import (
    Block,
    Cite,
    CommentMark,
    Contents,
    ContentsEntry,
    Document,
    Footnote,
    Heading,
    Paragraph,
    Ref,
    ReferenceEntry,
    References,
)
from reports.document.profiles import PROFILES
from reports.writers.word.ooxml import CONTENT_TYPES, W, pack, unpack
from reports.writers.word.reopen import Element, code_of, get, letters, open_package, open_part, value
from reports.writers.word.verify import compare
from reports.writers.word.writer import write
from tests.support.word_sample import PROPERTIES, SOURCES, fact, p, t, template
from tools.word_lint.rules import lint

WORKS = References(
    (
        ReferenceEntry("a", 1, t("甲. 书[M].")),
        ReferenceEntry("b", 2, t("乙. 文[J].")),
        ReferenceEntry("d", 4, t("丁. 网页[EB/OL].")),
    )
)


def of(*blocks: Block, lang: str = "zh", cover: bool = False, chapter: int = 0) -> Document:
    """A document of these blocks with a title."""
    return Document(lang, (("title", t("标题")),), blocks, SOURCES, cover, chapter)


def written(document: Document, profile: str = "paper", draft: str = "", base: bytes = b"") -> bytes:
    """The document in a profile of its language, proved against its tree."""
    chosen = PROFILES[profile, document.lang]
    properties = structs.replace(PROPERTIES, draft=draft)
    data = write(document, chosen, base or template(chosen.template), {}, properties)
    assert compare(data, document, {}) == ()
    assert lint(data) == []
    return data


def body(document: Document, profile: str = "paper") -> Element:
    """The main part of the document, written."""
    return open_part(unpack(written(document, profile))["word/document.xml"], "word/document.xml")


def codes(tree: Element) -> list[str]:
    """The field codes in a part."""
    return [code_of(code).strip() for code in tree.iter(f"{W}instrText")]


# --- citations --------------------------------------------------------------------------------------------


def test_each_number_of_a_citation_leads_to_its_work() -> None:
    """[1,2,4]: three links, and the brackets and commas between them."""
    tree = body(of(p("见", Cite(("d", "a", "b"), "[1,2,4]")), WORKS))
    links = [(get(link, "anchor"), letters(link)) for link in tree.iter(f"{W}hyperlink")]
    assert links == [("_Cite_1", "1"), ("_Cite_2", "2"), ("_Cite_3", "4")]
    assert letters(next(p for p in tree.iter(f"{W}p") if "见" in letters(p))) == "见[1,2,4]"


@pytest.mark.parametrize(("lang", "raised"), [("zh", True), ("zh-Hant", True), ("en", False)])
def test_citations_are_raised_in_chinese_only(lang: str, raised: bool) -> None:
    """That is a matter of the character style, which a secretariat can change."""
    package = open_package(written(of(p(Cite(("a",), "[1]")), WORKS, lang=lang)))
    assert {value(run, "rPr/rStyle") for run in package.document.iter(f"{W}r") if letters(run) in "[1]"} >= {
        "Citation"
    }
    assert (value(package.styles["Citation"], "rPr/vertAlign") == "superscript") == raised


def test_works_are_counted_by_word() -> None:
    """From 1, and from each one's own number where one is left out."""
    data = unpack(written(of(p(Cite(("a",), "[1]")), WORKS)))
    entries = [
        x
        for x in open_part(data["word/document.xml"], "word/document.xml").iter(f"{W}p")
        if x.find(f"{W}pPr/{W}numPr") is not None
    ]
    assert [letters(entry) for entry in entries] == ["甲. 书[M].", "乙. 文[J].", "丁. 网页[EB/OL]."]
    first, second, third = (value(entry, "pPr/numPr/numId") for entry in entries)
    assert first == second != third


# --- comments ---------------------------------------------------------------------------------------------


def comments(document: Document) -> list[Element]:
    """The comments of the document, written."""
    return list(open_part(unpack(written(document))["word/comments.xml"], "word/comments.xml"))


def test_a_remark_is_a_comment_of_word() -> None:
    """With author, initials and day; what became of it stands behind its text."""
    (comment,) = comments(of(p(CommentMark(t("三处"), t("请核对。"), "Wang Yi", "2023-06-01", "待处理"))))
    said = {name: get(comment, name) for name in ("author", "initials", "date")}
    assert said == {"author": "Wang Yi", "initials": "WY", "date": "2023-06-01T00:00:00Z"}
    assert letters(comment) == "请核对。（待处理）"


@pytest.mark.parametrize("date", ["", "2023", "2023-06"])
def test_a_day_that_is_not_known_is_not_said(date: str) -> None:
    """Word would read any other form as damage."""
    (comment,) = comments(of(p(CommentMark(t("三处"), t("请核对。"), "李工", date))))
    assert f"{W}date" not in comment.attrib


def test_a_fact_in_a_comment_is_traced() -> None:
    """Its bookmark stands in the part of the comments."""
    (comment,) = comments(of(p(CommentMark(t("三处"), (fact(0, "两处"),), "李工"))))
    assert get(next(comment.iter(f"{W}bookmarkStart")), "name") == "_f_1"


def test_several_remarks_may_be_about_the_same_words() -> None:
    """Each has its own two ends and its own mark."""
    inner = CommentMark(t("三处"), t("里"), "甲")
    tree = body(of(p(CommentMark((*t("共"), inner), t("外"), "乙"))))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(get(x, "id") for x in tree.iter(W + name)) == ["0", "1"]


def test_a_remark_on_words_of_a_note_stands_at_its_mark() -> None:
    """Neither Word nor LibreOffice puts comments into notes."""
    parts = unpack(written(of(p("文", Footnote((*t("见"), CommentMark(t("某处"), t("哪里？"), "甲")))))))
    assert b"commentReference" not in parts["word/footnotes.xml"]
    run = next(
        open_part(parts["word/document.xml"], "word/document.xml").iter(f"{W}commentRangeStart")
    ).getnext()
    assert run is not None
    assert run.find(f"{W}footnoteReference") is not None


@pytest.mark.parametrize(
    "remark",
    [
        CommentMark(t("文"), t("问\x0b")),
        CommentMark(t("文"), t("问"), author="李\x0b"),
        CommentMark(t("文"), t("问"), state="\x0b"),
    ],
)
def test_an_illegal_character_in_a_remark_names_its_block(remark: CommentMark) -> None:
    """No XML can hold it, in a comment no more than in the text."""
    where = Where("paper.zh.md", 7)
    with pytest.raises(ReportError) as caught:
        written(of(Paragraph((remark,), where)))
    assert (caught.value.problems[0].where, caught.value.problems[0].code) == (
        where,
        "word/illegal-character",
    )


def test_a_report_without_remarks_has_no_comments() -> None:
    """No part, no type, no relationship."""
    parts = unpack(written(of(p("文"))))
    assert "word/comments.xml" not in parts
    assert b"comments" not in parts[CONTENT_TYPES] + parts["word/_rels/document.xml.rels"]


def test_a_reviewed_report_can_be_the_next_template() -> None:
    """Its comments are left behind, and new ones find their place."""
    first = written(of(p(CommentMark(t("旧"), t("旧问")))))
    document = of(p(CommentMark(t("新"), t("新问"))))
    assert (
        letters(open_part(unpack(written(document, base=first))["word/comments.xml"], "word/comments.xml"))
        == "新问"
    )


# --- annexes ----------------------------------------------------------------------------------------------


def test_an_annex_has_its_number_above_its_title() -> None:
    """The number counts by itself, and a reference follows it; the title is what contents and navigation show."""
    annex = Heading(1, t("名单"), "annex", numbered=False, number="附件2", annex=True)
    one = structs.replace(annex, id="first", number="附件1")
    package = open_package(written(of(p("见", Ref("annex", "附件2", "annex")), one, annex), "briefing"))
    lines = [(package.style_of(x), letters(x)) for x in package.document.iter(f"{W}p")][2:]
    assert lines == [
        ("annex number", "附件1"),
        ("annex title", "名单"),
        ("annex number", "附件2"),
        ("annex title", "名单"),
    ]
    assert codes(package.document) == ["REF _Ref800000002 \\h", "SEQ 附件 \\* ARABIC", "SEQ 附件 \\* ARABIC"]
    assert package.styles["AnnexNumber"].find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert value(package.styles["AnnexTitle"], "pPr/outlineLvl") == "0"


# --- contents ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "code"), [(0, 'TOC \\o "1-2" \\n \\h \\z \\u'), (7, 'TOC \\o "1-2" \\h \\z \\u')]
)
def test_contents_show_pages_when_they_are_known(page: int, code: str) -> None:
    """Else the field says that it shows none."""
    contents = Contents("headings", 2, (ContentsEntry(1, "一、甲", "s", page),))
    tree = open_package(written(of(contents, Heading(1, t("甲"), "s", number="一、")))).document
    assert codes(tree) == [code, "PAGEREF _Ref800000001 \\h"][: 2 if page else 1]
    assert [letters(x) for x in tree.iter(f"{W}p")][1] == ("一、甲\t7" if page else "一、甲")


def test_the_title_of_contents_is_no_heading_of_the_text() -> None:
    """Else Word would list the contents in the contents."""
    contents = Contents("headings", 2, (ContentsEntry(1, "一、甲", "s"),))
    package = open_package(
        written(of(Heading(1, t("目录"), "toc"), contents, Heading(1, t("甲"), "s", number="一、")))
    )
    assert [package.style_of(x) for x in package.document.iter(f"{W}p")][1] == "toc heading"
    assert package.styles["TOCHeading"].find(f"{W}pPr/{W}outlineLvl") is None


# --- covers, chapters, drafts -----------------------------------------------------------------------------


def test_a_cover_has_no_header_and_no_number() -> None:
    """The text behind it begins with page 1."""
    package = open_package(written(of(p("文"), cover=True), "chapter"))
    cover, text = package.document.iter(f"{W}sectPr")
    assert [etree.QName(x).localname for x in cover if "Reference" in str(x.tag)] == []
    assert len([x for x in text if "Reference" in str(x.tag)]) == 4
    assert value(text, "pgNumType", "start") == "1"
    assert package.style_of(next(package.document.iter(f"{W}p"))) == "cover title"


@pytest.mark.parametrize("lang", ["zh", "zh-Hant", "en"])
def test_a_chapter_begins_with_its_number(lang: str) -> None:
    """The numbering of headings counts from it, whatever the template says."""
    document = of(Heading(1, t("交流"), "c", number="第八章"), lang=lang, chapter=8)
    package = open_package(written(document, "chapter"))
    (num,) = (n for n in package.trees["word/numbering.xml"].findall(f"{W}num") if get(n, "numId") == "1")
    assert value(num, "lvlOverride/startOverride") == "8"
    assert [get(x, "ilvl") for x in num.findall(f"{W}lvlOverride")] == ["0"]


def edges(data: bytes) -> dict[str, list[str]]:
    """The text of every header and footer, by kind."""
    found: dict[str, list[str]] = {"header": [], "footer": []}
    for name, part in sorted(unpack(data).items()):
        for kind, texts in found.items():
            if name.startswith(f"word/{kind}"):
                texts.append(letters(open_part(part, name)))
    return found


def test_the_head_of_the_page_names_the_chapter() -> None:
    """On odd pages and even ones; it is a field that follows the page in Word, and right in other programs."""
    heading = Heading(1, t("交流"), "c", number="第八章")
    data = written(of(Heading(1, t("前言"), numbered=False), heading), "chapter")
    assert edges(data)["header"] == ["交流", "交流"]
    assert codes(open_part(unpack(data)["word/header1.xml"], "word/header1.xml")) == ["STYLEREF 1"]


def test_a_report_without_headings_has_none_in_its_head() -> None:
    """Word would print an error there."""
    data = written(of(p("文")), "chapter")
    assert edges(data)["header"] == ["", ""]
    assert codes(open_part(unpack(data)["word/header1.xml"], "word/header1.xml")) == []


@pytest.mark.parametrize(
    ("profile", "headers"), [("briefing", ["草稿"]), ("chapter", ["草稿交流", "草稿交流", "草稿"])]
)
def test_every_page_of_a_draft_says_so(profile: str, headers: list[str]) -> None:
    """Odd and even ones, the cover too; what stood in the head stays."""
    data = written(of(Heading(1, t("交流"), "c"), cover=True), profile, draft="草稿")
    assert edges(data)["header"] == headers
    cover, text = open_part(unpack(data)["word/document.xml"], "word/document.xml").iter(f"{W}sectPr")
    for section in (cover, text):
        assert [get(x, "type") for x in section.findall(f"{W}headerReference")] == ["default", "even"]


def test_a_draft_leaves_no_trace_in_the_report_made_of_it() -> None:
    """Who restyles a draft and keeps it as a template gets clean reports, and one mark in the next draft."""
    draft = written(of(Heading(1, t("交流"), "c")), "chapter", draft="草稿")
    again = of(Heading(1, t("合作"), "c"))
    assert edges(written(again, "chapter", base=draft))["header"] == ["合作", "合作", ""]
    assert edges(written(again, "chapter", draft="草稿", base=draft))["header"][:2] == [
        "草稿合作",
        "草稿合作",
    ]


def test_a_template_that_numbers_its_chapters_from_elsewhere_is_corrected() -> None:
    """Last year's chapter 7 can be the template of chapter 8."""
    first = written(of(Heading(1, t("甲"), "c", number="第七章"), chapter=7), "chapter")
    parts = unpack(
        written(of(Heading(1, t("乙"), "c", number="第八章"), chapter=8), "chapter", base=pack(unpack(first)))
    )
    assert b'w:val="7"/></w:lvlOverride>' not in parts["word/numbering.xml"]
