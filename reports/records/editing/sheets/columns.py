"""A record as a row: every place in it that can be typed into has a name, `title.zh`, `source.1.doc`.

Sheets name their columns so, and `run.py new` its questions. `gather` makes a record of a row, as the loader makes
one of YAML, each value with the place of its cell; `spread` makes a row of a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from msgspec import Struct

from reports.diagnostics.problems import Where
from reports.model.description import shapes
from reports.model.description.shapes import FieldShape
from reports.model.records import Node, Part
from reports.model.values import LANGUAGES
from reports.records.text.source_file import Plain

Path = tuple[str | int, ...]

#: So many entries of one list of groups (signatories, places in sources) a row may have.
MOST_ENTRIES = 50
_DATES = frozenset(("date", "day", "moment"))
_DATE_PARTS = ("date", "certainty", "raw")


class SheetColumn(Struct, frozen=True):
    """One place in a record. *field* is what it belongs to; *required*: no record is right without it."""

    path: Path
    field: FieldShape
    required: bool = False

    @property
    def name(self) -> str:
        """What its column is headed: `source.1.doc`."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)

    @property
    def lang(self) -> str:
        """The language it is for, "" for all."""
        last = self.path[-1]
        return last if self.field.shape.form == "text" and last in LANGUAGES else ""


class TypedCell(Struct, frozen=True):
    """What was typed, and where."""

    text: str
    where: Where


def fields_of(part: type[Part]) -> tuple[FieldShape, ...]:
    """The fields of a row: a record as it is, without how it became so."""
    return tuple(field for field in shapes.fields_of(part) if field.key != "updates")


# --- which columns there are --------------------------------------------------------------------------------


def columns_of(kind: type[Part]) -> tuple[SheetColumn, ...]:
    """The columns of a sheet of *kind*: every field, both languages, one entry of each list of groups."""
    return tuple(_columns(kind, (), needed=True))


def _columns(part: type[Part], above: Path, *, needed: bool) -> Iterator[SheetColumn]:
    for field in fields_of(part):
        if field.key == "formerly":  # nobody is asked for it
            continue
        path: Path = (*above, field.key)
        need = needed and field.required
        inner = field.shape.part
        if inner is not None:
            yield from _columns(inner, (*path, 0) if field.many else path, needed=need)
        elif field.shape.form == "text":
            yield from (SheetColumn((*path, lang), field, need) for lang in ("zh", "en"))
        else:
            yield SheetColumn(path, field, need)


def column(kind: type[Part], name: str) -> SheetColumn | None:
    """The column called *name*; None where *kind* has no such place. `source.doc` is short for `source.1.doc`."""
    return _find(kind, (), tuple(name.strip().split(".")), needed=True)


def _find(part: type[Part], above: Path, steps: tuple[str, ...], *, needed: bool) -> SheetColumn | None:
    field = next((field for field in fields_of(part) if field.key == steps[0]), None)
    if field is None:
        return None
    path, rest, need = (*above, field.key), steps[1:], needed and field.required
    inner = field.shape.part
    if inner is None:
        return SheetColumn((*path, *rest), field, need) if _fits(field, rest) else None
    if field.many:
        number = rest[0] if rest and re.fullmatch(r"[0-9]{1,3}", rest[0]) else ""
        rest = rest[1:] if number else rest
        if number and not 1 <= int(number) <= MOST_ENTRIES:
            return None
        path = (*path, int(number or 1) - 1)
    return _find(inner, path, rest, needed=need) if rest else None


def _fits(field: FieldShape, rest: tuple[str, ...]) -> bool:
    """Whether a name may go on so behind *field*."""
    if not rest:
        return True
    below = LANGUAGES if field.shape.form == "text" else _DATE_PARTS if field.shape.form in _DATES else ()
    return len(rest) == 1 and rest[0] in below


# --- from a row to a record -----------------------------------------------------------------------------------

Branch = Mapping[Path, TypedCell]


def gather(
    kind: type[Part], row: Mapping[SheetColumn, TypedCell], place: Where
) -> tuple[dict[str, Plain], Node]:
    """Return the record of *row* as YAML would give it, and the places of its values; *place* is the row's own.

    Empty cells give no value but keep their place, so that what is missing is missed there.
    """
    return _record(kind, {column.path: cell for column, cell in row.items()}, place)


def _record(part: type[Part], cells: Branch, place: Where) -> tuple[dict[str, Plain], Node]:
    plain: dict[str, Plain] = {}
    below: dict[str | int, Node] = {}
    for field in fields_of(part):
        own = {path[1:]: cell for path, cell in cells.items() if path[0] == field.key}
        if not own:
            continue
        value, node = _value(field, own)
        below[field.key] = node
        if value is not None:
            plain[field.key] = value
    return plain, Node(place, below=below)


def _value(field: FieldShape, cells: Branch) -> tuple[Plain, Node]:
    """The value of *field* of all cells below it; None where all are empty."""
    first = next(iter(cells.values()))
    if not any(cell.text for cell in cells.values()):
        return None, Node(first.where, "", first.where)
    inner, whole = field.shape.part, cells.get(())
    if inner is not None:
        return _entries(inner, cells) if field.many else _record(inner, cells, first.where)
    if whole is not None and (whole.text and not any(cell.text for path, cell in cells.items() if path)):
        return _split(field, whole) if field.many else (whole.text, _leaf(whole))
    named = {str(path[0] if path else "date"): cell for path, cell in cells.items() if cell.text or path}
    return _several(named) if field.many else _mapping(named)


