"""The sentences about schedules, issues, the ledger and its lock."""

from __future__ import annotations

Rows = dict[str, tuple[str, ...]]

_SCHEDULE: Rows = {
    "schedule/time": (
        "'{value}' is not a time of day", "“{value}”不是时刻", "Write for example '09:00'.", "例如 '09:00'。",
    ),
    "schedule/zone": (
        "'{value}' is not a time zone known here", "没有时区“{value}”",
        "Write for example Asia/Shanghai or Europe/Zurich; on Windows the package tzdata has to be installed.",
        "例如 Asia/Shanghai、Europe/Zurich；Windows 上须装有 tzdata。",
    ),
    "schedule/days": (
        "'{value}' is not a number of days", "“{value}”不是天数",
        "Write a whole number from {least} to 366.", "请写 {least} 到 366 的整数。",
    ),
    "schedule/address": (
        "'{value}' is not an e-mail address", "“{value}”不是邮件地址",
        "Write the bare address, for example office@example.org.", "只写地址本身，例如 office@example.org。",
    ),
    "schedule/salutation": (
        "'{value}' cannot begin a letter", "“{value}”不能作信的称呼",
        'Write the words in quotation marks, for example "Dear {{name}},"; nothing but {{name}} is filled in.',
        '请写文字，加引号，例如 "尊敬的{{name}}："；只有 {{name}} 会换成收件人的名称。',
    ),
    "schedule/address-twice": (
        "'{value}' is listed twice here", "“{value}”在此处列了两次", "Delete one.", "请删除其一。",
    ),
    "schedule/since": (
        "no schedule begins in {value}", "定时生成不能从 {value} 开始",
        "Write the first period that is to be made, for example 2023Q2.", "请写首个要生成的报告期，例如 2023Q2。",
    ),
    "schedule/range": (
        "a report of free ranges cannot have a schedule", "自由起止的报告不能定时生成",
        "Choose a period kind, or take the schedule away.", "请换一种报告期，或删去 schedule。",
    ),
    "schedule/none": (
        "no report has a schedule", "没有任何报告写明 schedule",
        "Write 'schedule:' in a report of reports.yaml.", "请在 reports.yaml 的报告下写 schedule:。",
    ),
    "schedule/log": (
        "the log cannot be written: {detail}", "日志无法写入：{detail}",
        "Check the folder's permissions and free space.", "请检查目录权限和剩余空间。",
    ),
    "duty/internal": (
        "internal error, please tell the maintainers: {detail}", "程序内部错误，请告知维护者：{detail}",
    ),
}  # fmt: skip

