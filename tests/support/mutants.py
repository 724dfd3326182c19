"""Spoils good files in the ways people and programs do: one seed is one mutant, always the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

#: A text and another good file to take from, to a spoilt text.
Mutation = Callable[[Random, str, str], str]

SIGNS = (
    *"：，、；。－–—【】｛｝［］＃“”‘’｜（）＝　\u00a0\u200b\ufeff\u2028\x85\0\x07\x0b\ue000\ue00f\ud7ff\U0010ffff",
    "\n", "\r", "\r\n", "\t", " ", "  ", "\n\n", ": ", ":", "- ", "-", ", ", '"', "'", "`", "\\", "#", " #",
    "{", "}", "[", "]", "*a", "&a ", "!x ", "!!python/object:os.system ", "<<: ", "? ", "|\n", ">-\n", "%", "@",
    "---\n", "...\n", "%YAML 1.1\n", "~", "null", "{{", "}}", "{%", "%}", "{#", "~~", "${x}", "%s", "{0}", "{a}",
)  # fmt: skip
WIDE = str.maketrans(",:-[]{}#\"'()|.0123456789 ", "，：－【】｛｝＃“‘（）｜．０１２３４５６７８９　")
NUMBERS = (
    "0", "-1", "1e3", "1_000", "010020", "0x1F", "0o17", "1e400", "-1e-400", ".inf", "NaN", "+5", "5%", "３０％",
    "3:7", "1:30:00", "99999999999999999999", "9" * 400, "9" * 5000, "1." + "3" * 400, "1,250,000", "1 250 000",
    "300万", "CHF 3.5 million", "-5 CNY", "5 CNY 3 EUR", "1/0", "²", "½", "٣", "一百", "30 %", "0.3", "1.2.3",
)  # fmt: skip
DATES = (
    "2023-02-30", "2023-2-1", "2023-13", "0000", "0000-00-00", "9999-12-31", "99999-01-01", "2023Q5", "2023Q0",
    "2023H3", "2023-06-08T14:30", "2023-06..2022-06", "2023..", "..2023", "2023/6/8", "8 June 2023", "June 2023",
    "2023年6月", "二〇二三年六月", "2023.06", "2023-06-08 / 2023-06-10", "1e9-01-01", "-2023", "２０２３－０６",
    "2024-02-29", "2023-02-29", "1582-10-10", "0001-01-01", "9999", "9999Q4", "0001H1", "2023-W23", "tomorrow",
)  # fmt: skip
WORDS = (
    "", "~", "NO", "on", "yes", "中文", "id", "zh", "en", "zh-Hant", "{}", "[]", "[[]]", "{zh: x}", "{en: }",
    '""', "''", "x" * 3000, "中" * 3000, "\U0001f600", "é", "ﬁ", "../../etc/passwd", "C:\\a\\b.png", "a/b",
    "con.png", "http://[::1", "mailto:", "<script>", "=1+1", "__class__", "a.b.c", "1", "-", ".", "/", "\\u0000",
)  # fmt: skip
ENCODINGS = ("gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "shift_jis")  # fmt: skip
_VALUE = re.compile(r"(?<=: )[^\n,{}\[\]]+")
_KEY = re.compile(r"(?<![\w.])[a-z_]+(?=:)")
_DIGITS = re.compile(r"[0-9]+")
_PUNCTUATION = re.compile(r"[,:\-\[\]{}#\"'()|]| +")


def mutant(rng: Random, data: bytes, donor: bytes) -> bytes:
    """*data* spoilt in one to four ways; *donor* is another good file, from which parts are put in."""
    text, other = data.decode("utf-8", "replace"), donor.decode("utf-8", "replace")
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        text = rng.choice(MUTATIONS)(rng, text, other)[:2_000_000]
    spoilt = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.04:
        spoilt = text.encode(rng.choice(ENCODINGS), "replace")
    return _bytes(rng, spoilt) if rng.random() < 0.1 else spoilt


def _bytes(rng: Random, data: bytes) -> bytes:
    """A few bytes cut out, others put in."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randint(0, len(data))
        data = data[:start] + rng.randbytes(rng.randint(0, 3)) + data[start + rng.randint(0, 8) :]
    return data


# --- signs --------------------------------------------------------------------------------------------------


def _signs(rng: Random, text: str, _other: str) -> str:
    for _ in range(rng.randint(1, 4)):
        start = rng.randint(0, len(text))
        text = text[:start] + rng.choice(SIGNS) + text[start + rng.choice((0, 0, 1, 1, 2, 8)) :]
    return text


def _swapped_signs(rng: Random, text: str, _other: str) -> str:
    at = rng.randrange(max(len(text) - 1, 1))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _full_width(rng: Random, text: str, _other: str) -> str:
    """Typed with a Chinese input method: a sign, a line or everything."""
    found = list(_PUNCTUATION.finditer(text))
    if not found or rng.random() < 0.02:
        return text.translate(WIDE)
    at = rng.choice(found)
    start, end = at.span()
    if rng.random() < 0.3:
        start, end = text.rfind("\n", 0, start) + 1, (text.find("\n", end) + 1 or len(text)) - 1
    return text[:start] + text[start:end].translate(WIDE) + text[end:]


