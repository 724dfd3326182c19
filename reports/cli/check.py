"""`run.py check`: read all data, try all templates, show every problem."""

from __future__ import annotations

import argparse
from functools import partial

from reports.cli import output
from reports.cli.options import add_language, add_now, add_output, folders_of, now_of
from reports.cli.words import counted, say
from reports.diagnostics.annotations import FORMATS
from reports.diagnostics.problems import Lang, errors, problem_as_dict
from reports.pipeline.check import read_and_check
from reports.pipeline.read import Reading
from reports.publishing.status import survey
from reports.text_files import path_of


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """How to show what is found, and in which language."""
    parser.add_argument(
        "--format", choices=("text", "json", *FORMATS), default="text", help=say("check.format", lang)
    )
    add_language(parser, say("check.lang", lang))
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Show all that is wrong, for people or for the programs they work with."""
    folders = folders_of(options)
    now = now_of(options)
    today = now.date()
    reading, found = read_and_check(
        folders, today, partial(survey.remembered_of, folders, today), partial(survey.coming, folders, now)
    )
    if options.format == "json":
        output.print_json([problem_as_dict(p, lang) for p in found])
    elif options.format in FORMATS:
        output.for_programs(FORMATS[options.format](found, lang, partial(path_of, output.roots_of(options))))
    elif found:
        output.show(found, options)
    else:
        print(_all_well(reading, lang))
    return 1 if errors(found) else 0


def _all_well(reading: Reading, lang: Lang) -> str:
    """That there was something to look at, and nothing to find."""
    reports, records = len(reading.reports.reports), len(reading.dataset.records)
    told = {"reports": counted("report", reports, lang), "records": counted("record", records, lang)}
    return say("check.well", lang, **told)
