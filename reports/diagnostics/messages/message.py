"""What one message is: a sentence and a hint, in both languages."""

from __future__ import annotations

from msgspec import Struct


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
