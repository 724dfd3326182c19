"""`run.py history`: what was built, approved, issued, skipped."""

from __future__ import annotations

import argparse
import sys

from reports.cli import issues, output
from reports.cli.options import add_output, folders_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing.acts import acts
from reports.publishing.issue import Run
from reports.publishing.ledger import read_ledger


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Of which report."""
    parser.add_argument("report", nargs="?", default="", metavar="REPORT", help=say("history.report", lang))
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """One line an issue, one line a period that was skipped or failed, one line an act; the last stands last."""
    folders, report = folders_of(options), options.report
    ledger = read_ledger(folders)
    runs = ledger.runs(report)
    told = [
        (issues.since(issue), issues.line(issue, lang))
        for issue in ledger.issues(report)
        if issue.state != "discarded"
    ]
    told += [(run.at, _line(run, lang)) for run in runs if run.outcome != "done"]
    told += [(act.at, issues.act_line(act, lang)) for act in acts(ledger, report)]
    for _, line in sorted(told, key=lambda one: one[0]):
        print(line)
    if not told and not runs:
        issues.require_report(folders, report)
        print(say("issue.none", lang), file=sys.stderr)
    return 0


def _line(run: Run, lang: Lang) -> str:
    said = f"  {run.problems[0][lang]}" if run.problems else ""
    outcome = say(f"outcome.{run.outcome}", lang)
    return f"{run.report}/{run.period}  {outcome}  {output.local(run.at)}{said}"
