"""A ledger that is gone, or older than what was issued, is never taken for a first start."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from reports import files
from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import STATE, Folders
from reports.publishing import approval, drafts, outbox, row_checksums
from reports.publishing.acts import acts
from reports.publishing.database import NAME
from reports.publishing.delivery import intents
from reports.publishing.issue import Stored
from reports.publishing.ledger import read_ledger
from reports.publishing.memory import issue_record, lost
from reports.publishing.memory.adoption import adopt
from reports.publishing.memory.issue_record import read_record
from reports.publishing.output_folder import opened
from reports.publishing.scheduler import rounds
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving, switch_on
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

LATER = NOW + timedelta(days=1)
Q2 = Period.parse("2023Q2")


def fail(problem: Problem) -> None:
    pytest.fail(problem.message())


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    """The letter is issued; the memo is issued, and corrected once."""
    house = small_house(tmp_path / "house")
    rounds.run_due(house, NOW, tell=fail)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail)
    correct(house, "理事会", "全体会议")
    return house


def correct(house: Folders, old: str, new: str) -> None:
    edit(house.data / "records.yaml", old, new)
    drafts.build(house, Order(("memo",), Q2), NOW, correct=True)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail)


def remembered(house: Folders) -> object:
    with read_ledger(house) as ledger:
        return [
            (i.name, i.state, i.number, i.files, i.snapshot, i.approved, i.approved_by, i.changes)
            for i in sorted(ledger.issues(), key=lambda issue: issue.name)
        ], ledger.done().settled


def forget(house: Folders) -> None:
    shutil.rmtree(house.output / STATE)


COMMANDS: dict[str, Callable[[Folders], object]] = {
    "build": lambda house: drafts.build(house, Order(("letter",), Q2), LATER),
    "approve": lambda house: approval.approve(house, "memo", "2023Q2", "王", LATER, tell=fail),
    "run-due": lambda house: rounds.run_due(house, LATER, tell=fail),
    "run-due --dry-run": lambda house: rounds.ask(house, LATER),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_without_its_memory_no_command_issues_anything(house: Folders, command: str) -> None:
    forget(house)
    before = visible(house)

    with pytest.raises(ReportError) as raised:
        COMMANDS[command](house)

    told = [problem.message("en") for problem in raised.value.problems]
    lost = "the ledger is gone, or older than what was issued: it does not know 3 issues that stand in the"
    assert told[0] == f"{lost} output folder, which are named below"
    assert told[1:] == [
        "the ledger does not know this issue: letter/2023Q2, approved on 2023-07-11, number 2023/1, 1",
        "the ledger does not know this issue: memo/2023Q2, approved on 2023-07-11, number 2023/2, 18",
        "the ledger does not know this issue: memo/2023Q2/2, approved on 2023-07-11, number 2023/2, 18",
    ]
    assert "run.py adopt" in raised.value.problems[0].hint("en")
    assert [problem.where.file for problem in raised.value.problems[1:]] == [
        str(house.output / name) for name in ("letter/2023Q2", "memo/2023Q2", "memo/2023Q2/revision-2")
    ]
    assert visible(house) == before


def test_a_ledger_older_than_what_was_issued_is_refused_too(house: Folders, tmp_path: Path) -> None:
    """The state is put back from before revision 3, by hand."""
    shutil.copytree(house.output / STATE, tmp_path / "kept")
    correct(house, "全体会议", "大会")
    third = (house.output / "memo/2023Q2/revision-3/memo-2023Q2.zh.docx").read_bytes()
    forget(house)
    shutil.copytree(tmp_path / "kept", house.output / STATE)
    edit(house.data / "records.yaml", "大会", "会员大会")

    with pytest.raises(ReportError, match="memo/2023Q2/3"):
        drafts.build(house, Order(("memo",), Q2), LATER, correct=True)

    adopt(house, "王", LATER, tell=fail)
    drafts.build(house, Order(("memo",), Q2), LATER, correct=True)
    fourth = approval.approve(house, "memo", "2023Q2", "王", LATER, tell=fail)
    assert (fourth.revision, fourth.number and fourth.number.total) == (4, 18)
    assert (house.output / "memo/2023Q2/revision-3/memo-2023Q2.zh.docx").read_bytes() == third


def test_what_is_taken_back_in_is_what_was_forgotten(house: Folders) -> None:
    before, files = remembered(house), visible(house)
    forget(house)

    assert [issue.name for issue in adopt(house, "李", LATER, tell=fail, dry_run=True)] == [
        "letter/2023Q2", "memo/2023Q2", "memo/2023Q2/2",
    ]  # fmt: skip
    assert ledger_of(house).issues() == ()
    adopt(house, "李", LATER, tell=fail)

    assert (remembered(house), visible(house)) == (before, files)
    with read_ledger(house) as ledger:
        assert [(a.what, a.by, a.report, a.revision) for a in acts(ledger)] == [
            ("adopt", "李", "letter", 1), ("adopt", "李", "memo", 1), ("adopt", "李", "memo", 2),
        ]  # fmt: skip
    assert adopt(house, "李", LATER, tell=fail) == ()


def test_afterwards_everything_goes_on(house: Folders) -> None:
    """Nothing has changed: no correction. Something has: the next revision, which says what. A new period: the next number."""
    forget(house)
    adopt(house, "王", LATER, tell=fail)

    assert rounds.run_due(house, LATER, tell=fail) == ()
    drafts.build(house, Order(("memo",), Q2), LATER, correct=True)
    assert {i.state for i in ledger_of(house).issues()} == {"issued", "superseded"}

    edit(house.data / "records.yaml", "全体会议", "大会")
    drafts.build(house, Order(("memo",), Q2), LATER, correct=True)
    [drafted] = [issue for issue in ledger_of(house).issues() if issue.state == "draft"]
    assert drafted.revision == 3
    assert [(c["record"], c["before"], c["after"]) for c in drafted.changes] == [
        ("board", "全体会议", "大会")
    ]

    rounds.run_due(house, NOW + timedelta(days=93), tell=fail, sure=True)
    third = approval.approve(house, "memo", "2023Q3", "王", NOW + timedelta(days=93), tell=fail)
    assert third.number
    assert third.number.total == 19


def test_a_withdrawn_issue_comes_back_as_withdrawn(house: Folders) -> None:
    with opened(house, "test", NOW, tell=fail) as office:
        [issue] = office.ledger.issues("letter")
        values = {"state": "withdrawn", "withdrawn": NOW.isoformat()}
        row_checksums.put(office.ledger.connection, "issues", {"id": issue.id}, values)
    forget(house)
    adopt(house, "王", LATER, tell=fail)
    [issue] = ledger_of(house).issues("letter")
    assert (issue.state, issue.withdrawn) == ("withdrawn", NOW)


# --- what people do to the files ----------------------------------------------------------------------------


def test_files_of_people_and_a_file_edited_by_hand_are_no_lost_memory(house: Folders) -> None:
    (house.output / "memo/2023Q2/notes.docx").write_bytes(b"notes")
    (house.output / "other/2023Q9").mkdir(parents=True)
    (house.output / "other/2023Q9/other-2023Q9.zh.md").write_text("草稿", "utf-8")
    (house.output / "memo/2023Q2/revision-2/memo-2023Q2.zh.md").write_text("by hand", "utf-8")
    (house.output / "letter/2023Q2/letter-2023Q2.en.md").unlink()
    assert rounds.run_due(house, LATER, tell=fail) == ()


def test_drafts_alone_are_no_lost_memory(tmp_path: Path) -> None:
    house = small_house(tmp_path / "house")
    drafts.build(house, Order(("memo",), Q2), NOW, correct=True)
    forget(house)
    drafts.build(house, Order(("memo",), Q2), NOW, correct=True)


def test_the_draft_of_a_correction_that_a_killed_run_left_is_no_issue(house: Folders, tmp_path: Path) -> None:
    """It was put in place, and not yet written down."""
    shutil.copytree(house.output / STATE, tmp_path / "kept")
    edit(house.data / "records.yaml", "全体会议", "大会")
    drafts.build(house, Order(("memo",), Q2), NOW, correct=True)
    forget(house)
    shutil.copytree(tmp_path / "kept", house.output / STATE)
    drafts.build(house, Order(("memo",), Q2), NOW, correct=True)


def test_a_file_changed_by_hand_is_not_taken_for_the_issue(house: Folders, tmp_path: Path) -> None:
    path = house.output / "memo/2023Q2/memo-2023Q2.zh.md"
    original = path.read_bytes()
    path.write_text("by hand", "utf-8")
    forget(house)
    with pytest.raises(ReportError, match="changed after it was issued") as raised:
        adopt(house, "王", LATER, tell=fail)
    assert [problem.where.file for problem in raised.value.problems] == [str(path)]
    assert ledger_of(house).issues() == ()

    path.rename(tmp_path / "aside.md")  # as the hint says
    told: list[Problem] = []
    adopt(house, "王", LATER, tell=told.append, dry_run=True)
    assert [problem.code for problem in told] == ["memory/file-gone"]

    path.write_bytes(original)
    assert len(adopt(house, "王", LATER, tell=fail)) == 3


def test_a_changed_file_is_no_hindrance_where_the_store_has_the_original(house: Folders) -> None:
    path = house.output / "memo/2023Q2/memo-2023Q2.zh.md"
    path.write_text("by hand", "utf-8")
    for name in (NAME, "ledger.backup.sqlite"):
        (house.output / STATE / name).unlink()
    assert len(adopt(house, "王", LATER, tell=fail)) == 3


@pytest.mark.parametrize(
    "spoil", [lambda data: data.replace(b'"revision":1', b'"revision":7'), lambda data: data[:90]]
)
def test_a_spoiled_record_is_told_and_not_believed(house: Folders, spoil: Callable[[bytes], bytes]) -> None:
    path = house.output / "letter/2023Q2" / issue_record.NAME
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    assert rounds.run_due(house, LATER, tell=fail) == ()  # the ledger knows it, and writes it anew
    assert path.read_bytes() == whole
    path.write_bytes(spoil(whole))
    forget(house)
    for command in (
        lambda: rounds.run_due(house, LATER, tell=fail),
        lambda: adopt(house, "王", LATER, tell=fail),
    ):
        with pytest.raises(ReportError, match="is not as it was written"):
            command()


def test_what_an_older_release_issued_has_no_record_and_is_refused(house: Folders) -> None:
    for path in house.output.rglob(issue_record.NAME):
        path.unlink()
    forget(house)
    with pytest.raises(ReportError) as raised:
        rounds.run_due(house, LATER, tell=fail)
    assert [problem.args["name"] for problem in raised.value.problems] == [
        "letter-2023Q2.en.md", "memo-2023Q2.zh.docx", "memo-2023Q2.zh.docx",
    ]  # fmt: skip


def test_the_first_run_of_this_release_writes_the_records_of_older_issues(house: Folders) -> None:
    records = {path: path.read_bytes() for path in house.output.rglob(issue_record.NAME)}
    for path in records:
        path.unlink()
    rounds.run_due(house, LATER, tell=fail)
    assert {path: path.read_bytes() for path in house.output.rglob(issue_record.NAME)} == records


def test_a_record_that_cannot_be_written_now_is_told_and_written_later(
    house: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = house.output / "letter/2023Q2" / issue_record.NAME
    path.unlink()
    write = files.write

    def held(place: Path, data: bytes, workshop: Path | None = None) -> bool:
        if place == path:
            raise ReportError(Problem(Where(str(path)), "file/unwritable", {"detail": "held"}))
        return write(place, data, workshop)

    told: list[Problem] = []
    with monkeypatch.context() as patch:
        patch.setattr(files, "write", held)
        assert rounds.run_due(house, LATER, tell=told.append) == ()
    assert [problem.code for problem in told] == ["file/unwritable"]
    rounds.run_due(house, LATER, tell=fail)
    assert path.exists()


def test_two_issues_of_one_name_are_told_apart(house: Folders, tmp_path: Path) -> None:
    """As when two machines have issued into one folder that is kept alike in two places."""
    other = small_house(tmp_path / "other")
    edit(other.data / "records.yaml", "年度会议", "另一会议")
    edit(other.data / "records.yaml", "Yearly meeting", "Another meeting")
    rounds.run_due(other, NOW, tell=fail)
    shutil.copytree(other.output / "letter", house.output / "letter", dirs_exist_ok=True)
    with pytest.raises(ReportError, match="letter/2023Q2"):
        rounds.run_due(house, LATER, tell=fail)
    with pytest.raises(ReportError, match="two were issued under one name"):
        adopt(house, "王", LATER, tell=fail)


# --- nobody is mailed again ---------------------------------------------------------------------------------


@pytest.fixture
def mailed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Folders, Server]]:
    """The memo was issued and sent."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("REPORTS_LANG", "en")
    house = small_house(tmp_path / "house")
    monkeypatch.chdir(house.data.parent)
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    with serving(Server()) as server:
        switch_on(house, server)
        drafts.build(house, Order(("memo",), Q2), NOW, correct=True)
        approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail, post=intents.intents)
        assert run("deliver") == 0
        yield house, server


