"""The zip of a Word document: the same parts give the same bytes, always."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

CONTENT_TYPES = "[Content_Types].xml"
_FIRST = (CONTENT_TYPES, "_rels/.rels", "word/document.xml")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip can say
_UNIX = 3
_STORED = (".png", ".jpeg", ".jpg")  # packed already


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts (name without leading slash → bytes) as a zip with fixed times and order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in _in_order(parts):
            archive.writestr(_entry(name), parts[name])
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip; raises zipfile.BadZipFile when *data* is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def relations_of(part: str) -> str:
    """Return the name of the part that holds the relationships of *part*."""
    folder, slash, name = part.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


def _in_order(names: Iterable[str]) -> list[str]:
    """What a reader needs first comes first; the rest by name."""
    known = set(names)
    head = [name for name in _FIRST if name in known]
    return head + sorted(known.difference(head))


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system = _UNIX  # else the bytes tell which system built the report
    info.external_attr = 0o600 << 16
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    return info
