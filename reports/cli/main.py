"""The front door: the commands a person types. Exit status: 0 done, 1 problems found, 2 wrong usage.

Only the module of the command that was typed is imported; the help of all needs none.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from reports import __version__, invocation
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
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # an old console that lacks a letter shows a substitute rather than a traceback
            reconfigure(errors="replace")
    options = argparse.Namespace()
    try:
        status = _run(sys.argv[1:] if arguments is None else arguments, options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our lines has had enough: `trace … | head`
        with suppress(BrokenPipeError):
            sys.stdout.close()  # else the interpreter complains when it ends
        return 128 + 13  # as if the signal SIGPIPE had ended it
    except Exception as error:  # whatever it is, a person gets a sentence
        return _failed(error, options)
    return status


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


def _failed(error: Exception, options: argparse.Namespace) -> int:
    """Say why a command could not do its work."""
    from reports.cli import output  # noqa: PLC0415 - what goes well needs no sentences about what did not
    from reports.diagnostics.problems import ReportError  # noqa: PLC0415 - as above

    if isinstance(error, ReportError):
        output.show(error.problems, options)
    else:
        output.show_fault(error)
    return 1


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
    return parser


def _command(word: str) -> Command:
    return cast("Command", importlib.import_module(COMMANDS[word]))
