"""Draws a scene with matplotlib: the same bytes on every machine, whatever fonts and settings it has.

Nothing else imports matplotlib, and this module is imported only when a picture must really be drawn:
loading the library takes longer than all the rest of a small report.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from pylopdf_fonts_zh_cn import sans_path

from reports.charts.scene import Bar, FilledShape, Item, Label, Line, Polyline, Scene

DPI = 200
_CM = 2.54
#: Own names for the fonts: a machine may have other versions of them under their usual names.
_FONTS = (
    ("Report Sans SC", sans_path()),
    ("Report DejaVu", Path(mpl.get_data_path(), "fonts/ttf/DejaVuSans.ttf")),
)
#: Letters are placed as if on paper (no hinting) and leave as outlines; ids in the SVG do not change.
_SETTINGS: Any = {
    "text.hinting": "no_hinting", "svg.fonttype": "path", "svg.hashsalt": "reports", "hatch.linewidth": 0.8,
}  # fmt: skip
#: Powers of ten are raised digits of the line's own font: no chart font has them all at one height.
_POWER = re.compile("([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "\N{MINUS SIGN}0123456789")
#: How large raised digits are, and how high above the line, in letter sizes.
_RAISED, _RISE = 0.64, 0.38
#: Half the length of an arrow head in cm.
_HEAD = 0.13


class GlyphMissingError(Exception):
    """No chart font has the sign; its one argument is that character."""


@cache
def _families() -> list[str]:
    """Make the fonts known; the names under which to ask for them, in order."""
    for name, path in _FONTS:
        fontManager.ttflist.append(FontEntry(fname=str(path), name=name))
    return [name for name, _ in _FONTS]


@cache
def _has_glyph(character: str) -> bool:
    return any(font.get_char_index(ord(character)) for font in _faces())


@cache
def _faces() -> list[FT2Font]:
    return [FT2Font(path) for _, path in _FONTS]


@cache
def _properties(size: float) -> FontProperties:
    return FontProperties(family=_families(), size=size)


@contextmanager
def _settings() -> Iterator[None]:
    """Draw with matplotlib's own settings and ours, not with those a user's machine has set."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


@cache
def measure(text: str, size: float) -> float:
    """Return the width in cm of one line of *text* in letters of *size* points; raise GlyphMissingError."""
    _check(text)
    return sum(_width(run, size * (_RAISED if raised else 1)) for run, raised in _runs(text))


def _width(text: str, size: float) -> float:
    font = get_font([path for _, path in _FONTS])
    font.set_size(size, DPI)
    font.set_text(text, flags=LoadFlags.NO_HINTING)
    pixels, _ = font.get_width_height()
    return pixels / 64 / DPI * _CM  # FreeType counts in 64ths of a pixel


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Cut *text* into what stands on the line and what is raised, as plain digits."""
    for run in _POWER.split(text):
        if run:
            yield run.translate(_DIGITS), bool(_POWER.fullmatch(run))


def _check(text: str) -> None:
    for character in text.translate(_DIGITS):
        if not _has_glyph(character):
            raise GlyphMissingError(character)


def require_glyphs(texts: Iterable[str]) -> None:
    """Raise GlyphMissingError for the first sign that no chart font has."""
    for text in texts:
        _check(text)


def paint(scene: Scene) -> tuple[bytes, bytes]:
    """Return *scene*, for whose labels there are glyphs, as PNG (200 dots an inch) and as SVG."""
    with _settings():
        figure = Figure(figsize=(scene.width / _CM, scene.height / _CM), dpi=DPI, facecolor="white")
        # Centimetres from the top left corner, in place of inches from the bottom left one.
        paper = Affine2D().scale(1 / _CM, -1 / _CM).translate(0, scene.height / _CM) + figure.dpi_scale_trans
        for order, item in enumerate(scene.items):
            for artist in _artists(item):
                artist.set_transform(paper)
                artist.set_zorder(order)
                figure.add_artist(artist)
        return _png(figure), _svg(figure)


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(out, metadata={"Software": None})
    return out.getvalue()


def _svg(figure: Figure) -> bytes:
    out = io.BytesIO()
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(out, metadata={"Date": None})
    return out.getvalue()


def _artists(item: Item) -> Iterator[Artist]:
    match item:
        case Label():
            yield from _text(item)
        case Bar():
            yield _rectangle(item)
        case Line():
            yield from _line(item)
        case Polyline(points, colour, width, dash):
            xs, ys = zip(*points, strict=True)
            style = (0, dash) if dash else "-"
            yield Line2D(
                xs, ys, color=colour, lw=width, ls=style, dash_capstyle="butt", solid_joinstyle="round"
            )
        case FilledShape(points, face, edge, line, pattern):
            colours = {"fc": face or "none", "ec": edge or "none"}
            yield Polygon(points, closed=True, lw=line, hatch=pattern or None, **colours)


def _text(label: Label) -> Iterator[Text]:
    x = label.box(measure).left
    for run, raised in _runs(label.text):
        size = label.size * (_RAISED if raised else 1)
        base = label.base - (_RISE * label.size * _CM / 72 if raised else 0)
        yield Text(
            x, base, run, color=label.colour, ha="left", va="baseline",
            fontproperties=_properties(size), parse_math=False,
        )  # fmt: skip
        x += _width(run, size)


def _rectangle(bar: Bar) -> Rectangle:
    return Rectangle(
        (bar.x, bar.y), bar.width, bar.height, fc=bar.face or "none", ec=bar.edge or "none", lw=bar.line,
        ls=(0, (3, 2)) if bar.dashed else "-", hatch=bar.pattern if bar.hatch else None,
    )  # fmt: skip


def _line(line: Line) -> Iterator[Line2D]:
    style = (0, (3, 2)) if line.dashed else "-"
    yield Line2D((line.x1, line.x2), (line.y1, line.y2), color=line.colour, lw=line.width, ls=style)
    if line.arrow:
        xs, ys = _head(line)
        yield Line2D(xs, ys, color=line.colour, lw=line.width, solid_joinstyle="miter")


def _head(line: Line) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The corners of the arrow head at the end of *line*, which is level or upright."""
    if line.x1 == line.x2:
        back = line.y2 - (_HEAD if line.y2 > line.y1 else -_HEAD)
        return (line.x2 - _HEAD, line.x2, line.x2 + _HEAD), (back, line.y2, back)
    back = line.x2 - (_HEAD if line.x2 > line.x1 else -_HEAD)
    return (back, line.x2, back), (line.y2 - _HEAD, line.y2, line.y2 + _HEAD)
