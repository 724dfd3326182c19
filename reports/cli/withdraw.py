"""`run.py withdraw`: take an issue back, and tell those who got it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from reports.cli import output
from reports.cli.options import add_deed, add_dry_run, add_json, add_output, deed_of, folders_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.pipeline.read import Folders, delivery_in
from reports.publishing.outbox import Intent
from reports.publishing.second_thoughts.withdrawing import Withdrawal, withdraw


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which issue, and why."""
    parser.add_argument("issue", metavar="ISSUE", help=say("show.issue", lang))
    add_dry_run(parser, say("withdraw.dry-run", lang))
    add_json(parser, lang)
    add_deed(parser, lang, reasoned=True)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Withdraw it; say who is told, who does not get it any more, and how it is corrected."""
    folders, dry = folders_of(options), options.dry_run
    done = withdraw(folders, options.issue, deed_of(options), tell=output.tell(options), dry=dry)
    if options.json:
        letters = {"told": done.told, "dropped": done.dropped}
        people = {key: [_recipient(intent) for intent in found] for key, found in letters.items()}
        output.print_json({"issue": done.issue.name, **people})
    else:
        _say(done, folders, lang, dry=dry)
    output.show(() if dry else done.asked, options)
    return 0


def _say(done: Withdrawal, folders: Folders, lang: Lang, *, dry: bool) -> None:
    print(say("withdraw.would" if dry else "withdraw.done", lang, name=done.issue.name))
    for line in _letters(done, lang):
        print(f"    {line}")
    if dry:
        return
    if done.told and not delivery_in(folders).on:
        print(say("withdraw.off", lang))
    print(say("withdraw.again", lang, report=done.issue.report, period=done.issue.period))


def _recipient(intent: Intent) -> dict[str, object]:
    return {
        "to": intent.addressee or None,
        "lang": intent.lang,
    }  # no path of a shared folder, as in the outbox


def _letters(done: Withdrawal, lang: Lang) -> Iterator[str]:
    for intent in done.told:
        folder = intent.destination == "folder"
        yield say("withdraw.folder" if folder else "withdraw.told", lang, recipient=intent.addressee)
    for intent in done.dropped:
        if intent.addressee:
            yield say("withdraw.dropped", lang, recipient=intent.addressee)
    if not done.told and not done.dropped:
        yield say("withdraw.nobody", lang)
