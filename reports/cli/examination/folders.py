"""The folders a secretariat works in: can they be written, do they lie where a lock holds, are their names too long."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from reports import files
from reports.cli.examination.findings import Diagnosis, Health
from reports.volumes import Volume, cloud_of, volume_of

#: Bytes: below, somebody should look; a report and its backup may not fit.
_SCARCE = 200_000_000
#: Letters that Windows takes in a path (MAX_PATH less its end), and that our names below the output folder need.
_LONGEST, _OURS = 259, 130


def look_at(role: str, folder: Path) -> Iterator[Diagnosis]:
    """All that can be said of one folder; *role*: data, output."""
    nearest = next(path for path in (folder.resolve(), *folder.resolve().parents) if path.is_dir())
    detail = files.refusal(nearest)
    if detail:
        yield Diagnosis("folder", "closed", "wrong", {"folder": folder, "detail": detail})
    else:
        yield Diagnosis("folder", "fine", "fine", {"folder": nearest})
    yield from placed(role, folder, volume_of(nearest), cloud_of(nearest))
    free = shutil.disk_usage(nearest).free
    if free < _SCARCE:
        yield Diagnosis("space", "scarce", "look", {"folder": nearest, "free": free // 1_000_000})


def placed(role: str, folder: Path, volume: Volume, cloud: str) -> Iterator[Diagnosis]:
    """Whether it lies where it can be worked in: the output folder holds the ledger, and must be this machine's alone."""
    health: Health = "wrong" if role == "output" else "look"
    if cloud:
        yield Diagnosis("place", "cloud", health, {"folder": folder, "cloud": cloud})
    if volume == "network":
        yield Diagnosis("place", "network", health, {"folder": folder})


def lengths(
    output: Path, *, windows: bool = os.name == "nt", long_paths: bool | None = None
) -> Iterator[Diagnosis]:
    """Whether Windows can open what will lie in *output*; Word opens no longer names even where Windows does."""
    if not windows:
        return
    length = len(str(output.resolve()))
    if length + _OURS > _LONGEST:
        allowed = _long_paths() if long_paths is None else long_paths
        values = {"length": length, "most": _LONGEST - _OURS}
        yield Diagnosis("paths", "long" if allowed else "too long", "look" if allowed else "wrong", values)


def _long_paths() -> bool:
    """Whether Windows takes longer paths (LongPathsEnabled)."""
    import winreg  # noqa: PLC0415 - Windows only

    try:
        key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem")  # type: ignore[attr-defined]
        with key:
            return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])  # type: ignore[attr-defined]
    except OSError:
        return False
