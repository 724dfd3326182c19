"""The gate for Word files from outside: what is no file of Word, or more than a person wrote, is refused in words.

`trace`, `review` and `verify` all read through it, so each is asked here.
"""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reports.diagnostics.problems import ReportError
from reports.pipeline.read import Folders
from reports.review.reader import review
from reports.review.trace import facts_of
from reports.review.verification import verify
from tests.support.bounded import peak_of
from tests.support.word_files import W, f, p, word_file

BODY = p(f(1, "Yearly meeting"))
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "ha">]>'
DOCUMENT = f'<w:document xmlns:w="{W}"><w:body>{BODY}</w:body></w:document>'


def by_verify(path: Path) -> object:
    folder = path.parent
    return verify(path, Folders(folder, folder, folder), "en", date(2026, 1, 1))


READERS: tuple[Callable[[Path], object], ...] = (facts_of, review, by_verify)


def refusal(path: Path, read: Callable[[Path], object]) -> str:
    with pytest.raises(ReportError) as error:
        read(path)
    return error.value.problems[0].code


def rezipped(path: Path, **change: object) -> Path:
    """The same package, each entry with these attributes."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", **change) as new:  # type: ignore[call-overload]
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def encrypted(path: Path) -> Path:
    """Every entry says that it is encrypted."""
    data = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(sign)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(sign, at + 4)
    path.write_bytes(data)
    return path


def unknown_compression(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 10 : at + 12] = struct.pack("<H", 99)
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    return path


def broken_deflate(path: Path) -> Path:
    """The packed bytes of every part are others."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            begin = info.header_offset + 30 + len(info.filename)
            data[begin : begin + info.compress_size] = b"\xff" * info.compress_size
    path.write_bytes(data)
    return path


def twice(path: Path) -> Path:
    """The document stands in it a second time, in other letters."""
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("Word/Document.xml", DOCUMENT.replace("Yearly", "Monthly"))
    return path


def of_parts(**parts: str | bytes) -> Callable[[Path], Path]:
    """A file with these parts; __ in a name is /, _ a dot."""
    named = {name.replace("__", "/").replace("_", "."): data for name, data in parts.items()}
    return lambda path: word_file(path, BODY, parts=named)


def untyped(path: Path) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if "Content_Types" not in name}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def sheet(path: Path) -> Path:
    """A package of another program under the name of one of Word."""
    from openpyxl import Workbook  # noqa: PLC0415

    Workbook().save(path)
    return path


