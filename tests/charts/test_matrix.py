"""Matrices: what is stated, what is denied and what is left open are three signs; sums are marked as computed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import canvas
from reports.charts.families import matrix
from reports.charts.families.matrix import Matrix, describe, rows
from reports.charts.family_interface import Sheet
from reports.charts.scene import BLUE, GREY, WHITE, FilledShape, Line, Scene
from reports.diagnostics.problems import ReportError
from reports.model.records import Record
from tests.support.chart_records import (
    CLASSES,
    MEETINGS,
    SHRIMP,
    assert_labels_apart,
    meeting,
    member_class,
    request,
    two,
)


def arranged(*records: Record, lang: str = "zh", width: float = 15.0, title: str = "") -> Scene:
    asked = request("matrix", *records, lang=lang, width=width)
    return matrix.arrange(rows(asked), Sheet(width, lang, canvas.measure, title))


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


# --- rows ---------------------------------------------------------------------------------------------------


def test_meetings_stand_in_the_order_of_time_and_parties_by_how_often_they_came() -> None:
    assert rows(request("matrix", *MEETINGS)) == (
        Matrix(
            "高官会系列",
            (("第1次", "2011年3月", "比利时"), ("第2次", "2011年11月", "南非"), ("第3次", "2012年4月3日—4日")),
            ("德国", "意大利", "中国", "法国"),
            ((True, True, True), (True, True, False), (False, True, True), (True, False, False)),
            "参加", "原文未列入参加者", ("次数", "方数"),
        ),
    )  # fmt: skip


def test_meetings_of_no_one_series_are_called_by_their_titles() -> None:
    other = meeting("2013", "china", series=None, title=two("年会", "Annual meeting"))
    [found] = rows(request("matrix", *MEETINGS, other, lang="en"))

    assert found.subject == ""
    assert found.heads[0] == ("Senior officials", "Mar 2011", "Belgium")
    assert found.heads[-1] == ("Annual meeting", "2013")


def test_a_meeting_that_names_nobody_leaves_all_cells_open() -> None:
    [found] = rows(request("matrix", *MEETINGS, meeting("2010", ordinal="4")))

    assert {line[0] for line in found.cells} == {None}
    assert found.column_sums == ("–", "3", "3", "2")
    assert found.line_sums == ("3", "2", "2", "1")
    assert rows(request("matrix", meeting("2010", ordinal="4"))) == ()


def test_classes_have_rights_lack_them_or_leave_them_open() -> None:
    assert rows(request("matrix", *CLASSES)) == (
        Matrix(
            "LIGHT", (("会员",), ("合伙人",)), ("参与决策", "表决", "列席"),
            ((True, None), (True, False), (None, True)), "有", "无",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("records", "width", "en", "zh"),
    [
        (
            (SHRIMP,),
            15.0,
            "'shrimp' cannot be drawn in a 'matrix' chart: it is neither a meeting nor a class of members",
            "“shrimp”不能画入“matrix”图：它既不是会议，也不是成员类别",
        ),
        (
            (*MEETINGS, *CLASSES),
            15.0,
            "these records cannot share one 'matrix' chart: meetings and classes of members",
            "这些记录不能画入同一“matrix”图：会议与成员类别不能并列",
        ),
        (
            MEETINGS,
            6.0,
            "these records cannot share one 'matrix' chart: 3 columns, of which 2 fit into this width",
            "这些记录不能画入同一“matrix”图：3列，此宽度最多2列",
        ),
    ],
)
def test_what_makes_no_matrix_is_refused(records: tuple[Record, ...], width: float, en: str, zh: str) -> None:
    for lang, expected in (("en", en), ("zh", zh)):
        with pytest.raises(ReportError) as caught:
            rows(request("matrix", *records, lang=lang, width=width))
        [problem] = caught.value.problems
        assert problem.message("zh" if lang == "zh" else "en") == expected


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "zh", "en"),
    [
        (
            (*MEETINGS, meeting("2013", ordinal="4")),
            (
                "点阵图，高官会系列：第1次（2011年3月，比利时）3方；第2次（2011年11月，南非）3方；第3次（2012年4月3日—4日）2方；"
                "第4次（2013年）未载明；参加3次：德国；参加2次：意大利、中国；参加1次：法国；合计为计算值。"
            ),
            (
                "Dot matrix, Meetings of senior officials: No. 1 (Mar 2011, Belgium) 3 parties; "
                "No. 2 (Nov 2011, South Africa) 3 parties; No. 3 (3–4 Apr 2012) 2 parties; No. 4 (2013) not stated; "
                "took part in 3: Germany; took part in 2: Italy, China; took part in 1: France; sums are computed."
            ),
        ),
        (
            CLASSES,
            "点阵图，LIGHT：会员（有参与决策、表决，未载明列席）；合伙人（有列席，无表决，未载明参与决策）。",
            (
                "Dot matrix, LIGHT: Member (yes: take part in decisions, vote; not stated: observe); "
                "Associate (yes: observe; no: vote; not stated: take part in decisions)."
            ),
        ),
    ],
)
def test_the_words_for_the_picture_hold_every_column(records: tuple[Record, ...], zh: str, en: str) -> None:
    for lang, expected in (("zh", zh), ("en", en)):
        assert describe(rows(request("matrix", *records, lang=lang)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


def dots(scene: Scene) -> list[str]:
    """The faces of the dots in the matrix and its legend."""
    return [item.face for item in scene.items if isinstance(item, FilledShape)]


def test_three_signs_say_stated_denied_and_open() -> None:
    scene = arranged(*CLASSES)
    dashes = [item for item in scene.items if isinstance(item, Line) and item.x2 - item.x1 < 0.3]

    assert dots(scene) == [BLUE, BLUE, WHITE, BLUE, BLUE, WHITE]  # the last two are the legend
    assert len(dashes) == 3
    assert {item.edge for item in scene.items if isinstance(item, FilledShape)} == {BLUE, GREY}


def test_sums_stand_beside_and_below_and_are_marked() -> None:
    assert texts(arranged(*MEETINGS)) == [
        "高官会系列", "第1次", "2011年3月", "比利时", "第2次", "2011年11月", "南非", "第3次", "2012年4月3日—4日", "次数",
        "德国", "3", "意大利", "2", "中国", "2", "法国", "1", "方数", "3", "3", "2", "参加", "原文未列入参加者", "合计为计算值。",
    ]  # fmt: skip


def test_many_meetings_of_few_parties_stand_one_below_the_other() -> None:
    scene = arranged(*(meeting(str(2000 + n), "china", "italy", ordinal=str(n + 1)) for n in range(8)))
    first = [label for label in scene.labels if label.text.startswith("第1次")]

    assert [label.text for label in first] == ["第1次 2000年"]
    assert {"中国", "意大利", "方数", "次数"} <= set(texts(scene))


_NAME = st.text(st.sampled_from("国际合作投入，（）") | st.sampled_from("abcdef "), min_size=1, max_size=30)
_IDS = ("germany", "italy", "france", "china", "denmark", "poland")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1900, 2100), _NAME, st.lists(st.sampled_from(_IDS), unique=True)),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([12.0, 15.0]),
    st.sampled_from(["zh", "en"]),
)
def test_no_label_touches_another_or_leaves_the_picture(
    found: list[tuple[int, str, list[str]]], width: float, lang: str
) -> None:
    records = [
        meeting(
            str(year),
            *parties,
            series=None,
            title=two(f"会{name}", f"M{name}"),
            place=two(f"地{name}", f"P{name}"),
        )
        for year, name, parties in found
    ]
    asked = request("matrix", *records, lang=lang, width=width)
    try:
        made = rows(asked)
    except ReportError:  # too many of both
        return
    if made:
        assert_labels_apart(arranged(*records, width=width, lang=lang, title="标题" * 20))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(_NAME, st.sets(st.sampled_from(["decide", "vote", "observe"]))), min_size=1, max_size=5
    )
)
def test_no_class_makes_labels_touch(found: list[tuple[str, Any]]) -> None:
    classes = [member_class(f"类{name}", f"C{n}", *sorted(rights)) for n, (name, rights) in enumerate(found)]
    if any(rights for _, rights in found):
        assert_labels_apart(arranged(*classes))
