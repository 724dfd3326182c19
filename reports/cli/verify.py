"""`run.py verify`: which issue a Word file is, whether it is in force, and what of it reads otherwise now."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reports.cli import issues, memory, output
from reports.cli.options import add_json, add_language, add_now, add_output, folders_of, now_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.model.dates import parse_day
from reports.model.formatting import say as in_words
from reports.review.verification import ReadsOtherwise, Verdict, verify
from reports.text_files import path_of

#: Letters that are shown of words.
_SHORT = 90


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The file, and what it is held against."""
    parser.add_argument("file", type=Path, metavar="FILE.docx", help=say("verify.file", lang))
    add_output(parser, lang)
    add_json(parser, lang)
    add_language(parser, say("trace.lang", lang))
    add_now(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Say it; 0 where the file is in force and says what the data say."""
    memory.tell_of_gaps(folders_of(options), options)
    found = verify(options.file, folders_of(options), lang, now_of(options).date())
    if options.json:
        output.print_json(_as_dict(found, options, lang))
    else:
        print("\n".join(_lines(found, options, lang)))
    output.show(found.problems, options)
    return 0 if found.good else 1


def _as_dict(found: Verdict, options: argparse.Namespace, lang: Lang) -> dict[str, object]:
    file, show = found.file, partial(path_of, output.roots_of(options))
    return {
        "file": str(options.file),
        "title": file.title,
        "report": file.report,
        "period": file.period,
        "good": found.good,
        "standing": found.standing,
        "issues": [issues.as_dict(issue, lang) for issue in found.issues],
        "newer": issues.as_dict(found.newer, lang) if found.newer else None,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "differing": [
            {
                "name": one.name,
                "shown": one.shown,
                "now": one.now or None,
                "file": show(one.where.file) if one.where else None,
                "line": one.where.line if one.where else None,
            }
            for one in found.differing
        ],
        "edits": [
            {"form": mark.form, "by": mark.by, "date": mark.date, "quoted": mark.quoted, "text": mark.text}
            for mark in found.edits
        ],
        "problems": [problem.code for problem in found.problems],
    }


def _lines(found: Verdict, options: argparse.Namespace, lang: Lang) -> Iterator[str]:
    file = found.file
    yield str(options.file)
    yield "    " + " · ".join(
        filter(None, (file.title, f"{file.report} {file.period}", _revisions(found, lang)))
    )
    yield "    " + _standing(found, options, lang)
    day = in_words(parse_day(found.as_of.isoformat()), lang) if found.as_of else ""
    count = len(found.differing)
    if count:
        yield "    " + say(
            "verify.otherwise" if day else "verify.otherwise undated", lang, count=count, day=day
        )
    elif not found.problems:
        yield "    " + say("verify.same", lang)
    for one in found.differing:
        yield f"        {_otherwise(one, options, lang)}"
    if found.edits:
        yield "    " + say("verify.by hand", lang, count=len(found.edits))
    for mark in found.edits:
        by = f"  {mark.by}" if mark.by else ""
        yield f"        {_short(mark.quoted, lang)} → {_short(mark.text, lang)}{by}"


def _revisions(found: Verdict, lang: Lang) -> str:
    """Which revisions it may be, with the number they share."""
    names = dict.fromkeys(say("review.revision", lang, n=issue.revision) for issue in found.issues)
    number = found.issues[-1].number if found.issues else None
    return " · ".join(filter(None, (number.label(lang) if number else "", " / ".join(names))))


def _standing(found: Verdict, options: argparse.Namespace, lang: Lang) -> str:
    if not found.issues:
        return say(f"verify.{found.standing}", lang, folder=options.output)
    own, newer = found.issues[-1], found.newer
    if found.standing == "draft" and newer:
        return say("verify.draft issued", lang, at=output.local(issues.since(newer)))
    at = output.local(issues.since(own if found.standing == "withdrawn" else newer or own))
    said = say(f"verify.{found.standing}", lang, at=at, n=newer.revision if newer else own.revision)
    if found.standing == "withdrawn" and newer:
        return f"{said} · {say('verify.in force', lang, n=newer.revision)}"
    if newer and newer.withdrawn:
        return f"{said} · {say('verify.also withdrawn', lang, n=newer.revision)}"
    return said


def _otherwise(one: ReadsOtherwise, options: argparse.Namespace, lang: Lang) -> str:
    show = partial(path_of, output.roots_of(options))
    where = f"  {show(one.where.file)}:{one.where.line}" if one.where and one.where.file else ""
    colon = ": " if lang == "en" else "："
    return f"{one.name}{colon}{_short(one.shown, lang)} → {_short(one.now, lang)}{where}"


def _short(words: str, lang: Lang) -> str:
    told = " ".join(words.split()) or say("verify.nothing", lang)
    return told if len(told) <= _SHORT else f"{told[:_SHORT]}…"
