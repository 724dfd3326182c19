"""Every sentence a person may be told, in English and Chinese, by code.

A message names the value and what is wrong with it; its hint says what to type instead. `{near}` is never
written here: "did you mean" is added wherever a problem carries it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from reports.diagnostics.messages.data_files import DATA_FILES
from reports.diagnostics.messages.delivery import DELIVERY
from reports.diagnostics.messages.editions import DESK
from reports.diagnostics.messages.entry import ENTRY
from reports.diagnostics.messages.issues import ISSUES
from reports.diagnostics.messages.preview import PREVIEW
from reports.diagnostics.messages.review import REVIEW
from reports.diagnostics.messages.templates import TEMPLATES


class Message(Struct, frozen=True):
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
    "markdown/no-table": Message(
        "a caption stands here, but no table before or behind it", "此处有表题，但前后没有表格",
        "Put ': caption {{#tbl-id}}' directly behind the table, with an empty line between.",
        "请把“: 表题 {{#tbl-id}}”紧接在表格之后，中间空一行。",
    ),
    "markdown/picture-in-text": Message(
        "a picture cannot stand inside a sentence", "图片不能放在句子中间",
        "Give it a paragraph of its own: '![caption](source){{#fig-id}}'.",
        "请让图片独占一段：“![图题](来源){{#fig-id}}”。",
    ),
    "markdown/figure-group": Message(
        "a figure group holds pictures and, last, one caption", "图组中只能有图片，最后一段为图题",
    ),
    "markdown/table-in-text": Message(
        "a table cannot stand inside a sentence or a cell", "表格不能放在句子或单元格中",
        "Give table(…) a line of its own.", "请让 table(…) 独占一行。",
    ),
    "markdown/role": Message(
        "'::: {name}' is not known", "没有“::: {name}”这种块", "Known: {known}.", "可用：{known}。",
    ),
    "markdown/link": Message(
        "links to '{href}' are not allowed", "不能链接到“{href}”", "Use http, https or mailto.",
        "可用 http、https、mailto。",
    ),
    "markdown/unreferenced": Message(
        "'{id}' is never mentioned in the text", "正文没有提到“{id}”",
        "Mention it where it is discussed, as @{id}.", "请在正文中用 @{id} 提到它。",
    ),
    "markdown/table-caption": Message(
        "a table stands here without a caption", "此处的表格没有表题",
        "Put ': caption {{#tbl-id}}' directly behind it, with an empty line between.",
        "请在其后加“: 表题 {{#tbl-id}}”，中间空一行。",
    ),
    "markdown/figure-caption": Message(
        "a figure stands here without a caption", "此处的图没有图题",
        "Write it between the brackets: '![caption](source){{#fig-id}}'.", "请写在方括号内：“![图题](来源){{#fig-id}}”。",
    ),
    "markdown/first-heading": Message(
        "the first heading is of level {level}", "第一个标题是 {level} 级标题", "Use level 1.", "请用 1 级。",
    ),
    "markdown/nameless-reference": Message(
        "'{target}' has no caption, so that there is nothing to call it by", "“{target}”没有题注，无法称引",
        "Give it a caption, or write the words: '[words](#{target})'.",
        "请加题注，或自拟称谓：“[文字](#{target})”。",
    ),
    "markdown/attribute": Message(
        "'{text}' cannot be used here", "此处不能用“{text}”", "Known here: {known}.", "此处可用：{known}。",
    ),
    "markdown/picture-source": Message(
        "'{source}' is not a picture", "“{source}”不是图片",
        "Write a chart(…), the picture of a figure record, or media:FILE.",
        "请写 chart(…)、图片记录的 picture，或 media:文件名。",
    ),
    "markdown/unknown-note": Message(
        "there is no footnote '{name}'", "没有脚注“{name}”",
        "Add a paragraph '[^{name}]: text'.", "请另起一段写“[^{name}]: 文字”。",
    ),
    "markdown/note-twice": Message(
        "the footnote '{name}' is written twice", "脚注“{name}”写了两次", "Give each its own name.", "请用不同的名称。",
    ),
    "markdown/unused-note": Message(
        "the footnote '{name}' is never used", "脚注“{name}”没有用到",
        "Put [^{name}] where it belongs, or delete it.", "请在正文中加 [^{name}]，或将其删除。",
    ),
    "markdown/note-content": Message(
        "a footnote holds paragraphs only: no list, no table, no other footnote",
        "脚注中只能有段落，不能有列表、表格或另一脚注",
    ),
    "markdown/table-row": Message(
        "this row has {cells} cells, its table {columns} columns", "此行有 {cells} 格，表格有 {columns} 列",
        "Write every cell, the empty ones too; a bar inside a cell is written \\|.",
        "每格都要写出，空格也要；格中的竖线写作 \\|。",
    ),
    "markdown/not-a-table": Message(
        "this is no table: its first line and its line of dashes have different numbers of cells",
        "这不成表格：首行与短横行的格数不同", "Write '---' once for each column.", "每列写一个“---”。",
    ),
    "markdown/fence": Message(
        "the line '{line}' neither opens nor closes a block", "“{line}”一行既不开始也不结束任何块",
        "Write '::: name' to open one and ':::' to close it.", "用“::: 名称”开始，用“:::”结束。",
    ),
    "markdown/not-empty": Message(
        "the block '::: {name}' holds nothing of its own", "“::: {name}”中不能有内容",
        "Close it at once with ':::' and put its text behind it.", "请随即用“:::”结束，文字放在其后。",
    ),
    "markdown/too-deep": Message(
        "lists, blocks or emphasis are nested too deep here", "此处列表、块或强调嵌套过深",
    ),
    "markdown/title-block": Message(
        "the title block is never closed", "标题区没有结束", "Add a line '---' behind it.", "请在其后加一行“---”。",
    ),
    "markdown/title-twice": Message(
        "'{key}' stands twice in the title block", "标题区中“{key}”写了两次", "Delete one.", "请删除其一。",
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
        "'{value}' is not a {kind} period", "“{value}”不是 {kind} 报告期",
        "A year is written 2023, a half 2023H1, a quarter 2023Q2, a month 2023-06.",
        "年写 2023，半年写 2023H1，季度写 2023Q2，月写 2023-06。",
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
    "trace/unreadable": Message(
        "this is not a Word file that can be read: {detail}", "不是可以读取的 Word 文件：{detail}",
        "Name a .docx file.", "请给出 .docx 文件。",
    ),
    "trace/nothing": Message(
        "no fact of this Word file shows '{text}'", "这个 Word 文件里没有含“{text}”的内容",
        "Give fewer letters, or none to see all facts; what a template says itself is no fact.",
        "请少写几个字；不写则列出全部。模板自身的文字不是数据，查不到。",
    ),
    "trace/no-places": Message(
        "this Word file does not say where its facts come from", "这个 Word 文件没有记录内容出处",
        "Only files built by this product carry the places of their facts.", "只有本系统生成的文件带有出处。",
    ),
    "picture/unreadable": Message(
        "'{name}' is not a picture that can be used: {detail}", "“{name}”不是可用的图片：{detail}",
        "Save it again as PNG or JPEG.", "请另存为 PNG 或 JPEG。",
    ),
    "picture/unknown-form": Message(
        "'{name}' is no picture, or one in a form not known here", "“{name}”不是图片，或不是可用的图片格式",
        "Open it and save it as PNG or JPEG; another name is not enough. Phones may take HEIC pictures.",
        "请打开后另存为 PNG 或 JPEG，只改扩展名不行；手机照片可能是 HEIC 格式。",
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
    "layout/no-office": Message(
        "a PDF needs LibreOffice, which is not installed", "生成 PDF 需要 LibreOffice，本机没有安装",
        "Install LibreOffice, or leave 'pdf' out of the formats.", "请安装 LibreOffice，或不要 pdf 格式。",
    ),
    "layout/failed": Message(
        "LibreOffice could not lay out this file: {detail}", "LibreOffice 未能排版此文件：{detail}",
        "Run again; if it fails again, open the Word file and save it as PDF.",
        "请重试；若仍失败，可打开 Word 文件另存为 PDF。",
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
    "chart/option": Message(
        "the chart '{kind}' has no option '{name}'", "图表“{kind}”没有选项“{name}”",
        "Known: {known}.", "可用：{known}。",
    ),
    "chart/option-value": Message(
        "'{value}' is no value for the chart option '{name}'", "“{value}”不能作为图表选项“{name}”的值",
        "Write a text in quotation marks.", "请写成加引号的文字。",
    ),
    "chart/option-choice": Message(
        "the chart option '{name}' cannot be '{value}'", "图表选项“{name}”不能是“{value}”",
        "Known: {known}.", "可用：{known}。",
    ),
    "chart/rows": Message(
        "these records cannot share one '{kind}' chart: {detail}", "这些记录不能画入同一“{kind}”图：{detail}",
    ),
    "chart/too-tall": Message(
        "the chart '{kind}' is {height} cm tall; a page takes {limit} cm",
        "图表“{kind}”高 {height} 厘米，一页最多容纳 {limit} 厘米",
        "Give it fewer records, or draw several charts.", "请减少记录，或分成几幅图。",
    ),
    "chart/glyph": Message("the chart font has no sign for {code}", "图表字体中没有字符 {code}"),
}  # fmt: skip


def _rows(rows: Mapping[str, tuple[str, ...]]) -> dict[str, Message]:
    return {code: Message(*row) for code, row in rows.items()}


_TYPOGRAPHY = {
    "typography/half-width": Message(
        "the half-width '{found}' stands in a Chinese sentence", "中文句子里用了半角“{found}”",
        "Write '{better}'.", "请改为“{better}”。",
    ),
    "typography/short-year": Message(
        "'{found}' is a year of two digits", "“{found}”的年份只有两位", "Write all four digits.", "请写四位年份。",
    ),
    "typography/unbalanced": Message(
        "'{found}' has no partner", "“{found}”没有成对", "Add the other one, or remove it.", "请补上另一半，或删去。",
    ),
    "typography/doubled": Message(
        "two marks stand together: '{found}'", "标点重复：“{found}”", "Keep '{better}'.", "请只留“{better}”。",
    ),
    "typography/two-spellings": Message(
        "'{found}' here, '{better}' elsewhere (first at {other})", "此处写“{found}”，别处写“{better}”（见 {other}）",
        "Use one spelling throughout.", "请统一写法。",
    ),
    "typography/heading-end": Message(
        "a heading ends with '{found}'", "标题以“{found}”结尾", "Headings have no mark at the end.", "标题末尾不用标点。",
    ),
}  # fmt: skip

MESSAGES: Mapping[str, Message] = MappingProxyType(
    {
        **_rows(DATA_FILES),
        **_rows(ISSUES),
        **_rows(DESK),
        **_rows(ENTRY),
        **_rows(DELIVERY),
        **_rows(PREVIEW),
        **_rows(REVIEW),
        **_rows(TEMPLATES),
        **_MARKDOWN,
        **_JOB,
        **_FILES,
        **_WORD,
        **_TYPOGRAPHY,
    }
)
