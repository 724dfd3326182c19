"""The comments of a Word file: who said what, in which thread, settled or not, and whether we said it ourselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, field

from reports.document.provenance import occurrence_in
from reports.review.marks import Printed, cleaned, squeezed
from reports.review.stream import SIGN, local, of
from reports.writers.word.incoming import Package

_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_EXTENDED = "{http://schemas.microsoft.com/office/word/2012/wordml}"
#: Letters of one comment that are kept.
MOST = 100_000


class WordComment(Struct):
    """A comment by its *id*; *paragraph* is how replies and states name it, *facts* the bookmarks' numbers in it."""

    id: str
    by: str
    date: str
    text: str = ""
    paragraph: str = ""
    parent: str = ""
    resolved: bool = False
    facts: list[int] = field(default_factory=list)


def comments_of(package: Package) -> list[WordComment]:
    """Return all comments in the order of their part."""
    found = _Comments()
    for part in package.related(package.main, "comments"):
        package.read(part, found)
    states = _States()
    for part in package.related(package.main, "commentsExtended"):
        package.read(part, states)
    by_paragraph = {comment.paragraph: comment for comment in found.all if comment.paragraph}
    for comment in found.all:
        parent, comment.resolved = states.known.get(comment.paragraph, ("", False))
        above = by_paragraph.get(parent)
        comment.parent = above.id if above and above is not comment else ""
    return found.all


def own_remarks(printed: Iterable[Printed]) -> Mapping[str, str]:
    """The texts of the comments we print, without spaces and without the state behind them, and their records."""
    requests: dict[str, str] = {}
    answers: dict[str, str] = {}
    for fact in printed:
        name = fact.field.partition(".")[0]
        if name in {"request", "resolution"}:
            (requests if name == "request" else answers).setdefault(fact.record, squeezed(fact.shown))
    texts = {text: record for record, text in requests.items()}
    return texts | {f"{requests[r]}→{text}": r for r, text in answers.items() if r in requests}


_STATE = re.compile(r"[（(][^（）()]{1,30}[)）]$")


def is_own(comment: WordComment, own: Mapping[str, str]) -> str:
    """The id of the remark that *comment* is, as we printed it; "" where somebody else said it, or more."""
    bare, states = _STATE.subn("", squeezed(comment.text))
    return own.get(bare, "") if states else ""


class _Comments:
    """Reads word/comments.xml."""

    def __init__(self) -> None:
        self.all: list[WordComment] = []
        self._pieces: list[str] = []
        self._reading = False
        self._struck = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "comment":
            by, date = cleaned(of(attributes, "author"), 200), day_and_time(of(attributes, "date"))
            self.all.append(WordComment(of(attributes, "id"), by, date))
            self._pieces = []
        elif name == "p" and self.all:
            self.all[-1].paragraph = attributes.get(_PARAGRAPH_ID) or ""
        elif name in {"del", "moveFrom"}:
            self._struck += 1
        elif name == "t":
            self._reading = not self._struck
        elif name in {"br", "cr", "tab"}:
            self._pieces.append("\t" if name == "tab" else "\n")
        elif name == "drawing":  # drawn with a pen or pasted: at least that there is something
            self._pieces.append(SIGN)
        elif name == "bookmarkStart" and self.all and (number := occurrence_in(of(attributes, "name"))):
            self.all[-1].facts.append(number)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self._reading = False
        elif name == "p":
            self._pieces.append("\n")
        elif name in {"del", "moveFrom"}:
            self._struck -= 1
        elif name == "comment" and self.all:
            self.all[-1].text = cleaned("".join(self._pieces), MOST)

    def data(self, text: str) -> None:
        if self._reading:
            self._pieces.append(text)


class _States:
    """Reads word/commentsExtended.xml: of each comment, by its paragraph, what it answers and whether it is settled."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, bool]] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_EXTENDED}commentEx":
            parent, done = attributes.get(f"{_EXTENDED}paraIdParent"), attributes.get(f"{_EXTENDED}done")
            own = attributes.get(f"{_EXTENDED}paraId") or ""
            self.known[own] = parent or "", done in {"1", "true", "on"}

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


def day_and_time(text: str) -> str:
    """Return what a date of Word says up to minutes, "" where it is none: LibreOffice writes 0-00-00 for none."""
    found = re.match(r"([12]\d{3}-\d\d-\d\d)(?:T([01]\d|2[0-3]):([0-5]\d))?", text)
    try:
        date.fromisoformat(found[1] if found else "")
    except ValueError:
        return ""
    assert found
    return f"{found[1]}T{found[2]}:{found[3]}" if found[2] else found[1]
