"""YAML → Markdown with Jinja2 → pandoc → Word, in the looks of the same Word template.

    python -m benchmarks.peers.pandoc DATA PICTURES TEMPLATE OUT [FORMAT]

FORMAT is the Markdown dialect pandoc is told to read: its own, or commonmark_x, which it parses faster.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import jinja2

from benchmarks.peers.records import PICTURES, picture, report

HERE = Path(__file__).parent
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$@^])")


def _escaped(text: str) -> str:
    """Data is no markup."""
    return _SPECIAL.sub(r"\\\1", text)


def markdown(data: Path, pictures: Path) -> str:
    """Return the report as Markdown."""
    environment = jinja2.Environment(  # noqa: S701 - Markdown, not HTML: escaped by `e` below
        loader=jinja2.FileSystemLoader(HERE, "utf-8"), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["e"] = _escaped
    shown = [picture(pictures, name) for name in PICTURES]
    return environment.get_template("report.md.j2").render(report(data), pictures=shown)


def main(data: Path, pictures: Path, template: Path, out: Path, dialect: str = "markdown") -> None:
    text = markdown(data, pictures)
    command = [
        "pandoc",
        "--from",
        dialect,
        "--to",
        "docx",
        f"--reference-doc={template}",
        "--output",
        str(out),
    ]
    subprocess.run(command, input=text.encode(), check=True)


if __name__ == "__main__":
    data_, pictures_, template_, out_ = map(Path, sys.argv[1:5])
    main(data_, pictures_, template_, out_, *sys.argv[5:])
