"""`run.py status`: who owes what for the next reports, on a terminal, as Markdown, as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from reports.cli import deliveries, memory, output
from reports.cli.board import COLUMNS, NUMBERS, SIGNS, duty_lines, head, name_of, notes, owner_of, row
from reports.cli.options import add_language, add_now, add_output, folders_of, now_of, period
from reports.cli.words import say
from reports.diagnostics.problems import Lang, display_width
from reports.model import formatting
from reports.model.records import Dataset
from reports.pipeline.build import Order
from reports.pipeline.read import read
from reports.publishing import outbox
from reports.publishing.ledger import read_ledger
from reports.publishing.outbox import DeliveryState, Entry
from reports.publishing.status import git, survey
from reports.publishing.status.readiness import Board, Duty, Light, Section


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """For which reports and period, and how to show it."""
    parser.add_argument("reports", nargs="*", metavar="REPORT", help=say("status.reports", lang))
    parser.add_argument("--period", type=period, help=say("status.period", lang))
    parser.add_argument(
        "--format", choices=("text", "md", "json"), default="text", help=say("status.format", lang)
    )
    add_language(parser, say("status.lang", lang))
    add_now(parser, lang)
    add_output(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Show the boards; status 0 whatever they say."""
    memory.tell_of_gaps(folders_of(options), options)
    folders, order = folders_of(options), Order(tuple(options.reports), options.period)
    reading = read(folders.data)
    found = survey.boards(folders, reading, order, now_of(options))
    with read_ledger(folders) as ledger:
        _FORMS[options.format](found, reading.dataset, lang, outbox.unsettled(ledger))
    aside = [problem for problem in reading.problems if problem.code in _ASIDE]
    if any(section.unknown for board in found for section in board.sections):
        aside += filter(None, [git.obstacle(folders.data)])
    if aside:
        output.show(aside, options)
    return 0


# --- forms ------------------------------------------------------------------------------------------------


#: What is not on any board, and why.
_ASIDE = frozenset(("data/not-taken", "data/no-programme"))
#: Columns a table takes that nobody reads on a terminal.
_WIDE = 160
#: How urgent it is that something did not reach its reader: what only waits may mend itself.
_LIGHTS: Mapping[DeliveryState, Light] = MappingProxyType(
    {"pending": "amber", "unknown": "red", "failed": "red"}
)
_COLOURS: Mapping[Light, str] = MappingProxyType({"green": "green", "amber": "yellow", "red": "bold red"})


def _as_markdown(shown: Sequence[Board], names: Dataset, lang: Lang, outgoing: Sequence[Entry]) -> None:
    for board in shown:
        print(f"## {head(board, lang)}\n")
        print("| " + " | ".join(say(f"board.{column}", lang) for column in COLUMNS) + " |")
        print("|" + "|".join("--:" if column in NUMBERS else "---" for column in COLUMNS) + "|")
        for section in board.sections:
            cells = row(board, section, names, lang, named=3)
            print("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        print("".join(f"\n{line}\n" for line in _below(board, names, lang, outgoing)))


def _as_table(shown: Sequence[Board], names: Dataset, lang: Lang, outgoing: Sequence[Entry]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.table import Table  # noqa: PLC0415

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    for board in shown:
        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
        rows = [row(board, section, names, lang, named=0) for section in board.sections]
        for column, width in zip(COLUMNS, _widths(rows, lang, console.width), strict=True):
            side: Literal["left", "right"] = "right" if column in NUMBERS else "left"
            table.add_column(say(f"board.{column}", lang), justify=side, no_wrap=True, width=width)
        for section, cells in zip(board.sections, rows, strict=True):
            table.add_row(*cells, style=_COLOURS[board.light(section)])
        console.print(head(board, lang), style="bold")
        console.print(table)
        for line in _below(board, names, lang, outgoing):
            console.print(line, markup=False, soft_wrap=True)


def _below(board: Board, names: Dataset, lang: Lang, outgoing: Sequence[Entry]) -> list[str]:
    """What stands below a board: what is late, what did not reach its reader, what the signs mean."""
    undelivered = [
        f"{SIGNS[_LIGHTS[one.state]]} {say('board.undelivered', lang)}  {deliveries.line(one, lang)}"
        for one in _of(board, outgoing)
    ]
    return [*duty_lines(board, names, lang), *undelivered, *notes(board, lang)]


def _of(board: Board, outgoing: Sequence[Entry]) -> list[Entry]:
    """Of whichever period: what is on its way of the report."""
    return [one for one in outgoing if one.intent.report == board.report]


def _widths(rows: Sequence[Sequence[str]], lang: Lang, whole: int) -> list[int]:
    """The columns' widths: titles and owners give way to what is owed, numbers and dates to nothing."""
    cells = [[say(f"board.{column}", lang) for column in COLUMNS], *rows]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    room = whole - 2 * len(widths) - 1 - sum(widths)
    for narrow, column in ((24, 1), (14, 2), (20, 6), (16, 1), (8, 2), (8, 6)):
        if room < 0:
            less = min(-room, max(widths[column] - narrow, 0))
            widths[column] -= less
            room += less
    return widths


def _as_json(shown: Sequence[Board], names: Dataset, lang: Lang, outgoing: Sequence[Entry]) -> None:
    output.print_json([
        {**as_dict(board, names, lang), "undelivered": [deliveries.as_dict(one) for one in _of(board, outgoing)]}
        for board in shown
    ])  # fmt: skip


def as_dict(board: Board, names: Dataset, lang: Lang) -> dict[str, object]:
    """A board as plain values."""
    return {
        "report": board.report,
        "title": board.title.get(lang),
        "period": board.period,
        "as_of": board.as_of.isoformat(),
        "deadline": board.deadline.isoformat() if board.deadline else None,
        "provisional": board.provisional,
        "issued": board.issued.isoformat() if board.issued else None,
        "days": board.days,
        "told": board.told,
        "sections": [_section_as_dict(board, section, names, lang) for section in board.sections],
        "duties": [_duty_as_dict(duty, names, lang) for duty in board.duties],
        "notes": notes(board, lang),
    }


def _duty_as_dict(duty: Duty, names: Dataset, lang: Lang) -> dict[str, object]:
    return {
        "id": duty.id,
        "title": formatting.say(duty.title, lang),
        "owner": duty.owner or None,
        "owner_name": name_of(duty.owner, names, lang) if duty.owner else None,
        "due": duty.last.isoformat(),
        "state": duty.state.state,
        "days": duty.state.days,
    }


def _section_as_dict(board: Board, section: Section, names: Dataset, lang: Lang) -> dict[str, object]:
    lists = (
        "late",
        "soon",
        "overdue",
        "stale",
        "missing",
        "pictures",
        "behind",
        "remarks",
        "comments",
        "unowned",
        "unknown",
    )
    return {
        "id": section.id,
        "title": section.title.get(lang),
        "theme": section.theme,
        "light": board.light(section),
        "owner": section.owner or None,
        "owner_name": owner_of(section, names, lang) if section.owner else None,
        "records": section.records,
        "in_period": section.in_period,
        "touched": section.touched.isoformat() if section.touched else None,
        "edited": section.edited,
        **{name: list(getattr(section, name)) for name in lists},
    }


_FORMS: Mapping[str, Callable[[Sequence[Board], Dataset, Lang, Sequence[Entry]], None]] = MappingProxyType(
    {"text": _as_table, "md": _as_markdown, "json": _as_json}
)