_ISSUES: Rows = {
    "issue/no-draft": (
        "there is no draft of {report} {period} to approve", "没有可批准的草稿：{report} {period}",
        "Build it first: run.py build {report} --period {period}.", "请先生成：run.py build {report} --period {period}。",
    ),
    "issue/already": (
        "{report} {period} is issued, and there is no draft of a correction", "{report} {period} 已经印发，没有更正的草稿",
        "Nothing has to be done. To correct it, change the records and type: run.py build {report} --period {period} --correct.",
        "无需操作。如需更正，请改记录后输入：run.py build {report} --period {period} --correct。",
    ),
    "issue/differs": (
        "{report} {period} is issued and would read otherwise now; it was left as it is", "{report} {period} 已经印发，现在重做会有不同；已印发的没有改动",
        "Was the issue wrong? Then ask for a correction: run.py build {report} --period {period} --correct. What became so later belongs into an update, and into the next report.",
        "如果当时印错了，请要求更正：run.py build {report} --period {period} --correct。后来才变的，请写成更新，进入下一期报告。",
    ),
    "issue/incomplete": (
        "the draft lacks '{name}'", "草稿缺少“{name}”",
        "Build all languages and formats together: run.py build {report} --period {period}.",
        "请一次生成全部语言和格式：run.py build {report} --period {period}。",
    ),
    "issue/file-differs": (
        "this file is not the draft that was recorded", "此文件不是所记录的草稿",
        "It was edited or replaced. Change the records, not the file; build anew, look at it, approve then.",
        "文件被改动或替换过。请改记录，不要改文件；重新生成，看过之后再批准。",
    ),
    "issue/file-missing": (
        "this file of the draft is gone", "草稿中的此文件不见了",
        "Build anew, look at it, approve then.", "请重新生成，看过之后再批准。",
    ),
    "issue/check-fails": (
        "{report} {period} cannot be approved while 'check' finds errors", "“check”查出错误，不能批准 {report} {period}",
        "Correct them, build anew, look at it, approve then.", "请改正后重新生成，看过之后再批准。",
    ),
    "issue/changed-since": (
        "the data have changed since the draft of {report} {period} was built; nothing was issued", "{report} {period} 的草稿生成之后数据有了改动；没有印发",
        "Build it anew, look at it, approve then. To issue the draft as it is: run.py approve {report} {period} --yes.",
        "请重新生成，看过之后再批准。要照草稿原样印发：run.py approve {report} {period} --yes。",
    ),
    "issue/unknown": (
        "there is no issue '{name}'", "没有“{name}”这一期", "Known: {known}.", "已有：{known}。",
    ),
    "issue/lost-file": (
        "a file of this issue is no longer in the store: {name}", "本期的文件在存档中已找不到：{name}",
        "Put the state folder back from your own backup.", "请从备份中恢复状态目录。",
    ),
}  # fmt: skip

_LEDGER: Rows = {
    "ledger/restored": (
        "the ledger was damaged ({detail}); it was kept as {kept} and restored from the backup of {at}",
        "账本损坏（{detail}）；原件保存为 {kept}，已用 {at} 的备份恢复",
        "What was done after that moment may be missing: look at run.py history.",
        "此后所做的可能缺失，请看 run.py history。",
    ),
    "ledger/gone": (
        "the ledger was gone; it was restored from the backup of {at}", "账本不见了；已用 {at} 的备份恢复",
        "What was done after that moment may be missing: look at run.py history.",
        "此后所做的可能缺失，请看 run.py history。",
    ),
    "ledger/damaged": (
        "the ledger is damaged ({detail}) and there is no good backup", "账本损坏（{detail}），也没有完好的备份",
        "Nothing was done. Put the file back from your own backup; to begin anew, move the folder {folder} away.",
        "未做任何事。请从您自己的备份恢复此文件；如要从头开始，请移走目录 {folder}。",
    ),
    "ledger/look": (
        "the ledger is damaged ({detail})", "账本损坏（{detail}）",
        "The next build or run-due restores it from its backup and says so.", "下次 build 或 run-due 会用备份恢复并说明。",
    ),
    "ledger/unreadable": (
        "the ledger cannot be read: {detail}", "账本无法读取：{detail}",
        "It is not damaged. Check the folder's permissions; while another run is at work, try again.",
        "账本没有损坏。请检查目录权限；如有其他程序正在运行，请稍后再试。",
    ),
    "ledger/newer": (
        "the ledger was written by a newer release (version {found}, this one knows {known})",
        "账本由较新的版本写成（版本 {found}，本程序只认识到 {known}）",
        "Nothing was done. Install the newer release again.", "未做任何事。请重新安装较新的版本。",
    ),
    "ledger/unwritable": (
        "the ledger cannot be written: {detail}", "账本无法写入：{detail}",
        "Check the folder's permissions and free space, then run again; nothing is lost.",
        "请检查目录权限和剩余空间，然后重试；没有丢失任何内容。",
    ),
    "lock/waits": ("waiting for another run: {who}", "等待另一个程序：{who}"),
    "lock/held": (
        "another run is at work here: {who}", "另一个程序正在运行：{who}",
        "Wait until it has ended, then run again.", "请等它结束后再运行。",
    ),
}  # fmt: skip

ISSUES: Rows = {**_SCHEDULE, **_ISSUES, **_LEDGER}
