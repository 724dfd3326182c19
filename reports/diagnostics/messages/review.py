"""Every sentence about files from outside, and reports that came back with comments, in English and Chinese, by code.

A row is sentence, 句子, hint, 提示; the hints may be left out. The rules of `messages` hold.
"""

from __future__ import annotations

from collections.abc import Mapping

Rows = Mapping[str, tuple[str, ...]]

_AGAIN = (
    "Open it in the program it was made with, save it as {form} under another name, and name that file.",
    "请用制作它的程序打开，另存为 {form}，再指定新文件。",
)

_PACKAGE: Rows = {
    "package/unreadable": (
        "this is no {form} file, or it is damaged", "这不是 {form} 文件，或文件已损坏", *_AGAIN,
    ),
    "package/old-format": (
        "this file has a password, or is of an old kind ({old})", "文件设有密码，或是旧格式（{old}）",
        "Open it, take the password away, save it as {form}, and name that file.",
        "请打开文件，取消密码，另存为 {form}，再指定新文件。",
    ),
    "package/too-large": (
        "this file is over the limit: {limit}", "文件超出限制：{limit}",
        "Take out what is not needed (large pictures most of all), or split it.",
        "请删去不需要的内容（尤其是大图片），或拆成几个文件。",
    ),
    "package/unpacks-too-large": (
        "unpacked, this file is over the limit: {limit}", "文件解压后超出限制：{limit}", *_AGAIN,
    ),
    "package/too-many-parts": (
        "this file has more than {limit} parts", "文件的部件超过 {limit} 个", *_AGAIN,
    ),
    "package/part-twice": (
        "this file has two parts of one name, of which programs show one or the other: {part}",
        "文件有两个同名部件，各程序显示的内容会不同：{part}", *_AGAIN,
    ),
    "package/macros": (
        "this file holds macros", "文件含有宏",
        "Save it without macros, as {form}, and name that file.", "请另存为不含宏的 {form}，再指定新文件。",
    ),
    "package/no-types": (
        "this file does not say of what kind its parts are ([Content_Types].xml)",
        "文件未说明各部件的类型（[Content_Types].xml）", *_AGAIN,
    ),
    "package/broken-part": (
        "a part of this file is damaged, encrypted, or packed in a way that is not read: {part}",
        "文件的一部分已损坏、已加密，或压缩方式无法读取：{part}", *_AGAIN,
    ),
    "package/part-too-large": (
        "a part of this file is over the limit of {limit}: {part}", "文件的一部分超出 {limit} 的限制：{part}", *_AGAIN,
    ),
    "package/too-many-marks": (
        "a part of this file has more than {limit} elements: {part}", "文件的一部分超过 {limit} 个元素：{part}", *_AGAIN,
    ),
    "package/doctype": (
        "a part of this file declares a document type (DOCTYPE), which no Office file does: {part}",
        "文件的一部分含有文档类型声明（DOCTYPE），正常的 Office 文件不会有：{part}", *_AGAIN,
    ),
}  # fmt: skip

_REVIEW: Rows = {
    "review/part-lost": (
        "a part of this file is damaged, and what stands in it is missing from the list: {part}",
        "文件的一部分已损坏，其中内容未列出：{part}",
        "Open it in Word, save it under another name, and name that file.",
        "请用 Word 打开，另存为新文件，再指定新文件。",
    ),
    "review/hidden-text": (
        "words are hidden in this file, and none of ours are: {text}", "文件中有隐藏文字，并非本系统写入：{text}",
        "In Word, show hidden text (Ctrl+Shift+8) and ask who wrote it.", "请在 Word 中显示隐藏文字（Ctrl+Shift+8），并询问是谁写的。",
    ),
    "review/turns-text": (
        "an invisible sign turns the direction of words in this file ({code}), near: {text}",
        "文件中有改变文字方向的不可见字符（{code}），位置在：{text}",
        "What is read there is not what stands there: ask for the words.", "看到的与实际内容不同，请核实原文。",
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

REVIEW: Rows = {**_PACKAGE, **_REVIEW}
