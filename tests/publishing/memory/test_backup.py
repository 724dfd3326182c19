"""A backup is whole, proved, and enough to go on with; putting it back writes over nothing that stands."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from reports import files
from reports.cli.main import main
from reports.diagnostics.problems import Problem, ReportError
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import STATE, Folders
from reports.publishing import approval, drafts, outbox
from reports.publishing.acts import acts
from reports.publishing.delivery import intents
from reports.publishing.ledger import read_ledger
from reports.publishing.memory.adoption import adopt
from reports.publishing.memory.backup import LEDGER, MANIFEST, back_up, verified
from reports.publishing.memory.restoring import restore
from reports.publishing.scheduler import rounds
from tests.support.smtp_server import RECIPIENTS
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

LATER = NOW + timedelta(days=1)
Q2 = Period.parse("2023Q2")


def fail(problem: Problem) -> None:
    pytest.fail(problem.message())


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    """The letter is issued, the memo is issued, and a draft of its correction made."""
    house = small_house(tmp_path / "house")
    rounds.run_due(house, NOW, tell=fail)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail)
    edit(house.data / "records.yaml", "理事会", "全体会议")
    drafts.build(house, Order(("memo",), Q2), NOW, correct=True)
    return house


def backed_up(house: Folders, tmp_path: Path) -> Path:
    return back_up(house, tmp_path / "backups", LATER, tell=fail)[0]


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def issues(house: Folders) -> object:
    with read_ledger(house) as ledger:
        return (
            [(issue, ledger.snapshot(issue.snapshot)) for issue in ledger.issues()],
            ledger.done(),
            ledger.runs(),
        )


# --- making one ---------------------------------------------------------------------------------------------


def test_a_backup_is_a_folder_of_its_own_with_all_one_needs(house: Folders, tmp_path: Path) -> None:
    (house.data / ".git").mkdir()
    (house.data / ".git/config").write_text("")
    folder = backed_up(house, tmp_path)

    assert folder.name == "progress-reports-20230712-090000"
    names = set(everything(folder))
    assert {LEDGER, MANIFEST, "data/records.yaml", "templates/letter/report.zh.md.j2"} <= names
    assert {f"output/{name}" for name in visible(house)} <= names
    stored = {
        p.relative_to(house.output).as_posix()
        for p in (house.output / STATE / "files").rglob("*")
        if p.is_file()
    }
    assert stored
    assert {f"output/{name}" for name in stored} <= names
    assert not [name for name in names if ".git" in name or ".cache" in name or "run.lock" in name]
    assert set(verified(folder).files) == names - {MANIFEST}


def test_two_backups_of_one_moment_stand_beside_each_other_unless_they_are_the_same(
    house: Folders, tmp_path: Path
) -> None:
    first = backed_up(house, tmp_path)
    assert backed_up(house, tmp_path) == first
    edit(house.data / "records.yaml", "全体会议", "大会")
    assert backed_up(house, tmp_path).name == f"{first.name}-2"


def test_a_backup_that_cannot_be_finished_leaves_nothing(
    house: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write

    def full(path: Path, data: bytes, workshop: Path | None = None) -> bool:
        if path.name == MANIFEST:
            raise OSError(28, "No space left on device")
        return write(path, data, workshop)

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(OSError, match="No space"):
        backed_up(house, tmp_path)
    assert everything(tmp_path / "backups") == {}


def test_what_the_disk_spoils_while_it_is_written_is_noticed(
    house: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write

    def spoiling(path: Path, data: bytes, workshop: Path | None = None) -> bool:
        return write(path, data[:-1] if path.name == "records.yaml" else data, workshop)

    monkeypatch.setattr(files, "write", spoiling)
    with pytest.raises(ReportError, match="not as it was written"):
        backed_up(house, tmp_path)
    assert everything(tmp_path / "backups") == {}


@pytest.mark.parametrize("place", ["data", "data/backups", "output/backups", "templates"])
def test_a_backup_within_what_it_copies_is_refused(house: Folders, place: str) -> None:
    with pytest.raises(ReportError, match="cannot lie in the folder"):
        back_up(house, house.data.parent / place, LATER, tell=fail)


# --- putting it back ----------------------------------------------------------------------------------------


def test_after_a_dead_disk_everything_goes_on(house: Folders, tmp_path: Path) -> None:
    folder = backed_up(house, tmp_path)
    before, files_before, data = issues(house), visible(house), everything(house.data.parent / "data")
    shutil.rmtree(house.data.parent)

    done = restore(house, folder, "李", LATER, tell=fail)

    assert (done.folders, done.kept) == (("data", "templates"), "")
    assert (issues(house), visible(house)) == (before, files_before)
    assert everything(house.data) == data
    with read_ledger(house) as ledger:
        assert [(act.what, act.by) for act in acts(ledger)] == [("restore", "李")]
    assert rounds.run_due(house, LATER, tell=fail) == ()
    assert approval.approve(house, "memo", "2023Q2", "王", LATER, tell=fail).revision == 2


def test_an_older_backup_is_refused_and_with_older_what_came_later_is_adopted(
    house: Folders, tmp_path: Path
) -> None:
    folder = backed_up(house, tmp_path)
    approval.approve(house, "memo", "2023Q2", "王", LATER, tell=fail)
    before = visible(house)
    with pytest.raises(ReportError, match=r"it does not know: memo/2023Q2/2$"):
        restore(house, folder, "李", LATER, tell=fail)

    done = restore(house, folder, "李", LATER, tell=fail, older=True)
    assert done.kept == "ledger.before-1.sqlite"
    assert visible(house) == before
    with pytest.raises(ReportError, match="memo/2023Q2/2"):
        rounds.run_due(house, LATER, tell=fail)
    assert [issue.name for issue in adopt(house, "李", LATER, tell=fail)] == ["memo/2023Q2/2"]
    assert rounds.run_due(house, LATER, tell=fail) == ()
    assert [(i.revision, i.state) for i in ledger_of(house).issues("memo")] == [
        (1, "superseded"),
        (2, "issued"),
    ]


def test_data_of_today_stay_as_they_are(house: Folders, tmp_path: Path) -> None:
    folder = backed_up(house, tmp_path)
    edit(house.data / "records.yaml", "全体会议", "大会")
    shutil.rmtree(house.output)
    told: list[Problem] = []
    assert restore(house, folder, "李", LATER, tell=told.append).folders == ()
    assert [(problem.code, problem.where.file) for problem in told] == [("backup/left", str(house.data))]
    assert "大会" in (house.data / "records.yaml").read_text("utf-8")


def test_putting_it_back_twice_does_nothing_the_second_time(house: Folders, tmp_path: Path) -> None:
    folder = backed_up(house, tmp_path)
    shutil.rmtree(house.output)
    restore(house, folder, "李", LATER, tell=fail)
    ledger = (house.output / STATE / "ledger.sqlite").read_bytes()
    assert restore(house, folder, "李", LATER, tell=fail).files == 0
    assert (house.output / STATE / "ledger.sqlite").read_bytes() == ledger


def test_a_damaged_ledger_of_today_is_kept_and_gives_way(house: Folders, tmp_path: Path) -> None:
    folder = backed_up(house, tmp_path)
    for name in ("ledger.sqlite", "ledger.backup.sqlite", "ledger.sqlite-journal"):
        (house.output / STATE / name).write_bytes(b"rubbish")
    done = restore(house, folder, "李", LATER, tell=fail)
    assert (house.output / STATE / done.kept).read_bytes() == b"rubbish"
    assert rounds.run_due(house, LATER, tell=fail) == ()


@pytest.mark.parametrize("harm", ["changed", "gone", "list", "outside"])
def test_a_backup_that_is_not_whole_is_refused(house: Folders, tmp_path: Path, harm: str) -> None:
    folder = backed_up(house, tmp_path)
    path = folder / "data/records.yaml"
    match harm:
        case "changed":
            path.write_bytes(path.read_bytes() + b"\n")
        case "gone":
            path.unlink()
        case "list":
            (folder / MANIFEST).write_text("{}", "utf-8")
        case _:
            told = json.loads((folder / MANIFEST).read_text("utf-8"))
            told["files"]["data/../../../stolen"] = "0"
            (folder / MANIFEST).write_text(json.dumps(told), "utf-8")
    shutil.rmtree(house.output)
    with pytest.raises(ReportError) as raised:
        restore(house, folder, "李", LATER, tell=fail)
    assert {problem.code for problem in raised.value.problems} == {
        "backup/none" if harm == "list" else "backup/damaged"
    }
    assert not (house.output / STATE / "ledger.sqlite").exists()


def test_letters_that_waited_then_are_left_to_a_person(tmp_path: Path) -> None:
    house = small_house(tmp_path / "house")
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    mail = "on: true\nmail: {server: x.example.org, from: {address: a@example.org, name: A}}\n"
    (house.data / "delivery.yaml").write_text(mail, "utf-8")
    drafts.build(house, Order(("memo",), Q2), NOW, correct=True)
    approval.approve(house, "memo", "2023Q2", "王", NOW, tell=fail, post=intents.intents)
    assert {entry.state for entry in outbox.entries(ledger_of(house))} == {"pending"}
    folder = backed_up(house, tmp_path)
    shutil.rmtree(house.output)
    restore(house, folder, "李", LATER, tell=fail)
    assert {entry.state for entry in outbox.entries(ledger_of(house))} == {"unknown"}


def test_both_commands_say_what_they_did(
    house: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "en")
    assert main(["backup", str(tmp_path / "backups"), "--now", LATER.isoformat()]) == 0
    said, folder = capsys.readouterr().out.splitlines()
    assert said.endswith("files are backed up, each read again and compared:")
    shutil.rmtree(house.output)
    shutil.rmtree(house.templates)
    assert main(["restore", folder, "--by", "W", "--now", LATER.isoformat()]) == 0
    told = capsys.readouterr().out
    assert "missing files of the output folder" in told
    assert "The folder templates is put back." in told
    assert main(["history"]) == 0
    assert "restored from a backup" in capsys.readouterr().out


# --- a list that somebody else wrote ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "output//{outside}",
        "data//{outside}",
        "output/../../{outside}",
        "output/./x",
        "output/C:/x",
        "{outside}",
    ],
)
def test_a_list_that_leads_out_of_the_backup_is_refused(house: Folders, tmp_path: Path, name: str) -> None:
    backup, _ = back_up(house, tmp_path / "backups", LATER, tell=fail)
    outside = tmp_path / "outside.txt"
    manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
    inner = name.format(outside=outside)
    manifest["files"][inner] = hashlib.sha256(b"evil").hexdigest()
    (backup / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    planted = backup / "output" / str(outside).lstrip("/")
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_bytes(b"evil")

    with pytest.raises(ReportError) as raised:
        restore(house, backup, "王", LATER, tell=fail)

    assert {problem.code for problem in raised.value.problems} == {"backup/damaged"}
    assert not outside.exists()


@pytest.mark.posix
def test_a_backup_holds_files_and_no_pipes_or_links(house: Folders, tmp_path: Path) -> None:
    backup, _ = back_up(house, tmp_path / "backups", LATER, tell=fail)
    manifest = backup / "manifest.json"
    inner = next(path for path in (backup / "data").rglob("*.yaml"))
    (tmp_path / "elsewhere.yaml").write_bytes(inner.read_bytes())
    inner.unlink()
    inner.symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(ReportError, match="backup"):
        restore(house, backup, "王", LATER, tell=fail)

    manifest.unlink()
    os.mkfifo(manifest)
    with pytest.raises(ReportError, match="no backup here"):
        restore(house, backup, "王", LATER, tell=fail)
