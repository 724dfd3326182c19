"""How our own Word templates look: styles, page, numbering and fonts, as data.

Only the modules beside it read this, once, to make the templates. A shipped template is changed in Word, not here.
Sizes are points, distances twips (1/20 point) unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

#: Styles whose id Word does not make of their name; other programs look for these ids.
_OWN_IDS = {"annotation text": "CommentText", "annotation reference": "CommentReference"}


class Style(Struct, frozen=True):
    """One Word style; *ppr*, *rpr* and *more* (table properties) are XML in schema order."""

    name: str
    kind: Literal["paragraph", "character", "table"] = "paragraph"
    based: str = "Normal"
    ppr: str = ""
    rpr: str = ""
    more: str = ""

    @property
    def id(self) -> str:
        """The w:styleId: the name's words, capitalised and joined, as Word makes it."""
        return _OWN_IDS.get(self.name) or "".join(word[:1].upper() + word[1:] for word in self.name.split())


class Level(Struct, frozen=True):
    """One numbering level: *form* is a w:numFmt, *text* its pattern, *suffix* what follows it."""

    form: str
    text: str
    suffix: Literal["tab", "space", "nothing"] = "tab"
    left: int = 0
    hanging: int = 0


#: The styles a list of levels belongs to, and the levels.
Levels = tuple[tuple[str, ...], tuple[Level, ...]]


class Look(Struct, frozen=True):
    """All that makes one template: *lang* and *east* are the languages of Latin and Chinese letters, *size*
    and *latin*/*han* the defaults of letters, *page* the w:sectPr content, *numbering* the levels by the style
    they belong to, *headers* and *footers* go by page side."""

    file: str
    lang: str
    size: float
    latin: str
    han: str
    page: str
    numbering: tuple[Levels, ...]
    styles: tuple[Style, ...]
    footers: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    east: str = "zh-CN"


def restyled(styles: Iterable[Style], *changes: Style) -> tuple[Style, ...]:
    """Return *styles* with those of the same name changed and new ones at the end."""
    return tuple({style.name: style for style in (*styles, *changes)}.values())


def relettered(style: Style, letters: Mapping[str, str]) -> Style:
    """Return *style* with other fonts, by name."""
    rpr = style.rpr
    for old, new in letters.items():
        rpr = rpr.replace(f'"{old}"', f'"{new}"')
    return replace(style, rpr=rpr)


def font(latin: str, han: str) -> str:
    """Return w:rFonts: Latin letters and digits in *latin*, Chinese in *han*."""
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{han}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def size(points: float) -> str:
    """Return w:sz and w:szCs, which count half points."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def ppr(
    *,
    keep: bool = False,
    page: bool = False,
    number: int = 0,
    level: int = 0,
    border: str = "",
    shade: str = "",
    tabs: str = "",
    grid: bool = False,
    space: tuple[int, int] = (0, 0),
    line: int = 0,
    indent: str = "",
    same: bool = False,
    align: str = "",
    outline: int = -1,
) -> str:
    """Return paragraph properties in schema order.

    *space* is before and after; *line* an exact line height (0: as high as the letters need); *number* and
    *level* link to the numbering; *page* begins a new page; *same* drops the space between neighbours of one
    style.
    """
    rule = f' w:line="{line}" w:lineRule="exact"' if line else ' w:line="240" w:lineRule="auto"'
    return "".join(
        (
            "<w:keepNext/><w:keepLines/>" if keep else "",
            "<w:pageBreakBefore/>" if page else "",
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else "",
            border,
            f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
            tabs,
            "" if grid else '<w:snapToGrid w:val="0"/>',
            f'<w:spacing w:before="{space[0]}" w:after="{space[1]}"{rule}/>',
            indent,
            "<w:contextualSpacing/>" if same else "",
            f'<w:jc w:val="{align}"/>' if align else "",
            f'<w:outlineLvl w:val="{outline}"/>' if outline >= 0 else "",
        )
    )


def tab(place: int, kind: str = "right", leader: str = "") -> str:
    """Return one tab stop, *place* twips from the left; *leader* (dot) fills the way there."""
    dots = f' w:leader="{leader}"' if leader else ""
    return f'<w:tabs><w:tab w:val="{kind}"{dots} w:pos="{place}"/></w:tabs>'


def chars(count: int, twips: int) -> str:
    """Return a first-line indent said twice: Word prefers characters, LibreOffice knows only twips."""
    return f'<w:ind w:firstLineChars="{count * 100}" w:firstLine="{count * twips}"/>'


def sides(line: str, spaces: Mapping[str, int]) -> str:
    """Return paragraph borders of one *line* (w:val, w:sz, w:color attributes); *spaces* are the points
    between text and border by side, in the order top, left, bottom, right."""
    inner = "".join(f'<w:{side} {line} w:space="{space}"/>' for side, space in spaces.items())
    return f"<w:pBdr>{inner}</w:pBdr>"


def box(fill: str, edges: Mapping[str, str], margins: tuple[int, int]) -> str:
    """Return the properties of a table style that frames text: *margins* are vertical and horizontal."""
    borders = "".join(f"<w:{side} {line}/>" for side, line in edges.items())
    cell = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f"{cell_margins(*margins)}</w:tblPr>" + (f"<w:tcPr>{cell}</w:tcPr>" if cell else "")
    )


def cell_margins(vertical: int, horizontal: int) -> str:
    """Return w:tblCellMar."""
    sizes = {"top": vertical, "left": horizontal, "bottom": vertical, "right": horizontal}
    inner = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sizes.items())
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"


def three_lines(vertical: int, color: str = "000000") -> str:
    """Return the three-line table: heavy rules above and below, a fine one under the header."""
    heavy = f'w:val="single" w:sz="12" w:space="0" w:color="{color}"'
    fine = f'w:val="single" w:sz="6" w:space="0" w:color="{color}"'
    return (
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders><w:top {heavy}/><w:bottom {heavy}/></w:tblBorders>{cell_margins(vertical, 85)}"
        '</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom {fine}/></w:tcBorders>'
        "</w:tcPr></w:tblStylePr>"
    )


def rule(color: str, eighths: int, space: int = 1) -> str:
    """Return the attributes of a line: *eighths* of a point thick, *space* points away from the text."""
    return f'w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"'


def border(side: str, line: str) -> str:
    """Return paragraph borders with one line, made by `rule`."""
    return f"<w:pBdr><w:{side} {line}/></w:pBdr>"


def simple_field(code: str, cached: str, properties: str = "") -> str:
    """Return a field with its result already inside."""
    mark = f'<w:r>{properties}<w:fldChar w:fldCharType="{{}}"/></w:r>'.format
    return (
        f'{mark("begin")}<w:r>{properties}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f"{mark('separate')}<w:r>{properties}<w:t>{cached}</w:t></w:r>{mark('end')}"
    )
