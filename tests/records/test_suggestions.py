"""What a value was meant to be: the mistake by its name, and what to type instead."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reports.diagnostics.messages.catalogue import MESSAGES
from reports.model.dates import parse_date
from reports.model.reading import WrongValueError
from reports.model.report_definitions import parse_period
from reports.model.values import parse_money, parse_quantity, parse_ratio, parse_share
from reports.records.suggestions import CASES
from reports.records.validation import CLOSER, better

READERS = {
    "value/date": parse_date, "value/share": parse_share, "value/ratio": parse_ratio,
    "value/quantity": parse_quantity, "value/money": parse_money, "job/period": parse_period,
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "typed", "closer", "near"),
    [
        ("value/date", "二〇二三年六月", "value/date-words", "2023-06"),
        ("value/date", "二〇二三年十二月二十八日", "value/date-words", "2023-12-28"),
        ("value/date", "2023年6月8日", "value/date-words", "2023-06-08"),
        ("value/date", "2023年", "value/date-words", "2023"),
        ("value/date", "2023年13月", "value/date-words", ""),
        ("value/date", "8 June 2023", "value/date-words", "2023-06-08"),
        ("value/date", "June 8, 2023", "value/date-words", "2023-06-08"),
        ("value/date", "Sept 2023", "value/date", ""),
        ("value/date", "2023-2-1", "value/date-zeros", "2023-02-01"),
        ("value/date", "2023-6", "value/date-zeros", "2023-06"),
        ("value/date", "2023-2-30", "value/date-zeros", ""),
        ("value/date", "2023/6/8", "value/date-signs", "2023-06-08"),
        ("value/date", "2023.6", "value/date-signs", "2023-06"),
        ("value/date", "２０２３－０６", "value/date-signs", "2023-06"),
        ("value/date", "2011—2012", "value/date-signs", "2011/2012"),
        ("value/date", "2011至2012年", "value/date-signs", "2011/2012"),
        ("value/date", "20230608", "value/date-signs", "2023-06-08"),
        ("value/date", "2023Q2", "value/date-period", "2023-04/2023-06"),
        ("value/date", "2023年第二季度", "value/date-period", "2023-04/2023-06"),
        ("value/date", "2023年上半年", "value/date-period", "2023-01/2023-06"),
        ("value/date", "2023Q5", "value/no-such-quarter", ""),
        ("value/date", "2023 年 6 月 8 日", "value/date-words", "2023-06-08"),
        ("value/date", "2023-Jun-08", "value/date-words", "2023-06-08"),
        ("value/date", "Jun. 8 2023", "value/date-words", "2023-06-08"),
        ("value/date", "2023—06", "value/date-signs", "2023-06"),
        ("value/date", "2023-6-8/2023-6-10", "value/date-zeros", "2023-06-08/2023-06-10"),
        ("value/date", "2023-06-08T09:00", "value/date", "2023-06-08"),
        ("value/date", "45000", "value/date-serial", "2023-03-15"),
        ("value/date", "20世纪90年代", "value/date-words", "199X"),
        ("value/date", "九十年代", "value/date-words", "199X"),
        ("value/date", "2010年代", "value/date-words", "201X"),
        ("value/date", "2030年前后", "value/date-words", "about 2030"),
        ("value/date", "after2023", "value/date-words", "after 2023"),
        ("value/date", "2023年以前", "value/date-words", "before 2023"),
        ("value/date", "2025年底", "value/date-vague", "{date: 2025, raw: 2025年底}"),
        ("value/date", "2025年年初", "value/date-vague", "{date: 2025, raw: 2025年年初}"),
        ("value/date", "2023年3月上旬", "value/date-vague", "{date: 2023-03, raw: 2023年3月上旬}"),
        ("value/date", "2023年13月上旬", "value/date-vague", ""),
        ("value/date", "2022年春", "value/date-vague", "{date: 2022, raw: 2022年春}"),
        ("value/date", "end of 2025", "value/date-vague", "{date: 2025, raw: end of 2025}"),
        ("value/date", "mid-2025", "value/date-vague", "{date: 2025, raw: mid-2025}"),
        ("value/date", "Late June 2023", "value/date-vague", "{date: 2023-06, raw: Late June 2023}"),
        ("value/date", "spring 2023", "value/date-vague", "{date: 2023, raw: spring 2023}"),
        ("value/date", "99年", "value/date-year", ""),
        ("value/date", "23-06-08", "value/date-year", ""),
        ("value/date", "6月8日", "value/date-no-year", ""),
        ("value/date", "六月中旬", "value/date-no-year", ""),
        ("value/date", "2023-06\u200b", "value/invisible", ""),
        ("value/date", "2023-06 ＃待核", "value/hash", ""),
        ("value/date", "“2023”", "value/quotes", ""),
        ("value/date", "last summer", "value/date", ""),
        ("value/date", "6/8/2023", "value/date", ""),
        ("job/period", "2023Q5", "value/no-such-quarter", ""),
        ("job/period", "2023 q2", "job/period", "2023Q2"),
        ("job/period", "2023年第三季度", "job/period", "2023Q3"),
        ("job/period", "2023年6月", "job/period", "2023-06"),
        ("job/period", "soon", "job/period", ""),
        ("value/share", "30", "value/share-sign", "30%"),
        ("value/share", "about 30", "value/share-sign", "about 30%"),
        ("value/share", "30 per cent", "value/share-sign", "30%"),
        ("value/share", "百分之三十", "value/share-sign", "30%"),
        ("value/share", "约百分之65", "value/share-sign", "约65%"),
        ("value/share", "0.3", "value/share-fraction", ""),
        ("value/share", "130%", "value/share-over", ""),
        ("value/share", "-5%", "value/share", ""),
        ("value/ratio", "3：7", "value/ratio", "3:7"),
        ("value/ratio", "3/7", "value/ratio", "3:7"),
        ("value/ratio", "约3比7", "value/ratio", "约3:7"),
        ("value/quantity", "1_000", "value/quantity", "1000"),
        ("value/quantity", "１２", "value/quantity", "12"),
        ("value/quantity", "十二", "value/quantity", "12"),
        ("value/quantity", "12 000", "value/quantity", "12000"),
        ("schedule/address", "李明 <li＠example.org>", "schedule/address", "li@example.org"),
        ("schedule/address", "li at example.org", "schedule/address", ""),
        ("value/quantity", "约1.2万", "value/quantity", "约12000"),
        ("value/quantity", "3亿余", "value/quantity", "300000000余"),
        ("value/money", "USD -5 million", "value/money-negative", ""),
        ("value/money", "-5 USD", "value/money-negative", ""),
        ("value/money", "USD 5 million + EUR 3 million", "value/money-mixed", ""),
        ("value/money", "5万美元和3万欧元", "value/money-mixed", ""),
        ("value/money", "125 million USD", "value/money-code", "USD 125 million"),
        ("value/money", "$125 million", "value/money-code", "USD 125 million"),
        ("value/money", "1.25亿美元", "value/money-code", "USD 125 million"),
        ("value/money", "约680万欧元", "value/money-code", "约 EUR 6.8 million"),
        ("value/money", "3000元", "value/money-code", "CNY 3000"),
        ("value/money", "125万元人民币", "value/money-code", "CNY 1.25 million"),
        ("value/money", "RMB 5 million", "value/money-code", "CNY 5 million"),
        ("value/money", "UDS 5 million", "value/money-unknown", "USD 5 million"),
        ("value/money", "QQQ 5", "value/money-unknown", ""),
        ("value/money", "USD 5,5", "value/money", ""),
        ("value/money", "125 million", "value/money-currency", ""),
        ("data/list", "【cas，cern】", "value/brackets", "[cas, cern]"),
        ("data/list", "cas", "data/list", "[cas]"),
        ("data/list", "cas、cern", "data/list", "[cas, cern]"),
        ("data/list", "Two words", "data/list", ""),
        ("data/choice", "“held”", "value/quotes", ""),
        ("data/bad-id", "「cern」", "value/quotes", ""),
        ("data/bad-id", "Not good", "data/bad-id", "not-good"),
        ("data/bad-id", "会议1", "data/bad-id", ""),
        ("data/yes-no", "是", "data/yes-no", "true"),
        ("schedule/time", "9：00", "schedule/time", "09:00"),
        ("schedule/time", "9点", "schedule/time", "09:00"),
        ("schedule/time", "25:00", "schedule/time", ""),
        ("schedule/zone", "北京", "schedule/zone", "Asia/Shanghai"),
        ("value/date", "2025年11月8-10日", "value/date-words", "2025-11-08/2025-11-10"),
        ("value/date", "2025年11月28日至12月2日", "value/date-words", "2025-11-28/2025-12-02"),
        ("value/date", "2025年6-7月", "value/date-words", "2025-06/2025-07"),
        ("value/date", "2025-11-08 - 2025-11-10", "value/date-signs", "2025-11-08/2025-11-10"),
        ("value/date", "2025-11-10至2025-11-08", "value/date-signs", ""),
        ("value/date", "TBD", "value/date", "unknown"),
        ("value/quantity", "约20家", "value/quantity", "约20"),
        ("value/quantity", "110余人次", "value/quantity", "110余"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_and_the_right_writing_offered(
    code: str, typed: str, closer: str, near: str
) -> None:
    found, args = better(code, {"value": typed, "field": "f"})

    assert (found, args.get("near", "")) == (closer, near)
    if near and code in READERS:
        READERS[code](yaml.load(near, yaml.BaseLoader) if near.startswith("{") else near)


@pytest.mark.parametrize(
    ("code", "args", "near"),
    [
        ("data/choice", {"value": "已举行", "expected": "held, planned"}, "held"),
        ("data/choice", {"value": "Word", "expected": "docx, md"}, "docx"),
        ("data/choice", {"value": "word", "expected": "one, two"}, ""),
        ("data/list", {"value": "slides", "field": "source"}, "[{doc: slides}]"),
        ("data/not-a-mapping", {"value": "slides", "field": "source"}, "{doc: slides}"),
        ("data/not-a-mapping", {"value": "slides", "field": "posts"}, ""),
        ("value/text-language", {"key": "ZH"}, "zh"),
        ("value/text-language", {"key": "fr"}, ""),
    ],
)
def test_a_field_knows_what_was_meant(code: str, args: dict[str, object], near: str) -> None:
    found, told = better(code, args)

    assert (found, told.get("near", "")) == (code, near)


@pytest.mark.parametrize("code", READERS)
@given(st.data())
def test_no_text_is_too_odd_and_no_suggestion_wrong(code: str, data: st.DataObject) -> None:
    """Whatever is typed: no exception, a message that can be filled, and a suggestion its field accepts."""
    signs = "0123456789一二十年月日Qq第季度上半H-./:：%％百分之万亿元USD$ “”abJune,至_+"
    typed = data.draw(st.text(st.sampled_from(signs), max_size=14) | st.text(max_size=8))
    found, args = better(code, {"value": typed})

    assert MESSAGES[found].text("zh").format_map(args)
    assert MESSAGES[found].hint("en").format_map(args) is not None
    if args.get("near") and found != "value/quotes":
        try:
            READERS[code](args["near"])
        except WrongValueError:
            pytest.fail(f"{typed!r}: {args['near']!r} is no better")


def test_every_case_explains_a_code_there_is() -> None:
    assert set(CASES) == CLOSER
    assert set(CASES) <= set(MESSAGES)
