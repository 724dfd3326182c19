"""The model told as a page to look things up in: all kinds, all fields, what to type, with examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from reports.model.description.forms import (
    FORMS,
    KIND_WORDS,
    choice_words,
    example_record,
    examples_of,
    linked_kinds,
)
from reports.model.description.shapes import FieldShape, fields_of, parts_below
from reports.model.kinds import KINDS
from reports.model.records import Locator, Name, Part
from reports.model.report_definitions import FORMAT, ReportDefinition
from reports.records.text.emitter import compose


class _Page(Struct, frozen=True):
    """The sentences of the page in one language."""

    title: str
    intro: str
    forms: str
    forms_intro: str
    form_head: tuple[str, ...]
    kinds: str
    kinds_intro: str
    field_head: tuple[str, ...]
    reports: str
    reports_intro: str
    required: str
    list_of: str
    default: str
    inside: str
    separator: str
    any_record: str
    every: str
    later: str
    later_intro: str
    later_figures: str
    names: str
    names_intro: str


_PAGES: Mapping[str, _Page] = MappingProxyType(
    {
        "en": _Page(
            title="Kinds and fields",
            intro="Generated from the model by `run.py schema --reference`; do not edit. "
            "How records are written is told in the [page for editors](editors.md).",
            forms="Forms", forms_intro="What may be typed. A value is said as precisely as its source says it.",
            form_head=("Form", "Write", "Examples"),
            kinds="Kinds",
            kinds_intro="A data file lists records under these keys. Fields in **bold** are required; the others are left\n"
            "out where the source does not say. Every record also has what stands under [every record](#every-record).",
            field_head=("Field", "What it is for", "Form", "Example"),
            reports="Reports", reports_intro="What stands under `reports:` in `data/reports.yaml`. Above it stands `format: {}`: how the data are\n"
            "written. Left out, it is 1, the format before facts had days; `run.py migrate` makes the new of it.",
            required="required", list_of="list: {}", default="else `{}`", inside="Inside", separator=", ",
            any_record="any record", every="Every record",
            later="What became so later",
            later_intro="Nothing that is written is rewritten: what became so later is one more entry under `updates`, oldest first. It\n"
            "says the day from which it is so (`on`), the fields that changed, each whole, and its source; `field: ~` takes a\n"
            "field back. `known` is the day it was learnt, where that is another one. A report as of an earlier day does not\n"
            "know the entry. `id` and `name` never change so; of a name, `former` tells. `run.py update` writes the entry.",
            later_figures="A figure has a line for each time in `values`, money that was spent of a budget in `spent`; the same time once\n"
            "more, with `known`, is a revision.",
            names="Names",
            names_intro="What stands in `name`, whatever the kind.",
        ),
        "zh": _Page(
            title="记录种类与字段",
            intro="由 `run.py schema --reference` 根据程序中的定义生成，请勿手工修改。"
            "记录怎样写，见[编辑](editors.zh-CN.md)。",
            forms="写法", forms_intro="各类值怎样写。原文写到什么程度，就写到什么程度。",
            form_head=("类别", "怎样写", "例子"),
            kinds="记录种类",
            kinds_intro="数据文件在以下各键之下列出记录。**粗体**的字段必填；其余字段，原文没有写的就不写。\n"
            "每条记录还有[每条记录都有的字段](#每条记录都有的字段)。",
            field_head=("字段", "用途", "类别", "例子"),
            reports="报告", reports_intro="`data/reports.yaml` 中 `reports:` 之下的字段。上方的 `format: {}` 说明数据的写法；\n"
            "不写则为 1，即记录还没有时间时的写法，可用 `run.py migrate` 改写。",
            required="必填", list_of="列表：{}", default="不写即 `{}`", inside="其中", separator="、",
            any_record="任何记录", every="每条记录都有的字段",
            later="后来的变化",
            later_intro="写下的内容不改写：后来的变化在 `updates` 下另写一条，早的在前，写明从哪天起（`on`）、变了的字段（整个字段重写）和出处；\n"
            "`字段: ~` 撤销一个字段。得知的日子不是当天的，用 `known` 写明。截至更早日期的报告读不到这一条。`id` 和 `name` 不这样改，\n"
            "名称的变化写在 `former` 里。`run.py update` 可代为写入。",
            later_figures="指标的数在 `values` 下一期一行，经费的支出在 `spent` 下一期一行；同一期再写一行并注明 `known`，就是修订。",
            names="名称",
            names_intro="各类记录的 `name` 之下的字段。",
        ),
    }
)  # fmt: skip
_COMMON = ("id", "theme", "tags", "confidence", "source", "known", "note", "formerly", "updates")


def reference(lang: str) -> str:
    """The page in *lang*, as Markdown."""
    page = _PAGES[lang]
    lines = [f"# {page.title}", "", page.intro, "", f"## {page.forms}", "", page.forms_intro, ""]
    lines += [*_forms(lang), "", f"## {page.kinds}", "", page.kinds_intro, ""]
    lines += [*_common(lang), *_kinds(lang)]
    lines += [f"## {page.reports}", "", page.reports_intro.format(FORMAT), "", *_part(ReportDefinition, lang)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _forms(lang: str) -> Iterator[str]:
    i = 0 if lang == "zh" else 1
    yield from _head(_PAGES[lang].form_head)
    for words in FORMS.values():
        yield _row(words.name[i], words.write[i], _code(words.examples))


def _common(lang: str) -> Iterator[str]:
    """What every record has, and what names are made of: told once."""
    page = _PAGES[lang]
    common = [field for field in fields_of(KINDS["statements"]) if field.key in _COMMON]
    yield from (f"### {page.every}", "", *_table(common, lang), "", *_inner(common, lang))
    yield from (f"### {page.later}", "", page.later_intro, "", *_shown(_LATER))
    yield from (page.later_figures, "", *_shown(_FIGURE))
    yield from (f"### {page.names}", "", page.names_intro, "", *_table(fields_of(Name), lang), "")
    yield from _inner(fields_of(Name), lang)


_SOURCE = [{"doc": "ccicc-slides-2023"}]
_LATER: Mapping[str, Any] = {
    "meetings": {
        "id": "council-7",
        "title": {"zh": "第七次理事会", "en": "Seventh council"},
        "date": "2026-06-20",
        "place": "Geneva",
        "status": "planned",
        "source": _SOURCE,
        "known": "2026-02-01",
        "updates": [
            {"on": "2026-06-05", "date": "2026-09-15", "place": None, "source": _SOURCE},
            {"on": "2026-09-15", "known": "2026-10-20", "status": "held", "source": _SOURCE},
        ],
    }
}
_FIGURE: Mapping[str, Any] = {
    "metrics": {
        "id": "visitors",
        "title": {"zh": "来访人数", "en": "Visitors"},
        "values": [
            {"at": "2026Q1", "quantity": "412"},
            {"at": "2026Q2", "quantity": "463"},
            {"at": "2026Q2", "quantity": "460", "known": "2026-09-01"},
        ],
        "target": [{"by": "2026Q4", "quantity": "500"}],
        "baseline": {"at": "2025", "quantity": "380"},
        "source": _SOURCE,
    }
}


def _shown(example: Mapping[str, Any]) -> Iterator[str]:
    for plural, record in example.items():
        yield from ("```yaml", f"{plural}:", *compose(record), "```", "")


def _kinds(lang: str) -> Iterator[str]:
    for plural, kind in KINDS.items():
        yield from (f"### {plural}", "", KIND_WORDS[plural][0 if lang == "zh" else 1], "")
        yield from ("```yaml", f"{plural}:", *compose(example_record(kind)), "```", "")
        yield from _part(kind, lang)


def _part(part: type[Part], lang: str) -> Iterator[str]:
    whole = part is ReportDefinition
    own = [
        f for f in fields_of(part) if whole or f.key not in _COMMON or (f.key == "source" and not f.required)
    ]
    yield from (*_table(own, lang), "")
    yield from _inner([field for field in own if field.key != "source"], lang)


def _inner(fields: Sequence[FieldShape], lang: str) -> Iterator[str]:
    """The groups of fields inside these fields, a table each."""
    colon = "：" if lang == "zh" else ":"
    for field in fields:
        part = field.shape.part
        if part is None or part is Name:
            continue
        for inner in parts_below(part):
            if inner is Locator and part is not Locator:
                continue  # told once, under every record
            name = field.key if inner is part else _key_of(part, inner)
            yield from (f"{_PAGES[lang].inside} `{name}`{colon}", "", *_table(fields_of(inner), lang), "")


def _key_of(part: type[Part], inner: type[Part]) -> str:
    """The field below *part* that holds *inner*."""
    held = (f.key for p in parts_below(part) for f in fields_of(p) if f.shape.part is inner)
    return next(held)


def _table(fields: Sequence[FieldShape], lang: str) -> Iterator[str]:
    yield from _head(_PAGES[lang].field_head)
    for field in fields:
        key = f"**`{field.key}`**" if field.required else f"`{field.key}`"
        words = field.words[0 if lang == "zh" else 1]
        example = "" if field.shape.form == "text" else _code(examples_of(field)[:1])
        yield _row(key, words + _default(field, lang), _form(field, lang), example)


def _default(field: FieldShape, lang: str) -> str:
    if field.default in (None, (), "", False):
        return ""
    default = ", ".join(field.default) if isinstance(field.default, tuple) else str(field.default)
    shown = _PAGES[lang].default.format("true" if field.default is True else default)
    return f"（{shown}）" if lang == "zh" else f" ({shown})"


def _form(field: FieldShape, lang: str) -> str:
    page, shape = _PAGES[lang], field.shape
    name = FORMS[shape.form].name[0 if lang == "zh" else 1]
    if shape.form == "choice":
        own = (choice_words(field, word)[0 if lang == "zh" else 1] for word in shape.choices)
        name = page.separator.join(
            f"`{w}`" if w == said else f"`{w}` {said}" for w, said in zip(shape.choices, own, strict=True)
        )
    elif shape.form == "link":
        kinds = page.separator.join(f"[{kind}](#{kind})" for kind in linked_kinds(shape))
        name = f"{name} → {kinds or page.any_record}"
    elif shape.part is Name:
        name = f"[{page.names}](#{page.names.lower()})"
    return page.list_of.format(name) if field.many else name


def _code(examples: Sequence[str]) -> str:
    return " ".join(f"`{example}`" for example in examples)


def _head(cells: Sequence[str]) -> Iterator[str]:
    yield _row(*cells)
    yield f"|{'---|' * len(cells)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
