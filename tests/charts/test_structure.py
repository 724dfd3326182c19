"""Structures: bodies by rank, others around them, arrows that cross no words, and no character alone on a line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import canvas
from reports.charts.connectors import Rect, Way, channel
from reports.charts.families import structure_layout
from reports.charts.families.structure import describe, rows
from reports.charts.families.structure_boxes import ALLIANCE, Arrow, StructureBox, Sub
from reports.charts.family_interface import Sheet
from reports.charts.line_breaking import is_alone
from reports.charts.scene import BLUE, GREY, Bar, Label, Line, Rectangle, Scene
from reports.diagnostics.problems import ReportError
from reports.model.records import Record
from tests.support.chart_records import (
    BODIES,
    CLASSES,
    RELATIONS,
    SHRIMP,
    assert_labels_apart,
    body,
    relation,
    request,
    two,
)

ALL = (*BODIES, *RELATIONS)


def arranged(*records: Record, lang: str = "zh", width: float = 15.0, title: str = "") -> Scene:
    asked = request("structure", *records, lang=lang, width=width)
    return structure_layout.arrange(rows(asked), Sheet(width, lang, canvas.measure, title))


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


def connectors(scene: Scene) -> list[Line]:
    """The arrows, without the rules inside boxes."""
    return [item for item in scene.items if isinstance(item, Line) and item.colour == GREY]


def assert_no_words_are_crossed(scene: Scene) -> None:
    """Fail when a connector runs through a text."""
    for line in connectors(scene):
        x = sorted((line.x1, line.x2))
        y = sorted((line.y1, line.y2))
        path = Rectangle(x[0] - 0.001, y[0] - 0.001, x[1] + 0.001, y[1] + 0.001)
        assert not [label.text for label in scene.labels if label.box(canvas.measure).overlaps(path)], line


# --- rows ---------------------------------------------------------------------------------------------------


def test_rows_hold_the_bodies_those_around_them_and_the_arrows() -> None:
    [found] = rows(request("structure", *ALL))

    assert (found.title, found.short) == ("光源联盟（LIGHT）", "LIGHT")
    assert found.nodes == (
        StructureBox("assembly", "会员大会（GA）", "inside", 1, "最高级别代表"),
        StructureBox("chairs", "主席团队", "beside", 1),
        StructureBox("board", "协调委员会", "inside", 2),
        StructureBox(
            "working-groups", "工作组", "inside", 3, "",
            (Sub("技术类工作组（3个）", "技术类工作组3个", ("信息",)), Sub("服务类工作组（3个）", "服务类工作组3个")),
        ),
        StructureBox("strategy-groups", "战略组（2个）", "inside", 3, "", (Sub("", "", ("存储环",)),)),
        StructureBox("advisory-board", "国际咨询委员会", "above", 1),
        StructureBox("member", "会员", "left"),
        StructureBox("associate", "合伙人", "left"),
        StructureBox("germany", "德国", "below"),
    )  # fmt: skip
    assert found.arrows[0] == Arrow("member", "assembly", "参加")
    assert found.arrows[3] == Arrow("assembly", "board", "联席会议", both=True)
    assert found.arrows[6] == Arrow("advisory-board", ALLIANCE, "提供咨询")
    assert len(found.arrows) == 8  # what Germany does to France is another chart's


def test_who_leads_into_the_frame_stands_at_its_side() -> None:
    [found] = rows(request("structure", *BODIES, relation("germany", "supervises", "board")))

    assert found.nodes[-1] == StructureBox("germany", "德国", "right")


def test_classes_given_with_the_bodies_need_no_link() -> None:
    assert rows(request("structure", *ALL, *CLASSES)) == rows(request("structure", *ALL))


def test_without_bodies_there_is_no_chart() -> None:
    assert rows(request("structure", *RELATIONS)) == ()


@pytest.mark.parametrize(
    ("odd", "en", "zh"),
    [
        (
            SHRIMP,
            "'shrimp' cannot be drawn in a 'structure' chart: it is no body, relation or class of members",
            "“shrimp”不能画入“structure”图：它不是治理机构、关系或成员类别",
        ),
        (
            body("理事会", "Council", 1, alliance="officials"),
            (
                "these records cannot share one 'structure' chart: they belong to several alliances: "
                "LIGHT, Meetings of senior officials"
            ),
            "这些记录不能画入同一“structure”图：分属几个联盟：LIGHT, 高官会系列",
        ),
    ],
)
def test_what_belongs_to_no_structure_is_refused(odd: Record, en: str, zh: str) -> None:
    for lang, expected in (("en", en), ("zh", zh)):
        with pytest.raises(ReportError) as caught:
            rows(request("structure", *ALL, odd, lang=lang))
        [problem] = caught.value.problems
        assert problem.message("zh" if lang == "zh" else "en") == expected


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            (
                "结构图，光源联盟（LIGHT）：第1层会员大会（GA）；第2层协调委员会；"
                "第3层工作组（技术类工作组3个、服务类工作组3个）、战略组（2个）；旁设主席团队；"
                "参加：会员→会员大会（GA）；委派代表：会员→协调委员会；列席：合伙人→会员大会（GA）；"
                "联席会议：会员大会（GA）↔协调委员会；隶属：工作组→协调委员会、战略组（2个）→协调委员会；"
                "提供咨询：国际咨询委员会→LIGHT；协同：LIGHT→德国。"
            ),
        ),
        (
            "en",
            (
                "Governance chart, League (LIGHT): rank 1 Assembly (GA); rank 2 Board; rank 3 Working groups "
                "(Groups on technology: 3, Groups on services: 3), Strategy groups (2); beside them Chairs; "
                "takes part in: Member → Assembly (GA); delegates to: Member → Board; "
                "observes: Associate → Assembly (GA); meets jointly with: Assembly (GA) ↔ Board; "
                "reports to: Working groups → Board, Strategy groups (2) → Board; "
                "advises: Advisory board → LIGHT; aligns with: LIGHT → Germany."
            ),
        ),
    ],
)
def test_the_words_for_the_picture_hold_every_body_and_relation(lang: str, expected: str) -> None:
    assert describe(rows(request("structure", *ALL, lang=lang)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_box_and_every_verb_is_drawn_and_nothing_is_left_to_say(lang: str) -> None:
    scene = arranged(*ALL, lang=lang)
    verbs = {arrow.verb for arrow in rows(request("structure", *ALL, lang=lang))[0].arrows}

    assert verbs <= set(texts(scene))
    assert not any(text.startswith(("此外", "Further")) for text in texts(scene))
    assert len([item for item in scene.items if isinstance(item, Bar)]) == 10  # nine boxes and the frame
    assert_labels_apart(scene)
    assert_no_words_are_crossed(scene)


def test_higher_ranks_stand_higher_and_bodies_beside_others_have_a_dashed_edge() -> None:
    scene = arranged(*ALL)
    heights = {label.text: label.y for label in scene.labels}

    assert heights["会员大会（GA）"] < heights["协调委员会"] < heights["工作组"]
    assert len([item for item in scene.items if isinstance(item, Bar) and item.dashed]) == 1


def test_arrows_are_level_or_upright_and_end_with_a_head() -> None:
    lines = connectors(arranged(*ALL))

    assert all(line.x1 == line.x2 or line.y1 == line.y2 for line in lines)
    assert sum(line.arrow for line in lines) == 9 - 1  # two meet jointly, two groups share one head


def test_where_the_frame_would_be_too_narrow_its_surroundings_are_said() -> None:
    scene = arranged(*ALL, lang="en", width=8.0)

    assert "Further: takes part in: Member → Assembly (GA);" in " ".join(texts(scene))
    assert_labels_apart(scene)


def test_an_arrow_past_another_box_is_said() -> None:
    past = arranged(*BODIES, relation("associate", "takes part in", "strategy-groups"))

    assert texts(past)[-1] == "此外，参加：合伙人→战略组（2个）。"


def test_an_acronym_that_needs_a_line_of_its_own_leaves_the_name_whole() -> None:
    long = body("国家科研资助机构", "Agencies", 1, side=True, name={"acronym": "NFA"})
    scene = arranged(
        *BODIES,
        long,
        *(relation(one, "advises", "league") for one in ("agencies", "advisory-board")),
        width=9,
    )

    assert {"国家科研资助机构", "（NFA）"} <= set(texts(scene)) or "国家科研资助机构（NFA）" in texts(scene)


def test_tracks_keep_connectors_of_one_side_apart() -> None:
    ways = [
        Way("a", (2, 2), (6, 1), head_in=True, head_out=False),
        Way("b", (2, 3), (6, 2), head_in=True, head_out=False),
        Way("c", (2, 4), (6, 5), head_in=True, head_out=False),
        Way("d", (2, 6), (6, 6), head_in=True, head_out=True),
    ]
    items = channel(ways, lambda text, size: 1.0)
    upright = [item.x1 for item in items if isinstance(item, Line) and item.x1 == item.x2]

    assert len(set(upright)) == len(upright) == 3
    assert min(upright) > max(label.x + 1.0 for label in items if isinstance(label, Label))
    assert Rect(0, 0, 2, 1).right == 2


_NAME = st.text(st.sampled_from("国家资助机构咨询委员会工业应用关键使能技术"), min_size=2, max_size=18)
_VERBS = st.sampled_from(
    ["delegates to", "supervises", "advises", "aligns with", "funds", "observes", "meets jointly with", "reports to",
     "takes part in"]
)  # fmt: skip


@st.composite
def structures(draw: st.DrawFn) -> tuple[Record, ...]:
    bodies = []
    for n in range(draw(st.integers(1, 7))):
        below = [
            {"name": two(draw(_NAME), "Groups"), "count": "3", "themes": [two(draw(_NAME), "theme")] * k}
            for k in range(draw(st.integers(0, 2)))
        ]
        fields: dict[str, Any] = {"id": f"b{n}", "below": below, "side": draw(st.booleans())}
        if draw(st.booleans()):
            fields["composition"] = two(draw(_NAME), "Representatives of members")
        bodies.append(body(draw(_NAME), f"Body number {n}", draw(st.integers(1, 4)), **fields))
    ends = st.sampled_from(
        [*(one.id for one in bodies), "league", "member", "associate", "germany", "italy", "france", "poland"]
    )
    pairs = draw(st.lists(st.tuples(ends, _VERBS, ends).filter(lambda t: t[0] != t[2]), max_size=12))
    return (*bodies, *(relation(*pair) for pair in pairs))


@settings(max_examples=80, deadline=None)
@given(structures(), st.sampled_from([8.0, 12.0, 15.0, 24.0]), st.sampled_from(["zh", "en"]))
def test_no_label_touches_another_and_no_connector_a_label(
    records: tuple[Record, ...], width: float, lang: str
) -> None:
    scene = arranged(*records, width=width, lang=lang, title="结构")
    assert_labels_apart(scene)
    assert_no_words_are_crossed(scene)
    bars = [item for item in scene.items if isinstance(item, Bar)]
    assert all(bar.x >= 0 and bar.y >= 0 for bar in bars)
    assert all(bar.x + bar.width <= width + 0.001 and bar.y + bar.height <= scene.height for bar in bars)


@settings(max_examples=40, deadline=None)
@given(structures())
def test_no_character_stands_alone_in_a_box(records: tuple[Record, ...]) -> None:
    inside = [label.text for label in arranged(*records).labels if label.align == "center"]

    assert not [text for text in inside if is_alone(text)]


def test_inside_boxes_are_blue_and_those_around_grey() -> None:
    bars = [item for item in arranged(*ALL).items if isinstance(item, Bar)]

    assert {bar.edge for bar in bars} == {BLUE, GREY}
