"""How each form of value is typed: its name, what may be written, examples. For schema, reference and prompts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from reports.model.description.field_help import Words
from reports.model.description.shapes import FieldShape, Form, Shape, fields_of
from reports.model.formatting import choice
from reports.model.kinds import KINDS
from reports.model.records import Part, Record

#: What the kinds are called, and what a record of each is.
KIND_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "sources": ("材料：记录所依据的文件", "documents that facts are taken from"),
        "themes": ("主题：报告的小节", "themes under which reports gather records"),
        "organisations": ("机构", "organisations"),
        "alliances": ("联盟：以章程结成的机构群体", "alliances: organisations bound by a charter"),
        "offices": ("办事处", "offices of one organisation at another's place"),
        "people": ("人员", "people named in a source"),
        "memberships": ("成员关系", "one organisation's place in an alliance"),
        "member_classes": ("成员类别", "classes of members of an alliance"),
        "governance_bodies": ("治理机构", "bodies that govern an alliance"),
        "relations": ("机构之间的关系", "how one body stands to another"),
        "agreements": ("协议：章程、备忘录、协议、函件", "charters, memoranda, agreements, letters"),
        "series": ("会议或活动系列", "meetings or events that come again"),
        "meetings": ("会议", "meetings"),
        "visits": ("访问", "visits"),
        "events": ("活动", "festivals, fairs, ceremonies, anniversaries"),
        "contributions": ("工作：会议、访问以外所做的事", "what was done beside meetings and visits"),
        "statements": ("讲话与立场", "positions and reasons somebody gave"),
        "milestones": ("里程碑", "dated steps that no other record holds"),
        "networks": ("网络与计划", "networks and programmes of research"),
        "metrics": ("指标", "measured or stated figures"),
        "budgets": ("经费", "money: who pays whom, for how long"),
        "facilities": ("设施", "large facilities and instruments"),
        "categories": ("分类", "classes, functions or paths of a classification"),
        "goals": ("目标", "what an alliance or office is for"),
        "tasks": ("任务", "what an alliance or office has to do"),
        "discussions": ("供讨论事项", "matters put before leadership"),
        "actions": ("行动：谁承诺在何时前做什么", "actions: who undertook what, by when"),
        "proposals": ("建议", "what somebody proposed to somebody"),
        "outlooks": ("展望", "what is to come in one field"),
        "figures": ("图片", "pictures, and places kept for them"),
        "citations": ("引文", "works a source cites"),
        "remarks": ("审稿意见", "reviewers' marks and flaws found in sources"),
        "comments": ("返回的意见：领导和读者写在报告里的批注与改动", "comments and changes that readers left in a report"),
        "reports": ("报告：有哪些报告，何时出、怎样出", "which reports there are, and when they are made"),
    }
)  # fmt: skip


class FormWords(Struct, frozen=True):
    """The *name* of a form and what to write, in Chinese and English, with *examples* as typed."""

    name: Words
    write: Words
    examples: tuple[str, ...] = ()


_DATES = ("2023-06-08", "2019-10", "1992", "2011/2012", "199X", "after 2023-07", "about 2030", "unknown")

FORMS: Mapping[Form, FormWords] = MappingProxyType(
    {
        "word": FormWords(("文字", "words"), ("一段文字，照原样写", "as it is")),
        "text": FormWords(
            ("双语文字", "text in both languages"),
            ("写成 {zh: 中文, en: English}；两种语言写法相同的只写一次", "{zh: …, en: …}; what reads the same in both may stand alone"),
            ("{zh: 年度会议, en: Annual meeting}", "CERN"),
        ),
        "date": FormWords(
            ("日期", "date"),
            ("原文写到年、月、日哪一级就写到哪一级；看不清的写 illegible", "as precise as the source: a day, a month, a year, a decade, a range"),
            _DATES,
        ),
        "day": FormWords(
            ("日", "day"),
            ("写到日；只写到月或年的，从最后一天算起；不能写约数", "a day; a month or a year counts from its last day; no about, before or after"),
            ("2026-09-15", "2026-09"),
        ),
        "moment": FormWords(
            ("时段", "period or day"),
            ("季、半年、月、周、年，或某一日", "a quarter, half, month, week, year, or a day"),
            ("2026Q3", "2026H1", "2026-09", "2026-W07", "2026", "2026-09-30"),
        ),
        "quantity": FormWords(("数量", "quantity"), ("数字，可带约数词", "a number, with a bound if the source has one"), ("12500", "110余", "nearly 90", ">= 1e15")),
        "ratio": FormWords(("比例", "ratio"), ("用半角冒号", "two numbers with a colon"), ("3:7", "about 3:7", "far below 1:9")),
        "share": FormWords(("百分比", "percentage"), ("须带百分号", "with the per cent sign"), ("65.8%", "about 60%")),
        "money": FormWords(("金额", "amount of money"), ("币种代码在前", "the currency code first"), ("USD 125 million", "about EUR 6,800,000")),
        "link": FormWords(("引用", "link"), ("另一条记录的 id，或只有它才叫的名称", "the id of another record, or a name that it alone bears"), ("cern",)),
        "id": FormWords(("编号", "id"), ("小写字母、数字、连字符", "small letters, digits and hyphens"), ("mou-2019",)),
        "choice": FormWords(("选项", "choice"), ("写其中之一", "one of the words listed")),
        "whole": FormWords(("整数", "whole number"), ("不带小数的数字", "digits only"), ("3",)),
        "yes-no": FormWords(("是否", "yes or no"), ("写 true（是）或 false（否）", "true or false"), ("true", "false")),
        "part": FormWords(("一组栏目", "group of fields"), ("下分几个栏目", "fields of its own")),
        "period": FormWords(("报告期", "period"), ("年、半年、季、月、周或起止日", "a year, half, quarter, month, week or range"), ("2023", "2023H1", "2023Q2", "2023-06", "2022-07-01..2023-06-30")),
        "time": FormWords(("时刻", "time"), ("时:分", "hour:minute"), ("09:00",)),
    }
)  # fmt: skip

#: Forms that some fields write in their own way.
_OWN_EXAMPLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "country": ("CN", "FR"), "file": ("ccicc/media/charter.jpg",), "address": ("name@example.org",),
        "zone": ("Asia/Shanghai", "Europe/Paris"), "template": ("ccicc-briefing",), "profile": ("briefing",),
        "programmes": ("ccicc",), "year": ("2012",), "url": ("https://example.org/",), "kind": ("facilities",),
        "doc": ("ccicc-slides-2023",), "theme": ("coordination",), "tags": ("example",),
    }
)  # fmt: skip


def examples_of(field: FieldShape) -> tuple[str, ...]:
    """What may be typed into *field*, an entry of it where it is a list."""
    shape = field.shape
    if shape.form == "choice":
        return ()
    own = _OWN_EXAMPLES.get(field.key, ()) if shape.form in {"word", "link"} else ()
    return own or FORMS[shape.form].examples


def choice_words(field: FieldShape, word: str) -> Words:
    """What a choice of *field* means, (Chinese, English)."""
    kind = field.owner.kind if issubclass(field.owner, Record) else ""
    return choice(word, kind, "zh"), choice(word, kind, "en")


def linked_kinds(shape: Shape) -> tuple[str, ...]:
    """The keys under which the records stand that a link may lead to; none: any."""
    return tuple(plural for plural, kind in KINDS.items() if kind.kind in shape.kinds)


def said(field: FieldShape, lang: str) -> str:
    """The form of *field* in words: 日期, 引用（meetings）, list of choices …"""
    zh = lang == "zh"
    name = FORMS[field.shape.form].name[0 if zh else 1]
    if field.shape.form == "link":
        kinds = linked_kinds(field.shape)
        found = "、".join(KIND_WORDS[k][0].split("：")[0] for k in kinds) if zh else ", ".join(kinds)
        name += f"（{found or '任何记录'}）" if zh else f" ({found or 'any record'})"
    if not field.many:
        return name
    return f"列表：{name}" if zh else f"list: {name}"


# --- an example of a record ---------------------------------------------------------------------------------

_LINKED = MappingProxyType(
    {
        "organisation": "cas", "alliance": "ccicc", "person": "wang-yifang", "source": "ccicc-slides-2023",
        "theme": "coordination", "series": "annual-meeting", "governance body": "general-assembly",
    }
)  # fmt: skip
_TEXTS = MappingProxyType({"zh": "中文", "en": "English"})


def example_record(kind: type[Record]) -> dict[str, Any]:
    """The least record of *kind*: its required fields, filled with examples."""
    record = _example_part(kind)
    record["id"] = f"{kind.kind.replace(' ', '-')}-1"
    if kind.plural == "metrics":
        record["quantity"] = "12500"  # exactly one of four is needed, which no single field says
    if kind.plural == "comments":  # where it comes from is the report; its text is what it is for
        return {**record, "text": "请核实这个数字"}
    record["source"] = record.pop("source", [{"doc": _LINKED["source"]}])
    return record


def _example_part(part: type[Part]) -> dict[str, Any]:
    return {field.key: _example(field) for field in fields_of(part) if field.required}


def _example(field: FieldShape) -> Any:
    """A value of *field* as YAML gives it."""
    shape = field.shape
    match shape.form:
        case "part":
            assert shape.part is not None
            value: Any = _example_part(shape.part)
        case "text":
            value = dict(_TEXTS)
        case "choice":
            own = getattr(field.owner, "kind", "")  # an alliance is of the type alliance
            value = own if own in shape.choices else shape.choices[0]
        case "link":
            value = next((_LINKED[kind] for kind in shape.kinds if kind in _LINKED), "cas")
        case "word":
            value = _TEXTS.get(field.key, "example")
        case form:
            value = FORMS[form].examples[0]
    return [value] if field.many else value
