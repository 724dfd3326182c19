"""An issue that is withdrawn: who got it is told, its number is gone for good, and the next revision corrects it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from reports.cli.output import local
from reports.model.schedule import due
from reports.pipeline.read import Folders, read
from reports.publishing.acts import acts
from reports.publishing.continuity import vanished
from reports.publishing.ledger import read_ledger
from reports.publishing.overwritten import overwritten
from tests.support.second_thoughts import LATER, letters, states, typed
from tests.support.smtp_server import PASSWORD, VARIABLE, Server, serving, switch_on
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

WHY = ("--why", "数字有误", "--by", "W")
AT = NOW.isoformat()
NOTE = "memo/2023Q2/已撤回 WITHDRAWN.txt"
KEEPS_ITS_NUMBER = (
    "Its number is given to no other, and it is not made again by itself. Corrected, it keeps the number:"
)
READERS = """\
    issues_before: 17
    recipients:
      leadership:
        - {name: {zh: 王主任, en: Director Wang}, address: wang@example.org}
        - {name: {zh: 李主任, en: Director Li}, address: li@example.org, lang: en}
        - {name: {zh: 陈主任, en: Director Chan}, address: chan@example.org, lang: zh-Hant}
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv("REPORTS_LANG", "en")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return small_house(tmp_path)


def issued(house: Folders) -> dict[str, bytes]:
    typed(house, "build", "memo", "--period", "2023Q2", at=AT)
    assert typed(house, "approve", "memo", "2023Q2", "--by", "W", at=AT) == 0
    return visible(house)


def sent(house: Folders, server: Server) -> list[EmailMessage]:
    """What the server got since it was asked last."""
    server.taken.clear()
    typed(house, "deliver", at="2023-07-20T09:00+08:00")
    return [message for _, message in server.taken]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


# --- what becomes of it -------------------------------------------------------------------------------------


