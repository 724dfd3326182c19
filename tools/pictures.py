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
from reports.document.drawings import ChartRequest
from reports.model.cutoff import LATEST
from reports.model.dates import parse_date
from reports.model.kinds.metrics import Metric
from reports.pipeline import build
from reports.pipeline.read import Folders, read
from reports.records.converter import read as convert

DOCS = Path(__file__).parent.parent / "docs"
ROOT = DOCS.parent
WIDTH = 900
LANGUAGES = ("zh", "en")
#: The ways to use a chart that docs/charts.md shows; of figures over time the shipped data have none.
CHARTS = (*(kind for kind in charts.FAMILIES if kind != "trend"), "bars-count")
TREND = {
    "id": "users", "title": {"zh": "装置用户", "en": "Facility users"}, "source": [{"doc": "report"}],
    "unit": {"zh": "人", "en": "users"}, "baseline": {"at": "2025Q2", "quantity": "380"},
    "target": [{"by": "2026Q4", "quantity": "500"}],
    "values": [
        {"at": at, "quantity": value}
        for at, value in (("2025Q3", "391"), ("2025Q4", "398"), ("2026Q1", "412"), ("2026Q2", "463"))
    ],
}  # fmt: skip


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
    shown, missing = chart_gallery.examples(read(ROOT / "data").at(LATEST), LANGUAGES)
    assert not set(missing) & set(CHARTS), missing
    for one in (one for one in shown if one.example.name in CHARTS):
        for lang, drawing in one.drawings.items():
            with Image.open(io.BytesIO(drawing.png)) as image:
                height = round(image.height * WIDTH / image.width)
                yield f"{one.example.name}.{lang}.png", image.convert("RGB").resize((WIDTH, height))
    day = parse_date("2026-06-30")
    for lang in LANGUAGES:
        drawing = charts.draw(ChartRequest("trend", (convert(Metric, TREND),), lang, day=day))
        with Image.open(io.BytesIO(drawing.png)) as image:
            height = round(image.height * WIDTH / image.width)
            yield f"trend.{lang}.png", image.convert("RGB").resize((WIDTH, height))


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
