"""A written Word file, opened again: what its checks read."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from reports.writers.word_xml import W
from reports.writers.word_zip import unpack

Element = etree._Element  # noqa: SLF001 - lxml's type of an element has no public name

#: The styles of the lines of generated lists, in lower case.
CONTENTS_LINES = ("toc 1", "toc 2", "toc 3", "table of figures")
_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


class Package(Struct, frozen=True):
    """A Word file: its parts as bytes and, where they are XML, parsed; *styles* by id, *style_names* in lower
    case; *by_style*: the paragraphs of the main part by the name of their style."""

    parts: Mapping[str, bytes]
    trees: Mapping[str, Element]
    styles: Mapping[str, Element]
    style_names: Mapping[str, str]
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
        """Return the name of a paragraph's style, in lower case; *by_style*: the paragraphs of the main part by the name of their style."""
        return self.style_names.get(value(paragraph, "pPr/pStyle"), "normal")

    def in_style(self, name: str) -> set[Element]:
        """Return the paragraphs of the main part in the style called *name* (in lower case)."""
        return self.by_style.get(name, set())

    def find_all(self, *names: str) -> Iterator[Element]:
        """Yield the w: elements called so, in every part that holds paragraphs."""
        for tree in self.stories.values():
            yield from tree.iter(*(W + name for name in names))


def open_package(data: bytes) -> Package:
    """Return a .docx, opened; raises zipfile.BadZipFile or lxml's XMLSyntaxError when it cannot be."""
    parts = unpack(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    trees = {
        name: etree.fromstring(part, parser)
        for name, part in parts.items()
        if name.endswith((".xml", ".rels"))
    }
    styles = {get(style, "styleId"): style for style in trees["word/styles.xml"].findall(f"{W}style")}
    names = {id_: value(style, "name").lower() for id_, style in styles.items()}
    for name, tree in trees.items():
        if _STORY.fullmatch(name):
            _spell_out(tree)
    return Package(parts, trees, styles, names, _by_style(trees["word/document.xml"], names))


def _by_style(document: Element, names: Mapping[str, str]) -> dict[str, set[Element]]:
    """Much sooner found from the style up than by asking every paragraph."""
    found: dict[str, set[Element]] = {}
    for style in document.iter(f"{W}pStyle"):
        name = names.get(get(style, "val"))
        if name is not None:
            found.setdefault(name, set()).add(next(style.iterancestors(f"{W}p")))
    return found


def _spell_out(tree: Element) -> None:
    """Give tabs and line ends their letters, so that `letters` finds them in one go; not to tab stops among the
    properties of a paragraph, nor to the end of a page."""
    for element in tree.iter(_TAB, _BR):
        if not get(element, "val") and not get(element, "type"):
            element.text = "\t" if element.tag == _TAB else "\n"


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


def field_codes(package: Package) -> dict[Element, str]:
    """Return the field codes of the main part by the paragraph they stand in."""
    codes: dict[Element, str] = {}
    for code in package.document.iter(f"{W}instrText"):
        paragraph = next(code.iterancestors(f"{W}p"))
        codes[paragraph] = codes.get(paragraph, "") + (code.text or "")
    return codes


def letters(element: Element) -> str:
    """Return the text a reader sees in *element*: tabs and line ends too, field codes and page ends not."""
    return "".join(map(str, element.itertext(_T, _TAB, _BR, with_tail=False)))


_T, _TAB, _BR = f"{W}t", f"{W}tab", f"{W}br"
