"""A table of words in the languages of those who read them, and the one way to look them up."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reports.invocation import as_typed


class Words(Struct, frozen=True):
    """Words by name: Chinese, English and, where Traditional Chinese is another, that; `{…}` is filled in."""

    rows: Mapping[str, tuple[str, ...]]

    def say(self, word: str, lang: str, **values: object) -> str:
        """Return the words called *word* in *lang* (zh, en, zh-Hant), with *values* in their places."""
        zh, en, *hant = self.rows[word]
        said = en if lang == "en" else hant[0] if hant and lang == "zh-Hant" else zh
        return as_typed(said).format_map(values)

    def __contains__(self, word: str) -> bool:
        return word in self.rows
