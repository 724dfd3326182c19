"""Every sentence a person may be told, in English and Chinese, by code.

A message names the value and what is wrong with it; its hint says what to type instead. `{near}` is never
written here: "did you mean" is added wherever a problem carries it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Message:
    """One finding's sentence and hint in both languages."""

    en: str
    zh: str
    hint_en: str = ""
    hint_zh: str = ""

    def text(self, lang: str) -> str:
        """The sentence in *lang*."""
        return self.zh if lang == "zh" else self.en

    def hint(self, lang: str) -> str:
        """The hint in *lang*."""
        return self.hint_zh if lang == "zh" else self.hint_en


_DATE_FORMS = "2023-06-08, 2019-10, 1992, 2011/2012, 199X, after 2023-07, about 2030, unknown, illegible"

_VALUES = {
    "value/date": Message(
        "'{value}' is not a date", "“{value}”不是日期",
        f"Write one of: {_DATE_FORMS}.", f"可写成：{_DATE_FORMS}。",
    ),
    "value/impossible-date": Message(
        "there is no day {value} in the calendar", "日历上没有 {value} 这一天",
        "Check the month and the day.", "请核对月和日。",
    ),
    "value/range-backwards": Message(
        "the range {value} ends before it begins", "时间段 {value} 的结束早于开始",
        "Write the earlier date first.", "请把较早的日期写在前面。",
    ),
    "value/date-keys": Message(
        "a date has no field {keys}", "日期里没有字段 {keys}",
        "A date written as a mapping may have: date, certainty, raw.",
        "写成多行的日期可以有：date、certainty、raw。",
    ),
    "value/certainty": Message(
        "'{value}' is no degree of certainty", "“{value}”不是可用的确定程度",
        "Write one of: stated, inferred, illegible, unknown.",
        "可写：stated（原文写明）、inferred（推断）、illegible（无法辨认）、unknown（不详）。",
    ),
    "value/quantity": Message(
        "'{value}' is not a number", "“{value}”不是数字",
        'Write for example: 2, "> 1,000", "110余", "nearly 90".',
        '例如：2、"> 1,000"、"110余"、"nearly 90"。',
    ),
    "value/ratio": Message(
        "'{value}' is not a ratio", "“{value}”不是比例",
        "Write for example: 3:7, about 3:7, far below 1:9.", "例如：3:7、about 3:7、far below 1:9。",
    ),
    "value/share": Message(
        "'{value}' is not a percentage", "“{value}”不是百分数",
        "Write it with the per cent sign, for example 65.8% or about 60%.",
        "请带百分号书写，例如 65.8% 或 about 60%。",
    ),
    "value/money": Message(
        "'{value}' is not an amount of money", "“{value}”不是金额",
        "Write the currency code first, for example USD 125 million.",
        "请先写币种代码，例如 USD 125 million。",
    ),
    "value/text": Message(
        "a text is expected here, not '{value}'", "这里应为文字，不是“{value}”",
        "Write {{zh: 中文, en: English}}.", "请写成 {{zh: 中文, en: English}}。",
    ),
    "value/one-language": Message(
        "'{value}' is there in Chinese only", "“{value}”只有中文",
        "Write both languages: {{zh: 中文, en: English}}.", "请写两种语言：{{zh: 中文, en: English}}。",
    ),
    "value/text-language": Message(
        "'{key}' is not a language", "“{key}”不是可用的语言", "Use zh, en, zh-Hant.", "可用：zh、en、zh-Hant。",
    ),
    "value/missing-language": Message(
        "the text in '{lang}' is missing", "缺少“{lang}”的文字",
        "Add a line '{lang}: …' beside the other language.", "请在另一种语言旁加一行“{lang}: …”。",
    ),
}  # fmt: skip

