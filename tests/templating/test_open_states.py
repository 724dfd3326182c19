"""Templates that ask for a state nobody states any more: the line is told, and what to write instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports.pipeline import check
from reports.pipeline.read import Folders
from tests.support.templates import RECORDS, REPORTS, Desk, records

OPEN = """
visits:
  - {id: open, title: Visit, date: 2022-07, visitors: [cern], hosts: [ihep], source: [{doc: slides}]}
alliances:
  - {id: league, name: {zh: 联盟, en: League}, type: alliance, founded: 2019, source: [{doc: slides}]}
milestones:
  - {id: step, title: Step, date: 2022, source: [{doc: slides}]}
agreements:
  - {id: charter, title: Charter, type: charter, signed: 2019, source: [{doc: slides}]}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def noted(desk: Desk, template: str) -> list[tuple[int, str]]:
    return [(note.where.line, note.code) for note in desk.merge(template, data=records(RECORDS + OPEN)).notes]


@pytest.mark.parametrize(
    "asked",
    [
        'visits(status="held")',
        'visits(status=["held"], hosts="ihep")',
        'events(status="held")',
        'milestones(status="done")',
        'alliances(founding="founded")',
    ],
)
def test_a_list_that_is_empty_because_no_state_is_filled_in_is_told(desk: Desk, asked: str) -> None:
    assert noted(desk, f"a\n\n{{{{ {asked} | length }}}}\n") == [(3, "template/open-state-chosen")]


@pytest.mark.parametrize(
    "compared",
    [
        '{% if record("open").status == "held" %}yes{% endif %}',
        '{% if record("open").status != "held" %}yes{% endif %}',
        '{{ visits() | selectattr("status", "equalto", "held") | length }}',
        '{% if record("charter").status == "not stated" %}yes{% endif %}',
    ],
)
def test_a_comparison_with_a_state_that_no_record_has_is_told_once_a_line(desk: Desk, compared: str) -> None:
    assert noted(desk, f"a\n\n{compared}{compared}\n") == [(3, "template/open-state-compared")]


@pytest.mark.parametrize(
    "asked",
    [
        "{{ visits() | happened | length }}",
        '{{ visits(status="planned") | length }}',
        '{{ visits(status="held", hosts="cern") | length }}',  # nothing would fit in any case
        '{{ meetings(status="held") | length }}',  # stated
        '{{ meetings(status="held", place="Rome") | length }}',
        '{% if record("open").status == "planned" %}yes{% endif %}',
        '{% for m in meetings() if m.status == "held" %}yes{% endfor %}',
        '{% if not record("open").status %}open{% endif %}',
        '{{ alliances() | selectattr("name", "equalto", "founded") | length }}',
        '{{ agreements(status="not stated") | length }}',
    ],
)
def test_what_asks_for_what_is_there_is_not_told(desk: Desk, asked: str) -> None:
    assert noted(desk, asked) == []


def test_not_stated_still_chooses_what_is_left_open(desk: Desk) -> None:
    assert desk.read('{{ agreements(status="not stated") | length }}', data=records(RECORDS + OPEN)) == "1"


def test_check_warns_at_the_line_in_both_languages(desk: Desk) -> None:
    desk.write("t/report.en.md.j2", '# T\n\n{{ visits(status="held") | length }}\n')
    data = desk.templates.parent / "data"
    (data / "p").mkdir(parents=True)
    (data / "p" / "all.yaml").write_text(RECORDS + OPEN, encoding="utf-8")
    (data / "reports.yaml").write_text(
        REPORTS.replace("    period: year\n", "    period: year\n    languages: [en]\n"), encoding="utf-8"
    )
    problems = check.check(Folders(data, desk.templates, data.parent / "output"), date(2024, 1, 1))

    [told] = [one for one in problems if one.code.startswith("template/")]
    assert (str(told.where.file), told.where.line, told.severity) == (
        "templates/t/report.en.md.j2", 3, "warning",
    )  # fmt: skip
    assert (
        told.message()
        == "nothing is found: the visits that fit have no status 'held', because their sources state none"
    )
    assert told.message("zh") == "一条也没有找到：符合条件的visits没有写“status: held”，因为原文没有写明"
    assert told.hint() == "Write 'visits() | happened' for what took place by the day of the report."
