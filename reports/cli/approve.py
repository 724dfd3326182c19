"""`run.py approve`: freeze a draft somebody has looked at, and issue it."""

from __future__ import annotations

import argparse
import getpass
import sys
from functools import partial

from reports.cli import deliveries, issues, output
from reports.cli.options import add_now, add_output, folders_of, now_of, period
from reports.cli.words import asked, say
from reports.diagnostics.problems import Lang
from reports.publishing.approval import approve
from reports.publishing.comparison import Told
from reports.publishing.delivery.intents import intents
from reports.publishing.ledger import read_ledger


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which draft, and who approves it."""
    parser.add_argument("report", metavar="REPORT")
    parser.add_argument("period", type=period, metavar="PERIOD", help=say("approve.period", lang))
    parser.add_argument("--by", default="", metavar="NAME", help=say("approve.by", lang))
    parser.add_argument("--yes", action="store_true", help=say("approve.yes", lang))
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Approve it, and say what was issued and to whom it goes."""
    by = options.by.strip() or getpass.getuser()
    folders, now, tell = folders_of(options), now_of(options), output.tell(options)
    report, period = options.report, str(options.period)
    issues.require_report(folders, report)
    agree = partial(_agree, options, lang)
    issue = approve(folders, report, period, by, now, tell=tell, post=intents, agree=agree)
    ledger = read_ledger(folders)
    print("\n".join(issues.all_of(ledger, issue, lang)))
    if not any(deliveries.went_to(ledger, issue, lang)):
        print(say("issue.nobody", lang))
    return 0


def _agree(options: argparse.Namespace, lang: Lang, told: Told) -> bool:
    """Name what the draft does not say, and ask whether it is to be issued all the same."""
    print(say("approve.changed", lang), file=sys.stderr)
    for line in told[lang] or [say("built.wording", lang)]:
        print(f"    {line}", file=sys.stderr)
    return options.yes or asked(say("approve.question", lang))
