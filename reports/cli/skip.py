"""`run.py skip`: pass over a period by hand."""

from __future__ import annotations

import argparse

from reports.cli import output
from reports.cli.options import add_deed, add_output, deed_of, folders_of, period
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing.second_thoughts.skipping import skip


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which period of which report."""
    parser.add_argument("report", metavar="REPORT")
    parser.add_argument("period", type=period, metavar="PERIOD", help=say("approve.period", lang))
    add_deed(parser, lang, reasoned=True)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Pass over it, and say how it is made after all."""
    folders = folders_of(options)
    skip(folders, options.report, options.period, deed_of(options), tell=output.tell(options))
    print(say("skip.done", lang, report=options.report, period=options.period))
    return 0
