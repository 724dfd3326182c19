"""`run.py run-due`: make what is due now, send what waits, and end."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from functools import partial

from reports.cli import deliveries, output
from reports.cli import options as kinds
from reports.cli.progress import progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.model.schedule import DueItem, due
from reports.pipeline.build import Folders, Reading, read
from reports.publishing.delivery import alarm
from reports.publishing.delivery import send as deliver
from reports.publishing.issues import Tell
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

    guard = alarm.Alarm(folders)
    with guard.watch(now, tell):
        outcomes = _make(folders, now, tell, told, guard)
        sent = deliveries.send(folders, now, lang, tell)
    if not outcomes and not sent:
        print(say("due/nothing", lang))
    failed = any(outcome.state == "failed" for outcome in outcomes)
    return 1 if failed or any(entry.state in deliveries.IN_DOUBT for entry in sent) else 0


def _make(
    folders: Folders, now: datetime, tell: Tell, told: Callable[[duty.Outcome], None], guard: alarm.Alarm
) -> tuple[duty.Outcome, ...]:
    """Do what is due, one report after the other."""
    with progress() as bar:

        def trusted(reading: Reading) -> None:
            guard.keep(reading)
            bar.expect(partial(_names, folders, reading, now))

        def done(outcome: duty.Outcome) -> None:
            bar.end()
            bar.aside(told)(outcome)

        post = deliver.post_for(folders)
        return duty.run_due(folders, now, tell=bar.aside(tell), done=done, post=post, trusted=trusted)


def _names(folders: Folders, reading: Reading, now: datetime) -> list[str]:
    """What the round is going to do."""
    items = due(reading.reports.reports.values(), duty.remembered(folders), now)
    return [f"{item.report} {item.period}" for item in items]


def _say_items(folders: Folders, items: tuple[DueItem, ...], lang: Lang) -> None:
    reports = read(folders.data).reports.reports
    for item in items:
        action, moment = say(f"due/{item.action}", lang), output.by_plan(item, reports)
        print(f"{action} {item.report} {item.period}  {say('due', lang)} {moment}")
    if not items:
        print(say("due/nothing", lang))
