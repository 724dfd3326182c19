"""The one gate for Word files from outside: opened without trust, their parts by what they are to each other.

The parts asked for are taken out of the zip one by one, with a limit each, and read as a stream of marks: no tree is
built, no entity is known, nothing is fetched. python-docx opens a whole package or none of it, so it gets what the
gate hands over: the parts that can be trusted, packed anew. A reader's words must not be lost for a missing picture.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from lxml import etree

from reports.diagnostics.problems import Where
from reports.packages import (
    Archive,
    BrokenPartError,
    Limits,
    MarkReader,
    Nobody,
    plain_name,
    read_marks,
    read_outside,
)
from reports.writers.word.ooxml import pack
from reports.writers.word.reopen import Element

#: No report of ours has a tenth of this.
LIMITS = Limits(packed=100 * 2**20, unpacked=200 * 2**20, part=50 * 2**20, members=2000, marks=1_000_000)


class Package:
    """An open .docx. A part that is missing or broken counts as not there, save the main one."""

    def __init__(self, path: Path) -> None:
        """Raises ReportError where it is no Word file, or more than is read."""
        self.path = path
        self._archive = Archive(read_outside(path, LIMITS.packed), Where(str(path)), ".docx", LIMITS)
        self.lost: list[str] = []
        self.main = next(self.related("", "officeDocument"), "")
        if self.main and "wordprocessingml" not in self._archive.type_of(self.main):
            raise self._archive.refused("package/unreadable")

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

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

    def read(self, part: str, reader: MarkReader, *, needed: bool = False) -> bool:
        """Let *reader* read a part to its end; False where it is missing or breaks off.

        Raises ReportError instead where it is *needed*.
        """
        try:
            self._archive.read(part, reader)
        except KeyError as error:
            if needed:
                raise self._archive.refused("package/unreadable") from error
            return False
        except BrokenPartError as error:
            if needed:
                raise self._archive.refusal_of(error) from error
            self.lost.append(part)
            return False
        return True

    def trees(self, *kinds: str) -> tuple[Element, Mapping[str, tuple[Element, ...]]]:
        """The main part as python-docx opens it, and the parts it leads to by relationships of these *kinds*.

        Whatever cannot be trusted is not there. Raises ReportError where the whole cannot be opened.
        """
        import docx  # noqa: PLC0415 - a tenth of a second, for those who read a tree

        if self.main:
            self.read(self.main, Nobody(), needed=True)
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
            raise self._archive.refused("package/unreadable") from error
        return main.element, led_to

    def _whole(self) -> bytes:
        """The XML of the package without what is broken or declares a document type, and what leads elsewhere."""
        parts: dict[str, bytes] = {}
        for plain, member in self._archive.members.items():
            if self._archive.is_xml(plain):
                try:
                    parts[plain] = _checked(b"".join(self._archive.pieces(plain)), member.filename)
                except BrokenPartError:
                    self.lost.append(plain)
        kept = {name: _leading_somewhere(name, data, parts) for name, data in parts.items()}
        names = {
            plain: one.filename.replace("\\", "/").lstrip("/") for plain, one in self._archive.members.items()
        }
        return pack({names[plain]: data for plain, data in kept.items()})


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


def _checked(data: bytes, part: str) -> bytes:
    """XML that was read to its end, in the words that all but Strict files use. Raises BrokenPartError."""
    read_marks(iter((data,)), Nobody(), part, LIMITS.marks)
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
        if relation.get("TargetMode") != "External" and plain_name(target) not in parts:
            root.remove(relation)
    return etree.tostring(root)


def tree_of(data: bytes) -> Element:
    """The tree of a part: no document type, no entity, nothing fetched. Raises BrokenPartError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(_checked(data, ""), parser)
