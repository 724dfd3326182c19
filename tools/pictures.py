"""The pictures of the documents, drawn from the shipped data: `make pictures`.

Page 1 of the briefing in each language, laid out by LibreOffice (Word's pages differ a little), and one chart of
each kind. Needs LibreOffice and `pdftoppm`.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PIL import Image

from reports import charts
from reports.cli import chart_gallery
from reports.pipeline import build
from reports.pipeline.read import Folders, read

DOCS = Path(__file__).parent.parent / "docs"
ROOT = DOCS.parent
WIDTH = 900
LANGUAGES = ("zh", "en")
#: The ways to use a chart that docs/charts.md shows.
CHARTS = (*charts.FAMILIES, "bars-count")


def page(lang: str, folder: Path) -> Image.Image:
    """Page 1 of the built briefing."""
    order = build.Order(("ccicc-briefing",), languages=(lang,), formats=("pdf",))
    house = Folders(ROOT / "data", ROOT / "templates", folder)
    made = build.build(house, order, date(2023, 7, 1))
    (pdf,) = (path for path in made if path.suffix == ".pdf")
    scale = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    paper = ["pdftoppm", "-f", "1", "-l", "1", *scale, "-png", "-singlefile"]
    subprocess.run([*paper, str(pdf), str(folder / lang)], check=True)
    with Image.open(folder / f"{lang}.png") as image:
        return image.convert("RGB")


def chart_pictures() -> Iterator[tuple[str, Image.Image]]:
    """The catalogue's pictures by file name, small enough for a page on a screen."""
    shown, missing = chart_gallery.examples(read(ROOT / "data").dataset, LANGUAGES)
    assert not set(missing) & set(CHARTS), missing
    for one in (one for one in shown if one.example.name in CHARTS):
        for lang, drawing in one.drawings.items():
            with Image.open(io.BytesIO(drawing.png)) as image:
                height = round(image.height * WIDTH / image.width)
                yield f"{one.example.name}.{lang}.png", image.convert("RGB").resize((WIDTH, height))


def save(image: Image.Image, path: Path) -> None:
    """Few colours are enough, and keep the file small."""
    path.parent.mkdir(exist_ok=True)
    image.quantize(200, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


def main() -> None:
    """Draw all of them; `charts` as an argument draws the charts alone, without LibreOffice."""
    for name, image in chart_pictures():
        save(image, DOCS / "charts" / name)
    if sys.argv[1:] == ["charts"]:
        return
    with tempfile.TemporaryDirectory() as folder:
        for lang in LANGUAGES:
            save(page(lang, Path(folder)), DOCS / f"page.{lang}.png")


if __name__ == "__main__":
    main()
