"""Breaking lines: nothing is lost, nothing is too wide, and punctuation stays where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.line_breaking import balanced, is_alone, wrap


def em(text: str, size: float) -> float:
    """A font in which a Chinese character is 1 cm wide and every other half of that."""
    return sum(1.0 if ord(c) > 0x2E80 or c in "“”" else 0.5 for c in text) * size / 10


def lines(text: str, width: float) -> tuple[str, ...]:
    return wrap(text, width, em, 10)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 5, ("",)),
        ("合作协议", 5, ("合作协议",)),
        ("合作协议生效", 4, ("合作协议", "生效")),
        ("会议，线上举行", 2, ("会", "议，", "线上", "举行")),
        ("协调会（线上）", 4, ("协调会", "（线上）")),
        ("与CERN合作", 3, ("与CERN", "合作")),
        ("annual meeting", 3.5, ("annual", "meeting")),
        ("a  b\nc", 9, ("a b c",)),
        ("immeasurable", 3, ("immeas", "urable")),
        ("约3:7，远小于1:9", 4, ("约3:7，", "远小于", "1:9")),
    ],
)
def test_lines_end_where_they_may(text: str, width: float, expected: tuple[str, ...]) -> None:
    assert lines(text, width) == expected


def test_balanced_lines_leave_no_single_character() -> None:
    assert lines("国际合作局商请续签函", 9) == ("国际合作局商请续签", "函")
    assert balanced("国际合作局商请续签函", 9, em, 10) == ("国际合作局", "商请续签函")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("国家资助机构国际咨询委员会", 4, ("国家资助", "机构国际", "咨询委", "员会")),
        ("工业应用和关键使能技术。", 5, ("工业应用", "和关键使", "能技术。")),
        ("plan b", 2.5, ("plan", "b")),  # nothing to take from the line before
        ("国", 3, ("国",)),
    ],
)
def test_a_character_alone_gets_company_from_the_line_before(
    text: str, width: float, expected: tuple[str, ...]
) -> None:
    assert balanced(text, width, em, 10) == expected


@given(st.text(st.sampled_from("国家资助机构"), min_size=2, max_size=60), st.integers(3, 12))
def test_no_chinese_character_stands_alone(text: str, width: int) -> None:
    assert not any(map(is_alone, balanced(text, width, em, 10)))


_TEXT = st.text(st.sampled_from("国际合作，。（）“”ab1 :-") | st.characters(codec="utf-8"), max_size=60)


@given(_TEXT, st.floats(1.0, 12.0))
def test_every_line_fits_and_nothing_is_lost(text: str, width: float) -> None:
    for found in (lines(text, width), balanced(text, width, em, 10)):
        assert all(em(line, 10) <= width or len(line) == 1 for line in found)
        assert "".join("".join(found).split()) == "".join(text.split())
