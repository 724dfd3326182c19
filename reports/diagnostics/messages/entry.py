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
        "Write {form}, for example date=2023-06-08.", "请写成 {form}，例如 date=2023-06-08。",
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
    "entry/data-changed": (
        "the data were changed while you were asked", "等待答复时，数据已被改动",
        "Nothing was written. Run the command again, and see what it would do now.", "没有写入任何内容。请重新运行，再看会改动什么。",
    ),
    "entry/no-room": (
        "'{id}' is written in a way that this entry cannot be put into", "“{id}”的写法无法续写这一条",
        "Nothing was written. Put the entry in by hand: the page for editors shows how.",
        "没有写入任何内容。请手工添加，写法见编辑手册。",
    ),
    "entry/given-up": (
        "nothing was written", "没有写入任何内容",
    ),
}  # fmt: skip

_UPDATE: Rows = {
    "update/unknown-id": (
        "there is no record '{id}'", "没有“{id}”这条记录",
        "Write the id of a record, or a name that it alone bears.", "请写记录的 id，或只有它才叫的名称。",
    ),
    "update/no-on": (
        "it is not said since when this is so", "没有写明从哪天起是这样",
        "Add --on and the day, for example --on 2026-09-15.", "请加上 --on 和日期，例如 --on 2026-09-15。",
    ),
    "update/no-source": (
        "it is not said who says so", "没有写明依据",
        "Add --source and the id or name of a source.", "请加上 --source 和材料的 id 或名称。",
    ),
    "update/on-and-at": (
        "this is said with '{at}', and takes no --on", "这里的时间由 {at} 写明，不用 --on",
        "Leave --on out; when it was learnt is said with --known.", "请去掉 --on；何时得知用 --known 写。",
    ),
    "update/single-figure": (
        "this figure is written for one time only: '{field}: {figure}'", "这个指标只写了一个数：“{field}: {figure}”",
        "Write 'values: [{{at: {at}, {field}: {figure}}}]' in place of '{field}' and 'date' (run.py migrate does so for all); then run this again.",
        "请把“{field}”和 date 换成 values: [{{at: {at}, {field}: {figure}}}]（run.py migrate 可一次改完全部），再运行一次。",
    ),
    "update/timeless": (
        "{kind} do not change by updates", "{kind} 不用更新来改",
        "Change what the record says where it stands in its file.", "请直接修改文件中的这条记录。",
    ),
    "update/part-back": (
        "a part of '{field}' cannot be taken back", "不能只撤销“{field}”的一部分",
        "Write '{field}=~' to take back the whole, or what it is now.", "请写“{field}=~”撤销整个字段，或写出现在的值。",
    ),
    "update/one-language": (
        "'{value}' is said in Chinese alone", "“{value}”只有中文",
        "Say --at twice: --at 中文 --at English.", "请写两次：--at 中文 --at English。",
    ),
}  # fmt: skip

