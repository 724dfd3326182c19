"""Bars: what is counted, said as its source says it, from one zero line in one unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import canvas
from reports.charts.families import bars, bars_layout
from reports.charts.families.bars import describe, rows
from reports.charts.families.bars_layout import BarRow, Bars, Piece
from reports.charts.family_interface import Sheet
from reports.charts.scene import BLUE, WHITE, Bar, Line, Scene
from reports.charts.styles import BUILT, DESIGNED, RUNNING, SERIES
from reports.diagnostics.problems import Problem, ReportError
from reports.model.records import Record
from tests.support.chart_records import (
    BEAMLINES,
    LEAGUE,
    SOURCES,
    assert_labels_apart,
    facility,
    record,
    request,
    two,
)


def metric(quantity: str, title: str = "数", **fields: object) -> Record:
    return record("metrics", title=two(title, "Number"), quantity=quantity, **fields)


def budget(money: str, **fields: object) -> Record:
    about = {"basis": "a year", **fields}
    return record("budgets", title=two("经费", "Budget"), money=money, **about)


def arranged(
    *records: Record, lang: str = "zh", width: float = 15.0, title: str = "", **options: Any
) -> Scene:
    asked = request("bars", *records, lang=lang, width=width, **options)
    return bars_layout.arrange(rows(asked), Sheet(width, lang, canvas.measure, title))


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


def drawn(scene: Scene) -> list[Bar]:
    """The bars without the swatches of the legend and the plates under numbers."""
    return [item for item in scene.items if isinstance(item, Bar) and item.height > 0.41]


def refused(*records: Record, lang: str = "en", **options: Any) -> Problem:
    with pytest.raises(ReportError) as caught:
        rows(request("bars", *records, lang=lang, **options))
    [problem] = caught.value.problems
    return problem


# --- rows ---------------------------------------------------------------------------------------------------


def test_facilities_are_measured_by_their_beamlines_and_look_like_their_status() -> None:
    [chart] = rows(request("bars", *BEAMLINES))

    assert chart == Bars(
        (
            BarRow("合肥光源", Decimal(10), "10", "exact", RUNNING, "运行"),
            BarRow("上海光源二期线站", Decimal(16), "16", "exact", BUILT, "升级改造"),
            BarRow("高能同步辐射光源", Decimal(14), "14", "exact", DESIGNED, "初步设计"),
        ),
        (), "条", statuses=((RUNNING, "运行"), (BUILT, "升级改造"), (DESIGNED, "初步设计")),
    )  # fmt: skip


def test_a_number_keeps_the_parts_its_source_states() -> None:
    [chart] = rows(request("bars", SOURCES, lang="en"))

    assert chart.series == ("synchrotrons", "free-electron lasers")
    assert chart.unit == "light sources"
    assert chart.rows[0].stated == "19"
    assert chart.rows[0].pieces == (Piece(0, Decimal(13), "13"), Piece(1, Decimal(6), "6"))
    assert not chart.grouped


def test_parts_that_do_not_add_up_stand_side_by_side() -> None:
    parts = [{"label": two("甲", "a"), "value": "13"}, {"label": two("乙", "b"), "value": "9"}]
    [chart] = rows(request("bars", metric("19", components=parts, adds_up=False)))

    assert chart.grouped


@pytest.mark.parametrize(
    ("value", "end", "zh", "en"),
    [("90", "exact", "90", "90"), ("about 90", "about", "约90", "about 90"), ("nearly 90", "about", "近90", "nearly 90"),
     ("> 220", "above", "220余", "more than 220"), ("at least 3", "above", "不少于3", "at least 3"),
     ("< 5", "below", "不足5", "less than 5"), ("far below 9", "below", "远小于9", "far below 9")],
)  # fmt: skip
def test_a_bound_stays_a_bound(value: str, end: str, zh: str, en: str) -> None:
    for lang, expected in (("zh", zh), ("en", en)):
        [chart] = rows(request("bars", metric(value), lang=lang))
        assert (chart.rows[0].end, chart.rows[0].stated) == (end, expected)


@pytest.mark.parametrize(
    ("money", "zh", "en"),
    [
        (
            ("USD 125 million", "USD 75 million"),
            ("亿美元，每年", "1.25", "0.75"),
            ("USD million, a year", "125", "75"),
        ),
        (("CNY 20,000", "CNY 12,345"), ("元，每年", "20,000", "12,345"), ("CNY, a year", "20,000", "12,345")),
        (("CNY 20,000", "CNY 5,000"), ("万元，每年", "2", "0.5"), ("CNY, a year", "20,000", "5,000")),
    ],
)
def test_the_largest_amount_decides_the_unit_of_all(
    money: tuple[str, str], zh: tuple[str, ...], en: tuple[str, ...]
) -> None:
    for lang, expected in (("zh", zh), ("en", en)):
        [chart] = rows(request("bars", *map(budget, money), lang=lang))
        assert (chart.unit, *(row.stated for row in chart.rows)) == expected


def test_bars_stand_in_the_order_given_or_by_value() -> None:
    [given_] = rows(request("bars", *BEAMLINES))
    [ordered] = rows(request("bars", *BEAMLINES, order="value"))

    assert [row.stated for row in given_.rows] == ["10", "16", "14"]
    assert [row.stated for row in ordered.rows] == ["16", "14", "10"]


@pytest.mark.parametrize(
    ("records", "code", "en", "zh"),
    [
        (
            (metric("3", unit=two("条", "beamlines")), metric("3", unit=two("条", "end stations"))),
            "chart/rows",
            "these records cannot share one 'bars' chart: their units differ: beamlines, end stations",
            "这些记录不能画入同一“bars”图：单位不同：条",
        ),
        (
            (budget("USD 1 million"), budget("EUR 1 million")), "chart/rows",
            "these records cannot share one 'bars' chart: their units differ: USD, EUR",
            "这些记录不能画入同一“bars”图：单位不同：美元, 欧元",
        ),
        (
            (budget("USD 1 million"), budget("USD 1 million", basis="in all")), "chart/rows",
            "these records cannot share one 'bars' chart: they are for different times: a year, in all",
            "这些记录不能画入同一“bars”图：期限不同：每年, 共计",
        ),
        (
            (record("goals", id="goal", text="A", of="b"),), "chart/row",
            "'goal' cannot be drawn in a 'bars' chart: it counts nothing",
            "“goal”不能画入“bars”图：它没有可比较的数",
        ),
        (
            (metric("-3", id="debt"),), "chart/row",
            "'debt' cannot be drawn in a 'bars' chart: its number is below zero",
            "“debt”不能画入“bars”图：它的数小于零",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(records: tuple[Record, ...], code: str, en: str, zh: str) -> None:
    assert refused(*records).code == code
    assert refused(*records).message() == en
    assert refused(*records, lang="zh").message("zh") == zh


def test_more_parts_than_can_be_told_apart_are_refused() -> None:
    parts = [{"label": two(f"部{n}", f"p{n}"), "value": "1"} for n in range(7)]

    assert refused(metric("7", components=parts)).message().endswith("7 kinds of parts, at most 6")


# --- counting -----------------------------------------------------------------------------------------------


def test_facilities_are_counted_by_country_and_type() -> None:
    [chart] = rows(request("bars", *LEAGUE, by="country"))

    assert [(row.title, row.stated, [p.said for p in row.pieces]) for row in chart.rows] == [
        ("德国", "3", ["2", "1"]), ("意大利", "2", ["1", "1"]), ("波兰", "1", ["1"]), ("丹麦", "1", ["1"]),
        ("未载明", "1", ["1"]),
    ]  # fmt: skip
    assert chart.series == ("同步辐射光源（6）", "自由电子激光设施（2）")
    assert (chart.unit, chart.note, chart.total) == ("个", "按国家逐条计数（计算值）", 8)


def test_equal_counts_stand_in_the_order_of_their_names() -> None:
    [zh] = rows(request("bars", *LEAGUE, by="country"))
    [en] = rows(request("bars", *LEAGUE, by="country", lang="en"))

    assert [row.title for row in zh.rows][2:4] == ["波兰", "丹麦"]  # bōlán, dānmài
    assert [row.title for row in en.rows][2:4] == ["Denmark", "Poland"]


@pytest.mark.parametrize(
    ("options", "series"),
    [({"by": "type"}, 0), ({"by": "country", "split": "none"}, 0), ({"by": "country", "split": "status"}, 1),
     ({"by": "status"}, 2)],
)  # fmt: skip
def test_counts_may_be_split_by_another_field(options: dict[str, Any], series: int) -> None:
    [chart] = rows(request("bars", *LEAGUE, lang="en", **options))

    assert len(chart.series) == series
    assert sum(int(row.stated) for row in chart.rows) == len(LEAGUE)


def test_counting_by_a_field_a_record_lacks_is_refused() -> None:
    problem = refused(*LEAGUE, metric("3", id="three"), by="country")

    assert (
        problem.message()
        == "'three' cannot be drawn in a 'bars' chart: a record of its kind has no 'country'"
    )


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "options", "zh", "en"),
    [
        (
            BEAMLINES,
            {},
            "条形图（单位：条）：合肥光源10（运行）；上海光源二期线站16（升级改造）；高能同步辐射光源14（初步设计）。",
            (
                "Bar chart (beamlines): Hefei Light Source 10 (in operation); Beamlines of SSRF 16 (being upgraded); "
                "High Energy Photon Source 14 (in preliminary design)."
            ),
        ),
        (
            (SOURCES,),
            {},
            "条形图（单位：台）：联盟光源19（同步辐射13、自由电子激光6）。",
            "Bar chart (light sources): Light sources of the league 19 (synchrotrons 13, free-electron lasers 6).",
        ),
        (
            LEAGUE[:2],
            {"by": "country"},
            "条形图（单位：个），按国家逐条计数（计算值）：德国2（同步辐射光源1、自由电子激光设施1）；共2。",
            (
                "Bar chart (facilities). Counted from the records by country (computed): "
                "Germany 2 (synchrotron light source 1, free-electron laser 1); 2 in all."
            ),
        ),
        ((metric("> 220"),), {}, "条形图：数220余。", "Bar chart: Number more than 220."),
    ],
)
def test_the_words_for_the_picture_hold_every_number(
    records: tuple[Record, ...], options: dict[str, Any], zh: str, en: str
) -> None:
    for lang, expected in (("zh", zh), ("en", en)):
        assert describe(rows(request("bars", *records, lang=lang, **options)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers_from_one_zero_line() -> None:
    ten, sixteen, fourteen = drawn(arranged(*BEAMLINES))

    assert ten.x == sixteen.x == fourteen.x
    assert ten.width / sixteen.width == pytest.approx(10 / 16)
    assert fourteen.width / sixteen.width == pytest.approx(14 / 16)


def test_statuses_differ_by_more_than_colour() -> None:
    running, upgraded, designed = drawn(arranged(*BEAMLINES))

    assert (running.face, upgraded.face, designed.face) == (BLUE, WHITE, WHITE)
    assert upgraded.pattern != designed.pattern
    assert designed.dashed


def test_the_legend_the_unit_and_the_numbers_are_printed() -> None:
    assert texts(arranged(*BEAMLINES)) == [
        "运行", "升级改造", "初步设计", "单位：条", "合肥光源", "10", "上海光源二期线站", "16", "高能同步辐射光源", "14",
    ]  # fmt: skip


def test_the_pieces_of_a_bar_hold_their_numbers() -> None:
    scene = arranged(SOURCES)
    first, second = drawn(scene)

    assert first.width / second.width == pytest.approx(13 / 6)
    assert (first.face, second.face) == (SERIES[0].face, SERIES[1].face)
    assert texts(scene) == ["同步辐射", "自由电子激光", "单位：台", "联盟光源", "13", "6", "19"]


def test_pieces_too_narrow_for_their_numbers_say_them_behind_the_bar() -> None:
    parts = [{"label": two("甲", "a"), "value": "999"}, {"label": two("乙", "b"), "value": "1"}]

    assert "1000 = 999 + 1" in texts(arranged(metric("1000", components=parts)))


def test_grouped_parts_say_their_sum_in_the_title() -> None:
    scene = arranged(SOURCES, parts="grouped")

    assert texts(scene)[3:] == ["联盟光源（共19）", "13", "6"]
    assert len({bar.y for bar in drawn(scene)}) == 2


@pytest.mark.parametrize(("value", "towards"), [("> 220", 1), ("< 220", -1)])
def test_a_bound_is_a_dashed_line_with_an_arrow(value: str, towards: int) -> None:
    scene = arranged(metric(value))
    lines = [item for item in scene.items if isinstance(item, Line)]
    [dashed] = [line for line in lines if line.dashed]
    [arrow] = [line for line in lines if line.arrow]

    assert dashed.x1 == arrow.x1 == pytest.approx(max(bar.x + bar.width for bar in drawn(scene)))
    assert (arrow.x2 - arrow.x1) * towards > 0
    assert "原文只给出界限" in texts(scene)[-1]


def test_a_number_that_is_about_right_has_a_hatched_end() -> None:
    solid, end = drawn(arranged(metric("nearly 90")))

    assert not solid.hatch
    assert end.hatch
    assert end.x == pytest.approx(solid.x + solid.width)


def test_counts_are_marked_as_computed() -> None:
    assert texts(arranged(*LEAGUE, by="country"))[-1] == "按国家逐条计数（计算值）。"
    assert (
        texts(arranged(*LEAGUE, by="country", lang="en"))[-1]
        == "Counted from the records by country (computed)."
    )


def test_nothing_but_zeros_can_be_drawn() -> None:
    assert texts(arranged(metric("0"))) == ["数", "0"]


_TEXT = st.text(st.sampled_from("国际合作投入，（）") | st.sampled_from("abcdef "), min_size=1, max_size=40)
_BOUND = st.sampled_from(["", "about ", "nearly ", "> ", "< ", "far below ", "at most "])


@st.composite
def counted(draw: st.DrawFn) -> Record:
    title = f"题{draw(_TEXT)}"
    if draw(st.booleans()):
        status = draw(st.sampled_from(["running", "upgrade", "pre-research", "not stated"]))
        return facility(title, "A", beamlines=f"{draw(_BOUND)}{draw(st.integers(0, 99))}", status=status)
    parts = [
        {"label": two(f"部{n}", "p"), "value": str(draw(st.integers(0, 9999)))}
        for n in range(draw(st.integers(0, 3)))
    ]
    value = f"{draw(_BOUND)}{sum(int(str(part['value'])) for part in parts) or draw(st.integers(0, 10**7))}"
    return metric(value, title, unit=two("条", "beamlines"), components=parts)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(counted(), min_size=1, max_size=7),
    st.sampled_from([8.0, 12.0, 15.0]),
    st.sampled_from(["zh", "en"]),
    st.sampled_from(["stacked", "grouped"]),
)
def test_no_label_touches_another_or_leaves_the_picture(
    records: list[Record], width: float, lang: str, parts: str
) -> None:
    assert_labels_apart(arranged(*records, width=width, lang=lang, title="标题" * 20, parts=parts))


def test_the_family_offers_its_options() -> None:
    assert list(bars.FAMILY.options) == ["by", "split", "order", "parts"]


def test_a_facility_of_which_no_state_is_stated_looks_like_none_of_the_others() -> None:
    known, unknown = (
        facility("光源", "Light", beamlines="10"),
        facility("装置", "Device", beamlines="5", status=None),
    )
    [chart] = rows(request("bars", known, unknown, lang="en"))

    assert [words for _, words in chart.statuses] == ["in operation", "not stated"]