_DATA = {
    "data/missing-field": Message(
        "the field '{field}' is missing", "缺少字段“{field}”",
        "Add a line '{field}: …' to this record.", "请在这条记录里加一行“{field}: …”。",
    ),
    "data/unknown-field": Message(
        "there is no field '{field}' here", "这里没有字段“{field}”",
        "Known fields: {known}.", "可用字段：{known}。",
    ),
    "data/unknown-kind": Message(
        "'{kind}' is not a kind of record", "“{kind}”不是记录的种类",
        "Known kinds: {known}.", "可用种类：{known}。",
    ),
    "data/not-a-list": Message(
        "'{kind}' must hold a list of records", "“{kind}”下应为记录列表",
        "Begin each record with '- id: …'.", "每条记录以“- id: …”开头。",
    ),
    "data/not-a-mapping": Message(
        "fields are expected here, 'name: value' on each line", "这里应为字段，每行写成“名称: 值”",
        "A colon must be followed by a space.", "冒号后要有空格，且为半角冒号。",
    ),
    "data/wrong-type": Message(
        "'{value}' does not fit here: {expected}", "“{value}”不合要求：{expected}", "", "",
    ),
    "data/choice": Message(
        "'{value}' is not one of the choices", "“{value}”不在可选范围内",
        "Write one of: {expected}.", "可写：{expected}。",
    ),
    "data/bad-id": Message(
        "'{value}' is no good as an id", "“{value}”不能用作编号",
        "Use small letters, digits and hyphens, for example mou-2019.",
        "请用小写字母、数字和连字符，例如 mou-2019。",
    ),
    "data/duplicate-id": Message(
        "the id '{id}' is used already, at {other}", "编号“{id}”已被使用，见 {other}",
        "Give one of the two another id.", "请给其中一条换一个编号。",
    ),
    "data/unknown-reference": Message(
        "there is no {kind} with the id '{id}'", "没有编号为“{id}”的记录（{kind}）",
        "Write the id of a record that exists, or add the record.", "请写已有记录的编号，或先添加该记录。",
    ),
    "data/one-of": Message(
        "exactly one of these fields is needed: {fields}", "以下字段须且只须填一个：{fields}", "", "",
    ),
    "data/signed-after-effective": Message(
        "signed {signed}, after it took effect {effective}", "签署日期 {signed} 晚于生效日期 {effective}",
        "Check both dates against the source.", "请对照原文核对两个日期。",
    ),
    "data/planned-in-past": Message(
        "still 'planned', though its date {date} lies before the report's date {as_of}",
        "仍为 planned，但日期 {date} 早于报告日期 {as_of}",
        "Say what became of it: status held, suspended, postponed or cancelled.",
        "请写明结果：status 可为 held、suspended、postponed 或 cancelled。",
    ),
    "data/missing-picture": Message(
        "there is no file '{file}' in the data folder", "数据目录中没有文件“{file}”",
        "Put the picture there, or leave 'file' out: the report then shows a placeholder.",
        "请放入图片；或删去 file 一行，报告中将显示占位框。",
    ),
    "data/outside": Message(
        "'{file}' leads out of the data folder", "“{file}”指向数据目录之外",
        "Name a file inside the data folder, without '..'.", "请写数据目录内的文件，不要用“..”。",
    ),
}  # fmt: skip

_YAML = {
    "yaml/syntax": Message(
        "this cannot be read: {detail}", "无法读懂：{detail}",
        "Check the line and the one above: colon and space, quotes, equal indentation.",
        "请检查本行和上一行：冒号加空格、引号成对、缩进一致。",
    ),
    "yaml/duplicate-key": Message(
        "'{key}' is given twice; first at line {line}", "“{key}”重复；第一次在第 {line} 行",
        "Keep one of the two.", "请只保留一个。",
    ),
    "yaml/encoding": Message(
        "this file is not UTF-8; it looks like {encoding}", "文件不是 UTF-8 编码，像是 {encoding}",
        "Open it in an editor and save it with the encoding UTF-8.",
        "请在编辑器中打开，“另存为”时编码选 UTF-8。",
    ),
    "yaml/control-character": Message(
        "an invisible control character ({code}) stands here", "这里有不可见的控制字符（{code}）",
        "Delete it; such characters come along when text is pasted from Word.",
        "请删除；从 Word 粘贴文字时会带入此类字符。",
    ),
    "yaml/tab": Message(
        "a tab is used as indentation", "缩进用了制表符（Tab）", "Use spaces.", "请改用空格。",
    ),
    "yaml/full-width": Message(
        "'{found}' is the full-width sign", "“{found}”是全角符号",
        "Type the half-width '{meant}' (switch the input method to English).",
        "请输入半角“{meant}”（切换到英文输入法）。",
    ),
    "yaml/too-large": Message(
        "the file is over the limit: {limit}", "文件超出限制：{limit}",
        "Split it into several files.", "请拆成几个文件。",
    ),
    "yaml/unsupported": Message(
        "{what} cannot be used in data files", "数据文件中不能使用{what}",
        "Write the value out.", "请直接写出内容。",
    ),
    "yaml/several-documents": Message(
        "a second document begins here ('---')", "这里又开始了一个文档（“---”）",
        "Remove the line, or split the file.", "请删去这一行，或拆成两个文件。",
    ),
}  # fmt: skip

