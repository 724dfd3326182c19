"""What a written Word file says, read from its parts for the comparison with the tree it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.document.provenance import PROVENANCE
from reports.writers.word.ooxml import A, R, W, relations_of
from reports.writers.word.reopen import (
    CONTENTS_LINES,
    Element,
    WrittenFile,
    code_of,
    field_codes,
    get,
    letters,
    value,
)

#: Stands for a picture that is still missing.
PLACEHOLDER = "placeholder"


def captioned(number: str, text: str) -> str:
    """Return number and text of a caption, without what a profile puts between them."""
    return f"[{number}] {text.strip(_BETWEEN)}" if number else text


_BETWEEN = " .\N{IDEOGRAPHIC SPACE}"


def one_line_end(text: str) -> str:
    """Return *text* with line ends as XML keeps them."""
    return re.sub("\r\n?", "\n", text) if "\r" in text else text


def trimmed(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end, which fill up a short one."""
    while row and not row[-1]:
        row.pop()
    return row


# --- texts, tables, pictures ------------------------------------------------------------------------------


def paragraphs(package: WrittenFile) -> Iterator[str]:
    """Yield the text of every paragraph, captions with their number in brackets."""
    codes, placeholders = field_codes(package), package.in_style("figure placeholder")
    for paragraph in package.document.iter(f"{W}p"):
        text = letters(paragraph)
        if text and paragraph not in placeholders:
            match = re.search(r"SEQ (\S+)", codes.get(paragraph, ""))
            yield _caption(match[1], text) if match else text


def _caption(label: str, text: str) -> str:
    """[8-1] and the caption's own text."""
    rest = text.removeprefix(label).lstrip()
    number = re.match(r"(?:[\d.]+-)*\d+", rest)
    return captioned(number[0], rest[number.end() :]) if number else rest


def footnotes(package: WrittenFile) -> Iterator[str]:
    """Yield the text of every note."""
    for note in package.trees["word/footnotes.xml"]:
        if not get(note, "type"):
            yield letters(note).removeprefix(" ")


def tables(package: WrittenFile) -> Iterator[list[list[str]]]:
    """Yield the cells of every table of data."""
    for table in package.document.iter(f"{W}tbl"):
        if package.style_names.get(value(table, "tblPr/tblStyle")) == "report table":
            merges = (m for m in table.iter(f"{W}vMerge") if get(m, "val") == "continue")
            covered = {next(merge.iterancestors(f"{W}tc")) for merge in merges}
            yield [trimmed(_cells(row, covered)) for row in table.iterchildren(f"{W}tr")]


def _cells(row: Element, covered: set[Element]) -> list[str]:
    return [letters(cell) for cell in row.iterchildren(f"{W}tc") if cell not in covered]


def pictures(package: WrittenFile) -> Iterator[bytes | str]:
    """Yield the bytes of every picture."""
    place = relations_of("word/document.xml")
    targets = {r.get("Id"): r.get("Target") or "" for r in package.trees[place]}
    placeholders = package.in_style("figure placeholder")
    for element in package.document.iter(f"{W}p", f"{A}blip"):
        if element in placeholders:
            yield PLACEHOLDER
        elif element.tag == f"{A}blip":
            yield package.parts[f"word/{targets[element.get(f'{R}embed')]}"]


def facts(package: WrittenFile) -> Iterator[tuple[str, ...]]:
    """Yield the text in every fact's bookmark, and what the provenance part says was printed, and whence."""
    origins: dict[str, tuple[str, ...]] = {}
    for part, tree in package.trees.items():
        if part.startswith("customXml/") and tree.tag in PROVENANCE:
            for fact in tree:
                said: dict[str, str] = dict(fact.items())  # type: ignore[arg-type]  # stubs allow bytes
                start = package.bookmarks.get(said["bookmark"])
                text = "no bookmark" if start is None else _bookmarked(start)
                printed = one_line_end(said.get("shown", fact.text or ""))
                whence = origins[said["bookmark"]] = origins.get(said.get("like", "")) or tuple(
                    _origins(fact)
                )
                yield text, printed, *whence


def _origins(fact: Element) -> Iterator[str]:
    """What stands for a fact in the data, or the rule it was worked out by and what for all that it comes from."""
    yield " ".join(fact.get(name) or "" for name in ("rule", "report", "record", "field", "on"))
    for origin in fact:
        yield from (*_origins(origin), origin.text or "")


def _bookmarked(start: Element) -> str:
    """The text between the two ends of a bookmark."""
    id_, element = start.get(_ID), start.getnext()
    text = ""
    while element is not None and not (element.tag == _BOOKMARK_END and element.get(_ID) == id_):
        text += letters(element)
        element = element.getnext()
    return text


_BOOKMARK_END, _ID = f"{W}bookmarkEnd", f"{W}id"


