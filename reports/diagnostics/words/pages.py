"""The fixed words of pages in the browser: of the preview, and of a report as HTML."""

from __future__ import annotations

from reports.diagnostics.words.table import Words

#: Around the reports, in the language of the person who looks.
PREVIEW = Words(
    {
        "preview": ("预览", "Preview"),
        "reports": ("全部报告", "All reports"),
        "changed": ("处改动", "changed"),
        "away": ("连接中断，正在重连", "Connection lost, trying again"),
        "cut": ("此后有删节", "something was taken out here"),
        "errors": ("处错误", " errors"),
        "error": ("处错误", " error"),
        "warnings": ("处提醒", " warnings"),
        "warning": ("处提醒", " warning"),
        "hint": ("提示：", "Hint: "),
        "stale": ("以下是出错之前的页面。", "Below is the page as it was before."),
        "none": ("改正后，报告会自动出现在这里。", "The report appears here as soon as this is mended."),
        "more": ("另有 {n} 处", "and {n} more"),
        "fault": ("程序内部错误，请告知维护者：", "Internal error, please tell the maintainers: "),
        "lost": ("没有这一页", "There is no such page"),
        "as_of": ("数据截止 {day}", "as of {day}"),
        "between": ("，", ", "),
        "empty": ("还没有报告。", "There is no report yet."),
    }
)  # fmt: skip

#: In a report, in its own language.
PAGE = Words(
    {
        "contents": ("目录", "Contents", "目錄"),
        "notes": ("注释", "Notes", "註釋"),
        "back": ("回到正文", "Back to the text"),
    }
)
