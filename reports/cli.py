"""The commands a person types. Exit status: 0 done, 1 problems found, 2 wrong usage."""

from __future__ import annotations

import argparse
import getpass
import json
import locale
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reports import __version__, editing, postal, starting
from reports.period import Period
from reports.places import path_of, source_line
from reports.problems import (
    Lang,
    Problem,
    ReportError,
    Where,
    errors,
    format_problem,
    in_order,
    problem_as_dict,
)

if TYPE_CHECKING:
    from reports.pipeline import Folders

FORMATS = ("docx", "md", "pdf", "html")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # an old console that lacks a letter shows a substitute rather than a traceback
            reconfigure(errors="replace")
    parser = build_parser()
    options = parser.parse_args(arguments)
    if not options.command:
        parser.print_help()
        return 2
    try:
        if options.command in editing.COMMANDS:
            return editing.COMMANDS[options.command](options, _language(options))
        if options.command in starting.COMMANDS:
            return starting.COMMANDS[options.command](options, _language(options), _now)
        return _COMMANDS[options.command](options)
    except ReportError as error:
        _show(error.problems, options)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # whatever it is, a person gets a sentence
        return _internal(error)


def build_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = argparse.ArgumentParser(prog="run.py", description="Progress reports out of curated records.")
    parser.add_argument("--version", action="version", version=f"progress-reports {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_build(commands.add_parser("build", help="build reports into the output folder"))
    _add_check(commands.add_parser("check", help="read all data, try all templates, show every problem"))
    _add_preview(commands.add_parser("preview", help="show reports in the browser while they are written"))
    _add_folders(commands.add_parser("list", help="show the reports, their periods, languages and formats"))
    _add_approve(commands.add_parser("approve", help="freeze a draft you have looked at, and issue it"))
    _add_status(commands.add_parser("status", help="show who owes what for the next reports"))
    _add_history(commands.add_parser("history", help="show what was built, approved, issued, skipped"))
    _add_show(commands.add_parser("show", help="show an issue: its number, files and changes"))
    _add_run_due(commands.add_parser("run-due", help="make what is due now, and end"))
    _add_schedule(commands.add_parser("schedule", help="stay, and make what is due when it is due"))
    for sending in postal.add_commands(commands):
        _add_now(sending)
        _add_output(sending)
    _add_trace(commands.add_parser("trace", help="show where the facts of a built Word file come from"))
    editing.add_commands(commands)
    starting.add_commands(commands, _add_now)
    return parser


def _add_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "reports", nargs="*", metavar="REPORT", help="reports to build (default: those marked so)"
    )
    parser.add_argument(
        "--period", type=_period, help="2023, 2023H1, 2023Q2, 2023-06 or 2022-07-01..2023-06-30"
    )
    parser.add_argument("--lang", type=_several, default=(), help="languages, for example zh,en")
    parser.add_argument(
        "--format", type=partial(_several, known=FORMATS), default=(), help="formats: docx,md,pdf,html"
    )
    _add_now(parser)
    _add_output(parser)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to show what is found"
    )
    _add_now(parser)
    _add_output(parser)


def _add_approve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", metavar="REPORT")
    parser.add_argument("period", type=_period, metavar="PERIOD", help="for example 2023Q2")
    parser.add_argument(
        "--by", default="", metavar="NAME", help="who approves (default: the user of this machine)"
    )
    _add_now(parser)
    _add_output(parser)


def _add_status(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reports", nargs="*", metavar="REPORT", help="only these reports (default: all)")
    parser.add_argument("--period", type=_period, help="for this period (default: the next that is due)")
    parser.add_argument(
        "--format", choices=("text", "md", "json"), default="text", help="how to show the board"
    )
    _add_now(parser)
    _add_output(parser)


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", nargs="?", default="", metavar="REPORT", help="only this report")
    _add_output(parser)


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", metavar="ISSUE", help="REPORT/PERIOD, or REPORT/PERIOD/REVISION")
    _add_output(parser)


def _add_run_due(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    _add_now(parser)
    _add_output(parser)


def _add_schedule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", nargs="?", choices=("install",), help="print what starts run-due by the machine's clock"
    )
    parser.add_argument("--print", choices=("systemd", "cron", "windows"), help="for which clockwork")
    parser.add_argument("--list", action="store_true", help="show the next dates, and end")
    parser.add_argument("--log", choices=("lines", "json"), default="lines", help="how to write the log")
    _add_output(parser)


def _add_now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--now", type=_time, help="take this time for the present, for example 2023-06-08T09:00"
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, default=Path("output"), help="folder to write to")
    _add_folders(parser)


