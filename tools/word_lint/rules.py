"""What would make Word repair a file, ask its reader a question, or show it wrongly.

The schema is the business of openxml-audit; these rules find what no schema says. Each is a function from a
package to its findings.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import cast

from lxml import etree

from reports.writers.word.inlines import is_chinese
from reports.writers.word.ooxml import CONTENT_TYPES, R_URI, TYPE, WP, W, relations_of
from reports.writers.word.reopen import Element, WrittenFile, field_codes, get, letters, open_package, value
from tools.word_lint.links import RULES as LINK_RULES

Findings = Iterator[str]


def lint(data: bytes) -> list[str]:
    """Return the findings in a .docx, a sentence each; raises zipfile.BadZipFile or lxml's XMLSyntaxError
    when it cannot be opened at all."""
    package = open_package(data)
    return [*double_entries(data), *(finding for rule in RULES for finding in rule(package))]


# --- package ----------------------------------------------------------------------------------------------


def double_entries(data: bytes) -> Findings:
    """A zip can hold a name twice; readers differ in which one they take."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = Counter(archive.namelist())
    yield from (f"the zip holds {name} {n} times" for name, n in names.items() if n > 1)


def content_types(package: WrittenFile) -> Findings:
    """Word refuses a file with a part of unknown or wrong type."""
    types = package.trees[CONTENT_TYPES]
    by_part = {e.get("PartName"): e.get("ContentType") for e in types}
    by_extension = {(e.get("Extension") or "").lower(): e.get("ContentType") for e in types}
    for name in package.parts:
        found = by_part.get(f"/{name}") or by_extension.get(name.rpartition(".")[2].lower())
        kind = re.sub(r"\d*\.xml$", "", name.rpartition("/")[2]) if name.startswith("word/") else ""
        wanted = TYPE.get({"fontTable": "fonts"}.get(kind, kind))
        if name != CONTENT_TYPES and not found:
            yield f"{name} has no content type"
        elif wanted and name.endswith(".xml") and found != wanted:
            yield f"{name} has a wrong content type: {found}"


def relations(package: WrittenFile) -> Findings:
    """Nothing outside the file may be loaded; a link may only lead to the web or to mail."""
    for name, tree in package.trees.items():
        for relation in tree if name.endswith(".rels") else ():
            target, kind = relation.get("Target") or "", (relation.get("Type") or "").rpartition("/")[2]
            safe = kind == "hyperlink" and target.startswith(("http://", "https://", "mailto:"))
            if relation.get("TargetMode") == "External" and not safe:
                yield f"{name} leads outside: {kind} {target}"


def relation_ids(package: WrittenFile) -> Findings:
    """Every picture and link in a text must have its relationship."""
    for name, tree in package.stories.items():
        place = relations_of(name)
        known = {r.get("Id") for r in package.trees[place]} if place in package.trees else set()
        used = set(cast("list[str]", _RELATION_IDS(tree)))
        for missing in sorted(used - known, key=str):
            yield f"{name} uses the unknown relationship {missing}"


_RELATION_IDS = etree.XPath("//@r:id | //@r:embed | //@r:link", namespaces={"r": R_URI})


def settings(package: WrittenFile) -> Findings:
    """UpdateFields asks every reader a question on opening."""
    if package.trees["word/settings.xml"].find(f"{W}updateFields") is not None:
        yield "the settings hold updateFields, which prompts"


def core_dates(package: WrittenFile) -> Findings:
    """Word repairs a file whose dates are not in the one form it knows."""
    for element in package.trees["docProps/core.xml"]:
        local, text = etree.QName(element).localname, element.text or ""
        if local in {"created", "modified"} and not _STAMP.fullmatch(text):
            yield f"the core property {local} is no date: {text}"


_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


# --- pictures ---------------------------------------------------------------------------------------------


def picture_ids(package: WrittenFile) -> Findings:
    """Picture ids are unique over text, headers and footers."""
    ids = Counter(e.get("id") for tree in package.stories.values() for e in tree.iter(f"{WP}docPr"))
    yield from (f"the picture id {number} is used {n} times" for number, n in ids.items() if n > 1)


def alternative_texts(package: WrittenFile) -> Findings:
    """Who cannot see a picture is told what it shows."""
    for tree in package.stories.values():
        for picture in tree.iter(f"{WP}docPr"):
            if not (picture.get("descr") or "").strip():
                yield f"{picture.get('name')} has no alternative text"


def clipped_pictures(package: WrittenFile) -> Findings:
    """Word cuts a picture in exact line spacing down to one line (LibreOffice shows it whole)."""
    for picture in package.document.iter(f"{WP}inline"):
        paragraph = next(picture.iterancestors(f"{W}p"))
        if _line_rule(paragraph, package.styles) == "exact":
            yield "a picture stands in exact line spacing"


def _line_rule(paragraph: Element, styles: Mapping[str, Element]) -> str:
    found = value(paragraph, "pPr/spacing", "lineRule")
    style = styles.get(value(paragraph, "pPr/pStyle"))
    while not found and style is not None:
        found = value(style, "pPr/spacing", "lineRule")
        style = styles.get(value(style, "basedOn"))
    return found


# --- tables -----------------------------------------------------------------------------------------------


def cell_ends(package: WrittenFile) -> Findings:
    """Word repairs a cell that does not end with a paragraph."""
    for cell in package.find_all("tc"):
        if cell[-1].tag not in (f"{W}p", f"{W}sdt"):
            yield "a table cell does not end with a paragraph"


