"""How a value was worked out, in the words of those who ask where it comes from."""

from __future__ import annotations

from reports.diagnostics.words.table import Words

#: By the rule of a worked-out value; Chinese, English, Traditional Chinese.
RULES = Words(
    {
        "sum": ("合计", "sum", "合計"),
        "share": ("占比", "share", "占比"),
        "count": ("计数", "count", "計數"),
        "times": ("提出次数", "times put", "提出次數"),
        "change": ("变化", "change", "變化"),
        "trend": ("走势", "trend", "走勢"),
        "age": ("时长", "age", "時長"),
        "state": ("推算的状态", "state worked out", "推算的狀態"),
        "target": ("与目标相比", "against the target", "與目標相比"),
    }
)


#: What a worked-out value is called in a list of corrections; *things* are the fields or kinds it was made of.
COMPUTED = Words(
    {
        "sum": ("{things}合计", "sum of {things}"),
        "share": ("{things}占比", "share of {things}"),
        "count": ("{things}数", "number of {things}"),
        "times": ("提出次数", "times put"),
        "change": ("变化", "change"),
        "age": ("天数", "days"),
        "state": ("状态", "state"),
        "target": ("与目标相比", "against the target"),
    }
)


def rule(name: str, lang: str) -> str:
    """Say a rule; of a file of another release it may be one that is not known here."""
    return RULES.say(name, lang) if name in RULES else name
