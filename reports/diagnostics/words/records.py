"""What those who enter records are told: in the dialogue of `new`, at the columns of a sheet, in the schema."""

from __future__ import annotations

from reports.diagnostics.words.table import Words

#: What `new` says while it asks.
DIALOGUE = Words(
    {
        "intro": ("必填项。输入 ? 可列出可选内容，按 Ctrl+C 放弃。", "Required. Type ? for what may be given, Ctrl+C to give up."),
        "optional": ("以下可不填：按回车跳过，输入 . 结束。", "The rest is optional: Enter skips, . ends."),
        "correct": ("请改正，写“字段=值”；直接按回车则放弃：", "Correct it as field=value; Enter gives up: "),
        "zh": ("，中文", ", in Chinese"),
        "en": ("，英文", ", in English"),
        "several": ("，多项用分号隔开", ", several with semicolons"),
        "example": ("例如", "for example"),
        "hint": ("提示：", "hint: "),
    }
)  # fmt: skip

#: Notes at the head of a column, and what one for a single language holds.
SHEET = Words(
    {
        "required": ("必填", "required"),
        "given": ("可留空，将自动给出", "may stay empty: one is given"),
        "several": ("多项各占一行，或用分号隔开", "several: a line each, or semicolons"),
        "zh": ("中文", "in Chinese"),
        "en": ("英文", "in English"),
        "zh-Hant": ("繁体", "in Traditional Chinese"),
    }
)
