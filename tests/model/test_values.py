"""What editors may type for dates, numbers, ratios, shares, money and texts, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.diagnostics.messages.catalogue import MESSAGES
from reports.model.dates import PartialDate, parse_date
from reports.model.reading import WrongValueError
from reports.model.values import (
    BilingualText,
    Money,
    Quantity,
    Ratio,
    Share,
    parse_money,
    parse_quantity,
    parse_ratio,
    parse_share,
    parse_text,
)

PARSERS: tuple[Callable[[object], object], ...] = (
    parse_date, parse_quantity, parse_ratio, parse_share, parse_money, parse_text,
)  # fmt: skip


def refusal(parse: Callable[[object], object], value: object) -> str:
    """The message of the error that *parse* raises."""
    with pytest.raises(WrongValueError) as caught:
        parse(value)
    return MESSAGES[caught.value.code].text("en").format_map(caught.value.args_)


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "start", "end", "precision", "relation"),
    [
        ("2023-06-08", "2023-06-08", "2023-06-08", "day", "on"),
        ("2019-10", "2019-10-01", "2019-10-31", "month", "on"),
        ("2024-02", "2024-02-01", "2024-02-29", "month", "on"),
        ("1992", "1992-01-01", "1992-12-31", "year", "on"),
        ("199X", "1990-01-01", "1999-12-31", "decade", "on"),
        ("2011/2012", "2011-01-01", "2012-12-31", "year", "on"),
        ("2012-04-03/2012-04-04", "2012-04-03", "2012-04-04", "day", "on"),
        ("2012-04 / 2012-06", "2012-04-01", "2012-06-30", "month", "on"),
        ("after 2023-07", "2023-07-01", "2023-07-31", "month", "after"),
        ("before 2020", "2020-01-01", "2020-12-31", "year", "before"),
        ("about 2030", "2030-01-01", "2030-12-31", "year", "about"),
        ("约 2030", "2030-01-01", "2030-12-31", "year", "about"),
        ("约2030-05", "2030-05-01", "2030-05-31", "month", "about"),
        (" 1992 ", "1992-01-01", "1992-12-31", "year", "on"),
    ],
)
def test_a_date_is_known_as_far_as_it_is_typed(
    typed: str, start: str, end: str, precision: str, relation: str
) -> None:
    found = parse_date(typed)
    assert (str(found.start), str(found.end)) == (start, end)
    assert (found.precision, found.relation, found.certainty) == (precision, relation, "stated")
    assert found.span == ("/" in typed)


@pytest.mark.parametrize("word", ["unknown", "illegible"])
def test_a_date_may_be_open(word: str) -> None:
    found = parse_date(word)
    assert (found.start, found.end, found.certainty) == (None, None, word)


def test_a_date_keeps_what_its_source_says() -> None:
    found = parse_date({"date": "2019", "certainty": "illegible", "raw": "45th Hazeh"})
    assert found == PartialDate(
        date(2019, 1, 1), date(2019, 12, 31), "year", certainty="illegible", raw="45th Hazeh"
    )
    assert parse_date({"raw": "?"}) == PartialDate(None, None, certainty="unknown", raw="?")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "'' is not a date"),
        ("last year", "'last year' is not a date"),
        ("2023-6-8", "'2023-6-8' is not a date"),
        ("20230608", "'20230608' is not a date"),
        ("after", "'after' is not a date"),
        ("after after 2023", "'after after 2023' is not a date"),
        ("2023/", "'2023/' is not a date"),
        ("2012-04-03/04", "'04' is not a date"),
        ("2023-02-30", "there is no day 2023-02-30 in the calendar"),
        ("2023-13", "there is no day 2023-13 in the calendar"),
        ("2023-00", "there is no day 2023-00 in the calendar"),
        ("2023-05-00", "there is no day 2023-05-00 in the calendar"),
        ("2023-00-05", "there is no day 2023-00-05 in the calendar"),
        ("0000", "there is no day 0000 in the calendar"),
        ("000X", "'000X' is not a date"),
        ("2012/2011", "the range 2012/2011 ends before it begins"),
        (None, "'' is not a date"),
        (["2012"], "'[…]' is not a date"),
        ({"date": "2012", "day": "3"}, "a date has no field day"),
        ({"date": "2012", "certainty": "sure"}, "'sure' is no degree of certainty"),
        ({"date": "soon"}, "'soon' is not a date"),
    ],
)
def test_a_wrong_date_is_refused(typed: object, message: str) -> None:
    assert refusal(parse_date, typed) == message


def test_dates_are_ordered_by_what_is_known() -> None:
    typed = ["unknown", "2023-08", "after 2023-07", "2023-07", "2023", "2023-07-01"]
    ordered = sorted(typed, key=lambda text: parse_date(text).sort_key)
    assert ordered == ["2023", "2023-07-01", "2023-07", "after 2023-07", "2023-08", "unknown"]


@given(st.dates(date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_a_date(day: date) -> None:
    assert parse_date(day.isoformat()) == PartialDate(day, day)


@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_a_range_goes_from_the_earlier_to_the_later_day(a: date, b: date) -> None:
    first, last = sorted((a, b))
    assert parse_date(f"{first}/{last}") == PartialDate(first, last, span=True)
    if first != last:
        assert "ends before it begins" in refusal(parse_date, f"{last}/{first}")


# --- numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value", "bound", "exponent"),
    [
        ("2", "2", "exact", 0),
        ("> 1,000", "1000", "more than", 0),
        (">1000", "1000", "more than", 0),
        ("110余", "110", "more than", 0),
        ("220+", "220", "more than", 0),
        ("nearly 90", "90", "nearly", 0),
        ("近90", "90", "nearly", 0),
        ("约 1,882", "1882", "about", 0),
        ("不超过 5", "5", "at most", 0),
        (">= 1e15", "1", "at least", 15),
        ("far below 3.5", "3.5", "far below", 0),
        ("-40", "-40", "exact", 0),
        ("010", "10", "exact", 0),
    ],
)
def test_a_number_keeps_its_bound(typed: str, value: str, bound: str, exponent: int) -> None:
    assert parse_quantity(typed) == Quantity(Decimal(value), bound, exponent)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "many",
        "1,00",
        "1.2.3",
        "1e",
        "1e9999",
        "> ",
        "余",
        "+",
        "NaN",
        "inf",
        "1_000",
        "0x10",
        None,
        [],
        {},
    ],
)
def test_what_is_no_number_is_refused(typed: object) -> None:
    assert refusal(parse_quantity, typed).endswith("is not a number")


@given(st.integers(-(10**15), 10**15))
def test_every_whole_number_is_read_with_and_without_commas(number: int) -> None:
    assert parse_quantity(str(number)) == parse_quantity(f"{number:,}") == Quantity(Decimal(number))


@pytest.mark.parametrize(
    ("typed", "ratio"),
    [
        ("3:7", Ratio(Decimal(3), Decimal(7))),
        ("3 : 7", Ratio(Decimal(3), Decimal(7))),
        ("about 3:7", Ratio(Decimal(3), Decimal(7), "about")),
        ("far below 1:9", Ratio(Decimal(1), Decimal(9), "far below")),
        ("≪ 1:9", Ratio(Decimal(1), Decimal(9), "far below")),
        ("0:1", Ratio(Decimal(0), Decimal(1))),
        ("1.5:2", Ratio(Decimal("1.5"), Decimal(2))),
    ],
)
def test_a_ratio_compares_two_parts(typed: str, ratio: Ratio) -> None:
    assert parse_ratio(typed) == ratio


@pytest.mark.parametrize(
    "typed", ["", "3", "3:", ":7", "0:0", "-1:2", "3:7:1", "3/7", "a:b", "3：7", None, {}]
)
def test_what_is_no_ratio_is_refused(typed: object) -> None:
    assert refusal(parse_ratio, typed).endswith("is not a ratio")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_the_shares_of_both_parts_make_one(a: int, b: int) -> None:
    ratio, other = parse_ratio(f"{a}:{b}"), parse_ratio(f"{b}:{a}")
    assert abs(ratio.share + other.share - 1) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("typed", "percent", "bound"),
    [
        ("65.8%", "65.8", "exact"),
        ("about 60 %", "60", "about"),
        ("85％", "85", "exact"),
        ("> 50%", "50", "more than"),
    ],
)
def test_a_share_is_per_cent(typed: str, percent: str, bound: str) -> None:
    assert parse_share(typed) == Share(Decimal(percent), bound)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["0.3", "30", "%", "101%", "-1%", "30%%", "", None, []])
def test_what_is_no_share_is_refused(typed: object) -> None:
    assert refusal(parse_share, typed).endswith("is not a percentage")


@pytest.mark.parametrize(
    ("typed", "amount", "currency", "bound"),
    [
        ("USD 125 million", "125000000", "USD", "exact"),
        ("USD 0.125 billion", "125000000", "USD", "exact"),
        ("about EUR 6,800,000", "6800000", "EUR", "about"),
        ("CNY 3.5", "3.5", "CNY", "exact"),
        ("USD1000", "1000", "USD", "exact"),
    ],
)
def test_money_has_an_amount_and_a_currency(typed: str, amount: str, currency: str, bound: str) -> None:
    assert parse_money(typed) == Money(Decimal(amount), currency, bound)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed", ["", "125 million", "usd 5", "USD", "USD ,", "USD 1.2.3", "USD 5 trillion", "$5", None, {}]
)
def test_what_is_no_money_is_refused(typed: object) -> None:
    assert refusal(parse_money, typed).endswith("is not an amount of money")


# --- texts ------------------------------------------------------------------------------------------------


def test_a_text_is_there_in_both_languages() -> None:
    found = parse_text({"zh": " 日内瓦 ", "en": "Geneva", "zh-Hant": "日內瓦"})
    assert (found.get("zh"), found.get("en"), found.get("zh-Hant")) == ("日内瓦", "Geneva", "日內瓦")


def test_a_text_without_chinese_letters_is_the_same_in_both() -> None:
    assert parse_text("CERN") == BilingualText("CERN", "CERN")


def test_traditional_chinese_falls_back_on_simplified() -> None:
    assert parse_text({"zh": "北京", "en": "Beijing"}).get("zh-Hant") == "北京"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("日内瓦", "'日内瓦' is there in Chinese only"),
        ({"zh": "日内瓦"}, "the text in 'en' is missing"),
        ({"en": "Geneva"}, "the text in 'zh' is missing"),
        ({"zh": "日内瓦", "en": " "}, "the text in 'en' is missing"),
        ({"zh": "日内瓦", "en": ["Geneva"]}, "the text in 'en' is missing"),
        ({"zh": "日内瓦", "fr": "Genève"}, "'fr' is not a language"),
        ("", "a text is expected here, not ''"),
        ({}, "a text is expected here, not '{…}'"),
        (["a"], "a text is expected here, not '[…]'"),
        (None, "a text is expected here, not ''"),
    ],
)
def test_a_wrong_text_is_refused(typed: object, message: str) -> None:
    assert refusal(parse_text, typed) == message


# --- all of them ------------------------------------------------------------------------------------------

plain = st.recursive(
    st.none() | st.text() | st.from_regex(r"[\d,.:/XeE%+~<> -]{1,20}"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["zh", "en", "date", "x"]), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@pytest.mark.parametrize("parse", PARSERS)
@given(value=plain)
def test_whatever_is_typed_is_a_value_or_refused_by_a_message(
    parse: Callable[[object], object], value: object
) -> None:
    try:
        found = parse(value)
    except WrongValueError as error:
        message = MESSAGES[error.code].text("zh").format_map(error.args_)
    else:
        message = "" if parse(found) == found else "read differently the second time"
    assert not message.startswith("read")
