"""Milestones: in the order of time, each on the level its source states, and no level made up."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import canvas
from reports.charts.families import milestones
from reports.charts.families.milestones import LEVELS, MilestoneRow, describe, rows
from reports.charts.family_interface import Sheet
from reports.charts.scene import BLUE, FilledShape, Line, Scene
from reports.charts.symbols import Symbol
from reports.diagnostics.problems import ReportError
from reports.model.kinds.activities import Agreement, Milestone
from reports.model.records import Record, fields
from tests.support.chart_records import STEPS, UNDATED, assert_labels_apart, record, request, two


def step(when: str, level: str | None = None, title: str = "步", **fields: Any) -> Record:
    about = {"level": level} if level else {}
    return record("milestones", title=two(title, "Step"), date=when, **about, **fields)


def arranged(*records: Record, lang: str = "zh", width: float = 15.0, title: str = "") -> Scene:
    asked = request("milestones", *records, lang=lang, width=width)
    return milestones.arrange(rows(asked), Sheet(width, lang, canvas.measure, title))


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


def route(scene: Scene) -> list[Line]:
    """The line through the milestones."""
    return [item for item in scene.items if isinstance(item, Line) and item.colour == BLUE]


# --- rows ---------------------------------------------------------------------------------------------------


def test_rows_say_when_what_and_on_which_level() -> None:
    assert rows(request("milestones", *STEPS)) == (
        MilestoneRow("2011年", "合作备忘录签署", Symbol("done", hollow=True), 0, "研究所"),
        MilestoneRow("2015年", "共建联合中心", Symbol("done", hollow=True), 0, "研究所"),
        MilestoneRow("2020年8月26日", "合作实施协议签署", Symbol("done"), 4, "政府"),
    )


def test_all_levels_of_the_model_have_their_place_and_their_words() -> None:
    for kind in (Agreement, Milestone):
        (choices, _) = get_args(fields(kind)["level"].type)
        assert set(get_args(choices)) == set(LEVELS)
    for lang in ("zh", "en"):
        said = [rows(request("milestones", step("2020", level), lang=lang))[0].said for level in LEVELS]
        assert len(set(said)) == len(LEVELS)


def test_a_level_nobody_states_is_left_open() -> None:
    [row] = rows(request("milestones", step("2020")))

    assert (row.level, row.said) == (-1, "")


def test_the_undated_go_to_the_notes() -> None:
    found = rows(request("milestones", *STEPS, *UNDATED))

    assert [row.title for row in found if not row.dated] == ["第二份备忘录签署（2019年）", "加速器升级"]
    assert rows(request("milestones", *UNDATED)) == ()


def test_a_record_without_a_date_of_its_own_is_refused() -> None:
    with pytest.raises(ReportError, match="a record of its kind has no date"):
        rows(request("milestones", record("series", title=two("年会", "Meetings")), lang="en"))


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "zh", "en"),
    [
        (
            STEPS,
            (
                "里程碑（括注层级）：2011年，合作备忘录签署【研究所】；2015年，共建联合中心【研究所】；"
                "2020年8月26日，合作实施协议签署【政府】。"
            ),
            (
                "Milestones, with their levels: 2011, Memorandum, signed [institute]; "
                "2015, Joint centre set up [institute]; 26 Aug 2020, Implementation agreement, signed [government]."
            ),
        ),
        ((step("2020-08"),), "里程碑：2020年8月，步。", "Milestones: Aug 2020, Step."),
    ],
)
def test_the_words_for_the_picture_hold_every_milestone(
    records: tuple[Record, ...], zh: str, en: str
) -> None:
    for lang, expected in (("zh", zh), ("en", en)):
        assert describe(rows(request("milestones", *records, lang=lang)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


def test_the_line_climbs_where_the_level_changes() -> None:
    scene = arranged(*STEPS)
    upright = [line for line in route(scene) if line.x1 == line.x2]
    signs = [item for item in scene.items if isinstance(item, FilledShape)]
    tops = [min(y for _, y in sign.points) for sign in signs]

    assert len(upright) == 1
    assert upright[0].y2 < upright[0].y1
    assert tops[0] == pytest.approx(tops[1])
    assert tops[2] < tops[0]


def test_lanes_are_named_once_and_the_highest_first() -> None:
    assert texts(arranged(*STEPS)) == [
        "政府", "研究所", "2011年", "合作备忘录签署", "2015年", "共建联合中心", "2020年8月26日", "合作实施协议签署",
        "时间间隔不按比例。空心：月、日未载明。",
    ]  # fmt: skip


def test_the_line_passes_by_what_states_no_level() -> None:
    scene = arranged(step("2011", "institute"), step("2012"), step("2013", "institute"))
    signs = [item for item in scene.items if isinstance(item, FilledShape)]
    middle = [sum(y for _, y in sign.points) / len(sign.points) for sign in signs]

    assert "未载明" in texts(scene)
    assert all(line.y1 == pytest.approx(middle[0]) for line in route(scene))
    assert middle[1] > middle[0]


def test_without_any_level_there_is_one_line_without_a_name() -> None:
    scene = arranged(step("2011-01"), step("2012-02"))

    assert texts(scene)[0] == "2011年1月"
    assert len(route(scene)) == 1


def test_a_long_row_goes_on_below() -> None:
    scene = arranged(*(step(f"{2000 + n}-01", LEVELS[n % 5]) for n in range(9)))
    signs = [item for item in scene.items if isinstance(item, FilledShape)]

    assert len(signs) == 9
    assert texts(scene).count("政府") > 1
    assert max(line.x2 for line in route(scene)) == pytest.approx(15.0)
    assert all(line.x1 >= scene.labels[0].box(canvas.measure).right for line in route(scene))


def test_notes_name_what_has_no_date() -> None:
    assert texts(arranged(*STEPS, *UNDATED))[-2:] == [
        "日期无法辨认：第二份备忘录签署（2019年）。", "日期未载明：加速器升级。",
    ]  # fmt: skip


_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_DATES = st.one_of(
    _DAYS.map(str), _DAYS.map(lambda day: str(day)[:7]), _DAYS.map(lambda day: f"after {str(day)[:4]}")
)
_TITLES = st.text(
    st.sampled_from("国际合作协议会议，。（）“”—") | st.sampled_from("abcdefgh  "), min_size=1, max_size=60
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(_DATES, st.sampled_from([None, *LEVELS]), _TITLES), min_size=1, max_size=12),
    st.sampled_from([6.0, 8.0, 12.0, 15.0]),
    st.sampled_from(["zh", "en"]),
)
def test_no_label_touches_another_or_leaves_the_picture(
    items: list[tuple[str, str | None, str]], width: float, lang: str
) -> None:
    records = [step(when, level, f"步{title}") for when, level, title in items]
    scene = arranged(*records, width=width, lang=lang, title="里程碑")
    assert_labels_apart(scene)
    assert all(0 <= x <= width + 0.001 for line in route(scene) for x in (line.x1, line.x2))
