"""`run.py schema`: write the schemas with which editors complete and explain keys, or the reference of kinds and fields."""

from __future__ import annotations

import argparse
from pathlib import Path

from reports import files
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.records.editing.json_schema import data_schema, reports_schema, written
from reports.records.editing.reference import reference


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which of the two, and where to."""
    parser.add_argument(
        "--output", type=Path, default=Path("schema"), metavar="DIR", help=say("schema.output", lang)
    )
    parser.add_argument(
        "--reference", type=Path, nargs="?", const=Path("docs"), metavar="DIR",
        help=say("schema.reference", lang),
    )  # fmt: skip


def run(options: argparse.Namespace, _lang: Lang) -> int:
    """Write them, and name the files."""
    if options.reference:
        folder = options.reference
        texts = {"data-reference.md": reference("en"), "data-reference.zh-CN.md": reference("zh")}
    else:
        folder = options.output
        texts = {
            "data.schema.json": written(data_schema()),
            "reports.schema.json": written(reports_schema()),
        }
    for name, text in texts.items():
        files.write(folder / name, text.encode())
    for name in texts:
        print(folder / name)
    return 0