def run(*words: str) -> int:
    return main([*words, "--now", LATER.isoformat()])


def test_nobody_gets_again_what_was_taken_back_in_unless_a_person_says_so(
    mailed: tuple[Folders, Server], capsys: pytest.CaptureFixture[str]
) -> None:
    house, server = mailed
    first = {(to, message["Message-ID"]) for to, message in server.taken}
    assert first
    server.taken.clear()
    forget(house)

    assert run("deliver") == 1
    assert run("deliver", "memo/2023Q2") == 1
    assert run("adopt", "--by", "W") == 0
    assert "To whom they went is not known" in capsys.readouterr().out
    assert run("run-due") == 0
    assert run("deliver") == 0
    issues = [to for to, message in server.taken if ".issue@" in message["Message-ID"]]
    assert issues == []

    assert run("deliver", "memo/2023Q2") == 1
    assert "it is not known who got memo/2023Q2" in capsys.readouterr().err
    main(["show", "memo/2023Q2"])
    assert "to whom it went: not known" in capsys.readouterr().out
    assert run("deliver", "memo/2023Q2", "--again") == 0
    again = {
        (to, message["Message-ID"]) for to, message in server.taken if ".issue@" in message["Message-ID"]
    }
    assert {to for to, _ in again} == {to for to, _ in first}
    assert not {key for _, key in again} & {key for _, key in first}


