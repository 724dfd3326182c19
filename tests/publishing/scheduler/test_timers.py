"""The machine's own clockwork: what systemd, cron and the Task Scheduler of Windows are given to start the program."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reports.cli.main import main
from reports.pipeline.read import Folders
from reports.publishing.delivery.mapped_drives import mapped
from reports.publishing.scheduler.timers import (
    Installation,
    as_file,
    cron,
    systemd,
    unmapped,
    windows,
    without_window,
)
from tests.support.workplace import small_house

HERE = Installation(Path("/srv/a b & 100%/报告"), ("/usr/bin/python3", "/srv/a b & 100%/报告/run.py"))
INSTALLED = Installation(Path("/srv/a b & 100%/报告"), ("/opt/a b/bin/progress-reports",))


def tree(text: str) -> ET.Element:
    return ET.fromstring(as_file("windows", text))  # noqa: S314 - our own text


def local(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def test_systemd_catches_up_what_was_missed() -> None:
    told = systemd(HERE)
    assert "Persistent=true" in told
    assert "WorkingDirectory=/srv/a b & 100%%/报告" in told
    assert 'ExecStart="/usr/bin/python3" "/srv/a b & 100%%/报告/run.py" "run-due"' in told


#: A program's name with all that systemd reads otherwise than a shell.
ODD = ("python", "py $x thon", "py'thon", 'py"thon"', "py\\thon", "100% $HOME 'q' \"q\"")


@pytest.mark.posix
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("name", ODD)
def test_systemd_accepts_its_units(tmp_path: Path, name: str) -> None:
    tmp_path = tmp_path / "秘书处 100% $x"
    tmp_path.mkdir()
    (tmp_path / name).symlink_to(sys.executable)
    start = (str(tmp_path / name), str(tmp_path / "run.py"))
    here = Installation(tmp_path, start, ("--output=/srv/a b",), Path("/srv/a b"), "zh")
    (tmp_path / "run.py").write_text("")
    service, timer = systemd(here).split("# ~/.config/systemd/user/progress-reports.timer\n")
    for unit, text in (("service", service), ("timer", timer)):
        (tmp_path / f"progress-reports.{unit}").write_text(text)
    files = [str(tmp_path / f"progress-reports.{unit}") for unit in ("service", "timer")]
    run = subprocess.run(
        ["systemd-analyze", "--user", "verify", *files], capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},  # without one it ends before it looks at them
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "progress-reports" not in run.stderr


@pytest.mark.posix
@pytest.mark.parametrize("name", ODD)
def test_what_systemd_starts_is_the_program_whatever_its_name(tmp_path: Path, name: str) -> None:
    """The line as systemd takes it apart: quotation marks, then specifiers, then variables, but not in the program."""
    program = tmp_path / name
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n')
    program.chmod(0o755)
    [line] = [x for x in systemd(Installation(tmp_path, (str(program), "a $b"))).splitlines() if "Exec" in x]
    first, *others = shlex.split(line.removeprefix("ExecStart=").replace("%%", "%"))
    assert not set(first) & set("\"'\\$")
    words = [first, *(word.replace("$$", "$") for word in others)]
    run = subprocess.run(words, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == [str(program), "a $b", "run-due"]


def test_systemd_ends_a_run_that_hangs() -> None:
    assert "TimeoutStartSec=2h" in systemd(HERE)  # a oneshot may start for ever otherwise


def test_cron_takes_one_line() -> None:
    line = cron(HERE)
    assert line.count("\n") == 1
    fields = line.split(None, 5)
    assert fields[:5] == ["*/15", "*", "*", "*", "*"]
    assert "%" not in line.replace(r"\%", "")
    words = shlex.split(fields[5].replace(r"\%", "%"))
    assert words[words.index("/usr/bin/python3") + 1 :][:2] == ["/srv/a b & 100%/报告/run.py", "run-due"]


def test_windows_runs_a_missed_task_and_no_second_one() -> None:
    root = tree(windows(HERE))
    name = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    settings = {element.tag.removeprefix(name): element.text for element in root.iter()}
    assert settings["StartWhenAvailable"] == "true"
    assert settings["MultipleInstancesPolicy"] == "IgnoreNew"
    assert settings["Arguments"] == '"/srv/a b & 100%/报告/run.py" run-due'
    [principal, actions] = [root.find(f".//{name}{tag}") for tag in ("Principal", "Actions")]
    assert principal is not None
    assert actions is not None
    assert principal.get("id") == actions.get("Context")  # else schtasks does not know who is to run it


def test_a_task_has_the_order_of_the_published_schema() -> None:
    """MS-TSCH 2.5: of a trigger it is a sequence."""
    [trigger] = [element for element in tree(windows(HERE)).iter() if element.tag.endswith("TimeTrigger")]
    assert [local(one) for one in trigger] == ["Enabled", "StartBoundary", "Repetition"]
    assert [local(one) for one in trigger[2]] == ["Interval", "StopAtDurationEnd"]
    told = {local(element): element.text for element in tree(windows(HERE)).iter()}
    assert told["URI"] == "\\Progress reports"
    assert (told["Hidden"], told["RunOnlyIfNetworkAvailable"]) == ("false", "false")


def test_a_task_speaks_the_language_it_was_printed_in() -> None:
    here = Installation(Path("/srv/office"), ("py.exe", "run.py"), lang="zh")
    told = {local(element): element.text for element in tree(windows(here)).iter()}
    assert told["Arguments"] == "run.py run-due --lang zh"
    assert told["Description"] == "进展报告：做到期的事"
    assert "按提示输入该账户的密码" in windows(here)
    assert "Description=进展报告：问有什么到期" in systemd(here)


def test_a_task_without_password_runs_while_its_user_has_signed_in_and_opens_no_window() -> None:
    for start, words in (
        ((r"C:\Py\python.exe", r"C:\office\run.py"), (r"C:\Py\pythonw.exe", r"C:\office\run.py")),
        ((r"C:\Py\Scripts\progress-reports.exe",), (r"C:\Py\pythonw.exe", "-m", "reports")),
    ):
        assert without_window(start, r"C:\Py\python.exe") == words
    text = windows(Installation(Path("/srv/office"), ("pythonw.exe", "-m", "reports"), signed_in=True))
    told = {local(element): element.text for element in tree(text).iter()}
    assert (told["LogonType"], told["Arguments"]) == ("InteractiveToken", "-m reports run-due")
    assert "/RU" not in text
    assert "LogonType" not in windows(HERE)


def test_all_clockworks_start_an_installed_program_by_itself() -> None:
    assert 'ExecStart="/opt/a b/bin/progress-reports" "run-due"' in systemd(INSTALLED)
    assert "&& '/opt/a b/bin/progress-reports' 'run-due' >>" in cron(INSTALLED)
    task = windows(INSTALLED)
    assert "<Command>/opt/a b/bin/progress-reports</Command>" in task
    assert "<Arguments>run-due</Arguments>" in task


def test_all_clockworks_keep_to_the_folders_and_the_language_of_who_asked() -> None:
    elsewhere = Installation(
        Path("/srv/office"), ("/usr/bin/python3", "/srv/office/run.py"), ("--output=/mnt/a b",), Path("/mnt/a b"), "zh"
    )  # fmt: skip
    assert (
        'Environment=REPORTS_LANG=zh\nExecStart="/usr/bin/python3" "/srv/office/run.py" "run-due" "--output=/mnt/a b"'
        in (systemd(elsewhere))
    )
    words = shlex.split(cron(elsewhere).split(None, 5)[5])
    assert "REPORTS_LANG=zh" in words
    assert words[words.index("run-due") + 1 :] == [
        "--output=/mnt/a b",
        ">>",
        "/mnt/a b/.state/cron.log",
        "2>&1",
    ]
    assert '<Arguments>"/srv/office/run.py" run-due --lang zh "--output=/mnt/a b"</Arguments>' in windows(
        elsewhere
    )


@pytest.mark.posix
def test_a_shell_runs_the_line_of_cron(tmp_path: Path) -> None:
    """With a folder of odd letters, and a program that says what it was given."""
    folder = tmp_path / "秘书处 100% $x 'q'"
    folder.mkdir()
    (folder / "run.py").write_text(
        "import os, sys; print(os.getcwd(), sys.argv[1:], os.environ['REPORTS_LANG'])"
    )
    line = cron(Installation(folder, (sys.executable, str(folder / "run.py")), lang="zh"))
    command = line.split(None, 5)[5].replace(r"\%", "%")  # as cron does
    subprocess.run(["/bin/sh", "-c", command], check=True, cwd="/")
    assert (folder / "output/.state/cron.log").read_text() == f"{folder} ['run-due'] zh\n"


# --- into a file ------------------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    house = small_house(tmp_path / "秘书处")
    monkeypatch.chdir(house.data.parent)
    monkeypatch.setenv("REPORTS_LANG", "zh")
    return house


def install(*options: str) -> int:
    return main(["schedule", "install", *options])


@pytest.mark.usefixtures("office")
def test_a_task_is_written_as_windows_reads_it_whatever_the_console_speaks() -> None:
    assert install("--print", "windows", "--to", "task.xml") == 0
    data = Path("task.xml").read_bytes()
    assert data.startswith(b"\xff\xfe")
    text = data.decode("utf-16")
    assert text.count("\n") == text.count("\r\n")
    assert "秘书处" in text
    told = {local(element): element.text for element in ET.fromstring(data).iter()}  # noqa: S314 - our own
    assert told["WorkingDirectory"] == str(Path.cwd())


@pytest.mark.usefixtures("office")
def test_units_are_written_in_utf_8() -> None:
    assert install("--print", "systemd", "--to", "units.txt") == 0
    assert "Description=进展报告" in Path("units.txt").read_text("utf-8")


@pytest.mark.posix
def test_a_folder_is_named_as_every_account_sees_it(
    office: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On Windows a letter leads to a share; here a link leads to the folder."""
    (tmp_path / "Z").symlink_to(office.data.parent, target_is_directory=True)
    monkeypatch.chdir(tmp_path / "Z")
    assert install("--print", "windows") == 0
    assert f"<WorkingDirectory>{office.data.parent}</WorkingDirectory>" in capsys.readouterr().out
    (office.data.parent / "python").symlink_to(sys.executable)
    assert unmapped(str(tmp_path / "Z" / "python")) == str(office.data.parent / "python")
    assert unmapped("-m") == "-m"


