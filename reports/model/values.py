"""The value types of record fields: partial dates, quantities, ratios, money, shares, bilingual text.

Editors type all of them as plain text; each `parse_*` reads that text (or a mapping, where one is needed) and
raises `WrongValueError` with the code and the arguments of a message. Nothing here is
guessed: what a source leaves open stays open in the value.

Text forms follow ISO 8601-2 (EDTF) where it has one (`2011/2012`, `199X`), and words otherwise.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Struct

from reports.model.dates import PartialDate, parse_date, parse_day, parse_moment
from reports.model.reading import ReadBy, WrongValueError, shown

# --- bounds -----------------------------------------------------------------------------------------------

#: How a stated number relates to the true one.
Bound = Literal[
    "exact", "about", "nearly", "more than", "at least", "less than", "at most", "far below", "far above"
]

_BOUND_SIGNS: dict[str, Bound] = {
    "≈": "about", "~": "about", "about": "about", "约": "about",
    "nearly": "nearly", "近": "nearly",
    ">": "more than", "＞": "more than", "more than": "more than", "over": "more than", "超过": "more than",
    "≥": "at least", ">=": "at least", "at least": "at least", "不少于": "at least",
    "<": "less than", "＜": "less than", "less than": "less than", "不足": "less than",
    "≤": "at most", "<=": "at most", "at most": "at most", "不超过": "at most",
    "≪": "far below", "<<": "far below", "far below": "far below", "远小于": "far below",
    "≫": "far above", ">>": "far above", "far above": "far above", "远大于": "far above",
}  # fmt: skip
_BOUND = re.compile("|".join(re.escape(s) for s in sorted(_BOUND_SIGNS, key=len, reverse=True)))


def _split_bound(text: str) -> tuple[Bound, str]:
    """Split a leading sign or word off; what stands behind a number (110余, 220+) counts too."""
    text = text.strip()
    found = _BOUND.match(text)
    if found:
        return _BOUND_SIGNS[found[0]], text[found.end() :].strip()
    if text[-1:] in ("余", "+") and text[:-1].strip():
        return "more than", text[:-1].strip()
    return "exact", text


# --- numbers ----------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


def _number(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


class Quantity(Struct, frozen=True):
    """A number with its bound: 2, > 1000, 110余. *exponent* keeps 10^15 as mantissa and power of ten."""

    value: Decimal
    bound: Bound = "exact"
    exponent: int = 0


def parse_quantity(value: object) -> Quantity:
    """Read `2`, `> 1,000`, `110余`, `nearly 90`, `>= 1e15` (kept as a power of ten)."""
    if isinstance(value, Quantity):
        return value
    if not isinstance(value, str) or not value.strip():
        raise WrongValueError("value/quantity", value=shown(value))
    bound, text = _split_bound(value)
    mantissa, e, power = text.partition("e")
    number = _number(mantissa.strip())
    if number is None or (e and not re.fullmatch(r"[+-]?\d{1,3}", power)):
        raise WrongValueError("value/quantity", value=value)
    return Quantity(number, bound, int(power or 0))


class Ratio(Struct, frozen=True):
    """Two parts compared, a : b, with a bound on a ("far below 1:9" is not a number)."""

    a: Decimal
    b: Decimal
    bound: Bound = "exact"

    @property
    def share(self) -> Decimal:
        """The first part's share of the whole, 0..1: with a bound, the bound's own place."""
        return self.a / (self.a + self.b)


def parse_ratio(value: object) -> Ratio:
    """Read `3:7`, `about 3:7`, `far below 1:9` (also `≪ 1:9`)."""
    if isinstance(value, Ratio):
        return value
    if not isinstance(value, str):
        raise WrongValueError("value/ratio", value=shown(value))
    bound, text = _split_bound(value)
    a, colon, b = (part.strip() for part in text.partition(":"))
    first, second = _number(a), _number(b)
    if not colon or first is None or second is None or first < 0 or second < 0 or first + second == 0:
        raise WrongValueError("value/ratio", value=value)
    return Ratio(first, second, bound)


class Share(Struct, frozen=True):
    """Per cent of a whole: 65.8 %, about 60 %. *percent* is 0..100, worked out also more."""

    percent: Decimal
    bound: Bound = "exact"

    @classmethod
    def of(cls, part: Decimal, whole: Decimal) -> Share:
        """Work out what *part* is of *whole*, which is not 0, to one decimal; "about" where that is rounded."""
        percent = round(100 * part / whole, 1)
        return cls(percent, "exact" if percent * whole == 100 * part else "about")


def parse_share(value: object) -> Share:
    """Read `65.8%` or `about 60%`; the sign is required, so that 0.3 cannot be mistaken for 30 %."""
    if isinstance(value, Share):
        return value
    if not isinstance(value, str):
        raise WrongValueError("value/share", value=shown(value))
    bound, text = _split_bound(value)
    number = _number(text[:-1].strip()) if text.endswith(("%", "％")) else None
    if number is None or not 0 <= number <= 100:
        raise WrongValueError("value/share", value=value)
    return Share(number, bound)


class Money(Struct, frozen=True):
    """An amount in the currency's main unit, with its ISO 4217 code."""

    amount: Decimal
    currency: str
    bound: Bound = "exact"


