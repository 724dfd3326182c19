"""The HTML writer: letters stay letters, nothing is fetched, every fact names its place."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given, settings

from reports.diagnostics.problems import Where
from reports.document.drawings import Drawing
from reports.document.nodes import (
    Block,
    Cell,
    Cite,
    Column,
    CommentMark,
    Document,
    Fact,
    FactSource,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Inlines,
    Link,
    Picture,
    Ref,
    ReferenceEntry,
    References,
    Table,
    Text,
)
from reports.document.profiles import PROFILES
from reports.writers import html, html_inline, markdown
from reports.writers.html import write
from tests.writers.test_markdown import (
    INLINES,
    LETTERS,
    PICTURES,
    PLACES,
    every_node,
    expected,
    p,
    squeezed,
    strong,
    t,
)

GOLDEN = Path(__file__).parent.parent / "golden"
ZH, EN = PROFILES["briefing", "zh"], PROFILES["briefing", "en"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
DRAWINGS = {"chart:0": Drawing(b"\x89PNG", 15.0, 7.5, "说明[图]", SVG)}
SOURCES = tuple(FactSource(f"record-{n}", "title.zh", Where("data/a.yaml", n + 1, 7), "") for n in range(3))

#: Payloads that have run scripts somewhere: in text, in attributes, in addresses, in style sheets, in odd parsers.
PAYLOADS = (
    "<script>alert(1)</script>", "</style><script>alert(1)</script>", "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>",
    '" onmouseover="alert(1)" x="', "' onfocus='alert(1)' autofocus='", "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>", "<iframe srcdoc='<script>alert(1)</script>'>", "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>", "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<details open ontoggle=alert(1)>", "<body onload=alert(1)>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>", "<meta http-equiv=refresh content='0;url=//evil.example'>", "<object data=//evil.example>",
    "<form action=//evil.example><button>x</button></form>", "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>alert(1)</script></template>",
    "<style>@import'//evil.example/x.css';</style>", "<style>*{background:url(//evil.example/x)}</style>",
    "{{7*7}}${alert(1)}", '\\"><script>alert(1)</script>', "<scr\x00ipt>alert(1)</script>", "＜script＞alert(1)＜/script＞",
    "\u202e<script>alert(1)</script>", "<x onclick=alert(1)>tap</x>", "<video><source onerror=alert(1)></video>",
    "]]><script>alert(1)</script>", "--><script>alert(1)</script>", "*/</style><script>alert(1)</script>",
)  # fmt: skip

VOID = {"br", "hr", "img", "col", "meta"}
#: What may stand in a page, and what an element may say. Nothing here runs, and nothing but a link leads out.
TAGS = VOID | set(
    "html head title style body main header article section aside nav div figure figcaption h1 h2 h3 h4 h5 h6 p ul ol li table"  # noqa: SIM905 - a word list
    " colgroup thead tbody tr th td blockquote pre code em strong s sup sub a span b small details summary footer".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class id href rel role aria-label tabindex data-at data-of dir src alt width"  # noqa: SIM905 - as above
    " height colspan rowspan scope start value".split()
)


class Page(HTMLParser):
    """A page read back: the letters of its text, its tags, and every attribute."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(data.decode())
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in {"br", "li", "p", "td", "th", "figcaption"}:
            self.words.append(" ")
        if tag not in VOID:
            hidden = tag in {"style", "title"} or dict(attrs).get("class") in {
                "mark",
                "notes",
                "said",
                "placeholder",
            }
            self._open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, "elements are closed in order"

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self._open):
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def text(self) -> str:
        return squeezed("".join(self.words))


def page(*blocks: Block, meta: tuple[tuple[str, Inlines], ...] = (), lang: str = "zh") -> Page:
    document = Document(lang, meta, blocks, SOURCES)
    return Page(write(document, ZH if lang == "zh" else EN, DRAWINGS))


def as_read(letters: str) -> str:
    """What a reader of HTML can be given of *letters*: control characters are shown as a sign."""
    return squeezed(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", letters.replace("\r", "\n")))


# --- letters stay letters ---------------------------------------------------------------------------------

AROUND = {
    "numbered heading": "一、{}",
    "item with a list": "{} {}",
    "cell": "{} {} {} {}",
    "box": "{} {}",
    "caption": "表1　{} {} 格 {}",
    "figure": "{} 图1　{} {}",
    "reference": "[1] {}",
}


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=100, deadline=None)
@given(letters=LETTERS)
@example(letters="</style></title><script>")
@example(letters="\x00\x0b\r\n")
def test_any_letters_come_out_as_letters_everywhere(place: str, letters: str) -> None:
    read = page(PLACES[place](t(letters)))
    frame = AROUND.get(place, "{}").replace("{} {} 格", "{} {} 格")
    assert as_read(read.text) == as_read(frame.replace("{}", letters))
    assert_harmless(read)


