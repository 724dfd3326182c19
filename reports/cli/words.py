"""Every word the commands say to people, in Chinese and English; sentences that are problems stand in `messages`."""

from __future__ import annotations

import argparse
import locale
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from reports.diagnostics.words.table import Words

if TYPE_CHECKING:
    from reports.diagnostics.problems import Lang


def language_of(options: argparse.Namespace | None = None) -> Lang:
    """The language to speak: --lang where a command has it for that, else REPORTS_LANG, else the machine's."""
    names = [getattr(options, "messages", None) or ""]
    names += [os.environ.get(key, "") for key in ("REPORTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    set_ = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "zh" if set_.lower().startswith(("zh", "chinese")) else "en"


def say(key: str, lang: Lang, **values: object) -> str:
    """Return the words for *key*; *values* are put where the words name them in braces."""
    return WORDS.say(key, lang, **values)


def counted(key: str, count: int, lang: Lang) -> str:
    """Return how many there are of what *key* names: 1 error, 2 errors."""
    return say(f"{key}.one" if count == 1 else f"{key}.many", lang, count=count)


#: By topic and word.
WORDS = Words(
    {
        # what each command is for, and what may be typed behind it
        "all": ("从整理好的记录生成进展报告。", "Progress reports out of curated records."),
        "all.version": ("显示版本号后退出", "show program's version number and exit"),
        "option.now": ("把这一时间当作现在，例如 2023-06-08T09:00", "take this time for the present, for example 2023-06-08T09:00"),
        "option.output": ("输出文件夹", "folder to write to"), "option.data": ("记录所在文件夹", "folder of the records"),
        "option.templates": ("模板所在文件夹", "folder of the templates"),
        "option.programme": ("存放这些记录的数据文件夹", "folder of data that holds the records"),
        "option.kind": ("例如 meetings", "for example meetings"),
        "option.add-dry-run": ("只显示将要增加的内容，不写入", "show what would be added, write nothing"),
        "option.ask-lang": ("提问与消息的语言", "language of questions and messages"),
        "build": ("生成报告，写入输出文件夹", "build reports into the output folder"),
        "build.reports": ("要生成的报告（默认：标明默认生成的）", "reports to build (default: those marked so)"),
        "build.period": (
            "2023、2023H1、2023Q2、2023-06 或 2022-07-01..2023-06-30", "2023, 2023H1, 2023Q2, 2023-06 or 2022-07-01..2023-06-30",
        ),
        "build.lang": ("语言，例如 zh,en", "languages, for example zh,en"), "build.format": ("格式：docx,md,pdf,html", "formats: docx,md,pdf,html"),
        "check": ("读全部数据，试全部模板，列出所有问题", "read all data, try all templates, show every problem"),
        "check.format": ("问题的显示形式", "how to show what is found"), "check.lang": ("消息的语言", "language of the messages"),
        "preview": ("边写边在浏览器中查看报告", "show reports in the browser while they are written"),
        "preview.report": ("先看哪份报告", "the report to begin with"), "preview.period": ("先看哪一期", "the period to begin with"),
        "preview.lang": ("先看哪种语言", "the language to begin with"),
        "preview.port": ("监听的端口，0 为任一空闲端口", "port to listen at, 0 for any that is free"),
        "preview.host": (
            "监听的地址；不是 127.0.0.1 时别人也能看到", "address to listen at; other than 127.0.0.1 lets others read",
        ),
        "list": ("列出报告及其时期、语言、格式", "show the reports, their periods, languages and formats"),
        "approve": ("把看过的草稿定稿并印发", "freeze a draft you have looked at, and issue it"),
        "approve.period": ("例如 2023Q2", "for example 2023Q2"),
        "approve.by": ("批准人（默认：本机用户）", "who approves (default: the user of this machine)"),
        "status": ("下一期报告还缺什么、由谁负责", "show who owes what for the next reports"),
        "status.reports": ("只看这些报告（默认：全部）", "only these reports (default: all)"),
        "status.period": ("看这一期（默认：下一个到期的）", "for this period (default: the next that is due)"),
        "status.format": ("看板的显示形式", "how to show the board"), "status.lang": ("看板的语言", "language of the board"),
        "history": ("生成、批准、印发、跳过的记录", "show what was built, approved, issued, skipped"),
        "history.report": ("只看这份报告", "only this report"),
        "show": ("一期报告的编号、文件与改动", "show an issue: its number, files and changes"),
        "show.issue": ("报告/时期，或 报告/时期/版次", "REPORT/PERIOD, or REPORT/PERIOD/REVISION"),
        "run-due": ("把现已到期的做完即退出", "make what is due now, and end"),
        "run-due.dry-run": ("只说将要做什么", "only say what would be done"),
        "run-due.status": (
            "退出码：一切顺利、或会自动再试时为 0；有报告失败，本轮有投递被拒、放弃或结果不明，或本轮无法进行时为 1。",
            "Exit status: 0 when all went well or will be tried again by itself; 1 when a report failed, a delivery was refused, given up or of unknown outcome in this round, or the round could not be made.",
        ),
        "schedule": ("常驻运行，到期即做", "stay, and make what is due when it is due"),
        "schedule.action": ("输出由本机定时启动 run-due 的设置", "print what starts run-due by the machine's clock"),
        "schedule.print": ("用哪一种定时程序", "for which clockwork"),
        "schedule.list": ("显示以后的日期即退出", "show the next dates, and end"), "schedule.log": ("日志的写法", "how to write the log"),
        "deliver": ("发送发件箱中待发的内容，或先查看", "send what waits in the outbox, or show it"),
        "deliver.issue": (
            "先把 报告/时期 列入发件箱，发给从未发过的收件人，例如此前投递未开启",
            "first add REPORT/PERIOD for those it was never sent to, for example because delivery was off",
        ),
        "deliver.dry-run": ("不发送，只说什么将发给谁", "send nothing, only say what would go to whom"),
        "deliver.eml": ("不发送，把 .eml 文件写到那里", "write .eml files there instead of sending"),
        "outbox": ("已发和待发的内容；处理结果不明的", "show what was sent and what waits; settle what is unknown"),
        "outbox.id": ("列表中的编号", "as the list shows it"),
        "trace": ("查 Word 文件中各项事实的出处", "show where the facts of a built Word file come from"),
        "trace.file": ("由本产品生成的 Word 文件", "a Word file this product built"),
        "trace.text": ("只看含有这些文字的事实", "only facts that contain this"),
        "trace.lang": ("消息的语言", "language of the messages"),
        "verify": (
            "看 Word 文件是哪一版、是否有效、与数据是否相符", "say which issue a Word file is, whether it is in force, and what reads otherwise now",
        ),
        "verify.file": ("由本产品生成的 Word 文件", "a Word file this product built"),
        "review": ("列出读者在返回的 Word 文件中留下的意见", "show what readers left in Word files that came back"),
        "review.files": ("带有批注或改动的报告", "a report with comments or changes in it"),
        "review.save": ("把新的意见录入 comments.yaml", "put what is new into comments.yaml"),
        "review.format": ("列表的显示形式", "how to show the list"), "review.lang": ("列表与消息的语言", "language of list and messages"),
        "review.output": ("输出文件夹，由此得知已印发的报告", "output folder, where the issues are known"),
        "schema": ("写出编辑器补全与解释键名所用的模式文件", "write the schema with which editors complete and explain keys"),
        "schema.output": ("写入的文件夹", "folder to write to"),
        "schema.reference": (
            "改为写出种类与字段的参考手册（写入 docs）", "write the reference of kinds and fields instead (into docs)",
        ),
        "charts": ("用现有数据画出每一种图", "draw every kind of chart from the data at hand"),
        "charts.output": ("其中将写入 charts/ 的文件夹", "folder to write charts/ to"), "charts.lang": ("语言（默认：zh,en）", "languages (default: zh,en)"),
        "new": ("逐项询问并录入一条记录，或新建一份报告", "ask for a record and put it into its file, or begin a report"),
        "new.kind": ("例如 meetings；report 为新建报告", "for example meetings; report for a new report"),
        "new.name": ("新报告的名称：小写字母、数字、连字符", "of a new report: letters, digits, hyphens"),
        "new.report": ("新报告", "a new report"),
        "new.title-zh": ("中文标题（默认：其名称）", "its title in Chinese (default: its name)"),
        "new.title-en": ("英文标题（默认：其名称）", "its title in English (default: its name)"),
        "new.every": ("时期的种类（默认：quarter）", "the kind of its periods (default: quarter)"), "new.profile": ("版式", "its looks"),
        "new.set": (
            "例如 title.en=Meeting；给出一个或多个后不再询问", "for example title.en=Meeting; given once or more, nothing is asked",
        ),
        "update": ("记下后来的变化：在记录里加一条更新", "put what became so later into its record"),
        "update.id": ("记录的 id，或只有它才叫的名称", "the id of the record, or a name that it alone bears"),
        "update.settings": (
            "例如 status=held；~ 撤销一个字段；指标写 2026Q3=480", "for example status=held; ~ takes a field back; of a metric 2026Q3=480",
        ),
        "update.on": ("从哪天起是这样", "the day from which it is so"),
        "update.source": ("依据：材料的 id 或名称，可写多次", "who says so: id or name of a source; may be given several times"),
        "update.at": ("在材料何处；中英文各写一次", "where in the source; once in each language"),
        "update.known": (
            "何时得知（默认：当天；所在一期已截稿的，为今天）", "when it was learnt (default: that day; today where an edition of it is closed)",
        ),
        "update.there": ("{id} 已有这一条，没有写入", "{id} says so already; nothing was written"),
        "update.closed": (
            "{report} {period} 已于 {day} 截稿，所以写上 known：今天；这一期不变，下一期会写到",
            "{report} {period} was closed on {day}, so `known` is today: that edition stays as it is, the next one tells of it",
        ),
        "export": ("制作供成员填写的表格", "make a sheet for members to fill in"),
        "export.format": ("表格的格式", "format of the sheet"),
        "export.output": ("写入的文件（默认：种类.xlsx）", "file to write (default: KIND.xlsx)"),
        "export.with-records": ("把已有记录也放进去", "put the records there are into it"),
        "import": ("导入填好返回的表格", "bring in the rows of a sheet that came back"),
        "import.file": (".xlsx 或 .csv 文件", "an .xlsx or .csv file"),
        "import.changed": ("改动已有记录的行", "rows that change records"),
        "import.yes": ("不再询问，写入这些改动", "write what they change without asking"),
        "import.question": ("写入以上改动？[y/是/N] ", "Write these changes? [y/N] "),
        "import.answers": ("是 好", "y yes"),
        "import.not-written": (
            "没有写入任何内容。核对以上改动后，加 --yes 写入。", "Nothing was written. Look at the changes above, then say --yes.",
        ),
        "import.nothing": ("（无）", "(nothing)"),
        "init": ("在空文件夹中建立自己的秘书处", "fill an empty folder with a secretariat of your own"),
        "init.folder": ("空的或尚不存在的文件夹", "a folder that is empty or not there yet"),
        "completion": ("输出 Tab 键补全命令与报告名称的脚本", "print what lets Tab complete commands and reports"),
        "completion.shell": ("用哪一种命令行", "of which shell"),
        "completion.how": (
            '把这一行写入 ~/.bashrc（zsh 则写入 ~/.zshrc，bash 改为 zsh）：\n    eval "$({program} completion bash)"\n此后 {name} 可直接作为命令使用，并能用 Tab 键补全。',
            'Put this line into ~/.bashrc (of zsh: into ~/.zshrc, with zsh for bash):\n    eval "$({program} completion bash)"\nFrom then on {name} is a command of its own, and Tab completes it.',
        ),
        # what went wrong
        "sentence": ("{what}。{instead}", "{what}. {instead}"),
        "internal": ("程序内部错误，请告知维护者", "internal error, please tell the maintainers"),
        "error.one": ("{count} 个错误", "{count} error"), "error.many": ("{count} 个错误", "{count} errors"),
        "warning.one": ("{count} 个警告", "{count} warning"), "warning.many": ("{count} 个警告", "{count} warnings"),
        "problems": ("{errors}，{warnings}", "{errors}, {warnings}"),
        # records, charts
        "added": ("新增 {new} 条，{known} 条已有", "{new} new, {known} there already"),
        "added.changed": ("{told}，{changed} 条有改动", "{told}, {changed} changed"),
        "added.hidden": ("其中在表中隐藏的行：{rows}", "of these, from rows hidden in the sheet: {rows}"),
        "charts.missing": ("没有适用记录，未画：{names}", "not drawn, for want of records: {names}"),
        # old data
        "migrate": ("把旧数据改写成现在的写法", "write old data the way they are written now"),
        "migrate.dry-run": ("只显示将要怎样改写，不写入", "show what would be made of them, write nothing"),
        "migrate.lang": ("消息的语言", "language of the messages"),
        "migrate.done": ("改写", "done"), "migrate.would": ("将改写", "to be done"), "migrate.left": ("保持不动", "left alone"),
        "migrate.nothing": ("没有需要改写的内容。", "There is nothing to do."),
        "migrate.files.one": ("{count} 个文件", "{count} file"), "migrate.files.many": ("{count} 个文件", "{count} files"),
        "migrate.next": (
            "没有写入。去掉 --dry-run 即写入 {files}。", "Nothing was written. Without --dry-run {files} would be.",
        ),
        "migrate.written": (
            "已写入 {files}。请运行 check，并看一看报告。", "Written: {files}. Run check, and look at the reports.",
        ),
        # a new report, a new secretariat
        "new.next": (
            "现在就可以生成：run.py build {name}。清单在 reports.yaml，正文随意修改。",
            "Build it: run.py build {name}. It is listed in reports.yaml; its text is yours to change.",
        ),
        "scaffold.note": (
            "报告正文：Markdown，双花括号里取数据；写法见产品的 docs/templates.zh-CN.md。中英文两份要说同样的内容",
            "The report's text: Markdown, with data between double braces; docs/templates.md of the product explains it. Both languages say the same",
        ),
        "init.next": (
            """
进入该文件夹，在那里运行：
    cd {folder}
    {program} check
    {program} build
其余见 README.zh-CN.md。""",
            """
Go into the folder and run the program there:
    cd {folder}
    {program} check
    {program} build
README.md tells the rest.""",
        ),
        # issues: their states and what is told of them
        "issue.draft": ("草稿", "draft"), "issue.approved": ("已批准", "approved"), "issue.issued": ("已印发", "issued"),
        "issue.superseded": ("已被更正", "superseded"), "issue.built": ("生成于", "built"), "issue.data": ("数据", "data"),
        "issue.changes": ("与上一版的不同", "differs from the revision before"),
        "issue.added": ("增加", "added"), "issue.removed": ("删除", "removed"), "issue.changed": ("改动", "changed"),
        "issue.none": ("尚无记录", "nothing was built yet"),
        "issue.nobody": (
            "没有发给任何人：投递未开启，或未写收件人；以后可用 run.py deliver 报告/时期 补发",
            "it goes to nobody: delivery is off, or no recipients are named; run.py deliver REPORT/PERIOD sends it later",
        ),
        # rounds: what is due, and what became of it
        "due": ("到期", "due"), "due.nothing": ("无事可做", "nothing is due"),
        "due.build": ("生成", "build"), "due.skip": ("跳过", "skip"), "due.remind": ("提醒", "remind"),
        "outcome.issued": ("已印发", "issued"), "outcome.drafted": ("已出草稿", "drafted"), "outcome.reminded": ("已提醒", "reminded"),
        "outcome.skipped": ("跳过", "skipped"), "outcome.failed": ("失败", "failed"),
        # the outbox: what is sent, and how far it got
        "entry.pending": ("待发", "pending"), "entry.sent": ("已送达", "sent"), "entry.unknown": ("结果不明", "unknown"),
        "entry.failed": ("失败", "failed"), "entry.dropped": ("已放弃", "dropped"),
        "letter.issue": ("报告", "issue"), "letter.draft": ("草稿", "draft"), "letter.reminder": ("提醒", "reminder"),
        "letter.alert": ("故障", "alert"), "letter.skipped": ("跳过", "skipped"), "letter.undelivered": ("未送达", "undelivered"),
        "letter.restored": ("账本恢复", "restored"), "letter.folder": ("共享目录", "shared folder"),
        "letter.subject": ("主题", "subject"), "letter.files": ("附件", "files"),
        "letter.attempts": ("已试", "attempts"), "letter.next": ("下次", "next"),
        "deliver.nothing": ("没有待发的内容", "nothing waits to be sent"),
        "deliver.everybody": (
            "每位收件人都已列入发件箱，见 run.py outbox", "every recipient is in the outbox already: see run.py outbox",
        ),
        "deliver.off": (
            "投递未开启（data/delivery.yaml 中 on: true 开启）；下列收件人将收到报告：",
            "delivery is off ('on: true' in data/delivery.yaml switches it on); reports would go to:",
        ),
        "deliver.nobody": ("（尚未写收件人）", "(no recipients are named yet)"),
        # the readiness board
        "board": ("进度看板", "Readiness"),
        "board.green": ("绿", "green"), "board.amber": ("黄", "amber"), "board.red": ("红", "red"),
        "board.light": ("", ""), "board.section": ("部分", "section"), "board.owner": ("负责人", "owner"),
        "board.records": ("记录", "records"), "board.in_period": ("本期", "new"), "board.touched": ("最近改动", "touched"),
        "board.owed": ("待办", "owed"), "board.nobody": ("无", "nobody"),
        "board.as_of": ("数据截至", "as of"), "board.deadline": ("截止", "deadline"), "board.none": ("未设截止日期", "no deadline set"),
        "board.days": ("还有{days}天", "{days} days left"), "board.late": ("已过{days}天", "{days} days late"),
        "board.today": ("今天截止", "due today"),
        "board.untold": (
            "报告目前无法生成，缺少什么不得而知：请运行 check",
            "the report cannot be made now, so what it lacks is not known: run check",
        ),
        "board.nothing": ("没有可显示的内容：数据目录中还没有记录", "nothing to show: there are no records in the data folder"),
        "board.no records": (
            "没有可显示的内容：此报告只用 {programmes} 的记录，那里还没有；在那里添加，或改 reports.yaml 中的 programmes",
            "nothing to show: this report takes records of {programmes}, and there are none; add some, or change 'programmes' in reports.yaml",
        ),
        "board.unshown": (
            "没有可显示的内容：此报告可用 {count} 条记录，但都不属于任何主题，报告也没有显示",
            "nothing to show: of the {count} records this report may take, none has a theme, and it shows none",
        ),
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
    }
)  # fmt: skip
#: argparse's own words for what people see of it, and ours in Chinese.
ARGPARSE: Mapping[str, str] = MappingProxyType(
    {
        "usage: ": "用法：",
        "positional arguments": "参数",
        "options": "选项",
        "show this help message and exit": "显示本帮助后退出",
        "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
        "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
        "the following arguments are required: %s": "缺少参数：%s",
        "unrecognized arguments: %s": "无法识别的参数：%s",
        "expected one argument": "需要一个值",
        "expected at least one argument": "至少需要一个值",
        "ignored explicit argument %r": "不带值，却写了 %r",
        "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 不明确，可能是：%(matches)s",
        "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项，可选：%(choices)s",
        "invalid %(type)s value: %(value)r": "不能是 %(value)r",
    }
)
