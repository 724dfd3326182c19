"""The package around a written body: footnotes, numbering, pictures, provenance, properties."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.nodes import FactSource, plain
from reports.document.provenance import NAMESPACE, bookmark_of
from reports.writers.word.ooxml import (
    APP_URI,
    CONTENT_TYPES,
    CONTENT_TYPES_URI,
    CORE_URI,
    CUSTOM_URI,
    CUSTOM_XML_URI,
    HEAD,
    R_URI,
    REL,
    RELATIONSHIPS_URI,
    TYPE,
    W_URI,
    W,
    attribute,
    escape,
    pack,
    relations_of,
)
from reports.writers.word.state import Relations, WriterState
from reports.writers.word.template import Template

_STORE = "{5B0E6C1D-3A7F-4D52-9C64-7E1F0A2B8D93}"  # names our part for Word; any fixed value does


class Properties(Struct, frozen=True):
    """What the file says about itself. *date* is the day of the report, which is all a file of it may know
    of time; *report*, *period* and *generator* name how it was made. *draft* is a word (草稿, Draft) that stands
    above every page, "" when the report is none."""

    title: str
    author: str
    date: dt.date
    report: str
    period: str
    generator: str
    subject: str = ""
    draft: str = ""

    def texts(self) -> tuple[str, ...]:
        """Return all texts, which must be legal in XML."""
        return (self.title, self.author, self.report, self.period, self.generator, self.subject, self.draft)


def assemble(work: WriterState, document: str, facts: str, properties: Properties) -> bytes:
    """Return the .docx: the template's parts, with ours put in or added.

    *document* is the main part, *facts* the part `provenance` made.
    """
    parts = {**work.template.parts, **work.pages.parts}
    parts["word/document.xml"] = (HEAD + document).encode()
    parts["word/footnotes.xml"] = _inserted(work.template, "footnotes", "</w:footnotes>", work.footnotes)
    parts["word/numbering.xml"] = _with_nums(work)
    parts |= {f"word/{name}": data for data, name in work.media.items()}
    _add_comments(parts, work)
    _add_provenance(parts, work, facts)
    for story, relations in work.relations.items():
        _relate(parts, f"word/{story}.xml", relations)
    _add_properties(parts, work, properties)
    parts[CONTENT_TYPES] = _content_types(parts[CONTENT_TYPES], parts)
    return pack(parts)


# --- parts the template has -------------------------------------------------------------------------------


def _inserted(template: Template, part: str, before: str, added: list[str]) -> bytes:
    """The template's part with *added* put in before the last *before*.

    As text: moving parsed elements from one tree into another takes ever longer the more there are.
    """
    data = template.parts[f"word/{part}.xml"]
    if not added:
        return data
    head, mark, tail = data.decode("utf-8").rpartition(before)
    if not mark:
        raise ReportError(Problem(Where(template.name), "word/template", {"detail": f"{part}: {before}"}))
    return (head + "".join(added) + mark + tail).encode()


def _with_nums(work: WriterState) -> bytes:
    """Ours follow the template's own w:num, for all w:abstractNum must stand before."""
    last = (
        "<w:numIdMacAtCleanup" if b"<w:numIdMacAtCleanup" in work.template.parts["word/numbering.xml"] else ""
    )
    data = _inserted(work.template, "numbering", last or "</w:numbering>", work.nums)
    return _from_chapter(data, work) if work.document.chapter else data


def _from_chapter(data: bytes, work: WriterState) -> bytes:
    """The numbering of headings counts level 1 from the chapter's number on."""
    numbering = work.template.numberings.get(work.template.style("heading 1"))
    if numbering is None:
        return data
    root = etree.fromstring(data)
    num = next(n for n in root.findall(f"{W}num") if n.get(f"{W}numId") == str(numbering.num))
    for override in num.findall(f"{W}lvlOverride"):
        if override.get(f"{W}ilvl") == "0":
            num.remove(override)
    start = etree.fromstring(
        f'<w:lvlOverride xmlns:w="{W_URI}" w:ilvl="0"><w:startOverride w:val="{work.document.chapter}"/></w:lvlOverride>'
    )
    num.insert(1, start)
    return HEAD.encode() + etree.tostring(root)


def _relate(parts: dict[str, bytes], part: str, relations: Relations) -> None:
    """Add *relations* to those a part has."""
    if relations.rows:
        place = relations_of(part)
        parts[place] = _extended(parts.get(place) or _NO_RELATIONS, relations.xml())


_NO_RELATIONS = f'<Relationships xmlns="{RELATIONSHIPS_URI}"/>'.encode()


