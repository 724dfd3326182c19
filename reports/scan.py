"""Signs in a data file that a YAML parser misreads or explains badly, found in the text itself.

Chinese input methods, Word and web pages leave signs that look right and are not: full-width colons, special
spaces, control characters. `findings` reports them with the text to put in their place, so that the parser
can go on behind them. To look for one more sign, write a function from one line to findings and put it into
LINE_SCANS, and what betrays it into _SUSPECT.

Only where a key, a dash or indentation is expected is a sign wrong; in a text it stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

#: So many findings of one file are told; a thousand would not help more.
MOST = 50
#: Longer lines are no person's work, and patterns that look ahead would take long on them.
LONGEST = 2000


class Finding(Struct, frozen=True):
    """*length* characters at *start* are wrong; *instead* is what the parser is given (None: nothing helps).
    Of a warning, the parser sees nothing."""

    start: int
    length: int
    code: str
    args: dict[str, object] = field(default_factory=dict)
    instead: str | None = None
    severity: Literal["error", "warning"] = "error"


def findings(text: str) -> list[Finding]:
    """Return what is wrong with the signs of *text*, in order, at most MOST of them."""
    found = [*islice(_control_characters(text), MOST), *islice(_in_structure(text), MOST)]
    return sorted(found, key=lambda finding: finding.start)[:MOST]


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


def sign_code(sign: str) -> str:
    """Name a character by its number in Unicode."""
    return f"U+{ord(sign):04X}"


# --- where a key, a dash or indentation is expected -----------------------------------------------------------

_ODD_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
_ODD_DASHES = "－–—−•·"
_KEY = r"[a-z][a-z_-]*(?:-Hant)?"
_LEAD = rf"[ \t{_ODD_SPACES}]*(?:[-{_ODD_DASHES}][ \t{_ODD_SPACES}]*)*"


def _in_structure(text: str) -> Iterator[Finding]:
    if not any(sign.search(text) for sign in _SUSPECT):
        return
    for start, line in structure(text):
        for scan in LINE_SCANS if len(line) <= LONGEST else ():
            for found in scan(line):
                yield replace(found, start=start + found.start)


_LINE = re.compile(
    rf"(?P<lead>{_LEAD})(?P<key>\w[\w.-]*|\"[^\"]*\"|'[^']*')[{_ODD_SPACES} ]*(?::(?=\s|$)|：)\s*(?P<value>.*)"
)
_ITEM_TEXT = re.compile(rf"(?P<lead>[ \t{_ODD_SPACES}]*(?:-[ ]+)+)(?P<value>[^\s#].*)")
_ITEM = re.compile(rf"(?P<lead>[ \t{_ODD_SPACES}]*(?:-[ ]+)*)-[ ]+[^\s#]")


def structure(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold keys, dashes or brackets, with their start; what continues a text is left out."""
    start, owner = 0, -1  # owner: lines indented deeper than this column continue a text
    for line in text.split("\n"):
        bare = line.strip()
        if bare and not (owner >= 0 and _indent(line) > owner):
            owner = _owner(line)
            if not bare.startswith("#"):
                yield start, line
        start += len(line) + 1


def _owner(line: str) -> int:
    """The column behind which following lines continue the value of *line*; -1 where it has none to continue."""
    pair = _LINE.match(line) or _GLUED.match(line)
    if pair:
        value = pair["value"]
        return -1 if not value or value[0] in "{[#&｛［" else len(pair["lead"])
    item = _ITEM.match(line)
    return len(item["lead"]) if item and line[item.end() - 1] not in "{[" else -1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_TAB = re.compile(r" *\t\s*[^\s#\]},]")


def _tab(line: str) -> Iterator[Finding]:
    """Indentation is made of spaces."""
    if _TAB.match(line):
        yield Finding(line.index("\t"), 1, "yaml/tab")


_SPACED = re.compile(rf"(?:[ ]*|{_LEAD}-|{_LEAD}{_KEY}:)(?P<odd>[{_ODD_SPACES}]+)")


def _odd_space(line: str) -> Iterator[Finding]:
    """Before a key, behind a dash and behind a colon stands an ordinary space."""
    match = _SPACED.match(line)
    if match and _LINE.match(line):
        odd = match["odd"]
        # A full-width space was typed to fill two columns.
        spaces = "".join("  " if sign == "\u3000" else " " for sign in odd)
        yield Finding(match.start("odd"), len(odd), "yaml/space", {"code": sign_code(odd[0])}, spaces)


_DASHED = re.compile(rf"[ ]*(?P<dash>[{_ODD_DASHES}])[ ]*{_KEY}[ ]*[:：]")


def _odd_dash(line: str) -> Iterator[Finding]:
    """A record begins with an ordinary hyphen."""
    match = _DASHED.match(line)
    if match:
        at = match.start("dash")
        instead = "-" if line[at + 1] == " " else "- "
        yield Finding(at, 1, "yaml/full-width", {"found": match["dash"], "meant": "-"}, instead)


_COLON = re.compile(rf"{_LEAD}{_KEY}[ ]*(?P<colon>：)")


def _full_width_colon(line: str) -> Iterator[Finding]:
    """Behind a key stands an ordinary colon."""
    match = _COLON.match(line)
    if match:
        yield _colon(line, match.start("colon"))


def _colon(line: str, at: int) -> Finding:
    instead = ":" if line[at + 1 : at + 2] in ("", " ") else ": "
    return Finding(at, 1, "yaml/full-width", {"found": "：", "meant": ":"}, instead)


# A dash may begin a text with a colon in it; an id it cannot begin. Addresses hold colons, too.
_GLUED = re.compile(rf"(?P<lead>[ ]*|[ ]*-[ ]+(?=id:))(?P<key>{_KEY}):(?P<value>(?!//)[^\s:].*)")


