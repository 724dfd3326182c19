"""Word files as they come back, written by hand: what Word, WPS and others put into them, no more."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES = (
    '<w:style w:styleId="a1"><w:name w:val="Heading 1"/></w:style>'
    '<w:style w:styleId="mine"><w:name w:val="Chapter"/><w:basedOn w:val="a1"/></w:style>'
)
#: What our own part says of the facts in these files.
FACTS = (
    '<fact bookmark="_f_1" record="yearly" field="title.en" file="data/a/records.yaml" line="5" column="27">Yearly meeting</fact>'
    '<fact bookmark="_f_2" record="yearly" field="date" file="data/a/records.yaml" line="6" column="11" shown="May 2023">2023-05</fact>'
    '<fact bookmark="_f_3" record="q-1" field="number" file="data/a/records.yaml" line="11" column="13">1</fact>'
    '<fact bookmark="_f_4" record="q-1" field="ask.en" file="data/a/records.yaml" line="13" column="28">Who pays?</fact>'
)

_EACH = [f"{fact}</fact>" for fact in FACTS.split("</fact>") if fact]


def p(*inner: str, style: str = "") -> str:
    """A paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(inner)}</w:p>"


def r(text: str, *, struck: bool = False) -> str:
    """A run of letters."""
    tag = "w:delText" if struck else "w:t"
    return f'<w:r><{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>'


def f(number: int, text: str) -> str:
    """A fact in its bookmark, which reads *text* now; XML is taken as it is."""
    inner = text if text.startswith("<") else r(text)
    return f'<w:bookmarkStart w:id="{100 + number}" w:name="_f_{number}"/>{inner}<w:bookmarkEnd w:id="{100 + number}"/>'


def on(id_: int | str, *inner: str) -> str:
    """What comment *id_* is about."""
    return (
        f'<w:commentRangeStart w:id="{id_}"/>{"".join(inner)}<w:commentRangeEnd w:id="{id_}"/>'
        f'<w:r><w:commentReference w:id="{id_}"/></w:r>'
    )


def change(kind: str, inner: str, by: str = "Director", date: str = "2023-06-09T10:00:00Z") -> str:
    """Tracked words: ins, del, moveFrom, moveTo."""
    text = inner if inner.startswith("<") else r(inner, struck=kind == "del")
    return f'<w:{kind} w:id="9" w:author="{by}" w:date="{date}">{text}</w:{kind}>'


def moved(way: str, name: str, text: str) -> str:
    """One end of a move, From or To; both have the same *name*."""
    return f'<w:move{way}RangeStart w:name="{name}"/>{change(f"move{way}", text)}<w:move{way}RangeEnd/>'


def comment(
    id_: int | str, text: str, by: str = "Director", date: str = "2023-06-09T10:00:00Z", paragraph: str = ""
) -> str:
    """A comment as it stands in its part; each line is a paragraph, the last one is called *paragraph*."""
    day = f' w:date="{date}"' if date else ""
    named = f' w14:paraId="{paragraph}"' if paragraph else ""
    *lines, last = text.split("\n")
    inner = "".join(map(p, map(r, lines))) + f"<w:p{named}>{r(last)}</w:p>"
    return f'<w:comment w:id="{id_}" w:author="{escape(by)}"{day}>{inner}</w:comment>'


def extended(own: str, parent: str = "", *, done: bool = False) -> str:
    """What Word adds about a comment's thread."""
    answers = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{own}"{answers} w15:done="{int(done)}"/>'


def table(*rows: tuple[str, ...]) -> str:
    """Cells of a paragraph each."""
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word_file(
    path: Path, *body: str, comments: str = "", states: str = "", notes: str = "", header: str = "",
    facts: str | None = "", saved_by: str = "", parts: dict[str, str | bytes] | None = None,
) -> Path:  # fmt: skip
    """Write a .docx of these blocks. Our part tells of the facts in them, or of *facts*; None leaves it out.

    *parts* replaces or adds any part.
    """
    if facts == "":
        facts = "".join(fact for fact in _EACH if fact.split('"')[1] + '"' in "".join(body))
    inner = {
        "document": f"<w:document {_SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        "styles": f"<w:styles {_SPACES}>{STYLES}</w:styles>",
        "comments": f"<w:comments {_SPACES}>{comments}</w:comments>",
        "commentsExtended": f"<w15:commentsEx {_SPACES}>{states}</w15:commentsEx>" if states else "",
        "footnotes": f"<w:footnotes {_SPACES}>{notes}</w:footnotes>" if notes else "",
        "header": f"<w:hdr {_SPACES}>{header}</w:hdr>" if header else "",
    }
    related = [name for name, text in inner.items() if text and name != "document"]
    lines = [
        f'<Relationship Id="r{n}" Type="{_TYPES}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(related)
    ]
    if facts is not None:
        lines.append(f'<Relationship Id="rx" Type="{_TYPES}/customXml" Target="../customXml/item1.xml"/>')
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:t="t"><dc:title>Memo</dc:title><dc:creator>Office</dc:creator>'
        f"<cp:lastModifiedBy>{saved_by or 'Office'}</cp:lastModifiedBy><t:modified>2023-06-10T08:00:00Z</t:modified></cp:coreProperties>"
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'{_RELATIONS}<Relationship Id="r1" Type="{_TYPES}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{_TYPES}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"{_RELATIONS}{''.join(lines)}</Relationships>",
        "docProps/core.xml": core,
        **{f"word/{name}.xml": text for name, text in inner.items() if text},
    }
    if facts is not None:
        files["customXml/item1.xml"] = (
            f'<provenance xmlns="urn:report-provenance:1" report="memo" period="2023Q2" generator="x">{facts}</provenance>'
        )
    files |= parts or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return path


def in_strict(path: Path) -> Path:
    """The same file in the namespaces of ISO 29500 Strict."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).replace(W.encode(), STRICT.encode()) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path
