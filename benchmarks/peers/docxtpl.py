"""YAML → a Word template with Jinja2 tags in it → Word, by docxtpl.

    python -m benchmarks.peers.docxtpl DATA PICTURES TEMPLATE OUT

TEMPLATE is what `docxtpl_template` wrote beforehand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from benchmarks.peers.records import PICTURES, picture, report


def main(data: Path, pictures: Path, template: Path, out: Path) -> None:
    document = DocxTemplate(template)
    shown = [InlineImage(document, str(picture(pictures, name)), width=Cm(15)) for name in PICTURES]
    document.render({**report(data), "pictures": shown}, autoescape=True)
    document.save(out)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