@settings(max_examples=100, deadline=None)
@given(letters=LETTERS)
def test_any_letters_come_out_as_letters_in_the_title_block(letters: str) -> None:
    read = page(meta=(("title", t(letters)), ("speaker", t(letters)), ("place", t(letters))))
    assert_harmless(read)
    assert read.text.count("<") == 3 * letters.count("<")


@settings(max_examples=200, deadline=None)
@given(content=INLINES)
def test_every_letter_of_every_inline_is_there(content: Inlines) -> None:
    read = page(p(*content))
    assert read.text.replace(" ", "") == as_read("".join(c for c, _ in expected(content))).replace(" ", "")
    assert_harmless(read)


def assert_harmless(read: Page) -> None:
    """Nothing in *read* can run or fetch."""
    assert set(read.tags) <= TAGS
    for tag, name, value in read.attributes:
        assert name in ATTRIBUTES, f"{tag} {name}"
        if name == "href":
            assert value.startswith(("#", "https://", "http://", "mailto:"))
        if name == "src":
            assert value.startswith(("data:image/svg+xml;base64,", "data:image/png;base64,"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_markup_wherever_it_stands(payload: str) -> None:
    """In every kind of text, in names, places, addresses, ids, captions, alternative words and marks."""
    words = t(payload)
    hostile = FactSource(payload, payload, Where(payload, 1), payload)
    picture = Picture("chart:0", payload, words)
    blocks: tuple[Block, ...] = (
        *(make(words) for make in PLACES.values()),
        Heading(1, words, payload, number=payload),
        p(Fact(0, words), Link(payload, words), Ref(payload, payload, payload), Cite((payload,), payload)),
        p(Footnote(words, 1), CommentMark(words, words, payload, payload, payload)),
        FigureBlock((picture,), words, payload, payload, width=0.5),
        Table((Column(),), ((Cell(words),),), (), words, payload, payload),
        References((ReferenceEntry(payload, 1, words),)),
    )
    document = Document("zh", (("title", words), ("author", words)), blocks, (hostile,))
    assert_harmless(Page(write(document, ZH, {"chart:0": Drawing(b"", 1, 1, payload)}, payload)))


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc", " vbscript:x"]
)
def test_an_address_that_is_none_of_the_web_is_no_link(href: str) -> None:
    read = page(p(Link(href, t("网页"))))
    assert "a" not in read.tags
    assert read.text == "网页"


def test_a_link_out_tells_nobody_where_it_was_clicked() -> None:
    assert ("a", "rel", "noopener noreferrer nofollow") in page(
        p(Link("https://x.org/?a&b", t("网页")))
    ).attributes


# --- facts ------------------------------------------------------------------------------------------------


def test_a_fact_names_record_and_field_and_no_line() -> None:
    """A line that moved makes no other file."""
    read = page(p(Fact(1, t("110余"))))
    assert [(name, value) for tag, name, value in read.attributes if name.startswith("data-")] == [
        ("data-of", "record-1.title.zh"),
    ]


def test_a_page_that_nobody_keeps_names_file_and_line_too() -> None:
    document = Document("zh", (), (p(Fact(1, t("110余"))),), SOURCES)
    told = html.page(document, ZH, {}, placed=True)
    assert 'data-at="data/a.yaml:2" data-of="record-1.title.zh"' in told


def test_a_value_that_was_worked_out_names_its_rule_and_what_it_comes_from() -> None:
    count = FactSource("", "", Where(""), "3", rule="count", of=SOURCES)
    document = Document("zh", (), (p(Fact(0, t("3"))),), (count,))
    told = html.page(document, ZH, {}, placed=True)
    assert 'data-of="计数: record-0.title.zh, record-1.title.zh, record-2.title.zh"' in told
    assert 'data-at="data/a.yaml:1\ndata/a.yaml:2\ndata/a.yaml:3"' in told


def test_a_fact_that_turns_the_direction_of_writing_is_kept_apart() -> None:
    assert ("span", "dir", "auto") in page(p(Fact(0, t("\u202eabc")))).attributes
    assert "dir" not in {name for _, name, _ in page(p(Fact(0, t("abc")))).attributes}


# --- parts ------------------------------------------------------------------------------------------------


def test_notes_lead_there_and_back() -> None:
    read = page(p("文", Footnote(t("注"), 1)))
    links = [value for tag, name, value in read.attributes if (tag, name) == ("a", "href")]
    ids = [value for _, name, value in read.attributes if name == "id"]
    assert links == ["#_note-1", "#_mark-1"]
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_a_note_in_a_note_stands_in_brackets() -> None:
    text = write(Document("zh", (), (p(Footnote((Text("外"), Footnote(t("内"), 2)), 1)),)), ZH, {}).decode()
    assert "外（内）" in text


def test_cells_keep_what_they_cover_and_the_side_of_their_column() -> None:
    rows = ((Cell(t("甲"), down=2), Cell(t("1"))), (Cell(t("2")),))
    table = Table((Column(), Column("right")), ((Cell(t("头"), across=2),),), rows)
    text = write(Document("zh", (), (table,)), ZH, {}).decode()
    assert '<th scope="colgroup" colspan="2">头</th>' in text
    assert '<tr><td rowspan="2">甲</td><td class="right">1</td></tr><tr><td class="right">2</td></tr>' in text


def test_shaded_cells_have_the_class_that_the_style_sheet_colours() -> None:
    shaded = (Cell(t("甲"), shade="light"), Cell(t("1"), shade="strong"), Cell(t("2")))
    text = write(
        Document("zh", (), (Table((Column(), Column("right"), Column()), (), (shaded,)),)), ZH, {}
    ).decode()
    assert '<td class="shade-light">甲</td><td class="right shade-strong">1</td><td>2</td>' in text
    assert text.count("td.shade-") == 2


def test_a_long_report_without_contents_gets_an_outline_with_links() -> None:
    headings = tuple(Heading(1, t(f"第{n}节"), f"s{n}", number=f"{n} ") for n in range(4))
    assert [value for tag, name, value in page(*headings).attributes if name == "href"] == [
        "#s0",
        "#s1",
        "#s2",
        "#s3",
    ]
    assert "nav" not in page(*headings[:3]).tags


def test_the_title_is_the_first_heading_and_others_stand_below() -> None:
    read = page(Heading(1, t("一节")), Heading(2, t("小节")), meta=(("title", t("题")),))
    assert [tag for tag in read.tags if re.fullmatch("h[1-6]", tag)] == ["h1", "h2", "h3"]
    assert [tag for tag in page(Heading(1, t("一节"))).tags if re.fullmatch("h[1-6]", tag)] == ["h1"]


@pytest.mark.parametrize(("lang", "tag"), [("zh", "zh-CN"), ("zh-Hant", "zh-TW"), ("en", "en")])
def test_the_page_says_its_language(lang: str, tag: str) -> None:
    text = write(Document(lang, (), (p("x"),)), PROFILES["news", lang], {}).decode()
    assert f'<html lang="{tag}">' in text


def test_the_file_may_fetch_nothing_and_holds_its_pictures() -> None:
    read = page(FigureBlock((Picture("chart:0", "图"),)))
    assert ("meta", "content", html.POLICY) in read.attributes
    assert html.POLICY.startswith("default-src 'none'; img-src data:;")
    assert [v.partition(",")[0] for _, name, v in read.attributes if name == "src"] == [
        "data:image/svg+xml;base64"
    ]
    assert "http" not in html.style_sheet()
    assert "url(" not in html.style_sheet()


def test_a_draft_says_so_first() -> None:
    document = Document("zh", (("title", t("题")),), (p("文"),))
    assert Page(write(document, ZH, {}, draft="草<稿>")).text == "草<稿> 题 文"
    assert "draft" not in write(document, ZH, {}).decode().replace(html.style_sheet(), "")


# --- the whole --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("union", "table"), [(Block, html._BLOCKS), (Inline, html_inline.INLINES)], ids=["blocks", "inlines"]
)
def test_every_node_has_its_row(union: object, table: dict[type, object]) -> None:
    assert set(table) == set(get_args(union))


def test_every_node_is_written_as_the_golden_file_says(update_golden: bool) -> None:
    """The style sheet stands in its own file; the golden one holds the rest."""
    got = write(_whole("zh"), ZH, DRAWINGS, "progress-reports").decode()
    got = got.replace(html.style_sheet(), "")
    golden = GOLDEN / "every-node.zh.html"
    if update_golden:
        golden.write_bytes(got.encode())
    assert got == golden.read_text(encoding="utf-8")
    assert_harmless(Page(got.encode()))


def _whole(lang: str) -> Document:
    document = every_node(lang)
    return Document(document.lang, document.meta, document.blocks, SOURCES)


def test_two_writers_over_one_tree_give_what_each_gives_alone() -> None:
    document = _whole("zh")
    alone = write(document, ZH, DRAWINGS), markdown.write(document, ZH, PICTURES)
    again = markdown.write(document, ZH, PICTURES), write(document, ZH, DRAWINGS)
    assert again == alone[::-1]
    assert document == _whole("zh")


def test_an_emphasised_word_keeps_its_tag() -> None:
    assert (
        "<p>甲<strong>乙</strong></p>" in write(Document("zh", (), (p("甲", strong("乙")),)), ZH, {}).decode()
    )