def test_letters_that_an_older_ledger_takes_for_unsent_are_left_to_a_person(
    mailed: tuple[Folders, Server], tmp_path: Path
) -> None:
    house, server = mailed
    edit(house.data / "records.yaml", "理事会", "全体会议")
    drafts.build(house, Order(("memo",), Q2), NOW, correct=True)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail, post=intents.intents)
    shutil.copytree(house.output / STATE, tmp_path / "kept")  # the letters wait
    assert run("deliver") == 0
    correct(house, "全体会议", "大会")
    server.taken.clear()
    forget(house)
    shutil.copytree(tmp_path / "kept", house.output / STATE)

    assert run("adopt") == 0
    run("deliver")
    assert not [key for _, message in server.taken if ".issue@" in (key := message["Message-ID"])]
    assert {entry.state for entry in outbox.entries(ledger_of(house)) if entry.intent.kind == "issue"} == {
        "sent",
        "unknown",
    }


# --- copies, and what it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "ledger-DESKTOP-AB12.sqlite", "ledger (1).sqlite", "ledger - 副本.sqlite", "ledger - Copy.sqlite",
        "ledger (王的冲突副本 2023-07-11).sqlite", "ledger (DESKTOP-AB12's conflicted copy 2023-07-11).sqlite",
        "ledger_conflict-20230711-090000.sqlite", "ledger.sqlite.冲突", "ledger.backup-DESKTOP-AB12.sqlite",
    ],
)  # fmt: skip
def test_a_copy_of_the_ledger_is_told_and_not_read(house: Folders, name: str) -> None:
    (house.output / STATE / name).write_bytes(b"whatever")
    told: list[Problem] = []
    rounds.run_due(house, LATER, tell=told.append)
    assert [(problem.code, problem.severity, problem.args["name"]) for problem in told] == [
        ("memory/copy", "warning", name)
    ]


