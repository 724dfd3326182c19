"""What the model says of itself, written into files: the schema for editors, the reference for people."""

from __future__ import annotations

from pathlib import Path

from reports import files
from reports.records.editing.json_schema import data_schema, reports_schema, written
from reports.records.editing.reference import reference


def write_schema(folder: Path) -> tuple[Path, ...]:
    """Write the schemas of data files and of reports.yaml into *folder*; return the files."""
    return _write(
        {
            folder / "data.schema.json": written(data_schema()),
            folder / "reports.schema.json": written(reports_schema()),
        }
    )


def write_reference(folder: Path) -> tuple[Path, ...]:
    """Write the reference of kinds and fields in both languages into *folder*; return the files."""
    return _write(
        {
            folder / "data-reference.md": reference("en"),
            folder / "data-reference.zh-CN.md": reference("zh"),
        }
    )


def _write(texts: dict[Path, str]) -> tuple[Path, ...]:
    for path, text in texts.items():
        files.write(path, text.encode())
    return tuple(texts)
