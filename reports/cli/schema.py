"""`run.py schema`: write the schemas with which editors complete and explain keys, or the reference of kinds and fields."""

from __future__ import annotations

import argparse
from pathlib import Path

from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.records.editing import guides


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
        made = guides.write_reference(options.reference)
    else:
        made = guides.write_schema(options.output)
    for path in made:
        print(path)
    return 0