def test_what_stands_beside_the_ledger_by_right_is_no_copy(house: Folders) -> None:
    names = (
        "ledger.version-1.sqlite",
        "ledger.damaged-2.sqlite",
        "ledger.sqlite-journal",
        ".ledger.sqlite.77.tmp",
    )
    for name in names:
        (house.output / STATE / name).write_bytes(b"")
    assert tuple(lost.copies(house)) == ()


def test_check_tells_it_too(
    house: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "en")
    forget(house)
    assert main(["check", "--now", NOW.isoformat()]) == 1
    assert "run.py adopt --dry-run" in capsys.readouterr().err


def test_a_run_with_nothing_to_do_reads_a_line_of_each_record(house: Folders) -> None:
    """Of 400 issues with large facts: some thousandths of a second."""
    record = (house.output / "letter/2023Q2" / issue_record.NAME).read_bytes()
    head = record.partition(b"\n")[0]
    for n in range(400):
        folder = house.output / "letter" / f"{1500 + n}Q2"
        folder.mkdir()
        (folder / issue_record.NAME).write_bytes(head + b"\n" + bytes(200_000))
    with read_ledger(house) as ledger:
        began = time.perf_counter()
        assert lost.forgotten(house, ledger) == ()
        assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "change",
    [
        {"report": "../../evil"},
        {"period": "../../evil"},
        {"files": {"memo/2023Q2/../../../evil.txt": ("0" * 64,) * 2}},
        {"files": {"/srv/evil.txt": ("0" * 64,) * 2}},
        {"files": {"memo/2023Q2/memo.md": ("a", "../../evil")}},
        {"files": {}},
    ],
)
def test_a_record_that_leads_out_of_the_output_folder_is_not_believed(
    house: Folders, change: dict[str, Any]
) -> None:
    """Its seal is no secret: whoever may write into the folder can make one."""
    path = house.output / "memo/2023Q2" / issue_record.NAME
    known = read_record(path)
    assert known
    if "files" in change:
        change = {"files": {name: Stored(*digests) for name, digests in change["files"].items()}}
    forged = replace(known, issue=replace(known.issue, **change), seal="")
    forged = replace(forged, seal=issue_record._seal(forged))
    path.write_bytes(msgspec.json.encode(forged) + b"\n" + path.read_bytes().partition(b"\n")[2])
    forget(house)

    assert read_record(path) is None
    with pytest.raises(ReportError) as raised:
        adopt(house, "王", LATER, tell=fail)
    assert "memory/record-changed" in {problem.code for problem in raised.value.problems}


