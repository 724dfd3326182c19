"""How values read in each language: dates, numbers, ratios, money, choices, and what is left open.

Nothing is rounded and no day is invented: a value is said exactly as far as its source states it.
Chinese forms follow GB/T 15834 (一字线 between times) and GB/T 15835 (Arabic digits).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from reports.model.choice_words import OPEN_FIELDS, TERMS
from reports.model.dates import PartialDate, Precision
from reports.model.periods import MONTHS, Period
from reports.model.records import Called
from reports.model.values import BilingualText, Bound, Money, Quantity, Ratio, Share, Value

#: The language tags of the web (BCP 47) for those of the product.
TAGS: Mapping[str, str] = MappingProxyType({"zh": "zh-CN", "zh-Hant": "zh-TW", "en": "en"})


def chinese(lang: str) -> bool:
    """True for zh and zh-Hant."""
    return lang.startswith("zh")


def say(value: Value | Called, lang: str) -> str:
    """Return *value* as a reader of *lang* writes it."""
    match value:
        case BilingualText() | Called():
            return value.get(lang)
        case PartialDate():
            return say_date(value, lang)
        case Quantity():
            return _bounded(_power(value, lang), value.bound, lang)
        case Ratio():
            return _bounded(f"{plain_number(value.a)}:{plain_number(value.b)}", value.bound, lang)
        case Share():
            return _bounded(f"{plain_number(value.percent)}%", value.bound, lang)
        case Money():
            return _bounded(_money(value, lang), value.bound, lang)
        case _:
            return term(str(value), lang)


# --- dates ------------------------------------------------------------------------------------------------


def say_date(value: PartialDate, lang: str, short: bool = False) -> str:
    """Say a date as precisely as it is known; *short* abbreviates English month names."""
    if value.start is None or value.end is None:
        return term("date illegible" if value.certainty == "illegible" else "date unknown", lang)
    known = _span(value, lang, short) if value.span else _date(value.start, value.precision, lang, short)
    return _certainty(value, _relation(value, known, lang), lang)


def _date(day: date, precision: Precision, lang: str, short: bool = False) -> str:
    if precision in ("week", "quarter", "half"):
        return Period.containing(day, precision).label(lang)
    if chinese(lang):
        return {
            "day": f"{day.year}年{day.month}月{day.day}日",
            "month": f"{day.year}年{day.month}月",
            "year": f"{day.year}年",
            "decade": f"{day.year // 100 + 1}世纪{f'{day.year % 100}年代' if day.year % 100 else '头十年'}",
        }[precision]
    month = MONTHS[day.month - 1][: 3 if short else None]
    return {
        "day": f"{day.day} {month} {day.year}",
        "month": f"{month} {day.year}",
        "year": f"{day.year}",
        "decade": f"{day.year}s",
    }[precision]


def _span(value: PartialDate, lang: str, short: bool) -> str:
    """Both ends, the part they share said once: 2012年4月3日—4日, 3–4 April 2012."""
    a, b = value.start, value.end
    assert a and b  # a span has both ends by construction
    if value.precision == "decade":
        b = b.replace(year=b.year // 10 * 10)
    first, last = _date(a, value.precision, lang, short), _date(b, value.precision, lang, short)
    if first == last:
        return last
    if chinese(lang):
        for shared in (f"{b.year}年{b.month}月", f"{b.year}年"):
            if first.startswith(shared) and last != shared:
                return f"{first}—{last.removeprefix(shared)}"
        return f"{first.removesuffix('年') if value.precision == 'year' else first}—{last}"
    if (a.year, a.month) == (b.year, b.month) and value.precision == "day":
        return f"{a.day}–{last}"
    if a.year == b.year and value.precision != "year":
        return f"{first.removesuffix(f' {a.year}')} – {last}"
    return f"{first}–{last}" if value.precision == "year" else f"{first} – {last}"


def _relation(value: PartialDate, known: str, lang: str) -> str:
    if chinese(lang):
        return {"on": known, "after": f"{known}后", "before": f"{known}前", "about": f"约{known}"}[
            value.relation
        ]
    return known if value.relation == "on" else f"{value.relation} {known}"


#: What cannot be read where a date is legible as far as its precision.
_ILLEGIBLE: Mapping[Precision, tuple[str, str]] = MappingProxyType(
    {
        "decade": ("具体年份", "year"), "year": ("月、日", "day and month"), "month": ("日", "day"),
        "day": ("部分字迹", "partly"), **dict.fromkeys(("week", "quarter", "half"), ("具体日期", "day")),
    }
)  # fmt: skip


def _certainty(value: PartialDate, known: str, lang: str) -> str:
    if value.certainty == "illegible":
        zh, en = _ILLEGIBLE[value.precision]
        return f"{known}（{zh}无法辨认）" if chinese(lang) else f"{known} ({en} illegible)"
    if value.certainty == "inferred":
        return f"{known}（推断）" if chinese(lang) else f"{known} (inferred)"
    return known


# --- numbers ----------------------------------------------------------------------------------------------

_BOUNDS: Mapping[Bound, tuple[str, str]] = MappingProxyType(
    {
        "exact": ("{}", "{}"), "about": ("约{}", "about {}"), "nearly": ("近{}", "nearly {}"),
        "more than": ("{}余", "more than {}"), "at least": ("不少于{}", "at least {}"),
        "less than": ("不足{}", "less than {}"), "at most": ("不超过{}", "at most {}"),
        "far below": ("远小于{}", "far below {}"), "far above": ("远大于{}", "far above {}"),
    }
)  # fmt: skip
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _bounded(text: str, bound: Bound, lang: str) -> str:
    zh, en = _BOUNDS[bound]
    if chinese(lang):
        # 余 belongs behind a plain count; a ratio, a share or an amount says 超过.
        return (zh if text.replace(",", "").isdecimal() or bound != "more than" else "超过{}").format(text)
    return en.format(text)


def plain_number(value: Decimal) -> str:
    """The number without trailing zeros after the point and without an exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal, lang: str) -> str:
    """Group thousands: in Chinese from five digits on, in English from four."""
    text = plain_number(value)
    whole, point, rest = text.partition(".")
    if len(whole.lstrip("-")) >= (5 if chinese(lang) else 4):
        whole = f"{int(whole):,}"
    return whole + point + rest


