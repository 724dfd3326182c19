"""From a place in a message to the file a person can open, and to the line it points at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reports.diagnostics.problems import Where
from reports.text_files import decode


def path_of(roots: Mapping[str, Path], label: str) -> str:
    """Return the path behind a label that begins with a folder's name; other labels as they are."""
    first, slash, rest = label.partition("/")
    return f"{roots[first].as_posix()}/{rest}" if slash and first in roots else label


def source_line(roots: Mapping[str, Path], where: Where) -> str:
    """Return the line a place points at, "" where there is none to be read."""
    path = Path(path_of(roots, where.file))
    if where.is_settings:  # somebody may have typed a password there
        return ""
    try:
        lines = decode(path.read_bytes())[0].split("\n")
    except (OSError, ValueError):
        return ""
    return lines[where.line - 1] if 0 < where.line <= len(lines) else ""
