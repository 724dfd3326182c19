"""Document → Document: headings, captions and notes get their numbers, references their words.

Two walks: the first collects what can be referred to, the second puts it in. The tree that comes in is not
changed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import chain, count, repeat

from msgspec import Struct, field
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.document.nodes import (
    Block,
    Blocks,
    Box,
    Cite,
    CommentMark,
    Contents,
    ContentsEntry,
    Document,
    Fact,
    FigureBlock,
    Footnote,
    Heading,
    Inline,
    Inlines,
    Link,
    Listing,
    Ref,
    References,
    Styled,
    Table,
    Text,
    inlines_of,
    plain,
    walk_blocks,
    walk_inlines,
)
from reports.document.profiles import Profile
from reports.document.transform import list_titles, map_inlines
from reports.model.formatting import joiner, say_open


def number(document: Document, profile: Profile) -> Document:
    """Return *document* with every number and reference in place.

    Raises ReportError naming references to nothing and names given twice.
    """
    blocks = _numbered(document, profile)
    anchors, problems = _anchors(blocks, profile)
    places = _record_places(blocks, document)
    headings = frozenset(b.id for b in walk_blocks(blocks) if isinstance(b, Heading) and not b.annex)
    resolver = _Resolver(document.lang, anchors, headings, places, problems)
    meta = tuple(
        (role, resolver.inlines(content, where))
        for (role, content), where in zip(document.meta, chain(document.places, repeat(None)), strict=False)
    )
    blocks = map_inlines(blocks, resolver.inlines)
    if problems:
        raise ReportError(*problems)
    blocks = tuple(_with_entries(block, blocks, profile) for block in blocks)
    return replace(document, blocks=blocks, meta=meta)


def warnings(document: Document) -> Iterator[Problem]:
    """What a numbered document leaves to be wished for: figures and tables nobody mentions or that have no
    caption, heading levels left out."""
    mentioned = {i.anchor for b in walk_blocks(document.blocks) for c in inlines_of(b) for i in walk_inlines(c)
                 if isinstance(i, Ref)}  # fmt: skip
    above = 0
    for block in walk_blocks(document.blocks):
        where = getattr(block, "where", None) or Where("")
        if isinstance(block, Heading):
            if not above and block.level > 1:
                yield Problem(where, "markdown/first-heading", {"level": block.level}, "warning")
            elif block.level > above + 1:
                args = {"level": block.level, "above": above, "expected": above + 1}
                yield Problem(where, "markdown/heading-level", args, "warning")
            above = block.level
        elif isinstance(block, FigureBlock | Table):
            if not block.caption:
                kind = "figure" if isinstance(block, FigureBlock) else "table"
                yield Problem(where, _WITHOUT_CAPTION[kind], {}, "warning")
            elif block.id.startswith(("fig-", "tbl-")) and block.id not in mentioned:
                yield Problem(where, "markdown/unreferenced", {"id": block.id}, "warning")


_WITHOUT_CAPTION = {"figure": "markdown/figure-caption", "table": "markdown/table-caption"}


# --- numbers ----------------------------------------------------------------------------------------------


def _numbered(document: Document, profile: Profile) -> Blocks:
    """Count headings by level, figures and tables each in one row; give what has no id one."""
    levels = [document.chapter - 1] if document.chapter else []
    chapter = f"{document.chapter}-" if document.chapter else ""
    figures, tables, annexes = count(1), count(1), count(1)
    given = {getattr(block, "id", "") for block in walk_blocks(document.blocks)}
    free = {kind: _free_ids(kind, given) for kind in ("section", "figure", "table")}

    def number_block(block: Block) -> Block:
        match block:
            case Heading(annex=True):
                label = f"{profile.labels.annex}{next(annexes)}"
                return replace(block, id=block.id or next(free["section"]), numbered=False, number=label)
            case Heading():
                return _numbered_heading(
                    replace(block, id=block.id or next(free["section"])), levels, profile
                )
            case FigureBlock(caption=caption) if caption:
                own = block.id or next(free["figure"])
                return replace(block, number=f"{chapter}{next(figures)}", id=own)
            case Table(caption=caption) if caption:
                own = block.id or next(free["table"])
                return replace(block, number=f"{chapter}{next(tables)}", id=own)
            case Listing(items=items):
                return replace(block, items=tuple(tuple(map(number_block, item)) for item in items))
            case Box(blocks=inner):
                return replace(block, blocks=tuple(map(number_block, inner)))
            case _:
                return block

    return tuple(map(number_block, document.blocks))


def _free_ids(kind: str, given: Container[str]) -> Iterator[str]:
    """Ids for what the author gives none: those the author has not used."""
    return (id_ for id_ in (f"{kind}-{n}" for n in count(1)) if id_ not in given)


def _numbered_heading(heading: Heading, levels: list[int], profile: Profile) -> Heading:
    if not heading.numbered:
        return heading
    del levels[heading.level :]
    levels.extend([0] * (heading.level - len(levels)))
    levels[-1] += 1
    return replace(heading, number=profile.heading_number(tuple(levels)))


# --- what can be referred to ------------------------------------------------------------------------------


def _anchors(blocks: Blocks, profile: Profile) -> tuple[Mapping[str, str], list[Problem]]:
    """The words a reference shows, by id: 图1, 表2, the text of a heading; and the ids given twice."""
    labels: dict[str, str] = {}
    problems: list[Problem] = []
    for block in walk_blocks(blocks):
        match block:
            case Heading():
                label = block.number if block.annex else plain(block.content)
            case FigureBlock() if block.id:
                label = f"{profile.figure}{block.number}" if block.number else ""
            case Table() if block.id:
                label = f"{profile.table}{block.number}" if block.number else ""
            case References(entries=entries):
                labels.update({entry.key: f"[{entry.number}]" for entry in entries})
                continue
            case _:
                continue
        if block.id in labels:
            problems.append(Problem(block.where or Where(""), "markdown/duplicate-id", {"id": block.id}))
        labels[block.id] = label
    for block in walk_blocks(blocks):
        if isinstance(block, Heading) and not block.annex:
            labels[block.id] = plain(_with_labels(block.content, labels))
    return labels, problems


def _with_labels(content: Inlines, labels: Mapping[str, str]) -> Inlines:
    """A heading with the words of its references, so that what refers to it can say them."""
    out: list[Inline] = []
    for inline in content:
        match inline:
            case Ref(target=target, label=""):
                out.append(Text(labels.get(target, "")))
            case Styled(content=inner) | Link(content=inner):
                out.append(replace(inline, content=_with_labels(inner, labels)))
            case _:
                out.append(inline)
    return tuple(out)


def _record_places(blocks: Blocks, document: Document) -> Mapping[str, str]:
    """Where the report first tells of each record: the id of the figure or table, else of the section.

    What stands before the first heading (the summary) only announces; it is no place to refer to.
    """
    places: dict[str, str] = {}
    section = ""
    for block in walk_blocks(blocks):
        if isinstance(block, Heading):
            section = block.id
        here = block.id if isinstance(block, FigureBlock | Table) and block.number else section
        if not here:
            continue
        for content in inlines_of(block):
            for inline in walk_inlines(content):
                if isinstance(inline, Fact) and (record := document.sources[inline.source].record):
                    places.setdefault(record, here)
    return places


# --- references -------------------------------------------------------------------------------------------


class _Resolver(Struct):
    """Puts words to references and numbers to notes, in reading order."""

    lang: str
    anchors: Mapping[str, str]
    headings: frozenset[str]
    places: Mapping[str, str]
    problems: list[Problem]
    _notes: Iterator[int] = field(default_factory=lambda: count(1))

    def inlines(self, content: Inlines, where: Where | None) -> Inlines:
        """Resolve one run of inlines; the run itself comes back when there is nothing to do."""
        if not any(isinstance(i, Ref | Footnote | Styled | Link | Cite | CommentMark) for i in content):
            return content
        return tuple(new for inline in content for new in self._inline(inline, where))

    def _inline(self, inline: Inline, where: Where | None) -> Inlines:
        match inline:
            case Ref(target=target) if target == "" or target.startswith("record:"):
                return self._records(target)
            case Ref(target=target) if self.anchors.get(target, "").startswith("["):
                return (self._citation(Cite((target,)), where),)
            case Ref():
                return (self._reference(inline, where),)
            case Footnote(content=content):
                note = next(self._notes)
                return (Footnote(self.inlines(content, where), note),)
            case Styled(content=content) | Link(content=content):
                return (replace(inline, content=self.inlines(content, where)),)
            case CommentMark(content=content, text=text):
                inner, said = self.inlines(content, where), self.inlines(text, where)
                return (replace(inline, content=inner, text=said),)
            case Cite():
                return (self._citation(inline, where),)
            case _:
                return (inline,)

    def _citation(self, cite: Cite, where: Where | None) -> Cite:
        """The numbers of the cited works, runs of them drawn together: [1,4-6]."""
        for target in cite.targets:
            self._must_exist(target, where)
        numbers = sorted(
            {int(self.anchors[t].strip("[]")) for t in cite.targets if self.anchors.get(t, "")[:1] == "["}
        )
        return replace(cite, label=f"[{_runs(numbers)}]")

    def _must_exist(self, target: str, where: Where | None) -> None:
        if target not in self.anchors:
            known = sorted(self.anchors)
            args = {"target": target, "near": near(target, known), "known": ", ".join(known)}
            self.problems.append(Problem(where or Where(""), "markdown/unknown-reference", args))

    def _reference(self, ref: Ref, where: Where | None) -> Ref:
        self._must_exist(ref.target, where)
        label = ref.label or self.anchors.get(ref.target, "")
        if not label and ref.target in self.anchors:
            self.problems.append(
                Problem(where or Where(""), "markdown/nameless-reference", {"target": ref.target})
            )
        return replace(ref, label=label, anchor=ref.target)

    def _records(self, target: str) -> Inlines:
        """The places that tell of these records, each named once; headings in quotation marks."""
        found = [self.places.get(part.removeprefix("record:"), "") for part in target.split()]
        places = [place for place in dict.fromkeys(found) if place]
        if not places:
            return (Text(say_open("", self.lang)),)
        out: list[Inline] = []
        for i, place in enumerate(places):
            if i:
                out.append(Text(self._between(places, i)))
            ref = Ref(place, self.anchors[place], place)
            quoted = (Text("“"), ref, Text("”"))
            out.extend(quoted if place in self.headings else (ref,))
        return tuple(out)

    def _between(self, places: list[str], i: int) -> str:
        """What stands before the i-th of several places; Chinese sets no 、 between quoted titles
        (GB/T 15834-2011, 4.5.3.5)."""
        if self.lang.startswith("zh") and len(places) > 2 and {places[i - 1], places[i]} <= self.headings:
            return ""
        return joiner(self.lang, i == len(places) - 1, len(places) == 2)


def _runs(numbers: list[int]) -> str:
    """1, 2, 3, 7 → 1-3,7 (GB/T 7714: three and more in a row are drawn together)."""
    parts: list[list[int]] = []
    for number_ in numbers:
        if parts and number_ == parts[-1][-1] + 1:
            parts[-1].append(number_)
        else:
            parts.append([number_])
    return ",".join(f"{p[0]}-{p[-1]}" if len(p) > 2 else ",".join(map(str, p)) for p in parts)


# --- generated lists --------------------------------------------------------------------------------------


def _with_entries(contents: Block, blocks: Blocks, profile: Profile) -> Block:
    if isinstance(contents, Box):
        return replace(contents, blocks=tuple(_with_entries(b, blocks, profile) for b in contents.blocks))
    if not isinstance(contents, Contents):
        return contents

    titles = list_titles(blocks)

    def entries() -> Iterator[ContentsEntry]:
        for block in walk_blocks(blocks):
            match block:
                case Heading(id=id_) if id_ in titles:
                    pass
                case Heading() if contents.of == "headings" and block.level <= contents.depth:
                    yield ContentsEntry(block.level, _entry(block, profile), block.id)
                case FigureBlock() if contents.of == "figures" and block.number:
                    text = f"{profile.figure}{block.number}{profile.gap}{plain(block.caption)}"
                    yield ContentsEntry(1, text, block.id)
                case Table() if contents.of == "tables" and block.number:
                    text = f"{profile.table}{block.number}{profile.gap}{plain(block.caption)}"
                    yield ContentsEntry(1, text, block.id)
                case _:
                    pass

    return replace(contents, entries=tuple(entries()))


def _entry(heading: Heading, profile: Profile) -> str:
    return heading.number + (profile.gap if heading.annex else "") + plain(heading.content)


def with_pages(document: Document, pages: Mapping[str, int]) -> Document:
    """Return *document* with the *pages* (by anchor id) on which its entries stand, if all are known."""

    def filled(block: Block) -> Block:
        if not isinstance(block, Contents) or not all(e.anchor in pages for e in block.entries):
            return block
        return replace(block, entries=tuple(replace(e, page=pages[e.anchor]) for e in block.entries))

    return replace(document, blocks=tuple(map(filled, document.blocks)))
