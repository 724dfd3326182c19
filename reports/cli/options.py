"""Kinds of options that commands share, and what they mean."""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reports.cli.words import language_of, say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where
from reports.model.periods import Period

if TYPE_CHECKING:
    from reports.pipeline.read import Folders
    from reports.publishing.second_thoughts.skipping import Deed

#: What a report can be made in.
FORMATS = ("docx", "md", "pdf", "html")
#: Years in which every system can tell the local time, and for which there is a next one.
_YEARS = range(1980, 9000)


def add_now(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """What to take for the present."""
    parser.add_argument("--now", type=moment, help=say("option.now", lang))


def add_language(parser: argparse.ArgumentParser, told: str) -> None:
    """The language of messages, of commands whose --lang does not choose that of reports."""
    parser.add_argument("--lang", dest="messages", choices=("zh", "en"), help=told)


def add_output(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Where a command writes, and what it reads."""
    parser.add_argument("--output", type=Path, default=Path("output"), help=say("option.output", lang))
    named = os.environ.get("REPORTS_DELIVERY", "")
    parser.add_argument(
        "--delivery", type=Path, default=Path(named) if named else None,
        metavar="FILE", help=say("option.delivery", lang),
    )  # fmt: skip
    add_folders(parser, lang)


def add_folders(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The two folders reports are made from."""
    add_data(parser, lang)
    parser.add_argument(
        "--templates", type=Path, default=Path("templates"), help=say("option.templates", lang)
    )


def add_data(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The folder of the records."""
    parser.add_argument("--data", type=Path, default=Path("data"), help=say("option.data", lang))


def add_programme(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The part of the data that is meant."""
    parser.add_argument("--programme", default="", metavar="P", help=say("option.programme", lang))


def add_json(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """To print what a program can read."""
    parser.add_argument("--json", action="store_true", help=say("option.json", lang))


def add_dry_run(parser: argparse.ArgumentParser, told: str) -> None:
    """To look before doing; *told* is what that means here."""
    parser.add_argument("--dry-run", action="store_true", help=told)


def add_deed(parser: argparse.ArgumentParser, lang: Lang, *, reasoned: bool = False) -> None:
    """Who does it and when, and why: *reasoned* acts are not done without."""
    parser.add_argument("--by", default="", metavar="NAME", help=say("option.by", lang))
    parser.add_argument("--why", type=words, required=reasoned, metavar="TEXT", help=say("option.why", lang))
    add_now(parser, lang)


# --- what is typed ----------------------------------------------------------------------------------------


def period(text: str) -> Period:
    """A period, as 2023Q2 names it."""
    try:
        found = Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_said("job/period", value=text)) from None
    if not _FIRST_YEAR <= found.start.year <= found.end.year <= _LAST_YEAR:
        bounds = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
        raise argparse.ArgumentTypeError(_said("job/period-range", value=text, **bounds))
    return found


#: Years that a report may tell of: whoever types another has mistyped, and dates end with the year 9999.
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def words(text: str) -> str:
    """A reason, as people will read it."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_said("job/no-words"))
    return " ".join(text.split())


def several(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Words between commas, each one of the *known* where there are any."""
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in parts:
        if known and part not in known:
            raise argparse.ArgumentTypeError(_said("job/format", value=part, known=", ".join(known)))
    return parts


def moment(text: str) -> datetime:
    """A time, as 2023-06-08T09:00 names it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_said("job/time", value=text)) from None
    if found.year not in _YEARS:
        raise argparse.ArgumentTypeError(_said("job/time-range", value=text))
    return found


def _said(code: str, **args: object) -> str:
    problem, lang = Problem(Where(""), code, args), language_of()
    return say("sentence", lang, what=problem.message(lang), instead=problem.hint(lang))


# --- what options mean ------------------------------------------------------------------------------------


def now_of(options: argparse.Namespace) -> datetime:
    """The present: --now, else SOURCE_DATE_EPOCH, else the clock."""
    if getattr(options, "now", None):
        moment: datetime = options.now
        return moment if moment.tzinfo else moment.astimezone()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (OverflowError, OSError, ValueError):
            raise ReportError(
                Problem(Where("SOURCE_DATE_EPOCH"), "job/time-range", {"value": epoch})
            ) from None
    return datetime.now().astimezone()


def deed_of(options: argparse.Namespace) -> Deed:
    """Who does what was asked for, and why."""
    from reports.publishing.second_thoughts.skipping import Deed  # noqa: PLC0415 - as below

    return Deed(options.by.strip() or getpass.getuser(), options.why or "", now_of(options))


def odd_now(options: argparse.Namespace) -> Iterator[Problem]:
    """Say that a moment was typed that is far from the clock's: what is made by it is written down."""
    now, clock = now_of(options), datetime.now().astimezone()
    if options.now and abs(now - clock) > _ODD:
        args = {"now": options.now.isoformat(), "clock": clock.date().isoformat()}
        yield Problem(Where(""), "job/odd-now", args, "warning")


_ODD = timedelta(days=1)


def folders_of(options: argparse.Namespace) -> Folders:
    """The folders a command reads and writes. Raises ReportError where it would write among what it reads."""
    from reports.pipeline.read import Folders  # noqa: PLC0415 - many a command needs none of the stages

    for folder in (options.data, options.templates):
        if options.output.resolve().is_relative_to(folder.resolve()):
            args = {"folder": str(folder)}
            raise ReportError(Problem(Where(str(options.output)), "job/output-among-inputs", args))
    return Folders(options.data, options.templates, options.output, getattr(options, "delivery", None))
