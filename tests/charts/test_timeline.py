"""Timelines: every item in its row, as exactly dated as its source states and never more."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reports.charts import canvas
from reports.charts.families import timeline
from reports.charts.families.dated_rows import DatedRow, rows
from reports.charts.families.timeline import describe
from reports.charts.family_interface import Sheet
from reports.charts.scale import Axis, divided, whole
from reports.charts.scene import Bar, FilledShape, Line, Scene
from reports.charts.symbols import Symbol
from reports.diagnostics.problems import ReportError
from reports.model.dates import PartialDate
from reports.model.records import Record
from tests.support.chart_records import HISTORY, UNDATED, assert_labels_apart, record, request, two


def meeting(when: object, status: str = "held", **fields: object) -> Record:
    return record("meetings", title=two("年会", "Meeting"), date=when, status=status, **fields)


def arranged(*records: Record, lang: str = "zh", width: float = 15.6, title: str = "") -> Scene:
    asked = request("timeline", *records, lang=lang, width=width)
    return timeline.arrange(rows(asked), Sheet(width, lang, canvas.measure, title))


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


def read(*records: Record, lang: str = "zh") -> list[tuple[str, str]]:
    """What the rows of *records* say: date and title."""
    return [(row.when, row.title) for row in rows(request("timeline", *records, lang=lang))]


# --- rows ---------------------------------------------------------------------------------------------------


def test_rows_say_when_what_where_and_how_it_stands() -> None:
    assert read(*HISTORY) == [
        ("1985年1月1日", "中国科学院与CERN合作协议生效"),
        ("1992年", "国家科委与CERN科技合作协议签署"),
        ("1999年", "CMS探测器建造合作备忘录签署"),
        ("2002年", "商请续签合作协议的函"),
        ("2019年", "中国与CERN合作机构联盟成立"),
        ("2019年6月19日", "CCJRC谅解备忘录签署"),
        ("2019年10月", "CCJRC年度协调会（CERN）"),
        ("2020年11月", "CCJRC年度协调会（线上）"),
        ("2021年", "CCJRC年度协调会（暂停）"),
        ("2022年", "CCJRC年度协调会（暂停）"),
        ("2022年7月", "王贻芳院士访问CERN"),
        ("2022年9月", "驻CERN办公室成立"),
        ("2022年9月", "驻CERN中秋活动"),
        ("2022年12月", "海外人才需求宣讲会（首届，CERN，线上线下同时，110余人）"),
        ("2023年1月", "驻CERN春节活动"),
        ("2023年7月后", "CCJRC年度协调会（CERN，计划中）"),
    ]


def test_rows_speak_english_too() -> None:
    said = read(*HISTORY, lang="en")

    assert said[0] == ("1 Jan 1985", "CAS–CERN agreement, in force")
    assert said[4] == ("2019", "Alliance of institutions, founded")
    assert said[13] == (
        "Dec 2022",
        "Job fair (first edition, CERN, on site and online, more than 110 people)",
    )
    assert said[15] == ("after Jul 2023", "CCJRC annual coordination meeting (CERN, planned)")


@pytest.mark.parametrize(
    ("founding", "zh", "en"),
    [
        ("founded", "激光网络成立", "Laser network, founded"),
        ("approved", "激光网络获批", "Laser network, approved"),
        ("resolution passed", "激光网络建设决议通过", "Laser network, resolution passed"),
        ("started", "激光网络启动", "Laser network, started"),
        ("under discussion", "激光网络（讨论中）", "Laser network (under discussion)"),
    ],
)
def test_an_alliance_says_what_its_date_is_the_date_of(founding: str, zh: str, en: str) -> None:
    name = {"zh": "激光网络", "en": "Laser network"}
    alliance = record("alliances", name=name, type="alliance", founded="2018-08", founding=founding)

    assert read(alliance) == [("2018年8月", zh)]
    assert read(alliance, lang="en") == [("Aug 2018", en)]
    (row,) = rows(request("timeline", alliance))
    assert row.mark.state == ("planned" if founding == "under discussion" else "done")


def test_rows_stand_in_the_order_of_time() -> None:
    assert read(*reversed(HISTORY[10:])) != read(*HISTORY[10:])  # two of September 2022 keep the given order
    assert [when for when, _ in read(*reversed(HISTORY))] == [when for when, _ in read(*HISTORY)]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"signed": "1985", "effective": "1985-01-01"}, [("1985年1月1日", "协议生效")]),
        ({"signed": "1985-01-01", "effective": "1985"}, [("1985年1月1日", "协议签署")]),
        (
            {"signed": "1984", "effective": "1985-01-01"},
            [("1984年", "协议签署"), ("1985年1月1日", "协议生效")],
        ),
    ],
)
def test_a_date_within_another_one_stands_for_both(
    dates: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    agreement = record(
        "agreements", title=two("协议", "Agreement"), type="agreement", status="signed", **dates
    )

    assert read(agreement) == expected


def test_a_title_that_ends_in_a_bracket_gets_no_second_one() -> None:
    assert read(meeting("2021", "suspended", place="CERN"))[0][1] == "年会（CERN，暂停）"
    bracketed = record(
        "meetings", title=two("年会（第二届）", "Meeting (second)"), date="2021", status="suspended"
    )

    assert read(bracketed) == [("2021年", "年会（第二届），暂停")]
    assert read(bracketed, lang="en") == [("2021", "Meeting (second), suspended")]


def test_a_date_nobody_can_read_is_not_guessed() -> None:
    assert read(HISTORY[1], *UNDATED)[1:] == [
        ("日期无法辨认", "第二份备忘录签署（2019年）"), ("日期未载明", "加速器升级"),
    ]  # fmt: skip
    assert not any(row.first for row in rows(request("timeline", HISTORY[1], *UNDATED))[1:])


def test_a_signature_that_cannot_be_dated_is_noted() -> None:
    signed = {"date": "2019", "certainty": "illegible", "raw": "45th Hazeh, 2019"}
    memo = record(
        "agreements", title=two("备忘录", "Memorandum"), type="memorandum", signed="2019", status="signed",
        signatories=[{"party": "ustc", "signed": "2019-06-19"}, {"party": "cern", "signed": signed}],
    )  # fmt: skip

    assert read(memo) == [("2019年", "备忘录签署"), ("日期无法辨认", "备忘录（1方签字）")]


def test_records_without_any_date_give_no_chart() -> None:
    assert rows(request("timeline", *UNDATED)) == ()


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (record("figures", caption=two("照片", "Photo")), "a record of its kind has no date"),
        (record("series", title=two("年会", "Meetings")), "a record of its kind has no date"),
        (record("people", name=two("王", "Wang")), "a record of its kind has no date"),
        (
            record("memberships", alliance="a", member="b", rank="member", date="2019", status="in force"),
            "a record of its kind has no name to print",
        ),
    ],
)
def test_a_kind_without_dates_or_names_is_refused(odd: Record, reason: str) -> None:
    with pytest.raises(ReportError) as caught:
        rows(request("timeline", *HISTORY, odd, lang="en"))
    [problem] = caught.value.problems

    assert problem.code == "chart/row"
    assert problem.message() == f"'x' cannot be drawn in a 'timeline' chart: {reason}"


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            (
                "时间线，共16项，自“中国科学院与CERN合作协议生效”（1985年1月1日）"
                "至“CCJRC年度协调会（CERN，计划中）”（2023年7月后）；暂停2项；计划中1项；"
                "日期无法辨认：第二份备忘录签署（2019年）；日期未载明：加速器升级。"
            ),
        ),
        (
            "en",
            (
                "Timeline of 16 items from “CAS–CERN agreement, in force” (1 Jan 1985) "
                "to “CCJRC annual coordination meeting (CERN, planned)” (after Jul 2023); suspended: 2; planned: 1; "
                "date illegible: Second memorandum, signed (2019); date not stated: Accelerator upgrade."
            ),
        ),
    ],
)
def test_the_words_for_the_picture_say_its_span_and_what_is_not_done(lang: str, expected: str) -> None:
    assert describe(rows(request("timeline", *HISTORY, *UNDATED, lang=lang)), lang) == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("zh", "时间线，1项：“年会”（2023年1月）。"), ("en", "Timeline of one item: “Meeting” (Jan 2023).")],
)
def test_one_item_has_words_too(lang: str, expected: str) -> None:
    assert describe(rows(request("timeline", meeting("2023-01"), lang=lang)), lang) == expected


# --- scales -------------------------------------------------------------------------------------------------


def days(*texts: str) -> list[tuple[date, date]]:
    return [(date.fromisoformat(text), date.fromisoformat(text)) for text in texts]


OLD = ("1985-01-01", "1992-01-01", "1999-01-01", "2002-01-01")
NEW = ("2019-06-19", "2019-10-01", "2020-11-01", "2022-07-01", "2022-09-01", "2022-12-01", "2023-01-01")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (days(*OLD, *NEW), (4, 7)),
        (days(OLD[0], *NEW), (1, 7)),
        (days(*OLD), (4,)),
        (days(*NEW), (7,)),
        (days(*(f"{year}-01-01" for year in range(1990, 2020, 3))), (10,)),
        (days("1990-01-01", "2020-01-01"), (2,)),
        (days("2020-01-01"), (1,)),
        (days("1980-01-01", "2011-05-03", "2011-10-31", "2012-03-21", "2012-07-04", "2030-01-01"), (1, 4, 1)),
    ],
)
def test_a_crowd_after_a_long_gap_gets_its_own_scale(
    given: list[tuple[date, date]], expected: tuple[int, ...]
) -> None:
    assert divided(given) == expected


def test_something_that_lasts_over_a_gap_keeps_the_scale_whole() -> None:
    lasting = [(date(1985, 1, 1), date(2023, 1, 1)), *days(*OLD[1:], *NEW)]

    assert divided(lasting) == (11,)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (days("2022-07-05", "2022-12-31"), (date(2022, 7, 1), date(2022, 12, 31))),
        (days("2022-02-05", "2022-02-07"), (date(2022, 2, 1), date(2022, 2, 28))),
        (days("2019-06-19"), (date(2019, 1, 1), date(2019, 12, 31))),
        (days("2019-06-19", "2023-07-31"), (date(2019, 1, 1), date(2023, 12, 31))),
        (days("9999-12-31", "9999-12-01"), (date(9999, 12, 1), date(9999, 12, 31))),
    ],
)
def test_a_scale_has_whole_months_or_years(
    given: list[tuple[date, date]], expected: tuple[date, date]
) -> None:
    assert whole(given) == expected


@pytest.mark.parametrize(
    ("years", "room", "expected"),
    [((2019, 2023), 0.9, [2019, 2020, 2021, 2022, 2023]), ((2019, 2023), 1.1, [2020, 2022]),
     ((1985, 2002), 0.9, [1985, 1990, 1995, 2000]), ((1801, 2000), 1.0, [1850, 1900, 1950, 2000]), ((2023, 2023), 9, [2023])],
)  # fmt: skip
def test_marks_stand_at_round_years_with_room_for_their_labels(
    years: tuple[int, int], room: float, expected: list[int]
) -> None:
    axis = Axis(date(years[0], 1, 1), date(years[1], 12, 31), 0, 5)
    marks = [day for day in axis.marks(room) if not axis.by_months]

    assert [day.year for day in marks or [date(2023, 1, 1)]] == expected


# --- layout -------------------------------------------------------------------------------------------------


def signs(scene: Scene) -> list[Bar | FilledShape]:
    """The signs of the rows: what stands above the legend."""
    legend = next(
        (label.y for label in scene.labels if label.text in {"已完成", "计划中", "暂停"}), scene.height
    )
    return [
        item for item in scene.items
        if (isinstance(item, Bar) and item.y < legend - 0.3)
        or (isinstance(item, FilledShape) and max(y for _, y in item.points) < legend - 0.2)
    ]  # fmt: skip


def test_a_day_is_a_full_sign() -> None:
    [sign] = signs(arranged(meeting("2021-03-04")))

    assert isinstance(sign, FilledShape)
    assert sign.face == sign.edge


def test_a_year_is_an_open_bar_over_the_whole_year() -> None:
    [sign] = signs(arranged(meeting("2021")))
    scene = arranged(meeting("2021"))
    axis = [item for item in scene.items if isinstance(item, Line) and item.x1 == item.x2]

    assert isinstance(sign, Bar)
    assert sign.face != sign.edge
    assert sign.x == pytest.approx(axis[0].x1)
    assert sign.width > 5
    assert "只知年份" in texts(scene)


@pytest.mark.parametrize("width", [13.0, 14.0, 15.0, 15.6, 16.0, 17.0])
def test_february_looks_like_the_other_months(width: float) -> None:
    months = [meeting(day) for day in ("2017-11", "2018-02", "2018-06", "2019-01-23")]
    signs_ = signs(arranged(*months, width=width))
    assert type(signs_[0]) is type(signs_[1]) is type(signs_[2])


def test_a_year_among_decades_is_an_open_sign() -> None:
    scene = arranged(*(meeting(str(year)) for year in range(1920, 2020, 7)))

    assert all(isinstance(sign, FilledShape) and sign.face != sign.edge for sign in signs(scene))


def test_a_suspended_year_is_hatched() -> None:
    [sign] = signs(arranged(meeting("2021", "suspended")))

    assert isinstance(sign, Bar)
    assert sign.hatch


@pytest.mark.parametrize(
    ("status", "bars", "dashed"),
    [("planned", 1, True), ("postponed", 1, True), ("suspended", 1, False), ("cancelled", 1, False)],
)
def test_no_day_stands_out_in_a_year(status: str, bars: int, dashed: bool) -> None:
    drawn = signs(arranged(meeting("2021", status), meeting("2021-03-04")))
    over_the_year = [sign for sign in drawn if isinstance(sign, Bar)]

    assert len(over_the_year) == bars
    assert over_the_year[0].dashed == dashed
    assert len(drawn) == bars + 1


def test_a_stated_time_from_to_is_a_full_bar() -> None:
    [sign] = signs(arranged(meeting("2020-02/2021-03")))

    assert isinstance(sign, Bar)
    assert sign.face == sign.edge


@pytest.mark.parametrize(("when", "towards"), [("after 2023-07", 1), ("before 2023-07", -1)])
def test_a_bound_on_a_date_is_an_arrow_away_from_it(when: str, towards: int) -> None:
    scene = arranged(meeting("2023-01"), meeting("2023-12"), meeting(when, "planned"))
    arrow = next(item for item in scene.items if isinstance(item, Line) and item.arrow)
    [mark] = [row.mark for row in rows(request("timeline", meeting(when, "planned")))]

    assert mark == Symbol("planned", towards="right" if towards > 0 else "left")
    assert (arrow.x2 - arrow.x1) * towards > 0
    assert 0 <= arrow.x2 <= scene.width


def test_after_july_begins_when_july_ends() -> None:
    [row] = rows(request("timeline", meeting("after 2023-07", "planned")))

    assert row == DatedRow(
        "2023年7月后",
        "年会（计划中）",
        Symbol("planned", towards="right"),
        date(2023, 7, 31),
        date(2023, 7, 31),
        "month",
    )


def test_the_legend_tells_of_the_signs_that_occur_only() -> None:
    assert texts(arranged(meeting("2021-03-04"), meeting("2022-03-04", "planned")))[-2:] == [
        "已完成",
        "计划中",
    ]
    assert "已完成" not in texts(arranged(meeting("2021-03-04")))


def test_notes_name_what_has_no_date() -> None:
    assert texts(arranged(*HISTORY, *UNDATED))[-3:] == [
        "各段时间刻度不同。", "日期无法辨认：第二份备忘录签署（2019年）。", "日期未载明：加速器升级。",
    ]  # fmt: skip


def test_two_scales_say_which_time_they_show() -> None:
    lone = arranged(meeting("1980-05"), *HISTORY[5:])

    assert {"1980年", "2019—2023年"} <= set(texts(lone))
    assert {"1985—2002年", "2019—2023年"} <= set(texts(arranged(*HISTORY)))
    assert {"1985–2002", "2019–2023"} <= set(texts(arranged(*HISTORY, lang="en")))


@pytest.mark.parametrize("lang", ["zh", "en", "zh-Hant"])
def test_the_briefing_fits_on_a_page(lang: str) -> None:
    scene = arranged(*HISTORY, *UNDATED, lang=lang, title="合作协议与联盟活动")

    assert_labels_apart(scene)
    assert scene.height < 20


_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_DATES = st.one_of(
    _DAYS.map(str),
    _DAYS.map(lambda day: str(day)[:7]),
    _DAYS.map(lambda day: str(day)[:4]),
    _DAYS.map(lambda day: f"{str(day)[:3]}X"),
    st.tuples(st.sampled_from(["after", "before", "about"]), _DAYS).map(
        lambda pair: f"{pair[0]} {str(pair[1])[:7]}"
    ),
    st.lists(_DAYS, min_size=2, max_size=2).map(lambda pair: "/".join(map(str, sorted(pair)))),
    st.dates(date(2019, 1, 1), date(2023, 12, 31)).map(lambda day: str(day)[:7]),
    st.sampled_from(["unknown", "illegible"]),
)
_TITLES = st.text(
    st.sampled_from("国际合作协议会议，。（）“”—") | st.sampled_from("abcdefgh  "), min_size=1, max_size=90
)
_STATUS = st.sampled_from(["held", "suspended", "planned", "postponed", "cancelled"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(_DATES, _TITLES, _STATUS), min_size=1, max_size=40),
    st.sampled_from([8.0, 12.0, 15.6, 24.0]),
    st.sampled_from(["zh", "en"]),
)
def test_no_label_touches_another_or_leaves_the_picture(
    items: list[tuple[str, str, str]], width: float, lang: str
) -> None:
    records = [
        record("meetings", title=two(f"会{title}", f"M{title}"), date=when, status=status)
        for when, title, status in items
    ]
    if rows(request("timeline", *records, lang=lang)):
        scene = arranged(*records, lang=lang, width=width, title="时间线")
        assert_labels_apart(scene)
        inside = [x for item in scene.items if isinstance(item, Line) for x in (item.x1, item.x2)]
        assert all(-0.001 <= x <= width + 0.001 for x in inside)


def test_what_states_no_state_is_drawn_by_the_day_and_none_is_printed() -> None:
    happenings = (
        record("meetings", title=two("会议", "Meeting"), date="2023-01"),
        record("events", title=two("活动", "Event"), type="festival", date="2023-03"),
        record("milestones", title=two("建成", "Built"), date="2023-12"),
    )
    alliance = record("alliances", type="alliance", name={"zh": "联盟", "en": "League"}, founded="2019")
    june = PartialDate(date(2023, 6, 30), date(2023, 6, 30))
    drawn = rows(replace(request("timeline", *happenings, alliance, lang="en"), day=june))

    assert [(row.title, row.mark.state) for row in drawn] == [
        ("League, founded", "done"), ("Meeting", "done"), ("Event", "done"), ("Built", "planned"),
    ]  # fmt: skip
