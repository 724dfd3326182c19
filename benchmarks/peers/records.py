"""The generated records as plain dictionaries in Chinese: what every peer starts from.

No place is kept, nothing is checked: only what is needed to print the same letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

Records = dict[str, list[dict[str, Any]]]

WORDS = {"held": "已举行", "done": "已完成", "ongoing": "进行中"}
PICTURES = ("fig-investment", "fig-shares", "fig-milestones")


def read(data: Path) -> Records:
    """Read all records, by kind, with the fastest loader PyYAML has."""
    found: Records = {}
    for path in sorted(data.rglob("*.yaml")):
        with path.open(encoding="utf-8") as file:
            for kind, records in yaml.load(file, yaml.CSafeLoader).items():
                found.setdefault(kind, []).extend(records)
    return found


def report(data: Path) -> dict[str, Any]:
    """Return the whole report as nested dictionaries and lists of texts."""
    records = read(data)
    names = {r["id"]: r["name"].get("acronym") or r["name"]["zh"] for r in records["organisations"]}
    return {
        "title": records["reports"][0]["title"]["zh"],
        "speaker": records["people"][0]["name"]["zh"],
        "date": day(records["sources"][0]["date"]),
        "highlights": [_told(r, names) for r in records["contributions"] if "highlight" in r.get("tags", ())],
        "themes": [_theme(theme, records, names) for theme in records["themes"]],
        "discussions": [_told(r, names) for r in records["discussions"]],
        "values": [
            _told(r, names) | {"n": n}
            for n, r in enumerate((r for r in records["metrics"] if r["group"] == "series"), 1)
        ],
    }


def _theme(theme: dict[str, Any], records: Records, names: dict[str, str]) -> dict[str, Any]:
    told = {
        kind: [_told(r, names) for r in records[kind] if r["theme"] == theme["id"]]
        for kind in ("meetings", "contributions", "visits")
    }
    return {"title": theme["title"]["zh"], **told}


def _told(record: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Say every field of *record* in Chinese."""
    return {field: _said(field, value, names) for field, value in record.items()}


def _said(field: str, value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return value.get("zh", "")
    if isinstance(value, date):
        return day(value)
    if field in ("hosts", "participants"):
        return joined([names[id_] for id_ in value])
    if field == "host":
        return names[value]
    return WORDS.get(value, value) if field == "status" else value


def day(value: date) -> str:
    """Say a date."""
    return f"{value.year}年{value.month}月{value.day}日"


def joined(texts: Sequence[str]) -> str:
    """Say several things: 甲、乙、丙."""
    return "和".join(texts) if len(texts) == 2 else "、".join(texts)


def picture(folder: Path, name: str) -> Path:
    """Return the drawn picture of a figure; every peer takes the same files."""
    return next(folder.glob(f"*.zh.{name}.png"))
