"""What one call of the Word writer gathers while it writes: ids, relationships, footnotes, pictures.

Everything is counted per call, so that the same document always gives the same bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from msgspec import Struct, field

from reports.document.drawings import Drawing
from reports.document.nodes import Document, Fact, FigureBlock, Heading, References, Table, plain, walk_blocks
from reports.document.profiles import Profile
from reports.document.provenance import bookmark_of
from reports.document.transform import list_titles
from reports.writers.word.ooxml import REL, RELATIONSHIPS_URI, attribute
from reports.writers.word.pages import Pages, pages
from reports.writers.word.template import Template

_FIRST_ID = 1001  # below: room for the bookmarks and pictures of a template's headers and footers


class Ink(NamedTuple):
    """How letters are to look: the character styles in force, and the part they stand in."""

    styles: frozenset[str] = frozenset()
    story: Literal["document", "footnotes", "comments"] = "document"


PLAIN = Ink()


class Target(Struct, frozen=True):
    """A place a reference can lead to: its bookmark, and the text that stands inside the bookmark."""

    bookmark: str
    shown: str


class Relations(Struct):
    """The relationships of one part, each said once."""

    prefix: str
    rows: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, kind: str, target: str) -> str:
        """Return the id of the relationship of *kind* (a key of REL) to *target*."""
        return self.rows.setdefault((kind, target), f"{self.prefix}{len(self.rows) + 1}")

    def xml(self) -> str:
        """Return the w:Relationship elements."""
        return "".join(
            f'<Relationship xmlns="{RELATIONSHIPS_URI}" Id="{id_}" Type="{REL[kind]}"'
            f' Target="{attribute(target)}"{_EXTERNAL if kind == "hyperlink" else ""}/>'
            for (kind, target), id_ in self.rows.items()
        )


_EXTERNAL = ' TargetMode="External"'


class WriterState(Struct):
    """The one thing that grows during a call; every block function gets it.

    *works* are the numbers of the cited works by key; *waiting* the comments on words of a note, which stand at
    its mark.
    """

    document: Document
    profile: Profile
    template: Template
    drawings: Mapping[str, Drawing]
    targets: Mapping[str, Target]
    works: Mapping[str, int]
    pages: Pages
    list_titles: frozenset[str] = frozenset()
    relations: Mapping[str, Relations] = field(
        default_factory=lambda: {
            story: Relations("report") for story in ("document", "footnotes", "comments")
        }
    )
    footnotes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    nums: list[str] = field(default_factory=list)
    media: dict[bytes, str] = field(default_factory=dict)
    chapters: set[tuple[str, str]] = field(default_factory=set)
    run_properties: dict[tuple[Ink, bool], str] = field(default_factory=dict)
    bookmark_ids: Iterator[int] = field(default_factory=lambda: itertools.count(_FIRST_ID))
    drawing_ids: Iterator[int] = field(default_factory=lambda: itertools.count(_FIRST_ID))

    @property
    def body(self) -> Relations:
        """The relationships of the main part."""
        return self.relations["document"]

    @property
    def chinese(self) -> bool:
        """Whether the document's own language is Chinese."""
        return self.document.lang.startswith("zh")

    def bookmark(self, name: str, inner: str) -> str:
        """Return *inner* between the two ends of the bookmark *name*."""
        number = next(self.bookmark_ids)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'

    def fact(self, shown: Fact) -> str:
        """Count one more shown fact; return the name of its bookmark."""
        self.facts.append(shown)
        return bookmark_of(len(self.facts))

    def num(self, abstract: int, depth: int, start: int) -> int:
        """Make a numbering of its own for one list, so that it starts at *start*; return its w:numId."""
        number = self.template.next_num + len(self.nums)
        self.nums.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/><w:lvlOverride w:ilvl="{depth}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
        return number

    def picture(self, data: bytes, extension: str) -> str:
        """Take a picture into the document, once; return its relationship id."""
        name = self.media.setdefault(data, f"media/report{len(self.media) + 1}.{extension}")
        return self.body.add("image", name)


def begin(
    document: Document, profile: Profile, template: Template, drawings: Mapping[str, Drawing], draft: str = ""
) -> WriterState:
    """Return an empty work; the targets are known beforehand, since a reference may come before its figure."""
    lists = (block.entries for block in walk_blocks(document.blocks) if isinstance(block, References))
    works = {entry.key: entry.number for entries in lists for entry in entries}
    targets = _targets(document, profile)
    work = WriterState(
        document,
        profile,
        template,
        drawings,
        targets,
        works,
        pages(template, document, draft),
        list_titles(document.blocks),
    )
    if work.pages.added:
        work.body.rows["header", work.pages.added.part] = work.pages.added.relation
    return work


def bookmarks(document: Document) -> Mapping[str, str]:
    """Return the bookmark of everything that can be led to, by its id.

    Word takes _Ref… and nine digits for its own, and hides them in its list of bookmarks.
    """
    ids = [
        b.id for b in walk_blocks(document.blocks) if isinstance(b, (Heading, FigureBlock, Table)) and b.id
    ]
    cited = [e.key for b in walk_blocks(document.blocks) if isinstance(b, References) for e in b.entries]
    return {
        **{id_: f"_Ref{800000000 + n}" for n, id_ in enumerate(dict.fromkeys(ids), 1)},
        **{key: f"_Cite_{n}" for n, key in enumerate(dict.fromkeys(cited), 1)},
    }


def _targets(document: Document, profile: Profile) -> dict[str, Target]:
    """What a field that leads to a place shows; "" where a link is needed, as to a cited work."""
    shown: dict[str, str] = {}
    for block in walk_blocks(document.blocks):
        match block:
            case Heading(id=id_, content=content):
                shown[id_] = block.number if block.annex else plain(content)
            case FigureBlock(id=id_, number=number):
                shown[id_] = profile.figure + number
            case Table(id=id_, number=number):
                shown[id_] = profile.table + number
            case _:
                pass
    return {id_: Target(name, shown.get(id_, "")) for id_, name in bookmarks(document).items()}