_TEMPLATE = {
    "template/syntax": Message("the template cannot be read: {detail}", "模板无法读懂：{detail}"),
    "template/undefined": Message(
        "'{name}' is not known here", "此处没有“{name}”", "Known: {known}.", "可用：{known}。",
    ),
    "template/not-found": Message(
        "there is no template '{name}'", "没有模板“{name}”", "Known: {known}.", "已有：{known}。",
    ),
    "template/failed": Message("the template fails here: {detail}", "模板在此处出错：{detail}"),
    "template/too-large": Message(
        "the template makes more than {limit} characters", "模板输出超过 {limit} 个字符",
        "Look for a loop within a loop.", "请检查是否循环里又套循环。",
    ),
    "template/reserved-character": Message(
        "the character {code} is kept for the product's own use", "字符 {code} 为系统保留", "Delete it.", "请删除。",
    ),
    "template/broken-value": Message(
        "a value was cut or changed after it was printed", "某个值在输出后被截断或改动",
        "Use the filters of the template guide; slicing and replacing printed values loses where they come from.",
        "请用模板指南中的过滤器；截取或替换已输出的值会丢失其出处。",
    ),
    "template/bad-argument": Message(
        "{function}(): {detail}", "{function}()：{detail}", "", "",
    ),
}  # fmt: skip

_MARKDOWN = {
    "markdown/unknown-reference": Message(
        "there is nothing to refer to by the name '{target}'", "没有可引用的“{target}”",
        "Known names: {known}.", "可引用：{known}。",
    ),
    "markdown/duplicate-id": Message(
        "the name '{id}' is given twice", "名称“{id}”重复", "Give each figure, table and section its own.",
        "图、表、章节的名称不能相同。",
    ),
    "markdown/front-matter": Message(
        "'{key}' is not part of a title block", "标题区没有“{key}”", "Known: {known}.", "可用：{known}。",
    ),
    "markdown/unclosed": Message(
        "the block '::: {name}' is never closed", "“::: {name}”没有结束",
        "Add a line ':::' behind it.", "请在其后加一行“:::”。",
    ),
    "markdown/html": Message(
        "HTML is not part of the dialect: {text}", "不能使用 HTML：{text}",
        "Use the dialect of the template guide.", "请用模板指南中的写法。",
    ),
    "markdown/link": Message(
        "links to '{href}' are not allowed", "不能链接到“{href}”", "Use http, https or mailto.",
        "可用 http、https、mailto。",
    ),
    "markdown/unreferenced": Message(
        "'{id}' is never mentioned in the text", "正文没有提到“{id}”",
        "Mention it where it is discussed, as @{id}.", "请在正文中用 @{id} 提到它。",
    ),
    "markdown/no-caption": Message(
        "a {kind} stands here without a caption", "此处的{kind}没有题注", "Add one: ': text {{#id}}'.",
        "请加上：“: 题注 {{#id}}”。",
    ),
    "markdown/heading-level": Message(
        "a heading of level {level} follows one of level {above}", "{above} 级标题之后直接出现 {level} 级标题",
        "Use level {expected}.", "请用 {expected} 级。",
    ),
}  # fmt: skip

