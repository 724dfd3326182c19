"""Pictures kept from earlier runs: a chart whose request has not changed is not drawn again.

An entry is one file: a line of JSON with sizes, words and a checksum, then the PNG, then the SVG.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from reports.document.drawings import Drawing

#: The libraries whose release changes a picture's bytes.
_LIBRARIES = ("matplotlib", "numpy", "pillow", "pylopdf_fonts_zh_cn")


class Cache(Struct, frozen=True):
    """Entries in *folder*; *write* puts bytes at a path, whole or not at all, and makes its folders."""

    folder: Path
    write: Callable[[Path, bytes], object]

    def get(self, key: str) -> Drawing | None:
        """Return the picture kept under *key*; None when there is none or its file is damaged."""
        try:
            return _unpacked(self._path(key).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def height_of(self, key: str) -> float | None:
        """Return the height in cm of the picture kept under *key*; None when there is none."""
        drawing = self.get(key)
        return drawing.height_cm if drawing else None

    def put(self, key: str, drawing: Drawing) -> None:
        """Keep *drawing* under *key*."""
        self.write(self._path(key), _packed(drawing))

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.chart"


def key_of(*parts: object) -> str:
    """Return the name of the entry for *parts*, which are frozen values whose repr says all of them.

    It changes with the code of the charts and with the libraries that draw, so no entry outlives them.
    """
    return hashlib.sha256(repr((parts, _drawn_by())).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _drawn_by() -> tuple[str, ...]:
    """What else decides how a picture looks."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    return code.hexdigest(), *_releases(Path(msgspec.__file__).parent.parent)


def _releases(installed: Path) -> tuple[str, ...]:
    """Name and release of each library, without importing one: as a folder beside them is called. Where not all are
    installed together, their metadata is read, which takes ten times as long."""
    folders = (path.name for path in installed.glob("*.dist-info"))
    found = sorted(name for name in folders if name.partition("-")[0].lower() in _LIBRARIES)
    if len(found) == len(_LIBRARIES):
        return tuple(found)
    from importlib.metadata import version  # noqa: PLC0415 - brings the parser of e-mails with it

    return tuple(f"{name} {version(name)}" for name in _LIBRARIES)


def _packed(drawing: Drawing) -> bytes:
    body = drawing.png + (drawing.svg or b"")
    head = {
        "png": len(drawing.png), "width_cm": drawing.width_cm, "height_cm": drawing.height_cm,
        "alt": drawing.alt,
    }  # fmt: skip
    line = json.dumps(head, ensure_ascii=False).encode()
    return b"\n".join((hashlib.sha256(line + body).hexdigest().encode(), line, body))


def _unpacked(data: bytes) -> Drawing | None:
    checksum, line, body = data.split(b"\n", 2)
    if hashlib.sha256(line + body).hexdigest().encode() != checksum:
        return None
    head = json.loads(line)
    png, svg = body[: head["png"]], body[head["png"] :]
    return Drawing(png, head["width_cm"], head["height_cm"], head["alt"], svg or None)
