"""`run.py build`: build reports into the output folder, and name the files."""

from __future__ import annotations

import argparse
from functools import partial

from reports.cli import options as kinds
from reports.cli import output
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.pipeline import build as pipeline
from reports.publishing import issues as issuing


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which reports, for which period, in which languages and formats."""
    parser.add_argument("reports", nargs="*", metavar="REPORT", help=say("build/reports", lang))
    parser.add_argument("--period", type=kinds.period, help=say("build/period", lang))
    parser.add_argument("--lang", type=kinds.several, default=(), help=say("build/lang", lang))
    parser.add_argument(
        "--format",
        type=partial(kinds.several, known=kinds.FORMATS),
        default=(),
        help=say("build/format", lang),
    )
    kinds.add_now(parser, lang)
    kinds.add_output(parser, lang)


def run(options: argparse.Namespace, _lang: Lang) -> int:
    """Build what was asked for, or the reports marked so."""
    order = pipeline.Order(tuple(options.reports), options.period, options.lang, options.format)
    folders, now = kinds.folders_of(options), kinds.now_of(options)
    with output.progress() as line:
        made = issuing.build(folders, order, now, line, output.tell(options))
    for path in made:
        print(path)
    return 0
