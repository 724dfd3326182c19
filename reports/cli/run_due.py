"""`run.py run-due`: make what is due now, send what waits, and end."""

from __future__ import annotations

import argparse

from reports.cli import deliveries, output
from reports.cli import options as kinds
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.model.schedule import DueItem
from reports.pipeline.build import Folders, read
from reports.publishing.delivery import alarm
from reports.publishing.delivery import send as deliver
from reports.publishing.scheduler import rounds as duty


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether only to say what would be done, and when it is."""
    parser.epilog = say("run-due/status", lang)
    kinds.add_dry_run(parser, say("run-due/dry-run", lang))
    kinds.add_now(parser, lang)
    kinds.add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Ask once, do what is due, or only say it; status 1 when something failed for good, or nobody knows."""
    folders, now, tell = kinds.folders_of(options), kinds.now_of(options), output.tell(options)
    if options.dry_run:
        _say_items(folders, duty.ask(folders, now), lang)
        return 0

    def told(outcome: duty.Outcome) -> None:
        state = say(f"outcome/{outcome.state}", lang)
        print(f"{state} {outcome.item.report} {outcome.item.period}", flush=True)
        for problem in outcome.problems:
            tell(problem)

    guard, post = alarm.Alarm(folders), deliver.post_for(folders)
    with guard.watch(now, tell):
        outcomes = duty.run_due(folders, now, tell=tell, done=told, post=post, trusted=guard.keep)
        sent = deliveries.send(folders, now, lang, tell)
    if not outcomes and not sent:
        print(say("due/nothing", lang))
    failed = any(outcome.state == "failed" for outcome in outcomes)
    return 1 if failed or any(entry.state in deliveries.IN_DOUBT for entry in sent) else 0


def _say_items(folders: Folders, items: tuple[DueItem, ...], lang: Lang) -> None:
    reports = read(folders.data).reports.reports
    for item in items:
        action, moment = say(f"due/{item.action}", lang), output.by_plan(item, reports)
        print(f"{action} {item.report} {item.period}  {say('due', lang)} {moment}")
    if not items:
        print(say("due/nothing", lang))
