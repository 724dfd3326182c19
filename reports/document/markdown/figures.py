"""Pictures → figures: one alone in a paragraph, or several in a div, with their attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.document.markdown.dialect import Attributes
from reports.document.markdown.inlines import Context
from reports.document.nodes import FigureBlock, Inlines, Picture, plain

if TYPE_CHECKING:
    from reports.document.markdown.dialect import Token

_ALONE = '#id, width=80%, fig-alt="…"'
_PART = 'fig-alt="…"'
_GROUP = ".figure, #id, layout-ncol=2"
_ACROSS = tuple("123456")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_SOURCE = re.compile(r"chart:(\d{1,6})|media:.+|missing:")
#: A paragraph: its inline tokens and the line it begins on.
Lines = tuple[Sequence["Token"], int]


def holds_picture(tokens: Sequence[Token]) -> bool:
    """Whether there is a picture in a paragraph."""
    return any(t.type == "image" for t in tokens)


def figure(context: Context, tokens: Sequence[Token], line: int) -> FigureBlock:
    """One picture alone in a paragraph: `![caption](source){#id width=80% fig-alt="…"}`."""
    images = _images(tokens)
    if len(images) != 1:
        context.add("markdown/picture-in-text", line)
    image = next(t for t in tokens if t.type == "image")
    attributes: Attributes = image.meta["attributes"]
    context.check(attributes, line, _ALONE)
    picture, caption = _picture(context, image, line)
    width = _width(context, attributes, line)
    return FigureBlock((picture,), caption, attributes.id, width=width, where=context.where(line))


def figure_group(
    context: Context, attributes: Attributes, paragraphs: Sequence[Lines], line: int
) -> FigureBlock:
    """`::: {#fig-id layout-ncol=2}` with pictures and, last, the caption common to them."""
    pictures: list[Picture] = []
    captions: list[Inlines] = []
    for tokens, at in paragraphs:
        images = _images(tokens)
        for image in images:
            context.check(image.meta["attributes"], at, _PART)
            picture, caption = _picture(context, image, at)
            pictures.append(Picture(picture.source, picture.alt, caption))
        if not images:
            captions.append(context.inlines(tokens, at))
    if not pictures or len(captions) > 1:
        context.add("markdown/figure-group", line)
    context.check(attributes, line, _GROUP)
    columns = attributes.get("layout-ncol", "1")
    if columns not in _ACROSS:
        context.add("markdown/attribute", line, text=f"layout-ncol={columns}", known=_GROUP)
        columns = "1"
    caption = captions[-1] if captions else ()
    return FigureBlock(
        tuple(pictures), caption, attributes.id, across=int(columns), where=context.where(line)
    )


def _images(tokens: Sequence[Token]) -> list[Token]:
    """The pictures of a paragraph; none when there is anything else in it."""
    images = [t for t in tokens if t.type == "image"]
    others = [
        t for t in tokens if t.type not in ("image", "softbreak", "hardbreak") and t.content.strip() != ""
    ]
    nested = any(t.nesting for t in tokens)
    return [] if others or nested else images


def _picture(context: Context, image: Token, line: int) -> tuple[Picture, Inlines]:
    source = plain(context.expand(str(image.attrs.get("src", "")), line))
    found = _SOURCE.fullmatch(source)
    if not found or (found[1] and int(found[1]) >= len(context.manuscript.charts)):
        context.add("markdown/picture-source", line, source=source)
    alt = plain(context.expand(image.meta["attributes"].get("fig-alt"), line))
    return Picture(source, alt), context.inlines(image.children or [], line)


def _width(context: Context, attributes: Attributes, line: int) -> float:
    """The share of the column that `width=80%` asks for."""
    width = attributes.get("width")
    found = _PERCENT.fullmatch(width)
    share = float(found[1]) / 100 if found else 0.0
    if width and not 0 < share <= 1:
        context.add("markdown/attribute", line, text=f"width={width}", known=_ALONE)
        return 0.0
    return share
