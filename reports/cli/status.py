"""`run.py status`: the readiness board on a terminal, as Markdown, as JSON. A part of `cli`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from types import MappingProxyType
from typing import Literal

from reports.diagnostics.problems import Lang, ReportError, display_width
from reports.model.records import Dataset
from reports.model.wording import say
from reports.pipeline.build import Order
from reports.pipeline.read import Folders, read
from reports.publishing.status import survey
from reports.publishing.status.readiness import Board, Light, Section

#: A sign each, so that nobody needs to tell red from green.
SIGNS: Mapping[Light, str] = MappingProxyType({"green": "●", "amber": "▲", "red": "■"})
_ZH = {
    "green": "绿", "amber": "黄", "red": "红", "section": "部分", "owner": "负责人", "records": "记录", "in_period": "本期",
    "touched": "最近改动", "owed": "待办", "overdue": "计划已过期", "stale": "过时", "missing": "未填", "pictures": "缺图片",
    "behind": "译文滞后", "remarks": "审阅意见待处理", "comments": "返回意见待处理", "unowned": "讨论事项无责任人", "unknown": "改动时间不明",
    "no owner": "无负责人", "no news": "本期无记录", "nobody": "无", "edited": "+", "deadline": "截止", "none": "未设截止日期",
    "days": "还有{}天", "late": "已过{}天", "today": "今天截止", "as_of": "数据截至",
    "untold": "报告目前无法生成，缺少什么不得而知：请运行 check", "plus": "+：另有未提交的改动", "?": "?：不得而知",
}  # fmt: skip
_EN = {
    "in_period": "new", "touched": "touched", "overdue": "plans overdue", "missing": "fields open",
    "pictures": "pictures missing", "behind": "translations behind", "remarks": "review marks open", "comments": "readers' comments open",
    "unowned": "discussions without owner", "unknown": "last change unknown", "no news": "nothing in the period",
    "edited": "+", "none": "no deadline set", "days": "{} days left", "late": "{} days late", "today": "due today",
    "as_of": "as of", "untold": "the report cannot be made now, so what it lacks is not known: run check",
    "plus": "+: and changes that are not committed", "?": "?: nobody knows",
}  # fmt: skip
_COLUMNS = ("", "section", "owner", "records", "in_period", "touched", "owed")


def status(folders: Folders, order: Order, now: datetime, form: str, lang: Lang) -> int:
    """Show the boards; status 0 whatever they say."""
    reading = read(folders.data)
    _FORMS[form](survey.boards(folders, reading, order, now), reading.dataset, lang)
    return 0


# --- the lines --------------------------------------------------------------------------------------------


def _word(word: str, lang: Lang) -> str:
    return (_ZH if lang == "zh" else _EN).get(word, word)


def head(board: Board, lang: Lang) -> str:
    """A board's title: report, period, deadline."""
    return f"{board.title.get(lang)} ({board.report} {board.period}), {_state(board, lang)}"


def _state(board: Board, lang: Lang) -> str:
    """Of which day it tells, and how long there is still time."""
    return f"{_word('as_of', lang)} {board.as_of}, {_due(board, lang)}"


def _due(board: Board, lang: Lang) -> str:
    if board.deadline is None or board.days is None:
        return _word("none", lang)
    word = "days" if board.days > 0 else "late" if board.days < 0 else "today"
    left = _word(word, lang).format(abs(board.days))
    return f"{_word('deadline', lang)} {board.deadline:%Y-%m-%d %H:%M} ({left})"


def _row(board: Board, section: Section, names: Dataset, lang: Lang, *, named: int) -> tuple[str, ...]:
    """One line of the board; behind each number of what is owed, *named* of it by name."""
    light, owed = board.light(section), section.owed()
    return (
        f"{SIGNS[light]} {_word(light, lang)}",
        section.title.get(lang),
        _owner(section, names, lang),
        str(section.records),
        str(section.in_period),
        _touched(section),
        ", ".join(_owed(name, what, lang, named) for name, what in owed.items() if name != "no owner"),
    )


def _owner(section: Section, names: Dataset, lang: Lang) -> str:
    if section.owner in names.records:
        return say(names.records[section.owner].label, lang)
    return _word("nobody", lang) if section.theme else "–"


def _touched(section: Section) -> str:
    """The day of the last change; a question mark where nobody knows, a plus where changes wait to be committed."""
    if not section.records:
        return "–"
    return f"{section.touched or '?'}{'+' if section.edited else ''}"


def _owed(name: str, what: Sequence[str], lang: Lang, named: int) -> str:
    if name == "no news":
        return _word(name, lang)
    some = ", ".join([*what[:named], *(["…"] if len(what) > named else [])])
    return f"{_word(name, lang)} {len(what)}" + (f" ({some})" if named else "")


# --- forms ------------------------------------------------------------------------------------------------


