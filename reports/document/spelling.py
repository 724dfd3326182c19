"""How Chinese words are spelt for a reader: as they stand, or in Traditional letters. A part of `pipeline`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reports.document.traditional import names_of, traditional_letters
from reports.model.records import Dataset
from reports.model.values import BilingualText

#: From words in Simplified letters to those a reader is shown.
Letters = Callable[[str], str]


def spelling(dataset: Dataset, lang: str) -> Letters:
    """How words are spelt for a reader of *lang*; names as *dataset* states them."""
    return partial(traditional_letters, names=names_of(dataset)) if lang == "zh-Hant" else str


def spelt(text: BilingualText, lang: str, letters: Letters) -> str:
    """*text* in *lang*; its own Traditional form stays as it is."""
    return text.get(lang) if lang != "zh-Hant" or text.hant else letters(text.zh)
