"""Where the settings of delivery stand: beside the data, or where one says; among the data still, with a word of warning."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.pipeline.read import Folders, delivery_in, read
from tests.support.sending import run
from tests.support.smtp_server import settings_of
from tests.support.workplace import NOW, small_house

SETTINGS = "on: true\nfolder: {path: SHARE}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A house to stand in, as people do."""
    small_house(tmp_path / "house")
    (tmp_path / "share").mkdir()
    monkeypatch.chdir(tmp_path / "house")
    monkeypatch.setenv("REPORTS_LANG", "en")
    return Folders(Path("data"), Path("templates"), Path("output"))


def settings(path: Path) -> Path:
    path.write_text(SETTINGS.replace("SHARE", str(path.resolve().parents[1] / "share")), "utf-8")
    return path


def test_beside_the_data_they_are_read_and_nothing_is_said(
    place: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(settings_of(place))
    assert delivery_in(place).on
    assert read(place.data).delivery.on
    assert main(["check", "--now", NOW.isoformat()]) == 0
    assert "delivery" not in capsys.readouterr().err


def test_among_the_data_they_work_and_check_says_how_to_move_them(
    place: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(place.data / "delivery.yaml")
    (Path.cwd().parent / "house" / "share").mkdir()
    assert delivery_in(place).on
    assert main(["check", "--now", NOW.isoformat()]) == 0
    said = capsys.readouterr().err
    assert "data/delivery.yaml: warning[delivery/among-data]" in said
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    line = next(line for line in said.splitlines() if "git mv" in line)
    subprocess.run(shlex.split(line[line.index("git mv") :])[:4], check=True)
    assert delivery_in(place).on
    assert main(["check", "--now", NOW.isoformat()]) == 0
    assert "delivery" not in capsys.readouterr().err


def test_in_both_places_they_are_a_mistake(place: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    settings(settings_of(place))
    (place.data / "delivery.yaml").write_text("on: false\n", "utf-8")
    assert main(["check"]) == 1
    assert "data/delivery.yaml: error[delivery/twice]" in capsys.readouterr().err
    assert main(["deliver"]) == 1
    assert main(["run-due", "--now", NOW.isoformat()]) == 1


@pytest.mark.parametrize("how", ["option", "environment"])
def test_they_may_stand_anywhere(
    place: Folders, tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    settings_of(place).write_text("on: 1\n", "utf-8")  # is not looked at then
    (tmp_path / "safe").mkdir()
    named = settings(tmp_path / "safe" / "delivery-office.yaml")
    option = [f"--delivery={named}"] if how == "option" else []
    if how == "environment":
        monkeypatch.setenv("REPORTS_DELIVERY", str(named))
    assert main(["deliver", *option]) == 0
    assert capsys.readouterr().out == "nothing waits to be sent\n"
    assert main(["run-due", "--now", NOW.isoformat(), *option]) == 0
    assert (tmp_path / "share/letter/2023Q2").is_dir()
    capsys.readouterr()
    assert main(["schedule", "install", "--print", "cron", *option]) == 0
    assert f"'--delivery={named.resolve()}'" in capsys.readouterr().out  # a timer has no such environment


@pytest.mark.parametrize(
    ("name", "code"), [("away/delivery.yaml", "file/unreadable"), ("office.yaml", "delivery/name")]
)
def test_what_is_named_has_to_be_there_and_to_be_called_so_that_nothing_is_shown(
    place: Folders, name: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("office.yaml").write_text("password: Zq9xK\n", "utf-8")
    assert place.delivery is None
    assert main(["deliver", f"--delivery={name}"]) == 1
    said = capsys.readouterr().err
    assert f"{name}: error[{code}]" in said
    assert "Zq9xK" not in said


@pytest.mark.parametrize("path", ["smb://u:Zq9xK@server/share", "file:///srv/Zq9xK", "[Zq9xK]", "''"])
def test_a_folder_is_a_path_and_no_address(
    place: Folders, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An address may hold a password, and would be remembered with what is sent there."""
    settings_of(place).write_text(f"on: true\nfolder: {{path: {path}}}\n", "utf-8")
    assert run(place, "deliver") == 1
    said = capsys.readouterr().err
    assert "error[delivery/folder-path]" in said
    assert "Zq9xK" not in said


def test_no_page_and_no_list_shows_what_they_say(place: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    from reports.cli.board import page  # noqa: PLC0415 - of this test alone

    settings_of(place).write_text("on: Zq9xK\nmail: {server: 'Zq9xK !'}\nZq9xK: {}\n", "utf-8")
    for command in (
        ["check"],
        ["check", "--format=json"],
        ["list"],
        ["status"],
        ["run-due"],
        ["deliver"],
        ["build"],
    ):
        main(command)
    said = "".join(capsys.readouterr()) + page(place, NOW, "en")
    assert "delivery.yaml:1" in said
    assert "Zq9xK" not in said
