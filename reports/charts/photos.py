"""A media file → a Drawing: opened, checked, scaled down, freed of everything that is not the picture.

A photo may carry the place where it was taken, or be a bomb that fills the memory when it is opened; neither
may reach a report. The only home of Pillow beside the charts.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from itertools import islice
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.document.drawings import Drawing

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 40_000_000
#: More pixels than these are lost in print at the size of a page.
_WIDEST, _TALLEST = 2000, 3000
_DPI = 200
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


def inspect(folder: Path, file: str, where: Where) -> tuple[Problem, ...]:
    """Return what is wrong with *file* as the picture of a record, its name included: a name whose capitals are
    wrong is found on Windows and nowhere else."""
    named = _as_named(folder, file)
    if named and named != file:
        return (Problem(where, "data/picture-case", {"file": file, "near": named}),)
    try:
        load_picture(folder, file, "", where)
    except ReportError as error:
        return tuple(_with_near(problem, folder, file) for problem in error.problems)
    return ()


def _with_near(problem: Problem, folder: Path, file: str) -> Problem:
    """A picture that is missing may lie in another folder, or be called a little otherwise."""
    if problem.code != "data/missing-picture":
        return problem
    there = islice(
        sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES), _MOST_LOOKED_AT
    )
    names = [path.relative_to(folder).as_posix() for path in there]
    own = _plain(re.split(r"[\\/]", file)[-1])
    alike = [name for name in names if _plain(name.rpartition("/")[2]) == own]
    return Problem(
        problem.where, problem.code, {**problem.args, "near": alike[0] if alike else near(file, names)}
    )


_SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"))
_MOST_LOOKED_AT = 5000


def _as_named(folder: Path, file: str) -> str:
    """The path of *file* as its folders and itself are called on disk; "" where there is none."""
    found: list[str] = []
    for part in file.replace("\\", "/").split("/"):
        try:
            names = [path.name for path in folder.joinpath(*found).iterdir()]
        except (OSError, ValueError):
            return ""
        alike = [name for name in names if _plain(name) == _plain(part)]
        if not alike:
            return ""
        found.append(part if part in alike else alike[0])
    return "/".join(found)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def load_picture(folder: Path, file: str, alt: str, where: Where) -> Drawing:
    """Read *file* below *folder*; raise ReportError naming it when it is missing, outside, damaged or giant."""
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ReportError(Problem(where, "data/outside", {"file": file}))
        is_file = path.is_file()
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, a link that leads to itself
        is_file = False
    if not is_file:
        raise ReportError(Problem(where, "data/missing-picture", {"file": file}))
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        args = {"name": file, "detail": error.strerror or type(error).__name__}
        raise ReportError(Problem(where, "picture/unreadable", args)) from error
    if len(data) > MAX_BYTES:
        detail = f"{path.stat().st_size / 2**20:.1f} MB"
        raise ReportError(Problem(where, "picture/too-large", {"name": file, "detail": detail}))
    clean = _clean(data, file, where)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=False)
    return Drawing(out.getvalue(), clean.width / _DPI * 2.54, clean.height / _DPI * 2.54, alt)


def _clean(data: bytes, file: str, where: Where) -> Image.Image:
    """The picture without anything else; raises ReportError when it is none, or too large to be opened."""
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=_FORMATS) as image,
        ):
            size = f"{image.width} × {image.height}"
            if image.width * image.height <= MAX_PIXELS:
                return _bare(image)
    except UnidentifiedImageError as error:
        raise ReportError(Problem(where, "picture/unknown-form", {"name": file})) from error
    except Image.DecompressionBombError as error:
        size = str(error)
    except Exception as error:  # decoders stumble over damaged files in every way there is
        args = {"name": file, "detail": str(error) or type(error).__name__}
        raise ReportError(Problem(where, "picture/unreadable", args)) from error
    raise ReportError(Problem(where, "picture/too-large", {"name": file, "detail": size}))


def _bare(image: Image.Image) -> Image.Image:
    """The pixels upright and no more of them than a page needs; a new image, so that no metadata comes along."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I;16"):
        upright = upright.point(lambda grey: grey / 256).convert("L")  # convert alone would make it all white
    plain = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
    plain.thumbnail((_WIDEST, _TALLEST), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare
