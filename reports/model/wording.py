"""How values read in each language: dates, numbers, ratios, money, choices, and what is left open.

Nothing is rounded and no day is invented: a value is said exactly as far as its source states it.
Chinese forms follow GB/T 15834 (一字线 between times) and GB/T 15835 (Arabic digits).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from reports.model.periods import MONTHS
from reports.model.records import Called
from reports.model.values import (
    BilingualText,
    Bound,
    Money,
    PartialDate,
    Precision,
    Quantity,
    Ratio,
    Share,
    Value,
)


def chinese(lang: str) -> bool:
    """True for zh and zh-Hant."""
    return lang.startswith("zh")


def say(value: Value | Called, lang: str) -> str:
    """Return *value* as a reader of *lang* writes it."""
    match value:
        case BilingualText() | Called():
            return value.get(lang)
        case PartialDate():
            return say_date(value, lang)
        case Quantity():
            return _bounded(_power(value, lang), value.bound, lang)
        case Ratio():
            return _bounded(f"{plain_number(value.a)}:{plain_number(value.b)}", value.bound, lang)
        case Share():
            return _bounded(f"{plain_number(value.percent)}%", value.bound, lang)
        case Money():
            return _bounded(_money(value, lang), value.bound, lang)
        case _:
            return term(str(value), lang)


# --- dates ------------------------------------------------------------------------------------------------


def say_date(value: PartialDate, lang: str, short: bool = False) -> str:
    """Say a date as precisely as it is known; *short* abbreviates English month names."""
    if value.start is None or value.end is None:
        return term("date illegible" if value.certainty == "illegible" else "date unknown", lang)
    known = _span(value, lang, short) if value.span else _date(value.start, value.precision, lang, short)
    return _certainty(value, _relation(value, known, lang), lang)


def _date(day: date, precision: str, lang: str, short: bool = False) -> str:
    if chinese(lang):
        return {
            "day": f"{day.year}年{day.month}月{day.day}日",
            "month": f"{day.year}年{day.month}月",
            "year": f"{day.year}年",
            "decade": f"{day.year // 100 + 1}世纪{f'{day.year % 100}年代' if day.year % 100 else '头十年'}",
        }[precision]
    month = MONTHS[day.month - 1][: 3 if short else None]
    return {
        "day": f"{day.day} {month} {day.year}",
        "month": f"{month} {day.year}",
        "year": f"{day.year}",
        "decade": f"{day.year}s",
    }[precision]


def _span(value: PartialDate, lang: str, short: bool) -> str:
    """Both ends, the part they share said once: 2012年4月3日—4日, 3–4 April 2012."""
    a, b = value.start, value.end
    assert a and b  # a span has both ends by construction
    if value.precision == "decade":
        b = b.replace(year=b.year // 10 * 10)
    first, last = _date(a, value.precision, lang, short), _date(b, value.precision, lang, short)
    if first == last:
        return last
    if chinese(lang):
        for shared in (f"{b.year}年{b.month}月", f"{b.year}年"):
            if first.startswith(shared) and last != shared:
                return f"{first}—{last.removeprefix(shared)}"
        return f"{first.removesuffix('年') if value.precision == 'year' else first}—{last}"
    if (a.year, a.month) == (b.year, b.month) and value.precision == "day":
        return f"{a.day}–{last}"
    if a.year == b.year and value.precision != "year":
        return f"{first.removesuffix(f' {a.year}')} – {last}"
    return f"{first}–{last}" if value.precision == "year" else f"{first} – {last}"


def _relation(value: PartialDate, known: str, lang: str) -> str:
    if chinese(lang):
        return {"on": known, "after": f"{known}后", "before": f"{known}前", "about": f"约{known}"}[
            value.relation
        ]
    return known if value.relation == "on" else f"{value.relation} {known}"


#: What cannot be read where a date is legible as far as its precision.
_ILLEGIBLE: Mapping[Precision, tuple[str, str]] = MappingProxyType(
    {
        "decade": ("具体年份", "year"), "year": ("月、日", "day and month"), "month": ("日", "day"),
        "day": ("部分字迹", "partly"),
    }
)  # fmt: skip


def _certainty(value: PartialDate, known: str, lang: str) -> str:
    if value.certainty == "illegible":
        zh, en = _ILLEGIBLE[value.precision]
        return f"{known}（{zh}无法辨认）" if chinese(lang) else f"{known} ({en} illegible)"
    if value.certainty == "inferred":
        return f"{known}（推断）" if chinese(lang) else f"{known} (inferred)"
    return known


# --- numbers ----------------------------------------------------------------------------------------------

_BOUNDS: Mapping[Bound, tuple[str, str]] = MappingProxyType(
    {
        "exact": ("{}", "{}"), "about": ("约{}", "about {}"), "nearly": ("近{}", "nearly {}"),
        "more than": ("{}余", "more than {}"), "at least": ("不少于{}", "at least {}"),
        "less than": ("不足{}", "less than {}"), "at most": ("不超过{}", "at most {}"),
        "far below": ("远小于{}", "far below {}"), "far above": ("远大于{}", "far above {}"),
    }
)  # fmt: skip
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _bounded(text: str, bound: Bound, lang: str) -> str:
    zh, en = _BOUNDS[bound]
    if chinese(lang):
        # 余 belongs behind a plain count; a ratio, a share or an amount says 超过.
        return (zh if text.replace(",", "").isdecimal() or bound != "more than" else "超过{}").format(text)
    return en.format(text)


def plain_number(value: Decimal) -> str:
    """The number without trailing zeros after the point and without an exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal, lang: str) -> str:
    """Group thousands: in Chinese from five digits on, in English from four."""
    text = plain_number(value)
    whole, point, rest = text.partition(".")
    if len(whole.lstrip("-")) >= (5 if chinese(lang) else 4):
        whole = f"{int(whole):,}"
    return whole + point + rest