def _leaf(cell: TypedCell) -> Node:
    return Node(cell.where, cell.text, cell.where)


def _entries(part: type[Part], cells: Branch) -> tuple[Plain, Node]:
    """A list of groups; numbers that stay empty are left out."""
    values: list[Plain] = []
    nodes: dict[str | int, Node] = {}
    for number in sorted({int(path[0]) for path in cells}):
        own = {path[1:]: cell for path, cell in cells.items() if path[0] == number}
        first = next(iter(own.values()))
        if any(cell.text for cell in own.values()):
            value, nodes[len(values)] = _record(part, own, first.where)
            values.append(value)
    first = next(iter(cells.values()))
    return values, Node(first.where, "", first.where, nodes)


def _mapping(cells: Mapping[str, TypedCell]) -> tuple[Plain, Node]:
    """`{zh: …, en: …}`, or a date with what is said of it; the same text in both languages is one text."""
    plain: dict[str, Plain] = {key: cell.text for key, cell in cells.items() if cell.text}
    first = next(iter(cells.values()))
    node = Node(first.where, "", first.where, {key: _leaf(cell) for key, cell in cells.items()})
    if plain.keys() == {"zh", "en"} and plain["zh"] == plain["en"] and first.text.isascii():
        return first.text, Node(first.where, first.text, first.where)
    return plain, node


def _several(cells: Mapping[str, TypedCell]) -> tuple[Plain, Node]:
    """A list of texts whose languages stand in cells of their own, line by line."""
    lines = {key: cell.text.split("\n") if cell.text else [] for key, cell in cells.items()}
    values: list[Plain] = []
    nodes: dict[str | int, Node] = {}
    for i, row in enumerate(zip_longest(*lines.values(), fillvalue="")):
        entry = {key: TypedCell(text.strip(), cells[key].where) for key, text in zip(lines, row, strict=True)}
        value, nodes[i] = _mapping(entry)
        values.append(value)
    first = next(iter(cells.values()))
    return values, Node(first.where, "", first.where, nodes)


def _split(field: FieldShape, cell: TypedCell) -> tuple[Plain, Node]:
    """The entries of a cell: one a line, or divided by semicolons, ids and choices by commas too."""
    parts = [part.strip() for part in re.split(_divider(field, cell.text), cell.text)]
    kept: list[Plain] = [part for part in parts if part]
    nodes: dict[str | int, Node] = {i: Node(cell.where, str(part), cell.where) for i, part in enumerate(kept)}
    return kept, Node(cell.where, "", cell.where, nodes)


def _divider(field: FieldShape, text: str) -> str:
    if field.shape.form in {"link", "choice", "whole"}:
        return r"[\n;；,，、]"
    return r"\n" if "\n" in text or field.shape.form == "text" else "[;；]"


# --- from a record to a row -----------------------------------------------------------------------------------


def spread(kind: type[Part], plain: Mapping[str, Any]) -> dict[Path, str]:
    """The cells of a record as the loader gave it, by the paths of their columns."""
    return dict(_cells(kind, plain, ()))


def _cells(part: type[Part], plain: Mapping[str, Any], above: Path) -> Iterator[tuple[Path, str]]:
    for field in fields_of(part):
        value, path = plain.get(field.key), (*above, field.key)
        inner = field.shape.part
        if value is None:
            continue
        if inner is not None and field.many:
            for i, entry in enumerate(value):
                yield from _cells(inner, entry, (*path, i))
        elif inner is not None:
            yield from _cells(inner, value, path)
        else:
            yield from _typed(field, value, path)


def _typed(field: FieldShape, value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """What is typed for a value: one cell, or one for each language, or for what is said of a date."""
    if field.shape.form == "text":
        yield from _texts(value if field.many else [value], path)
    elif isinstance(value, dict):
        yield from (((*path, key) if key != "date" else path, str(text)) for key, text in value.items())
    else:
        yield path, _joined(field, value) if field.many else str(value)


def _texts(values: list[Any], path: Path) -> Iterator[tuple[Path, str]]:
    """Texts in each language, an entry a line; what reads the same in all stands in both."""
    both = [value if isinstance(value, dict) else {"zh": value, "en": value} for value in values]
    for lang in LANGUAGES:
        if any(text.get(lang) for text in both):
            lines = [str(text.get(lang) or "") for text in both]
            yield (
                (*path, lang),
                "\n".join(" ".join(line.split()) for line in lines) if len(lines) > 1 else lines[0],
            )


def _joined(field: FieldShape, values: list[Any]) -> str:
    texts = [str(value) for value in values]
    if field.shape.form in {"link", "choice", "whole"}:
        return ", ".join(texts)
    ends = "\n" if any(";" in text or "；" in text for text in texts) else "; "
    return ends.join(texts) if len(texts) > 1 or ends != "\n" else texts[0] + "\n"
