"""What is wrong, where, and what to type instead: the words every room uses to say so.

A *Problem* is a value. Reading stages collect problems and go on, so that a person sees all of them at
once; making stages raise *ReportError* with the problems that stopped them. The sentences themselves stand
in `messages`, by code and language, so that no stage composes prose.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import force_setattr

from reports.diagnostics.messages.catalogue import MESSAGES
from reports.invocation import as_typed

Severity = Literal["error", "warning"]
Lang = Literal["en", "zh"]


class Where(Struct, frozen=True, order=True):
    """A place in a text file: line and column count characters from 1; 0 means unknown.

    *end* is the column just behind the guilty text on the same line (0: one character). A sheet is named behind
    its file (`members.xlsx!Sheet1`); there, line and column are those of a cell.
    """

    file: str
    line: int = 0
    column: int = 0
    end: int = 0

    def __str__(self) -> str:
        if self.line and _SHEET.search(self.file):
            return f"{self.file}!{cell_name(self.line, self.column)}"
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)

    @property
    def is_settings(self) -> bool:
        """Whether the file holds settings of delivery, is a copy of such a file, or is called as if it held something
        secret: none of its text is ever shown."""
        return bool(_SETTINGS.search(self.file))


_SHEET = re.compile(r"\.(xlsx|xlsm|csv|txt)!", re.IGNORECASE)
_SETTINGS = re.compile(
    r"(delivery|mail|smtp|secret|passw|credential|token|投递|邮件|密码|口令)[^/]*[.]ya?ml$", re.IGNORECASE
)

#: What the settings of delivery are written in: words that may be repeated, being ours and nobody's secret.
SETTINGS_WORDS = frozenset(
    [
        "address",
        "authority",
        "env",
        "file",
        "final",
        "folder",
        "from",
        "mail",
        "name",
        "on",
        "password",
        "path",
        "port",
        "salutation",
        "security",
        "server",
        "signature",
        "timeout",
        "user",
        "en",
        "zh",
        "zh-Hant",
        "starttls",
        "tls",
        "true",
        "false",
        "yes",
        "no",
    ]
)
#: Arguments that are never typed text: limits, signs, what we know. The details of delivery are scrubbed before.
_NOT_TYPED = frozenset(["code", "encoding", "found", "known", "limit", "line", "meant", "other", "sign"])


def cell_name(line: int, column: int) -> str:
    """What a spreadsheet calls a cell: C5, AA1; of a row without a column, its number."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{line}"


class Problem(Struct, frozen=True):
    """One finding. *code* is a key of `messages.MESSAGES`; *args* fill its sentence.

    A problem about settings of delivery holds nothing that was typed there, which may be a password: no way of
    showing it, and no log or letter, can let it out.
    """

    where: Where
    code: str
    args: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    def __post_init__(self) -> None:
        if self.where.is_settings:
            _withhold(self)

    def message(self, lang: Lang = "en") -> str:
        """Say what is wrong, in one sentence without a final full stop."""
        return as_typed(MESSAGES[self.code].text(lang)).format_map(self.args)

    def hint(self, lang: Lang = "en") -> str:
        """Say what to type instead; empty where there is nothing to add."""
        hint = as_typed(MESSAGES[self.code].hint(lang)).format_map(self.args)
        near = str(self.args.get("near") or "")
        if not near:
            return hint
        ask = f"是不是想写“{near}”？" if lang == "zh" else f"Did you mean '{near}'? "
        return f"{ask}{hint}".strip()


def withheld(problem: Problem) -> Problem:
    """The same, holding nothing that was typed where it points: a line that looks like a secret."""
    found = Problem(problem.where, problem.code, problem.args, problem.severity)
    _withhold(found)
    return found


def _withhold(problem: Problem) -> None:
    args = {name: _withheld(problem.code, name, arg) for name, arg in problem.args.items()}
    force_setattr(problem, "args", args)
    advice = MESSAGES[problem.code].text("en") + MESSAGES[problem.code].hint("en")
    if problem.code.startswith("yaml/") and "quot" in advice:  # which a password would follow into the file
        force_setattr(problem, "code", "delivery/unreadable")


def _withheld(code: str, name: str, arg: object) -> object:
    """An argument as a problem about settings may repeat it: our own words, or a mark in their place."""
    ours = name in _NOT_TYPED or (name == "detail" and code.startswith("delivery/"))
    return arg if ours or not arg or str(arg) in SETTINGS_WORDS else "…"


class ReportError(Exception):
    """A making stage cannot go on; carries at least one problem."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.where}: {p.message()}" for p in problems))
        self.problems = problems


class AlreadySoError(ReportError):
    """What was asked for is so already: its warning says so, and nothing failed."""


def near(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to *word*, or "" when none is near enough to offer; capitals do not count."""
    if len(word) > 100:  # no name, and long to compare
        return ""
    small = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(word.casefold(), small, n=1, cutoff=0.6)
    return small[found[0]] if found else ""


def display_width(text: str) -> int:
    """Return the columns *text* takes on a terminal: East Asian wide characters take two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by file, line, column; drop exact repeats."""
    unique = {(p.where, p.code, p.message()): p for p in problems}
    return [unique[key] for key in sorted(unique)]


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those that stop a build."""
    return tuple(p for p in problems if p.severity == "error")


def format_problem(
    problem: Problem,
    lang: Lang = "en",
    source_line: Callable[[Where], str] = lambda where: "",
    show_file: Callable[[str], str] = lambda file: file,
) -> str:
    """Return `path:line:column: error[code]: message`, the source line, a caret, a hint.

    *source_line* gives the text of the line a place points at ("" where there is none); *show_file* turns
    the file's label into the path a person can open. What concerns no file has no place.
    """
    where = problem.where
    place = Where(show_file(where.file), where.line, where.column)
    begin = f"{place}: " if place.file else ""
    lines = [f"{begin}{problem.severity}[{problem.code}]: {problem.message(lang)}"]
    text = source_line(where).rstrip("\r\n") if where.line else ""
    if text.strip():
        lines += _excerpt(text, where)
    hint = problem.hint(lang)
    if hint:
        lines.append(f"    {'提示：' if lang == 'zh' else 'hint: '}{hint}")
    return "\n".join(lines)


def problem_as_dict(problem: Problem, lang: Lang = "en") -> dict[str, object]:
    """Return the problem as plain values, for `check --format json`."""
    return {
        "file": problem.where.file,
        "line": problem.where.line,
        "column": problem.where.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message(lang),
        "hint": problem.hint(lang),
    }


_EXCERPT_CHARS = 110


def _excerpt(text: str, where: Where) -> list[str]:
    """The guilty line and a caret under the guilty text; a long line is cut around it."""
    shown = "".join(c if c.isprintable() else "\N{WHITE SQUARE}" for c in text.replace("\t", " "))
    if not where.column:
        return [f"    {shown[:_EXCERPT_CHARS]}"]
    start = max(where.column - 1, 0)
    offset = max(start - _EXCERPT_CHARS // 2, 0) if len(shown) > _EXCERPT_CHARS else 0
    shown = shown[offset : offset + _EXCERPT_CHARS]
    start -= offset
    guilty = shown[start : max(where.end - 1 - offset, start + 1)] or " "
    pad = " " * display_width(shown[:start])
    return [f"    {shown}", f"    {pad}{'^' * max(display_width(guilty), 1)}"]
