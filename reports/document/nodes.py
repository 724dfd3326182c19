"""The document tree: what a report says, without how it looks.

Frozen values only. `parse` makes the tree, `number` gives it numbers and resolved references, every writer
reads it. Names follow Pandoc's document model where it has one.

A *Fact* is data shown in the text: its `source` is an index into `Document.sources`, so that a fact can be
led back to its record and field from any output.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from reports.diagnostics.problems import Where

# --- inlines ----------------------------------------------------------------------------------------------


class Text(Struct, frozen=True):
    """Letters, literally."""

    text: str


class Fact(Struct, frozen=True):
    """Data: *content* is what is shown, *source* an index into `Document.sources`."""

    source: int
    content: Inlines


class Styled(Struct, frozen=True):
    """Content with one character style."""

    style: Literal["emphasis", "strong", "strike", "superscript", "subscript", "code"]
    content: Inlines


class Link(Struct, frozen=True):
    """A link out of the document; *href* is http, https or mailto."""

    href: str
    content: Inlines


class Ref(Struct, frozen=True):
    """A reference into the document.

    *target* is an anchor id, or `record:ID` for the place that first tells of a record. `number` fills
    *label* (what is shown: 图1, “会议”) and *anchor* (the id it leads to, "" where nothing can be led to).
    """

    target: str
    label: str = ""
    anchor: str = ""


class Footnote(Struct, frozen=True):
    """A note at the foot of the page; *number* counts from 1, 0 before `number`."""

    content: Inlines
    number: int = 0


class Cite(Struct, frozen=True):
    """A citation of works in the reference list; *targets* are their keys. `number` fills *label* ([1-3])."""

    targets: tuple[str, ...]
    label: str = ""


class CommentMark(Struct, frozen=True):
    """A reviewer's mark: a comment on *content*, never part of the text.

    *state* says in words how far it is settled; *date* is ISO 8601, "" where it is not known.
    """

    content: Inlines
    text: Inlines
    author: str = ""
    date: str = ""
    state: str = ""


class LineBreak(Struct, frozen=True):
    """A forced new line inside a paragraph."""


Inline = Text | Fact | Styled | Link | Ref | Footnote | Cite | CommentMark | LineBreak
Inlines = tuple[Inline, ...]

# --- blocks -----------------------------------------------------------------------------------------------


class Heading(Struct, frozen=True):
    """*level* counts from 1; *number* is the printed numbering text (一、), "" where there is none.

    An *annex* begins on a new page under its own number (附件1, Annex 1).
    """

    level: int
    content: Inlines
    id: str = ""
    numbered: bool = True
    number: str = ""
    annex: bool = False
    where: Where | None = None


class Paragraph(Struct, frozen=True):
    """Running text."""

    content: Inlines
    where: Where | None = None


class Listing(Struct, frozen=True):
    """A list; each item is a run of blocks. *start* is the first number of an ordered list."""

    ordered: bool
    items: tuple[Blocks, ...]
    start: int = 1
    where: Where | None = None


Align = Literal["left", "center", "right"]


class Column(Struct, frozen=True):
    """One table column: *width* is its share of the table's width (all columns together: 1.0)."""

    align: Align = "left"
    width: float = 0.0


#: How much a cell stands out from the others, in steps of grey that print as such.
Shade = Literal["", "light", "strong"]


class Cell(Struct, frozen=True):
    """One table cell; *across* and *down* count the columns and rows it covers."""

    content: Inlines
    across: int = 1
    down: int = 1
    shade: Shade = ""


Row = tuple[Cell, ...]


class Table(Struct, frozen=True):
    """*header* rows repeat on every page; *unit* stands above at the right, *notes* below."""

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    caption: Inlines = ()
    id: str = ""
    number: str = ""
    unit: Inlines = ()
    notes: tuple[Inlines, ...] = ()
    where: Where | None = None


class Picture(Struct, frozen=True):
    """One picture of a figure.

    *source* is `chart:N` (the N-th chart request), `media:PATH` (a file under the data folder) or
    `missing:` (there is a caption but no picture yet). *alt* says in words what is to be seen; *caption* is
    the part's own line under it, used when a figure has several pictures.
    """

    source: str
    alt: str = ""
    caption: Inlines = ()


class FigureBlock(Struct, frozen=True):
    """One or several pictures with one caption; *width* is a share of the column (0: writer decides)."""

    pictures: tuple[Picture, ...]
    caption: Inlines = ()
    id: str = ""
    number: str = ""
    across: int = 1
    width: float = 0.0
    notes: tuple[Inlines, ...] = ()
    where: Where | None = None


class Box(Struct, frozen=True):
    """Blocks with a part to play: summary, callout, quote, discussion, source."""

    role: str
    blocks: Blocks
    where: Where | None = None


class CodeBlock(Struct, frozen=True):
    """Preformatted text."""

    text: str
    where: Where | None = None


