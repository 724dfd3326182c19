"""What every field about time is for, in a few words of Chinese and English: rows as in `field_help`."""

from __future__ import annotations

from collections.abc import Mapping

IN_TIME: Mapping[str, tuple[str, str]] = {
    "known": ("何时得知；不写则视为发生时即知", "when it was learnt; left out: when it became so"),
    "formerly": ("曾用的 id；写旧 id 的引用仍指向这条记录", "ids it once had; links to one of them still lead here"),
    "updates": ("后来的变化，一次一条，早的在前；原有内容不改", "what became so later, oldest first; nothing above is touched"),
    "Update.on": ("从哪天起是这样", "the day from which it is so"),
    "Update.note": ("给编辑的说明", "a remark for editors"),
    "Reported.at": ("哪一期或哪一天的数", "the period or day it is the figure of"),
    "Reported.known": ("何时得知；修订的数必须写", "when it was learnt; a revision must say so"),
    "FigureTarget.by": ("到什么时候达到", "by when it is to be reached"),
    "Baseline.at": ("哪一期或哪一天的数", "the period or day it is the figure of"),
    "Figured.ratio": ("比例；四者只能填一个", "two parts compared; one of ratio, quantity, share, money"),
    "Figured.quantity": ("数量；四者只能填一个", "a number; one of ratio, quantity, share, money"),
    "Figured.share": ("百分比；四者只能填一个", "a percentage; one of ratio, quantity, share, money"),
    "Figured.money": ("金额；四者只能填一个", "an amount; one of ratio, quantity, share, money"),
    "Metric.values": ("历次的数，一期一行；有它就不写单个的数和 date", "the figure over time, a line each; then no single figure and no date"),
    "Metric.target": ("目标：到何时达到多少", "what it is to be, by when"),
    "Metric.baseline": ("基期的数", "what it was when the targets were set"),
    "Spent.at": ("哪一期支出的", "the period in which it was spent"),
    "Spent.money": ("支出的金额", "the amount spent"),
    "Budget.spent": ("各期支出", "what was spent, period by period"),
    "Discussion.decided_by": ("由谁（或哪次会议）决定", "who decided, or the meeting that did"),
    "Action.title": ("要做什么", "what is to be done"),
    "Action.from": ("由哪项决定或哪次会议而来", "the decision or meeting it follows from"),
    "Action.owner": ("责任人", "who is in charge"),
    "Action.due": ("期限", "by when"),
    "Action.done": ("哪天完成的；未完成不写", "the day it was done; left out while it is not"),
    "Action.outcome": ("做成了什么", "what came of it"),
    "Edition.closed": (
        "截稿日：此后得知的不再写进这一期；不写则为期末加到期天数",
        "what is learnt later does not enter this issue; left out: the end of the period and the days until it is due",
    ),
    "Edition.since": ("与哪一期比较；不写则为上一期", "the edition it is compared with; left out: the one before"),
}  # fmt: skip
