"""What is typed of a change, as an entry: fields with their values, since when it is so, and who says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, Where
from reports.model.dates import parse_moment
from reports.model.description.shapes import fields_of
from reports.model.kinds.metrics import FIGURES, Budget, FigureTarget, Metric, Reported, Spent
from reports.model.names import bearers, spelling
from reports.model.records import Node, Part, Record
from reports.records.editing.additions import RecordSpot, listed
from reports.records.editing.latest import latest
from reports.records.editing.new_records import DataFolder
from reports.records.editing.settings import Row, row_of, unknown
from reports.records.editing.sheets.columns import SheetColumn, TypedCell, column, gather, spread
from reports.records.text.source_file import Plain

_FORM = "FIELD=VALUE"


class Attestation(Struct, frozen=True):
    """Since when something is so, and who says it: *on* a day, from *sources*, where in the first of them (*at*, in
    one language or two), learnt on *known* ("": worked out)."""

    on: str = ""
    sources: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    known: str = ""

    def lacks(self) -> list[Problem]:
        """What every update has to say and this one does not."""
        wrong = [] if self.on else [Problem(Where("--on"), "update/no-on")]
        return wrong if self.sources else [*wrong, Problem(Where("--source"), "update/no-source")]

    def misses(self) -> list[Problem]:
        """Words of one language alone."""
        alone = self.at[0] if len(self.at) == 1 and _is_chinese(self.at[0]) else ""
        return [Problem(Where("--at"), "update/one-language", {"value": alone})] if alone else []


class Draft(Struct, frozen=True):
    """An entry for the list *key* of a record as it was typed, and what is wrong with the typing."""

    spot: RecordSpot
    key: str
    plain: dict[str, Plain]
    node: Node
    wrong: tuple[Problem, ...] = ()


#: Figures are in lists of their own: by what says the time, the list and what stands in it.
FIGURE_LISTS: Mapping[type[Record], Mapping[str, tuple[str, type[Part]]]] = {
    Metric: {"at": ("values", Reported), "by": ("target", FigureTarget)},
    Budget: {"at": ("spent", Spent)},
}


def draft_of(desk: DataFolder, spot: RecordSpot, settings: Sequence[str], occasion: Attestation) -> Draft:
    """The entry that *settings* and *occasion* tell."""
    typed = [_with_time(spot, setting) for setting in settings]
    flat = [one for several in typed for one in several]
    names = {setting.partition("=")[0].strip() for setting in flat}
    lists = FIGURE_LISTS.get(spot.kind, {})
    mark = next((name for name in lists if name in names), "")
    if not mark and spot.kind is Metric and names & set(FIGURES):
        mark = "at"
        flat += [f"at={occasion.on}"] if occasion.on else []
        occasion = replace(occasion, on="")
    if mark:
        return _figure_draft(desk, spot, lists[mark], flat, occasion)
    return _update_draft(desk, spot, flat, occasion)


def _with_time(spot: RecordSpot, setting: str) -> list[str]:
    """`2026Q3=480` is the figure of a time."""
    name, equals, value = setting.partition("=")
    if not equals or spot.kind not in FIGURE_LISTS or not _is_moment(name):
        return [setting]
    return [f"at={name.strip()}", f"{_figure_of(spot)}={value}"]


def _is_moment(name: str) -> bool:
    try:
        parse_moment(name.strip())
    except ValueError:
        return False
    return True


def _figure_of(spot: RecordSpot) -> str:
    """The field that holds the figures of a record."""
    if spot.kind is Budget:
        return "money"
    held = [spot.plain, *listed(spot, "values"), *listed(spot, "target")]
    return next(
        (name for one in held if isinstance(one, dict) for name in FIGURES if name in one), "quantity"
    )


def _figure_draft(
    desk: DataFolder,
    spot: RecordSpot,
    place: tuple[str, type[Part]],
    settings: Sequence[str],
    occasion: Attestation,
) -> Draft:
    key, part = place
    row, wrong = row_of(part, settings, _FORM)
    plain, node = gather(part, row, Where(str(spot.plain["id"])))
    if occasion.on:
        wrong.append(Problem(Where("--on"), "update/on-and-at", {"at": "by" if key == "target" else "at"}))
    single = next((name for name in FIGURES if spot.plain.get(name) is not None), "")
    if key == "values" and single:
        date_ = spot.plain.get("date")
        args = {"field": single, "figure": str(spot.plain[single]), "at": str(date_ or "…")}
        wrong.append(Problem(Where(str(spot.plain["id"])), "update/single-figure", args))
    told = with_occasion(desk, plain, node, occasion)
    return Draft(spot, key, *told, (*wrong, *occasion.misses()))


def _update_draft(
    desk: DataFolder, spot: RecordSpot, settings: Sequence[str], occasion: Attestation
) -> Draft:
    id_ = str(spot.plain["id"])
    if getattr(spot.kind, "timeless", False):
        never = Problem(Where(id_), "update/timeless", {"kind": spot.kind.plural})
        return Draft(spot, "updates", {}, Node(Where(id_)), (never, *occasion.lacks()))
    keys = {field.key for field in fields_of(spot.kind)}
    back = {name for name in (_taken_back(setting) for setting in settings) if name}
    row, wrong = row_of(spot.kind, [one for one in settings if not _taken_back(one)], _FORM)
    plain, node = gather(spot.kind, _filled_up(spot, row), Where(id_))
    below = dict(node.below)
    plain.update({str(key): None for key in below if key not in plain})  # blank, which `~` is not
    for name in back:
        if name in keys:
            plain[name], below[name] = None, Node(Where(name), "~", Where(name))
        elif "." in name and column(spot.kind, name):
            wrong.append(Problem(Where(name), "update/part-back", {"field": name.partition(".")[0]}))
        else:
            wrong.append(unknown(spot.kind, name))
    plain, node = with_occasion(desk, plain, Node(node.where, below=below), occasion)
    lacks = [one for one in occasion.lacks() if one.code != "update/no-source" or not plain.get("source")]
    return Draft(spot, "updates", plain, node, (*wrong, *lacks, *occasion.misses()))


def _taken_back(setting: str) -> str:
    """The field that a setting takes back, "" where it takes none back."""
    name, equals, value = setting.partition("=")
    return name.strip() if equals and value.strip() == "~" else ""


def _filled_up(spot: RecordSpot, row: Row) -> Row:
    """Of groups of fields only some are typed: the others stay as they are now."""
    groups = {
        found.path[0] for found in row if found.field.owner is not spot.kind and found.path[0] != "source"
    }
    if not groups:
        return row
    typed = {found.path: cell for found, cell in row.items()}
    any_field = next(iter(row)).field
    whole: Row = {}
    for path, text in spread(spot.kind, latest(spot.plain)).items():
        name = SheetColumn(path, any_field).name
        found = column(spot.kind, name)
        if path[0] in groups and path not in typed and found:
            whole[found] = TypedCell(text, Where(name))
    return {**whole, **row}


# --- since when, and who says so ------------------------------------------------------------------------------------


def with_occasion(
    desk: DataFolder, plain: Mapping[str, Plain], node: Node, occasion: Attestation
) -> tuple[dict[str, Plain], Node]:
    """The entry with its day and sources, each part where it belongs."""
    said: dict[str, Plain] = dict(plain)
    below = dict(node.below)
    for key, text in (("on", occasion.on), ("known", occasion.known)):
        if text:
            said[key], below[key] = text, node_of(f"--{key}", text)
    if occasion.sources:
        held = said.get("source")
        more = held if isinstance(held, list) else []
        inner = list(below["source"].below.values()) if "source" in below and more else []
        told = [
            _locator(desk, name, occasion.at if n == 0 else ()) for n, name in enumerate(occasion.sources)
        ]
        said["source"] = [*(one for one, _ in told), *more]
        below["source"] = Node(
            Where("--source"), below=dict(enumerate([*(place for _, place in told), *inner]))
        )
    return in_order_of_reading(said), Node(node.where, below=below)


def in_order_of_reading(said: Mapping[str, Plain]) -> dict[str, Plain]:
    """An entry as one reads it: when, what, from where; of a figure behind it when it was learnt."""
    first = ("on", "known") if "on" in said else ("at", "by")
    last = ("known", "source", "note")
    keys = [*first, *(key for key in said if key not in (*first, *last)), *last]
    return {key: said[key] for key in dict.fromkeys(keys) if key in said}


def _locator(desk: DataFolder, name: str, at: tuple[str, ...]) -> tuple[dict[str, Plain], Node]:
    """The place in a source: by its id, or a name that it alone bears."""
    known = desk.dataset.records
    borne = [one for one in bearers(desk.dataset).get(spelling(name), ()) if known[one].kind == "source"]
    said: dict[str, Plain] = {"doc": borne[0] if name not in known and len(borne) == 1 else name}
    below: dict[str | int, Node] = {"doc": node_of("--source", name)}
    if at:
        zh = next((one for one in at if _is_chinese(one)), at[0])
        en = next((one for one in at if one != zh), zh)
        said["at"] = {"zh": zh, "en": en} if len(at) > 1 else at[0]
        inner: dict[str | int, Node] = {"zh": node_of("--at", zh), "en": node_of("--at", en)}
        below["at"] = Node(Where("--at"), at[0], Where("--at"), inner if len(at) > 1 else {})
    return said, Node(Where("--source"), below=below)


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= sign <= "\u9fff" for sign in text)


def node_of(option: str, text: str) -> Node:
    """The place of what was typed behind an option."""
    return Node(Where(option), text, Where(option))
