"""A realistic briefing in each language, and a document that holds every kind of node, for the Word tests."""

from __future__ import annotations

import datetime as dt
import functools
import io
from pathlib import Path

from PIL import Image, ImageDraw

from reports.diagnostics.problems import Where
from reports.document.drawings import Drawing
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
    FactSource,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    PageBreak,
    Paragraph,
    Picture,
    Ref,
    ReferenceEntry,
    References,
    Styled,
    Table,
    Text,
)
from reports.document.profiles import LABELS, PROFILES
from reports.writers.word.writer import Properties, write

TEMPLATES = Path(__file__).parent.parent.parent / "templates" / "word"
ZH, EN = PROFILES["briefing", "zh"], PROFILES["briefing", "en"]
PROPERTIES = Properties(
    title="合作进展汇报",
    author="秘书处",
    date=dt.date(2023, 6, 8),
    report="briefing",
    period="2023Q2",
    generator="progress-reports 0.1",
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 60"><rect width="150" height="60"/></svg>'


def t(text: str) -> tuple[Inline, ...]:
    """Plain text as inlines."""
    return (Text(text),)


def p(*parts: str | Inline) -> Paragraph:
    """A paragraph of strings and inlines."""
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def fact(source: int, text: str) -> Fact:
    """A shown value."""
    return Fact(source, t(text))


def item(*parts: str | Inline) -> tuple[Block, ...]:
    """A list item of one paragraph."""
    return (p(*parts),)


def row(*texts: str) -> tuple[Cell, ...]:
    """A table row of plain cells."""
    return tuple(Cell(t(text)) for text in texts)


@functools.cache
def chart() -> Drawing:
    """Two horizontal bars, so that a rendered page shows where a chart would stand."""
    image = Image.new("RGB", (1500, 560), "white")
    draw = ImageDraw.Draw(image)
    for n, part in enumerate((450, 150)):
        top = 60 + n * 240
        draw.rectangle((240, top, 240 + part * 2, top + 150), fill="#0072B2")
        draw.rectangle((240 + part * 2, top, 1440, top + 150), fill="#D9D9D9")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return Drawing(buffer.getvalue(), 15.0, 5.6, "两组横条：国际参考水平约三成，中国目前远低于一成。", SVG)


def template(name: str) -> bytes:
    """The bytes of a shipped template."""
    return (TEMPLATES / name).read_bytes()


def written(document: Document) -> bytes:
    """The document as Word bytes, in the briefing profile of its language."""
    profile = PROFILES["briefing", document.lang]
    return write(document, profile, template(profile.template), {"chart:0": chart()}, PROPERTIES)


SOURCES = (
    FactSource("contribution-office", "opened", Where("cern/events.yaml", 12, 9), "2022-09"),
    FactSource("event-job-fair", "attendance", Where("cern/events.yaml", 31, 15), "110余"),
    FactSource("ratio-reference", "value", Where("cern/metrics.yaml", 4, 10), "3:7"),
)


def chinese_briefing() -> Document:
    """What a leader gets: one page to grasp, two more to read."""
    return Document(
        "zh",
        (
            ("title", t("中国与CERN合作机构联盟进展汇报")),
            ("speaker", t("王贻芳")),
            ("date", t("2023年6月8日")),
            ("place", t("北京")),
        ),
        (*_summary(), *_foundation(), *_progress(), *_discussion()),
        SOURCES,
    )


def _summary() -> tuple[Block, ...]:
    points = (
        item("2019年成立联盟（CCICC），为国内单位与CERN搭建合作平台，建立年度协调机制。"),
        item("基础科学中心驻CERN办公室", fact(0, "2022年9月"), "成立，首届海外人才宣讲会",
             fact(1, "110余人"), "参会。"),
        item("国际与国内实验投入比例参考水平约", fact(2, "3:7"), "，我国目前“远小于1:9”，需持续支持。"),
    )  # fmt: skip
    return (Box("summary", (Heading(2, t("要点"), numbered=False), Listing(ordered=False, items=points))),)


def _foundation() -> tuple[Block, ...]:
    return (
        Heading(1, t("联盟建设情况"), id="sec-founding", number="一、"),
        p("国际合作是前沿粒子物理实验研究的主旋律。参考国际水平，国际和国内实验的投入比例应在",
          fact(2, "3:7"), "左右，我国目前“远小于1:9”（见", Ref("fig-ratio", "图1", "fig-ratio"),
          "）。2019年，为组织协调合作项目、推动建立联合研究中心，成立中国与CERN合作机构联盟（CCICC）",
          Footnote(t("CCICC：China–CERN Interactive Cooperation Consortium，由各单位陆续签署章程加入。"), 1), "。"),
        FigureBlock((Picture("chart:0"),), t("国际与国内实验投入占比（单位：%）"), "fig-ratio", "1",
               notes=(t("来源：CCICC进展汇报（2023年6月8日）。“中国目前”为上限值，非测量值。"),)),
    )  # fmt: skip


def _progress() -> tuple[Block, ...]:
    pictures = (
        Picture("missing:", "中秋活动", t("（a）2022年9月中秋活动")),
        Picture("missing:", "宣讲会", t("（b）2022年12月人才宣讲会")),
    )
    tasks = (
        item(Styled("strong", t("规模提升。")), "首次对HL-LHC加速器升级作实质贡献。"),
        item(Styled("strong", t("数据网格。")), "推动建设WLCG中国T1网格站点（LHCb）。"),
        item(Styled("strong", t("多方呼吁。")), "促请考虑成为CERN附属成员国的方案。"),
    )
    return (
        Heading(1, t("主要进展"), id="sec-progress", number="二、"),
        Heading(2, t("驻CERN办公室"), id="sec-office", number="（一）"),
        p(fact(0, "2022年9月"), "成立基础科学中心驻CERN办公室，负责联络CERN与国内相关单位；招聘兼职秘书2位；"
          "2022年12月举办首届海外人才需求宣讲会，线上线下参会人员", fact(1, "110余人"), "，现场情况见",
          Ref("fig-photos", "图2", "fig-photos"), "。"),
        FigureBlock(pictures, t("驻CERN办公室活动"), "fig-photos", "2", across=2),
        Heading(2, t("合作规模"), id="sec-scale", number="（二）"),
        p("围绕提升中国与CERN的合作规模，联盟推动以下工作："),
        Listing(ordered=True, items=tasks),
    )  # fmt: skip


def _discussion() -> tuple[Block, ...]:
    rows = (
        row("1", "如何扩展科技部、教育部、基金委及中科院等机构的政策和资源支持", "统筹协调已启动"),
        row("2", "如何推动中国成为CERN附属成员国", "已向驻日内瓦代表团提交资料"),
        row("3", "与CERN年度协调会需要讨论的议题", "2023年计划7月后召开"),
        row("4", "对基础科学中心驻CERN办公室的期待、需求", "2022年9月成立"),
        row("5", "如何推动中国ATLAS/CMS Tier-1站点建设", "WLCG中国T1网格站点（LHCb）"),
    )
    columns = (Column("center"), Column(), Column())
    return (
        Heading(1, t("供讨论"), id="sec-discussion", number="三、"),
        p("提请讨论的事项见", Ref("tbl-discussion", "表1", "tbl-discussion"), "，背景见“",
          Ref("sec-office", "驻CERN办公室", "sec-office"), "”。"),
        Table(columns, (row("序号", "议题", "相关进展"),), rows, t("供讨论事项"), "tbl-discussion", "1",
              notes=(t("注：按提出先后排列。"),)),
        Box("discussion", (Paragraph(t("请各成员单位于2023年6月底前书面反馈意见，由秘书处汇总。")),)),
    )  # fmt: skip


def english_briefing() -> Document:
    """The same report for readers of English."""
    points = (
        item("The consortium (CCICC) was founded in 2019 as a platform between Chinese institutes and CERN."),
        item("An office at CERN opened in ", fact(0, "September 2022"), "; its first job fair drew more than ",
             fact(1, "110 people"), "."),
    )  # fmt: skip
    rows = (
        row(
            "1",
            "How to widen the policy and resource support of ministries and funding agencies",
            "Under way",
        ),
        row("2", "How China might become an Associate Member State of CERN", "Papers submitted in Geneva"),
    )
    office = t("An office at CERN")
    return Document(
        "en",
        (
            ("title", t("China–CERN Cooperation: Progress Briefing")),
            ("speaker", t("Yifang Wang (王贻芳)")),
            ("date", t("8 June 2023")),
            ("place", t("Beijing")),
        ),
        (
            Box("summary", (Heading(2, t("Key points"), numbered=False), Listing(ordered=False, items=points))),
            Heading(1, t("The consortium"), id="sec-founding", number="1 "),
            p("International cooperation is the main theme of particle physics. The reference ratio between "
              "international and domestic investment is about ", fact(2, "3:7"), " (", Ref("fig-ratio", "Figure 1",
              "fig-ratio"), "); China is at present far below “1:9”.", Footnote(t("An upper bound."), 1)),
            FigureBlock((Picture("chart:0"),), t("Investment in international and domestic experiments, per cent"),
                   "fig-ratio", "1", notes=(t("Source: CCICC progress report, 8 June 2023."),)),
            Heading(2, office, id="sec-office", number="1.1 "),
            p("The office (驻CERN办公室) keeps contact with Chinese institutes — see “",
              Ref("sec-office", "An office at CERN", "sec-office"), "”."),
            Listing(ordered=True, items=(item("Liaison with CERN"), item("Recruitment"))),
            Heading(1, t("For discussion"), id="sec-discussion", number="2 "),
            Table((Column("center"), Column(), Column()), (row("No.", "Topic", "Status"),), rows,
                  t("Topics for discussion"), "tbl-discussion", "1"),
        ),
        SOURCES,
    )  # fmt: skip


def every_node(lang: str = "zh") -> Document:
    """One of each block and inline, in the places where they are hard: notes, captions, cells, lists, comments."""
    labels = LABELS[lang]
    figures = (ContentsEntry(1, f"{labels.figure}1{labels.gap}投入3:7", "fig-one", 2),)
    return Document(
        lang,
        _every_role(),
        (
            Heading(1, t("目录"), id="sec-toc", numbered=False),
            Contents("headings", 2, (ContentsEntry(1, "一、标题", "sec-one", 1), ContentsEntry(2, "（一）次级", "sec-two", 2),
                                     ContentsEntry(1, f"{labels.annex}1　名单", "annex", 4))),
            Contents("figures", 1, figures), Contents("tables", 1, (ContentsEntry(1, f"{labels.table}2{labels.gap}宽表", "tbl-wide"),)),
            Heading(1, (Text("标"), fact(0, "题")), id="sec-one", number="一、"),
            Heading(2, t("次级"), id="sec-two", number="（一）"),
            Heading(1, t("不编号"), numbered=False),
            *_every_inline(labels.annex),
            *_every_table(),
            FigureBlock((Picture("chart:0", "替代文字"),), (Text("投入"), fact(2, "3:7")), "fig-one", "1"),
            FigureBlock((Picture("missing:"),), t("待补"), "fig-two", "2"),
            FigureBlock((Picture("chart:0", caption=t("（a）左")), Picture("missing:", caption=t("（b）右")),
                    Picture("chart:0", caption=t("（c）下"))), t("组图"), "fig-three", "3", across=2, width=0.8,
                   notes=(t("来源：秘书处"),)),
            Box("summary", (p("框内"), Listing(ordered=True, items=(item("框一"),)))),
            Box("callout", (p("提示"),)), Box("quote", (p("引文"),)), Box("discussion", (p("讨论"),)),
            Box("source", (p("来源：年报"),)), Box("note", (p("注：初步"),)), Box("other", (p("其他"),)), Box("callout", (merged_free(),)),
            CodeBlock("if a < b:\n    c"), PageBreak(), p("末段"),
            References((ReferenceEntry("one", 1, t("甲. 书[M]. 北京, 2001.")), ReferenceEntry("two", 2, (fact(0, "乙. 文[J]."),)),
                        ReferenceEntry("four", 4, t("丁. 网页[EB/OL].")))),
            Heading(1, t("名单"), id="annex", number=f"{labels.annex}1", annex=True),
            Box("distribution", (p("报：领导"), p("共印20份"))),
        ),
        SOURCES,
    )  # fmt: skip


def _every_role() -> tuple[tuple[str, tuple[Inline, ...]], ...]:
    return (
        ("masthead", t("合作简报")), ("issue", t("6")), ("total", (fact(0, "118"),)), ("issuer", t("秘书处")),
        ("date", t("2023年6月8日")), ("title", t("全部节点")), ("subtitle", t("——副题")), ("source_line", t("来源：秘书处")),
        ("authors", t("张三")), ("affiliation", t("中国科学院")), ("abstract", t("一段")), ("organisation", (fact(0, "秘书处"),)),
        ("keywords", t("甲；乙")), ("abstract_en", t("One paragraph.")), ("keywords_en", t("a; b")), ("period", t("2023年")),
        ("dateline", t("北京6月8日电")),
    )  # fmt: skip


def _every_inline(annex: str) -> tuple[Block, ...]:
    marked = CommentMark((*t("两处"), CommentMark(t("重叠"), t("里面的"), "李 工", "2023-06-07", "已采纳")), (Text("见"), fact(2, "3:7"),
                    Link("https://example.org/c", t("此处")), Footnote(t("注中")), CommentMark(t("再"), t("问"))), "Wang Yi", "2023-06")  # fmt: skip
    deep = (
        p("外层第一段"),
        p("外层续段"),
        Listing(ordered=True, items=(item("里层甲"), item("里层乙")), start=3),
    )
    return (
        p("甲", Styled("emphasis", (Text("强调"), Styled("strong", t("加粗")))), Styled("strike", t("删去")),
          "10", Styled("superscript", t("15")), " W，H", Styled("subscript", t("2")), "O，",
          Styled("code", t("x<y")), LineBreak(), Link("https://example.org/a b?c=1&d=2", t("网页 & more")),
          Ref("sec-one", "标题", "sec-one"), Ref("record:x", "会议", "sec-two"), Ref("gone", "无处", ""),
          Ref("annex", f"{annex}1", "annex"),
          Footnote((Text("注文"), fact(2, "3:7"), Link("mailto:a@example.org", t("信")), Cite(("one",), "[1]"),
                    CommentMark(t("存疑"), t("请核"), "", "", "待处理")), 1)),
        p("CERN only"), p("制表\t符 两  空格 ‘单引号’ … × 20° CERN’s"),
        p("引用", Cite(("one",), "[1]"), "，再引", Cite(("four", "one", "two"), "[1,2,4]"), "，", marked, "。"),
        Listing(ordered=False, items=(deep, item("第二项"), (CodeBlock("项内代码"),))),
    )  # fmt: skip


def _every_table() -> tuple[Block, ...]:
    shared = CommentMark((fact(1, "科学院"),), t("全称？"), "审稿人", "2023-06-01T08:00:00")
    merged = Table(
        (Column(), Column("right"), Column()),
        ((Cell(t("单位"), down=2), Cell(t("次数"), across=2)), row("上年", "本年")),
        ((Cell((shared,), down=2), *row("1", "2")), row("3", "4")),
        (Text("访问次数 "), fact(1, "110余")), "tbl-merged", "1", t("单位：次"), (t("注：①按期"), t("②初步")),
    )  # fmt: skip
    wide = Table(
        (Column(),) * 9, (row(*"甲乙丙丁戊己庚辛壬"),), (row(*"123456789"),), t("宽表"), "tbl-wide", "2"
    )
    return merged, wide


def merged_free() -> Table:
    """A small table without caption, to stand in a box."""
    return Table((Column(width=0.3), Column(width=0.7)), (), (row("框中", "表"),))
