"""One realistic report for every profile, in Chinese and English; Traditional Chinese is made of the Chinese one.

They are numbered by the product itself, so that what is looked at is what a reader would get.
"""

from __future__ import annotations

from collections.abc import Callable

from reports.document.nodes import (
    Box,
    Cite,
    Column,
    CommentMark,
    Contents,
    Document,
    FigureBlock,
    Footnote,
    Heading,
    LineBreak,
    Listing,
    Paragraph,
    Picture,
    Ref,
    ReferenceEntry,
    References,
    Styled,
    Table,
)
from reports.document.numbering import number
from reports.document.profiles import PROFILES, Profile
from reports.document.traditional import to_traditional
from reports.writers.word.writer import write
from tests.support.word_sample import (
    PROPERTIES,
    SOURCES,
    chart,
    chinese_briefing,
    english_briefing,
    fact,
    item,
    p,
    row,
    t,
    template,
)

#: What a person reviews: every profile in every language.
ALL = tuple(PROFILES)


def report(profile: str, lang: str) -> Document:
    """The sample report of a profile in a language, numbered."""
    made = SAMPLES[profile, "zh" if lang == "zh-Hant" else lang]()
    told = to_traditional(made, {}) if lang == "zh-Hant" else made
    return number(told, PROFILES[profile, lang])


def in_word(document: Document, profile: Profile) -> bytes:
    """The report as Word bytes."""
    return write(document, profile, template(profile.template), {"chart:0": chart()}, PROPERTIES)


# --- bulletin ---------------------------------------------------------------------------------------------


def _chinese_bulletin() -> Document:
    tasks = (
        item(Styled("strong", t("规模提升。")), "首次对HL-LHC加速器升级作实质贡献。"),
        item(Styled("strong", t("数据网格。")), "推动建设WLCG中国T1网格站点（LHCb）。"),
    )
    recipients = (p("报：中国科学院院领导，科技部国际合作司"), p("送：高能物理研究所，近代物理研究所，等离子体物理研究所"),
                  p("发：联盟各成员单位"), p("共印20份"))  # fmt: skip
    return Document(
        "zh",
        (("masthead", t("国际合作简报")), ("issue", t("6")), ("total", t("118")),
         ("issuer", t("国际合作联盟秘书处")), ("date", t("2023年6月8日")),
         ("title", (*t("驻CERN办公室成立"), LineBreak(), *t("首届海外人才宣讲会举行")))),
        (
            Heading(1, t("主要进展")),
            Heading(2, t("驻CERN办公室")),
            p(fact(0, "2022年9月"), "成立基础科学中心驻CERN办公室，负责联络CERN与国内相关单位；招聘兼职秘书2位；"
              "2022年12月举办首届海外人才需求宣讲会，线上线下参会人员", fact(1, "110余人"), "。"),
            Heading(2, t("合作规模")),
            p("围绕提升中国与CERN的合作规模，联盟推动以下工作："),
            Listing(ordered=True, items=tasks),
            Heading(1, t("下一步工作")),
            p("国际与国内实验投入比例参考水平约", fact(2, "3:7"), "，我国目前“远小于1:9”，需持续支持。"),
            p("参会单位见", Ref("annex-units"), "。"),
            Heading(1, t("海外人才宣讲会参会单位"), id="annex-units", annex=True),
            p("高能物理研究所、近代物理研究所、等离子体物理研究所等。"),
            Box("distribution", recipients),
        ),
        SOURCES,
    )  # fmt: skip


