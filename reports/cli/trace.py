"""`run.py trace`: where the facts of a built Word file come from."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from reports.cli import output
from reports.cli.options import add_data, add_json, add_language
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where, errors
from reports.diagnostics.words.rules import rule
from reports.model.places import FoundValue
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
    add_json(parser, lang)
    add_language(parser, say("trace.lang", lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Each fact as it is shown, and below it where it stands in the data as they are now."""
    found = [fact for fact in facts_of(options.file) if _has(fact, options.text)]
    if not found:
        raise ReportError(Problem(Where(str(options.file)), "trace/nothing", {"text": options.text}))
    places = _places(options, lang)
    if options.json:
        output.print_json([_as_dict(fact, places, options.data, lang) for fact in found])
        return 0
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


def _as_dict(fact: Printed, places: PlacesNow | None, data: Path, lang: Lang) -> dict[str, object]:
    """The words shown, the rule they were worked out by, if any, and all that they come from."""
    return {
        "shown": fact.shown,
        "rule": rule(fact.rule, lang) if fact.rule else None,
        "origins": [_origin_as_dict(one, places, data) for one in fact.origins()],
    }


def _origin_as_dict(fact: Printed, places: PlacesNow | None, data: Path) -> dict[str, object]:
    """*now* is None where it is no longer in the data, or nobody can say."""
    found = places.find(fact) if places else None
    file, line, column = _place(found, data) if found else (None, None, None)
    return {
        "record": fact.record,
        "field": fact.field,
        "on": fact.on or None,
        "value": fact.value,
        "file": file,
        "line": line,
        "column": column,
        "now": found.node.text if found and (found.node.text or found.whole) else None,
    }


def _place(found: FoundValue, data: Path) -> tuple[str, int, int]:
    where = found.node.where
    return path_of({data.name: data}, where.file), where.line, where.column


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
        parts.insert(0, ":".join(map(str, _place(found, data))))
    yield "  ".join(part for part in parts if part)
    if places is None or (found and found.node.text == fact.value):
        return
    if found and (found.node.text or found.whole):
        now = " ".join(found.node.text.split("\n")) or say("review.empty", lang)
        yield say("trace.otherwise", lang, value=now)
    else:
        yield say("trace.gone", lang)
