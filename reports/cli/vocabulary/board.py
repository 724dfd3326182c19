"""Words of the readiness board."""

from __future__ import annotations

WORDS = {
    # the readiness board
    "board": ("进度看板", "Readiness"),
    "board.green": ("绿", "green"), "board.amber": ("黄", "amber"), "board.red": ("红", "red"),
    "board.light": ("", ""), "board.section": ("部分", "section"), "board.owner": ("负责人", "owner"),
    "board.records": ("记录", "records"), "board.in_period": ("本期", "new"), "board.touched": ("最近改动", "touched"),
    "board.owed": ("待办", "owed"), "board.nobody": ("无", "nobody"),
    "board.as_of": ("数据截至", "as of"), "board.deadline": ("截止", "deadline"), "board.none": ("未设截止日期", "no deadline set"),
    "board.days": ("还有{days}天", "{days} days left"), "board.late": ("已过{days}天", "{days} days late"),
    "board.today": ("今天截止", "due today"), "board.issued": ("已于{day}印发", "issued on {day}"),
    "board.in_time": ("按期", "in time"), "board.after": ("晚{days}天", "{days} days after it was due"),
    "board.passed over": ("本期不出", "passed over: it is not made"),
    "board.untold": (
        "报告目前无法生成，缺少什么不得而知：请运行 check",
        "the report cannot be made now, so what it lacks is not known: run check",
    ),
    "board.nothing": ("没有可显示的内容：数据目录中还没有记录", "nothing to show: there are no records in the data folder"),
    "board.no records": (
        "没有可显示的内容：此报告只用 {programmes} 的记录，那里还没有；请在那里添加，或改 reports.yaml 中的 programmes",
        "nothing to show: this report takes records of {programmes}, and there are none; add some, or change 'programmes' in reports.yaml",
    ),
    "board.unshown": (
        "没有可显示的内容：此报告可用 {count} 条记录，但都不属于任何主题，报告也没有显示",
        "nothing to show: of the {count} records this report may take, none has a theme, and it shows none",
    ),
    "board.undelivered": ("未送达：", "not delivered:"),
    "board.plus": ("+：另有未提交的改动", "+: and changes that are not committed"), "board.?": ("?：不得而知", "?: nobody knows"),
    "board.due.late": ("逾期{days}天", "overdue by {days} days"), "board.due.late1": ("逾期1天", "overdue by 1 day"),
    "board.due.soon": ("{day}到期", "due on {day}"), "board.due.within": ("{day}内到期", "due in {day}"),
    "board.due.line": ("{title}（{id}），{owner}，{state}", "{title} ({id}), {owner}, {state}"),
    # what is owed
    "owed.late": ("已逾期", "late"), "owed.soon": ("即将到期", "due soon"),
    "owed.overdue": ("计划已过期", "plans overdue"), "owed.stale": ("过时", "stale"), "owed.missing": ("未填", "fields open"),
    "owed.pictures": ("缺图片", "pictures missing"), "owed.behind": ("译文滞后", "translations behind"),
    "owed.remarks": ("审阅意见待处理", "review marks open"), "owed.comments": ("返回意见待处理", "readers' comments open"),
    "owed.unowned": ("讨论事项无责任人", "discussions without owner"), "owed.unknown": ("改动时间不明", "last change unknown"),
    "owed.no news": ("本期无记录", "nothing in the period"),
}  # fmt: skip
