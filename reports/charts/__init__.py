"""Charts: a request for a chart in, a picture with its words out. One file a family of charts.

matplotlib is loaded only when a picture is drawn, never by importing this package or by finding a picture
in the cache.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

from reports.charts.cache import Cache, key_of
from reports.charts.families import FAMILIES
from reports.charts.family_interface import Family, Sheet, fault
from reports.charts.rough_widths import ordinary, roughly
from reports.charts.scene import Scene
from reports.diagnostics.problems import Problem, Where, near
from reports.document.drawings import ChartRequest, Drawing
from reports.model.values import BilingualText

__all__ = ["FAMILIES", "Cache", "draw", "inspect"]


#: The tallest picture, in cm, that the Word writer puts on an A4 page as drawn, with its caption and some text; and the
#: tallest it makes smaller to that end, whose letters can still be read: of 9 points they become 5.7.
TALLEST, MOST = 19.0, 30.0
#: Widths that are guessed may make a chart so much taller than it is.
_GUESS = 1.15


def draw(
    request: ChartRequest, cache: Cache | None = None, letters: Callable[[str], str] | None = None
) -> Drawing:
    """Return the picture for *request*, from *cache* if it is there; *letters* respells all its words.

    Raise ReportError: chart/unknown-kind, chart/option, chart/option-value, chart/option-choice, chart/no-rows,
    chart/row (a record that cannot be drawn in this kind), chart/rows (records that do not go together), chart/glyph (a sign no chart font has), chart/too-tall (more than a page).
    """
    family = _family(request)
    title = _title(request, family)
    rows = family.rows(request)
    if not rows:
        raise fault(request, "chart/no-rows")
    respell = letters or str
    key = key_of(request.kind, respell(repr(rows)), respell(title), request.lang, request.width_cm)
    drawing = cache.get(key) if cache else None
    if drawing is None:
        drawing = _drawn(request, family, rows, title, respell)
        if cache:
            cache.put(key, drawing)
    return drawing


def _family(request: ChartRequest) -> Family[Any]:
    family = FAMILIES.get(request.kind)
    if family is None:
        known = ", ".join(FAMILIES)
        raise fault(request, "chart/unknown-kind", known=known, near=near(request.kind, FAMILIES))
    return family


def _title(request: ChartRequest, family: Family[Any]) -> str:
    """The finding to print above the chart; refuse options the family does not know."""
    title = ""
    names = ("title", *family.options)
    for name, value in request.options:
        if name not in names:
            raise fault(request, "chart/option", name=name, known=", ".join(names), near=near(name, names))
        if name != "title":
            _check_choice(request, name, value, family.options[name])
        elif isinstance(value, str | BilingualText):
            title = value.get(request.lang) if isinstance(value, BilingualText) else value
        else:
            raise fault(request, "chart/option-value", name=name, value=value)
    return title.strip()


def _check_choice(request: ChartRequest, name: str, value: object, words: tuple[str, ...]) -> None:
    if value not in words:
        known = ", ".join(words)
        raise fault(
            request, "chart/option-choice", name=name, value=value, known=known, near=near(str(value), words)
        )


def _drawn(
    request: ChartRequest,
    family: Family[Any],
    rows: tuple[Any, ...],
    title: str,
    respell: Callable[[str], str],
) -> Drawing:
    from reports.charts import canvas  # noqa: PLC0415 - loads matplotlib, which most runs do not need

    scene = _measured(request, family, rows, title, respell)
    png, svg = canvas.paint(scene.respelt(respell))
    gc.collect(1)  # a drawn figure is one large circle, and a build runs with the collector off
    return Drawing(png, scene.width, scene.height, respell(family.describe(rows, request.lang)), svg)


def inspect(
    request: ChartRequest, cache: Cache, letters: Callable[[str], str] | None = None
) -> Iterator[Problem]:
    """Raise what `draw` would raise, without drawing; yield what is to be said of a chart that can be drawn.

    What was drawn before is known to be good. Else words are measured roughly, which needs no font; by the fonts
    themselves only where the chart seems tall or holds a sign that they may lack.
    """
    family = _family(request)
    title, rows, respell = _title(request, family), family.rows(request), letters or str
    if not rows:
        raise fault(request, "chart/no-rows")
    key = key_of(request.kind, respell(repr(rows)), respell(title), request.lang, request.width_cm)
    height = cache.height_of(key)
    if height is None:
        rough = Sheet(request.width_cm, request.lang, lambda text, size: roughly(respell(text), size), title)
        scene = family.arrange(rows, rough)
        if scene.height > TALLEST * _GUESS or not all(
            ordinary(respell(label.text)) for label in scene.labels
        ):
            height = _measured(request, family, rows, title, respell).height
    if height and height > TALLEST:
        yield Problem(
            request.where or Where(""),
            "chart/tall",
            {"kind": request.kind, "height": ceil(height), "percent": round(100 * TALLEST / height)},
            "warning",
        )


def _measured(
    request: ChartRequest,
    family: Family[Any],
    rows: tuple[Any, ...],
    title: str,
    respell: Callable[[str], str],
) -> Scene:
    """Lay a chart out by the widths that its words will have. Raises ReportError."""
    from reports.charts import canvas  # noqa: PLC0415 - loads matplotlib, which most runs do not need

    try:
        # Words are measured as they will be spelt, for another spelling may be wider.
        sheet = Sheet(
            request.width_cm, request.lang, lambda text, size: canvas.measure(respell(text), size), title
        )
        scene = family.arrange(rows, sheet)
        canvas.require_glyphs(respell(label.text) for label in scene.labels)
    except canvas.GlyphMissingError as missing:
        raise fault(request, "chart/glyph", code=f"U+{ord(missing.args[0]):04X}") from None
    if scene.height > MOST:
        raise fault(request, "chart/too-tall", height=ceil(scene.height), limit=MOST)
    return scene
