"""The pictures of the documents, drawn from the shipped data: `make pictures`.

Page 1 of the briefing in each language, laid out by LibreOffice (Word's pages differ a little), and one chart of
each kind. Needs LibreOffice and `pdftoppm`.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from reports import charts, pipeline
from reports.drawing import ChartRequest

DOCS = Path(__file__).parent
ROOT = DOCS.parent
WIDTH = 900
LANGUAGES = ("zh", "en")
#: What each kind of chart shows: the kinds of records, and what their fields have to be.
CHARTS = {
    "shares": (("metrics",), {"group": "investment"}),
    "timeline": (("agreements", "meetings", "events"), {}),
}


def page(lang: str, folder: Path) -> Image.Image:
    """Page 1 of the built briefing."""
    order = pipeline.Order(("ccicc-briefing",), languages=(lang,), formats=("pdf",))
    house = pipeline.Folders(ROOT / "data", ROOT / "templates", folder)
    made = pipeline.build(house, order, date(2023, 7, 1))
    (pdf,) = (path for path in made if path.suffix == ".pdf")
    scale = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    paper = ["pdftoppm", "-f", "1", "-l", "1", *scale, "-png", "-singlefile"]
    subprocess.run([*paper, str(pdf), str(folder / lang)], check=True)  # noqa: S603 - arguments of our own
    with Image.open(folder / f"{lang}.png") as image:
        return image.convert("RGB")


def chart(kind: str, lang: str) -> Image.Image:
    """One chart of *kind*."""
    plurals, wanted = CHARTS[kind]
    dataset = pipeline.read(ROOT / "data").dataset
    records = tuple(
        record
        for plural in plurals
        for record in dataset.all(plural)
        if dataset.programmes[record.id] == "ccicc"
        and all(getattr(record, k) == v for k, v in wanted.items())
    )
    with Image.open(io.BytesIO(charts.draw(ChartRequest(kind, records, lang)).png)) as image:
        return image.convert("RGB").resize((WIDTH, round(image.height * WIDTH / image.width)))


def save(image: Image.Image, path: Path) -> None:
    """Few colours are enough, and keep the file small."""
    path.parent.mkdir(exist_ok=True)
    image.quantize(200, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


def main() -> None:
    """Draw all of them."""
    with tempfile.TemporaryDirectory() as folder:
        for lang in LANGUAGES:
            save(page(lang, Path(folder)), DOCS / f"page.{lang}.png")
            for kind in CHARTS:
                save(chart(kind, lang), DOCS / "charts" / f"{kind}.{lang}.png")


if __name__ == "__main__":
    main()
