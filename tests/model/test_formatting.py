"""How values read in Chinese and English: exactly as far as they are known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model.dates import PartialDate, Precision, parse_date
from reports.model.formatting import choice, join, number, say, say_date, say_open, term
from reports.model.kinds import KINDS
from reports.model.records import Name, Part, fields
from reports.model.values import BilingualText, Bound, parse_money, parse_quantity, parse_ratio, parse_share
from reports.templating.views import choices

DATES = {
    "2023-06-08": ("2023年6月8日", "8 June 2023"),
    "2019-10": ("2019年10月", "October 2019"),
    "1992": ("1992年", "1992"),
    "199X": ("20世纪90年代", "1990s"),
    "200X": ("21世纪头十年", "2000s"),
    "201X": ("21世纪10年代", "2010s"),
    "2011/2012": ("2011—2012年", "2011–2012"),
    "2012/2012": ("2012年", "2012"),
    "2012-04/2012-06": ("2012年4月—6月", "April – June 2012"),
    "2012-04/2012-04": ("2012年4月", "April 2012"),
    "2012-11/2013-02": ("2012年11月—2013年2月", "November 2012 – February 2013"),
    "2012-04-03/2012-04-04": ("2012年4月3日—4日", "3–4 April 2012"),
    "2012-04-03/2012-04-03": ("2012年4月3日", "3 April 2012"),
    "2012-04-30/2012-05-02": ("2012年4月30日—5月2日", "30 April – 2 May 2012"),
    "2012-12-30/2013-01-02": ("2012年12月30日—2013年1月2日", "30 December 2012 – 2 January 2013"),
    "2012-04/2013": ("2012—2013年", "2012–2013"),
    "2012/2013-02": ("2012—2013年", "2012–2013"),
    "2012-04-03/2012-06": ("2012年4月—6月", "April – June 2012"),
    "198X/199X": ("20世纪80年代—20世纪90年代", "1980s – 1990s"),
    "after 2023-07": ("2023年7月后", "after July 2023"),
    "before 1985": ("1985年前", "before 1985"),
    "about 2030": ("约2030年", "about 2030"),
    "约 2030": ("约2030年", "about 2030"),
    "after 2012-04-03/2012-04-04": ("2012年4月3日—4日后", "after 3–4 April 2012"),
    "unknown": ("日期不详", "date unknown"),
    "illegible": ("日期无法辨认", "date illegible"),
}


@pytest.mark.parametrize("typed", DATES)
def test_a_date_is_said_as_far_as_it_is_known(typed: str) -> None:
    assert (say(parse_date(typed), "zh"), say(parse_date(typed), "en")) == DATES[typed]


CERTAINTIES = {
    ("199X", "illegible"): ("20世纪90年代（具体年份无法辨认）", "1990s (year illegible)"),
    ("2011", "illegible"): ("2011年（月、日无法辨认）", "2011 (day and month illegible)"),
    ("2011-05", "illegible"): ("2011年5月（日无法辨认）", "May 2011 (day illegible)"),
    ("2011-05-06", "illegible"): ("2011年5月6日（部分字迹无法辨认）", "6 May 2011 (partly illegible)"),
    ("2011-05-06", "inferred"): ("2011年5月6日（推断）", "6 May 2011 (inferred)"),
    ("after 2011", "inferred"): ("2011年后（推断）", "after 2011 (inferred)"),
    ("2011", "stated"): ("2011年", "2011"),
    ("", "illegible"): ("日期无法辨认", "date illegible"),
    ("", "unknown"): ("日期不详", "date unknown"),
}


@pytest.mark.parametrize(("typed", "certainty"), CERTAINTIES)
def test_a_date_says_how_sure_it_is(typed: str, certainty: str) -> None:
    day = parse_date({"date": typed, "certainty": certainty})

    assert (say(day, "zh"), say(day, "en")) == CERTAINTIES[typed, certainty]


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("2023-09-08", "8 Sep 2023"),
        ("2019-10", "Oct 2019"),
        ("2019-05", "May 2019"),
        ("1992", "1992"),
        ("2012-09-30/2012-10-02", "30 Sep – 2 Oct 2012"),
        ("after 2023-07", "after Jul 2023"),
    ],
)
def test_a_short_date_abbreviates_the_month(typed: str, short: str) -> None:
    assert say_date(parse_date(typed), "en", short=True) == short
    assert say_date(parse_date(typed), "zh", short=True) == say(parse_date(typed), "zh")


@given(st.dates(), st.integers(1, 3))
def test_nothing_is_said_that_was_not_typed(day: date, parts: int) -> None:
    typed = "-".join(day.isoformat().split("-")[:parts])

    zh, en = (say(parse_date(typed), lang) for lang in ("zh", "en"))

    assert [sign for sign in zh if sign in "年月日"] == list("年月日"[:parts])
    assert len(en.split()) == parts


QUANTITIES = {
    "2": ("2", "2"),
    "999": ("999", "999"),
    "1000": ("1000", "1,000"),
    "12,345": ("12,345", "12,345"),
    "2.50": ("2.5", "2.5"),
    "12345.678": ("12,345.678", "12,345.678"),
    "-1234": ("-1234", "-1,234"),
    "110余": ("110余", "more than 110"),
    "> 12000": ("12,000余", "more than 12,000"),
    "> 1.5": ("超过1.5", "more than 1.5"),
    ">= 1000": ("不少于1000", "at least 1,000"),
    "<= 5": ("不超过5", "at most 5"),
    "< 5": ("不足5", "less than 5"),
    "nearly 90": ("近90", "nearly 90"),
    "about 30": ("约30", "about 30"),
    "<< 5": ("远小于5", "far below 5"),
    ">> 5": ("远大于5", "far above 5"),
    "1e15": ("10¹⁵", "10¹⁵"),
    "> 1e15": ("超过10¹⁵", "more than 10¹⁵"),
    ">= 2.5e-3": ("不少于2.5×10⁻³", "at least 2.5×10⁻³"),
}


@pytest.mark.parametrize("typed", QUANTITIES)
def test_a_quantity_keeps_its_bound_and_its_digits(typed: str) -> None:
    assert (say(parse_quantity(typed), "zh"), say(parse_quantity(typed), "en")) == QUANTITIES[typed]


def test_every_bound_has_words() -> None:
    for bound in get_args(Bound):
        assert say(parse_quantity("1").__class__(Decimal(1), bound), "zh")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_no_digit_is_lost_or_added(value: Decimal) -> None:
    for lang in ("zh", "en"):
        assert Decimal(number(value, lang).replace(",", "")) == value


def test_ratios_and_shares() -> None:
    assert (say(parse_ratio("about 3:7"), "zh"), say(parse_ratio("about 3:7"), "en")) == (
        "约3:7",
        "about 3:7",
    )
    assert (say(parse_ratio("<< 1:9"), "zh"), say(parse_ratio("<< 1:9"), "en")) == (
        "远小于1:9",
        "far below 1:9",
    )
    assert say(parse_ratio("1.50:2"), "en") == "1.5:2"
    assert (say(parse_share("65.80%"), "zh"), say(parse_share("65.80%"), "en")) == ("65.8%", "65.8%")
    assert (say(parse_share("> 60%"), "zh"), say(parse_share("> 60%"), "en")) == ("超过60%", "more than 60%")


MONEY = {
    "USD 125 million": ("1.25亿美元", "USD 125 million"),
    "EUR 6,800,000": ("680万欧元", "EUR 6.8 million"),
    "CNY 1,234,567": ("1,234,567元", "CNY 1,234,567"),
    "CNY 12,345": ("12,345元", "CNY 12,345"),
    "CNY 9,999": ("9999元", "CNY 9,999"),
    "CHF 2.5 billion": ("25亿瑞士法郎", "CHF 2.5 billion"),
    "SEK 20 thousand": ("2万SEK", "SEK 20,000"),
    "about JPY 100 million": ("约1亿日元", "about JPY 100 million"),
    "> GBP 3 million": ("超过300万英镑", "more than GBP 3 million"),
}


@pytest.mark.parametrize("typed", MONEY)
def test_an_amount_is_never_rounded(typed: str) -> None:
    assert (say(parse_money(typed), "zh"), say(parse_money(typed), "en")) == MONEY[typed]


NAMES = [
    (Name(zh="中国科学院", en="Academy", acronym="CAS"), ("中国科学院", "Academy"), ("CAS", "CAS")),
    (Name(zh="中国科学院", en="Academy", short=BilingualText("中科院", "CAS")), ("中国科学院", "Academy"), ("中科院", "CAS")),
    (Name(zh="高能所", en="IHEP"), ("高能所", "IHEP"), ("高能所", "IHEP")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "full", "brief"), NAMES)
def test_names(name: Name, full: tuple[str, str], brief: tuple[str, str]) -> None:
    assert (say(name, "zh"), say(name, "en")) == full
    assert (name.brief("zh"), name.brief("en")) == brief


def test_traditional_chinese_falls_back_on_simplified() -> None:
    assert say(BilingualText("中国", "China"), "zh-Hant") == "中国"
    assert say(BilingualText("中国", "China", "中國"), "zh-Hant") == "中國"
    assert say(parse_date("2019-10"), "zh-Hant") == "2019年10月"


@pytest.mark.parametrize(
    ("things", "zh", "en"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A和B", "A and B"),
        (["A", "B", "C"], "A、B、C", "A, B and C"),
        (["A", "B", "C", "D"], "A、B、C、D", "A, B, C and D"),
    ],
)
def test_things_are_joined_as_a_sentence_joins_them(things: list[str], zh: str, en: str) -> None:
    assert (join(things, "zh"), join(things, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("field", "zh", "en"),
    [
        ("owner", "未指定", "not assigned"),
        ("due", "未定", "not set"),
        ("decision", "待定", "pending"),
        ("file", "图片待补", "picture to be supplied"),
        ("place", "未载明", "not stated"),
        ("", "未载明", "not stated"),
    ],
)
def test_what_is_open_says_so(field: str, zh: str, en: str) -> None:
    assert (say_open(field, "zh"), say_open(field, "en")) == (zh, en)


# --- choices ----------------------------------------------------------------------------------------------

#: Choices that are signs, the same in every language: GB/T 7714's letters.
SIGNS = {("Work", "medium")}


def every_choice() -> list[tuple[str, str, str, str]]:
    """The part, its kind, the field and the word of every choice a record may hold, and a report so print."""
    seen: list[type[Part]] = []

    def walk(part: type[Part]) -> None:
        if part in seen:
            return
        seen.append(part)
        for field in fields(part).values():
            for inner in _parts(field.type):
                walk(inner)

    for kind in KINDS.values():
        walk(kind)
    return [
        (part.__name__, getattr(part, "kind", ""), name, word)
        for part in seen
        for name in part.__struct_fields__
        for word in choices(part, name)
        if (part.__name__, name) not in SIGNS
    ]


def _parts(annotation: object) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in get_args(annotation) for part in _parts(inner)]


def test_every_choice_of_the_model_is_said_in_chinese() -> None:
    choices_ = every_choice()

    assert len(choices_) > 150
    assert [c for c in choices_ if not any("一" <= sign <= "鿿" for sign in choice(c[3], c[1], "zh"))] == []


def test_a_kind_may_have_its_own_word() -> None:
    assert (choice("open", "discussion", "zh"), choice("open", "remark", "zh")) == ("待讨论", "待处理")


def test_a_word_nobody_knows_is_said_as_it_is() -> None:
    assert term("杂项", "en") == "杂项"


def test_every_precision_can_be_illegible() -> None:
    day = parse_date("2011-05-06")
    for precision in get_args(Precision):
        assert "illegible" in say(PartialDate(day.start, day.end, precision, certainty="illegible"), "en")
