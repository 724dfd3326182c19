"""Bars of 100 %: what is stated divides them, what is only bounded is drawn as a bound."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reports.charts import canvas
from reports.charts.families import shares
from reports.charts.families.shares import ShareRow, describe, rows
from reports.charts.family_interface import Sheet
from reports.charts.scene import WHITE, Bar, Line, Scene
from reports.diagnostics.problems import ReportError
from reports.model.records import Record
from tests.support.chart_records import CHINA, REFERENCE, assert_labels_apart, record, request, two


def metric(**fields: object) -> Record:
    return record("metrics", title=two("机时", "Instrument time"), **fields)


def arranged(*records: Record, lang: str = "zh", width: float = 15.6, title: str = "") -> Scene:
    asked = request("shares", *records, lang=lang, width=width)
    return shares.arrange(rows(asked), Sheet(width, lang, canvas.measure, title))


def bars(scene: Scene) -> list[Bar]:
    """The bars of a picture without those of its legend."""
    return [item for item in scene.items if isinstance(item, Bar) and item.height > 0.5]


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


def dashed(scene: Scene) -> list[Line]:
    return [item for item in scene.items if isinstance(item, Line) and item.dashed]


def arrows(scene: Scene) -> list[Line]:
    return [item for item in scene.items if isinstance(item, Line) and item.arrow]


# --- rows ---------------------------------------------------------------------------------------------------


def test_a_row_says_its_parts_and_its_figure_in_the_language_of_the_request() -> None:
    assert rows(request("shares", REFERENCE)) == (
        ShareRow("国际参考水平", ("国际 约3", "国内 约7"), 0.3, "at", "约3:7", "国际与国内约3:7"),
    )
    assert rows(request("shares", REFERENCE, lang="en")) == (
        ShareRow(
            "International reference", ("international about 3", "domestic about 7"), 0.3, "at", "about 3:7",
            "international to domestic about 3:7",
        ),
    )  # fmt: skip


def test_the_parts_of_a_bound_have_no_numbers() -> None:
    [row] = rows(request("shares", CHINA))

    assert row == ShareRow("中国目前", ("国际", "国内"), 0.1, "left", "远小于1:9", "国际与国内远小于1:9")


def test_the_rest_of_a_share_is_named_but_not_computed() -> None:
    [row] = rows(
        request("shares", metric(share="65.8%", parts=[two("国外", "abroad"), two("国内", "at home")]))
    )

    assert row.parts == ("国外 65.8%", "国内")
    assert row.share == pytest.approx(0.658)


@pytest.mark.parametrize(
    ("value", "side"),
    [("60%", "at"), ("about 60%", "at"), ("nearly 60%", "at"), ("> 60%", "right"), ("at least 60%", "right"),
     ("< 60%", "left"), ("at most 60%", "left"), ("far below 60%", "left"), ("far above 60%", "right")],
)  # fmt: skip
def test_a_bound_points_to_where_the_figure_may_lie(value: str, side: str) -> None:
    [row] = rows(request("shares", metric(share=value, parts=["A"])))

    assert row.side == side


@pytest.mark.parametrize(
    ("odd", "en", "zh"),
    [
        (
            metric(id="count", quantity="3"),
            "'count' cannot be drawn in a 'shares' chart: it holds neither a ratio nor a share",
            "“count”不能画入“shares”图：它既没有比例，也没有百分比",
        ),
        (
            metric(id="bare", ratio="3:7"),
            "'bare' cannot be drawn in a 'shares' chart: 'parts' has to name what the ratio compares",
            "“bare”不能画入“shares”图：“parts”应写明比较的双方",
        ),
        (
            metric(id="bare", share="3%"),
            "'bare' cannot be drawn in a 'shares' chart: 'parts' has to name what has the share",
            "“bare”不能画入“shares”图：“parts”应写明是谁的占比",
        ),
        (
            record("goals", id="goal", text="A", of="b"),
            "'goal' cannot be drawn in a 'shares' chart: it holds neither a ratio nor a share",
            "“goal”不能画入“shares”图：它既没有比例，也没有百分比",
        ),
    ],
)
def test_a_record_without_a_division_is_refused(odd: Record, en: str, zh: str) -> None:
    for lang, expected in (("en", en), ("zh", zh)):
        with pytest.raises(ReportError) as caught:
            rows(request("shares", REFERENCE, odd, lang=lang))
        [problem] = caught.value.problems
        assert problem.code == "chart/row"
        assert problem.message("zh" if lang == "zh" else "en") == expected


def budget(money: str, **fields: Any) -> Record:
    about = {"basis": "a year", **fields}
    return record("budgets", title=two("年度预算", "Annual budget"), money=money, **about)


def of_whole(whole: Record, *records: Record, lang: str = "zh") -> tuple[ShareRow, ...]:
    asked = request("shares", *records, lang=lang)
    return rows(replace(asked, linked={**asked.linked, "whole": whole}))


WHOLE = budget("USD 125 million", id="whole")
PART = budget("USD 75 million", part_of="whole", payer="germany")


def test_the_share_of_a_budget_is_computed_and_marked() -> None:
    assert of_whole(WHOLE, WHOLE, PART) == (
        ShareRow(
            "年度预算（1.25亿美元）", ("德国 0.75亿美元", "其余"), 0.6, "at", "60%",
            "其中德国 0.75亿美元，占60%（计算值）", "计算值",
        ),
    )  # fmt: skip
    assert of_whole(WHOLE, PART, lang="en") == (
        ShareRow(
            "Annual budget (USD 125 million)", ("Germany USD 75 million", "the rest"), 0.6, "at", "60%",
            "of it Germany USD 75 million, 60% (computed)", "computed",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("money", "whole", "stated"),
    [("CNY 1 million", "CNY 3 million", "33.3%"), ("CNY 1 million", "about CNY 4 million", "about 25%"),
     ("CNY 3 million", "CNY 3 million", "100%")],
)  # fmt: skip
def test_a_computed_share_is_as_certain_as_its_amounts(money: str, whole: str, stated: str) -> None:
    [row] = of_whole(budget(whole, id="whole"), budget(money, part_of="whole"), lang="en")

    assert row.stated == stated


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (
            budget("USD 75 million", part_of="whole", basis="in all"),
            "it is not for the same time as the whole",
        ),
        (budget("USD 75 million", part_of="nobody"), "it is not for the same time as the whole"),
        (budget("USD 130 million", part_of="whole"), "it is no known part of the whole"),
        (budget("> USD 75 million", part_of="whole"), "it is no known part of the whole"),
    ],
)
def test_a_budget_whose_share_cannot_be_computed_is_refused(part: Record, reason: str) -> None:
    with pytest.raises(ReportError, match=reason):
        of_whole(WHOLE, part, lang="en")


def test_a_computed_share_carries_its_mark_below() -> None:
    scene = shares.arrange(of_whole(WHOLE, PART), Sheet(15, "zh", canvas.measure))
    figure, mark = scene.labels[-2:]

    assert (figure.text, mark.text) == ("60%", "计算值")
    assert mark.y > figure.y
    assert_labels_apart(scene)


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            "百分比条形图：国际参考水平，国际与国内约3:7；中国目前，国际与国内远小于1:9；机时，国外65.8%。",
        ),
        (
            "en",
            (
                "Bar chart of shares: International reference, international to domestic about 3:7; "
                "China at present, international to domestic far below 1:9; Instrument time, abroad 65.8%."
            ),
        ),
    ],
)
def test_the_words_for_the_picture_hold_every_figure(lang: str, expected: str) -> None:
    share = metric(share="65.8%", parts=[two("国外", "abroad")])

    assert describe(rows(request("shares", REFERENCE, CHINA, share, lang=lang)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


def test_a_stated_ratio_divides_its_bar() -> None:
    scene = arranged(REFERENCE)
    first, second = bars(scene)

    assert first.width / (first.width + second.width) == pytest.approx(0.3)
    assert second.x == pytest.approx(first.x + first.width)
    assert not dashed(scene)
    assert texts(scene) == ["国际参考水平", "国际 约3", "国内 约7", "约3:7"]


def test_a_bound_is_hatched_up_to_a_dashed_line_with_an_arrow() -> None:
    scene = arranged(CHINA)
    [hatched] = [bar for bar in bars(scene) if bar.hatch]
    [certain] = [bar for bar in bars(scene) if not bar.hatch]
    [line] = dashed(scene)
    [arrow] = arrows(scene)

    assert hatched.face == WHITE
    assert hatched.width / (hatched.width + certain.width) == pytest.approx(0.1)
    assert line.x1 == line.x2 == arrow.x1 == pytest.approx(hatched.x + hatched.width)
    assert arrow.x2 < arrow.x1


def test_a_lower_bound_is_open_to_the_right() -> None:
    scene = arranged(metric(share="> 85%", parts=["A", "B"]))
    [hatched] = [bar for bar in bars(scene) if bar.hatch]
    [arrow] = arrows(scene)

    assert arrow.x1 == pytest.approx(hatched.x)
    assert arrow.x2 > arrow.x1


def test_a_bound_is_never_printed_as_a_share() -> None:
    assert texts(arranged(REFERENCE, CHINA)) == [
        "国际参考水平", "国际 约3", "国内 约7", "约3:7", "中国目前", "国内", "国际", "远小于1:9",
        "斜线部分：原文只给出界限，实际分界在箭头所指一侧",
    ]  # fmt: skip


def test_only_bounds_need_a_legend() -> None:
    assert not any("斜线" in text for text in texts(arranged(REFERENCE)))


def test_all_bars_begin_at_one_zero_line() -> None:
    drawn = bars(arranged(REFERENCE, CHINA, metric(share="5%", parts=["A"])))

    assert len({min(bar.x for bar in drawn if bar.y == y) for y in {bar.y for bar in drawn}}) == 1


@pytest.mark.parametrize("value", ["0:1", "1:0", "1:9999"])
def test_a_part_of_nothing_leaves_its_label_over_the_bar(value: str) -> None:
    scene = arranged(metric(ratio=value, parts=["A", "B"]))

    assert len({round(label.y, 6) for label in scene.labels}) == 2


_NAME = st.text(
    st.sampled_from("国际合作投入，（）") | st.sampled_from("abcdef "), min_size=1, max_size=40
).filter(str.strip)
_SIGN = st.sampled_from(["", "about ", "nearly ", "< ", "> ", "far below ", "far above "])


@st.composite
def metrics(draw: st.DrawFn) -> Record:
    names = [two(f"甲{draw(_NAME)}", "a") for _ in range(2)]
    a, b = draw(st.integers(0, 99)), draw(st.integers(1, 99))
    value = {"ratio": f"{draw(_SIGN)}{a}:{b}"} if draw(st.booleans()) else {"share": f"{draw(_SIGN)}{a}%"}
    return record("metrics", title=two(f"题{draw(_NAME)}", "a"), parts=names, **value)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(metrics(), min_size=1, max_size=6),
    st.sampled_from([8.0, 12.0, 15.6]),
    st.sampled_from(["", "标题" * 20]),
)
def test_no_label_touches_another_or_leaves_the_picture(
    records: list[Record], width: float, title: str
) -> None:
    scene = arranged(*records, width=width, title=title)
    assert_labels_apart(scene)