def _english_bulletin() -> Document:
    recipients = (
        p("To: members of the consortium"),
        p("Copies: Bureau of International Cooperation"),
        p("20 printed"),
    )
    return Document(
        "en",
        (("masthead", t("International Cooperation Bulletin")), ("issue", t("6")), ("total", t("118")),
         ("issuer", t("Secretariat of the Consortium")), ("date", t("8 June 2023")),
         ("title", t("An office at CERN opens; first job fair abroad"))),
        (
            Heading(1, t("Progress")),
            Heading(2, t("The office at CERN")),
            p("The office (驻CERN办公室) opened in ", fact(0, "September 2022"), ". Its first job fair drew more than ",
              fact(1, "110 people"), ", on site and online."),
            Heading(2, t("The scale of cooperation")),
            p("The consortium works on the following:"),
            Listing(ordered=False, items=(item("a first contribution of substance to HL-LHC;"),
                                          item("a Tier-1 grid site in China (LHCb)."))),
            Heading(1, t("Next steps")),
            p("The reference ratio of international to domestic investment is about ", fact(2, "3:7"),
              "; China is far below 1:9 at present."),
            p("The institutes are listed in ", Ref("annex-units"), "."),
            Heading(1, t("Institutes at the job fair"), id="annex-units", annex=True),
            p("Institute of High Energy Physics, Institute of Modern Physics, Institute of Plasma Physics."),
            Box("distribution", recipients),
        ),
        SOURCES,
    )  # fmt: skip


# --- chapter ----------------------------------------------------------------------------------------------

_VISITS = (
    ("2011年5月3日", "西班牙科技与创新部国际合作司", "国家科技基础条件平台中心"),
    ("2011年10月31日", "美国国立卫生研究院（NIH）", "国家人口与健康科学数据共享平台"),
    ("2012年5月24日", "美国加利福尼亚大学圣地亚哥分校超级计算机中心", "平台信息技术中心"),
    ("2012年6月25日", "土耳其空间技术研究院", "平台信息技术中心"),
    ("2012年7月4日", "韩国科学技术信息研究院（KISTI）", "平台信息技术中心"),
    ("2012年12月8日", "美国麻省理工学院George Moody教授", "临床医学科学数据中心"),
)


def _chinese_chapter() -> Document:
    return Document(
        "zh",
        (("title", (*t("国家科技基础条件平台"), LineBreak(), *t("年度报告（2011—2012）"))), ("organisation", t("平台中心")),
         ("date", t("2013年6月"))),
        (
            Heading(1, t("目　录"), id="toc", numbered=False),
            Contents("headings", 3),
            Heading(2, t("图表"), id="lists", numbered=False),
            Contents("figures"), Contents("tables"),
            Heading(1, t("国际交流与合作"), id="chapter"),
            p("我国科技平台建设与技术资源开放共享工作始终瞄准国际科技资源共享发展的前沿，不断推进国际间科技资源开放共享的"
              "合作与交流，取得积极进展，提升了我国科技平台的国际影响力。"),
            Heading(2, t("积极参与推动全球大型研究基础设施开放共享")),
            p("2011年3月，由欧盟牵头，全球研究基础设施高官会第一次会议在比利时召开，就大型国际研究基础设施的分类、主要合作"
              "原则及后续行动等进行了研讨并达成一致意见。", CommentMark(t("2011年11月，第二次高官会在南非开普敦召开"),
              t("请核对届次。"), "李工", "2024-06-27", "待处理"), "，会上我国率先提交了中国对外开放研究基础设施名单。"),
            Heading(2, t("科技平台成为我国对外科技交流合作的一张“新名片”")),
            p("2011—2012年，先后有美国、加拿大、韩国、西班牙、土耳其等国家的科学研究等部门代表参观访问国家科技基础条件平台，"
              "主要来访见", Ref("tbl-visits"), "。"),
            Table((Column(width=0.22), Column(width=0.45), Column(width=0.33)), (row("时间", "来访单位", "接待单位"),),
                  tuple(row(*visit) for visit in _VISITS), t("2011—2012年主要来访"), "tbl-visits"),
            _photo("fig-spain", "西班牙科技与创新部访问国家科技基础条件平台中心"),
            p("2011年5月3日，西班牙科技与创新部国际合作司司长一行参观访问了国家科技基础条件平台中心（见", Ref("fig-spain"),
              "）。2012年6月25日，土耳其空间技术研究院院长一行来访（见", Ref("fig-turkey"), "）。"),
            _photo("fig-turkey", "土耳其空间技术研究院院长一行参观访问国家科技基础条件平台"),
            Heading(2, t("积极开展国家科技基础条件平台国际交流合作")),
            Heading(3, t("仪器共享")),
            p("2012年，北京离子探针中心核心仪器SHRIMP II上的工作机时中，国外研究人员占了65.8%，还远程共享了澳大利亚Curtin理工"
              "大学SHRIMP仪器的机时1 882小时。"),
            Heading(4, t("国际会议")),
            p("2012年3月21日至23日，地球科学数据共享平台代表参加欧盟研究基础设施国际会议（ICRI），并作题为“Global Data Sharing "
              "Needs Global Efforts”的报告（见", Ref("fig-icri"), "）。"),
            FigureBlock((Picture("chart:0"),), t("地球科学数据共享平台在欧盟研究基础设施国际会议上作报告"), "fig-icri"),
            Heading(5, t("数据引进")),
            p("整合引进国外镜像数据源，向全社会无偿提供陆地资源卫星数据。"),
            Heading(2, t("展望")),
            *(p("一是主动参与国际科技资源共享活动，加强交流合作，积极参与相关国际组织及会议；二是推进与发达国家科技资源管理"
                "机构和组织的交流与合作；三是加强与发展中国家、欠发达国家和地区的合作与交流。") for _ in range(8)),
        ),
        SOURCES,
        cover=True,
        chapter=8,
    )  # fmt: skip


