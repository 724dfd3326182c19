"""The Markdown writer: what is written reads back as exactly the letters and styles of the tree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import get_args

import cmarkgfm
import pytest
import yaml
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from reports.document.nodes import (
    Block,
    Box,
    Cell,
    Cite,
    CodeBlock,
    Column,
    CommentMark,
    Contents,
    ContentsEntry,
    Document,
    Fact,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Listing,
    Paragraph,
    Picture,
    Ref,
    ReferenceEntry,
    References,
    Row,
    Styled,
    Table,
    Text,
)
from reports.document.profiles import PROFILES
from reports.writers import markdown, markdown_text
from reports.writers.markdown import write

GOLDEN = Path(__file__).parent.parent / "golden"
ZH, EN = PROFILES["briefing", "zh"], PROFILES["briefing", "en"]
PICTURES = {"chart:0": ("图 1(a).png", "说明[图]")}


def written(*blocks: Block, lang: str = "zh", meta: tuple[tuple[str, Inlines], ...] = ()) -> str:
    """The Markdown of these blocks, without the front matter."""
    document = Document(lang, meta, blocks)
    return write(document, ZH if lang == "zh" else EN, PICTURES).decode().split("\n---\n", 1)[1].strip("\n")


def t(letters: str) -> Inlines:
    return (Text(letters),)


def p(*parts: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def strong(letters: str) -> Styled:
    return Styled("strong", t(letters))


def emphasis(letters: str) -> Styled:
    return Styled("emphasis", t(letters))


# --- reading it back --------------------------------------------------------------------------------------

STYLES = {
    "em": "emphasis",
    "strong": "strong",
    "del": "strike",
    "s": "strike",
    "sup": "superscript",
    "sub": "subscript",
    "code": "code",
    "a": "link",
}


class Page(HTMLParser):
    """A rendered page: its letters, each with its styles, and the tags it is made of. Notes are left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.letters: list[tuple[str, frozenset[str]]] = []
        self.tags: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "hr", "img", "input"}:
            self.tags.append(tag)
            self.letters.append((" ", frozenset()))
            return
        self._open.append((tag, tag in {"section", "sup"} and "footnote" in str(dict(attrs).get("class"))))
        if not self._in_note():
            self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        self.letters.append(("", frozenset()))

    def handle_data(self, data: str) -> None:
        if not self._in_note():
            styles = frozenset(STYLES[tag] for tag, _ in self._open if tag in STYLES)
            self.letters += [(letter, styles) for letter in data]

    def _in_note(self) -> bool:
        return any(note for _, note in self._open)

    @property
    def text(self) -> str:
        return squeezed("".join(letter for letter, _ in self.letters))

    @property
    def styled(self) -> list[tuple[str, frozenset[str]]]:
        """Every letter that can be seen, with its styles."""
        return [(letter, styles) for letter, styles in self.letters if letter.strip()]


def squeezed(text: str) -> str:
    """Runs of white space as one space."""
    return " ".join(text.split())


def commonmark(text: str) -> Page:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    return Page(parser.render(text))


def github(text: str) -> Page:
    """GitHub's own parser."""
    flags = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return Page(cmarkgfm.github_flavored_markdown_to_html(text, flags))


Reader = Callable[[str], Page]
READERS = pytest.mark.parametrize("read", [commonmark, github], ids=["markdown-it", "cmark-gfm"])

# --- letters stay letters ---------------------------------------------------------------------------------

NASTY = (
    "**bold**", "*x*", "_x_", "a_b_c", "__x__", "***", "~~x~~", "~x~", "`code`", "``", "# x", "## x ##", "C #", "#",
    "> x", ">", "- x", "-", "--", "---", "***", "___", "+ x", "1. x", "1) x", "12.", "1.", "2023.", "3.5", "===",
    "[x](y)", "![x](y)", "[x]", "[^1]", "[^1]: x", "[x]: y", "!", "]", "[", "(", "\\", "\\\\", "\\*", "|", "a|b", "||",
    "| a |", "|---|", ":-:", "<b>", "<script>alert(1)</script>", "<!-- x -->", "<?x?>", "<![CDATA[x]]>", "</p>", "<",
    "<img src=x onerror=alert(1)>", "<a", "<3", "&amp;", "&#35;", "&lt;b&gt;", "&", "&copy", "AT&T", "R&D;",
    "```", "~~~", "    x", "\tx", "x  ", "{{ x }}", "{% x %}", "{#id}", "::: note", ": x", "@fig-a", "^x^", "$x$",
    "**建议：**文字", "“引号”", "（括号）", "《书名》", "，", "　　缩进", "🚀", "👩‍👩‍👧", "\u202eabc\u202c", "é", "ß", "مرحبا",
    "http://x.org/a_b", "<http://x.org>", "a@b.org", "www.x.org", "x\ny", "x\n\n# y", "x\r\n- y", "\u2028", "\xa0", "0", "中",
)  # fmt: skip
LETTERS = st.one_of(
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=4).map("".join),
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=3).map(" ".join),
    st.text(st.sampled_from("*_`~#>-+=|[]()!<>&;\\:.1ab 中，（“\n\t"), min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=20),
)

