"""What reads otherwise than an issue has shown: asked about once, with the line to type, and silent when answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.diagnostics.problems import Problem
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import Folders, read
from reports.publishing import approval, drafts
from reports.publishing.output_folder import altered
from reports.publishing.overwritten import overwritten
from tests.support.workplace import NOW, edit, ledger_of, small_house

RECORDS = """\
sources:
  - {id: slides, title: Slides, genre: slides}

events:
  - id: fair
    title: {zh: 招聘会, en: Job fair}
    type: job fair
    date: 2023-06-20
    attendance: 110
    source: [{doc: slides}]
"""
LATER = NOW + timedelta(days=30)


@pytest.fixture
def issued(tmp_path: Path) -> Folders:
    """A house whose memo of the second quarter is issued."""
    house = small_house(tmp_path)
    (house.data / "records.yaml").write_text(RECORDS, encoding="utf-8")
    (house.templates / "letter").mkdir(exist_ok=True)
    text = "---\ntitle: T\n---\n\n# A\n\n{% for event in events() %}\n- {{ event.title }}: {{ event.attendance }}\n{% endfor %}\n"
    for lang in ("zh", "en"):
        (house.templates / f"letter/report.{lang}.md.j2").write_text(text, encoding="utf-8")
    drafts.build(house, Order(("memo",)), NOW)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=lambda problem: None)
    return house


def asked(house: Folders, at: datetime = LATER) -> list[Problem]:
    return list(overwritten(ledger_of(house), read(house.data), at.date()))


def test_a_field_that_was_typed_over_is_asked_about_with_both_ways_out(issued: Folders) -> None:
    edit(issued.data / "records.yaml", "attendance: 110", "attendance: 101")

    [question] = asked(issued)
    assert (question.code, question.where.line) == ("time/overwritten", 9)
    assert "was 110 in the issue memo 2023Q2, and is 101 now" in question.message("en")
    hint = question.hint("en")
    assert "run.py build memo --period 2023Q2" in hint
    assert "put 110 back and type: run.py update fair attendance=101 --on DAY --source ID." in hint


def test_a_correction_answers_the_question(issued: Folders) -> None:
    edit(issued.data / "records.yaml", "attendance: 110", "attendance: 101")
    told: list[Problem] = []

    drafts.build(issued, Order(("memo",)), LATER, tell=told.append, correct=True)

    assert [problem.code for problem in told] == ["time/overwritten"]
    assert asked(issued) == []
    corrected = (issued.output / "memo/2023Q2/revision-2/memo-2023Q2.zh.md").read_text(encoding="utf-8")
    assert "由110改为101" in corrected


def test_an_entry_answers_the_question_and_changes_no_byte_of_the_issue(issued: Folders) -> None:
    before = {path: path.read_bytes() for path in (issued.output / "memo").rglob("*.*")}
    edit(
        issued.data / "records.yaml",
        "    source: [{doc: slides}]\n",
        "    source: [{doc: slides}]\n    updates:\n"
        "      - {on: 2023-07-15, attendance: 101, source: [{doc: slides}]}\n",
    )

    drafts.build(issued, Order(("memo",)), LATER, correct=True)

    assert asked(issued) == []
    assert {path: path.read_bytes() for path in (issued.output / "memo").rglob("*.*")} == before


def test_an_entry_that_reaches_back_is_asked_about_until_it_says_when_it_was_learnt(issued: Folders) -> None:
    entry = "      - {on: 2023-06-28, attendance: 101, source: [{doc: slides}]}\n"
    edit(
        issued.data / "records.yaml",
        "    source: [{doc: slides}]\n",
        f"    source: [{{doc: slides}}]\n    updates:\n{entry}",
    )
    [question] = asked(issued)
    assert question.code == "time/late-entry"
    assert f"known: {LATER.date()}" in question.hint("en")

    edit(issued.data / "records.yaml", "{on: 2023-06-28,", f"{{on: 2023-06-28, known: {LATER.date()},")
    assert asked(issued) == []


def test_a_record_of_then_that_comes_late_is_asked_about_until_it_says_when_it_was_learnt(
    issued: Folders,
) -> None:
    late = "  - {id: talk, title: Talk, type: report, date: 2023-06-21, source: [{doc: slides}]}\n"
    edit(issued.data / "records.yaml", "events:\n", f"events:\n{late}")
    [question] = asked(issued)
    assert (question.code, question.args["record"]) == ("time/new-record", "talk")

    edit(issued.data / "records.yaml", "date: 2023-06-21,", f"date: 2023-06-21, known: {LATER.date()},")
    assert asked(issued) == []


def test_what_no_reader_sees_is_not_asked_about(issued: Folders) -> None:
    edit(issued.data / "records.yaml", "[{doc: slides}]", "[{doc: slides, note: page 3}]")
    edit(issued.data / "records.yaml", "sources:\n", "# a comment\n\nsources:\n")

    assert asked(issued) == []


def test_check_asks_too(
    issued: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(issued.data / "records.yaml", "attendance: 110", "attendance: 101")
    monkeypatch.chdir(issued.data.parent)

    main(["check", "--lang", "zh", "--now", LATER.isoformat()])

    assert "fair 的“attendance”在已印发的 memo 2023Q2 中是 110，现在是 101" in "".join(capsys.readouterr())


# --- the files of an issue --------------------------------------------------------------------------------


def altered_in(house: Folders) -> list[tuple[str, str]]:
    with ledger_of(house) as ledger:
        return [(problem.code, Path(problem.where.file).name) for problem in altered(house, ledger)]


def test_a_file_of_an_issue_that_is_gone_or_changed_is_told(issued: Folders) -> None:
    assert altered_in(issued) == []
    word, text = (issued.output / "memo/2023Q2" / f"memo-2023Q2.zh.{end}" for end in ("docx", "md"))

    word.unlink()
    text.write_text("by hand", "utf-8")

    assert altered_in(issued) == [("issue/files-gone", "2023Q2"), ("issue/file-altered", text.name)]


def test_they_are_put_back_as_the_hints_say(issued: Folders) -> None:
    word, text = (issued.output / "memo/2023Q2" / f"memo-2023Q2.zh.{end}" for end in ("docx", "md"))
    before = word.read_bytes(), text.read_bytes()
    word.unlink()
    text.unlink()

    drafts.build(issued, Order(("memo",), Period.parse("2023Q2")), LATER)

    assert (word.read_bytes(), text.read_bytes()) == before
    assert altered_in(issued) == []
