"""What a template may put behind a bar: `{{ visits() | in_time | each("title") | join }}`.

A filter takes what stands before the bar, and the Book first where it prints or speaks a language. What it
returns keeps its place in the data; docs/templates.md explains each to authors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.document.manuscript import INSERT, LINE, RESERVED
from reports.document.nodes import Inline, Ref, References, Table, Text, plain
from reports.model.dates import PartialDate
from reports.model.formatting import chinese, joiner, number, say, say_date, say_open
from reports.model.values import Money, Share
from reports.templating.comparison import order
from reports.templating.context import Book
from reports.templating.in_time.changes import ChangedField, Progressed
from reports.templating.leaves import Leaf, Several
from reports.templating.selections import in_time, items
from reports.templating.signs import sign, spark
from reports.templating.views import View, view
from reports.templating.worked_out import (
    HowMany,
    count,
    counted,
    exact_amount,
    no_one_unit,
    said_unit,
    unit_of,
    worked_out,
)


class Letters(str):
    """The letters of a value, to be compared; printed, they are the value again and never markup."""

    __slots__ = ("value",)

    value: Leaf

    def __getitem__(self, key: Any) -> Letters:
        return letters(self.value.reworded(str.__getitem__(self, key)))

    def __iter__(self) -> Any:
        return (self[i] for i in range(len(self)))


def letters(leaf: Leaf) -> Letters:
    """Return what *leaf* shows."""
    found = Letters(leaf.text)
    found.value = leaf
    return found


def show(book: Book, thing: Any) -> str:
    """What printing *thing* puts into the Markdown: the author's words, numbers, tokens for values."""
    if isinstance(thing, Letters):
        return str(thing.value)
    if isinstance(thing, HowMany):
        return counted(book, thing)
    if isinstance(thing, str | Leaf | View | Several | Progressed):
        return str(thing)
    if isinstance(thing, list | tuple):
        return join(book, thing)
    if isinstance(thing, int | float) and not isinstance(thing, bool):
        return str(thing)
    what = getattr(thing, "__name__", "") or type(thing).__name__
    raise ReportError(Problem(Where(""), "template/unprintable", {"what": what, "known": ""}))


def join(book: Book, things: Any, separator: str | None = None) -> str:
    """Say several things in one sentence; nothing at all reads "not stated"."""
    found = items(things, "join")
    if not found:
        return str(things.open) if isinstance(things, Several) else say_open("", book.lang)
    parts = [show(book, found[0])]
    for i, item in enumerate(found[1:], 1):
        between = joiner(book.lang, i == len(found) - 1, len(found) == 2) if separator is None else separator
        parts += [show(book, between), show(book, item)]
    return "".join(parts)


def each(things: Any, path: str) -> list[Any]:
    """A field of each record."""
    return [by_path(thing, path) for thing in items(things, "each")]


def sort_by(things: Any, path: str) -> list[Any]:
    """Order by a field; what leaves it open comes last, equals in file order."""

    def key(thing: Any) -> Any:
        found = by_path(thing, path)
        if isinstance(found, View):
            return (0, found.name_text())
        return order(found.value if isinstance(found, Leaf) else found)

    return sorted(items(things, "sort_by"), key=key)


def grouped(things: Any, path: str) -> list[list[Any]]:
    """Put together what has the same value in a field: lists, in the order in which the values first come."""
    groups: dict[Any, list[Any]] = {}
    for thing in items(things, "grouped"):
        found = by_path(thing, path)
        groups.setdefault(tuple(found) if isinstance(found, list) else found, []).append(thing)
    return list(groups.values())


def total(book: Book, things: Any, path: str, unit: Any = "") -> str:
    """The sum of a field in *unit*, and that it is computed; what leaves the field open adds nothing, and only
    exact numbers of one unit, or amounts of one currency, have a sum."""
    found = [leaf for thing in items(things, "total") if (leaf := by_path(thing, path))]
    amounts = [exact_amount("total", leaf) for leaf in found]
    units = {unit_of(leaf) for leaf in found}
    if len(units) > 1 or (unit and any(currency for _, currency in amounts)):
        raise no_one_unit("total", [*sorted({said_unit(leaf, book.lang) for leaf in found}), *_given(unit)])
    whole = sum((amount for amount, _ in amounts), Decimal())
    currency = amounts[0][1] if amounts else ""
    told = say(Money(whole, currency), book.lang) if currency else number(whole, book.lang)
    behind = _behind(book, unit)
    # What is markup, or a value of its own, cannot stand within a fact.
    inside, outside = (behind, "") if behind.replace(" ", "").isalnum() else ("", behind)
    token, mark = worked_out(book, "sum", told + inside, found)
    return f"{token}{outside}{mark}"


