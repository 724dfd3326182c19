"""The sentences about what is made: definitions of reports, files, Word, punctuation."""

from __future__ import annotations

Rows = dict[str, tuple[str, ...]]

_DEFINITIONS: Rows = {
    "job/unknown-report": (
        "there is no report '{name}'", "没有报告“{name}”", "Known: {known}.", "已有：{known}。",
    ),
    "job/period": (
        "'{value}' is not a period", "“{value}”不是报告期",
        "Write for example 2023, 2023H1, 2023Q2, 2023-06 or 2022-07-01..2023-06-30.",
        "例如：2023、2023H1、2023Q2、2023-06 或 2022-07-01..2023-06-30。",
    ),
    "job/period-kind": (
        "'{value}' is not a {kind} period", "“{value}”不是 {kind} 报告期",
        "A year is written 2023, a half 2023H1, a quarter 2023Q2, a month 2023-06.",
        "年写 2023，半年写 2023H1，季度写 2023Q2，月写 2023-06。",
    ),
    "job/language": (
        "the report '{name}' is not made in '{value}'", "报告“{name}”没有“{value}”版",
        "Its languages: {known}.", "已有语言：{known}。",
    ),
    "job/format": (
        "there is no format '{value}'", "没有格式“{value}”", "Known: {known}.", "可用：{known}。",
    ),
    "job/next-turn": (
        "'{report}' for {period}, due on {day}, could not be made out of the data as they are now",
        "“{report}”{period} 一期（{day} 到期）照现有数据无法生成",
        "What it lacks is told beside this, as warnings until it is due.", "缺什么，见同时列出的警告；到期之前只是警告。",
    ),
    "job/no-profile": (
        "there is no profile '{name}' in '{lang}'", "没有“{lang}”的版式“{name}”", "Known: {known}.", "可用：{known}。",
    ),
    "job/no-default": (
        "no report is built by default", "没有默认生成的报告",
        "Name a report, or write 'default: true' in reports.yaml.",
        "请指定报告，或在 reports.yaml 中写 default: true。",
    ),
    "job/time": (
        "'{value}' is not a time", "“{value}”不是时间", "Write for example 2023-06-08T09:00.",
        "例如 2023-06-08T09:00。",
    ),
}  # fmt: skip

_FILES: Rows = {
    "file/missing": ("there is no file or folder '{name}'", "没有文件或目录“{name}”"),
    "file/unreadable": ("this file cannot be read: {detail}", "文件无法读取：{detail}"),
    "file/unwritable": (
        "cannot write here: {detail}", "无法写入：{detail}",
        "If the file is open in Word, close it and run again; otherwise check the folder's permissions and free space.",
        "若文件正在 Word 中打开，请关闭后重试；否则请检查目录权限和剩余空间。",
    ),
    "trace/nothing": (
        "no fact of this Word file shows '{text}'", "这个 Word 文件里没有含“{text}”的内容",
        "Give fewer letters, or none to see all facts; what a template says itself is no fact.",
        "请少写几个字；不写则列出全部。模板自身的文字不是数据，查不到。",
    ),
    "trace/no-places": (
        "this Word file does not say where its facts come from", "这个 Word 文件没有记录内容出处",
        "Only files built by this product carry the places of their facts.", "只有本系统生成的文件带有出处。",
    ),
    "picture/unreadable": (
        "'{name}' is not a picture that can be used: {detail}", "“{name}”不是可用的图片：{detail}",
        "Save it again as PNG or JPEG.", "请另存为 PNG 或 JPEG。",
    ),
    "picture/unknown-form": (
        "'{name}' is no picture, or one in a form not known here", "“{name}”不是图片，或不是可用的图片格式",
        "Open it and save it as PNG or JPEG; another name is not enough. Phones may take HEIC pictures.",
        "请打开后另存为 PNG 或 JPEG，只改扩展名不行；手机照片可能是 HEIC 格式。",
    ),
    "picture/too-large": (
        "the picture '{name}' is too large: {detail}", "图片“{name}”过大：{detail}",
        "At most 40 megapixels and 20 MB.", "不得超过 4000 万像素、20 MB。",
    ),
}  # fmt: skip

