"""Reminders chase what is late: by its name, with who owes it and since when."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.pipeline.read import read
from reports.publishing.delivery.send import owes
from tests.support.workplace import NOW, small_house

MATTERS = """\
organisations:
  - {id: institute, name: {zh: 研究所, en: Institute}, type: institute, source: [{doc: slides}]}
discussions:
  - id: hall
    number: 1
    topic: {zh: 会场, en: The hall}
    ask: {zh: 请决定, en: Decide}
    raised: 2023-05
    owner: institute
    due: 2023-06-29
    source: [{doc: slides}]
actions:
  - {id: letter, title: {zh: 发函, en: Send the letter}, due: 2023-07, source: [{doc: slides}]}
"""


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("zh", ["会场（研究所），2023年6月29日到期，已逾期21天", "发函（无负责人），2023年7月到期"]),
        ("zh-Hant", ["會場（研究所），2023年6月29日到期，已逾期21天", "發函（無負責人），2023年7月到期"]),
        ("en", ["The hall (Institute), due 29 June 2023, overdue by 21 days", "Send the letter (no owner), due July 2023"]),
    ],
)  # fmt: skip
def test_a_reminder_names_what_is_late_and_who_owes_it(tmp_path: Path, lang: str, lines: list[str]) -> None:
    house = small_house(tmp_path / "house")
    (house.data / "matters.yaml").write_text(MATTERS, "utf-8")
    told = owes(house, read(house.data), NOW.replace(day=20))("memo", "2023Q3", lang)
    assert told[:2] == lines
    assert not any("hall" in line for line in told[2:])
