"""The sentences about twin editions and translations, and about setting up."""

from __future__ import annotations

Rows = dict[str, tuple[str, ...]]

_TWINS: Rows = {
    "twins/facts": (
        "the edition in '{edition}' shows other facts here than the one in '{lang}' ({there})",
        "此处“{edition}”版的内容与“{lang}”版（{there}）不一致",
        "Missing here: {missing}. Only here: {more}.", "此处缺少：{missing}。仅此处有：{more}。",
    ),
    "twins/order": (
        "the edition in '{edition}' shows its facts in another order than the one in '{lang}' ({there})",
        "“{edition}”版的内容次序从此处起与“{lang}”版（{there}）不同",
        "There: {missing}. Here: {more}.", "彼处：{missing}。此处：{more}。",
    ),
    "twins/behind": (
        "'{field}' was changed in '{source}' after this text in '{lang}'", "“{field}”的“{source}”文本在此“{lang}”文本之后改过",
        "See whether both still say the same. If so, nothing need be done: approving a report settles it.",
        "请核对两者是否一致；如仍一致，不必改动，报告批准后即不再提示。",
    ),
}  # fmt: skip

_SCAFFOLD: Rows = {
    "scaffold/taken": (
        "there is a '{name}' here already", "这里已有“{name}”", "Choose another name.", "请换一个名称。",
    ),
    "scaffold/no-list": (
        "the report cannot be added to this list without changing more of it", "无法在不改动其他内容的情况下加入此清单",
        "The file needs a line 'reports:' with the reports below it, each beginning with '- id:'.",
        "文件中要有一行“reports:”，各报告列在其下，每份以“- id:”开头。",
    ),
    "scaffold/not-empty": (
        "this folder is not empty", "此文件夹不是空的", "Name a folder that is empty or not there yet.",
        "请给出空的或尚不存在的文件夹。",
    ),
    "scaffold/no-name": (
        "the new report has no name", "新报告没有名称", "Write: run.py new report NAME.", "写成：run.py new report 名称。",
    ),
}  # fmt: skip

DESK: Rows = {**_TWINS, **_SCAFFOLD}
