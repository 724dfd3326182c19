"""`run.py new`: ask for a record and put it into its file, or begin a report."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from reports.cli import output, scaffold
from reports.cli.options import add_data, add_dry_run, add_language, add_programme
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.model.records import Record
from reports.pipeline.read import Folders
from reports.records.data_lock import writing
from reports.records.editing import new_records
from reports.records.editing.prompts import ask_for
from reports.records.editing.settings import Row, row_of
from reports.records.text.emitter import compose


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What is new, and what is known of it."""
    parser.add_argument("kind", metavar="KIND", help=say("new.kind", lang))
    _add_report_options(parser, lang)
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help=say("new.set", lang)
    )
    add_programme(parser, lang)
    add_dry_run(parser, say("option.add-dry-run", lang))
    add_data(parser, lang)
    add_language(parser, say("option.ask-lang", lang))


def _add_report_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What may be said of a new report, beside its programmes."""
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help=say("new.name", lang))
    given = parser.add_argument_group(say("new.report", lang))
    given.add_argument(
        "--templates", type=Path, default=Path("templates"), help=say("option.templates", lang)
    )
    given.add_argument("--title-zh", default="", metavar="TITLE", help=say("new.title-zh", lang))
    given.add_argument("--title-en", default="", metavar="TITLE", help=say("new.title-en", lang))
    given.add_argument(
        "--every", choices=("year", "half", "quarter", "month", "week"), default="quarter",
        help=say("new.every", lang),
    )  # fmt: skip
    given.add_argument(
        "--profile", choices=("briefing", "bulletin", "chapter", "news", "paper"), default="briefing",
        help=say("new.profile", lang),
    )  # fmt: skip


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Add what was asked for, and show it."""
    if options.kind == "report":
        _new_report(options, lang)
    else:
        _new_record(options, lang)
    return 0


# --- a report ---------------------------------------------------------------------------------------------


def _new_report(options: argparse.Namespace, lang: Lang) -> None:
    """Write the report and say how to build it."""
    if not options.name:
        raise ReportError(Problem(Where(""), "scaffold/no-name"))
    programmes = tuple(part for part in re.split(r"[\s,，]+", options.programme) if part)
    wish = scaffold.Wish(
        options.name, options.title_zh, options.title_en, options.every, options.profile, programmes
    )
    folders = Folders(options.data, options.templates, Path("output"))
    with writing(options.data, f"new report {options.name}", output.tell(options), dry=options.dry_run):
        made = scaffold.new_report(folders, wish, dry=options.dry_run)
    print("\n".join(map(str, made)))
    if not options.dry_run:
        print(say("new.next", lang, name=options.name), file=sys.stderr)


# --- a record ---------------------------------------------------------------------------------------------


def _new_record(options: argparse.Namespace, lang: Lang) -> None:
    """Put the record into its file, and show it as it stands there. Nobody waits while a person is asked: what has
    come in by then is read before the record gets its id."""
    kind = new_records.kind_of(options.kind)
    row = _row(kind, options.set) if options.set else _asked(options, kind, lang)
    with writing(options.data, f"new {kind.plural}", output.tell(options), dry=options.dry_run):
        desk = new_records.open_desk(options.data)
        place = new_records.place_of(desk, kind, options.programme)
        entry = new_records.entry_of(place, row, Where(kind.plural), new_records.Taken(desk, place))
        path = new_records.add(desk, place, [entry], dry=options.dry_run)
    print("\n".join([path.as_posix(), *compose(entry.plain)]))


def _row(kind: type[Record], settings: Sequence[str]) -> Row:
    """What --set says."""
    row, wrong = row_of(kind, settings, "--set FIELD=VALUE")
    if wrong:
        raise ReportError(*wrong)
    return row


def _asked(options: argparse.Namespace, kind: type[Record], lang: Lang) -> Row:
    desk = new_records.open_desk(options.data)
    place = new_records.place_of(desk, kind, options.programme)
    try:
        return ask_for(desk, place, input, print, lang)
    except EOFError:
        raise ReportError(Problem(Where(kind.plural), "entry/given-up")) from None
