"""One part of a Word file, read once from its first mark to its last: text, facts, comments, tracked changes.

There are two texts, told apart while reading: that before the tracked changes, and that after them. What is noted
of a place is how far both had come, so that thousands of comments over one another cost no more than one each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice
from typing import NamedTuple

from msgspec import Struct, field

from reports.document.provenance import occurrence_in

_TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def local(tag: str) -> str:
    """Return the name of an element of Word, in either of its namespaces; "" of any other."""
    for space in (_TRANSITIONAL, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def of(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute of Word, "" where it is not given."""
    return attributes.get(_TRANSITIONAL + name) or attributes.get(_STRICT + name) or ""


class At(NamedTuple):
    """How far the text before and the text after all changes had come, in letters."""

    before: int
    after: int


class ReadParagraph(Struct):
    """A paragraph or table row, and which facts (places in `Walk.facts`) stand in it, from *first* to before *end*.

    *piece* is where its text begins in `Walk.after`, *text* the words of a heading.
    """

    first: int
    piece: int
    stop: At | None = None
    end: int | None = None
    heading: bool = False
    text: str = ""


class Anchor(Struct):
    """A place in the text: how far the texts had come, how many facts had begun, what is around it.

    *open* are the facts that had begun and not ended; *around* the paragraph, the table row, and the paragraphs
    outside of a text box.
    """

    at: At
    facts: int
    open: tuple[int, ...]
    around: tuple[ReadParagraph, ...]
    section: ReadParagraph | None
    note: str
    tick: int


class ShownFact(Struct):
    """A fact's bookmark, from where to where."""

    number: int
    begin: Anchor
    end: At | None = None


class TrackedChange(Struct):
    """Tracked words of one author: *kind* is ins, del, moveFrom or moveTo; *name* pairs the ends of a move."""

    kind: str
    by: str
    date: str
    anchor: Anchor
    unchanged: int
    name: str = ""
    text: list[str] = field(default_factory=list)
    end: Anchor | None = None


class _Open(NamedTuple):
    kind: str
    by: str
    date: str


_TEXT = {"t": "", "delText": "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SKIPPED = frozenset(("rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange",
                      "tblGridChange", "tblPrExChange", "numberingChange"))  # fmt: skip
_CHANGES = frozenset(("ins", "del", "moveFrom", "moveTo"))
_PROPERTIES = ("rPr", "trPr", "pPr", "tcPr")
_NOTES = frozenset(("footnote", "endnote"))
_AWAY = frozenset(("del", "moveFrom"))
#: What has no letters and is missed when it is struck out.
SIGN = "▨"
_SIGNS = {
    **dict.fromkeys(("drawing", "pict", "object"), SIGN),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), "[*]"),
}
#: What switches a property off.
_OFF = frozenset(("0", "false", "off"))
#: Pieces of hidden words that are kept.
_MOST_HIDDEN = 100
#: Facts that had begun and not ended, as many as a place remembers; ours lie at most two in one another.
_MOST_OPEN = 8


