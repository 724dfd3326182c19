"""The sentences about twin editions and translations, and about setting up; a part of `messages`."""

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

DESK: Rows = {**_TWINS}
