"""Guesses at what a typed text was meant to be: the mistake by its name, and the right writing. See `better`.

To name one more mistake, write a function from the typed text to a code and a suggestion, and put it into CASES
behind the code it explains. Compiling the patterns takes 5 ms: the module is loaded when something is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from reports.naming import slug
from reports.period import MONTHS, Period
from reports.values import parse_date, parse_money, parse_quantity, parse_ratio, parse_share
from reports.wording import called

Guess = tuple[str, str]  # a message code, and what to type instead, "" where that cannot be known


def guess(code: str, text: str) -> Guess | None:
    """The first guess at *text* that fits *code*."""
    found = (case(text) for case in (_quotes, *CASES[code]))
    return next((guess for guess in found if guess is not None), None)


def in_its_field(code: str, text: str, args: Mapping[str, object]) -> str:
    """What was meant in this field: a choice by its Chinese name, a source by its id alone; "" where nothing is known."""
    match code:
        case "data/choice":
            named = {
                name: word for word in str(args.get("expected", "")).split(", ") for name in called(word)
            }
            return named.get(text.casefold(), "") or _among(_ALSO.get(text.casefold(), ""), args)
        case "value/text-language":
            return _LANGUAGES.get(str(args.get("key")).casefold(), "")
        case "data/yes-no":
            return _TRUTHS.get(text, "")
        case "schedule/zone":
            return _ZONES.get(text.casefold(), "")
        case "data/list" | "data/not-a-mapping" if args.get("field") == "source" and _ID.fullmatch(text):
            return f"[{{doc: {text}}}]" if code == "data/list" else f"{{doc: {text}}}"
        case "data/bad-id" if text.isascii():
            return slug(text)
    return ""


def _among(word: str, args: Mapping[str, object]) -> str:
    return word if word in str(args.get("expected", "")).split(", ") else ""


_ALSO = {"word": "docx", "doc": "docx", "markdown": "md", "web": "html", "网页": "html", "季度": "quarter", "月": "month",
         "年": "year", "年度": "year", "半年": "half", "周": "week", "线下": "in person", "现场": "in person", "线上": "online",
         "中文": "zh", "英文": "en", "繁体": "zh-Hant"}  # fmt: skip
_LANGUAGES = {"zh": "zh", "cn": "zh", "zh-cn": "zh", "chinese": "zh", "中文": "zh", "中": "zh", "en": "en", "eng": "en",
              "english": "en", "英文": "en", "英": "en", "zh-hant": "zh-Hant", "zh-tw": "zh-Hant", "繁体": "zh-Hant"}  # fmt: skip
_TRUTHS = {
    "是": "true",
    "有": "true",
    "对": "true",
    "√": "true",
    "✓": "true",
    "否": "false",
    "无": "false",
    "×": "false",
}
_ZONES = {"北京": "Asia/Shanghai", "北京时间": "Asia/Shanghai", "上海": "Asia/Shanghai", "asia/beijing": "Asia/Shanghai",
          "asia/peking": "Asia/Shanghai", "beijing": "Asia/Shanghai", "日内瓦": "Europe/Zurich", "geneva": "Europe/Zurich",
          "europe/geneva": "Europe/Zurich", "莫斯科": "Europe/Moscow", "巴黎": "Europe/Paris"}  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _reads(reader: Callable[[Any], object], text: str) -> str:
    """*text*, where *reader* takes it; else nothing is suggested."""
    try:
        reader(text)
    except ValueError:
        return ""
    return text


_QUOTES = re.compile(r"(?:“([^“”]*)”|‘([^‘’]*)’|「([^「」]*)」|＂([^＂]*)＂)")


def _quotes(text: str) -> Guess | None:
    """“abc”: such quotation marks are letters to YAML."""
    return ("value/quotes", "") if _QUOTES.fullmatch(text) else None


# --- dates ------------------------------------------------------------------------------------------------

_DIGITS = {sign: str(i) for i, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_FULL = str.maketrans("０１２３４５６７８９－／．：％", "0123456789-/.:%")
_NUMBER_WORD = r"[〇零○一二三四五六七八九十\d]+"
_CHINESE_DATE = re.compile(rf"({_NUMBER_WORD})年(?:({_NUMBER_WORD})月(?:({_NUMBER_WORD})[日号])?)?")
_SIGNED_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?")
_MONTH_WORDS = {word: i for i, name in enumerate(MONTHS, 1) for word in (name.lower(), name[:3].lower())}
_ENGLISH_DATE = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2}),\s*)?(\d{4})")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*-?\s*第?([Qq]?)([0-9一二三四五])(季度)?")
_HALF = re.compile(r"(\d{4})\s*年?\s*-?\s*([Hh][12]|上半年|下半年)")


def _number(word: str) -> int:
    """二十八, 二〇二三, 12 as a number."""
    if "十" in word:
        tens, _, ones = word.partition("十")
        return _number(tens or "一") * 10 + (_number(ones) if ones else 0)
    return int("".join(_DIGITS.get(sign, sign) for sign in word))


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    return _reads(parse_date, "-".join(parts))


def _chinese_date(text: str) -> Guess | None:
    """2023年6月8日, 二〇二三年六月"""
    found = _CHINESE_DATE.fullmatch(text.translate(_FULL))
    if not found:
        return None
    parts = [_number(part) for part in found.groups() if part]
    return "value/date-words", _iso(*parts)


def _english_date(text: str) -> Guess | None:
    """8 June 2023, June 8, 2023, Jun 2023"""
    found = _ENGLISH_DATE.fullmatch(text)
    month = _MONTH_WORDS.get(found[2].lower()) if found else None
    if found is None or month is None:
        return None
    day = found[1] or found[3]
    return "value/date-words", _iso(int(found[4]), month, int(day) if day else None)


def _unfilled_date(text: str) -> Guess | None:
    """2023-2-1, 2023/6/8, 2023.6"""
    found = _SIGNED_DATE.fullmatch(text.translate(_FULL))
    if not found:
        return None
    near = _iso(int(found[1]), int(found[3]), int(found[4]) if found[4] else None)
    return ("value/date-zeros" if found[2] == "-" and text.isascii() else "value/date-signs"), near


def _span(text: str) -> Guess | None:
    """2011-2012, 2011—2012, 2011至2012, 20230608"""
    found = re.fullmatch(r"(\d{4})\s*(?:-|–|—|~|～|至|到|to)\s*(\d{4})年?", text)
    if found:
        return "value/date-signs", _reads(parse_date, f"{found[1]}/{found[2]}")
    day = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text)
    return ("value/date-signs", _iso(*map(int, day.groups()))) if day else None


_DAY = r"\d{4}-\d\d(?:-\d\d)?"
_TO = r"\s*(?:–|—|~|～|至|到|\bto\b|/| - )\s*"
_DAYS = re.compile(
    r"(\d{4})年(\d{1,2})(?:月(?:(\d{1,2})日?)?)?\s*[-–—~～至到]\s*(?:(\d{1,2})月)?(?:(\d{1,2})日)?"
)
_LATER = frozenset(("待定", "未定", "不详", "未知", "暂无", "tbd", "tbc", "n/a", "?", "？"))


def _days(text: str) -> Guess | None:
    """2025-11-08至2025-11-10, 2025年11月8-10日, 2025年6月至7月"""
    plain = text.translate(_FULL)
    if found := re.fullmatch(f"({_DAY}){_TO}({_DAY})", plain):
        return "value/date-signs", _reads(parse_date, f"{found[1]}/{found[2]}")
    spoken = _DAYS.fullmatch(plain)
    if not spoken or not (spoken[4] or spoken[5]) or bool(spoken[3]) != bool(spoken[5]):
        return None
    year, month, day, other_month, other_day = (int(part) if part else None for part in spoken.groups())
    ends = (_iso(year or 0, month, day), _iso(year or 0, other_month or month, other_day))
    return "value/date-words", _reads(parse_date, "/".join(ends)) if all(ends) else ""


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
        return f"{quarter[1]}Q{_number(quarter[3])}"
    return ""


def _period_spelt(text: str) -> Guess | None:
    """2023Q5 is none; 2023年第二季度 is 2023Q2."""
    name = _period_name(text)
    if not name:
        chinese = _chinese_date(text)
        return ("job/period", chinese[1]) if chinese and chinese[1] else None
    near = _reads(Period.parse, name)
    return ("job/period", near) if near else ("value/no-such-quarter", "")


# --- figures ----------------------------------------------------------------------------------------------

_CHINESE_SCALES = {"万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_CURRENCY_WORDS = {
    "美元": "USD", "欧元": "EUR", "人民币": "CNY", "元": "CNY", "英镑": "GBP", "瑞士法郎": "CHF", "瑞郎": "CHF",
    "日元": "JPY", "卢布": "RUB", "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY",
    "dollars": "USD", "euros": "EUR", "yuan": "CNY", "RMB": "CNY",
}  # fmt: skip
_WORDS = "|".join(re.escape(word) for word in sorted(_CURRENCY_WORDS, key=len, reverse=True))
_CODE = rf"(?:[A-Z]{{3}}|{_WORDS})"
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_SCALE = "thousand|million|billion|百万|千万|万|亿"


def _fraction(text: str) -> Guess | None:
    """0.3 may be 30 % or 0.3 %."""
    return ("value/share-fraction", "") if re.fullmatch(r"0?\.\d+", text) else None


def _unsigned_share(text: str) -> Guess | None:
    """30, 30 percent, 百分之三十, 130%"""
    plain = text.translate(_FULL)
    hundredth = re.fullmatch(rf"(约|近|不足|超过)?\s*百分之({_NUMBER_WORD})", plain)
    if hundredth:
        return "value/share-sign", _reads(parse_share, f"{hundredth[1] or ''}{_number(hundredth[2])}%")
    number = re.fullmatch(r"(.*?\d[\d.]*)\s*(per\s?cent|pct\.?|个百分点)?", plain)
    near = _reads(parse_share, f"{number[1].strip()}%") if number else ""
    if near:
        return "value/share-sign", near
    over = re.fullmatch(r"\D*(\d[\d.]*)\s*%", plain)
    return ("value/share-over", "") if over and Decimal(over[1].rstrip(".")) > 100 else None


def _ratio(text: str) -> Guess | None:
    """3：7, 3/7, 3比7"""
    near = _reads(parse_ratio, re.sub(r"\s*[：∶/比]\s*", ":", text.translate(_FULL)))
    return ("value/ratio", near) if near else None


def _quantity(text: str) -> Guess | None:
    """1_000, １２, 1.2万"""
    plain = text.translate(_FULL).replace("_", "").replace("，", ",")
    scaled = re.fullmatch(rf"(\D*?)({_AMOUNT})\s*(百万|千万|万|亿)(余)?", plain)
    if scaled:
        whole = Decimal(scaled[2].replace(",", "")) * _CHINESE_SCALES[scaled[3]]
        plain = f"{scaled[1]}{whole.normalize():f}{scaled[4] or ''}"
    near = _reads(parse_quantity, plain) if plain != text else ""
    return ("value/quantity", near) if near else None


_COUNTED = r"人次|人|名|个|次|家|项|所|台|套|位|件|篇|场|people|persons"


def _counted(text: str) -> Guess | None:
    """110人, 约20家: what is counted stands elsewhere."""
    found = re.fullmatch(rf"(.*\d[余多]?)\s*(?:{_COUNTED})", text.translate(_FULL))
    near = _reads(parse_quantity, found[1]) if found else ""
    return ("value/quantity", near) if near else None


def _negative(text: str) -> Guess | None:
    """USD -5 million"""
    return ("value/money-negative", "") if re.match(rf"\s*(?:{_CODE})?\s*[-－−]\s*\d", text) else None


def _mixed(text: str) -> Guess | None:
    """USD 5 million + EUR 3 million"""
    named = {_CURRENCY_WORDS.get(word, word) for word in re.findall(_CODE, text)}
    return ("value/money-mixed", "") if len(named) > 1 and len(re.findall(_AMOUNT, text)) > 1 else None


def _amount(text: str) -> Guess | None:
    """1.25亿美元, $125 million, 125 million USD; 125 million names no currency."""
    plain = text.translate(_FULL)
    found = re.fullmatch(rf"(\D*?)({_CODE})?\s*({_AMOUNT})\s*({_SCALE})?\s*({_CODE})?", plain)
    if not found:
        return None
    word = found[2] or found[5]
    if not word:
        return "value/money-currency", ""
    amount, scale = found[3], found[4] or ""
    if scale in _CHINESE_SCALES:
        amount, scale = _in_english(Decimal(amount.replace(",", "")) * _CHINESE_SCALES[scale])
    bound = found[1].strip()
    said = f"{bound + ' ' if bound else ''}{_CURRENCY_WORDS.get(word, word)} {amount} {scale}".strip()
    return "value/money-code", _reads(parse_money, said)


def _in_english(amount: Decimal) -> tuple[str, str]:
    for scale, word in ((10**9, "billion"), (10**6, "million")):
        if amount >= scale:
            return f"{(amount / scale).normalize():f}", word
    return f"{amount.normalize():f}", ""


def _brackets(text: str) -> Guess | None:
    """【cas，cern】 is a text; [cas, cern] is a list."""
    found = re.fullmatch(r"[【［〔](.*)[】］〕]", text)
    if not found:
        return None
    return "value/brackets", f"[{', '.join(part.strip() for part in re.split('[，、,]', found[1]))}]"


def _time(text: str) -> Guess | None:
    """9:00, 09：00, 9点, 9时30分"""
    found = re.fullmatch(r"(\d{1,2})\s*[:.时点]\s*(\d{1,2})?分?", text.translate(_FULL))
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return "schedule/time", f"{int(found[1]):02}:{int(found[2] or 0):02}"


def _bare_list(text: str) -> Guess | None:
    """cas，cern: ids without brackets."""
    ids = re.split(r"\s*[,，、；;]\s*|\s+", text)
    return ("data/list", f"[{', '.join(ids)}]") if all(map(_ID.fullmatch, ids)) else None


#: What each code may mean more closely, the surest first.
CASES: Mapping[str, Iterable[Callable[[str], Guess | None]]] = MappingProxyType(
    {
        "value/date": (_period, _chinese_date, _english_date, _span, _days, _unfilled_date, _later),
        "job/period": (_period_spelt,),
        "value/share": (_fraction, _unsigned_share),
        "value/ratio": (_ratio,),
        "value/quantity": (_quantity, _counted),
        "value/money": (_mixed, _negative, _amount),
        "data/list": (_brackets, _bare_list),
        "data/not-a-mapping": (),
        "value/text-language": (),
        "schedule/time": (_time,),
        "schedule/zone": (),
        "data/bad-id": (),
        "data/choice": (),
        "data/country": (),
        "data/whole-number": (),
        "data/yes-no": (),
    }
)
