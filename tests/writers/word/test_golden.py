"""Golden Word files: the parts we write, as XML a person can read; `make golden` writes them anew."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from reports.document.nodes import Contents, Document
from reports.document.numbering import with_pages
from reports.document.profiles import PROFILES
from reports.writers.word.ooxml import W, unpack
from tests.support.word_reports import in_word, report
from tests.support.word_sample import every_node, written

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "word"
PARTS = (
    "word/document.xml",
    "word/comments.xml",
    "word/footnotes.xml",
    "word/numbering.xml",
    "customXml/item1.xml",
)


def _paged_chapter() -> bytes:
    """The chapter with pages in its contents: made up ones, since a layout differs from machine to machine."""
    document: Document = report("chapter", "zh")
    anchors = [e.anchor for b in document.blocks if isinstance(b, Contents) for e in b.entries]
    pages = {anchor: 1 + n // 4 for n, anchor in enumerate(dict.fromkeys(anchors))}
    return in_word(with_pages(document, pages), PROFILES["chapter", "zh"])


SAMPLES: dict[str, Callable[[], bytes]] = {
    "every-node.zh": lambda: written(every_node("zh")),
    "chapter.zh": _paged_chapter,
}


def readable(part: bytes) -> str:
    """A part, an element a line; of the numbering what the writer adds to that of the template."""
    root = etree.fromstring(part)
    for abstract in root.findall(f"{W}abstractNum"):
        root.remove(abstract)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_parts_are_as_the_golden_files_say(sample: str, update_golden: bool) -> None:
    """A change of the writer shows as a change of XML, to be read before it is committed."""
    made = unpack(SAMPLES[sample]())
    parts = {name: readable(made[name]) for name in PARTS if name in made}
    folder = GOLDEN / sample
    if update_golden:
        for name, text in parts.items():
            path = folder / Path(name).name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return
    assert {path.name for path in folder.iterdir()} == {Path(name).name for name in parts}
    for name, text in parts.items():
        golden = (folder / Path(name).name).read_text(encoding="utf-8")
        changes = difflib.unified_diff(
            golden.splitlines(), text.splitlines(), "golden", name, n=4, lineterm=""
        )
        assert golden == text, "\n".join(list(changes)[:80])
