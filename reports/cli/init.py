"""`run.py init`: fill an empty folder with a secretariat of one's own."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from reports.cli import options as kinds
from reports.cli import scaffold
from reports.cli.words import say
from reports.diagnostics.problems import Lang


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which folder."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("init/folder", lang))
    kinds.add_now(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Fill the folder and say what to type in it."""
    for path in scaffold.init(options.folder, kinds.now_of(options).date()):
        print(path)
    words = {"folder": options.folder, "python": Path(sys.executable), "program": scaffold.PRODUCT / "run.py"}
    print(say("init/next", lang, **{name: _as_word(path) for name, path in words.items()}))
    return 0


def _as_word(path: Path) -> str:
    """A path as a shell takes it."""
    text = str(path)
    return text if re.fullmatch(r"[\w./\\:~-]+", text) else f'"{text}"'
