"""Dates as people type them, and the right writing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from reports.model.dates import parse_date
from reports.model.periods import MONTHS, Period

Guess = tuple[str, str]  # a message code, and what to type instead, "" where that cannot be known


def reads(reader: Callable[[Any], object], text: str) -> str:
    """*text*, where *reader* takes it; else nothing is suggested."""
    try:
        reader(text)
    except ValueError:
        return ""
    return text


_DIGITS = {sign: str(i) for i, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
FULL = str.maketrans("０１２３４５６７８９－／．：％", "0123456789-/.:%")
NUMBER_WORD = r"[〇零○一二三四五六七八九十\d]+"
_CHINESE_DATE = re.compile(rf"({NUMBER_WORD})年(?:({NUMBER_WORD})月(?:({NUMBER_WORD})[日号])?)?")
_SIGNED_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_MONTH_WORDS = {word: i for i, name in enumerate(MONTHS, 1) for word in (name.lower(), name[:3].lower())}
_ENGLISH_DATE = re.compile(r"(?:(\d{1,2})[\s-]+)?([A-Za-z]{3,9})\.?[\s-]+(?:(\d{1,2}),?\s+)?(\d{4})")
_MONTH_BETWEEN = re.compile(r"(\d{4})-([A-Za-z]{3,9})(?:-(\d{1,2}))?")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*-?\s*第?([Qq]?)([0-9一二三四五])(季度)?")
_HALF = re.compile(r"(\d{4})\s*年?\s*-?\s*([Hh][12]|上半年|下半年)")


def number_of(word: str) -> int:
    """二十八, 二〇二三, 12 as a number."""
    if "十" in word:
        tens, _, ones = word.partition("十")
        return number_of(tens or "一") * 10 + (number_of(ones) if ones else 0)
    return int("".join(_DIGITS.get(sign, sign) for sign in word))


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    return reads(parse_date, "-".join(parts))


def _chinese_date(text: str) -> Guess | None:
    """2023年6月8日, 二〇二三年六月, 2023 年 6 月 8 日; of 99年 the century has to be said."""
    found = _CHINESE_DATE.fullmatch(re.sub(r"\s+", "", text.translate(FULL)))
    if not found:
        return None
    parts = [number_of(part) for part in found.groups() if part]
    return ("value/date-words", _iso(*parts)) if parts[0] >= 100 else ("value/date-year", "")


def _english_date(text: str) -> Guess | None:
    """8 June 2023, June 8, 2023, Jun 2023, 2023-Jun-08"""
    found, between = _ENGLISH_DATE.fullmatch(text), _MONTH_BETWEEN.fullmatch(text)
    if found:
        year, word, day = found[4], found[2], found[1] or found[3]
    elif between:
        year, word, day = between.groups()
    else:
        return None
    month = _MONTH_WORDS.get(word.lower())
    if month is None:
        return None
    return "value/date-words", _iso(int(year), month, int(day) if day else None)


def _unfilled_date(text: str) -> Guess | None:
    """2023-2-1, 2023/6/8, 2023.6"""
    found = _SIGNED_DATE.fullmatch(text.translate(FULL))
    if not found:
        return None
    near = _iso(int(found[1]), int(found[3]), int(found[4]) if found[4] else None)
    return ("value/date-zeros" if found[2] == "-" and text.isascii() else "value/date-signs"), near


def _span(text: str) -> Guess | None:
    """2011-2012, 2011—2012, 2011至2012, 20230608, 2023—06"""
    found = re.fullmatch(r"(\d{4})\s*(?:-|–|—|~|～|至|到|to)\s*(\d{4})年?", text)
    if found:
        return "value/date-signs", reads(parse_date, f"{found[1]}/{found[2]}")
    day = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text)
    day = day or re.fullmatch(r"(\d{4})[–—−](\d\d)(?:[–—−](\d\d))?", text)
    return ("value/date-signs", _iso(*(int(part) for part in day.groups() if part))) if day else None


_DAY = r"\d{4}-\d\d(?:-\d\d)?"
_TO = r"\s*(?:–|—|~|～|至|到|\bto\b|/| - )\s*"
_DAYS = re.compile(
    r"(\d{4})年(\d{1,2})(?:月(?:(\d{1,2})日?)?)?\s*[-–—~～至到]\s*(?:(\d{1,2})月)?(?:(\d{1,2})日)?"
)
_LATER = frozenset(("待定", "未定", "不详", "未知", "暂无", "tbd", "tbc", "n/a", "?", "？"))


def _days(text: str) -> Guess | None:
    """2025-11-08至2025-11-10, 2025年11月8-10日, 2025年6月至7月"""
    plain = text.translate(FULL)
    if found := re.fullmatch(f"({_DAY}){_TO}({_DAY})", plain):
        return "value/date-signs", reads(parse_date, f"{found[1]}/{found[2]}")
    typed = [_unfilled_date(end) for end in re.split(_TO, plain)]
    if len(typed) == 2 and all(typed):
        return "value/date-zeros", reads(parse_date, "/".join(guess[1] for guess in typed if guess))
    spoken = _DAYS.fullmatch(plain)
    if not spoken or not (spoken[4] or spoken[5]) or bool(spoken[3]) != bool(spoken[5]):
        return None
    year, month, day, other_month, other_day = (int(part) if part else None for part in spoken.groups())
    ends = (_iso(year or 0, month, day), _iso(year or 0, other_month or month, other_day))
    return "value/date-words", reads(parse_date, "/".join(ends)) if all(ends) else ""


_DECADE = re.compile(rf"(?:(?:20|二十)世纪)?({NUMBER_WORD})年代|(\d{{3}})0年代|(\d{{3}})0s")
_TENS = {
    "二十": "2",
    "三十": "3",
    "四十": "4",
    "五十": "5",
    "六十": "6",
    "七十": "7",
    "八十": "8",
    "九十": "9",
}


def _decade(text: str) -> Guess | None:
    """20世纪90年代, 九十年代, 1990s"""
    found = _DECADE.fullmatch(text)
    if not found:
        return None
    said = found[1] or ""
    tens = _TENS.get(said) or (said[0] if re.fullmatch("[2-9]0", said) else "")
    full = found[2] or found[3] or (said[:3] if re.fullmatch(r"\d{3}0", said) else "")
    near = f"{full}X" if full else f"19{tens}X" if tens else ""
    return "value/date-words", reads(parse_date, near) if near else ""


def _bounded(text: str) -> Guess | None:
    """2025年前后, 2025年左右, after2025, 2025年以后, 2025年之前"""
    about = re.fullmatch(r"(\d{4})年?(?:前后|左右|上下)", text)
    later = re.fullmatch(r"(\d{4})年?(?:以后|之后|后)|after(\d{4}.*)", text)
    before = re.fullmatch(r"(\d{4})年?(?:以前|之前|前)|before(\d{4}.*)", text)
    for word, found in (("about", about), ("after", later), ("before", before)):
        if found:
            year = next(part for part in found.groups() if part)
            return "value/date-words", reads(parse_date, f"{word} {year}")
    return None


_PART = "年?初|年中|年?底|年?末|上旬|中旬|下旬|月中|[春夏秋冬][季天]?"
_VAGUE = re.compile(rf"(\d{{4}})(?:年|-|(?=[年春夏秋冬]))(?:(\d{{1,2}})月?)?(?:{_PART})")
_VAGUE_WORDS = re.compile(
    r"(?:(?:the )?(?:beginning|middle|end)(?: of)?|early|mid|late|spring|summer|autumn|fall|winter)"
    r"[\s-]+(?:of )?(?:([a-z]{3,9})\.? )?(\d{4})"
)


def _vague(text: str) -> Guess | None:
    """2025年底, 2023年3月上旬, end of 2025, late June 2023: only year or month are certain, the words stay as they
    are."""
    spoken, english = _VAGUE.fullmatch(text), _VAGUE_WORDS.fullmatch(text.casefold())
    if spoken:
        certain = _iso(int(spoken[1]), int(spoken[2]) if spoken[2] else None)
    elif english and (not english[1] or english[1] in _MONTH_WORDS):
        certain = _iso(int(english[2]), _MONTH_WORDS.get(english[1]))
    else:
        return None
    return "value/date-vague", f"{{date: {certain}, raw: {text}}}" if certain else ""


def _with_time(text: str) -> Guess | None:
    """2025-11-08T09:00: a date has no time of day."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d.*", text)
    return ("value/date", reads(parse_date, found[1])) if found else None


