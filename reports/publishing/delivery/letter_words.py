"""The fixed words of letters, in each language a recipient may read. A part of `deliver`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.started import as_typed

#: By the word's name: Chinese, Traditional Chinese, English.
_WORDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "correction": ("更正（第{revision}版）：", "更正（第{revision}版）：", "Correction (revision {revision}): "),
        "changed": ("与上期相比", "與上期相比", "Since the last issue"),
        "corrected": ("与更正前相比", "與更正前相比", "What was corrected"),
        "first": ("本报告首次印发。", "本報告首次印發。", "This is the first issue."),
        "same": ("记录没有变化。", "記錄沒有變化。", "No record differs."),
        "added": ("新增", "新增", "New"),
        "removed": ("删去", "刪去", "Taken out"),
        "field-changed": ("{field} {before} → {after}", "{field} {before} → {after}", "{field} {before} → {after}"),
        "field-added": ("补充{field} {after}", "補充{field} {after}", "{field} added, {after}"),
        "field-removed": ("删去{field} {before}", "刪去{field} {before}", "{field} taken out, {before}"),
        "reworded": ("{field}改写", "{field}改寫", "{field} reworded"),
        "more-altered": ("另有{count}条记录有改动。", "另有{count}條記錄有改動。", "and {count} more records"),
        "more": ("等{count}项", "等{count}項", " and others, {count} in all"),
        "attached": ("附件：{names}", "附件：{names}", "Attached: {names}"),
        "unattached": ("报告见共享目录。", "報告見共享目錄。", "The report is in the shared folder."),
        "automatic": ("本邮件由程序自动发送。", "本郵件由程式自動發送。", "This message was sent by a program."),
        "draft": ("草稿待批准：{about}", "草稿待批准：{about}", "Draft to be approved: {about}"),
        "how-to-approve": (
            "请查看草稿，然后执行：run.py approve {report} {period} --by 姓名",
            "請查看草稿，然後執行：run.py approve {report} {period} --by 姓名",
            "Look at the draft, then run: run.py approve {report} {period} --by NAME",
        ),
        "where-drafts-are": ("草稿在 {folder}", "草稿在 {folder}", "The draft is in {folder}"),
        "reminder": ("请补充：{about}{due}", "請補充：{about}{due}", "Please complete: {about}{due}"),
        "due": ("（{day}{time}到期）", "（{day}{time}到期）", " (due {day}, {time})"),
        "owed": ("尚待补充：", "尚待補充：", "Still to be done:"),
        "owed-nothing": ("没有待办事项，谢谢。", "沒有待辦事項，謝謝。", "Nothing is open. Thank you."),
        "overdue": ("计划已过期", "計劃已過期", "plans overdue:"),
        "stale": ("过时", "過時", "stale:"),
        "missing": ("未填", "未填", "fields open:"),
        "pictures": ("缺图片", "缺圖片", "pictures missing:"),
        "behind": ("译文滞后", "譯文滯後", "translations behind:"),
        "remarks": ("审阅意见待处理", "審閱意見待處理", "review marks open:"),
        "comments": ("返回意见待处理", "返回意見待處理", "readers' comments open:"),
        "unowned": ("讨论事项无责任人", "討論事項無責任人", "discussions without owner:"),
        "by": ("（{who}）", "（{who}）", " ({who})"),
        "no owner": ("无负责人", "無負責人", "no owner"),
        "no news": ("本期无记录", "本期無記錄", "nothing in the period"),
        "alert": ("未能生成：{about}", "未能生成：{about}", "Could not be made: {about}"),
        "retry": ("程序会自动重试。", "程式會自動重試。", "It is tried again by itself."),
        "stopped": ("进展报告任务无法运行", "進展報告任務無法運行", "The progress reports cannot be made"),
        "why-stopped": (
            "改正之前不生成报告，也不发送邮件；改正后自动继续，没有丢失任何内容。",
            "改正之前不生成報告，也不發送郵件；改正後自動繼續，沒有丟失任何內容。",
            "Nothing is made or sent until this is mended. Then the job goes on by itself; nothing is lost.",
        ),
        "restored": ("进展报告的账本已恢复", "進展報告的賬本已恢復", "The ledger of the progress reports was restored"),
        "why-restored": (
            "账本曾损坏或丢失，已用备份恢复；原有内容见 {kept}。最近所做的可能缺失，请核对 run.py history 和 run.py outbox。",
            "賬本曾損壞或丟失，已用備份恢復；原有內容見 {kept}。最近所做的可能缺失，請核對 run.py history 和 run.py outbox。",
            "It was damaged or gone; its backup took its place, {kept} keeps the rest. Compare run.py history and outbox.",
        ),
        "skipped": ("已跳过：{about}", "已跳過：{about}", "Skipped: {about}"),
        "why-skipped": (
            "到期时程序没有运行，按计划不再补做。", "到期時程式沒有運行，按計劃不再補做。",
            "The job did not run when it was due, and the plan says not to make it up.",
        ),
        "undelivered": ("未能确认送达：{about}", "未能確認送達：{about}", "Delivery in doubt: {about}"),
        "shared-folder": ("共享目录", "共享目錄", "The shared folder"),
        "failed": ("{recipient} 没有收到：{answer}", "{recipient} 沒有收到：{answer}", "{recipient} did not get it: {answer}"),
        "unknown": (
            "不知道 {recipient} 是否收到：{answer}", "不知道 {recipient} 是否收到：{answer}",
            "It is not known whether {recipient} got it: {answer}",
        ),
        "how-to-resolve": (
            "核实后执行：run.py outbox resend {id}（重发）或 run.py outbox drop {id}（放弃）",
            "核實後執行：run.py outbox resend {id}（重發）或 run.py outbox drop {id}（放棄）",
            "Ask them, then run: run.py outbox resend {id}, or run.py outbox drop {id}",
        ),
    }
)  # fmt: skip

_COLUMNS = {"zh": 0, "zh-Hant": 1, "en": 2}
#: The language tags of the web for those of the product.
TAGS: Mapping[str, str] = MappingProxyType({"zh": "zh-CN", "zh-Hant": "zh-TW", "en": "en"})


def say(word: str, lang: str, **args: object) -> str:
    """The words in *lang*, filled."""
    return as_typed(_WORDS[word][_COLUMNS[lang]]).format_map(args)


def joined(texts: list[str], lang: str) -> str:
    """A list in a sentence."""
    return ("; " if lang == "en" else "；").join(texts)
