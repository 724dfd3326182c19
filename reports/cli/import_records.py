"""`run.py import`: bring in the rows of a sheet that came back."""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager, ExitStack
from itertools import groupby
from pathlib import Path

from reports.cli import output
from reports.cli.options import add_data, add_dry_run, add_language, add_now, add_programme, now_of
from reports.cli.progress import progress
from reports.cli.words import asked, say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where, errors
from reports.records.data_lock import writing
from reports.records.editing import import_export, new_records, updates
from reports.records.editing.drafts import Attestation
from reports.records.editing.import_export import ImportPlan
from reports.records.editing.new_records import DataFolder
from reports.records.validation import read_reports


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The sheet, what its rows are, where they belong, and since when what they change is so."""
    parser.add_argument("file", type=Path, metavar="FILE", help=say("import.file", lang))
    parser.add_argument("--kind", required=True, metavar="KIND", help=say("option.kind", lang))
    add_programme(parser, lang)
    changed = parser.add_argument_group(say("import.changed", lang))
    changed.add_argument("--on", default="", metavar="DAY", help=say("update.on", lang))
    changed.add_argument(
        "--source", action="append", default=[], metavar="ID", help=say("update.source", lang)
    )
    changed.add_argument("--at", action="append", default=[], metavar="WORDS", help=say("update.at", lang))
    changed.add_argument("--known", default="", metavar="DAY", help=say("update.known", lang))
    changed.add_argument("--yes", action="store_true", help=say("import.yes", lang))
    add_dry_run(parser, say("option.add-dry-run", lang))
    add_now(parser, lang)
    add_data(parser, lang)
    add_language(parser, say("option.ask-lang", lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Put the rows into the data, and say which were new and what others change. Nobody waits while a person is asked:
    the data are looked at again before they are written."""
    asks = not options.yes and not options.dry_run and sys.stdin.isatty()
    with ExitStack() as held:
        if not asks:
            held.enter_context(_writing(options))
        desk, plan = _look(options)
        _show_changes(plan, lang)
        if plan.problems:
            output.show(plan.problems, options)
        if errors(plan.problems):
            return 1
        if (
            plan.additions
            and not options.dry_run
            and not (options.yes or asked(say("import.question", lang)))
        ):
            print(say("import.not-written", lang), file=sys.stderr)
            return 1
        if asks:
            held.enter_context(_writing(options))
            desk, now = _look(options)
            if errors(now.problems) or now.changes != plan.changes:
                raise ReportError(Problem(Where(options.data.name), "entry/data-changed"))
            plan = now
        path, added = import_export.carry_out(desk, plan, dry=options.dry_run)
    for one in added:
        print("\n".join([f"{one.path.as_posix()}:{one.line}", *one.lines]))
    if path:
        print("\n".join([path.as_posix(), *(f"  + {entry.plain['id']}" for entry in plan.entries)]))
    _sum_up(plan, lang)
    return 0


def _writing(options: argparse.Namespace) -> AbstractContextManager[None]:
    what = f"import {options.file.name}"
    return writing(options.data, what, output.tell(options), dry=options.dry_run)


def _look(options: argparse.Namespace) -> tuple[DataFolder, ImportPlan]:
    """The data as they are, and what the sheet brings to them."""
    kind = new_records.kind_of(options.kind)
    wish = Attestation(options.on, tuple(options.source), tuple(options.at), options.known)
    with progress() as bar:
        bar.expect(lambda: [options.data.name, options.file.name])
        desk = new_records.open_desk(options.data)
        place = new_records.place_of(desk, kind, options.programme)
        bar.end()
        reports = tuple(read_reports(desk.sources)[0].reports.values())
        editions = updates.Editions(reports, now_of(options).date())
        return desk, import_export.look_into(desk, place, options.file, wish, editions)


def _show_changes(plan: ImportPlan, lang: Lang) -> None:
    """Record by record, each field as it was and as it becomes."""
    nothing = say("import.nothing", lang)
    for record, changes in groupby(plan.changes, key=lambda change: change.record):
        print(record)
        for change in changes:
            print(f"  {change.field}: {change.before or nothing} → {change.after or nothing}")


def _sum_up(plan: ImportPlan, lang: Lang) -> None:
    told = say("added", lang, new=len(plan.entries), known=plan.known)
    if plan.additions:
        records = len({str(one.spot.plain["id"]) for one in plan.additions})
        told = say("added.changed", lang, told=told, changed=records)
    print(told, file=sys.stderr)
    if plan.closed:
        print(say("update.closed", lang, **updates.told_of(plan.closed)), file=sys.stderr)
    if plan.hidden:
        print(say("added.hidden", lang, rows=", ".join(map(str, plan.hidden))), file=sys.stderr)
