"""Every sentence about records that are added by form or sheet, in English and Chinese, by code.

A row is sentence, 句子, hint, 提示; the hints may be left out. The rules of `messages` hold.
"""

from __future__ import annotations

from collections.abc import Mapping

Rows = Mapping[str, tuple[str, ...]]

_ENTRY: Rows = {
    "entry/programme": (
        "several programmes may hold {kind}, or none does yet", "不知道 {kind} 应放进哪个项目",
        "Name one with --programme: {known}.", "请用 --programme 指定：{known}。",
    ),
    "entry/unknown-field": (
        "there is no field '{field}' here", "这里没有字段“{field}”", "Known: {known}.", "可用：{known}。",
    ),
    "entry/setting": (
        "'{value}' sets nothing", "“{value}”没有设定任何字段",
        "Write --set field=value, for example --set date=2023-06-08.",
        "请写 --set 字段=值，例如 --set date=2023-06-08。",
    ),
    "entry/brackets": (
        "this file lists {kind} in brackets or in another way that cannot be added to",
        "此文件把 {kind} 写在方括号里，或用了其他无法续写的写法",
        "Begin each record on a line of its own with '- id: …'.", "请把每条记录另起一行，以“- id: …”开头。",
    ),
    "entry/unreadable": (
        "this file cannot be read as it is, so that nothing is added to it", "此文件目前无法读懂，因此没有写入",
        "Run check, and correct it first.", "请先运行 check 并改正。",
    ),
    "entry/unsafe": (
        "with the new {kind} this file would no longer say what it says", "加入新的 {kind} 后，此文件的原有内容会改变",
        "Nothing was written. Add the record by hand.", "没有写入任何内容。请手工添加。",
    ),
    "entry/changed": (
        "this file was changed in the meantime", "此文件刚刚被改动过",
        "Nothing was written. Run the command again.", "没有写入任何内容。请重新运行。",
    ),
    "entry/given-up": (
        "nothing was written", "没有写入任何内容",
    ),
}  # fmt: skip

ENTRY: Rows = {**_ENTRY}
