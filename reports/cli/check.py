"""`run.py check`: read all data, try all templates, show every problem."""

from __future__ import annotations

import argparse
from functools import partial

from reports.cli import output
from reports.cli.options import add_language, add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.annotations import FORMATS
from reports.diagnostics.problems import Lang, errors, problem_as_dict
from reports.pipeline.check import check
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
    today = now_of(options).date()
    found = check(folders, today, partial(survey.remembered_of, folders, today))
    if options.format == "json":
        output.print_json([problem_as_dict(p, lang) for p in found])
    elif options.format in FORMATS:
        output.for_programs(FORMATS[options.format](found, lang, partial(path_of, output.roots_of(options))))
    else:
        output.show(found, options)
    return 1 if errors(found) else 0