# --- lines --------------------------------------------------------------------------------------------------


def _lines(rng: Random, text: str, _other: str) -> str:
    lines = text.split("\n")
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
        case _:
            cut = rng.randint(0, len(lines[at]))
            lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
    return "\n".join(lines)


def _indentation(rng: Random, text: str, _other: str) -> str:
    """Some lines stand further in or out than they should, or by other signs."""
    lines = text.split("\n")
    at, by = rng.randrange(len(lines)), rng.choice((" ", "  ", "\t", "    ", "　", "\u00a0", "- ", "-", "-"))
    for i in range(at, min(at + rng.choice((1, 1, 2, 5, 50)), len(lines))):
        less = lines[i].removeprefix(rng.choice((" ", "  ", "    ")))
        lines[i] = by + lines[i] if rng.random() < 0.6 else less
    return "\n".join(lines)


def _line_ends(rng: Random, text: str, _other: str) -> str:
    ends = rng.choice((("\r\n",), ("\r",), ("\n", "\r\n"), ("\n", "\r"), ("\n", "\x85"), ("\n", "\u2028")))
    return "".join(line + rng.choice(ends) for line in text.split("\n"))


def _truncated(rng: Random, text: str, _other: str) -> str:
    return text[: rng.randint(0, len(text))] if rng.random() < 0.8 else text[rng.randint(0, len(text)) :]


def _repeated(rng: Random, text: str, _other: str) -> str:
    """A block stands there twice, or two hundred times."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    block = lines[at : at + rng.choice((1, 2, 5, 10, 40))]
    return "\n".join([*lines[:at], *block * rng.choice((2, 2, 2, 3, 60, 200)), *lines[at:]])


def _spliced(rng: Random, text: str, other: str) -> str:
    """A piece of another file, cut anywhere or at lines."""
    if rng.random() < 0.5:
        return text[: rng.randint(0, len(text))] + other[rng.randint(0, len(other)) :]
    lines, donated = text.split("\n"), other.split("\n")
    at, since = rng.randrange(len(lines)), rng.randrange(len(donated))
    piece = donated[since : since + rng.choice((1, 3, 10, 60))]
    return "\n".join([*lines[:at], *piece, *lines[at + rng.choice((0, 0, 1, 3)) :]])


# --- values -------------------------------------------------------------------------------------------------


def _put(rng: Random, text: str, places: re.Pattern[str], new: str) -> str:
    found = list(places.finditer(text))
    if not found:
        return text + new
    at = rng.choice(found)
    return text[: at.start()] + new + text[at.end() :]


def _numbers(rng: Random, text: str, _other: str) -> str:
    return _put(rng, text, rng.choice((_VALUE, _DIGITS)), rng.choice(NUMBERS))


def _dates(rng: Random, text: str, _other: str) -> str:
    return _put(rng, text, re.compile(r"[0-9]{4}(?:[-QH.]+[0-9]+)*|(?<=date: )\S+"), rng.choice(DATES))


def _words(rng: Random, text: str, _other: str) -> str:
    return _put(rng, text, _VALUE, rng.choice(WORDS))


def _other_value(rng: Random, text: str, other: str) -> str:
    """A value from elsewhere: links to the wrong kind, circles, repeated ids."""
    found = _VALUE.findall(rng.choice((text, text, other)))
    return _put(rng, text, _VALUE, rng.choice(found)) if found else text


def _other_key(rng: Random, text: str, other: str) -> str:
    found = _KEY.findall(rng.choice((text, text, other)))
    return _put(rng, text, _KEY, rng.choice(found)) if found else text


def _no_value(rng: Random, text: str, _other: str) -> str:
    return _put(rng, text, _VALUE, "")


def _deep(rng: Random, text: str, _other: str) -> str:
    depth = rng.choice((2, 5, 20, 45, 60, 500))
    pair = rng.choice(("[]", "{}", ("{a: ", "}"), ("[[", "]]"), ("\n" + "  " * 20 + "- ", "")))
    return _put(rng, text, _VALUE, pair[0] * depth + "x" + pair[1] * rng.choice((depth, depth, 0, 1)))


def _anchors(rng: Random, text: str, _other: str) -> str:
    """Repetitions, some without end."""
    anchored = ("&a x", "&a [*a]", "&a {b: *a}", "&a [x, x]", "&a {zh: 甲, en: A}")
    text = _put(rng, text, _VALUE, rng.choice(anchored))
    for _ in range(rng.choice((1, 3, 120))):
        text = _put(rng, text, _VALUE, rng.choice(("*a", "*a", "*b", "[*a, *a]", "&a [*a, *a, *a]")))
    return text


MUTATIONS: Sequence[Mutation] = (
    *(_signs, _swapped_signs, _full_width, _lines, _indentation, _line_ends, _truncated, _repeated, _spliced),
    *(_numbers, _dates, _words, _other_value, _other_value, _other_key, _no_value, _deep, _anchors),
)