_JOB = {
    "job/unknown-report": Message(
        "there is no report '{name}'", "没有报告“{name}”", "Known: {known}.", "已有：{known}。",
    ),
    "job/period": Message(
        "'{value}' is not a period", "“{value}”不是报告期",
        "Write for example 2023, 2023H1, 2023Q2, 2023-06 or 2022-07-01..2023-06-30.",
        "例如：2023、2023H1、2023Q2、2023-06 或 2022-07-01..2023-06-30。",
    ),
    "job/period-kind": Message(
        "'{value}' is not a {kind} period", "“{value}”不是{kind}报告期", "This report's periods: {kind}.",
        "本报告的报告期种类：{kind}。",
    ),
    "job/language": Message(
        "the report '{name}' is not made in '{value}'", "报告“{name}”没有“{value}”版",
        "Its languages: {known}.", "已有语言：{known}。",
    ),
    "job/format": Message(
        "there is no format '{value}'", "没有格式“{value}”", "Known: {known}.", "可用：{known}。",
    ),
    "job/no-profile": Message(
        "there is no profile '{name}' in '{lang}'", "没有“{lang}”的版式“{name}”", "Known: {known}.", "可用：{known}。",
    ),
    "job/no-default": Message(
        "no report is built by default", "没有默认生成的报告",
        "Name a report, or write 'default: true' in reports.yaml.",
        "请指定报告，或在 reports.yaml 中写 default: true。",
    ),
    "job/time": Message(
        "'{value}' is not a time", "“{value}”不是时间", "Write for example 2023-06-08T09:00.",
        "例如 2023-06-08T09:00。",
    ),
}  # fmt: skip

_FILES = {
    "file/missing": Message("there is no file or folder '{name}'", "没有文件或目录“{name}”"),
    "file/unreadable": Message("this file cannot be read: {detail}", "文件无法读取：{detail}"),
    "file/unwritable": Message(
        "cannot write here: {detail}", "无法写入：{detail}",
        "If the file is open in Word, close it and run again; otherwise check the folder's permissions and free space.",
        "若文件正在 Word 中打开，请关闭后重试；否则请检查目录权限和剩余空间。",
    ),
    "picture/unreadable": Message(
        "'{name}' is not a picture that can be used: {detail}", "“{name}”不是可用的图片：{detail}",
        "Save it again as PNG or JPEG.", "请另存为 PNG 或 JPEG。",
    ),
    "picture/too-large": Message(
        "the picture '{name}' is too large: {detail}", "图片“{name}”过大：{detail}",
        "At most 40 megapixels and 20 MB.", "不得超过 4000 万像素、20 MB。",
    ),
}  # fmt: skip

_WORD = {
    "word/missing-style": Message(
        "the Word template has no style named '{style}'", "Word 模板中没有样式“{style}”",
        "Add the style in Word under exactly this name.", "请在 Word 中按此名称新建样式。",
    ),
    "word/template": Message("the Word template cannot be used: {detail}", "Word 模板不能使用：{detail}"),
    "word/illegal-character": Message(
        "the character {code} cannot stand in a Word file ({field})", "字符 {code} 不能写入 Word 文件（{field}）",
        "Delete it from the data.", "请从数据中删除。",
    ),
    "word/mismatch": Message(
        "the written Word file does not say what the report says: {detail}",
        "生成的 Word 文件与报告内容不符：{detail}",
        "The old file was kept. Please report this to the maintainers.", "旧文件未改动。请告知维护者。",
    ),
    "chart/unknown-kind": Message(
        "there is no chart '{kind}'", "没有图表“{kind}”", "Known: {known}.", "可用：{known}。",
    ),
    "chart/no-rows": Message(
        "the chart '{kind}' has nothing to show", "图表“{kind}”没有可显示的内容",
        "Give it records, or leave it out with an if.", "请提供记录，或用 if 省去图表。",
    ),
    "chart/row": Message(
        "'{id}' cannot be drawn in a '{kind}' chart: {detail}", "“{id}”不能画入“{kind}”图：{detail}",
    ),
    "chart/glyph": Message("the chart font has no sign for {code}", "图表字体中没有字符 {code}"),
}  # fmt: skip

MESSAGES: Mapping[str, Message] = MappingProxyType(
    {**_VALUES, **_DATA, **_YAML, **_TEMPLATE, **_MARKDOWN, **_JOB, **_FILES, **_WORD}
)
