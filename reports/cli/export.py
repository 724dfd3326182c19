"""`run.py export`: a sheet for members to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path

from reports import files
from reports.cli.options import add_data, add_language, add_programme
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.records.editing import import_export, new_records

_FORMS = ("xlsx", "csv")


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What the sheet is about, its form, and whether it holds the records there are."""
    parser.add_argument("kind", metavar="KIND", help=say("option.kind", lang))
    parser.add_argument("--format", choices=_FORMS, help=say("export.format", lang))
    parser.add_argument("--output", dest="sheet", type=Path, metavar="FILE", help=say("export.output", lang))
    parser.add_argument("--with-records", action="store_true", help=say("export.with-records", lang))
    add_programme(parser, lang)
    add_data(parser, lang)
    add_language(parser, say("option.ask-lang", lang))


def run(options: argparse.Namespace, _lang: Lang) -> int:
    """Write the sheet, and name it."""
    kind = new_records.kind_of(options.kind)
    path = options.sheet or Path(f"{kind.plural}.{options.format or 'xlsx'}")
    form = _form_of(path, options.format)
    desk = new_records.open_desk(options.data)
    if options.programme:
        new_records.place_of(desk, kind, options.programme)
    made = import_export.export(desk, kind, form, options.programme, records=options.with_records)
    if path.exists() and not (path.is_file() and path.read_bytes() == made):
        other = path.with_stem(f"{path.stem}-2").as_posix()
        raise ReportError(Problem(Where(str(path)), "sheet/there", {"other": other}))
    files.write(path, made)
    print(path)
    return 0


def _form_of(path: Path, asked: str | None) -> str:
    """The form of a sheet, which the ending of its name says; Excel opens no file whose name says another."""
    form = path.suffix.lower().removeprefix(".")
    if form not in _FORMS or (asked and form != asked):
        other = path.with_suffix(f".{asked or 'xlsx'}").as_posix()
        raise ReportError(Problem(Where(str(path)), "sheet/ending", {"other": other}))
    return form
