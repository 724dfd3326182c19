"""How an English report looks, as a function of a few measures. Data only."""

from __future__ import annotations

from msgspec import Struct

from tools.word_templates.shared import (
    BOLD,
    BULLETS,
    CITED,
    DASH,
    EN_NUMBERS,
    FRAMES,
    GREY,
    HEI,
    INK,
    LETTERS,
    MONO,
    RED,
    ROOM,
    SANS,
    SONG,
    character,
    color,
    levels,
    unnumbered,
)
from tools.word_templates.styles import Levels, Style, border, font, ppr, rule, sides, size, tab, three_lines


class Measure(Struct, frozen=True):
    """The measures of one page: text of *size* points and *width* twips; letters of tables and notes."""

    size: float
    width: int
    table: float
    note: float


def english(m: Measure, headings: int = 1) -> tuple[Style, ...]:
    """All styles of an English report; *headings* is the numbering of headings, 0 for none."""
    return (
        Style("Normal", based="", ppr="<w:widowControl/>"),
        *LETTERS,
        character("Strong", BOLD),
        character("Emphasis", "<w:i/><w:iCs/>"),
        character("Code", font(MONO, SONG)),
        character("Citation", ""),
        *_head(m),
        *_cover(),
        *_flow(m, headings),
        *_boxes(m),
        *_tables(m),
        *_figures(m),
        *_lists(m),
        *FRAMES,
        Style("Report Table", "table", "Normal Table", more=three_lines(40, INK)),
    )


def english_levels() -> tuple[Levels, ...]:
    """The levels of lists: bullets and numbers in text and in boxes, cited works."""
    return (
        (("List Bullet",), levels(BULLETS, 360, 360, 260)),
        (("List Number",), levels(EN_NUMBERS, 400, 400, 400)),
        (("Box Bullet",), levels(BULLETS, 280, 280, 260)),
        (("Box Number",), levels(EN_NUMBERS, 360, 360, 360)),
        (("Bibliography",), levels(CITED, 440, 0, 440)),
    )


# --- head -------------------------------------------------------------------------------------------------


def _head(m: Measure) -> tuple[Style, ...]:
    bold_sans = font(SANS, HEI) + BOLD + color(INK)
    grey_sans = font(SANS, HEI) + color(GREY)
    inked_rule = border("bottom", rule(INK, 18, 6))
    return (
        Style("Masthead", ppr=ppr(keep=True, space=(0, 60), align="left"), rpr=bold_sans + size(30)),
        Style("Issue Line", ppr=ppr(keep=True, space=(0, 120), align="left"), rpr=grey_sans + size(11)),
        Style(
            "Issuer Line",
            ppr=ppr(keep=True, border=inked_rule, tabs=tab(m.width), space=(0, 360), align="left"),
            rpr=grey_sans + size(10.5),
        ),
        Style("Title", ppr=ppr(keep=True, space=(0, 60), align="left"), rpr=bold_sans + size(20)),
        Style("Subtitle", ppr=ppr(keep=True, space=(0, 60), align="left"), rpr=grey_sans + size(13)),
        Style("Byline", ppr=ppr(space=(0, 240), align="left"), rpr=color(GREY) + size(10.5)),
        Style(
            "Source Line", ppr=ppr(keep=True, space=(0, 240), align="left"), rpr=color(GREY) + size(m.note)
        ),
        Style("Authors", ppr=ppr(keep=True, space=(60, 40), align="left"), rpr=size(m.size)),
        Style(
            "Affiliation", ppr=ppr(keep=True, space=(0, 200), align="left"), rpr=color(GREY) + size(m.note)
        ),
        Style(
            "Abstract",
            ppr=ppr(space=(0, 80), indent='<w:ind w:left="425" w:right="425"/>', align="both"),
            rpr=size(m.size - 1),
        ),
        Style("Keywords", based="Abstract", ppr='<w:spacing w:after="240"/>'),
        Style("Draft Mark", ppr=ppr(align="right"), rpr=font(SANS, HEI) + BOLD + color(RED) + size(10)),
        Style("header", ppr=ppr(align="center"), rpr=font(SANS, HEI) + size(9)),
        Style("footer", ppr=ppr(align="center"), rpr=grey_sans + size(9)),
    )


def _cover() -> tuple[Style, ...]:
    """The title block on a page of its own."""
    return (
        Style(
            "Cover Title", based="Title", ppr=ppr(keep=True, space=(4200, 240), align="center"), rpr=size(26)
        ),
        Style(
            "Cover Subtitle",
            based="Subtitle",
            ppr=ppr(keep=True, space=(0, 240), align="center"),
            rpr=size(15),
        ),
        Style("Cover Byline", based="Byline", ppr=ppr(space=(4800, 0), align="center"), rpr=size(12)),
    )


# --- text -------------------------------------------------------------------------------------------------


