"""What changed, as a reader says it: the record, the field by its name, the value before and after as printed.

`changes` compares what editors typed, place by place; here places become values again, by the field they stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from reports.model.dates import parse_date, parse_day, parse_moment
from reports.model.description.field_help import field_called
from reports.model.description.shapes import FieldShape, Form, fields_of
from reports.model.formatting import choice, join, say
from reports.model.kinds import KINDS
from reports.model.records import NAMING, Part
from reports.model.values import parse_money, parse_quantity, parse_ratio, parse_share
from reports.records.changes import Change, Facts
from reports.records.converter import NOT_STATED

#: Kinds and fields by which editors work, and of which a report's reader is told nothing.
_KINDS_ASIDE = frozenset({"sources", "remarks", "comments", "themes"})
_FIELDS_ASIDE = frozenset(
    {"id", "source", "note", "tags", "confidence", "theme", "counts", "aliases", "known", "formerly"}
)


def concerns_readers(change: Change, facts: Facts) -> bool:
    """Whether a reader of reports sees the kind and the field of a *change* of *facts*."""
    kind = facts[change.record].get("", "") if change.field else change.before or change.after
    return kind not in _KINDS_ASIDE and change.field.partition(".")[0] not in _FIELDS_ASIDE


What = Literal["added", "removed", "changed"]


class Difference(Struct, frozen=True):
    """A fact that differs: the names of its *record* and *field*, the value *before* and *after*, "" where there is
    none. For a record that came or went, *field* is "". *key* is the field as it is typed, *targets* are the ids of
    records it now leads to. *wordy*: the values are names or sentences, not dates or figures. *leaf* is the innermost
    field they stand in, as it is typed. *computed*: it was worked out, and has no record where it is of several."""

    id: str
    record: str
    what: What
    field: str = ""
    before: str = ""
    after: str = ""
    wordy: bool = False
    key: str = ""
    targets: tuple[str, ...] = ()
    leaf: str = ""
    computed: bool = False


def differences(
    then: Facts, now: Facts, lang: str, letters: Callable[[str], str] = str
) -> tuple[Difference, ...]:
    """Return what differs for a reader of *lang*, records in the order of their names' ids; *letters* spells
    Chinese for an edition that spells it otherwise."""
    reader = _Reader(lang, letters, then, now)
    return tuple(found for record in sorted(then.keys() | now.keys()) for found in _of_record(reader, record))


class _Reader(Struct, frozen=True):
    """For whom it is said, and of which facts."""

    lang: str
    letters: Callable[[str], str]
    then: Facts
    now: Facts


#: The typed values below one field, by what follows its path: "" for a plain one, `zh`, `date`.
_Typed = Mapping[str, str]


def _of_record(reader: _Reader, record: str) -> Iterator[Difference]:
    then, now = reader.then.get(record), reader.now.get(record)
    some = now or then or {}
    if some.get("") in _KINDS_ASIDE or then == now:
        return
    name = name_of(some, record, reader.lang, reader.letters)
    if then is None or now is None:
        yield Difference(record, name, "removed" if now is None else "added")
        return
    values = _values(then), _values(now)
    for path in sorted(values[0].keys() | values[1].keys(), key=lambda path: _rank(some.get("", ""), path)):
        before, after = (found.get(path, {}) for found in values)
        if before != after and not _FIELDS_ASIDE.intersection(path):
            yield from _of_field(reader, record, name, path, before=before, after=after)


def _of_field(
    reader: _Reader, record: str, name: str, path: tuple[str, ...], *, before: _Typed, after: _Typed
) -> Iterator[Difference]:
    kind = KINDS.get(reader.now[record].get("", ""))
    chain = tuple(fields_through(kind, path)) if kind else ()
    field = chain[-1][0] if chain else None
    old, new = _entries(reader, field, before, reader.then), _entries(reader, field, after, reader.now)
    shown = tuple(join([e for e in a if e not in b], reader.lang) for a, b in ((old, new), (new, old)))
    if not any(shown):  # another language, another spelling, another order
        return
    what: What = "changed" if all(shown) else "added" if shown[1] else "removed"
    words = _field_name(chain, path, reader)
    form = field.shape.form if field else "text"
    targets = tuple(after.values()) if form == "link" else ()
    wordy = form in {"text", "link"}
    leaf = field.key if field else path[0]
    yield Difference(record, name, what, words, shown[0], shown[1], wordy, path[0], targets, leaf)


# --- places to values -------------------------------------------------------------------------------------


def _values(facts: Mapping[str, str]) -> dict[tuple[str, ...], dict[str, str]]:
    """The values of a record by the path of their field: entries of a list of values are one value, and so are the
    languages of a text and what is said of a date."""
    kind = KINDS.get(facts.get("", ""))
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for place, text in facts.items():
        steps = tuple(place.split(".")) if place else ()
        if steps:
            length = max(1, sum(used for _, used in fields_through(kind, steps))) if kind else 1
            found.setdefault(steps[:length], {})[".".join(steps[length:])] = text
    return found


def _rank(plural: str, path: tuple[str, ...]) -> tuple[int, list[tuple[int, str]]]:
    """Fields in the order in which editors write them, entries of a list in theirs: the order in which facts are
    kept is no order."""
    kind = KINDS.get(plural)
    keys = [field.key for field in fields_of(kind)] if kind else []
    return keys.index(path[0]) if path[0] in keys else len(keys), [(len(step), step) for step in path]


def fields_through(part: type[Part], steps: Sequence[str]) -> Iterator[tuple[FieldShape, int]]:
    """The fields a place leads through, outermost first, each with how many steps it takes."""
    while steps:
        field = next((field for field in fields_of(part) if field.key == steps[0]), None)
        if field is None:
            return
        inner = field.shape.part
        used = 2 if inner is not None and field.many and len(steps) > 1 else 1
        yield field, used
        if inner is None:
            return
        part, steps = inner, steps[used:]


# --- values to words --------------------------------------------------------------------------------------

_PARSED: Mapping[Form, Callable[[object], Any]] = {
    "date": parse_date,
    "day": parse_day,
    "moment": parse_moment,
    "quantity": parse_quantity,
    "ratio": parse_ratio,
    "share": parse_share,
    "money": parse_money,
}


def _entries(reader: _Reader, field: FieldShape | None, typed: _Typed, facts: Facts) -> list[str]:
    """What a report prints for the entries of a list, or for the one value there is."""
    if field is None or not field.many:
        found = {"": dict(typed)} if typed else {}
    else:
        found = {}
        for place, text in typed.items():
            number, _, rest = place.partition(".")
            found.setdefault(number, {})[rest] = text
    in_order = (found[number] for number in sorted(found, key=lambda n: (len(n), n)))
    return [shown for entry in in_order if (shown := _one(reader, field, entry, facts))]


def _one(reader: _Reader, field: FieldShape | None, typed: _Typed, facts: Facts) -> str:
    text = typed.get("", "")
    if field is None:
        return text
    form = field.shape.form
    if form == "text":
        return _text(typed, reader)
    if form == "link":
        return name_of(facts.get(text, {}), text, reader.lang, reader.letters)
    if form == "choice":
        return "" if text == NOT_STATED else reader.letters(choice(text, "", reader.lang))
    parse = _PARSED.get(form)
    if parse is None:
        return text
    try:
        return reader.letters(say(parse(text or dict(typed)), reader.lang))
    except ValueError:  # typed for another release
        return text


def _text(typed: Mapping[str, str], reader: _Reader, field: str = "") -> str:
    """A text in the reader's language; its own Traditional form is left as it is."""
    dot = f"{field}." if field else ""
    if reader.lang == "zh-Hant" and typed.get(f"{dot}zh-Hant"):
        return typed[f"{dot}zh-Hant"]
    own = "en" if reader.lang == "en" else "zh"
    text = typed.get(f"{dot}{own}") or typed.get(field, "")
    return text if own == "en" else reader.letters(text)