def _add_preview(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", nargs="?", default="", metavar="REPORT", help="the report to begin with")
    parser.add_argument("--period", type=_period, help="the period to begin with")
    parser.add_argument("--lang", default="", help="the language to begin with")
    parser.add_argument("--port", type=int, help="port to listen at, 0 for any that is free")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at; other than 127.0.0.1 lets others read"
    )
    _add_output(parser)


def _add_trace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.docx", help="a Word file this product built")
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="only facts that contain this")


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the records")
    parser.add_argument("--templates", type=Path, default=Path("templates"), help="folder of the templates")


# --- what options mean ------------------------------------------------------------------------------------


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_said("job/period", value=text)) from None


def _several(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in parts:
        if known and part not in known:
            raise argparse.ArgumentTypeError(_said("job/format", value=part, known=", ".join(known)))
    return parts


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_said("job/time", value=text)) from None


def _said(code: str, **args: object) -> str:
    problem = Problem(Where(""), code, args)
    return f"{problem.message(_language())}. {problem.hint(_language())}"


def _now(options: argparse.Namespace) -> datetime:
    """The present: --now, else SOURCE_DATE_EPOCH, else the clock."""
    if options.now:
        moment: datetime = options.now
        return moment if moment.tzinfo else moment.astimezone()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now().astimezone()


