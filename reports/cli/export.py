"""`run.py export`: a sheet for members to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path

from reports import files
from reports.cli.options import add_data, add_language, add_programme
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.records.editing import import_export, new_records


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What the sheet is about, its form, and whether it holds the records there are."""
    parser.add_argument("kind", metavar="KIND", help=say("option.kind", lang))
    parser.add_argument("--format", choices=("xlsx", "csv"), default="xlsx", help=say("export.format", lang))
    parser.add_argument("--output", type=Path, metavar="FILE", help=say("export.output", lang))
    parser.add_argument("--with-records", action="store_true", help=say("export.with-records", lang))
    add_programme(parser, lang)
    add_data(parser, lang)
    add_language(parser, say("option.ask-lang", lang))


def run(options: argparse.Namespace, _lang: Lang) -> int:
    """Write the sheet, and name it."""
    kind = new_records.kind_of(options.kind)
    desk = new_records.open_desk(options.data)
    if options.programme:
        new_records.place_of(desk, kind, options.programme)
    made = import_export.export(desk, kind, options.format, options.programme, records=options.with_records)
    path = options.output or Path(f"{kind.plural}.{options.format}")
    files.write(path, made)
    print(path)
    return 0
