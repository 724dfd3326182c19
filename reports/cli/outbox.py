"""`run.py outbox`: what was sent and what waits; settle what is unknown."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from reports.cli import deliveries, output
from reports.cli.options import add_json, add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.publishing import outbox
from reports.publishing.delivery.intents import short_id
from reports.publishing.ledger import read_ledger
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import opened


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether to show it, or to settle an entry."""
    parser.add_argument("action", nargs="?", choices=("list", "resend", "drop"), default="list")
    parser.add_argument("id", nargs="?", default="", metavar="ID", help=say("outbox.id", lang))
    add_json(parser, lang)
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """List the outbox; or say of one entry that it is to be sent again, or not at all."""
    listing = options.action == "list"
    found = outbox.entries(read_ledger(folders_of(options))) if listing else (_settled(options, lang),)
    if options.json:
        output.print_json([deliveries.as_dict(entry) for entry in found])
        return 0
    for entry in found:
        print(deliveries.line(entry, lang) + (f"  {entry.answer}" if listing and entry.answer else ""))
    return 0


def _settled(options: argparse.Namespace, lang: Lang) -> Entry:
    action, name, now = options.action, options.id, now_of(options)
    if not name:
        raise ReportError(Problem(Where(""), "outbox/no-id", {"action": action}))
    folders, tell = folders_of(options), output.tell(options)
    with opened(folders, f"outbox {action}", now, tell=tell) as office:
        entry = _named(outbox.entries(office.ledger), name)
        if entry.state not in {"unknown", "failed", "pending"}:
            args = {"id": name, "state": say(f"entry.{entry.state}", lang)}
            raise ReportError(Problem(Where(""), "outbox/settled", args))
        settle = outbox.resend if action == "resend" else outbox.drop
        return settle(office.ledger, entry.intent.message_id, now)


def _named(entries: Sequence[Entry], name: str) -> Entry:
    wanted = name.strip("<>")
    for entry in entries:
        if wanted and wanted in {short_id(entry.intent), entry.intent.message_id.strip("<>")}:
            return entry
    raise ReportError(Problem(Where(""), "outbox/unknown-id", {"id": name}))
