"""What is typed as FIELD=VALUE behind a command: the cells of a row, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable

from reports.diagnostics.problems import Problem, Where, near
from reports.model.records import Part
from reports.records.editing.sheets.columns import SheetColumn, TypedCell, column, columns_of

Row = dict[SheetColumn, TypedCell]


def row_of(kind: type[Part], settings: Iterable[str], form: str) -> tuple[Row, list[Problem]]:
    """The cells that *settings* fill; a field given twice holds both. *form* is how one is typed: `--set field=value`."""
    row: Row = {}
    wrong: list[Problem] = []
    for setting in settings:
        name, equals, value = setting.partition("=")
        found = column(kind, name) or column(kind, f"{name.strip()}.doc")  # `source=paper` names the document
        if not equals:
            wrong.append(Problem(Where(setting), "entry/setting", {"value": setting, "form": form}))
        elif found is None:
            wrong.append(unknown(kind, name.strip()))
        else:
            before = f"{row[found].text}\n" if found in row else ""
            row[found] = TypedCell(before + value.strip(), Where(found.name))
    return row, wrong


def unknown(kind: type[Part], name: str) -> Problem:
    """There is no such field."""
    names = [found.name for found in columns_of(kind)]
    short = dict.fromkeys(str(found.path[0]) for found in columns_of(kind))
    return Problem(
        Where(name or "?"),
        "entry/unknown-field",
        {"field": name, "known": ", ".join(short), "near": near(name, [*short, *names])},
    )