def test_a_record_that_grows_beyond_measure_is_not_unpacked(
    house: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issue_record, "_LARGEST", 20)

    assert issue_record.contents_of(house.output / "memo/2023Q2" / issue_record.NAME) is None


@pytest.mark.parametrize(
    "words",
    [
        ("history",),
        ("status", "memo"),
        ("outbox",),
        ("doctor",),
        ("show", "memo/2023Q2"),
        ("verify", "{output}/memo/2023Q2/revision-2/memo-2023Q2.zh.docx"),
        ("schedule", "--list"),
        ("review", "{output}/memo/2023Q2/revision-2/memo-2023Q2.zh.docx"),
    ],
    ids=lambda words: words[0],
)
def test_what_only_reads_the_ledger_says_that_it_does_not_know_all(
    house: Folders, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [f"--{name}={getattr(house, name)}" for name in ("data", "templates", "output")]
    if words[0] == "review":
        folders.pop(1)
    typed = [word.format(output=house.output) for word in words]
    main([*typed, *folders])
    assert "memory/lacking" not in capsys.readouterr().err
    forget(house)
    main([*typed, *folders])
    assert "warning[memory/lacking]" in capsys.readouterr().err


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("memo/2023Q2",)])
def test_delivery_that_is_off_tells_it_too(
    house: Folders, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    forget(house)
    folders = [f"--{name}={getattr(house, name)}" for name in ("data", "templates", "output")]
    assert main(["deliver", *words, *folders]) == 1
    assert "error[memory/lost]" in capsys.readouterr().err