def name_of(facts: Mapping[str, str], record: str, lang: str, letters: Callable[[str], str] = str) -> str:
    """What a record is called in *lang*: its id where it has no name."""
    reader = _Reader(lang, letters, {}, {})
    return next((said for field in NAMING if (said := _text(facts, reader, field))), record)


def field_name(plural: str, path: str, lang: str, letters: Callable[[str], str] = str) -> str:
    """What the field at *path* of a kind is called in *lang*."""
    kind, steps = KINDS.get(plural), tuple(path.split("."))
    chain = tuple(fields_through(kind, steps)) if kind else ()
    return _field_name(chain, steps, _Reader(lang, letters, {}, {}))


def _field_name(chain: Sequence[tuple[FieldShape, int]], path: Sequence[str], reader: _Reader) -> str:
    """What the field is called, with the entry of a list it stands in: 签署日期（第2项）, signed (signatories 2)."""
    if not chain:
        return path[0]
    outer, number = chain[0][0], path[1] if chain[0][1] == 2 else ""
    entry = str(int(number) + 1) if number.isdecimal() else ""
    if reader.lang != "en":
        return _called(chain[-1][0], reader) + (reader.letters(f"（第{entry}项）") if entry else "")
    inner, within = _called(chain[-1][0], reader), f"{_called(outer, reader)} {entry}".strip()
    return f"{inner} ({within})" if len(chain) > 1 else inner


def _called(field: FieldShape, reader: _Reader) -> str:
    return reader.letters(field_called(field.owner, field.key, reader.lang))
