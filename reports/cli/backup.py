"""`run.py backup`: copy what a secretariat needs to go on after a dead disk."""

from __future__ import annotations

import argparse
from pathlib import Path

from reports.cli import output
from reports.cli.options import add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing.memory.backup import back_up


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("backup.folder", lang))
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Make it, and say where it lies."""
    folder, manifest = back_up(
        folders_of(options), options.folder, now_of(options), tell=output.tell(options)
    )
    print(say("backup.done", lang, count=len(manifest.files)))
    print(folder)
    return 0
