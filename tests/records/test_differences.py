"""What changed, as a reader says it: records and fields by their names, values as reports print them."""

from __future__ import annotations

import json

import pytest

from reports.records.changes import Facts
from reports.records.differences import Difference, differences, name_of

MEETING = {
    "": "meetings",
    "title.zh": "理事会",
    "title.en": "Board",
    "date": "2023-06-01",
    "status": "planned",
}
CAS = {"": "organisations", "name.zh": "中国科学院", "name.en": "CAS", "name.zh-Hant": "中國科學院（臺）"}
CNRS = {"": "organisations", "name.zh": "法国科研中心", "name.en": "CNRS"}


def facts(**more: str) -> Facts:
    """A meeting with *more* in it (`host`, `participants__0`), and two organisations."""
    typed = {name.replace("__", "."): text for name, text in more.items()}
    return {"board": {**MEETING, **typed}, "cas": CAS, "cnrs": CNRS}


def told(before: Facts, after: Facts, lang: str = "zh") -> list[str]:
    return [said(one) for one in differences(before, after, lang)]


def said(one: Difference) -> str:
    return f"{one.record}|{one.what}|{one.field}|{one.before}|{one.after}"


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    [
        (facts(), facts(date="2023-06"), "changed|开会日期|2023年6月1日|2023年6月", "changed|date|1 June 2023|June 2023"),
        (facts(), facts(status="held"), "changed|是否召开|计划中|已举行", "changed|status|planned|held"),
        (facts(host="cas"), facts(host="cnrs"), "changed|东道主|中国科学院|法国科研中心", "changed|host|CAS|CNRS"),
        (facts(), facts(ordinal="3"), "added|第几次||3", "added|ordinal||3"),
        (facts(format="online"), facts(), "removed|形式|线上|", "removed|format|online|"),
        (
            facts(date__date="2023-06", date__certainty="inferred"),
            facts(date__date="2023-07", date__certainty="inferred"),
            "changed|开会日期|2023年6月（推断）|2023年7月（推断）",
            "changed|date|June 2023 (inferred)|July 2023 (inferred)",
        ),
    ],
)  # fmt: skip
def test_a_change_names_the_field_and_the_values_as_they_are_printed(
    before: Facts, after: Facts, zh: str, en: str
) -> None:
    if "date.date" in before["board"]:
        before, after = (
            {**f, "board": {k: v for k, v in f["board"].items() if k != "date"}} for f in (before, after)
        )
    assert told(before, after) == [f"理事会|{zh}"]
    assert told(before, after, "en") == [f"Board|{en}"]


def test_a_state_that_was_typed_as_not_stated_is_no_fact_that_went() -> None:
    assert told(facts(status="not stated"), {**facts(), "board": {**MEETING, "status": ""}}) == []


def test_of_a_list_the_entries_that_differ_are_named() -> None:
    before = facts(participants__0="cas", outcomes__0__zh="甲", outcomes__1__zh="乙")
    after = facts(participants__0="cnrs", participants__1="cas", outcomes__0__zh="乙", outcomes__1__zh="甲")
    assert told(before, after) == ["理事会|added|参加者||法国科研中心"]


def test_a_field_of_a_group_is_named_with_its_entry() -> None:
    before, after = ({**facts(), "a": {"": "agreements", "title.zh": "协议", "title.en": "Agreement",
        "signatories.1.signed": day}} for day in ("2023-01", "2023-02"))  # fmt: skip
    assert told(before, after) == ["协议|changed|该方的签署日期（第2项）|2023年1月|2023年2月"]
    assert told(before, after, "en") == [
        "Agreement|changed|signed (signatories 2)|January 2023|February 2023"
    ]


def test_a_reader_is_told_of_no_other_language_and_of_nothing_editors_only_need() -> None:
    after = facts(title__en="Council", source__0__doc="x", tags__0="a", note__zh="注")
    assert told(facts(), after) == []
    assert told(facts(), after, "en") == ["Council|changed|title|Board|Council"]


def test_records_that_come_and_go_are_named_save_those_editors_work_with() -> None:
    more = {**facts(), "x": {"": "sources", "title": "Slides"}, "y": {"": "events", "title": "CERN"}}
    assert told(facts(), more) == ["CERN|added|||"]
    assert told(more, facts()) == ["CERN|removed|||"]


def test_names_keep_the_traditional_form_they_state() -> None:
    def letters(text: str) -> str:
        return text.translate(str.maketrans("会议东机构国", "會議東機構國"))

    [one] = differences(facts(host="cnrs"), facts(host="cas"), "zh-Hant", letters)
    assert said(one) == "理事會|changed|東道主|法國科研中心|中國科學院（臺）"
    assert name_of({}, "gone", "zh-Hant", letters) == "gone"


def test_what_cannot_be_read_any_more_is_shown_as_it_was_typed() -> None:
    assert told(facts(date="last spring"), facts()) == ["理事会|changed|开会日期|last spring|2023年6月1日"]
    assert told(facts(invented="1"), facts(invented="2")) == ["理事会|changed|invented|1|2"]
    strange = {"r": {"": "wonders", "title": "W", "x": "1"}}
    assert told(strange, {"r": {**strange["r"], "x": "2"}}) == ["W|changed|x|1|2"]


def test_the_order_in_which_facts_are_kept_is_of_no_matter() -> None:
    before, after = facts(), facts(place__zh="北京", ordinal="1", date="2023", title__zh="大会", agenda__10__zh="十一",
                                   agenda__2__zh="三")  # fmt: skip
    kept = json.loads(json.dumps(after, sort_keys=True))
    assert told(before, after) == told(before, kept)
    assert [line.split("|")[2] for line in told(before, kept)] == [
        "会议名称",
        "第几次",
        "开会日期",
        "地点",
        "议程",
    ]
    assert told(before, kept)[-1].endswith("|三和十一")
