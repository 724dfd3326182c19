"""From drafts to issues: what is frozen, what is refused, what a correction is."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts, outbox
from reports.publishing.comparison import Told
from reports.publishing.scheduler import rounds
from reports.publishing.store import stored
from reports.records import changes
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

MEMO = Order(("memo",), Period.parse("2023Q2"))
DOCX = "memo/2023Q2/memo-2023Q2.zh.docx"


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    return small_house(tmp_path)


def approve(house: Folders, by: str = "王", **more: object) -> object:
    return approval.approve(house, "memo", "2023Q2", by, NOW, tell=fail, **more)  # type: ignore[arg-type]


def fail(problem: Problem) -> None:
    pytest.fail(problem.message())


def header_of(house: Folders, name: str = DOCX) -> str:
    """All header text of a Word file."""
    with zipfile.ZipFile(house.output / name) as package:
        return "".join(package.read(n).decode() for n in package.namelist() if "header" in n)


# --- drafts -----------------------------------------------------------------------------------------------


def test_only_what_needs_approval_is_marked_as_a_draft(house: Folders) -> None:
    drafts.build(house, Order(("letter", "memo")), NOW)
    assert "草稿" in header_of(house)
    assert {i.name: i.state for i in ledger_of(house).issues()} == {
        "letter/2023Q2": "draft",
        "memo/2023Q2": "draft",
    }


def test_building_again_changes_no_file_and_adds_no_draft(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    before = {path: path.stat().st_mtime_ns for path in (house.output / "memo").rglob("*")}
    drafts.build(house, MEMO, NOW + timedelta(hours=1))
    assert {path: path.stat().st_mtime_ns for path in (house.output / "memo").rglob("*")} == before
    assert len(ledger_of(house).issues()) == 1
    assert [run.why for run in ledger_of(house).runs("memo")] == ["by hand", "by hand"]


def test_a_run_says_from_what_and_with_what(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    [run] = ledger_of(house).runs()
    assert run.inputs.keys() == {"data", "templates"}
    assert run.versions.keys() == {"progress-reports", "python"}
    assert run.outputs[DOCX] == hashlib.sha256((house.output / DOCX).read_bytes()).hexdigest()


# --- approval ---------------------------------------------------------------------------------------------


def test_approval_takes_the_mark_away_and_freezes(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    approve(house)
    [issue] = ledger_of(house).issues()
    assert (issue.state, issue.approved_by) == ("issued", "王")
    assert issue.number
    assert issue.number.label("zh") == "2023年第2期 总第18期"
    assert "草稿" not in header_of(house)
    for name, digests in issue.files.items():
        assert (house.output / name).read_bytes() == stored(house, digests.final)
    assert ledger_of(house).facts(issue.snapshot).facts["yearly"]["title.zh"] == "年度会议"


def test_what_was_seen_is_issued_though_the_data_went_on_where_somebody_agrees(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    edit(house.data / "records.yaml", "年度会议", "另一个会议")
    with pytest.raises(ReportError, match="the data have changed since the draft of memo 2023Q2 was built"):
        approve(house)
    assert [issue.state for issue in ledger_of(house).issues()] == ["draft"]
    asked: list[Told] = []

    def agree(told: Told) -> bool:
        asked.append(told)
        return True

    approve(house, agree=agree)
    assert [told["zh"] for told in asked] == [["另一个会议：会议名称由“年度会议”改为“另一个会议”"]]
    assert "年度会议" in (house.output / "memo/2023Q2/memo-2023Q2.zh.md").read_text("utf-8")


MEETING = (
    "  - {id: later, title: {zh: 后来, en: Later}, date: 2023-06-29, status: held, source: [{doc: slides}]}\n"
)


def test_a_draft_is_compared_as_of_its_own_day_and_by_what_it_shows(house: Folders) -> None:
    """What comes later, and what the report does not show, is no question."""
    drafts.build(house, MEMO, NOW - timedelta(days=20))
    edit(house.data / "records.yaml", "  - id: board\n", f"{MEETING}  - id: board\n    format: online\n")
    approve(house)
    assert [issue.state for issue in ledger_of(house).issues()] == ["issued"]


def test_a_draft_that_is_built_anew_while_somebody_is_asked_is_asked_about_again(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    edit(house.data / "records.yaml", "年度会议", "另一个会议")
    asked: list[Told] = []

    def agree(told: Told) -> bool:
        asked.append(told)
        if len(asked) == 1:
            edit(house.data / "records.yaml", "另一个会议", "第三个会议")
            drafts.build(house, MEMO, NOW + timedelta(minutes=1))
        return True

    approve(house, agree=agree)
    assert len(asked) == 2
    [issue] = ledger_of(house).issues()
    assert issue.built == NOW + timedelta(minutes=1)


def test_another_wording_since_the_draft_is_asked_about(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    edit(house.templates / "letter/report.zh.md.j2", "# One", "# First")
    asked: list[Told] = []

    def agree(told: Told) -> bool:
        asked.append(told)
        return False

    with pytest.raises(ReportError, match="have changed since the draft"):
        approve(house, agree=agree)
    assert asked == [{"zh": [], "en": []}]


def test_approving_fails_while_check_has_errors(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    edit(house.data / "records.yaml", "date: 2023-05\n", "date: 2023-15\n")
    with pytest.raises(ReportError, match="cannot be approved while 'check' finds errors") as refused:
        approve(house)
    assert {p.code for p in refused.value.problems} == {"issue/check-fails", "value/impossible-date"}
    assert ledger_of(house).issues()[0].state == "draft"


def test_approving_fails_when_a_file_is_not_the_draft(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    edit(house.output / "memo/2023Q2/memo-2023Q2.zh.md", "理事会", "领导会")
    with pytest.raises(ReportError, match="not the draft that was recorded"):
        approve(house)
    (house.output / DOCX).unlink()
    with pytest.raises(ReportError, match="is gone"):
        approve(house)
    assert ledger_of(house).issues()[0].state == "draft"


def test_approving_fails_without_a_whole_draft(house: Folders) -> None:
    with pytest.raises(ReportError, match="there is no draft of memo 2023Q2"):
        approve(house)
    drafts.build(house, Order(("memo",), formats=("md",)), NOW)
    with pytest.raises(ReportError, match=r"lacks 'memo-2023Q2\.zh\.docx'"):
        approve(house)
    drafts.build(house, Order(("memo",), formats=("docx",)), NOW)
    approve(house)
    with pytest.raises(ReportError, match="is issued, and there is no draft"):
        approve(house)


def test_approving_stores_what_is_to_be_sent_with_it(house: Folders) -> None:
    def post(event: outbox.Occasion, _delivery: object) -> list[outbox.Intent]:
        assert event.issue
        return [outbox.Intent(f"<{event.issue.name}@x>", "issue", "email", "a@example.org")]

    drafts.build(house, MEMO, NOW)
    approve(house, post=post)
    assert [e.intent.message_id for e in outbox.entries(ledger_of(house))] == ["<memo/2023Q2@x>"]


# --- corrections ------------------------------------------------------------------------------------------


def test_a_correction_is_a_second_revision_with_the_facts_that_differ(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    approve(house)
    before = visible(house)
    edit(house.data / "records.yaml", "理事会", "董事会")
    [made] = drafts.build(house, MEMO, NOW + timedelta(days=1), correct=True)
    assert (made.what, made.revision) == ("correction", 2)
    assert all("revision-2" in path.parts for path in made.files)
    assert {name: data for name, data in visible(house).items() if "revision-2" not in name} == before
    draft = ledger_of(house).latest("memo", "2023Q2", "draft")
    assert draft
    assert draft.changes == (
        {"record": "board", "field": "title.zh", "what": "changed", "before": "理事会", "after": "董事会"},
    )
    approve(house)
    first, second = ledger_of(house).issues()
    assert (first.state, second.state, second.revision) == ("superseded", "issued", 2)
    assert first.number == second.number
    assert {name: data for name, data in visible(house).items() if "revision-2" not in name} == before


def test_an_unchanged_report_makes_no_correction(house: Folders) -> None:
    drafts.build(house, MEMO, NOW)
    approve(house)
    drafts.build(house, MEMO, NOW, correct=True)
    drafts.build(house, Order(("memo",), MEMO.period, formats=("md",)), NOW, correct=True)
    assert [issue.revision for issue in ledger_of(house).issues()] == [1]


def test_facts_are_compared_record_by_record() -> None:
    then = {"a": {"": "meetings", "x": "1", "y": "2"}, "b": {"": "events"}}
    now = {"a": {"": "meetings", "x": "3", "z": "4"}, "c": {"": "goals"}}
    assert [(c.record, c.field, c.what, c.before, c.after) for c in changes.compare(then, now)] == [
        ("a", "x", "changed", "1", "3"),
        ("a", "y", "removed", "2", ""),
        ("a", "z", "added", "", "4"),
        ("b", "", "removed", "events", ""),
        ("c", "", "added", "", "goals"),
    ]


# --- the job ----------------------------------------------------------------------------------------------


def test_the_job_issues_what_needs_no_approval_and_drafts_the_rest(house: Folders) -> None:
    outcomes = rounds.run_due(house, NOW, tell=fail)
    assert [(o.item.report, o.state) for o in outcomes] == [("letter", "issued"), ("memo", "drafted")]
    assert rounds.run_due(house, NOW, tell=fail) == ()
    assert {i.name: (i.state, i.approved_by) for i in ledger_of(house).issues()} == {
        "letter/2023Q2": ("issued", "schedule"),
        "memo/2023Q2": ("draft", ""),
    }


def test_what_was_approved_early_is_not_made_again(house: Folders) -> None:
    drafts.build(house, MEMO, NOW - timedelta(days=5))
    approve(house)
    assert [o.item.report for o in rounds.run_due(house, NOW, tell=fail)] == ["letter"]


def test_one_report_that_fails_neither_stops_the_others_nor_is_tried_at_once(house: Folders) -> None:
    template = house.templates / "letter" / "report.en.md.j2"
    good = template.read_text("utf-8")
    template.write_text(good + "{{ nothing }}", "utf-8")  # memo has no English edition
    first = rounds.run_due(house, NOW, tell=fail)
    assert [(o.item.report, o.state, o.alert) for o in first] == [
        ("letter", "failed", True),
        ("memo", "drafted", False),
    ]
    assert rounds.run_due(house, NOW + timedelta(seconds=59), tell=fail) == ()
    second = rounds.run_due(house, NOW + timedelta(seconds=61), tell=fail)
    assert [(o.state, o.alert) for o in second] == [("failed", False)]
    assert rounds.run_due(house, NOW + timedelta(minutes=5), tell=fail) == ()
    template.write_text(good, "utf-8")
    assert [o.state for o in rounds.run_due(house, NOW + timedelta(minutes=7), tell=fail)] == ["issued"]
    assert [run.outcome for run in ledger_of(house).runs("letter")] == ["failed", "failed", "done"]


def test_a_fault_nobody_foresaw_is_guarded_too(house: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.publishing.approval.issue_at_once", lambda *_: 1 / 0)
    outcomes = rounds.run_due(house, NOW, tell=fail)
    assert [o.state for o in outcomes] == ["failed", "drafted"]
    assert "ZeroDivisionError" in outcomes[0].problems[0].message()


def test_missed_periods_are_made_or_written_down(house: Folders) -> None:
    edit(house.data / "reports.yaml", "approval: true", "approval: true")
    text = (house.data / "reports.yaml").read_text("utf-8")
    (house.data / "reports.yaml").write_text(text + "      missed: latest\n", "utf-8")
    outcomes = rounds.run_due(house, NOW + timedelta(days=200), tell=fail)
    told = {(o.item.report, str(o.item.period)): o.state for o in outcomes}
    assert told == {
        ("letter", "2023Q2"): "issued", ("letter", "2023Q3"): "issued", ("letter", "2023Q4"): "issued",
        ("memo", "2023Q2"): "skipped", ("memo", "2023Q3"): "skipped", ("memo", "2023Q4"): "drafted",
    }  # fmt: skip
    assert [run.outcome for run in ledger_of(house).runs("memo")] == ["skipped", "skipped", "done"]


def test_editors_are_reminded_once_a_day_asked_for(house: Folders) -> None:
    rounds.run_due(house, NOW, tell=fail)
    events: list[outbox.Occasion] = []

    def post(event: outbox.Occasion, _delivery: object) -> list[outbox.Intent]:
        events.append(event)
        return []

    for hours in (0, 1, 30):
        moment = NOW.replace(month=10, day=5) + timedelta(hours=hours)
        rounds.run_due(house, moment, tell=fail, post=post, sure=True)
    assert [(e.kind, e.report.id, str(e.period), e.days) for e in events] == [
        ("reminder", "letter", "2023Q3", 7)
    ]


# --- commands ---------------------------------------------------------------------------------------------


def test_the_commands_lead_from_due_to_issued(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "zh")
    now = "2023-07-11T09:00+08:00"
    assert main(["run-due", "--now", now, "--dry-run"]) == 0
    assert not house.output.exists()
    assert main(["run-due", "--now", now]) == 0
    assert main(["approve", "memo", "2023Q2", "--by", "李明", "--now", now]) == 0
    assert main(["history", "memo"]) == 0
    assert main(["show", "memo/2023Q2"]) == 0
    said = capsys.readouterr().out
    assert "生成 memo 2023Q2  到期 2023-07-10 09:00 Asia/Shanghai" in said
    assert "没有发给任何人" in said
    assert "已出草稿 memo 2023Q2" in said
    assert "memo/2023Q2  已印发" in said
    assert "2023年第2期 总第18期  李明" in said
    assert main(["run-due", "--now", now]) == 0
    assert "无事可做" in capsys.readouterr().out
    assert main(["show", "memo/2024Q2"]) == 1
    assert main(["history", "mmo"]) == 1
    assert main(["approve", "mmo", "2023Q2"]) == 1
    assert "是不是想写“memo”" in capsys.readouterr().err


def test_history_tells_what_happened_in_its_order_and_in_the_readers_language(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    drafts.build(house, MEMO, NOW - timedelta(days=1))
    edit(house.data / "records.yaml", "date: 2023-05\n", "date: 2023-15\n")
    rounds.run_due(house, NOW, tell=fail)
    edit(house.data / "records.yaml", "date: 2023-15\n", "date: 2023-05\n")
    drafts.build(house, MEMO, NOW + timedelta(days=1))
    for lang, failed, why in (
        ("zh", "失败", "日历上没有 2023-15 这一天"),
        ("en", "failed", "there is no day 2023-15"),
    ):
        monkeypatch.setenv("REPORTS_LANG", lang)
        assert main(["history"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[0] for line in lines] == ["letter/2023Q2", "memo/2023Q2", "memo/2023Q2"]
        assert failed in lines[0]
        assert why in lines[0]


def test_a_correction_is_shown_fact_by_fact(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    drafts.build(house, MEMO, NOW)
    approve(house)
    edit(house.data / "records.yaml", "date: 2023-06-01", "date: 2023-06")
    drafts.build(house, MEMO, NOW, correct=True)
    for lang, line in (
        ("zh", "改动 理事会 (board) 开会日期: 2023年6月1日 → 2023年6月"),
        ("en", "changed Board (board) date: 1 June 2023 → June 2023"),
    ):
        monkeypatch.setenv("REPORTS_LANG", lang)
        assert main(["show", "memo/2023Q2/2"]) == 0
        assert line in capsys.readouterr().out
    assert main(["approve", "memo", "2023Q2", "--by", "W", "--now", NOW.isoformat()]) == 0
    assert "changed Board (board) date" in capsys.readouterr().out


def test_a_person_is_asked_before_a_draft_is_issued_that_the_data_have_left(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    drafts.build(house, MEMO, NOW)
    edit(house.data / "records.yaml", "date: 2023-06-01", "date: 2023-06")
    command = ("approve", "memo", "2023Q2", "--by", "W", "--now", NOW.isoformat())
    for lang, line, hint in (
        ("zh", "    理事会：开会日期由2023年6月1日改为2023年6月", "run.py approve memo 2023Q2 --yes"),
        ("en", "    Board: date changed from 1 June 2023 to June 2023", "run.py approve memo 2023Q2 --yes"),
    ):
        monkeypatch.setenv("REPORTS_LANG", lang)
        assert main([*command]) == 1
        said = capsys.readouterr().err
        assert line in said.splitlines()
        assert hint in said
    assert main([*command, "--yes"]) == 0
    both = capsys.readouterr()
    assert "Board: date changed" in both.err
    assert "sha256" not in both.out


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("是\n", 0), ("\n", 1), ("", 1)])
def test_the_answer_at_a_terminal_decides(
    house: Folders, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    monkeypatch.chdir(house.data.parent)
    drafts.build(house, MEMO, NOW)
    edit(house.data / "records.yaml", "date: 2023-06-01", "date: 2023-06")
    terminal = io.StringIO(answer)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    assert main(["approve", "memo", "2023Q2", "--by", "W", "--now", NOW.isoformat()]) == status


def test_what_a_revision_changed_is_shown_in_whichever_language_it_was_changed(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what editors write to each other is not."""
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "en")
    drafts.build(house, MEMO, NOW)
    approve(house)
    edit(house.data / "records.yaml", "{zh: 理事会, en: Board}", "{zh: 董事会, en: Board}")
    with (house.data / "records.yaml").open("a", encoding="utf-8") as file:
        file.write(COMMENT)
    drafts.build(house, MEMO, NOW, correct=True)
    capsys.readouterr()
    assert main(["show", "memo/2023Q2/2"]) == 0
    said = capsys.readouterr().out
    assert [line.strip() for line in said.partition("differs from the revision before:")[2].splitlines()] == [
        "",
        "changed 董事会 (board) 会议名称: 理事会 → 董事会",
    ]
    assert "sha256" not in said
    assert main(["show", "memo/2023Q2/2", "--digests"]) == 0
    assert capsys.readouterr().out.count("sha256:") == 3


#: What a reader of another report wrote into it.
COMMENT = """\
comments:
  - {id: remark-1, text: Which year?, report: letter, period: 2023Q2, date: 2023-06-20, by: Li}
"""


def test_schedule_lists_the_next_dates(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    assert main(["schedule", "--list"]) == 0
    assert "2023-07-10 09:00 Asia/Shanghai  letter  2023Q2" in capsys.readouterr().out


def test_dates_by_a_calendar_nobody_has_announced_are_called_provisional(
    house: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "zh")
    edit(house.data / "reports.yaml", "since: 2023Q2", "since: 2098Q2")
    assert main(["schedule", "--list"]) == 0
    assert "2098-07-10 09:00 Asia/Shanghai（暂定）  letter  2098Q2" in capsys.readouterr().out
    assert main(["run-due", "--now", "2098-07-10T09:00+08:00", "--dry-run"]) == 0
    assert "生成 letter 2098Q2  到期 2098-07-10 09:00 Asia/Shanghai（暂定）" in capsys.readouterr().out
    assert not house.output.exists()
