"""Charts: a request for a chart in, a picture with its words out. One file a family of charts.

matplotlib is loaded only when a picture is drawn, never by importing this package or by finding a picture
in the cache.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from math import ceil
from typing import Any

from reports.charts.cache import Cache, key_of
from reports.charts.families import FAMILIES
from reports.charts.family_interface import Family, Sheet, fault
from reports.diagnostics.problems import near
from reports.document.drawings import ChartRequest, Drawing
from reports.model.values import BilingualText

__all__ = ["FAMILIES", "Cache", "draw", "inspect"]


#: The tallest picture, in cm, that the Word writer puts on an A4 page as drawn, with its caption and some text.
TALLEST = 19.0


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

    try:
        # Words are measured as they will be spelt, for another spelling may be wider.
        sheet = Sheet(
            request.width_cm, request.lang, lambda text, size: canvas.measure(respell(text), size), title
        )
        scene = family.arrange(rows, sheet)
        if scene.height > TALLEST:
            raise fault(request, "chart/too-tall", height=ceil(scene.height), limit=TALLEST)
        png, svg = canvas.paint(scene.respelt(respell))
    except canvas.GlyphMissingError as missing:
        raise fault(request, "chart/glyph", code=f"U+{ord(missing.args[0]):04X}") from None
    gc.collect(1)  # a drawn figure is one large circle, and a build runs with the collector off
    return Drawing(png, scene.width, scene.height, respell(family.describe(rows, request.lang)), svg)


def inspect(request: ChartRequest) -> None:
    """Raise what `draw` would raise for the request itself, without drawing it."""
    family = _family(request)
    _title(request, family)
    if not family.rows(request):
        raise fault(request, "chart/no-rows")
