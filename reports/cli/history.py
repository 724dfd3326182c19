"""`run.py history`: what was built, approved, issued, skipped."""

from __future__ import annotations

import argparse
import sys

from reports.cli import issues, memory, output
from reports.cli.options import add_json, add_output, folders_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing.acts import acts
from reports.publishing.issue import Run
from reports.publishing.ledger import read_ledger


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Of which report."""
    parser.add_argument("report", nargs="?", default="", metavar="REPORT", help=say("history.report", lang))
    add_json(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """One line an issue, one line a period that was skipped or failed, one line an act; the last stands last."""
    memory.tell_of_gaps(folders_of(options), options)
    folders, report = folders_of(options), options.report
    ledger = read_ledger(folders)
    runs, deeds = ledger.runs(report), acts(ledger, report)
    kept = [issue for issue in ledger.issues(report) if issue.state != "discarded"]
    undone = [run for run in runs if run.outcome != "done"]
    if options.json:
        output.print_json({
            "issues": [issues.as_dict(issue, lang) for issue in kept],
            "runs": [_as_dict(run, lang) for run in undone],
            "acts": [issues.act_as_dict(act) for act in deeds],
        })  # fmt: skip
    else:
        told = [(issues.since(issue), issues.line(issue, lang)) for issue in kept]
        told += [(run.at, _line(run, lang)) for run in undone]
        told += [(act.at, issues.act_line(act, lang)) for act in deeds]
        for _, line in sorted(told, key=lambda one: one[0]):
            print(line)
    if not (kept or runs or deeds):
        issues.require_report(folders, report)
        print(say("issue.none", lang), file=sys.stderr)
    return 0


def _as_dict(run: Run, lang: Lang) -> dict[str, object]:
    return {
        "report": run.report,
        "period": run.period,
        "outcome": run.outcome,
        "at": run.at.isoformat(),
        "why": run.why,
        "problems": [said[lang] for said in run.problems],
    }


def _line(run: Run, lang: Lang) -> str:
    said = f"  {run.problems[0][lang]}" if run.problems else ""
    outcome = say(f"outcome.{run.outcome}", lang)
    return f"{run.report}/{run.period}  {outcome}  {output.local(run.at)}{said}"
