"""How a Chinese report looks, as a function of a few measures. Data only."""

from __future__ import annotations

from msgspec import Struct

from tools.word_templates.shared import (
    BOLD,
    BULLETS,
    CITED,
    DASH,
    FANG,
    FRAMES,
    GREY,
    HEI,
    KAI,
    LETTERS,
    MONO,
    RED,
    ROOM,
    SANS,
    SERIF,
    SONG,
    TITLE,
    ZH_NUMBERS,
    character,
    color,
    levels,
    unnumbered,
)
from tools.word_templates.styles import (
    Levels,
    Style,
    border,
    chars,
    font,
    ppr,
    rule,
    sides,
    size,
    tab,
    three_lines,
)


class Measure(Struct, frozen=True):
    """The measures of one page: the *size* (points) and exact *line* height (twips) of running text and its
    *width* (twips); letters of boxes, tables and notes; *tight* condenses letters so that they fill the line."""

    size: float
    line: int
    width: int
    box: float
    table: float
    note: float
    body: str = FANG
    tight: str = ""

    @property
    def em(self) -> int:
        """The width of one character, in twips."""
        return round(self.size * 20)


def chinese(m: Measure, headings: int = 1) -> tuple[Style, ...]:
    """All styles of a Chinese report; *headings* is the numbering of headings, 0 for none."""
    return (
        Style("Normal", based="", ppr='<w:widowControl w:val="0"/><w:jc w:val="both"/>'),
        *LETTERS,
        character("Strong", font(SANS, HEI) + BOLD),
        character("Emphasis", font(SERIF, KAI)),
        character("Code", font(MONO, FANG)),
        character("Citation", '<w:vertAlign w:val="superscript"/>'),
        *_head(m),
        *_cover(),
        *_flow(m, headings),
        *_boxes(m),
        *_tables(m),
        *_figures(m),
        *_lists(m),
        *FRAMES,
        Style("Report Table", "table", "Normal Table", more=three_lines(round(m.table * 3.75))),
    )


