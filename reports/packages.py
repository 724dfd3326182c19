"""Files from outside, and the zips among them: what they are is asked before anything is unpacked.

A Word file or a sheet is a zip of XML parts. Readers differ on zips that hold a name twice, pack a part in a rare way
or say less of its size than there is; a part may also grow without end, or declare what others grow from. All that is
refused here, so that every room reads the same and no more than it can hold.
"""

from __future__ import annotations

import io
import stat
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where

CONTENT_TYPES = "[content_types].xml"

#: How files of old Office programs begin, and those with a password.
_OLD = b"\xd0\xcf\x11\xe0"
_OLD_KINDS = {".docx": ".doc, .wps", ".xlsx": ".xls, .et"}
_ENTRY = b"PK\x01\x02"
_BROKEN = (OSError, BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_ENCRYPTED = 1
_MEGABYTE = 2**20
_PIECE = 2**18


class Limits(Struct, frozen=True):
    """What a package may have: bytes as it is and unpacked, bytes and marks of one part, how many parts."""

    packed: int
    unpacked: int
    part: int
    members: int
    marks: int


class MarkReader(Protocol):
    """What takes the marks of a part as they come; names as `{namespace}name`."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """It ends."""

    def data(self, text: str) -> None:
        """Letters; those of one element may come in several pieces."""


class BrokenPartError(Exception):
    """A part that cannot be read, or may not be: *code* and *args* say why."""

    def __init__(self, part: str, code: str = "package/broken-part", **args: object) -> None:
        super().__init__(part)
        self.part, self.code, self.args_ = part, code, {"part": part, **args}


def read_outside(path: Path, most: int) -> bytes:
    """The bytes of the file *path*, no more than *most*. Raises ReportError where it is none: a pipe would never end."""
    where = Where(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReportError(Problem(where, "file/no-file", {"name": path.name}))
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError as error:
        raise ReportError(Problem(where, "file/missing", {"name": str(path)})) from error
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", "") or type(error).__name__
        raise ReportError(Problem(where, "file/unreadable", {"detail": detail})) from error
    if len(data) > most:
        raise ReportError(Problem(where, "package/too-large", {"limit": _megabytes(most)}))
    return data


class Archive:
    """A package held in memory, its parts by their plain names: without case, slashes as in addresses."""

    def __init__(self, data: bytes, where: Where, form: str, limits: Limits) -> None:
        """Raises ReportError where *data* is no package of this *form* (".docx", ".xlsx") within its *limits*."""
        self.where, self.form, self.limits = where, form, limits
        if data[:4] == _OLD:
            raise self.refused("package/old-format", old=_OLD_KINDS[form])
        if len(data) > limits.packed:
            raise self.refused("package/too-large", limit=_megabytes(limits.packed))
        if data.count(_ENTRY) > 10 * limits.members:  # those of packages in the package are counted, too
            raise self.refused("package/too-many-parts", limit=limits.members)
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise self.refused("package/unreadable") from error
        self.members = self._checked([one for one in self._zip.infolist() if not one.is_dir()])
        self._types = _Types()
        self._learn_types()

    def _checked(self, members: list[ZipInfo]) -> dict[str, ZipInfo]:
        if len(members) > self.limits.members:
            raise self.refused("package/too-many-parts", limit=self.limits.members)
        if sum(member.file_size for member in members) > self.limits.unpacked:
            raise self.refused("package/unpacks-too-large", limit=_megabytes(self.limits.unpacked))
        found: dict[str, ZipInfo] = {}
        for member in members:
            name = plain_name(member.filename)
            if name in found:
                raise self.refused("package/part-twice", part=member.filename)
            if name.endswith("vbaproject.bin"):
                raise self.refused("package/macros")
            found[name] = member
        return found

    def _learn_types(self) -> None:
        try:
            self.read(CONTENT_TYPES, self._types)
        except KeyError as error:
            raise self.refused("package/no-types") from error
        except BrokenPartError as error:
            raise self.refusal_of(error) from error
        if any("macroenabled" in kind for kind in self._types.all()):
            raise self.refused("package/macros")

    def type_of(self, part: str) -> str:
        """The content type of *part* in small letters, "" where none is declared."""
        name = plain_name(part)
        return self._types.of_part.get(name) or self._types.of_ending.get(name.rpartition(".")[2], "")

    def is_xml(self, part: str) -> bool:
        """Whether programs read *part* as XML: by its type, whatever it is called, or by its name."""
        return self.type_of(part).endswith("xml") or plain_name(part).endswith((".xml", ".rels"))

    def pieces(self, part: str) -> Iterator[bytes]:
        """The bytes of *part*. Raises KeyError where there is none, BrokenPartError where it cannot be unpacked."""
        member = self.members[plain_name(part)]
        if member.flag_bits & _ENCRYPTED or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BrokenPartError(part)
        if member.file_size > self.limits.part and self.is_xml(part):
            raise BrokenPartError(part, "package/part-too-large", limit=_megabytes(self.limits.part))
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except _BROKEN as error:
            raise BrokenPartError(part) from error

    def read(self, part: str, reader: MarkReader) -> None:
        """Let *reader* read a part to its end. Raises KeyError, or BrokenPartError where it is no XML of ours to read."""
        read_marks(self.pieces(part), reader, part, self.limits.marks)

    def refusal_of(self, error: BrokenPartError) -> ReportError:
        """What is told of a package that cannot do without a part."""
        return self.refused(error.code, **error.args_)

    def refused(self, code: str, **args: object) -> ReportError:
        """What is told of the whole."""
        return ReportError(Problem(self.where, code, {"form": self.form, **args}))

    def close(self) -> None:
        """Let go of it."""
        self._zip.close()


def plain_name(name: str) -> str:
    """Part names are compared without their case; some programs write them with backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def read_marks(pieces: Iterator[bytes], reader: MarkReader, part: str, most: int) -> None:
    """Let *reader* read XML, at most *most* elements of it; a document type is refused where it stands, in whichever
    encoding and however deep, before anything it declares. Raises BrokenPartError."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    names: dict[str, str] = {}
    count = 0

    def full(name: str) -> str:
        return names.setdefault(name, f"{{{name}" if "}" in name else name)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > most:
            raise BrokenPartError(part, "package/too-many-marks", limit=f"{most:,}")
        reader.start(full(name), {full(key): value for key, value in attributes.items()})

    def doctype(*_: object) -> None:
        raise BrokenPartError(part, "package/doctype")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: reader.end(full(name))
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, KeyError):
            raise
        raise BrokenPartError(part) from error


class Nobody:
    """Looks at a part to its end, and keeps nothing."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Nothing."""

    def end(self, tag: str) -> None:
        """Nothing."""

    def data(self, text: str) -> None:
        """Nothing."""


class _Types(Nobody):
    """Reads the list of the types of parts."""

    def __init__(self) -> None:
        self.of_part: dict[str, str] = {}
        self.of_ending: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if tag.endswith("}Override"):
            self.of_part[plain_name(attributes.get("PartName", ""))] = kind
        elif tag.endswith("}Default"):
            self.of_ending[attributes.get("Extension", "").lower()] = kind

    def all(self) -> Iterator[str]:
        """Every type there is."""
        yield from (*self.of_part.values(), *self.of_ending.values())


def _megabytes(size: int) -> str:
    return f"{size // _MEGABYTE} MB"
