"""`run.py migrate`: write old data the way they are written now, or show what that would make of them."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from reports import files
from reports.cli import output
from reports.cli.options import add_dry_run, add_folders, add_language, add_now, now_of
from reports.cli.words import counted, say
from reports.diagnostics.problems import Lang, Problem, ReportError, errors
from reports.model.cutoff import Cutoff
from reports.model.report_definitions import Edited, plan
from reports.records.data_lock import writing
from reports.records.migration.merging import Surroundings
from reports.records.migration.migration import Migration, drafted, migrated
from reports.records.text.loader import read_folder
from reports.records.validation import read_reports, validate
from reports.text_files import decode, path_of


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Whether to write, and where the data and what names them lie."""
    add_dry_run(parser, say("migrate.dry-run", lang))
    add_folders(parser, lang)
    add_language(parser, say("migrate.lang", lang))
    add_now(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Show or write what becomes of the data, and say what is left alone."""
    with writing(options.data, "migrate", output.tell(options), dry=options.dry_run):
        found = _migration(options.data, options.templates, now_of(options).date())
        if not options.dry_run:
            _write(found, options.data)
    if options.dry_run:
        _show_differences(found)
    for line in _sentences(found, options, lang):
        print(line)
    return 0


def _migration(data: Path, templates: Path, today: date) -> Migration:
    """What becomes of the data. Raises ReportError where they have errors: nobody knows then what they mean."""
    sources, unread = read_folder(data)
    _, wrong = validate(sources)
    reports, misdefined = read_reports(sources)
    if found := errors((*unread, *wrong, *misdefined)):
        raise ReportError(*found)
    texts = {
        f"{templates.name}/{path.relative_to(templates).as_posix()}": decode(path.read_bytes())[0]
        for path in sorted(templates.rglob("*.j2"))
    }
    return migrated(drafted(data, sources), Surroundings(_editions(reports, today), texts))


def _editions(reports: Edited, today: date) -> dict[str, Cutoff]:
    return {
        f"{report.id} {edition.period}": plan(report, edition.period, today).cutoff
        for report in reports.reports.values()
        for edition in report.editions
    }


def _show_differences(found: Migration) -> None:
    """File by file what was, and what it becomes."""
    for label in found.files:
        before, after = (decode(side[label].data)[0].split("\n") for side in (found.before, found.after))
        print("\n".join(difflib.unified_diff(before, after, label, label, lineterm="", n=2)))
        print()


def _write(found: Migration, data: Path) -> None:
    """Put all files in their places; where one cannot be written, the others become again what they were."""
    paths = {label: data.joinpath(*label.split("/")[1:]) for label in found.files}
    written: list[str] = []
    try:
        for label, path in paths.items():
            files.write(path, found.after[label].data)
            written.append(label)
    except ReportError:
        for label in written:
            files.write(paths[label], found.before[label].data)
        raise


def _sentences(found: Migration, options: argparse.Namespace, lang: Lang) -> Iterator[str]:
    show = partial(path_of, output.roots_of(options))
    yield from _listed(
        say("migrate.would" if options.dry_run else "migrate.done", lang), found.done, show, lang
    )
    yield from _listed(say("migrate.left", lang), found.left, show, lang)
    count = len(found.files)
    if not count:
        yield say("migrate.nothing", lang)
    else:
        yield say(
            "migrate.next" if options.dry_run else "migrate.written",
            lang,
            files=counted("migrate.files", count, lang),
        )


def _listed(title: str, problems: Sequence[Problem], show: partial[str], lang: Lang) -> Iterator[str]:
    if not problems:
        return
    yield f"{title}{'：' if lang == 'zh' else ':'}"
    for one in problems:
        place = f"{show(one.where.file)}:{one.where.line}"
        hint = one.hint(lang)
        yield f"  {place}: {one.message(lang)}{'。' if lang == 'zh' else '.'}"
        if hint:
            yield f"    {hint}"
    yield ""
