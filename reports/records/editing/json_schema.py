"""The model told as JSON Schema, for editors that complete and explain keys while a person types.

Draft 7, which VS Code's YAML extension knows best. Editors type scalars before they look (2023 is a number to
them), so every scalar may be text or number; what it means is for `validate` to say. The schema never refuses
what the product accepts; it may let through what `check` then explains.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from reports.diagnostics.words.records import SHEET
from reports.model.description.field_help import Words
from reports.model.description.forms import FORMS, KIND_WORDS, choice_words, examples_of, said
from reports.model.description.report_field_help import FORMAT_WORDS
from reports.model.description.shapes import FieldShape, Form, fields_of, parts_below
from reports.model.kinds import KINDS
from reports.model.records import Part, Update, can_change
from reports.model.report_definitions import FORMAT, ReportDefinition

Json = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_DAY = r"(\d{3}X|\d{4}(-\d{2}(-\d{2})?)?)"
#: What a text has to look like. Looser than the model where that is easier to say; never stricter.
_PATTERNS: Mapping[Form, str] = {
    "date": rf"^(unknown|illegible|(after\s+|before\s+|about\s+|约\s*)?{_DAY}\s*(/\s*{_DAY})?)$",
    "day": rf"^{_DAY}\s*(/\s*{_DAY})?$",
    "moment": rf"^({_DAY}\s*(/\s*{_DAY})?|\d{{4}}(Q[1-4]|H[12]|-W\d{{2}}))$",
    "ratio": r"\d\s*:\s*\d",
    "share": "[%％]",
    "money": r"[A-Z]{3}\s*\d",
    "quantity": r"\d",
    "time": r"^([01]\d|2[0-3]):[0-5]\d$",
}
#: 30 is no share, and 5 no money: a pattern alone would let numbers through.
_NEVER_NUMBERS = frozenset(("share", "money"))
_HAN = "㐀-鿿豈-﫿"


def data_schema() -> Json:
    """The schema of the data files: what each kind lists."""
    return _schema(KINDS, ("数据文件：每种记录一个列表", "data file: a list of records under each kind"))


def reports_schema() -> Json:
    """The schema of data/reports.yaml."""
    schema = _schema({"reports": ReportDefinition}, KIND_WORDS["reports"])
    number: Json = {
        **_told(FORMAT_WORDS),
        "type": ["integer", "string", "null"],
        "pattern": r"^\s*\d+\s*$",
        "minimum": 1,
        "maximum": FORMAT,
        "examples": [FORMAT],
    }
    return {**schema, "properties": {"format": number, **schema["properties"]}}


def written(schema: Json) -> str:
    """The text of a schema's file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _schema(lists: Mapping[str, type[Part]], words: Words) -> Json:
    listed: Json = {}
    for key, part in lists.items():
        item = {"$ref": f"#/definitions/{part.__name__}"}
        listed[key] = {**_told(KIND_WORDS[key]), "type": ["array", "null"], "items": item}
    return {
        "$schema": _DRAFT,
        **_told(words),
        "type": ["object", "null"],
        "properties": listed,
        "additionalProperties": False,
        "definitions": {**_COMMON, **_definitions(lists.values())},
    }


def _definitions(parts: Iterable[type[Part]]) -> Json:
    found = {inner.__name__: inner for part in parts for inner in parts_below(part) if inner is not Update}
    updates = {_update_of(part): _update(part) for part in found.values() if _has_updates(part)}
    return {**{name: _object(part) for name, part in found.items()}, **updates}


def _has_updates(part: type[Part]) -> bool:
    return any(field.shape.part is Update for field in fields_of(part))


def _update_of(part: type[Part]) -> str:
    return f"{part.__name__}Update"


def _update(part: type[Part]) -> Json:
    """An update holds its own fields, and of those of the record what changed; an empty one is taken back."""
    own = _object(Update)
    changed = {
        field.key: replace(field, required=False) for field in fields_of(part) if can_change(part, field.key)
    }
    told = {key: _field(field) for key, field in changed.items() if key not in own["properties"]}
    return {**own, "properties": {**own["properties"], **told}}


def _object(part: type[Part]) -> Json:
    fields = fields_of(part)
    return {
        "type": "object",
        "properties": {field.key: _field(field) for field in fields},
        "required": [field.key for field in fields if field.required],
        "additionalProperties": False,
    }


def _told(words: Words) -> Json:
    return {"title": words[0], "description": f"{words[0]}\n\n{words[1]}"}


