"""Rings: one whole in a few parts, what is not stated marked as computed, and no bounds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import canvas
from reports.charts.families import ring
from reports.charts.families.ring import Ring, Segment, describe, rows
from reports.charts.family_interface import Sheet
from reports.charts.scene import BLUE, PALE, TITLE, FilledShape, Line, Scene
from reports.diagnostics.problems import ReportError
from reports.model.records import Record
from tests.support.chart_records import SHRIMP, SOURCES, assert_labels_apart, record, request, two


def share(value: str, *parts: str, title: str = "机时", **fields: Any) -> Record:
    named = [two(part, f"part {n}") for n, part in enumerate(parts)]
    return record("metrics", title=two(title, "Beam time: all"), share=value, parts=named, **fields)


LENS = (
    share("about 85%", "学术界", "工业界", title="机时：学术界"),
    share("15%", "工业界", "学术界", title="机时：工业界"),
)


def arranged(*records: Record, lang: str = "zh", width: float = 15.0, title: str = "") -> Scene:
    asked = request("ring", *records, lang=lang, width=width)
    return ring.arrange(rows(asked), Sheet(width, lang, canvas.measure, title))


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


# --- rows ---------------------------------------------------------------------------------------------------


def test_the_rest_of_a_share_is_computed_and_marked() -> None:
    assert rows(request("ring", SHRIMP)) == (
        Ring(
            "机时占比", (Segment("国外", 0.658, "65.8%"), Segment("其余", 0.342, "34.2%", "计算值")), "65.8%"
        ),
    )
    [english] = rows(request("ring", SHRIMP, lang="en"))
    assert english.segments[1] == Segment("others", 0.342, "34.2%", "computed")


@pytest.mark.parametrize(
    ("value", "rest"), [("60%", "40%"), ("about 60%", "约40%"), ("nearly 60%", "约40%"), ("33.33%", "66.67%")]
)
def test_the_rest_is_as_certain_as_the_share(value: str, rest: str) -> None:
    [made] = rows(request("ring", share(value, "甲")))

    assert (made.segments[1].name, made.segments[1].stated) == ("其余", rest)


def test_shares_that_make_up_a_whole_need_no_rest() -> None:
    assert rows(request("ring", *LENS)) == (
        Ring("机时", (Segment("学术界", 0.85, "约85%"), Segment("工业界", 0.15, "15%"))),
    )


def test_two_shares_leave_a_rest() -> None:
    [made] = rows(request("ring", share("50%", "甲"), share("20%", "乙")))

    assert [(part.name, part.stated, part.mark) for part in made.segments] == [
        ("甲", "50%", ""), ("乙", "20%", ""), ("其余", "30%", "计算值"),
    ]  # fmt: skip


def test_the_components_of_a_number_are_its_parts() -> None:
    assert rows(request("ring", SOURCES)) == (
        Ring("联盟光源", (Segment("同步辐射", 13 / 19, "13"), Segment("自由电子激光", 6 / 19, "6")), "19台"),
    )


def test_all_or_nothing_leaves_no_rest_or_no_part() -> None:
    [everything] = rows(request("ring", share("100%", "甲", "乙")))
    [nothing] = rows(request("ring", share("0%", "甲", "乙")))

    assert [part.share for part in everything.segments] == [1.0]
    assert [part.share for part in nothing.segments] == [0.0, 1.0]


def _parts(*numbers: int) -> list[dict[str, Any]]:
    return [{"label": two(f"部{n}", f"p{n}"), "value": str(number)} for n, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("records", "en", "zh"),
    [
        (
            (record("metrics", id="count", title=two("数", "Number"), quantity="3"),),
            "'count' cannot be drawn in a 'ring' chart: it has neither a share nor components",
            "“count”不能画入“ring”图：它既没有百分比，也没有组成部分",
        ),
        (
            (share("< 60%", "甲"),),
            "'x' cannot be drawn in a 'ring' chart: a ring shows no bound; use 'shares'",
            "“x”不能画入“ring”图：环形图不表示界限，请用“shares”",
        ),
        (
            (share("60%"),),
            "'x' cannot be drawn in a 'ring' chart: 'parts' has to name what has the share",
            "“x”不能画入“ring”图：“parts”应写明是谁的占比",
        ),
        (
            (record("metrics", title=two("数", "N"), quantity="10", components=_parts(1, 2, 3, 4)),),
            "'x' cannot be drawn in a 'ring' chart: its components are not two or three that add up",
            "“x”不能画入“ring”图：它的组成部分不是合计相符的两三项",
        ),
        (
            (share("60%", "甲"), share("50%", "乙")),
            "these records cannot share one 'ring' chart: they are over 100%, or more than three parts",
            "这些记录不能画入同一“ring”图：合计超过100%，或多于三部分",
        ),
        (
            tuple(share("20%", part) for part in "甲乙丙"),
            "these records cannot share one 'ring' chart: they are over 100%, or more than three parts",
            "这些记录不能画入同一“ring”图：合计超过100%，或多于三部分",
        ),
    ],
)
def test_what_makes_no_ring_is_refused(records: tuple[Record, ...], en: str, zh: str) -> None:
    for lang, expected in (("en", en), ("zh", zh)):
        with pytest.raises(ReportError) as caught:
            rows(request("ring", *records, lang=lang))
        [problem] = caught.value.problems
        assert problem.message("zh" if lang == "zh" else "en") == expected


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "zh", "en"),
    [
        (
            (SHRIMP,),
            "环形图：机时占比，国外65.8%，其余34.2%（计算值）。",
            "Ring chart: Share of time, abroad 65.8%, others 34.2% (computed).",
        ),
        (
            LENS,
            "环形图：机时，学术界约85%，工业界15%。",
            "Ring chart: Beam time, part 0 about 85%, part 0 15%.",
        ),
        (
            (SOURCES,),
            "环形图：联盟光源19台，同步辐射13，自由电子激光6。",
            "Ring chart: Light sources of the league, 19 light sources, synchrotrons 13, free-electron lasers 6.",
        ),
    ],
)
def test_the_words_for_the_picture_hold_every_figure(records: tuple[Record, ...], zh: str, en: str) -> None:
    for lang, expected in (("zh", zh), ("en", en)):
        assert describe(rows(request("ring", *records, lang=lang)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


def _area(shape: FilledShape) -> float:
    points = shape.points
    pairs = zip(points, (*points[1:], points[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def test_the_segments_are_as_large_as_their_shares() -> None:
    first, second = (item for item in arranged(SHRIMP).items if isinstance(item, FilledShape))

    assert _area(first) / (_area(first) + _area(second)) == pytest.approx(0.658, abs=0.001)
    assert (first.face, second.face) == (BLUE, PALE)


def test_the_share_stands_large_in_the_middle_and_the_rest_at_its_side() -> None:
    scene = arranged(SHRIMP)

    assert texts(scene) == ["机时占比", "65.8%", "34.2%", "其余", "计算值", "国外"]
    assert scene.labels[1].size > TITLE
    assert scene.labels[1].x == 7.5


def test_leaders_are_level_beside_their_segments() -> None:
    for scene in (arranged(SHRIMP), arranged(*LENS), arranged(SOURCES)):
        assert all(line.y1 == pytest.approx(line.y2) for line in scene.items if isinstance(line, Line))


def test_a_figure_too_wide_for_the_middle_goes_where_there_is_room() -> None:
    wide = record(
        "metrics", title=two("人数", "People"), quantity="12345678", unit=two("位参加考察的代表", "people"),
        components=_parts(12_345_677, 1),
    )  # fmt: skip

    assert texts(arranged(wide, width=8))[0] == "人数：12,345,678位参加考察的代表"


_NAME = st.text(st.sampled_from("国际合作投入，（）") | st.sampled_from("abcdef "), min_size=1, max_size=40)
_SIGN = st.sampled_from(["", "about ", "nearly "])


@st.composite
def wholes(draw: st.DrawFn) -> tuple[Record, ...]:
    numbers = draw(st.lists(st.integers(1, 50), min_size=1, max_size=2))
    return tuple(share(f"{draw(_SIGN)}{n}%", f"甲{draw(_NAME)}", f"乙{draw(_NAME)}") for n in numbers)


@settings(max_examples=60, deadline=None)
@given(wholes(), st.sampled_from([8.0, 12.0, 15.0]), st.sampled_from(["", "标题" * 20]))
def test_no_label_touches_another_or_leaves_the_picture(
    records: tuple[Record, ...], width: float, title: str
) -> None:
    assert_labels_apart(arranged(*records, width=width, title=title))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 99), min_size=2, max_size=3).filter(any), st.sampled_from(["zh", "en"]))
def test_no_number_of_parts_makes_labels_touch(numbers: list[int], lang: str) -> None:
    whole = record("metrics", title=two("数", "N"), quantity=str(sum(numbers)), components=_parts(*numbers))
    assert_labels_apart(arranged(whole, lang=lang))
