"""`run.py schedule`: stay, and make what is due when it is due; or let the machine's own clockwork ask."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path

from reports import invocation
from reports.cli import output
from reports.cli.options import add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.model.schedule import turn_of
from reports.pipeline.read import Folders, read
from reports.publishing.delivery.intents import intents
from reports.publishing.ledger import read_ledger
from reports.publishing.scheduler import resident, rounds
from reports.publishing.scheduler.timers import TIMERS, Installation
from reports.publishing.second_thoughts.skipping import skipped_by_hand


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether to stay, to show the dates, or to hand the asking to another clockwork."""
    parser.add_argument("action", nargs="?", choices=("install",), help=say("schedule.action", lang))
    parser.add_argument("--print", choices=("systemd", "cron", "windows"), help=say("schedule.print", lang))
    parser.add_argument("--list", action="store_true", help=say("schedule.list", lang))
    parser.add_argument("--log", choices=("lines", "json"), default="lines", help=say("schedule.log", lang))
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Stay and make rounds, unless only to print something."""
    folders = folders_of(options)
    if options.action == "install" or options.print:
        _install(options.print or ("windows" if os.name == "nt" else "systemd"), folders, lang)
        return 0
    if options.list:
        _next_dates(folders, now_of(options), lang)
        return 0
    return resident.run(folders, lang, options.log, intents)


def _install(kind: str, folders: Folders, lang: Lang) -> None:
    """Print what makes the machine's clockwork ask, of these folders and in this language."""
    named = {"data": folders.data, "templates": folders.templates, "output": folders.output}
    options = tuple(f"--{name}={path.resolve()}" for name, path in named.items() if path != Path(name))
    here = Installation(Path.cwd(), invocation.here().words, options, folders.output, lang)
    print(TIMERS[kind](here), end="")


def _next_dates(folders: Folders, now: datetime, lang: Lang) -> None:
    """The next turns of every report, in the time zone of its schedule, and those to come that are passed over."""
    items = rounds.next_dates(folders)
    if not items:
        raise ReportError(Problem(Where("reports.yaml"), "schedule/none"))
    reports = read(folders.data).reports.reports
    skipped = skipped_by_hand(read_ledger(folders))
    ahead = [item for turn in skipped if (item := turn_of(reports.get(turn[0]), turn[1])) and item.due > now]
    for item in sorted((*items, *ahead), key=lambda one: (one.due, one.report)):
        act = skipped.get(item.turn)
        note = "  " + say("skip.listed", lang, why=act.why) if act else ""
        moment = output.by_plan(item, reports)
        print(f"{moment}  {item.report}  {item.period}  {item.period.label(lang)}{note}")
