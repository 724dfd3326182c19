"""What a row of a sheet says of a record otherwise than the record says now: an entry, and for people before and after.

Columns that the sheet does not have say nothing, and an empty cell takes nothing back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, Where
from reports.model.kinds.metrics import FIGURES, Metric
from reports.model.records import Node, can_change
from reports.records.converter import read
from reports.records.editing.additions import RecordSpot, listed
from reports.records.editing.drafts import (
    FIGURE_LISTS,
    Attestation,
    Draft,
    in_order_of_reading,
    with_occasion,
)
from reports.records.editing.latest import OWN, latest
from reports.records.editing.new_records import DataFolder
from reports.records.editing.settings import Row
from reports.records.editing.sheets.columns import Path, SheetColumn, TypedCell, column, gather, spread
from reports.records.text.source_file import Plain

#: What says of a line who says it.
Attested = Callable[[Mapping[str, Plain], Node], tuple[dict[str, Plain], Node]]


class FieldChange(Struct, frozen=True):
    """What becomes of one field of a record, as it is typed; "" where there is nothing."""

    record: str
    field: str
    before: str
    after: str


class RowChanges(Struct):
    """What a row changes: *drafts* of entries, *shown* to people, and what is wrong or odd."""

    drafts: list[Draft]
    shown: list[FieldChange]
    problems: list[Problem]


def changes_in(
    desk: DataFolder, spot: RecordSpot, row: Row, place: Where, occasion: Attestation
) -> RowChanges:
    """What the *row* at *place* makes of the record at *spot*."""
    looked = _Looked(spot, row, place, partial(with_occasion, desk, occasion=replace(occasion, on="")))
    for key in dict.fromkeys(found.path[0] for found in row):
        if key != "id":
            looked.look_at(str(key))
    found = looked.found
    if looked.emptied:
        first, fields = next(iter(looked.emptied.values())), ", ".join(looked.emptied)
        found.problems.append(Problem(first, "sheet/emptied", {"fields": fields}, "warning"))
    if looked.plain:
        if getattr(spot.kind, "timeless", False):
            found.problems.append(Problem(place, "update/timeless", {"kind": spot.kind.plural}))
        node = Node(place, below=looked.below)
        told = with_occasion(desk, looked.plain, node, occasion)
        found.drafts.insert(0, Draft(spot, "updates", *told))
    return found


class _Looked:
    """One row beside what its record says now."""

    def __init__(self, spot: RecordSpot, row: Row, place: Where, attested: Attested) -> None:
        self.spot, self.kind, self.place, self.attested = spot, spot.kind, place, attested
        self.now = latest(spot.plain)
        self.cells = spread(self.kind, self.now)
        self.row = {found.path: (found, cell) for found, cell in row.items()}
        self.plain: dict[str, Plain] = {}
        self.below: dict[str | int, Node] = {}
        self.found = RowChanges([], [], [])
        self.emptied: dict[str, Where] = {}
        self.lists = dict(FIGURE_LISTS.get(self.kind, {}).values())

    def look_at(self, key: str) -> None:
        """Compare the cells of one field."""
        own = {path: one for path, one in self.row.items() if path[0] == key}
        if self._takes_back(key, own):
            return
        typed = {path: self._filled(path, cell) for path, (_, cell) in own.items()}
        if key in self.lists:
            self._lines(key, own, typed)
            return
        before = self._gathered(key, {path: self.cells.get(path, "") for path in own}, own)
        after = self._gathered(key, typed, own)
        if not self._differ(key, before, after):
            return
        changed = next(own[path][1] for path in own if typed[path] != self.cells.get(path, ""))
        if self._may_change(key, changed):
            whole = {**self._beside(key, own, typed), **typed}
            plain, node = gather(self.kind, self._row(whole, own), self.place)
            self._take(key, plain.get(key), node.below[key])

    # --- what a cell says -------------------------------------------------------------------------------------------

    def _filled(self, path: Path, cell: TypedCell) -> str:
        """The text of a cell; one that was emptied stays what it is."""
        now = self.cells.get(path, "")
        if now.strip() and not cell.text:
            self.emptied.setdefault(str(path[0]), cell.where)
            return now
        return now if cell.text == _as_read(now) else cell.text

    def _takes_back(self, key: str, own: Mapping[Path, tuple[SheetColumn, TypedCell]]) -> bool:
        """Whether `~` stands in the cells of a field; in some of them alone it means nothing."""
        back = [cell for _, cell in own.values() if cell.text == "~"]
        if not back:
            return False
        if any(cell.text not in {"~", ""} for _, cell in own.values()) or key in self.lists:
            self.found.problems.append(Problem(back[0].where, "sheet/part-back", {"field": key}))
        elif key in self.now and self._may_change(key, back[0]):
            self._take(key, None, Node(back[0].where, "~", back[0].where))
        return True

    def _may_change(self, key: str, cell: TypedCell) -> bool:
        """Whether an update may change a field; else it is told."""
        if can_change(self.kind, key) and key not in OWN:
            return True
        if self.kind is Metric and key in FIGURES and not listed(self.spot, "values"):
            args = {"field": key, "figure": str(self.now.get(key, "…")), "at": str(self.now.get("date", "…"))}
            self.found.problems.append(Problem(cell.where, "update/single-figure", args))
        else:
            self.found.problems.append(Problem(cell.where, "sheet/stays", {"field": key}))
        return False

    def _take(self, key: str, value: Plain, node: Node) -> None:
        self.plain[key], self.below[key] = value, node
        for name in dict.fromkeys(_shown_as(path) for path in (*self.cells, *self.row) if path[0] == key):
            before = _said(self.cells, name)
            after = _said(spread(self.kind, {key: value}), name) if value is not None else ""
            if before != after:
                self.found.shown.append(FieldChange(str(self.spot.plain["id"]), name, before, after))

    # --- comparing --------------------------------------------------------------------------------------------------

    def _row(self, texts: Mapping[Path, str], own: Mapping[Path, tuple[SheetColumn, TypedCell]]) -> Row:
        any_field = next(iter(own.values()))[0].field
        row: Row = {}
        for path, text in texts.items():
            found = own[path][0] if path in own else column(self.kind, SheetColumn(path, any_field).name)
            where = own[path][1].where if path in own else self.place
            if found:
                row[found] = TypedCell(text, where)
        return row

    def _gathered(
        self, key: str, texts: Mapping[Path, str], own: Mapping[Path, tuple[SheetColumn, TypedCell]]
    ) -> Plain:
        return gather(self.kind, self._row(texts, own), self.place)[0].get(key)

    def _differ(self, key: str, before: Plain, after: Plain) -> bool:
        """Whether two values of a field mean something else."""
        if before == after:
            return False
        try:
            one, other = (read(self.kind, {**self.now, key: value}) for value in (before, after))
        except ValueError:
            return True
        return one != other

    def _beside(
        self, key: str, own: Mapping[Path, tuple[SheetColumn, TypedCell]], typed: Mapping[Path, str]
    ) -> dict[Path, str]:
        """Of groups of fields the cells that the sheet has no columns for; Traditional Chinese goes with its Chinese."""
        if all(found.field.owner is self.kind for found, _ in own.values()):
            return {}
        return {
            path: text
            for path, text in self.cells.items()
            if path[0] == key
            and path not in own
            and (
                path[-1] != "zh-Hant"
                or typed.get((*path[:-1], "zh")) in {None, self.cells.get((*path[:-1], "zh"))}
            )
        }

    # --- figures over time ------------------------------------------------------------------------------------------

    def _lines(
        self, key: str, own: Mapping[Path, tuple[SheetColumn, TypedCell]], typed: Mapping[Path, str]
    ) -> None:
        """Every line that says what none of those there says is one more."""
        part = self.lists[key]
        for number in sorted({int(path[1]) for path in own}):
            cells = {path[2:]: text for path, text in typed.items() if path[1] == number}
            places = {path[2:]: own[path][1] for path in own if path[1] == number}
            row: Row = {}
            for path, text in cells.items():
                found = column(part, SheetColumn(path, next(iter(own.values()))[0].field).name)
                if found:
                    row[found] = TypedCell(text, places[path].where)
            plain, node = gather(part, row, next(iter(places.values())).where)
            if not plain or any(self._same(part, row, plain, one) for one in listed(self.spot, key)):
                continue
            single = next((name for name in FIGURES if self.spot.plain.get(name) is not None), "")
            if key == "values" and single:
                self._may_change(single, next(iter(places.values())))
                continue
            shown = ", ".join(f"{name} {text}" for name, text in _flat(plain))
            self.found.shown.append(FieldChange(str(self.spot.plain["id"]), key, "", shown))
            told = (in_order_of_reading(plain), node) if "source" in plain else self.attested(plain, node)
            self.found.drafts.append(Draft(self.spot, key, *told))

    def _same(self, part: Any, row: Row, plain: Mapping[str, Plain], one: Any) -> bool:
        """Whether a line says what a row says, as far as the row has columns for it."""
        told = spread(part, one) if isinstance(one, dict) else {}
        there, _ = gather(
            part, {found: TypedCell(told.get(found.path, ""), self.place) for found in row}, self.place
        )
        return there == plain


def _as_read(text: str) -> str:
    """How a cell comes back in which *text* was put: without what no one sees."""
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def _shown_as(path: Path) -> str:
    """What people read of a place: `title.zh`, and of a list of groups the list."""
    return str(path[0]) if any(isinstance(step, int) for step in path) else ".".join(map(str, path))


def _said(cells: Mapping[Path, str], name: str) -> str:
    return "; ".join(" ".join(text.split()) for path, text in cells.items() if _shown_as(path) == name)


def _flat(plain: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in plain.items():
        yield key, value if isinstance(value, str) else "…"
