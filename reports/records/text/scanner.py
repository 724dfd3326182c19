"""Signs in a data file that a YAML parser misreads or explains badly, found in the text itself.

Chinese input methods, Word and web pages leave signs that look right and are not: full-width colons, special
spaces, control characters. `findings` reports them with the text to put in their place, so that the parser
can go on behind them. To look for one more sign, write a function from one line to findings in `line_rules`, and
put what betrays it into _SUSPECT.

Only where a key, a dash or indentation is expected is a sign wrong; in a text it stays what it is.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from reports.diagnostics.problems import Problem, Where
from reports.records.text.characters import ODD_DASHES, ODD_SPACES, Finding, sign_code

#: So many findings of one file are told; a thousand would not help more.
MOST = 50
#: Longer lines are no person's work, and patterns that look ahead would take long on them.
LONGEST = 2000


def findings(text: str) -> list[Finding]:
    """Return what is wrong with the signs of *text*, in order, at most MOST of them."""
    scans = (
        _control_characters,
        _turning_signs,
        _lost_letters,
        _split_records,
        _joined_records,
        _in_structure,
    )
    found = [finding for scan in scans for finding in islice(scan(text), MOST)]
    return sorted(found, key=lambda finding: finding.start)[:MOST]


class Lines:
    """From an offset in a text to its line and column."""

    def __init__(self, label: str, text: str) -> None:
        self.label, self.text = label, text
        self.starts: list[int] = []

    def where(self, start: int, length: int = 1) -> Where:
        """The place of *length* characters at *start*."""
        if not self.starts:
            self.starts = [0, *(i + 1 for i, sign in enumerate(self.text) if sign == "\n")]
        line = bisect.bisect_right(self.starts, start)
        column = start - self.starts[line - 1] + 1
        return Where(self.label, line, column, column + length)

    def problem(self, found: Finding) -> Problem:
        """Say what was found, at its place."""
        return Problem(self.where(found.start, found.length), found.code, found.args, found.severity)


class Moved:
    """From the columns of the mended text back to those of the text as it was typed."""

    def __init__(self, lines: Lines, found: list[Finding]) -> None:
        self._longer: dict[int, list[tuple[int, int, int]]] = {}
        for one in found:
            if one.instead is not None and len(one.instead) != one.length:
                place = lines.where(one.start)
                change = (place.column, one.length, len(one.instead))
                self._longer.setdefault(place.line, []).append(change)

    def __bool__(self) -> bool:
        return bool(self._longer)

    def column(self, line: int, column: int) -> int:
        """The column where the sign at *column* was typed."""
        grown = 0
        for at, length, instead in self._longer.get(line, ()):
            if column < at + grown + instead:
                return min(column - grown, at + length)
            grown += instead - length
        return column - grown


def mended(text: str, found: list[Finding]) -> str:
    """Return *text* with what the findings say instead; tabs in empty lines harm only libyaml, and go too."""
    pieces, at = [], 0
    for finding in found:
        if finding.instead is not None and finding.start >= at:
            pieces += [text[at : finding.start], finding.instead]
            at = finding.start + finding.length
    text = "".join([*pieces, text[at:]]) if pieces else text
    text = _CONTROL.sub(" ", text) if found else text  # more of them than are told
    return _EMPTY_WITH_TAB.sub(lambda line: " " * len(line[0]), text) if "\t" in text else text


_EMPTY_WITH_TAB = re.compile(r"^[ \t]+(?=$|#)", re.MULTILINE)


# --- anywhere in the file -----------------------------------------------------------------------------------

# Beside what YAML forbids: the line ends of other alphabets (which YAML counts as lines and editors do not) and
# the byte order mark. C1 controls come from Windows-1252 read as Latin-1.
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ue000-\ue00f]")


def _control_characters(text: str) -> Iterator[Finding]:
    """No invisible control characters, nor those the product itself marks values with."""
    for match in _CONTROL.finditer(text):
        sign = match[0]
        code = "template/reserved-character" if "\ue000" <= sign <= "\ue00f" else "yaml/control-character"
        yield Finding(match.start(), 1, code, {"code": sign_code(sign)}, " ")


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _turning_signs(text: str) -> Iterator[Finding]:
    """Invisible signs that turn the direction of writing: what is read is not what stands there."""
    for match in _TURNING.finditer(text):
        yield Finding(match.start(), 1, "yaml/turns-text", {"code": sign_code(match[0])}, None, "warning")


_LOST = re.compile("\ufffd+|(?:锟斤拷)+")


def _lost_letters(text: str) -> Iterator[Finding]:
    """What a program leaves that opened a file in a wrong encoding and saved it; 锟斤拷 is the same, read as GBK."""
    if "\ufffd" not in text and "锟斤拷" not in text:  # faster than to look for either
        return
    for match in _LOST.finditer(text):
        yield Finding(match.start(), len(match[0]), "yaml/lost-letters", {"lost": match[0][:20]}, match[0])


# --- where a key, a dash or indentation is expected -----------------------------------------------------------


_SPLIT = re.compile(r"- id:[^\n]*\n *(?P<dash>-) +(?!id:)[a-z_]+:")


def _split_records(text: str) -> Iterator[Finding]:
    """A dash begins a record, and no second field of one."""
    for match in _SPLIT.finditer(text):
        first, second = match.start(), match.start("dash")
        if first - text.rfind("\n", 0, first) == second - text.rfind("\n", 0, second):
            yield Finding(second, 1, "yaml/extra-dash", {}, " ")


def _joined_records(text: str) -> Iterator[Finding]:
    """A second `id:` in a record begins another one, whose dash was forgotten."""
    if not _DASHLESS.search(text):  # next to no file has one
        return
    start, column = 0, -1  # column: where the fields of a record stand whose id was seen
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if line.startswith("- id:", indent):
            column = indent + 2
        elif indent < column and line.strip() and not line.lstrip().startswith("#"):
            column = -1
        elif indent == column and line.startswith("id:", indent):
            yield Finding(
                start + indent - 2, 2, "yaml/no-dash", {"field": line.split(" #")[0].strip()[:40]}, "- "
            )
        start += len(line) + 1


_DASHLESS = re.compile(r"\n +id:")


def _in_structure(text: str) -> Iterator[Finding]:
    if not any(sign.search(f"\n{text}") for sign in _SUSPECT):
        return
    from reports.records.text.line_rules import LINE_SCANS, structure  # noqa: PLC0415 - most files never need these patterns

    for start, line in structure(text):
        for scan in LINE_SCANS if len(line) <= LONGEST else ():
            for found in scan(line):
                yield replace(found, start=start + found.start)


#: Where none of these is found, nobody looks at the lines one by one: most files are right. Each begins with
#: one sign, which is looked for much faster than a choice of signs, and none looks on past its next beginning: a file
#: of nothing but brackets is read in one go.
_SUSPECT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\n *[\t{ODD_SPACES}{ODD_DASHES}＃*;；<>=/]",
        r"\n *\d+[.、)）]",
        r"#(?<= #)(?:\d|(?:[^\n#]|(?<! )#)*[）】》”」)}\]])",
        *(rf"{sign}[{ODD_SPACES}]" for sign in "-:"),
        *(rf"{sign} *[a-z][\w-]* *(?:: |：)" for sign in "，、；;"),
        r"\[[^][\n]*[，、；]",
        r"：(?<=[a-z ]：)",
        r": +[｛［｜【〔]",
        r"=(?<=[a-z_ ]=)",
        r"＃(?<= ＃)",
        r"-(?<=[\n -]-)[^\s\d.-]",
        r":(?<=[a-z]:)(?=[^\s/])",
    )
)