def _as_table(boards: Sequence[Board], names: Dataset, lang: Lang) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.table import Table  # noqa: PLC0415

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    for board in boards:
        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
        rows = [_row(board, section, names, lang, named=0) for section in board.sections]
        for column, width in zip(_COLUMNS, _widths(rows, lang, console.width), strict=True):
            side: Literal["left", "right"] = "right" if column in _NUMBERS else "left"
            table.add_column(_word(column, lang), justify=side, no_wrap=True, width=width)
        for section, row in zip(board.sections, rows, strict=True):
            table.add_row(*row, style=_COLOURS[board.light(section)])
        console.print(head(board, lang), style="bold")
        console.print(table)
        for note in _notes(board, lang):
            console.print(note)


def _widths(rows: Sequence[Sequence[str]], lang: Lang, whole: int) -> list[int]:
    """The columns' widths: titles and owners give way to what is owed, numbers and dates to nothing."""
    cells = [[_word(column, lang) for column in _COLUMNS], *rows]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    room = whole - 2 * len(widths) - 1 - sum(widths)
    for narrow, column in ((24, 1), (14, 2), (20, 6), (16, 1), (8, 2), (8, 6)):
        if room < 0:
            less = min(-room, max(widths[column] - narrow, 0))
            widths[column] -= less
            room += less
    return widths


def _notes(board: Board, lang: Lang) -> list[str]:
    """What the signs of a board mean, as far as it has them."""
    lines = [_word("plus", lang)] if any(section.edited for section in board.sections) else []
    lines += [_word("?", lang)] if any(not s.touched and s.records for s in board.sections) else []
    return [*lines, *([] if board.told else [f"{SIGNS['amber']} {_word('untold', lang)}"])]


#: Columns a table takes that nobody reads on a terminal.
_WIDE = 160
_NUMBERS = ("records", "in_period")
_COLOURS: Mapping[Light, str] = MappingProxyType({"green": "green", "amber": "yellow", "red": "bold red"})


def _as_markdown(boards: Sequence[Board], names: Dataset, lang: Lang) -> None:
    for board in boards:
        print(f"## {head(board, lang)}\n")
        print("| " + " | ".join(_word(column, lang) for column in _COLUMNS) + " |")
        print("|" + "|".join("--:" if column in _NUMBERS else "---" for column in _COLUMNS) + "|")
        for section in board.sections:
            cells = _row(board, section, names, lang, named=3)
            print("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        print("".join(f"\n{note}\n" for note in _notes(board, lang)))


def page(folders: Folders, now: datetime, lang: Lang) -> str:
    """The boards as HTML, for the preview: every letter of the data escaped; while data is wrong, what is."""
    try:
        reading = read(folders.data)
        boards = survey.boards(folders, reading, Order(), now)
    except ReportError as error:
        return "".join(f"<p>{escape(f'{p.where}: {p.message(lang)}')}</p>" for p in error.problems)
    return "".join(_as_html(board, reading.dataset, lang) for board in boards)


def _as_html(board: Board, names: Dataset, lang: Lang) -> str:
    words = [escape(_word(column, lang)) for column in _COLUMNS]
    heads = "".join(f"<th>{word}</th>" for word in words)
    lines = "".join(
        _line_of(board, section, words, _row(board, section, names, lang, named=3))
        for section in board.sections
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(board, lang))
    title = f"<h2>{escape(board.title.get(lang))}</h2>"
    issue = escape(f"{board.report} {board.period}")
    state = f"<p><strong>{issue}</strong>, {escape(_state(board, lang))}</p>"
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<section>{title}{state}<div class="wide">{table}</div>{notes}</section>'


def _line_of(board: Board, section: Section, words: Sequence[str], row: Sequence[str]) -> str:
    """A row in the colour of its light; each cell knows its heading, which a phone shows beside it."""
    cells = (f'<td data-of="{word}">{escape(cell)}</td>' for word, cell in zip(words, row, strict=True))
    return f'<tr class="{board.light(section)}">{"".join(cells)}</tr>'


def _as_json(boards: Sequence[Board], names: Dataset, lang: Lang) -> None:
    print(json.dumps([as_dict(board, names, lang) for board in boards], ensure_ascii=False, indent=2))


def as_dict(board: Board, names: Dataset, lang: Lang) -> dict[str, object]:
    """A board as plain values."""
    return {
        "report": board.report,
        "title": board.title.get(lang),
        "period": board.period,
        "as_of": board.as_of.isoformat(),
        "deadline": board.deadline.isoformat() if board.deadline else None,
        "days": board.days,
        "told": board.told,
        "sections": [_section_as_dict(board, section, names, lang) for section in board.sections],
    }


def _section_as_dict(board: Board, section: Section, names: Dataset, lang: Lang) -> dict[str, object]:
    lists = ("overdue", "stale", "missing", "pictures", "behind", "remarks", "comments", "unowned", "unknown")
    return {
        "id": section.id,
        "title": section.title.get(lang),
        "theme": section.theme,
        "light": board.light(section),
        "owner": section.owner or None,
        "owner_name": _owner(section, names, lang) if section.owner else None,
        "records": section.records,
        "in_period": section.in_period,
        "touched": section.touched.isoformat() if section.touched else None,
        "edited": section.edited,
        **{name: list(getattr(section, name)) for name in lists},
    }


_FORMS: Mapping[str, Callable[[Sequence[Board], Dataset, Lang], None]] = MappingProxyType(
    {"text": _as_table, "md": _as_markdown, "json": _as_json}
)
