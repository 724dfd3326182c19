"""YAML → Markdown with Jinja2 → tokens of markdown-it-py, and no further: the libraries of the product alone.

    python -m benchmarks.peers.libraries DATA PICTURES

What the libraries take as they come: nothing is checked, placed, numbered or written. The collector rests, as in the
product, which reads YAML's events itself and keeps the cells of tables out of Markdown.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import lxml.etree  # noqa: F401 - loaded, as in the product
import msgspec  # noqa: F401 - likewise
from markdown_it import MarkdownIt

from benchmarks.peers import pandoc


def main(data: Path, pictures: Path) -> None:
    gc.disable()
    MarkdownIt("commonmark").enable("table").parse(pandoc.markdown(data, pictures))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
