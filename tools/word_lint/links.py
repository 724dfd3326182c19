"""Rules on what leads from one place of a Word file to another: fields, links, bookmarks, notes, comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from reports.writers.word.ooxml import CUSTOM_XML_URI, W
from reports.writers.word.reopen import CONTENTS_LINES, WrittenFile, code_of, field_codes, get, letters, value

Findings = Iterator[str]


def bookmarks(package: WrittenFile) -> Findings:
    """A bookmark has one name of its own and two ends."""
    starts = list(package.find_all("bookmarkStart"))
    names = Counter(get(start, "name") for start in starts)
    yield from (f"the bookmark {name} exists {n} times" for name, n in names.items() if n > 1)
    ends = Counter(get(end, "id") for end in package.find_all("bookmarkEnd"))
    if Counter(get(start, "id") for start in starts) != ends or max(ends.values(), default=1) > 1:
        yield "a bookmark lacks its start or its end"


def fields(package: WrittenFile) -> Findings:
    """A field is opened and closed once, and never marked dirty, which prompts."""
    for name, tree in package.stories.items():
        depth, lowest = 0, 0
        for mark in tree.iter(f"{W}fldChar"):
            depth += {"begin": 1, "end": -1}.get(get(mark, "fldCharType"), 0)
            lowest = min(lowest, depth)
            if get(mark, "dirty"):
                yield f"{name} holds a dirty field, which prompts"
        if depth or lowest < 0:
            yield f"{name} holds a field without begin or end"


def references(package: WrittenFile) -> Findings:
    """A reference leads to a bookmark that exists."""
    names = {get(start, "name") for start in package.find_all("bookmarkStart")}
    for code in package.find_all("instrText"):
        match = re.match(r"\s*(REF|PAGEREF)\s+(\S+)", code_of(code))
        if match and match[2] not in names:
            yield f"{match[1]} leads nowhere: {match[2]}"
    for link in package.find_all("hyperlink"):
        if get(link, "anchor") and get(link, "anchor") not in names:
            yield f"a link leads nowhere: {get(link, 'anchor')}"


def field_codes_as_text(package: WrittenFile) -> Findings:
    """A field code that a reader sees is one that went wrong."""
    for text in package.find_all("t"):
        if re.match(r'\s*(REF|SEQ|PAGEREF|TOC|STYLEREF) [_\w"\\]', text.text or ""):
            yield f"a field code stands as text: {text.text}"


def empty_fields(package: WrittenFile) -> Findings:
    """A field shows something before it is updated, since not every program updates."""
    for tree in package.stories.values():
        code, shown, separated = "", "", False
        for element in tree.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
            kind = get(element, "fldCharType")
            if kind == "end":
                if separated and not shown.strip():
                    yield f"a field shows nothing: {code.strip()}"
                separated = False
            elif element.tag == f"{W}instrText":
                code, shown = code_of(element), ""
            elif kind == "separate":
                separated = True
            else:
                shown += element.text or ""


def comments(package: WrittenFile) -> Findings:
    """Every comment has its anchor and the words it is about, and every anchor its comment."""
    tree = package.trees.get("word/comments.xml")
    ids = [] if tree is None else sorted(get(comment, "id") for comment in tree)
    for name in ("commentReference", "commentRangeStart", "commentRangeEnd"):
        if ids != sorted(get(anchor, "id") for anchor in package.document.iter(W + name)):
            yield f"comments and their anchors do not match: {name}"


def contents(package: WrittenFile) -> Findings:
    """A list that says pages says them all, each that of the place its line leads to, and never turns back."""
    codes = field_codes(package)
    paged, last = False, 0
    for paragraph in package.document.iter(f"{W}p"):
        code = codes.get(paragraph, "")
        if " TOC " in code:
            paged, last = "\\n" not in code, 0
        if package.style_of(paragraph) not in CONTENTS_LINES:
            continue
        text, _, page = letters(paragraph).rpartition("\t")
        if paged != ("PAGEREF" in code):
            yield f"a line of contents {'lacks its' if paged else 'has a'} page: {text or page}"
        elif paged and (not page.isdecimal() or int(page) < last):
            yield f"the pages of the contents turn back: {text} {page}"
        elif paged and f"PAGEREF {value(paragraph, 'hyperlink', 'anchor')} " not in code:
            yield f"the page of a line is not that of the place it leads to: {text}"
        last = int(page) if page.isdecimal() else last


def citations(package: WrittenFile) -> Findings:
    """A citation leads to an entry of the list of works."""
    entries = package.in_style("bibliography")
    names = {get(start, "name") for entry in entries for start in entry.iter(f"{W}bookmarkStart")}
    for link in package.find_all("hyperlink"):
        name = get(link, "anchor")
        if name.startswith("_Cite_") and name not in names:
            yield f"a citation leads to no entry: {letters(link)}"


def data_bindings(package: WrittenFile) -> Findings:
    """A bound control names a data store that exists."""
    stores = {
        t.get(f"{{{CUSTOM_XML_URI}}}itemID") for name, t in package.trees.items() if "itemProps" in name
    }
    for binding in package.document.iter(f"{W}dataBinding"):
        if get(binding, "storeItemID") not in stores:
            yield f"a control is bound to an unknown store: {get(binding, 'storeItemID')}"


def footnotes(package: WrittenFile) -> Findings:
    """Every mark has its note and every note its mark."""
    notes = package.trees.get("word/footnotes.xml")
    kept = set() if notes is None else {get(note, "id") for note in notes if not get(note, "type")}
    if kept != {get(mark, "id") for mark in package.document.iter(f"{W}footnoteReference")}:
        yield "footnotes and their marks do not match"


#: The rules of this room.
RULES: tuple[Callable[[WrittenFile], Findings], ...] = (
    bookmarks,
    fields,
    empty_fields,
    references,
    field_codes_as_text,
    comments,
    contents,
    citations,
    data_bindings,
    footnotes,
)
