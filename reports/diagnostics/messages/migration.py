"""Sentences about old data that are turned into new: what is done, what is left alone and why. The rules of `messages` hold."""

from __future__ import annotations

from collections.abc import Mapping

Rows = Mapping[str, tuple[str, ...]]

MIGRATION: Rows = {
    "migrate/series": (
        "{count} figures become the values of one, {id}: {ids}", "{count} 个单独的数合为一个指标 {id} 的 values：{ids}",
    ),
    "migrate/chain": (
        "{count} matters carried over from one another become one, {id}, and its updates: {ids}",
        "{count} 条延续的事项合为一条 {id} 及其 updates：{ids}",
    ),
    "migrate/not-stated": (
        "'{field}: not stated' is taken out of {id}: a field left out says the same",
        "从 {id} 中删去“{field}: not stated”：不写就是未载明",
    ),
    "migrate/format": ("the data are of format {format} now", "数据的格式编号改为 {format}"),
    "migrate/left-named": (
        "{ids} are left alone: {other} names one of them", "{ids} 未动：{other} 提到其中的 id",
        "Let it name the one that stays, or choose by subject or group, and migrate again.",
        "请改用保留的 id，或按 subject、group 选取，然后再运行一次。",
    ),
    "migrate/left-comment": (
        "{ids} are left alone: the comment at {other} would be lost", "{ids} 未动：{other} 的注释会丢失",
        "Move the comment above the record, and migrate again.", "请把注释移到记录上方，然后再运行一次。",
    ),
    "migrate/left-unsafe": (
        "{ids} are left alone: they stand in brackets or share lines with others", "{ids} 未动：写在方括号里，或与其他内容同在一行",
        "Begin each record on a line of its own with '- id: …', and migrate again.",
        "请把每条记录另起一行，以“- id: …”开头，然后再运行一次。",
    ),
    "migrate/left-list": (
        "{ids} are left alone: the list at {other} names several of them", "{ids} 未动：{other} 的列表引用了其中几条",
        "Leave one of them in the list, and migrate again.", "请在列表中只留一条，然后再运行一次。",
    ),
    "migrate/left-field": (
        "{ids} are left alone: {other} has '{field}' already", "{ids} 未动：{other} 已有 {field}",
        "Put them together by hand.", "请手工合并。",
    ),
    "migrate/left-differs": (
        "{ids} are left alone: they differ in '{field}'", "{ids} 未动：它们的 {field} 不同",
        "Where they are of one subject, let '{field}' be the same, and migrate again.",
        "如果是同一个指标，请把 {field} 改成一致，然后再运行一次。",
    ),
    "migrate/left-undated": (
        "{ids} are left alone: {other} has no date", "{ids} 未动：{other} 没有日期",
        "Where its source states the day or period, add 'date'.", "材料载有日期的，请补上 date。",
    ),
    "migrate/left-vague": (
        "{ids} are left alone: '{value}' of {other} leaves open when that was", "{ids} 未动：{other} 的“{value}”没有写明是哪一天",
        "Where its source states the day or period, write it.", "材料载有日期的，请写明。",
    ),
    "migrate/left-twice": (
        "{ids} are left alone: {one} and {other} are figures of the same time", "{ids} 未动：{one} 与 {other} 是同一时间的数",
        "Keep the one that holds, or give the two other titles.", "请只留一个；如果不是同一个指标，请用不同的标题。",
    ),
    "migrate/left-parts": (
        "{ids} are left alone: more than one goes on from {other}", "{ids} 未动：由 {other} 延续出了不止一条",
        "Put them together by hand, or leave them as they are.", "请手工合并，或保持原样。",
    ),
    "migrate/left-programmes": (
        "{ids} are left alone: they are of several programmes", "{ids} 未动：分属不同项目",
        "Put them into one folder, or leave them as they are.", "请放进同一个文件夹，或保持原样。",
    ),
    "migrate/left-order": (
        "{ids} are left alone: {other} was not raised after {one}", "{ids} 未动：{other} 的提出日期不晚于 {one}",
        "Check both dates.", "请核对两个日期。",
    ),
    "migrate/left-edition": (
        "{ids} are left alone: the edition {edition} would say something else", "{ids} 未动：{edition} 的内容会因此改变",
        "Put them together by hand, or leave them as they are.", "请手工合并，或保持原样。",
    ),
    "migrate/left-wrong": (
        "{ids} are left alone: together they would break a rule of the data", "{ids} 未动：合并后会违反数据规则",
        "Put them together by hand; run.py check then says what is wrong.", "请手工合并，并用 run.py check 查看问题。",
    ),
    "migrate/left-not-stated": (
        "'{field}: not stated' of {id} is left as it is: it shares its line with something else",
        "{id} 的“{field}: not stated”未动：同一行还有其他内容",
        "Take it out by hand; until then it means the empty field.", "请手工删去；在此之前按空字段理解。",
    ),
    "migrate/left-format": (
        "the number of the format could not be entered", "格式编号没有写入",
        "Write 'format: {format}' above 'reports:'.", "请在 reports: 上方写 format: {format}。",
    ),
    "migrate/left-states": (
        "{count} records say a state and no day on which it came ({kinds}); none is made up",
        "{count} 条记录写有状态而没有日期（{kinds}）；不作推测",
        "They count from the beginning, as before. What changes from now on goes into 'updates'.",
        "和以前一样，视为一开始就是如此。以后的变化请写进 updates。",
    ),
}  # fmt: skip