def grid_columns(package: WrittenFile) -> Findings:
    """Every row fills the columns of its table."""
    for table in package.find_all("tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [int(value(cell, "tcPr/gridSpan") or 1) for cell in row.findall(f"{W}tc")]
            if sum(spans) != columns:
                yield f"a row fills {sum(spans)} of {columns} columns"
                break


def body_end(package: WrittenFile) -> Findings:
    """A table at the very end needs a paragraph behind it."""
    body = package.document[0]
    if len(body) > 1 and body[-2].tag == f"{W}tbl":
        yield "the text ends with a table"


def page_edges(package: WrittenFile) -> Findings:
    """Where odd and even pages differ, no side is left without what the other has."""
    if package.trees["word/settings.xml"].find(f"{W}evenAndOddHeaders") is None:
        return
    relations = {r.get("Id"): r.get("Target") for r in package.trees[relations_of("word/document.xml")]}
    for section in package.document.iter(f"{W}sectPr"):
        for kind in ("header", "footer"):
            there = section.findall(f"{W}{kind}Reference")
            edges = {get(e, "type"): package.trees[f"word/{relations[e.get(_ID)]}"] for e in there}
            odd, even = (side in edges and bool(letters(edges[side]).strip()) for side in ("default", "even"))
            if odd != even:
                yield f"the {kind} of {'odd' if even else 'even'} pages is empty"


_ID = f"{{{R_URI}}}id"


# --- letters ----------------------------------------------------------------------------------------------


def numberings(package: WrittenFile) -> Findings:
    """A list uses a numbering that exists; 0 means none."""
    tree = package.trees.get("word/numbering.xml")
    known = {"0"} | ({get(num, "numId") for num in tree.findall(f"{W}num")} if tree is not None else set())
    for root in (*package.stories.values(), package.trees["word/styles.xml"]):
        for properties in root.iter(f"{W}numPr"):
            if (number := value(properties, "numId")) and number not in known:
                yield f"the numbering {number} does not exist"


def sizes(package: WrittenFile) -> Findings:
    """Letter sizes are whole half points."""
    for root in (*package.stories.values(), package.trees["word/styles.xml"]):
        for size in root.iter(f"{W}sz", f"{W}szCs"):
            if not get(size, "val").isdecimal():
                yield f"a letter size is no whole number of half points: {get(size, 'val')}"


def fonts(package: WrittenFile) -> Findings:
    """A font outside the template's font table has no stand-in where it is missing."""
    table = package.trees["word/fontTable.xml"]
    known = {get(font, "name") for font in table} | {"Symbol", "Wingdings", "Courier New"}
    used: set[str] = set()
    roots = (
        package.trees[name] for name in ("word/styles.xml", "word/numbering.xml") if name in package.trees
    )
    for root in (*package.stories.values(), *roots):
        for element in root.iter(f"{W}rFonts"):
            used |= {get(element, script) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    yield from (f"the font {name} is not in the font table" for name in sorted(used - known - {""}))


_NEEDS_HINT = re.compile("[“”‘’—…]")
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")


def hints(package: WrittenFile) -> Findings:
    """Without a hint Word takes Chinese quotation marks and dashes from the Latin font, half as wide."""
    for paragraph in package.find_all("p"):
        text = letters(paragraph)
        if not _NEEDS_HINT.search(text) or len(_HAN.findall(text)) <= len(_LATIN.findall(text)):
            continue
        for run in paragraph.iter(f"{W}r"):
            said = letters(run)
            if (
                _NEEDS_HINT.search(said)
                and is_chinese(said)
                and value(run, "rPr/rFonts", "hint") != "eastAsia"
            ):
                yield f"a run of Chinese text lacks its hint: {said}"


def captions(package: WrittenFile) -> Findings:
    """A caption counts by itself, and what is shown is what Word will count."""
    counters: Counter[str] = Counter()
    codes = field_codes(package)
    for paragraph in package.document.iter(f"{W}p"):
        match = re.search(r"SEQ (\S+)(?:.*\\r (\d+))?", codes.get(paragraph, ""))
        if match:
            counters[match[1]] = int(match[2]) if match[2] else counters[match[1]] + 1
            if not re.match(rf"{match[1]}.*?{counters[match[1]]}(?!\d)", letters(paragraph)):
                yield f"a caption shows another number than it counts: {letters(paragraph)}"
        elif package.style_of(paragraph) in {"caption", "table caption"}:
            yield f"a caption does not count: {letters(paragraph)}"


def leftovers(package: WrittenFile) -> Findings:
    """Marks of reviewers and authors do not go to leaders."""
    for text in package.find_all("t"):
        match = _LEFTOVER.search(text.text or "")
        if match:
            yield f"{match[0]} was left in the text: {text.text}"


_LEFTOVER = re.compile(r"[【】]|\bTO" + r"DO\b")  # in two, so that no search for open work finds this line


#: All rules, each one tested by a document with that one defect.
RULES: tuple[Callable[[WrittenFile], Findings], ...] = (
    content_types,
    relations,
    relation_ids,
    settings,
    core_dates,
    picture_ids,
    alternative_texts,
    clipped_pictures,
    *LINK_RULES,
    page_edges,
    cell_ends,
    grid_columns,
    body_end,
    numberings,
    sizes,
    fonts,
    hints,
    captions,
    leftovers,
)
