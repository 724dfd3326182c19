"""Trends: every figure at the end of its time, nothing drawn between what is unlike, and no label over another."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from reports.charts import canvas, draw
from reports.charts.families.over_time import trend, trend_layout
from reports.charts.families.over_time.label_room import spread
from reports.charts.families.over_time.markers import MARKERS
from reports.charts.families.over_time.trend import describe, rows
from reports.charts.families.over_time.trend_plot import Trends
from reports.charts.families.over_time.value_axis import values
from reports.charts.family_interface import Sheet
from reports.charts.scene import FilledShape, Line, Polyline, Scene
from reports.diagnostics.problems import ReportError
from reports.model.dates import parse_date
from reports.model.records import Record
from tests.support.chart_records import PLANS, USERS, assert_labels_apart, over_time, record, request, two

SHARE = over_time(
    "国外机时占比", "Time used from abroad", ("2024", "20%"), ("2025", "26.5%"), sort="share",
    baseline={"at": "2023", "share": "18%"}, target=[{"by": "2027", "share": "at least 30%"}],
)  # fmt: skip
HEFEI = over_time("合肥光源", "Hefei", ("2025Q4", "95"), ("2026Q1", "more than 110"), ("2026Q2", "about 120"))
LONG = over_time(
    "国外用户所用机时，含远程实验，不含维护和调试时间", "Hours used by guests from abroad, remote experiments included",
    *((f"{year}Q{quarter}", str(300 + 37 * (year * 4 + quarter) * 7 % 410)) for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4)),
)  # fmt: skip


def chart(*records: Record, lang: str = "zh", **options: Any) -> Trends:
    [found] = rows(request("trend", *records, lang=lang, **options))
    return found


def arranged(*records: Record, lang: str = "zh", width: float = 15.6, **options: Any) -> Scene:
    return trend_layout.arrange(
        (chart(*records, lang=lang, **options),), Sheet(width, lang, canvas.measure, "标题")
    )


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


def refused(*records: Record) -> str:
    with pytest.raises(ReportError) as caught:
        rows(request("trend", *records, lang="en"))
    [problem] = caught.value.problems
    return problem.message()


# --- rows ---------------------------------------------------------------------------------------------------


def test_a_figure_stands_at_the_end_of_its_time() -> None:
    [course] = chart(USERS).panels[0].courses

    assert [(str(one.day), one.said) for one in course.points] == [
        ("2025-12-31", "398"), ("2026-03-31", "412"), ("2026-06-30", "463"),
    ]  # fmt: skip
    assert course.baseline
    assert (str(course.baseline.day), course.baseline.said) == ("2025-09-30", "380")
    assert [(str(one.day), one.said) for one in course.targets] == [("2026-12-31", "500")]
    assert (course.aim, course.state) == (date(2026, 12, 31), "快于计划")


def test_one_figure_with_its_date_is_one_point() -> None:
    one = record("metrics", title=two("线站", "Beamlines"), quantity="39", date="2026-03")

    [course] = chart(one).panels[0].courses
    assert [(str(point.day), point.said) for point in course.points] == [("2026-03-31", "39")]


def test_figures_of_one_unit_share_a_scale_and_others_get_their_own() -> None:
    euro = over_time("经费", "Money", ("2025", "EUR 2 million"), sort="money")
    dollar = over_time("拨款", "Grant", ("2025", "USD 3 million"), sort="money")
    found = chart(USERS, SHARE, HEFEI, euro, dollar)

    assert [[course.title for course in panel.courses] for panel in found.panels] == [
        ["装置用户", "合肥光源"], ["国外机时占比"], ["经费"], ["拨款"],
    ]  # fmt: skip
    assert [(panel.unit, panel.behind) for panel in found.panels] == [
        ("人", ""),
        ("", "%"),
        ("万欧元", ""),
        ("万美元", ""),
    ]


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (PLANS[0], "only metrics have figures over time"),
        (record("metrics", title="A", quantity="5"), "its figure has no date"),
        (record("metrics", title="A", quantity="5", date="about 2025"), "its figure has no date"),
        (over_time("甲", "A", ("2024", "3:0"), sort="ratio"), "a ratio to nought is no number"),
    ],
)  # fmt: skip
def test_what_has_no_comparable_dated_figures_is_refused(odd: Record, reason: str) -> None:
    assert refused(odd).endswith(f"cannot be drawn in a 'trend' chart: {reason}")


def test_of_figures_in_several_currencies_those_like_the_latest_are_drawn() -> None:
    mixed = over_time("甲", "A", ("2023", "EUR 1"), ("2024", "USD 1"), ("2025", "EUR 2"), sort="money")

    [panel] = chart(mixed).panels
    assert [point.when for point in panel.courses[0].points] == ["2023年", "2025年"]


def test_more_lines_of_one_unit_than_can_be_told_apart_are_refused() -> None:
    assert "6 lines of one unit, at most 5" in refused(*[USERS] * (len(MARKERS) + 1))


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            (
                "趋势图：装置用户（单位：人），2025年第四季度：398，2026年第一季度：412，2026年第二季度：463，"
                "基线（2025年第三季度）：380，目标（2026年第四季度）：500，截至2026年6月30日：快于计划；"
                "国外机时占比，2024年：20%，2025年：26.5%，基线（2023年）：18%，目标（2027年）：不少于30%，截至2026年6月30日：快于计划。"
            ),
        ),
        (
            "en",
            (
                "Trend: Facility users (unit: people), fourth quarter of 2025: 398, first quarter of 2026: 412, "
                "second quarter of 2026: 463, baseline (third quarter of 2025): 380, target (fourth quarter of 2026): 500, "
                "as of 30 Jun 2026: ahead; Time used from abroad, 2024: 20%, 2025: 26.5%, baseline (2023): 18%, "
                "target (2027): at least 30%, as of 30 Jun 2026: ahead."
            ),
        ),
    ],
)
def test_the_words_for_the_picture_say_every_figure_and_how_it_stands(lang: str, expected: str) -> None:
    assert describe(rows(request("trend", USERS, SHARE, lang=lang)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


def test_few_figures_are_all_labelled_with_baseline_and_target() -> None:
    assert {"398", "412", "463", "基线380", "目标500", "截至2026年6月30日", "单位：人"} <= {
        *texts(arranged(USERS))
    }


def test_of_many_the_first_last_largest_and_smallest_are() -> None:
    course = chart(LONG).panels[0].courses[0]
    numbers = [point.value for point in course.points]
    wanted = {str(numbers[0]), str(numbers[-1]), str(max(numbers)), str(min(numbers))}

    assert wanted <= {*texts(arranged(LONG))}


def test_the_line_to_the_target_is_straight_and_begins_at_the_baseline() -> None:
    scene = arranged(USERS)
    dashed, drawn = (
        next(i for i in scene.items if isinstance(i, Polyline) and bool(i.dash) == dash)
        for dash in (True, False)
    )
    hollow = [i for i in scene.items if isinstance(i, FilledShape) and i.face != i.edge]

    assert len(dashed.points) == 2
    assert len(drawn.points) == 3
    assert len(hollow) == 3  # the two rings of the target, and the baseline
    xs, ys = zip(*hollow[-1].points, strict=True)
    assert (sum(xs) / len(xs), sum(ys) / len(ys)) == pytest.approx(dashed.points[0])


def test_a_scale_starts_at_nought_or_says_that_it_does_not() -> None:
    close = over_time("台数", "Sets", ("2024", "1962"), ("2025", "1971"))

    assert "纵轴不从0起。" in texts(arranged(close))
    assert "纵轴不从0起。" not in texts(arranged(close, axis="from zero"))
    assert "0" in texts(arranged(close, axis="from zero"))
    assert "0" in texts(arranged(USERS))


@pytest.mark.parametrize(
    ("numbers", "marks", "broken"),
    [
        ((380, 500), (0, 200, 400, 600), False),
        ((1950, 1971), (1950, 1960, 1970, 1980), True),
        ((5,), (0, 2, 4, 6), False),
        ((0, 0), (0, Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), 1), False),
        ((-30, 50), (-40, -20, 0, 20, 40, 60), False),
    ],
)
def test_a_scale_is_marked_at_round_numbers(
    numbers: tuple[int, ...], marks: tuple[Any, ...], broken: bool
) -> None:
    found = values([Decimal(one) for one in numbers], from_nought=False)

    assert (found.marks(), found.broken) == (marks, broken)


def test_a_bound_has_an_arrow_to_where_the_true_number_lies() -> None:
    [arrow] = [i for i in arranged(HEFEI).items if isinstance(i, Line) and i.arrow]

    assert arrow.y2 < arrow.y1
    assert any(text.startswith("箭头：原文只给出界限") for text in texts(arranged(HEFEI)))
    assert "竖线：原文为约数。" in texts(arranged(HEFEI))


def test_the_day_has_a_line_where_anything_lies_elsewhere() -> None:
    no_target = over_time("装置用户", "Facility users", ("2026Q1", "412"), ("2026Q2", "463"))

    assert "截至2026年6月30日" in texts(arranged(USERS))
    assert "截至2026年6月30日" not in texts(arranged(no_target))


def test_several_lines_are_named_with_their_last_figures_at_their_ends() -> None:
    scene = arranged(USERS, HEFEI)

    assert {"装置用户：463", "合肥光源：约120"} <= {*texts(scene)}


def test_lines_are_told_apart_without_colour() -> None:
    looks = {(marker.corners, marker.turn, marker.dash) for marker in MARKERS}

    assert len(looks) == len(MARKERS)
    assert len({marker.dash for marker in MARKERS}) == len(MARKERS)
    grey = Image.open(io.BytesIO(draw(request("trend", USERS, HEFEI, LONG)).png)).convert("L")
    assert min(grey.tobytes()) < 100


@pytest.mark.parametrize(
    ("times", "lang", "expected"),
    [
        (("2024", "2025"), "zh", {"2024年", "2025年"}),
        (("2024", "2025Q2"), "en", {"Q1", "Q2", "Q3", "Q4", "2024"} - {"Q1", "Q2", "Q3", "Q4"} | {"end Q2"}),
        (("2026-04", "2026-06"), "zh", {"4月", "5月", "6月", "2026年"}),
        (("2026-04-03", "2026-06-11"), "en", {"end Apr", "end May"}),
    ],
)
def test_times_are_called_by_what_the_figures_are_of(
    times: tuple[str, ...], lang: str, expected: set[str]
) -> None:
    figures = over_time("甲", "A", *((at, "5") for at in times))

    assert expected <= {*texts(arranged(figures, lang=lang))}


def test_blocks_that_want_one_place_are_spread_in_order_and_stay_within() -> None:
    assert spread((5.0, 5.0, 1.0), (1.0, 1.0, 1.0), 0.0, 6.0) == (4.5, 5.5, 1.0)
    assert spread((0.0, 0.0), (1.0, 1.0), 0.0, 6.0) == (0.5, 1.5)


_TIMES = st.one_of(
    st.integers(1990, 2040).map(str),
    st.tuples(st.integers(2015, 2030), st.integers(1, 4)).map(lambda pair: f"{pair[0]}Q{pair[1]}"),
    st.dates(date(2024, 1, 1), date(2027, 12, 31)).map(str),
    st.dates(date(2020, 1, 1), date(2027, 12, 31)).map(lambda day: str(day)[:7]),
)
_BOUNDS = st.sampled_from(["", "", "", "about ", "more than ", "at most "])
_FIGURES = st.tuples(_BOUNDS, st.integers(0, 10**7)).map(lambda pair: f"{pair[0]}{pair[1]}")
_TITLES = st.text(
    st.sampled_from("国际合作装置用户机时，（）") | st.sampled_from("abcdefgh  "), min_size=1, max_size=50
).filter(str.strip)


@st.composite
def metrics(drawing: st.DrawFn) -> Record:
    title = drawing(_TITLES)
    figures = drawing(st.lists(st.tuples(_TIMES, _FIGURES), min_size=1, max_size=14))
    fields: dict[str, Any] = {}
    if drawing(st.booleans()):
        fields["baseline"] = {"at": drawing(_TIMES), "quantity": drawing(_FIGURES)}
    fields["target"] = [
        {"by": by, "quantity": figure}
        for by, figure in drawing(st.lists(st.tuples(_TIMES, _FIGURES), max_size=2))
    ]
    fields["unit"] = two(*drawing(st.sampled_from([("人", "people"), ("小时", "hours")])))
    return over_time(title, title, *figures, **fields)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(metrics(), min_size=1, max_size=5), st.sampled_from(["zh", "en"]), st.sampled_from([10.0, 15.6])
)
def test_whatever_the_figures_no_text_touches_another_or_leaves_the_picture(
    found: list[Record], lang: str, width: float
) -> None:
    scene = arranged(*found, lang=lang, width=width)

    assert_labels_apart(scene)
    for item in scene.items:
        if isinstance(item, Polyline | FilledShape):
            assert all(-0.001 <= x <= scene.width + 0.001 and 0 <= y <= scene.height for x, y in item.points)
    assert describe((chart(*found, lang=lang),), lang)


def test_the_request_alone_decides_the_picture() -> None:
    asked = request("trend", USERS)
    later = replace(asked, day=parse_date("2026-07-31"))

    assert draw(asked) == draw(asked)
    assert draw(asked).png != draw(later).png
    assert trend.FAMILY.rows(asked) != trend.FAMILY.rows(later)


def test_every_label_can_be_read() -> None:
    assert all(label.size >= 9 for label in arranged(USERS, SHARE, LONG).labels)
