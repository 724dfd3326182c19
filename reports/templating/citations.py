"""The apparatus of a paper: citations, the list of references, reviewers' marks.

`cite(…)`, `bibliography(…)` and `remark(…)` of a template. Entries follow GB/T 7714-2025 (numeric system).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.nodes import Cite, Inline, Inlines, ReferenceEntry, References, Text
from reports.document.nodes import CommentMark as Mark
from reports.model.dates import PartialDate
from reports.model.formatting import say_open, term
from reports.model.kinds.documents import Citation, Remark, Work
from reports.templating.context import Book
from reports.templating.filters import by_path, expanded
from reports.templating.leaves import Leaf
from reports.templating.selections import items
from reports.templating.views import View

#: More authors than this are cut to as many and "et al." (GB/T 7714-2025, 8.1.2).
_AUTHORS = 3


def cite(book: Book, *works: Any) -> str:
    """The citation of one or several works."""
    keys = [_record(view, Citation, "cite").id for view in _flat(works, "cite")]
    return book.insert(Cite(tuple(keys)))


def bibliography(book: Book, works: Any) -> str:
    """The list of references, by number; a work without an entry says so and what it is cited for."""
    views = [view for view in items(works, "bibliography") if _record(view, Citation, "bibliography")]
    entries = [_entry(book, view) for view in sorted(views, key=lambda v: v.record.number)]
    return "\n\n" + book.insert(References(tuple(entries))) + "\n\n"


def _entry(book: Book, view: View) -> ReferenceEntry:
    citation = _record(view, Citation, "bibliography")
    number = citation.number
    if citation.work:
        leaf = Leaf(book, by_path(view, "work").place, citation.work.title, entry_text(citation.work))
        return ReferenceEntry(citation.id, number, (leaf.inline(),))
    missing = Text(f"{say_open('entry', book.lang)}{'：' if book.lang.startswith('zh') else ': '}")
    return ReferenceEntry(citation.id, number, (missing, by_path(view, "title").inline()))


def entry_text(work: Work) -> str:
    """The line of a work in a list of references (GB/T 7714-2025, clause 4)."""
    authors = list(work.authors[:_AUTHORS])
    if len(work.authors) > _AUTHORS:
        authors.append("等" if any(ord(char) >= 0x3400 for char in authors[0]) else "et al")
    parts = [", ".join(authors), f"{work.title}[{work.medium}]", _imprint(work)]
    if work.url:
        parts.append(work.url)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _imprint(work: Work) -> str:
    """Where and when it appeared: journal, year, volume(issue): pages, or place: publisher, year: pages."""
    publisher = ": ".join(part for part in (work.place, work.publisher) if part)
    volume = (work.volume or "") + (f"({work.issue})" if work.issue else "")
    head = ", ".join(part for part in (work.container, publisher, work.year, volume) if part)
    pages = f": {work.pages}" if work.pages else ""
    accessed = f"[{work.accessed.start}]" if work.accessed and work.accessed.start and work.url else ""
    return head + pages + accessed


def remark(book: Book, mark: Any, on: Any = "") -> str:
    """A reviewer's mark on the words *on* (none given: on its own target): a comment, never text."""
    record = _record(mark, Remark, "remark")
    text: list[Inline] = [by_path(mark, "request").inline()]
    if record.resolution is not None:
        text += [Text("→"), by_path(mark, "resolution").inline()]
    day = record.date
    known = isinstance(day, PartialDate) and day.precision == "day" and day.start is not None
    return book.insert(
        Mark(
            content=_words(book, on) or (by_path(mark, "target").inline(),),
            text=tuple(text),
            author=_author(book, mark, record),
            date=day.start.isoformat() if day is not None and known and day.start else "",
            state=term(f"remark {record.status}", book.lang),
        )
    )


def _author(book: Book, mark: View, record: Remark) -> str:
    if record.by:
        return str(by_path(mark, "by").name_text())
    return term("reviewer" if record.origin == "reviewer" else "import", book.lang)


def _words(book: Book, on: Any) -> Inlines:
    if isinstance(on, Leaf):
        return (on.inline(),)
    if isinstance(on, View):
        return (on.named(on.name_text()).inline(),)
    return expanded(book, str(on)) if on else ()


def _flat(things: Iterable[Any], function: str) -> Sequence[View]:
    found: list[View] = []
    for thing in things:
        found += [thing] if isinstance(thing, View) else items(thing, function)
    return found


def _record(view: Any, kind: type, function: str) -> Any:
    if isinstance(view, View) and isinstance(view.record, kind):
        return view.record
    args = {"function": function, "detail": kind.__name__.lower()}
    raise ReportError(Problem(Where(""), "template/bad-argument", args))