#: ISO 4217, and what is gone but stands in sources: the money of Europe before the euro, and the like.
CURRENCIES = frozenset((
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
    "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY",
    "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP",
    "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR",
    "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT",
    "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR",
    "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK",
    "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD",
    "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XDR", "XOF",
    "XPF", "YER", "ZAR", "ZMW", "ZWG", "ATS", "BEF", "CYP", "DEM", "EEK", "ESP", "FIM", "FRF", "GRD", "HRK",
    "IEP", "ITL", "LTL", "LUF", "LVL", "MTL", "NLG", "PTE", "RUR", "SIT", "SKK", "SUR", "XEU", "YUM",
))  # fmt: skip


def is_currency(code: str) -> bool:
    """Whether *code* is a currency of ISO 4217, one of today or one that was given up."""
    return code in CURRENCIES


_MONEY = re.compile(r"([A-Z]{3})\s*([\d.,]+)(?:\s*(thousand|million|billion))?")
_SCALE = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}


def parse_money(value: object) -> Money:
    """Read `USD 125 million`, `about EUR 6,800,000`."""
    if isinstance(value, Money):
        return value
    if not isinstance(value, str):
        raise WrongValueError("value/money", value=shown(value))
    bound, text = _split_bound(value)
    found = _MONEY.fullmatch(text)
    number = _number(found[2]) if found else None
    if not found or number is None or not is_currency(found[1]):
        raise WrongValueError("value/money", value=value)
    return Money(number * _SCALE[found[3] or ""], found[1], bound)


# --- text -------------------------------------------------------------------------------------------------

_HAN = "[㐀-鿿豈-﫿]"  # compiled only when asked for: a class of so many letters takes 4 ms
LANGUAGES = ("zh", "en", "zh-Hant")


class BilingualText(Struct, frozen=True):
    """One thing said in each language. A plain scalar without Chinese letters is the same in all."""

    zh: str = ""
    en: str = ""
    hant: str = ""

    def get(self, lang: str) -> str:
        """Return the text in *lang*; "" where it is missing."""
        if lang == "zh-Hant":
            return self.hant or self.zh
        return self.zh if lang == "zh" else self.en


def parse_text(value: object) -> BilingualText:
    """Read `{zh: …, en: …}` or a plain scalar that needs no translation."""
    if isinstance(value, BilingualText):
        return value
    if isinstance(value, str) and value.strip():
        if not value.isascii() and re.search(_HAN, value):
            raise WrongValueError("value/one-language", value=value)
        return BilingualText(value.strip(), value.strip())
    if not isinstance(value, dict) or not value:
        raise WrongValueError("value/text", value=shown(value))
    unknown = [str(key) for key in value if key not in LANGUAGES]
    if unknown:
        raise WrongValueError("value/text-language", key=unknown[0])
    missing = [
        lang for lang in ("zh", "en") if not isinstance(value.get(lang), str) or not value[lang].strip()
    ]
    if missing:
        raise WrongValueError("value/missing-language", lang=missing[0])
    return BilingualText(value["zh"].strip(), value["en"].strip(), str(value.get("zh-Hant") or "").strip())


DateField = Annotated[PartialDate, ReadBy(parse_date)]
DayField = Annotated[PartialDate, ReadBy(parse_day)]
MomentField = Annotated[PartialDate, ReadBy(parse_moment)]
QuantityField = Annotated[Quantity, ReadBy(parse_quantity)]
RatioField = Annotated[Ratio, ReadBy(parse_ratio)]
ShareField = Annotated[Share, ReadBy(parse_share)]
MoneyField = Annotated[Money, ReadBy(parse_money)]
TextField = Annotated[BilingualText, ReadBy(parse_text)]

#: Every type a template may print.
Value = PartialDate | Quantity | Ratio | Share | Money | BilingualText | str | int | bool
