"""Documents as a person reads them in a test: one node a line, and short ways to make manuscripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.drawings import ChartRequest
from reports.document.manuscript import Manuscript
from reports.document.markdown.parser import parse
from reports.document.nodes import (
    Block,
    Box,
    Cell,
    Cite,
    CodeBlock,
    CommentMark,
    Contents,
    Document,
    Fact,
    FactSource,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Listing,
    PageBreak,
    Paragraph,
    Ref,
    References,
    Row,
    Styled,
    Table,
    Text,
)

TEMPLATE = "templates/sample/report.zh.md.j2"
#: Two charts to be asked for: chart:0, chart:1.
CHARTS = (ChartRequest("shares", (), "zh", (), 15.0),) * 2


def manuscript(
    text: str, lang: str = "zh", inserts: Iterable[Inline | Table | References] = ()
) -> Manuscript:
    """A manuscript whose lines came from the same lines of one template."""
    lines = tuple(Where(TEMPLATE, n) for n in range(1, text.count("\n") + 2))
    sources = tuple(FactSource(f"record-{n}", "title", Where("data/a.yaml", n + 1), "") for n in range(9))
    return Manuscript(text, lang, lines, tuple(inserts), sources, CHARTS)


def tree(text: str, lang: str = "zh", inserts: Iterable[Inline | Table | References] = ()) -> Document:
    """The document that *text* stands for."""
    return parse(manuscript(text, lang, inserts))


def mistakes(text: str, inserts: Iterable[Inline | Table | References] = ()) -> list[Problem]:
    """The problems of *text*, none when it can be read."""
    try:
        tree(text, inserts=inserts)
    except ReportError as error:
        return list(error.problems)
    return []


def told(problems: Iterable[Problem]) -> list[str]:
    """Problems in short: line and code."""
    return [f"{p.where.line} {p.code}" for p in problems]


def value(letters: str, source: int = 0) -> Fact:
    """A value out of the data."""
    return Fact(source, (Text(letters),))


# --- printing ---------------------------------------------------------------------------------------------


def show(document: Document) -> str:
    """The tree of *document*, one node a line, what is inside two spaces further in."""
    lines = [f"{role}: {said(content)}" for role, content in document.meta]
    return "\n".join([*lines, *(line for block in document.blocks for line in _block(block))]) + "\n"


def said(content: Inlines) -> str:
    """Inlines in one line: letters as they are, everything else in brackets with its name."""
    return "".join(_INLINES[type(inline)](inline) for inline in content)


def _ref(ref: Ref) -> str:
    shown = f" {ref.label}" if ref.label else ""
    return f"[ref {ref.target}{shown}{'' if ref.anchor in {'', ref.target} else f' to {ref.anchor}'}]"


_INLINES: Mapping[type[Inline], Callable[[Any], str]] = {
    Text: lambda i: json.dumps(i.text, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("\\\\", "\\"),
    Fact: lambda i: f"[fact {i.source} {said(i.content)}]",
    Styled: lambda i: f"[{i.style} {said(i.content)}]",
    Link: lambda i: f"[link {i.href} {said(i.content)}]",
    Ref: _ref,
    Footnote: lambda i: f"[note{f' {i.number}' if i.number else ''}: {said(i.content)}]",
    Cite: lambda i: f"[cite {' '.join(i.targets)}{f' {i.label}' if i.label else ''}]",
    CommentMark: lambda i: f"[remark {said(i.content)}: {said(i.text)}]",
    LineBreak: lambda i: "[break]",
}


def _block(block: Block) -> Iterator[str]:
    return _BLOCKS[type(block)](block)


def _inside(blocks: tuple[Block, ...], indent: str = "  ") -> Iterator[str]:
    return (indent + line for block in blocks for line in _block(block))


def _named(name: str, block: Heading | Table | FigureBlock, *more: str) -> str:
    number = f"“{block.number}”" if block.number else ""
    content = block.content if isinstance(block, Heading) else block.caption
    head = " ".join(part for part in (name, f"#{block.id}" if block.id else "", number, *more) if part)
    return f"{head}: {said(content)}" if content else head


def _heading(heading: Heading) -> Iterator[str]:
    kind = "annex" if heading.annex else "" if heading.numbered else "unnumbered"
    yield _named(f"heading {heading.level}", heading, kind)


def _listing(listing: Listing) -> Iterator[str]:
    yield f"list from {listing.start}" if listing.ordered else "list"
    for item in listing.items:
        yield "  item"
        yield from _inside(item, "    ")


def _table(table: Table) -> Iterator[str]:
    yield _named("table", table)
    columns = (f"{c.align}{f' {c.width:.2f}' if c.width else ''}" for c in table.columns)
    yield f"  columns: {', '.join(columns)}"
    if table.unit:
        yield f"  unit: {said(table.unit)}"
    yield from (f"  head: {_row(row)}" for row in table.header)
    yield from (f"  row: {_row(row)}" for row in table.rows)
    yield from (f"  note: {said(note)}" for note in table.notes)


def _row(row: Row) -> str:
    return " | ".join(map(_cell, row)).rstrip()


def _cell(cell: Cell) -> str:
    span = f"[{cell.across}×{cell.down}] " if (cell.across, cell.down) != (1, 1) else ""
    return span + said(cell.content)


def _figure(figure: FigureBlock) -> Iterator[str]:
    across = f"{figure.across} across" if figure.across > 1 else ""
    yield _named("figure", figure, across, f"width {figure.width:.2f}" if figure.width else "")
    for picture in figure.pictures:
        alt = f" “{picture.alt}”" if picture.alt else ""
        yield f"  picture {picture.source}{alt}{f': {said(picture.caption)}' if picture.caption else ''}"
    yield from (f"  note: {said(note)}" for note in figure.notes)


def _box(box: Box) -> Iterator[str]:
    yield f"box {box.role}"
    yield from _inside(box.blocks)


def _code(code: CodeBlock) -> Iterator[str]:
    yield "code"
    yield from (f"  |{line}" for line in code.text.split("\n"))


def _contents(contents: Contents) -> Iterator[str]:
    yield f"contents of {contents.of}, {contents.depth} deep"
    yield from (f"  {'  ' * (e.level - 1)}{e.text} → {e.anchor}" for e in contents.entries)


def _references(references: References) -> Iterator[str]:
    yield "references"
    yield from (f"  [{e.number}] {e.key}: {said(e.content)}" for e in references.entries)


_BLOCKS: Mapping[type[Block], Callable[[Any], Iterator[str]]] = {
    Heading: _heading,
    Paragraph: lambda b: iter([f"paragraph: {said(b.content)}"]),
    Listing: _listing,
    Table: _table,
    FigureBlock: _figure,
    Box: _box,
    CodeBlock: _code,
    PageBreak: lambda b: iter(["page break"]),
    Contents: _contents,
    References: _references,
}
