"""`run.py trace`: where the facts of a built Word file come from."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reports.cli import output
from reports.cli.options import add_data, add_language
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where, errors
from reports.diagnostics.words.rules import rule
from reports.records.text.loader import read_folder
from reports.review.marks import Printed
from reports.review.places import PlacesNow, places_in
from reports.review.trace import facts_of
from reports.text_files import path_of


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The file, the words to look for in it, and the data it is led back to."""
    parser.add_argument("file", type=Path, metavar="FILE.docx", help=say("trace.file", lang))
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help=say("trace.text", lang))
    add_data(parser, lang)
    add_language(parser, say("trace.lang", lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Each fact as it is shown, and below it where it stands in the data as they are now."""
    found = [fact for fact in facts_of(options.file) if _has(fact, options.text)]
    if not found:
        raise ReportError(Problem(Where(str(options.file)), "trace/nothing", {"text": options.text}))
    places = _places(options, lang)
    for fact in found:
        print("\n    ".join((fact.shown, *_lines(fact, places, options.data, lang))))
    return 0


def _has(fact: Printed, text: str) -> bool:
    return text in fact.shown or any(text in one.value for one in (fact, *fact.origins()))


def _places(options: argparse.Namespace, lang: Lang) -> PlacesNow | None:
    """The data as they are; files that cannot be read are named. None where there is no such folder."""
    if not options.data.is_dir():
        print(say("trace.no data", lang, folder=options.data), file=sys.stderr)
        return None
    sources, problems = read_folder(options.data)
    if wrong := errors(problems):
        output.show(wrong, options)
    return places_in(sources)


def _lines(fact: Printed, places: PlacesNow | None, data: Path, lang: Lang) -> Iterator[str]:
    if not fact.rule:
        yield from _origin(fact, places, data, lang)
        return
    origins = tuple(fact.origins())
    yield say("trace.worked out", lang, rule=rule(fact.rule, lang), count=len(origins))
    for one in origins:
        yield from (f"    {line}" for line in _origin(one, places, data, lang))


def _origin(fact: Printed, places: PlacesNow | None, data: Path, lang: Lang) -> Iterator[str]:
    """The place, the record, field and value as they were printed; and what became of them, if anything did."""
    field = " ".join(part for part in (fact.field, f"({fact.on})" if fact.on else "") if part)
    told = f"{field}: {fact.value}" if field or fact.value else ""
    parts = [fact.record, " ".join(told.split("\n"))]
    found = places.find(fact) if places else None
    if found:
        where, show = found.node.where, partial(path_of, {data.name: data})
        parts.insert(0, f"{show(where.file)}:{where.line}:{where.column}")
    yield "  ".join(part for part in parts if part)
    if places is None or (found and found.node.text == fact.value):
        return
    if found and (found.node.text or found.whole):
        now = " ".join(found.node.text.split("\n")) or say("review.empty", lang)
        yield say("trace.otherwise", lang, value=now)
    else:
        yield say("trace.gone", lang)
