"""Words about what came back from readers."""

from __future__ import annotations

WORDS = {
    # what came back from readers
    "trace.no data": (
        "没有数据文件夹“{folder}”，只列出记录和字段；请用 --data 指明。",
        "there is no data folder '{folder}': only record and field are told; name it with --data",
    ),
    "trace.worked out": ("由{count}项得出（{rule}）：", "worked out ({rule}) from {count}:"),
    "trace.otherwise": ("! 现为：{value}", "! reads otherwise now: {value}"),
    "trace.gone": ("! 已不在数据中", "! no longer in the data"),
    "verify.current": ("现行版，印发于{at}", "in force, issued {at}"),
    "verify.draft": ("草稿，生成于{at}", "a draft, built {at}"),
    "verify.draft issued": ("草稿；正式版印发于{at}", "a draft of what was issued {at}"),
    "verify.superseded": ("已被第{n}版取代（{at}）", "superseded by revision {n} ({at})"),
    "verify.unknown": ("“{folder}”的记录中没有这一版", "no issue and no draft that '{folder}' remembers"),
    "verify.no ledger": (
        "“{folder}”中没有印发记录，无从判断是否现行；请用 --output 指明。",
        "'{folder}' remembers no issues, so nobody can say whether it is in force: name the folder with --output",
    ),
    "verify.same": ("所载事实与数据相符。", "Every fact reads the same now."),
    "verify.otherwise": ("按同一截至日（{day}），以下{count}项现在不同：", "{count} read otherwise now, as of the same day ({day}):"),
    "verify.otherwise undated": ("以下{count}项现在不同：", "{count} read otherwise now:"),
    "verify.by hand": ("文件中有{count}处事实经人改动：", "{count} changed in the file by hand:"),
    "verify.nothing": ("（无）", "nothing"),
    "review.none": ("读者没有留下批注或改动。", "Readers left no comments and no changes."),
    "review.all": ("共{count}条：{kinds}", "{count} in all: {kinds}"),
    "review.revision": ("第{n}版", "revision {n}"), "review.draft": ("第{n}版草稿", "draft of revision {n}"),
    "review.saved": ("最后保存：{who}", "last saved by {who}"), "review.unknown": ("不知是哪份报告", "report not known"),
    "review.on": ("原文：", "on: "), "review.says": ("意见：", "says: "), "review.wordless": ("（没有文字）", "(no words)"),
    "review.answers": ("答复：", "replies: "), "review.behind": ("位于“{words}”之后", "behind “{words}”"),
    "review.start": ("位于段首", "at the beginning of a paragraph"),
    "review.inserted": ("插入：", "inserted: "), "review.struck": ("删去：", "struck out: "), "review.was": ("原为：", "was: "),
    "review.now": ("改为：", "now: "), "review.gone": ("（原文已不在）", "(no longer there)"),
    "review.moved": ("移动：", "moved: "), "review.to": ("移至：", "to: "), "review.at": ("数据：", "data: "),
    "review.near": ("附近：", "near: "), "review.more": ("另有{count}处：{names}", "and {count} more: {names}"),
    "review.remark": ("审稿意见：", "our remark: "), "review.nowhere": ("数据：未能对应", "data: no place"),
    "review.changed": ("生成报告后已改，当时为“{words}”", "changed since the report was built, when it said “{words}”"),
    "review.elsewhere": ("生成报告后此记录另有改动：{names}", "the record was changed since in other fields: {names}"),
    "review.unfilled": ("{field} 未填", "{field} is not filled in"),
    "review.lost": ("此记录已不在数据中", "this record is in the data no more"),
    "review.resolved": ("文件中已解决", "resolved in the file"), "review.known": ("已录入", "in the data already"),
    "review.empty": ("空", "nothing"), "review.seen in": ("见于：", "in: "),
    "review.no section": ("正文之外", "outside of the text"),
    "review.how": ("加 --save 录入数据。", "--save puts them into the data."),
}  # fmt: skip
