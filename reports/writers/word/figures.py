"""Figures: pictures at a size that suits the page, one or several side by side, or the room for them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from reports.document.drawings import Drawing
from reports.document.nodes import FigureBlock, Picture, plain
from reports.writers.word.blocks import alternative, caption, fixed_table, notes, paragraph, shared_out
from reports.writers.word.inlines import inlines, runs
from reports.writers.word.ooxml import A_URI, PIC_URI, R_URI, WP_URI, attribute
from reports.writers.word.state import WriterState

MISSING = "missing:"

_TWIPS_A_CM = 1440 / 2.54
_EMU_A_CM = 360_000
#: How much of the page's text height a picture may take, so that text and caption stand beside it; a chart
#: is drawn for its size on paper and would lose letters of true size where it is made smaller.
_TALLEST, _TALLEST_CHART = 0.6, 0.85
_CELL_MARGINS = 170  # left and right together, twips
#: Said in the paragraph though its style says it as well: LibreOffice keeps a table with what follows for no less.
_KEEP = "<w:keepNext/>"


def figure(work: WriterState, block: FigureBlock, width: int) -> str:
    """Return pictures, caption and notes; *width* is that of the text, in twips."""
    room = round(width * min(block.width, 1.0)) if block.width else width
    pictures = _one(work, block, room) if len(block.pictures) == 1 else _several(work, block, room)
    return pictures + caption(work, block) + notes(work, "Figure Note", block.notes)


def _one(work: WriterState, block: FigureBlock, room: int) -> str:
    part = block.pictures[0].caption
    below = paragraph(work, "Figure Part", inlines(work, part)) if part else ""
    return _picture(work, block, block.pictures[0], room) + below


def _several(work: WriterState, block: FigureBlock, room: int) -> str:
    """Pictures in rows of *across*, each with its own line below, in a table nobody sees."""
    if not block.pictures:
        return ""
    across = max(min(block.across, len(block.pictures)), 1)
    widths = shared_out(room, [1.0] * across)
    rows = [
        _picture_rows(work, block, block.pictures[first : first + across], widths)
        for first in range(0, len(block.pictures), across)
    ]
    about = alternative(block.caption, "; ".join(p.alt for p in block.pictures if p.alt))
    return fixed_table(work, "Figure Grid", widths, "".join(rows), about=about)


def _picture_rows(
    work: WriterState, block: FigureBlock, pictures: Sequence[Picture], widths: Sequence[int]
) -> str:
    """Two rows, so that pictures stand side by side even where their lines differ in number."""
    above, below = [], []
    for picture, width in itertools.zip_longest(pictures, widths):
        empty = paragraph(work, "Figure Part", "", _KEEP)
        shown = _picture(work, block, picture, width - _CELL_MARGINS) if picture else empty
        above.append(_cell(width, shown, "bottom"))
        part = paragraph(work, "Figure Part", inlines(work, picture.caption), _KEEP) if picture else empty
        below.append(_cell(width, part, "top"))
    rows = (above, below) if any(picture.caption for picture in pictures) else (above,)
    return "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>" for cells in rows)


def _cell(width: int, inner: str, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="{align}"/></w:tcPr>{inner}</w:tc>'
    )


def _picture(work: WriterState, block: FigureBlock, picture: Picture, room: int) -> str:
    if picture.source == MISSING:
        return paragraph(work, "Figure Placeholder", runs(work, work.profile.labels.missing), _KEEP)
    drawing = work.drawings[picture.source]
    alt = picture.alt or drawing.alt or plain(picture.caption) or plain(block.caption) or picture.source
    share = room if block.width else 0
    return paragraph(work, "Figure", _inline(work, drawing, alt, _size(work, drawing, room, share)), _KEEP)


def _size(work: WriterState, drawing: Drawing, room: int, wanted: int) -> tuple[int, int]:
    """Width and height in EMU: as drawn or as *wanted* (twips), never beyond the room."""
    width = wanted / _TWIPS_A_CM if wanted else drawing.width_cm
    tallest = _TALLEST_CHART if drawing.svg else _TALLEST
    scale = min(
        width / drawing.width_cm,
        room / _TWIPS_A_CM / drawing.width_cm,
        work.template.portrait.height * tallest / _TWIPS_A_CM / drawing.height_cm,
    )
    return round(drawing.width_cm * scale * _EMU_A_CM), round(drawing.height_cm * scale * _EMU_A_CM)


def _inline(work: WriterState, drawing: Drawing, alt: str, extent: tuple[int, int]) -> str:
    number = next(work.drawing_ids)
    relation = work.picture(drawing.png, "png")
    name, described = f"Picture {number}", attribute(alt)
    size = f'cx="{extent[0]}" cy="{extent[1]}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP_URI}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="{name}" descr="{described}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{A_URI}" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{A_URI}"><a:graphicData uri="{PIC_URI}">'
        f'<pic:pic xmlns:pic="{PIC_URI}"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"'
        f' descr="{described}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R_URI}" r:embed="{relation}">{_svg(work, drawing)}</a:blip>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _svg(work: WriterState, drawing: Drawing) -> str:
    """The twin Word 2016 and later show instead; others show the PNG."""
    if drawing.svg is None:
        return ""
    relation = work.picture(drawing.svg, "svg")
    return (
        '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip'
        ' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
        f' r:embed="{relation}"/></a:ext></a:extLst>'
    )
