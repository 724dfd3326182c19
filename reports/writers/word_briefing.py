"""The two looks we ship: the Chinese briefing (GB/T 9704 page) and the English one. Data only."""

from __future__ import annotations

from reports.writers.word_looks import Level, Look, Style, box, chars, font, ppr, sides, size, three_lines

_SERIF, _SANS, _MONO = "Times New Roman", "Arial", "Courier New"
_FANG, _HEI, _KAI, _SONG, _TITLE = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"

_INK = "1F3A5F"  # the one accent colour: rules of boxes, English headings
_TINT = "F2F5F9"
_GREY = "595959"
_RULE = f'w:val="single" w:sz="18" w:color="{_INK}"'
_HAIR = 'w:val="single" w:sz="4" w:color="A6A6A6"'
_ROOM = {"top": 30, "left": 4, "bottom": 30, "right": 4}  # Word allows no more than 31
_DASH = 'w:val="dashed" w:sz="4" w:color="8C8C8C"'


def _levels(forms: tuple[tuple[str, str], ...], left: int, step: int, hanging: int) -> tuple[Level, ...]:
    """List levels: the forms again and again, each level one step further in."""
    return tuple(
        Level(*forms[depth % len(forms)], left=left + step * depth, hanging=hanging) for depth in range(9)
    )


_BULLETS = (("bullet", "•"), ("bullet", "–"))
_ZH_NUMBERS = (("decimal", "%{}."), ("decimal", "（%{}）"))
_EN_NUMBERS = (("decimal", "%{}."), ("lowerLetter", "(%{})"), ("lowerRoman", "%{}."))


#: Numbering 0 is Word's way to say "none"; they stay headings to contents and navigation.
def _unnumbered(indent: str) -> tuple[Style, ...]:
    none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    return tuple(
        Style(f"heading {level} unnumbered", based=f"heading {level}", ppr=none + indent)
        for level in (1, 2, 3)
    )


#: Borderless or framed tables that hold text or pictures, the same in both languages.
_FRAMES = (
    Style("Normal Table", "table", "", more='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'),
    Style(
        "Summary Box",
        "table",
        "Normal Table",
        more=box(_TINT, {"top": f'{_RULE} w:space="0"', "bottom": f'{_HAIR} w:space="0"'}, (100, 200)),
    ),
    Style(
        "Callout Box", "table", "Normal Table", more=box(_TINT, {"left": f'{_RULE} w:space="0"'}, (80, 200))
    ),
    Style(
        "Discussion Box",
        "table",
        "Normal Table",
        more=box("", dict.fromkeys(("top", "left", "bottom", "right"), f'{_HAIR} w:space="0"'), (100, 200)),
    ),
    Style("Figure Grid", "table", "Normal Table", more=box("", {}, (0, 85))),
)
_LETTERS = (
    Style("Default Paragraph Font", "character", ""),
    Style(
        "footnote reference", "character", "Default Paragraph Font", rpr='<w:vertAlign w:val="superscript"/>'
    ),
    Style(
        "Hyperlink",
        "character",
        "Default Paragraph Font",
        rpr='<w:color w:val="0B5394"/><w:u w:val="single"/>',
    ),
)

_ZH_FLOW = ppr(grid=True, line=579, indent=chars(2, 320), align="both")
_TIGHT = '<w:spacing w:val="-5"/>'  # 28 characters of 16 pt in a line of 442.2 pt


def _zh_list(number: int) -> str:
    return ppr(number=number, grid=True, line=579, align="left")


def _zh_heading(level: int, number: int, letters: str) -> Style:
    body = ppr(
        keep=True,
        number=number,
        level=level - 1,
        grid=True,
        line=579,
        indent=chars(2, 320),
        outline=level - 1,
    )
    return Style(f"heading {level}", ppr=body, rpr=letters)


