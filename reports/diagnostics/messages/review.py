"""Every sentence about reports that came back with comments, in English and Chinese, by code.

A row is sentence, 句子, hint, 提示; the hints may be left out. The rules of `messages` hold.
"""

from __future__ import annotations

from collections.abc import Mapping

Rows = Mapping[str, tuple[str, ...]]

REVIEW: Rows = {
    "review/unreadable": (
        "this is not a Word file that can be read: {detail}", "不是可以读取的 Word 文件：{detail}",
        "Open it in Word, save it as .docx under another name, and name that file.",
        "请用 Word 打开，另存为 .docx，再指定新文件。",
    ),
    "review/old-format": (
        "this file has a password, or is of an old kind (.doc, .wps)", "文件设有密码，或是旧格式（.doc、.wps）",
        "Open it, take the password away, save it as .docx, and name that file.",
        "请打开文件，取消密码，另存为 .docx，再指定新文件。",
    ),
    "review/part-lost": (
        "a part of this file is damaged, and what stands in it is missing from the list: {part}",
        "文件的一部分已损坏，其中内容未列出：{part}",
        "Open it in Word, save it under another name, and name that file.",
        "请用 Word 打开，另存为新文件，再指定新文件。",
    ),
    "review/no-places": (
        "this file has lost where its facts come from: what readers left is listed, but leads nowhere",
        "此文件已失去内容出处：意见照样列出，但无法对应到数据",
        "Ask for the file itself rather than a copy of its text; until then look for the quoted words with trace.",
        "请索取原文件，不要用复制出的文字；也可用 trace 查找所引文字。",
    ),
    "review/not-ours": (
        "this Word file was not built by this product: what readers left is listed, but leads nowhere",
        "此 Word 文件不是本系统生成的：意见照样列出，但无法对应到数据",
        "Was the text copied into another file? Then ask for the file that was sent.",
        "是否复制到了别的文件里？请索取当时发出的文件。",
    ),
    "review/settled-in-file": (
        "the file says that this comment is settled ({id}), the data says that it is open",
        "文件中此批注已解决（{id}），数据中仍待处理",
        "Write 'status: done' if it is.", "确已处理的，请写 status: done。",
    ),
}  # fmt: skip
