"""The front door: the commands a person types. Exit status: 0 done, 1 problems found, 2 wrong usage.

Only the module of the command that was typed is imported; the help of all needs none.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
import traceback
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from reports import __version__, invocation
from reports.cli import log
from reports.cli.help_pages import speaking
from reports.cli.words import language_of, say

if TYPE_CHECKING:
    from reports.diagnostics.problems import Lang

#: The module of each command, in the order of the help; `words` says under the same name what a command is for.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "build": "reports.cli.build",
        "check": "reports.cli.check",
        "preview": "reports.cli.preview",
        "list": "reports.cli.list_reports",
        "approve": "reports.cli.approve",
        "discard": "reports.cli.discard",
        "withdraw": "reports.cli.withdraw",
        "skip": "reports.cli.skip",
        "adopt": "reports.cli.adopt",
        "backup": "reports.cli.backup",
        "restore": "reports.cli.restore",
        "status": "reports.cli.status",
        "history": "reports.cli.history",
        "show": "reports.cli.show",
        "run-due": "reports.cli.run_due",
        "schedule": "reports.cli.schedule",
        "deliver": "reports.cli.deliver",
        "outbox": "reports.cli.outbox",
        "trace": "reports.cli.trace",
        "verify": "reports.cli.verify",
        "review": "reports.cli.review",
        "schema": "reports.cli.schema",
        "charts": "reports.cli.charts",
        "new": "reports.cli.new",
        "update": "reports.cli.update",
        "rename": "reports.cli.rename",
        "export": "reports.cli.export",
        "import": "reports.cli.import_records",
        "migrate": "reports.cli.migrate",
        "init": "reports.cli.init",
        "doctor": "reports.cli.doctor",
        "completion": "reports.cli.completion",
    }
)


class Command(Protocol):
    """What the module of a command has."""

    def add_options(self, parser: argparse.ArgumentParser, lang: Lang) -> None:
        """Add what may be typed behind the command's name, explained in *lang*."""

    def run(self, options: argparse.Namespace, lang: Lang) -> int:
        """Do what was asked for and speak *lang*; return the exit status."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    _open_streams()
    typed = sys.argv[1:] if arguments is None else arguments
    options, began, fault = argparse.Namespace(), time.monotonic(), None
    status = 1
    with log.listening() as ear:
        try:
            status = _run(typed, options)
            sys.stdout.flush()
        except SystemExit as usage:
            status = int(usage.code or 0)
            raise
        except KeyboardInterrupt:
            status = _interrupted(options)
        except BrokenPipeError:  # whoever read our lines has had enough: `trace … | head`
            _close_output()
            status = 128 + 13  # as if the signal SIGPIPE had ended it
        except Exception as error:  # whatever it is, a person gets a sentence
            fault, status = _failed(error, options)
        finally:
            if getattr(options, "command", ""):
                output = getattr(options, "output", Path("output"))
                said = "".join(ear.heard)
                log.write_down(output, typed, status, began=began, said=said, fault=fault)
    return status


def _open_streams() -> None:
    """Make output possible wherever the program was started: without a console (`pythonw`) there is none, and one that
    lacks a letter shows a substitute: a console a sign, a file or a pipe the letter's number, so that nothing is lost."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            from reports import files  # noqa: PLC0415 - a case of its own

            setattr(sys, name, files.nowhere())
        elif reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace" if stream.isatty() else "backslashreplace")


def _close_output() -> None:
    """Drop what cannot be written any more, else the interpreter complains of it when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            sys.stdout.close()


def _run(typed: Sequence[str], options: argparse.Namespace) -> int:
    """Put what was typed into *options*, and run the command it names."""
    named, lang = next((word for word in typed if not word.startswith("-")), ""), language_of()
    words = [named] if named in COMMANDS else COMMANDS
    with speaking(lang) as formatter:
        parser = build_parser(lang, formatter, words, options=named in COMMANDS)
        parser.parse_args(typed, options)
        if not options.command:
            parser.print_help()
            return 2
    options.make_parser = partial(_whole_parser, lang)
    return _command(options.command).run(options, language_of(options))


def _interrupted(options: argparse.Namespace) -> int:
    """Say that Ctrl+C was heard."""
    print(say("interrupted", language_of(options)), file=sys.stderr)
    return 130


def _failed(error: Exception, options: argparse.Namespace) -> tuple[Exception | None, int]:
    """Say why a command did not do its work; return what is a fault of the product's own, and the status."""
    from reports.cli import output  # noqa: PLC0415 - what goes well needs no sentences about what did not
    from reports.diagnostics.problems import AlreadySoError, Problem, ReportError, Where  # noqa: PLC0415 - as above

    lost_output = isinstance(error, OSError) and error.filename is None  # a full disk behind `>`
    if getattr(options, "json", False) and not lost_output:
        output.print_json(None)  # programs read one document, also where there is nothing to tell
    if isinstance(error, ReportError):
        output.show(error.problems, options)
        return None, 0 if isinstance(error, AlreadySoError) else 1
    if getattr(options, "debug", False):
        traceback.print_exception(error)
    if isinstance(
        error, OSError
    ):  # a full disk behind `>`, a file nobody may read: the system's, and worth a trace
        _close_output()
        where, detail = Where(str(error.filename or "")), error.strerror or str(error)
        output.show([Problem(where, "system/refused", {"detail": detail})], options)
    else:
        output.show_fault(error)
    return error, 1


def _whole_parser(lang: Lang) -> argparse.ArgumentParser:
    """All that may be typed, for the command that is about the others."""
    with speaking(lang) as formatter:
        return build_parser(lang, formatter, options=True)


def build_parser(
    lang: Lang, formatter: type[argparse.HelpFormatter], words: Iterable[str] = COMMANDS, *, options: bool
) -> argparse.ArgumentParser:
    """These commands, each with what it is for; with *options* also all that may be typed behind it."""
    parser = argparse.ArgumentParser(
        invocation.here().typed, description=say("all", lang), formatter_class=formatter
    )
    version, told = f"progress-reports {__version__}", say("all.version", lang)
    parser.add_argument("--version", action="version", version=version, help=told)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for word in words:
        of_command = commands.add_parser(word, help=say(word, lang), formatter_class=formatter)
        if options:
            _command(word).add_options(of_command, lang)
            of_command.add_argument("--debug", action="store_true", help=say("option.debug", lang))
    return parser


def _command(word: str) -> Command:
    return cast("Command", importlib.import_module(COMMANDS[word]))
