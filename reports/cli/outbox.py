"""`run.py outbox`: what was sent and what waits; settle what is unknown."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from reports.cli import deliveries, memory, output
from reports.cli.options import add_deed, add_json, add_output, deed_of, folders_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.pipeline.read import Folders
from reports.publishing import outbox
from reports.publishing.acts import Act, acts, write_down
from reports.publishing.delivery.intents import short_id
from reports.publishing.ledger import read_ledger
from reports.publishing.outbox import Entry
from reports.publishing.output_folder import opened


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether to show it, or to settle an entry."""
    parser.add_argument("action", nargs="?", choices=("list", "resend", "drop"), default="list")
    parser.add_argument("id", nargs="?", default="", metavar="ID", help=say("outbox.id", lang))
    add_json(parser, lang)
    add_deed(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """List the outbox; or say of one entry that it is to be sent again, or not at all."""
    listing = options.action == "list"
    if listing:
        memory.tell_of_gaps(folders_of(options), options)
    found = outbox.entries(read_ledger(folders_of(options))) if listing else (_settled(options, lang),)
    if options.json:
        output.print_json([deliveries.as_dict(entry) for entry in found])
        return 0
    said = _said(folders_of(options)) if listing else {}
    for entry in found:
        print(deliveries.line(entry, lang) + (_answer(entry, said) if listing else ""))
    return 0


def _said(folders: Folders) -> dict[str, Act]:
    """What a person said last of each entry, by its id."""
    with read_ledger(folders) as ledger:
        return {act.details["id"]: act for act in acts(ledger) if act.what in ("drop", "resend")}


def _answer(entry: Entry, said: Mapping[str, Act]) -> str:
    """What the destination answered; where a person settled it, who, and why."""
    act = said.get(short_id(entry.intent))
    who = (act.by, act.why) if act and act.what == entry.answer else ()
    return "".join(f"  {word}" for word in (entry.answer, *who) if word)


def _settled(options: argparse.Namespace, lang: Lang) -> Entry:
    action, name, deed = options.action, options.id, deed_of(options)
    if not name:
        raise ReportError(Problem(Where(""), "outbox/no-id", {"action": action}))
    folders, tell = folders_of(options), output.tell(options)
    with opened(folders, f"outbox {action}", deed.at, tell=tell) as office:
        ledger = office.ledger
        entry = _named(outbox.entries(ledger), name)
        again = action == "resend" and outbox.dropped_by_hand(entry)
        if entry.state not in {"unknown", "failed", "pending"} and not again:
            args = {"id": name, "state": say(f"entry.{entry.state}", lang)}
            raise ReportError(Problem(Where(""), "outbox/settled", args))
        settle, intent = outbox.resend if action == "resend" else outbox.drop, entry.intent
        about = (intent.report, intent.period, intent.revision)
        details = {"id": short_id(intent), "to": intent.addressee}
        with ledger.transaction(deed.at):
            write_down(ledger, Act(deed.at, deed.by, action, *about, deed.why, details))
            return settle(ledger, intent.message_id, deed.at)


def _named(entries: Sequence[Entry], name: str) -> Entry:
    wanted = name.strip("<>")
    for entry in entries:
        if wanted and wanted in {short_id(entry.intent), entry.intent.message_id.strip("<>")}:
            return entry
    raise ReportError(Problem(Where(""), "outbox/unknown-id", {"id": name}))