_SHEET: Rows = {
    "sheet/formula": (
        "this cell holds a formula", "此单元格是公式",
        "Copy the cell and paste its value; a text that begins with = needs a ' before it.",
        "请复制后“选择性粘贴”为数值；以 = 开头的文字请在前面加 '。",
    ),
    "sheet/missing": (
        "this cell is empty, and has to be filled", "此格为空，必须填写",
        "Where one language is filled in, the other is needed, too.", "填了一种语言的，另一种语言也要填。",
    ),
    "sheet/merged": (
        "cells of several rows are merged here", "这里合并了几行的单元格",
        "Split them, and fill in each row.", "请取消合并，并逐行填写。",
    ),
    "sheet/error": (
        "this cell holds an error of the spreadsheet: {value}", "此单元格是表格程序的错误值：{value}",
        "Type the value.", "请填写内容。",
    ),
    "sheet/time": (
        "the spreadsheet has made a time of what was typed: {value}", "表格程序把内容变成了时间：{value}",
        "Give the cell the format Text and type it again, for example 3:7 or 2023-06-08.",
        "请把单元格格式改为“文本”后重新输入，例如 3:7 或 2023-06-08。",
    ),
    "sheet/unknown-column": (
        "'{name}' is no column of {kind}", "{kind} 没有“{name}”这一列",
        "run.py export {kind} shows the columns there are.", "有哪些列，见 run.py export {kind}。",
    ),
    "sheet/column-twice": (
        "the column '{name}' stands here a second time", "“{name}”列重复", "Keep one of the two.", "请只保留一列。",
    ),
    "sheet/no-column": (
        "'{value}' stands in a column without a name", "“{value}”所在的列没有列名",
        "Name the column in the header row, or delete the cell.", "请在标题行写上列名，或删去此内容。",
    ),
    "sheet/no-header": (
        "no row names the columns", "找不到写有列名的标题行",
        "Begin with the sheet that run.py export {kind} makes.", "请使用 run.py export {kind} 生成的表格。",
    ),
    "sheet/emptied": (
        "cells of this row are empty whose fields are filled in the record; these stay: {fields}", "这一行有空格，而记录中有内容，仍予保留：{fields}",
        "To take a field back, write ~ into its cells.", "要撤销某个字段，请在它的各格里写 ~。",
    ),
    "sheet/part-back": (
        "~ stands in some cells of '{field}' alone", "“{field}”只有部分单元格写了 ~",
        "Write ~ into all cells of the field to take it back; of 'values' no line is taken back.",
        "要撤销这个字段，请在它的各格里都写 ~；values 等的各行不能这样撤销。",
    ),
    "sheet/stays": (
        "'{field}' of a record that is there does not change by a sheet", "已有记录的“{field}”不能用表格来改",
        "Leave the cell as it was; what was wrong is put right in the data file. Sources of what changed: --source.",
        "请保留原来的内容；写错的请在数据文件中更正。改动的依据用 --source 写。",
    ),
    "sheet/other-sheets": (
        "only the sheet '{sheet}' is read; rows stand in others too: {names}", "只读取工作表“{sheet}”；其他工作表中也有内容：{names}",
        "Save each as a file of its own to bring it in, too.", "也要导入的，请分别另存为单独的文件。",
    ),
    "sheet/struck": (
        "{cells}: struck out, and brought in all the same", "{cells} 加了删除线，但仍会导入",
        "Delete the row if it is not meant to count.", "如不算数，请删去这一行。",
    ),
    "sheet/comment": (
        "a comment on this cell is not brought in: {text}", "此单元格的批注没有导入：{text}",
        "Type into the cells what the record is to say.", "要写进记录的，请填入单元格。",
    ),
    "sheet/hidden-column": (
        "the column '{name}' is hidden, and brought in all the same", "“{name}”列是隐藏的，但仍会导入",
        "Unhide it and read it once more.", "请取消隐藏，再核对一遍。",
    ),
    "sheet/there": (
        "there is another file of this name already, which may be filled in", "已有同名文件，可能已经填写",
        "Write to another one: --output {other}.", "请写到另一个文件：--output {other}。",
    ),
    "sheet/ending": (
        "the ending of this name does not say what the file is", "文件名的结尾与格式不符",
        "A sheet is .xlsx or .csv: --output {other}.", "表格为 .xlsx 或 .csv：--output {other}。",
    ),
    "sheet/empty": ("there are no rows to bring in", "没有可导入的行"),
    "sheet/unreadable": (
        "'{name}' is no sheet that is read", "“{name}”不是可以读取的表格",
        "Save it as .xlsx or .csv.", "请另存为 .xlsx 或 .csv。",
    ),
    "sheet/too-many-cells": (
        "the sheet has more than {limit} cells, with empty ones that are formatted, merged or linked",
        "表格的单元格超过 {limit} 个（含设了格式、合并或带链接的空格）",
        "Delete empty rows and columns, or split it.", "请删去空行空列，或拆成几个文件。",
    ),
    "sheet/too-much-text": (
        "the cells of this sheet hold more than {limit} letters", "表格中的文字超过 {limit} 字",
        "Split it.", "请拆成几个文件。",
    ),
    "sheet/cell-too-long": (
        "a cell holds more than {limit} letters, which Excel does not allow either",
        "有单元格的文字超过 {limit} 字，Excel 也不允许", "Split the text.", "请把文字拆开。",
    ),
    "sheet/too-many-formulas": (
        "the formulas of this file have more than {limit} letters", "文件中的公式超过 {limit} 字",
        "Copy the cells and paste them as values.", "请复制单元格，再选择性粘贴为数值。",
    ),
    "sheet/too-much-beside": (
        "beside its cells this file holds too much (styles, comments, rules): more than {limit}",
        "除单元格外，文件内容过多（样式、批注、规则等）：超过 {limit}",
        "Copy the cells into a new file, as values.", "请把单元格以数值粘贴到新文件。",
    ),
}  # fmt: skip

ENTRY: Rows = {**_ENTRY, **_UPDATE, **_SHEET}
