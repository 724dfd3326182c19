"""`run.py build`: build reports into the output folder, and name the files."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from reports.cli import output
from reports.cli.options import FORMATS, add_now, add_output, folders_of, now_of, odd_now, period, several
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
    return 1 if any(one.what == "differs" for one in made) else 0


def _show(one: Built, lang: Lang, tell: Tell) -> None:
    """Its files on standard output; beside, what they are, and what was corrected or would be."""
    about = {"report": one.report.id, "period": str(one.period)}
    key = "only-tools" if one.only_tools else "files" if _is_final(one) else one.what
    said = say(f"built.{key}", lang, **about, revision=one.revision)
    said = say("built.after", lang, said=said, after=one.after) if one.after else said
    print(said, file=sys.stderr)
    if one.what in ("correction", "differs"):
        for line in one.told[lang] or [say("built.wording", lang)]:
            print(f"    {line}", file=sys.stderr)
    if one.what == "differs":
        tell(Problem(Where(""), "issue/differs", about))
    for path in one.files:
        print(path, flush=True)


def _is_final(one: Built) -> bool:
    """Whether nobody has to approve it: the files bear no mark of a draft."""
    return one.what == "draft" and not one.report.approval


def _pieces(folders: Folders, order: Order) -> list[str]:
    """What will be made, a language of a report each, as far as the list of reports alone can tell."""
    reports = chosen(listed(folders.data), order)
    return [f"{report.id} {lang}" for report in reports for lang in order.languages or report.languages]
