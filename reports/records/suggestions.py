"""Guesses at what a typed text was meant to be: the mistake by its name, and the right writing. See `validation.better`.

To name one more mistake, write a function from the typed text to a code and a suggestion, and put it into CASES
behind the code it explains. Compiling the patterns takes 5 ms: the module is loaded when something is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from reports.diagnostics.problems import near
from reports.model.formatting import called
from reports.model.values import (
    CURRENCIES,
    is_currency,
    parse_money,
    parse_quantity,
    parse_ratio,
    parse_share,
)
from reports.records.date_suggestions import DATES, FULL, NUMBER_WORD, PERIODS, Guess, number_of, reads
from reports.records.ids import slug

_LONGEST = 1000


def guess(code: str, text: str) -> Guess | None:
    """The first guess at *text* that fits *code*; at a long one nobody guesses."""
    if len(text) > _LONGEST:
        return None
    found = (case(text) for case in (_quotes, _invisible, _remark, *CASES[code]))
    return next((guess for guess in found if guess is not None), None)


def in_its_field(code: str, text: str, args: Mapping[str, object]) -> str:
    """What was meant in this field: a choice by its Chinese name, a source by its id alone; "" where nothing is known."""
    match code:
        case "data/choice":
            named = {
                name: word for word in str(args.get("expected", "")).split(", ") for name in called(word)
            }
            also = (_ALSO.get(text.casefold(), ""), _LANGUAGES.get(text.casefold(), ""))
            return named.get(text.casefold(), "") or next((word for word in also if _among(word, args)), "")
        case "value/text-language":
            return _LANGUAGES.get(str(args.get("key")).casefold(), "")
        case "data/yes-no":
            return _TRUTHS.get(text, "")
        case "schedule/zone":
            return _ZONES.get(text.casefold(), "")
        case "data/list" | "data/not-a-mapping" if args.get("field") == "source":
            doc = re.split("[，、；,;]", text.strip("【】［］〔〕 "))[0]
            return f"[{{doc: {doc}}}]" if code == "data/list" else f"{{doc: {doc}}}"
        case "data/list" if args.get("of") == "links" and text[:1] not in "【［〔":
            return f"[{', '.join(filter(None, re.split('[，、；,;]', text)))}]"
        case "data/not-a-mapping" if args.get("field") in _AROUND:
            return _AROUND[str(args["field"])].format(text)
        case "data/bad-id" if text.isascii():
            return slug(text)
    return ""


def _among(word: str, args: Mapping[str, object]) -> bool:
    return word in str(args.get("expected", "")).split(", ")


#: Fields that hold others, by the one that was typed alone.
_AROUND = {"name": "{{zh: {0}, en: …}}", "folder": "{{path: {0}}}"}
_ALSO = {"ssl": "tls", "中国": "CN", "最近": "latest", "最近一期": "latest", "全部": "all", "跳过": "skip", "word": "docx", "doc": "docx", "markdown": "md", "web": "html", "网页": "html", "季度": "quarter", "月": "month",
         "年": "year", "年度": "year", "半年": "half", "周": "week", "线下": "in person", "现场": "in person", "线上": "online",
         "中文": "zh", "英文": "en", "繁体": "zh-Hant"}  # fmt: skip
_LANGUAGES = {"zh": "zh", "cn": "zh", "zh-cn": "zh", "chinese": "zh", "中文": "zh", "中": "zh", "en": "en", "eng": "en",
              "english": "en", "英文": "en", "英": "en", "zh-hant": "zh-Hant", "zh-tw": "zh-Hant", "繁体": "zh-Hant"}  # fmt: skip
_TRUTHS = {
    "是": "true",
    "开": "true",
    "关": "false",
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


_QUOTES = re.compile(r"(?:“([^“”]*)”|‘([^‘’]*)’|「([^「」]*)」|＂([^＂]*)＂)")


def _quotes(text: str) -> Guess | None:
    """“abc”: such quotation marks are letters to YAML."""
    return ("value/quotes", "") if _QUOTES.fullmatch(text) else None


_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufe0f]+")


def _invisible(text: str) -> Guess | None:
    """2025-03 with a space without width behind it, as web pages and chats leave it."""
    return ("value/invisible", "") if _UNSEEN.search(text) else None


def _remark(text: str) -> Guess | None:
    """2025-03 ＃待定: the sign that was to begin a comment is a letter."""
    return ("value/hash", "") if re.search(r"\S\s+＃", text) else None


# --- figures ----------------------------------------------------------------------------------------------

_CHINESE_SCALES = {"万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_CURRENCY_WORDS = {
    "美元": "USD", "欧元": "EUR", "人民币": "CNY", "元": "CNY", "英镑": "GBP", "瑞士法郎": "CHF", "瑞郎": "CHF",
    "日元": "JPY", "卢布": "RUB", "元人民币": "CNY", "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY",
    "dollars": "USD", "euros": "EUR", "yuan": "CNY", "RMB": "CNY",
}  # fmt: skip
#: What a misspelt code is rather meant for.
_COMMON = ("CNY", "USD", "EUR", "CHF", "RUB", "GBP", "JPY", "HKD")
_WORDS = "|".join(re.escape(word) for word in sorted(_CURRENCY_WORDS, key=len, reverse=True))
_CODE = rf"(?:[A-Z]{{3}}|{_WORDS})"
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_SCALE = "thousand|million|billion|百万|千万|万|亿"


def _fraction(text: str) -> Guess | None:
    """0.3 may be 30 % or 0.3 %."""
    return ("value/share-fraction", "") if re.fullmatch(r"0?\.\d+", text) else None


def _unsigned_share(text: str) -> Guess | None:
    """30, 30 percent, 百分之三十, 130%"""
    plain = text.translate(FULL)
    hundredth = re.fullmatch(rf"(约|近|不足|超过)?\s*百分之({NUMBER_WORD})", plain)
    if hundredth:
        return "value/share-sign", reads(parse_share, f"{hundredth[1] or ''}{number_of(hundredth[2])}%")
    number = re.fullmatch(r"(.*?\d[\d.]*)\s*(per\s?cent|pct\.?|个百分点)?", plain)
    near = reads(parse_share, f"{number[1].strip()}%") if number else ""
    if near:
        return "value/share-sign", near
    over = re.fullmatch(r"\D*(\d[\d.]*)\s*%", plain)
    return ("value/share-over", "") if over and Decimal(over[1].rstrip(".")) > 100 else None


def _ratio(text: str) -> Guess | None:
    """3：7, 3/7, 3比7"""
    near = reads(parse_ratio, re.sub(r"\s*[：∶/比]\s*", ":", text.translate(FULL)))
    return ("value/ratio", near) if near else None


def _quantity(text: str) -> Guess | None:
    """1_000, １２, 1.2万"""
    plain = re.sub(r"(?<=\d)\s(?=\d{3}\b)", "", text.translate(FULL).replace("_", "").replace("，", ","))
    if re.fullmatch("[零〇一二三四五六七八九十]+", plain):
        plain = str(number_of(plain))
    scaled = re.fullmatch(rf"(\D*?)({_AMOUNT})\s*(百万|千万|万|亿)(余)?", plain)
    if scaled:
        whole = Decimal(scaled[2].replace(",", "")) * _CHINESE_SCALES[scaled[3]]
        plain = f"{scaled[1]}{whole.normalize():f}{scaled[4] or ''}"
    near = reads(parse_quantity, plain) if plain != text else ""
    return ("value/quantity", near) if near else None


_COUNTED = r"人次|人|名|个|次|家|项|所|台|套|位|件|篇|场|people|persons"


def _counted(text: str) -> Guess | None:
    """110人, 约20家: what is counted stands elsewhere."""
    found = re.fullmatch(rf"(.*\d[余多]?)\s*(?:{_COUNTED})", text.translate(FULL))
    near = reads(parse_quantity, found[1]) if found else ""
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
    plain = text.translate(FULL)
    found = re.fullmatch(rf"(\D*?)({_CODE})?\s*({_AMOUNT})\s*({_SCALE})?\s*({_CODE})?", plain)
    if not found:
        return None
    word = found[2] or found[5]
    if not word:
        return "value/money-currency", ""
    if found[2] and found[2] not in _CURRENCY_WORDS and not is_currency(found[2]):
        code = near(found[2], _COMMON) or near(found[2], CURRENCIES)
        return "value/money-unknown", reads(parse_money, text.replace(found[2], code)) if code else ""
    amount, scale = found[3], found[4] or ""
    if scale in _CHINESE_SCALES:
        amount, scale = _in_english(Decimal(amount.replace(",", "")) * _CHINESE_SCALES[scale])
    bound = found[1].strip()
    said = f"{bound + ' ' if bound else ''}{_CURRENCY_WORDS.get(word, word)} {amount} {scale}".strip()
    said = reads(parse_money, said)
    return ("value/money-code", said) if said or not found[2] else None


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
    found = re.fullmatch(r"(\d{1,2})\s*[:.时点]\s*(\d{1,2})?分?", text.translate(FULL))
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return "schedule/time", f"{int(found[1]):02}:{int(found[2] or 0):02}"


def _address(text: str) -> Guess | None:
    """director＠example.org, 张三 <a@example.org>, mailto:a@example.org"""
    found = re.search(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", unicodedata.normalize("NFKC", text).replace("。", "."))
    return ("schedule/address", found[0]) if found and found[0].isascii() else None


def _bare_list(text: str) -> Guess | None:
    """cas，cern: ids without brackets."""
    ids = re.split(r"\s*[,，、；;]\s*|\s+", text)
    return ("data/list", f"[{', '.join(ids)}]") if all(map(_ID.fullmatch, ids)) else None


#: What each code may mean more closely, the surest first.
CASES: Mapping[str, Iterable[Callable[[str], Guess | None]]] = MappingProxyType(
    {
        "value/date": DATES,
        "job/period": PERIODS,
        "value/share": (_fraction, _unsigned_share),
        "value/ratio": (_ratio,),
        "value/quantity": (_quantity, _counted),
        "value/money": (_mixed, _negative, _amount),
        "data/list": (_brackets, _bare_list),
        "data/not-a-mapping": (),
        "value/text-language": (),
        "schedule/time": (_time,),
        "schedule/zone": (),
        "schedule/address": (_address,),
        "data/bad-id": (),
        "data/choice": (),
        "data/country": (),
        "data/whole-number": (),
        "data/yes-no": (),
    }
)
