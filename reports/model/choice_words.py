"""Words for choices and for what is left open, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Choices of the model and words of the product, (Chinese, English). A word not listed is said as it is; one that
#: means something else of one kind of records stands a second time behind the kind's name (`remark open`).
TERMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "held": ("已举行", "held"), "suspended": ("暂停", "suspended"), "planned": ("计划中", "planned"),
        "postponed": ("推迟", "postponed"), "cancelled": ("取消", "cancelled"),
        "done": ("已完成", "done"), "ongoing": ("进行中", "under way"),
        "in person": ("现场", "in person"), "online": ("线上", "online"), "hybrid": ("线上线下同时", "on site and online"),
        "open": ("待讨论", "open"), "decided": ("已决定", "decided"), "deferred": ("暂缓", "deferred"),
        "withdrawn": ("撤回", "withdrawn"),
        "in force": ("生效", "in force"), "being signed": ("陆续签署", "being signed"), "signed": ("已签署", "signed"),
        "renewal requested": ("已商请续签", "renewal requested"), "ended": ("已终止", "ended"),
        "in progress": ("进行中", "in progress"), "aspired": ("争取中", "aspired to"),
        "not stated": ("未载明", "not stated"),
        "charter": ("章程", "charter"), "memorandum": ("谅解备忘录", "memorandum of understanding"),
        "agreement": ("协议", "agreement"), "implementation": ("实施协议", "implementation agreement"),
        "request": ("函件", "letter"), "mechanism": ("机制", "mechanism"),
        "zh": ("中文", "Chinese"), "en": ("英文", "English"), "fr": ("法文", "French"), "ru": ("俄文", "Russian"),
        "slides": ("汇报幻灯片", "slides"), "yearbook": ("年鉴", "yearbook"), "news": ("新闻", "news item"),
        "web page": ("网页", "web page"), "manuscript": ("文稿", "manuscript"), "minutes": ("纪要", "minutes"),
        "letter": ("信函", "letter"), "form": ("表格", "form"),
        "remark open": ("待处理", "open"), "remark done": ("已处理", "done"), "remark declined": ("不采纳", "declined"),
        "comment open": ("待处理", "open"), "comment done": ("已处理", "done"), "comment declined": ("不采纳", "declined"),
        "comment": ("批注", "comment"), "reply": ("答复", "reply"), "insertion": ("插入", "insertion"),
        "deletion": ("删除", "deletion"), "replacement": ("替换", "replacement"), "move": ("移动", "move"),
        "edit": ("未留痕改动", "untracked edit"),
        "reviewer": ("审稿人", "Reviewer"), "import": ("数据核对", "Data check"),
        "zh-Hant": ("繁体中文", "Traditional Chinese"),
        "stated": ("原文载明", "stated"), "inferred": ("推断", "inferred"), "illegible": ("无法辨认", "illegible"),
        "state": ("国家", "state"), "ministry": ("部委", "ministry"), "bureau": ("局", "bureau"),
        "academy": ("科学院", "academy"), "institute": ("研究所", "institute"), "university": ("高校", "university"),
        "funder": ("资助机构", "funding agency"), "laboratory": ("实验室", "laboratory"), "centre": ("中心", "centre"),
        "mission": ("代表团", "mission"), "intergovernmental": ("政府间组织", "intergovernmental organisation"),
        "network": ("网络", "network"), "platform": ("平台", "platform"), "union": ("联合会", "union"),
        "company": ("企业", "company"), "alliance": ("联盟", "alliance"), "office": ("办公室", "office"),
        "government": ("政府", "government"),
        "bottom-up": ("自下而上", "bottom-up"), "top-down": ("自上而下", "top-down"),
        "founded": ("成立", "founded"), "approved": ("获批", "approved"),
        "resolution passed": ("通过决议", "resolution passed"), "started": ("启动", "started"),
        "under discussion": ("讨论中", "under discussion"),
        "member": ("成员", "member"), "signatory": ("签署单位", "signatory"), "associate": ("准成员", "associate"),
        "partner": ("合作伙伴", "partner"), "associate member state": ("附属成员国", "associate member state"),
        "decide": ("参与决策", "take part in decisions"), "vote": ("表决", "vote"), "observe": ("列席", "observe"),
        "working groups": ("参加工作组", "join working groups"), "meetings": ("参加会议", "attend meetings"),
        "delegates to": ("委派代表", "delegates to"), "supervises": ("监督", "supervises"), "advises": ("提供咨询", "advises"),
        "aligns with": ("协同", "aligns with"), "funds": ("资助", "funds"), "observes": ("列席", "observes"),
        "meets jointly with": ("联席会议", "meets jointly with"), "reports to": ("隶属", "reports to"),
        "takes part in": ("参加", "takes part in"),
        "festival": ("节庆活动", "festival"), "job fair": ("招聘会", "job fair"), "ceremony": ("仪式", "ceremony"),
        "anniversary": ("周年纪念", "anniversary"), "exhibition": ("展览", "exhibition"),
        "report": ("报告会", "report"), "conference": ("会议", "conference"),
        "a year": ("每年", "a year"), "in all": ("共计", "in all"), "over the term": ("执行期内共计", "over the term"),
        "synchrotron": ("同步辐射光源", "synchrotron light source"),
        "free-electron laser": ("自由电子激光设施", "free-electron laser"),
        "neutron source": ("中子源", "neutron source"), "laser": ("激光装置", "laser"),
        "telescope": ("望远镜", "telescope"), "microprobe": ("微探针", "microprobe"), "collider": ("对撞机", "collider"),
        "therapy": ("治疗装置", "therapy facility"), "grid site": ("网格站点", "grid site"),
        "data node": ("数据节点", "data node"), "tokamak": ("托卡马克", "tokamak"), "microscope": ("显微镜", "microscope"),
        "earth observation": ("对地观测设施", "Earth observation facility"),
        "single-site": ("单址", "single-site"), "distributed": ("分布式", "distributed"),
        "national-unique": ("国内唯一", "unique in the country"),
        "running": ("运行", "in operation"), "upgrade": ("升级改造", "being upgraded"),
        "under construction": ("在建", "under construction"), "construction started": ("启动建设", "construction started"),
        "preliminary design": ("初步设计", "in preliminary design"), "pre-research": ("预先研究", "in pre-research"),
        "about to open": ("即将投入使用", "about to open"),
        "adopted": ("采纳", "adopted"), "supported in principle": ("原则支持", "supported in principle"),
        "welcomed": ("欢迎", "welcomed"), "declined": ("未采纳", "declined"),
        "duplication": ("重复", "duplication"), "check": ("待核实", "to be checked"), "citation": ("引文", "citation"),
        "layout": ("版面", "layout"), "typography": ("排印", "typography"), "conflict": ("说法不一", "conflict"),
        "year": ("年度", "annual"), "half": ("半年度", "half-yearly"), "quarter": ("季度", "quarterly"),
        "month": ("月度", "monthly"), "range": ("自定时段", "of a chosen period"),
        "computed": ("计算得出", "computed"),
        "due soon": ("即将到期", "due soon"), "late": ("逾期", "late"), "action open": ("待办", "open"), "under way": ("进行中", "under way"),
        "met": ("已达标", "target met"), "missed": ("未达标", "target missed"), "ahead": ("快于计划", "ahead"),
        "on track": ("符合进度", "on track"), "behind": ("落后于计划", "behind"),
        "date illegible": ("日期无法辨认", "date illegible"), "date unknown": ("日期不详", "date unknown"),
    }
)  # fmt: skip


#: What a report says of a field its source leaves open, where "not stated" is not the right word.
OPEN_FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "owner": ("未指定", "not assigned"), "due": ("未定", "not set"),
        "decision": ("待定", "pending"), "entry": ("原文未附文献条目", "no entry in the source"), "file": ("图片待补", "picture to be supplied"),
    }
)  # fmt: skip