def _serial(text: str) -> Guess | None:
    """45000: the number by which a spreadsheet counts a day."""
    if not re.fullmatch(r"[3-5]\d{4}", text):
        return None
    return "value/date-serial", (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()


def _half_said(text: str) -> Guess | None:
    """23-06-08: which century? 6月8日: which year?"""
    plain = text.translate(FULL)
    if re.fullmatch(r"\d\d[-/.]\d{1,2}[-/.]\d{1,2}", plain):
        return "value/date-year", ""
    month = re.fullmatch(rf"{NUMBER_WORD}月(?:{NUMBER_WORD}[日号]|[上中下]旬|初|底)?", plain)
    return ("value/date-no-year", "") if month else None


def _later(text: str) -> Guess | None:
    """待定, TBD"""
    return ("value/date", "unknown") if text.casefold() in _LATER else None


def _period(text: str) -> Guess | None:
    """2023Q2 where a date belongs: a period has a first and a last month."""
    name = _period_name(text)
    if not name:
        return None
    try:
        period = Period.parse(name)
    except ValueError:
        return "value/no-such-quarter", ""
    return "value/date-period", f"{period.start:%Y-%m}/{period.end:%Y-%m}"


def _period_name(text: str) -> str:
    """2023Q2 of 2023年第二季度, 2023 q2; 2023H1 of 2023年上半年; "" where no quarter or half is meant."""
    half = _HALF.fullmatch(text.strip())
    if half:
        return f"{half[1]}H{'1' if half[2] == '上半年' or half[2].endswith('1') else '2'}"
    quarter = _QUARTER.fullmatch(text.strip())
    if quarter and (quarter[2] or quarter[4]):
        return f"{quarter[1]}Q{number_of(quarter[3])}"
    return ""


def _period_spelt(text: str) -> Guess | None:
    """2023Q5 is none; 2023年第二季度 is 2023Q2."""
    name = _period_name(text)
    if not name:
        chinese = _chinese_date(text)
        return ("job/period", chinese[1]) if chinese and chinese[1] else None
    near = reads(Period.parse, name)
    return ("job/period", near) if near else ("value/no-such-quarter", "")


#: The surest first.
DATES = (
    _period, _chinese_date, _english_date, _span, _days, _unfilled_date, _decade, _bounded, _vague, _with_time, _serial, _half_said, _later,
)  # fmt: skip
PERIODS = (_period_spelt,)
