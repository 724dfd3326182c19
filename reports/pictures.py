"""A media file → a Drawing: opened, checked, scaled down, freed of everything that is not the picture.

A photo may carry the place where it was taken, or be a bomb that fills the memory when it is opened; neither
may reach a report. The only home of Pillow beside the charts.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from reports.drawing import Drawing
from reports.problems import Problem, ReportError, Where

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 40_000_000
#: More pixels than this across are lost in print at the width of a page.
_WIDEST = 2000
_DPI = 200
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


def load_picture(folder: Path, file: str, alt: str, where: Where) -> Drawing:
    """Read *file* below *folder*; raise ReportError naming it when it is missing, outside, damaged or giant."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ReportError(Problem(where, "data/outside", {"file": file}))
    if not path.is_file():
        raise ReportError(Problem(where, "data/missing-picture", {"file": file}))
    size = path.stat().st_size
    if size > MAX_BYTES:
        detail = f"{size / 2**20:.0f} MB"
        raise ReportError(Problem(where, "picture/too-large", {"name": file, "detail": detail}))
    return _drawing(path.read_bytes(), file, alt, where)


def _drawing(data: bytes, file: str, alt: str, where: Where) -> Drawing:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                detail = f"{image.width} × {image.height}"
                raise ReportError(Problem(where, "picture/too-large", {"name": file, "detail": detail}))
            clean = _clean(image)
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        args = {"name": file, "detail": str(error) or type(error).__name__}
        raise ReportError(Problem(where, "picture/unreadable", args)) from error
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=False)
    return Drawing(out.getvalue(), clean.width / _DPI * 2.54, clean.height / _DPI * 2.54, alt)


def _clean(image: Image.Image) -> Image.Image:
    """The pixels upright and no wider than a page needs; a new image, so that no metadata comes along."""
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
    if plain.width > _WIDEST:
        plain = plain.resize((_WIDEST, round(plain.height * _WIDEST / plain.width)), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare
