"""Many pictures on one sheet, to be looked at together."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

_COLUMNS, _AIR = 2, 24
_GROUND, _PAPER = "#BBBBBB", "#FFFFFF"


def sheet(pictures: Sequence[bytes], width: int) -> bytes:
    """Return *pictures* (PNG) in columns of *width* dots, each below the shortest column so far."""
    bottoms = [_AIR] * _COLUMNS
    placed = []
    for picture in pictures:
        with Image.open(io.BytesIO(picture)) as opened:
            small = opened.convert("RGB").resize((width, max(1, round(opened.height * width / opened.width))))
        column = bottoms.index(min(bottoms))
        placed.append((small, (_AIR + column * (width + _AIR), bottoms[column])))
        bottoms[column] += small.height + _AIR
    whole = Image.new("RGB", (_AIR + _COLUMNS * (width + _AIR), max(bottoms)), _GROUND)
    for small, at in placed:
        whole.paste(small, at)
    out = io.BytesIO()
    whole.quantize(64, Image.Quantize.MAXCOVERAGE).save(out, "PNG", optimize=True)
    return out.getvalue()
