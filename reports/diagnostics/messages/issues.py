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
        "Nothing has to be done. To correct it, change the records and build again.",
        "无需操作。如需更正，请改记录后重新生成。",
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
    "issue/unknown": (
        "there is no issue '{name}'", "没有“{name}”这一期", "Known: {known}.", "已有：{known}。",
    ),
    "issue/lost-file": (
        "a file of this issue is no longer in the store: {name}", "本期的文件在存档中已找不到：{name}",
        "Put the state folder back from your own backup.", "请从备份中恢复状态目录。",
    ),
}  # fmt: skip

_SECOND_THOUGHTS: Rows = {
    "discard/no-draft": (
        "there is no draft of {report} {period} to discard", "没有可弃的草稿：{report} {period}",
        "Drafts: {known}.", "现有草稿：{known}。",
    ),
    "discard/issued": (
        "{report} {period} is issued, and there is no draft of a correction", "{report} {period} 已经印发，没有更正的草稿",
        'To take the issue back: run.py withdraw {report}/{period} --why "…".',
        '如要撤回：run.py withdraw {report}/{period} --why "…"。',
    ),
    "withdraw/superseded": (
        "{name} is no longer in force: {current} took its place", "{name} 已失效，由 {current} 取代",
        'To withdraw that one: run.py withdraw {current} --why "…".', '如要撤回后者：run.py withdraw {current} --why "…"。',
    ),
    "withdraw/already": (
        "{name} is withdrawn already", "{name} 已经撤回",
        "Nothing has to be done. run.py show {name} tells when and why.", "无需操作。何时为何撤回，见 run.py show {name}。",
    ),
    "withdraw/draft": (
        "{name} is a draft, which nobody got", "{name} 是草稿，没有发出",
        "To take it away: run.py discard {report} {period}.", "如要弃稿：run.py discard {report} {period}。",
    ),
    "withdraw/discarded": (
        "{name} was a draft, and is discarded", "{name} 是草稿，已经弃去", "Nothing has to be done.", "无需操作。",
    ),
    "rename/same": ("'{old}' is its id already", "“{old}”已经是它的 id", "Nothing has to be done.", "无需操作。"),
    "rename/unknown": (
        "no report and no record bears the id '{old}'", "没有 id 为“{old}”的报告或记录",
        "Write the id as it stands in reports.yaml or in a data file.", "请写 reports.yaml 或数据文件中的 id。",
    ),
    "rename/which": (
        "a report and a record bear the id '{old}'", "报告和记录都有 id“{old}”",
        "Say which: run.py rename report:{old} {new}, or record:{old}.",
        "请说明是哪一个：run.py rename report:{old} {new}，或 record:{old}。",
    ),
    "rename/taken": (
        "another record bears the id '{id}'", "另一条记录已使用 id“{id}”", "Choose another one.", "请换一个。",
    ),
    "rename/report-taken": (
        "another report bears the id '{id}'", "另一份报告已使用 id“{id}”", "Choose another one.", "请换一个。",
    ),
    "rename/already": (
        "'{old}' is called '{new}' already", "“{old}”已改名为“{new}”", "Nothing has to be done.", "无需操作。",
    ),
    "rename/has-issues": (
        "'{new}' has issues of its own, so those of '{old}' cannot follow", "“{new}”已有自己印发的各期，“{old}”的无法并入",
        "Choose another id, or keep both reports.", "请换一个 id，或保留两份报告。",
    ),
    "rename/no-room": (
        "'{old}' is written here in a way that cannot be changed by a program", "此处“{old}”的写法无法由程序改动",
        "Write it plainly, without & and *, then rename again.", "请直接写出（不用 & 和 *），再改名。",
    ),
    "rename/in-template": (
        "this template names '{id}'", "模板中写有“{id}”", "Write the new id here, too.", "此处也请改成新的 id。",
    ),
    "rename/completed": (
        "'{old}' was being renamed to '{new}', which is completed now; what was read before is out of date",
        "“{old}”改名为“{new}”曾经中断，现已完成；此前读入的数据已过时",
        "Type your command again.", "请重新运行刚才的命令。",
    ),
    "rename/report-gone": (
        "{count} issues of '{old}' are remembered, and there is no such report: was it renamed?",
        "记有“{old}”已印发的 {count} 期，而报告已不在：是否改了名？",
        "Before anything is built, run: run.py rename {old} {new}. Else all would be made and sent again.",
        "生成之前请先运行：run.py rename {old} {new}，否则会全部重新生成并发送。",
    ),
    "skip/no-schedule": (
        "{report} has no schedule, so nothing makes {period} by itself", "{report} 没有 schedule，{period} 不会自动生成",
        "Nothing has to be done.", "无需操作。",
    ),
    "skip/before": (
        "the schedule of {report} begins with {since}; {period} is before that", "{report} 从 {since} 起自动生成，{period} 在此之前",
        "Nothing has to be done.", "无需操作。",
    ),
    "skip/issued": (
        "{report} {period} has been made and issued", "{report} {period} 已经生成并印发",
        'To take it back: run.py withdraw {report}/{period} --why "…".',
        '如要撤回：run.py withdraw {report}/{period} --why "…"。',
    ),
    "skip/draft": (
        "there is a draft of {report} {period}", "{report} {period} 已有草稿",
        "Discard it, and the period is passed over: run.py discard {report} {period}.",
        "弃去草稿即不出这一期：run.py discard {report} {period}。",
    ),
    "skip/already": (
        "{report} {period} is passed over already", "{report} {period} 已经定为不出",
        "Nothing has to be done. To have it after all: run.py build {report} --period {period}.",
        "无需操作。需要时运行 run.py build {report} --period {period}。",
    ),
    "job/no-words": ("a reason of no words tells nothing", "原因不能为空", "Write a sentence.", "请写一句话。"),
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

ISSUES: Rows = {**_SCHEDULE, **_ISSUES, **_SECOND_THOUGHTS, **_LEDGER}
