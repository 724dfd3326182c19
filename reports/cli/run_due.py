"""`run.py run-due`: make what is due now, send what waits, and end."""

from __future__ import annotations

import argparse
from datetime import datetime
from functools import partial

from reports.cli import deliveries, output
from reports.cli.options import add_dry_run, add_now, add_output, folders_of, now_of
from reports.cli.progress import Progress, listed, progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.model.schedule import DueItem, due
from reports.pipeline.read import Folders, read
from reports.publishing.delivery.alarm import Alarm
from reports.publishing.ledger import remembered
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import Tell
from reports.publishing.scheduler import rounds


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether only to say what would be done, and when it is."""
    parser.epilog = say("run-due.status", lang)
    add_dry_run(parser, say("run-due.dry-run", lang))
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Ask once, do what is due, or only say it; status 1 when something failed for good, or nobody knows."""
    folders, now, tell = folders_of(options), now_of(options), output.tell(options)
    if options.dry_run:
        _say_items(folders, rounds.ask(folders, now), lang)
        return 0

    with progress() as bar:
        bar.expect(partial(_names, folders, now))
        made = _round(folders, now, bar, lang=lang, tell=tell)
    if not made.outcomes and not made.sent:
        print(say("due.nothing", lang))
    failed = any(outcome.state == "failed" for outcome in made.outcomes)
    return 1 if failed or any(entry.state in deliveries.IN_DOUBT for entry in made.sent) else 0


def _round(folders: Folders, now: datetime, bar: Progress, *, lang: Lang, tell: Tell) -> rounds.RoundResult:
    """Make a whole round, a line for each report and each letter."""

    def told(outcome: rounds.Outcome) -> None:
        state = say(f"outcome.{outcome.state}", lang)
        print(f"{state} {outcome.item.report} {outcome.item.period}", flush=True)
        for problem in outcome.problems:
            tell(problem)

    def done(outcome: rounds.Outcome) -> None:
        bar.end()
        bar.aside(told)(outcome)

    def delivered(entry: Entry) -> None:
        print(deliveries.line(entry, lang), flush=True)

    return rounds.whole_round(
        folders, lambda: now, Alarm(folders),
        tell=bar.aside(tell), done=done, delivered=bar.aside(delivered),
    )  # fmt: skip


def _names(folders: Folders, now: datetime) -> list[str]:
    """What the round is going to do, as far as the list of reports and the ledger can tell."""
    items = due(listed(folders.data).reports.values(), remembered(folders), now)
    return [f"{item.report} {item.period}" for item in items]


def _say_items(folders: Folders, items: tuple[DueItem, ...], lang: Lang) -> None:
    reports = read(folders.data).reports.reports
    for item in items:
        action, moment = say(f"due.{item.action}", lang), output.by_plan(item, reports)
        print(f"{action} {item.report} {item.period}  {say('due', lang)} {moment}")
    if not items:
        print(say("due.nothing", lang))
