"""Sentences about what became so when: updates, values over time, the days of an edition. The rules of `messages` hold."""

from __future__ import annotations

from collections.abc import Mapping

Rows = Mapping[str, tuple[str, ...]]

IN_TIME: Rows = {
    "value/vague-day": (
        "'{value}' leaves open when that was", "“{value}”没有写明是哪一天",
        "Write a day such as 2026-06-05, or a month or year, which count from their last day; no after, before or about.",
        "请写具体日期，例如 2026-06-05；写到月或年的，从最后一天算起。不能用 after、before、约。",
    ),
    "update/nothing": (
        "the update changes nothing", "这条更新没有改变任何字段",
        "Write beside 'on' what became of which field, for example 'status: held'.",
        "请在 on 旁写上改变了的字段，例如 status: held。",
    ),
    "update/never-id": (
        "an id never changes", "id 不能更新", "Take the field out of the update.", "请从更新中删去这个字段。",
    ),
    "update/never-formerly": (
        "a former id is not changed by an update", "曾用的 id 不用更新来改",
        "Write 'formerly' beside the id.", "请写在 id 旁的 formerly 里。",
    ),
    "update/never-name": (
        "a name does not change by an update", "名称不用更新来改",
        "Put what it was called until then under 'former' of the name, with 'until', and the new name above.",
        "请把原名写进 name 的 former（附 until），上面写现名。",
    ),
    "update/never-updates": (
        "an update holds no updates", "更新里不能再写 updates",
        "Write each as an entry of its own, with its own 'on'.", "请各写一条，各有自己的 on。",
    ),
    "update/never-figure": (
        "'{field}' does not change by an update", "“{field}”不用更新来改",
        "Add a line to 'values' ('spent' of a budget): {{at: 2026Q2, …}}; what was revised stands there once more, with 'known'.",
        "请在 values（经费为 spent）下加一行：{{at: 2026Q2, …}}；修订的数再写一行，并写上 known。",
    ),
    "update/required": (
        "'{field}' cannot be taken back: a record has it always", "“{field}”不能撤销：记录必须有这个字段",
        "Write what it is instead of '~'.", "请写出现在的值，不要写“~”。",
    ),
    "update/blank": (
        "nothing stands behind '{field}'", "“{field}”后面没有内容",
        "Write what it became; to take the field back write '{field}: ~'.", "请写出现在的值；要撤销这个字段请写“{field}: ~”。",
    ),
    "update/twice": (
        "'{field}' is changed twice on {on}; the other one: {other}", "“{field}”在 {on} 更新了两次，另一处：{other}",
        "Keep the one that holds.", "请只留一条。",
    ),
    "update/order": (
        "the update of {on} stands behind that of {before}", "{on} 的更新写在了 {before} 之后",
        "Put the oldest first; check the year.", "请按时间先后排列；也请核对年份。",
    ),
    "values/and-one": (
        "'{field}' and 'values' both say what the figure is; see {other}", "“{field}”和 values 都写了这个指标的数，见 {other}",
        "Move the figure and its date into 'values': {{at: …, {field}: …}}.", "请把它连同日期移进 values：{{at: …, {field}: …}}。",
    ),
    "values/sort": (
        "this is given as '{field}', the figure as '{other}'", "这里用的是“{field}”，这个指标用的是“{other}”",
        "Use the same field in all values, targets and the baseline.", "values、target、baseline 请用同一个字段。",
    ),
    "values/twice": (
        "there are two values for {at}; the other one: {other}", "{at} 有两个数，另一处：{other}",
        "If the later one revises the first, write 'known: DAY' beside it, the day it was learnt; else keep one.",
        "如果后一个是修订，请写上 known: 日期（得知的日子）；否则只留一个。",
    ),
    "time/overwritten": (
        "'{field}' of {record} was {before} in the issue {issue}, and is {after} now",
        "{record} 的“{field}”在已印发的 {issue} 中是 {before}，现在是 {after}",
        "Was the issue wrong? Then correct it: run.py build {report} --period {period}. Did it become so later? Then put {before} back and type: run.py update {record} {typed} --on DAY --source ID",
        "如果当时印错了，请更正：run.py build {report} --period {period}。如果是后来变的，请先改回 {before}，再输入：run.py update {record} {typed} --on 日期 --source 材料id",
    ),
    "time/late-entry": (
        "the entry of {on} reaches the issue {issue}, where '{field}' of {record} was {before}; it is {after} now",
        "{on} 的更新会改变已印发的 {issue}：其中 {record} 的“{field}”是 {before}，现在是 {after}",
        "If it was learnt only later, write so beside 'on': known: {today}. If the issue was wrong, correct it: run.py build {report} --period {period}.",
        "如果是后来才得知的，请在 on 旁写上 known: {today}。如果当时印错了，请更正：run.py build {report} --period {period}。",
    ),
    "time/new-record": (
        "{record} was not in the data of the issue {issue}, and would be in it now", "{record} 在印发 {issue} 时还没有，现在却会进入该期",
        "If it was learnt only later, add to the record: known: {today}. If it was missed, correct the issue: run.py build {report} --period {period}.",
        "如果是后来才得知的，请在这条记录里写上 known: {today}。如果是当时漏了，请更正：run.py build {report} --period {period}。",
    ),
}  # fmt: skip
