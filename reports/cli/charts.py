"""`run.py charts`: every kind of chart from the data at hand, with the line of a template that draws it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reports.cli import chart_gallery
from reports.cli.options import add_data
from reports.cli.progress import progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang, ReportError, errors
from reports.model.cutoff import LATEST
from reports.pipeline.read import read


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """From which data, where to, in which languages."""
    add_data(parser, lang)
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="DIR", help=say("charts.output", lang)
    )
    parser.add_argument("--lang", default="zh,en", help=say("charts.lang", lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Draw them, name the files, and say what there were no records for."""
    reading = read(options.data)
    if errors(reading.problems):
        raise ReportError(*reading.problems)
    languages = tuple(dict.fromkeys(part.strip() for part in options.lang.split(",") if part.strip()))
    with progress() as bar:
        bar.expect(lambda: [*chart_gallery.WAYS])
        folder = options.output / "charts"
        made, missing = chart_gallery.write(reading.at(LATEST), folder, languages, bar.begin)
    for path in made:
        print(path)
    if missing:
        print(say("charts.missing", lang, names=", ".join(missing)), file=sys.stderr)
    return 0
