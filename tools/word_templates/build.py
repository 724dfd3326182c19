"""Make our own Word templates from nothing:

    python -m tools.word_templates.build briefing.zh.docx > templates/word/briefing.zh.docx

For maintainers, and for who wants a clean start. Once a template is shipped, the .docx is the truth about
looks: a secretariat restyles it in Word, and running this again would undo that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence

from reports.writers.word.ooxml import (
    A_URI,
    APP_URI,
    CONTENT_TYPES,
    CONTENT_TYPES_URI,
    CORE_URI,
    HEAD,
    R_URI,
    REL,
    RELATIONSHIPS_URI,
    TYPE,
    W_URI,
    attribute,
    pack,
)
from tools.word_templates.profiles import LOOKS
from tools.word_templates.styles import Level, Look, Style, simple_field

_NAMESPACES = f'xmlns:w="{W_URI}" xmlns:r="{R_URI}"'


def starter(look: Look) -> bytes:
    """Return a Word template as .docx bytes: no text but one sample line for every paragraph style."""
    edges = {f"{kind}{n}": (kind, xml) for kind, _, n, xml in _edges(look)}
    parts = {
        "word/document.xml": _document(look),
        "word/styles.xml": _styles(look),
        "word/numbering.xml": _numbering(look),
        "word/settings.xml": _settings(look),
        "word/fontTable.xml": _fonts(),
        "word/footnotes.xml": _footnotes(),
        "word/theme/theme1.xml": _theme(),
        **{
            f"word/{name}.xml": f"<w:{_ROOTS[kind]} {_NAMESPACES}>{xml}</w:{_ROOTS[kind]}>"
            for name, (kind, xml) in edges.items()
        },
        "word/_rels/document.xml.rels": _document_relations(edges),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(look),
        "docProps/app.xml": f'<Properties xmlns="{APP_URI}"><Application>progress-reports</Application></Properties>',
        CONTENT_TYPES: _content_types(edges),
    }
    return pack({name: (HEAD + xml).encode() for name, xml in parts.items()})


_ROOTS = {"header": "hdr", "footer": "ftr"}


def _edges(look: Look) -> Iterator[tuple[str, str, int, str]]:
    """Kind, page side, number and text of every header and footer."""
    for kind, sides in (("header", look.headers), ("footer", look.footers)):
        for n, (side, xml) in enumerate(sides.items(), 1):
            yield kind, side, n, xml


def main(argv: Sequence[str]) -> int:
    """Write the template named to standard output; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.word_templates.build", description="Print a Word template, a .docx file."
    )
    parser.add_argument("template", choices=sorted(LOOKS))
    sys.stdout.buffer.write(starter(LOOKS[parser.parse_args(argv).template]))
    return 0


# --- parts ------------------------------------------------------------------------------------------------


def _document(look: Look) -> str:
    """Sample lines, so that who restyles the template sees each style; the writer keeps the section only."""
    samples = "".join(_sample(style) for style in look.styles if style.kind == "paragraph")
    edges = "".join(
        f'<w:{kind}Reference w:type="{side}" r:id="rId_{kind}{n}"/>' for kind, side, n, _ in _edges(look)
    )
    section = f"<w:sectPr>{edges}{look.page}</w:sectPr>"
    return f"<w:document {_NAMESPACES}><w:body>{samples}{section}</w:body></w:document>"


def _sample(style: Style) -> str:
    """A line in a style; a caption counts, as every caption does."""
    counts = "caption" in style.name.lower()
    count = simple_field(f"SEQ {style.name.split()[0]} \\* ARABIC", "1") if counts else ""
    name = style.name.replace("TOC", "Contents")  # as text it would look like a field that went wrong
    text = f'<w:r><w:t xml:space="preserve">{name} </w:t></w:r>{count}'
    return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr>{text}</w:p>'