PLACES: dict[str, Callable[[Inlines], Block]] = {
    "paragraph": Paragraph,
    "heading": lambda c: Heading(2, c),
    "numbered heading": lambda c: Heading(1, c, number="一、"),
    "item": lambda c: Listing(ordered=False, items=((Paragraph(c),),)),
    "ordered item": lambda c: Listing(ordered=True, items=((Paragraph(c),),), start=3),
    "item with a list": lambda c: Listing(
        ordered=False, items=((Paragraph(c), Listing(ordered=True, items=((Paragraph(c),),))),)
    ),
    "cell": lambda c: Table((Column(), Column("right")), ((Cell(c), Cell(c)),), ((Cell(c), Cell(c)),)),
    "caption": lambda c: Table((Column(),), (), ((Cell(t("格")),),), c, number="1", notes=(c,), unit=c),
    "figure": lambda c: FigureBlock((Picture("missing:", caption=c),), c, number="1", notes=(c,)),
    "quote": lambda c: Box("quote", (Paragraph(c),)),
    "box": lambda c: Box("discussion", (Paragraph(c), Paragraph(c))),
    "contents": lambda c: Contents(entries=(ContentsEntry(2, shown(c), "a"),)),
    "reference": lambda c: References((ReferenceEntry("a", 1, c),)),
}
AROUND = {
    "numbered heading": "一、{}",
    "item with a list": "{} {}",
    "cell": "{} {} {} {}",
    "box": "{} {}",
    "caption": "表1　{} {} 格 {}",
    "figure": "〔图片待补〕 {} 图1　{} {}",
    "reference": "[1] {}",
}
#: What the places themselves are made of; nothing of the text may add to it.
TAGS = set(
    "p h1 h2 h3 ul ol li table thead tbody tr th td blockquote em strong br a".split()  # noqa: SIM905 - a word list
)


def shown(content: Inlines) -> str:
    """The letters a reader sees; a forced line end parts them."""
    return "".join(letter for letter, _ in expected(content))


def expected(content: Inlines, styles: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    for inline in content:
        match inline:
            case Text(text):
                yield from ((letter, styles) for letter in text)
            case Ref(label=label) | Cite(label=label):
                yield from ((letter, styles) for letter in label)
            case Fact(content=inner) | CommentMark(content=inner):
                yield from expected(inner, styles)
            case Styled(style=style, content=inner):
                yield from expected(inner, styles | {style})
            case Link(content=inner):
                yield from expected(inner, styles | {"link"})
            case LineBreak():
                yield " ", styles
            case Footnote():
                pass


@READERS
@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=150, deadline=None)
@given(letters=LETTERS)
@example(letters="1) x")
@example(letters="# x #")
@example(letters="# x #\u2028")
@example(letters="#\u2028")
@example(letters="12.\u2028")
@example(letters="\\")
@example(letters="   ")
def test_any_letters_come_out_as_letters_everywhere(read: Reader, place: str, letters: str) -> None:
    page = read(written(PLACES[place](t(letters)), lang="zh"))
    frame = AROUND.get(place, "{}")
    assert page.text == squeezed(frame.replace("{}", letters))
    assert set(page.tags) <= TAGS


@READERS
@settings(max_examples=150, deadline=None)
@given(title=LETTERS, speaker=LETTERS, place=LETTERS)
def test_any_letters_come_out_as_letters_in_the_title_block(
    read: Reader, title: str, speaker: str, place: str
) -> None:
    page = read(written(meta=(("title", t(title)), ("speaker", t(speaker)), ("place", t(place)))))
    assert page.text == squeezed(f"{title} {speaker}　{place}")
    assert set(page.tags) <= TAGS


