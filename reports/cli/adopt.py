"""`run.py adopt`: take issues back in that the ledger does not know any more."""

from __future__ import annotations

import argparse
import getpass

from reports.cli import issues, output
from reports.cli.options import add_dry_run, add_json, add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing.memory.adoption import adopt


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether only to look, and who does it."""
    add_dry_run(parser, say("adopt.dry-run", lang))
    parser.add_argument("--by", default="", metavar="NAME", help=say("adopt.by", lang))
    add_json(parser, lang)
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Take them in, a line each, and say what is not known of them."""
    by = options.by.strip() or getpass.getuser()
    found = adopt(
        folders_of(options), by, now_of(options), tell=output.tell(options), dry_run=options.dry_run
    )
    if options.json:
        output.print_json([issues.as_dict(issue, lang) for issue in found])
        return 0
    for issue in found:
        print(issues.line(issue, lang))
    if not found:
        print(say("adopt.nothing", lang))
    elif options.dry_run:
        print(say("adopt.would", lang, count=len(found)))
    else:
        print(say("adopt.done", lang, count=len(found)))
    return 0
