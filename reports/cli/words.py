"""Every word the commands say to people, in Chinese and English; sentences that are problems stand in `messages`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.diagnostics.problems import Lang


def say(key: str, lang: Lang, **values: object) -> str:
    """Return the words for *key*; *values* are put where the words name them in braces."""
    chinese, english = WORDS[key]
    words = chinese if lang == "zh" else english
    return words.format_map(values) if values else words


def counted(key: str, count: int, lang: Lang) -> str:
    """Return how many there are of what *key* names: 1 error, 2 errors."""
    return say(f"{key}/one" if count == 1 else f"{key}/many", lang, count=count)


#: (Chinese, English) by topic and word.
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # what went wrong
        "internal": ("程序内部错误，请告知维护者", "internal error, please tell the maintainers"),
        "error/one": ("{count} 个错误", "{count} error"), "error/many": ("{count} 个错误", "{count} errors"),
        "warning/one": ("{count} 个警告", "{count} warning"), "warning/many": ("{count} 个警告", "{count} warnings"),
        "problems": ("{errors}，{warnings}", "{errors}, {warnings}"),
        # records, charts
        "added": ("新增 {new} 条，{known} 条已有", "{new} new, {known} there already"),
        "added/hidden": ("其中在表中隐藏的行：{rows}", "of these, from rows hidden in the sheet: {rows}"),
        "charts/missing": ("没有适用记录，未画：{names}", "not drawn, for want of records: {names}"),
        # a new report, a new secretariat
        "new/next": (
            "现在就可以生成：run.py build {name}。清单在 reports.yaml，正文随意修改。",
            "Build it: run.py build {name}. It is listed in reports.yaml; its text is yours to change.",
        ),
        "new/note": (
            "报告正文：Markdown，双花括号里取数据；写法见产品的 docs/templates.zh-CN.md。中英文两份要说同样的内容",
            "The report's text: Markdown, with data between double braces; docs/templates.md of the product explains it. Both languages say the same",
        ),
        "init/next": (
            """
进入该文件夹，在那里运行：
    cd {folder}
    {python} {program} check
    {python} {program} build
其余见 README.zh-CN.md。""",
            """
Go into the folder and run the program there:
    cd {folder}
    {python} {program} check
    {python} {program} build
