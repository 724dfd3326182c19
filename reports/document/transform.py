"""Changing a document tree: a new tree out of an old one, what did not change shared between both."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from msgspec.structs import replace

from reports.diagnostics.problems import Where
from reports.document.nodes import (
    Block,
    Blocks,
    Box,
    Contents,
    FigureBlock,
    Heading,
    Inlines,
    Listing,
    Paragraph,
    References,
    Row,
    Table,
)

#: From a run of inlines and its block's place to what stands there instead.
Change = Callable[[Inlines, Where | None], Inlines]


def map_inlines(blocks: Blocks, change: Change) -> Blocks:
    """Return *blocks* with every run of inlines changed; *change* gets a run and its block's place.

    A table row of which nothing changed is the same object as before, so that large tables cost little.
    """

    def one(block: Block) -> Block:
        where = getattr(block, "where", None)
        match block:
            case Heading() | Paragraph():
                return replace(block, content=change(block.content, where))
            case Listing(items=items):
                return replace(block, items=tuple(tuple(map(one, item)) for item in items))
            case Box(blocks=inner):
                return replace(block, blocks=tuple(map(one, inner)))
            case Table():
                return _map_table(block, change)
            case FigureBlock():
                return replace(  # in reading order, as in tables
                    block,
                    pictures=tuple(replace(p, caption=change(p.caption, where)) for p in block.pictures),
                    caption=change(block.caption, where),
                    notes=tuple(change(n, where) for n in block.notes),
                )
            case References(entries=entries):
                return replace(
                    block, entries=tuple(replace(e, content=change(e.content, where)) for e in entries)
                )
            case _:
                return block

    return tuple(map(one, blocks))


def list_titles(blocks: Blocks) -> frozenset[str]:
    """Return the ids of the headings that stand right above a generated list: its own title (目录, Contents) is
    no line of it."""
    return frozenset(
        above.id
        for above, below in pairwise(blocks)
        if isinstance(above, Heading) and isinstance(below, Contents)
    )


def _map_table(table: Table, change: Change) -> Table:
    def row(cells: Row) -> Row:
        new = tuple(change(cell.content, table.where) for cell in cells)
        if all(a is b.content for a, b in zip(new, cells, strict=True)):
            return cells
        return tuple(replace(cell, content=c) for c, cell in zip(new, cells, strict=True))

    return replace(  # in reading order: footnotes are counted on the way
        table,
        caption=change(table.caption, table.where),
        unit=change(table.unit, table.where),
        header=tuple(map(row, table.header)),
        rows=tuple(map(row, table.rows)),
        notes=tuple(change(n, table.where) for n in table.notes),
    )