def test_an_issue_is_withdrawn_with_a_note_beside_its_files(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    before = issued(house)
    capsys.readouterr()

    assert typed(house, "withdraw", "memo/2023Q2", *WHY) == 0

    assert states(house) == {"memo/2023Q2": "withdrawn"}
    note = visible(house)[NOTE].decode()
    assert {name: data for name, data in visible(house).items() if name != NOTE} == before
    assert note == (
        "《备忘》2023年第2期 总第18期（memo/2023Q2）已于 2023-07-13 撤回。\n原因：数字有误\n"
        "请勿使用以下文件：memo-2023Q2.zh.docx；memo-2023Q2.zh.md\n\n"
        "Memo, No. 2 of 2023 (no. 18 overall), was withdrawn on 2023-07-13 (memo/2023Q2).\nReason: 数字有误\n"
        "Do not use these files: memo-2023Q2.zh.docx; memo-2023Q2.zh.md\n"
    )
    [act] = acts(read_ledger(house))
    assert (act.at, act.by, act.what, act.revision, act.why) == (LATER, "W", "withdraw", 1, "数字有误")
    assert capsys.readouterr().out.splitlines() == [
        "withdrawn: memo/2023Q2",
        "    nobody got it, as far as the outbox knows",
        f"{KEEPS_ITS_NUMBER} run.py build memo --period 2023Q2",
    ]


def test_a_note_that_a_killed_run_did_not_write_is_written_by_the_next(house: Folders) -> None:
    issued(house)
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    (house.output / NOTE).unlink()
    typed(house, "run-due")
    assert NOTE in visible(house)


def test_the_schedule_does_not_make_it_again(house: Folders) -> None:
    typed(house, "run-due", at=AT)
    typed(house, "withdraw", "letter/2023Q2", *WHY)
    waits = due(read(house.data).reports.reports.values(), read_ledger(house).done(), LATER)
    assert waits == ()


def test_history_and_show_say_when_and_why(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    issued(house)
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    capsys.readouterr()

    typed(house, "history", at="")
    assert capsys.readouterr().out.splitlines() == [
        f"memo/2023Q2  withdrawn  {local(LATER)}  No. 2 of 2023 (no. 18 overall)  (approved {local(NOW)} W)",
        f"memo/2023Q2  withdrawn  {local(LATER)}  W  数字有误",
    ]
    typed(house, "show", "memo/2023Q2", at="")
    assert f"    withdrawn: {local(LATER)}  W  数字有误\n" in capsys.readouterr().out


def test_verify_says_of_every_copy_that_it_is_withdrawn(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(house)
    copy = house.output / "copy.docx"
    copy.write_bytes((house.output / "memo/2023Q2/memo-2023Q2.zh.docx").read_bytes())
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    capsys.readouterr()

    assert typed(house, "verify", str(copy)) == 1
    assert f"withdrawn {local(LATER)}: not to be used\n" in capsys.readouterr().out

    typed(house, "build", "memo", "--period", "2023Q2")
    typed(house, "approve", "memo", "2023Q2")
    capsys.readouterr()
    assert typed(house, "verify", str(copy)) == 1
    assert "not to be used · revision 2 is in force\n" in capsys.readouterr().out


def test_verify_says_of_a_revision_before_that_the_last_one_is_withdrawn_too(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(house)
    first = house.output / "memo/2023Q2/memo-2023Q2.zh.docx"
    edit(house.data / "records.yaml", "理事会", "全体会议")
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    typed(house, "approve", "memo", "2023Q2")
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    capsys.readouterr()

    assert states(house) == {"memo/2023Q2": "superseded", "memo/2023Q2/2": "withdrawn"}
    assert typed(house, "verify", str(first)) == 1
    assert "superseded by revision 2" in (said := capsys.readouterr().out)
    assert "· revision 2 is withdrawn, too\n" in said


# --- what follows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changed", [True, False])
def test_built_again_it_is_the_next_revision_with_its_number(house: Folders, *, changed: bool) -> None:
    before = issued(house)
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    if changed:
        edit(house.data / "records.yaml", "理事会", "全体会议")

    typed(house, "build", "memo", "--period", "2023Q2")
    typed(house, "approve", "memo", "2023Q2")

    assert states(house) == {"memo/2023Q2": "withdrawn", "memo/2023Q2/2": "issued"}
    first, second = ledger_of(house).issues()
    assert first.number == second.number
    assert [change["field"] for change in second.changes] == (["title.zh"] if changed else [])
    text = (house.output / "memo/2023Q2/revision-2/memo-2023Q2.zh.md").read_text("utf-8")
    assert "更正" in text
    assert before.items() <= visible(house).items()


def test_its_number_is_given_to_no_other(house: Folders) -> None:
    issued(house)
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    typed(house, "build", "memo", "--period", "2023Q3")
    typed(house, "approve", "memo", "2023Q3")
    assert [issue.number.total for issue in ledger_of(house).issues() if issue.number] == [18, 19]


def test_what_it_showed_may_change_without_a_question(house: Folders) -> None:
    issued(house)
    edit(house.data / "records.yaml", "理事会", "全体会议")
    assert list(overwritten(read_ledger(house), read(house.data), NOW.date()))
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    assert not list(overwritten(read_ledger(house), read(house.data), NOW.date()))


def test_a_matter_that_only_it_has_shown_may_go(house: Folders) -> None:
    matter = (
        "discussions:\n"
        "  - {id: roof, number: 1, topic: {zh: 屋顶, en: Roof}, ask: {zh: 修吗, en: Mend it}, raised: 2023-05-01, "
        "source: [{doc: slides}]}\n"
    )
    records = house.data / "records.yaml"
    bare = records.read_text("utf-8")
    records.write_text(bare + matter, "utf-8")
    issued(house)
    records.write_text(bare, "utf-8")
    assert list(vanished(read_ledger(house), read(house.data)))
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    assert not list(vanished(read_ledger(house), read(house.data)))


def test_it_is_asked_what_the_next_issue_is_compared_with(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(house.data / "reports.yaml", "since: 2023Q2", "since: 2023Q1")
    for period in ("2023Q1", "2023Q2"):
        typed(house, "build", "memo", "--period", period, at=AT)
        typed(house, "approve", "memo", period, at=AT)
    capsys.readouterr()

    typed(house, "withdraw", "memo/2023Q2", *WHY, at="2023-10-20T09:00+08:00")

    told = capsys.readouterr().err
    assert (
        "2023Q2, the one before 2023Q3, was not issued, or was withdrawn: what is it compared with?" in told
    )
    assert "Write 'since: 2023Q1' beside 2023Q3 under 'editions'" in told


# --- who is told --------------------------------------------------------------------------------------------


def test_whoever_got_it_is_told_in_their_language(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", READERS)
    with serving(Server()) as server:
        switch_on(house, server)
        issued(house)
        assert len(sent(house, server)) == 3
        capsys.readouterr()
        typed(house, "withdraw", "memo/2023Q2", *WHY)
        assert "    to be told: wang@example.org\n" in capsys.readouterr().out
        told = {str(message["To"].addresses[0].addr_spec): message for message in sent(house, server)}
        assert not sent(house, server)

    assert told.keys() == {"wang@example.org", "li@example.org", "chan@example.org"}
    zh, en, hant = (told[f"{name}@example.org"] for name in ("wang", "li", "chan"))
    assert zh["Subject"] == "撤回：备忘 2023年第二季度"
    assert text_of(zh) == (
        "尊敬的王主任：\n\n备忘 2023年第二季度（2023年第2期 总第18期）已于2023年7月13日撤回，请勿再使用或转发您手中的文件。\n\n"
        "原因：数字有误\n\n如印发更正，将另行寄送。\n\n秘书处\n"
    )
    assert text_of(en).startswith("Dear Director Li,\n\n")
    assert "No. 2 of 2023 (no. 18 overall), was withdrawn on 13 July 2023." in text_of(en)
    assert "已於2023年7月13日撤回，請勿再使用" in text_of(hant)
    assert "原因：數字有誤" in text_of(hant)
    assert not list(zh.iter_attachments())


def test_who_has_not_got_it_gets_it_no_more_and_is_told_nothing(house: Folders) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", READERS)
    with serving(Server(refuses=frozenset({"li@example.org"}))) as server:
        switch_on(house, server)
        issued(house)
        sent(house, server)
        typed(house, "withdraw", "memo/2023Q2", *WHY)

    assert {to: state for kind, to, state in letters(house) if kind == "issue"} == {
        "wang@example.org": "sent", "li@example.org": "dropped", "chan@example.org": "sent",
    }  # fmt: skip
    assert [to for kind, to, _ in letters(house) if kind == "withdrawn"] == [
        "wang@example.org", "chan@example.org",
    ]  # fmt: skip


def test_who_may_have_got_it_is_told(house: Folders) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", READERS)
    with serving(Server(mode="drops after the dot")) as server:
        switch_on(house, server)
        issued(house)
        sent(house, server)
        assert "unknown" in {state for _, _, state in letters(house)}
        typed(house, "withdraw", "memo/2023Q2", *WHY)
    assert {state for kind, _, state in letters(house) if kind == "issue"} == {"dropped"}
    assert {to for kind, to, _ in letters(house) if kind == "withdrawn"} == {
        "wang@example.org", "li@example.org", "chan@example.org",
    }  # fmt: skip


def test_a_reader_of_the_revision_before_is_told_when_the_correction_is_withdrawn_unsent(
    house: Folders,
) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", READERS)
    with serving(Server()) as server:
        switch_on(house, server)
        issued(house)
        sent(house, server)
        edit(house.data / "records.yaml", "理事会", "全体会议")
        typed(house, "build", "memo", "--period", "2023Q2")
        typed(house, "approve", "memo", "2023Q2")
        typed(house, "withdraw", "memo/2023Q2", *WHY)
        got = sent(house, server)
    assert {str(message["Subject"])[:3] for message in got} == {"撤回：", "Wit"}
    assert len(got) == 3


def test_in_the_shared_folder_its_files_go_aside(house: Folders, tmp_path: Path) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", READERS)
    share = tmp_path / "share"
    share.mkdir()
    with serving(Server()) as server:
        switch_on(house, server, f"folder: {{path: {share}}}\n")
        issued(house)
        sent(house, server)
        assert (share / "memo/2023Q2/memo-2023Q2.zh.docx").is_file()
        typed(house, "withdraw", "memo/2023Q2", *WHY)
        sent(house, server)
        typed(house, "build", "memo", "--period", "2023Q2")
        typed(house, "approve", "memo", "2023Q2")
        sent(house, server)
    aside = "memo/2023Q2/已撤回 withdrawn/revision-1"
    assert sorted(path.relative_to(share).as_posix() for path in share.rglob("*") if path.is_file()) == [
        "memo/2023Q2/revision-2/memo-2023Q2.zh.docx",
        "memo/2023Q2/revision-2/memo-2023Q2.zh.md",
        f"{aside}/memo-2023Q2.zh.docx",
        f"{aside}/memo-2023Q2.zh.md",
    ]


def test_a_rehearsal_says_who_would_be_told(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    edit(house.data / "reports.yaml", "    issues_before: 17\n", READERS)
    with serving(Server()) as server:
        switch_on(house, server)
        issued(house)
        sent(house, server)
    before = visible(house)
    capsys.readouterr()

    assert typed(house, "withdraw", "memo/2023Q2", *WHY, "--dry-run") == 0

    assert capsys.readouterr().out.splitlines() == [
        "would withdraw memo/2023Q2:",
        "    to be told: wang@example.org",
        "    to be told: li@example.org",
        "    to be told: chan@example.org",
    ]
    assert visible(house) == before
    assert states(house) == {"memo/2023Q2": "issued"}
    assert acts(read_ledger(house)) == ()


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "name", "told"),
    [
        ((), "mmo/2023Q2", "Did you mean 'memo/2023Q2'?"),
        (("build memo --period 2023Q3",), "memo/2023Q3", "run.py discard memo 2023Q3"),
    ],
)
def test_what_is_not_in_force_is_not_withdrawn(
    house: Folders, capsys: pytest.CaptureFixture[str], done: tuple[str, ...], name: str, told: str
) -> None:
    issued(house)
    for command in done:
        assert typed(house, *command.split()) == 0
    assert typed(house, "withdraw", name, *WHY) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("done", "name", "told"),
    [
        (("withdraw memo/2023Q2 --why x",), "memo/2023Q2", "memo/2023Q2 is withdrawn already"),
        (
            ("build memo --period 2023Q3", "discard memo 2023Q3"),
            "memo/2023Q3",
            "memo/2023Q3 was a draft, and is discarded",
        ),
    ],
)
def test_what_is_gone_already_is_said_and_no_failure(
    house: Folders, capsys: pytest.CaptureFixture[str], done: tuple[str, ...], name: str, told: str
) -> None:
    issued(house)
    for command in done:
        assert typed(house, *command.split()) == 0
    known = acts(read_ledger(house))
    assert typed(house, "withdraw", name, *WHY) == 0
    assert told in capsys.readouterr().err
    assert acts(read_ledger(house)) == known


@pytest.mark.parametrize("command", ["approve", "discard"])
def test_of_a_withdrawn_period_nothing_is_called_issued(
    house: Folders, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    issued(house)
    typed(house, "withdraw", "memo/2023Q2", *WHY)
    capsys.readouterr()

    assert typed(house, command, "memo", "2023Q2") == 1

    told = capsys.readouterr().err
    assert "memo 2023Q2 is withdrawn, and there is no draft of a correction" in told
    assert "run.py build memo --period 2023Q2 makes its correction." in told


def test_of_two_revisions_the_one_in_force_is_withdrawn(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(house)
    edit(house.data / "records.yaml", "理事会", "全体会议")
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    typed(house, "approve", "memo", "2023Q2")
    assert typed(house, "withdraw", "memo/2023Q2/1", *WHY) == 1
    assert 'run.py withdraw memo/2023Q2/2 --why "…"' in capsys.readouterr().err
    assert typed(house, "withdraw", "memo/2023Q2/2", *WHY) == 0


def test_the_draft_of_a_correction_is_not_meant(house: Folders) -> None:
    issued(house)
    edit(house.data / "records.yaml", "理事会", "全体会议")
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    assert typed(house, "withdraw", "memo/2023Q2", *WHY) == 0
    assert states(house) == {"memo/2023Q2": "withdrawn", "memo/2023Q2/2": "draft"}