def share_of(book: Book, part: Any, whole: Any) -> str:
    """How many per cent of *whole* an amount is, and that it is computed; to one decimal, if need be."""
    (a, currency), (b, other) = (exact_amount("share_of", thing) for thing in (part, whole))
    units = [unit_of(part), unit_of(whole)]
    if currency != other or (all(units) and units[0] != units[1]):
        raise no_one_unit("share_of", [said_unit(thing, book.lang) for thing in (part, whole)])
    if not b:
        raise ReportError(Problem(Where(""), "template/of-nothing", {"function": "share_of"}))
    return "".join(worked_out(book, "share", say(Share.of(a, b), book.lang), [part, whole]))


def _given(unit: Any) -> list[str]:
    return [str(unit)] if unit else []


def _behind(book: Book, unit: Any) -> str:
    """A unit as it stands behind a number."""
    between = "" if chinese(book.lang) or not unit else " "
    return f"{between}{unit}"


def flat(things: Any) -> list[Any]:
    """The entries of lists inside a list, as one list."""
    return list(_flat(items(things, "flat")))


def sources(book: Book, things: Any) -> list[View]:
    """The documents these records are taken from, each once, in the order they come up."""
    docs = [
        loc.doc
        for thing in _flat(items(things, "sources"))
        if isinstance(thing, View)
        for loc in thing.record.source
    ]
    return [view(book, book.dataset.records[doc]) for doc in dict.fromkeys(docs)]


def batch(things: Any, size: Any) -> list[list[Any]]:
    """Cut a list into rows of *size*; the last may be shorter."""
    if not isinstance(size, int) or size < 1:
        args = {"function": "batch", "detail": f"{size!r}"}
        raise ReportError(Problem(Where(""), "template/bad-argument", args))
    found = items(things, "batch")
    return [found[i : i + size] for i in range(0, len(found), size)]


def name(book: Book, thing: Any) -> Any:
    """The full name with its short name at first mention, afterwards the short name; with a former name, what it is
    called now."""
    if isinstance(thing, list):
        return [name(book, item) for item in thing] or thing
    if not isinstance(thing, View):
        return thing
    full, short, later = thing.name_text(), thing.brief_text(), thing.later_text()
    zh = chinese(book.lang)
    aside = [short] if short != full else []
    if later:
        aside.append(f"今{later}" if zh else f"now {later}")
    if not book.first_mention(f"{thing.id} {full}") or not aside:
        return thing.named(short)
    return thing.named(f"{full}（{'，'.join(aside)}）" if zh else f"{full} ({', '.join(aside)})")


def brief(book: Book, thing: Any) -> Any:
    """The short name of a record; of several records, each one's."""
    if isinstance(thing, list):
        return [brief(book, item) for item in thing] or thing
    return thing.named(thing.brief_text()) if isinstance(thing, View) else thing


def short(book: Book, thing: Any) -> Any:
    """A date with an abbreviated month name."""
    if isinstance(thing, list):
        return [short(book, item) for item in thing] or thing
    if isinstance(thing, Leaf) and isinstance(thing.value, PartialDate):
        return thing.reworded(say_date(thing.value, book.lang, short=True))
    return thing


def shown(book: Book, thing: Any, words: Any) -> Any:
    """The same value shown in other words or as a sign; it keeps its place."""
    told = plain(expanded(book, show(book, words)))
    return counted(book, thing, told) if isinstance(thing, HowMany) else _respelt(thing, lambda _: told)


def capital(thing: Any) -> Any:
    """With a capital first letter, for the beginning of a sentence."""
    return _respelt(thing, lambda s: s[:1].upper() + s[1:])


def small(thing: Any) -> Any:
    """With a small first letter, for the middle of a sentence; an acronym keeps its capitals."""
    return _respelt(thing, lambda s: s if s[1:2].isupper() else s[:1].lower() + s[1:])


def _respelt(thing: Any, spell: Callable[[str], str]) -> Any:
    if isinstance(thing, list):
        return [_respelt(one, spell) for one in thing] or thing
    if isinstance(thing, View):
        return thing.named(spell(thing.name_text()))
    return thing.reworded(spell(thing.text)) if isinstance(thing, Leaf) else spell(str(thing))