def chinese_levels(m: Measure) -> tuple[Levels, ...]:
    """The levels of lists: bullets and numbers in text and in boxes, cited works."""
    em, small = m.em, round(m.box * 20)
    entry = round(m.note * 20 * 2.2)
    return (
        (("List Bullet",), levels(BULLETS, em * 25 // 8, em * 3 // 2, em * 9 // 8)),
        (("List Number",), levels(ZH_NUMBERS, em * 7 // 2, em * 7 // 4, em * 3 // 2)),
        (("Box Bullet",), levels(BULLETS, small, small, small)),
        (("Box Number",), levels(ZH_NUMBERS, small * 3 // 2, small * 3 // 2, small * 3 // 2)),
        (("Bibliography",), levels(CITED, entry, 0, entry)),
    )


# --- head -------------------------------------------------------------------------------------------------


def _head(m: Measure) -> tuple[Style, ...]:
    """The head of a bulletin in red, the title block of all others, the head of the page."""
    matter = '<w:ind w:left="{0}" w:right="{0}"/>'.format(2 * m.em)
    red_rule = border("bottom", rule(RED, 18, 6))
    return (
        Style(
            "Masthead",
            ppr=ppr(keep=True, space=(120, 120), line=1100, align="center"),
            rpr=font(SERIF, TITLE) + color(RED) + size(46),
        ),
        Style("Issue Line", ppr=ppr(keep=True, space=(0, 240), align="center"), rpr=size(m.size)),
        Style(
            "Issuer Line",
            ppr=ppr(keep=True, border=red_rule, tabs=tab(m.width), space=(0, 480), align="left"),
            rpr=size(m.size),
        ),
        Style(
            "Title",
            ppr=ppr(keep=True, space=(0, 120), line=700, align="center"),
            rpr=font(SERIF, TITLE) + size(22),
        ),
        Style(
            "Subtitle",
            ppr=ppr(keep=True, space=(0, 60), line=560, align="center"),
            rpr=font(SERIF, KAI) + size(16),
        ),
        Style("Byline", ppr=ppr(space=(60, 260), line=480, align="center"), rpr=font(SERIF, KAI) + size(14)),
        Style(
            "Source Line", ppr=ppr(keep=True, space=(40, 240), align="center"), rpr=color(GREY) + size(m.note)
        ),
        Style(
            "Authors", ppr=ppr(keep=True, space=(60, 60), align="center"), rpr=font(SERIF, FANG) + size(12)
        ),
        Style("Affiliation", ppr=ppr(keep=True, space=(0, 200), align="center"), rpr=size(m.note)),
        Style("Abstract", ppr=ppr(space=(0, 60), indent=matter, align="both"), rpr=size(m.note)),
        Style("Keywords", based="Abstract", ppr='<w:spacing w:after="200"/>'),
        Style("Draft Mark", ppr=ppr(align="right"), rpr=font(SANS, HEI) + color(RED) + size(12)),
        Style("header", ppr=ppr(align="center"), rpr=font(SERIF, SONG) + size(10.5)),
        Style("footer", ppr=ppr(), rpr=font(SERIF, SONG) + size(14)),
    )


def _cover() -> tuple[Style, ...]:
    """The title block on a page of its own."""
    return (
        Style("Cover Title", based="Title", ppr=ppr(keep=True, space=(3800, 240), line=800, align="center"),
              rpr=size(26)),
        Style("Cover Subtitle", based="Subtitle", ppr=ppr(keep=True, space=(0, 240), line=600, align="center"),
              rpr=size(18)),
        Style("Cover Byline", based="Byline", ppr=ppr(space=(4200, 0), line=600, align="center"), rpr=size(16)),
    )  # fmt: skip


# --- text -------------------------------------------------------------------------------------------------


def heading(m: Measure, level: int, number: int, letters: str) -> Style:
    """A heading that stands on the grid like the text, two characters in."""
    body = ppr(
        keep=True,
        number=number,
        level=level - 1,
        grid=True,
        line=m.line,
        indent=chars(2, m.em),
        outline=level - 1,
    )
    return Style(f"heading {level}", ppr=body, rpr=letters)


def _flow(m: Measure, headings: int) -> tuple[Style, ...]:
    return (
        Style("Body Text", ppr=ppr(grid=True, line=m.line, indent=chars(2, m.em), align="both"), rpr=m.tight),
        heading(m, 1, headings, font(SANS, HEI)),
        heading(m, 2, headings, font(SERIF, KAI)),
        heading(m, 3, headings, ""),
        heading(m, 4, headings, ""),
        heading(m, 5, 0, ""),
        heading(m, 6, 0, ""),
        *unnumbered(chars(2, m.em)),
        Style("TOC Heading", ppr=ppr(keep=True, space=(0, 120), line=m.line, align="center"), rpr=font(SANS, HEI)),
        Style("Annex Number", ppr=ppr(keep=True, page=True, grid=True, line=m.line), rpr=font(SANS, HEI)),
        Style(
            "Annex Title",
            ppr=ppr(keep=True, space=(m.line, m.line), line=700, align="center", outline=0),
            rpr=font(SERIF, TITLE) + size(min(m.size + 6, 22)),
        ),
        Style(
            "Quote",
            ppr=ppr(grid=True, line=m.line, align="both", indent=f'<w:ind w:left="{2 * m.em}" w:right="{2 * m.em}"/>'),
            rpr=font(SERIF, KAI),
        ),
        Style(
            "Source Code",
            ppr=ppr(shade="F5F5F5", space=(60, 120), align="left"),
            rpr=font(MONO, FANG) + size(m.note),
        ),
        Style("Bibliography", ppr=ppr(number=6, space=(0, 40), align="both"), rpr=size(m.note)),
        Style("footnote text", ppr=ppr(align="left"), rpr=font(SERIF, SONG) + size(min(m.note, 10.5))),
        Style("annotation text", ppr=ppr(align="left"), rpr=font(SERIF, SONG) + size(10.5)),
    )  # fmt: skip


def _lists(m: Measure) -> tuple[Style, ...]:
    """Lists stand on the grid like the text; contents have their page at the right end of a dotted line."""

    def listed(number: int) -> str:
        return ppr(number=number, grid=True, line=m.line, align="left")

    def contents(name: str, depth: int) -> Style:
        indent = f'<w:ind w:left="{depth * m.em}"/>' if depth else ""
        return Style(name, ppr=ppr(tabs=tab(m.width, leader="dot"), line=m.line * 9 // 10, indent=indent))

    return (
        Style("List Bullet", ppr=listed(2), rpr=m.tight),
        Style("List Number", ppr=listed(3), rpr=m.tight),
        Style("List Continue", ppr=listed(0), rpr=m.tight),
        contents("toc 1", 0),
        contents("toc 2", 1),
        contents("toc 3", 2),
        contents("table of figures", 0),
    )


# --- boxes, tables, figures -------------------------------------------------------------------------------


def _boxes(m: Measure) -> tuple[Style, ...]:
    line = round(m.box * 30)
    return (
        Style("Box Heading", ppr=ppr(keep=True, space=(0, 20), line=line), rpr=font(SANS, HEI) + size(m.box)),
        Style("Box Text", ppr=ppr(line=line, align="left"), rpr=size(m.box)),
        Style("Box Bullet", ppr=ppr(number=4, line=line, align="left"), rpr=size(m.box)),
        Style("Box Number", ppr=ppr(number=5, line=line, align="left"), rpr=size(m.box)),
        Style("Box Continue", ppr=ppr(line=line, align="left"), rpr=size(m.box)),
        Style("Distribution", ppr=ppr(keep=True, align="left"), rpr=size(m.box)),
        Style("Distribution Copies", based="Distribution", ppr=ppr(keep=True, align="right")),
    )


def _tables(m: Measure) -> tuple[Style, ...]:
    return (
        Style("Table Caption", based="caption", ppr=ppr(keep=True, space=(160, 60), align="center")),
        Style("Table Unit", ppr=ppr(keep=True, space=(0, 20), align="right"), rpr=size(m.note)),
        Style("Table Text", ppr=ppr(align="left"), rpr=size(m.table)),
        Style("Table Head", ppr=ppr(keep=True, align="center"), rpr=font(SERIF, HEI) + size(m.table)),
        Style("Table Note", ppr=ppr(space=(50, 160), same=True, align="left"), rpr=size(m.note)),
        Style("Table Gap", ppr=ppr(line=160), rpr=size(4)),
    )


def _figures(m: Measure) -> tuple[Style, ...]:
    return (
        Style("caption", ppr=ppr(space=(40, 160), align="center"), rpr=font(SERIF, HEI) + size(m.table)),
        Style("Figure", ppr=ppr(keep=True, space=(120, 0), align="center")),
        Style("Figure Part", ppr=ppr(keep=True, space=(20, 20), align="center"), rpr=size(m.note)),
        Style("Figure Note", ppr=ppr(space=(0, 160), same=True, align="center"), rpr=size(m.note)),
        Style(
            "Figure Placeholder",
            ppr=ppr(
                keep=True,
                border=sides(DASH, ROOM),
                space=(200, 120),
                indent='<w:ind w:left="120" w:right="120"/>',
                align="center",
            ),
            rpr=color(GREY) + size(m.table),
        ),
    )
