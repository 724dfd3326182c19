"""Words about records and charts, old data, a new report or secretariat."""

from __future__ import annotations

WORDS = {
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
    # another id
    "rename.report": ("报告 {old} → {new}", "report {old} → {new}"), "rename.record": ("记录 {old} → {new}", "record {old} → {new}"),
    "rename.follow": ("随之改名：{names}", "follow it: {names}"),
    "rename.discarded": ("弃去草稿 {name}；重新生成：run.py build {new} --period {period}", "draft {name} is discarded; to build it again: run.py build {new} --period {period}"),
    "rename.folder": ("{old}/ 中的文件移至 {folder}，文件名不变", "the files of {old}/ go to {folder} under the names they have"),
    "rename.share": (
        "共享目录中已有的文件留在 {old}/，以后的放入 {new}/", "in the shared folder, what is in {old}/ stays there; what comes goes into {new}/",
    ),
    "rename.would": ("没有写入任何内容。去掉 --dry-run 即照此改名。", "Nothing was written. Without --dry-run it would be."),
    "rename.done": ("已改名。请运行 check，并提交改动。", "Renamed. Run check, and commit the changes."),
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
}  # fmt: skip
