"""`run.py restore`: put a backup back."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path

from reports.cli import output
from reports.cli.options import add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.publishing.memory.restoring import restore


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which one, who does it, and whether it may go back behind what stands."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("restore.folder", lang))
    parser.add_argument("--older", action="store_true", help=say("restore.older", lang))
    parser.add_argument("--by", default="", metavar="NAME", help=say("adopt.by", lang))
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Put it back, and say what was put where."""
    by = options.by.strip() or getpass.getuser()
    folders, now, tell = folders_of(options), now_of(options), output.tell(options)
    done = restore(folders, options.folder, by, now, tell=tell, older=options.older)
    print(say("restore.done", lang, at=output.local(done.of), count=done.files))
    for name in done.folders:
        print(say("restore.folder-made", lang, name=name))
    if done.kept:
        print(say("restore.kept", lang, name=done.kept))
    print(say("restore.then", lang))
    return 0
