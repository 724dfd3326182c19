"""`run.py import`: bring in the rows of a sheet that came back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reports.cli.options import add_data, add_dry_run, add_language, add_programme
from reports.cli.progress import progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.records.editing import import_export, new_records


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The sheet, what its rows are, and where they belong."""
    parser.add_argument("file", type=Path, metavar="FILE", help=say("import.file", lang))
    parser.add_argument("--kind", required=True, metavar="KIND", help=say("option.kind", lang))
    add_programme(parser, lang)
    add_dry_run(parser, say("option.add-dry-run", lang))
    add_data(parser, lang)
    add_language(parser, say("option.ask-lang", lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Put the rows into the data, and say which were new."""
    kind = new_records.kind_of(options.kind)
    with progress() as bar:
        bar.expect(lambda: [options.data.name, options.file.name])
        desk = new_records.open_desk(options.data)
        place = new_records.place_of(desk, kind, options.programme)
        bar.end()
        done = import_export.bring_in(desk, place, options.file, dry=options.dry_run)
    if done.path:
        print("\n".join([done.path.as_posix(), *(f"  + {name}" for name in done.ids)]))
    print(say("added", lang, new=len(done.ids), known=done.known), file=sys.stderr)
    if done.hidden:
        print(say("added.hidden", lang, rows=", ".join(map(str, done.hidden))), file=sys.stderr)
    return 0
