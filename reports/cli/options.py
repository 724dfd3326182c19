"""What a person may type behind `run.py`, and what it means."""

from __future__ import annotations

import argparse
import locale
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from reports import __version__, started
from reports.cli import postal
from reports.cli import records as editing
from reports.cli import setup as starting
from reports.diagnostics.problems import Lang, Problem, Where
from reports.model.periods import Period

FORMATS = ("docx", "md", "pdf", "html")
#: What the exit status of a round says to the clockwork that started it.
_STATUS = (
    "Exit status: 0 when all went well or will be tried again by itself; 1 when a report failed, a delivery was "
    "refused, given up or of unknown outcome in this round, or the round could not be made."
)


def build_parser(named: str = "") -> argparse.ArgumentParser:
    """The commands and their options; with *named* that command alone: each takes half a millisecond to set up."""
    parser = argparse.ArgumentParser(
        prog=started.here().typed, description="Progress reports out of curated records."
    )
    parser.add_argument("--version", action="version", version=f"progress-reports {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in (named,) if named in COMMANDS else COMMANDS:
        told, add_options = COMMANDS[name]
        add_options(commands.add_parser(name, help=told))
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
        "--format",
        choices=("text", "json", "github", "gitlab"),
        default="text",
        help="how to show what is found",
    )
    parser.add_argument("--lang", dest="messages", choices=("zh", "en"), help="language of the messages")
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
    parser.add_argument("--lang", dest="messages", choices=("zh", "en"), help="language of the board")
    _add_now(parser)
    _add_output(parser)


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", nargs="?", default="", metavar="REPORT", help="only this report")
    _add_output(parser)


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", metavar="ISSUE", help="REPORT/PERIOD, or REPORT/PERIOD/REVISION")
    _add_output(parser)


def _add_run_due(parser: argparse.ArgumentParser) -> None:
    parser.epilog = _STATUS
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


def _add_review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE.docx", help="a report with comments or changes in it"
    )
    parser.add_argument("--save", action="store_true", help="put what is new into comments.yaml")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to show the list")
    parser.add_argument("--lang", dest="messages", choices=("zh", "en"), help="language of list and messages")
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the records")
    parser.add_argument(
        "--output", type=Path, default=Path("output"), help="output folder, where the issues are known"
    )


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the records")
    parser.add_argument("--templates", type=Path, default=Path("templates"), help="folder of the templates")


def _add_deliver(parser: argparse.ArgumentParser) -> None:
    postal.add_deliver(parser)
    _add_now(parser)
    _add_output(parser)


def _add_outbox(parser: argparse.ArgumentParser) -> None:
    postal.add_outbox(parser)
    _add_now(parser)
    _add_output(parser)


def _add_init(parser: argparse.ArgumentParser) -> None:
    starting.add_init(parser)
    _add_now(parser)


#: What each command is for, and what adds its options, in the order of the help.
COMMANDS: Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = MappingProxyType(
    {
        "build": ("build reports into the output folder", _add_build),
        "check": ("read all data, try all templates, show every problem", _add_check),
        "preview": ("show reports in the browser while they are written", _add_preview),
        "list": ("show the reports, their periods, languages and formats", _add_folders),
        "approve": ("freeze a draft you have looked at, and issue it", _add_approve),
        "status": ("show who owes what for the next reports", _add_status),
        "history": ("show what was built, approved, issued, skipped", _add_history),
        "show": ("show an issue: its number, files and changes", _add_show),
        "run-due": ("make what is due now, and end", _add_run_due),
        "schedule": ("stay, and make what is due when it is due", _add_schedule),
        "deliver": ("send what waits in the outbox, or show it", _add_deliver),
        "outbox": ("show what was sent and what waits; settle what is unknown", _add_outbox),
        "trace": ("show where the facts of a built Word file come from", _add_trace),
        "review": ("show what readers left in Word files that came back", _add_review),
        **editing.PARSERS,
        "init": ("fill an empty folder with a secretariat of your own", _add_init),
    }
)


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
    return f"{problem.message(language_of())}. {problem.hint(language_of())}"


def now_of(options: argparse.Namespace) -> datetime:
    """The present: --now, else SOURCE_DATE_EPOCH, else the clock."""
    if getattr(options, "now", None):
        moment: datetime = options.now
        return moment if moment.tzinfo else moment.astimezone()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now().astimezone()


def language_of(options: argparse.Namespace | None = None) -> Lang:
    """The language of messages: --lang where a command has it for them, else REPORTS_LANG, else the machine's."""
    names = [getattr(options, "messages", None) or ""]
    names += [os.environ.get(key, "") for key in ("REPORTS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    set_ = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "zh" if set_.lower().startswith(("zh", "chinese")) else "en"
