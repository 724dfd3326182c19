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
from reports.diagnostics.messages.in_time import IN_TIME
from reports.diagnostics.messages.issues import ISSUES
from reports.diagnostics.messages.markdown import MARKDOWN
from reports.diagnostics.messages.migration import MIGRATION
from reports.diagnostics.messages.output import OUTPUT
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


_TOPICS = (
    DATA_FILES, IN_TIME, MIGRATION, ISSUES, DESK, ENTRY, DELIVERY, PREVIEW, REVIEW, TEMPLATES, MARKDOWN, OUTPUT,
)  # fmt: skip

MESSAGES: Mapping[str, Message] = MappingProxyType(
    {code: Message(*row) for topic in _TOPICS for code, row in topic.items()}
)