_ZH_STYLES = (
    Style("Normal", based="", ppr='<w:widowControl w:val="0"/><w:jc w:val="both"/>'),
    *_LETTERS,
    Style("Strong", "character", "Default Paragraph Font", rpr=font(_SANS, _HEI)),
    Style("Emphasis", "character", "Default Paragraph Font", rpr=font(_SERIF, _KAI)),
    Style("Code", "character", "Default Paragraph Font", rpr=font(_MONO, _FANG)),
    Style(
        "Title",
        ppr=ppr(keep=True, space=(0, 120), line=700, align="center"),
        rpr=font(_SERIF, _TITLE) + size(22),
    ),
    Style(
        "Subtitle",
        ppr=ppr(keep=True, space=(0, 60), line=560, align="center"),
        rpr=font(_SERIF, _KAI) + size(16),
    ),
    Style("Byline", ppr=ppr(space=(60, 260), line=480, align="center"), rpr=font(_SERIF, _KAI) + size(14)),
    Style("Body Text", ppr=_ZH_FLOW, rpr=_TIGHT),
    _zh_heading(1, 1, font(_SANS, _HEI)),
    _zh_heading(2, 1, font(_SERIF, _KAI)),
    _zh_heading(3, 1, ""),
    _zh_heading(4, 1, ""),
    _zh_heading(5, 0, ""),
    _zh_heading(6, 0, ""),
    *_unnumbered(chars(2, 320)),
    Style("List Bullet", ppr=_zh_list(2), rpr=_TIGHT),
    Style("List Number", ppr=_zh_list(3), rpr=_TIGHT),
    Style("List Continue", ppr=_zh_list(0), rpr=_TIGHT),
    Style("Box Heading", ppr=ppr(keep=True, space=(0, 20), line=420), rpr=font(_SANS, _HEI) + size(14)),
    Style("Box Text", ppr=ppr(line=420, align="left"), rpr=size(14)),
    Style("Box Bullet", ppr=ppr(number=4, line=420, align="left"), rpr=size(14)),
    Style("Box Number", ppr=ppr(number=5, line=420, align="left"), rpr=size(14)),
    Style("Box Continue", ppr=ppr(line=420, align="left"), rpr=size(14)),
    Style(
        "Quote",
        ppr=ppr(grid=True, line=579, align="both", indent='<w:ind w:left="640" w:right="640"/>'),
        rpr=font(_SERIF, _KAI),
    ),
    Style(
        "Source Code",
        ppr=ppr(shade="F5F5F5", space=(60, 120), align="left"),
        rpr=font(_MONO, _FANG) + size(10.5),
    ),
    Style("caption", ppr=ppr(space=(40, 160), align="center"), rpr=font(_SERIF, _HEI) + size(12)),
    Style("Table Caption", based="caption", ppr=ppr(keep=True, space=(160, 60), align="center")),
    Style("Table Unit", ppr=ppr(keep=True, space=(0, 20), align="right"), rpr=size(10.5)),
    Style("Table Text", ppr=ppr(align="left"), rpr=size(12)),
    Style("Table Head", ppr=ppr(keep=True, align="center"), rpr=font(_SERIF, _HEI) + size(12)),
    Style("Table Note", ppr=ppr(space=(50, 160), same=True, align="left"), rpr=size(10.5)),
    Style("Table Gap", ppr=ppr(line=160), rpr=size(4)),
    Style("Figure", ppr=ppr(keep=True, space=(120, 0), align="center")),
    Style("Figure Part", ppr=ppr(keep=True, space=(20, 20), align="center"), rpr=size(10.5)),
    Style("Figure Note", ppr=ppr(space=(0, 160), same=True, align="center"), rpr=size(10.5)),
    Style(
        "Figure Placeholder",
        ppr=ppr(
            keep=True,
            border=sides(_DASH, _ROOM),
            space=(200, 120),
            indent='<w:ind w:left="120" w:right="120"/>',
            align="center",
        ),
        rpr=f'<w:color w:val="{_GREY}"/>' + size(12),
    ),
    Style("toc 1", ppr=ppr(line=520)),
    Style("toc 2", ppr=ppr(line=520, indent='<w:ind w:left="320"/>')),
    Style("toc 3", ppr=ppr(line=520, indent='<w:ind w:left="640"/>')),
    Style("table of figures", ppr=ppr(line=520)),
    Style("footnote text", ppr=ppr(align="left"), rpr=font(_SERIF, _SONG) + size(10.5)),
    Style("header", ppr=ppr(align="center"), rpr=font(_SERIF, _SONG) + size(10.5)),
    Style("footer", ppr=ppr(), rpr=font(_SERIF, _SONG) + size(14)),
    *_FRAMES,
    Style("Report Table", "table", "Normal Table", more=three_lines(45)),
)


