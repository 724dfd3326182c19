"""What an issue owes to those before it: no matter vanishes, and after a period that was passed over it is asked about."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError
from reports.pipeline.build import Order
from reports.pipeline.read import Folders, read
from reports.publishing import approval, drafts, output_folder
from reports.publishing.continuity import asks_what_was_issued_before, vanished
from reports.publishing.scheduler import rounds
from tests.support.workplace import NOW, edit, ledger_of, small_house

RECORDS = """\
sources:
  - {id: slides, title: Slides, genre: slides}
"""
MATTER = """\
discussions:
  - id: venue
    number: 1
    topic: {zh: 会场, en: The venue}
    ask: {zh: 选哪个城市, en: Which city}
    raised: 2023-05-10
    source: [{doc: slides}]
"""
MEMO = Order(("memo",))
LATER = NOW + timedelta(days=30)


def fail(problem: Problem) -> None:
    pytest.fail(problem.message())


def write(house: Folders, text: str) -> None:
    (house.data / "records.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def issued(tmp_path: Path) -> Folders:
    """A house whose memo of the second quarter is issued, with a matter that was open then."""
    house = small_house(tmp_path)
    write(house, RECORDS + MATTER)
    drafts.build(house, MEMO, NOW)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail)
    return house


def gone(house: Folders) -> list[Problem]:
    return list(vanished(ledger_of(house), read(house.data)))


def test_a_matter_that_was_shown_and_is_gone_is_told_at_the_line_of_its_report(issued: Folders) -> None:
    assert gone(issued) == []
    write(issued, RECORDS)

    [problem] = gone(issued)
    assert (problem.code, problem.severity, problem.where.line) == ("edition/vanished", "error", 13)
    assert (
        problem.message("en")
        == "the matter 'venue' (会场 / The venue) stands in memo/2023Q2, and is gone from the data"
    )
    assert "会场" in problem.message("zh")


def test_nothing_is_built_approved_or_made_by_the_schedule_while_a_matter_is_gone(issued: Folders) -> None:
    drafts.build(issued, Order(("letter",)), NOW)
    write(issued, RECORDS)

    drafts.build(issued, Order(("letter",)), LATER)
    with pytest.raises(ReportError, match="venue"):
        drafts.build(issued, MEMO, LATER)
    assert [issue.name for issue in ledger_of(issued).issues("memo")] == ["memo/2023Q2"]

    outcomes = rounds.run_due(issued, datetime.fromisoformat("2023-10-10T09:00+08:00"), tell=fail)
    assert {(one.item.report, one.state) for one in outcomes} >= {("memo", "failed")}


def test_a_matter_that_is_carried_on_may_go(issued: Folders) -> None:
    write(issued, RECORDS + MATTER.replace("id: venue", "id: city\n    carried_over_from: venue"))

    assert gone(issued) == []


def test_a_matter_that_was_settled_may_not_go_either_for_it_has_been_shown(tmp_path: Path) -> None:
    settled = "    updates:\n      - {on: 2023-06-01, status: withdrawn, source: [{doc: slides}]}\n"
    house = small_house(tmp_path)
    write(house, RECORDS + MATTER + settled)
    drafts.build(house, MEMO, NOW)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail)

    write(house, RECORDS)
    assert [problem.code for problem in gone(house)] == ["edition/vanished"]


def test_check_tells_it_and_without_a_ledger_nobody_knows(
    issued: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(issued.data.parent)
    write(issued, RECORDS)

    assert main(["check", "--lang", "en", "--now", LATER.isoformat()]) == 1
    assert "error[edition/vanished]: the matter 'venue'" in capsys.readouterr().err

    assert main(["check", "--lang", "en", "--now", LATER.isoformat(), "--output", "elsewhere"]) == 0
    assert capsys.readouterr().err == ""


# --- the edition before -----------------------------------------------------------------------------------


def asked(house: Folders, day: str) -> list[tuple[str, object, object]]:
    now = datetime.fromisoformat(day)
    found = asks_what_was_issued_before(ledger_of(house), read(house.data), now.date())
    return [(one.code, one.args["period"], one.args["since"]) for one in found]


def edition(house: Folders, line: str) -> None:
    edit(
        house.data / "reports.yaml",
        "    issues_before: 17\n",
        f"    issues_before: 17\n    editions: [{line}]\n",
    )


def pass_over(house: Folders, period: str) -> None:
    with output_folder.opened(house, "test", NOW, tell=fail) as office:
        office.ledger.settle(("memo", period), "skipped", NOW)


def test_after_a_period_that_was_passed_over_it_is_asked_what_is_compared(issued: Folders) -> None:
    assert asked(issued, "2024-01-15") == []
    pass_over(issued, "2023Q3")
    passed = ("edition/asks-since-passed", "2023Q4", "2023Q2")

    assert asked(issued, "2024-01-15") == [passed]
    edition(issued, "{period: 2023Q4, as_of: 2023-12-31}")
    assert asked(issued, "2023-12-15") == [passed]
    edit(issued.data / "reports.yaml", "as_of: 2023-12-31}", "as_of: 2023-12-31, since: 2023Q2}")
    assert asked(issued, "2024-01-15") == []


def test_after_a_change_of_the_kind_of_period_too(issued: Folders) -> None:
    path = issued.data / "reports.yaml"
    head, memo = path.read_text(encoding="utf-8").split("  - id: memo\n")
    memo = memo.replace("period: quarter", "period: month").replace("since: 2023Q2", "since: 2023-07")
    path.write_text(f"{head}  - id: memo\n{memo}", encoding="utf-8")

    assert asked(issued, "2023-08-15") == [("edition/asks-since-other-kind", "2023-07", "2023Q2")]
    assert asked(issued, "2023-08-01") == []


def test_a_first_period_that_is_due_behind_a_gap_is_asked_about(issued: Folders) -> None:
    edition(issued, "{period: 2022Q4, as_of: 2022-12-31}")
    assert asked(issued, "2023-07-15") == []

    fresh = Folders(issued.data, issued.templates, issued.output.parent / "fresh")
    assert asked(fresh, "2023-07-15") == [("edition/asks-since", "2023Q2", "2022Q4")]
