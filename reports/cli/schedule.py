"""`run.py schedule`: stay, and make what is due when it is due; or let the machine's own clockwork ask."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from reports import files, invocation
from reports.cli import memory, output
from reports.cli.options import add_json, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.model.schedule import turn_of
from reports.pipeline.read import Folders, read
from reports.publishing.delivery.intents import intents
from reports.publishing.ledger import read_ledger
from reports.publishing.scheduler import resident, rounds
from reports.publishing.scheduler.timers import TIMERS, Installation, as_file, unmapped, without_window
from reports.publishing.second_thoughts.skipping import skipped_by_hand


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether to stay, to show the dates, or to hand the asking to another clockwork."""
    parser.add_argument("action", nargs="?", choices=("install",), help=say("schedule.action", lang))
    parser.add_argument("--print", choices=("systemd", "cron", "windows"), help=say("schedule.print", lang))
    parser.add_argument("--to", type=Path, metavar="FILE", help=say("schedule.to", lang))
    parser.add_argument("--signed-in", action="store_true", help=say("schedule.signed-in", lang))
    parser.add_argument("--list", action="store_true", help=say("schedule.list", lang))
    parser.add_argument("--log", choices=("lines", "json"), default="lines", help=say("schedule.log", lang))
    add_json(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Stay and make rounds, unless only to print something."""
    folders = folders_of(options)
    if options.action == "install" or options.print:
        _install(options, folders, lang)
        return 0
    if options.list or options.json:  # who stays has no end, and a document has
        memory.tell_of_gaps(folders, options)
        _next_dates(options, folders, lang)
        return 0
    return resident.run(folders, lang, options.log, intents)


def _install(options: argparse.Namespace, folders: Folders, lang: Lang) -> None:
    """Print what makes the machine's clockwork ask, of these folders and in this language, or write it into a file."""
    kind = options.print or ("windows" if os.name == "nt" else "systemd")
    here = _installation(kind, folders, lang, signed_in=options.signed_in)
    if kind == "windows" and "%" in f"{here.folder}{here.words}":
        output.show([Problem(Where(str(here.folder)), "schedule/percent", severity="warning")], options)
    text = TIMERS[kind](here)
    if options.to:
        files.write(options.to, as_file(kind, text))
        print(options.to)
    else:
        print(text, end="")


def _installation(kind: str, folders: Folders, lang: Lang, *, signed_in: bool) -> Installation:
    named = {"data": folders.data, "templates": folders.templates, "output": folders.output}
    given = {name: path for name, path in named.items() if path != Path(name)}
    given |= {"delivery": folders.delivery} if folders.delivery else {}
    options = tuple(f"--{name}={path.resolve()}" for name, path in given.items())
    start = invocation.here().words
    if kind == "windows":
        start = without_window(start, sys.executable) if signed_in else start
        start = tuple(map(unmapped, start))
    return Installation(Path.cwd().resolve(), start, options, folders.output, lang, signed_in)


def _next_dates(options: argparse.Namespace, folders: Folders, lang: Lang) -> None:
    """The next turns of every report, in the time zone of its schedule, and those to come that are passed over."""
    items = rounds.next_dates(folders)
    if not items:
        raise ReportError(Problem(Where("reports.yaml"), "schedule/none"))
    reports = read(folders.data).reports.reports
    with read_ledger(folders) as ledger:
        skipped = skipped_by_hand(ledger)
    now = now_of(options)
    ahead = [item for turn in skipped if (item := turn_of(reports.get(turn[0]), turn[1])) and item.due > now]
    listed = sorted((*items, *ahead), key=lambda one: (one.due, one.report))
    if options.json:
        output.print_json([
            {
                **output.item_as_dict(item, reports),
                "label": item.period.label(lang),
                "skipped": act.why if (act := skipped.get(item.turn)) else None,
            }
            for item in listed
        ])  # fmt: skip
        return
    for item in listed:
        act = skipped.get(item.turn)
        note = "  " + say("skip.listed", lang, why=act.why) if act else ""
        moment = output.by_plan(item, reports, lang)
        print(f"{moment}  {item.report}  {item.period}  {item.period.label(lang)}{note}")
