"""A report between template and tree: Markdown in which tokens stand for everything that is not the author's.

A value out of the data never becomes Markdown text. Where a template prints one, the text holds a token
(U+E000 index U+E001) and the value itself waits in `Manuscript.inserts`; whatever its letters are, no parser
ever sees them. The same token brings in whole tables.

Line tokens (U+E002 template-index U+E003 line U+E004) stand at line ends while a template renders; `unmark`
takes them out again and knows from them which template line each line of Markdown came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from reports.diagnostics.problems import Problem, Where
from reports.document.drawings import ChartRequest
from reports.document.nodes import FactSource, Inline, References, Table

INSERT = re.compile("\ue000(\\d+)\ue001")
RESERVED = re.compile("[\ue000-\ue005]")
LINE = re.compile("\ue002(\\d+)\ue003(\\d+)\ue004")


def insert_token(index: int) -> str:
    """The token that stands for `inserts[index]`."""
    return f"\ue000{index}\ue001"


def line_token(template: int, line: int) -> str:
    """The token that says: up to here, this line came from *line* of the *template*-th template."""
    return f"\ue002{template}\ue003{line}\ue004"


class Manuscript(Struct, frozen=True):
    """*text* is Markdown with insert tokens; *lines* the template place of each of its lines, *notes* what is odd in
    the template and stops nothing."""

    text: str
    lang: str
    lines: tuple[Where, ...]
    inserts: tuple[Inline | Table | References, ...] = ()
    sources: tuple[FactSource, ...] = ()
    charts: tuple[ChartRequest, ...] = ()
    notes: tuple[Problem, ...] = ()

    def where(self, line: int) -> Where:
        """The template place of a Markdown line, counted from 0."""
        return self.lines[min(line, len(self.lines) - 1)] if self.lines else Where("")


def unmark(marked: str, names: Sequence[str]) -> tuple[str, tuple[Where, ...]]:
    """Take the line tokens out of *marked*; return the text and, for each of its lines, its place in one of
    the templates *names*. A line without a token came with the last token after it, else before it."""
    lines, places = [], []
    for line in marked.split("\n"):
        found = LINE.findall(line)
        places.append(Where(names[int(found[-1][0])], int(found[-1][1])) if found else None)
        lines.append(LINE.sub("", line) if found else line)
    return "\n".join(lines), _filled(places, names)


def _filled(places: list[Where | None], names: Sequence[str]) -> tuple[Where, ...]:
    """Give lines without a place that of the next line that has one, the last ones that of the line before."""
    known = next((p for p in reversed(places) if p), Where(names[0] if names else "", 1))
    for i in range(len(places) - 1, -1, -1):
        known = places[i] = places[i] or known
    return tuple(p for p in places if p)
