"""Records that the tests of charts draw: the figures and dates of a real briefing."""

from __future__ import annotations

from typing import Any

from reports.charts.scene import Scene
from reports.document.drawings import ChartRequest
from reports.model.dates import parse_date
from reports.model.kinds import KINDS
from reports.model.records import Record
from reports.records.converter import read


def record(plural: str, **fields: Any) -> Record:
    """A record of the kind listed under *plural*, with fields as they are typed in a data file."""
    return read(KINDS[plural], {"id": "x", "source": [{"doc": "slides"}], **fields})


def two(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def request(
    kind: str, *records: Record, lang: str = "zh", width: float = 15.6, **options: object
) -> ChartRequest:
    day = DAY if kind in {"trend", "gantt"} else None
    return ChartRequest(kind, records, lang, tuple(options.items()), width, linked=LINKED, day=day)


#: The day up to which charts of progress tell.
DAY = parse_date("2026-06-30")


def assert_labels_apart(scene: Scene) -> None:
    """Fail when two texts of *scene* touch, or one leaves the picture."""
    from reports.charts import canvas  # noqa: PLC0415 - loads matplotlib

    boxes = [label.box(canvas.measure) for label in scene.labels]
    for n, box in enumerate(boxes):
        assert min(box.left, box.top) >= -0.001, scene.labels[n]
        assert box.right <= scene.width + 0.001, scene.labels[n]
        assert box.bottom <= scene.height + 0.001, scene.labels[n]
        assert not any(box.overlaps(other) for other in boxes[:n]), scene.labels[n]


#: Records the others link to.
LINKED = {
    id_: record("organisations", id=id_, type="state", name={"zh": zh, "en": en})
    for id_, zh, en in (
        ("germany", "德国", "Germany"), ("italy", "意大利", "Italy"), ("france", "法国", "France"),
        ("china", "中国", "China"), ("denmark", "丹麦", "Denmark"), ("poland", "波兰", "Poland"),
    )
}  # fmt: skip

_PARTS = [two("国际", "international"), two("国内", "domestic")]
REFERENCE = record(
    "metrics",
    id="reference",
    title=two("国际参考水平", "International reference"),
    ratio="about 3:7",
    parts=_PARTS,
)
CHINA = record(
    "metrics", id="china", title=two("中国目前", "China at present"), ratio="far below 1:9", parts=_PARTS
)

_MEETING = two("CCJRC年度协调会", "CCJRC annual coordination meeting")
HISTORY = (
    record(
        "agreements", id="cas-1985", title=two("中国科学院与CERN合作协议", "CAS–CERN agreement"), type="agreement",
        signed="1985", effective="1985-01-01", status="in force",
    ),
    record(
        "agreements", id="sstc-1992", title=two("国家科委与CERN科技合作协议", "SSTC–CERN agreement"), type="agreement",
        signed="1992", status="not stated",
    ),
    record(
        "agreements", id="cms-1999", title=two("CMS探测器建造合作备忘录", "Memorandum on the CMS detector"),
        type="memorandum", signed="1999", status="not stated",
    ),
    record(
        "agreements", id="renewal-2002", title=two("商请续签合作协议的函", "Letter asking for renewal"), type="request",
        requested="2002", status="renewal requested",
    ),
    record(
        "alliances", id="ccicc", name=two("中国与CERN合作机构联盟", "Alliance of institutions"), type="alliance",
        founded="2019",
    ),
    record(
        "agreements", id="mou-2019", title=two("CCJRC谅解备忘录", "CCJRC memorandum"), type="memorandum",
        signed="2019-06-19", status="signed",
    ),
    record("meetings", id="m-2019", title=_MEETING, date="2019-10", place="CERN", status="held"),
    record("meetings", id="m-2020", title=_MEETING, date="2020-11", format="online", status="held"),
    record("meetings", id="m-2021", title=_MEETING, date="2021", status="suspended"),
    record("meetings", id="m-2022", title=_MEETING, date="2022", status="suspended"),
    record(
        "visits", id="v-2022", title=two("王贻芳院士访问CERN", "Visit to CERN"), date="2022-07", visitors=["w"],
        hosts=["cern"],
    ),
    record(
        "offices", id="office", name=two("驻CERN办公室", "Office at CERN"), type="office", host="cern",
        founded="2022-09",
    ),
    record("events", id="autumn", title=two("驻CERN中秋活动", "Mid-Autumn at CERN"), type="festival", date="2022-09"),
    record(
        "events", id="fair", title=two("海外人才需求宣讲会", "Job fair"), type="job fair", date="2022-12",
        claim=two("首届", "first edition"), place="CERN", format="hybrid", attendance="110余",
    ),
    record("events", id="spring", title=two("驻CERN春节活动", "Spring Festival at CERN"), type="festival", date="2023-01"),
    record("meetings", id="m-2023", title=_MEETING, date="after 2023-07", place="CERN", status="planned"),
)  # fmt: skip
#: Nobody can say when: one date cannot be read, one is not stated.
UNDATED = (
    record(
        "agreements", id="cern-signs", title=two("第二份备忘录", "Second memorandum"), type="memorandum",
        signed={"date": "2019", "certainty": "illegible", "raw": "45th Hazeh, 2019"}, status="signed",
    ),
    record("contributions", id="upgrade", title=two("加速器升级", "Accelerator upgrade"), status="done"),
)  # fmt: skip


def facility(zh: str, en: str, **fields: Any) -> Record:
    """A facility that runs, unless *fields* say otherwise."""
    about = {"type": "synchrotron", "status": "running", **fields}
    return record("facilities", id=en.lower().replace(" ", "-"), name={"zh": zh, "en": en}, **about)


#: Light sources of a league, by country and type.
LEAGUE = (
    facility("贝西", "Bessy", country="germany"),
    facility("闪光", "Flash", country="germany", type="free-electron laser"),
    facility("佩特拉", "Petra", country="germany"),
    facility("埃莱特拉", "Elettra", country="italy"),
    facility("费米", "Fermi", country="italy", type="free-electron laser"),
    facility("阿斯特里德", "Astrid", country="denmark"),
    facility("太阳能", "Solaris", country="poland"),
    facility("无名", "Nameless"),
)
BEAMLINES = (
    facility("合肥光源", "Hefei Light Source", beamlines="10"),
    facility("上海光源二期线站", "Beamlines of SSRF", beamlines="16", status="upgrade"),
    facility("高能同步辐射光源", "High Energy Photon Source", beamlines="14", status="preliminary design"),
)
SOURCES = record(
    "metrics", id="sources", title=two("联盟光源", "Light sources of the league"), quantity="19",
    unit=two("台", "light sources"),
    components=[
        {"label": two("同步辐射", "synchrotrons"), "value": "13"},
        {"label": two("自由电子激光", "free-electron lasers"), "value": "6"},
    ],
)  # fmt: skip

SHRIMP = record(
    "metrics", id="shrimp", title=two("机时占比", "Share of time"), share="65.8%",
    parts=[two("国外", "abroad"), two("其余", "others")],
)  # fmt: skip

FIGURES = (
    record(
        "metrics", title=two("中法建交", "Diplomatic relations"), quantity="60", unit=two("周年", "years")
    ),
    record("networks", title=two("合作研究网络", "Joint networks"), count="4"),
    record("events", title=two("宣讲会", "Job fair"), type="job fair", date="2022-12", attendance="110余"),
    record("outlooks", title=two("重大科研任务", "Major research tasks"), horizon="2030"),
)

STEPS = (
    record(
        "agreements", title=two("合作备忘录", "Memorandum"), type="memorandum", level="institute", signed="2011",
        status="signed",
    ),
    record("milestones", title=two("共建联合中心", "Joint centre set up"), date="2015", level="institute"),
    record(
        "agreements", title=two("合作实施协议", "Implementation agreement"), type="implementation",
        level="government", signed="2020-08-26", status="signed",
    ),
)  # fmt: skip


def meeting(when: str, *participants: str, **fields: Any) -> Record:
    """A meeting of a series, if *fields* say no more."""
    about = {"title": two("高官会", "Senior officials"), "series": "officials", "status": "held", **fields}
    return record("meetings", date=when, participants=participants, **about)


MEETINGS = (
    meeting("2011-11", "germany", "italy", "china", ordinal="2", place=two("南非", "South Africa")),
    meeting("2011-03", "germany", "france", "italy", ordinal="1", place=two("比利时", "Belgium")),
    meeting("2012-04-03/2012-04-04", "germany", "china", ordinal="3"),
)
LINKED["officials"] = record(
    "series", id="officials", title=two("高官会系列", "Meetings of senior officials")
)
LINKED["league"] = record(
    "alliances", id="league", type="alliance", name={"zh": "光源联盟", "en": "League", "acronym": "LIGHT"}
)


def member_class(zh: str, en: str, *rights: str, without: tuple[str, ...] = ()) -> Record:
    """A class of members of the league."""
    return record(
        "member_classes", id=en.lower(), name={"zh": zh, "en": en}, alliance="league",
        eligibility=two("法人", "Bodies"), rights=rights, without=without,
    )  # fmt: skip


CLASSES = (
    member_class("会员", "Member", "decide", "vote"),
    member_class("合伙人", "Associate", "observe", without=("vote",)),
)


def body(zh: str, en: str, rank: int, **fields: Any) -> Record:
    """A body of the league."""
    name = {"zh": zh, "en": en, **fields.pop("name", {})}
    about = {"id": en.lower().replace(" ", "-"), "alliance": "league", **fields}
    return record("governance_bodies", name=name, rank=rank, **about)


def relation(subject: str, verb: str, object_: str) -> Record:
    """Who does what to whom."""
    return record("relations", subject=subject, verb=verb, object=object_)


BODIES = (
    body("会员大会", "Assembly", 1, name={"acronym": "GA"}, composition=two("最高级别代表", "Highest representatives")),
    body("主席团队", "Chairs", 1, side=True),
    body("协调委员会", "Board", 2),
    body(
        "工作组", "Working groups", 3,
        below=[
            {"name": two("技术类工作组", "Groups on technology"), "count": "3", "themes": [two("信息", "information")]},
            {"name": two("服务类工作组", "Groups on services"), "count": "3"},
        ],
    ),
    body(
        "战略组", "Strategy groups", 3,
        below=[{"name": two("战略组", "Strategy groups"), "count": "2", "themes": [two("存储环", "storage rings")]}],
    ),
    body("国际咨询委员会", "Advisory board", 1, side=True),
)  # fmt: skip
RELATIONS = (
    relation("member", "takes part in", "assembly"),
    relation("member", "delegates to", "board"),
    relation("associate", "observes", "assembly"),
    relation("assembly", "meets jointly with", "board"),
    relation("working-groups", "reports to", "board"),
    relation("strategy-groups", "reports to", "board"),
    relation("advisory-board", "advises", "league"),
    relation("league", "aligns with", "germany"),
    relation("germany", "funds", "france"),
)
LINKED.update({one.id: one for one in CLASSES})


def over_time(zh: str, en: str, *values: tuple[str, str], sort: str = "quantity", **fields: Any) -> Record:
    """A metric of several times: people, unless *fields* say otherwise."""
    about: dict[str, Any] = {"unit": two("人", "people"), "group": "users"} if sort == "quantity" else {}
    told = [{"at": at, sort: value} for at, value in values]
    return record("metrics", title=two(zh, en), values=told, **{**about, **fields})


USERS = over_time(
    "装置用户", "Facility users", ("2025Q4", "398"), ("2026Q1", "412"), ("2026Q2", "463"),
    baseline={"at": "2025Q3", "quantity": "380"}, target=[{"by": "2026Q4", "quantity": "500"}],
)  # fmt: skip
PLANS = (
    meeting("2026-01-15", id="council-6", title=two("第六次理事会", "Sixth council")),
    meeting("2026-09-15", id="council-7", title=two("第七次理事会", "Seventh council"), status="planned"),
    record("actions", id="plan", title=two("提交方案", "Hand in the plan"), due="2026-05-31"),
    record("actions", id="note", title=two("完成说明", "Finish the note"), due="2026-03-31", done="2026-04-09"),
    record(
        "discussions", id="renewal", number="1", topic=two("续签协议", "Renewal"), ask=two("请定", "Decide"),
        raised="2026-02-10", due="2026-08-31",
    ),
)  # fmt: skip

#: Records each family of charts can draw.
DRAWN: dict[str, tuple[Record, ...]] = {
    "shares": (REFERENCE, CHINA), "timeline": HISTORY, "bars": BEAMLINES, "ring": (SHRIMP,), "figures": FIGURES, "milestones": STEPS, "matrix": MEETINGS, "structure": (*BODIES, *RELATIONS),
    "trend": (USERS,), "gantt": PLANS,
}  # fmt: skip