@given(title=st.one_of(LETTERS, st.text(st.characters(exclude_categories=["Cs"]))))
@example(title="\x85\u2028\u2029\ufeff\x7f\\\"'")
def test_the_front_matter_is_yaml_with_the_same_letters(title: str) -> None:
    text = write(Document("zh", (("title", t(title)),)), ZH, {}).decode()
    front = text.removeprefix("---\n").split("\n---\n", 1)[0]
    assert yaml.safe_load(front) == {"lang": "zh", "title": title}


# --- styles -----------------------------------------------------------------------------------------------

WORDS = st.one_of(st.sampled_from(["中文", "word", "（重点）", "，", " a ", "a", "1", "*", "_", "[", "`x`", "<b>", "!", "建议："]),
                  st.sampled_from(NASTY))  # fmt: skip


def _wrapped(inner: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inline]:
    styles = st.sampled_from(["emphasis", "strong", "strike", "superscript", "subscript"])
    return st.one_of(
        st.builds(Styled, styles, inner),
        st.builds(Fact, st.just(0), inner),
        st.builds(lambda words: Link("https://x.org/a(b) c|d", t(words)), WORDS.filter(str.strip)),
    )


LEAVES = st.one_of(
    WORDS.map(Text),
    WORDS.map(lambda words: Styled("code", t(words))),
    WORDS.map(lambda words: Ref("a", words, "a")),
    st.just(LineBreak()),
    WORDS.map(lambda words: CommentMark(t(words), t("--> x"), "作者")),
)
INLINES: st.SearchStrategy[Inlines] = st.recursive(
    st.lists(LEAVES, min_size=1, max_size=3).map(tuple),
    lambda inner: st.lists(st.one_of(LEAVES, _wrapped(inner)), min_size=1, max_size=4).map(tuple),
    max_leaves=10,
)


@READERS
@pytest.mark.parametrize("place", ["paragraph", "heading", "item", "quote"])
@settings(max_examples=300, deadline=None)
@given(content=INLINES)
@example(content=(emphasis("甲"), emphasis("乙")))
@example(content=(emphasis("a"), strong("b"), emphasis("c")))
@example(content=(Styled("strong", (Text("a"), strong("b"), Text("c"))),))
@example(content=(Styled("code", t("a")), Styled("code", t("b"))))
@example(content=(Text("甲"), strong("（重点）"), Text("乙")))
@example(content=(Text("!"), Link("https://x.org", t("a"))))
@example(content=(Text("&am"), Fact(0, t("p;")), Text("<"), Fact(0, t("b>"))))
def test_every_letter_keeps_its_styles(read: Reader, place: str, content: Inlines) -> None:
    text = written(PLACES[place](content))
    wanted = [(letter, styles) for letter, styles in expected(content) if letter.strip()]
    page = read(text)
    assert [letter for letter, _ in page.styled] == [letter for letter, _ in wanted]
    links = "link" if read is github else ""  # which links bare addresses too
    assert [styles - {links} for _, styles in page.styled] == [styles - {links} for _, styles in wanted]


@given(content=INLINES)
def test_marks_never_meet(content: Inlines) -> None:
    """`****` is read differently by every program."""
    text = written(Paragraph(content)).replace(r"\*", "")
    assert "****" not in text or "****" in shown(content)


def test_a_value_in_bold_inside_a_link_is_all_three() -> None:
    link = Link("https://x.org", (Styled("strong", (Fact(0, t("值")),)),))
    assert written(p("见", link, "。")) == "见[**值**](https://x.org)。"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ((strong("建议："), Text("文字")), "<strong>建议：</strong>文字"),
        ((strong("建议"), Text("文字")), "**建议**文字"),
        ((strong("（重点）"),), "**（重点）**"),
        ((Text("中"), emphasis("文"), Text("字")), "中*文*字"),
        ((Styled("strong", (Text("a "), strong("b"), Text(" c"))),), "**a b c**"),
        ((Text("H"), Styled("subscript", t("2")), Text("O")), "H<sub>2</sub>O"),
        ((Text("a_b 3.5 -5℃ R&D 1:9 x=1"),), "a_b 3.5 -5℃ R&D 1:9 x=1"),
    ],
)
def test_the_raw_text_is_as_plain_as_it_can_be(content: Inlines, text: str) -> None:
    assert written(Paragraph(content)) == text


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("1. a", r"1\. a"),
        ("1) a", r"1\) a"),
        ("# a", r"\# a"),
        ("#a", "#a"),
        ("+ a", r"\+ a"),
        ("- a", r"\- a"),
        ("---", r"\---"),
        ("> a", r"\> a"),
        ("2023.5", "2023.5"),
        ("1.a", "1.a"),
    ],
)
def test_what_would_begin_a_block_is_guarded_at_the_beginning_only(letters: str, text: str) -> None:
    assert written(p(letters)) == text
    assert written(p("x", LineBreak(), letters)) == f"x<br>{letters.replace('<', '')}"