def _power(value: Quantity, lang: str) -> str:
    if not value.exponent:
        return number(value.value, lang)
    ten = f"10{str(value.exponent).translate(_SUPERSCRIPT)}"
    return ten if value.value == 1 else f"{plain_number(value.value)}×{ten}"


_CURRENCIES = MappingProxyType(
    {
        "USD": "美元",
        "EUR": "欧元",
        "CNY": "元",
        "GBP": "英镑",
        "CHF": "瑞士法郎",
        "JPY": "日元",
        "RUB": "卢布",
    }
)
_SCALES_ZH = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_SCALES_EN = ((Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))


def _money(value: Money, lang: str) -> str:
    for scale, word in _SCALES_ZH if chinese(lang) else _SCALES_EN:
        scaled = value.amount / scale
        if abs(scaled) >= 1 and scaled == round(scaled, 3):
            amount = plain_number(scaled) + word
            break
    else:
        amount = number(value.amount, lang)
    if chinese(lang):
        return amount + currency(value.currency, lang)
    return f"{value.currency} {amount}"


def currency(code: str, lang: str) -> str:
    """The name of a currency by its ISO code: 美元, USD."""
    return _CURRENCIES.get(code, code) if chinese(lang) else code


# --- words ------------------------------------------------------------------------------------------------

#: Choices of the model and words of the product, (Chinese, English). A word not listed is said as it is; one that
#: means something else of one kind of records stands a second time behind the kind's name (`remark open`).
_TERMS: Mapping[str, tuple[str, str]] = MappingProxyType(
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
        "date illegible": ("日期无法辨认", "date illegible"), "date unknown": ("日期不详", "date unknown"),
    }
)  # fmt: skip

#: What a report says of a field its source leaves open, where "not stated" is not the right word.
_OPEN_FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "owner": ("未指定", "not assigned"), "due": ("未定", "not set"),
        "decision": ("待定", "pending"), "entry": ("原文未附文献条目", "no entry in the source"), "file": ("图片待补", "picture to be supplied"),
    }
)  # fmt: skip


def term(word: str, lang: str) -> str:
    """Say a choice of the model (held, in force …) or a word of the product."""
    pair = _TERMS.get(word)
    return pair[0 if chinese(lang) else 1] if pair else word


def choice(word: str, kind: str, lang: str) -> str:
    """Say a choice of a record of *kind*, in the words of that kind where it has its own."""
    own = f"{kind} {word}"
    return term(own if own in _TERMS else word, lang)


def called(word: str) -> frozenset[str]:
    """All that a choice is called, whatever the kind, in small letters."""
    found = (pair for key, pair in _TERMS.items() if key == word or key.endswith(f" {word}"))
    return frozenset(name.casefold() for pair in found for name in pair)


def say_open(field: str, lang: str) -> str:
    """Say that *field* is left open: nothing is hidden, nothing made up."""
    pair = _OPEN_FIELDS.get(field, _TERMS["not stated"])
    return pair[0 if chinese(lang) else 1]


def joiner(lang: str, last: bool = False, pair: bool = False) -> str:
    """What stands between the items of a list said in a sentence; *last*: before the last one of the list,
    *pair*: of two."""
    if chinese(lang):
        return "和" if last and pair else "、"
    return " and " if last else ", "


def join(texts: Sequence[str], lang: str) -> str:
    """Say several things in one sentence: 甲、乙、丙; A, B and C."""
    parts = [""] * (2 * len(texts) - 1) if texts else []
    for i, text in enumerate(texts):
        parts[2 * i] = text
        if i:
            parts[2 * i - 1] = joiner(lang, last=i == len(texts) - 1, pair=len(texts) == 2)
    return "".join(parts)
