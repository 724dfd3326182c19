"""The sentences about the dialect of Markdown: what a template prints and no reader understands."""

from __future__ import annotations

Rows = dict[str, tuple[str, ...]]

MARKDOWN: Rows = {
    "markdown/unknown-reference": (
        "there is nothing to refer to by the name '{target}'", "没有可引用的“{target}”",
        "Known names: {known}.", "可引用：{known}。",
    ),
    "markdown/duplicate-id": (
        "the name '{id}' is given twice", "名称“{id}”重复", "Give each figure, table and section its own.",
        "图、表、章节的名称不能相同。",
    ),
    "markdown/front-matter": (
        "'{key}' is not part of a title block", "标题区没有“{key}”", "Known: {known}.", "可用：{known}。",
    ),
    "markdown/unclosed": (
        "the block '::: {name}' is never closed", "“::: {name}”没有结束",
        "Add a line ':::' behind it.", "请在其后加一行“:::”。",
    ),
    "markdown/no-table": (
        "a caption stands here, but no table before or behind it", "此处有表题，但前后没有表格",
        "Put ': caption {{#tbl-id}}' directly behind the table, with an empty line between.",
        "请把“: 表题 {{#tbl-id}}”紧接在表格之后，中间空一行。",
    ),
    "markdown/chart-in-text": (
        "chart() stands outside a figure", "chart() 没有写在插图里",
        "Write it as the source of a picture, in a paragraph of its own: '![caption]({{{{ chart(…) }}}})'.",
        "请写成图片的来源，并独占一段：“![图题]({{{{ chart(…) }}}})”。",
    ),
    "markdown/picture-in-text": (
        "a picture cannot stand inside a sentence", "图片不能放在句子中间",
        "Give it a paragraph of its own: '![caption](source){{#fig-id}}'.",
        "请让图片独占一段：“![图题](来源){{#fig-id}}”。",
    ),
    "markdown/figure-group": (
        "a figure group holds pictures and, last, one caption", "图组中只能有图片，最后一段为图题",
    ),
    "markdown/table-in-text": (
        "a table cannot stand inside a sentence or a cell", "表格不能放在句子或单元格中",
        "Give table(…) a line of its own.", "请让 table(…) 独占一行。",
    ),
    "markdown/role": (
        "'::: {name}' is not known", "没有“::: {name}”这种块", "Known: {known}.", "可用：{known}。",
    ),
    "markdown/link": (
        "links to '{href}' are not allowed", "不能链接到“{href}”", "Use http, https or mailto.",
        "可用 http、https、mailto。",
    ),
    "markdown/unreferenced": (
        "'{id}' is never mentioned in the text", "正文没有提到“{id}”",
        "Mention it where it is discussed, as @{id}.", "请在正文中用 @{id} 提到它。",
    ),
    "markdown/table-caption": (
        "a table stands here without a caption", "此处的表格没有表题",
        "Put ': caption {{#tbl-id}}' directly behind it, with an empty line between.",
        "请在其后加“: 表题 {{#tbl-id}}”，中间空一行。",
    ),
    "markdown/figure-caption": (
        "a figure stands here without a caption", "此处的图没有图题",
        "Write it between the brackets: '![caption](source){{#fig-id}}'.", "请写在方括号内：“![图题](来源){{#fig-id}}”。",
    ),
    "markdown/first-heading": (
        "the first heading is of level {level}", "第一个标题是 {level} 级标题", "Use level 1.", "请用 1 级。",
    ),
    "markdown/nameless-reference": (
        "'{target}' has no caption, so that there is nothing to call it by", "“{target}”没有题注，无法称引",
        "Give it a caption, or write the words: '[words](#{target})'.",
        "请加题注，或自拟称谓：“[文字](#{target})”。",
    ),
    "markdown/attribute": (
        "'{text}' cannot be used here", "此处不能用“{text}”", "Known here: {known}.", "此处可用：{known}。",
    ),
    "markdown/picture-source": (
        "'{source}' is not a picture", "“{source}”不是图片",
        "Write a chart(…), the picture of a figure record, or media:FILE.",
        "请写 chart(…)、图片记录的 picture，或 media:文件名。",
    ),
    "markdown/unknown-note": (
        "there is no footnote '{name}'", "没有脚注“{name}”",
        "Add a paragraph '[^{name}]: text'.", "请另起一段写“[^{name}]: 文字”。",
    ),
    "markdown/note-twice": (
        "the footnote '{name}' is written twice", "脚注“{name}”写了两次", "Give each its own name.", "请用不同的名称。",
    ),
    "markdown/unused-note": (
        "the footnote '{name}' is never used", "脚注“{name}”没有用到",
        "Put [^{name}] where it belongs, or delete it.", "请在正文中加 [^{name}]，或将其删除。",
    ),
    "markdown/note-content": (
        "a footnote holds paragraphs only: no list, no table, no other footnote",
        "脚注中只能有段落，不能有列表、表格或另一脚注",
    ),
    "markdown/table-row": (
        "this row has {cells} cells, its table {columns} columns", "此行有 {cells} 格，表格有 {columns} 列",
        "Write every cell, the empty ones too; a bar inside a cell is written \\|.",
        "每格都要写出，空格也要；格中的竖线写作 \\|。",
    ),
    "markdown/not-a-table": (
        "this is no table: its first line and its line of dashes have different numbers of cells",
        "这不成表格：首行与短横行的格数不同", "Write '---' once for each column.", "每列写一个“---”。",
    ),
    "markdown/fence": (
        "the line '{line}' neither opens nor closes a block", "“{line}”一行既不开始也不结束任何块",
        "Write '::: name' to open one and ':::' to close it.", "用“::: 名称”开始，用“:::”结束。",
    ),
    "markdown/not-empty": (
        "the block '::: {name}' holds nothing of its own", "“::: {name}”中不能有内容",
        "Close it at once with ':::' and put its text behind it.", "请随即用“:::”结束，文字放在其后。",
    ),
    "markdown/too-deep": (
        "lists, blocks or emphasis are nested too deep here", "此处列表、块或强调嵌套过深",
    ),
    "markdown/title-block": (
        "the title block is never closed", "标题区没有结束", "Add a line '---' behind it.", "请在其后加一行“---”。",
    ),
    "markdown/title-twice": (
        "'{key}' stands twice in the title block", "标题区中“{key}”写了两次", "Delete one.", "请删除其一。",
    ),
    "markdown/heading-level": (
        "a heading of level {level} follows one of level {above}", "{above} 级标题之后直接出现 {level} 级标题",
        "Use level {expected}.", "请用 {expected} 级。",
    ),
}  # fmt: skip