def _no_space_behind_colon(line: str) -> Iterator[Finding]:
    """Behind a colon stands a space."""
    match = _GLUED.match(line)
    if match and match["key"] != "mailto" and match["value"][0] not in _ODD_SPACES:
        yield _glued(match, line)


def _glued(match: re.Match[str], line: str) -> Finding:
    start, end = match.span("key")
    value = re.split(r"[,}]|[ ]#", line[end + 1 :])[0].strip()
    return Finding(
        start,
        end + 1 - start,
        "yaml/colon-space",
        {"key": match["key"], "value": value},
        line[start : end + 1] + " ",
    )


_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|(?<![^\s{\[,:])'(?:[^']|'')*'")
_FLOW_COLON = re.compile(rf"[{{｛,，][ ]*{_KEY}[ ]*(?P<colon>：)")
_FLOW_GLUED = re.compile(rf"[{{,][ ]*(?P<key>{_KEY}):(?!//)(?=[^\s:{_ODD_SPACES}])")
_FLOW_LIST = re.compile(r"\[[^\[\]{]*\]")
_FLOW_COMMA = re.compile(rf"(?P<comma>[，、；])[ ]*{_KEY}[ ]*(?::[ ]|：)")


def _in_brackets(line: str) -> Iterator[Finding]:
    """In {zh: …, en: …} colons and commas are ordinary ones, and a space follows a colon."""
    opened = re.search(r"(?:^|[\s\[:：-])[{｛]", line)
    if not opened:
        return
    bare = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), line)
    unlisted = _FLOW_LIST.sub(lambda listed: "\0" * len(listed[0]), bare)
    yield from (_glued(match, line) for match in _FLOW_GLUED.finditer(unlisted, opened.start()))
    yield from (_colon(line, m.start("colon")) for m in _FLOW_COLON.finditer(bare, opened.start()))
    for match in _FLOW_COMMA.finditer(bare, opened.start()):
        args: dict[str, object] = {"found": match["comma"], "meant": ","}
        yield Finding(match.start("comma"), 1, "yaml/full-width", args, ",")


_OPENING = re.compile(rf"{_LEAD}{_KEY}:[ ]+(?P<sign>[｛［｜])")
_ASCII = {"｛": "{", "［": "[", "｜": "|", "｝": "}", "］": "]"}


def _full_width_bracket(line: str) -> Iterator[Finding]:
    """Brackets around a mapping or a list are ordinary ones."""
    match = _OPENING.match(line)
    if not match or (match["sign"] == "｜" and line[match.end() :].strip()):
        return
    places = [match.start("sign")]
    if line.rstrip()[-1] in "｝］":
        places.append(len(line.rstrip()) - 1)
    for at in places:
        args: dict[str, object] = {"found": line[at], "meant": _ASCII[line[at]]}
        yield Finding(at, 1, "yaml/full-width", args, _ASCII[line[at]])


def _full_width_hash(line: str) -> Iterator[Finding]:
    """A comment begins with an ordinary hash sign."""
    start = len(line) - len(line.lstrip())
    if line[start] == "＃":
        yield Finding(start, 1, "yaml/full-width", {"found": "＃", "meant": "#"}, "#")


_HASH = re.compile(r"(?<=\S)[ ]+(?P<hash>#(?P<lost>.+))")
_CLOSES = {"）": "（", "】": "【", "》": "《", "”": "“", "」": "「", ")": "(", "}": "{", "]": "["}


def _swallowing_hash(line: str) -> Iterator[Finding]:
    """A hash sign behind a space begins a comment, also where a number is meant: 供应商 #2.

    Comments begin with a letter or a space, and close no bracket that the value opened.
    """
    pair = _LINE.match(line) or _ITEM_TEXT.match(line)
    if not pair or pair["value"][:1] in {"", "|", ">"}:
        return
    bare = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), line)
    found = _HASH.search(bare, pair.start("value") - 1)
    if not found or "\0" in found["lost"] or bare[pair.start("value")] == "\0":
        return
    cuts = _cuts(bare[pair.start("value") : found.start("hash")], found["lost"])
    if not cuts and not found["lost"][0].isdigit():
        return
    lost, length = found["hash"].strip()[:40], len(found["hash"].rstrip())
    # In brackets nothing else can be read; elsewhere the value is what YAML says, and only a warning is due.
    if cuts and cuts in "}]":
        yield Finding(found.start("hash"), length, "yaml/hash", {"lost": lost}, "＃" + found["lost"].rstrip())
    else:
        yield Finding(found.start("hash"), length, "yaml/hash", {"lost": lost}, None, "warning")


def _cuts(value: str, lost: str) -> str:
    """The bracket that *value* opens and *lost* closes, "" where there is none."""
    for close, opening in _CLOSES.items():
        if value.count(opening) > value.count(close) and lost.count(close) > lost.count(opening):
            return close
    return ""


LINE_SCANS: tuple[Callable[[str], Iterator[Finding]], ...] = (
    _tab,
    _odd_space,
    _odd_dash,
    _full_width_colon,
    _no_space_behind_colon,
    _in_brackets,
    _full_width_bracket,
    _full_width_hash,
    _swallowing_hash,
)

#: Where none of these is found, nobody looks at the lines one by one: most files are right.
_SUSPECT = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^ *[\t{_ODD_SPACES}{_ODD_DASHES}＃]",
        r"\S +#(?:\d|.*[）】》”」)}\]])",
        rf"[-:][{_ODD_SPACES}]",
        r"[，、；] *[a-z]",
        r"(?<=[a-z ])：",
        r": +[｛［｜]",
        r"(?<=[a-z]):(?=[^\s/])",
    )
)
