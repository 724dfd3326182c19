"""`run.py export`: a sheet for members to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path

from reports import files
from reports.cli import options as kinds
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.records.editing import import_export as sheets
from reports.records.editing import new_records as intake


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What the sheet is about, its form, and whether it holds the records there are."""
    parser.add_argument("kind", metavar="KIND", help=say("option/kind", lang))
    parser.add_argument("--format", choices=("xlsx", "csv"), default="xlsx", help=say("export/format", lang))
    parser.add_argument("--output", type=Path, metavar="FILE", help=say("export/output", lang))
    parser.add_argument("--with-records", action="store_true", help=say("export/with-records", lang))
    kinds.add_programme(parser, lang)
    kinds.add_data(parser, lang)
    kinds.add_language(parser, say("option/ask-lang", lang))


def run(options: argparse.Namespace, _lang: Lang) -> int:
    """Write the sheet, and name it."""
    kind = intake.kind_of(options.kind)
    desk = intake.open_desk(options.data)
    if options.programme:
        intake.place_of(desk, kind, options.programme)
    made = sheets.export(desk, kind, options.format, options.programme, records=options.with_records)
    path = options.output or Path(f"{kind.plural}.{options.format}")
    files.write(path, made)
    print(path)
    return 0