README.md tells the rest.""",
        ),
        # issues: their states and what is told of them
        "issue/draft": ("草稿", "draft"), "issue/approved": ("已批准", "approved"), "issue/issued": ("已印发", "issued"),
        "issue/superseded": ("已被更正", "superseded"), "issue/built": ("生成于", "built"), "issue/data": ("数据", "data"),
        "issue/changes": ("与上一版的不同", "differs from the revision before"),
        "issue/added": ("增加", "added"), "issue/removed": ("删除", "removed"), "issue/changed": ("改动", "changed"),
        "issue/none": ("尚无记录", "nothing was built yet"),
        "issue/nobody": (
            "没有发给任何人：投递未开启，或未写收件人；以后可用 run.py deliver 报告/时期 补发",
            "it goes to nobody: delivery is off, or no recipients are named; run.py deliver REPORT/PERIOD sends it later",
        ),
        # rounds: what is due, and what became of it
        "due": ("到期", "due"), "due/nothing": ("无事可做", "nothing is due"),
        "due/build": ("生成", "build"), "due/skip": ("跳过", "skip"), "due/remind": ("提醒", "remind"),
        "outcome/issued": ("已印发", "issued"), "outcome/drafted": ("已出草稿", "drafted"), "outcome/reminded": ("已提醒", "reminded"),
        "outcome/skipped": ("跳过", "skipped"), "outcome/failed": ("失败", "failed"),
        # the outbox: what is sent, and how far it got
        "entry/pending": ("待发", "pending"), "entry/sent": ("已送达", "sent"), "entry/unknown": ("结果不明", "unknown"),
        "entry/failed": ("失败", "failed"), "entry/dropped": ("已放弃", "dropped"),
        "letter/issue": ("报告", "issue"), "letter/draft": ("草稿", "draft"), "letter/reminder": ("提醒", "reminder"),
        "letter/alert": ("故障", "alert"), "letter/skipped": ("跳过", "skipped"), "letter/undelivered": ("未送达", "undelivered"),
        "letter/restored": ("账本恢复", "restored"), "letter/folder": ("共享目录", "shared folder"),
        "letter/subject": ("主题", "subject"), "letter/files": ("附件", "files"),
        "letter/attempts": ("已试", "attempts"), "letter/next": ("下次", "next"),
        "deliver/nothing": ("没有待发的内容", "nothing waits to be sent"),
        "deliver/everybody": (
            "每位收件人都已列入发件箱，见 run.py outbox", "every recipient is in the outbox already: see run.py outbox",
        ),
        "deliver/off": (
            "投递未开启（data/delivery.yaml 中 on: true 开启）；下列收件人将收到报告：",
            "delivery is off ('on: true' in data/delivery.yaml switches it on); reports would go to:",
        ),
        "deliver/nobody": ("（尚未写收件人）", "(no recipients are named yet)"),
        # the readiness board
        "board": ("进度看板", "Readiness"),
        "board/green": ("绿", "green"), "board/amber": ("黄", "amber"), "board/red": ("红", "red"),
        "board/light": ("", ""), "board/section": ("部分", "section"), "board/owner": ("负责人", "owner"),
        "board/records": ("记录", "records"), "board/in_period": ("本期", "new"), "board/touched": ("最近改动", "touched"),
        "board/owed": ("待办", "owed"), "board/nobody": ("无", "nobody"),
        "board/as_of": ("数据截至", "as of"), "board/deadline": ("截止", "deadline"), "board/none": ("未设截止日期", "no deadline set"),
        "board/days": ("还有{days}天", "{days} days left"), "board/late": ("已过{days}天", "{days} days late"),
        "board/today": ("今天截止", "due today"),
        "board/untold": (
            "报告目前无法生成，缺少什么不得而知：请运行 check",
            "the report cannot be made now, so what it lacks is not known: run check",
        ),
        "board/plus": ("+：另有未提交的改动", "+: and changes that are not committed"), "board/?": ("?：不得而知", "?: nobody knows"),
        # what is owed
        "owed/overdue": ("计划已过期", "plans overdue"), "owed/stale": ("过时", "stale"), "owed/missing": ("未填", "fields open"),
        "owed/pictures": ("缺图片", "pictures missing"), "owed/behind": ("译文滞后", "translations behind"),
        "owed/remarks": ("审阅意见待处理", "review marks open"), "owed/comments": ("返回意见待处理", "readers' comments open"),
        "owed/unowned": ("讨论事项无责任人", "discussions without owner"), "owed/unknown": ("改动时间不明", "last change unknown"),
        "owed/no news": ("本期无记录", "nothing in the period"),
        # what came back from readers
        "review/none": ("读者没有留下批注或改动。", "Readers left no comments and no changes."),
        "review/all": ("共{count}条：{kinds}", "{count} in all: {kinds}"),
        "review/revision": ("第{n}版", "revision {n}"), "review/draft": ("第{n}版草稿", "draft of revision {n}"),
        "review/saved": ("最后保存：{who}", "last saved by {who}"), "review/unknown": ("不知是哪份报告", "report not known"),
        "review/on": ("原文：", "on: "), "review/says": ("意见：", "says: "), "review/wordless": ("（没有文字）", "(no words)"),
        "review/answers": ("答复：", "replies: "), "review/behind": ("位于“{words}”之后", "behind “{words}”"),
        "review/start": ("位于段首", "at the beginning of a paragraph"),
        "review/inserted": ("插入：", "inserted: "), "review/struck": ("删去：", "struck out: "), "review/was": ("原为：", "was: "),
        "review/now": ("改为：", "now: "), "review/gone": ("（原文已不在）", "(no longer there)"),
        "review/moved": ("移动：", "moved: "), "review/to": ("移至：", "to: "), "review/at": ("数据：", "data: "),
        "review/near": ("附近：", "near: "), "review/more": ("另有{count}处：{names}", "and {count} more: {names}"),
        "review/remark": ("审稿意见：", "our remark: "), "review/nowhere": ("数据：未能对应", "data: no place"),
        "review/changed": ("生成报告后已改，当时为“{words}”", "changed since the report was built, when it said “{words}”"),
        "review/elsewhere": ("生成报告后此记录另有改动：{names}", "the record was changed since in other fields: {names}"),
        "review/unfilled": ("{field} 未填", "{field} is not filled in"),
        "review/lost": ("此记录已不在数据中", "this record is in the data no more"),
        "review/resolved": ("文件中已解决", "resolved in the file"), "review/known": ("已录入", "in the data already"),
        "review/empty": ("空", "nothing"), "review/files": ("见于：", "in: "),
        "review/no section": ("正文之外", "outside of the text"),
        "review/how": ("加 --save 录入数据。", "--save puts them into the data."),
    }
)  # fmt: skip