def _photo(id_: str, caption: str) -> FigureBlock:
    return FigureBlock((Picture("missing:"),), t(caption), id_)


def _english_chapter() -> Document:
    return Document(
        "en",
        (("title", t("National Science and Technology Infrastructure: Report 2011–2012")),),
        (
            Heading(1, t("Contents"), id="toc", numbered=False),
            Contents("headings", 3), Contents("figures"),
            Heading(1, t("International Exchange and Cooperation"), id="chapter"),
            p("The platforms kept opening their resources to the world and gained influence."),
            Heading(2, t("Opening large research infrastructures worldwide")),
            p("In March 2011 the first Group of Senior Officials met in Belgium (", Ref("fig-gso"), ")."),
            _photo("fig-gso", "The Group of Senior Officials, Belgium"),
            Heading(2, t("A new calling card")),
            Heading(3, t("Visits")),
            p("Guests came from the United States, Canada, Korea, Spain and Türkiye, the latter led by Tamer Beser (",
              Ref("fig-turkey"), ")."),
            _photo("fig-turkey", "Guests from the Space Technologies Research Institute, Türkiye"),
            *(p("Foreign researchers used 65.8 per cent of the hours on SHRIMP II at the Beijing SHRIMP Center; 1,882 "
                "hours were shared remotely with Curtin University of Technology in Australia.") for _ in range(12)),
            FigureBlock((Picture("chart:0"),), t("Use of SHRIMP II, per cent"), "fig-use"),
            p("See ", Ref("fig-use"), "."),
        ),
        SOURCES,
        cover=True,
        chapter=8,
    )  # fmt: skip


# --- paper ------------------------------------------------------------------------------------------------

_WORKS = (
    ReferenceEntry(
        "nrc", 1, t("国家发展和改革委员会. 国家重大科技基础设施建设中长期规划（2012—2030年）[R]. 北京, 2013.")
    ),
    ReferenceEntry(
        "gulati",
        2,
        t("Gulati R. Alliances and networks[J]. Strategic Management Journal, 1998, 19(4): 293-317."),
    ),
    ReferenceEntry(
        "leaps", 3, t("LEAPS. Landscape analysis[EB/OL]. [2019-03-01]. https://leaps-initiative.eu.")
    ),
    ReferenceEntry("lens", 4, t("LENS. League of advanced European neutron sources[EB/OL]. [2019-03-01].")),
    ReferenceEntry("ncoa", 5, t("AURA. National Center for Optical-Infrared Astronomy[R]. Tucson, 2018.")),
)
_SOURCES_OF_LIGHT = (
    ("ALBA", "CELLS", "西班牙", "同步", "3.0", "269", "4.5", "8", "是"),
    ("BESSY II", "HZB", "德国", "同步", "1.7", "240", "5.0", "46", "是"),
    ("Diamond", "STFC", "英国", "同步", "3.0", "562", "2.7", "32", "是"),
    ("MAX IV", "隆德大学", "瑞典", "同步", "3.0", "528", "0.3", "16", "是"),
    ("FLASH", "DESY", "德国", "激光", "1.25", "315", "—", "8", "是"),
)


