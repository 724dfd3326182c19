"""`run.py show`: all that is known of an issue."""

from __future__ import annotations

import argparse

from reports.cli import issues, memory, output
from reports.cli.options import add_json, add_output, folders_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing.ledger import find, read_ledger


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which issue."""
    parser.add_argument("issue", metavar="ISSUE", help=say("show.issue", lang))
    parser.add_argument("--digests", action="store_true", help=say("show.digests", lang))
    add_json(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Its number, its files, to whom it went, what it changed."""
    memory.tell_of_gaps(folders_of(options), options)
    ledger = read_ledger(folders_of(options))
    issue = find(ledger.issues(), options.issue)
    if options.json:
        output.print_json(issues.all_as_dict(ledger, issue, lang))
    else:
        print("\n".join(issues.all_of(ledger, issue, lang, digests=options.digests)))
    return 0