class PageBreak(Struct, frozen=True):
    """What follows starts a new page."""

    where: Where | None = None


class Contents(Struct, frozen=True):
    """A generated list: the table of contents, of figures or of tables; `number` fills *entries*."""

    of: Literal["headings", "figures", "tables"] = "headings"
    depth: int = 3
    entries: tuple[ContentsEntry, ...] = ()
    where: Where | None = None


class ContentsEntry(Struct, frozen=True):
    """One line of a generated list; *page* is 0 until a layout pass has found it."""

    level: int
    text: str
    anchor: str
    page: int = 0


class ReferenceEntry(Struct, frozen=True):
    """One work of a reference list; *number* is the one it is cited by."""

    key: str
    number: int
    content: Inlines


class References(Struct, frozen=True):
    """The numbered list of cited works."""

    entries: tuple[ReferenceEntry, ...]
    where: Where | None = None


Block = (
    Heading | Paragraph | Listing | Table | FigureBlock | Box | CodeBlock | PageBreak | Contents | References
)
Blocks = tuple[Block, ...]

# --- the whole --------------------------------------------------------------------------------------------


class FactSource(Struct, frozen=True):
    """Where a shown value comes from: the record, its field path (`signatories.0.signed`), the day of the entry it
    was said *on* ("" for what the record says at first), and the value as it is written there; `where` is the place
    in its file, which no delivered file says, for lines move. *report*: the record is the definition of a report.

    What was worked out has a *rule* (sum, share, count …), no record of its own, and all it comes from in *of*.
    """

    record: str
    field: str
    where: Where
    value: str
    on: str = ""
    report: bool = False
    rule: str = ""
    of: tuple[FactSource, ...] = ()

    def origins(self) -> Iterator[FactSource]:
        """Yield what stands in the data: itself, or all it was worked out from."""
        if not self.rule:
            yield self
        for source in self.of:
            yield from source.origins()


class Document(Struct, frozen=True):
    """*meta* holds the title block by role (title, subtitle, speaker, date, place, …).

    *cover*: the title block has a page of its own. *chapter*: the document is this chapter of a book; its
    first heading and its captions carry the number (0: it is no chapter). *breaks* are words of the title that
    begin a new line where it is set large. *places* are the template lines of *meta*, part by part.
    """

    lang: str
    meta: tuple[tuple[str, Inlines], ...] = ()
    blocks: Blocks = ()
    sources: tuple[FactSource, ...] = ()
    cover: bool = False
    chapter: int = 0
    breaks: tuple[str, ...] = ()
    places: tuple[Where, ...] = ()

    def title(self, role: str) -> Inlines:
        """Return one part of the title block, () when it has none."""
        return dict(self.meta).get(role, ())


def plain(content: Inlines) -> str:
    """Return the letters a reader sees, without footnotes."""
    if len(content) == 1:  # nearly all there is in a table, and in a fact
        only = content[0]
        if isinstance(only, Fact):
            return plain(only.content)
        if isinstance(only, Text):
            return only.text
    parts: list[str] = []
    for inline in content:
        match inline:
            case Text(text):
                parts.append(text)
            case (
                Fact(content=inner) | Styled(content=inner) | Link(content=inner) | CommentMark(content=inner)
            ):
                parts.append(plain(inner))
            case Ref(label=label) | Cite(label=label):
                parts.append(label)
            case LineBreak():
                parts.append("\n")
            case Footnote():
                pass
    return "".join(parts)


def walk_blocks(blocks: Blocks) -> Iterator[Block]:
    """Yield every block in reading order, those inside lists and boxes too."""
    for block in blocks:
        yield block
        match block:
            case Listing(items=items):
                for item in items:
                    yield from walk_blocks(item)
            case Box(blocks=inner):
                yield from walk_blocks(inner)
            case _:
                pass


def inlines_of(block: Block) -> Iterator[Inlines]:
    """Yield the runs of inlines that stand directly in *block*, in reading order."""
    match block:
        case Heading(content=content) | Paragraph(content=content):
            yield content
        case Table():
            yield block.caption
            yield block.unit
            for row in (*block.header, *block.rows):
                for cell in row:
                    yield cell.content
            yield from block.notes
        case FigureBlock():
            for picture in block.pictures:
                yield picture.caption
            yield block.caption
            yield from block.notes
        case References(entries=entries):
            for entry in entries:
                yield entry.content
        case _:
            return


def walk_inlines(content: Inlines) -> Iterator[Inline]:
    """Yield every inline, outer before inner."""
    for inline in content:
        yield inline
        match inline:
            case Fact(content=inner) | Styled(content=inner) | Link(content=inner) | Footnote(content=inner):
                yield from walk_inlines(inner)
            case CommentMark(content=inner, text=text):
                yield from walk_inlines(inner)
                yield from walk_inlines(text)
            case _:
                pass
