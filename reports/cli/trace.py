"""`run.py trace`: where the facts of a built Word file come from."""

from __future__ import annotations

import argparse
from pathlib import Path

from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.review.trace import facts_of


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The file, and the words to look for in it."""
    parser.add_argument("file", type=Path, metavar="FILE.docx", help=say("trace.file", lang))
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help=say("trace.text", lang))


def run(options: argparse.Namespace, _lang: Lang) -> int:
    """Two lines a fact: as it is shown, and the place in the data with record, field and value."""
    found = [
        fact for fact in facts_of(options.file) if options.text in fact.shown or options.text in fact.value
    ]
    for fact in found:
        place = f"{fact.where.file}:{fact.where.line}:{fact.where.column}"
        print(f"{fact.shown}\n    {place}  {fact.record}  {fact.field}: {fact.value}")
    if not found:
        raise ReportError(Problem(Where(str(options.file)), "trace/nothing", {"text": options.text}))
    return 0