_WORD: Rows = {
    "word/missing-style": (
        "the Word template has no style named '{style}'", "Word 模板中没有样式“{style}”",
        "Add the style in Word under exactly this name.", "请在 Word 中按此名称新建样式。",
    ),
    "word/template": ("the Word template cannot be used: {detail}", "Word 模板不能使用：{detail}"),
    "word/illegal-character": (
        "the character {code} cannot stand in a Word file ({field})", "字符 {code} 不能写入 Word 文件（{field}）",
        "Delete it from the data.", "请从数据中删除。",
    ),
    "word/mismatch": (
        "the written Word file does not say what the report says: {detail}",
        "生成的 Word 文件与报告内容不符：{detail}",
        "The old file was kept. Please report this to the maintainers.", "旧文件未改动。请告知维护者。",
    ),
    "layout/no-office": (
        "a PDF needs LibreOffice, which is not installed", "生成 PDF 需要 LibreOffice，本机没有安装",
        "Install LibreOffice, or leave 'pdf' out of the formats.", "请安装 LibreOffice，或不要 pdf 格式。",
    ),
    "layout/failed": (
        "LibreOffice could not lay out this file: {detail}", "LibreOffice 未能排版此文件：{detail}",
        "Run again; if it fails again, open the Word file and save it as PDF.",
        "请重试；若仍失败，可打开 Word 文件另存为 PDF。",
    ),
    "chart/unknown-kind": (
        "there is no chart '{kind}'", "没有图表“{kind}”", "Known: {known}.", "可用：{known}。",
    ),
    "chart/no-rows": (
        "the chart '{kind}' has nothing to show", "图表“{kind}”没有可显示的内容",
        "Give it records, or leave it out with an if.", "请提供记录，或用 if 省去图表。",
    ),
    "chart/row": (
        "'{id}' cannot be drawn in a '{kind}' chart: {detail}", "“{id}”不能画入“{kind}”图：{detail}",
    ),
    "chart/option": (
        "the chart '{kind}' has no option '{name}'", "图表“{kind}”没有选项“{name}”",
        "Known: {known}.", "可用：{known}。",
    ),
    "chart/option-value": (
        "'{value}' is no value for the chart option '{name}'", "“{value}”不能作为图表选项“{name}”的值",
        "Write a text in quotation marks.", "请写成加引号的文字。",
    ),
    "chart/option-choice": (
        "the chart option '{name}' cannot be '{value}'", "图表选项“{name}”不能是“{value}”",
        "Known: {known}.", "可用：{known}。",
    ),
    "chart/rows": (
        "these records cannot share one '{kind}' chart: {detail}", "这些记录不能画入同一“{kind}”图：{detail}",
    ),
    "chart/tall": (
        "the chart '{kind}' has grown to {height} cm and is shown at {percent} % to fit its page; its letters get small",
        "图表“{kind}”已有 {height} 厘米高，缩到 {percent}% 才放得进一页，字会变小",
        "Give it fewer records, or draw several charts.", "请减少记录，或分成几幅图。",
    ),
    "chart/too-tall": (
        "the chart '{kind}' is {height} cm tall; made to fit a page, from {limit} cm on nobody could read it",
        "图表“{kind}”高 {height} 厘米；超过 {limit} 厘米，缩到一页就看不清了",
        "Give it fewer records, or draw several charts.", "请减少记录，或分成几幅图。",
    ),
    "chart/glyph": ("the chart font has no sign for {code}", "图表字体中没有字符 {code}"),
}  # fmt: skip

_TYPOGRAPHY: Rows = {
    "typography/half-width": (
        "the half-width '{found}' stands in a Chinese sentence", "中文句子里用了半角“{found}”",
        "Write '{better}'.", "请改为“{better}”。",
    ),
    "typography/short-year": (
        "'{found}' is a year of two digits", "“{found}”的年份只有两位", "Write all four digits.", "请写四位年份。",
    ),
    "typography/unbalanced": (
        "'{found}' has no partner", "“{found}”没有成对", "Add the other one, or remove it.", "请补上另一半，或删去。",
    ),
    "typography/doubled": (
        "two marks stand together: '{found}'", "标点重复：“{found}”", "Keep '{better}'.", "请只留“{better}”。",
    ),
    "typography/two-spellings": (
        "'{found}' here, '{better}' elsewhere (first at {other})", "此处写“{found}”，别处写“{better}”（见 {other}）",
        "Use one spelling throughout.", "请统一写法。",
    ),
    "typography/heading-end": (
        "a heading ends with '{found}'", "标题以“{found}”结尾", "Headings have no mark at the end.", "标题末尾不用标点。",
    ),
}  # fmt: skip

OUTPUT: Rows = {**_DEFINITIONS, **_FILES, **_WORD, **_TYPOGRAPHY}
