"""Document in Simplified Chinese → the same in Traditional Chinese (Taiwan standard): the only home of OpenCC.

Words are converted letter by letter, never exchanged for other words (s2tw, not s2twp: 软件 stays 軟件), and
quotation marks become 「」『』. What the data itself says in Traditional Chinese stays as it is, and so do
names whose Traditional form the data states.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from msgspec.structs import replace

from reports.diagnostics.problems import Where
from reports.document.nodes import (
    Cite,
    CommentMark,
    Document,
    Fact,
    Footnote,
    Inline,
    Inlines,
    Link,
    Ref,
    Styled,
    Text,
)
from reports.document.transform import map_inlines
from reports.model.records import Dataset, Name, Part
from reports.model.values import BilingualText

_QUOTES = str.maketrans("“”‘’", "「」『』")
#: Where one word ends and the next begins, though the dictionary knows a word across: 不断|发展 has no hair in it.
_BETWEEN_WORDS = re.compile("(?<=不断)(?=发)")


def names_of(dataset: Dataset) -> Mapping[str, str]:
    """Every text whose Traditional form the data states, by its Simplified form."""
    found: dict[str, str] = {}
    for record in dataset.records.values():
        found.update(_stated(record))
    return found


def _stated(part: object) -> Iterator[tuple[str, str]]:
    if isinstance(part, Name | BilingualText):
        if part.hant:
            yield part.zh, part.hant
    elif isinstance(part, Part):
        for name in part.__struct_fields__:
            yield from _stated(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _stated(item)


def traditional_letters(text: str, names: Mapping[str, str]) -> str:
    """Return *text* in Traditional letters, the *names* in it as the data states them."""
    position, parts = 0, []
    for found in (
        re.finditer("|".join(map(re.escape, sorted(names, key=len, reverse=True))), text) if names else ()
    ):
        parts += [_convert(text[position : found.start()]), names[found[0]]]
        position = found.end()
    return "".join([*parts, _convert(text[position:])])


def to_traditional(document: Document, names: Mapping[str, str]) -> Document:
    """Return *document* in Traditional Chinese. Deterministic; the tree that comes in is not changed."""
    letters = partial(traditional_letters, names=names)

    def stated(fact: Fact) -> bool:
        return document.sources[fact.source].field.endswith("zh-Hant")

    def change(content: Inlines, where: Where | None = None) -> Inlines:  # noqa: ARG001 - as map_inlines calls it
        return tuple(map(one, content))

    def one(inline: Inline) -> Inline:
        match inline:
            case Text(text):
                return Text(letters(text))
            case Fact() if stated(inline):
                return inline
            case Ref(label=label) | Cite(label=label):
                return replace(inline, label=letters(label))
            case CommentMark(content=content, text=said, state=state):
                return replace(inline, content=change(content), text=change(said), state=letters(state))
            case (
                Fact(content=content)
                | Styled(content=content)
                | Link(content=content)
                | Footnote(content=content)
            ):
                return replace(inline, content=change(content))
            case _:
                return inline

    meta = tuple((role, change(content)) for role, content in document.meta)
    breaks = tuple(map(letters, document.breaks))
    blocks = map_inlines(document.blocks, change)
    return replace(document, lang="zh-Hant", meta=meta, blocks=blocks, breaks=breaks)


def _convert(text: str) -> str:
    words = _BETWEEN_WORDS.split(text) if text else ()
    return "".join(str(_converter().convert(word)) for word in words).translate(_QUOTES)


@cache
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415 - 0.3 s that only Traditional editions need

    return OpenCC("s2tw")


#: From words in Simplified letters to those a reader is shown.
Letters = Callable[[str], str]


def spelling(dataset: Dataset, lang: str) -> Letters:
    """How words are spelt for a reader of *lang*; names as *dataset* states them."""
    return partial(traditional_letters, names=names_of(dataset)) if lang == "zh-Hant" else str


def spelt(text: BilingualText, lang: str, letters: Letters) -> str:
    """*text* in *lang*; its own Traditional form stays as it is."""
    return text.get(lang) if lang != "zh-Hant" or text.hant else letters(text.zh)
