"""Where a folder really lies: on a disk of this machine, on a share, in a folder that a program copies elsewhere.

SQLite's locks do not hold on shares (sqlite.org/whentouse.html, "Situations where …"), and two machines that each have
a copy hold no lock in common.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath
from typing import Literal

#: "unknown" where the system does not say.
Volume = Literal["local", "network", "unknown"]

#: Types of file systems that lie on another machine, as Linux names them.
_REMOTE = frozenset(["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "fuse.sshfs",
                     "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2"])  # fmt: skip
_MOUNTS = Path("/proc/self/mounts")
#: What GetDriveTypeW says of a letter that stands for a share (winbase.h).
_DRIVE_REMOTE = 4
#: By what their folders are called.
_CLOUDS: Mapping[str, str] = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "wps云盘": "WPS云盘",
    "wpsdrive": "WPS云盘",
    "百度网盘": "百度网盘",
    "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘",
}


def volume_of(path: Path) -> Volume:
    """Say on what kind of volume *path* lies, or will lie."""
    if os.name == "nt":
        return windows_volume(PureWindowsPath(path.resolve()), _drive_type)
    try:
        return linux_volume(path.resolve(), _MOUNTS.read_text("utf-8"))
    except (OSError, ValueError):
        return "unknown"


def windows_volume(path: PureWindowsPath, drive_type: Callable[[str], int]) -> Volume:
    r"""As `volume_of`: `\\server\share` is a share, a letter is one if *drive_type* (GetDriveTypeW) says so."""
    if path.drive.startswith("\\\\"):
        return "network"
    return "network" if drive_type(f"{path.drive}\\") == _DRIVE_REMOTE else "local"


def linux_volume(path: Path, mounts: str) -> Volume:
    """As `volume_of`, by the text of /proc/self/mounts (proc(5)): the longest mount point above it decides."""
    best, kind = 0, "unknown"
    for line in mounts.splitlines():
        _, point, type_, *_ = [*line.split(" "), "", "", ""]
        where = Path(point.replace("\\040", " "))
        if len(where.parts) > best and path.is_relative_to(where):
            best, kind = len(where.parts), type_
    return "unknown" if not best else "network" if kind in _REMOTE else "local"


def cloud_of(path: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return the name of the service that copies *path* to other machines, "" where none is known."""
    whole = path.resolve()
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if (root := environment.get(name)) and whole.is_relative_to(root):
            return "OneDrive"
    for part in whole.parts:
        for begin, service in _CLOUDS.items():
            if part.casefold().startswith(begin):
                return service
    return ""


def _drive_type(root: str) -> int:
    import ctypes  # noqa: PLC0415 - Windows only

    return int(getattr(ctypes, "windll").kernel32.GetDriveTypeW(root))  # noqa: B009 - a name other systems lack
