"""Chinese typography as a strict secretary reads it: warnings on data and on what templates add.

Rules follow GB/T 15834-2011 (punctuation) and GB/T 15835-2011 (digits). Each rule is one function from a
text to its findings; it must stay silent on everything that can be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from reports.diagnostics.problems import Problem, Where
from reports.document.nodes import (
    Document,
    Fact,
    Heading,
    Inline,
    Inlines,
    Styled,
    Text,
    inlines_of,
    plain,
    walk_blocks,
)
from reports.model.records import Called, Dataset, Node, Part, Record, fields
from reports.model.values import BilingualText


class Flaw(Struct, frozen=True):
    """One flaw: its message code, the letters it is about, what to write instead."""

    code: str
    found: str
    better: str = ""


Rule = Callable[[str], Iterator[Flaw]]

# --- rules ------------------------------------------------------------------------------------------------

_HAN = "\u3400-\u9fff"
_HALF_WIDTH = re.compile(rf"(?<=[{_HAN}])[,;:?!(]|[,;:?!)](?=[{_HAN}])|(?<=[{_HAN}])[).](?![\w.])")
_FULL = str.maketrans(",;:?!().", "，；：？！（）。")
#: A year of two digits is told from a number of years by what stands around it.
_SHORT_YEAR = re.compile(r"(?<![\d.—～~-])\d\d(?:、\d\d)*年(?=\d{1,2}月)|(?<![\d.])\d\d(?:、\d\d)+年")
_PAIRS = {"）": "（", "”": "“", "’": "‘", "》": "《", "】": "【", "」": "「", "』": "『"}
_OPENING = frozenset(_PAIRS.values())
_DOUBLED = re.compile(r"([，。；：、？！])[，。；：、]")


def half_width(text: str) -> Iterator[Flaw]:
    """Punctuation of a Chinese sentence is full-width; inside Latin words and numbers it is not."""
    for found in _HALF_WIDTH.finditer(text):
        yield Flaw("typography/half-width", found[0], found[0].translate(_FULL))


def short_year(text: str) -> Iterator[Flaw]:
    """Years have four digits (GB/T 15835-2011, 5.1)."""
    for found in _SHORT_YEAR.finditer(text):
        yield Flaw("typography/short-year", found[0])


def unbalanced(text: str) -> Iterator[Flaw]:
    """Brackets and quotation marks come in pairs."""
    waiting: list[str] = []
    for char in text:
        if char in _OPENING:
            waiting.append(char)
        elif char in _PAIRS and (not waiting or waiting.pop() != _PAIRS[char]):
            # ’ is also an apostrophe; alone between letters it closes nothing.
            if char != "’":
                yield Flaw("typography/unbalanced", char)
            return
    if waiting:
        yield Flaw("typography/unbalanced", waiting[-1])


def doubled(text: str) -> Iterator[Flaw]:
    """Two marks in a row: one of them is left over from an edit."""
    for found in _DOUBLED.finditer(text):
        yield Flaw("typography/doubled", found[0], found[1])


RULES: tuple[Rule, ...] = (half_width, short_year, unbalanced, doubled)

#: Spellings of one word; where both are in use, the one used less is warned of.
VARIANTS = (
    ("节点", "结点"), ("其他", "其它"), ("截至", "截止"), ("账号", "帐号"), ("登录", "登陆"), ("作为", "做为"),
    ("像素", "象素"), ("图像", "图象"), ("黏", "粘"), ("坐标", "座标"), ("碳化", "炭化"), ("副总", "付总"),
)  # fmt: skip

# --- data -------------------------------------------------------------------------------------------------


def lint_data(dataset: Dataset) -> Iterator[Problem]:
    """Warn of flaws in the Chinese texts of all records, each at its line."""
    texts = [told for record in dataset.records.values() for told in _texts(record, dataset.nodes[record.id])]
    for text, where, _ in texts:
        for rule in RULES:
            for finding in rule(text):
                yield _problem(finding, where)
    yield from _mixed_spellings([(text, where) for text, where, quoted in texts if not quoted])


def _texts(record: Record, node: Node) -> Iterator[tuple[str, Where, bool]]:
    """Each Chinese text of a record with its place; true for those that may quote a source's spelling."""
    yield from _texts_in(record, node, quoted=record.kind in ("remark", "comment", "citation", "source"))


def _texts_in(part: Part, node: Node, *, quoted: bool) -> Iterator[tuple[str, Where, bool]]:
    for name, info in fields(type(part)).items():
        below = node.below.get(info.encode_name)
        if below is None:
            continue
        value = getattr(part, name)
        mentions = quoted or name in ("note", "import_note", "aliases", "former", "source")
        for item, place in _each(value, below):
            if isinstance(item, BilingualText | Called):
                yield item.zh, place.at("zh").where, mentions
            if isinstance(item, Part):
                yield from _texts_in(item, place, quoted=mentions)


def _each(value: object, node: Node) -> Iterable[tuple[object, Node]]:
    if isinstance(value, tuple):
        return [(item, node.below.get(i, node)) for i, item in enumerate(value)]
    return [(value, node)]


def _mixed_spellings(texts: list[tuple[str, Where]]) -> Iterator[Problem]:
    """Two spellings of one word across all records: the rarer one is shown wherever it stands."""
    for pair in VARIANTS:
        places = {spelling: [where for text, where in texts if spelling in text] for spelling in pair}
        if all(places.values()):
            rare, usual = sorted(pair, key=lambda spelling: len(places[spelling]))
            for where in places[rare]:
                args = {"found": rare, "better": usual, "other": str(places[usual][0])}
                yield Problem(where, "typography/two-spellings", args, "warning")


# --- documents --------------------------------------------------------------------------------------------


def lint_document(document: Document) -> Iterator[Problem]:
    """Warn of flaws in what the template itself says; what comes out of the data is judged there."""
    for block in walk_blocks(document.blocks):
        where = getattr(block, "where", None) or Where("")
        if isinstance(block, Heading) and plain(block.content).endswith(("。", "；", "，", "：")):
            yield _problem(Flaw("typography/heading-end", plain(block.content)[-1]), where)
        if not document.lang.startswith("zh"):
            continue
        for content in inlines_of(block):
            letters = "".join(_letters(document, inline) for inline in _top(content))
            for rule in (half_width, short_year, doubled):
                for finding in rule(letters):
                    yield _problem(finding, where)


def _letters(document: Document, inline: Inline) -> str:
    """Facts count as one Chinese letter, so that the marks beside them are judged too; what was worked out is none of
    the data's words."""
    if isinstance(inline, Fact) and document.sources[inline.source].rule:
        return plain(inline.content)
    return inline.text if isinstance(inline, Text) else "文"


def _top(content: Inlines) -> Iterator[Inline]:
    """The inlines of one run, styled text opened up."""
    for inline in content:
        if isinstance(inline, Styled):
            yield from _top(inline.content)
        else:
            yield inline


def _problem(finding: Flaw, where: Where) -> Problem:
    return Problem(where, finding.code, {"found": finding.found, "better": finding.better}, "warning")
