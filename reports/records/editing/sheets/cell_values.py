"""What stands in a cell of a sheet, as the text an editor would type into YAML; nothing is guessed.

Excel makes numbers, days and times of what people type. What it shows is what was meant: a percentage comes back
with its sign, a date as precise as its format. A time is refused: 3:7 may have become one.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from msgspec import Struct

#: What a spreadsheet takes for the beginning of a formula, full-width signs included.
_ACTIVE = "=+-@\t\r＝＋－＠"
_HIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ue000-\ue00f]")

#: Signs of a number format; Excel allows no more.
_LONGEST_FORMAT = 255


class Trouble(Struct, frozen=True):
    """What is wrong with a cell: a message code and its arguments."""

    code: str
    args: dict[str, object]


def inert(text: str) -> str:
    """*text* so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in set(_ACTIVE) and text else text


def text_of(value: object, shown_as: str = "General", data_type: str = "s") -> str | Trouble:
    """Return what a cell says; *shown_as* is its number format, *data_type* what the file says it is."""
    if data_type == "f" or type(value).__name__.endswith("Formula"):
        return Trouble("sheet/formula", {})
    if data_type == "e":
        return Trouble("sheet/error", {"value": str(value)})
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number(value, shown_as)
        case datetime():
            return _day(value, shown_as)
        case date():
            return value.isoformat()
        case time() | timedelta():
            return Trouble("sheet/time", {"value": str(value)})
    return _text(str(value))


def _text(text: str) -> str | Trouble:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    found = _HIDDEN.search(text)
    if found:
        return Trouble("yaml/control-character", {"code": f"U+{ord(found[0]):04X}"})
    text = "\n".join(line.strip() for line in text.strip().split("\n"))
    return text[1:] if text[:1] == "'" and text[1:2] in set(_ACTIVE) else text


def _number(value: float, shown_as: str) -> str:
    """The number as it is shown: 0.3 in the format 0% is 30%, 10020 in the format 000000 is 010020."""
    plain = _bare(shown_as)
    exact = Decimal(f"{value:.15g}")  # behind fifteen digits a sheet holds noise
    if "%" in plain:
        return f"{_digits(exact * 100)}%"
    digits = _digits(exact)
    return digits.zfill(len(plain)) if re.fullmatch("0{2,}", plain) and digits.isdecimal() else digits


def _digits(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value: datetime, shown_as: str) -> str | Trouble:
    """A day, or the month or year where the format shows no more; a time of day is no part of any field."""
    if value.time() != time():
        return Trouble("sheet/time", {"value": value.isoformat(" ", "minutes")})
    plain = _bare(shown_as).lower()
    if "d" in plain or "y" not in plain:
        return value.date().isoformat()
    return value.strftime("%Y-%m") if "m" in plain else value.strftime("%Y")


def _bare(shown_as: str) -> str:
    """A number format without the texts in it."""
    first = shown_as.split(";", maxsplit=1)[0]
    return re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", first[:_LONGEST_FORMAT])
