"""Drive letters of Windows that stand for a share: they belong to a session, and a task in another does not see them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import PureWindowsPath

from reports.diagnostics.problems import Problem, Where

#: DRIVE_REMOTE of the Windows API.
_REMOTE = 4


def drive_type(root: str) -> int:
    """What GetDriveType says of the root of a drive; 0, which is “unknown”, on other systems."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - one question, on one system

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


def mapped(folder: str, kind_of: Callable[[str], int] = drive_type) -> Iterator[Problem]:
    """Warn where *folder* begins with a letter that stands for a share."""
    drive = PureWindowsPath(folder).drive
    if re.fullmatch("[A-Za-z]:", drive) and kind_of(f"{drive}\\") == _REMOTE:
        yield Problem(Where("delivery.yaml"), "delivery/mapped-drive", severity="warning")
