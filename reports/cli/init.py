"""`run.py init`: fill an empty folder with a secretariat of one's own."""

from __future__ import annotations

import argparse
from pathlib import Path

from reports.cli import scaffold
from reports.cli.options import add_now, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.invocation import command, shell_word


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which folder."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("init.folder", lang))
    add_now(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Fill the folder and say what to type in it."""
    for path in scaffold.init(options.folder, now_of(options).date()):
        print(path)
    print(say("init.next", lang, folder=shell_word(str(options.folder)), program=command()))
    return 0
