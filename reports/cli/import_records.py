"""`run.py import`: bring in the rows of a sheet that came back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reports.cli import options as kinds
from reports.cli.progress import progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.records.editing import import_export as sheets
from reports.records.editing import new_records as intake


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The sheet, what its rows are, and where they belong."""
    parser.add_argument("file", type=Path, metavar="FILE", help=say("import/file", lang))
    parser.add_argument("--kind", required=True, metavar="KIND", help=say("option/kind", lang))
    kinds.add_programme(parser, lang)
    kinds.add_dry_run(parser, say("option/add-dry-run", lang))
    kinds.add_data(parser, lang)
    kinds.add_language(parser, say("option/ask-lang", lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Put the rows into the data, and say which were new."""
    kind = intake.kind_of(options.kind)
    with progress() as bar:
        bar.expect(lambda: [options.data.name, options.file.name])
        desk = intake.open_desk(options.data)
        place = intake.place_of(desk, kind, options.programme)
        bar.end()
        done = sheets.bring_in(desk, place, options.file, dry=options.dry_run)
    if done.path:
        print("\n".join([done.path.as_posix(), *(f"  + {name}" for name in done.ids)]))
    print(say("added", lang, new=len(done.ids), known=done.known), file=sys.stderr)
    if done.hidden:
        print(say("added/hidden", lang, rows=", ".join(map(str, done.hidden))), file=sys.stderr)
    return 0
