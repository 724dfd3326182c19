"""Bars of 100 %: what is stated divides them, what is only bounded is drawn as a bound."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import canvas, shares
from reports.charts.family import Sheet
from reports.charts.scene import WHITE, Bar, Line, Scene
from reports.charts.shares import Row, describe, rows
from reports.model import Record
from reports.problems import ReportError
from tests.chart_cases import CHINA, REFERENCE, assert_labels_apart, record, request, two


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
        Row("国际参考水平", ("国际 约3", "国内 约7"), 0.3, "at", "约3:7", "国际与国内约3:7"),
    )
    assert rows(request("shares", REFERENCE, lang="en")) == (
        Row(
            "International reference", ("international about 3", "domestic about 7"), 0.3, "at", "about 3:7",
            "international to domestic about 3:7",
        ),
    )  # fmt: skip


def test_the_parts_of_a_bound_have_no_numbers() -> None:
    [row] = rows(request("shares", CHINA))

    assert row == Row("中国目前", ("国际", "国内"), 0.1, "left", "远小于1:9", "国际与国内远小于1:9")


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