def references(package: WrittenFile) -> list[str]:
    """Return what every reference shows; a field that would show something else after an update says so."""
    found = [
        letters(link)
        for link in package.find_all("hyperlink")
        if get(link, "anchor") and not _cites(link) and not _in_contents(package, link)
    ]
    codes = [(code, re.match(r"\s*REF (\S+)", code_of(code))) for code in package.find_all("instrText")]
    for code, match in codes:
        if match:
            result = _result(code)
            target = _bookmarked(package.bookmarks[match[1]]) if match[1] in package.bookmarks else "nothing"
            found.append(result if result == target else f"{result} (the field leads to {target})")
    return sorted(found)


def _in_contents(package: WrittenFile, link: Element) -> bool:
    return package.style_of(next(link.iterancestors(f"{W}p"))) in CONTENTS_LINES


def _result(code: Element) -> str:
    """The text a field shows: that of the runs between its separator and its end."""
    parts: list[str] = []
    run = next(code.iterancestors(f"{W}r"))
    for element in run.itersiblings():
        if value(element, "fldChar", "fldCharType") == "end":
            break
        parts.append(letters(element))
    return "".join(parts)


# --- comments, contents, citations ------------------------------------------------------------------------


def comments(package: WrittenFile) -> list[tuple[str, ...]]:
    """Return the words each comment is about, by whom, when, and what it says, sorted."""
    tree = package.trees.get("word/comments.xml")
    if tree is None:
        return []
    words = _commented(package.document)
    return sorted(
        (words.get(get(c, "id"), "no words"), get(c, "author"), get(c, "date"), letters(c)) for c in tree
    )


def _commented(document: Element) -> dict[str, str]:
    """The text between the two ends of every comment's range; ranges may lie in one another."""
    opened: set[str] = set()
    words: dict[str, str] = {}
    for element in document.iter(*(W + name for name in ("commentRangeStart", "commentRangeEnd", "r"))):
        if element.tag == f"{W}commentRangeStart":
            opened.add(get(element, "id"))
            words[get(element, "id")] = ""
        elif element.tag == f"{W}commentRangeEnd":
            opened.discard(get(element, "id"))
        else:
            words.update({id_: words[id_] + letters(element) for id_ in opened})
    return words


def contents(package: WrittenFile) -> Iterator[tuple[str, str, bool]]:
    """Yield what every line of a generated list says, its page, and whether it leads to a place of its words."""
    lines = set().union(*map(package.in_style, CONTENTS_LINES))
    if not lines:
        return
    codes = field_codes(package)
    for paragraph in package.document.iter(f"{W}p"):
        if paragraph in lines:
            paged = re.search(r"PAGEREF (\S+)", codes.get(paragraph, ""))
            text, _, page = letters(paragraph).rpartition("\t") if paged else (letters(paragraph), "", "")
            name = value(paragraph, "hyperlink", "anchor")
            led = _bookmarked(package.bookmarks[name]) if name in package.bookmarks else "nothing"
            yield text, page, led in text and (not paged or paged[1] == name)


def works(package: WrittenFile) -> Iterator[tuple[int, str]]:
    """Yield the cited works with the number Word gives each."""
    entries = package.in_style("bibliography")
    if not entries:
        return
    numbering = package.trees["word/numbering.xml"]
    starts = {
        get(n, "numId"): value(n, "lvlOverride/startOverride") for n in numbering.iterchildren(f"{W}num")
    }
    counted: dict[str, int] = {}
    for paragraph in package.document.iter(f"{W}p"):
        if paragraph in entries:
            num = value(paragraph, "pPr/numPr/numId")
            counted[num] = counted[num] + 1 if num in counted else int(starts.get(num) or 1)
            yield counted[num], letters(paragraph)


def citations(package: WrittenFile) -> list[tuple[str, str]]:
    """Return every cited number with the work it leads to, sorted."""
    links = [link for link in package.find_all("hyperlink") if _cites(link)]
    if not links:
        return []
    led = ((link, package.bookmarks.get(get(link, "anchor"))) for link in links)
    return sorted((letters(link), "nothing" if start is None else _bookmarked(start)) for link, start in led)


def _cites(link: Element) -> bool:
    return get(link, "anchor").startswith("_Cite_")


# --- chapter and cover ------------------------------------------------------------------------------------


def chapter(package: WrittenFile, number: int) -> int:
    """Return the number headings of level 1 begin with, 0 where that is left to Word; *number* where they have
    none."""
    heading = next((s for id_, s in package.styles.items() if package.style_names[id_] == "heading 1"), None)
    used = "" if heading is None else value(heading, "pPr/numPr/numId")
    starts = [
        int(value(override, "startOverride"))
        for num in package.trees["word/numbering.xml"].iterchildren(f"{W}num")
        for override in num.iterchildren(f"{W}lvlOverride")
        if get(num, "numId") == used and get(override, "ilvl") == "0"
    ]
    return next(iter(starts), 0) if used else number


def has_cover(package: WrittenFile) -> bool:
    """Return whether there is a cover: a section without page numbers, behind which pages count from 1."""
    first, *others = package.document.iter(f"{W}sectPr")
    bare = first.find(f"{W}footerReference") is None
    if not (bare and others and value(others[0], "pgNumType", "start") == "1"):
        return False
    return "_Cover" in package.bookmarks
