"""`run.py approve`: freeze a draft somebody has looked at, and issue it."""

from __future__ import annotations

import argparse
import getpass

from reports.cli import deliveries, issues, output
from reports.cli import options as kinds
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing import issues as issuing
from reports.publishing.delivery import send as deliver
from reports.publishing.scheduler import rounds as duty


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which draft, and who approves it."""
    parser.add_argument("report", metavar="REPORT")
    parser.add_argument("period", type=kinds.period, metavar="PERIOD", help=say("approve/period", lang))
    parser.add_argument("--by", default="", metavar="NAME", help=say("approve/by", lang))
    kinds.add_now(parser, lang)
    kinds.add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Approve it, and say what was issued and to whom it goes."""
    by = options.by.strip() or getpass.getuser()
    folders, now, tell = kinds.folders_of(options), kinds.now_of(options), output.tell(options)
    report, period = options.report, str(options.period)
    issues.require_report(folders, report)
    issue = issuing.approve(folders, report, period, by, now, tell=tell, post=deliver.post_for(folders))
    ledger = duty.look(folders)
    print("\n".join(issues.all_of(ledger, issue, lang)))
    if not any(deliveries.went_to(ledger, issue, lang)):
        print(say("issue/nobody", lang))
    return 0
