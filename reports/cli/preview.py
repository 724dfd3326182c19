"""`run.py preview`: the reports in the browser while they are written, with the readiness board beside them."""

from __future__ import annotations

import argparse
from functools import partial

from reports.cli import board, output
from reports.cli.options import add_output, folders_of, now_of, period
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.preview import server
from reports.preview.page import Extra


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What to begin with, and where to listen."""
    parser.add_argument("report", nargs="?", default="", metavar="REPORT", help=say("preview.report", lang))
    parser.add_argument("--period", type=period, help=say("preview.period", lang))
    parser.add_argument("--lang", default="", help=say("preview.lang", lang))
    parser.add_argument("--port", type=int, help=say("preview.port", lang))
    parser.add_argument("--host", default="127.0.0.1", help=say("preview.host", lang))
    parser.add_argument("--open", action="store_true", help=say("preview.open", lang))
    parser.add_argument("--poll", action="store_true", help=say("preview.poll", lang))
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Serve until Ctrl+C."""
    wish = server.PreviewRequest(
        options.report,
        options.period,
        options.lang,
        options.host,
        options.port,
        in_browser=options.open,
        polling=options.poll,
    )
    ready = Extra(
        "board",
        {"zh": say("board", "zh"), "en": say("board", "en")},
        lambda folders, lang: board.page(folders, now_of(options), lang),
    )
    line, warn = partial(print, flush=True), output.tell(options)
    server.serve(folders_of(options), wish, lang, line, warn, extra=(ready,))
    return 0
