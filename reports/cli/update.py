"""`run.py update`: put into a record what became so later."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reports.cli import output
from reports.cli.options import add_data, add_dry_run, add_language, add_now, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.records.data_lock import writing
from reports.records.editing import additions, new_records, updates
from reports.records.editing.drafts import Attestation
from reports.records.validation import read_reports


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which record, what became of it, since when, and who says so."""
    parser.add_argument("id", metavar="ID", help=say("update.id", lang))
    parser.add_argument("settings", nargs="*", metavar="FIELD=VALUE", help=say("update.settings", lang))
    parser.add_argument("--on", default="", metavar="DAY", help=say("update.on", lang))
    parser.add_argument(
        "--source", action="append", default=[], metavar="ID", help=say("update.source", lang)
    )
    parser.add_argument("--at", action="append", default=[], metavar="WORDS", help=say("update.at", lang))
    parser.add_argument("--known", default="", metavar="DAY", help=say("update.known", lang))
    add_dry_run(parser, say("option.add-dry-run", lang))
    add_now(parser, lang)
    add_data(parser, lang)
    add_language(parser, say("option.ask-lang", lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Put the entry into its file, and show it as it stands there."""
    occasion = Attestation(options.on, tuple(options.source), tuple(options.at), options.known)
    wish = updates.UpdateWish(options.id, tuple(map(_as_meant, options.settings)), occasion)
    with writing(options.data, f"update {options.id}", output.tell(options), dry=options.dry_run):
        desk = new_records.open_desk(options.data)
        edited, _ = read_reports(desk.sources)
        editions = updates.Editions(tuple(edited.reports.values()), now_of(options).date())
        found = updates.update(desk, wish, editions)
        if found.addition is None:
            print(say("update.there", lang, id=options.id), file=sys.stderr)
            return 0
        put = additions.put(desk, [found.addition], dry=options.dry_run)
    for added in put:
        print("\n".join([f"{added.path.as_posix()}:{added.line}", *added.lines]))
    if found.closed:
        print(say("update.closed", lang, **updates.told_of(found.closed)), file=sys.stderr)
    if found.warnings:
        output.show(found.warnings, options)
    return 0


def _as_meant(setting: str) -> str:
    """A setting with the `~` back that a shell has made somebody's home folder of."""
    field, equals, value = setting.partition("=")
    return f"{field}=~" if equals and value == str(Path.home()) else setting