def _zh_footer(align: str, side: str) -> str:
    """— 1 —, one character in from the outer edge, as GB/T 9704 asks."""
    eastern = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    dash = f'<w:r>{eastern}<w:t xml:space="preserve">%s</w:t></w:r>'
    indent = f'<w:ind w:{side}Chars="100" w:{side}="280"/>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{align}"/></w:pPr>'
        f"{dash % '— '}{PAGE}{dash % ' —'}</w:p>"
    )


def field(code: str, cached: str) -> str:
    """Return a field with its result already inside."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        f'{mark("begin")}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f"{mark('separate')}<w:r><w:t>{cached}</w:t></w:r>{mark('end')}"
    )


PAGE = field("PAGE", "1")

ZH_BRIEFING = Look(
    file="briefing.zh.docx",
    lang="en-US",
    size=16,
    latin=_SERIF,
    han=_FANG,
    page=(
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1420"'
        ' w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="579"/>'
    ),
    footers={"default": _zh_footer("right", "right"), "even": _zh_footer("left", "left")},
    numbering=(
        (
            ("heading 1", "heading 2", "heading 3", "heading 4"),
            (
                Level("chineseCountingThousand", "%1、", "nothing"),
                Level("chineseCountingThousand", "（%2）", "nothing"),
                Level("decimal", "%3.", "nothing"),
                Level("decimal", "（%4）", "nothing"),
            ),
        ),
        (("List Bullet",), _levels(_BULLETS, 1000, 480, 360)),
        (("List Number",), _levels(_ZH_NUMBERS, 1120, 560, 480)),
        (("Box Bullet",), _levels(_BULLETS, 300, 300, 300)),
        (("Box Number",), _levels(_ZH_NUMBERS, 420, 420, 420)),
    ),
    styles=_ZH_STYLES,
)

_EN_FLOW = ppr(space=(0, 120), align="both")


def _en_heading(
    level: int, number: int, points: float, before: int, letters: str = "<w:b/><w:bCs/>"
) -> Style:
    body = ppr(keep=True, number=number, level=level - 1, space=(before, 80), align="left", outline=level - 1)
    color = f'<w:color w:val="{_INK}"/>'
    return Style(f"heading {level}", ppr=body, rpr=font(_SANS, _HEI) + letters + color + size(points))


_EN_STYLES = (
    Style("Normal", based="", ppr="<w:widowControl/>"),
    *_LETTERS,
    Style("Strong", "character", "Default Paragraph Font", rpr="<w:b/><w:bCs/>"),
    Style("Emphasis", "character", "Default Paragraph Font", rpr="<w:i/><w:iCs/>"),
    Style("Code", "character", "Default Paragraph Font", rpr=font(_MONO, _SONG)),
    Style(
        "Title",
        ppr=ppr(keep=True, space=(0, 60), align="left"),
        rpr=font(_SANS, _HEI) + f'<w:b/><w:bCs/><w:color w:val="{_INK}"/>' + size(20),
    ),
    Style(
        "Subtitle",
        ppr=ppr(keep=True, space=(0, 60), align="left"),
        rpr=font(_SANS, _HEI) + f'<w:color w:val="{_GREY}"/>' + size(13),
    ),
    Style(
        "Byline",
        ppr=ppr(space=(0, 240), align="left"),
        rpr=f'<w:color w:val="{_GREY}"/>' + size(10.5),
    ),
    Style("Body Text", ppr=_EN_FLOW),
    _en_heading(1, 1, 14, 320),
    _en_heading(2, 1, 12, 240),
    _en_heading(3, 1, 11, 200),
    _en_heading(4, 1, 11, 160, ""),
    _en_heading(5, 0, 10.5, 160),
    _en_heading(6, 0, 10.5, 160, ""),
    *_unnumbered(""),
    Style("List Bullet", ppr=ppr(number=2, space=(0, 60), align="both")),
    Style("List Number", ppr=ppr(number=3, space=(0, 60), align="both")),
    Style("List Continue", ppr=ppr(space=(0, 60), align="both")),
    Style(
        "Box Heading",
        ppr=ppr(keep=True, space=(0, 60)),
        rpr=font(_SANS, _HEI) + f'<w:b/><w:bCs/><w:color w:val="{_INK}"/>' + size(10.5),
    ),
    Style("Box Text", ppr=ppr(space=(0, 60)), rpr=size(10.5)),
    Style("Box Bullet", ppr=ppr(number=4, space=(0, 60)), rpr=size(10.5)),
    Style("Box Number", ppr=ppr(number=5, space=(0, 60)), rpr=size(10.5)),
    Style("Box Continue", ppr=ppr(space=(0, 60)), rpr=size(10.5)),
    Style(
        "Quote",
        ppr=ppr(space=(0, 120), indent='<w:ind w:left="567" w:right="567"/>', align="both"),
        rpr="<w:i/><w:iCs/>",
    ),
    Style(
        "Source Code",
        ppr=ppr(shade="F5F5F5", space=(60, 120), align="left"),
        rpr=font(_MONO, _SONG) + size(9),
    ),
    Style("caption", ppr=ppr(space=(60, 200), align="center"), rpr=font(_SANS, _HEI) + size(9.5)),
    Style("Table Caption", based="caption", ppr=ppr(keep=True, space=(200, 80), align="left")),
    Style("Table Unit", ppr=ppr(keep=True, space=(0, 20), align="right"), rpr=size(9)),
    Style("Table Text", ppr=ppr(align="left"), rpr=size(10)),
    Style(
        "Table Head", ppr=ppr(keep=True, align="left"), rpr=font(_SANS, _HEI) + "<w:b/><w:bCs/>" + size(9.5)
    ),
    Style("Table Note", ppr=ppr(space=(50, 200), same=True, align="left"), rpr=size(9)),
    Style("Table Gap", ppr=ppr(line=200), rpr=size(4)),
    Style("Figure", ppr=ppr(keep=True, space=(120, 0), align="center")),
    Style("Figure Part", ppr=ppr(keep=True, space=(20, 20), align="center"), rpr=size(9)),
    Style("Figure Note", ppr=ppr(space=(0, 200), same=True, align="center"), rpr=size(9)),
    Style(
        "Figure Placeholder",
        ppr=ppr(
            keep=True,
            border=sides(_DASH, _ROOM),
            space=(200, 120),
            indent='<w:ind w:left="120" w:right="120"/>',
            align="center",
        ),
        rpr=f'<w:color w:val="{_GREY}"/>' + size(10),
    ),
    Style("toc 1", ppr=ppr(space=(0, 60))),
    Style("toc 2", ppr=ppr(space=(0, 60), indent='<w:ind w:left="284"/>')),
    Style("toc 3", ppr=ppr(space=(0, 60), indent='<w:ind w:left="567"/>')),
    Style("table of figures", ppr=ppr(space=(0, 60))),
    Style("footnote text", ppr=ppr(align="left"), rpr=size(9)),
    Style("header", ppr=ppr(align="center"), rpr=font(_SANS, _HEI) + size(9)),
    Style("footer", ppr=ppr(align="center"), rpr=font(_SANS, _HEI) + f'<w:color w:val="{_GREY}"/>' + size(9)),
    *_FRAMES,
    Style("Report Table", "table", "Normal Table", more=three_lines(40, _INK)),
)

EN_BRIEFING = Look(
    file="briefing.en.docx",
    lang="en-GB",
    size=11,
    latin=_SERIF,
    han=_SONG,
    page=(
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" w:footer="709"'
        ' w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:linePitch="360"/>'
    ),
    footers={"default": f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{PAGE}</w:p>'},
    numbering=(
        (
            ("heading 1", "heading 2", "heading 3", "heading 4"),
            (
                Level("decimal", "%1", "space"),
                Level("decimal", "%1.%2", "space"),
                Level("decimal", "%1.%2.%3", "space"),
                Level("decimal", "%1.%2.%3.%4", "space"),
            ),
        ),
        (("List Bullet",), _levels(_BULLETS, 360, 360, 260)),
        (("List Number",), _levels(_EN_NUMBERS, 400, 400, 400)),
        (("Box Bullet",), _levels(_BULLETS, 280, 280, 260)),
        (("Box Number",), _levels(_EN_NUMBERS, 360, 360, 360)),
    ),
    styles=_EN_STYLES,
)

LOOKS = (ZH_BRIEFING, EN_BRIEFING)