def _chinese_paper() -> Document:
    marked = CommentMark(t("软硬件、人员等创新资源"), t("核实内涵外延有无交叉。"), "审稿人", "", "待处理")
    columns = tuple(Column("center") for _ in range(9))
    header = row("设施", "机构", "国家", "类型", "能量/GeV", "周长/m", "发射度", "线站", "开放")
    return Document(
        "zh",
        (
            ("title", t("重大科技基础设施联盟建设的实践与思考")), ("subtitle", t("以基于加速器的光源为例")),
            ("authors", (*t("张　三"), Styled("superscript", t("1")), *t("　李　四"), Styled("superscript", t("2*")))), ("affiliation", t("1 中国科学院　北京　100864；2 高能物理研究所　北京　100049")),
            ("abstract", t("近两年来，欧美等发达国家和地区涌现了一批不同类型的重大科技基础设施战略联盟。本文剖析其功能目标及建设"
                           "路径，并提出组建中国基于加速器的光源技术联盟，供政策研究和决策者参考。")),
            ("keywords", t("重大科技基础设施；联盟；光源")),
            ("abstract_en", t("A number of strategic leagues of major research infrastructures have emerged in Europe and the "
                              "United States. This paper analyses their functions and proposes a league for China.")),
            ("keywords_en", t("research infrastructure; league; light source")),
        ),
        (
            p("国家重大科技基础设施是为在科学技术前沿取得重大突破投资建设的国家基础设施", Cite(("nrc",)), "。"),
            Heading(1, t("重大科技基础设施联盟的功能定位")),
            p("联盟的组织方式常见于企业管理和外交中", Cite(("gulati",)), "。欧美近期通过契约建立松散的设施网络，将", marked,
              "组织起来", Cite(("leaps", "lens", "ncoa")), "。"),
            Heading(2, t("协调设施运行管理")),
            p("LEAPS联盟涉及16个组织运营的19个光源设施，主要设施见", Ref("tbl-light"), Cite(("gulati", "leaps", "ncoa")),
              "；部分激光器的功率达到10", Styled("superscript", t("15")), " W", Footnote(t("来源：各设施网站。")), "。"),
            Table(columns, (header,), tuple(row(*light) for light in _SOURCES_OF_LIGHT), t("LEAPS成员设施（部分）"),
                  "tbl-light", unit=t("发射度单位：nm·rad"), notes=(t("注：“—”表示不适用。"),)),
            Heading(3, t("机时分配")),
            p("在LENS联盟设施的机时分配方面，学术界研究约占85%，另外15%用于支撑工业研发（见", Ref("fig-time"), "）。"),
            FigureBlock((Picture("chart:0"),), t("机时分配（单位：%）"), "fig-time"),
            Heading(1, t("建议")),
            p("建议参考欧美设施技术联盟的先进经验，尽快研究成立基于加速器的光源技术联盟。"),
            Heading(1, t("参考文献"), numbered=False),
            References(_WORKS),
        ),
        SOURCES,
    )  # fmt: skip


