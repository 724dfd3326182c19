"""What a YAML parser's complaint means to the person who typed the file, and where they should look.

Parsers speak of block mappings and simple keys, and name the place where they noticed. CASES translates: the
first whose pattern fits the complaint decides on the code, its arguments, and the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

Place = tuple[int, int]  # line and column, counted from 1


class Complaint(Struct, frozen=True):
    """What the parser says: *problem* at *at*, found while reading what begins at *since*."""

    problem: str
    at: Place
    context: str
    since: Place
    lines: list[str]

    def line(self, number: int) -> str:
        """Return the line *number*, "" behind the last."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @property
    def sign(self) -> str:
        """The sign at which the parser stopped, "" at a line's end."""
        line, column = self.at
        return self.line(line)[column - 1 : column]


class Meaning(Struct, frozen=True):
    """A message code with its arguments, and the place to look at."""

    code: str
    at: Place
    args: dict[str, object]


def explain(complaint: Complaint) -> Meaning:
    """Return what *complaint* means; yaml/syntax with the parser's own words where no case fits."""
    said = f"{complaint.context} | {complaint.problem}"
    for pattern, case in CASES:
        if re.search(pattern, said):
            meaning = case(complaint)
            if meaning:
                return meaning
    return Meaning("yaml/syntax", complaint.at, {"detail": complaint.problem})


def _open_quote(said: Complaint) -> Meaning:
    """A quotation mark is not closed, or by a Chinese one."""
    line, column = said.since
    if other := re.search("[”“’‘＂＇]", said.line(line)[column:]):
        return Meaning(
            "yaml/quote-closed",
            (line, column + other.start() + 1),
            {"sign": said.line(line)[column - 1], "found": other[0]},
        )
    return Meaning("yaml/quote-open", said.since, {"sign": said.line(line)[column - 1 : column] or '"'})


def _tab(said: Complaint) -> Meaning | None:
    return Meaning("yaml/tab", said.at, {}) if said.sign == "\t" or "tab" in said.problem else None


def _needs_quotes(said: Complaint) -> Meaning | None:
    """`@CERN`, `%`, a backtick, or `*重点*`, which the parser takes for a repetition."""
    line, column = said.since if re.search("anchor|alias|tag", said.context) else said.at
    sign = said.line(line)[column - 1 : column]
    return Meaning("yaml/needs-quotes", (line, column), {"sign": sign}) if sign in set("@`%*&!|>") else None


def _escape(said: Complaint) -> Meaning:
    """Some parsers name the backslash, some the letter behind it."""
    line, column = said.at
    return Meaning("yaml/escape", (line, column if said.sign == "\\" else max(column - 1, 1)), {})


def _bracket(said: Complaint) -> Meaning:
    """Something in brackets goes on where it should end, or never ends."""
    line, column = said.since
    if other := re.search("[】］｝〕]", said.line(line)[column:]):
        at = column + other.start() + 1
        meant = "]" if said.line(line)[column - 1] == "[" else "}"
        return Meaning("yaml/full-width", (line, at), {"found": other[0], "meant": meant})
    if said.at[0] == line and said.sign == ":":
        return Meaning("yaml/colon-in-text", said.at, {})
    if said.at[0] == line and re.match(r"[\w\"'“(（]", said.sign):
        behind = _quoted_before(said)
        if behind and not re.match(r"[\w-]+[\"']?\s*:", said.line(line)[said.at[1] - 1 :]):
            return Meaning("yaml/after-quote", said.at, behind)
        return Meaning("yaml/no-comma", said.at, {})
    opening = said.line(line)[column - 1 : column]
    return Meaning("yaml/bracket", said.since, {"sign": "]" if opening == "[" else "}"})


def _quoted_before(said: Complaint) -> dict[str, object]:
    """The quotation mark that ended a value too early, and the other one; nothing where none did."""
    line, column = said.at
    before = said.line(line)[: column - 1].rstrip()[-1:]
    other = {"'": '"', '"': "'"}.get(before, "")
    return {"sign": before, "other": other} if other else {}


_PAIR = re.compile(r"\s*(?:- )*[\w.-]+: +\S")


def _no_value(said: Complaint) -> Meaning | None:
    """`[, a]` or `{, zh: 中}`; or the file ends behind a bracket that opens."""
    if said.sign in set(",]}:"):
        return Meaning("yaml/no-value", said.at, {"sign": said.sign})
    line, column = said.at
    if said.line(line)[column - 1 :].strip() or any(below.strip() for below in said.lines[line:]):
        return None
    for number in range(len(said.lines), 0, -1):
        if last := re.match(r".*([\[{])", said.line(number)):
            sign = "]" if last[1] == "[" else "}"
            return Meaning("yaml/bracket", (number, last.start(1) + 1), {"sign": sign})
    return None


