"""The commands a person types. Exit status: 0 done, 1 problems found, 2 wrong usage."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reports.cli import postal
from reports.cli import records as editing
from reports.cli import setup as starting
from reports.cli.options import build_parser, language_of, now_of
from reports.diagnostics.problems import (
    Problem,
    ReportError,
    Where,
    errors,
    format_problem,
    in_order,
    problem_as_dict,
)
from reports.text_files import path_of, source_line

if TYPE_CHECKING:
    from reports.pipeline.read import Folders


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # an old console that lacks a letter shows a substitute rather than a traceback
            reconfigure(errors="replace")
    typed = sys.argv[1:] if arguments is None else arguments
    parser = build_parser(next((word for word in typed if not word.startswith("-")), ""))
    options = parser.parse_args(typed)
    if not options.command:
        parser.print_help()
        return 2
    try:
        status = _run(options)
        sys.stdout.flush()
    except ReportError as error:
        _show(error.problems, options)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our lines has had enough: `trace … | head`
        with suppress(BrokenPipeError):
            sys.stdout.close()  # else the interpreter complains when it ends
        return 128 + 13  # as if the signal SIGPIPE had ended it
    except Exception as error:  # whatever it is, a person gets a sentence
        return _internal(error)
    return status


def _run(options: argparse.Namespace) -> int:
    if options.command in editing.COMMANDS:
        return editing.COMMANDS[options.command](options, language_of(options))
    if options.command in starting.COMMANDS:
        return starting.COMMANDS[options.command](options, language_of(options), now_of)
    return _COMMANDS[options.command](options)


# --- commands ---------------------------------------------------------------------------------------------


def _build(options: argparse.Namespace) -> int:
    from reports.pipeline import build as pipeline  # noqa: PLC0415 - --help loads nothing of this
    from reports.pipeline import read as read_  # noqa: PLC0415 - --help loads nothing of this
    from reports.publishing import issues as issuing  # noqa: PLC0415 - --help loads nothing of this

    folders = read_.Folders(options.data, options.templates, options.output)
    order = pipeline.Order(tuple(options.reports), options.period, options.lang, options.format)
    with _progress() as say:
        made = issuing.build(folders, order, now_of(options), say, _tell(options))
    for path in made:
        print(path)
    return 0


def _check(options: argparse.Namespace) -> int:
    from reports.publishing.status import survey  # noqa: PLC0415

    folders = _folders(options)
    from reports.pipeline.check import check  # noqa: PLC0415

    found = check(folders, now_of(options).date(), partial(survey.translations, folders))
    lang = language_of(options)
    if options.format == "json":
        print(json.dumps([problem_as_dict(p, lang) for p in found], ensure_ascii=False, indent=2))
    elif options.format != "text":
        from reports.diagnostics.annotations import FORMATS  # noqa: PLC0415

        print(FORMATS[options.format](found, lang, partial(path_of, _roots(options))))
    else:
        _show(found, options)
    return 1 if errors(found) else 0


def _list(options: argparse.Namespace) -> int:

    from reports.pipeline.read import read  # noqa: PLC0415

    reading = read(options.data)
    lang = language_of()
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
    from reports.cli import status as board  # noqa: PLC0415
    from reports.preview import server as preview  # noqa: PLC0415
    from reports.preview.page import Extra  # noqa: PLC0415

    wish = preview.PreviewRequest(options.report, options.period, options.lang, options.host, options.port)
    ready = Extra(
        "board",
        {"zh": "进度看板", "en": "Readiness"},
        lambda folders, lang: board.page(folders, now_of(options), lang),
    )
    say = partial(print, flush=True)
    preview.serve(_folders(options), wish, language_of(), say, _tell(options), extra=(ready,))
    return 0


def _trace(options: argparse.Namespace) -> int:
    from reports.review.trace import facts_of  # noqa: PLC0415

    found = [
        fact for fact in facts_of(options.file) if options.text in fact.shown or options.text in fact.value
    ]
    for fact in found:
        place = f"{fact.where.file}:{fact.where.line}:{fact.where.column}"
        print(f"{fact.shown}\n    {place}  {fact.record}  {fact.field}: {fact.value}")
    if not found:
        raise ReportError(Problem(Where(str(options.file)), "trace/nothing", {"text": options.text}))
    return 0


def _review(options: argparse.Namespace) -> int:
    from reports.cli import review as reviewing  # noqa: PLC0415

    lang = language_of(options)
    from reports.pipeline.read import Folders  # noqa: PLC0415

    folders = Folders(options.data, Path("templates"), options.output)
    found = reviewing.review(options.files, folders, lang, options.format, save=options.save)
    if found and options.format == "text":
        _show(found, options)
    return 1 if errors(found) else 0


def _approve(options: argparse.Namespace) -> int:
    from reports.cli import issues as desk  # noqa: PLC0415

    by = options.by.strip() or getpass.getuser()
    period, now, tell = str(options.period), now_of(options), _tell(options)
    return desk.approve(_folders(options), options.report, period, by, now, lang=language_of(), tell=tell)


def _status(options: argparse.Namespace) -> int:
    from reports.cli import status as board  # noqa: PLC0415
    from reports.pipeline import build as pipeline  # noqa: PLC0415

    order = pipeline.Order(tuple(options.reports), options.period)
    return board.status(_folders(options), order, now_of(options), options.format, language_of(options))


def _history(options: argparse.Namespace) -> int:
    from reports.cli import issues as desk  # noqa: PLC0415

    return desk.history(_folders(options), options.report, language_of())


def _show_issue(options: argparse.Namespace) -> int:
    from reports.cli import issues as desk  # noqa: PLC0415

    return desk.show(_folders(options), options.issue, language_of())


def _run_due(options: argparse.Namespace) -> int:
    from reports.cli import issues as desk  # noqa: PLC0415

    now, tell = now_of(options), _tell(options)
    return desk.run_due(_folders(options), now, dry=options.dry_run, lang=language_of(), tell=tell)


def _schedule(options: argparse.Namespace) -> int:
    from reports.cli import issues as desk  # noqa: PLC0415

    if options.action == "install" or options.print:
        kind = options.print or ("windows" if os.name == "nt" else "systemd")
        return desk.install(kind, _folders(options), language_of())
    if options.list:
        return desk.next_dates(_folders(options), language_of())
    return desk.resident(_folders(options), language_of(), options.log)


def _post(options: argparse.Namespace) -> int:
    return postal.run(options, _folders(options), now_of(options), lang=language_of(), tell=_tell(options))


def _folders(options: argparse.Namespace) -> Folders:
    from reports.pipeline.read import Folders  # noqa: PLC0415

    return Folders(options.data, options.templates, options.output)


_COMMANDS = MappingProxyType(
    {
        "build": _build,
        "check": _check,
        "list": _list,
        "trace": _trace,
        "review": _review,
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
    lang = language_of(options)
    roots = _roots(options)
    for problem in in_order(problems):
        print(
            format_problem(problem, lang, partial(source_line, roots), partial(path_of, roots)),
            file=sys.stderr,
        )
    wrong, odd = len(errors(problems)), len(problems) - len(errors(problems))
    if wrong or odd:
        counted = f"{_counted(wrong, 'error')}, {_counted(odd, 'warning')}"
        print(f"{wrong} 个错误，{odd} 个警告" if lang == "zh" else counted, file=sys.stderr)


def _roots(options: argparse.Namespace) -> dict[str, Path]:
    """The folders that labels of places begin with."""
    named = (getattr(options, "data", None), getattr(options, "templates", None))
    return {path.name: path for path in named if path}


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
        "程序内部错误，请告知维护者"
        if language_of() == "zh"
        else "internal error, please tell the maintainers"
    )
    print(f"{sentence}: {type(error).__name__} ({place}): {error}", file=sys.stderr)
    return 1