def test_a_folder_with_a_percent_sign_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small_house(tmp_path / "100% done%").data.parent
    monkeypatch.chdir(folder)
    monkeypatch.setenv("REPORTS_LANG", "en")
    assert install("--print", "windows") == 0
    assert "may read '%' in a folder's name as a variable" in capsys.readouterr().err
    assert install("--print", "systemd") == 0
    assert capsys.readouterr().err == ""


# --- drives -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "kind", "warned"),
    [
        ("Z:/leadership", 4, True),
        (r"z:\leadership", 4, True),
        ("D:/leadership", 3, False),  # a disk
        ("//server/share/leadership", 4, False),
        ("/srv/leadership", 4, False),
    ],
)
def test_a_mapped_drive_is_warned_of(folder: str, kind: int, warned: bool) -> None:
    asked: list[str] = []

    def kind_of(root: str) -> int:
        asked.append(root)
        return kind

    codes = [problem.code for problem in mapped(folder, kind_of)]
    assert codes == (["delivery/mapped-drive"] if warned else [])
    assert all(root[1:] == ":\\" for root in asked)


def test_check_asks_windows_of_the_shared_folder(
    office: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (office.data / "delivery.yaml").write_text("on: true\nfolder: {path: 'Z:/leadership'}\n", "utf-8")
    monkeypatch.setattr("reports.cli.check.mapped", partial(mapped, kind_of=lambda root: 4))
    main(["check"])
    assert "共享目录写的是本次登录所映射的盘符" in capsys.readouterr().err
