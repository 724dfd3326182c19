"""The one gate for Word files from outside: opened without trust, their parts by what they are to each other.

The parts asked for are taken out of the zip one by one, with a limit each, and read as a stream of marks: no tree is
built, no entity is known, nothing is fetched. python-docx opens a whole package or none of it, so it gets what the
gate hands over: the parts that can be trusted, packed anew. A reader's words must not be lost for a missing picture.
"""

from __future__ import annotations

import io
import posixpath
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol, Self
from zipfile import BadZipFile, ZipFile

from lxml import etree

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.writers.word.ooxml import pack
from reports.writers.word.reopen import Element

#: No report of ours unpacks to a tenth of this.
MAX_SIZE = 200 * 2**20
#: One part with text; the largest report there is has a tenth of it.
MAX_PART = 50 * 2**20
MAX_MEMBERS = 5000

#: How files of old Word, and those with a password, begin.
_OLD = b"\xd0\xcf\x11\xe0"
_BROKEN = (OSError, BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError)


class Reader(Protocol):
    """What takes the marks of a part as they come."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """It ends."""

    def data(self, text: str) -> None:
        """Letters; those of one element may come in several pieces."""


class Package:
    """An open .docx. A part that is missing or broken counts as not there, save the main one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = ZipFile(path)
        except FileNotFoundError as error:
            raise ReportError(Problem(Where(str(path)), "file/missing", {"name": str(path)})) from error
        except _BROKEN as error:
            raise self._refusal(error) from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_SIZE:
            self._zip.close()
            raise self._refusal(ValueError(f"> {MAX_SIZE // 2**20} MB / {MAX_MEMBERS}"))
        self._names = {_plain(member.filename): member.filename for member in members}
        self.lost: list[str] = []
        self.main = next(self.related("", "officeDocument"), "")

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def related(self, part: str, *kinds: str) -> Iterator[str]:
        """The names of the parts that *part* ("" for the package) leads to by relationships of these *kinds*."""
        folder, name = posixpath.split(part)
        found = _Relations(kinds)
        self.read(f"{folder}/_rels/{name}.rels", found)
        for target in dict.fromkeys(found.targets):
            yield posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    def read(self, part: str, reader: Reader, *, needed: bool = False) -> bool:
        """Let *reader* read a part to its end; False where it is missing or breaks off.

        Raises ReportError instead where it is *needed*.
        """
        try:
            with self._zip.open(self._names[_plain(part)]) as stream:
                _parse(stream, reader)
        except KeyError as error:
            if needed:
                raise self._refusal(KeyError(part or "word/document.xml")) from error
            return False
        except (*_BROKEN, etree.XMLSyntaxError) as error:
            if needed:
                raise self._refusal(error) from error
            self.lost.append(part)
            return False
        return True

    def trees(self, *kinds: str) -> tuple[Element, Mapping[str, tuple[Element, ...]]]:
        """The main part as python-docx opens it, and the parts it leads to by relationships of these *kinds*.

        Whatever cannot be trusted is not there. Raises ReportError where the whole cannot be opened.
        """
        import docx  # noqa: PLC0415 - a tenth of a second, for those who read a tree

        try:
            main = docx.Document(io.BytesIO(self._whole())).part
            led_to = {
                kind: tuple(
                    tree_of(relation.target_part.blob)
                    for relation in main.rels.values()
                    if relation.reltype.rpartition("/")[2] == kind and not relation.is_external
                )
                for kind in kinds
            }
        except Exception as error:
            raise self._refusal(KeyError(self.main or "word/document.xml")) from error
        return main.element, led_to

    def _whole(self) -> bytes:
        """The package without what is missing or broken or declares a document type, and what leads there."""
        parts: dict[str, bytes] = {}
        for plain, name in self._names.items():
            try:
                with self._zip.open(name) as stream:
                    parts[plain] = _checked(plain, stream)
            except (*_BROKEN, etree.XMLSyntaxError):
                self.lost.append(plain)
        kept = {name: _leading_somewhere(name, data, parts) for name, data in parts.items()}
        return pack({self._names[plain].replace("\\", "/").lstrip("/"): data for plain, data in kept.items()})

    def _refusal(self, error: Exception) -> ReportError:
        try:
            with self.path.open("rb") as file:
                old = file.read(4) == _OLD
        except OSError:
            old = False
        code = "review/old-format" if old else "review/unreadable"
        detail = str(error.args[0] if isinstance(error, KeyError) else error) or type(error).__name__
        return ReportError(Problem(Where(str(self.path)), code, {"detail": detail}))


def _plain(name: str) -> str:
    """Part names are compared without their case; some programs write them with backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


class _Relations:
    """The targets of one kind of relationship, from a .rels part."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self.kinds = frozenset(kinds)
        self.targets: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        inside = attributes.get("TargetMode") != "External"
        if tag.endswith("}Relationship") and kind in self.kinds and inside:
            self.targets.append(attributes.get("Target", ""))

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _Target:
    """What lxml calls: a document type is refused where it stands, before anything it declares."""

    def __init__(self, reader: Reader) -> None:
        self.start, self.end, self.data = reader.start, reader.end, reader.data

    def doctype(self, *_: object) -> None:
        raise ValueError("DOCTYPE")

    def comment(self, text: str) -> None:
        pass

    def pi(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass


class _Nobody:
    """Looks at a part to its end, and keeps nothing."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        pass

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


#: What a file saved as Strict calls what all others call otherwise (ISO/IEC 29500-1 and -4, annex A).
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{name}".encode(), f"http://schemas.openxmlformats.org/{name_}".encode())
    for name, name_ in (
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("drawingml/main", "drawingml/2006/main"),
        ("officeDocument/customXml", "officeDocument/2006/customXml"),
    )
)


def _checked(name: str, stream: Any) -> bytes:
    """The bytes of one part, within its limit; XML read to its end first."""
    data = bytes(stream.read(MAX_PART + 1))
    if len(data) > MAX_PART:
        raise ValueError(f"> {MAX_PART // 2**20} MB")
    if not name.endswith((".xml", ".rels")):
        return data
    _parse(io.BytesIO(data), _Nobody())
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    return data


def _leading_somewhere(name: str, data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The relationships of a part without those that lead to nothing; other parts as they are."""
    if not name.endswith(".rels"):
        return data
    folder = posixpath.dirname(posixpath.dirname(name))
    root = tree_of(data)
    for relation in root:
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or ""))
        if relation.get("TargetMode") != "External" and _plain(target) not in parts:
            root.remove(relation)
    return etree.tostring(root)


def tree_of(data: bytes) -> Element:
    """The tree of a part that the gate has let in: no entity resolved, nothing fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _parse(stream: Any, reader: Reader) -> None:
    target: Any = _Target(reader)
    parser: Any = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    size = 0
    while piece := stream.read(2**18):
        size += len(piece)  # the directory of a zip may say less than there is
        if size > MAX_PART:
            raise ValueError(f"> {MAX_PART // 2**20} MB")
        parser.feed(piece)
    parser.close()