def _english_paper() -> Document:
    columns = (Column(), Column(), Column("right"))
    rows = (
        row("ALBA", "Spain", "8"),
        row("BESSY II", "Germany", "46"),
        row("Diamond", "United Kingdom", "32"),
    )
    mark = CommentMark(t("contracts"), t("Which ones?"), "Reviewer Two", "2019-04-02", "open")
    return Document(
        "en",
        (
            ("title", t("Leagues of Major Research Infrastructures: Practice and Proposals")),
            ("authors", t("Zhang San (张三), Li Si (李四)")),
            ("affiliation", t("Chinese Academy of Sciences, Beijing 100864, China")),
            ("abstract", t("A number of strategic leagues of major research infrastructures have emerged in Europe and the "
                           "United States. This paper analyses their functions and proposes a league for China.")),
            ("keywords", t("research infrastructure; league; light source")),
        ),
        (
            Heading(1, t("Introduction")),
            p("Leagues join facilities by loose ", mark, " ", Cite(("gulati",)), ". Europe and the United States have founded "
              "several since 2017 ", Cite(("leaps", "lens", "ncoa")), "."),
            Heading(2, t("Facilities")),
            p("LEAPS joins 19 light sources of 16 organisations, some of them in ", Ref("tbl-light"), "."),
            Table(columns, (row("Facility", "Country", "Beamlines"),), rows, t("Members of LEAPS (selection)"), "tbl-light"),
            FigureBlock((Picture("chart:0"),), t("Beam time at LENS, per cent"), "fig-time"),
            p("Beam time is shared as ", Ref("fig-time"), " shows."),
            Heading(1, t("References"), numbered=False),
            References(_WORKS),
        ),
        SOURCES,
    )  # fmt: skip


# --- news -------------------------------------------------------------------------------------------------


def _chinese_news() -> Document:
    pictures = (
        Picture("missing:", caption=t("侯建国会见Antoine Petit")),
        Picture("missing:", caption=t("与会代表合影")),
    )
    return Document(
        "zh",
        (
            ("title", t("中国科学院—法国国家科学研究中心双边战略对话会议在京举行")),
            ("subtitle", t("双方建立年度战略对话机制")),
            ("source_line", t("2024-06-27　来源：国际合作局")),
            ("dateline", t("北京6月27日电")),
        ),
        (
            p("近日，中国科学院（CAS）—法国国家科学研究中心（CNRS）双边战略对话会议在北京举行，中国科学院院长侯建国、法国国家"
              "科学研究中心主席兼首席执行官Antoine Petit出席会议并致辞。"),
            Heading(1, t("四十六年合作结出硕果")),
            p("双方在粒子物理、生物多样性、基础数学和应用数学领域建立了4个国际研究网络，表明双方46年的合作仍在持续并不断"
              "发展（见", Ref("fig-meeting"), "）。"),
            FigureBlock(pictures, t("双边战略对话会议现场"), "fig-meeting", across=2),
            Heading(1, t("建立年度机制")),
            p("通过此次会议，双方正式建立了年度战略对话机制，同意共同成立协调工作组，并按照领域遴选国际研究网络。"),
            Box("source", (p("（责任编辑：任霄鹏）"),)),
        ),
        SOURCES,
    )  # fmt: skip


def _english_news() -> Document:
    return Document(
        "en",
        (
            ("title", t("China and Russia sign agreement on the NICA collider")),
            ("subtitle", t("Cooperation moves from institutes to governments")),
            ("source_line", t("26 August 2020 · Institute of Plasma Physics")),
            ("dateline", t("MOSCOW, 26 August 2020")),
        ),
        (
            p("The Ministry of Science and Technology of China and the Joint Institute for Nuclear Research signed the "
              "implementation agreement on NICA (", Ref("fig-ceremony"), ")."),
            FigureBlock((Picture("chart:0"),), t("The opening ceremony"), "fig-ceremony"),
            Heading(1, t("More than 1,000 activities")),
            p("The annual plan has led to more than 1,000 activities. The two sides are to cultivate flagship projects."),
            Paragraph(t("A joint centre for superconducting proton therapy was founded in 2015.")),
        ),
        SOURCES,
    )  # fmt: skip


#: The report of every profile in the two languages that are written, not made.
SAMPLES: dict[tuple[str, str], Callable[[], Document]] = {
    ("briefing", "zh"): chinese_briefing,
    ("briefing", "en"): english_briefing,
    ("bulletin", "zh"): _chinese_bulletin,
    ("bulletin", "en"): _english_bulletin,
    ("chapter", "zh"): _chinese_chapter,
    ("chapter", "en"): _english_chapter,
    ("paper", "zh"): _chinese_paper,
    ("paper", "en"): _english_paper,
    ("news", "zh"): _chinese_news,
    ("news", "en"): _english_news,
}
