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
    "schedule/address-letters": (
        "the part of '{value}' before the @ has letters that mail servers do not carry",
        "“{value}”的 @ 之前含有邮件服务器不支持的字符",
        "Give an address in Latin letters, for example office@example.org; the domain may be Chinese.",
        "请改用拉丁字母的地址，例如 office@example.org；域名可以是中文。",
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
    "schedule/clock-behind": (
        "the clock shows {now}, but the last round was on {last}", "本机时间为 {now}，而上一轮在 {last}",
        "One of the two is wrong. What is due by {now} is done; what was made ahead of its day is made again on its day.",
        "两者必有一误。到 {now} 为止应做的照做；提前做出的，到期时重做。",
    ),
    "schedule/asks-long": (
        "the last round was on {last}, the clock shows {now}; to be done: {turns}",
        "上一轮在 {last}，本机时间为 {now}；待做：{turns}",
        "If the date is right, run: run.py run-due --yes. Until then nothing is made or sent; run.py run-due --dry-run lists it.",
        "时间若无误，请执行 run.py run-due --yes；此前不生成也不发送。run.py run-due --dry-run 可看清单。",
    ),
    "schedule/asks-many": (
        "{count} are due at once on {now}: {turns}", "{now} 一次到期 {count} 项：{turns}",
        "If date and 'since' are right, run: run.py run-due --yes. Until then nothing is made or sent; run.py run-due --dry-run lists it.",
        "时间和 since 若无误，请执行 run.py run-due --yes；此前不生成也不发送。run.py run-due --dry-run 可看清单。",
    ),
    "schedule/percent": (
        "the Task Scheduler of Windows may read '%' in a folder's name as a variable",
        "Windows 的任务计划程序可能把文件夹名中的“%”当作变量",
        "Give the folders names without %, then run it again.", "请改用不含 % 的文件夹名，再重新执行。",
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
    "issue/old-draft": (
        "this draft was built by an earlier version of the program, which counted otherwise",
        "这份草稿由旧版程序生成，期号的编法不同",
        "Build it again, then approve it.", "请重新生成，再批准。",
    ),
    "issue/already": (
        "{report} {period} is issued, and there is no draft of a correction", "{report} {period} 已经印发，没有更正的草稿",
        "Nothing has to be done. To correct it, change the records and type: run.py build {report} --period {period} --correct.",
        "无需操作。如需更正，请改记录后输入：run.py build {report} --period {period} --correct。",
    ),
    "issue/withdrawn": (
        "{report} {period} is withdrawn, and there is no draft of a correction", "{report} {period} 已经撤回，没有更正的草稿",
        "run.py build {report} --period {period} makes its correction.", "run.py build {report} --period {period} 会生成它的更正。",
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
    "rename/otherwise": (
        "'{old}' was renamed and is called '{now}'", "“{old}”已改名为“{now}”",
        "To give it another id: run.py rename {now} {new}.", "如要再改：run.py rename {now} {new}。",
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
        "Nothing was done. Move both files out of {folder}; then run.py restore DIR puts a backup back, or, where there is none, run.py adopt takes the issues back in.",
        "未做任何事。请把这两个文件移出 {folder}；然后用 run.py restore 目录 恢复备份，没有备份的，用 run.py adopt 收回各期。",
    ),
    "ledger/look": (
        "the ledger is damaged ({detail})", "账本损坏（{detail}）",
        "The next build or run-due restores it from its backup where that is good, or says what to do.",
        "下次 build 或 run-due 会用完好的备份恢复；没有的，会说明怎么办。",
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

_FILES_OF_ISSUES: Rows = {
    "issue/files-gone": (
        "files of the issue {issue} are not where they were put: {names}", "已印发的 {issue} 有文件不在原处：{names}",
        "run.py build {report} --period {period} puts them back.", "run.py build {report} --period {period} 会放回。",
    ),
    "issue/file-altered": (
        "this file was changed after it was issued as {issue}", "此文件在印发（{issue}）后被改动",
        "Move it away and type run.py build {report} --period {period}: that puts the issued one back. A correction is made by changing the records.",
        "请移走此文件，再输入 run.py build {report} --period {period}，会放回印发的原件。要更正，请改记录。",
    ),
}  # fmt: skip

_MEMORY: Rows = {
    "memory/lost": (
        "the ledger is gone, or older than what was issued: it does not know {count} issues that stand in the output folder, which are named below",
        "账本不见了，或比已印发的内容旧：输出文件夹中有 {count} 期，账本并不知道，列在下面",
        "Nothing was done, so that nothing is issued, numbered or sent a second time. Look with run.py adopt --dry-run, then take them back in with run.py adopt; where you have a newer backup, run.py restore DIR puts it back.",
        "未做任何事，以免重复印发、编号或发送。请先用 run.py adopt --dry-run 查看，再用 run.py adopt 收回记录；如有更新的备份，可用 run.py restore 目录 恢复。",
    ),
    "memory/lacking": (
        "the ledger is gone, or older than what was issued: it does not know {count} issues that stand in the output folder, so what is shown here is not all",
        "账本不见了，或比已印发的内容旧：输出文件夹中有 {count} 期，账本并不知道，这里显示的不全",
        "Look with run.py adopt --dry-run, then take them back in with run.py adopt; where you have a newer backup, run.py restore DIR puts it back.",
        "请先用 run.py adopt --dry-run 查看，再用 run.py adopt 收回记录；如有更新的备份，可用 run.py restore 目录 恢复。",
    ),
    "memory/forgotten": (
        "the ledger does not know this issue: {issue}, approved on {day}, number {number}",
        "账本不知道这一期：{issue}，{day} 批准，期号 {number}",
    ),
    "memory/no-record": (
        "{name} carries the number of an issue, and neither the ledger nor a record tells of it: an older release wrote none",
        "{name} 印有期号，而账本与记录都没有这一期：旧版程序不写记录",
        "Put the folder .state back from your own backup. To begin anew, move these files out of the output folder, and write under issues_before in reports.yaml how many issues there were.",
        "请从自己的备份恢复 .state 目录。如要从头开始，请把这些文件移出输出文件夹，并在 reports.yaml 的 issues_before 写明此前已有多少期。",
    ),
    "memory/record-changed": (
        "this record of an issue is not as it was written", "这份印发记录与写下时不同",
        "It says what the ledger has to know, and is not to be edited. Put it back from your own backup.",
        "账本须知的内容都在其中，请勿改动。请从自己的备份恢复此文件。",
    ),
    "memory/file-changed": (
        "this file was changed after it was issued, and the original is not in the store", "此文件在印发后被改动，存档中也没有原件",
        "Put the original in its place: from a letter, from the shared folder, from a backup. Where there is none, move this file away: the issue is then taken back in without it.",
        "请用原件替换：可取自邮件、共享目录或备份。如无原件，请移走此文件，收回记录时便不含它。",
    ),
    "memory/file-gone": (
        "this file of an issue is gone: the issue is taken back in without it, and cannot be sent again",
        "这一期的此文件不见了：收回记录时不含它，也不能再次发送",
        "Where you have it still, put it here before you take the issue back in.", "如还留有此文件，请先放回此处，再收回记录。",
    ),
    "memory/two": (
        "the ledger knows another issue called {issue}: two were issued under one name", "账本中另有一期也叫 {issue}：同一名称印发了两次",
        "Two machines have worked here. Keep what was sent: look at run.py show {issue}, and move the folder {folder} to another place.",
        "有两台机器在此工作过。请都保留：先看 run.py show {issue}，再把目录 {folder} 移到别处。",
    ),
    "backup/inside": (
        "a backup cannot lie in the folder {folder}, which it is a copy of", "备份不能放在它所备份的文件夹 {folder} 里",
        "Name a folder on another disk, for example run.py backup /mnt/backups.", "请写另一块磁盘上的文件夹，例如 run.py backup /mnt/backups。",
    ),
    "backup/unreadable": (
        "this file cannot be read, so there is no backup: {detail}", "此文件无法读取，没有备份：{detail}",
        "Close it where it is open, check its permissions, then run again.", "请在打开它的程序中关闭，检查权限，然后重试。",
    ),
    "backup/none": (
        "there is no backup here: its list of files is missing or cannot be read", "这里没有备份：缺少文件清单，或清单无法读取",
        "Name the folder of one backup, which holds manifest.json: progress-reports-20230711-090000 for example.",
        "请写某一份备份的文件夹，其中有 manifest.json，例如 progress-reports-20230711-090000。",
    ),
    "backup/damaged": (
        "this file of the backup is missing, or not as it was written", "备份中的此文件缺失，或与写下时不同",
        "Nothing was put back. Take another backup.", "没有放回任何内容。请用另一份备份。",
    ),
    "backup/older": (
        "the backup is behind what was done since; it does not know: {issues}", "备份比现有的旧；它不知道：{issues}",
        "Nothing was put back. With --older it is: issues that came later stay in their folders, and run.py adopt takes them back in; who got them is forgotten.",
        "没有放回任何内容。加 --older 则放回：后来印发的各期仍在原处，可用 run.py adopt 收回；但不再知道发给了谁。",
    ),
    "backup/left": (
        "this folder is there and differs from the backup; it was left as it is", "此文件夹已有内容，与备份不同，保持原样",
        "What you need of the backup lies in {backup}.", "如需备份中的内容，请到 {backup} 中取。",
    ),
    "memory/copy": (
        "another program has put a copy of the ledger here: {name}", "另一个程序在此放了一份账本的副本：{name}",
        "It is not read. Two machines have worked in this folder, or a program keeps it alike in two places: let one machine alone issue, keep the folder on its own disk, compare run.py history with what the other one issued, then move the copy away. {ledger} is the ledger.",
        "程序不会读它。可能有两台机器在此文件夹工作，或同步软件保留了两份：请只让一台机器印发，把文件夹放在本机磁盘，将 run.py history 与另一台机器印发的内容核对，然后移走副本。账本是 {ledger}。",
    ),
}  # fmt: skip

ISSUES: Rows = {**_SCHEDULE, **_ISSUES, **_SECOND_THOUGHTS, **_LEDGER, **_FILES_OF_ISSUES, **_MEMORY}
