"""`run.py build`: build reports into the output folder, and name the files."""

from __future__ import annotations

import argparse
from functools import partial

from reports.cli import output
from reports.cli.options import FORMATS, add_now, add_output, folders_of, now_of, period, several
from reports.cli.progress import listed, progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.pipeline.build import Order, chosen
from reports.pipeline.read import Folders
from reports.publishing import drafts


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which reports, for which period, in which languages and formats."""
    parser.add_argument("reports", nargs="*", metavar="REPORT", help=say("build.reports", lang))
    parser.add_argument("--period", type=period, help=say("build.period", lang))
    parser.add_argument("--lang", type=several, default=(), help=say("build.lang", lang))
    parser.add_argument(
        "--format",
        type=partial(several, known=FORMATS),
        default=(),
        help=say("build.format", lang),
    )
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, _lang: Lang) -> int:
    """Build what was asked for, or the reports marked so."""
    order = Order(tuple(options.reports), options.period, options.lang, options.format)
    folders, now = folders_of(options), now_of(options)
    with progress(lines=True) as bar:
        bar.expect(partial(_pieces, folders, order))
        made = drafts.build(folders, order, now, bar.begin, bar.aside(output.tell(options)))
    for path in made:
        print(path)
    return 0


def _pieces(folders: Folders, order: Order) -> list[str]:
    """What will be made, a language of a report each, as far as the list of reports alone can tell."""
    reports = chosen(listed(folders.data), order)
    return [f"{report.id} {lang}" for report in reports for lang in order.languages or report.languages]