def _power(value: Quantity, lang: str) -> str:
    if not value.exponent:
        return number(value.value, lang)
    ten = f"10{str(value.exponent).translate(_SUPERSCRIPT)}"
    return ten if value.value == 1 else f"{plain_number(value.value)}×{ten}"


_CURRENCIES = MappingProxyType(
    {
        "USD": "美元",
        "EUR": "欧元",
        "CNY": "元",
        "GBP": "英镑",
        "CHF": "瑞士法郎",
        "JPY": "日元",
        "RUB": "卢布",
    }
)
_SCALES_ZH = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))
_SCALES_EN = ((Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))


def _money(value: Money, lang: str) -> str:
    for scale, word in _SCALES_ZH if chinese(lang) else _SCALES_EN:
        scaled = value.amount / scale
        if abs(scaled) >= 1 and scaled == round(scaled, 3):
            amount = plain_number(scaled) + word
            break
    else:
        amount = number(value.amount, lang)
    if chinese(lang):
        return amount + currency(value.currency, lang)
    return f"{value.currency} {amount}"


def currency(code: str, lang: str) -> str:
    """The name of a currency by its ISO code: 美元, USD."""
    return _CURRENCIES.get(code, code) if chinese(lang) else code


# --- words ------------------------------------------------------------------------------------------------


def term(word: str, lang: str) -> str:
    """Say a choice of the model (held, in force …) or a word of the product."""
    pair = TERMS.get(word)
    return pair[0 if chinese(lang) else 1] if pair else word


def choice(word: str, kind: str, lang: str) -> str:
    """Say a choice of a record of *kind*, in the words of that kind where it has its own."""
    own = f"{kind} {word}"
    return term(own if own in TERMS else word, lang)


def called(word: str) -> frozenset[str]:
    """All that a choice is called, whatever the kind, in small letters."""
    found = (pair for key, pair in TERMS.items() if key == word or key.endswith(f" {word}"))
    return frozenset(name.casefold() for pair in found for name in pair)


def say_open(field: str, lang: str) -> str:
    """Say that *field* is left open: nothing is hidden, nothing made up."""
    pair = OPEN_FIELDS.get(field, TERMS["not stated"])
    return pair[0 if chinese(lang) else 1]


def joiner(lang: str, last: bool = False, pair: bool = False) -> str:
    """What stands between the items of a list said in a sentence; *last*: before the last one of the list,
    *pair*: of two."""
    if chinese(lang):
        return "和" if last and pair else "、"
    return " and " if last else ", "


def join(texts: Sequence[str], lang: str) -> str:
    """Say several things in one sentence: 甲、乙、丙; A, B and C."""
    parts = [""] * (2 * len(texts) - 1) if texts else []
    for i, text in enumerate(texts):
        parts[2 * i] = text
        if i:
            parts[2 * i - 1] = joiner(lang, last=i == len(texts) - 1, pair=len(texts) == 2)
    return "".join(parts)
