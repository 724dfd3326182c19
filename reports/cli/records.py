"""The editors' commands: schema, charts, new, export, import. A part of `cli`, which hands over the options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reports.cli import setup as starting
from reports.diagnostics.problems import Lang, Problem, ReportError, Where, errors

if TYPE_CHECKING:
    from reports.model.records import Record
    from reports.records.editing.columns import SheetColumn, TypedCell
    from reports.records.editing.new_records import DataFolder, RecordPlace


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="for example meetings; report for a new report")
    starting.add_report_options(parser)
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE",
        help="for example title.en=Meeting; given once or more, nothing is asked",
    )  # fmt: skip
    _add_target(parser)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="for example meetings")
    parser.add_argument("--format", choices=("xlsx", "csv"), default="xlsx", help="format of the sheet")
    parser.add_argument("--output", type=Path, metavar="FILE", help="file to write (default: KIND.xlsx)")
    parser.add_argument("--with-records", action="store_true", help="put the records there are into it")
    _add_target(parser, dry=False)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="an .xlsx or .csv file")
    parser.add_argument("--kind", required=True, metavar="KIND", help="for example meetings")
    _add_target(parser)


def _add_target(parser: argparse.ArgumentParser, *, dry: bool = True) -> None:
    parser.add_argument("--programme", default="", metavar="P", help="folder of data that holds the records")
    if dry:
        parser.add_argument("--dry-run", action="store_true", help="show what would be added, write nothing")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the records")
    parser.add_argument(
        "--lang", dest="messages", choices=("zh", "en"), help="language of questions and messages"
    )


def _add_schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", type=Path, default=Path("schema"), metavar="DIR", help="folder to write to"
    )
    parser.add_argument(
        "--reference", type=Path, nargs="?", const=Path("docs"), metavar="DIR",
        help="write the reference of kinds and fields instead (into docs)",
    )  # fmt: skip


def _add_charts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the records")
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="DIR", help="folder to write charts/ to"
    )
    parser.add_argument("--lang", default="zh,en", help="languages (default: zh,en)")


#: What each command is for, and what adds its options.
PARSERS: Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = MappingProxyType(
    {
        "schema": ("write the schema with which editors complete and explain keys", _add_schema),
        "charts": ("draw every kind of chart from the data at hand", _add_charts),
        "new": ("ask for a record and put it into its file, or begin a report", _add_new),
        "export": ("make a sheet for members to fill in", _add_export),
        "import": ("bring in the rows of a sheet that came back", _add_import),
    }
)


def _charts(options: argparse.Namespace, lang: Lang) -> int:
    from reports.cli import chart_gallery as catalogue  # noqa: PLC0415
    from reports.pipeline.read import read  # noqa: PLC0415

    reading = read(options.data)
    if errors(reading.problems):
        raise ReportError(*reading.problems)
    languages = tuple(dict.fromkeys(part.strip() for part in options.lang.split(",") if part.strip()))
    made, missing = catalogue.write(reading.dataset, options.output / "charts", languages)
    for path in made:
        print(path)
    if missing:
        words = "没有适用记录，未画：" if lang == "zh" else "not drawn, for want of records: "
        print(words + ", ".join(missing), file=sys.stderr)
    return 0


def _schema(options: argparse.Namespace, _lang: Lang) -> int:
    from reports.records.editing import guides  # noqa: PLC0415 - --help loads nothing of this

    made = (
        guides.write_reference(options.reference)
        if options.reference
        else guides.write_schema(options.output)
    )
    for path in made:
        print(path)
    return 0


def _new(options: argparse.Namespace, lang: Lang) -> int:
    if options.kind == "report":
        return starting.new_report(options, lang)
    from reports.records.editing import new_records as intake  # noqa: PLC0415
    from reports.records.text.emitter import compose  # noqa: PLC0415

    kind = intake.kind_of(options.kind)
    desk = intake.open_desk(options.data)
    place = intake.place_of(desk, kind, options.programme)
    row = _row(kind, options.set) if options.set else _asked(desk, place, lang)
    entry = intake.entry_of(place, row, Where(kind.plural), intake.Taken(desk, place))
    path = intake.add(desk, place, [entry], dry=options.dry_run)
    print("\n".join([path.as_posix(), *compose(entry.plain)]))
    return 0


def _row(kind: type[Record], settings: Sequence[str]) -> dict[SheetColumn, TypedCell]:
    """What --set says; a field given twice holds both."""
    from reports.records.editing.columns import TypedCell, column  # noqa: PLC0415
    from reports.records.editing.prompts import unknown  # noqa: PLC0415

    row: dict[SheetColumn, TypedCell] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        found = column(kind, name)
        if not equals:
            raise ReportError(Problem(Where("--set"), "entry/setting", {"value": setting}))
        if found is None:
            raise ReportError(unknown(kind, name))
        before = f"{row[found].text}\n" if found in row else ""
        row[found] = TypedCell(before + value.strip(), Where(found.name))
    return row


def _asked(desk: DataFolder, place: RecordPlace, lang: Lang) -> dict[SheetColumn, TypedCell]:
    from reports.records.editing.prompts import ask_for  # noqa: PLC0415

    try:
        return ask_for(desk, place, input, print, lang)
    except EOFError:
        raise ReportError(Problem(Where(place.kind.plural), "entry/given-up")) from None


def _export(options: argparse.Namespace, _lang: Lang) -> int:
    from reports import files  # noqa: PLC0415
    from reports.records.editing import import_export as returns  # noqa: PLC0415 - as above
    from reports.records.editing import new_records as intake  # noqa: PLC0415

    kind = intake.kind_of(options.kind)
    desk = intake.open_desk(options.data)
    if options.programme:
        intake.place_of(desk, kind, options.programme)
    made = returns.export(desk, kind, options.format, options.programme, records=options.with_records)
    path = options.output or Path(f"{kind.plural}.{options.format}")
    files.write(path, made)
    print(path)
    return 0


def _import(options: argparse.Namespace, lang: Lang) -> int:
    from reports.records.editing import import_export as returns  # noqa: PLC0415 - as above
    from reports.records.editing import new_records as intake  # noqa: PLC0415

    kind = intake.kind_of(options.kind)
    desk = intake.open_desk(options.data)
    done = returns.bring_in(
        desk, intake.place_of(desk, kind, options.programme), options.file, dry=options.dry_run
    )
    if done.path:
        print("\n".join([done.path.as_posix(), *(f"  + {name}" for name in done.ids)]))
    words = (
        f"新增 {len(done.ids)} 条，{done.known} 条已有"
        if lang == "zh"
        else f"{len(done.ids)} new, {done.known} there already"
    )
    print(words, file=sys.stderr)
    if done.hidden:
        rows = ", ".join(map(str, done.hidden))
        hidden = (
            f"其中在表中隐藏的行：{rows}"
            if lang == "zh"
            else f"of these, from rows hidden in the sheet: {rows}"
        )
        print(hidden, file=sys.stderr)
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Lang], int]] = MappingProxyType(
    {"schema": _schema, "charts": _charts, "new": _new, "export": _export, "import": _import}
)
