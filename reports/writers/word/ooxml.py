"""The words of WordprocessingML: namespaces, types, escaping; and the zip round it, of the same bytes always."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_URI = f"{_OFFICE}/relationships"
WP_URI = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A_URI = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC_URI = "http://schemas.openxmlformats.org/drawingml/2006/picture"
CONTENT_TYPES_URI = f"{_PACKAGE}/content-types"
RELATIONSHIPS_URI = f"{_PACKAGE}/relationships"
CUSTOM_XML_URI = f"{_OFFICE}/customXml"
CORE_URI = f"{_PACKAGE}/metadata/core-properties"
APP_URI = f"{_OFFICE}/extended-properties"
CUSTOM_URI = f"{_OFFICE}/custom-properties"

#: Clark notation, for lxml.
W = f"{{{W_URI}}}"
R = f"{{{R_URI}}}"
WP = f"{{{WP_URI}}}"
A = f"{{{A_URI}}}"

#: Relationship types by a short name.
REL: dict[str, str] = {
    **{
        name: f"{R_URI}/{path}"
        for name, path in {
            "document": "officeDocument",
            "styles": "styles",
            "settings": "settings",
            "numbering": "numbering",
            "fonts": "fontTable",
            "footnotes": "footnotes",
            "theme": "theme",
            "header": "header",
            "footer": "footer",
            "comments": "comments",
            "image": "image",
            "hyperlink": "hyperlink",
            "app": "extended-properties",
            "custom": "custom-properties",
            "customXml": "customXml",
            "customXmlProps": "customXmlProps",
        }.items()
    },
    "core": f"{_PACKAGE}/relationships/metadata/core-properties",
}

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

#: Content types by a short name.
TYPE = {
    "document": f"{_WORD}.document.main+xml",
    "styles": f"{_WORD}.styles+xml",
    "settings": f"{_WORD}.settings+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "fonts": f"{_WORD}.fontTable+xml",
    "footnotes": f"{_WORD}.footnotes+xml",
    "header": f"{_WORD}.header+xml",
    "footer": f"{_WORD}.footer+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "comments": f"{_WORD}.comments+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
    "app": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "custom": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXmlProps": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "png": "image/png",
    "svg": "image/svg+xml",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}

#: What opens every part we write.
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Characters XML 1.0 cannot carry, not even escaped.
#: Said by what is out, not by what is in: a class of 60,000 letters takes 5 ms to compile.
ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def escape(text: str) -> str:
    """Return *text* as element content."""
    return text.translate(_TEXT) if _SPECIAL.search(text) else text


def attribute(text: str) -> str:
    """Return *text* as the inside of a double-quoted attribute, line ends kept."""
    return text.translate(_ATTRIBUTE) if _SPECIAL_ATTRIBUTE.search(text) else text


_SPECIAL = re.compile("[&<>]")  # looking is five times as fast as translating, and most texts hold none
_SPECIAL_ATTRIBUTE = re.compile('[&<>"\\n\\r\\t]')


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
