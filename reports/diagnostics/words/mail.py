"""The fixed words of letters, in each language a recipient may read."""

from __future__ import annotations

from reports.diagnostics.words.table import Words

LETTERS = Words(
    {
        "correction": ("更正（第{revision}版）：", "Correction (revision {revision}): "),
        "in-name": (" 更正 第{revision}版", ", correction, revision {revision}"),
        "salutation": ("尊敬的{name}：", "Dear {name},"),
        "signature": ("{who}", "Yours sincerely,\n{who}"),
        "changed": ("与上期（{since}）相比：", "Since the last issue ({since}):", "與上期（{since}）相比："),
        "more-changes": ("另有{count}项变化。", "And {count} more.", "另有{count}項變化。"),
        "more-told": ("另有{count}项变化，见报告。", "And {count} more in the report.", "另有{count}項變化，見報告。"),
        "first": ("本报告首次印发。", "This is the first issue.", "本報告首次印發。"),
        "same": (
            "与上期（{since}）相比没有变化。",
            "Nothing has changed since the last issue ({since}).",
            "與上期（{since}）相比沒有變化。",
        ),
        "more": ("等{count}项", " and others, {count} in all", "等{count}項"),
        "between": ("；", "; "),
        "attached": ("附件：{names}", "Attached: {names}"),
        "unattached": ("报告见共享目录。", "The report is in the shared folder.", "報告見共享目錄。"),
        "automatic": ("本邮件由程序自动发送。", "This message was sent by a program.", "本郵件由程式自動發送。"),
        "draft": ("草稿待批准：{about}", "Draft to be approved: {about}"),
        "how-to-approve": (
            "请查看草稿，然后执行：run.py approve {report} {period} --by 姓名",
            "Look at the draft, then run: run.py approve {report} {period} --by NAME",
            "請查看草稿，然後執行：run.py approve {report} {period} --by 姓名",
        ),
        "where-drafts-are": ("草稿在 {folder}", "The draft is in {folder}"),
        "reminder": ("请补充：{about}{due}", "Please complete: {about}{due}", "請補充：{about}{due}"),
        "due": ("（{day}{time}到期）", " (due {day}, {time})"),
        "due-provisional": ("（暂定{day}{time}到期）", " (due {day}, {time}, provisional)", "（暫定{day}{time}到期）"),
        "owed": ("尚待补充：", "Still to be done:", "尚待補充："),
        "owed-nothing": ("没有待办事项，谢谢。", "Nothing is open. Thank you.", "沒有待辦事項，謝謝。"),
        "late": ("已逾期", "late:"),
        "soon": ("即将到期", "due soon:", "即將到期"),
        "due-late": (
            "{title}（{who}），{day}到期，已逾期{days}天",
            "{title} ({who}), due {day}, overdue by {days} days",
            "{title}（{who}），{day}到期，已逾期{days}天",
        ),
        "due-soon": ("{title}（{who}），{day}到期", "{title} ({who}), due {day}"),
        "overdue": ("计划已过期", "plans overdue:", "計劃已過期"),
        "stale": ("过时", "stale:", "過時"),
        "missing": ("未填", "fields open:"),
        "pictures": ("缺图片", "pictures missing:", "缺圖片"),
        "behind": ("译文滞后", "translations behind:", "譯文滯後"),
        "remarks": ("审阅意见待处理", "review marks open:", "審閱意見待處理"),
        "comments": ("返回意见待处理", "readers' comments open:", "返回意見待處理"),
        "unowned": ("讨论事项无责任人", "discussions without owner:", "討論事項無責任人"),
        "by": ("（{who}）", " ({who})"),
        "no owner": ("无负责人", "no owner", "無負責人"),
        "no news": ("本期无记录", "nothing in the period", "本期無記錄"),
        "alert": ("未能生成：{about}", "Could not be made: {about}"),
        "retry": ("程序会自动重试。", "It is tried again by itself.", "程式會自動重試。"),
        "stopped": ("进展报告任务无法运行", "The progress reports cannot be made", "進展報告任務無法運行"),
        "why-stopped": (
            "改正之前不生成报告，也不发送邮件；改正后自动继续，没有丢失任何内容。",
            "Nothing is made or sent until this is mended. Then the job goes on by itself; nothing is lost.",
            "改正之前不生成報告，也不發送郵件；改正後自動繼續，沒有丟失任何內容。",
        ),
        "restored": ("进展报告的账本已恢复", "The ledger of the progress reports was restored", "進展報告的賬本已恢復"),
        "why-restored": (
            "账本曾损坏或丢失，已用备份恢复；原有内容见 {kept}。最近所做的可能缺失，请核对 run.py history 和 run.py outbox。",
            "It was damaged or gone; its backup took its place, {kept} keeps the rest. Compare run.py history and outbox.",
            "賬本曾損壞或丟失，已用備份恢復；原有內容見 {kept}。最近所做的可能缺失，請核對 run.py history 和 run.py outbox。",
        ),
        "withdrawn": ("撤回：{title}", "Withdrawn: {title}"),
        "why-withdrawn": (
            "{title}（{number}）已于{day}撤回，请勿再使用或转发您手中的文件。",
            "{title}, {number}, was withdrawn on {day}. Please do not use or pass on the copy you have.",
            "{title}（{number}）已於{day}撤回，請勿再使用或轉發您手中的文件。",
        ),
        "reason": ("原因：{why}", "Reason: {why}"),
        "after-withdrawal": (
            "如印发更正，将另行寄送。",
            "If a correction is issued, it will be sent to you.",
            "如印發更正，將另行寄送。",
        ),
        "withdrawn-note": (
            "《{title}》{number}（{name}）已于 {day} 撤回。\n原因：{why}\n请勿使用以下文件：{files}",
            "{title}, {number}, was withdrawn on {day} ({name}).\nReason: {why}\nDo not use these files: {files}",
        ),
        "skipped": ("不出：{about}", "Passed over: {about}", "不出：{about}"),
        "why-skipped": (
            "到期时程序没有运行，按计划不再补做。",
            "The job did not run when it was due, and the plan says not to make it up.",
            "到期時程式沒有運行，按計劃不再補做。",
        ),
        "undelivered": ("未能确认送达：{about}", "Delivery in doubt: {about}", "未能確認送達：{about}"),
        "shared-folder": ("共享目录", "The shared folder", "共享目錄"),
        "failed": ("{recipient} 没有收到：{answer}", "{recipient} did not get it: {answer}", "{recipient} 沒有收到：{answer}"),
        "unknown": ("不知道 {recipient} 是否收到：{answer}", "It is not known whether {recipient} got it: {answer}"),
        "how-to-resolve": (
            "核实后执行：run.py outbox resend {id}（重发）或 run.py outbox drop {id}（放弃）",
            "Ask them, then run: run.py outbox resend {id}, or run.py outbox drop {id}",
            "核實後執行：run.py outbox resend {id}（重發）或 run.py outbox drop {id}（放棄）",
        ),
    }
)  # fmt: skip
