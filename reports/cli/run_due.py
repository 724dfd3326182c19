"""`run.py run-due`: make what is due now, send what waits, and end."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TypeVar

from reports.cli import deliveries, output
from reports.cli.options import (
    add_dry_run,
    add_json,
    add_language,
    add_now,
    add_output,
    folders_of,
    now_of,
)
from reports.cli.progress import Progress, listed, progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError
from reports.model.schedule import DueItem, due
from reports.pipeline.read import STATE, Folders, read
from reports.publishing.delivery.alarm import Alarm
from reports.publishing.ledger import remembered
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import Tell
from reports.publishing.scheduler import rounds
from reports.publishing.scheduler.log import log_entry, log_outcome, log_problem, logger
from reports.publishing.scheduler.rounds import Outcome

T = TypeVar("T")


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether only to say what would be done, whether it is meant, and when it is."""
    parser.epilog = say("run-due.status", lang)
    add_dry_run(parser, say("run-due.dry-run", lang))
    parser.add_argument("--yes", action="store_true", help=say("run-due.yes", lang))
    add_language(parser, say("run-due.lang", lang))
    add_json(parser, lang)
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Ask once, do what is due, or only say it; status 1 when somebody has to look: something failed, nobody knows, or
    what waits waits in vain."""
    if options.dry_run:
        items, doubt = rounds.ask(folders_of(options), now_of(options))
        _say_items(options, items, lang)
        if doubt:
            output.show([doubt], options)
        return 0
    if options.json:
        return _for_programs(options, lang)
    made, status = _round(options, lang, partial(_outcome, lang), partial(_delivered, lang))
    if not made.outcomes and not made.sent:
        print(say("due.nothing", lang))
    return status


def _for_programs(options: argparse.Namespace, lang: Lang) -> int:
    """Make the round and print at its end what was done, also where something stopped it in the midst."""
    outcomes: list[Outcome] = []
    tried: list[Entry] = []
    try:
        _, status = _round(options, lang, outcomes.append, tried.append)
    except ReportError as error:
        output.show(error.problems, options)
        status = 1
    output.print_json({
        "outcomes": [_as_dict(outcome) for outcome in outcomes],
        "tried": [deliveries.as_dict(entry) for entry in tried],
    })  # fmt: skip
    return status


def _round(
    options: argparse.Namespace, lang: Lang, show: Callable[[Outcome], None], sent: Callable[[Entry], None]
) -> tuple[rounds.RoundResult, int]:
    """Make a round, and *show* what becomes of each report and each letter; return also the status."""
    folders, now, tell = folders_of(options), now_of(options), output.tell(options)
    unsettled: list[Problem] = []  # what is tried again, and may succeed, is a warning

    def heard(problem: Problem) -> None:
        if problem.severity == "error" and problem.code.startswith("delivery/"):
            unsettled.append(problem)
        tell(problem)

    attended = options.now is not None or (sys.stdin is not None and sys.stdin.isatty())
    log = logger(folders.output / STATE / "log", "run-due.log", aloud=False)
    with progress() as bar, _logged(log, lang):
        bar.expect(partial(_names, folders, now))
        made = rounds.whole_round(
            folders, lambda: now, Alarm(folders, attended=attended),
            tell=_both(bar.aside(heard), partial(log_problem, log, lang)),
            done=_both(_told(bar, show, tell), partial(log_outcome, log, lang)),
            delivered=_both(bar.aside(sent), partial(log_entry, log)),
            sure=options.yes,
        )  # fmt: skip
        if not made.outcomes and not made.sent:
            log.info(say("due.nothing", lang))
    failed = any(outcome.state == "failed" for outcome in made.outcomes)
    return made, 1 if failed or unsettled else 0


@contextmanager
def _logged(log: logging.Logger, lang: Lang) -> Iterator[None]:
    """Log what ends the round inside."""
    try:
        yield
    except ReportError as error:
        for problem in error.problems:
            log_problem(log, lang, problem)
        raise
    except KeyboardInterrupt:
        log.warning(say("interrupted", lang))
        raise
    except Exception as error:
        log.exception(type(error).__name__)
        raise
    finally:
        for handler in log.handlers:
            handler.close()


def _both(first: Callable[[T], None], second: Callable[[T], None]) -> Callable[[T], None]:
    def does(told: T) -> None:
        first(told)
        second(told)

    return does


def _told(bar: Progress, show: Callable[[Outcome], None], tell: Tell) -> Callable[[Outcome], None]:
    """What shows what became of each report, and what was wrong with it."""

    def said(outcome: Outcome) -> None:
        show(outcome)
        for problem in outcome.problems:
            tell(problem)

    def done(outcome: Outcome) -> None:
        bar.end()
        bar.aside(said)(outcome)

    return done


def _outcome(lang: Lang, outcome: Outcome) -> None:
    state = say(f"outcome.{outcome.state}", lang)
    print(f"{state} {outcome.item.report} {outcome.item.period}", flush=True)


def _as_dict(outcome: Outcome) -> dict[str, object]:
    return {
        "report": outcome.item.report,
        "period": str(outcome.item.period),
        "due": outcome.item.due.isoformat(),
        "state": outcome.state,
        "problems": [problem.code for problem in outcome.problems],
    }


def _delivered(lang: Lang, entry: Entry) -> None:
    print(deliveries.line(entry, lang), flush=True)


def _names(folders: Folders, now: datetime) -> list[str]:
    """What the round is going to do, as far as the list of reports and the ledger can tell."""
    items = due(listed(folders.data).reports.values(), remembered(folders), now)
    return [f"{item.report} {item.period}" for item in items]


def _say_items(options: argparse.Namespace, items: tuple[DueItem, ...], lang: Lang) -> None:
    reports = read(options.data).reports.reports
    if options.json:
        output.print_json([
            {**output.item_as_dict(item, reports), "action": item.action, "days": item.days}
            for item in items
        ])  # fmt: skip
        return
    for item in items:
        action, moment = say(f"due.{item.action}", lang), output.by_plan(item, reports, lang)
        print(f"{action} {item.report} {item.period}  {say('due', lang)} {moment}")
    if not items:
        print(say("due.nothing", lang))
