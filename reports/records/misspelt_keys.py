"""Which field or kind was meant by a name that is none: near to one in letters, or what it is called in Chinese.

Loaded only where something is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.diagnostics.problems import near
from reports.model.description.field_help import names_in_chinese
from reports.model.description.forms import KIND_WORDS
from reports.model.kinds import KINDS
from reports.model.records import Part

#: Everyday words for fields, which the table of fields puts otherwise.
_ALSO: Mapping[str, str] = {
    "时间": "date", "名字": "name", "题目": "title", "主办": "organiser", "主办单位": "organiser", "参会人员": "participants",
    "参会单位": "participants", "人数": "attendance", "备注": "note", "来源": "source", "类型": "type", "负责人": "owner",
    "截止日期": "due", "金额": "money", "数量": "quantity", "比例": "ratio", "占比": "share",
}  # fmt: skip


def field_meant(part: type[Part], typed: str, keys: Iterable[str]) -> str:
    """The field of *part* that *typed* is meant for, "" where that cannot be known."""
    known = tuple(keys)
    bare = typed.strip("“”‘’\"' ")
    if found := near(bare, known):
        return found
    if bare.isascii():
        return ""
    called = {key: names_in_chinese(part, key) for key in known}
    exact = [key for key, names in called.items() if bare in names]
    ending = [key for key, names in called.items() if any(name.endswith(bare) for name in names)]
    also = [_ALSO[bare]] if _ALSO.get(bare) in known else []
    found_one = next((keys for keys in (exact, also, ending) if len(keys) == 1), [""])
    return found_one[0]


def kind_meant(typed: str, kinds: Iterable[str]) -> str:
    """The kind of records that *typed* is meant for: `person`, `Meetings` or 会议."""
    known = tuple(kinds)
    bare = typed.strip("“”‘’\"' ")
    named = {kind.kind: plural for plural, kind in KINDS.items() if plural in known}
    named |= {KIND_WORDS[plural][0].partition("：")[0]: plural for plural in known if plural in KIND_WORDS}
    return named.get(bare.casefold(), "") or near(bare, known)
