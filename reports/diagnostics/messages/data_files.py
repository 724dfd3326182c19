"""Every sentence about data files, in English and Chinese, by code: the part of `messages` editors meet.

A row is sentence, 句子, hint, 提示; the hints may be left out. The rules of `messages` hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.diagnostics.messages.typed_values import TYPED
from reports.diagnostics.messages.yaml_text import YAML

Rows = Mapping[str, tuple[str, ...]]

_DATE_FORMS = "2023-06-08, 2019-10, 1992, 2011/2012, 199X, after 2023-07, about 2030, unknown, illegible"

_VALUES: Rows = {
    "value/date": (
        "'{value}' is not a date", "“{value}”不是日期",
        f"Write one of: {_DATE_FORMS}.", f"可写成：{_DATE_FORMS}。",
    ),
    "value/impossible-date": (
        "there is no day {value} in the calendar", "日历上没有 {value} 这一天",
        "Check the month and the day.", "请核对月和日。",
    ),
    "value/range-backwards": (
        "the range {value} ends before it begins", "时间段 {value} 的结束早于开始",
        "Write the earlier date first.", "请把较早的日期写在前面。",
    ),
    "value/date-keys": (
        "a date has no field {keys}", "日期里没有字段 {keys}",
        "A date written as a mapping may have: date, certainty, raw.",
        "写成多行的日期可以有：date、certainty、raw。",
    ),
    "value/certainty": (
        "'{value}' is no degree of certainty", "“{value}”不是可用的确定程度",
        "Write one of: stated, inferred, illegible, unknown.",
        "可写：stated（原文写明）、inferred（推断）、illegible（无法辨认）、unknown（不详）。",
    ),
    "value/quantity": (
        "'{value}' is not a number", "“{value}”不是数字",
        'Write for example: 2, "> 1,000", "110余", "nearly 90".',
        '例如：2、"> 1,000"、"110余"、"nearly 90"。',
    ),
    "value/ratio": (
        "'{value}' is not a ratio", "“{value}”不是比例",
        "Write for example: 3:7, about 3:7, far below 1:9.", "例如：3:7、about 3:7、far below 1:9。",
    ),
    "value/share": (
        "'{value}' is not a percentage", "“{value}”不是百分数",
        "Write it with the per cent sign, for example 65.8% or about 60%.",
        "请带百分号书写，例如 65.8% 或 about 60%。",
    ),
    "value/money": (
        "'{value}' is not an amount of money", "“{value}”不是金额",
        "Write the currency code first, for example USD 125 million.",
        "请先写币种代码，例如 USD 125 million。",
    ),
    "value/text": (
        "a text is expected here, not '{value}'", "这里应为文字，不是“{value}”",
        "Write {{zh: 中文, en: English}}.", "请写成 {{zh: 中文, en: English}}。",
    ),
    "value/one-language": (
        "'{value}' is there in Chinese only", "“{value}”只有中文",
        "Write both languages: {{zh: 中文, en: English}}.", "请写两种语言：{{zh: 中文, en: English}}。",
    ),
    "value/text-language": (
        "'{key}' is not a language", "“{key}”不是可用的语言", "Use zh, en, zh-Hant.", "可用：zh、en、zh-Hant。",
    ),
    "value/missing-language": (
        "the text in '{lang}' is missing", "缺少“{lang}”的文字",
        "Write '{lang}: …' beside the other language.", "请在另一种语言旁写上“{lang}: …”。",
    ),
}  # fmt: skip

_DATA: Rows = {
    "data/missing-field": (
        "the field '{field}' is missing", "缺少字段“{field}”",
        "Add '{field}: …' here.", "请在此补上“{field}: …”。",
    ),
    "data/unknown-field": (
        "there is no field '{field}' here", "这里没有字段“{field}”",
        "Known fields: {known}.", "可用字段：{known}。",
    ),
    "data/stray-language": (
        "'{field}' stands beside the field it belongs to", "“{field}”与所属字段对齐了",
        "Indent zh and en two spaces deeper than their field.", "zh、en 要比所属字段多缩进两个空格。",
    ),
    "data/unknown-kind": (
        "'{kind}' is not a kind of record", "“{kind}”不是记录的种类",
        "Known kinds: {known}.", "可用种类：{known}。",
    ),
    "data/not-a-list": (
        "'{kind}' must hold a list of records", "“{kind}”下应为记录列表",
        "Begin each record with '- id: …'.", "每条记录以“- id: …”开头。",
    ),
    "data/not-a-mapping": (
        "fields are expected here, 'name: value' on each line", "这里应为字段，每行写成“名称: 值”",
        "A space follows the colon; several in one line stand in braces: {{doc: slides}}.",
        "冒号为半角，后面空一格；写在一行的放在花括号中：{{doc: slides}}。",
    ),
    "data/no-records": (
        "a text stands here, and no records", "这里只有文字，没有记录",
        "Begin with the kind, for example 'meetings:'; below it each record begins with '  - id: …'.",
        "请先写种类，例如“meetings:”；其下每条记录以“  - id: …”开头。",
    ),
    "data/misplaced": (
        "nobody looks for {name} in this folder", "这个目录中的 {name} 不会被读取",
        "Move it up, directly into the data folder.", "请移到 data 目录下，不要放在子目录中。",
    ),
    "data/no-kind": (
        "these records stand under no kind", "这些记录上面没有种类名称",
        "Write the kind in a line above them, for example 'meetings:'.", "请在上面加一行种类名称，例如“meetings:”。",
    ),
    "data/empty-field": (
        "the field '{field}' is empty, but this record needs it", "字段“{field}”为空，但必须填写",
        "Write a value behind '{field}: '.", "请在“{field}: ”后填写内容。",
    ),
    "data/empty-list": (
        "at least one entry is needed here", "这里至少要有一项", "Begin the entry with '- '.", "每项以“- ”开头。",
    ),
    "data/empty-item": ("this entry is empty", "这一项是空的", "Write it, or delete the line.", "请填写，或删去这一行。"),
    "data/text": (
        "one text is expected here, not {value}", "这里应为一段文字，不是 {value}",
        "Write it behind 'name: ', without brackets and dashes.", "请直接写在“名称: ”之后，不用括号和短横。",
    ),
    "data/too-short": ("this text is empty", "文字为空", "Write at least one letter.", "请至少写一个字。"),
    "data/list": (
        "a list is expected here, not '{value}'", "这里应为列表，不是“{value}”",
        "Write [a, b], or one entry a line, each begun with '- '.", "请写成 [a, b]，或每行一项、以“- ”开头。",
    ),
    "data/whole-number": (
        "'{value}' is not a whole number", "“{value}”不是整数", "Write for example 3.", "例如：3。",
    ),
    "data/too-small": ("{value} is too small", "{value} 太小", "At least {least}.", "至少为 {least}。"),
    "data/too-large": ("{value} is too large", "{value} 太大", "At most {most}.", "至多为 {most}。"),
    "data/yes-no": (
        "'{value}' is neither true nor false", "“{value}”既不是 true 也不是 false",
        "Write true or false.", "请写 true（是）或 false（否）。",
    ),
    "data/country": (
        "'{value}' is not a country code", "“{value}”不是国家代码",
        "Write the two capital letters of ISO 3166, for example CN, FR, RU.",
        "请写 ISO 3166 的两个大写字母，例如 CN、FR、RU。",
    ),
    "data/wrong-type": (
        "'{value}' does not fit the field '{field}'", "“{value}”不合字段“{field}”的要求",
        "Compare with other records of this kind.", "请参照同类的其他记录。",
    ),
    "data/choice": (
        "'{value}' is not one of the choices", "“{value}”不在可选范围内",
        "Write one of: {expected}.", "可写：{expected}。",
    ),
    "data/bad-id": (
        "'{value}' is no good as an id", "“{value}”不能用作编号",
        "Use small letters, digits and hyphens, for example mou-2019.",
        "请用小写字母、数字和连字符，例如 mou-2019。",
    ),
    "data/device-name": (
        "nothing can be called '{value}' on Windows, which takes it for a device",
        "Windows 把“{value}”当作设备名，文件和目录都不能这样命名",
        "Add a word, for example '{value}-report'.", "请加一个词，例如 {value}-report。",
    ),
    "data/duplicate-id": (
        "the id '{id}' is used already, at {other}", "编号“{id}”已被使用，见 {other}",
        "Give one of the two another id.", "请给其中一条换一个编号。",
    ),
    "data/formerly-there": (
        "'{id}' is still the id of a record, at {other}", "“{id}”仍是一条记录的编号，见 {other}",
        "Take it out of 'formerly', or give that record another id.", "请从 formerly 中删去，或给那条记录换一个编号。",
    ),
    "data/formerly-twice": (
        "another record says, too, that '{id}' was its id: {other}", "另一条记录也写着曾用编号“{id}”，见 {other}",
        "Keep it where links to '{id}' are to lead.", "请只留在引用“{id}”时应指向的那一条。",
    ),
    "data/format": (
        "'{value}' is no number of a format", "“{value}”不是格式的编号",
        "Write 'format: {known}'.", "请写 format: {known}。",
    ),
    "data/format-newer": (
        "these data are of format {value}; this version of the program knows {known}", "这些数据是第 {value} 种格式，此版本的程序只认得到第 {known} 种",
        "Update the program.", "请更新程序。",
    ),
    "data/unknown-reference": (
        "there is no {kind} with the id '{id}'", "没有编号为“{id}”的记录（{kind}）",
        "Write the id of a record that exists, or add the record.", "请写已有记录的编号，或先添加该记录。",
    ),
    "data/name-of-several": (
        "'{name}' is a name, and several records bear it: {id}", "“{name}”是名称，有几条记录都叫这个名称：{id}",
        "Write the id of the one that is meant.", "请写所指那条记录的编号。",
    ),
    "data/name-twice": (
        "'{name}' is also a name of '{id}', at {other}", "“{name}”也是“{id}”的名称，见 {other}",
        "If both are one, keep one record; if not, leave the name to the one it belongs to.",
        "若是同一个机构或同一个人，请只留一条记录；若不是，请只在一处写这个名称。",
    ),
    "data/names-overlap": (
        "the date {date} lies before {before}, which is stated above it",
        "日期 {date} 早于写在前面的 {before}",
        "List former names from the oldest on; `until` is the day from which the next name holds.",
        "曾用名从最早的写起；until 写改名的日期，从那天起用下一个名称。",
    ),
    "data/wrong-kind": (
        "'{id}' is of the kind {kind}; expected here: {expected}",
        "“{id}”的种类是 {kind}，这里应为：{expected}",
        "Write the id of a record of that kind.", "请写该种类记录的编号。",
    ),
    "data/circular": (
        "these records lead back to themselves: {chain}", "这些记录循环引用：{chain}",
        "Delete or correct one of the links.", "请删去或改正其中一处。",
    ),
    "data/duplicate-number": (
        "the number {number} is used already by the open discussion at {other}",
        "编号 {number} 已被另一项未决讨论使用，见 {other}",
        "Give each open discussion of a programme its own number.", "同一项目中未决讨论的编号不能相同。",
    ),
    "data/no-decision": (
        "the discussion is 'decided', but its decision is missing", "讨论的状态为 decided，但没有写明决定",
        "Add 'decision: …', or let the status be open.", "请加上“decision: …”，或将 status 写为 open。",
    ),
    "data/ratio-parts": (
        "a ratio compares two parts, but {count} are named", "比例应有两个部分，但写了 {count} 个",
        "Name both under 'parts:', in the order of the ratio.", "请在“parts:”下按比例的顺序写出两部分的名称。",
    ),
    "data/sum": (
        "the components {parts} make {sum}, not {total}", "各组成部分 {parts} 合计 {sum}，不是 {total}",
        "Correct a number; where they need not add up, write 'adds_up: false'.",
        "请改正数字；各部分本来不求合计相等的，请加上“adds_up: false”。",
    ),
    "data/not-a-whole": (
        "this share and that of '{other}' name each other as the rest, but make {sum} %",
        "本百分比与“{other}”互为其余部分，合计却是 {sum}%",
        "Check both against the source; leave 'parts' out where they are no halves of one whole.",
        "请对照原文核对；二者若不是同一整体的两部分，请删去 parts。",
    ),
    "data/more-than-a-whole": (
        "with {others} of the same group and subject this makes {sum} %",
        "与同组同对象的 {others} 合计为 {sum}%",
        "Check the shares; give those of another whole another group.",
        "请核对百分比；属于另一整体的请换一个 group。",
    ),
    "data/more-than-its-budget": (
        "the parts of '{whole}' make {sum}, more than its {amount}",
        "“{whole}”的各部分合计 {sum}，超过其总额 {amount}",
        "Check the amounts against the source, and 'part_of'.", "请对照原文核对金额，并核对 part_of。",
    ),
    "data/miscounted": (
        "{stated} is stated, but {number} records of '{kind}' fit",
        "写的是 {stated}，但符合条件的 {kind} 记录有 {number} 条",
        "Add or correct records, or the number; without 'counts' they are not compared.",
        "请补充或改正记录，或改正数字；删去 counts 则不作比较。",
    ),
    "data/number-gap": (
        "the numbers of {kind} go from {before} to {number}", "{kind} 的编号由 {before} 跳到 {number}",
        "Number them 1, 2, 3 …; the next is {expected}.", "请按 1、2、3……连续编号；此处应为 {expected}。",
    ),
    "data/number-twice": (
        "two of the {kind} have the number {number}", "{kind} 中有两条编号为 {number}",
        "Give each its own number.", "请各用一个编号。",
    ),
    "data/unknown-programme": (
        "there is no programme '{programme}'", "没有项目“{programme}”",
        "The programmes are the folders below data: {known}.", "项目即 data 下的文件夹：{known}。",
    ),
    "data/one-of": (
        "exactly one of these fields is needed: {fields}", "以下字段须且只须填一个：{fields}", "", "",
    ),
    "data/signed-after-effective": (
        "signed {signed}, after it took effect {effective}", "签署日期 {signed} 晚于生效日期 {effective}",
        "Check both dates against the source.", "请对照原文核对两个日期。",
    ),
    "data/planned-in-past": (
        "still 'planned', though its date {date} lies before the report's date {as_of}",
        "仍为 planned，但日期 {date} 早于报告日期 {as_of}",
        "Say what became of it: status held, suspended, postponed or cancelled.",
        "请写明结果：status 可为 held、suspended、postponed 或 cancelled。",
    ),
    "data/missing-picture": (
        "there is no file '{file}' in the data folder", "数据目录中没有文件“{file}”",
        "Put the picture there, or leave 'file' out: the report then shows a placeholder.",
        "请放入图片；或删去 file 一行，报告中将显示占位框。",
    ),
    "data/picture-case": (
        "the file '{file}' is called otherwise on disk", "文件“{file}”的实际名称与此不同",
        "Write the name as it is: capitals count, and folders are divided by /.",
        "请照实际名称书写：区分大小写，目录之间用 /。",
    ),
    "data/outside": (
        "'{file}' leads out of the data folder", "“{file}”指向数据目录之外",
        "Name a file inside the data folder, without '..'.", "请写数据目录内的文件，不要用“..”。",
    ),
}  # fmt: skip

_FOLDER: Rows = {
    "data/empty-file": (
        "this file is empty", "此文件是空的",
        "If something was in it, take it from a backup; else delete it.", "如原有内容，请从备份中取回；否则请删除。",
    ),
    "data/unread-ending": (
        "this file is not read: its name does not end in .yaml", "此文件没有读取：文件名不以 .yaml 结尾",
        "Rename it to {other}; if it is not wanted, move it out of the data folder.",
        "请改名为 {other}；如不需要，请移出数据目录。",
    ),
    "data/unread-beside": (
        "this file is not read: {other} beside it is", "此文件没有读取，读取的是旁边的 {other}",
        "If something in it is wanted, put it into {other}; then move this file out of the data folder.",
        "如有需要的内容，请写入 {other}；然后把此文件移出数据目录。",
    ),
    "data/unread-sheet": (
        "this sheet is not read: data stand in .yaml files", "此表格没有读取：数据写在 .yaml 文件中",
        "Bring its rows in with run.py import, then move it out of the data folder.",
        "请用 run.py import 导入各行，再把它移出数据目录。",
    ),
    "data/unread-form": (
        "this file is not read: data stand in .yaml files", "此文件没有读取：数据写在 .yaml 文件中",
        "Type what it says into a .yaml file, and move it out of the data folder.",
        "请把内容写入 .yaml 文件，再把它移出数据目录。",
    ),
    "data/broken-link": (
        "this link leads to nothing", "此链接指向的文件不存在",
        "Put the file itself in its place, or delete the link.", "请放入文件本身，或删去此链接。",
    ),
    "data/link-to-other": (
        "this is not read: the link leads to a file whose name does not end in .yaml", "没有读取：此链接指向的文件名不以 .yaml 结尾",
        "Rename the file that it leads to, and delete the link.", "请给所指的文件改名，并删去此链接。",
    ),
    "data/copy": (
        "this is a copy of {other}, says the same, and is not read", "这是 {other} 的副本，内容相同，没有读取",
        "Delete it.", "请删除。",
    ),
    "data/copy-differs": (
        "this is a copy of {other}, and is not read; it differs in {found}: {names}",
        "这是 {other} 的副本，没有读取；有 {found} 处不同：{names}",
        "Put what is right into {other}, then delete this file.", "请把正确的内容写入 {other}，然后删除此文件。",
    ),
    "data/copy-unreadable": (
        "this is a copy of {other}, and is not read; the two cannot be compared", "这是 {other} 的副本，没有读取；两者无法比较",
        "Make {other} right, then delete this file.", "请改好 {other}，然后删除此文件。",
    ),
    "data/copy-folder": (
        "this folder is a copy of {other}, and is not read; {found} files differ: {names}",
        "此目录是 {other} 的副本，没有读取；有 {found} 个文件不同：{names}",
        "Put what is right into {other}, then delete this folder.", "请把正确的内容写入 {other}，然后删除此目录。",
    ),
    "data/not-taken": (
        "no report takes {found} of the records in this file, which stand in {programme}: {names}",
        "此文件中有 {found} 条记录位于 {programme}，没有报告会采用：{names}",
        "Move them into the folder of a programme ({known}), or name theirs under 'programmes' in reports.yaml.",
        "请把它们移入项目目录（{known}），或在 reports.yaml 的 programmes 中写上它们所在的目录。",
    ),
    "data/no-programme": (
        "no report takes {found} of the records in this file, which stands in no programme's folder: {names}",
        "此文件不在任何项目目录中，其中 {found} 条记录没有报告会采用：{names}",
        "Move the file into the folder of a programme: {known}.", "请把文件移入项目目录：{known}。",
    ),
    "data/nothing-to-tell": (
        "there are no records for this report in {programmes}", "{programmes} 中没有可供此报告采用的记录",
        "Put records there, or name the folders that have some: {known}.", "请在那里写入记录，或写上有记录的目录：{known}。",
    ),
}  # fmt: skip

DATA_FILES: Rows = {**_VALUES, **TYPED, **_DATA, **_FOLDER, **YAML}
