"""`run.py build`: build reports into the output folder, and name the files."""

from __future__ import annotations

import argparse
from functools import partial

from reports.cli import options as kinds
from reports.cli import output
from reports.cli.progress import progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.pipeline import build as pipeline
from reports.pipeline.build import Folders
from reports.publishing import issues as issuing
from reports.records.text.loader import read_file
from reports.records.validation import read_reports


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
    with progress(lines=True) as bar:
        bar.expect(partial(_pieces, folders, order))
        made = issuing.build(folders, order, now, bar.begin, bar.aside(output.tell(options)))
    for path in made:
        print(path)
    return 0


def _pieces(folders: Folders, order: pipeline.Order) -> list[str]:
    """What will be made, a language of a report each, as far as the list of reports alone can tell."""
    paths = (folders.data / name for name in ("reports.yaml", "reports.yml"))
    found = [read_file(path, f"{folders.data.name}/{path.name}")[0] for path in paths if path.is_file()]
    reports = pipeline.chosen(read_reports(found)[0], order)
    return [f"{report.id} {lang}" for report in reports for lang in order.languages or report.languages]