def _language(options: argparse.Namespace | None = None) -> Lang:
    """The language of messages: --lang where a command has it for them, else REPORTS_LANG, else the machine's."""
    names = [getattr(options, "messages", None) or ""]
    names += [os.environ.get(key, "") for key in ("REPORTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    set_ = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "zh" if set_.lower().startswith(("zh", "chinese")) else "en"


# --- commands ---------------------------------------------------------------------------------------------


def _build(options: argparse.Namespace) -> int:
    from reports import issuing, pipeline  # noqa: PLC0415 - --help loads nothing of this

    folders = pipeline.Folders(options.data, options.templates, options.output)
    order = pipeline.Order(tuple(options.reports), options.period, options.lang, options.format)
    with _progress() as say:
        made = issuing.build(folders, order, _now(options), say, _tell(options))
    for path in made:
        print(path)
    return 0


def _check(options: argparse.Namespace) -> int:
    from reports import pipeline, survey  # noqa: PLC0415

    folders = _folders(options)
    found = pipeline.check(folders, _now(options).date(), partial(survey.translations, folders))
    if options.format == "json":
        print(
            json.dumps([problem_as_dict(p, _language(options)) for p in found], ensure_ascii=False, indent=2)
        )
    else:
        _show(found, options)
    return 1 if errors(found) else 0


def _list(options: argparse.Namespace) -> int:
    from reports import pipeline  # noqa: PLC0415

    reading = pipeline.read(options.data)
    lang = _language()
    for report in reading.reports.reports.values():
        periods = ", ".join(str(edition.period) for edition in report.editions) or report.period
        mark = "*" if report.default else " "
        print(f"{mark} {report.id}  {periods}  {','.join(report.languages)}  {','.join(report.formats)}")
        print(f"    {report.title.get(lang)}")
    if errors(reading.problems):
        _show(reading.problems, options)
        return 1
    return 0


def _preview(options: argparse.Namespace) -> int:
    from reports import preview  # noqa: PLC0415

    wish = preview.Wish(options.report, options.period, options.lang, options.host, options.port)
    preview.serve(_folders(options), wish, _language(), partial(print, flush=True), _tell(options))
    return 0


def _trace(options: argparse.Namespace) -> int:
    from reports.trace import facts_of  # noqa: PLC0415

    found = [
        fact for fact in facts_of(options.file) if options.text in fact.shown or options.text in fact.value
    ]
    for fact in found:
        place = f"{fact.where.file}:{fact.where.line}:{fact.where.column}"
        print(f"{fact.shown}\n    {place}  {fact.record}  {fact.field}: {fact.value}")
    if not found:
        raise ReportError(Problem(Where(str(options.file)), "trace/nothing", {"text": options.text}))
    return 0


def _approve(options: argparse.Namespace) -> int:
    from reports import desk  # noqa: PLC0415

    by = options.by.strip() or getpass.getuser()
    period, now, tell = str(options.period), _now(options), _tell(options)
    return desk.approve(_folders(options), options.report, period, by, now, lang=_language(), tell=tell)


def _status(options: argparse.Namespace) -> int:
    from reports import board, pipeline  # noqa: PLC0415

    order = pipeline.Order(tuple(options.reports), options.period)
    return board.status(_folders(options), order, _now(options), options.format, _language())


def _history(options: argparse.Namespace) -> int:
    from reports import desk  # noqa: PLC0415

    return desk.history(_folders(options), options.report, _language())


def _show_issue(options: argparse.Namespace) -> int:
    from reports import desk  # noqa: PLC0415

    return desk.show(_folders(options), options.issue, _language())


def _run_due(options: argparse.Namespace) -> int:
    from reports import desk  # noqa: PLC0415

    now, tell = _now(options), _tell(options)
    return desk.run_due(_folders(options), now, dry=options.dry_run, lang=_language(), tell=tell)


def _schedule(options: argparse.Namespace) -> int:
    from reports import desk  # noqa: PLC0415

    if options.action == "install" or options.print:
        return desk.install(options.print or ("windows" if os.name == "nt" else "systemd"))
    if options.list:
        return desk.next_dates(_folders(options), _language())
    return desk.resident(_folders(options), _language(), options.log)


def _post(options: argparse.Namespace) -> int:
    return postal.run(options, _folders(options), _now(options), lang=_language(), tell=_tell(options))


def _folders(options: argparse.Namespace) -> Folders:
    from reports.pipeline import Folders  # noqa: PLC0415

    return Folders(options.data, options.templates, options.output)


_COMMANDS = MappingProxyType(
    {
        "build": _build,
        "check": _check,
        "list": _list,
        "trace": _trace,
        "preview": _preview,
        "approve": _approve,
        "status": _status,
        "history": _history,
        "show": _show_issue,
        "run-due": _run_due,
        "schedule": _schedule,
        "deliver": _post,
        "outbox": _post,
    }
)


# --- what is shown ----------------------------------------------------------------------------------------


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A spinner on a terminal, plain lines elsewhere; both on standard error, so that output can be piped."""
    if not sys.stderr.isatty():
        yield lambda line: print(line, file=sys.stderr)
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it

    console = Console(stderr=True)
    with console.status("…") as status:
        yield status.update


def _show(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Print problems in order, then how many there were."""
    lang = _language(options)
    roots = {
        path.name: path
        for path in (getattr(options, "data", None), getattr(options, "templates", None))
        if path
    }
    for problem in in_order(problems):
        print(
            format_problem(problem, lang, partial(source_line, roots), partial(path_of, roots)),
            file=sys.stderr,
        )
    wrong, odd = len(errors(problems)), len(problems) - len(errors(problems))
    if wrong or odd:
        counted = f"{_counted(wrong, 'error')}, {_counted(odd, 'warning')}"
        print(f"{wrong} 个错误，{odd} 个警告" if lang == "zh" else counted, file=sys.stderr)


def _tell(options: argparse.Namespace) -> Callable[[Problem], None]:
    """Show a problem at once, while the work goes on."""
    return lambda problem: _show([problem], options)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _internal(error: Exception) -> int:
    """Say that the product itself failed, and where, without a traceback."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    sentence = (
        "程序内部错误，请告知维护者" if _language() == "zh" else "internal error, please tell the maintainers"
    )
    print(f"{sentence}: {type(error).__name__} ({place}): {error}", file=sys.stderr)
    return 1