def text(book: Book, thing: Any) -> str:
    """The letters of a value, to be compared or searched."""
    if isinstance(thing, View):
        return letters(thing.named(thing.name_text()))
    return (
        letters(thing)
        if isinstance(thing, Leaf)
        else str(thing)
        if isinstance(thing, int)
        else show(book, thing)
    )


def picture(thing: View) -> str:
    """The address of a figure record's picture, for `![caption](…)`."""
    file = by_path(thing, "file")
    if not file:
        return "missing:"
    plain_name = re.fullmatch(r"[\w./-]+", file.value)
    return f"media:{file.value}" if plain_name else f"<media:{_PUNCTUATION.sub(_escaped, file.value)}>"


#: Between < and > an address may hold any letter; a sign of Markdown is escaped there, a line end a space.
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\n]")


def _escaped(sign: re.Match[str]) -> str:
    return " " if sign[0] == "\n" else f"\\{sign[0]}"


def refs(book: Book, *things: Any) -> str:
    """Where the report tells of these records."""
    found = reference(things)
    return book.insert(found) if found else say_open("", book.lang)


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "each": each, "sort_by": sort_by, "in_time": in_time, "grouped": grouped, "flat": flat, "batch": batch,
        "picture": picture, "capital": capital, "small": small, "length": count, "count": count,
    }
)  # fmt: skip
#: Filters that take the Book first.
BOOK_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "join": join,
        "name": name,
        "brief": brief,
        "short": short,
        "refs": refs,
        "text": text,
        "sources": sources,
        "shown": shown,
        "total": total,
        "share_of": share_of,
        "sign": sign,
        "spark": spark,
    }
)


# --- what functions and tables share with them ----------------------------------------------------------


def by_path(thing: Any, path: str) -> Any:
    """Follow a dotted field path, through lists too; raise ReportError naming the step that is not there."""
    step, _, rest = path.partition(".")
    if isinstance(thing, list):
        found = [by_path(one, path) for one in thing]
        return Several(found, thing.open) if isinstance(thing, Several) else found
    try:
        thing = thing.part(step)
    except AttributeError:
        known = thing.known() if isinstance(thing, View | Leaf | Progressed | ChangedField) else []
        args = {"name": step, "near": near(step, known), "known": ", ".join(known)}
        raise ReportError(Problem(Where(""), "template/undefined", args)) from None
    return by_path(thing, rest) if rest else thing


def reference(things: Any) -> Ref | None:
    """A reference to where the report tells of these records; None where there are none."""
    ids = [thing.id for thing in _flat(things) if isinstance(thing, View)]
    return Ref(" ".join(f"record:{id_}" for id_ in ids)) if ids else None


def _flat(things: Any) -> Iterable[Any]:
    if not isinstance(things, list | tuple):
        return [things]
    return [one for thing in things for one in _flat(thing)]


def cell_inlines(book: Book, thing: Any) -> tuple[Inline, ...]:
    """What a table cell shows of *thing*: facts, short names for linked records, lists joined."""
    if isinstance(thing, list):
        return _joined(book, thing)
    if isinstance(thing, View):
        return (thing.named(thing.brief_text()).inline(),)
    return (thing.inline(),) if isinstance(thing, Leaf) else expanded(book, show(book, thing))


def _joined(book: Book, things: Sequence[Any]) -> tuple[Inline, ...]:
    if not things:
        return (things.open.inline(),) if isinstance(things, Several) else (Text(say_open("", book.lang)),)
    parts: list[Inline] = []
    for i, thing in enumerate(things):
        if i:
            parts.append(Text(joiner(book.lang, i == len(things) - 1, len(things) == 2)))
        parts.extend(cell_inlines(book, thing))
    return tuple(parts)


def expanded(book: Book, words: str) -> tuple[Inline, ...]:
    """An author's *words* with the values that were printed into them, for a place Markdown never sees."""
    words = LINE.sub("", words)
    parts: list[Inline] = []
    position = 0
    for found in INSERT.finditer(words):
        insert = book.inserts[int(found[1])] if int(found[1]) < len(book.inserts) else None
        if insert is None or isinstance(insert, Table | References):
            raise ReportError(Problem(Where(""), "template/broken-value"))
        parts += [*_text(words[position : found.start()]), insert]
        position = found.end()
    return (*parts, *_text(words[position:]))


def _text(words: str) -> tuple[Text, ...]:
    if RESERVED.search(words):
        raise ReportError(Problem(Where(""), "template/broken-value"))
    return (Text(words),) if words else ()
