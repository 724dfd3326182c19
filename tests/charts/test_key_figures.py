"""Key figures: large numbers that keep their qualifiers, each over what it is the number of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import canvas
from reports.charts.families import key_figures
from reports.charts.families.key_figures import FigureRow, describe, rows
from reports.charts.family_interface import Sheet
from reports.charts.scene import BODY, Line, Scene
from reports.diagnostics.problems import ReportError
from reports.model.records import Record
from tests.support.chart_records import FIGURES, SHRIMP, assert_labels_apart, record, request, two


def metric(**fields: Any) -> Record:
    return record("metrics", **{"title": two("活动", "Activities"), **fields})


def read(one: Record, lang: str = "zh") -> tuple[str, str, str]:
    row = rows(request("figures", one, SHRIMP, lang=lang))[0]
    return row.before, row.number, row.behind


def arranged(*records: Record, lang: str = "zh", width: float = 15.0, title: str = "") -> Scene:
    asked = request("figures", *records, lang=lang, width=width)
    return key_figures.arrange(rows(asked), Sheet(width, lang, canvas.measure, title))


# --- rows ---------------------------------------------------------------------------------------------------


def test_rows_say_the_figure_its_unit_and_what_it_is_of() -> None:
    assert rows(request("figures", *FIGURES)) == (
        FigureRow("中法建交", "", "60", "周年"),
        FigureRow("合作研究网络", "", "4", "个"),
        FigureRow("宣讲会", "", "110", "余人"),
        FigureRow("重大科研任务", "", "2030", "年"),
    )


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        ({"quantity": "> 1,000", "unit": two("项", "activities")}, ("", "1000", "余项"), ("more than", "1,000", "activities")),
        ({"quantity": "nearly 90"}, ("近", "90", ""), ("nearly", "90", "")),
        ({"quantity": "12,000", "unit": two("人", "people")}, ("", "12,000", "人"), ("", "12,000", "people")),
        ({"quantity": ">= 1e15", "unit": "W"}, ("不少于", "10¹⁵", "W"), ("at least", "10¹⁵", "W")),
        ({"quantity": "2.5e-9", "unit": "m"}, ("", "2.5×10⁻⁹", "m"), ("", "2.5×10⁻⁹", "m")),
        ({"share": "65.8%"}, ("", "65.8%", ""), ("", "65.8%", "")),
        ({"share": "about 60%"}, ("约", "60%", ""), ("about", "60%", "")),
        ({"ratio": "far below 1:9"}, ("远小于", "1:9", ""), ("far below", "1:9", "")),
        ({"money": "USD 125 million"}, ("", "1.25", "亿美元"), ("USD", "125", "million")),
        ({"money": "about CNY 9,000"}, ("约", "9000", "元"), ("about CNY", "9,000", "")),
    ],
)  # fmt: skip
def test_a_figure_keeps_its_qualifiers(
    fields: dict[str, Any], zh: tuple[str, ...], en: tuple[str, ...]
) -> None:
    assert read(metric(**fields)) == zh
    assert read(metric(**fields), "en") == en


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (record("events", title=two("会", "Fair"), type="job fair", date="2022-12", attendance="110余"), ("", "110", "余人")),
        (record("facilities", name=two("光源", "S"), type="laser", status="running", beamlines="10"), ("", "10", "条")),
        (record("budgets", title=two("经费", "B"), money="USD 6.8 million", basis="in all"), ("", "680", "万美元")),
        (record("milestones", title=two("建成", "Done"), date="about 2030", status="planned"), ("约", "2030", "年")),
        (record("outlooks", title=two("展望", "Outlook"), horizon="2035"), ("", "2035", "年")),
    ],
)  # fmt: skip
def test_other_kinds_hold_figures_too(one: Record, expected: tuple[str, str, str]) -> None:
    assert read(one) == expected


@pytest.mark.parametrize(
    ("records", "en", "zh"),
    [
        (
            (SHRIMP,),
            "these records cannot share one 'figures' chart: two to four are wanted, these are 1",
            "这些记录不能画入同一“figures”图：应为2至4个，现为1个",
        ),
        (
            (SHRIMP,) * 5,
            "these records cannot share one 'figures' chart: two to four are wanted, these are 5",
            "这些记录不能画入同一“figures”图：应为2至4个，现为5个",
        ),
        (
            (SHRIMP, record("outlooks", id="some-day", title=two("展望", "Outlook"))),
            "'some-day' cannot be drawn in a 'figures' chart: it holds no figure",
            "“some-day”不能画入“figures”图：它没有数字",
        ),
        (
            (SHRIMP, record("milestones", id="day", title=two("日", "Day"), date="2020-08-26")),
            "'day' cannot be drawn in a 'figures' chart: it holds no figure",
            "“day”不能画入“figures”图：它没有数字",
        ),
    ],
)
def test_what_makes_no_row_of_figures_is_refused(records: tuple[Record, ...], en: str, zh: str) -> None:
    for lang, expected in (("en", en), ("zh", zh)):
        with pytest.raises(ReportError) as caught:
            rows(request("figures", *records, lang=lang))
        [problem] = caught.value.problems
        assert problem.message("zh" if lang == "zh" else "en") == expected


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", "关键数字：中法建交，60周年；合作研究网络，4个；宣讲会，110余人；重大科研任务，2030年。"),
        (
            "en",
            (
                "Key figures: Diplomatic relations, 60 years; Joint networks, 4 networks; "
                "Job fair, more than 110 people; Major research tasks, 2030."
            ),
        ),
    ],
)
def test_the_words_for_the_picture_hold_every_figure(lang: str, expected: str) -> None:
    assert describe(rows(request("figures", *FIGURES, lang=lang)), lang) == expected


# --- layout -------------------------------------------------------------------------------------------------


def test_figures_stand_side_by_side_and_much_larger_than_their_words() -> None:
    scene = arranged(*FIGURES)
    numbers = [label for label in scene.labels if label.size > BODY]

    assert [label.text for label in numbers] == ["60", "4", "110", "2030"]
    assert len({label.y for label in numbers}) == len({label.size for label in numbers}) == 1
    assert numbers[0].size >= 26
    assert len([item for item in scene.items if isinstance(item, Line)]) == 3


def test_words_and_number_stand_on_one_base_line() -> None:
    labels = arranged(*FIGURES).labels

    assert labels[0].base == pytest.approx(labels[1].base)


def test_figures_with_many_words_stand_in_two_rows() -> None:
    wide = metric(quantity="> 1,000", unit=two("个合作研究中心", "joint research centres"))
    numbers = [label for label in arranged(*[wide] * 4, lang="en").labels if label.size > BODY]

    assert len({label.y for label in numbers}) == 2


def test_a_figure_no_line_holds_is_said_in_front_of_its_label() -> None:
    endless = metric(quantity="3", unit=two("很长的单位" * 20, "very long unit " * 20))

    assert arranged(endless, endless).labels[0].text.startswith("3很长的单位")


def test_powers_of_ten_are_raised_digits_of_one_font() -> None:
    assert canvas.measure("10¹⁵", 10) < canvas.measure("1015", 10)
    assert canvas.measure("¹⁵", 10) == pytest.approx(canvas.measure("15", 6.4))


_WORD = st.text(st.sampled_from("国际合作投入，（）") | st.sampled_from("abcdef "), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(_WORD, st.sampled_from(["", "about ", "> ", "far below "]), st.integers(0, 10**9), _WORD),
        min_size=2,
        max_size=4,
    ),
    st.sampled_from([6.0, 8.0, 12.0, 15.0]),
    st.sampled_from(["zh", "en"]),
)
def test_no_label_touches_another_or_leaves_the_picture(
    found: list[tuple[str, str, int, str]], width: float, lang: str
) -> None:
    records = [
        metric(
            title=two(f"题{title}", f"T{title}"), quantity=f"{bound}{n}", unit=two(f"个{unit}", f"u{unit}")
        )
        for title, bound, n, unit in found
    ]
    assert_labels_apart(arranged(*records, width=width, lang=lang, title="标题"))
