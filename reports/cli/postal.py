"""The options of deliver and outbox. A part of `cli`; what the commands do is loaded when one is run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reports.diagnostics.problems import Lang, Problem

if TYPE_CHECKING:
    from reports.pipeline.read import Folders


def add_deliver(parser: argparse.ArgumentParser) -> None:
    """The options of `deliver`, beside those that all commands have."""
    parser.add_argument(
        "issue", nargs="?", default="", metavar="ISSUE",
        help="first add REPORT/PERIOD for those it was never sent to, for example because delivery was off",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="send nothing, only say what would go to whom")
    parser.add_argument("--eml", type=Path, metavar="DIR", help="write .eml files there instead of sending")


def add_outbox(parser: argparse.ArgumentParser) -> None:
    """The options of `outbox`, beside those that all commands have."""
    parser.add_argument("action", nargs="?", choices=("list", "resend", "drop"), default="list")
    parser.add_argument("id", nargs="?", default="", metavar="ID", help="as the list shows it")


def run(
    options: argparse.Namespace,
    folders: Folders,
    now: datetime,
    *,
    lang: Lang,
    tell: Callable[[Problem], None],
) -> int:
    """Run one of them; return the exit status."""
    from reports.cli import delivery as mailroom  # noqa: PLC0415 - --help loads nothing of this

    if options.command == "deliver":
        how = mailroom.How(options.issue, options.dry_run, options.eml)
        return mailroom.deliver_now(folders, now, how, lang=lang, tell=tell)
    return mailroom.outbox_of(folders, options.action, options.id, now, lang=lang, tell=tell)