def _content_types(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The template's types without those of parts left behind, and ours."""
    root = etree.fromstring(data)
    for element in list(root):
        name, extension = element.get("PartName"), element.get("Extension")
        if (extension or "").lower() in _EXTENSIONS or (name or "/")[1:] in _PARTS or _gone(name, parts):
            root.remove(element)
    defaults = "".join(
        f'<Default xmlns="{CONTENT_TYPES_URI}" Extension="{extension}" ContentType="{TYPE[extension]}"/>'
        for extension in _EXTENSIONS
    )
    ours = {name: kind for name, kind in _PARTS.items() if name in parts}
    known = {element.get("PartName") for element in root}
    ours |= {name: "header" for name in parts if _HEADER.fullmatch(name) and f"/{name}" not in known}
    overrides = "".join(
        f'<Override xmlns="{CONTENT_TYPES_URI}" PartName="/{name}" ContentType="{TYPE[kind]}"/>'
        for name, kind in ours.items()
    )
    return _extended(etree.tostring(root), defaults + overrides)


_EXTENSIONS = ("rels", "xml", "png", "svg")
_PARTS = {
    "word/document.xml": "document",
    "customXml/itemProps1.xml": "customXmlProps",
    "word/comments.xml": "comments",
    "docProps/core.xml": "core",
    "docProps/app.xml": "app",
    "docProps/custom.xml": "custom",
}
_HEADER = re.compile(r"word/header\d+\.xml")


def _gone(name: str | None, parts: Mapping[str, bytes]) -> bool:
    return name is not None and name[1:] not in parts


def _extended(data: bytes, added: str) -> bytes:
    """The root element of *data* with the elements in *added* at its end."""
    root = etree.fromstring(data)
    root.extend(list(etree.fromstring(f"<added>{added}</added>")))
    etree.cleanup_namespaces(root)
    return HEAD.encode() + etree.tostring(root)


# --- parts of ours ----------------------------------------------------------------------------------------


def _add_comments(parts: dict[str, bytes], work: WriterState) -> None:
    """Comments have a part of their own, in a report that has any."""
    if not work.comments:
        return
    work.body.add("comments", "comments.xml")
    inner = "".join(work.comments)
    parts["word/comments.xml"] = (
        f'{HEAD}<w:comments xmlns:w="{W_URI}" xmlns:r="{R_URI}">{inner}</w:comments>'.encode()
    )


def _add_provenance(parts: dict[str, bytes], work: WriterState, facts: str) -> None:
    work.body.add("customXml", "../customXml/item1.xml")
    parts["customXml/item1.xml"] = (HEAD + facts).encode()
    parts["customXml/itemProps1.xml"] = (
        f'{HEAD}<ds:datastoreItem xmlns:ds="{CUSTOM_XML_URI}" ds:itemID="{_STORE}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    props = Relations("rId")
    props.add("customXmlProps", "itemProps1.xml")
    parts[relations_of("customXml/item1.xml")] = _extended(_NO_RELATIONS, props.xml())


def provenance(work: WriterState, properties: Properties) -> str:
    """Return the part that names record and field for the bookmark of every shown fact, and what was printed there
    where that is not the value as written: so a file that comes back tells what was changed in it. It says nothing
    of files and lines, which move while the facts stay the same."""
    about = _attributes(report=properties.report, period=properties.period)
    return f'<provenance xmlns="{NAMESPACE}"{about}>{"".join(_facts(work))}</provenance>'


def _facts(work: WriterState) -> Iterator[str]:
    """An element for each shown fact; of what was worked out and is shown again, the first one tells all."""
    known = {fact.source: work.document.sources[fact.source] for fact in work.facts}
    told = {source: (_place(one), one.value, escape(one.value)) for source, one in known.items()}
    first: dict[int, str] = {}
    for n, fact in enumerate(work.facts, 1):
        (place, value, escaped), source, name = told[fact.source], known[fact.source], bookmark_of(n)
        printed = plain(fact.content)
        shown = "" if printed == value else f' shown="{attribute(printed)}"'
        inner = escaped
        if source.rule:
            same = first.setdefault(fact.source, name)
            place += "" if same == name else _attributes(like=same)
            inner += "" if same != name else "".join(map(_origin, source.of))
        yield f'<fact bookmark="{name}"{place}{shown}>{inner}</fact>'


def _origin(source: FactSource) -> str:
    inner = "".join(map(_origin, source.of))
    return f"<of{_place(source)}>{escape(source.value)}{inner}</of>"


def _place(source: FactSource) -> str:
    """The attributes that lead to where a fact stands, or say how it was worked out."""
    if source.rule:
        return _attributes(rule=source.rule)
    name = "report" if source.report else "record"
    day = {"on": source.on} if source.on else {}
    return _attributes(**{name: source.record}, field=source.field, **day)


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{attribute(value)}"' for name, value in values.items())


def _add_properties(parts: dict[str, bytes], work: WriterState, properties: Properties) -> None:
    parts["docProps/core.xml"] = (HEAD + _core(work, properties)).encode()
    parts["docProps/custom.xml"] = (HEAD + _custom(properties)).encode()
    parts["docProps/app.xml"] = (
        f'{HEAD}<Properties xmlns="{APP_URI}"><Application>{escape(properties.generator)}</Application>'
        "</Properties>"
    ).encode()
    root = etree.fromstring(parts["_rels/.rels"])
    for element in list(root):
        if element.get("Type") != REL["document"]:
            root.remove(element)
    ours = Relations("report")
    for kind in ("core", "app", "custom"):
        ours.add(kind, f"docProps/{kind}.xml")
    parts["_rels/.rels"] = _extended(etree.tostring(root), ours.xml())


_LANGUAGES = {"zh": "zh-CN", "zh-Hant": "zh-TW", "en": "en-GB"}


def _core(work: WriterState, properties: Properties) -> str:
    stamp = f"{properties.date.isoformat()}T00:00:00Z"  # Word repairs any other form of date
    texts = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "dc:language": _LANGUAGES[work.document.lang],
        "cp:lastModifiedBy": properties.author,
    }
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items() if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{CORE_URI}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{inner}{dates}</cp:coreProperties>"
    )


def _custom(properties: Properties) -> str:
    values = {"Report": properties.report, "Period": properties.period, "Generator": properties.generator}
    inner = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{name}">'
        f'<vt:lpwstr xmlns:vt="{_VARIANT_URI}">{escape(value)}</vt:lpwstr></property>'
        for n, (name, value) in enumerate(values.items(), 2)
    )
    return f'<Properties xmlns="{CUSTOM_URI}">{inner}</Properties>'


_VARIANT_URI = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
