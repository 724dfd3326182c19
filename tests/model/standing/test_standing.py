"""How records stand on a day: stated where a source states it, worked out where a rule does, else not said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reports.model.choice_words import TERMS
from reports.model.kinds import KINDS
from reports.model.records import Record
from reports.model.standing.standing import SHADES, SIGNS, Standing, standing
from reports.records.converter import read

DAY = date(2026, 6, 30)
_ABOUT: dict[str, dict[str, Any]] = {
    "discussions": {"number": "1", "topic": "Topic", "ask": "Ask", "raised": "2026-01-10"},
    "visits": {"title": "Visit", "visitors": ["a"], "hosts": ["b"]},
    "agreements": {"title": "Memorandum", "type": "memorandum"},
    "facilities": {"name": {"zh": "装置", "en": "Facility"}, "type": "collider"},
}


def record(plural: str, **fields: Any) -> Record:
    about = {"id": "x", "source": [{"doc": "slides"}], **_ABOUT.get(plural, {"title": "Title"})}
    return read(KINDS[plural], {**about, **fields})


def said(found: Standing | None, kind: str = "", lang: str = "en") -> str:
    return f"{found.sign} {found.said(kind, lang)}" if found else ""


@pytest.mark.parametrize(
    ("plural", "fields", "expected"),
    [
        ("meetings", {"date": "2026-06-30"}, "● done"),
        ("meetings", {"date": "2026-07-01"}, "○ planned"),
        ("meetings", {"date": "2026-06-01", "status": "held"}, "● held"),
        ("meetings", {"date": "2026-06-01", "status": "planned"}, "▲ 29 days late"),
        ("meetings", {"date": "2026-06-29", "status": "planned"}, "▲ 1 day late"),
        ("meetings", {"date": "2026-06", "status": "planned"}, "○ planned"),
        ("meetings", {"date": "after 2025", "status": "planned"}, "○ planned"),
        ("meetings", {"date": "2026-06-01", "status": "suspended"}, "□ suspended"),
        ("meetings", {"date": "2026-06-01", "status": "cancelled"}, "× cancelled"),
        ("visits", {"date": "unknown"}, ""),
        ("contributions", {"status": "ongoing"}, "◎ under way"),
        ("contributions", {}, ""),
        ("agreements", {"signed": "2019", "status": "being signed"}, "◎ being signed"),
        ("agreements", {"signed": "2019"}, "● done"),
        ("actions", {"due": "2026-05-31"}, "▲ 30 days late"),
        ("actions", {"due": "2026-07-10"}, "◇ due soon"),
        ("actions", {"due": "2026-05-31", "done": "2026-06-02"}, "● done"),
        ("actions", {}, "○ open"),
        ("discussions", {"due": "2026-06-20"}, "▲ 10 days late"),
        ("discussions", {"status": "decided"}, "● decided"),
        ("discussions", {"status": "deferred"}, "□ deferred"),
        ("discussions", {"status": "withdrawn"}, "× withdrawn"),
        ("facilities", {"status": "running"}, "● in operation"),
        ("categories", {"group": "g"}, ""),
    ],
)
def test_a_record_stands_as_its_source_or_a_rule_says(
    plural: str, fields: dict[str, Any], expected: str
) -> None:
    found = record(plural, **fields)

    assert said(standing(found, DAY), found.kind) == expected


def test_a_figure_stands_as_it_does_against_its_target() -> None:
    about = {"baseline": {"at": "2025", "quantity": "0"}, "target": [{"by": "2026", "quantity": "365"}]}

    def stands(value: str) -> str:
        return said(standing(record("metrics", quantity=value, date="2026-06-30", **about), DAY))

    assert [stands(value) for value in ("181", "200", "100", "365")] == [
        "◎ on track", "◎ ahead", "▼ behind", "● target met",
    ]  # fmt: skip
    assert standing(record("metrics", quantity="5"), DAY) is None


def test_states_are_said_in_chinese_too() -> None:
    late = standing(record("actions", due="2026-05-31"), DAY)
    open_ = standing(record("actions"), DAY)

    assert said(late, "action", "zh") == "▲ 逾期30天"
    assert said(open_, "action", "zh") == "○ 待办"


def test_every_sign_stands_in_the_chinese_fonts_of_word_and_every_state_has_its_words() -> None:
    """What GBK has, the fonts that come with Windows for Chinese have."""
    assert all(sign.encode("gbk") for sign in {*SIGNS.values(), *"▁▂▃▄▅▆▇█"})
    assert {*SIGNS} <= {*TERMS}
    assert {*SHADES} <= {*SIGNS}