def heading(level: int, number: int, points: float, before: int, letters: str = BOLD) -> Style:
    """A heading in the accent colour."""
    body = ppr(keep=True, number=number, level=level - 1, space=(before, 80), align="left", outline=level - 1)
    return Style(f"heading {level}", ppr=body, rpr=font(SANS, HEI) + letters + color(INK) + size(points))


def _flow(m: Measure, headings: int) -> tuple[Style, ...]:
    return (
        Style("Body Text", ppr=ppr(space=(0, 120), align="both")),
        heading(1, headings, m.size + 3, 320),
        heading(2, headings, m.size + 1, 240),
        heading(3, headings, m.size, 200),
        heading(4, headings, m.size, 160, ""),
        heading(5, 0, m.size - 0.5, 160),
        heading(6, 0, m.size - 0.5, 160, ""),
        *unnumbered(""),
        Style(
            "TOC Heading",
            ppr=ppr(keep=True, space=(240, 120), align="left"),
            rpr=font(SANS, HEI) + BOLD + color(INK) + size(m.size + 3),
        ),
        Style(
            "Annex Number",
            ppr=ppr(keep=True, page=True, space=(0, 120)),
            rpr=font(SANS, HEI) + color(GREY) + size(m.size + 1),
        ),
        Style(
            "Annex Title",
            ppr=ppr(keep=True, space=(240, 240), align="center", outline=0),
            rpr=font(SANS, HEI) + BOLD + color(INK) + size(m.size + 4),
        ),
        Style(
            "Quote",
            ppr=ppr(space=(0, 120), indent='<w:ind w:left="567" w:right="567"/>', align="both"),
            rpr="<w:i/><w:iCs/>",
        ),
        Style(
            "Source Code",
            ppr=ppr(shade="F5F5F5", space=(60, 120), align="left"),
            rpr=font(MONO, SONG) + size(9),
        ),
        Style("Bibliography", ppr=ppr(number=6, space=(0, 60), align="left"), rpr=size(m.size - 1)),
        Style("footnote text", ppr=ppr(align="left"), rpr=size(9)),
        Style("annotation text", ppr=ppr(align="left"), rpr=size(10)),
    )


def _lists(m: Measure) -> tuple[Style, ...]:
    def contents(name: str, indent: int) -> Style:
        left = f'<w:ind w:left="{indent}"/>' if indent else ""
        return Style(name, ppr=ppr(tabs=tab(m.width, leader="dot"), space=(0, 60), indent=left))

    return (
        Style("List Bullet", ppr=ppr(number=2, space=(0, 60), align="both")),
        Style("List Number", ppr=ppr(number=3, space=(0, 60), align="both")),
        Style("List Continue", ppr=ppr(space=(0, 60), align="both")),
        contents("toc 1", 0),
        contents("toc 2", 284),
        contents("toc 3", 567),
        contents("table of figures", 0),
    )


# --- boxes, tables, figures -------------------------------------------------------------------------------


def _boxes(m: Measure) -> tuple[Style, ...]:
    points = size(m.size - 0.5)
    return (
        Style(
            "Box Heading", ppr=ppr(keep=True, space=(0, 60)), rpr=font(SANS, HEI) + BOLD + color(INK) + points
        ),
        Style("Box Text", ppr=ppr(space=(0, 60)), rpr=points),
        Style("Box Bullet", ppr=ppr(number=4, space=(0, 60)), rpr=points),
        Style("Box Number", ppr=ppr(number=5, space=(0, 60)), rpr=points),
        Style("Box Continue", ppr=ppr(space=(0, 60)), rpr=points),
        Style("Distribution", ppr=ppr(keep=True, align="left"), rpr=points),
        Style("Distribution Copies", based="Distribution", ppr=ppr(keep=True, align="right")),
    )


def _tables(m: Measure) -> tuple[Style, ...]:
    return (
        Style("Table Caption", based="caption", ppr=ppr(keep=True, space=(200, 80), align="left")),
        Style("Table Unit", ppr=ppr(keep=True, space=(0, 20), align="right"), rpr=size(m.note)),
        Style("Table Text", ppr=ppr(align="left"), rpr=size(m.table)),
        Style(
            "Table Head", ppr=ppr(keep=True, align="left"), rpr=font(SANS, HEI) + BOLD + size(m.table - 0.5)
        ),
        Style("Table Note", ppr=ppr(space=(50, 200), same=True, align="left"), rpr=size(m.note)),
        Style("Table Gap", ppr=ppr(line=200), rpr=size(4)),
    )


def _figures(m: Measure) -> tuple[Style, ...]:
    return (
        Style("caption", ppr=ppr(space=(60, 200), align="center"), rpr=font(SANS, HEI) + size(m.table - 0.5)),
        Style("Figure", ppr=ppr(keep=True, space=(120, 0), align="center")),
        Style("Figure Part", ppr=ppr(keep=True, space=(20, 20), align="center"), rpr=size(m.note)),
        Style("Figure Note", ppr=ppr(space=(0, 200), same=True, align="center"), rpr=size(m.note)),
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
