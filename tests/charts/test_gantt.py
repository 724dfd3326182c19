"""Plans: what is done, to come, late and moved, as of a day, and never by colour alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reports.charts import canvas, draw
from reports.charts.families.over_time import gantt_layout
from reports.charts.families.over_time.gantt import describe, rows
from reports.charts.families.over_time.gantt_columns import PlanRow, Plans
from reports.charts.family_interface import Sheet
from reports.charts.scene import BLUE, PALE, WHITE, Bar, FilledShape, Line, Scene
from reports.diagnostics.problems import ReportError
from reports.document.drawings import ChartRequest
from reports.model.dates import parse_date
from reports.model.records import Record
from tests.support.chart_records import PLANS, USERS, assert_labels_apart, meeting, record, request, two

SLIPS = {"council-7": (parse_date("2026-06-20"),)}


def asked(*records: Record, lang: str = "zh", slips: Any = SLIPS, day: str = "2026-06-30") -> ChartRequest:
    return replace(request("gantt", *records, lang=lang), slips=slips, day=parse_date(day))


def chart(*records: Record, **about: Any) -> Plans:
    [found] = rows(asked(*records, **about))
    return found


def row(one: Record, **about: Any) -> PlanRow:
    found = chart(one, **about)
    return (*found.rows, *found.undated)[0]


def arranged(*records: Record, lang: str = "zh", width: float = 15.6, **about: Any) -> Scene:
    found = chart(*records, lang=lang, **about)
    return gantt_layout.arrange((found,), Sheet(width, lang, canvas.measure, ""))


def texts(scene: Scene) -> list[str]:
    return [label.text for label in scene.labels]


def action(**fields: Any) -> Record:
    return record("actions", title=two("提交方案", "Hand in the plan"), **fields)


def matter(**fields: Any) -> Record:
    about = {
        "number": "1",
        "topic": two("续签协议", "Renewal"),
        "ask": two("请定", "Decide"),
        "raised": "2026-02-10",
    }
    return record("discussions", **about, **fields)


# --- rows ---------------------------------------------------------------------------------------------------


def test_rows_stand_in_the_order_of_time_and_say_how_they_stand() -> None:
    assert [(one.when, one.title, one.said, one.notes) for one in chart(*reversed(PLANS)).rows] == [
        ("2026年1月15日", "第六次理事会", "已举行", ()),
        ("2026年2月10日—8月31日", "续签协议", "待讨论", ()),
        ("2026年4月9日", "完成说明", "已完成", ("应于2026年3月31日完成，晚9天",)),
        ("2026年5月31日", "提交方案", "逾期30天", ("逾期30天",)),
        ("2026年9月15日", "第七次理事会", "计划中", ("原定2026年6月20日，推后87天",)),
    ]


def test_rows_speak_english_too() -> None:
    assert [one.notes for one in chart(*PLANS, lang="en").rows] == [
        (), (), ("due 31 Mar 2026, done 9 days late",), ("30 days late",), ("moved from 20 Jun 2026 by 87 days",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "zh", "en"),
    [
        (["2026-09-16"], "原定2026年9月16日，提前1天", "moved from 16 Sep 2026, 1 day sooner"),
        (["2026-08"], "原定2026年8月", "moved from Aug 2026"),
        (["2026-03-01", "2026-06-20"], "曾定于2026年3月1日、2026年6月20日，推后198天", "moved from 1 Mar 2026, then 20 Jun 2026 by 198 days"),
    ],
)  # fmt: skip
def test_a_row_tells_from_which_days_it_was_moved_and_by_how_many(
    before: list[str], zh: str, en: str
) -> None:
    slips = {"council-7": tuple(map(parse_date, before))}

    assert row(PLANS[1], slips=slips).notes == (zh,)
    assert row(PLANS[1], slips=slips, lang="en").notes == (en,)


def test_a_day_that_was_told_more_exactly_was_not_moved() -> None:
    found = row(PLANS[1], slips={"council-7": (parse_date("2026"), parse_date("2026-09"))})

    assert (found.ghosts, found.notes) == ((), ())


@pytest.mark.parametrize(
    ("one", "when", "late", "state"),
    [
        (action(due="2026-06-30"), "2026年6月30日", False, "planned"),
        (action(due="2026-06-29"), "2026年6月29日", True, "planned"),
        (action(due="2026-05-31", done="2026-05-20"), "2026年5月20日", False, "done"),
        (action(), "未定", False, "planned"),
        (matter(due="2026-04-30"), "2026年2月10日—4月30日", True, "planned"),
        (matter(), "2026年2月10日起", False, "planned"),
        (matter(due="2026-04-30", status="decided"), "2026年2月10日—4月30日", False, "done"),
        (matter(status="withdrawn"), "2026年2月10日", False, "cancelled"),
        (meeting("2026-05", status="planned"), "2026年5月", True, "planned"),
        (meeting("2026-05", status=None), "2026年5月", False, "done"),
        (meeting("after 2026-03", status="planned"), "2026年3月后", False, "planned"),
    ],
)  # fmt: skip
def test_late_and_done_are_worked_out_by_the_day(one: Record, when: str, late: bool, state: str) -> None:
    found = chart(one, PLANS[0])
    [own] = [plan for plan in (*found.rows, *found.undated) if plan.title != "第六次理事会"]

    assert (own.when, own.late, own.state) == (when, late, state)


@pytest.mark.parametrize(
    "odd", [USERS, record("people", name=two("王", "Wang")), record("series", title=two("年会", "Meetings"))]
)
def test_what_is_neither_planned_nor_done_is_refused(odd: Record) -> None:
    with pytest.raises(ReportError) as caught:
        rows(asked(odd, lang="en"))
    [problem] = caught.value.problems

    assert problem.code == "chart/row"
    assert "neither planned nor done" in problem.message()


def test_without_a_day_nobody_can_say_what_is_late() -> None:
    with pytest.raises(ReportError, match="nobody says as of which day"):
        rows(replace(request("gantt", *PLANS, lang="en"), day=None))


def test_records_without_any_date_give_no_chart() -> None:
    assert rows(asked(action())) == ()


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            (
                "计划进度图，截至2026年6月30日，共6项（已举行1项、待讨论1项、已完成1项、逾期1项、计划中1项、待办1项）："
                "2026年1月15日，第六次理事会（已举行）；2026年2月10日—8月31日，续签协议（待讨论）；"
                "2026年4月9日，完成说明（已完成，应于2026年3月31日完成，晚9天）；2026年5月31日，提交方案（逾期30天）；"
                "2026年9月15日，第七次理事会（计划中，原定2026年6月20日，推后87天）；未定，提交方案（待办）。"
            ),
        ),
        (
            "en",
            (
                "Plans as of 30 Jun 2026, 6 in all (held: 1, open: 2, done: 1, late: 1, planned: 1): "
                "15 Jan 2026, Sixth council (held); 10 Feb – 31 Aug 2026, Renewal (open); "
                "9 Apr 2026, Finish the note (done, due 31 Mar 2026, done 9 days late); "
                "31 May 2026, Hand in the plan (30 days late); "
                "15 Sep 2026, Seventh council (planned, moved from 20 Jun 2026 by 87 days); not set, Hand in the plan (open)."
            ),
        ),
    ],
)
def test_the_words_for_the_picture_say_every_row(lang: str, expected: str) -> None:
    assert describe(rows(asked(*PLANS, action(), lang=lang)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


def signs(scene: Scene) -> list[Bar | FilledShape]:
    """The marks on the scale, without the legend."""
    foot = next(label.y for label in scene.labels if label.text.startswith(("截至", "as of")))
    return [
        item for item in scene.items
        if (isinstance(item, Bar) and item.y < foot) or (isinstance(item, FilledShape) and item.points[0][1] < foot)
    ]  # fmt: skip


def test_done_is_full_and_planned_is_hollow() -> None:
    done, planned = (signs(arranged(one, PLANS[0], slips={}))[-1] for one in (PLANS[3], PLANS[1]))

    assert done.face == done.edge == BLUE
    assert planned.face == WHITE


def test_late_is_hatched_from_the_day_it_was_due_to_the_day_of_the_report() -> None:
    scene = arranged(PLANS[2], PLANS[1])
    [bar] = [item for item in signs(scene) if isinstance(item, Bar)]
    day = next(
        item
        for item in scene.items
        if isinstance(item, Line) and item.dashed and item.x1 == item.x2 and item.width > 1
    )

    assert bar.hatch
    assert bar.x + bar.width == pytest.approx(day.x1)
    assert "斜线：逾期，至截止日" in texts(scene)


def test_what_was_moved_has_a_ghost_and_an_arrow_to_the_present_day() -> None:
    scene = arranged(PLANS[1], PLANS[0])
    arrow = next(item for item in scene.items if isinstance(item, Line) and item.arrow)
    ghost = [item for item in scene.items if isinstance(item, Line) and item.dashed and item.x1 != item.x2]

    assert arrow.x2 > arrow.x1 > min(item.x1 for item in ghost)
    assert "灰色虚线：原定时间，箭头指向现定时间" in texts(scene)


def test_a_year_that_is_all_that_is_known_is_pale() -> None:
    done = record("contributions", title=two("升级", "Upgrade"), date="2026", status="done")
    [bar] = [item for item in signs(arranged(done, PLANS[0])) if isinstance(item, Bar)]

    assert bar.face == PALE
    assert "只知大致时间" in texts(arranged(done, PLANS[0]))


def test_the_day_of_the_report_is_marked_or_said_where_it_lies_far_away() -> None:
    old = meeting("1985-05-01")

    assert "截至2026年6月30日" in texts(arranged(*PLANS))
    assert "截至2026年6月30日。" in texts(arranged(old, meeting("1986-05-01")))


def test_what_has_no_date_is_named_below() -> None:
    assert texts(arranged(*PLANS, action()))[-1] == "未定：提交方案（待办）。"


def test_twenty_five_rows_have_room_on_a_page_and_many_more_are_refused() -> None:
    many = [
        meeting(f"2026-{month:02}-{day:02}", title=two("例会", "Meeting"))
        for month in range(1, 6)
        for day in (1, 6, 11, 16, 21)
    ]

    assert draw(asked(*many)).height_cm < 19
    with pytest.raises(ReportError, match="tall"):
        draw(asked(*many, *many))


def test_days_it_was_moved_from_change_the_picture_and_its_words() -> None:
    with_, without = (draw(asked(*PLANS, slips=slips)) for slips in (SLIPS, {}))

    assert with_.png != without.png
    assert with_.alt != without.alt


_DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
_DATES = st.one_of(
    _DAYS.map(str),
    _DAYS.map(lambda day: str(day)[:7]),
    _DAYS.map(lambda day: str(day)[:4]),
    st.dates(date(1950, 1, 1), date(2100, 12, 31)).map(str),
    st.tuples(st.sampled_from(["after", "before", "about"]), _DAYS).map(
        lambda pair: f"{pair[0]} {str(pair[1])[:7]}"
    ),
    st.lists(_DAYS, min_size=2, max_size=2).map(lambda pair: "/".join(map(str, sorted(pair)))),
    st.sampled_from(["unknown", "illegible"]),
)
_TITLES = st.text(
    st.sampled_from("国际合作协议会议，。（）“”—") | st.sampled_from("abcdefgh  "), min_size=1, max_size=60
).filter(str.strip)


@st.composite
def plans(drawing: st.DrawFn) -> Record:
    title = two(*[drawing(_TITLES)] * 2)
    when = drawing(_DATES)
    match drawing(st.integers(0, 2)):
        case 0:
            status = drawing(
                st.sampled_from([None, "held", "planned", "postponed", "cancelled", "suspended"])
            )
            return record("meetings", id="m", title=title, date=when, status=status)
        case 1:
            done = drawing(st.none() | _DAYS.map(str))
            return record("actions", id="m", title=title, due=when, done=done)
        case _:
            status = drawing(st.sampled_from(["open", "decided", "deferred"]))
            due = drawing(st.none() | _DATES)
            return record(
                "discussions", id="m", number="1", topic=title, ask=title, raised=when, due=due, status=status
            )


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(plans(), min_size=1, max_size=7), st.lists(_DATES.map(parse_date), max_size=3),
    st.sampled_from(["zh", "en"]), st.sampled_from([10.0, 15.6]),
)  # fmt: skip
def test_whatever_the_plans_no_text_touches_another_or_leaves_the_picture(
    found: list[Record], before: list[Any], lang: str, width: float
) -> None:
    made = rows(asked(*found, lang=lang, slips={"m": tuple(before)}))
    if not made:
        return
    scene = gantt_layout.arrange(made, Sheet(width, lang, canvas.measure, ""))

    assert_labels_apart(scene)
    assert describe(made, lang)
    for item in scene.items:
        if isinstance(item, Line):
            assert -0.001 <= min(item.x1, item.x2) <= max(item.x1, item.x2) <= scene.width + 0.001