def _field(field: FieldShape) -> Json:
    """One property: what it is for, what to write, and what it takes."""
    value = _value(field)
    if field.many:
        value = {"type": "array", "items": value, **({"minItems": 1} if field.filled else {})}
    if not field.required:
        value = _or_empty(value)
    examples = examples_of(field)
    shown: Json = {"examples": [[e] if field.many else e for e in examples]} if examples else {}
    if field.default not in (None, (), ""):
        shown["default"] = list(field.default) if isinstance(field.default, tuple) else field.default
    return {"title": field.words[0], "description": _description(field), **value, **shown}


def _description(field: FieldShape) -> str:
    form = FORMS[field.shape.form]
    lines = []
    for i, lang in enumerate(("zh", "en")):
        end = "。" if lang == "zh" else "."
        stop = "；" if lang == "zh" else "; "
        need = SHEET.say("required", lang) + stop if field.required else ""
        lines.append(f"{field.words[i]}{end}\n{need}{said(field, lang)}{stop}{form.write[i]}{end}")
    return "\n\n".join(lines)


def _or_empty(value: Json) -> Json:
    """An optional field may be there without a value."""
    if "enum" in value:
        told = [*value["markdownEnumDescriptions"], "空 · empty"]
        return {"enum": [*value["enum"], None], "markdownEnumDescriptions": told}
    if "$ref" in value or "anyOf" in value:
        arms = value.get("anyOf", [value])
        return {"anyOf": [*arms, {"type": "null"}]}
    types = value["type"] if isinstance(value["type"], list) else [value["type"]]
    return {**value, "type": [*types, "null"]}


def _value(field: FieldShape) -> Json:
    shape = field.shape
    match shape.form:
        case "part":
            assert shape.part is not None
            name = _update_of(field.owner) if shape.part is Update else shape.part.__name__
            return {"$ref": f"#/definitions/{name}"}
        case "text" | "date" | "day" | "moment":
            return {"$ref": f"#/definitions/{shape.form}"}
        case "choice":
            meanings = (choice_words(field, word) for word in shape.choices)
            return {
                "enum": list(shape.choices),
                "markdownEnumDescriptions": [" · ".join(m) for m in meanings],
            }
        case "whole":
            least = {} if shape.least is None else {"minimum": shape.least}
            return {"type": ["integer", "string"], "pattern": r"^\s*[+-]?\d+\s*$", **least}
        case "yes-no":
            return {"type": ["boolean", "integer", "string"]}
    if shape.form in _NEVER_NUMBERS:
        return {"type": "string", "pattern": _PATTERNS[shape.form]}
    return _scalar(shape.pattern or _PATTERNS.get(shape.form, ""))


def _scalar(pattern: str = "") -> Json:
    """A text; editors take some for numbers, and `true` for a truth."""
    return {"type": ["string", "number", "boolean"], **({"pattern": pattern} if pattern else {})}


_TEXT: Json = {
    "anyOf": [
        {
            "type": "object",
            "properties": {
                "zh": {"title": "中文", "description": "中文\n\nChinese", **_scalar()},
                "en": {"title": "英文", "description": "英文\n\nEnglish", **_scalar()},
                "zh-Hant": {"title": "繁体中文", "description": "繁体中文\n\nTraditional Chinese", **_or_empty(_scalar())},
            },
            "required": ["zh", "en"],
            "additionalProperties": False,
        },
        _scalar(rf"^[^{_HAN}]*$"),
    ]
}  # fmt: skip


def _date(pattern: str) -> Json:
    """A date in one text, or with what is said of it."""
    whole = _scalar(pattern)
    return {
        "anyOf": [
            whole,
            {
                "type": "object",
                "properties": {
                    "date": {"title": "能辨认的部分", "description": "能辨认的部分\n\nas much as can be read", **_or_empty(whole)},
                    "certainty": {"title": "确定程度", "description": "确定程度\n\nhow sure it is", "enum": ["stated", "inferred", "illegible", "unknown", None]},
                    "raw": {"title": "原文字样", "description": "原文字样\n\nthe letters of the source", **_or_empty(_scalar())},
                },
                "additionalProperties": False,
            },
        ]
    }  # fmt: skip


_COMMON: Json = {
    "text": _TEXT,
    "date": _date(_PATTERNS["date"]),
    "day": _date(_PATTERNS["day"]),
    "moment": _date(_PATTERNS["moment"]),
}