def _styles(look: Look) -> str:
    fonts = (
        f'<w:rFonts w:ascii="{look.latin}" w:eastAsia="{look.han}" w:hAnsi="{look.latin}"'
        f' w:cs="{look.latin}"/>'
    )
    half_points = round(look.size * 2)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:kern w:val="2"/><w:sz w:val="{half_points}"/>'
        f'<w:szCs w:val="{half_points}"/><w:lang w:val="{look.lang}" w:eastAsia="{look.east}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    return f"<w:styles {_NAMESPACES}>{defaults}{''.join(map(_style, look.styles))}</w:styles>"


_DEFAULTS = ("Normal", "Default Paragraph Font", "Normal Table")
_BUILT_IN = (
    *_DEFAULTS, "Title", "Subtitle", "Body Text", "caption", "footnote text", "footnote reference", "header",
    "footer", "Hyperlink", "Strong", "Emphasis", "Quote", "List Bullet", "List Number", "List Continue",
    "table of figures", "annotation text", "annotation reference", "Bibliography", "TOC Heading", *(f"heading {n}" for n in range(1, 7)), *(f"toc {n}" for n in range(1, 4)),
)  # fmt: skip


def _style(style: Style) -> str:
    default = ' w:default="1"' if style.name in _DEFAULTS else ""
    custom = "" if style.name in _BUILT_IN else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{Style(style.based).id}"/>' if style.based else ""
    shown = "" if style.name in _DEFAULTS[1:] else "<w:qFormat/>"
    ppr = f"<w:pPr>{style.ppr}</w:pPr>" if style.ppr else ""
    rpr = f"<w:rPr>{style.rpr}</w:rPr>" if style.rpr else ""
    return (
        f'<w:style w:type="{style.kind}"{default}{custom} w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/>{based}{shown}{ppr}{rpr}{style.more}</w:style>'
    )


def _numbering(look: Look) -> str:
    """Each list of levels is one abstract numbering and one instance, counted in step from 0 and from 1."""
    abstract = "".join(
        _abstract(n, [Style(name).id for name in names], levels)
        for n, (names, levels) in enumerate(look.numbering)
    )
    instances = "".join(
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(look.numbering))
    )
    return f"<w:numbering {_NAMESPACES}>{abstract}{instances}</w:numbering>"


def _abstract(number: int, styles: Sequence[str], levels: Sequence[Level]) -> str:
    inner = "".join(
        _level(depth, level, styles[depth] if depth < len(styles) else "")
        for depth, level in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{inner}</w:abstractNum>"
    )


def _level(depth: int, level: Level, style: str) -> str:
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    indent = f'<w:ind w:left="{level.left}" w:hanging="{level.hanging}"/>' if level.left else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.form}"/>{link}'
        f'<w:suff w:val="{level.suffix}"/><w:lvlText w:val="{level.text.format(depth + 1)}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
    )


def _settings(look: Look) -> str:
    even = "<w:evenAndOddHeaders/>" if "even" in {**look.headers, **look.footers} else ""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in _COMPAT.items()
    )
    mapping = " ".join(f'w:{name}="{color}"' for name, color in _MAPPING.items())
    return (
        f'<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>{even}'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        f'{compat}</w:compat><w:themeFontLang w:val="{look.lang}" w:eastAsia="{look.east}"/>'
        f"<w:clrSchemeMapping {mapping}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


_MAPPING = {
    "bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2",
    **{f"accent{n}": f"accent{n}" for n in range(1, 7)},
    "hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink",
}  # fmt: skip

_COMPAT = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}

#: Name → (stand-in where it is missing, panose, charset, family, pitch).
_FONTS: Mapping[str, tuple[str, str, str, str, str]] = {
    "Times New Roman": ("", "02020603050405020304", "00", "roman", "variable"),
    "Arial": ("", "020B0604020202020204", "00", "swiss", "variable"),
    "Courier New": ("", "02070309020205020404", "00", "modern", "fixed"),
    "仿宋": ("FangSong", "02010609060101010101", "86", "modern", "fixed"),
    "黑体": ("SimHei", "02010609060101010101", "86", "modern", "fixed"),
    "楷体": ("KaiTi", "02010609060101010101", "86", "modern", "fixed"),
    "宋体": ("SimSun", "02010600030101010101", "86", "auto", "variable"),
    "方正小标宋简体": ("宋体", "03000509000000000000", "86", "script", "fixed"),
    "標楷體": ("DFKai-SB", "03000509000000000000", "88", "script", "fixed"),
    "新細明體": ("PMingLiU", "02010601000101010101", "88", "roman", "variable"),
    "微軟正黑體": ("Microsoft JhengHei", "020B0604030504040204", "88", "swiss", "variable"),
}


