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
    "job/period-range": (
        "'{value}' lies too far away for a report", "“{value}”离现在太远，不会有报告",
        "Write a period of the years {first} to {last}.", "请写 {first} 至 {last} 年之间的报告期。",
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
    "job/long-id": (
        "the id '{name}' is longer than {most} letters", "报告 id“{name}”超过 {most} 个字符",
        ("Choose a shorter one before the first issue: it stands twice in the path of each file, and Windows takes 259"
        " letters a path."),
        "请在首次出刊前改短：它在每个文件的路径里出现两次，而 Windows 的路径最多 259 个字符。",
    ),
    "job/no-profile": (
        "there is no profile '{name}' in '{lang}'", "没有“{lang}”的版式“{name}”", "Known: {known}.", "可用：{known}。",
    ),
    "job/no-default": (
        "no report is built by default", "没有默认生成的报告",
        "Name a report, or write 'default: true' in reports.yaml.",
        "请指定报告，或在 reports.yaml 中写 default: true。",
    ),
    "job/time-range": (
        "'{value}' lies too far away to be the present", "“{value}”离现在太远",
        "Write a time of the years 1980 to 8999, for example 2023-06-08T09:00.",
        "请写 1980 年到 8999 年之间的时间，例如 2023-06-08T09:00。",
    ),
    "job/period-ahead": (
        "{period} has not begun: it is {today}", "{period} 还没有开始：今天是 {today}",
        "Write a period that has begun. If facts for it are there already, list it under 'editions' of {report}: period and as_of.",
        "请写已经开始的时期。如果已有这一期的内容，请在 {report} 的 editions 下列出它：period 和 as_of。",
    ),
    "job/odd-now": (
        "everything is made as of {now}, as --now says; by the clock it is {clock}", "按 --now 以 {now} 为现在生成；时钟上是 {clock}",
        "Leave --now out to make what is to be made today.", "要生成现在该出的，请不写 --now。",
    ),
    "job/output-among-inputs": (
        "the output cannot be written into '{folder}', from which reports are made", "输出不能写入“{folder}”：报告是用其中的内容生成的",
        "Name a folder of its own: --output output.", "请另给一个文件夹：--output output。",
    ),
    "job/time": (
        "'{value}' is not a time", "“{value}”不是时间", "Write for example 2023-06-08T09:00.",
        "例如 2023-06-08T09:00。",
    ),
}  # fmt: skip

_FILES: Rows = {
    "file/missing": ("there is no file or folder '{name}'", "没有文件或目录“{name}”"),
    "file/no-file": (
        "'{name}' is a folder, pipe or device, no file that can be read", "“{name}”是目录、管道或设备，不是可读取的文件",
    ),
    "file/unreadable": (
        "this file cannot be read: {detail}", "文件无法读取：{detail}",
        "If it is open in Excel, Word or WPS, close it there; otherwise check who may read it.",
        "若文件正在 Excel、Word 或 WPS 中打开，请先关闭；否则请检查读取权限。",
    ),
    "file/unwritable": (
        "cannot write here: {detail}", "无法写入：{detail}",
        "Check who may write into this folder, and the free space of its disk.",
        "请检查目录的写入权限和磁盘剩余空间。",
    ),
    "file/held": (
        "another program holds this file: {detail}", "文件被其他程序占用：{detail}",
        ("Close it in Word or WPS, in Explorer's preview pane and on other machines, and run again. If nobody has it open,"
        " take away its read-only mark, or let Python pass 'controlled folder access'."),
        "请在 Word、WPS、资源管理器预览窗格和其他电脑上关闭后重试；若无人打开，请去掉“只读”属性，或在“勒索软件防护”里放行 Python。",
    ),
    "file/folder-in-the-way": (
        "a folder of this name stands where a file is to be written", "要写文件的位置上有一个同名文件夹",
        "Rename the folder or move it away, and run again.", "请把文件夹改名或移走后重试。",
    ),
    "file/file-in-the-way": (
        "cannot write here: '{name}' is a file, and a folder is needed", "无法写入：“{name}”是文件，这里需要文件夹",
        "Rename it or move it away, or name another folder.", "请把它改名或移走，或指定别的文件夹。",
    ),
    "file/path-too-long": (
        "this path is too long, {length} letters: {detail}", "路径过长（{length} 个字符）：{detail}",
        ("Move the folder nearer to the root of its drive, or give the report a shorter id: Windows takes 259 letters"
        " a path, and a name has 255 bytes (85 Chinese characters) at most."),
        "请把文件夹移到靠近盘符根目录处，或把报告 id 改短：Windows 路径最多 259 个字符，一个名称最多 255 字节（85 个汉字）。",
    ),
    "system/refused": (
        "the system refused: {detail}", "系统拒绝了操作：{detail}",
        "Check the free space of the disk, who may read and write there, and where the output is sent to.",
        "请检查磁盘剩余空间、读写权限，以及输出被重定向到哪里。",
    ),
    "status/no-git": (
        "nobody knows when records were last changed: git was not found", "不知道记录何时改动过：本机没有找到 git",
        "Install git and open a new terminal.", "请安装 git，然后重新打开终端。",
    ),
    "status/no-repository": (
        "nobody knows when records were last changed: '{name}' lies in no git repository",
        "不知道记录何时改动过：“{name}”不在 git 仓库里",
        "Type: git init, then git add {name}, then git commit -m Begin; and commit after each change.",
        "依次输入：git init；git add {name}；git commit -m 开始。以后每次改动后提交。",
    ),
    "status/not-trusted": (
        "nobody knows when records were last changed: git does not trust this folder, which belongs to somebody else",
        "不知道记录何时改动过：文件夹属于别的用户，git 不予信任",
        "If you trust it, type: {command}.", "如果可以信任，请输入：{command}。",
    ),
    "status/git-fails": (
        "nobody knows when records were last changed: {detail}", "不知道记录何时改动过：{detail}",
        "Type 'git status' in this folder, and follow what git says.", "请在此文件夹输入 git status，按 git 的提示处理。",
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
        "a PDF needs LibreOffice, which was not found", "生成 PDF 需要 LibreOffice，本机没有找到",
        "Install LibreOffice, name its program soffice in REPORTS_SOFFICE, or leave 'pdf' out of the formats.",
        "请安装 LibreOffice，或在 REPORTS_SOFFICE 里写明 soffice 程序的路径，或不要 pdf 格式。",
    ),
    "layout/nobody-signed-in": (
        "Word and WPS make a PDF only while somebody is signed in", "Word、WPS 只有在有人登录时才能生成 PDF",
        "Install LibreOffice, or have the task run only while its user is signed in.",
        "请安装 LibreOffice，或把计划任务设为“只在用户登录时运行”。",
    ),
    "layout/failed": (
        "{program} could not lay out this file: {detail}", "{program} 未能排版此文件：{detail}",
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
