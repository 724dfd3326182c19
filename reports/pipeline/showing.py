"""What a report shows of its records, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reports.document.drawings import ChartRequest
from reports.document.nodes import (
    Document,
    Fact,
    FactSource,
    FigureBlock,
    Inlines,
    Picture,
    inlines_of,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.model.records import Dataset
from reports.records.changes import Computed
from reports.records.computed import computed


class Showing(Struct, frozen=True):
    """One thing shown: a value from *source* as *text*, or a record that a chart draws (*drawn*, without a source)."""

    source: FactSource | None
    text: str = ""
    drawn: str = ""


def showings(document: Document, requests: Sequence[ChartRequest]) -> tuple[Showing, ...]:
    """Return all that is shown, in reading order; *requests* are the document's charts."""
    return tuple(_showings(document, requests))


def _showings(document: Document, requests: Sequence[ChartRequest]) -> Iterator[Showing]:
    for _, content in document.meta:
        yield from _told(document, content)
    for block in walk_blocks(document.blocks):
        if isinstance(block, FigureBlock):
            for picture in block.pictures:
                yield from _drawn(picture, requests)
        for content in inlines_of(block):
            yield from _told(document, content)


def _told(document: Document, content: Inlines) -> Iterator[Showing]:
    for inline in walk_inlines(content):
        if isinstance(inline, Fact):
            yield Showing(document.sources[inline.source], plain(inline.content))


def _drawn(picture: Picture, requests: Sequence[ChartRequest]) -> Iterator[Showing]:
    kind, _, name = picture.source.partition(":")
    if kind == "chart" and name.isdigit():
        yield from (Showing(None, drawn=record.id) for record in requests[int(name)].records)


def computed_in(shown: Sequence[Showing], kinds: Mapping[str, str]) -> tuple[Computed, ...]:
    """Return what was worked out of all that is *shown*, in reading order; *kinds* names those of records."""
    return tuple(
        computed(source.rule, one.text, ((of.record, of.field) for of in source.origins()), kinds)
        for one in shown
        if (source := one.source) is not None and source.rule
    )


def kinds_of(dataset: Dataset) -> Mapping[str, str]:
    """Return the kind of each record, as data files name it."""
    return {id_: record.plural for id_, record in dataset.records.items()}
