"""What is read in a report, whatever made its files: what an issue is compared by with what would be made later.

Another release of this product, of Python, matplotlib or LibreOffice writes other bytes, and draws other pixels, for the
same words. None of them is a correction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from reports.document.drawings import ChartRequest
from reports.document.nodes import Block, Box, Contents, Document, FigureBlock, walk_blocks
from reports.document.profiles import Profile
from reports.pipeline.corrections import ROLE
from reports.writers import markdown


def wording(
    document: Document, profile: Profile, requests: Sequence[ChartRequest], *, data: Path, looks: Path
) -> bytes:
    """Return the words of a numbered report, without its number and its corrections, the kinds of its charts, and what
    its photos (below *data*) and its Word template, *looks*, are. What charts draw is among the facts of an issue."""
    document = replace(document, blocks=tuple(block for block in document.blocks if _is_said(block)))
    sources = [
        picture.source
        for block in walk_blocks(document.blocks)
        if isinstance(block, FigureBlock)
        for picture in block.pictures
    ]
    words = markdown.write(document, profile, {source: (source, "") for source in sources})
    photos = (data / name.removeprefix("media:") for name in sources if name.startswith("media:"))
    kinds = [request.kind for request in requests]
    return words + "\n".join(["", *kinds, *_digests([*photos, looks]), ""]).encode()


def _is_said(block: Block) -> bool:
    """Contents say headings and captions once more, that of the corrections too."""
    return not isinstance(block, Contents) and not (isinstance(block, Box) and block.role == ROLE)


def _digests(files: Iterable[Path]) -> list[str]:
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]
