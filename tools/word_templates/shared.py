"""What the looks of all languages share: faces, colours, frames, list levels, pages. Data only."""

from __future__ import annotations

from tools.word_templates.styles import Level, Style, box

SERIF, SANS, MONO = "Times New Roman", "Arial", "Courier New"
FANG, HEI, KAI, SONG, TITLE = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"

INK = "1F3A5F"  # the one accent colour: rules of boxes, English headings
RED = "C00000"  # the head of a bulletin
TINT = "F2F5F9"
GREY = "595959"
DASH = 'w:val="dashed" w:sz="4" w:color="8C8C8C"'
ROOM = {"top": 30, "left": 4, "bottom": 30, "right": 4}  # Word allows no more than 31
BOLD = "<w:b/><w:bCs/>"
_RULE = f'w:val="single" w:sz="18" w:color="{INK}"'
_HAIR = 'w:val="single" w:sz="4" w:color="A6A6A6"'


def color(value: str) -> str:
    """Return w:color."""
    return f'<w:color w:val="{value}"/>'


def character(name: str, rpr: str) -> Style:
    """Return a character style."""
    return Style(name, "character", "Default Paragraph Font", rpr=rpr)


# --- numbering --------------------------------------------------------------------------------------------


def levels(forms: tuple[tuple[str, str], ...], left: int, step: int, hanging: int) -> tuple[Level, ...]:
    """List levels: the forms again and again, each level one step further in."""
    return tuple(
        Level(*forms[depth % len(forms)], left=left + step * depth, hanging=hanging) for depth in range(9)
    )


BULLETS = (("bullet", "•"), ("bullet", "–"))
ZH_NUMBERS = (("decimal", "%{}."), ("decimal", "（%{}）"))
EN_NUMBERS = (("decimal", "%{}."), ("lowerLetter", "(%{})"), ("lowerRoman", "%{}."))
#: `[1]`, as works are cited.
CITED = (("decimal", "[%{}]"),)
HEADINGS = tuple(f"heading {level}" for level in range(1, 6))
#: 1, 1.1, 1.1.1 …
DECIMAL = tuple(
    Level("decimal", ".".join(f"%{n}" for n in range(1, depth + 1)), "space") for depth in range(1, 5)
)
#: 一、（一） 1. （1）, beginning at a level of the caller's.
BRIEF = (
    ("chineseCountingThousand", "%{}、"),
    ("chineseCountingThousand", "（%{}）"),
    ("decimal", "%{}."),
    ("decimal", "（%{}）"),
)


def brief(first: int = 1) -> tuple[Level, ...]:
    """The four Chinese levels, the first of them being level *first*."""
    return tuple(Level(form, text.format(first + n), "nothing") for n, (form, text) in enumerate(BRIEF))


#: Numbering 0 is Word's way to say "none"; they stay headings to contents and navigation.
def unnumbered(indent: str) -> tuple[Style, ...]:
    """All heading levels without a number."""
    none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    return tuple(
        Style(f"heading {level} unnumbered", based=f"heading {level}", ppr=none + indent)
        for level in range(1, 7)
    )


# --- frames and letters -----------------------------------------------------------------------------------


def _edges(line: str, *sides: str) -> dict[str, str]:
    return dict.fromkeys(sides, f'{line} w:space="0"')


#: Borderless or framed tables that hold text or pictures, the same in all languages.
FRAMES = (
    Style("Normal Table", "table", "", more='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'),
    Style(
        "Summary Box",
        "table",
        "Normal Table",
        more=box(TINT, {**_edges(_RULE, "top"), **_edges(_HAIR, "bottom")}, (100, 200)),
    ),
    Style("Callout Box", "table", "Normal Table", more=box(TINT, _edges(_RULE, "left"), (80, 200))),
    Style(
        "Discussion Box",
        "table",
        "Normal Table",
        more=box("", _edges(_HAIR, "top", "left", "bottom", "right"), (100, 200)),
    ),
    Style(
        "Distribution Box",
        "table",
        "Normal Table",
        more=box(
            "",
            {
                **_edges('w:val="single" w:sz="8" w:color="000000"', "top", "bottom"),
                **_edges('w:val="single" w:sz="4" w:color="000000"', "insideH"),
            },
            (40, 160),
        ),
    ),
    Style("Figure Grid", "table", "Normal Table", more=box("", {}, (0, 85))),
)
#: Character styles; what is not the same in all languages is changed where it differs.
LETTERS = (
    Style("Default Paragraph Font", "character", ""),
    character("footnote reference", '<w:vertAlign w:val="superscript"/>'),
    character("Hyperlink", '<w:color w:val="0B5394"/><w:u w:val="single"/>'),
    character("annotation reference", '<w:sz w:val="16"/><w:szCs w:val="16"/>'),
)


def page(
    margins: tuple[int, int, int, int], header: int, footer: int, grid: int, *, lines: bool = True
) -> str:
    """Return the w:sectPr content of an A4 page: *margins* are top, right, bottom, left; *grid* is the height
    of a line, which text stands on where *lines* is set."""
    top, right, bottom, left = margins
    kind = ' w:type="lines"' if lines else ""
    return (
        '<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="{header}"'
        f' w:footer="{footer}" w:gutter="0"/><w:cols w:space="425"/><w:docGrid{kind} w:linePitch="{grid}"/>'
    )
