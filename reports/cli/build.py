"""`run.py build`: build reports into the output folder, and name the files."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from reports.cli import output
from reports.cli.options import (
    FORMATS,
    add_json,
    add_now,
    add_output,
    folders_of,
    now_of,
    odd_now,
    period,
    several,
)
from reports.cli.progress import listed, progress
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, Where
from reports.pipeline.build import Order, chosen
from reports.pipeline.read import Folders
from reports.publishing import drafts
from reports.publishing.drafts import Built
from reports.publishing.output_folder import Tell


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which reports, for which period, in which languages and formats."""
    parser.add_argument("reports", nargs="*", metavar="REPORT", help=say("build.reports", lang))
    parser.add_argument("--period", type=period, help=say("build.period", lang))
    parser.add_argument("--lang", type=several, default=(), help=say("build.lang", lang))
    parser.add_argument(
        "--format",
        type=partial(several, known=FORMATS),
        default=(),
        help=say("build.format", lang),
    )
    parser.add_argument("--correct", action="store_true", help=say("build.correct", lang))
    add_json(parser, lang)
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Build what was asked for, or the reports marked so; say what became of each. Status 1 when one is issued, would
    read otherwise, and no correction was asked for."""
    order = Order(tuple(options.reports), options.period, options.lang, options.format)
    folders, now, tell = folders_of(options), now_of(options), output.tell(options)
    for problem in odd_now(options):
        tell(problem)
    with progress(lines=True) as bar:
        bar.expect(partial(_pieces, folders, order))
        made = drafts.build(folders, order, now, bar.begin, bar.aside(tell), correct=options.correct)
    for one in made:
        _show(one, lang, tell)
        for path in one.files if not options.json else ():
            print(path, flush=True)
    if options.json:
        output.print_json([_as_dict(one, lang) for one in made])
    return 1 if any(one.what == "differs" for one in made) else 0


def _show(one: Built, lang: Lang, tell: Tell) -> None:
    """Say on standard error what its files are, and what was corrected or would be."""
    about = {"report": one.report.id, "period": str(one.period)}
    said = say(f"built.{_what(one)}", lang, **about, revision=one.revision)
    said = say("built.after", lang, said=said, after=one.after) if one.after else said
    print(said, file=sys.stderr)
    if one.what in ("correction", "differs"):
        for line in one.told[lang] or [say("built.wording", lang)]:
            print(f"    {line}", file=sys.stderr)
    if one.what == "differs":
        tell(Problem(Where(""), "issue/differs", about))


def _as_dict(one: Built, lang: Lang) -> dict[str, object]:
    return {
        "report": one.report.id,
        "period": str(one.period),
        "what": _what(one),
        "revision": one.revision,
        "files": [str(path) for path in one.files],
        "told": list(one.told.get(lang, ())),
        "after": str(one.after) if one.after else None,
    }


def _what(one: Built) -> str:
    """What became of it. Files that nobody has to approve bear no mark of a draft, and are called none."""
    if one.only_tools:
        return "only-tools"
    return "files" if one.what == "draft" and not one.report.approval else one.what


def _pieces(folders: Folders, order: Order) -> list[str]:
    """What will be made, a language of a report each, as far as the list of reports alone can tell."""
    reports = chosen(listed(folders.data), order)
    return [f"{report.id} {lang}" for report in reports for lang in order.languages or report.languages]
