"""What is looked for in the lines of a data file that hold keys, dashes or brackets.

Read only for files in which `scan` found a sign that is often wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reports.model.values import LANGUAGES
from reports.records.text.characters import ODD_DASHES, ODD_SPACES, Finding, sign_code

_KEY = r"[a-z][a-z_-]*(?:-Hant)?"
_LEAD = rf"[ \t{ODD_SPACES}]*(?:[-{ODD_DASHES}][ \t{ODD_SPACES}]*)*"

_LINE = re.compile(
    rf"(?P<lead>{_LEAD})(?P<key>\w[\w.-]*|\"[^\"]*\"|'[^']*')[{ODD_SPACES} ]*(?::(?=\s|$)|：)\s*(?P<value>.*)"
)
_ITEM_TEXT = re.compile(rf"(?P<lead>[ \t{ODD_SPACES}]*(?:-[ ]+)+)(?P<value>[^\s#].*)")
_ITEM = re.compile(rf"(?P<lead>[ \t{ODD_SPACES}]*(?:-[ ]+)*)-[ ]+[^\s#]")


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
    pair = _LINE.match(line) or _GLUED.match(line) or _EQUALS.match(line)
    if pair:
        value = pair["value"]
        return -1 if not value or value[0] in "{[#&｛［【" else len(pair["lead"].expandtabs(_TAB_WIDTH))
    item = _ITEM.match(line)
    return len(item["lead"]) if item and line[item.end() - 1] not in "{[" else -1


def _indent(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(_TAB_WIDTH))


_TAB_WIDTH = 4
_TAB = re.compile(r" *\t\s*[^\s#\]},]")


def _tab(line: str) -> Iterator[Finding]:
    """Indentation is made of spaces; read on as if a tab were as wide as in most editors."""
    if _TAB.match(line):
        start, end = line.index("\t"), len(line) - len(line.lstrip(" \t"))
        wide = len(line[:end].expandtabs(_TAB_WIDTH)) - start
        yield Finding(start, end - start, "yaml/tab", {}, " " * wide)


_SPACED = re.compile(rf"(?P<before>[ ]*|{_LEAD}[-{ODD_DASHES}]|{_LEAD}{_KEY}:)(?P<odd>[{ODD_SPACES}]+)")
#: A full-width space in front was typed to fill two columns; nobody sees one without width.
_AS_WIDE = {"\u3000": "  ", "\u200b": ""}


def _odd_space(line: str) -> Iterator[Finding]:
    """Before a key, behind a dash and behind a colon stands an ordinary space."""
    match = _SPACED.match(line)
    if match and _LINE.match(line):
        odd = match["odd"]
        in_front = not match["before"].strip()
        spaces = "".join(_AS_WIDE.get(sign, " ") for sign in odd) if in_front else " "
        yield Finding(match.start("odd"), len(odd), "yaml/space", {"code": sign_code(odd[0])}, spaces)


_DASH_GLUED = re.compile(r"(?:[ ]*-)*[ ]*-(?=[^\s\d.\-])")


def _no_space_behind_dash(line: str) -> Iterator[Finding]:
    """Behind a dash that begins an entry stands a space."""
    match = _DASH_GLUED.match(line)
    if match and line[match.end()] not in ODD_SPACES:
        value = re.split(r"[ ]#", line[match.end() :])[0].strip()
        yield Finding(match.end() - 1, 1, "yaml/dash-space", {"value": value[:40]}, "- ")


_DASHED = re.compile(rf"[ ]*(?P<dash>[{ODD_DASHES}])[ {ODD_SPACES}]*{_KEY}[ ]*[:：]")


def _odd_dash(line: str) -> Iterator[Finding]:
    """A record begins with an ordinary hyphen."""
    match = _DASHED.match(line)
    if match:
        at = match.start("dash")
        instead = "-" if line[at + 1].isspace() else "- "
        yield Finding(at, 1, "yaml/full-width", {"found": match["dash"], "meant": "-"}, instead)


_BULLET = re.compile(rf"[ ]*(?P<sign>\*(?=[ ])|\d{{1,2}}[.、)）])[ ]*{_KEY}[ ]*(?::(?:\s|$)|：)")


def _other_bullet(line: str) -> Iterator[Finding]:
    """A record begins with a hyphen, not with a star or a number."""
    if match := _BULLET.match(line):
        args: dict[str, object] = {"found": match["sign"], "meant": "-"}
        instead = "-" if line[match.end("sign")] == " " else "- "
        yield Finding(match.start("sign"), len(match["sign"]), "yaml/bullet", args, instead)


_REMARK = re.compile(r"[ ]*(?P<sign>//|/\*|；|;)")
_CONFLICT = re.compile(r"(?:<<<<<<<|>>>>>>>)[ ]|=======$")


def _other_comment(line: str) -> Iterator[Finding]:
    """A comment begins with a hash sign; what git leaves where two people changed the same line is none."""
    if match := _REMARK.match(line):
        yield Finding(match.start("sign"), len(match["sign"]), "yaml/comment", {"found": match["sign"]}, "#")
    elif _CONFLICT.match(line):
        yield Finding(0, len(line.rstrip()), "yaml/conflict", {}, "#" + line[1:])


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
    if match and match["key"] != "mailto" and match["value"][0] not in ODD_SPACES:
        yield _glued(match, line)


# Only an id: `- e = mc²` is a text in a list.
_EQUALS = re.compile(
    rf"(?P<lead>[ ]*(?:-[ ]+(?=id\b))?)(?P<key>{_KEY})[ ]*(?P<sign>=)[ ]*(?P<value>[^\s=].*)"
)


def _equals_sign(line: str) -> Iterator[Finding]:
    """Between a field and its value stands a colon."""
    match = _EQUALS.match(line)
    if match and not _LINE.match(line):
        start, end = match.end("key"), match.start("value")
        args: dict[str, object] = {"key": match["key"], "value": match["value"].split(" #")[0].strip()[:40]}
        yield Finding(start, end - start, "yaml/equals", args, ": ")


_ONE_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'|[{\[].*?(?=[ ]#|$)|.*?(?=[,}]|[ ]#|$)")


def _glued(match: re.Match[str], line: str) -> Finding:
    start, end = match.span("key")
    value = _ONE_VALUE.match(line, end + 1)
    args: dict[str, object] = {"key": match["key"], "value": value[0].strip() if value else ""}
    return Finding(start, end + 1 - start, "yaml/colon-space", args, line[start : end + 1] + " ")


_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|(?<![^\s{\[,:])'(?:[^']|'')*'")
_FLOW_COLON = re.compile(rf"[{{｛,，][ ]*{_KEY}[ ]*(?P<colon>：)")
_FLOW_GLUED = re.compile(rf"[{{,][ ]*(?P<key>{_KEY}):(?!//)(?=[^\s:{ODD_SPACES}])")
_FLOW_LIST = re.compile(r"\[[^\[\]{]*\]")
_FLOW_COMMA = re.compile(rf"(?P<comma>[，、；;])[ ]*{_KEY}[ ]*(?::[ ]|：)")


_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ID_LIST = re.compile(rf"[^:]*:[ ]+\[[ ]*{_ID}(?:[ ]*[,，、；][ ]*{_ID})*[ ]*\][ ]*(?:#|$)")


def _list_comma(line: str) -> Iterator[Finding]:
    """In a list of ids commas are ordinary ones."""
    match = _ID_LIST.match(line)
    for found in re.finditer("[，、；]", line[: match.end()]) if match else ():
        args: dict[str, object] = {"found": found[0], "meant": ","}
        yield Finding(found.start(), 1, "yaml/full-width", args, ", ")


def _in_brackets(line: str) -> Iterator[Finding]:
    """In {zh: …, en: …} colons and commas are ordinary ones, and a space follows a colon."""
    if black := _BLACK.match(line):
        line = f"{line[: black.start('sign')]}｛{line[black.end('sign') :]}"
    opened = re.search(r"(?:^|[\s\[［:：-])[{｛]", line)
    if not opened:
        return
    bare = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), line)
    unlisted = _FLOW_LIST.sub(lambda listed: "\0" * len(listed[0]), bare)
    yield from (_glued(match, line) for match in _FLOW_GLUED.finditer(unlisted, opened.start()))
    yield from (_colon(line, m.start("colon")) for m in _FLOW_COLON.finditer(bare, opened.start()))
    for match in _FLOW_COMMA.finditer(bare, opened.start()):
        args: dict[str, object] = {"found": match["comma"], "meant": ","}
        yield Finding(match.start("comma"), 1, "yaml/full-width", args, ",")


_OPENING = re.compile(rf"{_LEAD}{_KEY}(?::[ ]+|[ ]*：[ ]*)(?P<sign>[｛［｜])")
#: 【zh：…】: round fields they are meant for braces; round words they belong to a text.
_BLACK = re.compile(
    rf"{_LEAD}{_KEY}(?::[ ]+|[ ]*：[ ]*)(?P<sign>[【〔])[ ]*{_KEY}[ ]*(?::[ ]|：).*[】〕][ ]*(?:#|$)"
)
_ASCII = {"｛": "{", "［": "[", "｜": "|", "｝": "}", "］": "]", "【": "{", "〔": "{", "】": "}", "〕": "}"}


def _full_width_bracket(line: str) -> Iterator[Finding]:
    """Brackets around a mapping or a list are ordinary ones."""
    match = _OPENING.match(line) or _BLACK.match(line)
    if not match or (match["sign"] == "｜" and line[match.end("sign") :].strip()):
        return
    first = match.start("sign")
    bare = re.sub(r"\s+#.*", "", line).rstrip()
    pairs = {"｛": "｝", "［": "］", "【": "】", "〔": "〕"}
    places = [first]
    if line[first : first + 2] == "［｛" and bare.endswith("｝］"):
        places += [first + 1, len(bare) - 2, len(bare) - 1]
    elif bare[-1] in pairs.get(line[first], "") or bare[-1] in "｝］":
        places.append(len(bare) - 1)
    for at in places:
        args: dict[str, object] = {"found": line[at], "meant": _ASCII[line[at]]}
        yield Finding(at, 1, "yaml/full-width", args, _ASCII[line[at]])


def _full_width_hash(line: str) -> Iterator[Finding]:
    """A comment begins with an ordinary hash sign, also behind a value that has ended."""
    start = len(line) - len(line.lstrip())
    behind = _BEHIND.match(line) if "＃" in line else None
    if behind:
        start = behind.start("hash")
    if line[start] == "＃":
        yield Finding(start, 1, "yaml/full-width", {"found": "＃", "meant": "#"}, "#")


_BEHIND = re.compile(r"[^\"'{\[]*(?:\"[^\"]*\"|'[^']*'|\{[^{}]*\}|\[[^\[\]]*\])[ ]+(?P<hash>＃)")
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
    # In brackets nothing else can be read, and behind `zh:` nothing is left; elsewhere the value is what YAML says,
    # and only a warning is due.
    nothing_left = found.start("hash") == pair.start("value") and pair.groupdict().get("key") in LANGUAGES
    if (cuts and cuts in "}]") or nothing_left:
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
    _no_space_behind_dash,
    _odd_dash,
    _other_bullet,
    _other_comment,
    _full_width_colon,
    _no_space_behind_colon,
    _equals_sign,
    _list_comma,
    _in_brackets,
    _full_width_bracket,
    _full_width_hash,
    _swallowing_hash,
)