def _fonts() -> str:
    inner = "".join(
        f'<w:font w:name="{name}">' + (f'<w:altName w:val="{other}"/>' if other else "")
        + f'<w:panose1 w:val="{panose}"/><w:charset w:val="{charset}"/><w:family w:val="{family}"/>'
        f'<w:pitch w:val="{pitch}"/></w:font>'
        for name, (other, panose, charset, family, pitch) in _FONTS.items()
    )  # fmt: skip
    return f"<w:fonts {_NAMESPACES}>{inner}</w:fonts>"


def _footnotes() -> str:
    inner = "".join(
        f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for n, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f"<w:footnotes {_NAMESPACES}>{inner}</w:footnotes>"


def _theme() -> str:
    """Word wants a theme; ours is plain, and no style refers to it."""
    colors = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLORS.items())
    font = '<a:latin typeface="{0}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{A_URI}" name="Report"><a:themeElements>'
        f'<a:clrScheme name="Report">{colors}</a:clrScheme>'
        f'<a:fontScheme name="Report"><a:majorFont>{font.format("Arial")}</a:majorFont>'
        f"<a:minorFont>{font.format('Times New Roman')}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Report"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


#: Okabe and Ito's colours, which colour-blind readers can tell apart; the charts use them too.
_COLORS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F3A5F", "lt2": "F2F5F9", "accent1": "0072B2",
    "accent2": "D55E00", "accent3": "009E73", "accent4": "E69F00", "accent5": "56B4E9", "accent6": "CC79A7",
    "hlink": "0B5394", "folHlink": "5B3A8C",
}  # fmt: skip


def _core(look: Look) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{CORE_URI}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{attribute(look.file)}</dc:title></cp:coreProperties>"
    )


# --- the package ------------------------------------------------------------------------------------------

_PARTS = {
    "styles": "styles.xml",
    "numbering": "numbering.xml",
    "settings": "settings.xml",
    "fonts": "fontTable.xml",
    "footnotes": "footnotes.xml",
    "theme": "theme/theme1.xml",
}


def _document_relations(edges: Mapping[str, tuple[str, str]]) -> str:
    rows = [(f"rId{n}", REL[kind], target) for n, (kind, target) in enumerate(_PARTS.items(), 1)]
    return _relations(
        [*rows, *((f"rId_{name}", REL[kind], f"{name}.xml") for name, (kind, _) in edges.items())]
    )


def _package_relations() -> str:
    return _relations(
        [
            ("rId1", REL["document"], "word/document.xml"),
            ("rId2", REL["core"], "docProps/core.xml"),
            ("rId3", REL["app"], "docProps/app.xml"),
        ]
    )


def _relations(rows: Sequence[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in rows
    )
    return f'<Relationships xmlns="{RELATIONSHIPS_URI}">{inner}</Relationships>'


def _content_types(edges: Mapping[str, tuple[str, str]]) -> str:
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{TYPE[extension]}"/>' for extension in ("rels", "xml")
    )
    parts = {
        "word/document.xml": "document",
        **{f"word/{target}": kind for kind, target in _PARTS.items()},
        **{f"word/{name}.xml": kind for name, (kind, _) in edges.items()},
        "docProps/core.xml": "core",
        "docProps/app.xml": "app",
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPE[kind]}"/>' for name, kind in parts.items()
    )
    return f'<Types xmlns="{CONTENT_TYPES_URI}">{defaults}{overrides}</Types>'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
