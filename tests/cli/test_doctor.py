"""`run.py doctor` says of the machine, programs and folders whether the job can rely on them, and what to do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path, PureWindowsPath

import pytest

from reports.cli.examination import folders, machine, programs
from reports.cli.examination.findings import Diagnosis
from reports.cli.main import main
from reports.volumes import cloud_of, linux_volume, windows_volume
from tests.support.workplace import ROOT, small_house

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(found: object) -> list[tuple[str, str, str]]:
    assert isinstance(found, list | tuple) or hasattr(found, "__iter__")
    return [(one.topic, one.variant, one.health) for one in found]


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "认得时区 Asia/Shanghai"), ("en", "Asia/Shanghai is known")]
)
def test_every_topic_is_told_in_the_readers_language(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    monkeypatch.setenv("REPORTS_LANG", lang)

    assert main(["doctor"]) == 0

    told = capsys.readouterr().out
    assert said in told
    assert str(place / "data") in told


@pytest.mark.usefixtures("place")
def test_for_programs_each_finding_says_its_health_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert {one["topic"] for one in found} >= {
        "python",
        "letters",
        "zone",
        "clock",
        "office",
        "fonts",
        "git",
        "folder",
    }
    assert all(one["do"] for one in found if one["health"] != "fine")


@pytest.mark.usefixtures("place")
def test_a_clock_behind_what_is_remembered_does_not_work(capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", "letter", "--now", "2023-07-11T09:00+08:00"])

    assert main(["doctor", "--now", "2023-07-01T09:00+08:00", "--json"]) == 1

    told = capsys.readouterr().out
    assert [one["health"] for one in json.loads(told[told.index("[\n") :]) if one["topic"] == "clock"] == [
        "wrong"
    ]


def test_a_clock_may_lag_a_little() -> None:
    assert machine.clock(NOW, NOW + timedelta(minutes=5)).health == "fine"
    assert machine.clock(NOW, NOW + timedelta(hours=1)).health == "wrong"
    assert machine.clock(NOW, None).health == "fine"


@pytest.mark.parametrize(
    ("version", "bits", "variant"),
    [((3, 11), 64, "fine"), ((3, 14), 64, "fine"), ((3, 15), 64, "untried"), ((3, 10), 64, "untried"), ((3, 12), 32, "narrow")],
)  # fmt: skip
def test_a_python_nothing_can_be_installed_on_is_told(
    version: tuple[int, int], bits: int, variant: str
) -> None:
    assert machine.python(version, bits).variant == variant


@pytest.mark.parametrize(
    ("encoding", "variant"),
    [("utf-8", "fine"), ("gbk", "fine"), ("cp1252", "foreign"), ("nonsense", "foreign")],
)
def test_an_encoding_without_chinese_is_told(encoding: str, variant: str) -> None:
    assert machine.letters(encoding).variant == variant


def test_a_time_zone_that_is_not_here_is_told_once() -> None:
    assert names(machine.zones(["Asia/Shanghai", "Asia/Nowhere", "Asia/Nowhere"])) == [
        ("zone", "missing", "wrong"),
        ("zone", "fine", "fine"),
    ]


def test_libreoffice_is_missed_by_reports_with_a_pdf_only() -> None:
    assert programs.office("", wanted=True).health == "look"
    assert programs.office("", wanted=False).health == "fine"


def test_fonts_are_known_by_their_chinese_and_their_english_names() -> None:
    found = programs.fonts(
        ["宋体", "楷体", "方正小标宋简体", "Arial"], frozenset(["SimSun", "楷体", "Arial"])
    )

    assert found == Diagnosis("fonts", "missing", "look", {"names": "方正小标宋简体"})
    assert programs.fonts(["宋体"], None).variant == "unknown"


def test_the_fonts_of_the_shipped_templates_are_found() -> None:
    assert {"方正小标宋简体", "仿宋", "Times New Roman"} <= programs.named_fonts(ROOT / "templates")


@pytest.mark.parametrize(
    ("answers", "variant"),
    [
        ({"systemctl": "enabled\n"}, "fine"),
        ({"crontab": "*/15 * * * * cd /srv && python run.py run-due\n"}, "fine"),
        ({"systemctl": "disabled\n", "crontab": "0 5 * * * backup\n"}, "missing"),
        ({}, "missing"),
    ],
)
def test_something_must_start_what_is_due(answers: dict[str, str], variant: str) -> None:
    found = programs.clockwork(scheduled=True, ask=lambda words: answers.get(words[0]))

    assert [one.variant for one in found] == [variant]


def test_without_a_schedule_nothing_must_start_anything() -> None:
    assert names(programs.clockwork(scheduled=False, ask=lambda _: None)) == []


def test_another_program_that_is_not_there_has_no_answer() -> None:
    assert programs.answer(("no-such-program",)) is None
    assert programs.answer(("git", "--version"))


# --- where folders lie ------------------------------------------------------------------------------------

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /srv/share cifs rw 0 0
server:/home /home/li\\040ming nfs4 rw 0 0
sshfs /srv/share/deep fuse.sshfs rw 0 0
/dev/sdb1 /srv/share/deep/local xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "volume"),
    [
        ("/home/wang/output", "local"),
        ("/srv/share/output", "network"),
        ("/srv/shared", "local"),
        ("/home/li ming/output", "network"),
        ("/srv/share/deep/x", "network"),
        ("/srv/share/deep/local/x", "local"),
    ],
)
def test_the_longest_mount_point_says_where_a_folder_lies(path: str, volume: str) -> None:
    assert linux_volume(Path(path), MOUNTS) == volume
    assert linux_volume(Path(path), "") == "unknown"


@pytest.mark.parametrize(
    ("path", "volume"),
    [(r"\\server\share\reports", "network"), (r"Z:\reports", "network"), (r"C:\reports", "local")],
)
def test_a_letter_may_stand_for_a_share(path: str, volume: str) -> None:
    assert windows_volume(PureWindowsPath(path), lambda root: 4 if root == "Z:\\" else 3) == volume


@pytest.mark.parametrize(
    ("parts", "cloud"),
    [("OneDrive - 高能所", "OneDrive"), ("坚果云", "坚果云"), ("Dropbox", "Dropbox"), ("WPS云盘", "WPS云盘"), ("reports", "")],
)  # fmt: skip
def test_a_folder_that_a_program_copies_is_known_by_its_name(tmp_path: Path, parts: str, cloud: str) -> None:
    assert cloud_of(tmp_path / parts / "output", {}) == cloud


def test_onedrive_is_known_by_what_windows_says_of_it(tmp_path: Path) -> None:
    assert (
        cloud_of(tmp_path / "work" / "output", {"OneDriveCommercial": str(tmp_path / "work")}) == "OneDrive"
    )


def test_the_output_folder_must_be_this_machines_alone() -> None:
    here = Path("output")

    assert names(folders.placed("output", here, "network", "")) == [("place", "network", "wrong")]
    assert names(folders.placed("data", here, "network", "OneDrive")) == [
        ("place", "cloud", "look"),
        ("place", "network", "look"),
    ]
    assert names(folders.placed("output", here, "local", "")) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.files.refusal", lambda _: "Permission denied")

    assert ("folder", "closed", "wrong") in names(folders.look_at("output", tmp_path / "output"))


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    list(folders.look_at("output", tmp_path / "output"))

    assert list(tmp_path.iterdir()) == []


def test_a_path_too_long_for_windows_is_told_there(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a" * 40] * 4)

    assert names(folders.lengths(deep, windows=False)) == []
    assert names(folders.lengths(Path("/output"), windows=True, long_paths=False)) == []
    assert names(folders.lengths(deep, windows=True, long_paths=False)) == [("paths", "too long", "wrong")]
    assert names(folders.lengths(deep, windows=True, long_paths=True)) == [("paths", "long", "look")]
