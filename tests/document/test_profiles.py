"""Profiles: how headings, figures and tables are numbered and called."""

from __future__ import annotations

import pytest

from reports.document.profiles import PROFILES, Profile, han


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (1000, "一千"),
        (1001, "一千零一"),
        (2023, "二千零二十三"),
        (9999, "九千九百九十九"),
    ],
)
def test_counting_numerals(number: int, text: str) -> None:
    assert han(number) == text


def test_no_two_numbers_read_the_same() -> None:
    assert len({han(n) for n in range(10_000)}) == 10_000


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda p: f"{p.name}-{p.lang}")
def test_a_profile_is_found_by_its_name_and_language(profile: Profile) -> None:
    assert PROFILES[profile.name, profile.lang] is profile
    assert profile.template == f"{profile.name}.{profile.lang}.docx"


@pytest.mark.parametrize("name", sorted({name for name, _ in PROFILES}))
def test_a_profile_exists_in_every_language(name: str) -> None:
    assert {lang for n, lang in PROFILES if n == name} == {lang for _, lang in PROFILES}


@pytest.mark.parametrize(
    ("lang", "figure", "table", "annex", "gap"),
    [("zh", "图", "表", "附件", "　"), ("zh-Hant", "圖", "表", "附件", "　"), ("en", "Figure ", "Table ", "Annex ", ". ")],
)  # fmt: skip
def test_labels_are_in_the_language_of_the_report(
    lang: str, figure: str, table: str, annex: str, gap: str
) -> None:
    profile = PROFILES["briefing", lang]
    assert (profile.figure, profile.table, profile.labels.annex, profile.gap) == (figure, table, annex, gap)


@pytest.mark.parametrize(
    ("name", "lang", "counters", "text"),
    [
        ("briefing", "zh", (2,), "二、"),
        ("briefing", "zh", (2, 11), "（十一）"),
        ("briefing", "zh", (2, 1, 3), "3."),
        ("briefing", "zh", (2, 1, 3, 4), "（4）"),
        ("briefing", "zh", (2, 1, 3, 4, 5), ""),
        ("briefing", "zh", (120,), "一百二十、"),
        ("briefing", "en", (2, 1), "2.1 "),
        ("chapter", "zh", (3,), "第三章　"),
        ("chapter", "zh", (3, 1), "一、"),
        ("chapter", "en", (3,), "Chapter 3 "),
        ("paper", "zh", (1, 2, 3), "1.2.3 "),
        ("news", "zh", (1,), ""),
        ("news", "en", (1, 1), ""),
    ],
)
def test_headings_are_numbered_by_their_level(
    name: str, lang: str, counters: tuple[int, ...], text: str
) -> None:
    assert PROFILES[name, lang].heading_number(counters) == text
