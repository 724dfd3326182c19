"""The editions of a report are to say the same facts in the same order.

They are compared passage by passage (a heading, a paragraph, a cell): inside one, each language has its own
word order. What is compared is what is shown, the field of a record, not the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from reports.diagnostics.problems import Problem, Where
from reports.document.drawings import ChartRequest
from reports.document.nodes import (
    Document,
    Fact,
    FigureBlock,
    Inlines,
    Picture,
    inlines_of,
    walk_blocks,
    walk_inlines,
)
from reports.model.values import LANGUAGES

#: A record and the path of a field in it, without its language.
_Fact = tuple[str, str]


class Passage(Struct, frozen=True):
    """What one passage shows, and the template line it comes from. *behind* is what its worked-out values come from,
    which a language may say in words (“the following item”) where another counts."""

    facts: frozenset[_Fact]
    where: Where | None = None
    behind: frozenset[_Fact] = frozenset()


def passages(document: Document, requests: Sequence[ChartRequest]) -> tuple[Passage, ...]:
    """Return every passage that shows facts, in reading order; *requests* are the document's charts."""
    found = [_passage(document, content) for _, content in document.meta]
    for block in walk_blocks(document.blocks):
        where = getattr(block, "where", None)
        if isinstance(block, FigureBlock):
            found += [Passage(_drawn(picture, requests), where) for picture in block.pictures]
        found += [_passage(document, content, where) for content in inlines_of(block)]
    return tuple(passage for passage in found if passage.facts or passage.behind)


def first_difference(
    one: Sequence[Passage], other: Sequence[Passage], langs: tuple[str, str]
) -> Iterator[Problem]:
    """Say where the edition *other* first shows something else than *one*; *langs* are their languages."""
    one, other = ([passage for passage in edition if passage.facts] for edition in (one, other))
    facts = [p.facts for p in one], [p.facts for p in other]
    if facts[0] == facts[1]:
        return
    changes = SequenceMatcher(None, *facts, autojunk=False).get_opcodes()
    _, start, end, begin, stop = next(change for change in changes if change[0] != "equal")
    there, here = _all(facts[0][start:end]), _all(facts[1][begin:stop])
    twin = _at(one, start)
    args = {"lang": langs[0], "edition": langs[1], "there": str(twin)}
    args |= {"missing": _said(there - here), "more": _said(here - there)}
    code = "twins/order" if _all(facts[0]) == _all(facts[1]) else "twins/facts"
    yield Problem(_at(other, begin) if other else twin, code, args, "warning")


def _passage(document: Document, content: Inlines, where: Where | None = None) -> Passage:
    shown: tuple[set[_Fact], set[_Fact]] = set(), set()
    for inline in walk_inlines(content):
        if isinstance(inline, Fact):
            source = document.sources[inline.source]
            shown[bool(source.rule)].update((one.record, _bare(one.field)) for one in source.origins())
    return Passage(frozenset(shown[0]), where, frozenset(shown[1]))


def _drawn(picture: Picture, requests: Sequence[ChartRequest]) -> frozenset[_Fact]:
    """The records a chart draws; of a photo its file."""
    kind, _, name = picture.source.partition(":")
    if kind == "chart" and name.isdigit():
        return frozenset((record.id, "") for record in requests[int(name)].records)
    return frozenset({(name, "")} if name else ())


def _bare(field: str) -> str:
    return ".".join(step for step in field.split(".") if step not in LANGUAGES)


def _all(parts: Sequence[frozenset[_Fact]]) -> frozenset[_Fact]:
    return frozenset(fact for part in parts for fact in part)


def _at(found: Sequence[Passage], index: int) -> Where:
    """The place of a passage; of one in the title block, which has none, and behind the last one, the nearest."""
    places = [passage.where for passage in (*found[index:], *reversed(found[:index])) if passage.where]
    return places[0] if places else Where("")


#: So many facts are named.
_MOST = 3


def _said(facts: frozenset[_Fact]) -> str:
    """Facts by record and field, a few of many; – for none."""
    names = sorted(".".join(filter(None, fact)) for fact in facts)
    return ", ".join([*names[:_MOST], *(["…"] if len(names) > _MOST else [])]) or "–"
