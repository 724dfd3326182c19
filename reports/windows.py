"""What only Windows knows: whether a process lives, which disks there are, what the registry says.

Called on Windows alone. What it is asked through is imported when it is asked: elsewhere it is not there.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: `winerror` of a file that another program holds, or that may not be replaced: access denied, sharing, locking.
HELD = frozenset({5, 32, 33})
#: The longest path that programs without long paths take, Word among them; a folder has to leave room for 8.3 names.
LONGEST_PATH = 259

#: How a program is started so that Ctrl+C is not meant for it, and no window opens.
OWN_GROUP_NO_WINDOW = 0x00000200 | 0x08000000

_QUERY_LIMITED_INFORMATION, _STILL_ACTIVE, _ACCESS_DENIED = 0x1000, 259, 5
_REPLACE_EXISTING, _WRITE_THROUGH = 0x1, 0x8
_FIXED = 3


def is_alive(process: int) -> bool:
    """Whether a process with this number runs; one of somebody else's we may not ask about does."""
    kernel = _kernel()
    handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, process)
    if not handle:
        return bool(_ctypes().get_last_error() == _ACCESS_DENIED)
    code = _ctypes().c_ulong()
    try:
        return bool(kernel.GetExitCodeProcess(handle, _ctypes().byref(code))) and code.value == _STILL_ACTIVE
    finally:
        kernel.CloseHandle(handle)


def replace(old: Path, new: Path) -> None:
    """`os.replace` that returns when the new name is on the disk. Raises OSError as that does."""
    if not _kernel().MoveFileExW(str(old), str(new), _REPLACE_EXISTING | _WRITE_THROUGH):
        raise _ctypes().WinError(_ctypes().get_last_error())


def fixed_drives() -> Iterator[str]:
    r"""The letters of this machine's own disks (`C:\`); no other is waited for."""
    kernel = _kernel()
    there = kernel.GetLogicalDrives()
    for n in range(26):
        drive = f"{chr(ord('A') + n)}:\\"
        if there >> n & 1 and kernel.GetDriveTypeW(drive) == _FIXED:
            yield drive


def registered(key: str) -> str:
    r"""The value of a key without a name (`HKLM\SOFTWARE\…`), "" where there is none."""
    winreg: Any = importlib.import_module("winreg")
    root, _, rest = key.partition("\\")
    hives = {
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }
    try:
        return str(winreg.QueryValue(hives[root], rest))
    except OSError:
        return ""


def _kernel() -> Any:
    """kernel32, asked with whole handles and wide names."""
    types: Any = importlib.import_module("ctypes.wintypes")
    kernel = _ctypes().WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.argtypes = (types.DWORD, types.BOOL, types.DWORD)
    kernel.OpenProcess.restype = types.HANDLE
    kernel.GetExitCodeProcess.argtypes = (types.HANDLE, types.LPDWORD)
    kernel.CloseHandle.argtypes = (types.HANDLE,)
    kernel.MoveFileExW.argtypes = (types.LPCWSTR, types.LPCWSTR, types.DWORD)
    kernel.GetDriveTypeW.argtypes = (types.LPCWSTR,)
    return kernel


def _ctypes() -> Any:
    """The module, with the half of it that elsewhere is not there."""
    return importlib.import_module("ctypes")
