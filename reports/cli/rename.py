"""`run.py rename`: give a report or a record another id."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial

from reports.cli import output
from reports.cli.options import add_deed, add_dry_run, add_json, add_output, deed_of, folders_of
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.pipeline.read import Folders, delivery_in
from reports.publishing.second_thoughts.renaming import Renaming, rename
from reports.text_files import path_of


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The two ids."""
    parser.add_argument("old", metavar="OLD", help=say("rename.old", lang))
    parser.add_argument("new", metavar="NEW", help=say("rename.new", lang))
    add_dry_run(parser, say("rename.dry-run", lang))
    add_json(parser, lang)
    add_deed(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Rename it, and show what changed, and what is left for a person to change."""
    folders = folders_of(options)
    done = rename(
        folders, options.old, options.new, deed_of(options), tell=output.tell(options), dry=options.dry_run
    )
    show = partial(path_of, output.roots_of(options))
    if options.json:
        output.print_json(_as_dict(done, show))
    else:
        print(say(f"rename.{done.what}", lang, old=done.old, new=done.new))
        for where, line in (place for file in done.files for place in file.places):
            print(f"    {show(where.file)}:{where.line}  {line.strip()}")
        for line in _of_report(done, folders, lang) if done.what == "report" else ():
            print(f"    {line}")
        print(say("rename.would" if options.dry_run else "rename.done", lang))
    output.show(done.templates, options)
    return 0


def _as_dict(done: Renaming, show: Callable[[str], str]) -> dict[str, object]:
    places = [place for file in done.files for place in file.places]
    return {
        "what": done.what,
        "old": done.old,
        "new": done.new,
        "changes": [
            {"file": show(where.file), "line": where.line, "text": line.strip()} for where, line in places
        ],
        "issues": [issue.name for issue in done.issues],
        "discarded": [draft.name for draft in done.drafts],
        "by_hand": [{"file": show(one.where.file), "line": one.where.line} for one in done.templates],
    }


def _of_report(done: Renaming, folders: Folders, lang: Lang) -> Iterator[str]:
    """What becomes of its issues, its drafts, its files."""
    if done.issues:
        names = ", ".join(issue.name for issue in done.issues)
        yield say("rename.follow", lang, names=names)
        yield say("rename.folder", lang, old=done.old, folder=f"{folders.output / done.new}/")
    for draft in done.drafts:
        yield say("rename.discarded", lang, name=draft.name, new=done.new, period=draft.period)
    if done.issues and delivery_in(folders).folder:
        yield say("rename.share", lang, old=done.old, new=done.new)