class Walk:
    """Reads one part (as `writers.word.incoming.Reader`); *headings* are the ids of the styles of headings."""

    def __init__(self, headings: frozenset[str] = frozenset()) -> None:
        self.headings = headings
        self.before = self.after = ""
        self.facts: list[ShownFact] = []
        self.changes: list[TrackedChange] = []
        self.starts: dict[str, Anchor] = {}
        self.ends: dict[str, Anchor] = {}
        self.points: dict[str, Anchor] = {}
        self.notes: dict[str, Anchor] = {}
        self.hidden: list[str] = []
        self._before: list[str] = []
        self._after: list[str] = []
        self._at = At(0, 0)
        self._tick = 0
        self._unchanged = 0
        self._reading = False
        self._skipping = 0
        self._choice = False
        self._paragraphs: list[ReadParagraph] = []
        self._rows: list[ReadParagraph] = []
        self._section: ReadParagraph | None = None
        self._open_facts: dict[str, int] = {}
        self._open: list[_Open] = []
        self._properties: list[str] = []
        self._mark: _Open | None = None
        self._row_change: list[_Open | None] = []
        self._moves: dict[str, str] = {}
        self._note = ""
        self._pieces: list[str] = []
        self._hides = False
        self._kinds: dict[str, str] = {}
        self._starts: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "p": self._begin_paragraph, "tr": self._begin_row, "pStyle": self._styled,
            "outlineLvl": self._outlined, "r": self._begin_run, "vanish": self._vanish, "bookmarkStart": self._begin_bookmark,
            "bookmarkEnd": self._end_bookmark, "commentRangeStart": lambda a: self._note_in(self.starts, a),
            "commentRangeEnd": lambda a: self._note_in(self.ends, a),
            "commentReference": lambda a: self._note_in(self.points, a),
            "footnoteReference": lambda a: self._note_in(self.notes, a),
            "endnoteReference": lambda a: self._note_in(self.notes, a),
            "AlternateContent": self._begin_choice,
            **dict.fromkeys(_NOTES, self._begin_note),
            "moveFromRangeStart": lambda a: self._moves.update(moveFrom=of(a, "name")),
            "moveToRangeStart": lambda a: self._moves.update(moveTo=of(a, "name")),
            "moveFromRangeEnd": lambda _: self._moves.update(moveFrom=""),
            "moveToRangeEnd": lambda _: self._moves.update(moveTo=""),
            **{name: partial(self._begin_properties, name) for name in _PROPERTIES},
        }  # fmt: skip
        self._ends: Mapping[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "tr": self._end_row,
            **dict.fromkeys(_PROPERTIES, lambda: self._close(self._properties)),
            **dict.fromkeys(_NOTES, self._end_note),
        }

    # --- what the parser calls

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._tick += 1
        if self._skipping:
            self._skipping += 1
            return
        name = self._name(tag)
        if name in _SKIPPED or (name == "Fallback" and self._choice):
            self._skipping = 1
        elif name in _TEXT:
            self._begin_text(_TEXT[name])
        elif name in _CHANGES:
            self._begin_change(name, attributes)
        elif name in self._starts:
            self._starts[name](attributes)
        if name in _SIGNS and self._open:
            self._changed(self._open[-1], _SIGNS[name])

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        name = self._name(tag)
        if name in _TEXT:
            if self._reading:
                self._reading = False
                self._say("".join(self._pieces))
        elif name in _CHANGES:
            if not self._properties:
                self._close(self._open)
        elif name in self._ends:
            self._ends[name]()
        elif name == "Choice":
            self._choice = True

    def data(self, text: str) -> None:
        """Letters."""
        if self._reading and not self._skipping:
            self._pieces.append(text)

    def _name(self, tag: str) -> str:
        name = self._kinds.get(tag)
        if name is None:
            name = local(tag)
            if not name and tag.startswith(_MC):
                name = tag[len(_MC) :]
            elif tag == f"{_MATH}t":
                name = "t"
            self._kinds[tag] = name
        return name

    # --- text

    def _begin_run(self, _: Mapping[str, str]) -> None:
        self._hides = False

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        """The letters of this run are not shown; we never hide any."""
        self._hides = of(attributes, "val") not in _OFF

    def _begin_text(self, sign: str) -> None:
        """Letters follow, or a *sign* stands for them."""
        self._reading, self._pieces = not sign, []
        if sign and not self._properties:
            self._say(sign)

    def _say(self, text: str) -> None:
        if self._hides and text.strip() and len(self.hidden) < _MOST_HIDDEN:
            self.hidden.append(text)
        changes = self._open or [one for one in self._row_change[-1:] if one]
        away = any(one.kind in _AWAY for one in changes)
        come = any(one.kind not in _AWAY for one in changes)
        if changes:
            self._changed(changes[-1], text)
        else:
            self._unchanged += len(text)
        if not come:
            self._before.append(text)
        if not away:
            self._after.append(text)
        self._at = At(self._at.before + len(text) * (not come), self._at.after + len(text) * (not away))
        if changes:
            self.changes[-1].end = self.anchor()

    def _changed(self, change: _Open, text: str) -> None:
        """Words go on with the change before them where nothing unchanged stands between."""
        name = self._moves.get(change.kind, "")
        last = self.changes[-1] if self.changes else None
        if (
            last is None
            or (last.kind, last.by, last.name) != (change.kind, change.by, name)
            or last.unchanged != self._unchanged
        ):
            anchor = self.anchor()
            last = TrackedChange(change.kind, change.by, change.date, anchor, self._unchanged, name)
            self.changes.append(last)
        last.text.append(text)

    def _begin_change(self, kind: str, attributes: Mapping[str, str]) -> None:
        """A change of words; inside properties, of the end of a paragraph or of a whole row."""
        change = _Open(kind, of(attributes, "author"), of(attributes, "date"))
        if not self._properties:
            self._open.append(change)
        elif self._properties[-1] == "trPr" and self._row_change:
            self._row_change[-1] = change
        elif self._properties[0] == "pPr":
            self._mark = change

    # --- paragraphs, rows, notes

    def _begin_paragraph(self, _: Mapping[str, str]) -> None:
        self._paragraphs.append(ReadParagraph(len(self.facts), len(self._after)))
        self._mark = None

    def _end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        paragraph.end = len(self.facts)
        if paragraph.heading:
            paragraph.text = "".join(self._after[paragraph.piece :])[:200].strip()
            self._section = paragraph if paragraph.text else self._section
        if self._mark is None:
            self._say("\n")
        else:
            self._open.append(self._mark)
            self._say("\n")
            self._open.pop()
        self._mark = None
        paragraph.stop = self._at

    def _styled(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs and of(attributes, "val") in self.headings:
            self._paragraphs[-1].heading = True

    def _outlined(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs and of(attributes, "val") in {*"012345678"}:
            self._paragraphs[-1].heading = True

    def _begin_row(self, _: Mapping[str, str]) -> None:
        self._rows.append(ReadParagraph(len(self.facts), len(self._after)))
        self._row_change.append(None)

    def _end_row(self) -> None:
        if self._rows:
            self._rows.pop().end = len(self.facts)
            self._row_change.pop()

    def _begin_note(self, attributes: Mapping[str, str]) -> None:
        self._note = of(attributes, "id")

    def _begin_choice(self, _: Mapping[str, str]) -> None:
        self._choice = False

    def _begin_properties(self, name: str, _: Mapping[str, str]) -> None:
        self._properties.append(name)

    def _end_note(self) -> None:
        self._note = ""

    def _close(self, held: list[str] | list[_Open]) -> None:
        if held:
            held.pop()

    # --- places

    def anchor(self) -> Anchor:
        """Where the reading is now."""
        held = tuple(islice(reversed(self._open_facts.values()), _MOST_OPEN))[::-1]
        paragraphs = self._paragraphs
        around = (*paragraphs[-1:], *self._rows[-1:], *paragraphs[-2:-5:-1])
        return Anchor(self._at, len(self.facts), held, around, self._section, self._note, self._tick)

    def _note_in(self, places: dict[str, Anchor], attributes: Mapping[str, str]) -> None:
        places.setdefault(of(attributes, "id"), self.anchor())

    def _begin_bookmark(self, attributes: Mapping[str, str]) -> None:
        if number := occurrence_in(of(attributes, "name")):
            self._open_facts[of(attributes, "id")] = len(self.facts)
            self.facts.append(ShownFact(number, self.anchor()))

    def _end_bookmark(self, attributes: Mapping[str, str]) -> None:
        found = self._open_facts.pop(of(attributes, "id"), None)
        if found is not None:
            self.facts[found].end = self._at

    # --- afterwards

    def finish(self) -> None:
        """Put the pieces of both texts together."""
        self.before, self.after = "".join(self._before), "".join(self._after)

    def words(self, begin: At, end: At) -> str:
        """The words between two places as they stand now; where all are struck out, as they stood."""
        return self.after[begin.after : end.after] or self.before[begin.before : end.before]
