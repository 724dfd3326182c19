"""How things stand, in a sign and a word, and how a figure came along, in the room of a table cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.nodes import Inline, Shade, Text
from reports.model.formatting import say, say_open
from reports.model.kinds.metrics import Metric, figure_in
from reports.model.records import Record
from reports.model.standing.standing import SHADES, Standing, standing
from reports.model.standing.targets import number_of
from reports.model.values import Value
from reports.templating.context import Book
from reports.templating.leaves import Leaf
from reports.templating.views import View
from reports.templating.worked_out import places_of

#: They stand in the Chinese fonts of Word; the lowest is drawn too.
_BLOCKS = "▁▂▃▄▅▆▇█"
#: The latest figures that are shown; older ones are left out.
_MOST = 12
_SPACE = "\N{NO-BREAK SPACE}"


def sign(book: Book, thing: Any) -> str:
    """How a record stands on the day of the report, as a sign and in words: `● done`, `▲ 30 days late`."""
    return book.insert(sign_inline(book, thing))


def spark(book: Book, thing: Any) -> str:
    """The figures of a metric over time as a row of blocks between the first and the last of them."""
    return book.insert(spark_inline(book, thing))


def sign_inline(book: Book, thing: Any) -> Inline:
    """What `sign` prints, for a cell."""
    record = _record(thing, "sign")
    found = _standing(book, record)
    if found is None:
        return Text(say_open("", book.lang))
    return _fact(thing, f"{found.sign}{_SPACE}{found.said(record.kind, book.lang)}")


def spark_inline(book: Book, thing: Any) -> Inline:
    """What `spark` prints, for a cell."""
    record = _record(thing, "spark")
    if not isinstance(record, Metric):
        raise _wrong("spark", record.kind)
    values = record.values[-_MOST:]
    figures = [figure for one in values if (figure := figure_in(one)) is not None]
    drawn = _blocks(figures) if len(values) > 1 else ""
    if not drawn:
        return _latest(thing, record)
    first, last = (say(figures[n], book.lang) for n in (0, -1))
    told: Sequence[Any] = thing.part("values")
    return book.worked_out("trend", _SPACE.join((first, drawn, last)), places_of(list(told[-_MOST:])))


def _latest(thing: View, record: Metric) -> Inline:
    """The one figure there is, where there is none to compare it with."""
    leaf: Leaf = (thing.part("values")[-1] if record.values else thing).part("value")
    return leaf.inline()


def _blocks(figures: Sequence[Value]) -> str:
    """A block for each figure, from the smallest to the largest of them; "" where they cannot be compared."""
    numbers = [number_of(one) for one in figures]
    sorts = {(type(one), getattr(one, "currency", "")) for one in figures}
    known = [one for one in numbers if one is not None]
    if len(sorts) != 1 or len(known) != len(numbers):
        return ""
    least, most = min(known), max(known)
    if least == most:
        return _BLOCKS[3] * len(known)
    steps = (int(((one - least) * (len(_BLOCKS) - 1) / (most - least)).to_integral_value()) for one in known)
    return "".join(_BLOCKS[step] for step in steps)


# --- rows of a table ----------------------------------------------------------------------------------------


def shade(book: Book, thing: Any) -> Shade:
    """How dark the row of a record stands out by its state."""
    found = _standing(book, thing.record) if _is_record(thing) else None
    return SHADES.get(found.state, "") if found else ""


def mark(book: Book, thing: Any) -> tuple[Inline, ...]:
    """The sign alone, for a row that has no words for it beside it."""
    found = _standing(book, thing.record) if _is_record(thing) else None
    return (_fact(thing, found.sign), Text(_SPACE)) if found else ()


def key(book: Book, things: Sequence[Any]) -> tuple[Inline, ...]:
    """What the signs alone stand for in these rows."""
    words: dict[str, dict[str, None]] = {}
    for thing in things:
        found = _standing(book, thing.record) if _is_record(thing) else None
        if found:
            said = Standing(found.state, found.word).named(thing.record.kind, book.lang)
            words.setdefault(found.sign, {})[said] = None
    zh = book.lang.startswith("zh")
    told = (f"{one}{_SPACE}{('、' if zh else ', ').join(said)}" for one, said in words.items())
    return (Text(("；" if zh else "; ").join(told)),) if words else ()


# --- what is asked of a record ------------------------------------------------------------------------------


def _fact(thing: View, words: str) -> Inline:
    """*words* for how *thing* stands, which lead to all that says so."""
    state: Leaf = thing.part("state")
    return state.reworded(words).inline()


def _standing(book: Book, record: Record) -> Standing | None:
    day = book.day.end if book.day else None
    return standing(record, day or date.max)


def _is_record(thing: Any) -> bool:
    return isinstance(thing, View) and isinstance(thing.record, Record)


def _record(thing: Any, function: str) -> Record:
    if not _is_record(thing):
        raise _wrong(function, thing.text if isinstance(thing, Leaf) else type(thing).__name__)
    record: Record = thing.record
    return record


def _wrong(function: str, detail: str) -> ReportError:
    return ReportError(Problem(Where(""), "template/bad-argument", {"function": function, "detail": detail}))