def _second_colon(said: Complaint) -> Meaning:
    """`title: Report: part 2`, or a line deeper than the value it follows."""
    line, column = said.at
    if two := re.match(r"\s*(?:- )*[\w-]+: +(zh|en|zh-Hant)$", said.line(line)[: column - 1]):
        return Meaning("yaml/needs-braces", (line, two.start(1) + 1), {"lang": two[1]})
    if two := re.search(r": +\S.*\s{2,}([a-z][a-z_]*)$", said.line(line)[: column - 1]):
        return Meaning("yaml/two-fields", (line, two.start(1) + 1), {"field": two[1]})
    if _PAIR.match(said.line(line)[: column - 1]):
        return Meaning("yaml/colon-in-text", said.at, {})
    return _dashless(said) or Meaning("yaml/indentation", _first_sign(said, line), {})


def _dashless(said: Complaint) -> Meaning | None:
    """The line above begins a record without its dash, so that the fields below stand too far right."""
    line = said.at[0] - 1
    found = re.match(r"(\s*)(id: +[^\s#]+)\s*(?:#|$)", said.line(line))
    args: dict[str, object] = {"field": found[2]} if found else {}
    return Meaning("yaml/no-dash", (line, found.start(2) + 1), args) if found else None


def _no_colon(said: Complaint) -> Meaning:
    """The parser notices a line too late that a key has no colon; *since* is that key."""
    line = said.since[0]
    glued = re.match(r"\s*(?:- )*([A-Za-z][\w-]*):(\S.*)", said.line(line))
    at = _first_sign(said, line)
    if glued:
        return Meaning("yaml/colon-space", at, {"key": glued[1], "value": glued[2].strip()})
    return Meaning("yaml/no-colon", at, {})


def _colon_in_brackets(said: Complaint) -> Meaning:
    """`{zh: 中文, en:}`"""
    line, column = said.at
    key = re.search(r"([\w-]+)$", said.line(line)[max(column - 60, 0) : column - 1])
    args: dict[str, object] = {"key": key[1] if key else "", "value": "…"}
    return Meaning("yaml/colon-space", said.at, args)


def _directive(said: Complaint) -> Meaning | None:
    """A line that begins with %."""
    line = said.since[0]
    return Meaning("yaml/unsupported", (line, 1), {"what": said.line(line)[:20].rstrip()})


_SIGNED = re.compile(r".*(?:[:\[{,-] +|[\[{])([|>!&*%@`-])")


def _signed(said: Complaint) -> Meaning | None:
    """`- text`, `> 100` or `!important` behind a key: the sign begins something else in YAML."""
    line, column = said.at
    found = _SIGNED.match(said.line(line)[:column])
    if not found or said.line(line)[: found.start(1)].lstrip("- ") == "":
        return None
    return Meaning("yaml/needs-quotes", (line, found.start(1) + 1), {"sign": found[1]})


_TRAILING = re.compile(r"[,，;；。、]\s*(?:#|$)")


def _after_quote(said: Complaint) -> Meaning | None:
    line, column = said.at
    before = said.line(line)[: column - 1].rstrip()
    quoted = _quoted_before(said)
    if before.endswith(("]", "}", '"', "'")) and _TRAILING.match(said.line(line), column - 1):
        return Meaning("yaml/trailing", said.at, {"sign": said.sign})
    if before.endswith(("]", "}")):
        return Meaning("yaml/after-bracket", said.at, {"sign": before[-1]})
    return Meaning("yaml/after-quote", said.at, quoted) if quoted else None


def _indentation(said: Complaint) -> Meaning:
    return _dashless(said) or Meaning("yaml/indentation", said.at, {})


def _first_sign(said: Complaint, line: int) -> Place:
    text = said.line(line)
    return line, len(text) - len(text.lstrip(" -")) + 1


#: Each pattern fits the words of libyaml and of PyYAML's own parser.
CASES: tuple[tuple[str, Callable[[Complaint], Meaning | None]], ...] = (
    (r"unexpected (end of stream|document separator|document indicator)", _open_quote),
    (r"found a tab|cannot start any token", _tab),
    (
        r"cannot start any token|alphabetic or numeric|scanning an? (alias|anchor)|a tag|block scalar",
        _needs_quotes,
    ),
    (r"escape|hexdecimal", _escape),
    (r"directive|incompatible YAML document|found duplicate %", _directive),
    (r"found unexpected ':'", _colon_in_brackets),
    (r"expected (the )?node content", _no_value),
    (r"flow (sequence|mapping)", _bracket),
    (r"mapping values are not allowed", _second_colon),
    (r"could not find expected ':'", _no_colon),
    (r"did not find expected|expected <block end>|expected '<document start>'", _after_quote),
    (r"did not find expected|expected <block end>|chomping|comment or a line break|not allowed", _signed),
    (r"did not find expected|expected <block end>|expected '<document start>'|not allowed", _indentation),
)
