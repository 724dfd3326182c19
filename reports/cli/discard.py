"""`run.py discard`: take the draft of a period away."""

from __future__ import annotations

import argparse

from reports.cli import output
from reports.cli.options import add_deed, add_dry_run, add_json, add_output, deed_of, folders_of, period
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing.second_thoughts.discarding import discard


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which draft."""
    parser.add_argument("report", metavar="REPORT")
    parser.add_argument("period", type=period, metavar="PERIOD", help=say("approve.period", lang))
    add_dry_run(parser, say("discard.dry-run", lang))
    add_json(parser, lang)
    add_deed(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Discard it; say which files went, which stayed, and how it is made again."""
    folders, report, dry = folders_of(options), options.report, options.dry_run
    gone = discard(folders, report, str(options.period), deed_of(options), tell=output.tell(options), dry=dry)
    if options.json:
        output.print_json({
            "issue": gone.issue.name,
            "removed": list(map(str, gone.removed)),
            "kept": list(map(str, gone.kept)),
            "correction": gone.correction,
        })  # fmt: skip
        return 0
    print(say("discard.would" if dry else "discard.done", lang, name=gone.issue.name))
    for path in gone.removed:
        print(f"    {path}")
    if gone.kept:
        print(say("discard.kept", lang))
    for path in gone.kept:
        print(f"    {path}")
    if not dry:
        told = {"report": report, "period": options.period}
        print(
            say("discard.again-correction", lang, **told)
            if gone.correction
            else say("discard.again", lang, **told)
        )
    return 0
