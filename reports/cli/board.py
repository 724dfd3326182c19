"""The readiness board as people read it: its title, its rows, its notes; whole, as a page of the preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from types import MappingProxyType

from reports.cli.words import say
from reports.diagnostics.problems import Lang, ReportError
from reports.model import formatting
from reports.model.formatting import joiner
from reports.model.records import Dataset
from reports.pipeline.build import Order
from reports.pipeline.read import Folders, read
from reports.publishing.status import survey
from reports.publishing.status.readiness import Board, Duty, Light, Section

#: A sign each, so that nobody needs to tell red from green.
SIGNS: Mapping[Light, str] = MappingProxyType({"green": "●", "amber": "▲", "red": "■"})
#: What a row tells, by its words; some of it are numbers.
COLUMNS = ("light", "section", "owner", "records", "in_period", "touched", "owed")
NUMBERS = ("records", "in_period")


def head(board: Board, lang: Lang) -> str:
    """A board's title: report, period, deadline."""
    return f"{board.title.get(lang)} ({board.report} {board.period}), {_state(board, lang)}"


def _state(board: Board, lang: Lang) -> str:
    """Of which day it tells, and how long there is still time."""
    return f"{say('board.as_of', lang)} {board.as_of}, {_due(board, lang)}"


def _due(board: Board, lang: Lang) -> str:
    if board.passed_over:
        return say("board.passed over", lang)
    if board.deadline is None or board.days is None:
        return _issued(board, lang) or say("board.none", lang)
    left = ", ".join(filter(None, (_issued(board, lang), _left(board.days, lang, issued=bool(board.issued)))))
    moved = say("due.provisional", lang) if board.provisional else ""
    return f"{say('board.deadline', lang)} {board.deadline:%Y-%m-%d %H:%M}{moved} ({left})"


def _left(days: int, lang: Lang, *, issued: bool) -> str:
    """How many days there are, or were when it was issued, to the deadline."""
    if issued:
        return say("board.in_time" if days >= 0 else "board.after", lang, days=-days)
    return say(
        "board.days" if days > 0 else "board.late" if days < 0 else "board.today", lang, days=abs(days)
    )


def _issued(board: Board, lang: Lang) -> str:
    return say("board.issued", lang, day=board.issued) if board.issued else ""


def row(board: Board, section: Section, names: Dataset, lang: Lang, *, named: int) -> tuple[str, ...]:
    """One line of the board; behind each number of what is owed, *named* of it by name."""
    light, owed = board.light(section), section.owed()
    return (
        f"{SIGNS[light]} {say(f'board.{light}', lang)}",
        section.title.get(lang),
        owner_of(section, names, lang),
        str(section.records),
        str(section.in_period),
        _touched(section),
        ", ".join(_owed(name, what, lang, named) for name, what in owed.items() if name != "no owner"),
    )


def owner_of(section: Section, names: Dataset, lang: Lang) -> str:
    """Who answers for a section; only a theme needs somebody."""
    if section.owner in names.records:
        return formatting.say(names.records[section.owner].label, lang)
    return say("board.nobody", lang) if section.theme else "–"


def _touched(section: Section) -> str:
    """The day of the last change; a question mark where nobody knows, a plus where changes wait to be committed."""
    if not section.records:
        return "–"
    return f"{section.touched or '?'}{'+' if section.edited else ''}"


def _owed(name: str, what: Sequence[str], lang: Lang, named: int) -> str:
    if name == "no news":
        return say(f"owed.{name}", lang)
    some = ", ".join([*what[:named], *(["…"] if len(what) > named else [])])
    return f"{say(f'owed.{name}', lang)} {len(what)}" + (f" ({some})" if named else "")


def notes(board: Board, lang: Lang) -> list[str]:
    """Why a board is empty; what its signs mean, as far as it has them."""
    found = [] if board.sections else [_why_empty(board, lang)]
    found += [say("board.plus", lang)] if any(section.edited for section in board.sections) else []
    found += [say("board.?", lang)] if any(not s.touched and s.records for s in board.sections) else []
    return [*found, *([] if board.told else [f"{SIGNS['amber']} {say('board.untold', lang)}"])]


def _why_empty(board: Board, lang: Lang) -> str:
    if board.records:
        return say("board.unshown", lang, count=board.records)
    if board.programmes:
        return say("board.no records", lang, programmes=joiner(lang).join(board.programmes))
    return say("board.nothing", lang)


def duty_lines(board: Board, names: Dataset, lang: Lang) -> list[str]:
    """What is late or due soon, one line each: what it is, who owes it, since or until when."""
    return [
        f"{SIGNS[_light_of(duty)]} "
        + say("board.due.line", lang, title=formatting.say(duty.title, lang), id=duty.id,
              owner=name_of(duty.owner, names, lang), state=due_words(duty, lang))
        for duty in board.duties
    ]  # fmt: skip


def due_words(duty: Duty, lang: Lang) -> str:
    """How late it is, or the day it is due."""
    if duty.state.state == "late":
        word = "late1" if duty.state.days == 1 else "late"
        return say(f"board.due.{word}", lang, days=duty.state.days)
    word = "soon" if duty.due.precision == "day" else "within"
    return say(f"board.due.{word}", lang, day=formatting.say(duty.due, lang))


def _light_of(duty: Duty) -> Light:
    return "red" if duty.state.state == "late" else "amber"


def name_of(owner: str, names: Dataset, lang: Lang) -> str:
    """Who somebody is, by the id of the record."""
    return (
        formatting.say(names.records[owner].label, lang)
        if owner in names.records
        else say("board.nobody", lang)
    )


# --- as a page -------------------------------------------------------------------------------------------


def page(folders: Folders, now: datetime, lang: Lang) -> str:
    """The boards as HTML, for the preview: every letter of the data escaped; while data is wrong, what is."""
    try:
        reading = read(folders.data)
        boards = survey.boards(folders, reading, Order(), now)
    except ReportError as error:
        return "".join(f"<p>{escape(f'{p.where}: {p.message(lang)}')}</p>" for p in error.problems)
    return "".join(_as_html(board, reading.dataset, lang) for board in boards)


def _as_html(board: Board, names: Dataset, lang: Lang) -> str:
    words = [escape(say(f"board.{column}", lang)) for column in COLUMNS]
    heads = "".join(f"<th>{word}</th>" for word in words)
    lines = "".join(
        _line_of(board, section, words, row(board, section, names, lang, named=3))
        for section in board.sections
    )
    duties = "".join(
        f'<li class="{_light_of(duty)}">{escape(line)}</li>'
        for duty, line in zip(board.duties, duty_lines(board, names, lang), strict=True)
    )
    below = f"<ul>{duties}</ul>" if duties else ""
    below += "".join(f"<p>{escape(note)}</p>" for note in notes(board, lang))
    title = f"<h2>{escape(board.title.get(lang))}</h2>"
    issue = escape(f"{board.report} {board.period}")
    state = f"<p><strong>{issue}</strong>, {escape(_state(board, lang))}</p>"
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<section>{title}{state}<div class="wide">{table}</div>{below}</section>'


def _line_of(board: Board, section: Section, words: Sequence[str], row: Sequence[str]) -> str:
    """A row in the colour of its light; each cell knows its heading, which a phone shows beside it."""
    cells = (f'<td data-of="{word}">{escape(cell)}</td>' for word, cell in zip(words, row, strict=True))
    return f'<tr class="{board.light(section)}">{"".join(cells)}</tr>'
