"""A written Word file, opened again: what its checks read."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from reports.writers.word.ooxml import W, unpack

Element = etree._Element  # noqa: SLF001 - lxml's type of an element has no public name

#: The styles of the lines of generated lists, in lower case.
CONTENTS_LINES = ("toc 1", "toc 2", "toc 3", "table of figures")
#: The styles whose paragraphs `WrittenFile.in_style` knows.
_LOOKED_FOR = frozenset((*CONTENTS_LINES, "figure placeholder", "bibliography"))
_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


class WrittenFile(Struct, frozen=True):
    """A Word file: its parts as bytes and, where they are XML, parsed; *styles* by id, *style_names* in lower
    case; *bookmarks*: where each begins, by name, in all stories; *by_style*: paragraphs of the main part by the
    name of their style."""

    parts: Mapping[str, bytes]
    trees: Mapping[str, Element]
    styles: Mapping[str, Element]
    style_names: Mapping[str, str]
    bookmarks: Mapping[str, Element]
    by_style: Mapping[str, set[Element]]

    @property
    def document(self) -> Element:
        """The main part."""
        return self.trees["word/document.xml"]

    @property
    def stories(self) -> dict[str, Element]:
        """The parts that hold paragraphs, by name."""
        return {name: tree for name, tree in self.trees.items() if _STORY.fullmatch(name)}

    def style_of(self, paragraph: Element) -> str:
        """Return the name of a paragraph's style, in lower case."""
        return self.style_names.get(value(paragraph, "pPr/pStyle"), "normal")

    def in_style(self, name: str) -> set[Element]:
        """Return the paragraphs of the main part in the style called *name*, one of those looked for."""
        return self.by_style[name]

    def find_all(self, *names: str) -> Iterator[Element]:
        """Yield the w: elements called so, in every part that holds paragraphs."""
        for tree in self.stories.values():
            yield from tree.iter(*(W + name for name in names))


def open_package(data: bytes) -> WrittenFile:
    """Return a .docx, opened; raises zipfile.BadZipFile or lxml's XMLSyntaxError when it cannot be."""
    parts = unpack(data)
    trees = {name: open_part(part, name) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    styles = {get(style, "styleId"): style for style in trees["word/styles.xml"].findall(f"{W}style")}
    names = {id_: value(style, "name").lower() for id_, style in styles.items()}
    stories = [tree for name, tree in trees.items() if _STORY.fullmatch(name)]
    starts = {get(start, "name"): start for tree in stories for start in tree.iter(f"{W}bookmarkStart")}
    return WrittenFile(parts, trees, styles, names, starts, _by_style(trees["word/document.xml"], names))


def open_part(part: bytes, name: str) -> Element:
    """Return the part called *name* as a tree; in one that holds paragraphs, `letters` can be read."""
    tree = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    if _STORY.fullmatch(name):
        _only_letters(tree)
    return tree


def _by_style(document: Element, names: Mapping[str, str]) -> dict[str, set[Element]]:
    """Much sooner found from the style up than by asking every paragraph."""
    found: dict[str, set[Element]] = {name: set() for name in _LOOKED_FOR}
    wanted = {id_: found[name] for id_, name in names.items() if name in _LOOKED_FOR}
    for style in document.iter(f"{W}pStyle"):
        paragraphs = wanted.get(get(style, "val"))
        if paragraphs is not None:
            paragraphs.add(next(style.iterancestors(f"{W}p")))
    return found


def _only_letters(tree: Element) -> None:
    """Leave what a reader sees as the only text in *tree*, so that `letters` finds it in one go: tabs and line ends
    get their letters (not tab stops among the properties of a paragraph, nor the end of a page), the code of a
    field becomes an attribute."""
    for element in tree.iter(_TAB, _BR):
        if not get(element, "val") and not get(element, "type"):
            element.text = "\t" if element.tag == _TAB else "\n"
    for code in tree.iter(f"{W}instrText"):
        code.set(_CODE, code.text or "")
        code.text = None


def get(element: Element, attribute: str) -> str:
    """Return a w: attribute, "" where there is none."""
    return element.get(W + attribute) or ""


def value(element: Element, path: str, attribute: str = "val") -> str:
    """Return a w: attribute of the element at *path* (w: names, / between), "" where there is none."""
    found = _first(element, _steps(path))
    return "" if found is None else get(found, attribute)


def _first(element: Element, steps: tuple[str, ...]) -> Element | None:
    """What `element.find` finds, at a third of its cost: every paragraph and cell is asked."""
    for child in element.iterchildren(steps[0]):
        found = _first(child, steps[1:]) if len(steps) > 1 else child
        if found is not None:
            return found
    return None


@functools.cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(W + step for step in path.split("/"))


def code_of(element: Element) -> str:
    """Return the field code in a w:instrText."""
    return element.get(_CODE) or ""


def field_codes(package: WrittenFile) -> dict[Element, str]:
    """Return the field codes of the main part by the paragraph they stand in."""
    codes: dict[Element, str] = {}
    for code in package.document.iter(f"{W}instrText"):
        paragraph = next(code.iterancestors(f"{W}p"))
        codes[paragraph] = codes.get(paragraph, "") + code_of(code)
    return codes


def letters(element: Element) -> str:
    """Return the text a reader sees in an *element* of an opened part: tabs and line ends too, field codes and page
    ends not."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


_TAB, _BR, _CODE = f"{W}tab", f"{W}br", "code"
