"""A flat run of Markdown tokens → branches that hold what stands between an opening token and its closing one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reports.document.markdown.inlines import Note

if TYPE_CHECKING:
    from reports.document.markdown.dialect import Token


class Branch(Struct, frozen=True):
    """A token with what stands between it and its closing token."""

    token: Token
    below: list[Branch]

    @property
    def line(self) -> int:
        """The line of the parsed text it begins on."""
        return self.token.map[0] if self.token.map else 0

    @property
    def inline(self) -> list[Token]:
        """The inline tokens of a paragraph, heading or cell."""
        return next((b.token.children or [] for b in self.below if b.token.type == "inline"), [])

    @property
    def written(self) -> list[str]:
        """The lines of a paragraph as the author wrote them."""
        return next((b.token.content.split("\n") for b in self.below if b.token.type == "inline"), [])


def nest(tokens: Sequence[Token]) -> list[Branch]:
    """Turn a run of opening, closing and single tokens into branches."""
    top: list[Branch] = []
    levels = [top]
    for token in tokens:
        if token.nesting == -1:
            levels.pop()
            continue
        branch = Branch(token, [])
        levels[-1].append(branch)
        if token.nesting == 1:
            levels.append(branch.below)
    return top


def notes_in(branches: list[Branch]) -> dict[int, Note]:
    """Return the footnotes of a parsed text by their number."""
    notes: dict[int, Note] = {}
    for block in branches:
        for note in block.below if block.token.type == "footnote_block_open" else ():
            parts = [p for p in note.below if p.token.type != "footnote_anchor"]
            paragraphs = tuple((p.inline, p.line if p.token.map else None) for p in parts)
            whole = all(p.token.type == "paragraph_open" for p in parts)
            notes[int(note.token.meta["id"])] = Note(paragraphs, whole)
    return notes
