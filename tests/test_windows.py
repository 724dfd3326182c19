"""What Windows is asked, answered here by a kernel and a registry that stand in for its own."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reports import files, windows


class Kernel:
    """kernel32 as far as it is asked: *answers* by the name of the function."""

    def __init__(self, **answers: Callable[..., int]) -> None:
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        for name in ("OpenProcess", "GetExitCodeProcess", "CloseHandle", "MoveFileExW", "GetDriveTypeW"):
            setattr(self, name, self._noting(name, answers.get(name, lambda *_: 1)))
        self.GetLogicalDrives = answers.get("GetLogicalDrives", lambda: 0)

    def _noting(self, name: str, answer: Callable[..., int]) -> Callable[..., int]:
        def call(*given: Any) -> int:
            self.asked.append((name, given))
            return answer(*given)

        return call


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Kernel]:
    """Put a kernel in place, and the error it leaves behind."""

    def install(error: int = 0, **answers: Callable[..., int]) -> Kernel:
        made = Kernel(**answers)
        monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: made, raising=False)
        monkeypatch.setattr(ctypes, "get_last_error", lambda: error, raising=False)
        monkeypatch.setattr(ctypes, "WinError", lambda code: PermissionError(code, "held"), raising=False)
        return made

    return install


def ended_with(code: int) -> Callable[..., int]:
    def answer(_handle: int, place: Any) -> int:
        place._obj.value = code
        return 1

    return answer


@pytest.mark.parametrize(
    ("answers", "error", "alive"),
    [
        ({"OpenProcess": lambda *_: 7, "GetExitCodeProcess": ended_with(259)}, 0, True),
        ({"OpenProcess": lambda *_: 7, "GetExitCodeProcess": ended_with(0)}, 0, False),
        ({"OpenProcess": lambda *_: 0}, 87, False),  # no such process
        ({"OpenProcess": lambda *_: 0}, 5, True),  # somebody else's
    ],
)
def test_whether_a_process_lives(
    kernel: Callable[..., Kernel], answers: dict[str, Callable[..., int]], error: int, alive: bool
) -> None:
    asked = kernel(error, **answers).asked

    assert windows.is_alive(4242) == alive
    assert ("OpenProcess", (0x1000, False, 4242)) in asked
    assert (("CloseHandle", (7,)) in asked) == (answers["OpenProcess"]() == 7)


def test_a_file_takes_its_place_for_good(kernel: Callable[..., Kernel]) -> None:
    """MOVEFILE_REPLACE_EXISTING and MOVEFILE_WRITE_THROUGH."""
    asked = kernel().asked

    windows.replace(Path("a.tmp"), Path("报告.docx"))

    assert asked == [("MoveFileExW", ("a.tmp", "报告.docx", 9))]


def test_a_file_that_is_held_is_told_as_python_tells_it(kernel: Callable[..., Kernel]) -> None:
    kernel(32, MoveFileExW=lambda *_: 0)

    with pytest.raises(PermissionError) as caught:
        windows.replace(Path("a.tmp"), Path("b.docx"))
    assert caught.value.errno == 32


def test_only_disks_of_this_machine_are_looked_through(kernel: Callable[..., Kernel]) -> None:
    """A disc drive or a letter of a server that is away would be waited for."""
    kernel(GetLogicalDrives=lambda: 0b11100, GetDriveTypeW=lambda d: {"C:\\": 3, "D:\\": 5, "E:\\": 3}[d])

    assert list(windows.fixed_drives()) == ["C:\\", "E:\\"]


def test_what_the_registry_says(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {("machine", r"SOFTWARE\LibreOffice\UNO\InstallPath"): r"D:\Office\program"}

    def query(hive: str, key: str) -> str:
        try:
            return known[hive, key]
        except KeyError:
            raise FileNotFoundError from None

    registry = SimpleNamespace(
        HKEY_LOCAL_MACHINE="machine", HKEY_CURRENT_USER="user", HKEY_CLASSES_ROOT="classes", QueryValue=query
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)

    assert windows.registered(r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath") == r"D:\Office\program"
    assert windows.registered(r"HKCU\SOFTWARE\LibreOffice\UNO\InstallPath") == ""


def test_sweeping_asks_windows_which_processes_live(
    kernel: Callable[..., Kernel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signal 0 would be Ctrl+C there."""
    kernel(87, OpenProcess=lambda _right, _inherit, process: 0 if process == 0xDEAD else 7,
           GetExitCodeProcess=ended_with(259))  # fmt: skip
    (tmp_path / ".~dead-0.tmp").touch()
    (tmp_path / ".~beef-0.tmp").touch()
    found = list(tmp_path.iterdir())
    monkeypatch.setattr(Path, "rglob", lambda *_: iter(found))
    monkeypatch.setattr(os, "name", "nt")

    files.sweep(tmp_path)
    monkeypatch.undo()

    assert [path.name for path in tmp_path.iterdir()] == [".~beef-0.tmp"]