# --- blocks -----------------------------------------------------------------------------------------------


@READERS
def test_two_paragraphs_of_an_item_stay_two(read: Reader) -> None:
    page = read(written(Listing(ordered=False, items=((p("一"), p("二")), (p("三"),)))))
    assert page.tags.count("p") >= 2
    assert page.text == "一 二 三"


@READERS
@pytest.mark.parametrize("ordered", [True, False])
def test_two_lists_in_a_row_stay_two(read: Reader, ordered: bool) -> None:
    one = Listing(ordered, ((p("一"),),))
    assert read(written(one, one, one)).tags.count("ol" if ordered else "ul") == 3


@READERS
def test_a_list_that_begins_at_three_behind_a_paragraph_is_a_list(read: Reader) -> None:
    inner = Listing(ordered=True, items=((p("里"),),), start=3)
    assert read(written(Listing(ordered=False, items=((p("外"), inner),)))).tags.count("ol") == 1


@READERS
def test_an_empty_item_is_no_underline(read: Reader) -> None:
    empty = Listing(ordered=False, items=((), (p("乙"),)))
    page = read(written(Listing(ordered=False, items=((p("甲"), empty),))))
    assert [tag for tag in page.tags if tag.startswith("h")] == []
    assert page.tags.count("li") == 3


@READERS
def test_a_cell_with_spaces_only_is_an_empty_cell(read: Reader) -> None:
    table = Table((Column(), Column()), (), ((Cell(t("   ")), Cell(t("x"))), (Cell(()), Cell(t("y")))))
    page = read(written(table))
    assert page.tags.count("td") == 4
    assert page.text == "x y"


def rows_of(*rows: str) -> tuple[Row, ...]:
    return tuple(tuple(Cell(t(letters)) for letters in row.split()) for row in rows)


def test_cells_that_cover_others_stand_in_the_first_place() -> None:
    wide = (
        (Cell(t("甲"), across=2), Cell(t("乙"))),
        (Cell(t("丙"), down=2), *rows_of("1 2")[0]),
        rows_of("3 4")[0],
    )
    table = Table((Column(), Column("center"), Column("right")), rows_of("a b c"), wide)
    assert written(table).split("\n") == [
        "| a | b | c |",
        "|---|:-:|--:|",
        "| 甲 |  | 乙 |",
        "| 丙 | 1 | 2 |",
        "|  | 3 | 4 |",
    ]


def test_code_keeps_its_fences() -> None:
    assert written(CodeBlock("```\na\n````")) == "`````\n```\na\n````\n`````"


def test_a_missing_picture_says_so_and_keeps_its_caption() -> None:
    figure = FigureBlock((Picture("missing:", caption=t("（a）左")),), t("图题"), "fig-a", "1")
    lines = written(figure).split("\n")
    assert lines[0].startswith("> 〔")
    assert lines[0].endswith("（a）左")
    assert lines[2] == "*图1　图题*"


def test_file_names_and_descriptions_of_pictures_are_guarded() -> None:
    assert written(FigureBlock((Picture("chart:0"),))) == r"![说明\[图\]](图%201%28a%29.png)"


def test_notes_are_written_at_the_end_in_their_order() -> None:
    one, two = Footnote((Text("# 甲"),), 1), Footnote((Text("乙"), LineBreak(), Text("丙")), 2)
    assert written(p("文", one, "(x)", two)) == "文[^1]\\(x)[^2]\n\n[^1]: \\# 甲\n\n[^2]: 乙<br>丙"


def test_a_reviewers_mark_cannot_end_its_comment() -> None:
    remark = CommentMark(t("字"), t("x --> <script>"), "甲", state="open")
    text = written(p(remark, "后"))
    assert text.count("-->") == 1
    assert "<script" not in text


# --- the whole --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("union", "table"),
    [(Block, markdown._BLOCKS), (Inline, markdown_text.INLINES)],
    ids=["blocks", "inlines"],
)
def test_every_node_has_its_row(union: object, table: dict[type, object]) -> None:
    assert set(table) == set(get_args(union))