def in_bin(path: Path) -> Path:
    """The main part is called .bin, and declares a document type behind 20 kB of blanks."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != "word/document.xml"}
    named = {name: data.replace(b"word/document.xml", b"word/document.bin") for name, data in parts.items()}
    named["word/document.bin"] = f"<?xml version='1.0'?>{' ' * 20_000}{DOCTYPE}{DOCUMENT}".encode()
    named["word/_rels/document.bin.rels"] = named.pop("word/_rels/document.xml.rels")
    with zipfile.ZipFile(path, "w") as new:
        for name, data in named.items():
            new.writestr(name, data)
    return path


MACROS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
    ' ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)

REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "encrypted": (encrypted, "package/broken-part"),
    "unknown compression": (unknown_compression, "package/broken-part"),
    "rare compression": (lambda path: rezipped(path, compression=zipfile.ZIP_LZMA), "package/broken-part"),
    "broken deflate": (broken_deflate, "package/broken-part"),
    "a part twice": (twice, "package/part-twice"),
    "macros": (of_parts(word__vbaProject_bin=b"x"), "package/macros"),
    "a type with macros": (lambda path: word_file(path, BODY, parts={"[Content_Types].xml": MACROS}), "package/macros"),
    "no types": (untyped, "package/no-types"),
    "types of another form": (
        lambda path: word_file(path, BODY, parts={"[Content_Types].xml": "<nothing/>"}), "package/unreadable"),
    "3,000 parts": (lambda path: word_file(path, BODY, parts={f"x{n}.png": b"" for n in range(3000)}), "package/too-many-parts"),
    "100,000 parts": (lambda path: word_file(path, BODY, parts={f"{n}": b"" for n in range(100_000)}), "package/too-many-parts"),
    "a sheet": (sheet, "package/unreadable"),
    "document type": (of_parts(word__document_xml=DOCTYPE + DOCUMENT), "package/doctype"),
    "document type behind blanks": (
        of_parts(word__document_xml=f"<?xml version='1.0'?>{' ' * 20_000}{DOCTYPE}{DOCUMENT}"), "package/doctype"),
    "document type in UTF-16": (of_parts(word__document_xml=(DOCTYPE + DOCUMENT).encode("utf-16")), "package/doctype"),
    "document type in .bin": (in_bin, "package/doctype"),
    "document type in the types": (
        lambda path: word_file(path, BODY, parts={"[Content_Types].xml": f"{DOCTYPE}<x/>"}), "package/doctype"),
    "a million marks": (of_parts(word__document_xml="<x>" + "<a/>" * 1_100_000 + "</x>"), "package/too-many-marks"),
    "a part too large": (of_parts(word__document_xml="<x>" + " " * (51 * 2**20) + "</x>"), "package/part-too-large"),
    "a bomb": (of_parts(media__a_png=b"\0" * (201 * 2**20)), "package/unpacks-too-large"),
}  # fmt: skip


@pytest.mark.parametrize("read", READERS, ids=["trace", "review", "verify"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_nobody_writes_is_refused_by_every_reader_in_the_same_words(
    tmp_path: Path, name: str, read: Callable[[Path], object]
) -> None:
    make, code = REFUSED[name]
    path = make(word_file(tmp_path / "x.docx", BODY))
    assert refusal(path, read) == code


@pytest.mark.posix
@pytest.mark.parametrize("read", READERS, ids=["trace", "review", "verify"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_before_it_is_waited_for(tmp_path: Path, read: Callable[[Path], object]) -> None:
    os.mkfifo(tmp_path / "x.docx")
    assert refusal(tmp_path / "x.docx", read) == "file/no-file"
    assert refusal(tmp_path, read) == "file/no-file"


def test_a_part_of_another_kind_cannot_bring_a_document_type_to_python_docx(tmp_path: Path) -> None:
    """Footnotes that call themselves a picture: read as footnotes all the same, so looked at as such."""
    types = zipfile.ZipFile(word_file(tmp_path / "y.docx", BODY)).read("[Content_Types].xml").decode()
    types = types.replace(
        "</Types>", '<Override PartName="/word/footnotes.xml" ContentType="image/png"/></Types>'
    )
    notes = f'{DOCTYPE}<w:footnotes xmlns:w="{W}"/>'
    path = word_file(
        tmp_path / "x.docx",
        BODY,
        notes="x",
        parts={"[Content_Types].xml": types, "word/footnotes.xml": notes},
    )
    assert [fact.shown for fact in facts_of(path)] == ["Yearly meeting"]


@pytest.mark.parametrize("name", ["a bomb", "a million marks", "a part too large", "100,000 parts"])
def test_what_is_refused_takes_little_time_and_memory(tmp_path: Path, name: str) -> None:
    """In a process of its own; a gigabyte of memory and a minute are ten times what it takes."""
    path = REFUSED[name][0](tmp_path / "x.docx")
    seconds, megabytes = peak_of("reports.review.trace", "facts_of", path)
    assert (seconds < 60, megabytes < 500) == (True, True), (seconds, megabytes)


FACT = '<w:bookmarkStart w:id="{0}" w:name="_f_{1}"/><w:ins w:author="{0}"><w:r><w:t>x</w:t></w:r></w:ins>'


@pytest.mark.parametrize(
    "body",
    [
        p((FACT.format(1, 1) + '<w:bookmarkEnd w:id="1"/>') * 180_000),
        "".join(p(FACT.format(n, n + 1)) for n in range(160_000)),
    ],
    ids=["one paragraph", "facts without end"],
)
def test_the_largest_files_that_are_read_fit_into_memory(tmp_path: Path, body: str) -> None:
    """As many facts as a part may have marks."""
    path = word_file(tmp_path / "x.docx", body)
    for module, read in (("reports.review.trace", "facts_of"), ("reports.review.reader", "review")):
        seconds, megabytes = peak_of(module, read, path)
        assert (seconds < 120, megabytes < 1500) == (True, True), (seconds, megabytes)