def every_node(lang: str) -> Document:
    """Each node at least once, and the places in which they meet."""
    return Document(
        lang,
        (("title", t("全部节点 #")), ("speaker", (Fact(0, t("张三")),)), ("abstract", t("摘要")), ("place", t("1. 北京"))),
        tuple(chain(_text_nodes(), _block_nodes())),
    )  # fmt: skip


def _text_nodes() -> Iterator[Block]:
    note = Footnote((Text("注文"), Fact(2, t("3:7")), Link("mailto:a@example.org", t("信"))), 1)
    yield Contents("headings", 2, (ContentsEntry(1, "一、标题", "a"), ContentsEntry(2, "（一）次级", "b")))
    yield Heading(1, (Text("标"), Fact(0, t("题"))), id="a", number="一、")
    yield Heading(2, t("次级"), id="b", number="（一）")
    yield Heading(1, t("资料"), id="c", number="附件1", annex=True)
    yield p("甲", Styled("emphasis", (Text("强调"), strong("加粗"))), Styled("strike", t("删去")), "10",
            Styled("superscript", t("15")), " W，H", Styled("subscript", t("2")), "O，", Styled("code", t("x<y")),
            LineBreak(), Link("https://example.org/a b?c=1", t("网页 & [more]")), Ref("a", "图1", "a"), note)  # fmt: skip
    yield p(CommentMark(t("待核"), t("何时？"), "李四", state="open"), "，见", Cite(("k",), "[1]"))


def _block_nodes() -> Iterator[Block]:
    inner = Listing(ordered=True, items=((p("里层甲"),), (p("里层乙"),)), start=3)
    yield Listing(
        ordered=False, items=((p("外层"), inner), (p("第二项"), p("续段")), (CodeBlock("项内代码"),))
    )
    yield Table(
        (Column(), Column("right"), Column("center")),
        ((Cell(t("单位"), down=2), Cell(t("次数"), across=2)), *rows_of("上年 本年")),
        ((Cell((Fact(1, t("科学院")),), down=2), *rows_of("1 a|b")[0]), rows_of("3 4")[0]),
        (Text("访问次数 "), Fact(1, t("110余"))), "tbl-a", "1", t("单位：次"), (t("注：①按期"),),
    )  # fmt: skip
    yield FigureBlock((Picture("chart:0", "替代文字"),), t("投入"), "fig-a", "1", notes=(t("来源：秘书处"),))
    yield FigureBlock(
        (Picture("chart:0", caption=t("左")), Picture("missing:", caption=t("右"))), t("组图"), "fig-b", "2"
    )
    for role in ("summary", "callout", "quote", "discussion", "changes", "source", "note"):
        yield Box(role, (p(f"框 {role}"), Listing(ordered=True, items=((p("框一"),),))))
    yield CodeBlock("if a < b:\n    c")
    yield References((ReferenceEntry("k", 1, (Text("作者. "), emphasis("题名"), Text("[J]. 2019."))),))
    yield p("末段")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_node_is_written_as_the_golden_file_says(lang: str, update_golden: bool) -> None:
    got = write(every_node(lang), ZH if lang == "zh" else EN, PICTURES)
    golden = GOLDEN / f"every-node.{lang}.md"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(got)
    assert got.decode() == golden.read_text(encoding="utf-8")


def test_writing_changes_nothing_and_gives_the_same_again() -> None:
    """Two writers over one tree give what each gives alone."""
    document = every_node("zh")
    first, other = write(document, ZH, PICTURES), write(document, EN, {})
    assert (write(document, ZH, PICTURES), write(document, EN, {})) == (first, other)
    assert document == every_node("zh")


def test_the_language_of_the_front_matter_is_quoted() -> None:
    """YAML would take a bare `no` for false."""
    first = write(Document("no"), ZH, {}).decode().split("\n")[1]
    assert first == f"lang: {json.dumps('no')}"


def test_an_abstract_in_another_language_has_a_label_of_that_language() -> None:
    said = (
        ("abstract", (Text("Short."),)),
        ("abstract_zh", (Text("简短。"),)),
        ("keywords_zh", (Text("联盟"),)),
    )
    parts = write(Document("en", said), EN, {}).decode().split("\n\n")[1:]
    assert parts == [
        "**Abstract**: Short.",
        "**摘要**：简短。",
        "**关键词**：联盟\n",
    ]
